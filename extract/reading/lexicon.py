"""The words of a language, by what they mean to the reader: `extract/languages/<language>/words.toml`.

Every class of words (observer, accredited, cumulative, origin ...) has the same name in every language, so that the
reader's code speaks of classes alone. An entry is a word, a beginning of a word (`accredit~`) or a phrase.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from extract.tokens import Token, tokenize

_Pattern = tuple[str, bool]
"""A lower-case word and whether it is only the beginning of one."""

STATUS_CLASSES = frozenset({"accredited", "accreditation", "proposed", "withdrawn", "announced"})
_OPAQUE = frozenset({"commission", "embassy"})
"""Phrases of these classes hide what their words mean alone: an election commission is no election."""
_VERDICTS = frozenset({"accredited", "proposed", "withdrawn", "announced", "present", "over", "end"})
"""What a phrase says as a whole prevails over what its words would say."""
_LONGEST_WORD = 30


class Lexicon:
    """Tells the classes of words and phrases of one language."""

    def __init__(self, tables: dict[str, dict[str, list[str]]]) -> None:
        self._words: dict[str, set[str]] = {}
        self._beginnings: dict[str, set[str]] = {}
        self._phrases: dict[str, list[tuple[tuple[_Pattern, ...], str]]] = {}
        self._seen: dict[str, frozenset[str]] = {}
        self.grammar: frozenset[str] = frozenset()
        for section, table in tables.items():
            if section == "grammar":
                self.grammar = frozenset(table["rules"])
                continue
            for name, entries in table.items():
                for entry in entries:
                    self._add(name, entry)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda p: -len(p[0]))

    def _add(self, name: str, entry: str) -> None:
        words = tuple(_pattern(w) for w in _split(entry))
        if len(words) > 1:
            first, open_end = words[0]
            self._phrases.setdefault(first[:3] if open_end else first, []).append((words, name))
        else:
            ((word, open_end),) = words
            (self._beginnings if open_end else self._words).setdefault(word, set()).add(name)

    def classes(self, lower: str) -> frozenset[str]:
        """The classes of a single word, given in lower case."""
        known = self._seen.get(lower)
        if known is None:
            found = set(self._words.get(lower, ()))
            for end in range(2, min(len(lower), _LONGEST_WORD) + 1):
                found |= self._beginnings.get(lower[:end], set())
            known = frozenset(found)
            if len(self._seen) < 50_000:
                self._seen[lower] = known
        return known

    def phrase(self, tokens: Sequence[Token], at: int) -> tuple[int, frozenset[str]] | None:
        """The longest phrase that begins at a token: (index after its last token, its classes)."""
        lower = tokens[at].lower
        longest, found = 0, set()
        for key in {lower, lower[:3]}:
            for words, name in self._phrases.get(key, ()):
                size = len(words)
                if size >= longest and at + size <= len(tokens) and _matches(words, tokens, at):
                    if size > longest:
                        longest, found = size, set()
                    found.add(name)
        if not longest:
            return None
        for token in tokens[at : at + longest] if not found & _OPAQUE else ():
            found |= self.classes(token.lower) - _VERDICTS
        return at + longest, frozenset(found)


def _split(entry: str) -> list[str]:
    words: list[str] = []
    for piece in tokenize(entry):
        if piece.text == "~" and piece.glued:
            words[-1] += "~"
        else:
            words.append(piece.lower)
    return words


def _pattern(word: str) -> _Pattern:
    return (word[:-1], True) if word.endswith("~") else (word, False)


def _matches(words: tuple[_Pattern, ...], tokens: Sequence[Token], at: int) -> bool:
    return all(
        token.lower.startswith(word) if open_end else token.lower == word
        for (word, open_end), token in zip(words, tokens[at:], strict=False)
    )


@cache
def lexicon(language: str) -> Lexicon:
    """The words of 'en', 'ru' or 'kk', read once."""
    table = files("extract").joinpath("languages", language, "words.toml")
    return Lexicon(tomllib.loads(table.read_text(encoding="utf-8")))
