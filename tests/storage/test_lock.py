"""One daemon a database, whatever became of the one before."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from foundation.errors import AlreadyRunning, StorageError
from storage import Database
from storage.lock import hold, holder
from tests.storage.campaign import march

ROOT = Path(__file__).parents[2]
HOLDER = """
import os, sys
from datetime import UTC, datetime
from storage import Database
from storage.lock import hold
with hold(Database.open(sys.argv[1]), "the other daemon", now=datetime(2023, 3, 1, tzinfo=UTC)):
    worker = sys.argv[2] == "fork" and os.fork() == 0
    if worker or sys.argv[2] != "fork":
        print("held", flush=True)
    sys.stdin.read()
    if worker:
        os._exit(0)
"""


class OtherDaemon:
    """A process that holds the lock until it is ended."""

    def __init__(self, url: str, manner: str = "alone") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, url, manner],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout
        while self.process.stdout.readline().strip() != b"held":
            assert self.process.poll() is None

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def other(database: Database, database_url: str) -> Iterator[OtherDaemon]:
    daemon = OtherDaemon(database_url)
    yield daemon
    daemon.end()


def test_second_daemon_is_told_who_holds_the_lock(database: Database, other: OtherDaemon) -> None:
    expected = rf"the other daemon, process {other.process.pid} on \S+, since 2023-03-01T00:00:00\+00:00"
    with pytest.raises(AlreadyRunning, match=expected), hold(database, "we", now=march(2)):
        pytest.fail("two daemons on one database")
    known = holder(database)
    assert known is not None
    assert (known.who, known.pid) == ("the other daemon", other.process.pid)


def test_lock_of_a_killed_daemon_is_free(database: Database, other: OtherDaemon) -> None:
    other.kill()
    with hold(database, "we", now=march(2)) as held:
        held.verify()
        assert held.holder.pid == os.getpid()
    assert holder(database) is None


def test_workers_of_a_killed_daemon_do_not_keep_its_lock(database: Database, database_url: str) -> None:
    daemon = OtherDaemon(database_url, "fork")
    daemon.kill()
    try:
        with hold(database, "we", now=march(2)):
            pass
    finally:
        daemon.end()


def test_lock_can_be_taken_again_and_not_twice(database: Database) -> None:
    with hold(database, "we", now=march(2)), pytest.raises(AlreadyRunning), hold(database, "we too", now=march(2)):
        pytest.fail("twice in one process")
    with hold(database, "we", now=march(3)):
        known = holder(database)
    assert known is not None
    assert known.since.startswith("2023-03-03")


def test_record_of_a_process_id_that_runs_again_misleads_nobody(sqlite_database: Database) -> None:
    assert sqlite_database.file
    record = sqlite_database.file.with_name(sqlite_database.file.name + "-daemon")
    record.write_text(json.dumps(["an old daemon", os.getpid(), "here", "2023-01-01T00:00:00+00:00"]))
    assert holder(sqlite_database) is None
    with hold(sqlite_database, "we", now=march(2)):
        pass


def test_other_databases_are_free(sqlite_database: Database, postgresql_url: str, tmp_path: Path) -> None:
    with hold(sqlite_database, "we", now=march(2)):
        for url in (postgresql_url, f"sqlite:///{tmp_path / 'other.sqlite3'}"):
            second = Database.open(url)
            with hold(second, "we", now=march(2)):
                pass
            second.close()


@pytest.mark.parametrize("ending", ["", "-daemon"])
@pytest.mark.parametrize("loss", ["removed", "replaced"])
def test_a_file_that_is_taken_away_under_its_holder_is_noticed(
    sqlite_database: Database, ending: str, loss: str
) -> None:
    assert sqlite_database.file
    file = sqlite_database.file.with_name(sqlite_database.file.name + ending)
    with hold(sqlite_database, "we", now=march(2)) as held:
        held.verify()
        # Kept elsewhere: a new file could get the number of the old one.
        moved = file.rename(file.with_name("moved"))
        if loss == "replaced":
            file.write_bytes(moved.read_bytes())
        with pytest.raises(StorageError, match=r"removed or replaced.*start the daemon"):
            held.verify()
        moved.replace(file)
        held.verify()


def test_lock_lost_with_its_server_session_is_noticed(postgresql_url: str) -> None:
    database = Database.open(postgresql_url)
    with hold(database, "we", now=march(2)) as held:
        held.verify()
        with database.write() as session:
            session.connection().exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
        with pytest.raises(StorageError, match="restart"):
            held.verify()
    database.close()
