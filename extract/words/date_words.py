"""The words that a language names days with: `extract/languages/<language>/dates.toml`."""

from __future__ import annotations

from functools import cache
from typing import Any

from extract.words.tables import forms, load


class Calendar:
    """A language's words for days."""

    def __init__(self, table: dict[str, Any]) -> None:
        endings = table.get("month_endings", "")
        self.months = {w: int(n) for n, entry in table["months"].items() for w in forms(entry, endings)}
        self.short = frozenset(table.get("short", "").split())
        self.genitive = {
            stem + ending
            for entry in table["months"].values()
            for stem in entry.split()
            for ending in table.get("genitive_endings", "").split()
        }
        week_endings = table.get("weekday_endings", "")
        self.weekdays = {w: int(n) - 1 for n, entry in table["weekdays"].items() for w in forms(entry, week_endings)}
        self.relative: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for offset, phrases in table["relative"].items():
            for phrase in phrases:
                words = tuple(phrase.split())
                self.relative.setdefault(words[0], []).append((words, int(offset)))
        for group in self.relative.values():
            group.sort(key=lambda item: -len(item[0]))
        ago = table["words"].get("ago", "").split()
        self.starts = frozenset({*self.months, *self.weekdays, *self.relative, *ago})
        self.markers = [(w, name) for name, entry in table["markers"].items() for w in entry.split()]
        self.words = {name: frozenset(entry.split()) for name, entry in table["words"].items()}
        self.capital: bool = table.get("capital", False)
        self.day_after: bool = table.get("day_after_month", False)
        self.day_ordinals = tuple(table.get("day_ordinals", "").split())
        self.bare = frozenset(table.get("bare_month_words", "").split())


@cache
def calendar(language: str) -> Calendar:
    """The calendar words of 'en', 'ru' or 'kk'."""
    return Calendar(load(language, "dates"))
