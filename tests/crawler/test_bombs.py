"""Small answers that unpack to hundreds of megabytes: refused, and the memory for it never taken."""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import sys
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import brotli

from crawler.crawl import Crawler
from crawler.limits import CrawlerSettings
from crawler.source import Source
from foundation.clock import SystemClock
from storage.database import Database
from tests.crawler import pages
from tests.crawler.conftest import source_of
from tests.crawler.server import NewsSite, Reply

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PIECE = b"<p>0</p>" * 125_000
PIECES = 150
"""Megabytes that a bomb unpacks to."""
MOST_GROWTH = 60
"""Megabytes by which a process may grow that is sent a bomb: a few times `max_bytes`."""


def deflated(wbits: int) -> bytes:
    packer = zlib.compressobj(1, wbits=wbits)
    return b"".join(packer.compress(PIECE) for _ in range(PIECES)) + packer.flush()


def brotli_packed() -> bytes:
    packer = brotli.Compressor(quality=5)
    packed: bytes = b"".join(packer.process(PIECE) for _ in range(PIECES)) + packer.finish()
    return packed


def zstd_packed() -> bytes:
    packer = zstd.ZstdCompressor()
    return b"".join(packer.compress(PIECE) for _ in range(PIECES)) + packer.flush()


BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: deflated(zlib.MAX_WBITS | 16),
    "deflate": lambda: deflated(zlib.MAX_WBITS),
    "br": brotli_packed,
    "zstd": zstd_packed,
}


def crawl_all(harmless: Source, bombs: list[Source], folder: Path, tell: multiprocessing.SimpleQueue[object]) -> None:
    """Crawl the harmless source, then the others: tell their errors, and by how many megabytes the process grew."""
    database = Database.open(f"sqlite:///{folder}/growth.sqlite3")
    limits = CrawlerSettings(timeout=timedelta(seconds=60))

    async def crawl(one: Source) -> tuple[str, ...]:
        return (await Crawler((one,), limits, database, (), SystemClock()).crawl(one.key)).errors

    assert asyncio.run(crawl(harmless)) == ()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    errors = [asyncio.run(crawl(bomb)) for bomb in bombs]
    tell.put((errors, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024))
    database.close()


def test_bombs_are_refused_and_cost_no_memory(site: NewsSite, tmp_path: Path) -> None:
    """A feed in each encoding, one packed twice, and a packed sitemap; in a process of their own, to measure it."""
    packed = {encoding: pack() for encoding, pack in BOMBS.items()}
    packed["gzip, gzip"] = zlib.compress(packed["gzip"], wbits=zlib.MAX_WBITS | 16)
    sources = []
    for number, (encoding, body) in enumerate(packed.items()):
        site.routes[f"/feed{number}"] = Reply(body, headers={"Content-Encoding": encoding})
        feed = {"url": f"{site.url}/feed{number}", "language": "en"}
        sources.append(source_of(site, key=f"paper{number}", feeds=[feed]))
    site.routes["/map.xml.gz"] = Reply(packed["gzip"], type="application/x-gzip")
    sources.append(source_of(site, sitemaps=[{"url": f"{site.url}/map.xml.gz", "language": "en"}]))
    site.routes["/quiet"] = Reply(pages.rss([]))
    quiet = source_of(site, key="quiet", feeds=[{"url": f"{site.url}/quiet", "language": "en"}])

    spawn = multiprocessing.get_context("spawn")
    told = spawn.SimpleQueue()
    process = spawn.Process(target=crawl_all, args=(quiet, sources, tmp_path, told))
    process.start()
    process.join()
    assert process.exitcode == 0
    errors, grown = told.get()

    assert [len(each) for each in errors] == [1] * len(sources)
    for number, (error,) in enumerate(errors[:-1]):
        assert f"{site.url}/feed{number}" in error
    assert "unpacks to more than" in errors[-1][0]
    assert grown < MOST_GROWTH
