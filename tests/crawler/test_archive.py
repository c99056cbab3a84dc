"""The archive: what was fetched stays as it came, is cited by what was read from it, and is read again from there."""

from __future__ import annotations

import asyncio
import errno
import gzip
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawler.archive import Archive, Response
from crawler.crawl import Crawler, CrawlResult
from crawler.limits import ArchiveSettings
from crawler.rereading import Reread, Rereader
from crawler.retention import prune
from crawler.unpacking import content
from foundation.errors import ArchiveError, StorageError
from storage import archive as index
from storage import models, queries
from storage.archive import Place
from storage.rereading import record_reading
from storage.vocabulary import ChangeKind
from tests.crawler import pages
from tests.crawler.conftest import LIMITS, NOW, Newsroom, source_of
from tests.crawler.server import NewsSite, Reply

PAGE = Response(
    "https://courier.example/news/1", 200, (("Content-Type", "text/html"), ("Server", "made up")), b"<p>1</p>"
)
OTHER = replace(PAGE, url="https://courier.example/news/2")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = Archive(tmp_path / "archive")
    yield made
    made.close()


def crawl(newsroom: Newsroom, archive: Archive) -> CrawlResult:
    """Crawl once, keeping all that is fetched."""

    async def once() -> CrawlResult:
        crawler = Crawler(
            [source_of(newsroom.site)], LIMITS, newsroom.database, (), newsroom.clock,
            reader=newsroom.reader, archive=archive,
        )  # fmt: skip
        return await crawler.crawl("courier")

    return asyncio.run(once())


def publish(site: NewsSite, *totals: int, **more: str) -> None:
    """One article for each total, all in the feed."""
    items = []
    for total in totals:
        url = f"{site.url}/news/observers-{total}"
        body = pages.observers(total, canonical=url).encode()
        packed = more.get("encoding") == "gzip"
        headers = {"Content-Encoding": "gzip"} if packed else {}
        site.routes[f"/news/observers-{total}"] = Reply(gzip.compress(body) if packed else body, headers=headers)
        items.append((url, f"CEC accredits {total} foreign observers"))
    site.routes["/feed"] = Reply(pages.rss(items), type="application/rss+xml")


def places(newsroom: Newsroom) -> list[tuple[Place, bool]]:
    with newsroom.database.read() as session:
        return list(index.kept(session))


def place_of_report(newsroom: Newsroom) -> Place:
    with newsroom.database.read() as session:
        (report,) = queries.reports(session)
        place = index.place_of(session, report.id)
    assert place is not None
    return place


def test_what_is_kept_can_be_read_again_by_us_and_by_others(archive: Archive) -> None:
    first = archive.keep(PAGE, fetched_at=NOW)
    second = archive.keep(replace(PAGE, url="https://courier.example/news/2", body=b"\x00\xff"), fetched_at=NOW)
    assert first.file == second.file
    assert second.offset == first.offset + first.length
    assert archive.read(second).body == b"\x00\xff"
    assert archive.read(first).header("server") == "made up"
    with (archive.folder / first.file).open("rb") as file:
        kinds = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI")) for record in ArchiveIterator(file)
        ]
    assert kinds == [("warcinfo", None), ("response", PAGE.url), ("response", "https://courier.example/news/2")]
    checker = Checker(_Quiet([str(archive.folder / first.file)]))
    checker.process_all()
    assert checker.exit_value == 0


class _Quiet:
    """The options of warcio's own checker."""

    def __init__(self, inputs: list[str]) -> None:
        self.inputs = inputs
        self.verbose = False


@pytest.mark.parametrize("later", [timedelta(days=1), timedelta()])
def test_a_file_ends_with_its_day_and_at_its_size(tmp_path: Path, later: timedelta) -> None:
    archive = Archive(tmp_path, ArchiveSettings(max_file=100_000))
    first = archive.keep(replace(PAGE, body=bytes(i * 7919 % 256 for i in range(300_000))), fetched_at=NOW)
    second = archive.keep(PAGE, fetched_at=NOW + later)
    archive.close()
    assert (first.file != second.file) == (later > timedelta() or first.length >= 100_000)
    assert second.file.startswith(f"{NOW + later:%Y/%m/%d}/")


def test_many_responses_wait_for_the_disk_once(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[int] = []
    monkeypatch.setattr(os, "fsync", waits.append)
    kept = [archive.append(replace(PAGE, url=f"{PAGE.url}{n}"), fetched_at=NOW) for n in range(5)]
    assert (archive.holds(kept[:1]), len(waits)) == (False, 0)
    archive.settle(kept)
    archive.settle(kept[:2])
    assert (archive.holds(kept), len(waits)) == (True, 1)
    assert [archive.read(place).url for place in kept] == [f"{PAGE.url}{n}" for n in range(5)]


def test_what_comes_while_the_disk_is_waited_for_waits_for_the_next_time(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = archive.append(PAGE, fetched_at=NOW)
    came: list[Place] = []
    monkeypatch.setattr(os, "fsync", lambda _: came.append(archive.append(OTHER, fetched_at=NOW)))
    archive.settle([first])
    assert (archive.holds([first]), archive.holds(came)) == (True, False)
    archive.settle(came)
    assert [archive.read(place).url for place in (first, *came[:1])] == [PAGE.url, OTHER.url]


def test_what_comes_to_a_file_that_the_disk_gives_up_is_lost_with_it(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = archive.append(PAGE, fetched_at=NOW)
    came: list[Place] = []

    def refuse(_file: int) -> None:
        came.append(archive.append(OTHER, fetched_at=NOW))
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", refuse)
        with pytest.raises(ArchiveError, match="cannot be archived"):
            archive.settle([first])
    with pytest.raises(ArchiveError, match="could not be archived"):
        archive.settle(came)
    assert archive.read(archive.keep(OTHER, fetched_at=NOW)).url == OTHER.url


def test_much_does_not_wait_in_memory(archive: Archive) -> None:
    kept = [archive.append(replace(PAGE, body=os.urandom(1_000_000)), fetched_at=NOW) for _ in range(6)]
    written = (archive.folder / kept[0].file).stat().st_size
    assert kept[3].offset + kept[3].length <= written < kept[5].offset
    archive.settle(kept)
    assert len({archive.read(place).body for place in kept}) == 6


def test_what_the_disk_did_not_take_is_not_taken_for_kept(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    safe = archive.keep(PAGE, fetched_at=NOW)
    lost = archive.append(PAGE, fetched_at=NOW)

    def refuse(_file: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", refuse)
        with pytest.raises(ArchiveError, match="cannot be archived: Input/output error; make room"):
            archive.settle([lost])
    later = archive.keep(PAGE, fetched_at=NOW)
    assert later.file != lost.file, "nobody knows what of the old file is there"
    assert (archive.holds([safe, later]), archive.holds([lost])) == (True, False)
    with pytest.raises(ArchiveError, match="could not be archived"):
        archive.settle([lost, later])


def test_a_process_begins_a_file_of_its_own(archive: Archive) -> None:
    first = archive.keep(PAGE, fetched_at=NOW)
    after_a_crash = Archive(archive.folder)
    second = after_a_crash.keep(PAGE, fetched_at=NOW)
    after_a_crash.close()
    assert first.file != second.file


def test_what_is_damaged_or_gone_is_not_taken_for_what_was_fetched(archive: Archive) -> None:
    place = archive.keep(PAGE, fetched_at=NOW)
    path = archive.folder / place.file
    whole = path.read_bytes()
    middle = place.offset + place.length // 2
    for broken in (whole[:middle], whole[:middle] + b"\x00\x00\x00\x00" + whole[middle + 4 :]):
        path.write_bytes(broken)
        with pytest.raises(ArchiveError, match="is damaged at byte"):
            archive.read(place)
    path.write_bytes(whole)
    with pytest.raises(ArchiveError, match="not what was fetched"):
        archive.read(replace(place, digest="sha256:" + "0" * 64))
    path.unlink()
    with pytest.raises(ArchiveError, match="is missing"):
        archive.read(place)


def test_a_crawl_keeps_all_that_it_fetched_and_cites_the_article(
    newsroom: Newsroom, site: NewsSite, archive: Archive
) -> None:
    publish(site, 134, encoding="gzip")
    assert crawl(newsroom, archive).ok
    kept = {place.url.removeprefix(site.url): (place.status, cited) for place, cited in places(newsroom)}
    assert kept == {"/robots.txt": (404, False), "/feed": (200, False), "/news/observers-134": (200, True)}
    response = archive.read(place_of_report(newsroom))
    assert response.body[:2] == b"\x1f\x8b"
    assert b"134 observers" in content(response, max_bytes=100_000)
    with pytest.raises(ArchiveError, match="larger than 100 bytes"):
        content(response, max_bytes=100)


def test_a_document_that_is_only_packed_otherwise_is_unchanged(
    newsroom: Newsroom, site: NewsSite, archive: Archive
) -> None:
    feed = pages.rss([]).encode()
    unchanged = []
    for level in (1, 9):
        packed = gzip.compress(feed, level)
        site.routes["/feed"] = Reply(packed, type="application/rss+xml", headers={"Content-Encoding": "gzip"})
        unchanged.append(crawl(newsroom, archive).unchanged)
    assert unchanged == [0, 1]


def test_an_archive_that_cannot_be_written_loses_no_fact(newsroom: Newsroom, site: NewsSite, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    publish(site, 134)
    result = crawl(newsroom, Archive(tmp_path / "file"))
    assert result.reports == 1
    assert any("cannot be archived" in error for error in result.errors)
    assert places(newsroom) == []


def reread(newsroom: Newsroom, archive: Archive) -> list[Reread]:
    rereader = Rereader(
        database=newsroom.database,
        archive=archive,
        reader=newsroom.reader,
        sources={"courier": source_of(newsroom.site)},
        limits=LIMITS,
    )

    async def everything() -> list[Reread]:
        return [one async for one in rereader.read()]

    return asyncio.run(everything())


def test_the_same_reader_reads_the_same_again_without_fetching(
    newsroom: Newsroom, site: NewsSite, archive: Archive
) -> None:
    publish(site, 134, 398)
    crawl(newsroom, archive)
    asked = len(site.asked)
    again = reread(newsroom, archive)
    assert [(one.differs, one.error) for one in again] == [(False, None)] * 2
    assert len(site.asked) == asked


def test_all_workers_read_again_and_each_article_is_told_in_its_place(
    newsroom: Newsroom, site: NewsSite, archive: Archive
) -> None:
    totals = (134, 143, 150)
    publish(site, *totals)
    crawl(newsroom, archive)
    before = reread(newsroom, archive)
    assert sorted(one.cited.place.url.rpartition("-")[2] for one in before) == sorted(map(str, totals))
    assert [one.cited.revision for one in before] == sorted(one.cited.revision for one in before)
    damaged = before[1].cited.place
    content_of = archive.folder / damaged.file
    archive.close()
    written = bytearray(content_of.read_bytes())
    written[damaged.offset + 40] ^= 0xFF
    content_of.write_bytes(written)
    after = reread(newsroom, archive)
    assert [one.cited for one in after] == [one.cited for one in before]
    assert [one.error is not None for one in after] == [False, True, False]


def test_what_is_read_otherwise_becomes_a_change_of_its_own_kind(
    newsroom: Newsroom, site: NewsSite, archive: Archive
) -> None:
    """A reader that once misread: its figure is put on record by hand, as a former version would have left it."""
    publish(site, 134)
    crawl(newsroom, archive)
    with newsroom.database.write() as session:
        (report,) = queries.reports(session)
        row = session.get_one(models.Report, report.id)
        row.figures[0].value = 143
    (one,) = reread(newsroom, archive)
    assert ([f.value for f in one.gone], [f.value for f in one.come]) == ([143], [134])
    assert one.reading is not None
    assert one.reading.article is not None
    later = NOW + timedelta(days=30)
    with newsroom.database.write() as session:
        made = record_reading(session, one.cited.revision, one.reading.article, one.reading.report, now=later)
    assert [change.change.kind for change in made] == [ChangeKind.REREAD]
    (correction,) = made[0].change.corrections
    assert correction.old is not None
    assert correction.new is not None
    assert (correction.old.value, correction.new.value) == (143, 134)
    assert [again.differs for again in reread(newsroom, archive)] == [False]
    with newsroom.database.read() as session:
        (report,) = queries.reports(session)
    assert (report.revisions, report.article.fetched_at) == (2, NOW)


def pruned(newsroom: Newsroom, archive: Archive, now: datetime, **settings: object) -> int:
    archive.close()
    return prune(newsroom.database, archive.folder, ArchiveSettings.model_validate(settings), now=now).dropped


def test_pruning_never_drops_what_a_figure_cites(newsroom: Newsroom, site: NewsSite, archive: Archive) -> None:
    publish(site, 134)
    crawl(newsroom, archive)
    before = place_of_report(newsroom)
    assert pruned(newsroom, archive, NOW + timedelta(days=8), keep_for="1w") == 2
    after = place_of_report(newsroom)
    assert [cited for _, cited in places(newsroom)] == [True]
    assert after.file != before.file
    assert archive.read(after).body == pages.observers(134, canonical=f"{site.url}/news/observers-134").encode()
    assert not (archive.folder / before.file).exists()
    assert pruned(newsroom, archive, NOW + timedelta(days=8), keep_for="1w") == 0


def test_pruning_by_size_drops_the_oldest_first(newsroom: Newsroom, archive: Archive) -> None:
    bodies = [bytes((i * 31 + j * 7919) % 251 for j in range(500_000)) for i in range(4)]
    with newsroom.database.write() as session:
        kept = [
            archive.keep(
                replace(PAGE, url=f"https://courier.example/{i}", body=body), fetched_at=NOW + timedelta(hours=i)
            )
            for i, body in enumerate(bodies)
        ]
        index.note(session, "courier", kept)
    limit = kept[2].length + kept[3].length
    dropped = pruned(newsroom, archive, NOW, keep_bytes=limit)
    assert dropped == 2
    assert [place.url[-1] for place, _ in places(newsroom)] == ["2", "3"]


def test_nothing_is_dropped_unless_the_settings_say_so(newsroom: Newsroom, site: NewsSite, archive: Archive) -> None:
    publish(site, 134)
    crawl(newsroom, archive)
    assert pruned(newsroom, archive, NOW + timedelta(days=3650)) == 0


def test_a_file_is_not_dropped_whose_page_a_figure_cites_by_now(
    newsroom: Newsroom, site: NewsSite, archive: Archive
) -> None:
    publish(site, 134)
    crawl(newsroom, archive)
    before = place_of_report(newsroom)
    with pytest.raises(StorageError, match="cites by now"), newsroom.database.write() as session:
        index.moved(session, before.file, {})
    assert place_of_report(newsroom) == before
    assert len(places(newsroom)) == 3
