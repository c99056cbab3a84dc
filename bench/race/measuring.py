"""What a process tree costs: CPU time and memory, as Linux counts them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def tree(root: int) -> list[int]:
    """A process and all that it has started, as far as they are alive."""
    found = [root]
    for pid in found:
        for task in tasks(pid):
            try:
                found += map(int, (task / "children").read_text().split())
            except OSError:  # it has ended meanwhile
                continue
    return found


def cpu(pids: Iterable[int]) -> float:
    """Seconds of CPU time that these processes have taken, with those of their children that have ended."""
    return sum(_cpu(pid) for pid in pids)


def memory(pids: Iterable[int]) -> float:
    """Megabytes of resident memory that these processes hold."""
    total = 0
    for pid in pids:
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except OSError:  # it has ended meanwhile
            continue
    return total * _PAGE / 1e6


def tasks(pid: int) -> list[Path]:
    """Its threads, each a folder of Linux's that is called by its number; none once it has ended."""
    try:
        return list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:  # it has ended meanwhile
        return []


def _cpu(pid: int) -> float:
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except OSError:  # it has ended meanwhile
        return 0.0
    user, system, children_user, children_system = map(int, told.rpartition(")")[2].split()[11:15])
    return (user + system + children_user + children_system) / _TICK
