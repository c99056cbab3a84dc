"""What a crawl writes down of its source's health, with each trouble on a real server."""

from __future__ import annotations

import pytest

from crawler.challenges import challenge
from storage import sources
from storage.source_views import CrawlRun
from storage.vocabulary import SignKind, SignPlace
from tests.crawler import pages
from tests.crawler.conftest import Newsroom, source_of
from tests.crawler.server import NewsSite, Reply

DOCUMENT, ARTICLE = SignPlace.DOCUMENT, SignPlace.ARTICLE
CAPTCHA = '<html><head><title>Just a moment...</title></head><body><div class="cf-challenge"></div></body></html>'
LOGIN = '<html><body><h1>Sign in</h1><form><input name="user"><input type="password" name="p"></form></body></html>'
CONSENT = "<html><body><h1>Before you continue</h1><p>We use cookies.</p><button>Accept all</button></body></html>"
EMPTY = "<html><head><title>{title}</title></head><body><h1>{title}</h1><div id='app'></div></body></html>"


def publish(site: NewsSite, *numbers: int) -> None:
    """Articles of observers, and the feed that lists them."""
    items = []
    for number in numbers:
        url = f"{site.url}/news/observers-{number}"
        site.routes[f"/news/observers-{number}"] = Reply(pages.observers(number, canonical=url))
        items.append((url, f"CEC accredits {number} foreign observers"))
    site.routes["/feed"] = Reply(pages.rss(items), type="application/rss+xml")


def last_run(newsroom: Newsroom) -> CrawlRun:
    with newsroom.database.read() as session:
        return sources.runs(session, "courier", limit=1)[0]


def signs(newsroom: Newsroom) -> dict[tuple[SignKind, SignPlace], int]:
    return {(sign.kind, sign.place): sign.count for sign in last_run(newsroom).signs}


def test_a_good_crawl_leaves_none(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134, 398)
    newsroom.crawl()
    run = last_run(newsroom)
    assert (run.signs, run.news, run.pages) == ((), 2, 2)
    newsroom.clock.pass_by(days=10)
    publish(site, 134, 398, 500)
    newsroom.crawl()
    run = last_run(newsroom)
    assert (run.signs, run.news, run.pages) == ((), 1, 1)


def test_a_feed_that_redirects_to_another_host(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/feed"] = Reply(status=301, headers={"Location": "http://elsewhere.example/feed"})
    newsroom.crawl()
    assert signs(newsroom) == {(SignKind.MOVED, DOCUMENT): 1}
    (sign,) = last_run(newsroom).signs
    assert "elsewhere.example" in sign.examples[0]
    assert f"{site.url}/feed" in sign.examples[0]


def test_a_whole_site_that_has_moved(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/robots.txt"] = Reply(status=301, headers={"Location": "http://elsewhere.example/robots.txt"})
    newsroom.crawl()
    assert signs(newsroom) == {(SignKind.MOVED, DOCUMENT): 1}


@pytest.mark.parametrize("status", [404, 410])
def test_a_feed_that_is_gone(newsroom: Newsroom, site: NewsSite, status: int) -> None:
    site.routes["/feed"] = Reply(status=status)
    newsroom.crawl()
    assert signs(newsroom) == {(SignKind.GONE, DOCUMENT): 1}


def test_a_feed_that_is_none_any_more(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/feed"] = Reply(pages.weather())
    newsroom.crawl()
    assert signs(newsroom) == {(SignKind.GONE, DOCUMENT): 1}


def test_addresses_that_no_pattern_knows(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/feed"] = Reply(pages.rss([(f"{site.url}/stories/new-form", "CEC accredits observers")]))
    newsroom.crawl()
    assert signs(newsroom) == {(SignKind.GONE, DOCUMENT): 1}
    assert "article_urls" in last_run(newsroom).signs[0].examples[0]


def test_a_listing_that_lists_nothing(newsroom: Newsroom, site: NewsSite) -> None:
    listed = source_of(site, listings=[{"url": f"{site.url}/all?page={{page}}", "language": "en"}])
    site.routes["/all?page=1"] = Reply(pages.listing([("/about", "About us")]))
    newsroom.crawl(listed)
    assert signs(newsroom) == {(SignKind.GONE, DOCUMENT): 1}


def test_the_end_of_a_listing_is_no_sign(newsroom: Newsroom, site: NewsSite) -> None:
    listed = source_of(site, listings=[{"url": f"{site.url}/all?page={{page}}", "language": "en"}])
    site.routes["/news/observers-134"] = Reply(pages.observers(134))
    site.routes["/all?page=1"] = Reply(pages.listing([("/news/observers-134", "CEC accredits 134 observers")]))
    site.routes["/all?page=2"] = Reply(status=404)
    newsroom.crawl(listed)
    assert signs(newsroom) == {}


@pytest.mark.parametrize("page", [CAPTCHA, LOGIN, CONSENT])
@pytest.mark.parametrize("status", [200, 403])
def test_what_stands_where_the_feed_stood(newsroom: Newsroom, site: NewsSite, page: str, status: int) -> None:
    site.routes["/feed"] = Reply(page, status=status)
    newsroom.crawl()
    assert signs(newsroom) == {(SignKind.CHALLENGE, DOCUMENT): 1}


@pytest.mark.parametrize("page", [CAPTCHA, LOGIN, CONSENT, "<p>Something else that nobody asked for</p>"])
def test_what_stands_where_articles_stood(newsroom: Newsroom, site: NewsSite, page: str) -> None:
    publish(site, 134, 398)
    for number in (134, 398):
        site.routes[f"/news/observers-{number}"] = Reply(page)
    result = newsroom.crawl()
    assert (result.fetched, result.pages, result.failures) == (0, 2, 2)
    assert signs(newsroom) == {(SignKind.CHALLENGE, ARTICLE): 2}


def test_a_captcha_is_not_taken_for_an_article_whose_link_has_no_title(newsroom: Newsroom, site: NewsSite) -> None:
    site.routes["/news/4711"] = Reply(CAPTCHA)
    site.routes["/all"] = Reply('<a href="/news/4711"></a>')
    result = newsroom.crawl(source_of(site, listings=[{"url": f"{site.url}/all", "language": "en"}]))
    assert (result.fetched, result.failures) == (0, 1)
    assert signs(newsroom) == {(SignKind.CHALLENGE, ARTICLE): 1}


def test_robots_txt_that_forbids(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    site.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /feed", type="text/plain")
    newsroom.crawl()
    assert signs(newsroom) == {(SignKind.FORBIDDEN, DOCUMENT): 1}
    site.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /news/", type="text/plain")
    newsroom.crawl()
    assert signs(newsroom) == {(SignKind.FORBIDDEN, ARTICLE): 1}


def test_a_page_whose_body_is_empty(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134, 398)
    for number in (134, 398):
        title = f"CEC accredits {number} foreign observers"
        site.routes[f"/news/observers-{number}"] = Reply(EMPTY.format(title=title))
    newsroom.crawl()
    assert signs(newsroom) == {(SignKind.NO_BODY, ARTICLE): 2}


def test_the_layout_of_pages_without_a_word_of_observers_is_looked_at(newsroom: Newsroom, site: NewsSite) -> None:
    title = "Fog and ice on the roads, says CEC"
    site.routes["/news/fog-7"] = Reply(EMPTY.format(title=title))
    site.routes["/news/ice-8"] = Reply(pages.weather())
    site.routes["/feed"] = Reply(
        pages.rss([(f"{site.url}/news/fog-7", title), (f"{site.url}/news/ice-8", "Fog and ice on the roads of CEC")])
    )
    result = newsroom.crawl()
    assert (result.ok, result.fetched) == (True, 2)
    assert signs(newsroom) == {(SignKind.NO_BODY, ARTICLE): 1}


def test_a_page_without_a_date(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    page = pages.observers(134)
    site.routes["/news/observers-134"] = Reply(page[: page.index("<meta prop")] + page[page.index("</head>") :])
    newsroom.crawl()
    assert signs(newsroom) == {(SignKind.NO_DATE, ARTICLE): 1}


def test_figures_outside_the_body(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    page = pages.article(
        "CEC accredits foreign observers",
        "ASTANA - The Central Election Commission held a meeting on the observers of the election, the Courier learnt.",
        "The commission keeps accepting documents until six in the evening of the day that the law names, it said.",
    ).replace(
        "<head>",
        '<head><meta name="description" content="As of November 8, 134 observers have been accredited for the '
        'presidential election to be held on November 20, 2022.">',
    )
    site.routes["/news/observers-134"] = Reply(page)
    newsroom.crawl()
    assert signs(newsroom) == {(SignKind.FIGURES_OUTSIDE_BODY, ARTICLE): 1}


def test_what_cannot_be_had_at_all(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    site.routes["/news/observers-134"] = Reply(status=500)
    newsroom.crawl()
    assert signs(newsroom) == {(SignKind.UNREACHABLE, ARTICLE): 1}
    site.routes["/feed"] = Reply(status=500)
    newsroom.crawl()
    assert (SignKind.UNREACHABLE, DOCUMENT) in signs(newsroom)


def test_an_article_that_is_gone_is_no_sign(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    site.routes["/news/observers-134"] = Reply(status=404)
    newsroom.crawl()
    assert signs(newsroom) == {}


def test_many_signs_stay_few(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, *range(100, 130))
    for number in range(100, 130):
        site.routes[f"/news/observers-{number}"] = Reply(CAPTCHA)
    newsroom.crawl()
    (sign,) = last_run(newsroom).signs
    assert (sign.count, len(sign.examples)) == (30, 3)


def test_pages_with_news_beside_such_words_are_no_challenge() -> None:
    story = pages.article("Fog", *["The rescue service has opened warming posts along the roads of the north."] * 30)
    for mark in ('<script src="https://www.google.com/recaptcha/api.js"></script>', '<input type="password">'):
        assert challenge(story.replace("</body>", f"{mark}<p>We use cookies</p></body>")) is None
    assert [challenge(page) for page in (CAPTCHA, LOGIN, CONSENT)] == ["captcha", "login", "consent"]
    assert challenge("") is None
