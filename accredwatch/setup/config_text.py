"""The text of a new config.toml: the one that comes with the program, comments and all, with the choices put in."""

from __future__ import annotations

import json
import re

from accredwatch.setup.answers import CHANNEL, Answers
from foundation.errors import ConfigError

SCHEMA_FILE = "config.schema.json"
_SOURCES = re.compile(r"^# --- sources -", re.MULTILINE)


def config_text(packaged: str, answers: Answers, *, known: tuple[str, ...]) -> str:
    """`packaged` with the answers in it; `known` are the keys of its sources, of which the others are disabled.

    Raises ConfigError if the packaged text lacks the place of a choice.
    """
    text = _with_key(packaged, "database", "url", answers.public_database)
    text = _with_key(text, "crawler", "contact", answers.contact)
    text = _with_key(text, "web", "time_zone", answers.time_zone)
    for key in known:
        if key not in answers.sources:
            text = _disabled(text, key)
    if answers.channel_url:
        text = _before_sources(text, _channel(answers))
    return f"#:schema ./{SCHEMA_FILE}\n{text}"


def _with_key(text: str, table: str, key: str, value: str) -> str:
    """The text with the key of a table set, whether it stood there or only behind a mark."""
    section = re.search(rf"^\[{table}\]\n(?:(?!\[).*\n)*", text, re.MULTILINE)
    line = re.search(rf"^(?:# )?{key} = \"[^\"\n]*\"", section.group(), re.MULTILINE) if section else None
    if section is None or line is None:
        raise ConfigError(f"the config.toml that comes with the program has no {table}.{key}: install it again")
    begin = section.start() + line.start()
    return f"{text[:begin]}{key} = {_quoted(value)}{text[begin + len(line.group()) :]}"


def _disabled(text: str, source: str) -> str:
    line = f'key = "{source}"\n'
    return text.replace(line, f"{line}enabled = false\n", 1)


def _before_sources(text: str, table: str) -> str:
    place = _SOURCES.search(text)
    if place is None:
        raise ConfigError("the config.toml that comes with the program has no place for channels: install it again")
    return text[: place.start()] + table + text[place.start() :]


def _channel(answers: Answers) -> str:
    lines = [
        "[[channel]]",
        f"name = {_quoted(CHANNEL)}",
        f"# Its url stands in secrets/channel-{CHANNEL}-url, which accredwatch.env names.",
    ]
    if answers.language != "en":
        lines.append(f"language = {_quoted(answers.language)}")
    return "\n".join([*lines, f"time_zone = {_quoted(answers.time_zone)}", "", ""])


def _quoted(value: str) -> str:
    # TOML's basic strings are written as JSON's.
    return json.dumps(value, ensure_ascii=False)
