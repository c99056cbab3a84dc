"""Scrapy's own commands, as its users expect them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from storage import queries, sources
from storage.database import Database
from tests.crawler import pages
from tests.crawler.server import NewsSite, Reply
from tests.crawler.test_crawl import publish

ROOT = Path(__file__).parents[2]


@pytest.fixture
def config(site: NewsSite, tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(
        f"""
[database]
url = "sqlite:///{tmp_path}/news.sqlite3"

[[source]]
key = "kazinform"
name = "Courier"
hosts = ["127.0.0.1"]
feeds = [{{ url = "{site.url}/feed", language = "en" }}]
article_urls = ['/news/[^/]*-(?P<id>\\d+)']
delay = "0s"
allow_private_addresses = true
""",
        encoding="utf-8",
    )
    return file


def scrapy(config: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-m", "scrapy", *arguments],
        cwd=ROOT,
        env={**os.environ, "ACCREDWATCH_CONFIG": str(config)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_list_shows_the_configured_sources(config: Path) -> None:
    done = scrapy(config, "list")
    assert (done.stdout, done.returncode) == ("kazinform\n", 0)


def test_crawl_records_what_it_finds(config: Path, site: NewsSite, tmp_path: Path) -> None:
    publish(site, 134)
    done = scrapy(config, "crawl", "kazinform")
    assert done.returncode == 0, done.stderr
    assert "crawl_finished" in done.stderr
    assert "Traceback" not in done.stderr
    database = Database.open(f"sqlite:///{tmp_path}/news.sqlite3")
    with database.read() as session:
        assert [report.figures[0].value for report in queries.reports(session)] == [134]
        state = sources.state(session, "kazinform")
    database.close()
    assert state.last_success_at is not None
    assert state.baseline_finished_at is not None


def test_failures_are_told(config: Path, site: NewsSite) -> None:
    site.routes["/feed"] = Reply(pages.rss([(f"{site.url}/news/observers-9", "CEC accredits observers")]))
    done = scrapy(config, "crawl", "kazinform")
    assert f"{site.url}/news/observers-9 answers 404" in done.stderr


def test_an_unknown_source(config: Path) -> None:
    done = scrapy(config, "crawl", "currier")
    assert done.returncode != 0
    assert "currier" in done.stderr


def test_a_broken_configuration_is_one_message(config: Path) -> None:
    config.write_text("[crawler]\nworkrs = 2\n", encoding="utf-8")
    done = scrapy(config, "list")
    assert done.returncode != 0
    assert "workrs" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_interrupted_crawl_ends_cleanly_and_is_on_record(config: Path, site: NewsSite, tmp_path: Path) -> None:
    publish(site, 134, 398)
    let_go = threading.Event()
    held = site.routes["/feed"]
    assert isinstance(held, Reply)
    held.hold = let_go
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "kazinform"],
        cwd=ROOT,
        env={**os.environ, "ACCREDWATCH_CONFIG": str(config)},
        stderr=subprocess.PIPE,
        text=True,
    )
    site.wait_for("/feed")
    process.send_signal(signal.SIGINT)
    let_go.set()
    _, log = process.communicate(timeout=60)
    assert "Traceback" not in log
    database = Database.open(f"sqlite:///{tmp_path}/news.sqlite3")
    with database.read() as session:
        (run,) = sources.runs(session)
    database.close()
    assert (run.finish_reason, run.finished_at is not None) == ("stopped", True)
