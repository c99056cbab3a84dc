"""Backups of both kinds of database, made while others write, put back into both kinds."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, select, text

from extract.model import Evidence, Where
from foundation.clock import SystemClock
from foundation.errors import AlreadyRunning, ConfigError, DatabaseBusy, SchemaMismatch, StorageError
from storage import Database, lock, models, outbox, record, schema
from storage.backup import Backup, back_up
from storage.marker import read_marker
from storage.restore import Restored
from storage.restore import restore as put_back
from storage.sources import begin_run
from storage.vocabulary import AlertState
from tests.storage.campaign import EVERYTHING, article, figure, march, report
from tests.storage.history import HISTORY, fill

pytestmark = pytest.mark.long

Kinds = Callable[[str], str]


@pytest.fixture
def backup_file(tmp_path: Path) -> Path:
    """A name for a backup in a directory of its own."""
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups" / "monday"


@pytest.fixture
def empty_url(tmp_path: Path, request: pytest.FixtureRequest) -> Kinds:
    """The URL of an empty database of a kind."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / 'other' / 'watch.sqlite3'}"
        return str(request.getfixturevalue("empty_postgresql_url"))

    return make


def restore(
    url: str, file: Path, *, replace: bool = False, hold: bool = False, busy_timeout: timedelta = timedelta(seconds=15)
) -> Restored:
    return put_back(url, file, replace=replace, hold=hold, busy_timeout=busy_timeout, clock=SystemClock())


def tell(database: Database, name: str, value: int, day: int) -> None:
    """Record an article with a new total, and queue its alert."""
    words = f"{value} observers"
    stated = replace(figure(value), evidence=Evidence(words, 0, len(words), Where.BODY))
    with database.write() as session:
        record(
            session,
            article(name, f"{words} are accredited.", day=day),
            report(stated),
            fetched_at=march(day),
            found_via="feed",
            subscriptions=(EVERYTHING,),
        )


def send_all(database: Database) -> None:
    with database.write() as session:
        for alert in outbox.claim(session, now=march(30), channels=["desk"]):
            outbox.sent(session, alert.id, now=march(30))


def alerts(url: str) -> dict[str, AlertState]:
    """The state of each alert, by key."""
    database = Database.open(url)
    with database.read() as session:
        found = {alert.key: alert.state for alert in outbox.alerts(session)}
    database.close()
    return found


def values(url: str) -> list[int]:
    database = Database.open(url)
    with database.read() as session:
        found = list(session.scalars(select(models.Figure.value).order_by(models.Figure.id)))
    database.close()
    return found


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as the models read it."""
    database = Database.open(url)
    with database.read() as session:
        found = {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
            for table in models.Article.metadata.sorted_tables
            if table.name != "daemon"
        }
    database.close()
    return found


def filled(url: str, version: str) -> None:
    """Make a database of an earlier version, with a row in every table."""
    engine = create_engine(make_url(url.replace("postgresql://", "postgresql+psycopg://")))
    if engine.url.database and engine.dialect.name == "sqlite":
        Path(engine.url.database).parent.mkdir(exist_ok=True)
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(1), to=version)
        fill(connection, HISTORY[version])
    engine.dispose()


@pytest.mark.parametrize(
    ("source", "target", "version"),
    [
        ("sqlite", "postgresql", "0001"),
        ("postgresql", "postgresql", "0002"),
        ("postgresql", "sqlite", "0003"),
        ("sqlite", "sqlite", "0004"),
        ("postgresql", "sqlite", "0005"),
        ("sqlite", "postgresql", "0006"),
    ],
)
def test_rows_of_every_version_survive_from_kind_to_kind(
    source: str, target: str, version: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path}/a" if source == "sqlite" else str(request.getfixturevalue("empty_postgresql_url"))
    filled(url, version)
    database = Database.look(url)
    backup = back_up(database, tmp_path / "monday")
    database.close()
    assert (backup.schema, backup.uuid) == (version, "5f1c8f2e-0000-4000-8000-000000000001")
    assert backup.rows == {t: len(r) for t, r in HISTORY[version].items() if t != "daemon"}

    to = f"sqlite:///{tmp_path}/b" if target == "sqlite" else str(request.getfixturevalue("postgresql_url"))
    restored = restore(to, backup.file)

    assert restored.schema == schema.head()
    assert restored.kept is None
    assert rows(to) == rows(url)
    database = Database.open(to)
    tell(database, "new", 900, 20)
    database.close()


def test_a_backup_holds_one_moment_while_others_write(database: Database, tmp_path: Path) -> None:
    with database.write() as session:
        for number in range(40):
            long = f"{number} " + "observers are accredited. " * 3000
            record(session, article(f"a{number}", long), None, fetched_at=march(2), found_via="feed")
    written: list[int] = []

    def write_too(what: str, done: int, total: int) -> None:
        if what == "copying" and done < total:
            with database.write() as session:
                written.append(begin_run(session, "kazinform", now=march(3)))

    backup = back_up(database, tmp_path / "monday", on_progress=write_too)

    assert len(written) > 1
    assert backup.rows["crawl_run"] == 0
    assert backup.rows["revision"] == 40
    assert backup.problems == ()


def test_a_backup_is_made_while_a_thread_writes_without_pause(database: Database, tmp_path: Path) -> None:
    stop, begun = threading.Event(), threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            tell(database, f"a{number}", number, 1 + number % 28)
            begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait()
    try:
        for number in range(5):
            backup = back_up(database, tmp_path / f"backup{number}")
            assert backup.problems == ()
            # An article, its figure and its revision come together or not at all.
            assert backup.rows["article"] == backup.rows["revision"] == backup.rows["figure"]
    finally:
        stop.set()
        writer.join()
    assert database.check() == ()


def test_a_backup_is_one_plain_file_that_replaces_none_unasked(database: Database, backup_file: Path) -> None:
    tell(database, "a", 25, 1)
    back_up(database, backup_file)
    assert [file.name for file in backup_file.parent.iterdir()] == ["monday"]
    connection = sqlite3.connect(backup_file)
    assert connection.execute("SELECT value FROM figure").fetchall() == [(25,)]
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
    before = backup_file.read_bytes()
    tell(database, "b", 62, 2)
    with pytest.raises(ConfigError, match="--force"):
        back_up(database, backup_file)
    assert backup_file.read_bytes() == before
    assert back_up(database, backup_file, replace=True).rows["figure"] == 2
    assert [file.name for file in backup_file.parent.iterdir()] == ["monday"]


@pytest.mark.parametrize("name", ["-", "nowhere/monday", "backups", "accredwatch.sqlite3", "accredwatch.sqlite3-wal"])
def test_a_name_that_cannot_be_meant_is_refused(
    sqlite_database: Database, backup_file: Path, tmp_path: Path, name: str
) -> None:
    with pytest.raises(ConfigError):
        back_up(sqlite_database, tmp_path / name, replace=True)
    assert sqlite_database.check() == ()


def test_a_damaged_database_is_not_backed_up(sqlite_database: Database, backup_file: Path) -> None:
    file = sqlite_database.file
    assert file
    for number in range(30):
        tell(sqlite_database, f"a{number}", number, 1)
    sqlite_database.close()
    content = bytearray(file.read_bytes())
    content[len(content) // 2 :] = b"\x13" * (len(content) - len(content) // 2)
    file.write_bytes(content)
    with pytest.raises(StorageError, match="damaged"):
        back_up(sqlite_database, backup_file)
    assert list(backup_file.parent.iterdir()) == []


@pytest.fixture
def backup(database: Database, backup_file: Path) -> Backup:
    """A backup of a database with one sent alert and one that waits; afterwards that one is sent, and a third."""
    return backed_up(database, backup_file)


def backed_up(database: Database, backup_file: Path) -> Backup:
    tell(database, "a", 25, 1)
    send_all(database)
    tell(database, "b", 62, 2)
    made = back_up(database, backup_file)
    tell(database, "c", 111, 3)
    send_all(database)
    return made


def test_a_database_that_holds_something_is_replaced_when_told_and_kept(
    backup: Backup, database: Database, database_url: str, tmp_path: Path
) -> None:
    database.close()
    assert backup.waiting == 1
    before = alerts(database_url)
    with pytest.raises(StorageError, match="--force"):
        restore(database_url, backup.file)
    assert values(database_url) == [25, 62, 111]

    restored = restore(database_url, backup.file, replace=True)

    assert values(database_url) == [25, 62]
    assert restored.kept is not None
    assert values(f"sqlite:///{restored.kept}") == [25, 62, 111]
    # What the replaced database knows as sent does not go out again; what the backup never heard of is said.
    assert (restored.waiting, restored.known_sent, restored.unknown_sent) == (0, 1, 1)
    after = alerts(database_url)
    assert after.items() <= before.items()
    assert set(after.values()) == {AlertState.SENT}
    tell(database, "d", 165, 4)
    assert values(database_url) == [25, 62, 165]
    assert database.check() == ()


def test_without_the_replaced_database_alerts_wait_under_their_keys(
    backup: Backup, database: Database, database_url: str, empty_url: Kinds
) -> None:
    known = alerts(database_url)
    url = empty_url("sqlite")
    restored = restore(url, backup.file)
    assert (restored.waiting, restored.known_sent, restored.unknown_sent) == (1, 0, 0)
    after = alerts(url)
    assert after.keys() < known.keys()
    assert sorted(state.value for state in after.values()) == ["pending", "sent"]


def test_held_back_the_next_crawl_is_like_the_first(backup: Backup, empty_url: Kinds) -> None:
    url = empty_url("sqlite")
    restore(url, backup.file, hold=True)
    database = Database.open(url)
    with database.read() as session:
        for row in session.scalars(select(models.SourceState)):
            assert (row.baseline_started_at, row.baseline_finished_at) == (None, None)
    database.close()


def test_a_database_that_a_daemon_works_on_is_left_alone(backup: Backup, database: Database, database_url: str) -> None:
    with lock.hold(database, "the daemon", now=march(5)), pytest.raises(AlreadyRunning, match="the daemon"):
        restore(database_url, backup.file, replace=True)
    assert values(database_url) == [25, 62, 111]


def test_a_file_that_another_process_has_open_is_left_alone(sqlite_database: Database, backup_file: Path) -> None:
    tell(sqlite_database, "a", 25, 1)
    back_up(sqlite_database, backup_file)
    url = f"sqlite:///{sqlite_database.file}"
    with sqlite_database.read() as session:
        session.execute(text("SELECT 1 FROM article"))
        with pytest.raises(DatabaseBusy, match="end it"):
            restore(url, backup_file, replace=True, busy_timeout=timedelta(milliseconds=50))
    assert values(url) == [25]


@pytest.mark.parametrize("harm", ["cut", "scratched", "foreign", "text", "empty", "newer"])
def test_what_is_no_sound_backup_changes_nothing(
    harm: str, sqlite_database: Database, backup_file: Path, request: pytest.FixtureRequest
) -> None:
    backup = backed_up(sqlite_database, backup_file)
    file = sqlite_database.file
    assert file
    content = bytearray(backup.file.read_bytes())
    match harm:
        case "cut":
            backup.file.write_bytes(content[: len(content) // 2])
        case "scratched":
            content[len(content) // 2 :] = b"\x13" * (len(content) - len(content) // 2)
            backup.file.write_bytes(content)
        case "text":
            backup.file.write_text("These are not the rows you are looking for. " * 300)
        case "empty":
            backup.file.write_bytes(b"")
        case "newer":
            with sqlite3.connect(backup.file) as connection:
                connection.execute("UPDATE accredwatch_version SET version_num = 'z999'")
        case _:
            backup.file.unlink()
            with sqlite3.connect(backup.file) as connection:
                connection.execute("CREATE TABLE recipes (id INTEGER)")
    before = backup.file.read_bytes()
    error = SchemaMismatch if harm == "newer" else StorageError
    sqlite_database.close()
    for url in (f"sqlite:///{file}", request.getfixturevalue("postgresql_url")):
        with pytest.raises(error, match=r"no backup|no SQLite|damaged|newer than this program"):
            restore(url, backup.file, replace=True)
    assert values(f"sqlite:///{file}") == [25, 62, 111]
    assert backup.file.read_bytes() == before
    names = {other.name.removeprefix(file.name) for other in file.parent.iterdir()}
    assert names == {"", "-marker", "-daemon", "backups"}


def test_a_missing_file_is_named(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        restore(sqlite_url, tmp_path / "nowhere")


def test_a_lost_file_comes_back_and_another_ones_backup_only_when_told(
    sqlite_database: Database, backup_file: Path, tmp_path: Path
) -> None:
    file = sqlite_database.file
    assert file
    tell(sqlite_database, "a", 25, 1)
    made = back_up(sqlite_database, backup_file)
    sqlite_database.close()
    other = Database.open(f"sqlite:///{tmp_path}/other.sqlite3")
    tell(other, "b", 62, 1)
    foreign = back_up(other, backup_file.with_name("foreign"))
    other.close()
    file.unlink()
    url = f"sqlite:///{file}"
    with pytest.raises(StorageError, match="another database"):
        restore(url, foreign.file)
    assert not file.exists()
    assert restore(url, made.file).kept is None
    assert values(url) == [25]
    file.unlink()
    restore(url, foreign.file, replace=True)
    assert values(url) == [62]
    marker = read_marker(file)
    assert marker
    assert marker.uuid == foreign.uuid


def test_a_damaged_file_is_kept_and_replaced(sqlite_database: Database, backup_file: Path) -> None:
    file = sqlite_database.file
    assert file
    tell(sqlite_database, "a", 25, 1)
    back_up(sqlite_database, backup_file)
    sqlite_database.close()
    file.write_bytes(b"\x13" * 8192)
    url = f"sqlite:///{file}"
    with pytest.raises(StorageError, match="--force"):
        restore(url, backup_file)
    restored = restore(url, backup_file, replace=True)
    assert values(url) == [25]
    assert restored.kept
    assert restored.kept.read_bytes() == b"\x13" * 8192


def test_an_older_file_is_kept_as_it_was_before_it_is_moved_forward(tmp_path: Path) -> None:
    filled(f"sqlite:///{tmp_path}/a", "0002")
    Database.open(f"sqlite:///{tmp_path}/a").close()
    kept = Database.look(f"sqlite:///{tmp_path}/a-schema-0002")
    assert kept.version() == "0002"
    kept.close()
    restore(f"sqlite:///{tmp_path}/b", tmp_path / "a-schema-0002")
    assert rows(f"sqlite:///{tmp_path}/a") == rows(f"sqlite:///{tmp_path}/b")


def test_what_is_wrong_in_records_is_told_and_does_not_keep_them_from_being_saved(
    sqlite_database: Database, backup_file: Path, empty_url: Kinds
) -> None:
    tell(sqlite_database, "a", 25, 1)
    with sqlite_database.write() as session:
        session.execute(text("UPDATE change SET kind = 'miracle'"))
    made = back_up(sqlite_database, backup_file)
    assert made.problems == ("change.kind holds 'miracle', which means nothing to this program",)
    assert restore(empty_url("sqlite"), backup_file).backup.problems == made.problems


def test_a_row_that_a_server_has_no_place_for_leaves_it_as_it_was(
    sqlite_database: Database, backup_file: Path, postgresql_url: str
) -> None:
    server = Database.open(postgresql_url)
    tell(server, "kept", 111, 3)
    server.close()
    tell(sqlite_database, "a", 25, 1)
    back_up(sqlite_database, backup_file)
    connection = sqlite3.connect(backup_file)
    connection.execute("UPDATE figure SET report_key = 99")
    connection.commit()
    connection.close()
    with pytest.raises(StorageError, match="table figure holds a row that cannot be copied"):
        restore(postgresql_url, backup_file, replace=True)
    assert values(postgresql_url) == [111]
