"""`accredwatch chart` and `accredwatch serve`, as people start them."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from accredwatch.cli.app import main
from storage.recording import record
from tests.databases import opened
from tests.storage.campaign import KEY, article, figure, march, report

pytestmark = pytest.mark.long


@pytest.fixture
def config(tmp_path: Path, write_config: Callable[[str], Path]) -> Path:
    url = f"sqlite:///{tmp_path / 'accredwatch.sqlite3'}"
    database = opened(url)
    with database.write() as session:
        record(session, article("a", day=2), report(figure(25)), fetched_at=march(18), found_via="feed")
        record(session, article("b", day=9), report(figure(62)), fetched_at=march(18), found_via="feed")
    database.close()
    return write_config(f'[database]\nurl = "{url}"\n')


@pytest.mark.parametrize(("name", "begins"), [("c.svg", b"<?xml"), ("C.PNG", b"\x89PNG")])
def test_a_chart_is_written_by_its_suffix(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, begins: bytes
) -> None:
    file = tmp_path / name
    assert main(["--config", str(config), "chart", "2023", "-o", str(file), "--width", "300", "--height", "200"]) == 0
    assert file.read_bytes().startswith(begins)
    assert "accredited: 25 to 62" in " ".join(capsys.readouterr().out.split())
    assert [p.name for p in tmp_path.iterdir() if "unfinished" in p.name] == []


def test_one_election_is_aligned_by_the_vote_when_asked(config: Path, tmp_path: Path) -> None:
    file = tmp_path / "c.svg"
    assert main(["--config", str(config), "chart", KEY, "--compare", "-o", str(file)]) == 0
    assert b"days before the vote" in file.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["1999", "-o", "c.svg"], KEY),
        (["2023", "-o", "c.gif"], "end the file's name so"),
        (["2023", "-o", "nowhere/c.svg"], "cannot be written: No such file or directory"),
        (["2023", "-o", "c.svg", "--width", "5"], "--width"),
    ],
)
def test_what_cannot_be_drawn_is_told(  # noqa: PLR0917 - a case has a column a fact
    config: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--config", str(config), "chart", *arguments]) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "c.svg").exists()


def test_the_page_is_served_until_a_signal(config: Path) -> None:
    command = [sys.executable, "-m", "accredwatch", "--config", str(config), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert httpx.get(url).status_code == 200
        process.send_signal(signal.SIGTERM)
        _, logged = process.communicate()
    assert process.returncode == 0
    assert [event for event in ("page_up", "stopping", "page_down") if event not in logged] == []
    assert "uvicorn" not in logged
    assert url.rsplit(":", 1)[1] in logged


@pytest.mark.parametrize("host", ["127.0.0.1", "host.invalid"])
def test_where_nobody_can_listen_the_remedy_is_told(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], host: str
) -> None:
    monkeypatch.setenv("ACCREDWATCH_WEB__TOKEN", "0123456789abcdef")  # without it, nobody may be served elsewhere
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["--config", str(config), "serve", "--host", host, "--port", port]) == 2
    said = capsys.readouterr().err
    assert ("choose another port" if host == "127.0.0.1" else "is no address of this machine") in said
