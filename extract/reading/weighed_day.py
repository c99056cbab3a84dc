"""A second opinion on the day for which the main figure holds: what articles teach of the days in a text.

The rules look for 'as of', for the day beside the figure, for a meeting's. Where a text has several days, or dates what
it tells in words of its own, every day is weighed by what stands around it and how it lies to the figure; the one that
speaks most clearly prevails, or none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from extract.model import Where
from extract.reading.closing import Closing
from extract.reading.dated import dates_a_state
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements
from extract.reading.traits import Traits
from extract.reading.weights import Weights, known_weights
from extract.words.spans import Day

_RULES = 150
"""How much the rules' word counts by itself, in hundredths: for a day, or for none."""
_NO_DAY = -100
"""How clearly a day must speak to be better than none."""
_BANDS = ((0, 1, "beside"), (1, 3, "next"), (3, 6, "near"), (6, 12, "apart"))
"""Distances in chunks from the day, and what they are called."""
_AGES = ((0, "today"), (1, "a day"), (2, "two days"), (7, "a week"), (30, "a month"))
_CLOSE, _NEAR = 4, 9
"""Chunks between a day and the main figure."""
_OTHERS_DAY = 8
"""Chunks between a day and another figure that it may date."""
_OFTEN = 3
_MOST = 200
"""No news names more days: there the rules' word stands, so that a text made to be slow is none."""
_LAST_DAY = timedelta(days=6)
"""Before the vote, by law (`lawful_end.py`)."""


class Dates(StrEnum):
    """What a day in a text dates."""

    MAIN = "main_figure"
    OTHERS = "other_matters"


@dataclass(frozen=True, slots=True)
class TextOfDays:
    """What is known of an article when its days are weighed."""

    found: Statements
    main: Mention
    closing: Closing
    poll: date | None


def weighed_day(rules: date | None, text: TextOfDays, told: Mapping[str, Weights[Any]] | None = None) -> date | None:
    """The day that speaks most clearly for itself, that of the rules before others; None if none does.

    `told` are other weights, by section, than those that come with the program.
    """
    weights = known_weights("as_of", Dates) if told is None else told["as_of"]
    for_, against = weights.labels.index(Dates.MAIN), weights.labels.index(Dates.OTHERS)
    known: dict[int, int] = {}
    speaks: dict[date, int] = {}
    for day, traits in days_and_traits(text):
        said = weights.total(traits, known)
        speaks[day] = max(speaks.get(day, said[for_] - said[against]), said[for_] - said[against])
    if rules is not None:
        if rules not in speaks:
            return rules  # a day that follows from others, such as one before the publication
        speaks[rules] += _RULES
    none = _NO_DAY + (_RULES if rules is None else 0)
    best = max(speaks, key=lambda day: (speaks[day], day), default=None)
    return best if best is not None and speaks[best] > none else None


def days_and_traits(text: TextOfDays) -> list[tuple[date, Traits]]:
    """The days that the main figure may hold for, each time that one is named, with what is to be seen of it."""
    sentences, published = text.found.scan.sentences, text.found.scan.published
    named: list[tuple[int, int, Day, date]] = []
    for index, sentence in enumerate(sentences):
        for at in sentence.dated:
            day = sentence.chunks[at].day
            if day is not None and day.day is not None and _may_be_past(day.day, published, text.poll):
                named.append((index, at, day, day.day))
    if len(named) > _MOST:
        return []
    days = [day for *_, day in named]
    main = sorted({text.main.sentence} | {m.sentence for m in text.found.mentions if _is_main(m, text.main)})
    return [
        (
            of,
            [
                *_of_the_day(day, of, text),
                *_of_its_place(index, at, text),
                *_beside_main(index, at, main, text),
                *_words_around(index, at, sentences),
                ("rank", frozenset({_rank(of, days), f"often {min(_OFTEN, days.count(of))}"})),
            ],
        )
        for index, at, day, of in named
    ]


def _may_be_past(day: date, published: date | None, poll: date | None) -> bool:
    if published is None:
        return True
    return day <= published and not (poll is not None and published < poll <= day)


def _is_main(mention: Mention, main: Mention) -> bool:
    return mention.value == main.value and mention.status in {main.status, None}


def _of_the_day(day: Day, of: date, text: TextOfDays) -> Traits:
    """How long ago it was, how it is written, what else happens on it."""
    published = text.found.scan.published
    ago = (published - of).days if published is not None else None
    age = "unknown" if ago is None else next((name for bound, name in _AGES if ago <= bound), "long ago")
    form = "weekday" if day.weekday else "relative" if day.relative else "date"
    seen = {form, age, f"{form} {age}"} | ({"period"} if day.until is not None else set())
    if text.poll is not None:
        gap = text.poll - of
        known = {timedelta(0): "on voting day", _LAST_DAY: "on the last day"}
        seen.add(known.get(gap, "after voting day" if of > text.poll else "before"))
    if text.closing.complete:
        seen.add("closed then" if text.closing.deadline == of else "closed")
    return [("day", frozenset(seen))]


def _of_its_place(index: int, at: int, text: TextOfDays) -> Traits:
    sentences = text.found.scan.sentences
    sentence = sentences[index]
    first = next((i for i, s in enumerate(sentences) if s.where is Where.BODY), 0)
    apart = sentence.paragraph - sentences[first].paragraph
    place = "title" if sentence.where is Where.TITLE else "opening" if index == first else f"paragraph {min(apart, 2)}"
    seen = {place, "dates a state" if dates_a_state(sentence.chunks, at) else "dates no state"}
    if text.found.left_out[index]:
        seen.add("left out")
    return [("place", frozenset(seen))]


def _beside_main(index: int, at: int, main: Sequence[int], text: TextOfDays) -> Traits:
    """How a day lies to the main figure, and to the figures that it may date instead."""
    figure, chunks = text.main, text.found.scan.sentences[index].chunks
    apart = min((index - own for own in main), key=abs)
    lies = "beside" if not apart else f"{min(abs(apart), 3)} {'behind' if apart > 0 else 'ahead'}"
    state = f"{figure.status} {figure.basis}"
    seen = {lies, f"{lies} {state}", f"{lies} {'state' if dates_a_state(chunks, at) else 'no state'}"}
    here = [m for m in text.found.mentions if m.sentence == index]
    same = next((m for m in here if m.value == figure.value), None)
    if same is not None:
        inside = "inside" if same.clause[0] <= at < same.clause[1] else "outside"
        far = abs(same.at - at)
        seen.add(f"{inside} {'close' if far <= _CLOSE else 'near' if far <= _NEAR else 'far'}")
    others = [m for m in here if not m.dropped and m.value != figure.value]
    nearest = min(others, key=lambda m: abs(m.at - at), default=None)
    return [("main", frozenset(seen)), ("other", frozenset(_of_another(nearest, at, figure)))]


def _of_another(other: Mention | None, at: int, main: Mention) -> set[str]:
    if other is None:
        return {"none"}
    state = f"{other.status} {other.basis}"
    near = "close" if abs(other.at - at) <= _OTHERS_DAY else "far"
    return {f"{'larger' if other.value > main.value else 'smaller'} {state}", f"{near} {state}"}


def _words_around(index: int, at: int, sentences: Sequence[Sentence]) -> Traits:
    sentence = sentences[index]
    chunks = sentence.chunks
    found = [("sentence", sentence.classes)]
    if index:
        found.append(("sentence_before", sentences[index - 1].classes))
    for nearest, farthest, band in _BANDS:
        found.append((f"left_{band}", _classes(chunks[max(0, at - farthest) : max(0, at - nearest)])))
        found.append((f"right_{band}", _classes(chunks[at + 1 + nearest : at + 1 + farthest])))
    return found


def _classes(chunks: Sequence[Chunk]) -> frozenset[str]:
    return frozenset().union(*(chunk.classes for chunk in chunks))


def _rank(day: date, days: Sequence[date]) -> str:
    first, last = min(days), max(days)
    if first == last:
        return "only"
    return "latest" if day == last else "earliest" if day == first else "between"
