"""What search takes for a word, and for the same word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.words import asked, fold, to_index, value_of, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Observers of the OSCE", ("observers", "of", "the", "osce")),
        ("Ёлки и ёлки", ("елки", "и")),
        ("и\u0306од", ("йод",)),
        ("Бақылаушылар ІРГЕСІ", ("бақылаушылар", "іргесі")),
        ("1,026 1 026 1\u00a0026 1\u202f026 1.026 1'026 1026", ("1026",)),
        ("12 345 678", ("12345678",)),
        ("2023 355", ("2023", "355")),
        ("1,02 3", ("1", "02", "3")),
        ('"osce" AND (x* OR -y) NEAR:z ^a', ("osce", "and", "x", "or", "y", "near", "z", "a")),
        (" ... ", ()),
        ("", ()),
    ],
)
def test_what_is_asked_for(text: str, expected: tuple[str, ...]) -> None:
    assert asked(text) == expected


def test_a_number_is_found_whole_and_by_its_parts() -> None:
    assert to_index("Story 1,026", "In March 19 355 came.").split() == [
        "story", "1026", "1", "026", "in", "march", "19355", "19", "355", "came",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "value"),
    [("1026", 1026), ("0026", 26), ("٣٥", 35), ("x", None), ("12a", None), ("²", None), ("9" * 19, None)],
)
def test_numbers(word: str, value: int | None) -> None:
    assert value_of(word) == value


@given(st.text())
def test_whatever_the_text_its_words_stand_where_they_say(text: str) -> None:
    found = list(words(text))
    assert all(text[w.start : w.end] and w.forms and all(w.forms) for w in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(fold(form) == form for w in found for form in w.forms)
    assert to_index(None, text) == " ".join(form for word in found for form in word.forms)[:200_000]
