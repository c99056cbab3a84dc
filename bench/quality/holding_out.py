"""Leave one out: read an outlet's or a poll's articles with the words that all the others use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bench.quality.words import Entry, entries, reading_with, used
from extract.model import Report
from extract.report import read_report
from tests.extract.corpora import Story, sites
from tests.extract.scoring import plain, score


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A group of articles, read with the words that the articles outside it use."""

    group: str
    dropped: int
    """Entries that matched in the group and nowhere else."""
    readings: tuple[tuple[Story, Report], ...]

    @property
    def full(self) -> dict[str, float]:
        """The measures with the whole table."""
        return score((story, story.report) for story, _ in self.readings).measured

    @property
    def reduced(self) -> dict[str, float]:
        """The measures with the reduced one."""
        return score(self.readings).measured

    @property
    def changed(self) -> int:
        """How many articles are read otherwise."""
        return sum(plain(s.article, report) != plain(s.article, s.report) for s, report in self.readings)

    @property
    def loss(self) -> float:
        """How much of figure_f1 is lost."""
        return self.full["figure_f1"] - self.reduced["figure_f1"]


@dataclass
class Usage:
    """Which entries match in which articles."""

    stories: Sequence[Story]
    by_story: list[frozenset[Entry]] = field(init=False)
    articles: Counter[tuple[str, Entry]] = field(init=False)
    """In how many articles an entry matches, by language and entry."""

    def __post_init__(self) -> None:
        for story in self.stories:
            assert story.report is not None  # Read once and kept: not to be read first with reduced words.
        self.by_story = [used(story.article) for story in self.stories]
        self.articles = Counter(
            (story.article.language, entry)
            for story, found in zip(self.stories, self.by_story, strict=True)
            for entry in found
        )

    def of_few(self, language: str) -> dict[Entry, int]:
        """A language's entries that match in one article or in none, with that number."""
        counts = {entry: self.articles[language, entry] for entry in entries(language)}
        return {entry: count for entry, count in counts.items() if count < 2}


def outlet_of(story: Story) -> str:
    """The configured source, else the host; articles without a URL are of no known outlet."""
    url = story.raw.get("url")
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    known = next((site.key for site in sites() if url and site.owns(url)), None)
    source = story.raw.get("source")
    return known or (source if source and source != "other" else None) or host or "(no outlet known)"


def poll_of(story: Story) -> str:
    """The poll that the article is about, as its gold has it: 'referendum 2024-10-06'."""
    election = story.gold["election"] or {}
    return f"{election.get('type') or 'none'} {election.get('date') or ''}".strip()


def hold_out(usage: Usage, group_of: Callable[[Story], str]) -> list[HeldOut]:
    """Every group, read without the words that it alone uses; the greatest losses first."""
    groups: dict[str, list[int]] = {}
    for number, story in enumerate(usage.stories):
        groups.setdefault(group_of(story), []).append(number)
    held = [_without(usage, name, numbers) for name, numbers in groups.items()]
    return sorted(held, key=lambda one: (-one.loss, -one.changed, one.group))


def _without(usage: Usage, group: str, numbers: Sequence[int]) -> HeldOut:
    own = Counter((usage.stories[n].article.language, entry) for n in numbers for entry in usage.by_story[n])
    gone = {key for key, count in own.items() if count == usage.articles[key]}
    readings: list[tuple[Story, Report]] = []
    for language in sorted({usage.stories[n].article.language for n in numbers}):
        kept = frozenset(e for e in entries(language) if usage.articles[language, e] and (language, e) not in gone)
        with reading_with(language, kept):
            own_stories = [usage.stories[n] for n in numbers if usage.stories[n].article.language == language]
            readings += [(story, read_report(story.article)) for story in own_stories]
    return HeldOut(group, len(gone), tuple(readings))
