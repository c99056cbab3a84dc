"""What a notice on a source is written from."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from alerts.languages import words
from alerts.style import Style
from alerts.text import inert, safe_url, shorten
from storage.source_views import Late, Notice
from storage.vocabulary import NoticeKind

_LONGEST_SEEN = 500
_LONGEST_TITLE = 200


def notice_context(notice: Notice, style: Style) -> dict[str, object]:
    """What the templates of notices are given: nothing in it is markup."""
    details = notice.details
    speech, zone = words(style.language), ZoneInfo(style.time_zone)
    begun, until = notice.since, details.until
    span = within_a_day = lasted = None
    if begun is not None and until is not None:
        span, lasted = speech.span(begun, until, zone), speech.lasted(until - begun)
        within_a_day = span if begun.astimezone(zone).date() == until.astimezone(zone).date() else None
    return {
        "notice": replace(notice, details=replace(details, seen=shorten(inert(details.seen), _LONGEST_SEEN))),
        "source": style.names.get(notice.source, notice.source),
        "words": speech.notice(notice.kind),
        "was_so": speech.notice(details.ended or NoticeKind.RECOVERED)["was_so"],
        "span": span,
        "within_a_day": within_a_day,
        "lasted": lasted,
        "late": inert_late(notice),
    }


def inert_late(notice: Notice) -> tuple[Late, ...]:
    """The articles that were fetched late, with nothing in them that is markup."""
    return tuple(
        replace(one, title=shorten(inert(one.title or ""), _LONGEST_TITLE) or None, url=safe_url(one.url))
        for one in notice.details.late
    )
