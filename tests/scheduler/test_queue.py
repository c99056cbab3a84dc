"""The daemon's side and the workers' side of the queue, in one process, on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import CursorResult, text

from crawler.archive import Archive
from crawler.limits import CrawlerSettings
from foundation.errors import AlreadyRunning, ConfigError, StorageError
from scheduler.daemon import Daemon
from scheduler.plan import Plan
from scheduler.queue import names
from scheduler.queue.broker import Broker, Member, open_broker
from scheduler.queue.engine import Queued
from scheduler.queue.names import Kind
from scheduler.queue.overview import QueueStatus, queue_status
from scheduler.queue.past import Past
from scheduler.queue.tables import prepare
from scheduler.queue.worker import ReadDuties, WorkerSetup, run_worker
from scheduler.settings import MonitoringSettings, SchedulerSettings
from storage import baseline, lock, outbox, queries, sources
from storage.backup import back_up
from storage.database import Database
from storage.source_views import CrawlRun
from storage.vocabulary import AlertState
from storage.work import at_work
from tests.alerts.desk import Desk
from tests.alerts.receivers import Answer, WebhookReceiver
from tests.crawler import pages
from tests.crawler.test_ingestion import OURS, THEN, page
from tests.scheduler.scripted import ScriptedCrawler, a_source

QUICK = SchedulerSettings(tick=timedelta(milliseconds=200), jitter=0, stop_timeout=timedelta(seconds=20))
STALLED_AFTER = timedelta(seconds=30)


@pytest.fixture
def desk(postgresql_url: str, receiver: WebhookReceiver) -> Iterator[Desk]:
    opened = Desk.open(postgresql_url, receiver.url)
    opened.clock.move(days=30)
    yield opened
    opened.close()


@dataclass
class Machines:
    """What a daemon and workers have in common; they differ by their connections to the server."""

    desk: Desk
    crawler: ScriptedCrawler
    plan: Plan
    archive: Archive | None = None

    @classmethod
    def of(cls, desk: Desk, *keys: str, **source: object) -> Machines:
        subscriptions = [c.subscription() for c in desk.channels]
        crawler = ScriptedCrawler(desk.database, subscriptions, desk.clock)
        plan = Plan(
            sources=[a_source(key, delay=timedelta(), **source) for key in keys],
            crawler=crawler,
            deliverer=desk.deliverer(),
            subscriptions=subscriptions,
            settings=QUICK,
            monitoring=MonitoringSettings(),
        )
        return cls(desk, crawler, plan)

    @asynccontextmanager
    async def daemon(self) -> AsyncIterator[tuple[Daemon, Broker]]:
        async with open_broker(self.desk.database, STALLED_AFTER) as broker:
            yield self.made(broker), broker

    def made(self, broker: Broker) -> Daemon:
        plan = self.plan
        engine = Queued(broker, self.desk.database, plan, self.desk.clock)
        return Daemon(database=self.desk.database, plan=plan, engine=engine, clock=self.desk.clock)

    @asynccontextmanager
    async def worker(
        self, name: str = "one", *, queues: tuple[Kind, ...] = tuple(Kind), read_duties: ReadDuties | None = None
    ) -> AsyncIterator[None]:
        stop = asyncio.Event()
        setup = WorkerSetup(
            database=self.desk.database,
            clock=self.desk.clock,
            plan=self.plan,
            past=self.past(),
            member=Member(name=name, queues=queues, concurrency=4, since=self.desk.clock.now()),
            stalled_after=STALLED_AFTER,
        )
        running = asyncio.create_task(run_worker(setup, stop, signals=read_duties is not None, read_duties=read_duties))
        try:
            yield
        finally:
            stop.set()
            assert await running == 0

    def past(self) -> Past:
        return Past(
            database=self.desk.database,
            clock=self.desk.clock,
            sources=self.plan.sources,
            limits=CrawlerSettings(),
            archive=self.archive,
            subscriptions=(),
        )

    def status(self) -> QueueStatus:
        with self.desk.database.read() as session:
            return queue_status(session, STALLED_AFTER)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what other tasks and the server do, which tell nobody."""
        async with asyncio.timeout(30):
            while not await asyncio.to_thread(condition):  # noqa: ASYNC110 - nobody would set an event
                await asyncio.sleep(0.05)

    def runs(self, key: str) -> tuple[CrawlRun, ...]:
        with self.desk.database.read() as session:
            return sources.runs(session, key)

    def ended(self, key: str) -> int:
        return sum(run.finished_at is not None for run in self.runs(key))


@contextmanager
def elsewhere(name: str, url: str) -> Iterator[None]:
    """Another machine has the lock of this name."""
    database = Database.open(url)
    try:
        with at_work(database) as work:
            assert work.take(name)
            yield
    finally:
        database.close()


class TestCrawls:
    def test_what_a_worker_finds_is_delivered_and_crawled_once(self, desk: Desk, receiver: WebhookReceiver) -> None:
        machines = Machines.of(desk, "alpha")
        with desk.database.write() as session:
            baseline.finish(session, ["alpha"], (), now=desk.clock.now())
        machines.crawler.script["alpha"] = deque([[101, 102]])

        async def play() -> None:
            async with machines.daemon() as (daemon, _), machines.worker():
                await daemon.tick()
                await machines.until(lambda: len(receiver.requests) == 2)
                await daemon.tick()
                await machines.until(lambda: machines.status().waiting + machines.status().running == 0)

        asyncio.run(play())
        assert [r.json["figure"]["value"] for r in receiver.requests] == [101, 102]
        assert machines.crawler.crawled == ["alpha"]

    def test_no_job_is_deferred_twice(self, desk: Desk) -> None:
        machines = Machines.of(desk, "alpha", "beta")

        async def play() -> None:
            async with machines.daemon() as (one, broker):
                two = machines.made(broker)
                for daemon in (one, two, one):
                    await daemon.tick()
                    desk.clock.move(hours=1)
                assert await broker.under_way(Kind.CRAWL) == {"alpha", "beta"}

        asyncio.run(play())
        assert machines.status().waiting == 3, "two crawls and a round of delivery"

    def test_a_job_that_another_one_has_done_meanwhile_does_nothing(self, desk: Desk) -> None:
        machines = Machines.of(desk, "alpha")
        machines.crawler.gate = asyncio.Event()

        async def play() -> None:
            async with open_broker(desk.database, STALLED_AFTER) as broker, machines.worker():
                await broker.put([names.crawl("alpha", "alpha.test", 0)])
                await machines.until(lambda: machines.crawler.crawled == ["alpha"])
                assert await broker.put([names.crawl("alpha", "alpha.test", 0)]) == 1, "the first one waits no more"
                assert machines.crawler.gate
                machines.crawler.gate.set()
                await machines.until(lambda: machines.status().waiting + machines.status().running == 0)

        asyncio.run(play())
        assert machines.crawler.crawled == ["alpha"]

    def test_no_outlet_is_asked_by_two_workers(self, desk: Desk) -> None:
        machines = Machines.of(desk, "alpha", "beta", "gamma", hosts=("shared.test",))
        crawler = machines.crawler
        crawler.gate = asyncio.Event()

        async def play() -> None:
            async with machines.daemon() as (daemon, _), machines.worker("one"), machines.worker("two"):
                await daemon.tick()
                await machines.until(lambda: len(crawler.crawled) == 1)
                # Whoever could take another one has had the time to: the round of delivery was behind it.
                await machines.until(lambda: machines.status().waiting == 2)
                assert crawler.gate
                crawler.gate.set()
                await machines.until(lambda: all(machines.ended(key) for key in ("alpha", "beta", "gamma")))

        asyncio.run(play())
        assert crawler.most_at_once == 1
        assert sorted(crawler.crawled) == ["alpha", "beta", "gamma"]

    def test_a_crawl_delay_is_kept_by_whoever_asks_next(self, desk: Desk) -> None:
        machines = Machines.of(desk, "alpha", "beta", hosts=("shared.test",))
        machines.crawler.asks_for = timedelta(seconds=40)

        async def play() -> None:
            async with machines.daemon() as (daemon, _), machines.worker("one"), machines.worker("two"):
                await daemon.tick()
                # The one that comes second is put back.
                await machines.until(lambda: attempts(desk.database) == [1])

        asyncio.run(play())
        assert len(machines.crawler.crawled) == 1
        (wait,) = execute(
            desk.database, "SELECT extract(epoch FROM scheduled_at - now()) FROM procrastinate_jobs WHERE attempts = 1"
        )
        assert 10 < float(str(wait)) <= 41

    def test_two_outlets_are_crawled_side_by_side(self, desk: Desk) -> None:
        machines = Machines.of(desk, "alpha", "beta")
        machines.crawler.gate = asyncio.Event()

        async def play() -> None:
            async with machines.daemon() as (daemon, _), machines.worker("one"), machines.worker("two"):
                await daemon.tick()
                await machines.until(lambda: machines.crawler.most_at_once == 2)
                assert machines.crawler.gate
                machines.crawler.gate.set()

        asyncio.run(play())

    def test_a_worker_taken_for_dead_that_is_only_slow_is_waited_for(self, desk: Desk, postgresql_url: str) -> None:
        machines = Machines.of(desk, "alpha")

        async def play() -> None:
            async with machines.daemon() as (daemon, broker), machines.worker():
                with elsewhere("outlet alpha.test", postgresql_url):
                    await daemon.tick()
                    await machines.until(lambda: attempts(desk.database) == [1])
                assert await broker.under_way(Kind.CRAWL) == {"alpha"}
                await asyncio.to_thread(hurry, desk.database)
                await machines.until(lambda: machines.ended("alpha") == 1)

        asyncio.run(play())
        assert machines.crawler.crawled == ["alpha"]

    def test_a_stopped_worker_hands_its_crawl_to_the_next(self, desk: Desk) -> None:
        machines = Machines.of(desk, "alpha")
        machines.crawler.gate = asyncio.Event()

        async def play() -> None:
            async with machines.daemon() as (daemon, _):
                async with machines.worker("one"):
                    await daemon.tick()
                    await machines.until(lambda: machines.crawler.crawled == ["alpha"])
                assert [run.finish_reason for run in machines.runs("alpha")] == ["stopped"]
                machines.crawler.stopping.clear()
                machines.crawler.gate = None
                async with machines.worker("two"):
                    await daemon.tick()
                    await machines.until(lambda: machines.ended("alpha") == 2)

        asyncio.run(play())
        assert machines.runs("alpha")[0].finish_reason == "finished"

    def test_first_crawls_tell_nothing_before_all_are_done(self, desk: Desk, receiver: WebhookReceiver) -> None:
        machines = Machines.of(desk, "alpha", "beta", hosts=("shared.test",))
        machines.crawler.script["alpha"] = deque([[101]])
        machines.crawler.script["beta"] = deque([[102]])

        async def play() -> None:
            async with machines.daemon() as (daemon, _), machines.worker():
                await daemon.tick()
                await machines.until(lambda: bool(receiver.requests))
                await machines.until(lambda: machines.status().waiting + machines.status().running == 0)

        asyncio.run(play())
        assert [r.json["figure"]["value"] for r in receiver.requests] == [102], "the state, once"


class TestDeliveries:
    def test_what_a_dead_worker_was_sending_goes_out_at_once(self, desk: Desk, receiver: WebhookReceiver) -> None:
        desk.publish()
        with desk.database.write() as session:
            (claimed,) = outbox.claim(session, now=desk.clock.now(), channels=["c0"])
        machines = Machines.of(desk)

        async def play() -> None:
            async with machines.daemon() as (daemon, _), machines.worker():
                await daemon.tick()
                await machines.until(lambda: desk.states() == [AlertState.SENT])

        asyncio.run(play())
        assert receiver.keys == [claimed.key]

    def test_a_channel_that_asks_to_be_left_alone_is_by_all(self, desk: Desk, receiver: WebhookReceiver) -> None:
        desk.publish(2)
        receiver.otherwise = lambda _: Answer(429, {"Retry-After": "600"})
        machines = Machines.of(desk)

        async def play() -> None:
            async with machines.daemon() as (daemon, _), machines.worker("one"), machines.worker("two"):
                await daemon.tick()
                await machines.until(lambda: attempts(desk.database) == [1])
                for _ in range(3):
                    desk.clock.move(seconds=20)
                    await daemon.tick()

        asyncio.run(play())
        assert len(receiver.requests) == 1
        assert machines.status().waiting == 1, "the round waits for as long as the channel wants"


class TestWorkers:
    def test_a_worker_does_jobs_of_its_queues_alone(self, desk: Desk, receiver: WebhookReceiver) -> None:
        desk.publish()
        machines = Machines.of(desk, "alpha")

        async def play() -> None:
            async with machines.daemon() as (daemon, _), machines.worker(queues=(Kind.DELIVER,)):
                await daemon.tick()
                await machines.until(lambda: len(receiver.requests) == 1)
                (worker,) = machines.status().workers
                assert (worker.name, worker.queues, worker.concurrency) == ("one", "deliver", 4)

        asyncio.run(play())
        assert machines.crawler.crawled == []
        assert machines.status() == QueueStatus(waiting=1), "the worker is gone, the crawl waits"

    def test_a_worker_reads_its_configuration_anew_at_sighup(self, desk: Desk) -> None:
        machines = Machines.of(desk, "alpha")
        answers = deque([None, replace(machines.plan, sources=[a_source("beta", delay=timedelta())])])

        async def read_duties() -> tuple[Plan, Past] | None:
            plan = answers.popleft()
            return None if plan is None else (plan, machines.past())

        async def play() -> None:
            async with (
                open_broker(desk.database, STALLED_AFTER) as broker,
                machines.worker(read_duties=read_duties),
            ):
                await broker.put([names.crawl("beta", "beta.test", 0)])
                await machines.until(lambda: attempts(desk.database) == [1])
                for left in (1, 0):
                    os.kill(os.getpid(), signal.SIGHUP)
                    await machines.until(lambda left=left: len(answers) == left)  # type: ignore[misc]
                await asyncio.to_thread(hurry, desk.database)
                await machines.until(lambda: machines.ended("beta") == 1)

        with structlog.testing.capture_logs() as logs:
            asyncio.run(play())
        told = [(line["sources"], line["channels"]) for line in logs if line["event"] == "reloaded"]
        assert told == [(["beta"], ("c0",))], "the one that was refused left all as it was"

    def test_the_past_that_cannot_be_read_is_told(self, desk: Desk) -> None:
        machines = Machines.of(desk)

        async def play() -> None:
            async with open_broker(desk.database, STALLED_AFTER) as broker, machines.worker():
                await broker.put([names.ingest("/nowhere/a.warc.gz", None), names.reread(None, None, tell=False)])
                await machines.until(lambda: machines.status().failed == 2)

        asyncio.run(play())

    def test_a_file_of_the_past_is_recorded_and_read_again(self, desk: Desk, tmp_path: Path) -> None:
        theirs = Archive(tmp_path / "theirs")
        file = tmp_path / "theirs" / theirs.keep(page(OURS, pages.observers(134)), fetched_at=THEN).file
        theirs.close()
        patterns = (r"^127\.0\.0\.1/news/[^/?]*-(?P<id>\d+)$",)
        machines = Machines.of(desk, "alpha", hosts=("127.0.0.1",), article_urls=patterns)
        machines.archive = Archive(tmp_path / "ours")

        async def play() -> None:
            async with open_broker(desk.database, STALLED_AFTER) as broker, machines.worker():
                await broker.put([names.ingest(str(file), "alpha"), names.reread("alpha", None, tell=False)])
                await machines.until(lambda: machines.status().waiting + machines.status().running == 0)

        asyncio.run(play())
        machines.archive.close()
        with desk.database.read() as session:
            (report,) = queries.reports(session)
        assert [figure.value for figure in report.figures] == [134]
        assert machines.status().failed == 0
        assert desk.alerts() == []

    def test_workers_and_those_who_need_the_database_for_themselves_keep_apart(self, desk: Desk) -> None:
        now = desk.clock.now()
        with at_work(desk.database):
            with pytest.raises(AlreadyRunning, match="workers are at work"), lock.hold(desk.database, "we", now=now):
                pytest.fail("beside a worker")
            with lock.hold(desk.database, "the daemon", now=now, beside_workers=True), at_work(desk.database):
                pass
        with (
            lock.hold(desk.database, "we", now=now),
            pytest.raises(AlreadyRunning, match="for itself"),
            at_work(desk.database),
        ):
            pytest.fail("beside a daemon without workers")

    def test_lost_locks_end_the_worker(self, desk: Desk) -> None:
        machines = Machines.of(desk)

        async def play() -> None:
            async with asyncio.timeout(30), machines.worker():
                await machines.until(lambda: bool(machines.status().workers))
                await asyncio.to_thread(cut_off, desk.database)
                await asyncio.wait({task for task in asyncio.all_tasks() if task.get_name() == "worker"})

        with pytest.raises(StorageError, match="worker's locks"):
            asyncio.run(play())

    def test_a_file_has_no_workers(self, sqlite_database: Database) -> None:
        with pytest.raises(ConfigError, match="need PostgreSQL"), at_work(sqlite_database):
            pytest.fail("workers on a file")


class TestTables:
    def test_they_are_made_once_and_left_out_of_backups(self, desk: Desk, tmp_path: Path) -> None:
        schema = prepare(desk.database)
        assert prepare(desk.database) == schema == "public_jobs"
        held = back_up(desk.database, tmp_path / "backup.sqlite3")
        assert not any("jobs" in name or "procrastinate" in name for name in held.rows)
        assert desk.database.check() == ()

    def test_those_of_a_newer_program_are_refused(self, desk: Desk) -> None:
        prepare(desk.database)
        execute(desk.database, "COMMENT ON SCHEMA public_jobs IS '99.00.00_01_later.sql'")
        with pytest.raises(StorageError, match="newer program"):
            prepare(desk.database)


def execute(database: Database, statement: str) -> list[object]:
    with database.write() as session:
        session.execute(text("SET LOCAL search_path TO public_jobs, public"))
        found = session.execute(text(statement))
        return list(found.scalars()) if isinstance(found, CursorResult) and found.returns_rows else []


def attempts(database: Database) -> list[object]:
    """How often each job was begun that waits."""
    return execute(database, "SELECT attempts FROM procrastinate_jobs WHERE status = 'todo'")


def hurry(database: Database) -> None:
    """Let the jobs that were put back be due, as they are after a while that a test does not wait for."""
    execute(database, "UPDATE procrastinate_jobs SET scheduled_at = now()")


def cut_off(database: Database) -> None:
    """End the sessions that hold workers' locks, as a server does that restarts."""
    execute(
        database,
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND "
        "database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    )
