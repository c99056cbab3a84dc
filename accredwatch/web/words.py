"""The filters of the templates: how the page writes numbers, days, instants, senders and polls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import pass_context
from jinja2.runtime import Context as TemplateContext
from markupsafe import Markup

from alerts import wording
from alerts.text import clean, safe_url
from extract.model import Basis
from scheduler.overview import SourceStatus
from storage.views import ElectionRef

_DAYS = 1000
"""Days that are kept as they are written: a timeline names the same ones over and over."""
_BASES = {Basis.CUMULATIVE: "in all", Basis.NEW: "new"}


@lru_cache(maxsize=_DAYS)
def day(value: date) -> Markup:
    """A day as people write it, machine-readable: '13 March 2023'. It is a day, in nobody's zone."""
    return Markup('<time datetime="{}">{} {:%B %Y}</time>').format(value.isoformat(), value.day, value)


@lru_cache(maxsize=_DAYS)
def short_day(value: date) -> Markup:
    """A day in a narrow place: '13 Mar 2023'."""
    return Markup('<time class="short" datetime="{}">{} {:%b %Y}</time>').format(value.isoformat(), value.day, value)


@pass_context
def instant(context: TemplateContext, value: datetime) -> Markup:
    """An instant in the viewer's zone, which is named: '13 March 2023, 14:05 Asia/Almaty'."""
    zone: ZoneInfo = context["zone"]
    local = value.astimezone(zone)
    utc = value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    written = f"{local.day} {local:%B %Y, %H:%M}"
    return Markup('<time datetime="{}">{} <span class="zone">{}</span></time>').format(utc, written, zone.key)


def observers(scope: str) -> str:
    """Whose observers: 'observers', 'observers of OSCE'."""
    return wording.observers(scope)


def whose(scope: str) -> str:
    """Whose observers, in a column that says 'observers' already: 'all', 'organizations', 'Germany'."""
    return "all" if scope == "total" else wording.sender(scope)


def poll(election: ElectionRef) -> str:
    """The poll: 'Parliamentary election'."""
    words = wording.poll(election.type)
    return words[:1].upper() + words[1:]


def election(value: ElectionRef) -> Markup:
    """The election with its day: 'Parliamentary election, 19 March 2023'."""
    return Markup("{}, {}").format(poll(value), day(value.date))


def basis(value: Basis) -> str:
    """Whether a figure is a running total or a batch: 'in all' or 'new'."""
    return _BASES[value]


def words_of(value: object) -> str:
    """A word of the vocabulary as people write it: 'new_total' is 'new total'."""
    return str(value).replace("_", " ")


def condition(source: SourceStatus) -> str:
    """A source's condition in a word."""
    return "disabled" if source.condition is None else words_of(source.condition)


def plural(count: int, one: str, many: str | None = None) -> str:
    """The count with its noun: '1 report', '1,026 reports'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


FILTERS: dict[str, Callable[..., Any]] = {
    "number": wording.number,
    "signed": wording.signed,
    "day": day,
    "short_day": short_day,
    "instant": instant,
    "observers": observers,
    "whose": whose,
    "sender": wording.sender,
    "poll": poll,
    "election": election,
    "basis": basis,
    "words": words_of,
    "condition": condition,
    "plural": plural,
    "clean": clean,
    "safe_url": safe_url,
}
