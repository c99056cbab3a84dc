"""A configuration file for a newsroom: what lets every other command of the program look at what the demo left."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from crawler.source import Source


def write_config(
    file: Path,
    sources: Iterable[Source],
    *,
    database: Path,
    channel_url: str,
    tables: Mapping[str, Mapping[str, object]] | None = None,
) -> Path:
    """Write a config.toml with these sources, this SQLite file, one channel named 'desk', and further tables."""
    parts = [_table("[database]", {"url": f"sqlite:///{database}"})]
    parts += [_table(f"[{name}]", values) for name, values in (tables or {}).items()]
    parts.append(_table("[[channel]]", {"name": "desk", "url": channel_url}))
    parts += [_table("[[source]]", source.model_dump(exclude_defaults=True)) for source in sources]
    file.write_text("\n".join(parts), encoding="utf-8")
    return file


def _table(header: str, values: Mapping[str, object]) -> str:
    return "\n".join([header, *(f"{key} = {_value(value)}" for key, value in values.items()), ""])


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, timedelta):
        return f'"{value // timedelta(seconds=1)}s"'
    # TOML's basic strings, whole numbers and booleans are written as JSON's.
    return json.dumps(value, ensure_ascii=False)
