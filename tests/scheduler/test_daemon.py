from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import timedelta

import pytest

from crawler.source import Source
from foundation.clock import SystemClock
from foundation.errors import AlreadyRunning, CrawlError, DatabaseBusy, StorageError
from scheduler.daemon import Daemon
from scheduler.in_process import InProcess
from scheduler.plan import Plan
from scheduler.running import run_daemon
from scheduler.settings import SchedulerSettings
from scheduler.waker import Waker
from storage import baseline, lock, sources
from storage.source_views import CrawlRun, SourceState
from tests.alerts.desk import Desk
from tests.alerts.receivers import HANG, WebhookReceiver
from tests.scheduler.scripted import ScriptedCrawler, a_source

QUICK = SchedulerSettings(tick=timedelta(milliseconds=20), jitter=0, stop_timeout=timedelta(seconds=20))


def a_daemon(desk: Desk, *keys: str, configured: Sequence[Source] = ()) -> tuple[Daemon, ScriptedCrawler]:
    subscriptions = [c.subscription() for c in desk.channels]
    crawler = ScriptedCrawler(desk.database, subscriptions, desk.clock)
    plan = Plan(
        sources=[*configured, *(a_source(key) for key in keys)],
        crawler=crawler,
        deliverer=desk.deliverer(),
        subscriptions=subscriptions,
        settings=QUICK,
    )
    engine = InProcess.of(plan, desk.database, desk.clock)
    return Daemon(database=desk.database, plan=plan, engine=engine, clock=desk.clock), crawler


def itself(daemon: Daemon) -> InProcess:
    """The daemon's engine, which is its own process."""
    assert isinstance(daemon.engine, InProcess)
    return daemon.engine


def baseline_done(desk: Desk, *keys: str) -> None:
    with desk.database.write() as session:
        baseline.finish(session, keys, (), now=desk.clock.now())


async def ticked(daemon: Daemon) -> None:
    """A tick and everything that it began."""
    await daemon.tick()
    engine = itself(daemon)
    while tasks := {*engine.crawls.values(), *engine.deliveries.values()}:
        await asyncio.wait(tasks)
        await asyncio.sleep(0)  # lets the tasks' own endings run


def runs(desk: Desk, key: str) -> tuple[CrawlRun, ...]:
    with desk.database.read() as session:
        return sources.runs(session, key)


def state(desk: Desk, key: str) -> SourceState:
    with desk.database.read() as session:
        return sources.state(session, key)


class TestTicks:
    def test_what_a_crawl_finds_is_delivered_with_it(self, desk: Desk, receiver: WebhookReceiver) -> None:
        baseline_done(desk, "alpha")
        daemon, crawler = a_daemon(desk, "alpha")
        crawler.script["alpha"] = deque([[101, 102]])
        asyncio.run(ticked(daemon))
        assert [r.json["figure"]["value"] for r in receiver.requests] == [101, 102]

    def test_each_source_in_its_own_time(self, desk: Desk) -> None:
        daemon, crawler = a_daemon(desk, "alpha", configured=[a_source("hourly", interval=timedelta(hours=1))])

        async def two_hours() -> None:
            for _ in range(120):
                await ticked(daemon)
                desk.clock.move(minutes=1)

        asyncio.run(two_hours())
        assert crawler.crawled.count("alpha") == 12
        assert crawler.crawled.count("hourly") == 2

    def test_a_restart_neither_starves_nor_doubles(self, desk: Desk) -> None:
        crawled: list[str] = []
        for _ in range(30):
            daemon, crawler = a_daemon(desk, "alpha")
            asyncio.run(ticked(daemon))
            crawled += crawler.crawled
            desk.clock.move(minutes=4)
        assert len(crawled) == 10, "every third restart finds it due"

    def test_one_run_a_source_at_a_time(self, desk: Desk) -> None:
        daemon, crawler = a_daemon(desk, "alpha")

        async def play() -> None:
            crawler.gate = asyncio.Event()
            for _ in range(5):
                await daemon.tick()
                await asyncio.sleep(0)
                desk.clock.move(hours=1)
            crawler.gate.set()
            await asyncio.wait(set(itself(daemon).crawls.values()))

        asyncio.run(play())
        assert crawler.crawled == ["alpha"]
        assert crawler.most_at_once == 1

    def test_a_disabled_source_is_left_alone(self, desk: Desk) -> None:
        daemon, crawler = a_daemon(desk, configured=[a_source("off", enabled=False)])
        asyncio.run(ticked(daemon))
        assert crawler.crawled == []

    def test_a_clock_put_back_delays_nothing(self, desk: Desk) -> None:
        daemon, crawler = a_daemon(desk, "alpha")
        asyncio.run(ticked(daemon))
        desk.clock.move(days=-200)
        asyncio.run(ticked(daemon))
        asyncio.run(ticked(daemon))
        assert len(crawler.crawled) == 2

    def test_a_hanging_channel_delays_no_crawl(self, desk: Desk, receiver: WebhookReceiver) -> None:
        baseline_done(desk, "alpha")
        daemon, crawler = a_daemon(desk, "alpha")
        crawler.script["alpha"] = deque([[101], []])
        receiver.script.append(HANG)

        async def play() -> None:
            await daemon.tick()
            await asyncio.wait(set(itself(daemon).crawls.values()))
            desk.clock.move(hours=1)
            await daemon.tick()
            await asyncio.wait(set(itself(daemon).crawls.values()))
            assert itself(daemon).deliveries.keys() == {"c0"}
            receiver.let_go.set()
            await asyncio.wait(set(itself(daemon).deliveries.values()))

        asyncio.run(play())
        assert crawler.crawled == ["alpha", "alpha"]


class TestTrouble:
    @pytest.mark.parametrize("error", [CrawlError("no way in"), ZeroDivisionError("a defect")])
    def test_a_crawl_that_raises_is_noted_and_the_others_go_on(self, desk: Desk, error: Exception) -> None:
        daemon, crawler = a_daemon(desk, "alpha", "beta")
        crawler.script["alpha"] = deque([error])
        asyncio.run(ticked(daemon))
        assert crawler.crawled == ["alpha", "beta"]
        (run,) = runs(desk, "alpha")
        assert (run.finish_reason, run.errors) == ("failed", (str(error),))
        assert state(desk, "alpha").consecutive_errors == 1
        assert runs(desk, "beta")[0].finish_reason == "finished"

    def test_one_that_raises_before_its_record_is_not_begun_every_tick(self, desk: Desk) -> None:
        daemon, crawler = a_daemon(desk, "alpha")

        def refuse(_: str) -> None:
            raise CrawlError("not even begun")

        crawler.before_the_record = refuse

        async def play() -> None:
            for _ in range(4):
                itself(daemon).resting.clear()
                await ticked(daemon)
                desk.clock.move(seconds=5)

        asyncio.run(play())
        assert crawler.crawled == ["alpha"]
        assert [r.finish_reason for r in runs(desk, "alpha")] == ["failed"]

    def test_a_run_that_was_killed_stays_on_record_as_it_is(self, desk: Desk) -> None:
        with desk.database.write() as session:
            sources.begin_run(session, "alpha", now=desk.clock.now())
        desk.clock.move(hours=1)
        daemon, crawler = a_daemon(desk, "alpha")
        crawler.script["alpha"] = deque([CrawlError("no way in")])
        asyncio.run(ticked(daemon))
        assert [r.finish_reason for r in runs(desk, "alpha")] == ["failed", None]

    def test_it_rests_where_storage_fails(self, desk: Desk) -> None:
        daemon, crawler = a_daemon(desk, "alpha")

        def busy(_: str) -> None:
            raise DatabaseBusy("locked by a backup")

        crawler.before_the_record = busy

        async def play() -> None:
            await ticked(daemon)
            desk.clock.move(days=1)
            await ticked(daemon)

        asyncio.run(play())
        assert crawler.crawled == ["alpha"]

    def test_a_lost_lock_ends_the_daemon(self, desk: Desk) -> None:
        daemon, crawler = a_daemon(desk, "alpha")

        class LostHold(lock.Hold):
            def verify(self) -> None:
                raise StorageError("the daemon's lock on the database is lost: restart the daemon")

        daemon.hold = LostHold(lock.Holder("us", 1, "here", "now"))
        asyncio.run(daemon.tick())
        assert isinstance(daemon.fatal, StorageError)
        assert crawler.crawled == []


class TestFirstCrawl:
    def test_one_alert_an_election_when_all_are_through(self, desk: Desk, receiver: WebhookReceiver) -> None:
        daemon, crawler = a_daemon(desk, "alpha", "beta")
        crawler.script = {"alpha": deque([[101, 102, 103]]), "beta": deque([[104]])}
        asyncio.run(ticked(daemon))
        asyncio.run(ticked(daemon))
        assert [r.json["figure"]["value"] for r in receiver.requests] == [104]

    def test_a_source_out_of_reach_is_not_waited_for(self, desk: Desk, receiver: WebhookReceiver) -> None:
        daemon, crawler = a_daemon(desk, "alpha", "beta")
        crawler.script = {"alpha": deque([[101, 102]]), "beta": deque(["failed", [103, 104]])}
        asyncio.run(ticked(daemon))
        asyncio.run(ticked(daemon))
        assert [r.json["figure"]["value"] for r in receiver.requests] == [102]
        desk.clock.move(hours=1)
        asyncio.run(ticked(daemon))
        asyncio.run(ticked(daemon))
        assert [r.json["figure"]["value"] for r in receiver.requests] == [102, 104], "and has its own first crawl"

    def test_a_stopped_first_crawl_goes_on_at_the_next_start(self, desk: Desk, receiver: WebhookReceiver) -> None:
        daemon, crawler = a_daemon(desk, "alpha")
        crawler.script = {"alpha": deque(["stopped", [101, 102]])}
        asyncio.run(ticked(daemon))
        asyncio.run(ticked(daemon))
        asyncio.run(ticked(daemon))
        assert crawler.crawled == ["alpha", "alpha"], "at once, not after the interval"
        assert [r.json["figure"]["value"] for r in receiver.requests] == [102]

    def test_one_that_was_killed_and_is_no_longer_configured_keeps_nobody_waiting(
        self, desk: Desk, receiver: WebhookReceiver
    ) -> None:
        first, crawler = a_daemon(desk, "alpha")
        crawler.script = {"alpha": deque([[101, 102]])}
        with desk.database.write() as session:
            sources.begin_run(session, "beta", now=desk.clock.now())
            baseline.hold(session, "beta", now=desk.clock.now())
        asyncio.run(ticked(first))
        assert receiver.requests == [], "beta's first crawl is not through"
        again, _ = a_daemon(desk, "alpha")

        async def play() -> int:
            stop = asyncio.Event()
            running = asyncio.create_task(run_daemon(again, stop, signals=False))
            await asyncio.to_thread(receiver.wait_for, 1)
            stop.set()
            return await running

        assert asyncio.run(play()) == 0
        assert [r.json["figure"]["value"] for r in receiver.requests] == [102]


class TestRunning:
    def test_until_told_to_stop(self, desk: Desk, receiver: WebhookReceiver) -> None:
        baseline_done(desk, "alpha")
        daemon, crawler = a_daemon(desk, "alpha")
        crawler.script["alpha"] = deque([[101]])

        async def play() -> int:
            stop = asyncio.Event()
            running = asyncio.create_task(run_daemon(daemon, stop, signals=False))
            await asyncio.to_thread(receiver.wait_for, 1)
            stop.set()
            return await running

        assert asyncio.run(play()) == 0
        assert desk.states() == ["sent"]

    def test_a_crawl_under_way_hands_back_what_it_began(self, desk: Desk) -> None:
        daemon, crawler = a_daemon(desk, "alpha")

        async def play() -> int:
            stop = asyncio.Event()
            begun = asyncio.Event()
            crawler.gate = asyncio.Event()
            crawler.before_the_record = lambda _: begun.set()
            running = asyncio.create_task(run_daemon(daemon, stop, signals=False))
            await begun.wait()
            stop.set()
            return await running

        assert asyncio.run(play()) == 0
        assert [r.finish_reason for r in runs(desk, "alpha")] == ["stopped"]
        assert itself(daemon).crawls == {}

    def test_a_second_daemon_is_refused_and_told_who_is_first(self, desk: Desk) -> None:
        first, crawler = a_daemon(desk, "alpha")
        second, _ = a_daemon(desk)

        async def play() -> None:
            stop, begun = asyncio.Event(), asyncio.Event()
            crawler.before_the_record = lambda _: begun.set()
            running = asyncio.create_task(run_daemon(first, stop, signals=False))
            await begun.wait()
            with pytest.raises(AlreadyRunning, match=r"accredwatch on .*, process \d+"):
                await run_daemon(second, asyncio.Event(), signals=False)
            stop.set()
            await running

        asyncio.run(play())

    def test_a_clock_put_back_under_the_scheduler_wakes_it(self) -> None:
        async def play() -> int:
            called: asyncio.Queue[None] = asyncio.Queue()
            waker = Waker(lambda: called.put(None), timedelta(hours=1))
            waker.start()
            await called.get()
            # As it looks when the machine's clock goes back by three hours.
            waker.job.modify(next_run_time=SystemClock().now() + timedelta(hours=4))
            waker.mend()
            await called.get()
            waker.end()
            return called.qsize()

        assert asyncio.run(play()) == 0

    def test_what_is_due_before_the_next_tick_is_not_kept_waiting(self) -> None:
        async def play() -> int:
            called: asyncio.Queue[None] = asyncio.Queue()
            waker = Waker(lambda: called.put(None), timedelta(hours=1))
            waker.start()
            await called.get()
            waker.call_within(timedelta(hours=3))  # the next call comes sooner
            waker.call_within(timedelta(milliseconds=1))
            await called.get()
            waker.end()
            return called.qsize()

        assert asyncio.run(play()) == 0
