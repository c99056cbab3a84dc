"""urlwatch and webchanges, which descends from it: one run a look of their commands, with jobs and a hook in files."""

from __future__ import annotations

import json
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.race.campaign_peers import SETUPS, Watch
from bench.race.campaign_verdict import Message

_SECONDS = 600
"""How long one run may take."""
_CONFIG = {
    "display": {"new": False, "unchanged": False, "error": True, "empty-diff": False},
    "report": {"stdout": {"enabled": True}},
}
_HOOK = '''"""Writes what would be reported on the terminal to a file, one change a line."""
import json
from pathlib import Path
from {package} import reporters


class Lines(reporters.ReporterBase):
    """In place of the report on the terminal."""

    __kind__ = "stdout"

    def submit(self, **_):
        with Path(__file__).with_name("told.jsonl").open("a") as told:
            for state in self.report.get_filtered_job_states(self.job_states):
                diff = str(state.get_diff()) if state.verb.startswith("changed") else ""
                told.write(json.dumps([state.job.name, state.verb, diff]) + "\\n")
'''


class Runs:
    """One of the two programs: its files in a folder, its commands in another."""

    def __init__(self, name: str, commands: Path, folder: Path, bases: Mapping[str, str]) -> None:
        self.messages: dict[str, list[Message]] = {setup.name: [] for setup in SETUPS}
        self._told = folder / "told.jsonl"
        additions: dict[str, Any] = {"additions_only": True}
        if name == "urlwatch":
            additions = {"diff_filter": [{"grep": "^[+](?![+][+] )"}]}
        jobs = [_job(w, setup.pattern) | additions for setup in SETUPS for w in setup.watches(bases)]
        files = {
            "jobs.yaml": "\n---\n".join(json.dumps(job, ensure_ascii=False) for job in jobs),
            "config.yaml": json.dumps(_CONFIG),
            "hooks.py": _HOOK.format(package=name),
        }
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        (folder / "hooks.py").chmod(0o600)
        jobs_option, database_option = ("--urls", "--cache") if name == "urlwatch" else ("--jobs", "--database")
        self._command = [
            str(commands / name),
            *(jobs_option, str(folder / "jobs.yaml")),
            *("--config", str(folder / "config.yaml")),
            *("--hooks", str(folder / "hooks.py")),
            *(database_option, str(folder / "snapshots.db")),
        ]
        # Neither reads settings of the person who runs the benchmark.
        self._environment = os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}

    def look(self, now: datetime) -> None:
        """Run it once. Raises CalledProcessError or TimeoutExpired."""
        self._told.write_text("", encoding="utf-8")
        subprocess.run(
            self._command, env=self._environment, check=True, capture_output=True, text=True, timeout=_SECONDS
        )
        self._collect(map(json.loads, self._told.read_text(encoding="utf-8").splitlines()), now)

    def close(self) -> None:
        """Nothing of it runs on."""

    def _collect(self, rows: Iterable[list[str]], now: datetime) -> None:
        """One message a set-up: a run reports all its changes together."""
        texts = defaultdict(list)
        for name, verb, diff in rows:
            # Others tell of the watching itself, such as of errors.
            if verb == "changed":
                texts[name.partition("/")[0]].append(f"{name}\n{diff}")
        for setup, parts in texts.items():
            self.messages[setup].append(Message(now, "\n".join(parts)))


def _job(watch: Watch, pattern: str) -> dict[str, Any]:
    """A job for the jobs' file: the lines of the page that count, compared with the ten latest states of the page."""
    if watch.is_feed:
        chosen: list[Any] = [{"xpath": {"path": "//item/title | //item/description", "method": "xml"}}]
    else:
        chosen = [{"css": ".list .item a"}]
    return {
        "name": watch.name,
        # Each job needs a URL of its own.
        "url": f"{watch.url}#{watch.name}",
        "filter": [*chosen, {"html2text": "re"}, "strip", {"grep": f"(?i){pattern}"}],
        "ignore_connection_errors": True,
        "ignore_http_error_codes": "4xx, 5xx",
        "compared_versions": 10,
    }
