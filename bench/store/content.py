"""What the store is filled with: articles that look like an outlet's, made up, the same for the same size."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random

from storage.words import place_of, to_index

OUTLETS = ("kazinform", "astana_times", "qazaq_tv", *(f"outlet_{number:03}" for number in range(97)))
"""The keys of the sources; each of the first three, which are polled, has a fifth of the articles."""
KEYWORD = "observers"
"""The word that is in a third of all articles."""

_POLLED = 3
_TENTHS = 6
"""How many articles of ten are of the polled outlets."""
_PARAGRAPHS = 3
_WORDS = 30


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of everything, by the number of articles."""

    articles: int

    @property
    def reports(self) -> int:
        """One article of fifty states figures."""
        return self.articles // _PER_REPORT

    @property
    def elections(self) -> int:
        """Each has two hundred reports."""
        return max(self.reports // _REPORTS, 1)

    @property
    def runs(self) -> int:
        """Crawls on record: a year of the three polled outlets, every ten minutes, beside a million articles."""
        return self.articles * 15 // 100


_PER_REPORT, _REPORTS = 50, 200


@dataclass(frozen=True, slots=True)
class Story:
    """An article."""

    id: int
    source: str
    published: datetime
    title: str
    body: str
    words: str
    """As the index has them."""
    election: int | None
    """Number of the election that it states figures of, from 0."""

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://{self.source.replace('_', '-')}.example/en/story-of-the-day_a{self.id:08}"

    @property
    def digest(self) -> str:
        """A hash of it."""
        return hashlib.sha256(self.url.encode()).hexdigest()


@dataclass(frozen=True)
class Content:
    """Everything that goes into the store, made as it is asked for; all of it was published before `until`."""

    size: Size
    until: datetime

    @cached_property
    def _paragraphs(self) -> list[tuple[str, str]]:
        random = Random(2026)  # noqa: S311 - no secret
        syllables = ["al", "ben", "dar", "er", "gul", "is", "kar", "lo", "mir", "nur", "sak", "tan", "us", "zhan"]
        words = [
            "".join(random.choices(syllables, k=2 + number % 3)) + (str(number) if number > 2000 else "")
            for number in range(20_000)
        ]
        weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
        made = []
        for number in range(5000):
            chosen = random.choices(words, cum_weights=weights, k=_WORDS)
            if number % 8 == 0:
                chosen[7] = KEYWORD
            text = " ".join(chosen).capitalize() + "."
            made.append((text, to_index(None, text)))
        return made

    def stories(self) -> Iterator[Story]:
        """The articles, oldest first."""
        random = Random(7)  # noqa: S311 - no secret
        step = timedelta(days=8 * 365) / self.size.articles
        begin = self.until - self.size.articles * step
        for number in range(self.size.articles):
            paragraphs = random.sample(self._paragraphs, _PARAGRAPHS)
            title = f"Story {number} of the day"
            is_report = number % _PER_REPORT == 0
            report = number // _PER_REPORT
            election = min(report // _REPORTS, self.size.elections - 1) if is_report else None
            said = f"{value_of(report)} observers are accredited in all." if is_report else ""
            texts = [text for text, _ in paragraphs] + ([said] if said else [])
            index = " ".join(
                [title.lower(), *(index for _, index in paragraphs), *([to_index(None, said)] if said else ())]
            )
            yield Story(
                id=number + 1,
                source=_outlet(number),
                published=(begin + number * step).astimezone(UTC),
                title=title,
                body="\n".join(texts),
                words=index,
                election=election,
            )

    def counted(self) -> tuple[Counter[str], Counter[str]]:
        """How many articles each outlet has, and how many of them state figures."""
        numbers = range(self.size.articles)
        articles = Counter(_outlet(number) for number in numbers)
        return articles, Counter(_outlet(number) for number in numbers[::_PER_REPORT])

    def voting_day(self, election: int) -> date:
        """The day of the vote: the one after the last report on it."""
        step = timedelta(days=8 * 365) / self.size.articles
        last = min((election + 1) * _REPORTS * _PER_REPORT, self.size.articles)
        return (self.until - self.size.articles * step + last * step).date() + timedelta(days=1)

    def place_before(self, newer: int) -> int:
        """The place in search of the article that so many newer ones stand before."""
        id_ = max(self.size.articles - newer, 1)
        step = timedelta(days=8 * 365) / self.size.articles
        return place_of(id_, self.until - (self.size.articles - id_ + 1) * step)

    def election_key(self, election: int) -> str:
        """The key of an election by its number."""
        return f"{self.voting_day(election)}-parliamentary"


def _outlet(number: int) -> str:
    if number % 10 < _TENTHS:
        return OUTLETS[number % _POLLED]
    return OUTLETS[_POLLED + number // 10 % (len(OUTLETS) - _POLLED)]


def value_of(report: int) -> int:
    """The total that a report states: twenty at first, and six more with every tenth report on the election."""
    return 20 + 6 * (report % _REPORTS // 10)
