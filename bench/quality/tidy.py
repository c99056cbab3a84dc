"""Writes the tables of words as they should stand: `python -m bench.quality.tidy`.

Entries in alphabetical order, lines of at most 120 characters, and none that a wider entry of its class covers.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

TABLES = sorted((Path(__file__).resolve().parents[2] / "extract" / "languages").glob("*/words.toml"))
_ARRAY = re.compile(r"^(?P<name>[\w\"-]+) = (?P<array>\[.*?\])(?P<comment>[ \t]*#[^\n]*)?$", re.MULTILINE | re.DOTALL)
_WIDTH = 120


def tidied(text: str) -> str:
    """The text of a table as it should stand."""
    return _ARRAY.sub(_written, text)


def covered(entries: list[str]) -> list[str]:
    """The entries of a class that a wider one of it covers: 'observers' beside 'observer~'."""
    open_ended = [(entry, entry.split()) for entry in entries if "~" in entry and not entry.startswith("~")]
    return [e for e in entries if any(e != wide and _covers(words, e.split()) for wide, words in open_ended)]


def _covers(wide: list[str], narrow: list[str]) -> bool:
    return len(wide) == len(narrow) and all(
        b.rstrip("~").startswith(a[:-1]) if a.endswith("~") else a == b for a, b in zip(wide, narrow, strict=True)
    )


def _written(found: re.Match[str]) -> str:
    entries: list[str] = tomllib.loads(f"x = {found['array']}")["x"]
    kept = sorted(set(entries) - set(covered(entries)))
    quoted = [json.dumps(entry, ensure_ascii=False) for entry in kept]
    comment = f"# {found['comment'].strip().lstrip('# ')}\n" if found["comment"] else ""
    line = f"{found['name']} = [{', '.join(quoted)}]"
    if len(line) <= _WIDTH:
        return f"{comment}{line}"
    lines = ["  "]
    for entry in quoted:
        if len(lines[-1]) + len(entry) + 1 > _WIDTH:
            lines.append("  ")
        lines[-1] += f"{'' if lines[-1] == '  ' else ' '}{entry},"
    return "\n".join([f"{comment}{found['name']} = [", *lines, "]"])


def main() -> None:
    """Rewrite every table that does not stand as it should."""
    for path in TABLES:
        text = path.read_text(encoding="utf-8")
        if (better := tidied(text)) != text:
            path.write_text(better, encoding="utf-8")
            sys.stdout.write(f"{path} is tidied\n")


if __name__ == "__main__":
    main()
