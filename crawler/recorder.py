"""Recording in a process of its own: where much is recorded at once, fetching and reading go on beside it."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NoReturn, TypeVar

import structlog
from pebble import ProcessExpired, ProcessPool
from sqlalchemy.orm import Session

from crawler.record import ReadPage, record
from foundation.errors import StorageError
from storage.database import Database

log = structlog.get_logger(__name__)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Done(Generic[_T]):
    """What came of a piece of work, and what was said for the log meanwhile."""

    result: _T
    said: Sequence[tuple[str, Mapping[str, Any]]]
    """The level of each event, and the event."""


class Recorder:
    """One process that writes, one piece of work after the other, in the order in which it is given them.

    Started with the first piece of work, by `start` or by `ready`; to be closed at the end, after which it may be
    started again.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pool: ProcessPool | None = None
        self._starting: asyncio.Task[None] | None = None

    def start(self) -> asyncio.Task[None]:
        """Start the process unless it is there or on its way; nobody need wait for that."""
        if self._starting is None:
            self._starting = asyncio.create_task(self._do(_nothing), name="start recording")
        return self._starting

    async def ready(self) -> None:
        """Start the process unless it is there, and wait until it takes work. Raises StorageError where it cannot."""
        await asyncio.shield(self.start())

    @property
    def is_ready(self) -> bool:
        """Whether the process was started and takes work at once."""
        starting = self._starting
        if starting is None or not starting.done() or starting.cancelled():
            return False
        return starting.exception() is None

    def _started(self) -> ProcessPool:
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=1,
                initializer=_begin,
                initargs=[self._database.elsewhere()],
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool

    def record(self, pages: Sequence[ReadPage]) -> Coroutine[Any, Any, list[int | str]]:
        """Record pages in one transaction: of each, how many changes it made, or why it could not be recorded.

        Nobody waits for the disk. Waiting for the result raises StorageError if the process dies of it.
        """
        return self._do(partial(_record, pages))

    def write(self, work: Callable[[Session], _T], *, hasty: bool = False) -> Coroutine[Any, Any, _T]:
        """Run `work`, which passes to the process and its result back, in a writing transaction.

        `hasty` for what a power cut may take back. Waiting for it raises StorageError, also if the process dies of it.
        """
        return self._do(partial(_write, work, hasty=hasty))

    def _do(self, work: Callable[[], _T]) -> Coroutine[Any, Any, _T]:
        """Give the process a piece of work, at once and not when it is waited for: the order is that of the calls."""
        return _heard(asyncio.wrap_future(self._started().schedule(_telling, args=[work])))

    def let_go(self) -> asyncio.Future[None]:
        """End the process, once all it was given is done; nobody need wait for that."""
        loop = asyncio.get_running_loop()
        pool, self._pool, self._starting = self._pool, None, None
        return loop.run_in_executor(None, _end, pool)

    async def close(self) -> None:
        """End the process, and wait until it has ended."""
        await self.let_go()


async def _heard(under_way: asyncio.Future[_Done[_T]]) -> _T:
    """The result of a piece of work, what was said meanwhile having gone into the log of this process."""
    try:
        # Whoever waits may be stopped; what is being written is finished.
        done = await asyncio.shield(under_way)
    except (ProcessExpired, BrokenExecutor) as error:
        raise StorageError(
            f"the process that records died ({error}); what it had not recorded is fetched again"
        ) from error
    for level, event in done.said:
        getattr(log, level)(**event)
    return done.result


def _end(pool: ProcessPool | None) -> None:
    if pool is None:
        return
    pool.close()  # type: ignore[no-untyped-call]  # pebble annotates only some of its methods
    pool.join()


# --- in the process -------------------------------------------------------------------------------------------------

_opened: list[Database] = []
_said: list[tuple[str, Mapping[str, Any]]] = []


def _begin(opener: Callable[[], Database]) -> None:
    """Begin as the process that records."""
    structlog.configure(processors=[_keep])
    _opened.append(opener())
    gc.freeze()


def _keep(_: object, level: str, event: Mapping[str, Any]) -> NoReturn:
    """Keep what is said: only the process that was started by the user knows where its log goes."""
    _said.append((level, dict(event)))
    raise structlog.DropEvent


def _nothing() -> None:
    """Nothing: that is done once the process has started."""


def _telling(work: Callable[[], _T]) -> _Done[_T]:
    _said.clear()
    return _Done(work(), tuple(_said))


def _write(work: Callable[[Session], _T], *, hasty: bool) -> _T:
    with _opened[0].write(hasty=hasty) as session:
        return work(session)


def _record(pages: Sequence[ReadPage]) -> list[int | str]:
    try:
        return list(_write(partial(_record_all, pages), hasty=True))
    except StorageError as error:
        if len(pages) == 1:
            return [str(error)]
    # One of them is to blame, and takes nothing from the others.
    return [result for page in pages for result in _record([page])]


def _record_all(pages: Sequence[ReadPage], session: Session) -> list[int]:
    return [len(record(session, page).changes) for page in pages]
