"""A page whose body a changed layout has swallowed: its caption or description still states the figure."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from storage import queries
from storage.answers import ReviewItem
from storage.vocabulary import ReviewKind
from tests.crawler import pages
from tests.crawler.conftest import Newsroom
from tests.crawler.server import NewsSite, Reply

STATED = "As of November 8, 134 observers have been accredited for the presidential election of November 20, 2022."
TITLE = "Foreign observers of the presidential election in Kazakhstan"
PROSE = "This page works best in a newer browser; switch scripts on in its settings and load the page anew, please."
PATH = "/news/observers-134"


def page(*, body: str, head: str = "", after: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{TITLE}</title>{head}'
        '<meta property="article:published_time" content="2022-11-08T15:15:00+06:00"></head><body>'
        f"<main><article><h1>{TITLE}</h1>{body}</article>{after}</main><footer>The Courier</footer></body></html>"
    )


DESCRIPTION = f'<meta property="og:description" content="{STATED}">'
CAPTION = f"<figure><img src='/a.jpg'><figcaption>{STATED}</figcaption></figure>"
SWALLOWED = {
    "description, other prose": page(head=DESCRIPTION, body=f"<p>{PROSE}</p>"),
    "description, no prose": page(head=DESCRIPTION, body='<div id="app"></div>'),
    "caption": page(body=f"{CAPTION}<p>{PROSE}</p>"),
    "lead in a pruned box": page(body=f'<aside class="lead">{STATED}</aside><p>{PROSE}</p>'),
}
JOURNALISTS = "52 foreign journalists have been accredited for the presidential election of November 20, 2022."
STATIONS = "10,101 polling stations will open to observers at the presidential election of November 20, 2022."
HARMLESS = {
    "journalists": page(body=f"<figure><figcaption>{JOURNALISTS}</figcaption></figure><p>{PROSE}</p>"),
    "stations": page(body=f"<figure><figcaption>{STATIONS}</figcaption></figure><p>{PROSE}</p>"),
    "another story's caption": page(
        body=f"<p>{PROSE}</p>", after=f'<section class="related"><a href="/news/x-9">{CAPTION}</a>{CAPTION}</section>'
    ),
    "another story's headline": page(
        body=f"<p>{PROSE}</p>", after=f'<div class="also"><a href="/news/x-9">{STATED}</a></div>'
    ),
    "the body states it too": page(head=DESCRIPTION, body=f"<p>{STATED}</p><p>{PROSE}</p>"),
    "people in a picture": page(
        body="<figure><figcaption>12 observers at a station of the presidential election in Kazakhstan</figcaption>"
        f"</figure><p>{PROSE}</p>"
    ),
}


def crawl(newsroom: Newsroom, site: NewsSite, content: str) -> list[ReviewItem]:
    site.routes[PATH] = Reply(content)
    site.routes["/feed"] = Reply(pages.rss([(site.url + PATH, TITLE)]))
    result = newsroom.crawl()
    assert (result.fetched, result.errors) == (1, ())
    with newsroom.database.read() as session:
        return [i for i in queries.review(session) if i.kind is ReviewKind.FIGURES_OUTSIDE_BODY]


@pytest.mark.parametrize("content", SWALLOWED.values(), ids=SWALLOWED)
def test_a_swallowed_body_is_noticed(newsroom: Newsroom, site: NewsSite, content: str) -> None:
    with capture_logs() as lines:
        (item,) = crawl(newsroom, site, content)
    assert (item.text, item.sentence, item.source) == (STATED, STATED, "courier")
    assert (item.title, item.report, item.election) == (TITLE, None, None)
    warned = [line for line in lines if line["event"] == "figures_outside_body"]
    assert [(line["log_level"], line["source"], line["words"]) for line in warned] == [("warning", "courier", STATED)]
    with newsroom.database.read() as session:
        assert queries.reports(session) == ()
        assert queries.changes(session) == ()
        (source,) = queries.sources(session)
    assert (source.figures_outside_body, source.reports) == (1, 0)


@pytest.mark.parametrize("content", HARMLESS.values(), ids=HARMLESS)
def test_what_says_nothing_of_the_body_raises_nothing(newsroom: Newsroom, site: NewsSite, content: str) -> None:
    assert crawl(newsroom, site, content) == []
    with newsroom.database.read() as session:
        (source,) = queries.sources(session)
    assert source.figures_outside_body == 0


def test_a_title_whose_page_shows_no_body_at_all_is_outside_too(newsroom: Newsroom, site: NewsSite) -> None:
    """Nothing is read of such a page, so that its title's figure would be lost without a word."""
    title = "134 foreign observers accredited for the presidential election in Kazakhstan"
    (item,) = crawl(newsroom, site, page(body='<div id="app"></div>').replace(TITLE, title))
    assert item.text == title
    with newsroom.database.read() as session:
        assert queries.reports(session) == ()


def test_a_dry_run_warns_and_keeps_nothing(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes[PATH] = Reply(SWALLOWED["caption"])
    site.routes["/feed"] = Reply(pages.rss([(site.url + PATH, TITLE)]))
    with capture_logs() as lines:
        newsroom.crawl(dry_run=True)
    assert "figures_outside_body" in [line["event"] for line in lines]
    with newsroom.database.read() as session:
        assert queries.review(session) == ()
