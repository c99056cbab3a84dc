"""Bars of progress on a terminal."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn

from accredwatch.cli.console import errors


class Bars:
    """Shows bars on standard error as long as it is open; shows nothing where that is no terminal, or if `quiet`."""

    def __init__(self, *columns: ProgressColumn, quiet: bool = False) -> None:
        console = errors()
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            *columns,
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.progress.stop()
