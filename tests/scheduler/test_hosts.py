"""Workers on hosts of their own: one of them loses its network in the middle of a crawl."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from accredwatch.newsroom.campaign import SITES, STORIES
from accredwatch.newsroom.server import Asked, Newsroom
from storage import outbox, queries, sources
from storage.database import Database
from storage.vocabulary import AlertState
from tests.alerts.receivers import WebhookReceiver
from tests.scheduler.test_workers import ARTICLES, MIDWAY, Stage
from tests.support.hosts import Host, hosts, postgresql_for

pytestmark = pytest.mark.long

SOURCE = "astana_times"


@pytest.fixture
def both() -> Iterator[list[Host]]:
    with hosts(2) as made, postgresql_for(made):
        yield made


def url(host: Host) -> str:
    return f"postgresql+psycopg://postgres@{host.server}:5432/postgres"


@pytest.fixture
def stage(tmp_path: Path, both: list[Host]) -> Iterator[Stage]:
    receiver = WebhookReceiver()

    def pass_on(asked: Asked) -> None:
        made.on_request(asked)

    newsroom = Newsroom(STORIES, now=MIDWAY, outlets=SITES, on_request=pass_on)
    made = Stage(tmp_path, url(both[0]), newsroom, receiver)
    with newsroom:
        made.configure(SOURCE, stalled_after="3s")
        yield made
        for process in made.processes.values():
            process.kill()
            process.wait()
    receiver.close()


def test_a_worker_cut_off_in_its_crawl_loses_nothing_and_repeats_nothing(stage: Stage, both: list[Host]) -> None:
    ports = {int(port) for port in re.findall(r"127\.0\.0\.1:(\d+)", (stage.folder / "config.toml").read_text())}
    for host in both:
        for port in ports:
            host.relay(port, note=port != stage.receiver.port)
    cut: list[Host] = []

    def pull_out(asked: Asked) -> None:
        """Cut the host that crawls off the server: an article is fetched and cannot be recorded."""
        if asked.kind == "article" and not cut:
            cut.append(next(host for host in both if host.name == both[0].asked[-1]))
            cut[0].cut()

    stage.on_request = pull_out
    stage.start("run", "run")
    for host in both:
        stage.start(host.name, "worker", "--name", host.name, "--queues", "crawl,deliver", host=host)
    stage.receiver.wait_for(1)
    database = Database.open(stage.url)
    cut[0].mend()
    # It finds its locks gone, and ends by itself.
    assert stage.processes.pop(cut[0].name).wait(60) == 3
    stage.stop()
    with database.read() as session:
        articles = {source.state.source: source.articles for source in queries.sources(session)}
        states = {alert.key: alert.state for alert in outbox.alerts(session)}
        ends = [run.finish_reason for run in sources.runs(session)]
    database.close()
    assert articles == {SOURCE: ARTICLES[SOURCE]}
    assert ends[0] == "finished"
    assert ends.count("finished") == 1
    assert sorted(stage.receiver.keys) == sorted(states), "each alert arrived, and once"
    assert set(states.values()) == {AlertState.SENT}
    (survivor,) = {host.name for host in both} - {cut[0].name}
    turns = [name for name, before in zip(both[0].asked, [None, *both[0].asked], strict=False) if name != before]
    assert turns == [cut[0].name, survivor], "the outlet was asked by one of them at a time"
