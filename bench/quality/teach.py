"""`python -m bench.quality.teach`: learn from all articles what each trait of a figure or a day says of it.

Writes `extract/data/weights.json`. With `--hold-out` it writes nothing, and prints how figures of articles are read
that were not learned from: each set by weights of the others. The trees that tell whom to believe are those of all.
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

from bench.quality.comparing import compared, misled
from bench.quality.examples import (
    Example,
    Examples,
    of_counts,
    of_days,
    of_numbers,
    of_people,
    of_senders,
    of_state,
)
from bench.quality.stories import LEARNING, all_stories, digest_of_own, in_other_layouts
from bench.quality.trust import Measured, grown, measured
from extract.reading.agreeing import Label
from extract.reading.choosing import Belongs
from extract.reading.counted import Counted
from extract.reading.people import People
from extract.reading.trees import Trees
from extract.reading.weights import SCALE, Learned, Weights
from extract.reading.whose import Whose
from tests.extract.corpora import ROOT, Story

WEIGHTS = ROOT / "extract" / "data" / "weights.json"
_REGULARIZATION = 0.1
"""Inverse strength: small, so that no single trait decides. Chosen by `--hold-out`."""
_OF_STATE = 0.0125
"""That of status and basis, which most traits speak of: chosen by what was told right of articles never seen."""
_FEWEST = 3
"""Figures that a trait must have to say anything."""
_STRENGTH = {"title": 0.5, "opening": 0.5, "figures": 0.4, "sentence_before": 0.7, "sentence_after": 0.7}
"""Places away from the figure, and how strongly their traits are seen beside those of its own sentence."""
_FOLDS = 8
_SHARED = 2.0
"""What a figure of the shared corpus weighs, whose hand is another one."""
_MOST_STEPS = 1_000
_ROUNDS = 2
_HARDER = 3.0
"""How much more an article counts after each round in which weights would have spoilt it."""
_STATE = "state"
_LATER: tuple[tuple[str, Examples], ...] = (
    ("whose", of_senders),
    ("as_of", of_days),
    ("counts", of_counts),
)
"""What is learned once it is known which numbers count observers and in what state they are, in this order."""


def learn(
    known: Sequence[Example], regularization: float = _REGULARIZATION, more: Mapping[str, float] | None = None
) -> Weights[Any]:
    """The weights that tell these examples' labels best, without trusting any trait much.

    `more` says of stories how much more their examples count than others.
    """
    often = Counter(trait for example in known for trait in example.traits)
    rows = [
        {f"{place} {name}": _STRENGTH.get(place, 1.0) for place, name in e.traits if often[place, name] >= _FEWEST}
        for e in known
    ]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=regularization, max_iter=_MOST_STEPS)
    counts = [(_SHARED if e.set.startswith("shared.") else 1.0) * (more or {}).get(e.story, 1.0) for e in known]
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
    by_name = {_written_label(example.label): example.label for example in known}
    labels = tuple(by_name[name] for name in model.classes_)
    return Weights(labels, tuple(round(float(value) * SCALE) for value in bias), of)


def _written_label(label: Label | Whose | Counted | People | Belongs) -> str:
    return " ".join(label) if isinstance(label, tuple) else label.value


def taught_again(
    learned: dict[str, Any], known: Mapping[str, Sequence[Example]], stories: Mapping[str, Sequence[Story]]
) -> dict[str, Any]:
    """The same weights, after what they spoil was learned from again, three times as strongly in each of two rounds.

    More would bend them to single articles, and others would be told worse.
    """
    counts: dict[str, float] = {}
    for _ in range(_ROUNDS):
        spoilt = {s.id for of in stories.values() for s in of if compared(s, learned)["spoilt"] or misled(s, learned)}
        sys.stdout.write(f"{len(spoilt)} articles spoilt\n")
        counts |= {story: counts.get(story, 1.0) * _HARDER for story in spoilt}
        learned = learned | {section: learn(seen, _regularization(section), counts) for section, seen in known.items()}
    return learned


def _regularization(section: str) -> float:
    return _OF_STATE if section == _STATE else _REGULARIZATION


def _measured_apart(
    stories: Mapping[str, Sequence[Story]], learned: Learned, known: Sequence[Example]
) -> list[Measured]:
    """What is measured in the articles that are there to learn from, each fold by weights of the others."""
    folds = {(name, story.id): _fold(name, story) for name, of in stories.items() for story in of}
    found: list[Measured] = []
    for fold in range(_FOLDS):
        apart = learn([e for e in known if folds[e.set, e.story] != fold], _OF_STATE)
        for name, of in stories.items():
            of_fold = [s for s in of if name.startswith(LEARNING) and folds[name, s.id] == fold]
            found += [m for story in of_fold for m in measured(story, learned, apart)]
    return found


def learn_all(stories: Mapping[str, Sequence[Story]]) -> tuple[dict[str, Any], dict[str, list[Example]]]:
    """The weights of all articles by section, and whom to believe on a status, rules or weights; with the examples.

    Which numbers count observers first: whose those are, and in what state, is learned of these; then the days.
    """
    laid_out = {name: [other for story in of for other in in_other_layouts(story)] for name, of in stories.items()}
    known = {"counted": _examples(laid_out, of_numbers), "people": _examples(laid_out, of_people)}
    learned: dict[str, Any] = {section: learn(seen) for section, seen in known.items()}
    known[_STATE] = _examples(laid_out, partial(of_state, told=learned))
    learned[_STATE] = learn(known[_STATE], _OF_STATE)
    learned["trust"] = grown(_measured_apart(stories, learned, known[_STATE]))
    for section, examples in _LATER:
        known[section] = _examples(laid_out, partial(examples, told=learned))
        learned[section] = learn(known[section])
    return learned, known


def _examples(stories: Mapping[str, Sequence[Story]], examples: Examples) -> list[Example]:
    return [e for name, of in stories.items() for story in of for e in examples(name, story)]


def written(learned: Learned) -> str:
    """Weights and trees as JSON, a line for each trait and tree, so that a change can be read."""
    lines = [f'"learned_from": {json.dumps(digest_of_own())}']
    lines += [f"{json.dumps(section)}: {_section(of)}" for section, of in learned.items()]
    return _braced(lines) + "\n"


def _section(learned: Weights[Any] | Trees) -> str:
    if isinstance(learned, Trees):
        trees = ",\n".join(map(json.dumps, learned.trees))
        return _braced([f'"measures": {json.dumps(learned.measures)}', f'"trees": [\n{trees}\n]'])
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
    learned, known = learn_all(stories)
    folds = {(name, story.id): _fold(name, story) for name, of in stories.items() for story in of}
    counts: dict[str, Counter[str]] = {name: Counter() for name in stories}
    for fold in range(_FOLDS):
        told: dict[str, Any] = {"trust": learned["trust"]}
        for section, seen in known.items():
            told[section] = learn([e for e in seen if folds[e.set, e.story] != fold], _regularization(section))
        for name, story in ((name, story) for name, of in stories.items() for story in of):
            if folds[name, story.id] == fold:
                counts[name] += compared(story, told)
    return counts


def _fold(set_name: str, story: Story) -> int:
    """Sets stay together; an article of the shared corpus is a set by itself, and so is a sentence."""
    return zlib.crc32((story.id if not set_name.startswith(("own.", LEARNING)) else set_name).encode()) % _FOLDS


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
    learned = taught_again(*learn_all(stories), stories)
    asked.output.write_text(written(learned), encoding="utf-8")
    traits = sum(len(names) for of in learned.values() if isinstance(of, Weights) for names in of.of.values())
    sys.stdout.write(f"{asked.output}: {traits} traits\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
