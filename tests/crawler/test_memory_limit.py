"""The bound on the memory of work in a process of its own."""

from __future__ import annotations

import contextlib
import multiprocessing
import resource
from collections.abc import Callable

import pytest

from crawler.memory_limit import EXIT_MEMORY, within_memory

LIMIT = 200_000_000


def modest() -> None:
    """Take half of the limit, twice: what was given back does not count."""
    for _ in range(2):
        within_memory(LIMIT, lambda: bytearray(LIMIT // 2))
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY


def greedy() -> None:
    within_memory(LIMIT, lambda: bytearray(2 * LIMIT))


def swallowing() -> None:
    """Take the memory piece by piece, and go on as if nothing were when there is no more, as libraries do."""

    def work() -> None:
        kept = []
        with contextlib.suppress(MemoryError):
            while True:
                kept.append(bytearray(1_000_000))

    within_memory(LIMIT, work)


def failing() -> None:
    def work() -> None:
        raise SystemExit(5)

    within_memory(LIMIT, work)


@pytest.mark.parametrize(
    ("work", "exit_code"), [(modest, 0), (greedy, EXIT_MEMORY), (swallowing, EXIT_MEMORY), (failing, 5)]
)
def test_how_a_process_ends(work: Callable[[], None], exit_code: int) -> None:
    process = multiprocessing.get_context("spawn").Process(target=work)
    process.start()
    process.join()
    assert process.exitcode == exit_code
