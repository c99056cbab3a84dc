"""Opening, making, losing, locking and damaging the database."""

from __future__ import annotations

import os
import pickle
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from foundation.errors import ConfigError, DatabaseBusy, DatabaseMissing, SchemaMismatch, StorageError
from storage import Database, models
from storage.sources import begin_run, runs, states
from tests.databases import opened
from tests.storage.campaign import march

ROOT = Path(__file__).parents[2]


def test_written_is_read_and_survives_closing(database: Database, database_url: str) -> None:
    with database.write() as session:
        begin_run(session, "kazinform", now=march(1))
    database.close()
    again = Database.open(database_url)
    with again.read() as session:
        assert set(states(session)) == {"kazinform"}
    assert again.check() == ()
    again.close()


def test_another_process_opens_the_same_database(database: Database) -> None:
    opener = pickle.loads(pickle.dumps(database.elsewhere()))  # noqa: S301 - as it passes to that process
    with closing(opener()) as elsewhere:
        with elsewhere.write(hasty=True) as session:
            begin_run(session, "kazinform", now=march(1))
        assert elsewhere.name == database.name
    with database.read() as session:
        assert set(states(session)) == {"kazinform"}


def test_failing_block_writes_nothing(database: Database) -> None:
    def fail() -> None:
        with database.write() as session:
            begin_run(session, "kazinform", now=march(1))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with database.read() as session:
        assert states(session) == {}


def test_reader_cannot_write(database: Database) -> None:
    with pytest.raises(StorageError), database.read() as session:
        begin_run(session, "kazinform", now=march(1))


def test_reader_sees_one_state_while_others_write(database: Database) -> None:
    with database.read() as reader:
        assert runs(reader) == ()
        with database.write() as writer:
            begin_run(writer, "kazinform", now=march(1))
        assert runs(reader) == ()
    with database.read() as reader:
        assert len(runs(reader)) == 1


def test_writers_of_many_threads_come_one_at_a_time(database: Database) -> None:
    def count_up() -> None:
        for _ in range(5):
            with database.write() as session:
                row = session.get(models.SourceState, "kazinform")
                assert row is not None
                row.consecutive_errors += 1

    with database.write() as session:
        begin_run(session, "kazinform", now=march(1))
    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert states(session)["kazinform"].consecutive_errors == 20


def test_writer_that_waits_too_long_is_told(database_url: str) -> None:
    patient = Database.open(database_url)
    hasty = Database.open(database_url, busy_timeout=timedelta(milliseconds=50))
    with patient.write(), pytest.raises(DatabaseBusy, match="busy_timeout"), hasty.write():
        pytest.fail("two writers at a time")
    with hasty.write() as session:
        begin_run(session, "kazinform", now=march(1))
    patient.close()
    hasty.close()


def test_naive_instants_are_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="no time zone"), database.write() as session:
        begin_run(session, "kazinform", now=datetime(2023, 3, 1))  # noqa: DTZ001 - the naive instant under test


def test_instants_come_back_in_utc(database: Database) -> None:
    almaty = datetime.fromisoformat("2023-03-10T02:30:00.123456+06:00")
    with database.write() as session:
        begin_run(session, "kazinform", now=almaty)
    with database.read() as session:
        (run,) = runs(session)
    assert run.started_at == almaty
    assert run.started_at.tzinfo is UTC


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "mysql://u:hunter2@h/d", "sqlite://", "sqlite:///:memory:", "sqlite://host/file",
     "sqlite:///file?mode=ro", "postgresql://u:hunter2@h", "postgresql://u:hunter2@h:port/d"],
)  # fmt: skip
def test_nonsense_urls_are_refused_without_their_password(url: str) -> None:
    with pytest.raises(ConfigError, match=r"database\.url") as caught:
        Database.open(url)
    assert "hunter2" not in str(caught.value)


def test_unreachable_server_is_named_without_the_password() -> None:
    with pytest.raises(StorageError, match=r"127.0.0.1") as caught:
        Database.open("postgresql://someone:hunter2@127.0.0.1:1/none?password=hunter2")
    assert "hunter2" not in str(caught.value)


def test_relative_file_is_looked_for_beside_the_configuration(tmp_path: Path) -> None:
    Database.open("sqlite:///var/a.sqlite3", base=tmp_path).close()
    assert (tmp_path / "var" / "a.sqlite3").exists()


@pytest.mark.parametrize("loss", ["removed", "emptied", "hollow"])
def test_lost_file_is_not_replaced(tmp_path: Path, loss: str) -> None:
    file = tmp_path / "a.sqlite3"
    Database.open(f"sqlite:///{file}").close()
    file.unlink()
    if loss == "emptied":
        file.touch()
    if loss == "hollow":
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA user_version = 1")
        connection.close()
    with pytest.raises(DatabaseMissing, match=r"restore a backup.*a.sqlite3-marker"):
        Database.open(f"sqlite:///{file}")
    (tmp_path / "a.sqlite3-marker").unlink()
    Database.open(f"sqlite:///{file}").close()


def test_restored_backup_opens_and_another_database_does_not(tmp_path: Path) -> None:
    one, other = tmp_path / "one.sqlite3", tmp_path / "other.sqlite3"
    for file in (one, other):
        Database.open(f"sqlite:///{file}").close()
    backup = one.read_bytes()
    one.unlink()
    one.write_bytes(backup)
    Database.open(f"sqlite:///{one}").close()
    one.write_bytes(other.read_bytes())
    with pytest.raises(StorageError, match="another database"):
        Database.open(f"sqlite:///{one}")


def test_file_without_marker_is_ours_and_gets_one(tmp_path: Path) -> None:
    file, marker = tmp_path / "a.sqlite3", tmp_path / "a.sqlite3-marker"
    Database.open(f"sqlite:///{file}").close()
    before = marker.read_text()
    marker.unlink()
    Database.open(f"sqlite:///{file}").close()
    assert marker.read_text() == before
    marker.write_text("{")
    Database.open(f"sqlite:///{file}").close()
    assert marker.read_text() == before


@pytest.mark.parametrize(("content", "complaint"), [(b"x" * 8192, "no SQLite database"), (None, "another program")])
def test_foreign_file_is_left_alone(tmp_path: Path, content: bytes | None, complaint: str) -> None:
    file = tmp_path / "a.sqlite3"
    if content is None:
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE recipes (id INTEGER)")
        connection.close()
        content = file.read_bytes()
    file.write_bytes(content)
    with pytest.raises(StorageError, match=complaint):
        Database.open(f"sqlite:///{file}")
    assert file.read_bytes() == content


def test_foreign_tables_on_the_server_are_left_alone(empty_postgresql_url: str) -> None:
    with psycopg.connect(empty_postgresql_url) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")
    with pytest.raises(StorageError, match=r"another program.*recipes"):
        Database.open(empty_postgresql_url)


def test_empty_database_on_the_server_is_filled(empty_postgresql_url: str) -> None:
    database = Database.open(empty_postgresql_url)
    with database.read() as session:
        assert runs(session) == ()
    database.close()


def test_damaged_file_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite3"
    database = Database.open(f"sqlite:///{file}")
    database.close()
    content = bytearray(file.read_bytes())
    content[4096:] = b"\x13" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(StorageError, match=r"damaged|no SQLite database"):
        Database.open(f"sqlite:///{file}")


def test_schema_of_a_newer_program_is_refused(database: Database, database_url: str) -> None:
    with database.write() as session:
        session.execute(text("UPDATE accredwatch_version SET version_num = 'z999'"))
    with pytest.raises(SchemaMismatch, match="newer than this program"):
        Database.open(database_url)


def test_directory_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="is a directory"):
        Database.open(f"sqlite:///{tmp_path}")


def test_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file in the way")
    with pytest.raises(StorageError, match="var cannot be made"):
        Database.open("sqlite:///var/a.sqlite3", base=tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_unwritable_directory_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError, match="cannot be written"):
        Database.open("sqlite:///a.sqlite3", base=tmp_path)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_many_processes_may_open_a_new_database_at_once(request: pytest.FixtureRequest, kind: str) -> None:
    url = request.getfixturevalue("sqlite_url" if kind == "sqlite" else "empty_postgresql_url")
    code = "import sys; from storage import Database; Database.open(sys.argv[1]).close()"
    processes = [
        subprocess.Popen([sys.executable, "-c", code, url], cwd=ROOT, stderr=subprocess.PIPE) for _ in range(4)
    ]
    complaints = [process.communicate()[1].decode() for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, complaints
    database = Database.open(url)
    with database.read() as session:
        assert len(session.scalars(select(models.Identity)).all()) == 1
    database.close()


def test_only_what_is_written_in_haste_waits_for_no_disk(tmp_path: Path) -> None:
    database = opened(f"sqlite:///{tmp_path}/test.sqlite3")

    def waits(*, hasty: bool) -> bool:
        with database.write(hasty=hasty) as session:
            return bool(session.execute(text("PRAGMA synchronous")).scalar_one() == 2)

    assert [waits(hasty=hasty) for hasty in (False, True, True, False, True, False)] == [
        True,
        False,
        False,
        True,
        False,
        True,
    ]
    database.close()
