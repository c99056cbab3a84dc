"""What operators are told while a source is crawled, by notices that reach their channels and no others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import structlog

from alerts.delivery import Deliverer
from alerts.render import render
from alerts.settings import AlertSettings, Channel
from alerts.style import Style
from scheduler.watch import SourceWatch
from storage import notices, outbox, sources
from storage.database import Database
from storage.recording import record
from storage.source_views import Notice, NoticeDetails, Sign
from storage.views import Alert
from storage.vocabulary import Audience, NoticeKind, SignKind, SignPlace
from tests.alerts.desk import MovableClock, a_total
from tests.alerts.receivers import WebhookReceiver
from tests.scheduler.scripted import a_source

SOURCE = a_source("kazinform", name="Kazinform")
BLOCKED = Sign(kind=SignKind.CHALLENGE, place=SignPlace.DOCUMENT, count=1, examples=("https://kazinform.test/feed",))


class Stage:
    """A source that is crawled every ten minutes, readers and operators."""

    def __init__(self, database: Database, readers: str, operators: str) -> None:
        self.database = database
        self.clock = MovableClock()
        self.channels = [
            Channel.model_validate({"name": "readers", "url": readers}),
            Channel.model_validate({"name": "operators", "url": operators, "audience": "operators"}),
        ]
        self.listed = 0

    def watch(self) -> SourceWatch:
        """The watch of a daemon that was just started."""
        subscriptions = [channel.subscription() for channel in self.channels]
        return SourceWatch(database=self.database, subscriptions=subscriptions, clock=self.clock)

    def crawl(self, *signs: Sign, totals: tuple[int, ...] = (), times: int = 1) -> None:
        for _ in range(times):
            self.listed += 1
            with self.database.write() as session:
                run = sources.begin_run(session, SOURCE.key, now=self.clock.now())
                for value in totals:
                    article, report = a_total(value)
                    subscriptions = [channel.subscription() for channel in self.channels]
                    record(
                        session,
                        article,
                        report,
                        fetched_at=self.clock.now(),
                        found_via="feed",
                        subscriptions=subscriptions,
                    )
                errors = tuple(sign.kind.value for sign in signs)
                listed = [] if errors else [f"en {self.listed}"]
                sources.finish_run(
                    session, run, now=self.clock.now(), finish_reason="finished", errors=errors, signs=signs,
                    listed=listed, counts=sources.Counts(found=0 if errors else 20),
                )  # fmt: skip
            self.watch().look_now(SOURCE)
            self.clock.move(minutes=10)

    @property
    def told(self) -> tuple[Notice, ...]:
        with self.database.read() as session:
            return notices.notices(session, SOURCE.key, since=self.clock.now() - timedelta(days=365))

    @property
    def trouble(self) -> NoticeKind | None:
        with self.database.read() as session:
            return sources.state(session, SOURCE.key).trouble

    def alerts(self, channel: str) -> tuple[Alert, ...]:
        with self.database.read() as session:
            return outbox.alerts(session, channel=channel)[::-1]


@pytest.fixture
def readers() -> Iterator[WebhookReceiver]:
    server = WebhookReceiver()
    yield server
    server.close()


@pytest.fixture
def operators() -> Iterator[WebhookReceiver]:
    server = WebhookReceiver()
    yield server
    server.close()


@pytest.fixture
def stage(database: Database, readers: WebhookReceiver, operators: WebhookReceiver) -> Stage:
    return Stage(database, readers.url, operators.url)


def test_a_trouble_is_told_once_though_every_look_is_by_a_new_process(stage: Stage) -> None:
    stage.crawl(times=5)
    with structlog.testing.capture_logs() as logs:
        stage.crawl(BLOCKED, times=10)
    assert [notice.kind for notice in stage.told] == [NoticeKind.BLOCKED]
    assert stage.trouble is NoticeKind.BLOCKED
    assert [(log["event"], log["condition"]) for log in logs if log["event"] != "database_made"] == [
        ("source_unwell", "blocked")
    ]
    with structlog.testing.capture_logs() as logs:
        stage.crawl(times=10)
    assert [notice.kind for notice in stage.told] == [NoticeKind.BLOCKED, NoticeKind.RECOVERED]
    assert stage.trouble is None
    assert [log["event"] for log in logs] == ["source_well"]


def test_a_recovery_tells_what_the_gap_cost_and_what_was_fetched_late(stage: Stage) -> None:
    stage.crawl(times=5)
    begun = stage.clock.now()
    stage.crawl(BLOCKED, times=6)
    until = stage.clock.now()
    stage.crawl(totals=(100,))
    stage.crawl(times=5)
    recovered = stage.told[-1]
    assert (recovered.kind, recovered.since, recovered.details.until) == (NoticeKind.RECOVERED, begun, until)
    assert (recovered.details.ended, recovered.details.crawls) == (NoticeKind.BLOCKED, 6)
    assert recovered.details.late_count == 0, "published long before"


def test_articles_published_in_the_gap_and_fetched_after_it_are_named(stage: Stage) -> None:
    article, _ = a_total(101)
    assert article.published is not None
    stage.clock.instant = article.published - timedelta(hours=1)
    stage.crawl(times=3)
    stage.crawl(BLOCKED, times=6)
    stage.crawl(totals=(101, 95))
    stage.crawl(times=3)
    (late,) = stage.told[-1].details.late
    assert (late.title, late.url, late.published) == (article.title, article.url, article.published)
    assert late.report is not None
    message = render(stage.alerts("operators")[-1], Style(names={"kazinform": "Kazinform"}))
    assert message.title == "Kazinform is back: blocked 14:30–15:30, 1 article fetched late"
    assert "101 observers accredited, published 2 February 2023, 15:00 (Asia/Almaty), report" in message.body


def test_operators_get_notices_and_readers_changes(
    stage: Stage, readers: WebhookReceiver, operators: WebhookReceiver
) -> None:
    stage.crawl(totals=(101,), times=1)
    stage.crawl(BLOCKED, times=5)
    deliverer = Deliverer(database=stage.database, settings=AlertSettings(), clock=stage.clock, channels=stage.channels)
    deliverer.deliver_due()
    assert [request.json["kind"] for request in readers.requests] == ["new_total"]
    (request,) = operators.requests
    content = request.json
    assert (content["kind"], content["source"]) == ("blocked", "kazinform")
    assert content["seen"] == "https://kazinform.test/feed"
    assert content["key"] == request.key
    assert "shows a captcha" in content["title"]


def test_without_an_operators_channel_the_notice_is_on_record_all_the_same(stage: Stage) -> None:
    stage.channels = stage.channels[:1]
    stage.crawl(times=3)
    stage.crawl(BLOCKED, times=5)
    assert [notice.kind for notice in stage.told] == [NoticeKind.BLOCKED]
    assert stage.alerts("readers") == ()


def test_the_time_without_a_daemon_is_told_once_with_what_was_fetched_to_fill_it(stage: Stage) -> None:
    stage.clock.instant -= timedelta(hours=3)
    stage.crawl(times=6)
    begun = stage.clock.now() - timedelta(minutes=10)
    article, _ = a_total(100)
    assert article.published is not None
    stage.clock.instant = article.published + timedelta(hours=2)
    until = stage.clock.now()
    stage.crawl(totals=(100,))
    stage.crawl(times=5)
    (notice,) = stage.told
    assert (notice.kind, notice.since, notice.details.until) == (NoticeKind.RECOVERED, begun, until)
    assert (notice.details.ended, notice.details.late_count) == (None, 1)
    (alert,) = stage.alerts("operators")
    message = render(alert, Style(names={"kazinform": "Kazinform"}))
    assert message.title == "Kazinform is back: down 12:50–17:00, 1 article fetched late"
    assert "Nobody crawled it 12:50–17:00 (Asia/Almaty), 4\u00a0h 10\u00a0min" in message.body


def test_crawls_by_hand_tell_no_pauses(stage: Stage) -> None:
    stage.crawl(times=3)
    stage.clock.move(days=1)
    watch = stage.watch()
    watch.pauses = False
    with stage.database.write() as session:
        run = sources.begin_run(session, SOURCE.key, now=stage.clock.now())
        sources.finish_run(session, run, now=stage.clock.now(), finish_reason="finished", listed=["en new"])
    watch.look_now(SOURCE)
    assert stage.told == ()


def test_a_notice_and_its_alerts_are_made_together_or_not_at_all(stage: Stage) -> None:
    operators = [channel.subscription() for channel in stage.channels if channel.audience is Audience.OPERATORS]

    def tell_and_break() -> None:
        with stage.database.write() as session:
            details = NoticeDetails(seen="nothing")
            tell = notices.tell
            tell(session, SOURCE.key, NoticeKind.SILENT, since=None, details=details, subscriptions=operators, now=now)
            raise LookupError("the process ends here")

    now = stage.clock.now()
    with pytest.raises(LookupError):
        tell_and_break()
    assert stage.told == ()
    assert stage.alerts("operators") == ()
    assert stage.trouble is None


def test_what_was_listed_before_is_no_news(stage: Stage) -> None:
    def crawl(*listed: str) -> int:
        with stage.database.write() as session:
            run = sources.begin_run(session, SOURCE.key, now=stage.clock.now())
            sources.finish_run(session, run, now=stage.clock.now(), finish_reason="finished", listed=listed)
        with stage.database.read() as session:
            return sources.runs(session, SOURCE.key, limit=1)[0].news

    assert crawl("en 1", "en 2") == 2
    assert crawl("en 1", "en 2") == 0
    assert crawl() == 0, "an answer 304 lists nothing"
    assert crawl("en 3", "en 2", "en 3") == 1
    assert crawl("kk 3", "en 1") == 1
