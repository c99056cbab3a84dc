"""The race runs from a checkout and writes its table; what it measures is nobody's promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]


def test_a_small_race_writes_the_whole_table(tmp_path: Path) -> None:
    table = tmp_path / "race.md"
    command = [sys.executable, "-m", "bench.race", "--small", "--pages", "4", "--output", str(table)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=600)
    lines = [line for line in table.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    rows = {cells[0]: cells for cells in ([cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:])}
    assert len(rows) == 7
    assert all(len(cells) == 5 and cells[1] and "not measured" not in cells[1] for cells in rows.values())
    assert "4 of 4" in rows["pages a second, 5 % of observers"][1]
    # What is counted and not timed holds on any machine.
    assert rows["requests of a check, for each feed"][1] == "1.00"
    assert rows["bytes of a check, nothing new"][4] == "yes"
    assert "news-please" not in "".join(lines)


def test_the_readme_tells_the_command_and_its_options() -> None:
    told = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")
    command = [sys.executable, "-m", "bench.race", "--help"]
    offered = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300).stdout
    options = {word.strip("[],") for word in offered.split() if word.strip("[").startswith("--")} - {"--help"}
    assert options
    assert {option for option in options if option not in told} == set()
    assert "python -m bench.race" in told
