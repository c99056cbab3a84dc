"""The tables that can be exported: their columns, and their rows in the order of the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy.orm import Session

from alerts.text import clean, safe_url
from storage import listing, queries
from storage.answers import TimelineRow
from storage.listed import FigureRecord, ReportRecord, Wanted
from storage.listing import in_batches
from storage.tallies import Tally
from storage.tallies import tallies as tallies_of
from storage.views import RecordedChange, Statement

Cell: TypeAlias = "str | int | bool | date | datetime | None"
Row: TypeAlias = "tuple[Cell, ...]"


class What(StrEnum):
    """What can be exported."""

    FIGURES = "figures"
    """Every figure that the latest revision of an article states."""
    STATEMENTS = "statements"
    """The same about known elections, in the order of days, with what is to be thought of each."""
    CHANGES = "changes"
    """What reports did to what was known."""
    REPORTS = "reports"
    """What each article states, in short."""
    TALLIES = "tallies"
    """How the running totals of each election grew, step by step."""


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    TRUTH = "truth"
    DAY = "day"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; any may be empty."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be exported."""

    columns: tuple[Column, ...]
    rows: Callable[[Session, Wanted], Iterator[Row]]
    """Its rows, a few at a time in memory."""


def _columns(text: str) -> tuple[Column, ...]:
    """Columns as `name` (a text) or `name:kind`."""
    parts = (word.partition(":") for word in text.split())
    return tuple(Column(name, Kind(kind) if kind else Kind.TEXT) for name, _, kind in parts)


_SAID = "report:number published:instant url title quote sentence"

_FIGURES = _columns(
    f"id:number election day:day scope status basis value:number approx headline:truth source language {_SAID}"
)
_STATEMENTS = _columns(
    f"election day:day scope status basis value:number approx headline:truth repeats:truth stale:truth conflict:truth"
    f" dispute:number overruled:truth voided:truth source {_SAID}"
)
_TALLIES = _columns(f"election scope status source day:day value:number approx stated_by {_SAID}")
_CHANGES = _columns(
    f"id:number made_at:instant election kind status day:day scope basis value:number approx previous:number"
    f" increase:number held:truth source language {_SAID}"
)
_REPORTS = _columns(
    "id:number election day:day as_of:day source language article_id revision:number published:instant"
    " fetched_at:instant url title figures:number complete:truth deadline:day organization_count:number"
    " country_count:number countries_named organizations_named unknown_names"
)


def _figures(session: Session, wanted: Wanted) -> Iterator[Row]:
    found = in_batches(lambda after, limit: listing.figures(session, wanted, after=after, limit=limit))
    return (figure_row(one) for one in found)


def _reports(session: Session, wanted: Wanted) -> Iterator[Row]:
    found = in_batches(lambda after, limit: listing.reports(session, wanted, after=after, limit=limit))
    return (report_row(one) for one in found)


def _changes(session: Session, wanted: Wanted) -> Iterator[Row]:
    found = in_batches(
        lambda after, limit: queries.changes(session, election=wanted.election, after=after, limit=limit)
    )
    return (change_row(one) for one in found if _is_wanted(wanted, one.article.source, one.change.day))


def _statements(session: Session, wanted: Wanted) -> Iterator[Row]:
    for key in _elections(session, wanted):
        for one in queries.timeline(session, key):
            if _is_wanted(wanted, one.figure.source, one.figure.day):
                yield statement_row(key, one)


def _tallies(session: Session, wanted: Wanted) -> Iterator[Row]:
    for key in _elections(session, wanted):
        for tally in tallies_of(session, key):
            if wanted.source in {None, tally.source}:
                yield from (row for row, day in tally_rows(tally) if wanted.since is None or day >= wanted.since)


def _elections(session: Session, wanted: Wanted) -> Iterable[str]:
    """The elections, the earliest first: one after the other in memory."""
    keys = tuple(reversed(listing.election_keys(session)))
    return keys if wanted.election is None else [key for key in keys if key == wanted.election]


def _is_wanted(wanted: Wanted, source: str, day: date) -> bool:
    return wanted.source in {None, source} and (wanted.since is None or day >= wanted.since)


def figure_row(one: FigureRecord) -> Row:
    """A figure, in the order of its columns."""
    return _clean(
        one.id, one.election, one.day, one.scope, one.status.value, one.basis.value, one.value, one.approx,
        one.headline, one.source, one.language, one.report, one.published, safe_url(one.url), one.title, one.quote,
        one.sentence,
    )  # fmt: skip


def statement_row(election: str, row: TimelineRow) -> Row:
    """A statement about an election, in the order of its columns."""
    one = row.figure
    return _clean(
        election, one.day, one.scope, one.status.value, one.basis.value, one.value, one.approx, row.headline,
        row.repeats, row.stale, row.conflict, row.dispute, row.overruled, row.voided, one.source, *_said(one),
    )  # fmt: skip


def tally_rows(tally: Tally) -> Iterator[tuple[Row, date]]:
    """The steps of a tally, in the order of their columns, each with its day."""
    for one in tally.steps:
        series = (tally.election, tally.scope, tally.status.value, tally.source)
        yield _clean(*series, one.day, one.value, one.approx, one.source, *_said(one)), one.day


def change_row(recorded: RecordedChange) -> Row:
    """A change, in the order of its columns; what its figure would tell is empty where it has none."""
    change, article, figure = recorded.change, recorded.article, recorded.change.figure
    previous = change.previous.value if change.previous else None
    number = (figure.scope, figure.basis.value, figure.value, figure.approx) if figure else (None, None, None, None)
    words = (figure.quote, figure.sentence) if figure else (None, None)
    return _clean(
        recorded.id, recorded.made_at, recorded.election.key, change.kind.value, change.status.value, change.day,
        *number, previous, change.increase, recorded.held, article.source, article.language, recorded.report,
        article.published, safe_url(article.url), article.title, *words,
    )  # fmt: skip


def report_row(one: ReportRecord) -> Row:
    """A report, in the order of its columns; lists are joined by semicolons."""
    return _clean(
        one.id, one.election, one.day, one.as_of, one.source, one.language, one.article_id, one.revision, one.published,
        one.fetched_at, safe_url(one.url), one.title, one.figures, one.complete, one.deadline, one.organization_count,
        one.country_count, "; ".join(one.countries_named), "; ".join(one.organizations_named),
        "; ".join(one.unknown_names),
    )  # fmt: skip


def _clean(*cells: Cell) -> Row:
    """The cells with texts in one line, without control and bidirectional characters; words are plain texts."""
    return tuple(clean(cell) if isinstance(cell, str) else cell for cell in cells)


def _said(one: Statement) -> Row:
    return one.report, one.published, safe_url(one.url), one.title, one.quote, one.sentence


TABLES: dict[What, Table] = {
    What.FIGURES: Table(_FIGURES, _figures),
    What.STATEMENTS: Table(_STATEMENTS, _statements),
    What.CHANGES: Table(_CHANGES, _changes),
    What.REPORTS: Table(_REPORTS, _reports),
    What.TALLIES: Table(_TALLIES, _tallies),
}
"""Every table that can be exported."""
