"""Damage, rows that point nowhere, tables unlike the models: each check tells its problems, one line each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Enum, ForeignKeyConstraint, Text, func, select, text, type_coerce

from storage import schema
from storage.checking import Problems, first
from storage.columns import Base


def damage(connection: Connection) -> tuple[str, ...]:
    """What is wrong with the pages of a SQLite file; empty if all is well."""
    rows = connection.execute(text("PRAGMA integrity_check"))
    return tuple(str(row[0]) for row in rows if row[0] != "ok")


def orphans(connection: Connection) -> Problems:
    """Of SQLite, which lets whoever asks for it write rows that point nowhere."""
    rows = connection.execute(text("PRAGMA foreign_key_check"))
    yield from first(f"row {row[1]} of {row[0]} points to no row of {row[2]}" for row in rows)


def unreadable(connection: Connection) -> Problems:
    """Of PostgreSQL: reads every value of every table, so that the server meets what is damaged."""
    names = schema.table_names(connection)
    for name in sorted(names):
        connection.execute(text(f'SELECT sum(length(t::text)) FROM "{name}" AS t')).scalar()  # noqa: S608 - the schema's own names
    yield from ()


def server_side(connection: Connection) -> Problems:
    """Of PostgreSQL: constraints that do not hold for all rows, indexes that were not built to their end."""
    here = "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
    loose = f"SELECT conname FROM pg_constraint WHERE connamespace = {here} AND NOT convalidated"  # noqa: S608
    for (name,) in connection.execute(text(loose)):
        yield f"the constraint {name} was never checked against the rows: ALTER TABLE ... VALIDATE CONSTRAINT {name}"
    broken = (
        "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "  # noqa: S608
        f"WHERE c.relnamespace = {here} AND NOT i.indisvalid"
    )
    for (name,) in connection.execute(text(broken)):
        yield f"the index {name} is not valid: REINDEX INDEX {name}"


def counters(connection: Connection) -> Problems:
    """Of PostgreSQL: counters of ids that would give an id again, as after rows were put in by hand."""
    for table in Base.metadata.sorted_tables:
        if "id" not in table.columns:
            continue
        counter = connection.execute(
            text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": f'"{table.name}"'}
        ).scalar()
        if counter is None:
            continue
        highest = connection.execute(select(func.max(table.c.id))).scalar() or 0
        last = connection.execute(
            text(f"SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {counter}")  # noqa: S608
        ).scalar_one()
        if last < highest:
            yield f"the next row of {table.name} would get an id that is taken: SELECT setval('{counter}', {highest})"


def unlike_models(connection: Connection) -> Problems:
    # Alembic costs eight megabytes, which a daemon on a database of this version has no use for.
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    context = MigrationContext.configure(connection, opts=dict(schema.COMPARED))
    for difference in compare_metadata(context, Base.metadata):
        yield f"the tables are not those of schema {schema.head()}: {_difference(difference)}"


def _difference(found: Any) -> str:  # noqa: ANN401 - alembic's tuples, or lists of them
    step = found[0] if isinstance(found, list) else found
    names = [str(getattr(part, "name", part)) for part in step[1:] if part is not None][:3]
    return " ".join([str(step[0]).replace("_", " "), *names])


def pointing_nowhere(connection: Connection) -> Problems:
    """Both kinds of database, by joins: a foreign key that was dropped or switched off protects nothing."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            yield from _dangling(connection, key)


def _dangling(connection: Connection, key: ForeignKeyConstraint) -> Problems:
    (element,) = key.elements
    child, parent = element.parent, element.column.table.alias("parent")
    there = parent.c[element.column.name]
    missing = (
        select(*child.table.primary_key.columns)
        .select_from(child.table.outerjoin(parent, child == there))
        .where(child.is_not(None), there.is_(None))
    )
    rows = connection.execute(missing)
    yield from first(f"{child.table.name} {row[0]} points to no row of {element.column.table.name}" for row in rows)


def unknown_words(connection: Connection) -> Problems:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Enum):
                # As text: the column's own type stops at a word that it does not know.
                as_text = type_coerce(column, Text)
                strange = select(as_text).where(as_text.not_in(column.type.enums)).distinct()
                for (word,) in connection.execute(strange):
                    yield f"{table.name}.{column.name} holds {word!r}, which means nothing to this program"
