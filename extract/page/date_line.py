"""A publication date as people write it beside a headline, in English, Russian and Kazakh.

Only for the short lines that pages print ('16:12, 20 March 2016 | GMT +6'); days in running text are another matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo

_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "january jan январь января янв қаңтар қаң",
        "february feb февраль февраля фев февр ақпан ақп",
        "march mar март марта мар наурыз нау",
        "april apr апрель апреля апр сәуір сәу",
        "may май мая мамыр мам",
        "june jun июнь июня июн маусым мау",
        "july jul июль июля июл шілде шіл",
        "august aug август августа авг тамыз там",
        "september sep sept сентябрь сентября сен сент қыркүйек қыр",
        "october oct октябрь октября окт қазан қаз",
        "november nov ноябрь ноября ноя нояб қараша қар",
        "december dec декабрь декабря дек желтоқсан жел",
    ),
    1,
):
    _MONTHS.update(dict.fromkeys(_names.split(), _number))

_NAME = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_MONTH = rf"(?P<month>{_NAME})(?:(?<=[а-яәіңғүұқөһ])с?[ыі])?(?![^\W\d_])\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?<!\d)(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}[\s.,\-–]{{0,3}}{_MONTH}[\s,\-–]{{0,3}}{_YEAR}",
        rf"(?<![^\W\d_]){_MONTH}\s{{1,3}}{_DAY}[\s,]{{1,3}}{_YEAR}",
        rf"{_YEAR}\s{{0,3}}(?:жылғы|жылдың|жылы|жыл|ж\.)?[\s,]{{0,3}}{_DAY}\s{{0,2}}{_MONTH}",
        rf"(?<![\d.]){_YEAR}[-./](?P<month>[01]?\d)[-./](?P<day>[0-3]?\d)(?!\d)",
        r"(?<![\d.])(?P<day>[0-3]?\d)(?P<sep>[./-])(?P<month>[01]?\d)(?P=sep)(?P<year>(?:19|20)\d\d)(?![\d.]\d)",
    )
)
_TIME = re.compile(
    r"(?<![\d.:+-])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d{1,9})?)?(?:(?<=:\d\d)|(?![\d.]\d))(?:\s?(?P<half>[ap])\.?m(?![^\W\d_])\.?)?",
    re.IGNORECASE,
)
_PLACE = r"(?:\W{0,3}[^\W\d_]{2,20}){0,3}\W{1,3}"
"""Whose time it is: '12:20 (Bishkek, GMT+6)'."""
_ZONE = re.compile(
    rf"(?:\s{{0,2}}\|?\s{{0,2}}|{_PLACE})(?:GMT|UTC)\s?(?P<sign>[+\-−])\s?(?P<hours>0?\d|1[0-4])"
    r"(?::?(?P<minutes>[0-5]\d))?(?!\d)\)?"
    r"|\s{0,2}\|?\s{0,2}(?:(?P<sign2>[+\-−])(?P<hours2>[01]\d):?(?P<minutes2>[0-5]\d)(?!\d)|(?P<utc>Z\b|(?:GMT|UTC)\b))"
)
_NEAR = 40
_PARTIAL = re.compile(
    rf"(?:(?:today|yesterday|сегодня|вчера|бүгін|кеше)|[0-3]?\d\s{{0,2}}{_NAME}|{_NAME}\s{{0,2}}[0-3]?\d)?"
    r"\W{0,3}(?:(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date, with a time of day and an offset as far as the line gives them."""

    moment: datetime
    """Naive where the line gives no offset."""
    has_time: bool
    rest: str
    """The line without date, time and offset."""

    def at(self, zone: tzinfo) -> datetime:
        """The aware moment; a line without an offset is meant in `zone`."""
        return self.moment if self.moment.tzinfo else self.moment.replace(tzinfo=zone)


def find_stamp(line: str) -> Stamp | None:
    """The first full date (day, month, year) of a line; None without one."""
    for pattern in _DATES:
        if found := pattern.search(line):
            month = found["month"].lower().rstrip(".")
            day, number = int(found["day"]), _MONTHS.get(month) or int(month)
            if number > 12 and "/" in found.group():
                day, number = number, day
            try:
                moment = datetime(int(found["year"]), number, day)  # noqa: DTZ001 - the zone is the caller's to add
            except ValueError:
                continue
            return _with_time(line, *found.span(), moment)
    return None


def is_partial(line: str) -> bool:
    """Whether a line is a time of day, or a day without its year or by its name, and nothing else."""
    text = line.strip(" \t|,.-–—•·")
    return bool(text) and len(text) < 40 and _PARTIAL.fullmatch(text) is not None


def _with_time(line: str, start: int, end: int, moment: datetime) -> Stamp:
    for place, offset in ((line[end : end + _NEAR], end), (line[max(0, start - _NEAR) : start], max(0, start - _NEAR))):
        text = place.removeprefix("T")
        if found := _TIME.search(text):
            hour = int(found["hour"])
            if found["half"]:
                hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
            moment = datetime.combine(moment, time(hour, int(found["minute"]), int(found["second"] or 0)))
            first = offset + len(place) - len(text) + found.start()
            last = first + len(found.group())
            # An offset follows the time, or the date where the time stands first.
            zone = _ZONE.match(line, last) or _ZONE.match(line, max(end, last))
            rest = _without(line, (start, end), (first, last), zone.span() if zone else (0, 0))
            return Stamp(moment.replace(tzinfo=_offset(zone)) if zone else moment, True, rest)
    return Stamp(moment, False, _without(line, (start, end)))


def _offset(found: re.Match[str]) -> timezone:
    if found["utc"]:
        return UTC
    sign = found["sign"] or found["sign2"]
    delta = timedelta(
        hours=int(found["hours"] or found["hours2"]), minutes=int(found["minutes"] or found["minutes2"] or 0)
    )
    return timezone(delta if sign == "+" else -delta)


def _without(line: str, *spans: tuple[int, int]) -> str:
    for start, end in sorted(spans, reverse=True):
        line = line[:start] + " " + line[end:]
    return " ".join(line.split())
