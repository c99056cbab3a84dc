"""What weights mend and spoil: the figures, day and counts of an article with them, beside those by rules alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bench.quality.examples import by_rules, collecting, text_of_main
from extract.reading.agreeing import label_of
from extract.reading.as_of import find_as_of
from extract.reading.counts import find_counts
from extract.reading.headline import main_of_all
from extract.reading.mentions import Mention
from extract.reading.resolve import resolve
from extract.reading.weighed_counts import KINDS, weighed_counts
from extract.reading.weighed_day import weighed_day
from extract.reading.weights import Learned
from extract.report import scopes_of
from tests.extract.corpora import Story


def compared(story: Story, told: Learned) -> Counter[str]:
    """How many figures are there, right by rules, mended by weights, spoilt by them; a new wrong one is spoilt."""
    gold = {(f["scope"], f["value"], f["status"], f["basis"]) for f in story.gold["figures"]}
    before = _facts(by_rules(story)[0])
    collect = collecting(story)
    after = _facts(resolve(collect, told)[0]) if collect is not None else set()
    rest = {(scope, value) for scope, value, *_ in gold}
    new = {fact for fact in after - before - gold if fact[:2] not in rest}
    lost = len((before - gold) - after)
    spoilt = len((before & gold) - after) + max(0, len(new) - lost)
    return Counter(figures=len(gold), rules=len(before & gold), mended=len((after & gold) - before), spoilt=spoilt)


def misled(story: Story, told: Learned) -> bool:
    """Whether weights take another day or count for the main figure's than the rules, which are right."""
    if "as_of" not in story.gold or "country_count" not in story.gold:
        return False
    text = text_of_main(story, told, main_of_all)
    if text is None:
        return False
    day = find_as_of(text.found, text.main, text.closing, text.found.scan.published)
    counts = find_counts(text.found, text.main)
    by_hand = {kind: story.gold[f"{name}_count"] for kind, name in KINDS.items()}
    weighed = weighed_counts(counts, text, told)
    by_count = any(counts.get(kind) == right != weighed.get(kind) for kind, right in by_hand.items())
    told_day = weighed_day(day, text, told)
    return by_count or (day.isoformat() if day else None) == story.gold["as_of"] != (
        told_day.isoformat() if told_day else None
    )


def _facts(figures: Sequence[Mention]) -> set[tuple[str, int, str, str]]:
    return {(scope, f.value, *label_of(f)) for f in figures for scope in scopes_of(f)}
