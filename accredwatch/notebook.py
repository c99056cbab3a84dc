"""What is on record, for notebooks and scripts: plain values, and rows for tables; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from accredwatch.config import load
from accredwatch.export import tables
from accredwatch.export.tables import TABLES, Cell, Row, What
from extract.model import Basis, Status
from foundation.errors import SchemaMismatch
from storage import listing, queries, schema
from storage.answers import ElectionSummary, TimelineRow
from storage.database import Database
from storage.listed import FigureRecord, ReportRecord, Wanted
from storage.listing import in_batches
from storage.tallies import Tally
from storage.tallies import tallies as tallies_of
from storage.views import RecordedChange
from storage.vocabulary import ChangeKind

T = TypeVar("T")

_ELECTION_COLUMNS = (
    "election", "type", "date", "status", "value", "approx", "day", "sources", "disputed", "reports", "complete",
)  # fmt: skip


class Listing(list[T], Generic[T]):
    """A list of values that can be laid out as a table."""

    def __init__(self, values: Iterable[T], columns: Iterable[str], rows: Callable[[T], Iterable[Row]]) -> None:
        super().__init__(values)
        self._columns = tuple(columns)
        self._rows = rows

    def rows(self) -> list[dict[str, Cell]]:
        """The values as rows of a table, with the columns of `accredwatch export`: what `pandas.DataFrame` takes."""
        return [dict(zip(self._columns, row, strict=True)) for value in self for row in self._rows(value)]


class Records:
    """What is on record in a database; a context manager that closes it. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def elections(self) -> Listing[ElectionSummary]:
        """The elections with their latest totals, the latest first; as rows, one for each status."""
        with self._database.read() as session:
            return Listing(queries.elections(session), _ELECTION_COLUMNS, _election_rows)

    def tallies(self, election: str, *, scope: str | None = None, status: Status | None = None) -> Listing[Tally]:
        """How the running totals of an election grew: of all sources together (`source` is None), then of each.

        As rows, one for each step. Raises NotFound.
        """
        with self._database.read() as session:
            found = tallies_of(session, election, scope=scope, status=status)
        return Listing(found, _names(What.TALLIES), lambda tally: (row for row, _ in tables.tally_rows(tally)))

    def statements(
        self, election: str, *, scope: str | None = None, status: Status | None = None
    ) -> Listing[TimelineRow]:
        """Every statement about an election, by day, with what is to be thought of it. Raises NotFound."""
        with self._database.read() as session:
            found = queries.timeline(session, election, scope=scope, status=status)
        return Listing(found, _names(What.STATEMENTS), lambda row: [tables.statement_row(election, row)])

    def figures(  # noqa: PLR0913 - filters, each by name
        self,
        *,
        election: str | None = None,
        source: str | None = None,
        scope: str | None = None,
        status: Status | None = None,
        basis: Basis | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Listing[FigureRecord]:
        """Every figure that the latest revision of an article states, in the order of the records."""
        wanted = Wanted(
            election=election, source=source, scope=scope, status=status, basis=basis, since=since, until=until
        )
        with self._database.read() as session:
            found = in_batches(lambda after, limit: listing.figures(session, wanted, after=after, limit=limit))
            return Listing(found, _names(What.FIGURES), lambda one: [tables.figure_row(one)])

    def reports(
        self,
        *,
        election: str | None = None,
        source: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Listing[ReportRecord]:
        """What the latest revision of each article states, in short, in the order of the records."""
        wanted = Wanted(election=election, source=source, since=since, until=until)
        with self._database.read() as session:
            found = in_batches(lambda after, limit: listing.reports(session, wanted, after=after, limit=limit))
            return Listing(found, _names(What.REPORTS), lambda one: [tables.report_row(one)])

    def changes(
        self, *, election: str | None = None, kinds: Collection[ChangeKind] = (), after: int = 0
    ) -> Listing[RecordedChange]:
        """What reports did to what was known, oldest first; only those with an id above `after`."""
        with self._database.read() as session:
            found = in_batches(
                lambda above, limit: queries.changes(
                    session, election=election, kinds=kinds, after=max(above, after), limit=limit
                )
            )
            return Listing(found, _names(What.CHANGES), lambda one: [tables.change_row(one)])


def open_records(place: str | Path | None) -> Records:
    """The records of a database's URL, of a configuration file, or of the configuration that the program would find.

    Raises ConfigError, NotFound where no database was made yet, SchemaMismatch for another version's, StorageError.
    """
    if isinstance(place, str) and "://" in place:
        database = Database.look(place, base=Path.cwd())
    else:
        table = load(Path(place) if place is not None else None).database
        database = Database.look(table.url.get_secret_value(), busy_timeout=table.busy_timeout)
    version = database.version()
    if version != schema.head():
        database.close()
        raise SchemaMismatch(
            f"the schema of {database.name} is {version}, this program works with {schema.head()}:"
            " run `accredwatch db upgrade`"
        )
    return Records(database)


def _names(what: What) -> tuple[str, ...]:
    return tuple(column.name for column in TABLES[what].columns)


def _election_rows(summary: ElectionSummary) -> Iterable[Row]:
    election = summary.election
    for total in summary.totals:
        figure = total.figure
        yield (
            election.key, election.type.value, election.date, total.status.value, figure.value,
            figure.approx.value if figure.approx else None,
            figure.day, "; ".join(total.sources), total.disputed, summary.reports, summary.complete,
        )  # fmt: skip
