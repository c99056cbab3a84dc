"""`python -m bench.quality.teach`: learn from all articles what each trait of a figure or a day says of it.

Writes `extract/data/weights.json`. With `--hold-out` it writes nothing, and prints how figures of articles are read
that were not learned from: each set by weights of the others.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bench.quality.examples import (
    Example,
    Examples,
    Told,
    by_rules,
    collecting,
    of_counts,
    of_days,
    of_numbers,
    of_senders,
    of_state,
    text_of_main,
)
from bench.quality.stories import all_stories, digest_of_own, in_other_layouts
from extract.model import Basis, Status
from extract.reading.agreeing import Label, label_of
from extract.reading.as_of import find_as_of
from extract.reading.choosing import Belongs
from extract.reading.counted import Counted
from extract.reading.counts import find_counts
from extract.reading.headline import main_of_all
from extract.reading.mentions import Mention
from extract.reading.resolve import resolve
from extract.reading.weighed_counts import KINDS, weighed_counts
from extract.reading.weighed_day import weighed_day
from extract.reading.weights import SCALE, Weights
from extract.reading.whose import Whose
from extract.report import scopes_of
from tests.extract.corpora import ROOT, Story

WEIGHTS = ROOT / "extract" / "data" / "weights.json"
_REGULARIZATION = 0.1
"""Inverse strength: small, so that no single trait decides. Chosen by `--hold-out`."""
_FEWEST = 3
"""Figures that a trait must have to say anything."""
_STRENGTH = {"title": 0.5, "opening": 0.5, "figures": 0.4, "sentence_before": 0.7, "sentence_after": 0.7}
"""Places away from the figure, and how strongly their traits are seen beside those of its own sentence."""
_FOLDS = 8
_SHARED = 2.0
"""What a figure of the shared corpus weighs, whose hand is another one."""
_MOST_STEPS = 1_000
_ROUNDS = 4
_LATER: tuple[tuple[str, Examples], ...] = (
    ("state", of_state),
    ("whose", of_senders),
    ("as_of", of_days),
    ("counts", of_counts),
)
"""What is learned once it is known which numbers count observers, in this order."""
_HARDER = 4.0
"""How much more an article counts after each round in which weights would have spoilt it."""


def learn(known: Sequence[Example], spoilt: Mapping[str, float] | None = None) -> Weights[Any]:
    """The weights that tell these examples' labels best, without trusting any trait much.

    `spoilt` says of stories how much more their examples count.
    """
    often = Counter(trait for example in known for trait in example.traits)
    rows = [
        {f"{place} {name}": _STRENGTH.get(place, 1.0) for place, name in e.traits if often[place, name] >= _FEWEST}
        for e in known
    ]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=_REGULARIZATION, max_iter=_MOST_STEPS)
    counts = [(_SHARED if e.set.startswith("shared.") else 1.0) * (spoilt or {}).get(e.story, 1.0) for e in known]
    model.fit(vectorizer.fit_transform(rows), [_written_label(e.label) for e in known], sample_weight=counts)
    coefficients, bias = model.coef_.T, model.intercept_
    if len(model.classes_) == 2:  # told by one column: what speaks for the second label speaks against the first
        coefficients, bias = coefficients * [-0.5, 0.5], bias * [-0.5, 0.5]
    of: dict[str, dict[str, tuple[int, ...]]] = {}
    for trait, column in zip(vectorizer.feature_names_, coefficients, strict=True):
        place, _, name = trait.partition(" ")
        row = tuple(round(float(value) * _STRENGTH.get(place, 1.0) * SCALE) for value in column)
        if any(row):
            of.setdefault(place, {})[name] = row
    labels = tuple(_read_label(name) for name in model.classes_)
    return Weights(labels, tuple(round(float(value) * SCALE) for value in bias), of)


def _written_label(label: Label | Whose | Counted | Belongs) -> str:
    return " ".join(label) if isinstance(label, tuple) else label.value


def _read_label(name: str) -> Label | Whose | Counted | Belongs:
    status, _, basis = name.partition(" ")
    if basis:
        return Status(status), Basis(basis)
    kind = next(kind for kind in (Whose, Counted, Belongs) if name in {label.value for label in kind})
    return kind(name)


def learn_all(stories: Mapping[str, Sequence[Story]]) -> dict[str, Weights[Any]]:
    """The weights of all articles by section; what they would spoil is learned from with more weight, and so again."""
    laid_out = {name: [other for story in of for other in in_other_layouts(story)] for name, of in stories.items()}
    counts: dict[str, float] = {}
    learned, known = _learn_in_turn(laid_out)
    for _ in range(_ROUNDS):
        spoilt = {s.id for of in stories.values() for s in of if _compared(s, learned)["spoilt"] or _misled(s, learned)}
        sys.stdout.write(f"{len(spoilt)} articles spoilt\n")
        counts |= {story: counts.get(story, 1.0) * _HARDER for story in spoilt}
        learned = {section: learn(seen, counts) for section, seen in known.items()}
    return learned


def _learn_in_turn(stories: Mapping[str, Sequence[Story]]) -> tuple[dict[str, Weights[Any]], dict[str, list[Example]]]:
    """Which numbers count observers first: whose those are, and in what state, is learned of these; then the days."""
    known = {"counted": _examples(stories, of_numbers)}
    learned = {"counted": learn(known["counted"])}
    for section, examples in _LATER:
        known[section] = _examples(stories, partial(examples, told=learned))
        learned[section] = learn(known[section])
    return learned, known


def _examples(stories: Mapping[str, Sequence[Story]], examples: Examples) -> list[Example]:
    return [e for name, of in stories.items() for story in of for e in examples(name, story)]


def written(learned: Told) -> str:
    """The weights as JSON, a line for each trait, so that a change can be read."""
    lines = [f'"learned_from": {json.dumps(digest_of_own())}']
    lines += [f"{json.dumps(section)}: {_section(weights)}" for section, weights in learned.items()]
    return _braced(lines) + "\n"


def _section(learned: Weights[Any]) -> str:
    head = {"labels": learned.labels, "bias": learned.bias}
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
    return _braced([*lines, f'"traits": {_braced(_place(place, learned) for place in sorted(learned.of))}'])


def _place(place: str, learned: Weights[Any]) -> str:
    rows = (f"{json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(learned.of[place].items()))
    return f"{json.dumps(place)}: {_braced(rows)}"


def _braced(lines: Iterable[str]) -> str:
    return "{\n" + ",\n".join(lines) + "\n}"


def hold_out(stories: Mapping[str, Sequence[Story]]) -> dict[str, Counter[str]]:
    """For each set how many figures rules read right, and how many are right when weighed by what others teach."""
    laid_out = {name: [other for story in of for other in in_other_layouts(story)] for name, of in stories.items()}
    _, known = _learn_in_turn(laid_out)
    folds = {(name, story.id): _fold(name, story) for name, of in stories.items() for story in of}
    counts: dict[str, Counter[str]] = {name: Counter() for name in stories}
    for fold in range(_FOLDS):
        told = {section: learn([e for e in seen if folds[e.set, e.story] != fold]) for section, seen in known.items()}
        for name, story in ((name, story) for name, of in stories.items() for story in of):
            if folds[name, story.id] == fold:
                counts[name] += _compared(story, told)
    return counts


def _compared(story: Story, told: Told) -> Counter[str]:
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


def _misled(story: Story, told: Told) -> bool:
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
    misled = any(counts.get(kind) == right != weighed.get(kind) for kind, right in by_hand.items())
    told_day = weighed_day(day, text, told)
    return misled or (day.isoformat() if day else None) == story.gold["as_of"] != (
        told_day.isoformat() if told_day else None
    )


def _facts(figures: Sequence[Mention]) -> set[tuple[str, int, str, str]]:
    return {(scope, f.value, *label_of(f)) for f in figures for scope in scopes_of(f)}


def _fold(set_name: str, story: Story) -> int:
    """Sets stay together; an article of the shared corpus is a set by itself, and so is a sentence."""
    return zlib.crc32((story.id if not set_name.startswith(("own.", "learning.")) else set_name).encode()) % _FOLDS


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and write, or compare and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.teach", description=__doc__)
    parser.add_argument("--hold-out", action="store_true", help="write nothing; compare rules and weights on each set")
    parser.add_argument("--output", type=Path, default=WEIGHTS, help="where the weights go")
    asked = parser.parse_args(arguments)
    stories = all_stories()
    if asked.hold_out:
        for name, counts in hold_out(stories).items():
            told = " ".join(f"{counts[what]:5} {what}" for what in ("figures", "rules", "mended", "spoilt"))
            sys.stdout.write(f"{name:12} {told}\n")
        return 0
    learned = learn_all(stories)
    asked.output.write_text(written(learned), encoding="utf-8")
    traits = sum(len(names) for weights in learned.values() for names in weights.of.values())
    sys.stdout.write(f"{asked.output}: {traits} traits\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
