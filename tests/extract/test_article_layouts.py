"""Known articles in layouts of every kind: those of the demo newsroom's outlets, and those that nobody configured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from accredwatch.newsroom.outlets import OUTLETS, Outlet
from accredwatch.newsroom.pages import Published, article_page
from accredwatch.newsroom.story import Story as Shown
from extract.model import Article
from extract.page.article import read_page, read_text
from extract.page.markup import tidy
from tests.extract.corpora import Story, own, own_sets, share, sites
from tests.extract.page_layouts import ALMATY, LAYOUTS, page_in
from tests.extract.telling import body_f1

pytestmark = pytest.mark.long

NEWSROOM = [(outlet, layout) for outlet in OUTLETS for _, layout in outlet.layouts]
HOSTS = {"kazinform": "https://www.inform.kz", "astana_times": "https://astanatimes.com", "qazaq_tv": "https://jjtv.kz"}
UNDATED = {"undated", "qazaq_tv_2018.html", "qazaq_tv_2021.html"}
"""Layouts that tell no date of their story, though other stories' dates may stand on the page."""
_SHORT = 60


def stories(part: int, of: int) -> Sequence[Story]:
    """A share of all articles of our own."""
    return share([story for name in own_sets() for story in own(name)], part, of)


def has_odd_ends(story: Story) -> bool:
    """Whether a short line that is no sentence is first or last: without a known site it may be taken for furniture."""
    ends = (story.article.paragraphs[0], story.article.paragraphs[-1])
    return any(len(p) < _SHORT and p.rstrip('»”"')[-1] not in ".!?…" for p in ends)


def served(outlet: Outlet, layout: str, story: Story) -> str:
    """The story's page as the demo newsroom would serve it, with other days' headlines beside it."""
    raw, published = story.raw, story.article.published
    assert published is not None
    shown = Shown(
        number=100,
        outlet=outlet.key,
        title=raw["title"],
        paragraphs=story.article.paragraphs,
        published=published,
        language=story.article.language,
        caption=raw.get("caption"),
        tags=tuple(raw.get("tags", ())),
        related=tuple(raw.get("related", ())),
    )
    version = shown.at(published)
    assert version is not None
    return article_page(outlet, Published(shown, version), base=HOSTS[outlet.key], layout=layout, beside=())


def check(article: Article, story: Story, published: datetime | None, *, whole: bool = True) -> None:
    """Title, body and date are the story's, and nothing else is; without `whole` a line of the body may be missing."""
    assert article.title == tidy(story.raw["title"]), story.id
    paragraphs = [tidy(p) for p in story.article.paragraphs]
    if whole:
        assert list(article.paragraphs) == paragraphs, story.id
    assert set(article.paragraphs) <= set(paragraphs), story.id
    assert body_f1(article, paragraphs) >= (0.995 if whole else 0.97), story.id
    assert article.published == published, story.id
    if published is not None:
        assert article.published is not None
        assert article.published.utcoffset() == published.astimezone(ALMATY).utcoffset(), story.id


@pytest.mark.parametrize(("outlet", "layout"), NEWSROOM, ids=[layout for _, layout in NEWSROOM])
@pytest.mark.parametrize("known", [True, False], ids=["known site", "any site"])
def test_an_outlets_page_gives_its_story_alone(outlet: Outlet, layout: str, known: bool) -> None:
    for story in stories(NEWSROOM.index((outlet, layout)), 6 if known else 12):
        if story.article.language not in outlet.codes:
            continue
        article = read_page(served(outlet, layout, story), sites=sites() if known else ())
        assert article.source == (outlet.key if known else None)
        published = None if layout in UNDATED else story.article.published
        check(article, story, published, whole=known or not has_odd_ends(story))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_that_nobody_configured_gives_its_story_alone(layout: str) -> None:
    for story in stories(LAYOUTS.index(layout), 12):
        published = None if layout in UNDATED else story.article.published
        check(read_page(page_in(layout, story)), story, published, whole=not has_odd_ends(story))


@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["blank lines", "lines"])
def test_plain_text_gives_its_story(between: str) -> None:
    """A short line that is no sentence (a subheading, a table's head, a byline) may be missing, nothing else."""
    scores = []
    for story in stories(len(between), 3):
        paragraphs = [tidy(p) for p in story.article.paragraphs]
        article = read_text(between.join([story.raw["title"], *paragraphs]))
        assert set(article.paragraphs) <= set(paragraphs), story.id
        assert all(len(p) < 60 for p in paragraphs if p not in article.paragraphs), story.id
        scores.append(body_f1(article, paragraphs))
    assert min(scores) >= 0.96
    assert sum(scores) / len(scores) >= 0.998
