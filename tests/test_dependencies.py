"""docs/dependencies.md lists what pyproject.toml asks for; the audit tells what is known of it, and never pretends."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ROOMS = {"accredwatch", "scheduler", "alerts", "crawler", "storage", "extract", "foundation"}
BROUGHT = {"pydantic_core": "pydantic", "starlette": "fastapi", "markupsafe": "jinja2"}
"""Modules whose package comes with another one in any version."""


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=! ]", requirement, maxsplit=1)[0]


def asked_for(requirements: list[str]) -> set[str]:
    return {name_of(r) for r in requirements} - {"accredwatch"}


@pytest.mark.parametrize(
    ("title", "requirements"),
    [
        ("At run time", PROJECT["dependencies"]),
        ("For exports as Parquet", PROJECT["optional-dependencies"]["parquet"]),
        ("For workers on many machines", PROJECT["optional-dependencies"]["workers"]),
        ("For the tests", PROJECT["optional-dependencies"]["test"]),
        ("For these pages", PROJECT["optional-dependencies"]["docs"]),
        ("For development", PROJECT["optional-dependencies"]["dev"]),
    ],
)
def test_every_direct_dependency_is_listed_with_purpose_and_license(title: str, requirements: list[str]) -> None:
    section = DOCS.split(f"## {title}\n")[1].split("\n## ")[0]
    rows = [[c.strip() for c in line.split("|")[1:-1]] for line in section.splitlines() if line.startswith("| `")]
    assert {row[0].strip("`") for row in rows} == asked_for(requirements)
    assert all(row[1] and row[2] for row in rows)
    assert len(requirements) == len({name_of(r) for r in requirements})


def test_every_direct_dependency_is_pinned() -> None:
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    same = {re.sub(r"[-_.]+", "-", name).lower() for name in pinned}
    everything = [*PROJECT["dependencies"], *(r for rs in PROJECT["optional-dependencies"].values() for r in rs)]
    assert {re.sub(r"[-_.]+", "-", name).lower() for name in asked_for(everything)} <= same


def modules(text: str) -> set[str]:
    """The first parts of the names of all modules that a text of Python imports."""
    nodes = list(ast.walk(ast.parse(text)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.partition(".")[0] for name in names}


def test_what_is_imported_is_asked_for() -> None:
    sources = [path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    imported = {module for text in sources for module in modules(text)}
    foreign = {BROUGHT.get(module, module) for module in imported - ROOMS - set(sys.stdlib_module_names)}
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["parquet"]]
    asked += PROJECT["optional-dependencies"]["workers"]
    assert foreign <= {name.replace("-", "_") for name in asked_for(asked)}


VULNERABLE = {"id": "PYSEC-2026-7", "aliases": ["CVE-2026-7777"], "fix_versions": ["6.2"], "description": "..."}


def audit(folder: Path, dependencies: list[dict[str, Any]], exceptions: str = "") -> tuple[int, str]:
    """Exit code and words of the audit for such a report of pip-audit."""
    (folder / "report.json").write_text(json.dumps({"dependencies": dependencies, "fixes": []}), encoding="utf-8")
    (folder / "audit.toml").write_text(exceptions, encoding="utf-8")
    command: list[str | Path] = [
        sys.executable,
        ".ci/audit.py",
        "--report",
        folder / "report.json",
        "--exceptions",
        folder / "audit.toml",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def exception(until: str, identity: str = "CVE-2026-7777") -> str:
    return f'[[exception]]\nid = "{identity}"\npackage = "lxml"\nreason = "We never call it."\nuntil = {until}\n'


LXML = {"name": "lxml", "version": "6.1.3", "vulns": [VULNERABLE]}
JINJA = {"name": "jinja2", "version": "3.1.6", "vulns": []}


@pytest.mark.parametrize(
    ("dependencies", "exceptions", "code", "words"),
    [
        ([JINJA], "", 0, "1 packages looked up"),
        ([JINJA, LXML], "", 1, "lxml 6.1.3: PYSEC-2026-7 is known and not explained; mended in 6.2"),
        ([LXML], exception("2999-01-01"), 0, "looked up"),
        ([LXML], exception("2026-01-01"), 1, "was explained until 2026-01-01"),
        ([JINJA], exception("2999-01-01"), 1, "is explained and not found: remove it"),
        ([LXML], exception("2999-01-01", "CVE-2026-1"), 1, "not explained"),
        ([{"name": "jinja2", "skip_reason": "not found on PyPI"}], "", 3, "NOT AUDITED: 1 of 1"),
        ([JINJA, {"name": "x", "skip_reason": "not found"}], "", 3, "NOT AUDITED: 1 of 2"),
        ([LXML, {"name": "x", "skip_reason": "not found"}], "", 1, "not explained"),
    ],
)
def test_what_the_audit_says(
    tmp_path: Path, dependencies: list[dict[str, Any]], exceptions: str, code: int, words: str
) -> None:
    found, said = audit(tmp_path, dependencies, exceptions)
    assert (found, words in said) == (code, True), said


@pytest.mark.parametrize("lacking", ["reason", "until", "package", "id"])
def test_an_exception_needs_all_its_parts(tmp_path: Path, lacking: str) -> None:
    rows = [line for line in exception("2999-01-01").splitlines() if not line.startswith(lacking)]
    assert audit(tmp_path, [LXML], "\n".join(rows))[0] not in {0, 3}


def test_the_exceptions_on_record_can_be_read(tmp_path: Path) -> None:
    recorded = (ROOT / ".ci" / "audit.toml").read_text(encoding="utf-8")
    shown = re.sub(r"^# (?=\[\[|\w+ = )", "", recorded, flags=re.MULTILINE)
    assert audit(tmp_path, [JINJA], recorded)[0] in {0, 1}
    assert tomllib.loads(shown)["exception"][0]["package"] == "example"
