"""Metrics for Prometheus, asked of the database at each scrape: they tell the same whoever serves them."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.orm import Session

from accredwatch.version import program_version
from crawler.source import Source
from foundation.clock import Clock
from scheduler.health import Condition
from scheduler.overview import SourceStatus, source_status
from scheduler.queue.overview import job_counts, queue_status
from scheduler.settings import EngineSettings
from storage import counts, lock, outbox, queries
from storage.database import Database
from storage.source_views import SourceSummary

NAMES = {
    "accredwatch_build_info": "Version of the program and of Python; always 1.",
    "accredwatch_daemon_up": "1 while a daemon or a crawl works on the database.",
    "accredwatch_source_last_success_timestamp_seconds": "When the source was last crawled well.",
    "accredwatch_source_last_attempt_timestamp_seconds": "When the source was last crawled at all.",
    "accredwatch_source_condition": "1 for the condition that the source is in.",
    "accredwatch_source_well": "1 if nobody needs to look at the source.",
    "accredwatch_source_consecutive_errors": "Crawls of the source that failed since the last good one.",
    "accredwatch_source_articles": "Articles of the source on record.",
    "accredwatch_source_reports": "Reports of the source on record.",
    "accredwatch_crawls_total": "Crawls of the source that have an end, by how they ended.",
    "accredwatch_changes_total": "Changes of what is known, by kind.",
    "accredwatch_alerts": "Alerts by channel and state.",
    "accredwatch_alert_oldest_waiting_timestamp_seconds": "When the channel's oldest pending alert was made.",
    "accredwatch_review_items_open": "Questions that wait for a person, by kind.",
    "accredwatch_disputes_open": "Disputes on the election that are open.",
    "accredwatch_observers": "Latest running total of the election, by status.",
    "accredwatch_workers": "Workers that give signs of life.",
    "accredwatch_jobs": "Jobs in the queue by kind and state; those that failed are kept for a day.",
    "accredwatch_job_oldest_waiting_timestamp_seconds": "When the oldest job of the kind that waits was put in.",
}
"""Every metric with what it tells."""


@dataclass(frozen=True, slots=True, eq=False)
class Records(Collector):
    """Collects from a database."""

    database: Database
    sources: Sequence[Source]
    clock: Clock
    engine: EngineSettings

    def collect(self) -> Iterator[Metric]:
        """Every metric. Raises StorageError."""
        yield _info()
        yield _gauge("accredwatch_daemon_up", lock.holder(self.database) is not None)
        with self.database.read() as session:
            yield from _of_sources(source_status(session, self.sources, self.clock.now()), queries.sources(session))
            yield from _of_alerts(session)
            yield from _of_facts(session)
            if self.engine.by_workers:
                yield from _of_queue(session, self.engine)


def exposition(database: Database, sources: Sequence[Source], clock: Clock, engine: EngineSettings) -> bytes:
    """The metrics in Prometheus' text format. Raises StorageError."""
    # Without describing itself on registration, for which it would ask the database once more.
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Records(database, sources, clock, engine))
    return generate_latest(registry)


def _info() -> Metric:
    found = InfoMetricFamily("accredwatch_build", NAMES["accredwatch_build_info"])
    found.add_metric([], {"version": program_version(), "python": platform.python_version()})
    return found


def _of_sources(statuses: Iterable[SourceStatus], summaries: Iterable[SourceSummary]) -> Iterator[Metric]:
    watched = [one for one in statuses if one.enabled]
    by_key = {summary.state.source: summary for summary in summaries}
    for name, instant in (("success", "last_success"), ("attempt", "last_attempt")):
        yield _instants(
            f"accredwatch_source_last_{name}_timestamp_seconds",
            "source",
            {one.source: getattr(one, instant) for one in watched},
        )
    conditions = _family("accredwatch_source_condition", "source", "condition")
    for one in watched:
        for condition in Condition:
            conditions.add_metric([one.source, condition.value], one.condition is condition)
    yield conditions
    yield _by("accredwatch_source_well", "source", {one.source: one.well for one in watched})
    errors = {key: one.state.consecutive_errors for key, one in by_key.items()}
    yield _by("accredwatch_source_consecutive_errors", "source", errors)
    yield _by("accredwatch_source_articles", "source", {key: one.articles for key, one in by_key.items()})
    yield _by("accredwatch_source_reports", "source", {key: one.reports for key, one in by_key.items()})


def _of_alerts(session: Session) -> Iterator[Metric]:
    found = _family("accredwatch_alerts", "channel", "state")
    for (channel, state), count in sorted(outbox.counts(session).items()):
        found.add_metric([channel, state.value], count)
    yield found
    yield _instants(
        "accredwatch_alert_oldest_waiting_timestamp_seconds", "channel", dict(outbox.oldest_waiting(session))
    )


def _of_facts(session: Session) -> Iterator[Metric]:
    crawls = CounterMetricFamily(
        "accredwatch_crawls", NAMES["accredwatch_crawls_total"], labels=["source", "finish_reason"]
    )
    for (source, reason), count in sorted(counts.crawls(session).items()):
        crawls.add_metric([source, reason], count)
    yield crawls
    changes = CounterMetricFamily("accredwatch_changes", NAMES["accredwatch_changes_total"], labels=["kind"])
    for kind, count in sorted(counts.changes(session).items()):
        changes.add_metric([kind], count)
    yield changes
    yield _by("accredwatch_review_items_open", "kind", counts.open_review_items(session))
    elections = queries.elections(session)
    yield _by("accredwatch_disputes_open", "election", {e.election.key: len(e.disputes) for e in elections})
    observers = _family("accredwatch_observers", "election", "status")
    for one in elections:
        for total in one.totals:
            observers.add_metric([one.election.key, total.status.value], total.figure.value)
    yield observers


def _of_queue(session: Session, engine: EngineSettings) -> Iterator[Metric]:
    yield _gauge("accredwatch_workers", len(queue_status(session, engine.stalled_after).workers))
    counts = job_counts(session)
    jobs = _family("accredwatch_jobs", "kind", "state")
    for one in counts:
        for state, count in (("waiting", one.waiting), ("running", one.running), ("failed", one.failed)):
            jobs.add_metric([one.kind, state], count)
    yield jobs
    oldest = {str(one.kind): one.oldest_waiting for one in counts}
    yield _instants("accredwatch_job_oldest_waiting_timestamp_seconds", "kind", oldest)


def _family(name: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, NAMES[name], labels=labels)


def _gauge(name: str, value: float) -> Metric:
    return GaugeMetricFamily(name, NAMES[name], value=value)


def _by(name: str, label: str, values: dict[str, int] | dict[str, bool]) -> Metric:
    found = _family(name, label)
    for key, value in sorted(values.items()):
        found.add_metric([key], value)
    return found


def _instants(name: str, label: str, instants: dict[str, datetime | None] | dict[str, datetime]) -> Metric:
    """Instants as Unix seconds; what has none is left out."""
    found = _family(name, label)
    for key, instant in sorted(instants.items()):
        if instant is not None:
            found.add_metric([key], instant.timestamp())
    return found
