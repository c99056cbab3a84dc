"""Metrics and the sign of life."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from accredwatch.metrics import NAMES
from accredwatch.web.app import make_app
from alerts.settings import Channel
from scheduler.queue import names
from scheduler.queue.broker import open_broker
from scheduler.settings import EngineSettings
from storage import lock
from storage.database import Database
from tests.api.records import context, fill
from tests.storage.campaign import KEY, march
from tests.support.serving import asking

OPERATIONS = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")


@pytest.fixture
def many_machines(postgresql_url: str) -> Iterator[httpx.Client]:
    """Asks a page whose records workers make; two files wait for one."""
    settings = EngineSettings(kind="procrastinate")
    orders = [names.ingest(file, None) for file in ("a.warc.gz", "b.warc.gz")]

    async def put(database: Database) -> None:
        async with open_broker(database, settings.stalled_after) as broker:
            await broker.put(orders)

    database = Database.open(postgresql_url)
    asyncio.run(put(database))
    with asking(make_app(context(database, engine=settings))) as client:
        yield client
    database.close()


def samples(client: httpx.Client) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def value(client: httpx.Client, name: str, **labels: str) -> float:
    return samples(client)[name, frozenset(labels.items())]


def test_metrics_tell_what_the_records_do(client: httpx.Client) -> None:
    assert value(client, "accredwatch_source_articles", source="kazinform") == 5
    assert value(client, "accredwatch_source_condition", source="kazinform", condition="overdue") == 1
    assert value(client, "accredwatch_source_condition", source="qazaq_tv", condition="new") == 1
    success = value(client, "accredwatch_source_last_success_timestamp_seconds", source="kazinform")
    assert success == march(17, 13).timestamp()
    assert value(client, "accredwatch_alerts", channel="desk", state="pending") == 11
    oldest = value(client, "accredwatch_alert_oldest_waiting_timestamp_seconds", channel="desk")
    assert oldest == march(17).timestamp()
    assert value(client, "accredwatch_crawls_total", source="kazinform", finish_reason="finished") == 1
    assert value(client, "accredwatch_changes_total", kind="conflict") == 1
    assert value(client, "accredwatch_observers", election=KEY, status="accredited") == 700
    assert value(client, "accredwatch_daemon_up") == 0


def test_metrics_of_the_queue(many_machines: httpx.Client) -> None:
    found = samples(many_machines)
    jobs = {tuple(sorted(labels)): count for (name, labels), count in found.items() if name == "accredwatch_jobs"}
    assert value(many_machines, "accredwatch_workers") == 0
    assert jobs.pop((("kind", "ingest"), ("state", "waiting"))) == 2
    assert len(jobs) == 11
    assert set(jobs.values()) == {0}
    oldest = [(dict(labels), at) for (name, labels), at in found.items() if "job_oldest_waiting" in name]
    ((kind, at),) = oldest
    assert kind == {"kind": "ingest"}
    assert 0 <= time.time() - at < 600


def test_every_metric_is_documented_with_its_labels_and_meaning(
    client: httpx.Client, many_machines: httpx.Client
) -> None:
    table = re.findall(r"^\| `(accredwatch_\w+)` \| (.*?) \| (.*?) \|$", OPERATIONS, re.MULTILINE)
    documented = {name: (set(re.findall(r"`(\w+)`", labels)), meaning) for name, labels, meaning in table}
    served: dict[str, set[str]] = {}
    for name, labels in [*samples(client), *samples(many_machines)]:
        served.setdefault(name, {label for label, _ in labels})

    assert {name: meaning for name, (_, meaning) in documented.items()} == NAMES
    assert {name: labels for name, (labels, _) in documented.items()} == served


def test_whether_the_database_answers(client: httpx.Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"well": True, "database": "answers"})
    assert client.head("/healthz").status_code == 200


def test_whether_all_is_well(sqlite_database: Database) -> None:
    fill(sqlite_database)
    settings = context(sqlite_database, channel=(Channel.model_validate({"name": "desk", "url": "json://canary"}),))
    with (
        asking(make_app(settings)) as client,
        lock.hold(sqlite_database, "daemon", now=march(18)),
    ):
        up = value(client, "accredwatch_daemon_up")
        answer = client.get("/healthz?full")

    assert up == 1
    assert answer.status_code == 503
    assert answer.json() == {
        "well": False,
        "database": "answers",
        "daemon": True,
        "sources": {"kazinform": "overdue", "astana_times": "new", "qazaq_tv": "new"},
        "channels": {"desk": False},
    }
