"""Articles with other numbers: every figure another value, such that the sums in the text stay sums."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations, pairwise

from extract.model import Article, Verdict
from extract.words.spans import NumberKind
from tests.extract.corpora import Story
from tests.extract.relations import Said
from tests.extract.rewriting import MOST_OBSERVERS, Spot, in_digits, main_values, replaced, spots

Values = Mapping[int, int]


def revalued(story: Story, factor: int) -> tuple[Article, Values] | None:
    """Every number from three on that is a figure near a multiple of it, and what each has become.

    None where that cannot be done: figures in words or qualified ones, a number that is a figure here and something
    else there, sums that hang together too much, and numbers whose order would change.
    """
    article = story.article
    texts = [article.title or "", *article.paragraphs]
    every = [s for text in texts for s in spots(text, article.language)]
    values = {v for v in main_values(story.report) if v > 2}
    if values & counts_of_senders(story):
        return None
    if len(values) < 2 or any(s.rough for s in every) or not values <= {s.value for s in every}:
        return None
    changing = [s for s in every if s.value in values]
    loose = {int(d) for text in texts for d in re.findall(r"\d+", replaced(text, article.language, lambda _, __: " "))}
    if loose & values or any(s.written_out or s.kind is not NumberKind.CARDINAL or not s.in_digits for s in changing):
        return None
    new = _new_values(story, values, {s.value for s in every} - values, factor)
    if new is None:
        return None

    def write(spot: Spot, text: str) -> str | None:
        if spot.value not in new:
            return None
        ending = re.sub(r"^\d[\d ,\u00a0\u2009\u202f]*", "", text[spot.start : spot.end])
        return in_digits(new[spot.value], article.language) + ending

    title = article.title and replaced(article.title, article.language, write)
    return story.changed(title, tuple(replaced(p, article.language, write) for p in article.paragraphs)), new


def counts_of_senders(story: Story) -> set[int]:
    """How many organizations and states the text tells; where one is a figure, too, another value would change both."""
    return {count for count in (story.report.organization_count, story.report.country_count) if count is not None}


def _new_values(story: Story, values: set[int], others: set[int], factor: int) -> Values | None:
    if any(c.verdict is Verdict.FAILS or any(p.value < 0 for p in c.parts) for c in story.report.checks):
        return None
    sums = {c.whole.value: [p.value for p in c.parts] for c in story.report.checks if c.verdict is Verdict.HOLDS}
    largest = max(values)
    every = [f.value for f in story.report.figures if f.value != largest]
    sums |= {a + b: [a, b] for a, b in combinations(sorted(values), 2) if a + b in values}
    sums |= {largest: every} if sum(every) == largest else {}
    new: dict[int, int] = {}
    for value in sorted(values):
        new[value] = value * factor + value % factor
        if value in sums:
            new[value] = sum(new.get(part, part) for part in sums[value])
    if any(sum(new.get(p, p) for p in parts) != new.get(whole, whole) for whole, parts in sums.items()):
        return None
    there = others | set(new.values())
    by_chance = any(
        a + b not in values and (new[a] + new[b] in there or new[b] - new[a] in others)
        for a, b in combinations(sorted(values), 2)
    )
    grows = all(new[a] < new[b] for a, b in pairwise(sorted(values)))
    return new if grows and not by_chance and max(new.values()) < MOST_OBSERVERS else None


def with_values(words: Said, new: Values) -> Said:
    """What is said, with other values; counts of senders stay, so that sums that took them for a slip do not."""
    figures = sorted((*f[:3], new.get(f[3], f[3]), f[4]) for f in words["figures"])
    main = words["main"] and (*words["main"][:3], new.get(words["main"][3], words["main"][3]))
    return {**{k: v for k, v in words.items() if k != "checks"}, "figures": figures, "main": main}
