"""Messages that wait for their moment, and what they tell together."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr, ValidationError
from structlog.testing import capture_logs

from alerts.settings import Channel
from scheduler.overview import overview
from storage import baseline, models, mutes, notices, outbox
from storage.acknowledging import acknowledge
from storage.recording import record
from storage.source_views import NoticeDetails
from storage.vocabulary import AlertState, NoticeKind
from tests.alerts.desk import START, Desk, a_total
from tests.alerts.receivers import Answer, Received, WebhookReceiver

ALMATY = ZoneInfo("Asia/Almaty")
OpenDesk = Callable[..., Desk]


@pytest.fixture
def open_desk(sqlite_url: str, receiver: WebhookReceiver) -> Iterator[OpenDesk]:
    """A desk with one channel of these settings; at its beginning it is 15:00 in Almaty."""
    desks: list[Desk] = []

    def open_it(url: str = sqlite_url, **settings: Any) -> Desk:  # noqa: ANN401 - whatever a channel has
        desk = Desk.open(url)
        desk.channels = [Channel(name="c0", url=SecretStr(receiver.url), **settings)]
        desks.append(desk)
        return desk

    yield open_it
    for desk in desks:
        desk.close()


def publish(desk: Desk, *values: int, source: str = "kazinform") -> int:
    """Record articles with these totals, published now; how many alerts were made."""
    made = 0
    wanted = [channel.subscription() for channel in desk.channels]
    for value in values:
        article, report = a_total(value)
        article = replace(article, published=desk.clock.now(), source=source, article_id=f"{source}{value}")
        with desk.database.write() as session:
            now = desk.clock.now()
            made += record(session, article, report, fetched_at=now, found_via="test", subscriptions=wanted).alerts
    return made


def at(desk: Desk, hour: int, minute: int = 0, day: int = 0) -> None:
    """Move the clock to a time of the first day, or so many days later, in Almaty."""
    first = START.astimezone(ALMATY).replace(hour=hour, minute=minute)
    desk.clock.instant = (first + timedelta(days=day)).astimezone(START.tzinfo)


def values(request: Received) -> list[int]:
    """The totals that a message tells, in its order."""
    content = request.json
    alerts = content["alerts"] if content["kind"] == "digest" else [content]
    return [alert["figure"]["value"] for alert in alerts]


def told(receiver: WebhookReceiver) -> list[list[int]]:
    return [values(request) for request in receiver.requests]


class TestDigest:
    def test_a_day_in_one_message_under_one_key(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(digest="daily", digest_at="18:00")
        assert publish(desk, 101) == 1
        at(desk, 16)
        publish(desk, 102, 103)
        assert desk.deliver().sent == 0
        assert desk.states() == ["scheduled"] * 3
        with desk.database.read() as session:
            due = outbox.next_due(session, ["c0"])
        assert due is not None
        assert due.astimezone(ALMATY).hour == 18
        desk.clock.instant = due
        assert desk.deliver().sent == 1
        (request,) = receiver.requests
        alerts = desk.alerts()
        assert values(request) == [101, 102, 103]
        assert [one["key"] for one in request.json["alerts"]] == [a.key for a in alerts]
        assert request.key == alerts[0].key
        assert [a.state for a in alerts] == [AlertState.SENT] * 3
        assert [a.carried_by for a in alerts] == [None, alerts[0].id, alerts[0].id]
        assert desk.deliver().sent == 0

    def test_a_digest_of_one_alert_is_that_alert(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(digest="hourly")
        publish(desk, 101)
        at(desk, 16)
        desk.deliver()
        assert receiver.requests[0].json["kind"] == "new_total"

    def test_what_comes_while_a_message_is_sent_is_not_added_to_it(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(digest="hourly")
        publish(desk, 101, 102)
        at(desk, 16)
        receiver.script.append(Answer(503))
        desk.deliver()
        publish(desk, 103)
        at(desk, 17, 30)
        assert desk.deliver().sent == 2
        assert told(receiver) == [[101, 102], [101, 102], [103]]
        assert receiver.keys[0] == receiver.keys[1]
        assert receiver.requests[0].body == receiver.requests[1].body

    def test_a_message_is_given_up_and_revived_as_one(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(digest="hourly")
        publish(desk, 101, 102)
        at(desk, 16)
        receiver.otherwise = lambda _: Answer(500)
        for _ in range(desk.settings.attempts):
            desk.deliver()
            desk.clock.move(hours=2)
        assert desk.states() == ["failed", "failed"]
        receiver.otherwise = lambda _: Answer()
        with desk.database.write() as session:
            assert outbox.revive(session, now=desk.clock.now(), ids=[desk.alerts()[1].id]) == 2
        desk.deliver()
        assert set(receiver.keys) == {desk.alerts()[0].key}
        assert desk.states() == ["sent", "sent"]

    def test_one_that_is_never_taken_does_not_take_the_others_with_it(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(digest="hourly")
        publish(desk, 101, 102, 103)
        receiver.otherwise = lambda request: Answer(422 if 102 in values(request) else 200)
        at(desk, 16)
        for _ in range(3):
            desk.deliver()
        assert told(receiver) == [[101, 102, 103], [101], [102], [103]]
        assert desk.states() == ["sent", "failed", "sent"]

    def test_a_damaged_record_does_not_take_the_others_with_it(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(digest="hourly")
        publish(desk, 101, 102, 103)
        with desk.database.write() as session:
            row = session.get_one(models.Change, 2)
            row.details = {**row.details, "day": "no day"}
        at(desk, 16)
        desk.deliver()
        assert told(receiver) == [[101], [103]]

    def test_more_than_fits_goes_out_in_further_messages(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(digest="daily")
        publish(desk, *range(101, 153))
        at(desk, 18)
        assert desk.deliver().sent == 2
        assert told(receiver) == [list(range(101, 151)), [151, 152]]

    def test_a_meeting_has_a_message_of_its_own(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(digest="meeting_day")
        publish(desk, 101)
        at(desk, 18)
        desk.deliver()
        publish(desk, 102)
        at(desk, 9, day=1)
        publish(desk, 103, 104)
        at(desk, 18, day=1)
        desk.deliver()
        assert told(receiver) == [[101], [102], [103, 104]]

    def test_a_first_crawl_is_one_alert_of_a_digest(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(digest="daily")
        wanted = [desk.channels[0].subscription()]
        now = desk.clock.now()
        with desk.database.write() as session:
            baseline.hold(session, "kazinform", now=now)
            for value in (101, 102):
                article, report = a_total(value)
                made = replace(article, published=now)
                record(session, made, report, fetched_at=now, found_via="test", subscriptions=wanted, hold=True)
            assert baseline.finish(session, ["kazinform"], wanted, now=now) == 1
        at(desk, 18)
        desk.deliver()
        assert told(receiver) == [[102]]

    def test_what_waits_for_a_channel_that_is_disabled_is_said_and_comes_when_it_is_enabled(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(digest="daily")
        publish(desk, 101)
        at(desk, 19)
        publish(desk, 102)
        enabled = desk.channels
        desk.channels = [desk.channels[0].model_copy(update={"enabled": False})]
        assert desk.deliverer().stranded() == {"c0": 2}
        at(desk, 20, day=3)
        desk.deliver()
        desk.channels = enabled
        desk.deliver()
        assert told(receiver) == [[101, 102]]

    def test_settings_change_nothing_for_what_waits(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(digest="daily")
        publish(desk, 101, 102)
        desk.channels = [desk.channels[0].model_copy(update={"digest": "immediately"})]
        desk.deliver()
        assert receiver.requests == []
        at(desk, 18)
        desk.deliver()
        assert told(receiver) == [[101, 102]]


class TestGroup:
    def test_the_first_waits_for_the_others_of_its_day(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(group="30m")
        publish(desk, 101)
        at(desk, 15, 20)
        publish(desk, 102)
        at(desk, 15, 29)
        desk.deliver()
        assert receiver.requests == []
        at(desk, 15, 30)
        desk.deliver()
        at(desk, 15, 31)
        publish(desk, 103)
        at(desk, 16, 1)
        desk.deliver()
        assert told(receiver) == [[101, 102], [103]]


class TestQuietHours:
    def test_a_night_is_told_in_the_morning(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(quiet="22:00-07:00")
        at(desk, 22)
        publish(desk, 101, 102)
        at(desk, 6, 59, day=1)
        desk.deliver()
        assert receiver.requests == []
        at(desk, 7, day=1)
        desk.deliver()
        assert told(receiver) == [[101, 102]]

    def test_what_failed_in_the_evening_does_not_come_at_night(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(quiet="22:00-07:00")
        receiver.otherwise = lambda _: Answer(500)
        at(desk, 21, 59)
        publish(desk, 101, 102)
        desk.deliver()
        receiver.otherwise = lambda _: Answer()
        at(desk, 22, 30)
        desk.deliver()
        assert told(receiver) == [[101]]
        assert desk.states() == ["scheduled", "scheduled"]
        with desk.database.read() as session:
            assert outbox.waiting(session, "c0") == ()
        at(desk, 7, day=1)
        desk.deliver()
        assert told(receiver)[1:] == [[101], [102]]
        assert receiver.keys[0] == receiver.keys[1]

    def test_what_is_urgent_comes_at_night(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(quiet="22:00-07:00", digest="daily", urgent=["conflict"])
        at(desk, 23)
        publish(desk, 110)
        publish(desk, 105, source="astana_times")
        desk.deliver()
        assert [r.json["kind"] for r in receiver.requests] == ["conflict"]

    def test_a_number_that_is_confirmed_at_night_waits_for_the_morning(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(quiet="22:00-07:00", confirm=2, confirm_within="3h")
        at(desk, 20)
        publish(desk, 101)
        at(desk, 23, 30)
        desk.deliver()
        assert desk.states() == ["scheduled"]
        at(desk, 7, day=1)
        desk.deliver()
        assert told(receiver) == [[101]]

    def test_a_clock_that_is_put_back_lets_nothing_wait_longer(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(digest="daily")
        deliverer = desk.deliverer()
        desk.clock.move(days=300)
        publish(desk, 101)
        desk.clock.move(days=-300)
        assert deliverer.clock_put_back(timedelta(days=300)) == 1
        at(desk, 18)
        assert deliverer.deliver_due().sent == 1

    def test_nor_if_it_was_put_back_while_nobody_looked(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(digest="daily")
        desk.clock.move(days=300)
        publish(desk, 101)
        desk.clock.move(days=-300)
        assert desk.deliver().sent == 1

    def test_waiting_is_no_trouble(self, open_desk: OpenDesk) -> None:
        desk = open_desk(digest="daily")
        publish(desk, 101)
        at(desk, 18)
        with desk.database.write() as session:
            outbox.let_go(session, "c0", desk.channels[0].subscription().timing, now=desk.clock.now())
        (channel,) = overview(desk.database, [], desk.channels, desk.clock.now()).channels
        assert (channel.well, channel.pending, channel.oldest_waiting) == (True, 1, desk.clock.now())


def notice(desk: Desk, kind: NoticeKind) -> None:
    with desk.database.write() as session:
        notices.tell(
            session,
            "kazinform",
            kind,
            since=None,
            details=NoticeDetails(seen="HTTP 500"),
            subscriptions=[channel.subscription() for channel in desk.channels],
            now=desk.clock.now(),
        )


class TestOperators:
    def test_notices_keep_quiet_hours_and_urgent_ones_do_not(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(audience="operators", quiet="22:00-07:00", urgent=["failing"])
        at(desk, 23)
        notice(desk, NoticeKind.SILENT)
        notice(desk, NoticeKind.FAILING)
        notice(desk, NoticeKind.RECOVERED)
        desk.deliver()
        assert [r.json["kind"] for r in receiver.requests] == ["failing"]
        at(desk, 7, day=1)
        desk.deliver()
        assert [one["kind"] for one in receiver.requests[1].json["alerts"]] == ["silent", "recovered"]

    @pytest.mark.parametrize(
        ("settings", "error"),
        [
            ({"quiet": "22-7"}, "'22' is no time of day"),
            ({"quiet": "22:00"}, "write when they begin and end"),
            ({"quiet": "22:00-22:00"}, "begins when it ends"),
            ({"digest_at": "25:00"}, "is no time of day"),
            ({"digest": "daily", "digest_at": "23:00", "quiet": "22:00-07:00"}, "lies in the quiet hours"),
            ({"digest": "daily", "group": "1h"}, "group is for"),
            ({"urgent": ["conflicts"]}, "did you mean conflict"),
            ({"urgent": ["failing"]}, "readers are never told of failing"),
            ({"audience": "operators", "urgent": ["conflict"]}, "operators are never told of conflict"),
            ({"audience": "operators", "digest": "meeting_day"}, "meeting_day"),
            ({"audience": "operators", "min_increase": 5}, "min_increase"),
            ({"time_zone": "Asia/Almatty"}, "is no time zone"),
        ],
    )
    def test_settings_that_cannot_be_are_refused(self, settings: dict[str, Any], error: str) -> None:
        with pytest.raises(ValidationError, match=error):
            Channel(name="c0", url=SecretStr("json://127.0.0.1"), **settings)


class TestSmallSteps:
    def test_they_add_up_until_they_are_told(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(min_increase=10)
        made = [publish(desk, value) for value in (101, 105, 110, 111, 115, 120)]
        assert made == [1, 0, 0, 1, 0, 0]
        desk.deliver()
        assert told(receiver) == [[101], [111]]

    def test_a_contradiction_is_told_however_small(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(min_increase=10)
        publish(desk, 110)
        assert publish(desk, 109, source="astana_times") == 1

    def test_a_message_that_goes_out_anyway_tells_the_latest_number(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(min_increase=10, digest="daily")
        assert [publish(desk, value) for value in (101, 104)] == [1, 1]
        at(desk, 18)
        desk.deliver()
        assert publish(desk, 109) == 0
        assert told(receiver) == [[101, 104]]


class TestMutes:
    def mute(self, desk: Desk, **what: str) -> int:
        with desk.database.write() as session:
            now = desk.clock.now()
            return mutes.mute(session, until=now + timedelta(hours=2), by="Aigul", now=now, **what).id

    def test_what_is_muted_is_kept_and_the_end_counted(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk()
        publish(desk, 101)
        self.mute(desk, source="astana_times")
        self.mute(desk, election="2023-03-19-parliamentary", channel="c0")
        publish(desk, 102, 103)
        desk.deliver()
        assert (told(receiver), desk.states()) == ([[101]], ["sent", "muted", "muted"])
        desk.clock.move(hours=2)
        publish(desk, 104)
        with capture_logs() as lines:
            desk.deliver()
        assert told(receiver) == [[101], [104]]
        ended = [(line["mute"], line["alerts"]) for line in lines if line["event"] == "mute_ended"]
        assert ended == [(1, 0), (2, 2)]
        assert desk.deliverer().stranded() == {}

    def test_what_was_muted_can_be_told_and_then_in_one_message(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk()
        muted = self.mute(desk)
        publish(desk, 101, 102)
        with desk.database.write() as session:
            ended, count = mutes.unmute(session, muted, now=desk.clock.now(), timings={})
        assert (count, ended.kept, ended.ended_at) == (2, 0, desk.clock.now())
        desk.deliver()
        publish(desk, 103)
        desk.deliver()
        assert told(receiver) == [[101, 102], [103]]

    def test_of_overlapping_ones_the_longest_counts(self, open_desk: OpenDesk) -> None:
        desk = open_desk()
        short = self.mute(desk)
        desk.clock.move(hours=1)
        long = self.mute(desk)
        publish(desk, 101)
        assert [a.mute for a in desk.alerts()] == [long]
        with desk.database.read() as session:
            assert [one.id for one in mutes.mutes(session, now=desk.clock.now())] == [short, long]

    def test_notices_of_a_source(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(audience="operators")
        self.mute(desk, source="kazinform")
        notice(desk, NoticeKind.FAILING)
        desk.deliver()
        assert (receiver.requests, desk.states()) == ([], ["muted"])


class TestAcknowledging:
    def test_every_alert_of_the_change_is_marked_and_delivered_all_the_same(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk()
        desk.channels = [*desk.channels, desk.channels[0].model_copy(update={"name": "c1"})]
        publish(desk, 101, 102)
        receiver.otherwise = lambda _: Answer(500)
        desk.deliver()
        with desk.database.write() as session:
            first = acknowledge(session, [desk.alerts()[0].id], by="Aigul", now=desk.clock.now())
            again = acknowledge(session, [desk.alerts("c1")[0].id], by="Dana", now=desk.clock.now())
        assert (len(first.alerts), first.before, again.alerts, len(again.before)) == (2, (), (), 2)
        receiver.otherwise = lambda _: Answer()
        desk.clock.move(hours=1)
        assert desk.deliver().sent == 4
        by = {(values(r)[0], r.json["acknowledged_by"]) for r in receiver.requests[2:]}
        assert by == {(101, "Aigul"), (102, None)}


KILLED = """
import sys
from datetime import datetime
from pydantic import SecretStr
from alerts.delivery import Deliverer
from alerts.settings import AlertSettings, Channel
from foundation import failpoints
from storage import Database

class Clock:
    def now(self):
        return datetime.fromisoformat(sys.argv[3])

failpoints.arm("after_acceptance")
channel = Channel(name="c0", url=SecretStr(sys.argv[2]), digest="hourly")
database, names = Database.open(sys.argv[1]), {"kazinform": "Kazinform"}
Deliverer(database=database, settings=AlertSettings(), clock=Clock(), channels=[channel], names=names).deliver_due()
"""


def test_a_message_that_was_sent_when_the_process_was_killed_comes_again_as_it_was(
    open_desk: OpenDesk, receiver: WebhookReceiver, sqlite_url: str
) -> None:
    desk = open_desk(digest="hourly")
    publish(desk, 101, 102)
    at(desk, 16)
    arguments = [sys.executable, "-c", KILLED, sqlite_url, receiver.url, desk.clock.now().isoformat()]
    assert subprocess.run(arguments, check=False).returncode == -signal.SIGKILL
    publish(desk, 103)
    deliverer = desk.deliverer()
    assert deliverer.take_over() == 1
    at(desk, 17)
    assert deliverer.deliver_due().sent == 2
    assert told(receiver) == [[101, 102], [101, 102], [103]]
    assert receiver.requests[0].body == receiver.requests[1].body
    assert receiver.keys[0] == receiver.keys[1]


def test_either_database(open_desk: OpenDesk, receiver: WebhookReceiver, postgresql_url: str) -> None:
    """What is told in one message, repeated, muted and told later, on PostgreSQL too."""
    desk = open_desk(postgresql_url, digest="hourly", min_increase=2, quiet="22:00-07:00")
    publish(desk, 101, 102, 104)
    at(desk, 16)
    receiver.script.append(Answer(500))
    desk.deliver()
    with desk.database.write() as session:
        now = desk.clock.now()
        muted = mutes.mute(session, until=now + timedelta(hours=1), by="Aigul", now=now, channel="c0")
    publish(desk, 110)
    at(desk, 23)
    desk.deliver()
    with desk.database.write() as session:
        timings = {"c0": desk.channels[0].subscription().timing}
        assert mutes.unmute(session, muted.id, now=desk.clock.now(), timings=timings)[1] == 1
    at(desk, 7, day=1)
    desk.deliver()
    assert told(receiver) == [[101, 102, 104], [101, 102, 104], [110]]
    assert receiver.keys[0] == receiver.keys[1]
    with desk.database.write() as session:
        assert acknowledge(session, [desk.alerts()[0].id], by="Aigul", now=desk.clock.now()).alerts == (1, 2, 3)
    assert desk.database.check() == ()
