"""Reading pages in worker processes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import trafilatura

from crawler.limits import CrawlerSettings
from crawler.reading import PageText, Reader, Reading
from crawler.reading import read as read_here
from crawler.signs import NotShown
from extract.site import Site
from foundation.errors import ExtractionTimeout, PageTooLarge
from storage import queries
from tests.crawler import pages
from tests.crawler.conftest import Newsroom
from tests.crawler.server import NewsSite, Reply
from tests.crawler.test_crawl import publish

SITE = Site(key="courier", hosts=("c.example",), article_urls=(r"/(?P<id>\d+)",))


def page(body: bytes | str, content_type: str = "text/html") -> PageText:
    return PageText(
        url="https://c.example/1",
        body=body.encode() if isinstance(body, str) else body,
        content_type=content_type,
        site=SITE,
        published=datetime(2022, 11, 8, tzinfo=UTC),
    )


@pytest.fixture
def hasty() -> Iterator[Reader]:
    """A reader whose limit is over when it is first looked at, which is a tenth of a second after a page was given."""
    made = Reader(CrawlerSettings(read_timeout=timedelta(milliseconds=1)))
    yield made
    asyncio.run(made.close())


def read(reader: Reader, *asked: PageText) -> list[Reading]:
    async def all_at_once() -> list[Reading]:
        return await asyncio.gather(*(reader.read(one) for one in asked))

    return asyncio.run(all_at_once())


def test_a_report_comes_back_from_the_worker(reader: Reader) -> None:
    (reading,) = read(reader, page(pages.observers(134)))
    assert reading.report is not None
    assert reading.report.main is not None
    assert reading.report.main.value == 134


def test_the_content_type_decides_how_bytes_are_read(reader: Reader) -> None:
    text = pages.article(
        "ЦИК аккредитовал 25 наблюдателей",
        "АСТАНА. Центральная избирательная комиссия аккредитовала 25 наблюдателей от иностранных государств.",
        "Заседание комиссии прошло во вторник, следующее состоится через неделю, сообщили в пресс-службе.",
    ).replace('<meta charset="utf-8">', "")
    (reading,) = read(reader, page(text.encode("cp1251"), "text/html; charset=windows-1251"))
    assert reading.article is not None
    assert reading.article.title == "ЦИК аккредитовал 25 наблюдателей"


@pytest.mark.parametrize("prose", [True, False])
def test_a_banner_on_a_short_page_of_its_own_is_no_obstacle(prose: bool) -> None:
    """Only where the page shows its headline and some prose; a wall that repeats the headline is one."""
    text = "The akimat of the region said on Monday that 25 kilometres of roads will be mended before the winter comes."
    body = f"<h1>Roads of the region to be mended</h1><p>{text if prose else ''}</p><div>We use cookies</div>"
    asked = replace(page(f"<html><body>{body}</body></html>"), title="Roads of the region to be mended")
    if prose:
        assert read_here(asked).article is None
    else:
        with pytest.raises(NotShown, match="consent"):
            read_here(asked)


def test_a_page_without_a_word_of_observers_is_not_read(reader: Reader) -> None:
    (reading,) = read(reader, page(pages.weather()))
    assert (reading.article, reading.report) == (None, None)


def test_only_a_page_with_such_a_word_costs_a_call_of_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []
    extract = trafilatura.extract

    def counted(tree: object, **options: Any) -> object:  # noqa: ANN401 - what trafilatura takes
        calls.append(tree)
        return extract(tree, **options)

    monkeypatch.setattr(trafilatura, "extract", counted)
    assert read_here(page(pages.weather())).article is None
    assert calls == []
    assert read_here(page(pages.observers(134))).article is not None
    assert len(calls) == 1


def test_what_is_no_article_says_why(reader: Reader) -> None:
    (reading,) = read(reader, page("<html><body>observers</body></html>"))
    assert reading.article is None
    assert reading.why


def test_an_error_of_the_reader_crosses_the_process_border(reader: Reader) -> None:
    with pytest.raises(PageTooLarge):
        read(reader, page("<p>observers</p>" * 300_000))


def test_a_page_that_takes_too_long_costs_its_own_limit(hasty: Reader) -> None:
    for _ in range(2):
        with pytest.raises(ExtractionTimeout, match=r"c\.example/1 took longer than 0\.001 s"):
            read(hasty, page(pages.long_read(134)))


def test_a_closed_reader_starts_anew() -> None:
    reader = Reader(CrawlerSettings())
    for _ in range(2):
        assert read(reader, page(pages.weather()))
        asyncio.run(reader.close())


def test_a_timeout_is_an_error_of_the_crawl_and_the_next_one_tries_again(
    newsroom: Newsroom, site: NewsSite, hasty: Reader, reader: Reader
) -> None:
    publish(site, 134)
    site.routes["/news/observers-134"] = Reply(pages.long_read(134))
    newsroom.reader = hasty
    result = newsroom.crawl()
    assert "took longer" in result.errors[0]
    assert (result.fetched, result.ok) == (0, False)
    newsroom.reader = reader
    assert newsroom.crawl().fetched == 1


def test_a_page_that_nobody_can_read_is_told_once_and_remembered(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, 134)
    site.routes["/news/observers-134"] = Reply("<p>observers</p>" * 200_000)
    result = newsroom.crawl()
    (error,) = result.errors
    assert "limit" in error
    newsroom.clock.pass_by(days=1)
    again = newsroom.crawl()
    assert (again.errors, site.paths().count("/news/observers-134")) == ((), 1)
    with newsroom.database.read() as session:
        assert queries.reports(session) == ()


def swelling() -> str:
    """A page of numbers, each of which the reader keeps with its place: hundreds of bytes of memory for one."""
    return pages.observers(134).replace("</article>", "<p>" + "1," * 100_000 + "</p></article>")


def test_a_page_that_takes_too_much_memory_costs_its_worker_and_nothing_else(
    newsroom: Newsroom, site: NewsSite, reader: Reader
) -> None:
    publish(site, 134, 398)
    site.routes["/news/observers-134"] = Reply(swelling())
    newsroom.reader = Reader(CrawlerSettings(read_memory=50_000_000, read_timeout=timedelta(minutes=5)))
    result = newsroom.crawl()
    asyncio.run(newsroom.reader.close())
    (error,) = result.errors
    assert f"{site.url}/news/observers-134 took more memory than 50,000,000 bytes" in error
    assert "crawler.read_memory" in error
    assert result.fetched == 1
    publish(site, 134, 398)
    newsroom.reader = reader
    assert newsroom.crawl().fetched == 1


def test_what_an_ordinary_page_takes_is_far_below_the_least_limit() -> None:
    reader = Reader(CrawlerSettings(read_memory=50_000_000, read_timeout=timedelta(minutes=5)))
    readings = read(reader, *[page(pages.observers(n)) for n in range(100, 120)])
    asyncio.run(reader.close())
    assert [reading.report.main.value for reading in readings if reading.report and reading.report.main] == [
        *range(100, 120)
    ]
