"""Several alerts in one message: by election and day, the newest first, as many as fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from alerts.inertness import inert_change
from alerts.material import Draft, common, drafts
from alerts.sandbox import Sandbox
from alerts.style import Style
from alerts.templating import fill
from alerts.text import safe_url
from extract.model import Basis
from storage.views import Alert, Change, ElectionRef, Statement
from storage.vocabulary import ChangeKind

_TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Entry:
    """One alert of a digest."""

    title: str
    """As its own message has it, without the election's day before it."""
    source: str
    report: int | None
    """None of a notice."""
    url: str | None
    weighed: bool
    """Whether weights decided what its figure is."""


@dataclass(frozen=True, slots=True)
class Group:
    """The entries on one election that hold for one day; of notices neither is given."""

    election: ElectionRef | None
    day: date | None
    entries: tuple[Entry, ...]


def together(alert: Alert) -> tuple[Alert, ...]:
    """The alert and those that it carries, oldest first."""
    return tuple(sorted((*alert.carries, alert), key=lambda one: one.id))


def drafts_of_digest(alert: Alert, style: Style, environment: Sandbox) -> Iterator[Draft]:
    """How the alert and those that it carries can be written, the fullest first.

    Links go first, then the oldest alerts, and at last all but the title and where the newest is found. Raises
    DeliveryError, permanent, if the template of one fails.
    """
    each = together(alert)
    arranged = _arranged(each)
    entries = [_entry(one, style, environment) for one in arranged]
    context = common(alert, style) | _heading(each)
    for linked in (True, False):
        yield _draft(context, arranged, [one if linked else _without_link(one) for one in entries])
    for count in range(len(entries) - 1, 0, -1):
        yield _draft(context, arranged[:count], [_without_link(one) for one in entries[:count]], len(entries) - count)
    yield Draft("short", {**next(drafts(arranged[0], style)).context, **context})


def _draft(
    context: Mapping[str, object], alerts: Sequence[Alert], entries: Sequence[Entry], left_out: int = 0
) -> Draft:
    return Draft("digest", {**context, "groups": _grouped(alerts, entries), "left_out": left_out})


def _arranged(alerts: Sequence[Alert]) -> list[Alert]:
    """Later elections first, then later days, then what was made later."""

    def place(alert: Alert) -> tuple[str, date, int]:
        recorded = alert.change
        return ("", date.min, alert.id) if recorded is None else (recorded.election.key, recorded.change.day, alert.id)

    return sorted(alerts, key=place, reverse=True)


def _grouped(alerts: Sequence[Alert], entries: Sequence[Entry]) -> tuple[Group, ...]:
    groups: dict[tuple[ElectionRef | None, date | None], list[Entry]] = {}
    for alert, entry in zip(alerts, entries, strict=True):
        about = (alert.change.election, alert.change.change.day) if alert.change else (None, None)
        groups.setdefault(about, []).append(entry)
    return tuple(Group(election, day, tuple(found)) for (election, day), found in groups.items())


def _entry(alert: Alert, style: Style, environment: Sandbox) -> Entry:
    draft = next(drafts(alert, style))
    title = fill(environment, draft.template, {**draft.context, "bare": True}).title
    if alert.change is not None:
        article = alert.change.article
        return Entry(title, article.source, alert.change.report, safe_url(article.url), alert.change.change.weighed)
    return Entry(title, alert.notice.source if alert.notice else "", None, None, weighed=False)


def _without_link(entry: Entry) -> Entry:
    return replace(entry, url=None)


def _heading(alerts: Sequence[Alert]) -> dict[str, object]:
    """What the title tells: how many, on what, and of a single election the newest number."""
    elections = dict.fromkeys(alert.change.election for alert in alerts if alert.change)
    changes = [inert_change(alert.change.change) for alert in alerts if alert.change]
    newest = _newest(changes) if len(elections) == 1 else None
    return {
        "count": len(alerts),
        "polls": tuple(election.type for election in elections),
        "newest": newest,
        "increase": _increase(changes, newest) if newest else None,
    }


def _newest(changes: Sequence[Change]) -> Statement | None:
    """The undisputed figure of the latest day, a total rather than a part; of several the one told last."""
    figures = [c.figure for c in changes if c.figure is not None and c.kind is not ChangeKind.CONFLICT]
    return max(reversed(figures), key=lambda figure: (figure.scope == _TOTAL, figure.day), default=None)


def _increase(changes: Sequence[Change], newest: Statement) -> int | None:
    """By how much the running total rose over all of these changes; None where the one before them is not known."""
    totals = [c for c in changes if c.figure is not None and _counts_the_same(c.figure, newest)]
    if not totals or newest.basis is not Basis.CUMULATIVE:
        return None
    before = min(totals, key=lambda change: change.day).previous
    return newest.value - before.value if before is not None else None


def _counts_the_same(one: Statement, other: Statement) -> bool:
    return (one.scope, one.status, one.basis) == (other.scope, other.status, other.basis)
