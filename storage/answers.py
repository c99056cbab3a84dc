"""What storage answers to questions about elections, reports and what people should look at: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from extract.model import Approx, Basis, Check, DateOrigin, Evidence, Status
from storage.views import ArticleRef, ElectionRef, RecordedChange, Statement
from storage.vocabulary import DecisionKind, DisputeOutcome, ReviewKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentTotal:
    """The latest running total of an election in one status."""

    status: Status
    figure: Statement
    sources: tuple[str, ...]
    """Every source that states this value, by the day of its first statement."""
    disputed: bool
    """Another source states another exact value for the same day, or a dispute on it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Sources that contradict each other on a running total."""

    id: int
    election: str
    """Key of the election."""
    scope: str
    status: Status
    day: date
    """The day of the total in dispute."""
    sides: tuple[Statement, ...]
    """What was told: the statement that opened it, what it contradicts, and what further values came to it."""
    now: tuple[Statement, ...] = ()
    """While it is open, what each source says of it now."""
    opened_at: datetime
    closed_at: datetime | None = None
    outcome: DisputeOutcome | None = None
    value: int | None = None
    """The value that stands at its end; None while it is open, and where no side's value stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided."""

    id: int
    kind: DecisionKind
    dispute: int | None
    report: int | None
    review_item: int | None
    by: str
    note: str | None
    made_at: datetime
    details: dict[str, object]
    """What was so before and after it, under `before` and `after`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionSummary:
    """An election with its latest totals."""

    election: ElectionRef
    totals: tuple[CurrentTotal, ...]
    """Accredited first; a status that no report states is left out."""
    reports: int
    complete: bool
    """Some report says that accreditation is over."""
    first_day: date | None
    last_day: date | None
    disputes: tuple[Dispute, ...] = ()
    """Those that are open, oldest first."""

    @property
    def accredited(self) -> CurrentTotal | None:
        """The latest accredited running total, if there is one."""
        return next((t for t in self.totals if t.status is Status.ACCREDITED), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One statement on an election's timeline."""

    figure: Statement
    headline: bool
    """It is the main figure of its report."""
    repeats: bool
    """The value was already stated, for this or an earlier day."""
    stale: bool
    """A running total that a later one had replaced before the day of this statement."""
    conflict: bool
    """Contradicts another source on the same day, or falls without withdrawals, or its report's sums fail."""
    dispute: int | None = None
    """Id of the open dispute that it is a side of."""
    overruled: bool = False
    """A settled dispute has set it aside."""
    voided: bool = False
    """A person has voided its report: it states nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A figure of a report with its evidence."""

    scope: str
    status: Status
    basis: Basis
    value: int
    approx: Approx | None
    evidence: Evidence
    sentence: str
    headline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """Everything about one report: its article, its text, what was read and what came of it."""

    id: int
    article: ArticleRef
    urls: tuple[str, ...]
    """Every URL under which the article was seen."""
    revision: int
    """Number of the article's revision, from 1."""
    revisions: int
    """How many revisions of the article are known."""
    superseded: bool
    """A later revision of the article exists; this report no longer states anything."""
    voided: Decision | None
    """The decision by which it states nothing."""
    title: str | None
    body: str
    published_from: DateOrigin | None
    found_via: str
    election: ElectionRef | None
    day: date
    as_of: date | None
    complete: bool
    deadline: date | None
    organization_count: int | None
    country_count: int | None
    countries_named: tuple[str, ...]
    organizations_named: tuple[str, ...]
    unknown_names: tuple[str, ...]
    figures: tuple[FigureView, ...]
    checks: tuple[Check, ...]
    changes: tuple[RecordedChange, ...]
    disputes: tuple[Dispute, ...] = ()
    """The open disputes that it is a side of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """Something that a person should look at."""

    id: int
    kind: ReviewKind
    text: str
    """The words that the question is about."""
    source: str
    title: str | None
    """Of the article, as last fetched."""
    url: str | None
    report: int | None
    """None where the article has no report."""
    election: str | None
    """Key of the report's election."""
    sentence: str | None
    """The sentence in which the words, or the figures in question, stand."""
    created_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    note: str | None
