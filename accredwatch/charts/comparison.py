"""Several elections in one chart, each from its days before the vote, so that their courses can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from accredwatch.charts.chart import Axis, Chart, Curve, Point, Shape
from alerts.wording import poll
from extract.model import Status
from storage import queries
from storage.series import series
from storage.views import ElectionRef, Statement


def comparison_of(session: Session, elections: Sequence[str], names: Mapping[str, str], today: date) -> Chart:
    """The accredited totals of the elections, aligned by days before the vote; `names` are the sources' by key.

    Totals hold until `today`, or the vote before it. Raises NotFound for an unknown election.
    """
    curves, said = [], set()
    for key in dict.fromkeys(elections):
        election = queries.election(session, key).election
        steps = next((s.steps for s in series(session, key, status=Status.ACCREDITED) if s.source is None), ())
        points = _points(steps, election)
        until = max([min(0, (today - election.date).days), *(p.at for p in points)])
        curves.append(Curve(name=label(election), shape=Shape.ELECTION, points=points, until=until))
        said |= {names.get(step.source, step.source) for step in steps}
    return Chart(
        title="Observers accredited, by days before the vote",
        axis=Axis.BEFORE,
        curves=tuple(curves),
        vote=0,
        source_line=f"Source: {', '.join(sorted(said))}; read by accredwatch" if said else "",
    )


def label(election: ElectionRef) -> str:
    """An election in a legend: 'parliamentary election, 19 Mar 2023'."""
    return f"{poll(election.type)}, {election.date.day} {election.date:%b %Y}"


def _points(steps: Iterable[Statement], election: ElectionRef) -> tuple[Point, ...]:
    vote = election.date.toordinal()
    return tuple(
        Point(at=s.day.toordinal() - vote, value=s.value, approx=s.approx is not None, report=s.report) for s in steps
    )
