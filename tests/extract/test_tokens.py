"""Text as tokens: exact pieces, nothing lost between them, whatever blanks stand around."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.words.tokens import tokenize

_TEXTS = st.text(st.sampled_from("aBёЖ19½_ \u00a0\n\x1f'’ʼ-–.,()s"), max_size=40)


@given(_TEXTS)
def test_tokens_are_exact_pieces_with_nothing_but_blanks_between(text: str) -> None:
    before = 0
    for number, token in enumerate(tokenize(text)):
        assert token.text == text[token.start : token.end]
        between = text[before : token.start]
        assert not between.strip()
        assert token.glued == (number > 0 and not between)
        before = token.end
    assert not text[before:].strip()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("  OSCE's int’l — 1 013 -- ОБСЕ-ден  ", "osce 's int'l — 1 013 – обсе - ден"),
        ("Ещё 19½ «ID4»", "еще 19 ½ « id 4 »"),
    ],
)
def test_pieces_in_lower_case(text: str, pieces: str) -> None:
    assert [token.lower for token in tokenize(text)] == pieces.split()


@pytest.mark.parametrize(
    ("piece", "kind"), [("ОБСЕ", "word"), ("½", "word"), ("1013", "digits"), ("--", "mark"), ("_", "mark")]
)
def test_kinds_of_pieces(piece: str, kind: str) -> None:
    assert [token.kind for token in tokenize(f" {piece} ")] == [kind]
