"""Progress of one long piece of work on a terminal."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from accredwatch.cli.console import errors


class WorkBar:
    """Shows a bar on standard error; shows nothing where that is no terminal."""

    def __init__(self) -> None:
        console = errors()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._progress.stop()

    def tell(self, what: str, done: int, total: int) -> None:
        """Take what is being done, how much of it is done, and how much there is."""
        self._progress.update(self._task, description=what, completed=done, total=total or None)
