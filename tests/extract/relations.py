"""Relations between readings: what stays when an article is said otherwise, and how often it must."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from extract.model import Article, Report
from extract.report import read_report
from tests.extract.corpora import Story, everything
from tests.extract.scoring import plain

Said = dict[str, Any]
Change = tuple[Story, Article, Said]
"""An article, its rewriting, and what must be read of that."""
T = TypeVar("T")


def said(article: Article, report: Report) -> Said:
    """What a report says: without the words of senders that no table knows and how it was reached, sums in no order."""
    found = plain(article, report)
    del found["unknown_names"]
    checks = [check for check in found["checks"] if check["kind"] not in {"reading", "weighed"}]
    for check in checks:
        check["parts"] = sorted(check["parts"], key=str)
    return {**found, "checks": sorted(checks, key=str)}


def own_words(story: Story) -> Said:
    """What is said of the unchanged article."""
    return said(story.article, story.report)


def relevant(language: str) -> list[Story]:
    """The articles that state figures of observers, as it is read."""
    return [s for s in everything(language) if s.report.relevant]


def some(stories: Sequence[T], most: int) -> Sequence[T]:
    """Not more than so many of them, spread over all."""
    count = min(len(stories), most)
    return [stories[i * len(stories) // count] for i in range(count)]


def changed_by(rewrite: Callable[[Story], Article | None], language: str, most: int = 48) -> list[Change]:
    """Articles in a language that a rewriting changes, with what it makes of them, which should be read as before."""
    changed = [(s, other) for s in everything(language) if (other := rewrite(s)) is not None]
    return [(s, other, own_words(s)) for s, other in some(changed, most)]


def differences(story: Story, changed: Article, wanted: Said) -> str | None:
    """What is read otherwise than it should be, in words; None where all is as it should be."""
    found = said(changed, read_report(changed))
    differing = [f"{name}: {found[name]} for {wanted[name]}" for name in wanted if found[name] != wanted[name]]
    return f"{story.id}: {'; '.join(differing)}" if differing else None


def hold(changes: Iterable[Change], share: float, fewest: int) -> None:
    """At least `fewest` articles are changed, and of them at least a share are read as they should be."""
    every = list(changes)
    wrong = [d for change in every if (d := differences(*change)) is not None]
    assert len(every) >= fewest, f"only {len(every)} articles are changed"
    kept = 1 - len(wrong) / len(every)
    assert kept >= share, "\n".join([f"{kept:.3f} of {len(every)}, not {share}", *wrong])
