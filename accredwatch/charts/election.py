"""One election over the days: totals as steps, batches and withdrawals as bars, a line a source where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from accredwatch.charts.chart import Axis, Chart, Curve, Point, Shape
from alerts.wording import poll
from extract.model import Status
from storage import queries
from storage.accounts import TOTAL
from storage.answers import ElectionSummary
from storage.series import series, withdrawals
from storage.series_views import Series
from storage.views import Statement

_SHAPES = {Status.ACCREDITED: Shape.TOTAL, Status.PROPOSED: Shape.PROPOSED, Status.ANNOUNCED: Shape.ANNOUNCED}

_BARS = {Status.ACCREDITED: ("new at a meeting", Shape.BATCH), Status.PROPOSED: ("newly proposed", Shape.PROPOSAL)}


def chart_of(session: Session, election: str, names: Mapping[str, str], today: date) -> Chart:
    """The chart of an election; `names` are the sources' by key. Totals hold until `today`, or the vote before it.

    Raises NotFound for an unknown election.
    """
    summary = queries.election(session, election)
    found = series(session, election)
    vote = summary.election.date
    last = max(filter(None, (summary.last_day, min(vote, today))))
    curves = (*_lines(found, last), *_lines_of_sources(found, names), *_bars(found, withdrawals(session, election)))
    sources = sorted({names.get(s.source, s.source) for one in found for s in (*one.steps, *one.batches)})
    return Chart(
        title=f"Observers accredited, {poll(summary.election.type)} of {vote.day} {vote:%B %Y}",
        axis=Axis.DAYS,
        curves=curves,
        vote=vote.toordinal(),
        disputed=_disputed(summary),
        source_line=f"Source: {', '.join(sources)}; read by accredwatch" if sources else "",
    )


def _lines(found: Iterable[Series], last: date) -> Iterable[Curve]:
    for one in found:
        if one.source is None and one.steps and one.status in _SHAPES:
            shape, points = _SHAPES[one.status], _points(one.steps)
            yield Curve(name=one.status.value, shape=shape, points=points, until=last.toordinal())


def _lines_of_sources(found: Iterable[Series], names: Mapping[str, str]) -> Iterable[Curve]:
    accredited = [one for one in found if one.status is Status.ACCREDITED]
    for one in accredited[1:]:
        if _differs(one, accredited[0]):
            name = names.get(one.source or "", one.source or "")
            yield Curve(name=name, shape=Shape.SOURCE, points=_points(one.steps))


def _differs(one: Series, whole: Series) -> bool:
    """Whether a source has stated another total for a day than the one that the whole line goes on with.

    A total that the line had left behind before that day is old news, not another one.
    """
    return any(
        step.value != stands[-1].value and step.value not in {s.value for s in stands if s.day < step.day}
        for step in one.steps
        if (stands := [s for s in whole.steps if s.day <= step.day])
    )


def _bars(found: Iterable[Series], withdrawn: Iterable[Statement]) -> Iterable[Curve]:
    for one in found:
        if one.source is None and one.batches and one.status in _BARS:
            name, shape = _BARS[one.status]
            yield Curve(name=name, shape=shape, points=_points(one.batches))
    if points := _points(withdrawn, sign=-1):
        yield Curve(name="withdrawn", shape=Shape.WITHDRAWN, points=points)


def _points(said: Iterable[Statement], *, sign: int = 1) -> tuple[Point, ...]:
    return tuple(
        Point(at=s.day.toordinal(), value=sign * s.value, approx=s.approx is not None, report=s.report) for s in said
    )


def _disputed(summary: ElectionSummary) -> tuple[Point, ...]:
    about = (d for d in summary.disputes if d.scope == TOTAL and d.status is Status.ACCREDITED)
    sides = {(d.day.toordinal(), side.value): side.report for d in about for side in d.now or d.sides}
    return tuple(Point(at=at, value=value, report=report) for (at, value), report in sorted(sides.items()))
