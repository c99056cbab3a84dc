"""In which time zone a viewer reads instants: what they chose, kept in a cookie, else what the settings say."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import Request

from accredwatch.web.context import ask

COOKIE = "zone"
COOKIE_LASTS = 365 * 24 * 3600
"""Seconds."""

SUGGESTED = (
    "Asia/Almaty",
    "UTC",
    "Europe/Brussels",
    "Europe/Istanbul",
    "Europe/London",
    "Europe/Moscow",
    "Europe/Vienna",
    "Europe/Warsaw",
    "Asia/Baku",
    "Asia/Bishkek",
    "Asia/Shanghai",
    "Asia/Tashkent",
    "Asia/Tokyo",
    "America/New_York",
)
"""Where observers are sent from; any other zone can be written."""


def find_zone(name: str) -> ZoneInfo | None:
    """The zone of this name; None if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # OSError: a name such as "Asia" is a folder of zones.
        return None


def zone_of(request: Request) -> ZoneInfo:
    """The viewer's zone. A cookie that names none counts as not set."""
    chosen = find_zone(request.cookies.get(COOKIE, ""))
    return chosen or ZoneInfo(ask(request).settings.web.time_zone)
