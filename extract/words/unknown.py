"""What looks like a sender's name and stands in no table: 'the Association of Steppe Observers sent 8 observers'.

Such a name is a question for a person, and it keeps its figure from being taken for somebody else's. So it has to look
like a name (capitals, a word such as 'Association') and to stand where senders stand: in a list with known ones, or
right beside a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from extract.words.gazetteer import DASHES, gazetteer
from extract.words.spans import Day, Name, NameKind, Number, NumberKind
from extract.words.tokens import Token

_ENDS = frozenset(".!?")
_OPENING = frozenset("«“„\"'–—-:")
_BREAKS = _ENDS | frozenset(",;:()")
_QUOTES = {"«": "»", "“": "”", "„": "“"}
_REACH = 6
"""How many tokens may stand between two senders of a list: 'CIS (31 observers), TURKSOY'."""
_NEAR = 3
"""How many may stand between a name and the number behind it: 'sent a group of 8'."""
_MOST_WORDS = 8
_LONGEST = 100
"""Characters of a name; what is longer is none."""
_GENITIVES = re.compile(r"\w{2,}(?:ых|их|ого|его|ой|ей|ов|ев|ий|ии|ия|[^лн]а|[^л]я|[^л]ы|[^л]и|ью)")
"""Endings that the words behind a Russian body's first word have: 'Ассоциация степных наблюдателей'."""
_POSSESSED = re.compile(r"(?P<own>сы|сі|ығы|ігі|ы|і)(?:нан|нен|ның|нің|на|не|мен|нда|нде|н)?")
"""Endings of the last word of a Kazakh body's name, and of its case: 'Дала байқаушылары қауымдастығынан'."""
_PLACES = ("да", "де", "та", "те", "дан", "ден", "тан", "тен")
"""Endings of Kazakh words that say where; the words of a name have none."""
_MOST_REMEMBERED = 50_000
"""Words that are remembered as bodies' or others', so that a long-lived process does not grow."""
_COUNTED = {NumberKind.CARDINAL, NumberKind.COLLECTIVE}


def find_unknown_bodies(
    tokens: Sequence[Token], language: str, names: Sequence[Name], numbers: Sequence[Number], days: Sequence[Day] = ()
) -> list[Name]:
    """Names of senders that no table knows, beside the `names`, `numbers` and `days` found in the same tokens.

    Found are words in capitals and names with a word such as 'Association' among senders that are named or counted
    ('CIS – 31, GUAM – 2'), the latter also alone beside a number, and a capitalised word between two states. Their `id`
    is their words. Time is linear in the number of tokens.
    """
    counts = _counts(numbers, days)
    if not names and not counts:
        return []
    taken = {i for spans in (names, numbers, days) for span in spans for i in range(span.first, span.last)}
    return _Search(tokens, language, names, counts, taken).find()


def _counts(numbers: Sequence[Number], days: Sequence[Day]) -> list[Number]:
    """The numbers that may count people."""
    counted = [n for n in numbers if n.kind in _COUNTED]
    if not counted or not days:
        return counted
    dated = {i for d in days for i in range(d.first, d.last)}
    return [n for n in counted if n.first not in dated]


class _Words:
    """A language's words that tell senders' names from others."""

    def __init__(self, language: str) -> None:
        words = gazetteer(language).words
        self.bodies, self.hosts = tuple(words["body_words"]), tuple(words["host_words"])
        self.generic, self.sent = tuple(words["generic_words"]), tuple(words["sent_words"])
        self.separators = words["separators"] | {",", ";"}
        self.articles, self.connecting = words["articles"], words["connecting_words"]
        self.home, self.beside_days = words["home_words"], words["beside_days"]
        self.kazakh = language == "kk"
        self.body = lru_cache(_MOST_REMEMBERED)(self._body)
        """How many letters of a word, given in lower case, are a body's word as it ends a name; 0 of any other word."""

    def _body(self, lower: str) -> int:
        if not self.kazakh:
            return len(lower) if lower.startswith(self.bodies) else 0
        for body in self.bodies:
            if lower.startswith(body) and (found := _POSSESSED.fullmatch(lower, len(body))):
                return found.end("own")  # without the ending of its case
        return 0


_words = cache(_Words)


class _Search:
    """The search in one run of tokens."""

    def __init__(
        self, tokens: Sequence[Token], language: str, names: Sequence[Name], counts: Sequence[Number], taken: set[int]
    ) -> None:
        self._tokens = tokens
        self._language = language
        self._words = _words(language)
        self._ends = {n.last: n.kind for n in names}
        self._starts = {n.first: n.kind for n in names}
        self._number_starts = {n.first for n in counts}
        self._number_ends = {n.last for n in counts}
        self._taken = taken

    def find(self) -> list[Name]:
        """The names in their order, never overlapping: they stand beside a count or a name that is known."""
        found: list[Name] = []
        passed = 0
        for index in self._beginnings():
            if index < passed:
                continue
            last = passed = self._end(index)
            kind = self._kind(index, last)
            if kind is not None and self._tokens[last - 1].end - self._tokens[index].start <= _LONGEST:
                found.append(Name(index, last, kind, self._identifier(index, last)))
        return found

    def _beginnings(self) -> list[int]:
        """The capitalised words that belong to nothing known."""
        articles, taken, tokens = self._words.articles, self._taken, self._tokens
        capitals = [i for i, token in enumerate(tokens) if token.text[0].isupper() and i not in taken]
        return [i for i in capitals if tokens[i].kind == "word" and tokens[i].lower not in articles]

    def _end(self, first: int) -> int:
        """Where the name that begins at `first` ends: behind its capitalised words and what joins them."""
        last = self._run(first)
        if self._language == "ru":
            last = self._russian(first, last)
        elif self._language == "kk":
            last = self._kazakh(first, last)
        return self._with_acronym(self._with_quoted(last)) if self._has_body_word(first, last) else last

    def _run(self, first: int) -> int:
        connecting = self._words.connecting
        last = index = first + 1
        while index < min(len(self._tokens), first + _MOST_WORDS) and index not in self._taken:
            token = self._tokens[index]
            if token.kind == "word" and token.text[0].isupper():
                last = index + 1
            elif token.lower not in connecting and not (token.text in DASHES and token.glued):
                break
            index += 1
        return last

    def _russian(self, first: int, last: int) -> int:
        """With the words in lower case that belong to a name with a body's word in it."""
        end, body = last, self._has_body_word(first, last)
        for index in range(last, min(len(self._tokens), first + _MOST_WORDS)):
            token = self._tokens[index]
            named = self._is_body_word(token)
            if index in self._taken or token.kind != "word" or not (named or _GENITIVES.fullmatch(token.lower)):
                break
            body = body or named
            end = index + 1
        return end if body else last

    def _kazakh(self, first: int, last: int) -> int:
        """Up to a body's word in the possessive, which ends a name."""
        for index in range(first, min(len(self._tokens), first + _MOST_WORDS)):
            token = self._tokens[index]
            if index in self._taken or token.kind != "word":
                break
            if index > first and self._is_body_word(token):
                return index + 1
            if token.lower.endswith(_PLACES):
                break
        return last

    def _with_quoted(self, last: int) -> int:
        """'Ассоциация «Степь»': a proper name in quotation marks."""
        closing = _QUOTES.get(self._tokens[last].text) if last < len(self._tokens) else None
        for index in range(last + 1, min(len(self._tokens), last + _MOST_WORDS)):
            if self._tokens[index].text == closing and not self._taken.intersection(range(last, index)):
                return index + 1
        return last

    def _with_acronym(self, last: int) -> int:
        """'Association of Steppe Observers (ASO)'."""
        inside = self._tokens[last : last + 3]
        written = len(inside) == 3 and inside[0].text == "(" and inside[1].text.isupper() and inside[2].text == ")"
        return last + 3 if written and last + 1 not in self._taken else last

    def _is_body_word(self, token: Token) -> bool:
        return self._words.body(token.lower) > 0

    def _identifier(self, first: int, last: int) -> str:
        """The name's words without an acronym behind them; in Kazakh the last one without its case."""
        own = self._tokens[first:last]
        words = [t.text for t in (own[:-3] if own[-1].text == ")" else own) if t.kind == "word"]
        if self._language == "kk":
            ending = self._tokens[last - 1]
            words[-1] = ending.text[: self._words.body(ending.lower)] or words[-1]
        return " ".join(words)

    def _has_body_word(self, first: int, last: int) -> bool:
        return any(self._words.body(t.lower) for t in self._tokens[first:last])

    def _kind(self, first: int, last: int) -> NameKind | None:
        if last == first + 1 and not self._tokens[first].text.isupper() and not self._is_between_states(first, last):
            return None  # most capitals: one word, no acronym, that only a list of states would make a name
        words = [t for t in self._tokens[first:last] if t.kind == "word"]
        kind = self._kind_by_place(first, last, words)
        if kind is None or any(w.lower.startswith(self._words.hosts) for w in words):
            return None
        return None if self._is_of_a_state(first, last) else kind

    def _kind_by_place(self, first: int, last: int, words: Sequence[Token]) -> NameKind | None:
        """What the words are by the count or the names that they stand beside."""
        if self._is_body(first, last, words) and (self._is_counted(first, last) or self._is_listed(first, last)):
            return NameKind.UNKNOWN_BODY
        if any(w.lower in self._words.home for w in words):
            return None
        if self._is_acronym(words, first, last) and self._is_listed(first, last):
            return NameKind.UNKNOWN_BODY
        return NameKind.UNKNOWN_STATE if len(words) < 3 and self._is_between_states(first, last) else None

    def _is_body(self, first: int, last: int, words: Sequence[Token]) -> bool:
        if len(words) == 1 or not self._has_body_word(first, last):
            return False
        return not all(w.lower.startswith(self._words.generic) for w in words) and self._is_capital(first, words)

    def _is_capital(self, first: int, words: Sequence[Token]) -> bool:
        """Whether its capitals make it a name: that of the word that opens a sentence says nothing."""
        opens = not first or self._tokens[first - 1].text in _ENDS or self._tokens[first - 1].text in _OPENING
        kazakh = self._language == "kk"  # names a body by one capital and its possessive
        return not opens or kazakh or self._is_body_word(words[0]) or sum(w.text[0].isupper() for w in words) > 1

    def _is_acronym(self, words: Sequence[Token], first: int, last: int) -> bool:
        """A word in capitals, but no report's place, person's party or address: '(Poland, SOC)', 'NEWS.COM'."""
        if not first or len(words) != 1 or len(words[0].text) < 3 or not words[0].text.isupper():
            return False
        before, behind = self._tokens[first - 1].text, self._tokens[last].text if last < len(self._tokens) else ""
        return not (before == "," and behind == ")") and not (before == "." and words[0].glued)

    def _is_of_a_state(self, first: int, last: int) -> bool:
        """'the National Council of Slovakia', 'the Turkish Grand National Assembly': a state's bodies are the state."""
        states = (NameKind.COUNTRY, NameKind.NATIONALITY)
        behind = last
        while behind < len(self._tokens) and self._tokens[behind].lower in {"of", "the"}:
            behind += 1
        return self._starts.get(behind) in states or self._ends.get(first) in states

    def _is_counted(self, first: int, last: int) -> bool:
        """Whether a number of people stands before the name ('8 observers of X') or right behind it ('X – 8')."""
        for index in range(first - 1, max(-1, first - 1 - _REACH), -1):
            if index + 1 in self._number_ends:
                return self._is_sent(index + 1, first)
            if self._tokens[index].text in _BREAKS:
                break
        for index in range(last, min(len(self._tokens), last + _NEAR + 1)):
            if index in self._number_starts:
                return not any(t.lower in self._words.beside_days for t in self._tokens[last:index])
            if self._tokens[index].text in _ENDS or self._tokens[index].text in {",", ";", ")"}:
                break
        return False

    def _is_sent(self, number: int, first: int) -> bool:
        """Whether the words between a number and a name say that the one is sent by the other."""
        return any(t.lower.startswith(self._words.sent) for t in self._tokens[number:first])

    def _is_listed(self, first: int, last: int) -> bool:
        """Whether a named body or state stands on the other side of a comma or an 'and'."""
        tokens = self._tokens
        before = tokens[first - 1].lower if first else "."
        if before in self._words.separators:
            for index in range(first - 1, max(0, first - 1 - _REACH), -1):
                if index in self._ends and self._ends[index] is not NameKind.CITY:
                    return True
                if tokens[index - 1].text in _ENDS:
                    break
        for index in range(last, min(len(tokens), last + _REACH)):
            if tokens[index].text in _ENDS:
                break
            if index in self._starts and self._starts[index] is not NameKind.CITY:
                return any(t.lower in self._words.separators for t in tokens[last:index])
        return False

    def _is_between_states(self, first: int, last: int) -> bool:
        tokens = self._tokens
        if first < 2 or last + 1 >= len(tokens):
            return False
        return (
            tokens[first - 1].lower in self._words.separators
            and self._ends.get(first - 1) is NameKind.COUNTRY
            and tokens[last].lower in self._words.separators
            and self._starts.get(last + 1) is NameKind.COUNTRY
        )
