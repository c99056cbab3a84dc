"""A bound on the memory that a piece of work may take in a worker process.

The kernel refuses memory beyond the limit, so that a page made to hurt cannot take the machine's. Libraries that read
pages swallow such a refusal like any other exception and go on with half a page; so does nothing here: work that came
near the limit counts as beyond it, and its process, which may be damaged by then, ends.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")

EXIT_MEMORY = 77
"""Exit code of a worker that ended because its work took too much memory."""

_NEAR = 0.75
"""Share of the limit from which on a refusal may have been swallowed."""

_STATUS = Path("/proc/self/status")


def within_memory(limit: int, work: Callable[[], Result]) -> Result:
    """Do the work; the process may grow by `limit` bytes of address space meanwhile.

    Does not return if the work takes more: the process ends with EXIT_MEMORY. Without /proc (on another system than
    Linux) nothing is limited. Raises what the work raises.
    """
    if not _STATUS.exists():
        return work()
    size, peak = _address_space()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = size + limit
    resource.setrlimit(resource.RLIMIT_AS, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
    try:
        return work()
    except MemoryError:
        os._exit(EXIT_MEMORY)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        if _grew_beyond(size + int(_NEAR * limit), peak):
            os._exit(EXIT_MEMORY)


def _grew_beyond(bound: int, peak_before: int) -> bool:
    """Whether the process has been larger than `bound` bytes since it was `peak_before` at most."""
    _, peak = _address_space()
    return peak > max(bound, peak_before)


def _address_space() -> tuple[int, int]:
    """The size of the process's address space now and at most so far, in bytes."""
    lines = dict(line.split(":", 1) for line in _STATUS.read_text(encoding="ascii").splitlines() if ":" in line)
    return _bytes(lines["VmSize"]), _bytes(lines["VmPeak"])


def _bytes(amount: str) -> int:
    """`amount` as the kernel writes it: '1234 kB'."""
    return int(amount.split(maxsplit=1)[0]) * 1024
