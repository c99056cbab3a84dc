"""Progress of one long piece of work on a terminal."""

from __future__ import annotations

from rich.progress import TaskProgressColumn, TimeElapsedColumn, TimeRemainingColumn

from accredwatch.cli.bars import Bars


class WorkBar(Bars):
    """One bar, for work of which is told how much there is."""

    def __init__(self, *, quiet: bool = False) -> None:
        super().__init__(TaskProgressColumn(), TimeElapsedColumn(), TimeRemainingColumn(), quiet=quiet)
        self._task = self.progress.add_task("", total=None)

    def tell(self, what: str, done: float, total: float) -> None:
        """Take what is being done, how much of it is done, and how much there is."""
        self.progress.update(self._task, description=what, completed=done, total=total or None)
