"""Sentences as any newsroom may write them, each read by itself behind one that names the election."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.extract.corpora import LANGUAGES
from tests.extract.saying import Fact, facts, report_on

FOLDER = Path(__file__).with_name("sentences")


def sentences() -> list[Any]:
    """Language, paragraphs and facts of every sentence."""
    cases = []
    for language in LANGUAGES:
        table = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
        for entry in table["sentence"]:
            says = [entry["says"]] if isinstance(entry["says"], str) else entry["says"]
            cases.append(pytest.param(language, says, entry["facts"], id=f"{language}: {says[0][:40]}"))
    return cases


def fact(words: str) -> Fact:
    scope, status, basis, value = words.rsplit(maxsplit=3)
    return scope, status, basis, int(value)


@pytest.mark.parametrize(("language", "says", "told"), sentences())
def test_a_sentence_is_read_as_it_is_meant(language: str, says: list[str], told: list[str]) -> None:
    assert facts(report_on(*says, language=language)) == {fact(words) for words in told}
