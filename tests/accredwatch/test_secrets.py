"""A secret given to the program is found nowhere: in no log line, error, listing, file, row or traceback."""

from __future__ import annotations

import base64
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from accredwatch.cli import main
from accredwatch.config import load
from accredwatch.newsroom.campaign import CAMPAIGN
from accredwatch.newsroom.config_file import write_config
from accredwatch.newsroom.server import Newsroom
from accredwatch.newsroom.sources import replica_sources
from tests.alerts.receivers import Answer, MailServer, WebhookReceiver

ROOT = Path(__file__).resolve().parents[2]
Capture = pytest.CaptureFixture[str]

PASSWORD, TOKEN, DATABASE = "c4nary-p4ssword", "c4nary-t0ken", "c4nary-d4tabase"
SIGNING = base64.b64encode(b"c4nary-signing-secret").decode()
CANARIES = [PASSWORD, TOKEN, DATABASE, SIGNING, base64.b64encode(f"desk:{PASSWORD}".encode()).decode()]

COMMANDS = [
    ["config", "check"], ["config", "show"], ["config", "show", "--json"], ["crawl", "--dry-run"], ["crawl"],
    ["crawl", "--json"], ["alerts", "list"], ["alerts", "list", "--json"], ["alerts", "test", "hook"],
    ["alerts", "test", "post"], ["alerts", "test", "mail"], ["alerts", "test", "gone"], ["alerts", "test", "chat"],
    ["alerts", "retry"], ["timeline"], ["timeline", "--json"], ["show", "1", "--json"], ["sources", "--json"],
    ["review", "--json"], ["db", "check"], ["db", "upgrade"],
]  # fmt: skip


@dataclass
class Office:
    """A configuration full of secrets, receivers that take nothing, and all that the commands said."""

    config: Path
    folder: Path
    channels: str
    capture: Capture
    said: str = ""

    def run(self, *arguments: str) -> int:
        code = main(["--config", str(self.config), "-vv", *arguments])
        out, err = self.capture.readouterr()
        self.said += f"$ {' '.join(arguments)}\n{out}{err}"
        return code


@pytest.fixture
def office(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, receiver: WebhookReceiver, mail: MailServer
) -> Iterator[Office]:
    receiver.otherwise = lambda request: Answer(500, body=str(request.headers).encode())  # password and all
    stories = [story for story in CAMPAIGN if story.language == "en" and story.outlet == "kazinform"]
    with Newsroom(stories) as newsroom:
        sources = [s for s in replica_sources(load(ROOT / "config.toml").source, newsroom) if s.key == "kazinform"]
        url = f"webhook+http://desk:{PASSWORD}@{receiver.address}/{TOKEN}?key={TOKEN}#whsec_{SIGNING}"
        config = write_config(
            tmp_path / "config.toml", sources, database=tmp_path / "data" / "facts.sqlite3", channel_url="json://unused"
        )
        text = config.read_text(encoding="utf-8").replace('name = "desk"\nurl = "json://unused"', 'name = "hook"')
        for name in ("post", "mail", "gone", "chat"):
            text += f'\n[[channel]]\nname = "{name}"\n'
        config.write_text(text, encoding="utf-8")
        (tmp_path / "secrets").mkdir()
        secret = tmp_path / "secrets" / "post"
        secret.write_text(f"json://desk:{PASSWORD}@{receiver.address}/{TOKEN}/?+X-Key={TOKEN}\n", encoding="utf-8")
        monkeypatch.setenv("ACCREDWATCH_CHANNEL_HOOK_URL", url)
        monkeypatch.setenv("ACCREDWATCH_CHANNEL_POST_URL_FILE", str(secret))
        monkeypatch.setenv("ACCREDWATCH_CHANNEL_MAIL_URL", mail.url.replace("mailto://", f"mailto://desk:{PASSWORD}@"))
        monkeypatch.setenv("ACCREDWATCH_CHANNEL_GONE_URL", f"json://{TOKEN}:{PASSWORD}@127.0.0.1:1/{TOKEN}")
        monkeypatch.setenv(
            "ACCREDWATCH_CHANNEL_CHAT_URL", f"slack://{TOKEN}@T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"
        )
        yield Office(config, tmp_path, text, capsys)


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer(refusal=f"535 5.7.8 {PASSWORD} is not the password of desk")
    yield server
    server.close()


def found_in(text: str) -> list[str]:
    """The lines that hold a secret."""
    return [line for line in text.splitlines() if any(canary in line for canary in CANARIES)]


def files_with_secrets(folder: Path) -> list[str]:
    """The files that the program wrote and that hold a secret."""
    written = [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "secrets"]
    return [path.name for path in written if any(canary.encode() in path.read_bytes() for canary in CANARIES)]


def test_no_command_shows_or_keeps_a_secret(office: Office, receiver: WebhookReceiver) -> None:
    codes = {tuple(command): office.run(*command) for command in COMMANDS}

    assert codes["crawl",] == 1  # the channels take nothing
    assert "the service answered HTTP 500" in office.said
    assert "the mail server answered 535 5.7.8 *** is not the password" in office.said
    assert any(TOKEN in request.path for request in receiver.requests)
    assert found_in(office.said) == []
    assert files_with_secrets(office.folder) == []


def test_no_crash_shows_a_secret(office: Office) -> None:
    office.run("db", "upgrade")
    with sqlite3.connect(office.folder / "data" / "facts.sqlite3") as database:
        database.execute("DROP TABLE alert")
    database.close()

    assert office.run("alerts", "list") == 70
    assert "Traceback" in office.said
    assert found_in(office.said) == []


def test_the_password_of_postgresql_is_shown_nowhere(
    office: Office, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = make_url(postgresql_url)
    with_password = url.set(drivername="postgresql+psycopg", password=DATABASE)
    monkeypatch.setenv("ACCREDWATCH_DATABASE__URL", with_password.render_as_string(hide_password=False))
    for command in (["config", "check"], ["config", "show"], ["crawl"], ["alerts", "list", "--json"], ["db", "check"]):
        office.run(*command)
    gone = f"postgresql+psycopg://watch:{DATABASE}@127.0.0.1:1/facts?sslpassword={DATABASE}"
    monkeypatch.setenv("ACCREDWATCH_DATABASE__URL", gone)
    assert office.run("db", "check") == 3
    office.run("config", "show")

    assert found_in(office.said) == []
    with psycopg.connect(postgresql_url) as database:
        tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows: list[object] = []
        for (table,) in tables:
            rows += database.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))).fetchall()
    assert len(rows) > 10
    assert found_in("\n".join(map(str, rows))) == []


def test_the_canaries_would_be_found() -> None:
    assert found_in(f"a\nb {TOKEN}\n") == [f"b {TOKEN}"]
    assert re.fullmatch(r"[\w+/=-]+", "".join(CANARIES))
