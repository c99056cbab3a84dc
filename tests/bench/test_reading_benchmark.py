"""The benchmark of reading runs from a checkout and writes its table; what it measures is nobody's promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("English", "Russian", "Kazakh")


def test_a_tiny_run_writes_the_whole_table(tmp_path: Path) -> None:
    table = tmp_path / "reading.md"
    command = [sys.executable, "-m", "bench.reading", "--articles", "1", "--rounds", "1", "--no-peers"]
    subprocess.run([*command, "--output", str(table)], cwd=ROOT, check=True, timeout=300)
    text = table.read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    alone = [row[:2] for row in rows if len(row) == 8]
    assert alone[2:] == [[language, length] for language in LANGUAGES for length in ("1", "3", "10")]
    found = {(name, language): shown for name, language, shown, *_ in (row for row in rows if len(row) == 6)}
    for where in ("configured outlet", "any other site"):
        for language in LANGUAGES:
            assert found[f"ours: page and report, {where}", language] == "3 of 3"
    assert found["ours: page without a word of observers", "English"] == ""
    assert "newspaper4k" not in text


def test_the_readme_tells_the_command_and_its_options() -> None:
    told = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")
    command = [sys.executable, "-m", "bench.reading", "--help"]
    offered = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300).stdout
    options = {word.strip("[],") for word in offered.split() if word.strip("[").startswith("--")} - {"--help"}
    assert options
    assert {option for option in options if option not in told} == set()
    assert "python -m bench.reading" in told
