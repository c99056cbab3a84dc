"""Tables of a language's words for numbers and dates: `extract/languages/<language>/<table>.toml`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(language: str, table: str) -> dict[str, Any]:
    """The table as TOML gives it; `language` is 'en', 'ru' or 'kk'."""
    return tomllib.loads(files("extract").joinpath("languages", language, f"{table}.toml").read_text(encoding="utf-8"))


def forms(entry: str, endings: str = "") -> list[str]:
    """The words of an entry, alone and with each of the endings."""
    return [stem + ending for stem in entry.split() for ending in ("", *endings.split())]
