"""What a template is given to write from, and the same with less, step by step, for channels that take little."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from zoneinfo import ZoneInfo

from alerts.inertness import inert_article, inert_change, with_statements
from alerts.notices import inert_late, notice_context
from alerts.style import Style
from alerts.text import shorten
from foundation.errors import DeliveryError
from storage.source_views import Notice
from storage.views import Alert, Change, Statement
from storage.vocabulary import NoticeKind

Context = Mapping[str, object]

_SHORT_QUOTE = 160
_FEWER = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """A template with what it is given."""

    template: str
    context: Context


def drafts(alert: Alert, style: Style) -> Iterator[Draft]:
    """How the alert can be written, the fullest first; each leaves out more.

    Quotes go first, then other sources, then details. Raises DeliveryError, permanent, for an alert of nothing.
    """
    if alert.notice is not None:
        return _drafts_of_notice(alert, alert.notice, style)
    return _drafts_of_change(alert, style)


def common(alert: Alert, style: Style) -> dict[str, object]:
    """What every template is given."""
    return {
        "key": alert.key,
        "channel": alert.channel,
        "language": style.language,
        "zone": ZoneInfo(style.time_zone),
        "names": dict(style.names),
        "brief": 0,
        "bare": False,
    }


def _drafts_of_change(alert: Alert, style: Style) -> Iterator[Draft]:
    recorded = alert.change
    if recorded is None:
        raise DeliveryError(f"alert {alert.id} tells of nothing", permanent=True)
    change, article = inert_change(recorded.change), inert_article(recorded.article)
    context = common(alert, style) | {
        "notice": None,
        "change": change,
        "election": recorded.election,
        "report": recorded.report,
        "held": recorded.held,
        "article": article,
        "confirmation": alert.confirmation,
    }
    yield Draft(change.kind, context)
    for limit in (_SHORT_QUOTE, 0):
        change = with_statements(change, partial(_quoting, limit=limit))
        yield Draft(change.kind, context | {"change": change})
    fewer = with_statements(replace(change, against=change.against[:_FEWER]), _without_link)
    context |= {"article": replace(article, title=None), "confirmation": None, "change": fewer}
    yield Draft(change.kind, context)
    context["change"] = _without_details(fewer)
    yield Draft(change.kind, context)
    yield Draft("short", context | {"change": replace(_without_details(fewer), weighed=change.weighed)})


def _quoting(statement: Statement, limit: int) -> Statement:
    """The statement with a quote of at most so many characters."""
    return replace(statement, sentence=shorten(statement.sentence, limit) if limit else "", quote="")


def _without_link(statement: Statement) -> Statement:
    return replace(statement, url=None)


def _without_details(change: Change) -> Change:
    fewer = replace(change, also=(), across=None, check=None, weighed=False)
    return replace(fewer, against=change.against[:1], corrections=change.corrections[:1])


def _drafts_of_notice(alert: Alert, notice: Notice, style: Style) -> Iterator[Draft]:
    template = "recovered" if notice.kind is NoticeKind.RECOVERED else "trouble"
    late = inert_late(notice)
    for shown, about in ((late, notice), (late[:_FEWER], notice), ((), _unseen(notice))):
        context = common(alert, style) | notice_context(about, style) | {"late": shown}
        yield Draft(template, context)
    yield Draft("short", context)


def _unseen(notice: Notice) -> Notice:
    return replace(notice, details=replace(notice.details, seen=""))
