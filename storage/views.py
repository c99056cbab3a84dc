"""What storage hands out of facts and alerts: plain values, detached from the database.

Instants are aware, in UTC; days are the days for which a figure holds, in the zone of the source that states it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from extract.model import Approx, Basis, Check, ElectionType, Status, Verdict
from storage.source_views import Notice
from storage.vocabulary import AlertState, ChangeKind, DisputeOutcome

_Day: TypeAlias = date
"""For a field called `date`, whose name hides the type from those who read annotations at run time."""


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
    weighed: bool = False
    """Whether no word of the article tells what the figure is, so that weights decided it: to be looked at again."""
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
    date: _Day


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
    due_at: datetime | None = None
    """Of a scheduled alert, when it goes out."""
    carries: tuple[Alert, ...] = ()
    """The alerts that go out in the same message, oldest first, without this one."""
    carried_by: int | None = None
    """Id of the alert in whose message, and under whose key, this one goes out; None where it has its own."""
    mute: int | None = None
    """Id of the mute that it fell under."""
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    """Who has seen to its change or notice; that stops nothing."""
    acknowledged_note: str | None = None
    """What that person wrote of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """What a person does not want to be told of for a while."""

    id: int
    election: str | None
    """None for every election, and for notices."""
    source: str | None
    """None for every source."""
    channel: str | None
    """None for every channel."""
    until: datetime
    made_at: datetime
    by: str
    note: str | None
    ended_at: datetime | None
    """When it was over, by its time or by a person; None where nobody has noticed yet."""
    kept: int
    """How many alerts it keeps from being told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What deciding on the order of a channel's pending alerts needs of one."""

    id: int
    attempts: int
    next_attempt_at: datetime
