"""The measures of the race, each with its target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from bench.race.newsroom import Site, newsroom
from bench.race.past import EVERY, through_past
from bench.race.peers import READERS, bare_scrapy, reader, trafilatura
from bench.race.pipeline import Pace, cores, quiet, read_again, through_all
from bench.race.resident import resident
from bench.race.table import Row
from bench.race.telling import told
from bench.race.watchers import check_cost

RELEVANT = 0.05
"""Share of the pages that tell of observers, in the mix."""
AHEAD = {"news-please": 5.0, "newspaper4k": 12.0, "fundus": 1.8}
"""How many times the pages of each we aim to go through for a second of CPU time, in the mix."""
_OF_SCRAPY, _OF_TRAFILATURA, _OF_ONE_WORKER = 0.9, 0.85, 1.8
_STALL = 25.0
_BYTES, _MEMORY, _GROWTH = 40, 150.0, 5.0
_WATCHERS = {"changedetection.io": 0.5, "urlwatch": 1.0, "webchanges": 1.0}
"""What a check of ours may cost at most, as a share of the other's."""
_DELAY = 0.1
_TOTALS = (40, 55, 71, 88, 104)
_LATER_TOTALS = (140, 155, 171, 188, 204)
"""For the daemon that comes after: a total below one that was published before is no news."""


@dataclass(frozen=True)
class Race:
    """A race over so many pages; without a folder for their environments, without peers."""

    pages: int
    environments: Path | None
    folder: Path
    checks: int
    say: Callable[[str], None]
    small: bool = False
    """Only the mix and the quiet times, each of them briefly."""

    def rows(self) -> list[Row]:
        """Everything, measured one after the other. Raises CrawlError where we do not do what is measured."""
        rows: list[Row] = []
        with newsroom(self.pages, RELEVANT) as site:
            for measured in (self._mix, self._watching, self._resident, self._telling):
                rows += self._tell(measured(site))
        if self.small:
            return rows
        with newsroom(self.pages, 1.0) as site:
            rows += self._tell(self._relevant(site))
        with newsroom(self.pages, 1.0, EVERY) as site:
            rows += self._tell(self._backfill(site))
        return rows

    def _tell(self, rows: list[Row]) -> list[Row]:
        """Say what was measured at once: a measure that fails later takes nothing away."""
        for row in rows:
            self.say(f"  {row.measure}: {row.ours}")
        return rows

    def _mix(self, site: Site) -> list[Row]:
        self.say("all pages, one in twenty of observers")
        _warm(site)
        ours, bare = through_all(site, self.folder / "mix"), bare_scrapy(site, {})
        fetched = Row(
            "pages a second, 5 % of observers",
            _figure(ours),
            {"Scrapy that does nothing": _figure(bare)},
            f"{_OF_SCRAPY:g} of Scrapy",
            _at_least(ours.rate, _OF_SCRAPY, bare if isinstance(bare, str) else bare.rate),
        )
        return [fetched, *self._readers(site, ours, "5 % of observers", AHEAD)]

    def _relevant(self, site: Site) -> list[Row]:
        self.say("all pages, all of observers")
        _warm(site)
        ours, alone = through_all(site, self.folder / "relevant"), trafilatura(site)
        read = Row(
            "pages a second, all of observers",
            _figure(ours),
            {"trafilatura alone, as many processes": _figure(alone)},
            f"{_OF_TRAFILATURA:g} of trafilatura",
            _at_least(ours.rate, _OF_TRAFILATURA, alone if isinstance(alone, str) else alone.rate),
        )
        stalls = Row(
            "event loop, 99 of 100 ticks late by at most",
            f"{ours.stall:.1f} ms",
            {},
            f"{_STALL:g} ms",
            ours.stall <= _STALL,
        )
        return [read, stalls, *self._readers(site, ours, "all of observers", {"fundus": 1.0})]

    def _readers(self, site: Site, ours: Pace, what: str, ahead: dict[str, float]) -> list[Row]:
        rows = []
        for name in READERS if self.environments else ():
            self.say(f"{name}, installed if need be")
            assert self.environments
            peer = reader(name, site, self.environments)
            times = ahead.get(name)
            reached = None
            if times is not None and not isinstance(peer, str):
                reached = peer.cost / ours.cost >= times
            target = "" if times is None else f"{times:g} times its pages"
            rows.append(
                Row(f"CPU a page, {what}: {name}", f"{ours.cost:.1f} ms", {name: _figure(peer)}, target, reached)
            )
        return rows

    def _watching(self, site: Site) -> list[Row]:
        self.say("checks of quiet sources")
        ours = quiet(site, self.folder / "quiet", checks=self.checks)
        peers = {}
        for name in _WATCHERS if self.environments else ():
            self.say(f"{name}, installed if need be")
            assert self.environments
            peers[name] = check_cost(name, site, self.environments)
        known = {name: cost for name, cost in peers.items() if not isinstance(cost, str)}
        cheap = Row(
            "CPU of a check, nothing new",
            f"{ours:.1f} ms",
            {name: cost if isinstance(cost, str) else f"{cost:.1f} ms" for name, cost in peers.items()},
            ", ".join(f"{share:g} of {name}" for name, share in _WATCHERS.items()),
            all(ours <= _WATCHERS[name] * cost for name, cost in known.items()) if known else None,
        )
        return [cheap]

    def _telling(self, site: Site) -> list[Row]:
        if self.environments is None:
            return []
        self.say("from publication to the alert, beside changedetection.io")
        return told(site, self.environments, self.folder / "telling", _LATER_TOTALS)

    def _resident(self, site: Site) -> list[Row]:
        self.say("the daemon, in quiet times and when a total is published")
        with resident(site, self.folder / "resident") as daemon:
            idle = daemon.idle(self.checks, daemon.settle())
            delay = median(daemon.delay(_TOTALS[:1] if self.small else _TOTALS).seconds)
        fewer = idle.first / max(idle.again, 1)
        size = f"{idle.again:.0f} of {idle.first:,}"
        return [
            Row("requests of a check, for each feed", f"{idle.requests:.2f}", {}, "1", idle.requests <= 1.05),
            Row("bytes of a check, nothing new", size, {}, f"1/{_BYTES}", fewer >= _BYTES),
            Row("memory of the daemon", f"{idle.memory:.0f} MB", {}, f"{_MEMORY:g} MB", idle.memory <= _MEMORY),
            Row("its growth over these checks", f"{idle.growth:.1f} MB", {}, "flat", idle.growth <= _GROWTH),
            Row(
                "from the feed that shows an article to the alert at its receiver",
                f"{delay * 1000:.0f} ms", {}, f"{_DELAY * 1000:.0f} ms", delay <= _DELAY,
            ),
        ]  # fmt: skip

    def _backfill(self, site: Site) -> list[Row]:
        self.say("the past, with one worker and with two")
        _warm(site)
        with cores(1):
            alone = through_past(site, self.folder / "past-alone", workers=1)
            again = read_again(site, self.folder / "past-alone", workers=1)
        one, two = (through_past(site, self.folder / f"past-{n}", workers=n) for n in (1, 2))
        both = read_again(site, self.folder / "past-alone", workers=2)
        return [
            _scaled("the past, two workers on two cores against one on one", two, alone),
            replace(_scaled("the past, two workers against one, both on all cores", two, one), target="", reached=None),
            _scaled("the archive read again, two workers on two cores against one on one", both, again),
        ]


def _warm(site: Site) -> None:
    """Let the newsroom make every page once: that costs it more than showing it."""
    bare_scrapy(site, {})


def _scaled(measure: str, two: Pace, one: Pace) -> Row:
    times = two.rate / one.rate
    served = f"; {two.served:.1f} ms served" if two.served is not None else ""
    costs = f"{two.cost:.1f} and {one.cost:.1f} ms CPU a page{served}"
    rates = f"{times:.2f} times ({two.rate:.0f} and {one.rate:.0f} pages/s, {costs})"
    return Row(measure, rates, {}, f"{_OF_ONE_WORKER:g} times", times >= _OF_ONE_WORKER)


def _figure(pace: Pace | str) -> str:
    if isinstance(pace, str):
        return f"not measured: {pace}"
    texts = "" if pace.texts is None else f", {pace.texts} of {pace.pages} read"
    return f"{pace.rate:.0f} pages/s, {pace.cost:.1f} ms CPU a page{texts}"


def _at_least(ours: float, share: float, theirs: float | str) -> bool | None:
    return None if isinstance(theirs, str) else ours >= share * theirs
