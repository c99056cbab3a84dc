"""Progress of crawls on a terminal: a line a source."""

from __future__ import annotations

from rich.progress import MofNCompleteColumn, TaskID, TextColumn

from accredwatch.cli.bars import Bars
from crawler.progress import CrawlFinished, CrawlProgress, CrawlStarted, ProgressEvent


class CrawlBars(Bars):
    """A bar for each source that is being crawled."""

    def __init__(self, *, quiet: bool = False) -> None:
        super().__init__(MofNCompleteColumn(), TextColumn("{task.fields[reports]} reports"), quiet=quiet)
        self._tasks: dict[str, TaskID] = {}

    def tell(self, event: ProgressEvent) -> None:
        """Take an event of a crawl."""
        if isinstance(event, CrawlStarted):
            self._tasks[event.source] = self.progress.add_task(event.source, total=None, reports=0)
        elif isinstance(event, CrawlProgress):
            total = event.wanted or None
            self.progress.update(self._tasks[event.source], total=total, completed=event.done, reports=event.reports)
        elif isinstance(event, CrawlFinished) and event.result.source in self._tasks:
            self.progress.stop_task(self._tasks[event.result.source])
