"""Writing to people: tables and marked text on standard output, complaints on standard error."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from shutil import get_terminal_size
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from accredwatch.printing import printable

__all__ = ["complain", "errors", "local", "output", "print_json", "printable", "table"]

_WIDTH_OF_FILES = 140


def output() -> Console:
    """Standard output. Wide where it is no terminal, so that tables in files are not cut."""
    return _console(stderr=False)


def errors() -> Console:
    """Standard error."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else max(_WIDTH_OF_FILES, get_terminal_size().columns)
    return Console(stderr=stderr, width=width, markup=False, highlight=False, emoji=False)


def complain(message: str) -> None:
    """One message on standard error, in the words it has."""
    for line in message.splitlines() or [""]:
        errors().print(f"accredwatch: {printable(line)}", style="red", soft_wrap=True)


def print_json(value: object) -> None:
    """One JSON document on one line of standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def table(*columns: str, title: str | None = None, numbers: tuple[str, ...] = ()) -> Table:
    """A table with these columns; those in `numbers` are aligned to the right."""
    made = Table(title=title, title_justify="left", box=None, header_style="bold", pad_edge=False)
    for column in columns:
        made.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    return made


def local(instant: datetime | None, zone: str = "Asia/Almaty") -> str:
    """An instant as people in the zone write it, or a dash."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") if instant else "-"
