"""What a report changes in what is known of an election: pure functions over `Account`s.

At most one primary change a report, made by its headline; the other figures go along as details. A number that is
already known is no change, whoever repeats it and on whatever later day; an article for an earlier day than the latest
total is history. docs/data-model.md gives the rules as a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from extract.model import Basis, Check, Status, Verdict
from storage.accounts import TOTAL, Account, Line, batches, fits, same_batch, withdrawn_between
from storage.across import across
from storage.corrections import correction
from storage.views import Change, Statement
from storage.vocabulary import ChangeKind

SAME_WITHDRAWAL = timedelta(days=7)
_WIDTH = {TOTAL: 0, "organizations": 1, "countries": 1}
_COUNTS_OBSERVERS = {"domestic_organizations", "journalists"}
_APART = {"domestic", "domestic_organizations", "journalists"}
"""Counted for themselves, and not among the observers of the total."""


def changes(
    election: str, known: Sequence[Account], new: Account, *, earlier: Account | None = None, completed: bool = False
) -> tuple[Change, ...]:
    """What the account `new` changes for the election with this key, most important first.

    `known` are the accounts of all other articles; `earlier` is what the same article stated before it was edited;
    `completed` tells whether a completion has been recorded. Pure: the same arguments give the same changes.
    """
    judge = _Judge(election, known, new, earlier)
    corrected = judge.correction()
    made = [corrected or judge.primary(), judge.contradiction() if corrected else None]
    if made[0] is not None and made[0].kind not in {ChangeKind.CORRECTED, ChangeKind.CORROBORATED}:
        made.append(judge.failing_sum())
    made.append(judge.withdrawal())
    made.append(None if completed else judge.completion())
    return tuple(_marked(change, known, new) for change in made if change)


def _marked(change: Change, known: Sequence[Account], new: Account) -> Change:
    """The change, marked where weights decided what its figure is, and with the sum across articles if that fails."""
    change = replace(change, weighed=_is_weighed(change.figure, new))
    if change.figure is None or change.figure is not new.total_now(TOTAL, Status.ACCREDITED):
        return change
    found = across(known, new)
    return replace(change, across=found) if found and found.verdict is Verdict.FAILS else change


def _is_weighed(figure: Statement | None, new: Account) -> bool:
    if figure is None or figure not in new.statements:
        return False
    weighed = {(c.whole.label, c.whole.value) for c in new.checks if c.kind == "weighed"}
    return (figure.scope, figure.value) in weighed


def chief(statements: Sequence[Statement]) -> Statement | None:
    """The widest of some figures: a total before subtotals before parts, a larger one before a smaller one."""
    counted = [s for s in statements if s.scope not in _COUNTS_OBSERVERS]
    return min(counted, key=lambda s: (_WIDTH.get(s.scope, 2), -s.value), default=None)


class _Judge:
    """Weighs one account against the known ones."""

    def __init__(self, election: str, known: Sequence[Account], new: Account, earlier: Account | None) -> None:
        self.election = election
        self.new = new
        self.earlier = earlier
        self.others = known
        self.known = [*known, earlier] if earlier else list(known)
        self.accredited = Line(self.known, TOTAL, Status.ACCREDITED)
        self.batches = batches(
            [a for a in self.known if a.main and a.main.basis is Basis.NEW], TOTAL, Status.ACCREDITED
        )

    def change(
        self,
        kind: ChangeKind,
        figure: Statement | None,
        *,
        previous: Statement | None = None,
        against: tuple[Statement, ...] = (),
        check: Check | None = None,
    ) -> Change:
        return Change(
            kind=kind,
            election=self.election,
            status=figure.status if figure else Status.ACCREDITED,
            day=self.new.day,
            figure=figure,
            previous=previous,
            against=against,
            also=tuple(s for s in self.new.statements if s is not figure),
            check=check,
        )

    def primary(self) -> Change | None:
        figure = self._headline()
        if figure is None:
            return None
        if figure.basis is Basis.CUMULATIVE:
            return self._total(figure)
        return self._batch(figure)

    def _headline(self) -> Statement | None:
        if self.new.main is not None:
            return self.new.main
        for status in (Status.PROPOSED, Status.ANNOUNCED):
            if figure := chief([s for s in self.new.statements if s.status is status]):
                return figure
        return None

    def _history(self, figure: Statement, current: Statement | None) -> bool:
        """Whether the news is older than what is known, or of unknown age."""
        known = [s for s in (current, self.accredited.current, *self.batches[-1:]) if s]
        if not self.new.timely:
            return bool(known)
        # How far the observers' total has come says nothing of those who are counted apart from them.
        newer = [s for s in known if s is current or figure.scope not in _APART]
        return any(figure.day < s.day for s in newer)

    def _total(self, figure: Statement) -> Change | None:
        line = self.accredited
        if not _is_total(figure):
            line = Line(self.known, figure.scope, figure.status)
        kind = ChangeKind.NEW_TOTAL if figure.scope == TOTAL else ChangeKind.NEW_PART
        current = line.current
        if line.repetition_of(figure):
            return self._corroboration(figure, line)
        if self._history(figure, current):
            return None
        if current is None or (current.approx and not figure.approx and fits(current, figure.value)):
            return self.change(kind, figure, previous=current)
        if figure.value > current.value:
            return self._rise(kind, figure, current, line)
        return self._fall(kind, figure, current, line)

    def _rise(self, kind: ChangeKind, figure: Statement, current: Statement, line: Line) -> Change | None:
        if figure.day == current.day and not figure.approx and not current.approx:
            own = [s for s in line.exact_on(figure.day) if s.source == figure.source]
            if own and all(_published_before(figure, s) for s in own):
                return None
            # A source carries on its own count; that of another one it contradicts, whatever it said itself before.
            if not any(s.value == current.value for s in own):
                return self._conflict(figure, line)
        return self.change(kind, figure, previous=current)

    def _fall(self, kind: ChangeKind, figure: Statement, current: Statement, line: Line) -> Change | None:
        if figure.approx:
            return None
        own = [s for s in line.exact_on(figure.day) if s.source == figure.source]
        if own and not all(_published_before(s, figure) for s in own):
            return None
        if figure.status is Status.ACCREDITED:
            withdrawn = withdrawn_between([*self.known, self.new], current.day - timedelta(days=1), figure.day)
            if current.value - figure.value <= withdrawn:
                return self.change(kind, figure, previous=current)
        return self._conflict(figure, line)

    def _conflict(self, figure: Statement, line: Line) -> Change | None:
        current = line.current
        if figure.status is not Status.ACCREDITED or current is None:
            return None
        against = {s.value: s for s in (current, *line.rivals(figure))}
        return self.change(ChangeKind.CONFLICT, figure, previous=current, against=tuple(against.values()))

    def _corroboration(self, figure: Statement, line: Line) -> Change | None:
        current = line.current
        if current is None or figure.approx or current.approx or figure.value != current.value:
            return None
        said = line.stated_by(figure.value)
        if figure.day < current.day or any(s.source == figure.source for s in said):
            return None
        return self.change(ChangeKind.CORROBORATED, figure, against=said[:1])

    def _batch(self, figure: Statement) -> Change | None:
        line = Line(self.known, figure.scope, figure.status)
        if same_batch(self.known, figure) or line.implies(figure):
            return None
        latest = batches(self.known, figure.scope, figure.status)[-1:]
        if self._history(figure, line.current) or any(figure.day < s.day for s in latest):
            return None
        kind = ChangeKind.NEW_BATCH if figure.scope == TOTAL else ChangeKind.NEW_PART
        return self.change(kind, figure, previous=line.current)

    def failing_sum(self) -> Change | None:
        """The report's own sum fails, with numbers that no other report has already been reported for."""
        known = {_terms(c) for a in self.known for c in a.checks if _fails(c)}
        failing = next((c for c in self.new.checks if _fails(c) and _terms(c) not in known), None)
        return self.change(ChangeKind.CONFLICT, self.new.main, check=failing) if failing and self.new.main else None

    def withdrawal(self) -> Change | None:
        known = {
            (s.scope, s.value)
            for a in self.known
            if abs(a.day - self.new.day) <= SAME_WITHDRAWAL
            for s in a.statements
            if s.status is Status.WITHDRAWN
        }
        fresh = [s for s in self.new.statements if s.status is Status.WITHDRAWN and (s.scope, s.value) not in known]
        figure = chief(fresh)
        if figure is None or self._history(figure, None):
            return None
        return self.change(ChangeKind.WITHDRAWN, figure, previous=self.accredited.current)

    def completion(self) -> Change | None:
        current = self.accredited.current
        late = current is not None and (self.new.day < current.day or not self.new.timely)
        if not self.new.complete or late:
            return None
        return self.change(ChangeKind.COMPLETED, self.new.main)

    def correction(self) -> Change | None:
        if self.earlier is None:
            return None
        differences = correction(self.earlier, self.new)
        if not differences or self._brings_a_later_total():
            return None
        main = self.new.main
        status = next((s.status for d in differences for s in (d.new, d.old) if s), Status.ACCREDITED)
        return Change(
            kind=ChangeKind.CORRECTED,
            election=self.election,
            status=main.status if main else status,
            day=self.new.day,
            figure=main,
            previous=self.earlier.main,
            also=tuple(s for s in self.new.statements if s is not main),
            corrections=differences,
            revisions=(self.earlier.revision, self.new.revision),
        )

    def contradiction(self) -> Change | None:
        """The conflict that an edit makes: its new total contradicts what the other articles state."""
        figure = self.new.total_now(TOTAL, Status.ACCREDITED)
        before = self.earlier.total_now(TOTAL, Status.ACCREDITED) if self.earlier else None
        if figure is None or figure is not self.new.main or (before and before.value == figure.value):
            return None
        line = Line(self.others, TOTAL, Status.ACCREDITED)
        current = line.current
        if current is None or line.repetition_of(figure) or self._history(figure, current):
            return None
        weigh = self._rise if figure.value > current.value else self._fall
        found = weigh(ChangeKind.NEW_TOTAL, figure, current, line)
        return found if found and found.kind is ChangeKind.CONFLICT else None

    def _brings_a_later_total(self) -> bool:
        """The edit carries the story on: a higher total of a later day, or beside the old one."""
        old, new = (self.earlier.main if self.earlier else None), self.new.main
        if (
            old is None
            or new is None
            or (new.scope, new.status, new.basis) != (TOTAL, Status.ACCREDITED, Basis.CUMULATIVE)
        ):
            return False
        if (old.scope, old.basis) != (TOTAL, Basis.CUMULATIVE) or new.value <= old.value:
            return False
        kept = any(s.value == old.value for s in self.new.totals(TOTAL, Status.ACCREDITED))
        return kept or new.day > old.day


def _is_total(statement: Statement) -> bool:
    return statement.scope == TOTAL and statement.status is Status.ACCREDITED and statement.basis is Basis.CUMULATIVE


def _published_before(one: Statement, other: Statement) -> bool:
    return one.published is not None and other.published is not None and one.published < other.published


def _fails(check: Check) -> bool:
    return check.kind == "subtotals" and check.verdict is Verdict.FAILS


def _terms(check: Check) -> tuple[int, ...]:
    return check.whole.value, *sorted(part.value for part in check.parts)
