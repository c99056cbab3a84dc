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
        self.more_before = _by_last((p, True) for p in table["more"]["before"])
        self.may_qualify = frozenset({*self.before, *self.more_before, *DASHES, ":"})
        """The last words of what may stand before a number and qualify it; most numbers have none of them there."""
        self.not_more_before = _by_last((p, True) for p in table["more"]["not_before"])
        self.more_after = _by_first((p, True) for p in table["more"]["after"])
        self.not_more_after = _by_first((p, True) for p in table["more"]["not_after"])
        same = table.get("same", {})
        self.same = _by_first((p, True) for p in same.get("phrases", []))
        self.apiece = _by_first((p, int(n)) for n, phrases in table.get("apiece", {}).items() for p in phrases)
        self.lone = {name: frozenset(entry.split()) for name, entry in table.get("lone", {}).items()}
        self.same_not_before = frozenset(same.get("not_before", "").split())
        self.same_not_after = frozenset(same.get("not_after", "").split())
        self.across_dash = frozenset(table.get("across_dash", "").split())
        self.noun_endings: dict[str, tuple[str, ...]] = {
            case: tuple(entry.split()) for case, entry in table.get("noun_endings", {}).items()
        }
        self.exact_words = frozenset(table["exact"]["words"].split())
        self.exact_from = frozenset(table["exact"].get("from", "").split())
        self.exact_beginnings = tuple(table["exact"]["beginnings"].split())
        self.exact_after = tuple(table["exact"].get("after", "").split())
        self._learn_fractions(table["fractions"])
        self.one = {name: frozenset(entry.split()) for name, entry in table["one"].items() if isinstance(entry, str)}
        self.one_pairs = [tuple(p.split()) for p in table["one"].get("next_pairs", [])]
        self.no_count_after = frozenset(table.get("bare", {}).get("not_after", "").split())
        self.single = {name: frozenset(entry.split()) for name, entry in table.get("single", {}).items()}
        self.counting = tuple(table["compounds"]["counting"].split())
        self.fraction_compounds = tuple(table["compounds"].get("fraction", "").split())
        self.infixes = frozenset(table["range"].get("infix", "").split())
        self.alternatives = frozenset(table["range"].get("either", "").split())
        self.range_from = frozenset(table["range"].get("from", "").split())
        self.range_pairs = frozenset(tuple(p.split()) for p in table["range"].get("pairs", []))
        self.each: dict[str, Any] = table.get("distributive", {})
        self.one_each = frozenset(self.each.get("people", "").split())
        """People of whom each sender has one, behind the word that distributes: 'по наблюдателю из'."""
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
