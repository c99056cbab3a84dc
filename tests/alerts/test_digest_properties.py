"""Whatever happens, each alert is told once, under one key with one content, when its channel may be told."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from alerts.delivery import Deliverer
from alerts.settings import Channel
from extract.model import Election, ElectionType
from storage import outbox, queries
from storage.database import Database
from storage.recording import record
from storage.timing import quiet_until
from storage.vocabulary import AlertState
from tests.alerts.desk import SETTINGS
from tests.alerts.receivers import RESET, Answer, Received, WebhookReceiver
from tests.databases import opened
from tests.storage.campaign import article, figure, report

_numbers = itertools.count()
START = datetime(2024, 2, 28, 6, tzinfo=UTC)
"""A day and a half before Almaty's clocks were put back."""


class PowerCut(Exception):
    """The process ended."""


@dataclass
class Clock:
    """Time that tests move; on demand the power fails as somebody looks at it after the next message."""

    receiver: WebhookReceiver
    instant: datetime = START
    fails_after: int | None = None

    def now(self) -> datetime:
        if self.fails_after is not None and len(self.receiver.requests) > self.fails_after:
            self.fails_after = None
            raise PowerCut
        return self.instant


@dataclass
class Newsroom:
    """One channel and one election: articles come, time passes, deliveries fail, the program dies and comes back."""

    database: Database
    receiver: WebhookReceiver
    channel: Channel
    number: int
    clock: Clock
    value: int = 100
    crashes: int = 0
    arrivals: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.receiver.requests.clear()
        self.receiver.script.clear()
        self.receiver.otherwise = self._take
        self.election = Election(ElectionType.PRESIDENTIAL, date(2030, 1, 1) + timedelta(days=self.number), stated=True)
        self.restart()

    def _take(self, _: Received) -> Answer:
        self.arrivals.append(self.clock.instant)
        return Answer()

    def restart(self) -> None:
        self.deliverer = Deliverer(
            database=self.database,
            settings=SETTINGS.model_copy(update={"attempts": 1000}),
            clock=self.clock,
            channels=[self.channel],
            random=Random(7),  # noqa: S311 - repeatable jitter
        )
        self.deliverer.take_over()

    def publish(self, step: int) -> None:
        self.value += step
        source = "kazinform" if step % 2 else "astana_times"
        made = replace(article(f"{self.number}-{self.value}", source=source), published=self.clock.instant, url=None)
        with self.database.write() as session:
            record(
                session, made, report(figure(self.value), election=self.election), fetched_at=self.clock.instant,
                found_via="feed", subscriptions=[self.channel.subscription()],
            )  # fmt: skip

    def wait(self, minutes: int) -> None:
        self.clock.instant += timedelta(minutes=minutes)

    def deliver(self, refusals: int) -> None:
        """A round in which the service refuses so many messages, and then one more gets lost on the way back."""
        self.receiver.script.extend([Answer(503)] * (refusals - 1) + [RESET] * (refusals > 0))
        self.deliverer.deliver_due()
        self.receiver.script.clear()
        self._assert_nothing_is_late()

    def die_between_sending_and_marking(self) -> None:
        self.clock.fails_after = len(self.receiver.requests)
        try:
            self.deliverer.deliver_due()
        except PowerCut:
            self.crashes += 1
        self.clock.fails_after = None
        self.restart()

    def _assert_nothing_is_late(self) -> None:
        with self.database.read() as session:
            retried = [one for one in outbox.waiting(session, self.channel.name) if one.attempts]
            due = outbox.next_due(session, [self.channel.name])
        assert retried or due is None or due > self.clock.instant

    def finish(self) -> None:
        """Deliver whatever waits, each when it is due."""
        for _ in range(100):
            self.deliver(0)
            with self.database.read() as session:
                due = outbox.next_due(session, [self.channel.name])
            if due is None:
                return
            # What is due may wait behind one that failed, until that one is tried again.
            self.clock.instant = max(self.clock.instant + timedelta(minutes=1), due)
        raise AssertionError("something waits for ever")

    def verify(self) -> None:
        subscription = self.channel.subscription()
        with self.database.read() as session:
            alerts = [a for a in outbox.alerts(session, channel=self.channel.name, limit=1000) if a.change]
            key = f"{self.election.date}-presidential"
            wanted = [
                change.id
                for change in queries.changes(session, election=key, limit=1000)
                if subscription.wants(election=key, kind=change.change.kind, status=change.change.status)
            ]
        assert sorted(a.change.id for a in alerts if a.change) == wanted
        assert {a.state for a in alerts} <= {AlertState.SENT}
        contents = defaultdict(set)
        for request in self.receiver.requests:
            contents[request.key].add(tuple(keys(request)))
        assert all(len(content) == 1 for content in contents.values()), "a key keeps what it tells"
        told = Counter(key for content in contents.values() for (ones,) in [content] for key in ones)
        assert told == dict.fromkeys((a.key for a in alerts), 1), "each alert is told under one key"
        taken = Counter(request.key for request in self.receiver.requests if request.taken)
        assert sum(taken.values()) <= len(contents) + self.crashes
        assert all(quiet_until(subscription.timing, moment) is None for moment in self.arrivals)


def keys(request: Received) -> list[str]:
    content = request.json
    return [one["key"] for one in content["alerts"]] if content["kind"] == "digest" else [content["key"]]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, WebhookReceiver]]:
    place: Path = tmp_path_factory.mktemp("digests")
    database, receiver = opened(f"sqlite:///{place}/test.sqlite3"), WebhookReceiver()
    yield database, receiver
    receiver.close()
    database.close()


HOURS = st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda hours: hours[0] != hours[1])
CHANNELS = st.fixed_dictionaries(
    {"digest": st.sampled_from(["hourly", "daily", "meeting_day"]), "digest_at": st.just("18:00")}
) | st.fixed_dictionaries({"group": st.sampled_from(["0s", "20m", "3h"])})
QUIET = st.just("") | HOURS.map(lambda hours: "-".join(f"{time(hour):%H:%M}" for hour in hours))
EVENTS = st.lists(
    st.tuples(st.just("publish"), st.integers(1, 9))
    | st.tuples(st.just("wait"), st.integers(1, 1500))
    | st.tuples(st.just("deliver"), st.integers(0, 3))
    | st.tuples(st.just("die_between_sending_and_marking")),
    min_size=3,
    max_size=14,
)


@settings(max_examples=25)
@given(channel=CHANNELS, quiet=QUIET, confirm=st.sampled_from([1, 1, 2]), events=EVENTS)
def test_every_alert_is_told_once_whatever_happens(
    stage: tuple[Database, WebhookReceiver],
    channel: dict[str, str],
    quiet: str,
    confirm: int,
    events: list[tuple[str, int] | tuple[str]],
) -> None:
    database, receiver = stage
    if channel.get("digest") in {"daily", "meeting_day"} and quiet:
        quiet = "22:00-07:00"
    number = next(_numbers)
    made = Channel(
        name=f"c{number}", url=SecretStr(receiver.url), quiet=quiet, confirm=confirm,
        elections=(f"{date(2030, 1, 1) + timedelta(days=number)}-presidential",), **channel,
    )  # fmt: skip
    newsroom = Newsroom(database, receiver, made, number, Clock(receiver))
    for name, *arguments in events:
        getattr(newsroom, name)(*arguments)
    newsroom.finish()
    newsroom.verify()
