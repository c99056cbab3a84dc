"""What a notice on a source reads like: the words for each kind, and what its templates are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.text import inert, safe_url, shorten
from foundation.settings import format_duration
from storage.source_views import Late, Notice
from storage.vocabulary import NoticeKind

_LONGEST_SEEN = 500


@dataclass(frozen=True, slots=True)
class Words:
    """How a trouble is spoken of."""

    is_so: str
    """'Kazinform ...' while it lasts."""
    was_so: str
    """'... 03:10-07:40' once it is over."""
    remedy: str
    """What whoever runs the program can do."""


WORDS: Mapping[NoticeKind, Words] = {
    NoticeKind.FAILING: Words(
        "cannot be crawled",
        "down",
        "Look whether the site answers in a browser; `accredwatch crawl SOURCE` shows every error.",
    ),
    NoticeKind.SILENT: Words(
        "lists nothing new",
        "silent",
        "Look whether the site still publishes where `feeds` and `listings` of the source point.",
    ),
    NoticeKind.MOVED: Words(
        "redirects elsewhere",
        "moved",
        "If the outlet has moved, add the new host to `hosts` of the source and correct its addresses.",
    ),
    NoticeKind.FEED_GONE: Words(
        "has lost a feed or listing",
        "partly lost",
        "Correct `feeds`, `sitemaps`, `listings` or `article_urls` of the source.",
    ),
    NoticeKind.LAYOUT_CHANGED: Words(
        "has changed its layout",
        "unreadable",
        "Set `body`, `date` or `prune` of the source by what its pages look like now.",
    ),
    NoticeKind.BLOCKED: Words(
        "shows a captcha, consent or login page",
        "blocked",
        "Ask less often (`interval`, `delay`), name a `contact`, or agree with the outlet.",
    ),
    NoticeKind.FORBIDDEN: Words(
        "forbids crawling by robots.txt",
        "forbidden",
        "Remove what is forbidden from the source, or agree with the outlet and set `obey_robots = false`.",
    ),
}

NOBODY_CRAWLED = "down"
"""How the time is spoken of in which no daemon was running."""


def notice_context(notice: Notice, zone: ZoneInfo, names: Mapping[str, str]) -> dict[str, object]:
    """What the templates of notices are given: nothing in it is markup."""
    details = notice.details
    ended = WORDS[details.ended] if details.ended else None
    begun, until = notice.since, details.until
    return {
        "notice": replace(notice, details=replace(details, seen=shorten(inert(details.seen), _LONGEST_SEEN))),
        "source": names.get(notice.source, notice.source),
        "words": WORDS.get(notice.kind),
        "was_so": ended.was_so if ended else NOBODY_CRAWLED,
        "span": span(begun, until, zone) if begun and until else None,
        "within_a_day": _within_a_day(begun, until, zone) if begun and until else None,
        "lasted": _lasted(until - begun) if begun and until else None,
        "late": tuple(_inert_late(one) for one in details.late),
        "zone": zone,
    }


def span(begun: datetime, until: datetime, zone: ZoneInfo) -> str:
    """'03:10-07:40' within a day of the zone, else with the days: '2026-11-20 23:10 - 2026-11-21 07:40'."""
    first, last = begun.astimezone(zone), until.astimezone(zone)
    return _within_a_day(begun, until, zone) or f"{first:%Y-%m-%d %H:%M} - {last:%Y-%m-%d %H:%M}"


def _within_a_day(begun: datetime, until: datetime, zone: ZoneInfo) -> str | None:
    first, last = begun.astimezone(zone), until.astimezone(zone)
    return f"{first:%H:%M}-{last:%H:%M}" if first.date() == last.date() else None


def _lasted(duration: timedelta) -> str:
    """'4h30m': whole minutes."""
    return format_duration(max(timedelta(minutes=round(duration / timedelta(minutes=1))), timedelta(minutes=1)))


def _inert_late(one: Late) -> Late:
    return replace(one, title=shorten(inert(one.title or ""), 200) or None, url=safe_url(one.url))
