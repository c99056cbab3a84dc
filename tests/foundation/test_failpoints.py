"""Failpoints: named by the environment, known to the documentation, passed by the program, off in production."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from foundation.errors import ConfigError
from foundation.failpoints import VARIABLE, Action, Failpoint, arm

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("accredwatch", "scheduler", "alerts", "crawler", "storage")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def made(folder: Path, failpoint: str) -> subprocess.CompletedProcess[str]:
    """The command that makes a database, with a failpoint."""
    config = folder / "config.toml"
    config.write_text(f'[database]\nurl = "sqlite:///{folder}/watch.sqlite3"\n', encoding="utf-8")
    command = [sys.executable, "-m", "accredwatch", "--config", str(config), "db", "upgrade"]
    environment = os.environ | {VARIABLE: failpoint}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("wanted", "complaint"),
    [
        ("before_sent", "no failpoint is called 'before_sent'; did you mean before_send"),
        ("before_send:0", "write NAME, NAME:3 for the third passage"),
        ("before_send=explode", "'explode' is no action; known are kill, stop"),
        ("before send", "write NAME"),
    ],
)
def test_what_means_nothing_is_refused(wanted: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(complaint)):
        arm(wanted)


def test_the_program_refuses_it_as_it_starts(tmp_path: Path) -> None:
    done = made(tmp_path, "before_sent")
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [tmp_path / "config.toml"])
    assert VARIABLE in done.stderr


def test_the_process_dies_where_it_is_told_to_and_the_next_one_goes_on(tmp_path: Path) -> None:
    assert made(tmp_path, "before_schema").returncode == -signal.SIGKILL
    assert made(tmp_path, "after_schema=stop").returncode == -signal.SIGTERM
    assert not (tmp_path / "watch.sqlite3-marker").exists()
    assert made(tmp_path, "").returncode == 0
    assert (tmp_path / "watch.sqlite3-marker").exists()


def test_every_failpoint_is_passed_by_the_code() -> None:
    sources = [path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    passed = [name for text in sources for name in re.findall(r"passing\(Failpoint\.(\w+)\)", text)]
    assert set(passed) == {point.name for point in Failpoint}


def test_every_failpoint_and_action_is_documented() -> None:
    section = OPERATIONS.partition("\n## Failpoints\n")[2].partition("\n## ")[0]
    told = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert told == [point.value for point in Failpoint]
    assert f"`{VARIABLE}`" in section
    assert all(f"`={action}`" in section for action in Action)
