"""How time is taken: CPU time, each page several times after a first round that does not count."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Cost:
    """What pages cost, in milliseconds of CPU time."""

    middle: float
    high: float
    """What 19 of 20 pages stay below."""
    total: float


def milliseconds(work: Callable[[_T], object], pages: Sequence[_T], rounds: int) -> list[float]:
    """The shortest time of each page in the rounds: what else runs on the machine only adds. Raises what work does."""
    taken = [math.inf] * len(pages)
    for number in range(rounds + 1):
        for index, page in enumerate(pages):
            start = time.process_time()
            work(page)
            if number:
                taken[index] = min(taken[index], (time.process_time() - start) * 1000)
    return taken


def cost(times: Sequence[float]) -> Cost:
    """The median, 95th percentile and sum of the pages' times; there has to be one."""
    ordered = sorted(times)
    return Cost(median(ordered), ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], sum(ordered))
