"""The page that a report was read from: shown as it was fetched, inert, and not at all if it is another one by now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from accredwatch.config import Settings
from accredwatch.web.app import make_app
from accredwatch.web.context import Context
from crawler.archive import Archive, Response
from crawler.limits import ArchiveSettings
from storage import record
from tests.databases import opened
from tests.storage.campaign import article, figure, march, report
from tests.web.site import Hands, Visit

PAGE = b'<!doctype html><title>News</title><script>alert("x")</script><p>In all, 134 observers came.</p>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def reader(tmp_path: Path, folder: Path) -> Iterator[Visit]:
    """Somebody on this machine; report 1 was read from an archived page, report 2 from one that was not kept."""
    database = opened(f"sqlite:///{tmp_path}/accredwatch.sqlite3")
    archive = Archive(folder)
    place = archive.keep(
        Response("https://kazinform.example/en/a", 200, (("Content-Type", "text/html; charset=utf-8"),), PAGE),
        fetched_at=march(2),
    )
    archive.close()
    with database.write() as session:
        for name, where in (("a", place), ("b", None)):
            record(
                session, article(name, day=2), report(figure(134)),
                fetched_at=march(2), found_via="feed", archived=where,
            )  # fmt: skip
    settings = Settings(archive=ArchiveSettings(path=str(folder)))
    yield Visit(make_app(Context(database=database, settings=settings, clock=Hands())))
    database.close()


def test_the_page_is_shown_as_it_was_and_can_do_nothing(reader: Visit) -> None:
    answer = reader.get("/reports/1/original")
    assert (answer.status_code, answer.content) == (200, PAGE)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_report_leads_to_it_where_it_is_kept(reader: Visit) -> None:
    assert 'href="/reports/1/original"' in reader.get("/reports/1").text
    assert "/original" not in reader.get("/reports/2").text
    assert reader.get("/reports/2/original").status_code == 404


def test_what_is_damaged_is_not_shown_and_no_file_is_named(reader: Visit, folder: Path) -> None:
    (file,) = folder.rglob("*.warc.gz")
    file.write_bytes(bytes(byte ^ 1 for byte in file.read_bytes()))
    answer = reader.get("/reports/1/original")
    assert answer.status_code == 503
    assert "no longer holds this page" in answer.text
    assert str(folder) not in answer.text
