"""How a word of the command line may go on: for shells, which ask at every press of a key.

Nothing of the program is imported, so that the answer takes a tenth of a second rather than several: commands and
options stand in words.json, which `accredwatch.cli.words` makes; names are looked up in the configuration as it is
written, keys of elections in the database as it is. Whatever cannot be read completes nothing, since a prompt is no
place for complaints; every other command says what is wrong.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

VARIABLE = "_ACCREDWATCH_COMPLETE"
"""Set by the shells' scripts; the arguments are then the words so far, the last one not yet complete."""

_PACKAGED = Path(__file__).parent.parent / "config.toml", Path(__file__).parent.parent.parent / "config.toml"
_ELECTIONS = "SELECT key FROM election ORDER BY date DESC, key"


def complete(words: Sequence[str]) -> int:
    """Print how the last word may go on, a possibility a line; the exit code is 0 whatever comes of it."""
    *before, begun = words or [""]
    for possible in _possibilities(before, begun):
        if possible.startswith(begun):
            sys.stdout.write(possible + "\n")
    return 0


def _possibilities(before: Sequence[str], begun: str) -> Iterator[str]:
    tree: dict[str, Any] = json.loads((files("accredwatch.cli") / "words.json").read_text(encoding="utf-8"))
    at = tree
    waiting: Any = None
    config: str | None = None
    for word in before:
        if waiting is not None:
            config = word if waiting == "config" else config
            waiting = None
        elif word.startswith("-"):
            waiting = at["options"].get(word)
        elif word in at["commands"]:
            at = at["commands"][word]
    if waiting is not None:
        yield from _values(waiting, config)
    elif begun.startswith("-"):
        yield from at["options"]
    else:
        yield from at["commands"]
        yield from _values(at["argument"], config)


def _values(kind: str | list[str] | None, config: str | None) -> Sequence[str]:
    """The values of this kind: a list of words, or what the configuration or the database names."""
    if isinstance(kind, list):
        return kind
    look_up = _LOOK_UPS.get(kind or "")
    try:
        return look_up(_read(config)) if look_up else ()
    except (OSError, ValueError, TypeError, AttributeError, sqlite3.Error):
        return ()


def _read(config: str | None) -> tuple[Path, dict[str, Any]]:
    """The configuration file and what stands in it. Raises OSError and ValueError."""
    named = config or os.environ.get("ACCREDWATCH_CONFIG")
    candidates = [Path(named).expanduser()] if named else [Path("config.toml"), *_PACKAGED]
    file = next((path for path in candidates if path.is_file()), candidates[0])
    return file, tomllib.loads(file.read_text(encoding="utf-8-sig"))


def _sources(read: tuple[Path, dict[str, Any]]) -> list[str]:
    return [str(row["key"]) for row in read[1].get("source", []) if "key" in row]


def _channels(read: tuple[Path, dict[str, Any]]) -> list[str]:
    return [str(row["name"]) for row in read[1].get("channel", []) if "name" in row]


def _elections(read: tuple[Path, dict[str, Any]]) -> list[str]:
    file, data = read
    url = os.environ.get("ACCREDWATCH_DATABASE__URL") or _from_file() or data.get("database", {}).get("url", "")
    if not url.startswith("sqlite"):
        return _elections_of_server(url)
    base = Path.cwd() if file == _PACKAGED[0] else file.absolute().parent
    name = url.partition("///")[2] or "var/accredwatch.sqlite3"
    address = f"file:{base.joinpath(Path(name).expanduser())}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=1)) as connection:
        return [key for (key,) in connection.execute(_ELECTIONS)]


def _from_file() -> str:
    named = os.environ.get("ACCREDWATCH_DATABASE__URL_FILE")
    return Path(named).read_text(encoding="utf-8").strip() if named else ""


def _elections_of_server(url: str) -> list[str]:
    import psycopg  # noqa: PLC0415 - only who uses a server waits for its library

    address = url.replace("postgresql+psycopg://", "postgresql://", 1)
    try:
        with psycopg.connect(address, connect_timeout=2) as connection:
            return [str(key) for (key,) in connection.execute(_ELECTIONS)]
    except psycopg.Error:
        return []


_LOOK_UPS: dict[str, Callable[[tuple[Path, dict[str, Any]]], list[str]]] = {
    "source": _sources,
    "channel": _channels,
    "election": _elections,
}
