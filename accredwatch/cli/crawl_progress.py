"""Progress of crawls on a terminal: a line a source."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from accredwatch.cli.console import errors
from crawler.progress import CrawlFinished, CrawlProgress, CrawlStarted, ProgressEvent


class CrawlBars:
    """Shows events of crawls as bars on standard error; shows nothing where that is no terminal."""

    def __init__(self) -> None:
        console = errors()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[reports]} reports"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._progress.stop()

    def tell(self, event: ProgressEvent) -> None:
        """Take an event of a crawl."""
        if isinstance(event, CrawlStarted):
            self._tasks[event.source] = self._progress.add_task(event.source, total=None, reports=0)
        elif isinstance(event, CrawlProgress):
            total = event.wanted or None
            self._progress.update(self._tasks[event.source], total=total, completed=event.done, reports=event.reports)
        elif isinstance(event, CrawlFinished) and event.result.source in self._tasks:
            self._progress.stop_task(self._tasks[event.result.source])
