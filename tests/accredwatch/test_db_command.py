"""`accredwatch db` as its users type it, and the whole road from a crawl to a restored backup on PostgreSQL."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from accredwatch.cli import main
from accredwatch.config import load
from accredwatch.newsroom.campaign import CAMPAIGN
from accredwatch.newsroom.config_file import write_config as write_newsroom_config
from accredwatch.newsroom.receiver import Receiver
from accredwatch.newsroom.server import Newsroom
from accredwatch.newsroom.sources import replica_sources
from foundation.clock import SystemClock
from storage import lock, record, schema
from storage.database import Database
from storage.marker import marker_path
from tests.storage.campaign import EVERYTHING, article, figure, march, report
from tests.storage.history import SECOND, fill

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0

Capture = pytest.CaptureFixture[str]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(database_url: str, write_config: Callable[[str], Path], capsys: Capture) -> Run:
    """Runs a command on a database of one's own, of both kinds: exit code, standard output, standard error."""
    config = write_config(f'[database]\nurl = "{database_url}"\n')

    def command(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["--config", str(config), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with an article and an alert that waits."""
    with database.write() as session:
        record(
            session,
            article("a"),
            report(figure(25)),
            fetched_at=march(1),
            found_via="feed",
            subscriptions=(EVERYTHING,),
        )
    return database


def test_a_backup_is_made_proven_and_restored(run: Run, filled: Database, tmp_path: Path) -> None:
    file = tmp_path / "monday"
    code, out, _ = run("db", "backup", str(file))
    assert code == 0
    assert f"{file}: holds" in out
    assert "is proven" in out
    code, _, err = run("db", "backup", str(file))
    assert (code, "--force" in err) == (2, True)
    filled.close()
    code, _, err = run("db", "restore", str(file))
    assert (code, "--force" in err) == (3, True)

    code, out, _ = run("db", "restore", str(file), "--force")

    assert code == 0
    assert "What was there before is kept as" in out
    assert "1 alert waiting: what was sent since goes out again, under the same key" in out
    assert "restore with --hold" in out
    assert json.loads(run("alerts", "list", "--json")[1])["state"] == "pending"


def test_programs_get_objects(run: Run, filled: Database, tmp_path: Path) -> None:
    file = tmp_path / "monday"
    made = json.loads(run("db", "backup", str(file), "--json")[1])
    assert (made["file"], made["schema"], made["waiting"]) == (str(file), schema.head(), 1)
    assert made["rows"]["article"] == 1
    filled.close()
    done = json.loads(run("db", "restore", str(file), "--force", "--hold", "--json")[1])
    assert (done["backup"]["rows"], done["known_sent"], done["unknown_sent"]) == (made["rows"], 0, 0)
    checked = json.loads(run("db", "check", "--json")[1])
    # What the tests record quotes words at no place, and that is what the check says.
    assert checked["problems"] == ["report 1 quotes words that its article does not have in that place"]
    assert checked["schema"] == schema.head()


def test_a_running_daemon_keeps_its_database(run: Run, filled: Database, tmp_path: Path) -> None:
    run("db", "backup", str(tmp_path / "monday"))
    with lock.hold(filled, "the daemon", now=SystemClock().now()):
        code, _, err = run("db", "restore", str(tmp_path / "monday"), "--force")
    assert code == 4
    assert "the daemon" in err


def test_a_damaged_backup_is_refused(run: Run, filled: Database, tmp_path: Path) -> None:
    file = tmp_path / "monday"
    run("db", "backup", str(file))
    file.write_bytes(file.read_bytes()[:50_000])
    code, _, err = run("db", "restore", str(file), "--force")
    assert code == 3
    assert str(file) in err
    assert "damaged" in err
    assert json.loads(run("alerts", "list", "--json")[1])["id"] == 1


def test_a_dash_is_no_file(run: Run, filled: Database) -> None:
    assert run("db", "backup", "-")[0] == 2
    assert run("db", "restore", "-")[0] == 2


@pytest.fixture(params=["sqlite_url", "empty_postgresql_url"])
def older(request: pytest.FixtureRequest, write_config: Callable[[str], Path]) -> str:
    """A configuration whose database is of the second version."""
    url = str(request.getfixturevalue(request.param))
    engine = create_engine(make_url(url.replace("postgresql://", "postgresql+psycopg://")))
    with engine.begin() as connection:
        schema.upgrade(connection, now=march(1), to="0002")
        fill(connection, SECOND)
    engine.dispose()
    return str(write_config(f'[database]\nurl = "{url}"\n'))


def test_an_older_database_is_looked_at_as_it_is_and_moved_forward_when_told(
    older: str, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["-c", older, "db", "check"]) == 0
    assert "Its schema is 0002" in capsys.readouterr().out
    assert main(["-c", older, "db", "backup", str(tmp_path / "before")]) == 0
    assert "schema 0002" in capsys.readouterr().out
    assert main(["-c", older, "db", "upgrade"]) == 0
    assert f"moved forward from schema 0002 to {schema.head()}" in capsys.readouterr().out
    assert main(["-c", older, "db", "upgrade"]) == 0
    assert "is up to date" in capsys.readouterr().out
    copies = list(tmp_path.glob("*-schema-0002"))
    assert len(copies) == len(list(tmp_path.glob("*.sqlite3")))
    assert main(["-c", older, "db", "restore", str(tmp_path / "before"), "--force"]) == 0
    assert f"Its schema was moved forward from 0002 to {schema.head()}" in capsys.readouterr().out


def test_looking_makes_no_database(write_config: Callable[[str], Path], tmp_path: Path, capsys: Capture) -> None:
    config = str(write_config('[database]\nurl = "sqlite:///facts.sqlite3"\n'))
    for arguments in (["db", "check"], ["db", "backup", str(tmp_path / "monday")]):
        assert main(["-c", config, *arguments]) == 2
        assert "there is no database" in capsys.readouterr().err
    assert main(["-c", config, "db", "upgrade"]) == 0
    assert f"is made, with schema {schema.head()}" in capsys.readouterr().out
    assert marker_path(tmp_path / "facts.sqlite3").exists()


@pytest.fixture
def desk(tmp_path: Path, postgresql_url: str) -> Iterator[tuple[Path, Receiver, threading.Event]]:
    """Newsrooms, a receiver, and a configuration whose database is PostgreSQL."""
    delivered = threading.Event()
    stories = [story for story in CAMPAIGN if story.language == "en"]
    with Newsroom(stories) as newsroom, Receiver(lambda _: delivered.set()) as receiver:
        config = write_newsroom_config(
            tmp_path / "config.toml",
            replica_sources(load(ROOT / "config.toml").source, newsroom),
            database=tmp_path / "facts.sqlite3",
            channel_url=receiver.channel_url,
        )
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace(f"sqlite:///{tmp_path / 'facts.sqlite3'}", postgresql_url), encoding="utf-8")
        yield config, receiver, delivered


def test_the_whole_road_on_postgresql(
    desk: tuple[Path, Receiver, threading.Event], tmp_path: Path, capsys: Capture
) -> None:
    config, receiver, delivered = desk

    def rows(*arguments: str, of: Path = config) -> list[dict[str, object]]:
        capsys.readouterr()
        assert main(["--config", str(of), *arguments, "--json"]) == 0, capsys.readouterr().err
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    command = [sys.executable, "-m", "accredwatch", "--config", str(config), "run"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as daemon:
        assert delivered.wait(PATIENCE)
        # The daemon writes; nobody waits for it.
        (backup,) = rows("db", "backup", str(tmp_path / "early"))
        assert backup["problems"] == []
        (refused,) = [main(["--config", str(config), "db", "restore", str(tmp_path / "early"), "--force"])]
        daemon.send_signal(signal.SIGTERM)
        _, log = daemon.communicate(timeout=PATIENCE)
    assert (daemon.returncode, refused) == (0, 4), log

    *results, _ = rows("crawl")
    assert [result["ok"] for result in results] == [True, True, True]
    elections = {delivery.payload["election"]["key"] for delivery in receiver.accepted}
    assert elections == {"2022-11-20-presidential", "2023-03-19-parliamentary"}
    assert {alert["state"] for alert in rows("alerts", "list")} == {"sent"}
    timeline = rows("timeline", "2023")
    assert {786, 793} <= {row["figure"]["value"] for row in timeline}  # type: ignore[index]  # JSON's own shape
    assert rows("db", "check") == [
        {"database": rows("db", "check")[0]["database"], "schema": schema.head(), "problems": []}
    ]

    rows("db", "backup", str(tmp_path / "late"))
    moved = tmp_path / "moved.toml"
    text = config.read_text(encoding="utf-8")
    moved.write_text(text.replace(text.split('"')[1], f"sqlite:///{tmp_path / 'facts.sqlite3'}"), encoding="utf-8")
    rows("db", "restore", str(tmp_path / "late"), of=moved)
    assert rows("timeline", "2023", of=moved) == timeline
    sent = len(receiver.deliveries)
    rows("crawl", of=moved)
    assert len(receiver.deliveries) == sent
