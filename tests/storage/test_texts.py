"""The sentence around a quote."""

from __future__ import annotations

import pytest

from extract.model import Article, Evidence, Where
from storage.texts import sentence_around


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("It met. The CEC accredited 793 observers. It rose.", "The CEC accredited 793 observers."),
        ("It rose at 6 p.m. Astana time with 793 observers.", "It rose at 6 p.m. Astana time with 793 observers."),
        ("It met. N. Abdirov counted 793 observers. Good.", "N. Abdirov counted 793 observers."),
        ("В г. Астана работают 793 observers. Да.", "В г. Астана работают 793 observers."),
        ("“It is over,” he said. 793 observers came. “Fine.”", "“It is over,” he said. 793 observers came."),
        ("First paragraph\n793 observers\nThird", "793 observers"),
    ],
)
def test_abbreviations_end_no_sentence(body: str, sentence: str) -> None:
    start = body.index("793")
    evidence = Evidence(body[start : start + 13], start, start + 13, Where.BODY)
    article = Article(title="Title", paragraphs=tuple(body.split("\n")), language="en")
    assert sentence_around(article, evidence) == sentence
