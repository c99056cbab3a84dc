"""Each threat that docs/security.md names has a guard and a test, and both exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.split(" | ")] for line in DOCS.splitlines() if line.startswith("| ")][2:]


def files(cell: str) -> list[str]:
    return re.findall(r"`([\w./]+\.py)`", cell)


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_each_threat_has_a_guard_and_a_test(row: list[str]) -> None:
    _, guards, tests = row
    assert files(guards)
    assert files(tests)
    assert [name for name in files(guards) + files(tests) if not (ROOT / name).is_file()] == []
    assert all(name.startswith("tests/") for name in files(tests))
    assert not any(name.startswith("tests/") for name in files(guards))


def test_every_test_that_is_about_harm_is_listed() -> None:
    listed = {name for row in ROWS for name in files(row[2])}
    about = {
        "test_hostile",
        "test_hostile_pages",
        "test_rebinding",
        "test_bombs",
        "test_injection",
        "test_sandbox",
        "test_secrets",
    }
    found = {p.relative_to(ROOT).as_posix() for p in (ROOT / "tests").rglob("test_*.py") if p.stem in about}
    found |= {p.relative_to(ROOT).as_posix() for p in (ROOT / "tests" / "fuzz").glob("test_*.py")}
    assert found <= listed


def test_only_the_writer_that_guards_against_formulas_writes_csv() -> None:
    rooms = ("accredwatch", "scheduler", "alerts", "crawler", "storage", "extract", "foundation")
    files = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    writes = re.compile(r"^\s*(?:import|from) csv\b", re.MULTILINE)
    assert [file.relative_to(ROOT).as_posix() for file in files if writes.search(file.read_text(encoding="utf-8"))] == [
        "accredwatch/export/formats.py"
    ]
