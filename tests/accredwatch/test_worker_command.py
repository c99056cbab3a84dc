"""`accredwatch worker`, and what the other commands have to do with workers, as their users type them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from accredwatch.cli import main
from accredwatch.cli.exits import Exit
from foundation.clock import SystemClock
from storage import lock
from storage.database import Database
from storage.work import at_work

Run = Callable[..., tuple[int, str, str]]
IN_PROCESS, BY_WORKERS = "", '[engine]\nkind = "procrastinate"\n'


@pytest.fixture
def run(write_config: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command with a configuration: exit code, standard output, standard error."""

    def command(url: str, tables: str, *arguments: str) -> tuple[int, str, str]:
        config = write_config(f'[database]\nurl = "{url}"\n{tables}')
        capsys.readouterr()
        code = main(["--config", str(config), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["worker"], "`accredwatch worker` needs workers, and engine.kind is 'in_process'"),
        (["ingest", "--defer", __file__], "--defer needs workers"),
        (["ingest", "--defer", "--dry-run", __file__], "neither --dry-run nor --json"),
        (["reread", "--defer"], "give --apply"),
        (["reread", "--apply", "--defer"], "--defer needs workers"),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, sqlite_url: str, arguments: list[str], words: str) -> None:
    code, _, said = run(sqlite_url, IN_PROCESS, *arguments)
    assert code == Exit.USAGE
    assert words in said


def test_workers_need_a_server_and_the_message_says_where_it_is_named(run: Run, sqlite_url: str) -> None:
    code, _, said = run(sqlite_url, BY_WORKERS, "config", "check")
    assert code == Exit.USAGE
    assert "config.toml:4: engine.kind: 'procrastinate' needs a PostgreSQL server" in said


def test_jobs_are_deferred_once_and_status_and_doctor_tell_of_them(
    run: Run, postgresql_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "some.warc.gz"
    file.touch()
    assert run(postgresql_url, BY_WORKERS, "db", "upgrade")[0] == Exit.OK
    assert run(postgresql_url, BY_WORKERS, "ingest", "--defer", str(file))[1].startswith("1 jobs deferred;")
    assert run(postgresql_url, BY_WORKERS, "ingest", "--defer", str(file))[1].startswith("0 jobs deferred, 1 waited")
    assert run(postgresql_url, BY_WORKERS, "reread", "--apply", "--defer")[1].startswith("deferred;")
    code, out, _ = run(postgresql_url, BY_WORKERS, "status", "--json")
    assert code == Exit.FAILED
    assert json.loads(out)["engine"] == {"workers": [], "waiting": 2, "running": 0, "failed": 0}
    _, out, _ = run(postgresql_url, BY_WORKERS, "doctor", "--offline", "--json")
    (finding,) = [one for one in map(json.loads, out.splitlines()) if one["check"] == "engine"]
    assert (finding["state"], finding["said"].startswith("no worker is alive; jobs: 2 waiting")) == ("failed", True)


def test_a_queue_that_is_none_is_named(run: Run, postgresql_url: str) -> None:
    code, _, said = run(postgresql_url, BY_WORKERS, "worker", "--queues", "crawl,delivery")
    assert code == Exit.USAGE
    assert "no queue is called 'delivery'; did you mean deliver?" in said


def test_a_crawl_by_hand_and_workers_keep_apart(run: Run, postgresql_url: str) -> None:
    source = '[[source]]\nkey = "alpha"\nname = "Alpha"\nhosts = ["a.test"]\narticle_urls = ["/(?P<id>x)"]\n'
    database = Database.open(postgresql_url)
    try:
        with at_work(database):
            code, _, said = run(postgresql_url, BY_WORKERS + source, "crawl")
        assert (code, "workers are at work" in said) == (Exit.RUNNING, True)
        with lock.hold(database, "accredwatch crawl", now=SystemClock().now()):
            code, _, said = run(postgresql_url, BY_WORKERS, "worker")
        assert (code, "for itself" in said) == (Exit.RUNNING, True)
    finally:
        database.close()
