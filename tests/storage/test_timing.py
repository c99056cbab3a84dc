"""When a channel may be told, over changes of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.timing import LONGEST_WAIT, due_at, instant, quiet_until
from storage.vocabulary import ChangeKind, Digest, NoticeKind, Timing

VIENNA, ALMATY = "Europe/Vienna", "Asia/Almaty"
NIGHT = (time(22), time(7))
NEW, CONFLICT = ChangeKind.NEW_TOTAL, ChangeKind.CONFLICT


def at(zone: str, text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def shown(due: datetime | None, zone: str) -> str | None:
    """The instant as the zone's clocks show it, with its offset."""
    return None if due is None else due.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("digest", "now", "due"),
    [
        (Digest.HOURLY, "2023-03-13T14:05:10", "2023-03-13T15:00+06:00"),
        (Digest.HOURLY, "2023-03-13T15:00:00", "2023-03-13T16:00+06:00"),
        (Digest.DAILY, "2023-03-13T17:59:59", "2023-03-13T18:00+06:00"),
        (Digest.DAILY, "2023-03-13T18:00:00", "2023-03-14T18:00+06:00"),
        (Digest.MEETING_DAY, "2023-03-13T10:00:00", "2023-03-13T18:00+06:00"),
        (Digest.MEETING_DAY, "2023-03-14T10:00:00", "2023-03-14T18:00+06:00"),
        (Digest.MEETING_DAY, "2023-03-12T20:00:00", "2023-03-13T18:00+06:00"),
        (Digest.MEETING_DAY, "2023-03-12T10:00:00", "2023-03-13T18:00+06:00"),
    ],
)
def test_a_digest_goes_out_at_its_next_time(digest: Digest, now: str, due: str) -> None:
    timing = Timing(digest=digest)
    assert shown(due_at(timing, NEW, date(2023, 3, 13), at(ALMATY, now)), ALMATY) == due


def test_a_meeting_day_far_ahead_is_no_reason_to_wait() -> None:
    timing = Timing(digest=Digest.MEETING_DAY)
    due = due_at(timing, NEW, date(2032, 3, 13), at(ALMATY, "2023-03-13T10:00"))
    assert shown(due, ALMATY) == "2023-03-13T18:00+06:00"


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2023-03-13T21:59", None),
        ("2023-03-13T22:00", "2023-03-14T07:00+06:00"),
        ("2023-03-14T00:00", "2023-03-14T07:00+06:00"),
        ("2023-03-14T06:59", "2023-03-14T07:00+06:00"),
        ("2023-03-14T07:00", None),
    ],
)
def test_nothing_is_told_in_quiet_hours(now: str, due: str | None) -> None:
    assert shown(due_at(Timing(quiet=NIGHT), NEW, None, at(ALMATY, now)), ALMATY) == due


def test_quiet_hours_within_a_day() -> None:
    timing = Timing(quiet=(time(12), time(14)))
    assert shown(quiet_until(timing, at(ALMATY, "2023-03-13T13:59")), ALMATY) == "2023-03-13T14:00+06:00"
    assert quiet_until(timing, at(ALMATY, "2023-03-13T14:00")) is None
    assert quiet_until(timing, at(ALMATY, "2023-03-13T11:59")) is None


def test_what_is_urgent_waits_for_nothing() -> None:
    urgent: frozenset[ChangeKind | NoticeKind] = frozenset({CONFLICT, NoticeKind.FAILING})
    timing = Timing(digest=Digest.DAILY, group=timedelta(hours=1), quiet=NIGHT, urgent=urgent)
    night = at(ALMATY, "2023-03-13T23:00")
    assert due_at(timing, CONFLICT, date(2023, 3, 13), night) is None
    assert due_at(timing, NoticeKind.FAILING, None, night) is None
    assert due_at(timing, NoticeKind.RECOVERED, None, night) is not None


def test_a_group_that_ends_in_quiet_hours_waits_for_their_end() -> None:
    timing = Timing(group=timedelta(hours=1), quiet=NIGHT)
    assert shown(due_at(timing, NEW, None, at(ALMATY, "2023-03-13T21:30")), ALMATY) == "2023-03-14T07:00+06:00"
    assert shown(due_at(timing, NEW, None, at(ALMATY, "2023-03-13T20:30")), ALMATY) == "2023-03-13T21:30+06:00"


class TestClockChanges:
    def test_a_time_that_a_night_leaves_out_is_the_instant_of_the_jump(self) -> None:
        spring = instant(date(2026, 3, 29), time(2, 30), ZoneInfo(VIENNA))
        assert shown(spring, VIENNA) == "2026-03-29T03:00+02:00"

    def test_a_time_that_comes_twice_is_the_first_one(self) -> None:
        autumn = instant(date(2026, 10, 25), time(2, 30), ZoneInfo(VIENNA))
        assert shown(autumn, VIENNA) == "2026-10-25T02:30+02:00"
        move = instant(date(2024, 2, 29), time(23, 30), ZoneInfo(ALMATY))
        assert shown(move, ALMATY) == "2024-02-29T23:30+06:00"

    def test_a_digest_at_a_time_that_comes_twice_goes_out_once(self) -> None:
        timing = Timing(digest=Digest.DAILY, at=time(2, 30), zone=VIENNA)
        first = due_at(timing, NEW, None, at(VIENNA, "2026-10-25T01:00"))
        assert shown(first, VIENNA) == "2026-10-25T02:30+02:00"
        between = due_at(timing, NEW, None, at(VIENNA, "2026-10-25T02:10", fold=1))
        assert shown(between, VIENNA) == "2026-10-26T02:30+01:00"

    def test_a_digest_keeps_its_time_of_day(self) -> None:
        timing = Timing(digest=Digest.DAILY, at=time(8), zone=VIENNA)
        assert shown(due_at(timing, NEW, None, at(VIENNA, "2026-03-28T09:00")), VIENNA) == "2026-03-29T08:00+02:00"
        assert shown(due_at(timing, NEW, None, at(VIENNA, "2026-10-24T09:00")), VIENNA) == "2026-10-25T08:00+01:00"
        moved = Timing(digest=Digest.DAILY, at=time(8), zone=ALMATY)
        assert shown(due_at(moved, NEW, None, at(ALMATY, "2024-02-29T09:00")), ALMATY) == "2024-03-01T08:00+05:00"

    def test_hours_pass_while_the_clock_is_put_back(self) -> None:
        timing = Timing(digest=Digest.HOURLY, zone=ALMATY)
        first = due_at(timing, NEW, None, at(ALMATY, "2024-02-29T23:40"))
        assert shown(first, ALMATY) == "2024-02-29T23:00+05:00"
        assert first is not None
        assert shown(due_at(timing, NEW, None, first), ALMATY) == "2024-03-01T00:00+05:00"

    def test_quiet_hours_that_begin_in_an_hour_that_comes_twice_hold_both(self) -> None:
        timing = Timing(quiet=(time(23, 30), time(7)), zone=ALMATY)
        for fold, text in ((0, "2024-02-29T23:45"), (1, "2024-02-29T23:15"), (1, "2024-02-29T23:45")):
            assert shown(quiet_until(timing, at(ALMATY, text, fold)), ALMATY) == "2024-03-01T07:00+05:00"
        assert quiet_until(timing, at(ALMATY, "2024-02-29T23:15")) is None

    def test_quiet_hours_that_end_in_an_hour_left_out_end_with_the_jump(self) -> None:
        timing = Timing(quiet=(time(22), time(2, 30)), zone=VIENNA)
        assert shown(quiet_until(timing, at(VIENNA, "2026-03-29T01:59")), VIENNA) == "2026-03-29T03:00+02:00"
        assert quiet_until(timing, at(VIENNA, "2026-03-29T03:00")) is None


TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
TIMINGS = st.builds(
    Timing,
    digest=st.sampled_from(Digest),
    at=TIMES,
    group=st.timedeltas(timedelta(), timedelta(days=1)),
    quiet=st.none() | st.tuples(TIMES, TIMES).filter(lambda hours: hours[0] != hours[1]),
    zone=st.sampled_from([ALMATY, VIENNA, "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata"]),
)
# Around every change of the clock of these zones, and the day that Apia left out.
INSTANTS = st.builds(
    lambda start, by: start + by,
    st.sampled_from([
        datetime(2024, 2, 29, 18, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2011, 12, 30, 10, tzinfo=UTC),
        datetime(2026, 4, 4, 15, tzinfo=UTC), datetime(2023, 3, 13, 9, 30, tzinfo=UTC),
    ]),
    st.timedeltas(timedelta(days=-2), timedelta(days=2)),
)  # fmt: skip


@given(timing=TIMINGS, now=INSTANTS, ahead=st.integers(-400, 400))
@example(timing=Timing(digest=Digest.DAILY, at=time(2, 30), zone=VIENNA), now=at(VIENNA, "2026-03-29T01:59"), ahead=0)
def test_what_waits_waits_for_an_instant_to_come_that_is_not_far_and_not_in_quiet_hours(
    timing: Timing, now: datetime, ahead: int
) -> None:
    day = now.date() + timedelta(days=ahead)
    due = due_at(timing, NEW, day, now)
    assert due is None or now < due < now + LONGEST_WAIT
    assert quiet_until(timing, due or now) is None
    if timing.digest is not Digest.IMMEDIATELY:
        assert due is not None


@given(timing=TIMINGS, now=INSTANTS, later=st.timedeltas(timedelta(), timedelta(hours=30)))
def test_what_comes_later_goes_out_no_earlier(timing: Timing, now: datetime, later: timedelta) -> None:
    first, second = (due_at(timing, NEW, None, moment) or moment for moment in (now, now + later))
    assert first <= second
