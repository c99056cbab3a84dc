"""The harness that ends the daemon in the middle of a campaign, in a form short enough for every change."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.kills.__main__ import main

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_is_lost_and_nothing_is_repeated_under_another_key(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--kills", "3", "--stops", "1", "--moments", "1", "--database", "sqlite"])
    told = capsys.readouterr().out
    assert code == 0, told
    assert re.search(r"SIGKILL: ([3-9]|\d\d) daemons ended", told)
    assert re.search(r"SIGTERM: ([1-9]|\d\d) daemons ended", told)
    assert told.count(" 0 lost, 0 faults") == 2


def test_the_readme_tells_the_commands_and_their_options() -> None:
    told = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")
    for name in ("bench.kills", "bench.soak"):
        command = [sys.executable, "-m", name, "--help"]
        offered = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        options = set(re.findall(r"--[a-z]+", offered)) - {"--help"}
        assert options
        assert {option for option in options if option not in told} == set()
        assert f"python -m {name}" in told
