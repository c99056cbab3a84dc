"""Names in a text: states, their adjectives, and bodies that send observers; and what looks like one but is not known.

A name is the longest sequence of words that a table knows. 'Republic of' before a state, '(OSCE)' after a body and
'Observer Mission' beside it belong to the name: the reader needs to know what the words denote, not how long they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.words.gazetteer import DASHES, gazetteer
from extract.words.matching import NameFinder
from extract.words.spans import Name, NameKind
from extract.words.tokens import Token

_SEPARATORS = frozenset({",", ";", "and", "и", "а", "также", "және", "мен", "бен", "пен", "the", "as", "well"})
_CONNECTING = {"en": frozenset({"of", "for", "and", "on", "the", "in"})}
_REACH = 6
"""How many tokens may stand between two senders of a list: 'CIS (31 observers), TURKSOY'."""
_MOST_WORDS = 8


def find_names(tokens: Sequence[Token], language: str) -> list[Name]:
    """The names in a run of tokens, in their order, never overlapping. Time is linear in the number of tokens.

    `language` is 'en', 'ru' or 'kk'. Kazakhstan is found as 'KZ' like any other state; adjectives and peoples are
    NATIONALITY; what the tables do not know is left to `find_unknown_bodies`.
    """
    return NameFinder(tokens, gazetteer(language)).find()


def find_unknown_bodies(tokens: Sequence[Token], language: str) -> list[tuple[int, int]]:
    """Spans `[first, last)` that no table knows, yet look like a body's or a state's name in a list of senders.

    Found are: words in capitals among bodies that are named or counted ('CIS – 31, GUAM – 2'), names with a word such
    as 'Association' there, and a capitalised word between two states. They are questions for a human, never facts.
    """
    known = gazetteer(language)
    names = find_names(tokens, language)
    taken = {index for name in names for index in range(name.first, name.last)}
    ends = {n.last: n.kind for n in names}
    starts = {n.first: n.kind for n in names}
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        if index in taken or tokens[index].kind != "word" or not tokens[index].text[0].isupper():
            index += 1
            continue
        last = _run(tokens, index, taken, language)
        words = [t for t in tokens[index:last] if t.kind == "word"]
        if not any(w.lower in known.words["home_words"] for w in words) and (
            (_is_body(words, known.words["body_words"]) and _is_listed(tokens, index, last, starts, ends))
            or (len(words) < 3 and _is_between_states(tokens, index, last, starts, ends))
        ):
            found.append((index, last))
        index = last
    return found


def _run(tokens: Sequence[Token], first: int, taken: set[int], language: str) -> int:
    """Where the capitalised words that begin at `first` end; in English with 'of' and the like between them."""
    connecting = _CONNECTING.get(language, frozenset())
    last = index = first + 1
    while index < min(len(tokens), first + _MOST_WORDS) and index not in taken:
        token = tokens[index]
        if token.kind == "word" and token.text[0].isupper():
            last = index + 1
        elif token.lower not in connecting and not (token.text in DASHES and token.glued):
            break
        index += 1
    return last


def _is_body(words: Sequence[Token], body_words: frozenset[str]) -> bool:
    if len(words) == 1 and len(words[0].text) > 2 and words[0].text.isupper():
        return True
    return len(words) > 1 and any(w.lower.startswith(tuple(body_words)) for w in words)


def _is_listed(
    tokens: Sequence[Token], first: int, last: int, starts: dict[int, NameKind], ends: dict[int, NameKind]
) -> bool:
    """Whether a named body or state stands on the other side of a comma or an 'and'."""
    before = tokens[first - 1].lower if first else "."
    if before in _SEPARATORS:
        for index in range(first - 1, max(0, first - 1 - _REACH), -1):
            if index in ends and ends[index] is not NameKind.CITY:
                return True
            if tokens[index - 1].text in {".", "!", "?"}:
                break
    for index in range(last, min(len(tokens), last + _REACH)):
        if tokens[index].text in {".", "!", "?"}:
            break
        if index in starts and starts[index] is not NameKind.CITY:
            return any(t.lower in _SEPARATORS for t in tokens[last:index])
    return False


def _is_between_states(
    tokens: Sequence[Token], first: int, last: int, starts: dict[int, NameKind], ends: dict[int, NameKind]
) -> bool:
    if first < 2 or last + 1 >= len(tokens):
        return False
    return (
        tokens[first - 1].lower in _SEPARATORS
        and ends.get(first - 1) is NameKind.COUNTRY
        and tokens[last].lower in _SEPARATORS
        and starts.get(last + 1) is NameKind.COUNTRY
    )
