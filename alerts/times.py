"""How the configuration writes times of day, and kinds that are urgent."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator

from foundation.nearest import suggestion
from storage.vocabulary import ChangeKind, NoticeKind

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def parse_time(text: str) -> time:
    """The time of day that '18:00' means. Raises ValueError for another form."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError(f'{text!r} is no time of day: write hours and minutes, as in "18:00"')
    return time(int(found[1]), int(found[2]))


def parse_hours(text: str) -> tuple[time, time] | None:
    """Begin and end of '22:00-07:00'; None for an empty text. Raises ValueError for another form, or no length."""
    if not text:
        return None
    begin, mark, end = text.partition("-")
    if not mark:
        raise ValueError(f'{text!r} are no hours: write when they begin and end, as in "22:00-07:00"')
    hours = parse_time(begin.strip()), parse_time(end.strip())
    if hours[0] == hours[1]:
        raise ValueError(f'{text!r} begins when it ends: for a channel that is never told, set "enabled = false"')
    return hours


def within(at: time, hours: tuple[time, time] | None) -> bool:
    """Whether the hours, over midnight if they end before they begin, hold the time of day."""
    if hours is None:
        return False
    begin, end = hours
    return begin <= at < end if begin < end else at >= begin or at < end


def _time(value: str) -> str:
    parse_time(value)
    return value


def _hours(value: str) -> str:
    parse_hours(value)
    return value


def _kind(value: object) -> object:
    kinds: dict[str, ChangeKind | NoticeKind] = {k.value: k for kinds in (ChangeKind, NoticeKind) for k in kinds}
    if isinstance(value, str) and value not in kinds:
        raise ValueError(f"{value!r} is no kind of change or notice{suggestion(value, kinds)}")
    return kinds[value] if isinstance(value, str) else value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{value!r} is no time zone: write one such as Asia/Almaty or Europe/Vienna") from None
    return value


TimeOfDay: TypeAlias = Annotated[str, AfterValidator(_time)]
Hours: TypeAlias = Annotated[str, AfterValidator(_hours)]
AlertKind: TypeAlias = Annotated[ChangeKind | NoticeKind, BeforeValidator(_kind)]
ZoneName: TypeAlias = Annotated[str, AfterValidator(_zone)]
