"""A second opinion on the day for which the main figure holds: what articles teach of the days in a text.

The rules look for 'as of', for the day beside the figure, for a meeting's. Where a text has several days, or dates what
it tells in words of its own, every day is weighed by what stands around it and how it lies to the figure; the one that
speaks most clearly prevails, or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from extract.reading.beside_main import TextOfMain, beside_figures, lies, place_in_text, words_around
from extract.reading.choosing import Belongs, chosen
from extract.reading.dated import dates_a_state
from extract.reading.lawful_end import BEFORE_VOTING
from extract.reading.scan import Sentence
from extract.reading.traits import Traits
from extract.reading.weights import Learned, known_weights
from extract.words.spans import Day

_OF_OBSERVERS = frozenset({
    "accredit_root", "accreditation", "accredited", "accrediting", "adding", "as_of", "as_of_phrase", "briefing",
    "closing_subject", "commission", "cumulative", "data", "decided", "list_word", "meeting", "mission", "observer",
    "observing", "papers", "proposed", "the_list", "withdrawn",
})  # fmt: skip
"""A sentence with none of these and without a figure dates something else: 'On Saturday, forecasters expect snow.'"""
_AGES = ((0, "today"), (1, "a day"), (2, "two days"), (7, "a week"), (30, "a month"))
_OFTEN = 3
_MOST = 200
"""No news names more days: there the rules' word stands, so that a text made to be slow is none."""


def weighed_day(rules: date | None, text: TextOfMain, told: Learned | None = None) -> date | None:
    """The day for which the main figure holds, `rules` being what the rules say.

    `told` are other weights, by section, than those that come with the program.
    """
    weights = known_weights("as_of", Belongs) if told is None else told["as_of"]
    return chosen(days_and_traits(text), rules, weights)


def days_and_traits(text: TextOfMain) -> list[tuple[date, Traits]]:
    """The days that the main figure may hold for, each time that one is named, with what is to be seen of it."""
    sentences = text.found.scan.sentences
    figures = {m.sentence for m in text.found.mentions}
    named: list[tuple[int, int, Day, date]] = []
    for index, sentence in enumerate(sentences):
        if text.found.left_out[index] or not (index in figures or _may_date_them(sentence)):
            continue
        for at in sentence.dated:
            day = sentence.chunks[at].day
            if day is not None and day.day is not None and _may_be_past(day.day, text):
                named.append((index, at, day, day.day))
    if len(named) > _MOST:
        return []
    days = [day for *_, day in named]
    of_main = text.sentences_of_main()
    return [
        (
            of,
            [
                *_of_the_day(day, of, days, text),
                *_of_its_place(index, at, of_main, text),
                *words_around(index, at, at + 1, sentences),
            ],
        )
        for index, at, day, of in named
    ]


def _may_date_them(sentence: Sentence) -> bool:
    """Whether it speaks of observers: not 'Бас хатшы бүгін комиссия төрағасымен кездесті', which dates a visit."""
    if "meets" in sentence.classes and "accredited" not in sentence.classes:
        return False
    return not sentence.classes.isdisjoint(_OF_OBSERVERS)


def _may_be_past(day: date, text: TextOfMain) -> bool:
    published = text.found.scan.published
    if published is None:
        return True
    return day <= published and not (text.poll is not None and published < text.poll <= day)


def _of_the_day(day: Day, of: date, days: Sequence[date], text: TextOfMain) -> Traits:
    """How long ago it was, how it is written, how it lies to the other days, what else happens on it."""
    published = text.found.scan.published
    ago = (published - of).days if published is not None else None
    age = "unknown" if ago is None else next((name for bound, name in _AGES if ago <= bound), "long ago")
    form = "weekday" if day.weekday else "relative" if day.relative else "date"
    seen = {form, age, f"{form} {age}"} | ({"period"} if day.until is not None else set())
    if text.poll is not None:
        known = {timedelta(0): "on voting day", BEFORE_VOTING: "on the last day"}
        seen.add(known.get(text.poll - of, "after voting day" if of > text.poll else "before"))
    if text.closing.complete:
        seen.add("closed then" if text.closing.deadline == of else "closed")
    return [("day", frozenset(seen)), ("rank", frozenset({_rank(of, days), f"often {min(_OFTEN, days.count(of))}"}))]


def _rank(day: date, days: Sequence[date]) -> str:
    first, last = min(days), max(days)
    if first == last:
        return "only"
    return "latest" if day == last else "earliest" if day == first else "between"


def _of_its_place(index: int, at: int, of_main: list[int], text: TextOfMain) -> Traits:
    sentences, figure = text.found.scan.sentences, text.main
    dates = "state" if dates_a_state(sentences[index].chunks, at) else "no state"
    by = lies(index, of_main)
    here = [m for m in text.found.mentions if m.sentence == index]
    return [
        ("place", frozenset({place_in_text(index, sentences), dates})),
        ("main", frozenset({by, f"{by} {figure.status} {figure.basis}", f"{by} {dates}"})),
        *beside_figures(at, here, figure),
    ]
