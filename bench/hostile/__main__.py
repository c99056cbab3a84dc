"""`python -m bench.hostile [KIND...]`: the seconds for pages of n, 2n and 4n characters, and how they grow.

Growth is the exponent: 1 is as fast as the page grows, 2 its square. A page may be refused; that, too, has to be quick.
"""

from __future__ import annotations

import argparse
import math
import time

from bench.hostile.pages import KINDS
from crawler.reading import PageText, read
from extract.site import Site
from foundation.errors import AccredwatchError

SITE = Site(key="courier", hosts=("c.example",), article_urls=(r"/(?P<id>\d+)",))
_NOISE = 0.05
"""Seconds below which growth says nothing."""


def seconds(page: str) -> tuple[float, str]:
    """CPU seconds for reading a page, and what came of it."""
    begin = time.process_time()
    try:
        reading = read(PageText("https://c.example/1", page.encode(), "text/html; charset=utf-8", SITE, None))
        outcome = "read" if reading.report is not None else f"passed over: {reading.why}"
    except AccredwatchError as error:
        outcome = f"refused: {error}"
    return time.process_time() - begin, outcome


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time pages that are made to be slow to read.")
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], help="kinds of pages; all if none is named")
    parser.add_argument("--size", type=int, default=50_000, help="n, in characters")
    chosen = parser.parse_args()
    seconds(KINDS["paragraphs"](5_000))
    print(f"| kind | n = {chosen.size:,} | 2n | 4n | growth | outcome |\n| --- | --- | --- | --- | --- | --- |")
    for kind in chosen.kinds or KINDS:
        times = []
        outcome = ""
        for factor in (1, 2, 4):
            taken, outcome = seconds(KINDS[kind](chosen.size * factor))
            times.append(taken)
        growth = f"{math.log2(times[2] / times[1]):.1f}" if times[1] > _NOISE else "-"
        print(f"| {kind} | {' | '.join(f'{t:.2f}' for t in times)} | {growth} | {outcome[:60]} |", flush=True)


if __name__ == "__main__":
    main()
