"""What the peers of the campaign are told to watch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bench.race.campaign_verdict import Message

_STEMS = ("observer", "наблюдат", "байқауш")
WORDS = "|".join(_STEMS)
NUMBERED = rf"\d.*(?:{WORDS})|(?:{WORDS}).*\d"
LISTS = {
    "kazinform": (("en", "/en/lenta/"), ("ru", "/ru/lenta/"), ("kk", "/kz/lenta/")),
    "astana_times": (("en", "/all/"),),
    "qazaq_tv": (("en", "/en/news/"),),
}
FEEDS = {
    "kazinform": (("en", "/rss/en.xml"), ("ru", "/rss/ru.xml"), ("kk", "/rss/kz.xml")),
    "astana_times": (("en", "/feed/"),),
}


@dataclass(frozen=True, slots=True)
class Watch:
    """A page that a program looks at."""

    name: str
    url: str
    is_feed: bool


@dataclass(frozen=True, slots=True)
class Setup:
    """A way to set up a program: which pages, and which lines of them count."""

    name: str
    feeds: bool
    """Whether feeds are watched where there are any, else the lists of articles."""
    pattern: str
    """Lines that it matches count, whatever their case."""

    def watches(self, bases: Mapping[str, str]) -> Iterator[Watch]:
        """What to look at, the outlets' sites being at these addresses."""
        for outlet, lists in LISTS.items():
            is_feed = self.feeds and outlet in FEEDS
            for language, path in FEEDS[outlet] if is_feed else lists:
                yield Watch(f"{self.name}/{outlet}-{language}", bases[outlet] + path, is_feed)


SETUPS = (
    Setup("lists", feeds=False, pattern=WORDS),
    Setup("feeds", feeds=True, pattern=WORDS),
    Setup("feeds-numbers", feeds=True, pattern=NUMBERED),
)
"""Lists: the links of each outlet's page of latest news. Feeds: titles and descriptions of feeds, and the list of the
outlet that has none. Numbers: only lines that hold a number beside the word."""


class Peer(Protocol):
    """A program that watches pages, in all its set-ups at once."""

    messages: dict[str, list[Message]]
    """What a person would have got, by set-up, in order."""

    def look(self, now: datetime) -> None:
        """Let it look at everything; it is `now` at the sites."""
        ...

    def close(self) -> None:
        """End it."""
        ...
