"""What storage hands out: plain values, detached from the database.

Instants are aware, in UTC; days are the days for which a figure holds, in the zone of the source that states it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from extract.model import Approx, Basis, Check, DateOrigin, ElectionType, Evidence, Status, Verdict
from storage.vocabulary import (
    AlertState,
    ChangeKind,
    DecisionKind,
    DisputeOutcome,
    NoticeKind,
    ReviewKind,
    SignKind,
    SignPlace,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A figure as one report states it: the number, the day it holds for, and who says so."""

    scope: str
    status: Status
    basis: Basis
    value: int
    approx: Approx | None = None
    day: date
    source: str
    report: int
    """Id of the report; `accredwatch show` takes it."""
    published: datetime | None = None
    url: str | None = None
    title: str | None = None
    quote: str = ""
    """The words that state the figure."""
    sentence: str = ""
    """The sentence around the quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One figure that an edit of its article replaced (both), dropped (no `new`) or brought (no `old`)."""

    old: Statement | None = None
    new: Statement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcrossTerm:
    """One number of a sum across articles: what it counts, and which report states it."""

    label: str
    """'total', 'earlier total', 'new batch' or 'withdrawn'."""
    value: int
    report: int | None = None
    """None of what several reports add to: the withdrawn."""
    day: date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcrossCheck:
    """Earlier total + new batch - withdrawn = total, with the earlier total as another article states it."""

    verdict: Verdict
    whole: AcrossTerm
    parts: tuple[AcrossTerm, ...]
    difference: int | None = None
    """Stated minus summed; None where the articles do not tell all terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """How a dispute ended."""

    dispute: int
    """Id of the dispute; `accredwatch review --closed` shows it."""
    outcome: DisputeOutcome
    value: int | None
    """The total that stands; None where a later one replaced both, or neither side states its own any more."""
    stands: tuple[Statement, ...] = ()
    """Who states it; of a dispute overtaken, the later total."""
    gave_way: tuple[Statement, ...] = ()
    """What was said against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Who decided, and why; of a change that a person made."""

    by: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a report did to what was known of an election."""

    kind: ChangeKind
    election: str
    """Key of the election, as in '2023-03-19-parliamentary'."""
    status: Status
    day: date
    """The day for which the figure holds, or on which accreditation was said to be over."""
    figure: Statement | None = None
    """The figure that makes the change; none where a completion or a correction leaves no main figure."""
    previous: Statement | None = None
    """The latest running total of this scope and status known before; for a batch, the one that it adds to."""
    against: tuple[Statement, ...] = ()
    """Of a conflict, the statements that `figure` contradicts; of a corroboration, the first statement."""
    also: tuple[Statement, ...] = ()
    """The other figures of the report, in its order: a batch, subtotals, parts."""
    corrections: tuple[Correction, ...] = ()
    """Of a correction, every figure that differs."""
    check: Check | None = None
    """Of a conflict inside one report, the sum that fails."""
    across: AcrossCheck | None = None
    """The sum with the earlier total of another article, where it fails; it marks the change and makes none."""
    revisions: tuple[int, int] | None = None
    """Of a correction by an edit, the numbers of the article's old and new revision."""
    settlement: Settlement | None = None
    """How a dispute ended, where the change is its end."""
    decided: Decided | None = None
    """Who decided, where a person made the change."""

    @property
    def increase(self) -> int | None:
        """What a total adds to the previous one (negative where it fell), or a batch brings; None where unknown."""
        if self.figure is None:
            return None
        if self.figure.basis is Basis.NEW:
            return self.figure.value
        if self.previous is None:
            return None
        return self.figure.value - self.previous.value


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionRef:
    """A poll that reports are about."""

    key: str
    type: ElectionType
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRef:
    """The article behind a report."""

    source: str
    language: str
    article_id: str
    title: str | None
    url: str | None
    published: datetime | None
    fetched_at: datetime
    """When the revision was fetched that the report is read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedChange:
    """A change with its place in the records."""

    id: int
    made_at: datetime
    report: int
    held: bool
    """Made during a source's first crawl, so that nobody was told."""
    change: Change
    election: ElectionRef
    article: ArticleRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """How far a number is confirmed that its channel wants from several sources."""

    wanted: int
    """How many sources have to state it."""
    sources: tuple[str, ...]
    """Who states it, the first one first."""
    until: datetime
    """From when it is told all the same."""

    @property
    def reached(self) -> bool:
        """Whether enough sources state it."""
        return len(self.sources) >= self.wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What a crawl saw of a source's health, beside errors; at most one of each kind and place a crawl."""

    kind: SignKind
    place: SignPlace
    count: int
    """How often, in this crawl."""
    examples: tuple[str, ...] = ()
    """Where, and what in words; the first few, each once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """An article that was published while its source was not followed, and fetched afterwards."""

    title: str | None
    url: str | None
    published: datetime | None
    fetched_at: datetime
    report: int | None
    """Id of its report, if it states figures of observers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDetails:
    """What a notice says beyond its kind."""

    seen: str = ""
    """What was seen, in words that may quote addresses and pages."""
    ended: NoticeKind | None = None
    """Of a recovery, what was wrong; None where nobody crawled, because no daemon was running."""
    until: datetime | None = None
    """Of a recovery, the first good crawl."""
    crawls: int = 0
    """Of a recovery, how many crawls were begun in the gap."""
    late: tuple[Late, ...] = ()
    """Of a recovery, the first of the articles that were fetched late."""
    late_count: int = 0
    """Of a recovery, how many articles were fetched late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that operators should know of a source."""

    id: int
    source: str
    kind: NoticeKind
    since: datetime | None
    """From when it is so; of a recovery, from when it was not well."""
    made_at: datetime
    details: NoticeDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A change, or a notice, addressed to a channel: it has the one or the other."""

    id: int
    key: str
    """A UUID that stays the same over all attempts, so that a receiver can drop repetitions."""
    channel: str
    state: AlertState
    attempts: int
    """How many attempts have failed or are under way."""
    created_at: datetime
    next_attempt_at: datetime | None
    """None once sent or given up."""
    sent_at: datetime | None
    last_error: str | None
    change: RecordedChange | None = None
    """None for an alert of a notice."""
    notice: Notice | None = None
    """None for an alert of a change."""
    confirmation: Confirmation | None = None
    """None where one source is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What deciding on the order of a channel's pending alerts needs of one."""

    id: int
    attempts: int
    next_attempt_at: datetime


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
class CrawlRun:
    """One crawl of one source; the counts are of articles, reports, changes and alerts."""

    id: int
    source: str
    started_at: datetime
    finished_at: datetime | None
    """None while it runs, and for ever if its process was killed."""
    finish_reason: str | None
    found: int
    fetched: int
    unchanged: int
    reports: int
    changes: int
    alerts: int
    errors: tuple[str, ...]
    news: int = 0
    """Articles listed that no crawl before had seen listed, be they about elections or not."""
    pages: int = 0
    """Articles' pages that were received changed or for the first time, or could not be had."""
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A crawl that got through, as far as the rhythm of a source's news goes."""

    at: datetime
    news: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between crawls."""

    source: str
    last_attempt_at: datetime | None = None
    last_success_at: datetime | None = None
    consecutive_errors: int = 0
    retry_not_before: datetime | None = None
    """The outlet asked not to be asked before (Retry-After)."""
    last_article_at: datetime | None = None
    """When an article that was not known was last recorded."""
    baseline_started_at: datetime | None = None
    baseline_finished_at: datetime | None = None
    """None until the first crawl into this database is complete; its alerts are held until then."""
    trouble: NoticeKind | None = None
    """What operators were last told is wrong with it; None while it is well."""
    trouble_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSummary:
    """A source's state, with what it has brought."""

    state: SourceState
    articles: int
    reports: int
    figures_outside_body: int
    """Open review items of that kind: articles whose body the layout may have swallowed."""
    last_run: CrawlRun | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """What a URL's last response offers for a conditional request."""

    url: str
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    fetched_at: datetime
    """When the body was last received in full."""
    proven: bool
    """The validator was seen to change with the body and to stay with it, so that a 304 may be trusted."""


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
