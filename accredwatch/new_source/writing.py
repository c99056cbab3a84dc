"""The files of a new source: its table in config.toml, a frozen page, and a test that a person completes."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from pydantic import ValidationError

from accredwatch.config_problems import Origins, explain
from crawler.page import Page
from crawler.source import Source
from foundation.errors import ConfigError

_TEST = Path(__file__).with_name("test_source.py.template")


@dataclass(frozen=True, slots=True)
class Files:
    """What is to be written, by path, with the configuration's whole new text."""

    config: Path
    text: str
    others: dict[Path, bytes]

    def write(self) -> None:
        """Write them, the configuration last. Raises ConfigError; nothing that is there is overwritten."""
        there = [path for path in self.others if path.exists()]
        if there:
            raise ConfigError(f"{there[0]} exists already and stays as it is: remove it, or choose another key")
        try:
            for path, content in self.others.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            draft = self.config.with_name(f".{self.config.name}.draft")
            draft.write_text(self.text, encoding="utf-8")
            draft.chmod(self.config.stat().st_mode & 0o777)
            draft.replace(self.config)
        except OSError as error:
            raise ConfigError(f"{error.filename or self.config}: cannot be written: {error.strerror}") from error


def checked(table: dict[str, Any]) -> Source:
    """The source of a table. Raises ConfigError with what the program does not take."""
    try:
        return Source.model_validate(table)
    except ValidationError as error:
        problems = explain(error, Source, Origins("the new source", {}, {}))
        raise ConfigError("\n".join(problems)) from error


def table_text(table: dict[str, Any], notes: dict[str, str]) -> str:
    """A [[source]] table as config.toml has it; `notes` are comments above keys."""
    lines = ["[[source]]"]
    for key, value in table.items():
        if key in notes:
            lines.append(f"# {notes[key]}")
        lines.append(f"{key} = {_value(value)}")
    return "\n".join(lines) + "\n"


def files_of(config: Path, source: Source, text: str, page: Page | None) -> Files:
    """What to write for a source: in a checkout also its test, elsewhere the page beside the configuration.

    Raises ConfigError if the configuration has a source of that key, or cannot be read.
    """
    try:
        before = config.read_text(encoding="utf-8")
        keys = [row.get("key") for row in tomllib.loads(before).get("source", [])]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{config}: cannot be read: {error}; `accredwatch config check` tells more") from error
    if source.key in keys:
        raise ConfigError(f"{config}: another source is called {source.key!r} already; choose another key")
    whole = f"{before.rstrip()}\n\n{text}"
    try:
        tomllib.loads(whole)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{source.key}: an address or name of it cannot be written into {config}: {error}") from error
    return Files(config, whole, _others(config.parent, source, page) if page is not None else {})


def is_checkout(folder: Path) -> bool:
    """Whether a folder is that of the program's source, where tests are kept."""
    return (folder / "tests" / "crawler").is_dir() and (folder / "crawler" / "spiders").is_dir()


def _others(folder: Path, source: Source, page: Page) -> dict[Path, bytes]:
    if not is_checkout(folder):
        return {folder / "pages" / source.key / "article.html": page.body}
    identity = source.site().identify(page.url)
    test = Template(_TEST.read_text(encoding="utf-8")).substitute(
        name=re.sub(r'["\\\s]+', " ", source.name), key=source.key, url=json.dumps(page.url), identity=repr(identity)
    )
    return {
        folder / "tests" / "crawler" / "pages" / source.key / "article.html": page.body,
        folder / "tests" / "crawler" / f"test_source_{source.key}.py": test.encode(),
    }


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        if sum(len(str(item)) for item in value) > 60:
            return "[\n" + "".join(f"  {_value(item)},\n" for item in value) + "]"
        return "[" + ", ".join(_value(item) for item in value) + "]"
    # Patterns are literal strings, in which a backslash is one; other values are written as JSON's.
    if isinstance(value, str) and "\\" in value and "'" not in value:
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)
