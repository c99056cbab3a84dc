"""What reading must reach, as floors.toml has it now and as the commits before had it.

A floor is pinned to the articles that it was measured on, by their digest. Floors only rise: one below its highest
value in any commit has to be named in a `[[lowered]]` table, with who lowered it and why.
"""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.extract.scoring import CEILINGS

PATH = Path(__file__).with_name("floors.toml")
Floors = Mapping[str, Mapping[str, float]]
"""Measures by set: {'own.en_b': {'figure_f1': 0.91}}."""


def table(text: str) -> dict[str, Any]:
    """The file as TOML has it."""
    return tomllib.loads(text)


def floors(read: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """The floors of a file by set; tables without a digest are of no set and not counted."""
    return {
        f"{where}.{part}": {name: value for name, value in own.items() if name != "articles"}
        for where in ("own", "shared")
        for part, own in read.get(where, {}).items()
        if "articles" in own
    }


def digests(read: Mapping[str, Any]) -> dict[str, str]:
    """The digests of a file by set."""
    return {f"{w}.{part}": own["articles"] for w in ("own", "shared") for part, own in read.get(w, {}).items()}


def committed() -> list[dict[str, dict[str, float]]]:
    """The floors of every commit that changed the file, as far as git and its history are at hand; else none."""
    commits = _git("log", "--format=%H", "--", PATH.name).split()
    return [floors(table(text)) for c in commits if (text := _git("show", f"{c}:./{PATH.name}"))]


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=PATH.parent, capture_output=True, text=True, check=False)
    except OSError:
        return ""  # No git: there is no history to compare with.
    return done.stdout if done.returncode == 0 else ""


def fallen(now: Mapping[str, Any], before: Iterable[Floors]) -> list[str]:
    """What is wrong with the heights of today's floors, given those of all commits: in words, none if nothing is."""
    present = floors(now)
    highest: dict[tuple[str, str], float] = {}
    for earlier in before:
        for name, measures in earlier.items():
            for measure, height in measures.items():
                best = highest.get((name, measure), height)
                highest[name, measure] = min(best, height) if measure in CEILINGS else max(best, height)
    named = {(entry["set"], entry["score"]): entry for entry in now.get("lowered", ())}
    wrong = []
    for (name, measure), best in highest.items():
        value: float | None = present.get(name, {}).get(measure)
        entry = named.pop((name, measure), None)
        if value is not None and (value <= best if measure in CEILINGS else value >= best):
            if entry is not None:
                wrong.append(f"{name} {measure} is not lowered: drop its [[lowered]]")
        elif entry is None:
            wrong.append(
                f"{name} {measure} is {value}, and was {best} in an earlier commit: floors only rise. If it must fall,"
                f' say so: [[lowered]] set = "{name}", score = "{measure}", to = {value}, by = "who", why = "..."'
            )
        elif entry.get("to") != value or not (entry.get("by") and entry.get("why")):
            wrong.append(f"{name} {measure} is {value}: its [[lowered]] must have to = {value}, by and why")
    wrong += [f"{name} {measure} was never higher: drop its [[lowered]]" for name, measure in named]
    return wrong
