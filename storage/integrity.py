"""What is wrong inside a database: damage, rows that point nowhere, tables unlike the models, records that cannot be.

Each problem is one line for people. The checks read every row, so a large database takes its time; none writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Enum, ForeignKeyConstraint, Text, and_, case, func, or_, select, text, type_coerce
from sqlalchemy.orm import aliased

from extract.model import Where
from storage import schema
from storage.columns import Base
from storage.copies import OnProgress, silent
from storage.models import (
    Alert,
    Article,
    Change,
    Decision,
    Dispute,
    Figure,
    Report,
    Revision,
    SearchText,
    SourceState,
)
from storage.records import unpack
from storage.vocabulary import AlertState, ChangeKind, DecisionKind

Problems = Iterator[str]

_MOST = 5
"""How many rows of one kind of problem are named; the others are counted."""


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
        if found and check is damage:
            # What stands on damaged pages tells nothing.
            break
    on_progress("checking", len(checks), len(checks))
    return tuple(found)


def damage(connection: Connection) -> tuple[str, ...]:
    """What is wrong with the pages of a SQLite file; empty if all is well."""
    rows = connection.execute(text("PRAGMA integrity_check"))
    return tuple(str(row[0]) for row in rows if row[0] != "ok")


def _orphans(connection: Connection) -> Problems:
    """Of SQLite, which lets whoever asks for it write rows that point nowhere."""
    rows = connection.execute(text("PRAGMA foreign_key_check"))
    yield from _first(f"row {row[1]} of {row[0]} points to no row of {row[2]}" for row in rows)


def _unreadable(connection: Connection) -> Problems:
    """Of PostgreSQL: reads every value of every table, so that the server meets what is damaged."""
    names = schema.table_names(connection)
    for name in sorted(names):
        connection.execute(text(f'SELECT sum(length(t::text)) FROM "{name}" AS t')).scalar()  # noqa: S608 - the schema's own names
    yield from ()


def _server_side(connection: Connection) -> Problems:
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


def _counters(connection: Connection) -> Problems:
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


def _unlike_models(connection: Connection) -> Problems:
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


def _pointing_nowhere(connection: Connection) -> Problems:
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
    yield from _first(f"{child.table.name} {row[0]} points to no row of {element.column.table.name}" for row in rows)


def _unknown_words(connection: Connection) -> Problems:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Enum):
                # As text: the column's own type stops at a word that it does not know.
                as_text = type_coerce(column, Text)
                strange = select(as_text).where(as_text.not_in(column.type.enums)).distinct()
                for (word,) in connection.execute(strange):
                    yield f"{table.name}.{column.name} holds {word!r}, which means nothing to this program"


def _revisions(connection: Connection) -> Problems:
    gaps = (
        select(Revision.article_key)
        .group_by(Revision.article_key)
        .having(or_(func.min(Revision.number) != 1, func.max(Revision.number) != func.count()))
    )
    yield from _named(connection, gaps, "article {} has revisions missing")


def _live_reports(connection: Connection) -> Problems:
    """An article stands for one report: that of its latest revision that states figures."""
    live = func.sum(case((Report.superseded, 0), else_=1))
    counted = select(Revision.article_key).join(Report).group_by(Revision.article_key).having(live != 1)
    yield from _named(connection, counted, "article {} has not exactly one report that counts")
    later, later_report = aliased(Revision), aliased(Report)
    stale = (
        select(Report.id)
        .join(Report.revision)
        .where(
            Report.superseded.is_(False),
            select(later_report.id)
            .join(later, later.id == later_report.revision_key)
            .where(later.article_key == Revision.article_key, later.number > Revision.number)
            .exists(),
        )
    )
    yield from _named(connection, stale, "report {} counts although a later revision states something")


def _figures(connection: Connection) -> Problems:
    numbered = (
        select(Figure.report_key)
        .group_by(Figure.report_key)
        .having(or_(func.min(Figure.position) != 0, func.max(Figure.position) != func.count() - 1))
    )
    yield from _named(connection, numbered, "report {} lacks figures")
    headline = select(Report.id).where(
        Report.headline.is_not(None),
        ~select(Figure.id).where(Figure.report_key == Report.id, Figure.position == Report.headline).exists(),
    )
    yield from _named(connection, headline, "report {} names a main figure that it does not have")


def _evidence(connection: Connection) -> Problems:
    """The words of each figure stand in its text where it says so."""
    where = {Where.TITLE: Revision.title, Where.BODY: Revision.body}
    for place, words in where.items():
        stands = func.substr(words, Figure.quote_start + 1, Figure.quote_end - Figure.quote_start)
        moved = (
            select(Figure.report_key)
            .join(Figure.report)
            .join(Report.revision)
            .where(Figure.quote_where == place, or_(words.is_(None), stands != Figure.quote))
            .distinct()
        )
        yield from _named(connection, moved, "report {} quotes words that its article does not have in that place")


def _search(connection: Connection) -> Problems:
    """Every article with a text can be found, and only those."""
    has_text = select(Revision.article_key).distinct()
    found = select(SearchText.article_key)
    lost = has_text.where(Revision.article_key.not_in(found)).order_by(Revision.article_key)
    yield from _named(connection, lost, "article {} is not known to search")
    empty = found.where(SearchText.article_key.not_in(has_text)).order_by(SearchText.article_key)
    yield from _named(connection, empty, "search knows article {}, which has no text")


def _counts(connection: Connection) -> Problems:
    """Every source counts its articles, and those of them that state figures."""
    of_source = Article.source == SourceState.source
    articles = select(func.count()).where(of_source).correlate(SourceState).scalar_subquery()
    live = (
        select(func.count()).join(Report.revision).join(Revision.article).where(of_source, Report.superseded.is_(False))
    )
    reports = live.correlate(SourceState).scalar_subquery()
    wrong = select(SourceState.source).where(or_(SourceState.articles != articles, SourceState.reports != reports))
    yield from _named(connection, wrong.order_by(SourceState.source), "source {} counts its articles wrongly")


def _changes(connection: Connection) -> Problems:
    rows = connection.execute(select(Change.id, Change.details).order_by(Change.id))
    yield from _first(f"change {id_} cannot be read" for id_, details in rows if not _readable(details))


def _readable(details: dict[str, Any]) -> bool:
    try:
        unpack(details)
    except ValidationError:
        return False
    return True


def _alerts(connection: Connection) -> Problems:
    states = {
        "alert {} has not one news but none or two": Alert.change_key.is_(None) == Alert.notice_key.is_(None),
        "alert {} waits for no instant, so it would never be sent": and_(
            Alert.state == AlertState.PENDING, Alert.next_attempt_at.is_(None)
        ),
        "alert {} is sent at no instant": and_(Alert.state == AlertState.SENT, Alert.sent_at.is_(None)),
        "alert {} waits to be confirmed without end": and_(
            Alert.state == AlertState.UNCONFIRMED, Alert.confirm_until.is_(None)
        ),
        "alert {} is scheduled for no instant": and_(Alert.state == AlertState.SCHEDULED, Alert.due_at.is_(None)),
        "alert {} is muted by nobody": and_(Alert.state == AlertState.MUTED, Alert.mute_key.is_(None)),
    }
    for words, wrong in states.items():
        yield from _named(connection, select(Alert.id).where(wrong), words)
    lead = aliased(Alert)
    astray = or_(
        lead.channel != Alert.channel, lead.state != Alert.state, lead.lead_key.is_not(None), lead.id > Alert.id
    )
    strays = select(Alert.id).join(lead, lead.id == Alert.lead_key).where(astray)
    yield from _named(connection, strays, "alert {} has another fate than the message that it goes out in")


def _disputes(connection: Connection) -> Problems:
    half = select(Dispute.id).where(Dispute.closed_at.is_(None) != Dispute.outcome.is_(None))
    yield from _named(connection, half, "dispute {} is over without an outcome, or open with one")
    causeless = (
        select(Dispute.id).join(Change, Change.id == Dispute.opened_by).where(Change.kind != ChangeKind.CONFLICT)
    )
    yield from _named(connection, causeless, "dispute {} was opened by a change that is no conflict")


def _decisions(connection: Connection) -> Problems:
    subjects = {
        DecisionKind.SETTLE: Decision.dispute_key,
        DecisionKind.VOID: Decision.report_key,
        DecisionKind.RESTORE: Decision.report_key,
        DecisionKind.CLOSE: Decision.review_item_key,
    }
    for kind, subject in subjects.items():
        empty = select(Decision.id).where(Decision.kind == kind, subject.is_(None))
        yield from _named(connection, empty, f"decision {{}} of kind {kind} does not say about what")
    voided = select(Report.id).where(
        Report.voided_at.is_not(None),
        ~select(Decision.id).where(Decision.report_key == Report.id, Decision.kind == DecisionKind.VOID).exists(),
    )
    yield from _named(connection, voided, "report {} is voided, and no decision says by whom")


def _named(connection: Connection, rows: Any, words: str) -> Problems:  # noqa: ANN401 - a select of one column
    yield from _first(words.format(row[0]) for row in connection.execute(rows))


def _first(found: Iterator[str]) -> Problems:
    more = 0
    for number, line in enumerate(found):
        if number < _MOST:
            yield line
        else:
            more += 1
    if more:
        yield f"... and {more} more like this"


_Check = Callable[[Connection], Iterable[str]]
_BASIC: dict[str, tuple[_Check, ...]] = {"sqlite": (damage, _orphans), "postgresql": (_unreadable,)}
_TABLES: dict[str, tuple[_Check, ...]] = {
    "sqlite": (_unlike_models,),
    "postgresql": (_unlike_models, _server_side, _counters),
}
_RECORDS: tuple[_Check, ...] = (
    _pointing_nowhere, _unknown_words, _revisions, _live_reports, _figures, _evidence, _search, _counts, _changes,
    _alerts, _disputes, _decisions,
)  # fmt: skip
