"""The campaign: which articles three outlets publish in 60 days, which facts they state, and what befalls the sites.

The articles are those of `tests/corpus`, and what they state is what the careful reader of the corpus wrote down: our
own reader has no say in it. They lead to the elections of 19 March 2023.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from accredwatch.newsroom.campaign_noise import NOISE
from accredwatch.newsroom.outlets import ALMATY
from accredwatch.newsroom.server import Trouble
from accredwatch.newsroom.story import Edit, Story
from bench.race.campaign_facts import Key, Telling, keys_of
from bench.race.campaign_others import others

CORPUS = Path(__file__).resolve().parents[2] / "tests" / "corpus"
BEGIN, END = date(2023, 1, 20), date(2023, 3, 20)
EVERY = timedelta(hours=12)
"""How often every program looks at the sites, from three o'clock at night on: the slowest of them sets the pace."""
OTHERS = 600
"""Stories of other things, besides those about elections that count no observers."""
DAY = timedelta(days=1)
BEFORE = 15 * DAY
"""So long before the campaign the sites' lists begin."""


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of the campaign, by the clocks of Almaty."""
    return datetime(2023, month, day, hour, minute, tzinfo=ALMATY)


@dataclass(frozen=True, slots=True)
class Change:
    """What a desk makes of a text of the corpus: other numbers, other words, a later hour."""

    swap: tuple[tuple[str, str], ...] = ()
    """In title and paragraphs, and numbers in what the text states: (what the corpus has, what is published first)."""
    title: str | None = None
    """The title that the edit gives."""
    until: datetime | None = None
    """When the desk edits it: from then on it reads as in the corpus, with the new title if there is one."""
    published: datetime | None = None


CAST: tuple[tuple[str, str, Change], ...] = (
    ("kazinform", "ru/ru-2023-25-proposed", Change()),
    ("kazinform", "ru/ru-2-2023-37", Change()),
    ("kazinform", "kk_i/other-20230215-odihr-opens-kk-i", Change()),
    ("kazinform", "ru/ru-2023-72-february", Change()),
    ("kazinform", "ru_f/other-20230217-odihr-opens-ru", Change()),
    ("kazinform", "en_g/kazinform-20230220-82", Change()),
    ("kazinform", "kk_d/other-20230220-82-kk", Change()),
    ("qazaq_tv", "en_m/qazaq_tv-20230220-10-more", Change()),
    ("astana_times", "en_r/astana_times-20230221-82-en_r", Change()),
    ("astana_times", "en_j/astana_times-20230222-700-expected", Change()),
    (
        "kazinform",
        "en_p/en_p-4-kazinform-20230223-82",
        Change(until=at(2, 24, 10, 30), title="82 foreign observers accredited for Majilis elections, 29 more in line"),
    ),
    ("kazinform", "en_k/kazinform-20230224-29-nominated", Change()),
    ("kazinform", "ru/ru-2023-111-52", Change(swap=(("111", "117"),), until=at(2, 28, 10, 5))),
    ("qazaq_tv", "en_e/qazaq_tv-20230302-54-more-b", Change()),
    ("kazinform", "ru_j/other-20230302-54-more-ru", Change(published=at(3, 2, 14, 40))),
    ("kazinform", "en_n/kazinform-20230302-165", Change()),
    ("kazinform", "kk_g/other-20230306-165-157-proposed-kk", Change()),
    ("astana_times", "en_e/astana_times-20230306-associations", Change()),
    ("kazinform", "ru_l/other-20230307-322-ru_l", Change()),
    ("astana_times", "en_b/astana_times-20230308-322", Change()),
    ("kazinform", "ru_l/other-20230307-322-ru_l", Change(published=at(3, 9, 11, 20))),
    ("astana_times", "en_h/astana_times-20230309-322", Change()),
    ("astana_times", "en_d/other-20230310-timesca-who-watches", Change()),
    ("kazinform", "ru_g/other-20230310-vko-observers-ru", Change()),
    ("kazinform", "ru/ru-4-2023-322", Change()),
    ("kazinform", "ru_f/other-20230313-473-last-batch-ru", Change()),
    ("kazinform", "kk/kazinform-20230314-793-kk", Change()),
    ("qazaq_tv", "en_n/qazaq_tv-20230314-793", Change(swap=(("793", "786"),))),
    ("astana_times", "en_o/astana_times-20230314-local-ngos", Change()),
    ("kazinform", "kk_d/kazinform-20230315-cica-kk", Change()),
    ("qazaq_tv", "en_p/en_p-21-qazaq_tv-20230316-sco-17", Change()),
    ("kazinform", "ru_b/other-20230317-790-withdrawn-ru", Change()),
    ("astana_times", "en_e/astana_times-20230317-missions-briefings", Change()),
    ("kazinform", "en_o/kazinform-20230320-cis-conclusions", Change()),
    ("astana_times", "en_d/astana_times-20230320-missions-sum-up", Change()),
)
"""(outlet, article of the corpus, what the desk makes of it)."""

TROUBLES: tuple[tuple[datetime, datetime, str, Trouble], ...] = (
    (at(2, 16, 20), at(2, 17, 12), "kazinform", Trouble(status=429, headers={"Retry-After": "3600"})),
    (at(3, 6, 18), at(3, 7, 12), "astana_times", Trouble(status=503)),
    (
        at(3, 13, 20),
        at(3, 14, 12),
        "kazinform",
        Trouble(
            body="<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
            '<p>Please complete the captcha to continue.</p><div class="g-recaptcha"></div></body></html>'
        ),
    ),
)
"""(from, until, outlet, what every request runs into): too many requests, an outage, a captcha with status 200."""

RELAUNCH = date(2023, 3, 1)
"""Kazinform's pages and lists look different from this day on."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """What is published when, and what of it counts."""

    begin: date
    end: date
    """The last day."""
    every: timedelta
    """From one look of the programs at the sites to the next."""
    stories: tuple[Story, ...]
    tellings: tuple[Telling, ...]
    """What the articles about observers state, in order of time."""

    def instants(self) -> Iterator[datetime]:
        """When every program looks, in order."""
        now = datetime.combine(self.begin, time(3), ALMATY)
        last = datetime.combine(self.end + DAY, time(3), ALMATY)
        while now <= last:
            yield now
            now += self.every


def campaign(begin: date = BEGIN, end: date = END, every: timedelta = EVERY, before: timedelta = BEFORE) -> Campaign:
    """The campaign from its first day to the last one, after so much time in which it was not spoken of."""
    first = datetime.combine(begin, time(), ALMATY)
    made = [_made(outlet, name, change) for outlet, name, change in CAST]
    made = [one for one in made if first <= one[0].published and one[0].published.date() <= end]
    quiet = _without_figures(begin, end) + [story for story in NOISE if story.published >= first]
    tellings = sorted((telling for _, told in made for telling in told), key=lambda telling: telling.at)
    around = [*others(BEGIN - BEFORE, BEGIN - DAY, OTHERS // 4, seed=1), *others(BEGIN, END, OTHERS, seed=2)]
    shown = [story for story in around if story.published >= first - before]
    stories = [*(story for story, _ in made), *quiet, *shown]
    return Campaign(begin, end, every, tuple(_numbered(stories)), tuple(tellings))


def _made(outlet: str, name: str, change: Change) -> tuple[Story, tuple[Telling, ...]]:
    """The story as it is published, and what it states from when on."""
    raw = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    story = _story(outlet, raw)
    story = replace(story, published=change.published or story.published)
    stated = keys_of(raw["gold"])
    if change.until is None:
        story = _swapped(story, change.swap)
        return story, (_telling(story, story.published, _other(stated, change.swap)),)
    edit = Edit(change.until, change.title or story.title, story.paragraphs)
    first = _swapped(story, change.swap)
    before = _other(stated, change.swap)
    after = {("corrected", new[-1], old[-1]) for old, new in zip(before, stated, strict=True) if old != new}
    edited = replace(story, title=change.title or story.title)
    tellings = (
        _telling(first, first.published, before),
        _telling(edited, edit.at, (*(key for key in stated if key in before), *after)),
    )
    return replace(first, edits=(edit,)), tellings


def _telling(story: Story, at: datetime, keys: tuple[Key, ...]) -> Telling:
    # Feeds shorten the first paragraph, lists may do so with what is longer than a line.
    return Telling(at, story.title, story.paragraphs[0][:80], keys)


def _without_figures(begin: date, end: date) -> list[Story]:
    """The corpus' articles of these days, about elections, that count no observers."""
    found = []
    for file in sorted(CORPUS.glob("*/*.json")):
        raw = json.loads(file.read_text(encoding="utf-8"))
        published = raw.get("published")
        if raw["gold"]["relevant"] or not published:
            continue
        if begin <= datetime.fromisoformat(published).astimezone(ALMATY).date() <= end:
            outlet = raw["source"] if raw["source"] != "other" else "kazinform"
            found.append(_story(outlet, raw))
    return found


def _story(outlet: str, raw: dict[str, Any]) -> Story:
    return Story(
        number=0,
        outlet=outlet,
        language=raw["lang"],
        title=raw["title"],
        paragraphs=tuple(raw["paragraphs"]),
        published=datetime.fromisoformat(raw["published"]),
        caption=raw["caption"],
        tags=tuple(raw["tags"]),
        related=tuple(raw["related"]),
    )


def _swapped(story: Story, swap: Sequence[tuple[str, str]]) -> Story:
    title, paragraphs = story.title, story.paragraphs
    for old, new in swap:
        title = title.replace(old, new)
        paragraphs = tuple(paragraph.replace(old, new) for paragraph in paragraphs)
    return replace(story, title=title, paragraphs=paragraphs)


def _other(keys: Sequence[Key], swap: Sequence[tuple[str, str]]) -> tuple[Key, ...]:
    """The same facts with the numbers that are published first."""
    numbers = {int(old): int(new) for old, new in swap}
    return tuple(tuple(numbers.get(part, part) if isinstance(part, int) else part for part in key) for key in keys)


def _numbered(stories: Sequence[Story]) -> Iterator[Story]:
    """The stories with an identity of their own each, in order of publication."""
    for number, story in enumerate(sorted(stories, key=lambda one: one.published), 4_030_000):
        yield replace(story, number=number)
