"""The words that a language writes numbers with, every form of them: `extract/languages/<language>/numbers.toml`."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from extract.words.tables import load


class Word(NamedTuple):
    """What a number word says."""

    value: int
    role: str
    """'cardinal', 'collective', 'ordinal', 'scale' (multiplies what stands before) or 'group' (a noun: dozen)."""
    case: str = ""
    """The ending that matters to what follows: 'ablative', 'dative', 'locative', 'like', 'other'."""


class NumberWords:
    """A language's number words, with every form spelled out."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.table = table
        self.cases: dict[str, str] = {"": ""}
        for case, endings in table.get("cases", {}).items():
            self.cases |= dict.fromkeys(endings.split(), case)
        self.words: dict[str, Word] = {}
        self.in_company: dict[str, Word] = {}
        """Words that are numbers only at the end of a longer one: 'он үшін', 'жүз оны'."""
        company = set(table.get("in_company", "").split())
        not_numbers = set(table.get("not_numbers", "").split())
        for section, role in _ROLES.items():
            for value, entry in table.get(section, {}).items():
                for form, case in self._forms(entry, role):
                    if form not in not_numbers:
                        self.words.setdefault(form, Word(int(value), role, case))
                    elif form in company:
                        self.in_company.setdefault(form, Word(int(value), role, case))
        self.bare = frozenset(table.get("bare", {}).get("words", "").split())
        self.bare_after_approx = frozenset(table.get("bare", {}).get("after_approx", "").split())
        self.short_scales = frozenset(table.get("short_scales", "").split())
        self.ordinal_endings = frozenset(table["endings"].get("ordinal", "").split())
        self.endings: dict[str, str] = {e: c for e, c in self.cases.items() if e}
        for case, entry in table["endings"].items():
            if case != "ordinal":
                self.endings |= dict.fromkeys(entry.split(), case)
        self.endings_if_next = {e: tuple(n.split()) for e, n in table.get("endings_if_next", {}).items()}
        self.loose_endings = frozenset(table.get("loose_endings", "").split())
        self.article = frozenset(table.get("article", "").split())
        self.and_words = frozenset(table.get("and_words", "").split())
        self.hyphen_joins: bool = table.get("hyphen_joins", False)
        self.needs_count: bool = table.get("needs_count", False)
        self.ten_adds: bool = table.get("ten_adds", False)
        self.half_before = frozenset(table["fractions"].get("half_before", "").split())
        self.one_and_half = frozenset(table["fractions"].get("one_and_half", "").split())
        alone = table["fractions"]["alone"].split()
        same = (p.split()[0] for p in table.get("same", {}).get("phrases", []))
        self.numerals = frozenset({*self.words, *self.article, *self.half_before, *self.one_and_half, *alone})
        apart = (p.split()[0] for phrases in table.get("apiece", {}).values() for p in phrases)
        lone = table.get("lone", {}).get("words", "").split()
        people = table.get("distributive", {}).get("people", "").split()
        self.starts = self.numerals.union(same, apart, lone, people)
        scales = {form for form, word in self.words.items() if word.role == "scale"}
        self.behind_digits = scales | self.loose_endings
        """Words that may belong to the digits before them although a blank stands between."""
        self.and_half = [tuple(p.split()) for p in table["fractions"].get("and_half", [])]

    def _forms(self, entry: str, role: str) -> list[tuple[str, str]]:
        if role == "ordinal":
            endings = ["", *self.table.get("ordinal_endings", "").split()]
            return [(stem + ending, "") for stem in entry.split() for ending in endings]
        return [(stem + ending, case) for stem in entry.split() for ending, case in self.cases.items()]


_ROLES = {
    "cardinals": "cardinal",
    "scales": "scale",
    "groups": "group",
    "collectives": "collective",
    "ordinals": "ordinal",
}


@cache
def number_words(language: str) -> NumberWords:
    """The number words of 'en', 'ru' or 'kk'."""
    return NumberWords(load(language, "numbers"))
