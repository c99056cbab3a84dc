"""How the queue is doing: who works on it, and what waits. It reads Procrastinate's tables and needs no more of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg import sql
from sqlalchemy import text
from sqlalchemy.orm import Session

from scheduler.queue.names import Kind
from scheduler.queue.place import exists, place


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerStatus:
    """A worker that gives signs of life."""

    name: str
    host: str
    pid: int
    queues: str
    concurrency: int
    since: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueStatus:
    """How the queue is doing."""

    workers: tuple[WorkerStatus, ...] = ()
    """Those alive, by name."""
    waiting: int = 0
    running: int = 0
    failed: int = 0
    """In the last day."""

    @property
    def well(self) -> bool:
        """Whether somebody works, and nothing has failed."""
        return bool(self.workers) and not self.failed


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCounts:
    """How many jobs of a kind there are."""

    kind: Kind
    waiting: int = 0
    running: int = 0
    failed: int = 0
    """In the last day."""
    oldest_waiting: datetime | None = None
    """Since when the oldest one is in the queue that waits there; None where none does."""


def queue_status(session: Session, stalled_after: timedelta) -> QueueStatus:
    """How the queue is doing at the moment; all zero where it was never made. Raises StorageError."""
    connection = session.connection()
    if not exists(connection):
        return QueueStatus()
    schema = sql.Identifier(place(connection)).as_string()
    workers = connection.execute(
        text(
            "SELECT ours.name, ours.host, ours.pid, ours.queues, ours.concurrency, ours.since, theirs.last_heartbeat "  # noqa: S608 - the schema is quoted
            f"FROM {schema}.accredwatch_workers ours JOIN {schema}.procrastinate_workers theirs ON theirs.id = ours.id "
            "WHERE theirs.last_heartbeat > now() - :stalled_after ORDER BY ours.name, ours.id"
        ),
        {"stalled_after": stalled_after},
    )
    counted = text(f"SELECT status, count(*) AS jobs FROM {schema}.procrastinate_jobs GROUP BY status")  # noqa: S608
    counts = {row.status: row.jobs for row in connection.execute(counted)}
    return QueueStatus(
        workers=tuple(
            WorkerStatus(
                name=row.name,
                host=row.host,
                pid=row.pid,
                queues=row.queues,
                concurrency=row.concurrency,
                since=row.since,
                last_seen=row.last_heartbeat,
            )
            for row in workers
        ),
        waiting=counts.get("todo", 0),
        running=counts.get("doing", 0),
        failed=counts.get("failed", 0),
    )


def job_counts(session: Session) -> tuple[JobCounts, ...]:
    """How many jobs there are of each kind; all zero where the queue was never made. Raises StorageError."""
    connection = session.connection()
    if not exists(connection):
        return tuple(JobCounts(kind=kind) for kind in Kind)
    schema = sql.Identifier(place(connection)).as_string()
    counted = text(
        "SELECT job.queue_name AS kind, count(*) FILTER (WHERE job.status = 'todo') AS waiting, "  # noqa: S608 - as above
        "count(*) FILTER (WHERE job.status = 'doing') AS running, "
        "count(*) FILTER (WHERE job.status = 'failed') AS failed, "
        "min(put.at) FILTER (WHERE job.status = 'todo') AS oldest_waiting "
        f"FROM {schema}.procrastinate_jobs job LEFT JOIN (SELECT job_id, min(at) AS at "
        f"FROM {schema}.procrastinate_events WHERE type = 'deferred' GROUP BY job_id) put ON put.job_id = job.id "
        "GROUP BY job.queue_name"
    )
    found = {row["kind"]: row for row in connection.execute(counted).mappings()}
    return tuple(JobCounts(**{**found.get(kind, {}), "kind": kind}) for kind in Kind)
