from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from alerts.delivery import DeliverySummary, deliver_due, send_test
from alerts.settings import AlertSettings, Channel
from foundation.errors import DatabaseBusy, DeliveryError
from storage import models, outbox
from storage.database import Database
from tests.alerts.desk import SETTINGS, Desk
from tests.alerts.receivers import CUT, HANG, RESET, Answer, MailServer, Received, WebhookReceiver, unused_port
from tests.support.changes import change_of

OpenDesk = Callable[..., Desk]


@pytest.fixture
def open_desk(database_url: str) -> Iterator[OpenDesk]:
    desks: list[Desk] = []

    def open_it(
        *urls: str, settings: AlertSettings = SETTINGS, busy_timeout: timedelta = timedelta(seconds=15)
    ) -> Desk:
        desks.append(Desk.open(database_url, *urls, settings=settings, busy_timeout=busy_timeout))
        return desks[-1]

    yield open_it
    for desk in desks:
        desk.close()


def total(request: Received) -> int:
    value = request.json["figure"]["value"]
    assert isinstance(value, int)
    return value


def totals(receiver: WebhookReceiver) -> list[int]:
    return [total(r) for r in receiver.requests]


class TestArrival:
    def test_in_order_each_once(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(receiver.url)
        desk.publish(3)
        summary = desk.deliver()
        assert (summary.sent, summary.postponed, summary.given_up) == (3, 0, 0)
        assert totals(receiver) == [101, 102, 103]
        assert desk.states() == ["sent"] * 3
        assert desk.deliver().sent == 0
        assert len(receiver.requests) == 3
        assert desk.deliverer().stranded() == {}

    def test_a_round_that_finds_nothing_waits_for_no_writer(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(receiver.url)
        with desk.database.write():
            assert desk.deliver() == DeliverySummary()

    def test_the_webhook_gets_all_fields(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(receiver.url)
        desk.publish(2)
        desk.deliver()
        content = receiver.requests[1].json
        alert = desk.alerts()[1]
        assert content["key"] == alert.key
        assert content["title"] == "KZ 2023-03-19: 102 observers accredited (+1)"
        assert content["kind"] == "new_total"
        assert content["increase"] == 1
        assert content["previous"]["value"] == 101
        assert content["election"] == {"key": "2023-03-19-parliamentary", "type": "parliamentary", "date": "2023-03-19"}
        assert content["figure"]["sentence"] == "In all, 102 observers have been accredited."
        assert content["article"]["url"] == "https://www.inform.kz/en/observers_a102"
        assert content["article"]["published"] == "2023-02-03T09:00:00Z"
        assert content["report"] == change_of(alert).report

    def test_by_mail(self, open_desk: OpenDesk, mail: MailServer) -> None:
        desk = open_desk(mail.url)
        desk.publish(2)
        assert desk.deliver().sent == 2
        message = message_from_bytes(mail.messages[1].content or b"", policy=default)  # type: ignore[arg-type]  # bytes
        assert message["Subject"] == "KZ 2023-03-19: 102 observers accredited (+1)"
        body = message.get_body(("plain",))
        assert body is not None
        text = body.get_content()
        assert "“In all, 102 observers have been accredited.”" in text
        assert "Kazinform, published 3 February 2023, 15:00 (Asia/Almaty)" in text
        assert "https://www.inform.kz/en/observers_a102" in text

    def test_the_short_form(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(receiver.url)
        desk.publish()
        assert deliver_due(desk.database, desk.channels, SETTINGS, desk.clock).sent == 1

    def test_nothing_to_do(self, open_desk: OpenDesk) -> None:
        assert open_desk().deliver().sent == 0

    def test_a_disabled_channel_keeps_its_alerts(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(receiver.url)
        desk.publish()
        desk.channels = [c.model_copy(update={"enabled": False}) for c in desk.channels]
        assert desk.deliver().sent == 0
        assert desk.states() == ["pending"]
        assert desk.deliverer().stranded() == {"c0": 1}


class TestTrouble:
    @pytest.mark.parametrize("trouble", [RESET, Answer(500), Answer(503), Answer(404), Answer(429)])
    def test_the_channel_waits_in_order_and_recovers(
        self, open_desk: OpenDesk, receiver: WebhookReceiver, trouble: Answer | str
    ) -> None:
        desk = open_desk(receiver.url)
        receiver.script.append(trouble)
        desk.publish(3)
        summary = desk.deliver()
        assert (summary.sent, summary.postponed) == (0, 1)
        assert len(receiver.requests) == 1
        assert desk.deliver().sent == 0
        assert len(receiver.requests) == 1
        desk.clock.move(seconds=21)
        assert desk.deliver().sent == 3
        assert totals(receiver) == [101, 101, 102, 103]
        assert receiver.keys[0] == receiver.keys[1]

    def test_cut_after_200_is_arrival(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(receiver.url)
        receiver.script.append(CUT)
        desk.publish()
        assert desk.deliver().sent == 1
        assert desk.deliver().sent == 0

    def test_retry_after_keeps_the_whole_channel_quiet(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(receiver.url)
        deliverer = desk.deliverer()
        receiver.script.append(Answer(429, {"Retry-After": "3600"}))
        desk.publish(2)
        deliverer.deliver_due()
        desk.clock.move(seconds=3599)
        assert deliverer.deliver_due().sent == 0
        assert desk.deliver().sent == 0, "also after a restart"
        assert len(receiver.requests) == 1
        desk.clock.move(seconds=1)
        assert deliverer.deliver_due().sent == 2

    def test_a_clock_put_back_does_not_keep_alerts_waiting(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(receiver.url)
        receiver.script.append(Answer(503, {"Retry-After": "3600"}))
        desk.publish(2)
        deliverer = desk.deliverer()
        deliverer.deliver_due()
        desk.clock.move(days=-300)
        assert deliverer.deliver_due().sent == 2

    def test_refused_connections_use_up_attempts_and_revive(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        with unused_port() as port:
            desk = open_desk(f"webhook+http://127.0.0.1:{port}/")
            desk.publish()
            for _ in range(SETTINGS.attempts):
                desk.deliver()
                desk.clock.move(hours=2)
        (alert,) = desk.alerts()
        assert alert.state.value == "failed"
        assert alert.attempts == SETTINGS.attempts
        assert alert.last_error == "channel c0: the connection was refused"
        desk.channels = [Channel(name="c0", url=SecretStr(receiver.url))]
        assert desk.deliver().sent == 0
        with desk.database.write() as session:
            assert outbox.revive(session, now=desk.clock.now()) == 1
        assert desk.deliver().sent == 1
        assert receiver.keys == [alert.key]

    def test_back_off_doubles_up_to_its_limit(self, open_desk: OpenDesk) -> None:
        with unused_port() as port:
            desk = open_desk(f"webhook+http://127.0.0.1:{port}/", settings=SETTINGS.model_copy(update={"attempts": 40}))
            desk.publish()
            waits = []
            for _ in range(14):
                desk.deliver()
                next_attempt = desk.alerts()[0].next_attempt_at
                assert next_attempt is not None
                waits.append((next_attempt - desk.clock.now()).total_seconds())
                desk.clock.instant = next_attempt
        for n, seconds in enumerate(waits):
            expected = min(16 * 2**n, 3600)
            assert 0.75 * expected <= seconds <= 1.25 * expected
        assert len(set(waits)) == len(waits), "jitter"

    def test_an_outage_keeps_the_order(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(receiver.url, settings=SETTINGS.model_copy(update={"attempts": 100}))
        receiver.otherwise = lambda _: Answer(502)
        deliverer = desk.deliverer()
        for _ in range(6):
            desk.publish()
            for _ in range(6):
                deliverer.deliver_due()
                desk.clock.move(minutes=20)
        receiver.requests.clear()
        receiver.otherwise = lambda _: Answer()
        desk.clock.move(hours=2)
        assert deliverer.deliver_due().sent == 6
        assert totals(receiver) == [101, 102, 103, 104, 105, 106]

    def test_a_hanging_channel_holds_up_no_other(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        settings = SETTINGS.model_copy(update={"send_timeout": SETTINGS.send_timeout / 50})
        desk = open_desk(f"{receiver.url}?hang", receiver.url, settings=settings)
        receiver.otherwise = lambda request: HANG if "hang" in request.path else Answer()
        desk.publish(3)
        summary = desk.deliver()
        assert (summary.sent, summary.postponed) == (3, 1)
        assert summary.errors == ("channel c0: no answer came in time",)
        assert desk.states("c0") == ["pending"] * 3
        assert desk.states("c1") == ["sent"] * 3

    @pytest.mark.parametrize("reply", ["451 4.3.0 Try later", "421 4.3.2 Closing"])
    def test_mail_later(self, open_desk: OpenDesk, mail: MailServer, reply: str) -> None:
        desk = open_desk(mail.url)
        mail.data.append(reply)
        desk.publish(2)
        assert desk.deliver().postponed == 1
        assert desk.alerts()[0].last_error == f"channel c0: the mail server answered {reply}"
        desk.clock.move(minutes=1)
        assert desk.deliver().sent == 2


class TestPoison:
    def test_a_message_refused_for_good_is_a_dead_letter_at_once(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(receiver.url)
        receiver.otherwise = lambda request: Answer(422 if total(request) == 102 else 200)
        desk.publish(3)
        summary = desk.deliver()
        assert (summary.sent, summary.postponed, summary.given_up) == (2, 0, 1)
        assert desk.states() == ["sent", "failed", "sent"]
        assert desk.alerts()[1].last_error == "channel c0: the service answered HTTP 422"
        desk.clock.move(days=1)
        desk.deliver()
        assert totals(receiver) == [101, 102, 103]

    @pytest.mark.parametrize(
        ("damage", "error"),
        [
            ({"figure": None}, "the template of new_total fails"),
            ({"day": "no day"}, "its record in the database is damaged"),
        ],
    )
    def test_one_that_cannot_be_written_is_given_up(
        self, open_desk: OpenDesk, receiver: WebhookReceiver, damage: dict[str, object], error: str
    ) -> None:
        desk = open_desk(receiver.url)
        desk.publish(3)
        with desk.database.write() as session:
            row = session.get_one(models.Change, 2)
            row.details = {**row.details, **damage}
        desk.deliver()
        desk.deliver()
        assert totals(receiver) == [101, 103]
        with desk.database.read() as session:
            states = session.execute(text("SELECT state, last_error FROM alert ORDER BY id")).all()
        assert [row[0].lower() for row in states] == ["sent", "failed", "sent"]
        assert states[1][1].startswith(error)

    def test_mail_refused_for_good(self, open_desk: OpenDesk, mail: MailServer) -> None:
        desk = open_desk(mail.url)
        mail.data.append("554 5.6.0 Refused")
        desk.publish(2)
        desk.deliver()
        assert desk.states() == ["failed", "sent"]

    def test_one_that_always_fails_is_set_aside(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(receiver.url)
        receiver.otherwise = lambda request: Answer(500 if total(request) == 102 else 200)
        desk.publish(4)
        desk.deliver()
        assert totals(receiver) == [101, 102]
        desk.clock.move(seconds=21)
        assert desk.deliver().sent == 2
        assert totals(receiver) == [101, 102, 102, 103, 104]
        desk.publish(2)
        desk.deliver()
        assert totals(receiver)[-3:] == [105, 106, 102], "the set-aside one does not come before fresh ones"
        for _ in range(10):
            desk.clock.move(hours=1)
            desk.deliver()
        assert desk.states() == ["sent", "failed", "sent", "sent", "sent", "sent"]
        assert totals(receiver).count(102) == SETTINGS.attempts

    def test_two_in_a_row(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(receiver.url, settings=SETTINGS.model_copy(update={"attempts": 30}))
        receiver.otherwise = lambda request: Answer(500 if total(request) in {101, 102} else 200)
        desk.publish(4)
        for _ in range(4):
            desk.deliver()
            desk.clock.move(minutes=5)
        assert desk.states() == ["pending", "pending", "sent", "sent"]
        receiver.otherwise = lambda _: Answer()
        desk.clock.move(hours=2)
        desk.deliver()
        assert desk.states() == ["sent"] * 4

    def test_the_other_channel_does_not_notice(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(f"{receiver.url}?a", f"{receiver.url}?b")
        receiver.otherwise = lambda request: Answer(500 if request.path.endswith("a") else 200)
        desk.publish(3)
        desk.deliver()
        assert desk.states("c1") == ["sent"] * 3
        assert len({r.key for r in receiver.requests}) == 4, "channels have keys of their own"


class TestEitherDatabase:
    @pytest.fixture
    def desk(self, database_url: str, receiver: WebhookReceiver) -> Iterator[Desk]:
        desk = Desk.open(database_url, receiver.url)
        yield desk
        desk.close()

    def test_order_recovery_and_poison(self, desk: Desk, receiver: WebhookReceiver) -> None:
        receiver.script.extend([Answer(200), Answer(500)])
        receiver.otherwise = lambda request: Answer(500 if total(request) == 103 else 200)
        desk.publish(4)
        for _ in range(4):
            desk.deliver()
            desk.clock.move(minutes=1)
        assert totals(receiver) == [101, 102, 102, 103, 103, 104, 103]
        assert desk.states() == ["sent", "sent", "pending", "sent"]

    def test_two_at_work_send_each_alert_once(self, desk: Desk, receiver: WebhookReceiver) -> None:
        desk.publish(6)
        both = [desk.deliverer(), desk.deliverer()]
        with ThreadPoolExecutor(2) as pool:
            summaries = list(pool.map(lambda d: d.deliver_due(), both))
        assert sum(s.sent for s in summaries) == 6
        assert totals(receiver) == [101, 102, 103, 104, 105, 106]


class TestDying:
    def test_what_a_dead_process_was_sending_waits_for_its_lease_or_a_take_over(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(receiver.url)
        desk.publish(2)
        with desk.database.write() as session:
            outbox.claim_one(session, desk.alerts()[0].id, now=desk.clock.now())
        assert desk.deliver().sent == 0, "nor does the next one overtake it"
        deliverer = desk.deliverer()
        assert deliverer.take_over() == 1
        assert deliverer.deliver_due().sent == 2
        assert totals(receiver) == [101, 102]

    def test_without_a_take_over_the_lease_runs_out(self, open_desk: OpenDesk, receiver: WebhookReceiver) -> None:
        desk = open_desk(receiver.url)
        desk.publish()
        with desk.database.write() as session:
            outbox.claim_one(session, desk.alerts()[0].id, now=desk.clock.now())
        desk.clock.move(minutes=5)
        assert desk.deliver().sent == 1

    def test_an_alert_that_ends_the_process_each_time_is_given_up(
        self, open_desk: OpenDesk, receiver: WebhookReceiver
    ) -> None:
        desk = open_desk(receiver.url)
        desk.publish(2)
        for _ in range(SETTINGS.attempts):
            with desk.database.write() as session:
                outbox.claim_one(session, desk.alerts()[0].id, now=desk.clock.now())
            desk.clock.move(minutes=5)
        summary = desk.deliver()
        assert (summary.sent, summary.given_up) == (1, 1)
        assert desk.alerts()[0].last_error == "the program ended each time while it was sending this alert"

    def test_arrived_but_not_marked_for_a_busy_database_is_not_sent_again(
        self, open_desk: OpenDesk, receiver: WebhookReceiver, database_url: str
    ) -> None:
        desk = open_desk(receiver.url, busy_timeout=timedelta(seconds=1))
        desk.publish()
        deliverer = desk.deliverer()
        other = Database.open(database_url)
        locked, done = threading.Event(), threading.Event()

        def hold() -> None:
            with other.write():
                locked.set()
                done.wait()

        holder = threading.Thread(target=hold)

        def lock(_: Received) -> Answer:
            holder.start()
            locked.wait()
            return Answer()

        receiver.otherwise = lock
        with pytest.raises(DatabaseBusy):
            deliverer.deliver_due()
        done.set()
        holder.join()
        other.close()
        desk.clock.move(hours=1)
        assert deliverer.deliver_due().sent == 0
        assert desk.states() == ["sent"]
        assert len(receiver.requests) == 1


class TestTestMessage:
    def test_arrives(self, receiver: WebhookReceiver, open_desk: OpenDesk) -> None:
        desk = open_desk(receiver.url)
        send_test(desk.channels[0], SETTINGS, desk.clock)
        assert receiver.requests[0].json["title"] == "accredwatch: test of channel c0"
        assert receiver.requests[0].json["kind"] == "test"

    def test_failure_is_told(self, receiver: WebhookReceiver, open_desk: OpenDesk) -> None:
        receiver.script.append(Answer(403))
        desk = open_desk(receiver.url)
        with pytest.raises(DeliveryError, match="channel c0: the service answered HTTP 403"):
            send_test(desk.channels[0], SETTINGS, desk.clock)
