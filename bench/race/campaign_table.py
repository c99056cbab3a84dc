"""What the campaign came to, as rows and as a page."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version as installed_version
from pathlib import Path

from bench.environments import version
from bench.race.campaign_story import Campaign
from bench.race.campaign_verdict import Verdict
from bench.race.table import Row

REQUIREMENTS = Path(__file__).with_name("requirements")
"""Holds what is pinned of each peer."""
_SHOWN = 40
"""So many of the alerts that tell nothing new are listed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a campaign."""

    campaign: Campaign
    ours: Verdict
    notices: tuple[str, ...]
    """What ours told operators of the sites, which readers do not get."""
    peers: Mapping[str, Mapping[str, Verdict]]
    """By peer and set-up."""
    problems: Mapping[str, str]
    """Why there is nothing of a peer."""

    @property
    def best(self) -> Mapping[str, Verdict]:
        """Each peer's best set-up: the one that misses least, and of those the one with the fewest false alerts."""
        return {
            name: min(setups.values(), key=lambda one: (len(one.missed), len(one.false)))
            for name, setups in self.peers.items()
        }


_MEASURES: tuple[tuple[str, Callable[[Verdict], int], str], ...] = (
    ("facts told", lambda one: one.told, "all"),
    ("facts told more than once", lambda one: one.repeated, "0"),
    ("facts missed", lambda one: len(one.missed), "0"),
    ("false alerts (that tell no new fact)", lambda one: len(one.false), "0"),
    ("alerts a person must read", lambda one: one.messages, "no more than facts"),
)


def rows(outcome: Outcome) -> list[Row]:
    """A row a measure; a peer counts by its best set-up."""
    facts = outcome.ours.told + len(outcome.ours.missed)
    reached = (
        outcome.ours.told == facts,
        outcome.ours.repeated == 0,
        not outcome.ours.missed,
        not outcome.ours.false,
        outcome.ours.messages <= facts,
    )
    return [
        Row(
            measure=f"{name}, of {facts}" if name == "facts told" else name,
            ours=str(count(outcome.ours)),
            peers={peer: str(count(best)) for peer, best in outcome.best.items()} | dict(outcome.problems),
            target=target,
            reached=good,
        )
        for (name, count, target), good in zip(_MEASURES, reached, strict=True)
    ]


def document(outcome: Outcome, command: str) -> str:
    """The page that `bench/race/campaign.md` holds."""
    return "\n".join([*_head(outcome, command), "", *_table(outcome), "", *_details(outcome), ""])


def _head(outcome: Outcome, command: str) -> Iterator[str]:
    played = outcome.campaign
    days = (played.end - played.begin).days + 1
    others = len(played.stories) - len({telling.title for telling in played.tellings})
    hours = int(played.every.total_seconds() // 3600)
    yield "# Alerts of a campaign"
    yield ""
    yield f"Written by `{command}` on {datetime.now(UTC):%d %B %Y}; [README.md](../README.md) tells what it means."
    yield ""
    yield f"- {days} days from {played.begin} on, every program looks each {hours} hours"
    yield f"- {len(played.tellings)} versions of articles about observers, {others} other stories"
    yield f"- {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    versions = {"accredwatch": installed_version("accredwatch")} | {
        name: version(name, REQUIREMENTS) for name in outcome.peers
    }
    yield f"- {', '.join(f'{name} {number}' for name, number in versions.items())}"


def _table(outcome: Outcome) -> Iterator[str]:
    columns: list[tuple[str, Verdict]] = [("accredwatch", outcome.ours)]
    columns += [(f"{name}: {setup}", one) for name, setups in outcome.peers.items() for setup, one in setups.items()]
    yield _line(["", *(f"{measure}" for measure, _, _ in _MEASURES)])
    yield _line(["---", *["---:"] * len(_MEASURES)])
    for name, verdict in columns:
        yield _line([name, *(str(count(verdict)) for _, count, _ in _MEASURES)])
    for name, problem in outcome.problems.items():
        yield _line([name, f"could not be run: {problem}", *[""] * (len(_MEASURES) - 1)])


def _details(outcome: Outcome) -> Iterator[str]:
    yield "Ours told operators, who are others than its readers, of the sites:"
    yield ""
    yield from (f"- {notice}" for notice in outcome.notices) if outcome.notices else ["- nothing"]
    columns = {"accredwatch": outcome.ours, **outcome.best}
    for name, verdict in columns.items():
        yield ""
        yield f"## Missed and false: {name}"
        yield ""
        yield from _listed([f"missed: {fact}" for fact in verdict.missed])
        yield from _listed([f"false: {' '.join(message.split())[:200]}" for message in verdict.false])
        if verdict.perfect:
            yield "Nothing."


def _listed(items: Sequence[str]) -> Iterator[str]:
    yield from (f"- {item}" for item in items[:_SHOWN])
    if len(items) > _SHOWN:
        yield f"- and {len(items) - _SHOWN} more"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
