"""`accredwatch alerts mute`, `mutes`, `unmute`, `ack`, `replay`, and what `alerts list` and `status` say of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accredwatch.cli import main
from accredwatch.config import load
from storage import Database, record
from tests.storage.campaign import KEY, article, figure, march, report

Capture = pytest.CaptureFixture[str]
Run = Callable[..., str]
CONFIG = """
[[channel]]
name = "desk"
url = "json://127.0.0.1:9/"
digest = "daily"
[[channel]]
name = "admins"
url = "json://127.0.0.1:9/"
audience = "operators"
[[source]]
key = "kazinform"
name = "Kazinform"
hosts = ["x.kz"]
article_urls = ["/(?P<id>[a-z]+)$"]
"""


@pytest.fixture
def config(sqlite_url: str, write_config: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "300")
    path = write_config(f'[database]\nurl = "{sqlite_url}"\n{CONFIG}')
    publish(path, 320)
    return path


@pytest.fixture
def run(config: Path, capsys: Capture) -> Run:
    """Runs a command that has to end with this code; what it prints."""

    def command(*arguments: str, code: int = 0) -> str:
        capsys.readouterr()
        assert main(["-c", str(config), *arguments]) == code
        printed = capsys.readouterr()
        return printed.err if code else printed.out

    return command


def publish(config: Path, value: int) -> None:
    settings = load(config)
    database = Database.open(settings.database.url.get_secret_value(), base=config.parent)
    with database.write() as session:
        record(
            session, article(f"a{value}", day=13), report(figure(value)), fetched_at=march(13, hour=15),
            found_via="feed", subscriptions=[channel.subscription() for channel in settings.channel],
        )  # fmt: skip
    database.close()


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_what_waits_says_until_when(run: Run) -> None:
    assert "scheduled" in run("alerts", "list")
    assert "goes out 2023-03-13 18:00" in run("alerts", "list")
    (alert,) = rows(run("alerts", "list", "--json"))
    assert (alert["state"], alert["due_at"]) == ("scheduled", "2023-03-13T12:00:00Z")


def test_mute_keep_and_tell(run: Run, config: Path) -> None:
    out = run("alerts", "mute", "--election", "2023-03", "--until", "2099-01-01", "--by", "Aigul", "--note", "on leave")
    assert out == f"mute 1: election {KEY}, until 2099-01-01 00:00 (Asia/Almaty)\n"
    publish(config, 330)
    assert "by mute 1" in run("alerts", "list", "--state", "muted")
    (mute,) = rows(run("alerts", "mutes", "--json"))
    assert (mute["by"], mute["note"], mute["kept"], mute["election"]) == ("Aigul", "on leave", 1, KEY)
    assert "election 2023-03-19-parliamentary" in run("alerts", "mutes")
    assert run("alerts", "unmute", "1") == f"mute 1 is over (election {KEY}); 1 alert stays untold\n"
    assert "is over since" in run("alerts", "unmute", "1", code=2)
    assert "1 alert in the queue" in run("alerts", "unmute", "1", "--tell")
    assert run("alerts", "list", "--state", "muted") == "No alert.\n"
    assert run("alerts", "mutes") == "Nothing is muted.\n"
    assert rows(run("alerts", "mutes", "--over", "--json"))[0]["kept"] == 0


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["mute", "--until", "2001-01-01"], "is over already"),
        (["mute", "--until", "soon"], "write 2h, 3d, 1w, or a day"),
        (["mute", "--until", "2h", "--election", "1999"], "no election on record is called '1999'"),
        (["mute", "--until", "2h", "--source", "kazinfrom"], "did you mean kazinform"),
        (["mute", "--until", "2h", "--channel", "dek"], "did you mean desk"),
        (["unmute", "7"], "no mute has the id 7"),
        (["ack", "7"], "no alert has the id 7"),
        (["replay", KEY, "--channel", "admins"], "channel admins is for operators"),
    ],
)
def test_what_cannot_be_is_said(run: Run, arguments: list[str], error: str) -> None:
    assert error in run("alerts", *arguments, code=2)


def test_who_has_seen_to_it_is_listed(run: Run) -> None:
    (alert,) = rows(run("alerts", "list", "--json"))
    assert run("alerts", "ack", str(alert["id"]), "--by", "Aigul", "--note", "rang the CEC") == (
        "1 alert acknowledged\n"
    )
    assert run("alerts", "ack", str(alert["id"]), "--by", "Dana") == "0 alerts acknowledged; 1 alert had been before\n"
    assert "seen to by Aigul: rang the CEC" in " ".join(run("alerts", "list").split())
    found = rows(run("alerts", "list", "--json"))[0]
    assert (found["acknowledged_by"], found["acknowledged_note"]) == ("Aigul", "rang the CEC")


def test_replay_under_another_configuration(run: Run, config: Path, tmp_path: Path) -> None:
    publish(config, 325)
    out = run("alerts", "replay", "2023")
    assert "desk: 1 message (Asia/Almaty)" in out
    assert "daily digest" in out
    other = tmp_path / "other.toml"
    other.write_text(config.read_text().replace('digest = "daily"', "min_increase = 10"))
    before = run("alerts", "list", "--json")
    found = rows(run("-c", str(other), "alerts", "replay", KEY, "--json"))
    assert [(row["channel"], row["fate"], row["message"]) for row in found] == [
        ("desk", "told", 1),
        ("desk", "too_small", None),
    ]
    assert found[1]["why"] == ["5 since it was last told, of at least 10"]
    assert found[0]["figure"]["value"] == 320
    assert run("alerts", "list", "--json") == before


def test_status_counts_what_is_scheduled_and_muted(run: Run, config: Path, capsys: Capture) -> None:
    run("alerts", "mute", "--until", "2h")
    publish(config, 330)
    capsys.readouterr()
    main(["-c", str(config), "status", "--json"])
    (status,) = rows(capsys.readouterr().out)
    assert [(c["scheduled"], c["muted"], c["well"]) for c in status["channels"]] == [(1, 1, True), (0, 0, True)]
