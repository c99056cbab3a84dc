"""The newsroom answers as real sites do: over HTTP, with validators, by its own clock."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest
from defusedxml import ElementTree

from accredwatch.newsroom.campaign import MISPRINT, STORIES
from accredwatch.newsroom.outlets import ALMATY
from accredwatch.newsroom.server import Newsroom, Trouble
from accredwatch.newsroom.story import Story

NOON = datetime(2023, 2, 16, 12, 30, tzinfo=ALMATY)
NEXT_DAY = NOON + timedelta(days=1)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str


def get(url: str, **headers: str) -> Answer:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read().decode())
    finally:
        connection.close()


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(STORIES, now=NOON) as room:
        yield room


def kazinform_stories(count: int) -> list[Story]:
    return [
        Story(
            number=4_100_000 + index,
            outlet="kazinform",
            title=f"Number {index} of the day",
            paragraphs=(f"ASTANA. KAZINFORM - It was story number {index}.",),
            published=NOON - timedelta(minutes=index),
        )
        for index in range(count)
    ]


def test_a_story_appears_when_its_time_has_come(newsroom: Newsroom) -> None:
    newsroom.now = MISPRINT.published - timedelta(seconds=1)
    assert get(newsroom.url(MISPRINT)).status == 404
    newsroom.now = MISPRINT.published
    page = get(newsroom.url(MISPRINT))
    assert page.status == 200
    assert "accredited 92 foreign observers" in page.text


def test_an_edit_changes_page_etag_and_date(newsroom: Newsroom) -> None:
    before = get(newsroom.url(MISPRINT))
    newsroom.now = NEXT_DAY
    after = get(newsroom.url(MISPRINT))
    assert "accredited 72 foreign observers" in after.text
    assert "92" not in after.text
    assert before.headers["ETag"] != after.headers["ETag"]
    assert parsedate_to_datetime(after.headers["Last-Modified"]) == MISPRINT.edits[0].at


def test_the_old_url_of_a_renamed_story_still_leads_to_it(newsroom: Newsroom) -> None:
    old = newsroom.url(MISPRINT)
    newsroom.now = NEXT_DAY
    assert newsroom.url(MISPRINT) != old
    assert get(old).text == get(newsroom.url(MISPRINT)).text


@pytest.mark.parametrize(
    ("outlet", "path"),
    [
        ("kazinform", "/rss/en.xml"),
        ("kazinform", "/sitemaps/google-news_en.xml"),
        ("kazinform", "/en/lenta/?page=1"),
        ("kazinform", "/robots.txt"),
        ("astana_times", "/feed/"),
        ("astana_times", "/all/page/1"),
        ("qazaq_tv", "/en/news?page=1"),
    ],
)
def test_an_unchanged_document_is_answered_with_304(newsroom: Newsroom, outlet: str, path: str) -> None:
    url = newsroom.base(outlet) + path
    first = get(url)
    assert first.status == 200
    for headers in (
        {"If_None_Match": first.headers["ETag"]},
        {"If_None_Match": f'"other", W/{first.headers["ETag"]}'},
        {"If_Modified_Since": first.headers["Last-Modified"]},
    ):
        again = get(url, **headers)
        assert (again.status, again.text) == (304, "")
        assert again.headers["ETag"] == first.headers["ETag"]
    assert get(url, If_None_Match='"other"', If_Modified_Since=first.headers["Last-Modified"]).status == 200
    assert get(url, If_Modified_Since="yesterday").status == 200


def test_a_feed_changes_with_the_next_story(newsroom: Newsroom) -> None:
    url = newsroom.base("kazinform") + "/rss/en.xml"
    etag = get(url).headers["ETag"]
    newsroom.publish(replace(kazinform_stories(1)[0], published=NOON + timedelta(minutes=5)))
    assert get(url, If_None_Match=etag).status == 304
    newsroom.now = NOON + timedelta(minutes=5)
    changed = get(url, If_None_Match=etag)
    assert changed.status == 200
    assert "Number 0 of the day" in changed.text


def test_feeds_list_the_newest_first_with_links_that_work(newsroom: Newsroom) -> None:
    for outlet, path in (("kazinform", "/rss/en.xml"), ("kazinform", "/rss/ru.xml"), ("astana_times", "/feed/")):
        items = ElementTree.fromstring(get(newsroom.base(outlet) + path).text).findall("channel/item")
        assert items
        dates = [parsedate_to_datetime(item.findtext("pubDate", "")) for item in items]
        assert dates == sorted(dates, reverse=True)
        assert all(day <= NOON for day in dates)
        for item in items:
            page = get(item.findtext("link", ""))
            assert page.status == 200
            assert item.findtext("title", "") in page.text


def test_the_sitemap_tells_when_a_story_was_edited(newsroom: Newsroom) -> None:
    newsroom.now = NEXT_DAY
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    sitemap = ElementTree.fromstring(get(newsroom.base("kazinform") + "/sitemaps/google-news_en.xml").text)
    modified = {
        u.findtext("s:loc", "", names): u.findtext("s:lastmod", "", names) for u in sitemap.findall("s:url", names)
    }
    assert datetime.fromisoformat(modified[newsroom.url(MISPRINT)]) == MISPRINT.edits[0].at


def test_listings_and_feeds_have_pages_and_an_end() -> None:
    stories = kazinform_stories(60)
    astana_times = [replace(s, outlet="astana_times", number=s.number - 4_000_000) for s in stories[:25]]
    with Newsroom([*stories, *astana_times], now=NOON) as room:
        lists = [get(room.base("kazinform") + f"/en/lenta/?page={page}") for page in (1, 2, 3, 4)]
        feeds = [get(room.base("astana_times") + f"/feed/?paged={page}") for page in (1, 2, 3, 4)]
    assert [page.status for page in lists] == [200, 200, 200, 404]
    assert [page.text.count('class="item"') for page in lists[:3]] == [24, 24, 12]
    assert [feed.status for feed in feeds] == [200, 200, 200, 404]
    assert [feed.text.count("<item>") for feed in feeds[:3]] == [10, 10, 5]


def test_short_links_of_the_astana_times_lead_to_the_page(newsroom: Newsroom) -> None:
    story = next(s for s in STORIES if s.outlet == "astana_times" and s.published < NOON)
    moved = get(f"{newsroom.base('astana_times')}/?p={story.number}")
    assert moved.status == 301
    assert newsroom.base("astana_times") + moved.headers["Location"] == newsroom.url(story)
    assert get(f"{newsroom.base('astana_times')}/?p=1").status == 404


@pytest.mark.parametrize(
    ("outlet", "day", "sign"),
    [
        ("kazinform", datetime(2020, 12, 1, tzinfo=UTC), 'class="article_news_body"'),
        ("kazinform", datetime(2023, 2, 1, tzinfo=UTC), 'class="body_article_bl"'),
        ("kazinform", datetime(2024, 2, 1, tzinfo=UTC), 'class="article__body-text"'),
        ("kazinform", datetime(2026, 9, 1, tzinfo=UTC), 'class="article__content"'),
        ("astana_times", datetime(2023, 2, 1, tzinfo=UTC), 'class="byline"'),
        ("qazaq_tv", datetime(2019, 2, 1, tzinfo=UTC), 'class="view_text"'),
        ("qazaq_tv", datetime(2023, 2, 1, tzinfo=UTC), 'class="news-detail__text"'),
    ],
)
def test_a_site_looks_as_it_did_in_its_time(outlet: str, day: datetime, sign: str) -> None:
    story = replace(kazinform_stories(1)[0], outlet=outlet, published=datetime(2019, 1, 5, tzinfo=UTC))
    with Newsroom([story], now=day) as room:
        page = get(room.url(story)).text
    assert sign in page
    assert "It was story number 0." in page


def test_related_headlines_lead_nowhere(newsroom: Newsroom) -> None:
    page = get(newsroom.url(MISPRINT)).text
    assert "641 observers watched the presidential election" in page
    assert get(newsroom.base("kazinform") + "/en/641-observers-watched-the-presidential-election_a1970").status == 404


def test_page_text_is_escaped() -> None:
    story = replace(kazinform_stories(1)[0], title="A <b> & B", paragraphs=("1 < 2 & 3",))
    with Newsroom([story], now=NOON) as room:
        assert "1 &lt; 2 &amp; 3" in get(room.url(story)).text
        titles = [
            t.text for t in ElementTree.fromstring(get(room.base("kazinform") + "/rss/en.xml").text).iter("title")
        ]
    assert "A <b> & B" in titles


def test_robots_txt_says_what_is_closed_and_how_fast(newsroom: Newsroom) -> None:
    newsroom.crawl_delay = 7
    robots = get(newsroom.base("kazinform") + "/robots.txt").text.splitlines()
    assert robots == ["User-agent: *", "Disallow: /search", "Disallow: /search_results", "Crawl-delay: 7"]


def test_requests_are_counted_by_kind(newsroom: Newsroom) -> None:
    get(newsroom.url(MISPRINT), User_Agent="reader")
    get(newsroom.base("kazinform") + "/rss/en.xml")
    get(newsroom.base("astana_times") + "/nothing")
    assert newsroom.count() == {"article": 1, "feed": 1, "unknown": 1}
    assert newsroom.count("kazinform") == {"article": 1, "feed": 1}
    assert (newsroom.requests[0].user_agent, newsroom.requests[0].status) == ("reader", 200)


def test_trouble_concerns_some_requests_a_number_of_times(newsroom: Newsroom) -> None:
    feed = newsroom.base("kazinform") + "/rss/en.xml"
    newsroom.trouble("kazinform", Trouble(path="/rss/", status=429, headers={"Retry-After": "30"}, times=1))
    refused = get(feed)
    assert (refused.status, refused.headers["Retry-After"]) == (429, "30")
    assert get(feed).status == 200
    newsroom.trouble("kazinform", Trouble(body="<title>Are you human?</title>"))
    assert (get(feed).status, get(feed).text) == (200, "<title>Are you human?</title>")
    assert get(newsroom.base("astana_times") + "/feed/").status == 200
    newsroom.calm()
    assert "<item>" in get(feed).text


def test_trouble_can_be_slowness(newsroom: Newsroom) -> None:
    newsroom.trouble("kazinform", Trouble(path="/rss/", delay=60))
    connection = http.client.HTTPConnection(urlsplit(newsroom.base("kazinform")).netloc, timeout=0.2)
    connection.request("GET", "/rss/en.xml")
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()
    assert get(newsroom.base("kazinform") + "/robots.txt").status == 200


def test_nothing_but_reading_is_possible(newsroom: Newsroom) -> None:
    connection = http.client.HTTPConnection(urlsplit(newsroom.base("kazinform")).netloc, timeout=10)
    connection.request("POST", "/rss/en.xml", body=b"x")
    assert connection.getresponse().status == 405
    connection.close()


def test_ports_close_with_the_newsroom() -> None:
    with Newsroom(STORIES) as room:
        url = room.base("kazinform") + "/robots.txt"
        assert get(url).status == 200
    with pytest.raises(ConnectionRefusedError):
        get(url)
