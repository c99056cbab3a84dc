"""Pages made to be slow to read: each is read or refused, none hangs or takes more memory than a page may."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bench.hostile.pages import KINDS
from crawler.limits import CrawlerSettings
from crawler.reading import PageText, Reader
from extract.site import Site
from foundation.errors import ExtractError, ExtractionTimeout, MemoryExceeded

SITE = Site(key="courier", hosts=("c.example",), article_urls=(r"/(?P<id>\d+)",))
SIZE = 20_000
LARGEST = 1_900_000


@pytest.fixture(scope="module")
def patient() -> Iterator[Reader]:
    """A reader whose limit ends what hangs, and nothing that waits for a busy machine."""
    made = Reader(CrawlerSettings(read_timeout=timedelta(minutes=5)))
    yield made
    asyncio.run(made.close())


def within_limits(reader: Reader, page: str) -> None:
    made = PageText("https://c.example/1", page.encode(), "text/html; charset=utf-8", SITE, None)
    try:
        asyncio.run(reader.read(made))
    except (ExtractionTimeout, MemoryExceeded) as error:
        pytest.fail(str(error))
    except ExtractError as error:
        assert str(error)  # noqa: PT017 - to be refused is right, too


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_that_is_slow_to_read(patient: Reader, kind: str) -> None:
    within_limits(patient, KINDS[kind](SIZE))


@pytest.mark.parametrize("kind", ["digits", "blanks", "amp"])
def test_a_page_as_large_as_any_that_is_read(patient: Reader, kind: str) -> None:
    within_limits(patient, KINDS[kind](LARGEST))
