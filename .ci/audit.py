"""Asks pip-audit which of the pinned packages have known vulnerabilities, and says which of those nobody has explained.

    .venv/bin/python .ci/audit.py [--report FILE]

Exit codes: 0 every package was looked up and nothing is left unexplained; 1 a finding without an exception, or an
exception that has expired or is not needed; 3 not every package could be looked up, so that nothing is proved: a
mirror of PyPI that knows no vulnerabilities makes pip-audit skip all packages and report success.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CLEAN, FOUND, NOT_AUDITED = 0, 1, 3
_PATIENCE = 300
"""Seconds for all look-ups."""


class NotAudited(Exception):
    """What is known of the packages' vulnerabilities could not be asked for."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding that somebody has looked at: why it does not concern us, and until when that is believed."""

    id: str
    package: str
    reason: str
    until: date


def explanations(file: Path) -> list[Explained]:
    """The exceptions on record. Raises TypeError or ValueError for one that lacks a part."""
    rows = [Explained(**row) for row in tomllib.loads(file.read_text(encoding="utf-8")).get("exception", [])]
    for row in rows:
        if not row.reason.strip() or not isinstance(row.until, date):
            raise ValueError(f"{file}: {row.id} needs a reason, and a day in `until`")
    return rows


def report_of_pip_audit(constraints: Path) -> dict[str, Any]:
    """What pip-audit says of the pinned packages, as its JSON has it. Raises NotAudited."""
    command = [sys.executable, "-m", "pip_audit", "-r", str(constraints), "--no-deps", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
        report = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise NotAudited(f"no answer within {_PATIENCE} s") from error
    except json.JSONDecodeError as error:
        last = (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
        raise NotAudited(last) from error
    if not isinstance(report, dict):
        raise NotAudited("pip-audit's report has another form than expected")
    return report


def unknown(report: dict[str, Any]) -> list[str]:
    """The packages that could not be looked up."""
    return sorted(row["name"] for row in report["dependencies"] if "skip_reason" in row)


def problems(report: dict[str, Any], explained: list[Explained], today: date) -> list[str]:
    """Each finding that nobody has explained, and each explanation that no longer holds, in a line with the remedy."""
    told, needed = [], set()
    for row in report["dependencies"]:
        for finding in row.get("vulns", []):
            names = {finding["id"], *finding.get("aliases", [])}
            match = next((e for e in explained if e.id in names and e.package.lower() == row["name"].lower()), None)
            needed.add(match)
            mended = ", ".join(finding.get("fix_versions", [])) or "no version yet"
            place = f"{row['name']} {row['version']}: {finding['id']}"
            if match is None:
                told.append(f"{place} is known and not explained; mended in {mended}: raise it in constraints.txt")
            elif match.until < today:
                told.append(f"{place} was explained until {match.until}; mended in {mended}: look at it again")
    told += [f"{e.package}: {e.id} is explained and not found: remove it" for e in explained if e not in needed]
    return told


def main() -> int:
    """Audit, and say what came of it."""
    parser = argparse.ArgumentParser(description="Audit the pinned packages for known vulnerabilities.")
    parser.add_argument("--report", type=Path, help="a report of pip-audit (JSON) to judge instead of asking anew")
    parser.add_argument("--exceptions", type=Path, default=ROOT / ".ci" / "audit.toml", help="explained findings")
    chosen = parser.parse_args()
    try:
        report = (
            json.loads(chosen.report.read_text(encoding="utf-8"))
            if chosen.report
            else report_of_pip_audit(ROOT / "constraints.txt")
        )
    except NotAudited as error:
        sys.stderr.write(f"NOT AUDITED: known vulnerabilities could not be asked for: {error}\n")
        return NOT_AUDITED
    told = problems(report, explanations(chosen.exceptions), datetime.now(UTC).date())
    for line in told:
        sys.stderr.write(f"{line}\n")
    if told:
        return FOUND
    total = len(report["dependencies"])
    if missing := unknown(report):
        names = ", ".join(missing[:5]) + (", ..." if len(missing) > 5 else "")
        sys.stderr.write(f"NOT AUDITED: {len(missing)} of {total} packages could not be looked up: {names}\n")
        return NOT_AUDITED
    sys.stdout.write(f"{total} packages looked up, nothing unexplained is known of them\n")
    return CLEAN


if __name__ == "__main__":
    sys.exit(main())
