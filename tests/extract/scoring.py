"""How well reports agree with what is known of their articles: shares from 0 to 1, 1 is best but for false_alerts.

`python -m tests.extract.scoring [SET...]` prints sets' tables for floors.toml, and every difference on standard error.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from extract.model import Article, Report
from extract.serialize import to_dict
from tests.extract.corpora import Story, digest, set_names, stories_of

FIELDS = ("relevant", "as_of", "complete", "deadline", "organization_count", "country_count", "stated")
CEILINGS = frozenset({"false_alerts"})
"""Measures of which less is better."""
SETS = ("figure", "election", "countries", "organizations")


@dataclass(slots=True)
class Score:
    """Counts over a set of articles, and in words what differs."""

    articles: int = 0
    perfect: int = 0
    headlines: int = 0
    false_alerts: int = 0
    exact: int = 0
    """Matched figures whose qualification ('about', 'over', 'under') is right too."""
    fields: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    sets: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0, 0] for name in SETS})
    """Agreed, found and expected members."""
    misses: list[str] = field(default_factory=list)

    def add(self, story: Story, report: Report) -> None:
        """Compare one report with its article's gold."""
        found, gold = to_dict(story.article, report), story.gold
        before = len(self.misses)
        self.articles += 1
        for name in FIELDS:
            ours, theirs = (_value(side, name) for side in (found, gold))
            self.fields[name] += ours == theirs
            if ours != theirs:
                self.misses.append(f"{story.id}: {name} {ours} for {theirs}")
        for name, read, known in _members(found, gold):
            for i, n in enumerate((len(read & known), len(read), len(known))):
                self.sets[name][i] += n
            self.misses += [f"{story.id}: {name} {m} is too much" for m in sorted(read - known, key=str)]
            self.misses += [f"{story.id}: {name} {m} is missing" for m in sorted(known - read, key=str)]
        approx = {_key(f): f["approx"] for f in gold["figures"]}
        self.exact += sum(_key(f) in approx and approx[_key(f)] == f["approx"] for f in found["figures"])
        self._add_headline(story.id, _headline(found), _headline(gold))
        self.perfect += len(self.misses) == before

    def _add_headline(self, name: str, found: Any, gold: Any) -> None:  # noqa: ANN401 - three fields of a figure, or None
        self.headlines += found == gold
        self.false_alerts += found not in {None, gold}
        if found != gold:
            self.misses.append(f"{name}: headline {found} for {gold}")

    @property
    def measured(self) -> dict[str, float]:
        """All shares by name."""
        n = max(self.articles, 1)
        return {
            **{f"{name}_f1": _f1(*counts) for name, counts in self.sets.items()},
            "headline_accuracy": self.headlines / n,
            "false_alerts": self.false_alerts / n,
            "approx": self.exact / max(self.sets["figure"][0], 1),
            "perfect": self.perfect / n,
            **{name: right / n for name, right in self.fields.items()},
        }


def score(pairs: Iterable[tuple[Story, Report]]) -> Score:
    """The score of all these."""
    total = Score()
    for story, report in pairs:
        total.add(story, report)
    return total


def _value(report: dict[str, Any], name: str) -> Any:  # noqa: ANN401 - a day, a number or a truth
    holder = (report["election"] or {}) if name == "stated" else report
    return holder.get(name) or None


def _members(found: dict[str, Any], gold: dict[str, Any]) -> list[tuple[str, set[Any], set[Any]]]:
    return [
        ("figure", {_key(f) for f in found["figures"]}, {_key(f) for f in gold["figures"]}),
        ("election", _election(found), _election(gold)),
        ("countries", set(found["countries_named"]), set(gold["countries_named"])),
        ("organizations", set(found["organizations_named"]), set(gold["organizations_named"])),
    ]


def _key(figure: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(figure[name] for name in ("scope", "status", "basis", "value"))


def _election(report: dict[str, Any]) -> set[tuple[str, Any]]:
    election = report["election"] or {}
    return {(name, election[name]) for name in ("type", "date") if election.get(name)}


def _headline(report: dict[str, Any]) -> tuple[Any, ...] | None:
    index = report["headline"]
    return None if index is None else tuple(report["figures"][index][name] for name in ("scope", "status", "value"))


def _f1(agreed: int, found: int, expected: int) -> float:
    return 2 * agreed / (found + expected) if found + expected else 1.0


def plain(article: Article, report: Report) -> dict[str, Any]:
    """What a report says, without the article and without where the evidence stands: for comparing two readings."""
    said = to_dict(article, report)
    for name in ("source", "url", "lang", "title", "published", "body"):
        del said[name]
    figures = said["figures"]
    headline = said.pop("headline")
    said["main"] = None if headline is None else _key(figures[headline])
    said["figures"] = sorted((*_key(f), f["approx"] or "") for f in figures)
    return said


def block(name: str) -> tuple[str, list[str]]:
    """A set's table for floors.toml as it is reached now, and what differs in the set."""
    found = score((s, s.report) for s in stories_of(name))
    rounded = {key: _towards(key, value) for key, value in found.measured.items()}
    lines = [f"[{name}]", f'articles = "{digest(name)}"', *(f"{key} = {value}" for key, value in rounded.items())]
    return "\n".join(lines) + "\n", found.misses


def _towards(key: str, value: float) -> float:
    """Two decimals, on the side that today's reading passes."""
    return (math.ceil if key in CEILINGS else math.floor)(round(value * 100, 6)) / 100


def main() -> int:
    """Print tables for floors.toml that today's reading passes; on standard error, what it misses."""
    known = set_names()
    names = sys.argv[1:] or known
    if unknown := set(names) - set(known):
        sys.stderr.write(f"no such set: {', '.join(sorted(unknown))}; there are {', '.join(known)}\n")
        return 2
    for name in names:
        table, misses = block(name)
        sys.stdout.write(f"{table}\n")
        sys.stderr.write("".join(f"{name}: {miss}\n" for miss in misses))
    return 0


if __name__ == "__main__":
    sys.exit(main())
