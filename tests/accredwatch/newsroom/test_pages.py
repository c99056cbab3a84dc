"""Every layout of every outlet is read back as the story that was written, without what stands around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import accredwatch.config
from accredwatch.newsroom.campaign import STORIES
from accredwatch.newsroom.outlets import ASTANA_TIMES, KAZINFORM, QAZAQ_TV, Outlet
from accredwatch.newsroom.pages import Published, article_page
from extract.page.article import read_page
from extract.site import Site

NOW = datetime(2023, 4, 1, tzinfo=UTC)
LAYOUTS = [(outlet, layout) for outlet in (KAZINFORM, ASTANA_TIMES, QAZAQ_TV) for _, layout in outlet.layouts]


@pytest.fixture(scope="module")
def sites() -> dict[str, Site]:
    configured = accredwatch.config.load(Path(accredwatch.config.__file__).parents[1] / "config.toml").source
    return {source.key: source.site() for source in configured}


@pytest.mark.parametrize(("outlet", "layout"), LAYOUTS, ids=[layout for _, layout in LAYOUTS])
def test_a_page_reads_as_its_story(outlet: Outlet, layout: str, sites: dict[str, Site]) -> None:
    base = f"https://{sites[outlet.key].hosts[-1]}"
    for story in STORIES:
        if story.outlet != outlet.key or (version := story.at(NOW)) is None:
            continue
        page = article_page(outlet, Published(story, version), base=base, layout=layout, beside=())
        article = read_page(page, url=base + outlet.path(story, version.title), sites=tuple(sites.values()))
        assert article.title == version.title
        assert article.paragraphs == version.paragraphs
        assert article.source == outlet.key
        assert article.language == story.language
        if outlet is not QAZAQ_TV:
            assert article.published == story.published


def test_qazaq_tv_shows_no_date(sites: dict[str, Site]) -> None:
    story = next(s for s in STORIES if s.outlet == "qazaq_tv")
    version = story.at(NOW)
    assert version is not None
    shown = Published(story, version)
    for _, layout in QAZAQ_TV.layouts:
        page = article_page(QAZAQ_TV, shown, base="https://jjtv.kz", layout=layout, beside=())
        assert read_page(page, sites=tuple(sites.values())).published is None


def test_a_relaunch_gives_old_stories_the_new_layout() -> None:
    relaunched = replace(
        KAZINFORM, layouts=((date(2016, 1, 1), "kazinform_2022.html"), (date(2023, 3, 5), "kazinform_2023.html"))
    )
    assert relaunched.layout(datetime(2023, 3, 4, tzinfo=UTC)) == "kazinform_2022.html"
    assert relaunched.layout(datetime(2023, 3, 5, tzinfo=UTC)) == "kazinform_2023.html"
