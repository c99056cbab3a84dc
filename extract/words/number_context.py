"""The words that stand around numbers, in one language, ready to be looked up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from extract.model import Approx
from extract.words.cursor import DASHES
from extract.words.labels import LabelWords
from extract.words.number_words import NumberWords, number_words

_MOST_REMEMBERED = 50_000
Phrases = dict[str, list[tuple[tuple[str, ...], Any]]]
"""Phrases and what they mean, by their first or last word, the longest first."""


class Context:
    """A language's words around numbers."""

    def __init__(self, words: NumberWords) -> None:
        table = words.table
        self.words = words
        self.labels = LabelWords(table["label"])
        self._learn_approximations(table)
        self._learn_more(table["more"])
        self._learn_same(table.get("same", {}))
        self._learn_exactness(table["exact"])
        self._learn_ranges(table["range"])
        self._learn_fractions(table["fractions"])
        self._learn_ones(table)
        self.apiece = _by_first((p, int(n)) for n, phrases in table.get("apiece", {}).items() for p in phrases)
        self.across_dash = _words(table, "across_dash")
        self.noun_endings: dict[str, tuple[str, ...]] = {
            case: tuple(entry.split()) for case, entry in table.get("noun_endings", {}).items()
        }
        self.no_count_after = _words(table.get("bare", {}), "not_after")
        self.counting = tuple(table["compounds"]["counting"].split())
        self.fraction_compounds = tuple(table["compounds"].get("fraction", "").split())
        self._learn_neighbours()

    def _learn_approximations(self, table: dict[str, Any]) -> None:
        self.before = _by_last(
            (phrase, Approx(name)) for name, phrases in table["approx_before"].items() for phrase in phrases
        )
        self.after = _by_first(
            (phrase, (Approx(name), "")) for name, phrases in table["approx_after"].items() for phrase in phrases
        )
        for case, kinds in table.get("approx_after_case", {}).items():
            pairs = ((phrase, (Approx(name), case)) for name, phrases in kinds.items() for phrase in phrases)
            for first, entries in _by_first(pairs).items():
                self.after.setdefault(first, []).extend(entries)
        for entries in self.after.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _learn_more(self, table: dict[str, Any]) -> None:
        self.more_before = _by_last((p, True) for p in table["before"])
        self.not_more_before = _by_last((p, True) for p in table["not_before"])
        self.more_after = _by_first((p, True) for p in table["after"])
        self.not_more_after = _by_first((p, True) for p in table["not_after"])

    def _learn_same(self, table: dict[str, Any]) -> None:
        self.same = _by_first((p, True) for p in table.get("phrases", []))
        self.same_not_before = _words(table, "not_before")
        self.same_not_after = _words(table, "not_after")

    def _learn_exactness(self, table: dict[str, Any]) -> None:
        self.exact_words = frozenset(table["words"].split())
        self.exact_from = _words(table, "from")
        self.exact_beginnings = tuple(table["beginnings"].split())
        self.exact_after = tuple(table.get("after", "").split())

    def _learn_ranges(self, table: dict[str, Any]) -> None:
        self.infixes = _words(table, "infix")
        self.alternatives = _words(table, "either")
        self.range_from = _words(table, "from")
        self.range_pairs = frozenset(tuple(p.split()) for p in table.get("pairs", []))

    def _learn_ones(self, table: dict[str, Any]) -> None:
        """What makes 'one' a number of people, a single one, or one of each sender."""
        self.lone = {name: frozenset(entry.split()) for name, entry in table.get("lone", {}).items()}
        self.one = {name: frozenset(entry.split()) for name, entry in table["one"].items() if isinstance(entry, str)}
        self.one_pairs = [tuple(p.split()) for p in table["one"].get("next_pairs", [])]
        self.single = {name: frozenset(entry.split()) for name, entry in table.get("single", {}).items()}
        self.each: dict[str, Any] = table.get("distributive", {})
        self.one_each = _words(self.each, "people")
        """People of whom each sender has one, behind the word that distributes: 'по наблюдателю из'."""

    def _learn_neighbours(self) -> None:
        """The words that may stand beside a number and say more of it; most numbers have none of them there."""
        self.may_qualify = frozenset({*self.before, *self.more_before, *DASHES, ":"})
        """The last words of what may stand before a number and qualify it."""
        self._before = self.may_qualify | self.labels.before | self.labels.currency | self.labels.clock_before
        self._before |= {".", self.each.get("before", ".")}
        self._behind = frozenset(
            {*self.percent, *self.infixes, *self.more_after, *DASHES, "("}
            | {phrase[0] for phrase in self.percent_phrases}
            | {link for _, link in self.range_pairs}
            | (self.labels.clock_next | self.labels.clock_starts | self.labels.hours)
        )
        self._beginnings = (*self.percent_beginnings, *self.labels.next_words)
        self.tells_behind = lru_cache(_MOST_REMEMBERED)(self._tells_behind)
        """Whether a word directly behind digits can make anything but a plain number of them."""

    def _learn_fractions(self, table: dict[str, Any]) -> None:
        self.percent = frozenset(table["percent"].split())
        self.percent_phrases = [tuple(p.split()) for p in table.get("percent_phrases", [])]
        self.percent_beginnings = tuple(table.get("percent_beginnings", "").split())
        self.fractions = frozenset(table["alone"].split())
        self.fractions_after = frozenset(table["after_number"].split())
        self.fractions_out_of = [tuple(p.split()) for p in table.get("out_of", [])]
        self.fractions_after_ablative = frozenset(table.get("after_ablative", "").split())

    def tells_before(self, lower: str) -> bool:
        """Whether a word directly before digits can make anything but a plain number of them."""
        return lower in self._before

    def _tells_behind(self, lower: str) -> bool:
        return lower in self._behind or lower.startswith(self._beginnings)


def _words(table: dict[str, Any], name: str) -> frozenset[str]:
    """The words of an entry; none where a language has no such entry."""
    return frozenset(table.get(name, "").split())


def _by_last(entries: Iterable[tuple[str, Any]]) -> Phrases:
    return _by(entries, -1)


def _by_first(entries: Iterable[tuple[str, Any]]) -> Phrases:
    return _by(entries, 0)


def _by(entries: Iterable[tuple[str, Any]], key: int) -> Phrases:
    table: Phrases = {}
    for phrase, meaning in entries:
        words = tuple(phrase.split())
        table.setdefault(words[key], []).append((words, meaning))
    for group in table.values():
        group.sort(key=lambda entry: -len(entry[0]))
    return table


@cache
def context(language: str) -> Context:
    """The words around numbers of a language, read once."""
    return Context(number_words(language))
