"""What is wrong inside a database: damage, rows that point nowhere, tables unlike the models, records that cannot be.

Each problem is one line for people. The checks read every row, so a large database takes its time; none writes.
"""

from __future__ import annotations

from sqlalchemy import Connection

from storage import record_checks as records
from storage import schema
from storage import table_checks as tables
from storage.checking import Check
from storage.copies import OnProgress, silent

_BASIC: dict[str, tuple[Check, ...]] = {"sqlite": (tables.damage, tables.orphans), "postgresql": (tables.unreadable,)}
_TABLES: dict[str, tuple[Check, ...]] = {
    "sqlite": (tables.unlike_models,),
    "postgresql": (tables.unlike_models, tables.server_side, tables.counters),
}
_RECORDS: tuple[Check, ...] = (
    tables.pointing_nowhere, tables.unknown_words, records.revisions, records.live_reports, records.figures,
    records.evidence, records.search, records.counts, records.changes, records.alerts,
    records.disputes, records.decisions,
)  # fmt: skip


def problems(connection: Connection, on_progress: OnProgress = silent) -> tuple[str, ...]:
    """Everything that is wrong, in a transaction of the caller's; empty if all is well.

    What only this program's version of the schema has is looked at in databases of that version alone. Raises what
    `storage.schema.version` raises, and the drivers' errors where damage keeps the checks themselves from going on.
    """
    checks = list(_BASIC[connection.dialect.name])
    if schema.version(connection) == schema.head():
        checks += [*_TABLES[connection.dialect.name], *_RECORDS]
    found: list[str] = []
    for number, check in enumerate(checks):
        on_progress("checking", number, len(checks))
        found += check(connection)
        if found and check is tables.damage:
            # What stands on damaged pages tells nothing.
            break
    on_progress("checking", len(checks), len(checks))
    return tuple(found)
