"""The tables of words: nothing said twice, nothing that nobody reads, nothing read that nobody wrote."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.quality.tidy import tidied
from extract.model import Approx
from tests.extract.corpora import LANGUAGES, ROOT

FOLDER = ROOT / "extract"
WEIGHTS = FOLDER / "data" / "weights.json"
TABLES = ("words", "numbers", "dates")
NOT_CLASSES = {"grammar", "before_day", "before_number", "behind_number", "macros"}
"""Sections of words.toml that hold other things than classes of words."""
KEYS_OF_THE_LANGUAGE = {"cases", "endings", "endings_if_next", "approx_after_case", "noun_endings"}
"""Sections whose keys are grammatical cases or endings: the tables alone relate them to each other."""
MADE_BY_THE_READER = {"bare", "dateline", "label", "observing"}
"""Classes that come from what stands around a word, not from a table."""

each_table = pytest.mark.parametrize(("language", "name"), [(a, b) for a in LANGUAGES for b in TABLES])


@cache
def table(language: str, name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / "languages" / language / f"{name}.toml").read_text(encoding="utf-8"))


def lists(of: dict[str, Any], path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of entries, with where it stands; a string is a list of words."""
    for key, value in of.items():
        where = f"{path}{key}"
        if isinstance(value, dict):
            yield from lists(value, f"{where}.")
        elif isinstance(value, str):
            yield where, value.split()
        elif isinstance(value, list):
            yield where, value


@each_table
def test_no_entry_stands_twice(language: str, name: str) -> None:
    twice = {
        where: [e for e, n in Counter(entries).items() if n > 1] for where, entries in lists(table(language, name))
    }
    assert {where: entries for where, entries in twice.items() if entries} == {}


@each_table
def test_entries_are_written_as_texts_are_compared(language: str, name: str) -> None:
    """In lower case, with plain apostrophes, ё as е, single blanks."""
    every = [(where, e) for where, entries in lists(table(language, name)) for e in entries]
    assert len(every) > 100
    assert [(w, e) for w, e in every if e != " ".join(e.lower().replace("ё", "е").replace("’", "'").split())] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_tidy(language: str) -> None:
    """In alphabetical order, in lines that one can read, without entries that a wider one of their class covers."""
    text = (FOLDER / "languages" / language / "words.toml").read_text(encoding="utf-8")
    assert tidied(text) == text, "run `python -m bench.quality.tidy`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_entries_are_spelled_in_the_languages_letters(language: str) -> None:
    """No Latin c among Cyrillic letters, and none of them among Latin ones: the two look alike."""
    mixed = re.compile(r"[a-z][а-яәғқңөұүһі]|[а-яәғқңөұүһі][a-z]")
    for name in TABLES:
        assert [e for _, entries in lists(table(language, name)) for e in entries if mixed.search(e)] == [], name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "section"), [("numbers", "cardinals"), ("dates", "months"), ("dates", "weekdays")])
def test_a_word_has_one_value(language: str, name: str, section: str) -> None:
    words = Counter(word for entry in table(language, name)[section].values() for word in entry.split())
    assert [word for word, n in words.items() if n > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_class_stands_in_one_section(language: str) -> None:
    sections = Counter(
        name for section, held in table(language, "words").items() for name in held_classes(section, held)
    )
    assert [name for name, n in sections.items() if n > 1] == []


def held_classes(section: str, held: dict[str, Any]) -> list[str]:
    return [] if section in NOT_CLASSES else list(held)


def classes(language: str) -> set[str]:
    """The classes of words that a language defines."""
    return {name for section, held in table(language, "words").items() for name in held_classes(section, held)}


ALL_CLASSES = {name for language in LANGUAGES for name in classes(language)}


@cache
def parsed(folder: str) -> tuple[ast.Module, ...]:
    return tuple(ast.parse(p.read_text(encoding="utf-8")) for p in sorted((FOLDER / folder).glob("*.py")))


def strings(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def written(folder: str) -> set[str]:
    """All strings in the code of a folder."""
    return {text for module in parsed(folder) for text in strings(module)}


A_SAY = 10
"""Hundredths of a weight from which on a word of its class can turn a figure."""


@cache
def weighed() -> set[str]:
    """The traits of which some weight says something."""
    read = json.loads(WEIGHTS.read_text("utf-8"))
    sections = [told["traits"] for told in read.values() if isinstance(told, dict) and "traits" in told]
    rows = (row for places in sections for place in places.values() for row in place.items())
    return {name for name, row in rows if max(map(abs, row)) >= A_SAY}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_is_read_by_a_rule_or_weighs(language: str) -> None:
    assert sorted(classes(language) - written("reading") - weighed()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_grammar_is_read(language: str) -> None:
    assert sorted({*table(language, "words").get("grammar", {}).get("rules", [])} - written("reading")) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["numbers", "dates"])
def test_every_list_of_number_and_date_words_is_read(name: str, language: str) -> None:
    sections = {key: held for key, held in table(language, name).items() if key not in KEYS_OF_THE_LANGUAGE}
    keys = {key for where, _ in lists(sections) for key in where.split(".") if not re.fullmatch(r"-?[\d_]+", key)}
    assert sorted(keys - {a.value for a in Approx} - written("words")) == []


@cache
def asked_classes() -> frozenset[str]:
    """The classes that the reader's code asks a word for: `'x' in ... .classes`, `... .classes & {'x'}`."""
    constants = {
        target.id: node.value
        for module in parsed("reading")
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }

    def named(node: ast.AST) -> set[str]:
        names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.id in constants]
        return strings(node).union(*(named(constants[name]) for name in names))

    found: set[str] = set()
    for node in (n for module in parsed("reading") for n in ast.walk(module)):
        match node:
            case ast.Compare(left=ast.Constant(value=str(asked)), ops=[ast.In() | ast.NotIn()], comparators=[of]):
                found |= {asked} if tells_classes(of) else set()
            case (
                ast.BinOp(left=one, op=ast.BitAnd() | ast.Sub(), right=other)
                | ast.Compare(left=one, ops=[ast.LtE() | ast.GtE()], comparators=[other])
            ):
                for of, those in ((one, other), (other, one)):
                    found |= named(those) if tells_classes(of) and not tells_classes(those) else set()
    return frozenset(found)


def tells_classes(node: ast.AST) -> bool:
    return "classes" in ast.unparse(node)


def test_every_class_that_is_asked_for_is_defined() -> None:
    asked = asked_classes()
    assert len(asked & ALL_CLASSES) >= 0.9 * len(ALL_CLASSES), "the search does not see how the code asks"
    assert sorted(asked - ALL_CLASSES - MADE_BY_THE_READER) == []


def test_words_before_a_day_say_what_the_reader_knows() -> None:
    for language in LANGUAGES:
        assert set(table(language, "words").get("before_day", {})) <= written("reading")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_every_language_needs(language: str) -> None:
    """The classes without which no article could be read."""
    needed = {
        "observer",
        "person",
        "journalist",
        "organizations",
        "countries",
        "accredited",
        "accreditation",
        "proposed",
    }
    needed |= {"withdrawn", "announced", "new", "cumulative", "origin", "each", "including", "except", "over", "end"}
    assert sorted(needed - classes(language)) == []


def test_the_folders_looked_at_hold_code() -> None:
    assert all(len(parsed(folder)) > 10 for folder in ("reading", "words"))
    assert {path.parent.name for path in Path(FOLDER / "languages").glob("*/words.toml")} == set(LANGUAGES)
