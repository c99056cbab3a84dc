"""The past, out of WARC files: found by host and address, recorded under its identity and day, told to nobody."""

from __future__ import annotations

import asyncio
import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive import Archive, Response
from crawler.ingestion import Ingested, Ingestion
from foundation.errors import ArchiveError
from storage import archive as index
from storage import queries
from storage.recording import Novelty
from tests.crawler import pages
from tests.crawler.conftest import LIMITS, Newsroom, source_of

THEN = datetime(2022, 11, 9, 3, 0, tzinfo=UTC)
HTML = ("Content-Type", "text/html; charset=utf-8")


def page(url: str, body: str, *more: tuple[str, str], packed: bool = False) -> Response:
    raw = body.encode()
    headers = (HTML, *more, *((("Content-Encoding", "gzip"),) if packed else ()))
    return Response(url, 200, headers, gzip.compress(raw) if packed else raw)


OURS = "http://127.0.0.1/news/observers-134"
PAGES = (
    page("https://elsewhere.example/news/observers-398", pages.observers(398)),
    page("http://[127.0.0.1/news/observers-399", pages.observers(399)),
    page(OURS, pages.observers(134, canonical=OURS), packed=True),
    page("http://127.0.0.1/about", pages.observers(500)),
    page("http://127.0.0.1/news/weather-7", pages.weather()),
    Response("http://127.0.0.1/news/observers-9", 404, (HTML,), b"gone"),
)


@pytest.fixture
def warc(tmp_path: Path) -> bytes:
    """A file of somebody's archive."""
    made = Archive(tmp_path / "theirs")
    (file,) = {made.keep(response, fetched_at=THEN).file for response in PAGES}
    made.close()
    return (tmp_path / "theirs" / file).read_bytes()


def ingest(
    newsroom: Newsroom, content: bytes, archive: Archive | None = None, *, dry_run: bool = False
) -> list[Ingested]:
    ingestion = Ingestion(
        database=newsroom.database,
        sources=[source_of(newsroom.site)],
        reader=newsroom.reader,
        limits=LIMITS,
        archive=archive,
        dry_run=dry_run,
    )

    async def everything() -> list[Ingested]:
        return [one async for one in ingestion.take(io.BytesIO(content), "some.warc.gz")]

    return asyncio.run(everything())


def test_only_articles_of_the_sources_are_read_and_those_of_observers_recorded(
    newsroom: Newsroom, warc: bytes, tmp_path: Path
) -> None:
    found = ingest(newsroom, warc, archive := Archive(tmp_path / "ours"))
    archive.close()
    assert [(one.url, one.novelty, one.changes) for one in found] == [
        (OURS, Novelty.NEW, 1),
        ("http://127.0.0.1/news/weather-7", None, 0),
    ]
    with newsroom.database.read() as session:
        (report,) = queries.reports(session)
        place = index.place_of(session, report.id)
    assert (report.article.article_id, report.article.fetched_at, report.found_via) == ("134", THEN, "ingest")
    assert [figure.value for figure in report.figures] == [134]
    assert place is not None
    assert archive.read(place).body == PAGES[2].body


def test_reading_a_file_again_records_nothing_twice(newsroom: Newsroom, warc: bytes) -> None:
    ingest(newsroom, warc)
    assert [one.novelty for one in ingest(newsroom, warc)] == [Novelty.UNCHANGED, None]
    with newsroom.database.read() as session:
        assert len(queries.changes(session)) == 1


def test_a_dry_run_records_nothing(newsroom: Newsroom, warc: bytes) -> None:
    assert ingest(newsroom, warc, dry_run=True)[0].novelty is None
    with newsroom.database.read() as session:
        assert queries.reports(session) == ()


def test_a_file_that_breaks_off_counts_as_far_as_it_goes(newsroom: Newsroom, warc: bytes) -> None:
    fourth = [at for at in range(len(warc)) if warc.startswith(b"\x1f\x8b\x08\x00", at)][5]
    with pytest.raises(ArchiveError, match=r"some.warc.gz: cannot be read after"):
        ingest(newsroom, warc[: fourth + 50] + b"\xff" * 100 + warc[fourth + 150 :])
    with newsroom.database.read() as session:
        assert len(queries.reports(session)) == 1


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "is empty"), (b"<html>no archive</html>", "cannot be read after 0")]
)
def test_what_is_no_warc_file_is_named(newsroom: Newsroom, content: bytes, words: str) -> None:
    with pytest.raises(ArchiveError, match=f"some.warc.gz:? {words}"):
        ingest(newsroom, content)
