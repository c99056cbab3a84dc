"""`python -m bench.ingest`: read a WARC file made up for this, and print how many pages a second that is."""

from __future__ import annotations

import argparse
import asyncio
import gzip
import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from accredwatch.config import load
from accredwatch.log import LoggingSettings, set_up
from bench.reading.pages import ROOT, Page, other_news, pages_of
from crawler.ingestion import Ingestion
from crawler.limits import CrawlerSettings
from crawler.reading import Reader
from foundation.redaction import Redactor
from storage.database import Database

_THEN = "2023-03-20T00:00:00Z"
_HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]
_WITH_OBSERVERS = 10
"""One of so many pages of our sources has a word of observers."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the file, read it without and with our sources' pages, and print both; 0 when that is done."""
    asked = _parser().parse_args(arguments)
    set_up(LoggingSettings(level="error"), Redactor())
    with tempfile.TemporaryDirectory(prefix="accredwatch-ingest-") as folder:
        for name, share in (("no page of ours", 0.0), (f"{asked.share:.1%} pages of ours", asked.share)):
            file = Path(folder) / f"{share}.warc.gz"
            size = _make(file, asked.pages, share)
            taken, cpu, found = asyncio.run(_read(file))
            _say(
                f"{asked.pages:,} pages ({size / 1e6:.0f} MB), {name}: {asked.pages / taken:,.0f} pages and"
                f" {size / 1e6 / taken:.1f} MB a second; {taken:.1f} s, {cpu:.1f} s of CPU,"
                f" {found} pages read"
            )
    return 0


def _make(file: Path, count: int, share: float) -> int:
    """A WARC file as crawls of all the web leave it; its bytes."""
    with file.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for url, page in _pages(count, share):
            body = gzip.compress(page.html.encode(), 1)
            headers = StatusAndHeaders("200 OK", _HEADERS, protocol="HTTP/1.1")
            dated = {"WARC-Date": _THEN}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict=dated
                )
            )
    return file.stat().st_size


def _pages(count: int, share: float) -> Iterator[tuple[str, Page]]:
    told, quiet = pages_of("en", 30), other_news()
    every = round(1 / share) if share else 0
    ours = 0
    for number in range(count):
        if every and number % every == 0:
            page: Page = told[ours % len(told)] if ours % _WITH_OBSERVERS == 0 else quiet[ours % len(quiet)]
            url = f"https://astanatimes.com/2023/03/story-of-the-day-{number}/"
            ours += 1
        else:
            page = quiet[number % len(quiet)]
            url = f"https://outlet-{number % 5000}.example/news/story-of-the-day-{number}"
        yield url, page


async def _read(path: Path) -> tuple[float, float, int]:
    settings = CrawlerSettings()
    reader = Reader(settings)
    database = Database.open(f"sqlite:///{path}.sqlite3")
    sources = load(ROOT / "config.toml").source
    ingestion = Ingestion(database=database, sources=sources, reader=reader, limits=settings)
    found = 0
    begun, used = time.perf_counter(), _cpu()
    with path.open("rb") as file:
        async for _ in ingestion.take(file, str(path)):
            found += 1
    taken = time.perf_counter() - begun
    await reader.close()
    cpu = _cpu() - used
    database.close()
    return taken, cpu, found


def _cpu() -> float:
    """Seconds of CPU time of this process and of those that it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000, help="pages in the file (default: 20,000)")
    parser.add_argument("--share", type=float, default=0.01, help="how many of them are of our sources (default: 0.01)")
    return parser


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
