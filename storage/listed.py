"""What storage hands out where everything is listed: figures, reports and alerts without their surroundings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from extract.model import Approx, Basis, Status
from storage.vocabulary import AlertState


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to list; None means any."""

    election: str | None = None
    """Key of the election."""
    source: str | None = None
    """Key of the source."""
    since: date | None = None
    """Only what holds for this day or a later one."""
    until: date | None = None
    """Only what holds for this day or an earlier one."""
    scope: str | None = None
    status: Status | None = None
    basis: Basis | None = None
    value: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRecord:
    """A figure that the latest revision of an article states."""

    id: int
    election: str | None
    """Key of the election; None where the article does not say which one it is about."""
    day: date
    """The day for which it holds."""
    scope: str
    """Whose observers: `total`, `organizations`, `countries`, `organization:OSCE`, `country:FI`, ..."""
    status: Status
    basis: Basis
    """A running total or a batch."""
    value: int
    approx: Approx | None
    """How the number is qualified; None for an exact one."""
    headline: bool
    """It is the main figure of its report."""
    source: str
    language: str
    report: int
    """Id of the report that states it."""
    published: datetime | None
    url: str | None
    title: str | None
    quote: str
    """The words that state the figure."""
    sentence: str
    """The sentence around the quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRecord:
    """A report in short: what the latest revision of one article states."""

    id: int
    election: str | None
    """Key of the election; None where the article does not say which one it is about."""
    day: date
    """The day for which its main figure holds."""
    as_of: date | None
    """The day as the text gives it."""
    source: str
    language: str
    article_id: str
    """The source's own identity of the story."""
    revision: int
    """Number of the article's revision, from 1."""
    published: datetime | None
    fetched_at: datetime
    url: str | None
    title: str | None
    figures: int
    """How many figures it states."""
    complete: bool
    """It says that accreditation is over."""
    deadline: date | None
    """Last day of accreditation, as the text gives it."""
    organization_count: int | None
    country_count: int | None
    countries_named: tuple[str, ...]
    """ISO 3166-1 alpha-2 codes."""
    organizations_named: tuple[str, ...]
    unknown_names: tuple[str, ...]
    """Senders that no table knows, in the words of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRecord:
    """Where an alert is on its way; nothing of its channel but the name, and nothing of what the channel answered."""

    id: int
    key: str
    """A UUID that stays the same over all attempts."""
    channel: str
    state: AlertState
    attempts: int
    """How many attempts have failed or are under way."""
    created_at: datetime
    due_at: datetime | None
    """Of a scheduled alert, when it goes out."""
    next_attempt_at: datetime | None
    """None once sent or given up."""
    sent_at: datetime | None
    acknowledged_at: datetime | None
    change: int | None
    """Id of the change that it tells; None for a notice on a source."""
    report: int | None
    """Id of the report that made the change."""
    election: str | None
    """Key of the change's election."""
    source: str | None
    """The source that a notice is on."""
