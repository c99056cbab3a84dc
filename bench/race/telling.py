"""From publication to the alert at its receiver: ours and changedetection.io, on the same feed.

Both look every three seconds, the shortest wait that changedetection.io allows unless told otherwise, and articles are
published at the same moments of chance. How long its work takes after a look is measured besides: it is told to look
when an article has come, and what counts begins with the feed's answer, as with ours. As both come, ours looks every
ten or fifteen minutes and changedetection.io every three hours; nobody waits for that in a bench, so what it comes to
is reckoned: half the wait, and the work that was measured.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from accredwatch.config import load
from bench.environments import installed, why
from bench.race.changedetection import AT_COMMAND, checked, server
from bench.race.newsroom import Asked, Site
from bench.race.peers import REQUIREMENTS
from bench.race.resident import resident
from bench.race.stories import ROOT
from bench.race.table import Row
from foundation.errors import CrawlError

EVERY = timedelta(seconds=3)
"""How often both look."""
_FEED = "/rss/en.xml"
_LONGEST = 120.0
"""Seconds that an alert is waited for."""
_PAUSE = 0.02
_LULL = 3.0
"""Seconds in which nothing is told before the next article: its sender looks for more every second."""
_SOONER = 4.0
"""How many times sooner than the peer we aim to tell."""
_WAIT = ("settings", "requests", "time_between_check")
"""Where changedetection.io writes how long it waits between two looks unless told otherwise."""
_OURS, _THEIRS = 640_000, 650_000
"""From which on the articles are numbered that are published for each."""


@dataclass(frozen=True, slots=True)
class Told:
    """How long each article took, in seconds."""

    since_published: tuple[float, ...]
    since_shown: tuple[float, ...]
    """Since the feed's answer that showed it."""
    wait: float
    """Between two looks, as the program comes."""

    @property
    def published(self) -> float:
        """The median since publication."""
        return median(self.since_published)

    @property
    def shown(self) -> float:
        """The median since the feed's answer."""
        return median(self.since_shown)

    @property
    def as_it_comes(self) -> float:
        """What the median since publication would be with the program's own wait: reckoned, not measured."""
        return self.wait / 2 + self.shown


def told(site: Site, environments: Path, folder: Path, totals: tuple[int, ...]) -> list[Row]:
    """The rows of the table. Raises CrawlError if an alert of ours does not come."""
    ours = by_us(site, folder, totals)
    theirs: tuple[float, float, float] | str
    try:
        looking = by_changedetection(site, environments, totals, at_once=False).published
        told_to = by_changedetection(site, environments, totals, at_once=True)
        theirs = looking, told_to.shown, told_to.as_it_comes
    except (subprocess.SubprocessError, OSError, ValueError, CrawlError) as error:
        theirs = f"not measured: {why(error)}"
    every = EVERY.total_seconds()
    return [
        _row(
            f"from publication to the alert, both told to look every {every:g} s", ours.published, theirs, 0, aim=False
        ),
        _row("of it, from the answer of the feed on", ours.shown, theirs, 1),
        _row(
            "from publication to the alert, as both come (reckoned: half the wait, and the work)",
            ours.as_it_comes,
            theirs,
            2,
        ),
    ]


def _row(measure: str, ours: float, theirs: tuple[float, ...] | str, which: int, *, aim: bool = True) -> Row:
    figure = theirs if isinstance(theirs, str) else f"{theirs[which] * 1000:,.0f} ms"
    reached = None if isinstance(theirs, str) or not aim else _SOONER * ours <= theirs[which]
    peers = {"changedetection.io": figure}
    return Row(measure, f"{ours * 1000:,.0f} ms", peers, f"{_SOONER:g} times sooner" if aim else "", reached)


def by_us(site: Site, folder: Path, totals: tuple[int, ...]) -> Told:
    """`accredwatch run` on the three outlets. Raises CrawlError if an alert does not come."""
    with resident(site, folder, every=EVERY, first=_OURS) as daemon:
        daemon.settle()
        wait = max(source.interval for source in load(ROOT / "config.toml").source)
        return _all_told(site, totals, daemon.publish, wait.total_seconds())


def by_changedetection(site: Site, environments: Path, totals: tuple[int, ...], *, at_once: bool) -> Told:
    """changedetection.io on one of the feeds; with `at_once` it looks when told to, just after publication.

    Raises CrawlError, CalledProcessError and OSError.
    """
    commands = installed("changedetection.io", REQUIREMENTS, environments).parent
    receiver = f"json://{urlsplit(site.receiver).netloc}/alerts"
    often = {"time_between_check_use_default": False, "time_between_check": {"seconds": EVERY // timedelta(seconds=1)}}
    settings = {**(AT_COMMAND if at_once else often), "notification_urls": [receiver]}
    with tempfile.TemporaryDirectory(prefix="accredwatch-race-") as folder:
        watch = {site.base("kazinform") + _FEED: settings}
        with server(commands, Path(folder), watch) as (ask, _):
            checked(ask, 1)

            def publish(total: int) -> None:
                site.publish(_THEIRS + 1000 * at_once + total, total)
                if at_once:
                    ask("/watch?recheck_all=1")

            return _all_told(site, totals, publish, _wait_of(Path(folder)))


def _wait_of(folder: Path) -> float:
    """Seconds between two looks of changedetection.io, as it has written them on its first start."""
    written: Any = json.loads((folder / "changedetection.json").read_text(encoding="utf-8"))
    for name in _WAIT:
        written = written[name]
    return timedelta(**{unit: number for unit, number in written.items() if number}).total_seconds()


def _all_told(site: Site, totals: tuple[int, ...], publish: Callable[[int], None], wait: float) -> Told:
    chance = Random(3)  # noqa: S311 - the same moments for everybody
    took = []
    for total in totals:
        time.sleep(_LULL + chance.uniform(0, EVERY.total_seconds()))
        site.log()
        took.append(_told(site, total, publish))
    return Told(tuple(one for one, _ in took), tuple(other for _, other in took), wait)


def _told(site: Site, total: int, publish: Callable[[int], None]) -> tuple[float, float]:
    """Seconds from publication, and from the first look at the feed after it, to the alert."""
    begun = time.monotonic()
    publish(total)
    asked: list[Asked] = []
    for _ in _tries(total):
        more, delivered = site.log()
        asked += more
        shown = [one.at for one in asked if one.status == 200 and one.path == _FEED and one.at > begun]
        if delivered and shown:
            return delivered[0] - begun, delivered[0] - shown[0]
    raise AssertionError("the tries end by an error")


def _tries(total: int) -> Iterator[None]:
    begun = time.monotonic()
    while time.monotonic() - begun < _LONGEST:
        yield
        time.sleep(_PAUSE)
    raise CrawlError(f"nobody told of {total} within {_LONGEST:g} s")
