"""What stands beside the numbers of observers: other numbers count nothing, media people are figures of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.extract.corpora import LANGUAGES, Story, everything
from tests.extract.distractors import MEDIA, OTHER_COUNTRIES, OTHER_MATTERS, OTHER_TIMES
from tests.extract.relations import Change, hold, own_words, relevant, some

each_language = pytest.mark.parametrize("language", LANGUAGES)
SINCE = 2010
"""The polls that the paragraphs tell of are others than those of articles since then."""


def recent(language: str) -> list[Story]:
    return [s for s in everything(language) if s.article.published and s.article.published.year >= SINCE]


def with_paragraphs(language: str, others: tuple[str, ...], at: int | None, step: int) -> list[Change]:
    """Every paragraph put into other articles, of which every `step`-th is taken."""
    changes = []
    for n, other in enumerate(others):
        for story in recent(language)[n % step :: step]:
            paragraphs = list(story.article.paragraphs)
            paragraphs.insert(len(paragraphs) if at is None else at, other)
            changes.append((story, story.changed(story.article.title, tuple(paragraphs)), own_words(story)))
    return changes


@each_language
def test_paragraphs_about_other_matters_at_the_end(language: str) -> None:
    hold(with_paragraphs(language, OTHER_MATTERS[language], None, 9), 1.0, 100)


@each_language
def test_paragraphs_about_other_matters_before_all(language: str) -> None:
    """The rest lean on the title, from which such a paragraph parts them."""
    hold(with_paragraphs(language, OTHER_MATTERS[language], 0, 11), FLOORS_BEFORE_ALL[language], 90)


FLOORS_BEFORE_ALL = {"en": 0.98, "ru": 0.98, "kk": 0.99}


@each_language
def test_observers_of_elections_long_ago(language: str) -> None:
    """Where a figure's state is weighed, the sentence behind it may turn the scale."""
    hold(with_paragraphs(language, OTHER_TIMES[language], None, 3), 0.995, 60)


@each_language
def test_observers_of_other_countries_elections(language: str) -> None:
    hold(with_paragraphs(language, OTHER_COUNTRIES[language], None, 9), 0.985, 30)


@each_language
def test_media_people_are_figures_of_their_own(language: str) -> None:
    journalists = ("journalists", "accredited", "cumulative", 87, "")
    changes: list[Change] = []
    for n, media in enumerate(MEDIA[language]):
        stories = [s for s in relevant(language) if all(f.scope != "journalists" for f in s.report.figures)]
        for story in some(stories[n::2], 40):
            article = story.changed(story.article.title, (*story.article.paragraphs, media.format(87)))
            words = own_words(story)
            changes.append((story, article, {**words, "figures": sorted([*words["figures"], journalists])}))
    hold(changes, 0.95, 60)


@each_language
def test_what_stands_outside_the_article_says_nothing(language: str) -> None:
    outside = ("858 observers accredited so far", "Аккредитовано 858 наблюдателей", "858 байқаушы аккредиттелді")
    hold([(s, replace(s.article, outside=outside), own_words(s)) for s in some(everything(language), 40)], 1.0, 20)
