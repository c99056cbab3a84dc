"""Pages made to be slow to read: each is read or refused within the crawler's own limits of time and memory."""

from __future__ import annotations

import asyncio

import pytest

from bench.hostile.pages import KINDS
from crawler.reading import PageText, Reader
from extract.site import Site
from foundation.errors import ExtractError, ExtractionTimeout, MemoryExceeded

SITE = Site(key="courier", hosts=("c.example",), article_urls=(r"/(?P<id>\d+)",))
SIZE = 50_000
LARGEST = 1_900_000


def within_limits(reader: Reader, page: str) -> None:
    made = PageText("https://c.example/1", page.encode(), "text/html; charset=utf-8", SITE, None, known=True)
    try:
        asyncio.run(reader.read(made))
    except (ExtractionTimeout, MemoryExceeded) as error:
        pytest.fail(str(error))
    except ExtractError as error:
        assert str(error)  # noqa: PT017 - to be refused is right, too


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_that_is_slow_to_read(reader: Reader, kind: str) -> None:
    within_limits(reader, KINDS[kind](SIZE))


@pytest.mark.parametrize("kind", ["digits", "blanks", "lt", "amp", "meta", "comments", "jsonld", "attrs"])
def test_a_page_as_large_as_any_that_is_read(reader: Reader, kind: str) -> None:
    within_limits(reader, KINDS[kind](LARGEST))
