"""Layout and typography say nothing: other blanks, dashes and quotes, paragraphs joined and split, lists as lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from extract import read
from tests.extract import relayout, rewriting
from tests.extract.corpora import LANGUAGES, Story, everything, needs_shared, renderer, shared, sites
from tests.extract.relations import changed_by, hold, own_words, said, some
from tests.extract.rewriting import everywhere

each_language = pytest.mark.parametrize("language", LANGUAGES)
ALL = 1000
REACHED = {
    ("plain_marks", "ru"): 0.99,
    ("doubled_hyphens", "ru"): 0.98,
    ("joined", "en"): 0.98,
    ("joined", "ru"): 0.97,
    ("joined", "kk"): 0.98,
    ("split", "en"): 0.98,
    ("split", "ru"): 0.95,
    ("split", "kk"): 0.97,
    ("digits_without_groups", "en"): 0.97,
}
"""The shares of articles that are read as before, where they are not all; never to be lowered."""


@each_language
@pytest.mark.parametrize(
    ("rewrite", "fewest"),
    [
        (rewriting.blanks_that_do_not_break, 45),
        (rewriting.thin_blanks_in_numbers, 15),
        (rewriting.plain_marks, 45),
        (rewriting.other_marks, 45),
        (relayout.doubled_hyphens, 45),
    ],
)
def test_other_marks_and_blanks(rewrite: Callable[[str], str], fewest: int, language: str) -> None:
    share = REACHED.get((rewrite.__name__, language), 1.0)
    hold(changed_by(partial(everywhere, rewrite=rewrite), language, 48 if share == 1 else ALL), share, fewest)


@each_language
@pytest.mark.parametrize("rewrite", [relayout.digits_without_groups, relayout.numbers_across_lines])
def test_groups_of_digits(rewrite: Callable[[str], str], language: str) -> None:
    share = REACHED.get((rewrite.__name__, language), 1.0)
    hold(changed_by(partial(everywhere, rewrite=rewrite), language), share, 2 if language == "en" else 15)


def test_english_groups_of_digits_apart() -> None:
    hold(changed_by(partial(everywhere, rewrite=relayout.blanks_in_groups), "en"), 1.0, 40)


def test_english_dashes_without_blanks() -> None:
    hold(changed_by(partial(everywhere, rewrite=relayout.dashes_without_blanks), "en", ALL), 0.99, 50)


@each_language
def test_lines_broken_where_mails_break_them(language: str) -> None:
    hold(changed_by(relayout.wrapped, language), 1.0, 48)


@each_language
def test_paragraphs_joined(language: str) -> None:
    hold(changed_by(relayout.joined, language, ALL), REACHED.get(("joined", language), 1.0), 90)


@each_language
def test_every_sentence_a_paragraph(language: str) -> None:
    """The rest go on in a new paragraph with what only the old one says: that the talk is of the nominated."""
    hold(changed_by(relayout.split, language, ALL), REACHED[("split", language)], 90)


def test_lists_as_lines_and_lines_as_lists() -> None:
    """One of twelve is lost: a deadline among the entries of a calendar."""
    rewrites = (relayout.lists_as_lines, relayout.lists_in_one_line)
    hold([c for language in LANGUAGES for r in rewrites for c in changed_by(r, language)], 0.93, 10)


def test_other_marks_before_the_items_of_a_list() -> None:
    rewrite = partial(everywhere, rewrite=relayout.other_bullets)
    hold([c for language in LANGUAGES for c in changed_by(rewrite, language)], 0.98, 15)


SOFT_HYPHEN, NO_WIDTH = "\u00ad", "\u200b"


@needs_shared
@each_language
@pytest.mark.parametrize("mark", [SOFT_HYPHEN, NO_WIDTH])
def test_marks_that_nobody_sees(mark: str, language: str) -> None:
    """In the middle of every long word of a page."""
    stories = some([s for s in shared(language) if s.report.relevant], 10)
    assert len(stories) == 10
    for story in stories:
        assert page_words(story, lambda text: hyphenated(text, mark)) == page_words(story, str), story.id


def hyphenated(text: str, mark: str) -> str:
    return " ".join(w[:4] + mark + w[4:] if len(w) > 7 and w.isalpha() else w for w in text.split(" "))


def page_words(story: Story, rewrite: Callable[[str], str]) -> dict[str, Any]:
    """What is said of the outlet's page with its paragraphs rewritten."""
    raw = {**story.raw, "paragraphs": [rewrite(p) for p in story.raw["paragraphs"]], "related": []}
    render: Any = renderer()
    return said(*read(render.template(raw)(raw), sites=sites()))


@needs_shared
@each_language
def test_headlines_beside_the_article_say_nothing(language: str) -> None:
    """Pages with other headlines around the same story."""
    render: Any = renderer()
    for story in shared(language)[::4]:
        raw = {**story.raw, "related": ["CEC accredits 858 foreign observers", "Аккредитовано 777 наблюдателей от ШОС"]}
        article, report = read(render.template(raw)(raw), sites=sites())
        assert said(article, report) == own_words(story), story.id


@each_language
def test_saying_it_twice_says_nothing_more(language: str) -> None:
    """The lead again at the end, as some outlets have it."""
    stories = some(everything(language), 60)
    again = [(s, s.changed(s.article.title, (*s.article.paragraphs, s.article.paragraphs[0]))) for s in stories]
    hold([(s, changed, own_words(s)) for s, changed in again], 1.0, 60)
