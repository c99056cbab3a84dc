"""Every figure quotes the words that state it: exactly where it says, with its number in them."""

from __future__ import annotations

import re

import pytest

from extract.model import Article, Evidence, Where
from extract.words.numbers import find_numbers
from extract.words.tokens import tokenize
from tests.extract.corpora import LANGUAGES, Story, everything

AS_MANY = re.compile(r"\bas many\b|\bthe same number\b|\bстолько же\b|\bсонша\b", re.IGNORECASE)
"""Says the number before it once more, which needs no quoting."""
ONE = re.compile(r"\b(?:one|an?|од[ин]\w*|бір\w*)\b", re.IGNORECASE)


def source_of(evidence: Evidence, article: Article) -> str:
    return (article.title or "") if evidence.where is Where.TITLE else article.body


@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_is_a_piece_of_the_text(language: str) -> None:
    wrong = []
    for story in everything(language):
        for figure in story.report.figures:
            evidence = figure.evidence
            text = source_of(evidence, story.article)
            if not evidence.text or evidence.text != text[evidence.start : evidence.end] or "\n" in evidence.text:
                wrong.append((story.id, figure))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_stands_in_its_evidence(language: str) -> None:
    wrong = []
    for story in everything(language):
        wrong += [
            (story.id, figure.value, figure.evidence.text)
            for figure in story.report.figures
            if figure.value not in numbers_in(figure.evidence.text, language)
            and not AS_MANY.search(figure.evidence.text)
        ]
    assert wrong == []


def numbers_in(text: str, language: str) -> set[int]:
    """All numbers of a text, in digits or in words."""
    digits = {int(re.sub(r"\D", "", n)) for n in re.findall(r"\d{1,3}(?:[ ,\u00a0\u2009\u202f.]\d{3})+|\d+", text)}
    one = {1} if ONE.search(text) else set()
    return one | digits | {n.value for n in find_numbers(tokenize(text), language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_the_place_that_a_reader_would_quote(language: str) -> None:
    """The gold's quotes are longer or shorter than ours, but they are of the same place."""
    elsewhere, figures = [], 0
    for story in everything(language):
        quotes = quoted(story)
        for figure in story.report.figures:
            places = quotes.get((figure.scope, figure.status.value, figure.basis.value, figure.value))
            if places is None:
                continue
            figures += 1
            evidence = figure.evidence
            where = evidence.where is Where.TITLE
            if not any(t == where and evidence.start < end and start < evidence.end for t, start, end in places):
                elsewhere.append((story.id, figure.scope, figure.value, evidence.text))
    assert len(elsewhere) <= 0.05 * figures, elsewhere


def quoted(story: Story) -> dict[tuple[str, str, str, int], list[tuple[bool, int, int]]]:
    """Where the gold's quotes of each figure stand: in the title or not, from, to."""
    places: dict[tuple[str, str, str, int], list[tuple[bool, int, int]]] = {}
    for figure in story.gold["figures"]:
        key = (figure["scope"], figure["status"], figure["basis"], figure["value"])
        quote = figure["evidence"]
        for is_title, text in ((True, story.article.title or ""), (False, story.article.body)):
            at = text.find(quote)
            if at >= 0:
                places.setdefault(key, []).append((is_title, at, at + len(quote)))
    return places
