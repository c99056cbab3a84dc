"""The pattern language of the tables of names."""

from __future__ import annotations

import pytest

from extract.words.inflection import russian_forms
from extract.words.patterns import expand
from foundation.errors import ConfigError

MACROS = {"body": ["union", "council [ of old ]"]}


def test_optional_parts_and_macros_are_multiplied_out() -> None:
    assert set(expand("{body} [ of ( X ) ]", MACROS)) == {
        ("union",),
        ("council",),
        ("council", "of", "old"),
        ("union", "of", "(", "X", ")"),
        ("council", "of", "(", "X", ")"),
        ("council", "of", "old", "of", "(", "X", ")"),
    }


@pytest.mark.parametrize(("pattern", "message"), [("{nobody}", "unknown macro {nobody}"), ("a [ b", "left open")])
def test_a_pattern_that_cannot_be_read_is_named(pattern: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        list(expand(pattern, MACROS))


def test_russian_endings() -> None:
    assert {"ассамблея", "ассамблеи", "ассамблеей", "ассамблей"} <= russian_forms("ассамблея")
    assert {"тюркский", "тюркского", "тюркскими"} <= russian_forms("тюркский")
    assert russian_forms("=перу") == {"перу"}
    assert "куб" not in russian_forms("куба", singular=True)
