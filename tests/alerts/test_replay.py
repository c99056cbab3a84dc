"""What `replay` says would have happened is what happens."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from alerts.settings import Channel
from storage import mutes, outbox
from storage.replay import Fate, Replayed, replay
from tests.alerts.desk import START, Desk
from tests.alerts.receivers import Answer, Received, WebhookReceiver
from tests.alerts.test_digests import publish, values

KEY = "2023-03-19-parliamentary"
HISTORY = (
    (0, 101, "kazinform"), (5, 110, "kazinform"), (4 * 60, 112, "kazinform"), (9 * 60, 130, "kazinform"),
    (9 * 60 + 30, 120, "astana_times"), (24 * 60, 140, "kazinform"), (25 * 60, 140, "astana_times"),
    (26 * 60, 143, "kazinform"), (49 * 60, 160, "astana_times"),
)  # fmt: skip
"""Minutes after 15:00 in Almaty, totals, and who states them."""
Message = tuple[datetime, list[int]]


def happen(desk: Desk, receiver: WebhookReceiver) -> list[Message]:
    """Live through the history; when each message came, and what it told."""
    came: list[Message] = []

    def take(request: Received) -> Answer:
        came.append((desk.clock.now(), values(request)))
        return Answer()

    receiver.otherwise = take
    for minutes, value, source in HISTORY:
        deliver_until(desk, START + timedelta(minutes=minutes))
        publish(desk, value, source=source)
        desk.deliver()
    deliver_until(desk, START + timedelta(days=9))
    return came


def deliver_until(desk: Desk, end: datetime) -> None:
    while True:
        with desk.database.read() as session:
            due = outbox.next_due(session, ["c0"])
        if due is None or due > end:
            desk.clock.instant = end
            return
        desk.clock.instant = max(due, desk.clock.now())
        desk.deliver()


def messages(rows: tuple[Replayed, ...]) -> list[Message]:
    told: dict[int, Message] = {}
    for row in sorted(rows, key=lambda row: row.change.id):
        figure = row.change.change.figure
        if row.message is not None and row.told_at is not None and figure is not None:
            told.setdefault(row.message, (row.told_at, []))[1].append(figure.value)
    return [told[number] for number in sorted(told)]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"digest": "hourly"},
        {"digest": "daily", "min_increase": 10},
        {"digest": "meeting_day", "urgent": ["conflict"]},
        {"group": "10m", "quiet": "22:00-07:00"},
        {"confirm": 2, "confirm_within": "2h", "quiet": "23:00-06:00"},
        {"min_increase": 15, "group": "3h"},
    ],
    ids=lambda settings: " ".join(settings) or "at once",
)
def test_it_tells_what_happens(settings: dict[str, Any], tmp_path: Path, receiver: WebhookReceiver) -> None:
    desk = Desk.open(tmp_path)
    channel = Channel(name="c0", url=SecretStr(receiver.url), **settings)
    desk.channels = [channel]
    came = happen(desk, receiver)
    with desk.database.read() as session:
        rows = replay(session, KEY, channel.subscription())
    desk.close()
    assert messages(rows) == came
    assert {row.fate for row in rows} <= {Fate.TOLD, Fate.TOO_SMALL, Fate.UNWANTED}
    late = [row for row in rows if row.told_at and row.told_at > row.known_at]
    assert all(row.why for row in late), "what waits says why"


def test_it_says_what_would_have_been_kept_and_why(tmp_path: Path, receiver: WebhookReceiver) -> None:
    desk = Desk.open(tmp_path, receiver.url)
    publish(desk, 101)
    with desk.database.write() as session:
        now = desk.clock.now()
        mutes.mute(session, until=now + timedelta(hours=1), by="Aigul", now=now, source="astana_times")
    publish(desk, 102)
    publish(desk, 120, source="astana_times")
    strict = Channel(name="other", url=SecretStr(receiver.url), min_increase=10, kinds=("new_total",))
    with desk.database.read() as session:
        rows = replay(session, KEY, strict.subscription())
        assert [(row.fate, row.why) for row in rows] == [
            (Fate.TOLD, []),
            (Fate.TOO_SMALL, ["1 since it was last told, of at least 10"]),
            (Fate.UNWANTED, ["conflict, accredited"]),
        ]
        loose = replay(session, KEY, desk.channels[0].subscription())
        assert [row.fate for row in loose] == [Fate.TOLD, Fate.TOLD, Fate.MUTED]
    desk.close()
