"""What charts show, and how they are drawn."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from accredwatch.charts.chart import Axis, Chart, Curve, Point, Shape
from accredwatch.charts.comparison import comparison_of
from accredwatch.charts.drawing import draw
from accredwatch.charts.election import chart_of
from accredwatch.charts.interactive import plot
from accredwatch.charts.palette import Scheme
from accredwatch.charts.picture import Kind, Size
from extract.model import Basis, Status
from foundation.errors import NotFound
from storage.database import Database
from storage.recording import record
from tests.storage.campaign import KEY, article, figure, march, report

NAMES = {"kazinform": "Казинформ $x^2$ <b>", "astana_times": "The Astana Times"}
LATER = date(2023, 4, 1)


@pytest.fixture
def told(sqlite_database: Database) -> Database:
    withdrawn = figure(2, "organization:ODIHR", status=Status.WITHDRAWN)
    proposed = (figure(52, status=Status.PROPOSED), figure(8, status=Status.PROPOSED, basis=Basis.NEW))
    stories = (
        (article("a", day=2), report(figure(25))),
        (article("b", day=9, source="astana_times"), report(figure(62), figure(37, basis=Basis.NEW))),
        (article("c", day=10), report(*proposed, withdrawn, headline=None)),
        (article("d", day=13), report(figure(786))),
        (article("e", day=13, hour=18, source="astana_times"), report(figure(793))),
    )
    with sqlite_database.write() as session:
        for published, stated in stories:
            record(session, published, stated, fetched_at=march(18), found_via="feed")
    return sqlite_database


def chart(told: Database, today: date = LATER) -> Chart:
    with told.read() as session:
        return chart_of(session, KEY, NAMES, today)


def curve(made: Chart, shape: Shape) -> Curve:
    found = [c for c in made.curves if c.shape is shape]
    assert len(found) == 1
    return found[0]


def days(row: Curve) -> list[tuple[int, int]]:
    return [(date.fromordinal(p.at).day, p.value) for p in row.points]


def test_totals_batches_proposed_and_withdrawn_are_curves_of_their_own(told: Database) -> None:
    made = chart(told)
    assert days(curve(made, Shape.TOTAL))[:2] == [(2, 25), (9, 62)]
    assert days(curve(made, Shape.BATCH)) == [(9, 37)]
    assert days(curve(made, Shape.PROPOSED)) == [(10, 52)]
    assert days(curve(made, Shape.PROPOSAL)) == [(10, 8)]
    assert days(curve(made, Shape.WITHDRAWN)) == [(10, -2)]


def test_a_source_has_a_line_where_it_differs_and_only_then(told: Database) -> None:
    differing = curve(chart(told), Shape.SOURCE)
    assert (differing.name, days(differing)) == (NAMES["kazinform"], [(2, 25), (13, 786)])


def test_totals_in_dispute_are_marked(told: Database) -> None:
    assert [(date.fromordinal(p.at).day, p.value) for p in chart(told).disputed] == [(13, 786), (13, 793)]


@pytest.mark.parametrize(("today", "until"), [(LATER, 19), (date(2023, 3, 15), 15), (date(2023, 3, 1), 13)])
def test_a_total_holds_until_today_or_the_vote_and_no_longer(told: Database, today: date, until: int) -> None:
    end = curve(chart(told, today), Shape.TOTAL).until
    assert end is not None
    assert date.fromordinal(end) == date(2023, 3, until)


def test_elections_are_aligned_by_days_before_the_vote(told: Database) -> None:
    with told.read() as session:
        made = comparison_of(session, [KEY, KEY], NAMES, LATER)
    assert made.axis is Axis.BEFORE
    assert [[(p.at, p.value) for p in c.points][:2] for c in made.curves] == [[(-17, 25), (-10, 62)]]


def test_an_unknown_election_is_told(told: Database) -> None:
    with told.read() as session, pytest.raises(NotFound, match=KEY):
        comparison_of(session, ["1999-x"], NAMES, LATER)


def test_an_svg_says_everything_in_words_and_is_the_same_each_time(told: Database) -> None:
    made = chart(told)
    svg = draw(made, Kind.SVG)
    assert draw(made, Kind.SVG) == svg
    said = [element.text for element in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - our own
    assert "Observers accredited, parliamentary election of 19 March 2023" in said
    assert "day for which the number holds" in said
    assert "observers" in said
    assert NAMES["kazinform"] in said
    assert f"Source: The Astana Times, {NAMES['kazinform']}; read by accredwatch" in said


def test_a_png_has_the_size_and_is_the_same_each_time(told: Database) -> None:
    made = chart(told)
    png = draw(made, Kind.PNG, size=Size(400, 250), scheme=Scheme.DARK)
    assert draw(made, Kind.PNG, size=Size(400, 250), scheme=Scheme.DARK) == png
    assert struct.unpack(">II", png[16:24]) == (800, 500)  # two dots a pixel


def test_a_chart_of_nothing_says_so() -> None:
    nothing = Chart(title="Nothing", axis=Axis.DAYS, curves=(), vote=None)
    assert b"no running total is on record" in draw(nothing, Kind.SVG)
    assert nothing.in_words == "Nothing. No running total is on record."


def test_what_the_page_draws_has_a_column_a_curve_and_a_row_a_day() -> None:
    first, second = date(2023, 3, 2).toordinal(), date(2023, 3, 9).toordinal()
    steps = (Point(at=first, value=25), Point(at=second, value=60, approx=True), Point(at=second, value=62))
    bars = (Point(at=second, value=30), Point(at=second, value=7))
    made = Chart(
        title="T",
        axis=Axis.DAYS,
        curves=(
            Curve(name="accredited", shape=Shape.TOTAL, points=steps, until=second + 2),
            Curve(name="new", shape=Shape.BATCH, points=bars),
        ),
        vote=second + 10,
    )
    drawn = plot(made)
    seconds = 1677715200  # 2 March 2023 in UTC
    day = 24 * 3600
    assert drawn["x"] == [seconds, seconds + 7 * day, seconds + 9 * day, seconds + 17 * day]
    columns = drawn["curves"]
    assert isinstance(columns, list)
    assert [column["values"] for column in columns] == [[25, 62, 62, None], [None, 37, None, None]]
    assert (columns[0]["stated"], columns[0]["loose"]) == ([0, 1], [])
