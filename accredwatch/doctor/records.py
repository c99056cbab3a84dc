"""The database, who works on it, and when each source is due. Each check answers with findings and raises nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from accredwatch.config import Settings
from accredwatch.doctor.finding import Finding, failed, ok, warning
from foundation.errors import NotFound, StorageError
from scheduler.notes import next_crawls
from scheduler.queue.overview import queue_status
from scheduler.queue.place import exists
from storage import lock, models, schema
from storage.database import Database

_REPAIR = "put the last backup in its place: accredwatch db restore FILE --force"


@dataclass
class Records:
    """What the database tells: findings of its own, and what other checks go by."""

    findings: list[Finding] = field(default_factory=list)
    newest: datetime | None = None
    """The latest instant at which anything was recorded."""
    resting: dict[str, datetime] = field(default_factory=dict)
    """Sources that asked to be left alone, and until when."""


def examine(settings: Settings, now: datetime) -> Records:
    """Look at the database, which is neither made nor moved forward."""
    table, records = settings.database, Records()
    try:
        database = Database.look(table.url.get_secret_value(), busy_timeout=table.busy_timeout)
        try:
            records.findings += _database(database)
            if database.version() == schema.head():
                records.findings += _engine(settings, database)
                _timetable(settings, database, now, records)
        finally:
            database.close()
    except NotFound as error:
        records.findings.append(warning("database", str(error), "run accredwatch db upgrade, or crawl"))
    except StorageError as error:
        # The message carries the remedy.
        records.findings.append(failed("database", str(error), "correct that, then look again"))
    return records


def _database(database: Database) -> Iterator[Finding]:
    version = database.version()
    if wrong := database.check():
        yield failed("database", f"{database.name}: {'; '.join(wrong[:3])}", f"accredwatch db check; {_REPAIR}")
    elif version != schema.head():
        said = f"{database.name}: its schema is {version}, this program works with {schema.head()}"
        yield warning("database", said, "accredwatch db backup FILE, then accredwatch db upgrade")
    else:
        yield ok("database", f"{database.name}: is in order, with schema {version}")
    if database.file is None and version != schema.head():
        return
    holder = lock.holder(database)
    if holder is None:
        yield warning("daemon", "nobody works on the database", "start accredwatch run, unless a timer crawls")
    else:
        yield ok("daemon", str(holder))


def _engine(settings: Settings, database: Database) -> Iterator[Finding]:
    if not settings.engine.by_workers:
        return
    with database.read() as session:
        if not exists(session.connection()):
            yield warning("engine", "the queue of jobs is not made yet", "run accredwatch db upgrade, or the daemon")
            return
        queue = queue_status(session, settings.engine.stalled_after)
    jobs = f"jobs: {queue.waiting} waiting, {queue.running} running, {queue.failed} failed in the last day"
    names = ", ".join(worker.name for worker in queue.workers)
    if not queue.workers:
        remedy = "start accredwatch worker on one machine at least"
        yield failed("engine", f"no worker is alive; {jobs}", remedy)
    elif queue.failed:
        yield warning("engine", f"workers alive: {names}; {jobs}", "the workers' logs tell why: look for job_failed")
    else:
        yield ok("engine", f"workers alive: {names}; {jobs}")


def _timetable(settings: Settings, database: Database, now: datetime, records: Records) -> None:
    with database.read() as session:
        newest = select(func.max(models.CrawlRun.started_at))
        records.newest = session.scalar(newest)
        due = next_crawls(session, settings.source, settings.scheduler.jitter, now)
    for key, (instant, state) in due.items():
        if state.retry_not_before is not None and state.retry_not_before > now:
            records.resting[key] = state.retry_not_before
        records.findings.append(_next_crawl(key, instant, state.consecutive_errors, now))


def _next_crawl(key: str, instant: datetime, errors: int, now: datetime) -> Finding:
    when = "at once" if instant <= now else f"at {instant:%Y-%m-%d %H:%M} UTC"
    if errors:
        said = f"next crawl {when}; the last {errors if errors > 1 else 'one'} failed"
        return warning("timetable", said, f"accredwatch crawl {key} tells why", subject=key)
    return ok("timetable", f"next crawl {when}", subject=key)
