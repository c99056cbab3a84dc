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

    Nobody waits there for the disk, since what a power cut takes back is the end of what was written, which is fetched
    again. Started with the first piece of work, or by `ready`; to be closed at the end.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pool: ProcessPool | None = None

    async def ready(self) -> None:
        """Start the process unless it is there, and wait until it takes work. Raises StorageError where it cannot."""
        await self._do(_nothing)

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

        Waiting for it raises StorageError if the process dies of it.
        """
        return self._do(partial(_record, pages))

    def write(self, work: Callable[[Session], _T]) -> Coroutine[Any, Any, _T]:
        """Run `work`, which passes to the process and its result back, in a writing transaction.

        Waiting for it raises StorageError, also if the process dies of it.
        """
        return self._do(partial(_write, work))

    def _do(self, work: Callable[[], _T]) -> Coroutine[Any, Any, _T]:
        """Give the process a piece of work, at once and not when it is waited for: the order is that of the calls."""
        return _heard(asyncio.wrap_future(self._started().schedule(_telling, args=[work])))

    async def close(self) -> None:
        """End the process, once all it was given is done."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(_end, pool)


async def _heard(under_way: asyncio.Future[_Done[_T]]) -> _T:
    """The result of a piece of work, what was said meanwhile having gone into the log of this process."""
    try:
        done = await under_way
    except (ProcessExpired, BrokenExecutor) as error:
        raise StorageError(
            f"the process that records died ({error}); what it had not recorded is fetched again"
        ) from error
    for level, event in done.said:
        getattr(log, level)(**event)
    return done.result


def _end(pool: ProcessPool) -> None:
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


def _write(work: Callable[[Session], _T]) -> _T:
    with _opened[0].write(hasty=True) as session:
        return work(session)


def _record(pages: Sequence[ReadPage]) -> list[int | str]:
    try:
        return list(_write(partial(_record_all, pages)))
    except StorageError as error:
        if len(pages) == 1:
            return [str(error)]
    # One of them is to blame, and takes nothing from the others.
    return [result for page in pages for result in _record([page])]


def _record_all(pages: Sequence[ReadPage], session: Session) -> list[int]:
    return [len(record(session, page).changes) for page in pages]
