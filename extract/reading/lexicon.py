"""The words of a language, by what they mean to the reader: `extract/languages/<language>/words.toml`.

Every class of words (observer, accredited, cumulative, origin ...) has the same name in every language, so that the
reader's code speaks of classes alone. An entry is a word, a beginning or an ending of a word (`accredit~`,
`~ются`) or a phrase. `{has} {grown} to` stands for all phrases that the section `macros` makes of it; `[words]` may be
missing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from extract.words.patterns import expand
from extract.words.tokens import Token, tokenize

_Pattern = tuple[str, bool]
"""A lower-case word and whether it is only the beginning of one."""

_OPAQUE = frozenset({"commission", "embassy", "fixed"})
"""Phrases of these classes hide what their words mean alone: an election commission is no election."""
_VERDICTS = frozenset({"accredited", "proposed", "withdrawn", "announced", "present", "over"})
"""What a phrase says as a whole prevails over what its words would say."""
_WORDS_OF_A_LINK = frozenset({"filler", "mission", "mission_word"})
"""'take part in the mission of': no mission is meant that was named before."""
_DENIAL = frozenset({"denial"})
"""'could not come' tells of people who were accredited; nobody denied them anything."""
_Phrase = tuple[tuple[_Pattern, ...], str]
"""The words of a phrase and the class that they make together."""
_Phrases = dict[str, list[_Phrase]]
_NO_CLASSES = frozenset({"grammar", "before_day", "before_number", "behind_number", "macros"})
_KEY = 3
_MOST_REMEMBERED = 50_000
"""Words whose classes are kept, so that a long-lived process does not grow."""
_MOST_SECONDS = 2_000
"""Words behind one word that are remembered: a bound on memory for words that stand before any other."""
_LONGEST_WORD = 30


class Lexicon:
    """Tells the classes of words and phrases of one language."""

    def __init__(self, language: str, tables: dict[str, dict[str, list[str]]]) -> None:
        self.language = language
        self._words: dict[str, set[str]] = {}
        self._beginnings: dict[str, set[str]] = {}
        self._endings: dict[str, set[str]] = {}
        self._phrases: _Phrases = {}
        """By their first word, longest first."""
        self._open_phrases: _Phrases = {}
        """Those whose first word is only a beginning, by its first letters."""
        self.classes = lru_cache(_MOST_REMEMBERED)(self._classes)
        """The classes of a single word, given in lower case."""
        self.told = _Told(self)
        self._said = lru_cache(_MOST_REMEMBERED)(self._classes_of_phrase)
        self.grammar: frozenset[str] = frozenset(tables.get("grammar", {}).get("rules", ()))
        self.before_day = {w: name for name, words in tables.get("before_day", {}).items() for w in words}
        """Words that say when directly before a day ('on', 'by'), and what they say there."""
        self.before_number = {w: name for name, words in tables.get("before_number", {}).items() for w in words}
        """Words that say what they do directly before a number, and what."""
        self.behind_number = {w: name for name, words in tables.get("behind_number", {}).items() for w in words}
        """The same of words directly behind one."""
        for section, table in tables.items():
            for name, entries in table.items() if section not in _NO_CLASSES else ():
                for entry in entries:
                    for spelled in _spelled_out(entry, tables.get("macros", {})):
                        self._add(name, spelled)

    def _add(self, name: str, entry: str) -> None:
        if entry.startswith("~"):
            self._endings.setdefault(entry[1:], set()).add(name)
            return
        words = tuple(_pattern(w) for w in _split(entry))
        first, open_end = words[0]
        if len(words) == 1:
            (self._beginnings if open_end else self._words).setdefault(first, set()).add(name)
        elif open_end:
            self._open_phrases.setdefault(first[:_KEY], []).append((words, name))
        else:
            self._phrases.setdefault(first, []).append((words, name))

    def _classes(self, lower: str) -> frozenset[str]:
        found = set(self._words.get(lower, ()))
        for end in range(2, min(len(lower), _LONGEST_WORD) + 1):
            found |= self._beginnings.get(lower[:end], set())
            found |= self._endings.get(lower[-end:], set()) if end < len(lower) else set()
        return frozenset(found)

    def phrase(self, tokens: Sequence[Token], at: int) -> tuple[int, frozenset[str]] | None:
        """The longest phrase that begins at a token: (index after its last token, its classes)."""
        begun = self.told[tokens[at].lower][1]
        if begun is None or at + 1 == len(tokens) or not (candidates := begun[tokens[at + 1].lower]):
            return None
        longest, names, left = 0, [], len(tokens) - at
        for words, name in candidates:
            size = len(words)
            if size < longest:
                break
            if size <= left and (size == 2 or _matches(words, tokens, at)):
                longest = size
                names.append(name)
        if not longest:
            return None
        last = at + longest
        return last, self._said(tuple([t.lower for t in tokens[at:last]]), tuple(names))

    def _classes_of_phrase(self, lowers: tuple[str, ...], names: tuple[str, ...]) -> frozenset[str]:
        """What a phrase of these words says by its own names and by those of its words."""
        found = set(names)
        verdict = bool(found & (_VERDICTS | {"represent"}))
        hidden = (_VERDICTS if verdict else frozenset()) | (_WORDS_OF_A_LINK if "represent" in found else frozenset())
        hidden |= _DENIAL if "withdrawn" in found else frozenset()
        if not found & _OPAQUE:
            for lower in lowers:
                found |= self.classes(lower) - hidden
        return frozenset(found)

    def phrases_of(self, lower: str) -> _Begun | None:
        """The phrases that a word begins; None if it begins none."""
        opened = [p for p in self._open_phrases.get(lower[:_KEY], ()) if lower.startswith(p[0][0][0])]
        begun = sorted([*self._phrases.get(lower, ()), *opened], key=lambda p: -len(p[0]))
        return _Begun(begun) if begun else None


class _Begun(dict[str, list[_Phrase]]):
    """The phrases that one word begins, the longest first, by the word behind it; none for most of those words."""

    def __init__(self, phrases: list[_Phrase]) -> None:
        super().__init__()
        self._by_second: dict[str, list[_Phrase]] = {}
        for phrase in phrases:
            self._by_second.setdefault(phrase[0][1][0][:_KEY], []).append(phrase)

    def __missing__(self, second: str) -> list[_Phrase]:
        keys = dict.fromkeys(second[:size] for size in range(_KEY + 1))
        fitting = [p for key in keys for p in self._by_second.get(key, ()) if _fits(p[0][1], second)]
        fitting.sort(key=lambda p: -len(p[0]))
        if len(self) < _MOST_SECONDS:
            self[second] = fitting
        return fitting


class _Told(dict[str, tuple[frozenset[str], _Begun | None]]):
    """What a word says, given in lower case: its classes, and the phrases that it begins. Each is found out once."""

    def __init__(self, words: Lexicon) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, lower: str) -> tuple[frozenset[str], _Begun | None]:
        told = self._words.classes(lower), self._words.phrases_of(lower)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[lower] = told
        return told


def _fits(pattern: _Pattern, lower: str) -> bool:
    word, open_end = pattern
    return lower == word or (open_end and lower.startswith(word))


def _spelled_out(entry: str, macros: Mapping[str, list[str]]) -> Iterable[str]:
    """Every word or phrase that an entry stands for."""
    return (" ".join(words) for words in expand(entry, macros)) if "{" in entry or "[" in entry else (entry,)


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
    """Whether all words but the first two, which are known to fit, stand at their places."""
    for i, (word, open_end) in enumerate(words[2:], at + 2):
        if (lower := tokens[i].lower) != word and not (open_end and lower.startswith(word)):
            return False
    return True


@cache
def lexicon(language: str) -> Lexicon:
    """The words of 'en', 'ru' or 'kk', read once."""
    table = files("extract").joinpath("languages", language, "words.toml")
    return Lexicon(language, tomllib.loads(table.read_text(encoding="utf-8")))
