"""Putting a backup in a database's place: proven before anything is touched, and again when it stands there.

What was there is kept. A backup knows nothing of what was alerted after it was made; what the replaced database can
still tell of that is carried over, so that an alert that arrived does not go out again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, Table, delete, func, select, text, update

from foundation.clock import Clock
from foundation.errors import ConfigError, StorageError
from storage import lock, schema
from storage.address import read_url
from storage.backup import Backup, back_up, belongings, copy_engine, draft, inspect_copy, write_through
from storage.copies import OnProgress, copy_file, copy_rows, count_rows, portable_tables, silent
from storage.database import Database, prepare_place
from storage.faults import in_our_words
from storage.marker import Marker, write_marker
from storage.models import Alert, SourceState
from storage.replaced import Replaced, look_at, look_at_file, resemble, set_aside
from storage.table_checks import damage
from storage.vocabulary import ON_THE_WAY, AlertState

_US = "accredwatch db restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did."""

    database: str
    """How messages call it."""
    backup: Backup
    schema: str
    """The version that the backup's schema was moved forward to."""
    kept: Path | None
    """Where what was there before is kept; None if there was nothing."""
    waiting: int
    """Alerts that wait; those that were sent after the backup was made go out again, under the same key."""
    known_sent: int
    """Alerts that wait in the backup and that the replaced database had sent: they do not go out again."""
    unknown_sent: int
    """Alerts that the replaced database had sent and the backup does not know: their facts will be found anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """What was asked for."""

    url: str
    file: Path
    replace: bool
    hold: bool
    busy_timeout: timedelta
    clock: Clock
    on_progress: OnProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """A backup made ready in a file of its own: what it was, and what stands in that file now."""

    backup: Backup
    rows: Mapping[str, int]
    waiting: int
    known_sent: int
    unknown_sent: int


def restore(  # noqa: PLR0913 - keywords that describe one restore
    url: str,
    file: Path,
    *,
    replace: bool = False,
    hold: bool = False,
    busy_timeout: timedelta = timedelta(seconds=15),
    clock: Clock,
    on_progress: OnProgress = silent,
) -> Restored:
    """Make the database at `url` what the backup in `file` holds, moved forward to this program's schema.

    `replace` allows it to take the place of a database that holds something, or that the backup is none of; the old
    one is kept. With `hold` the next crawl of each source is like its first one: what it finds is recorded in silence,
    and each channel is told once where things stand.

    Raises ConfigError for a file that cannot be meant, AlreadyRunning while a daemon works there, SchemaMismatch for a
    backup of a newer program, StorageError for one that is no sound backup, or where there is something to lose.
    """
    file = file.absolute()
    if not file.is_file():
        raise ConfigError(f"{file}: no such file; name one that `accredwatch db backup` wrote")
    order = _Order(
        url=url, file=file, replace=replace, hold=hold, busy_timeout=busy_timeout, clock=clock, on_progress=on_progress
    )
    parsed = read_url(url)
    if parsed.get_backend_name() == "postgresql":
        return _to_server(order)
    return _to_file(order, Path(parsed.database or ""))


def _to_file(order: _Order, target: Path) -> Restored:
    if order.file in belongings(target):
        raise ConfigError(f"{order.file} belongs to the database itself: name a backup of it")
    prepare_place(target)
    now = order.clock.now()
    with lock.hold_file(target, _US, now=now):
        there = look_at_file(target, order.url, order.busy_timeout)
        with draft(target.with_name(f"{target.name}-restoring"), 0o666) as part:
            backup = _prove(order, part)
            _require_leave(order, there, backup, str(target))
            prepared = _finish(order, part, there, backup)
            kept = set_aside(target, now, order.busy_timeout)
            if kept is not None:
                resemble(part, kept)
            write_through(part)
            part.replace(target)
            # Until here the old marker stands, so that a half-done restore is a missing database and not a new one.
            write_marker(target, Marker(backup.uuid, backup.made_at.isoformat(timespec="seconds")))
            write_through(target.parent)
        database = Database.open(order.url, busy_timeout=order.busy_timeout)
        try:
            with database.read() as session:
                connection = session.connection()
                _require_rows(connection, portable_tables(connection), prepared, database.name)
        finally:
            database.close()
    return _told(prepared, database.name, kept)


def _to_server(order: _Order) -> Restored:
    with tempfile.TemporaryDirectory(prefix="accredwatch-") as folder, draft(Path(folder) / "restoring", 0o600) as part:
        backup = _prove(order, part)
        database = Database.open(order.url, busy_timeout=order.busy_timeout, clock=order.clock)
        try:
            with lock.hold(database, _US, now=order.clock.now()):
                with database.read() as session:
                    there = look_at(session.connection())
                _require_leave(order, there, backup, database.name)
                kept = None if there.is_empty else _keep_elsewhere(order, database)
                prepared = _finish(order, part, there, backup)
                with in_our_words(str(order.file), 0), copy_engine(part) as engine, engine.connect() as source:
                    _fill(database, source, prepared, order.on_progress)
        finally:
            database.close()
    return _told(prepared, database.name, kept)


def _keep_elsewhere(order: _Order, database: Database) -> Path:
    """A backup of what a server's database holds, beside the one that replaces it."""
    file = order.file.with_name(f"{order.file.name}-replaced-{order.clock.now():%Y%m%dT%H%M%SZ}")
    return back_up(database, file, on_progress=order.on_progress).file


def _fill(database: Database, source: Connection, prepared: _Prepared, on_progress: OnProgress) -> None:
    """Replace all rows of a server's database, in one transaction that ends when they are proven."""
    tables = portable_tables(source)
    with database.write() as session:
        target = session.connection()
        for table in reversed(tables):
            target.execute(delete(table))
        copy_rows(source, target, tables, on_progress)
        for table in tables:
            _set_counter(target, table)
        _require_rows(target, tables, prepared, database.name)


def _set_counter(connection: Connection, table: Table) -> None:
    """Let the next row of a server's table get an id behind those that it holds."""
    if "id" in table.columns:
        highest = f'SELECT coalesce(max(id), 1) AS highest, max(id) IS NOT NULL AS used FROM "{table.name}"'  # noqa: S608 - a name of the schema
        counter = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
        connection.execute(text(f"SELECT setval({counter}, highest, used) FROM ({highest}) AS ids"))  # noqa: S608


def _prove(order: _Order, part: Path) -> Backup:
    """Copy the backup, and prove the copy."""
    with in_our_words(str(order.file), 0):
        copy_file(order.file, part, order.on_progress)
    return replace(inspect_copy(part, str(order.file), order.on_progress), file=order.file)


def _finish(order: _Order, part: Path, there: Replaced, backup: Backup) -> _Prepared:
    """Move the copy's schema forward, and note in it what the replaced database knows."""
    with in_our_words(str(order.file), 0), copy_engine(part) as engine:
        with engine.begin() as connection:
            if backup.schema != schema.head():
                schema.upgrade(connection, now=order.clock.now())
            known, unknown = _carry_over(connection, there)
            if order.hold:
                connection.execute(update(SourceState).values(baseline_started_at=None, baseline_finished_at=None))
            if wrong := damage(connection):
                raise StorageError(f"{order.file} could not be moved forward to this version: {'; '.join(wrong[:3])}")
            waiting = Alert.state.in_(ON_THE_WAY)
            prepared = _Prepared(
                backup=backup,
                rows=count_rows(connection, portable_tables(connection)),
                waiting=connection.execute(select(func.count(Alert.id)).where(waiting)).scalar_one(),
                known_sent=known,
                unknown_sent=unknown,
            )
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    return prepared


def _carry_over(connection: Connection, there: Replaced) -> tuple[int, int]:
    """Mark what the replaced database had sent as sent: how many were, and how many alerts are not known here."""
    states = {row.uuid: row.state for row in connection.execute(select(Alert.uuid, Alert.state))}
    waiting = [key for key in there.sent if key in states and states[key] is not AlertState.SENT]
    for key in waiting:
        connection.execute(
            update(Alert)
            .where(Alert.uuid == key)
            .values(
                state=AlertState.SENT,
                sent_at=there.sent[key],
                next_attempt_at=None,
                claimed_until=None,
                last_error=None,
            )
        )
    return len(waiting), len(there.sent.keys() - states.keys())


def _require_leave(order: _Order, there: Replaced, backup: Backup, name: str) -> None:
    if order.replace:
        return
    if not there.is_empty:
        raise StorageError(f"{name} holds something already: --force replaces it, and keeps it under another name")
    if there.lost is not None and there.lost != backup.uuid:
        raise StorageError(
            f"{order.file} is a backup of another database than the one that was made at {name}: "
            "--force puts it there all the same"
        )


def _require_rows(connection: Connection, tables: Sequence[Table], prepared: _Prepared, name: str) -> None:
    found = count_rows(connection, tables)
    wrong = [table for table, count in prepared.rows.items() if found.get(table) != count]
    if wrong:
        raise StorageError(f"{name} does not hold what the backup holds ({', '.join(wrong)}): restore it again")


def _told(prepared: _Prepared, name: str, kept: Path | None) -> Restored:
    return Restored(
        database=name,
        backup=prepared.backup,
        schema=schema.head(),
        kept=kept,
        waiting=prepared.waiting,
        known_sent=prepared.known_sent,
        unknown_sent=prepared.unknown_sent,
    )
