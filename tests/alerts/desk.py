"""A database with news in it, a clock that tests move, and channels: what delivery works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from pydantic import SecretStr

from alerts.delivery import Deliverer, DeliverySummary
from alerts.settings import AlertSettings, Channel
from extract.model import Article, Basis, Election, ElectionType, Evidence, Figure, Report, Status, Where
from storage import outbox
from storage.database import Database
from storage.recording import record
from storage.views import Alert
from storage.vocabulary import AlertState
from tests.databases import opened
from tests.support.changes import change_of

START = datetime(2023, 2, 1, 9, 0, tzinfo=UTC)
SETTINGS = AlertSettings(attempts=5, first_retry=timedelta(seconds=16), send_timeout=timedelta(seconds=5))


@dataclass
class MovableClock:
    instant: datetime = START

    def now(self) -> datetime:
        return self.instant

    def move(self, **by: float) -> None:
        self.instant += timedelta(**by)


def a_total(value: int, *, title: str | None = None) -> tuple[Article, Report]:
    """An article whose report states a running total, and nothing else."""
    body = f"In all, {value} observers have been accredited."
    article = Article(
        title=title or f"{value} observers accredited",
        paragraphs=(body,),
        language="en",
        url=f"https://www.inform.kz/en/observers_a{value}",
        source="kazinform",
        article_id=f"a{value}",
        published=START + timedelta(days=value - 100),
    )
    start = body.index(str(value))
    evidence = Evidence(text=str(value), start=start, end=start + len(str(value)), where=Where.BODY)
    figure = Figure("total", Status.ACCREDITED, Basis.CUMULATIVE, value, None, evidence)
    election = Election(ElectionType.PARLIAMENTARY, date(2023, 3, 19), stated=True)
    return article, Report(relevant=True, election=election, figures=(figure,), headline=0)


@dataclass
class Desk:
    """Publishes totals 101, 102, ... a day apart; each makes one alert for each channel."""

    database: Database
    channels: Sequence[Channel]
    settings: AlertSettings = SETTINGS
    clock: MovableClock = field(default_factory=MovableClock)
    published: int = 100
    random: Random = field(default_factory=lambda: Random(7))  # noqa: S311 - repeatable jitter

    @classmethod
    def open(
        cls,
        place: Path | str,
        *urls: str,
        settings: AlertSettings = SETTINGS,
        busy_timeout: timedelta = timedelta(seconds=15),
    ) -> Desk:
        """A desk with an empty database (by its URL, or in a folder) and channels c0, c1, ... at these URLs."""
        url = place if isinstance(place, str) else f"sqlite:///{place}/test.sqlite3"
        database = opened(url, busy_timeout=busy_timeout)
        channels = [Channel(name=f"c{n}", url=SecretStr(url)) for n, url in enumerate(urls)]
        return cls(database, channels, settings)

    def publish(self, count: int = 1) -> None:
        for _ in range(count):
            self.published += 1
            article, report = a_total(self.published)
            self.clock.instant = max(self.clock.instant, article.published or START)
            with self.database.write() as session:
                subscriptions = [c.subscription() for c in self.channels]
                made = record(
                    session, article, report, fetched_at=self.clock.now(), found_via="test", subscriptions=subscriptions
                )
                assert made.alerts == len(self.channels)

    def deliverer(self) -> Deliverer:
        return Deliverer(
            database=self.database,
            settings=self.settings,
            clock=self.clock,
            channels=self.channels,
            names={"kazinform": "Kazinform"},
            random=self.random,
        )

    def deliver(self) -> DeliverySummary:
        return self.deliverer().deliver_due()

    def alerts(self, channel: str = "c0", state: AlertState | None = None) -> list[Alert]:
        """Oldest first."""
        with self.database.read() as session:
            return list(outbox.alerts(session, channel=channel, state=state))[::-1]

    def states(self, channel: str = "c0") -> list[str]:
        return [a.state.value for a in self.alerts(channel)]

    def values(self, keys: Sequence[str], channel: str = "c0") -> list[int]:
        """The totals that alerts with these keys tell."""
        by_key = {a.key: change_of(a).change.figure for a in self.alerts(channel)}
        found = [by_key[key] for key in keys]
        return [f.value for f in found if f is not None]

    def close(self) -> None:
        self.database.close()
