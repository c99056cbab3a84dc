"""`python -m bench.quality.teach`: learn from all articles what each trait of a figure says of its state.

Writes `extract/data/weights.json`. With `--hold-out` it writes nothing, and prints how figures of articles are read
that were not learned from: each set by weights of the others.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tomllib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from extract.model import Basis, Status
from extract.page.article import read_text
from extract.reading.collecting import find_statements
from extract.reading.mentions import Mention
from extract.reading.polls import day_of_a_known_poll, find_election, is_of_kazakhstan
from extract.reading.resolve import figures_by_rules
from extract.reading.scan import scan
from extract.reading.statements import Statements
from extract.reading.traits import traits_of
from extract.reading.weighing import SCALE, Label, Weights, label_of, weigh
from extract.report import scopes_of
from tests.extract import relayout
from tests.extract.corpora import LANGUAGES, ROOT, SHARED, Story, digest, set_names, sites, stories_of
from tests.extract.saying import OPENING, article

SENTENCES = ROOT / "tests" / "extract" / "sentences"
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
_ROUNDS = 3
_HARDER = 3.0
"""How much more an article counts after each round in which weights would have spoilt it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A figure as rules find it, and its state as read by hand."""

    set: str
    story: str
    traits: frozenset[tuple[str, str]]
    label: Label


def by_rules(story: Story) -> tuple[list[Mention], Statements]:
    """The figures of an article before anything is weighed, and what was found on the way."""
    scanned = scan(story.article)
    if story.article.published is None and (about := day_of_a_known_poll(scanned)) is not None:
        scanned = scan(story.article, about)
    election = find_election(scanned)
    found = find_statements(scanned, election)
    return (figures_by_rules(found) if is_of_kazakhstan(scanned, election) else []), found


def examples(set_name: str, story: Story) -> Iterator[Example]:
    """The figures of an article; of those that are none by hand the rules' word is kept."""
    gold: dict[tuple[str, int], Label] = {}
    for figure in story.gold["figures"]:
        label = Status(figure["status"]), Basis(figure["basis"])
        gold.setdefault((figure["scope"], figure["value"]), label)
    figures, found = by_rules(story)
    for figure, traits in zip(figures, traits_of(figures, found.scan), strict=True):
        for scope in scopes_of(figure):
            seen = frozenset((place, name) for place, names in traits for name in names)
            yield Example(set_name, story.id, seen, gold.get((scope, figure.value), label_of(figure)))


def in_other_layouts(story: Story) -> list[Story]:
    """The article as it stands, with each sentence as a paragraph, and with its paragraphs joined: one meaning."""
    laid_out = (relayout.split(story), relayout.joined(story))
    return [story, *(replace(story, article=changed) for changed in laid_out if changed is not None)]


def spoken() -> dict[str, list[Story]]:
    """The single sentences of the tests, as articles."""
    found: dict[str, list[Story]] = {}
    for language in LANGUAGES:
        table = tomllib.loads((SENTENCES / f"{language}.toml").read_text(encoding="utf-8"))
        for number, entry in enumerate(table["sentence"]):
            says = [entry["says"]] if isinstance(entry["says"], str) else entry["says"]
            keys = ("scope", "status", "basis", "value")
            facts = [dict(zip(keys, fact.rsplit(maxsplit=3), strict=True)) for fact in entry["facts"]]
            gold = {"figures": [{**fact, "value": int(fact["value"])} for fact in facts]}
            story = Story(f"{language}-{number}", article(OPENING[language], *says, language=language), gold, {})
            found.setdefault(f"sentences.{language}", []).append(story)
    return found


def seeds() -> list[Story]:
    """The real documents of the shared corpus, where it is at hand."""
    found = []
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["gold"]
        found.append(Story(path.stem, read_text(path.read_text(encoding="utf-8"), sites=sites()), gold, {}))
    return found


def learn(known: Sequence[Example], spoilt: Mapping[str, float] | None = None) -> Weights:
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
    model.fit(vectorizer.fit_transform(rows), [" ".join(e.label) for e in known], sample_weight=counts)
    of: dict[str, dict[str, tuple[int, ...]]] = {}
    for trait, column in zip(vectorizer.feature_names_, model.coef_.T, strict=True):
        place, _, name = trait.partition(" ")
        row = tuple(round(float(value) * _STRENGTH.get(place, 1.0) * SCALE) for value in column)
        if any(row):
            of.setdefault(place, {})[name] = row
    labels = tuple((Status(s), Basis(b)) for s, b in (name.split() for name in model.classes_))
    return Weights(labels, tuple(round(float(value) * SCALE) for value in model.intercept_), of)


def learn_all(stories: Mapping[str, Sequence[Story]]) -> Weights:
    """The weights of all articles; those that they would spoil are learned from with more weight, and so again."""
    stories = {name: [other for story in of for other in in_other_layouts(story)] for name, of in stories.items()}
    known = [e for name, of in stories.items() for story in of for e in examples(name, story)]
    counts: dict[str, float] = {}
    learned = learn(known)
    for _ in range(_ROUNDS):
        spoilt = {s.id for of in stories.values() for s in of if _compared(s, learned)["spoilt"]}
        sys.stdout.write(f"{len(spoilt)} articles spoilt\n")
        counts |= {story: counts.get(story, 1.0) * _HARDER for story in spoilt}
        learned = learn(known, counts)
    return learned


def digest_of_own() -> str:
    """SHA-256 of all that weights are learned from and is in this repository: our articles, and the sentences."""
    seen = [digest(name) for name in set_names() if name.startswith("own.")]
    seen += [hashlib.sha256((SENTENCES / f"{language}.toml").read_bytes()).hexdigest() for language in LANGUAGES]
    return hashlib.sha256(" ".join(seen).encode()).hexdigest()


def written(learned: Weights) -> str:
    """The weights as JSON, a line for each trait, so that a change can be read."""
    head = {"learned_from": digest_of_own(), "labels": learned.labels, "bias": learned.bias}
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
    return _braced([*lines, f'"traits": {_braced(_place(place, learned) for place in sorted(learned.of))}']) + "\n"


def _place(place: str, learned: Weights) -> str:
    rows = (f"{json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(learned.of[place].items()))
    return f"{json.dumps(place)}: {_braced(rows)}"


def _braced(lines: Iterable[str]) -> str:
    return "{\n" + ",\n".join(lines) + "\n}"


def hold_out(stories: Mapping[str, Sequence[Story]]) -> dict[str, Counter[str]]:
    """For each set how many figures rules read right, and how many are right when weighed by what others teach."""
    known = [
        (_fold(name, story), example)
        for name, of in stories.items()
        for story in of
        for laid_out in in_other_layouts(story)
        for example in examples(name, laid_out)
    ]
    counts: dict[str, Counter[str]] = {name: Counter() for name in stories}
    for fold in range(_FOLDS):
        told = learn([example for own, example in known if own != fold])
        for name, story in ((name, story) for name, of in stories.items() for story in of):
            if _fold(name, story) == fold:
                counts[name] += _compared(story, told)
    return counts


def _compared(story: Story, told: Weights) -> Counter[str]:
    """How many figures are there, right by rules, mended by weights, spoilt by them; a new wrong one is spoilt."""
    gold = {(f["scope"], f["value"], f["status"], f["basis"]) for f in story.gold["figures"]}
    figures, found = by_rules(story)
    before = _facts(figures)
    weigh(figures, found, told)
    after = _facts(figures)
    rest = {(scope, value) for scope, value, *_ in gold}
    new = {fact for fact in after - before - gold if fact[:2] not in rest}
    spoilt = len((before & gold) - after) + len(new)
    return Counter(figures=len(gold), rules=len(before & gold), mended=len((after & gold) - before), spoilt=spoilt)


def _facts(figures: Sequence[Mention]) -> set[tuple[str, int, str, str]]:
    return {(scope, f.value, *label_of(f)) for f in figures for scope in scopes_of(f)}


def _fold(set_name: str, story: Story) -> int:
    """Sets stay together; an article of the shared corpus is a set by itself, and so is a sentence."""
    return zlib.crc32((story.id if not set_name.startswith("own.") else set_name).encode()) % _FOLDS


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and write, or compare and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.teach", description=__doc__)
    parser.add_argument("--hold-out", action="store_true", help="write nothing; compare rules and weights on each set")
    parser.add_argument("--output", type=Path, default=WEIGHTS, help="where the weights go")
    asked = parser.parse_args(arguments)
    stories = {name: stories_of(name) for name in set_names()} | spoken() | {"shared.seeds": seeds()}
    if asked.hold_out:
        for name, counts in hold_out(stories).items():
            told = " ".join(f"{counts[what]:5} {what}" for what in ("figures", "rules", "mended", "spoilt"))
            sys.stdout.write(f"{name:12} {told}\n")
        return 0
    learned = learn_all(stories)
    asked.output.write_text(written(learned), encoding="utf-8")
    sys.stdout.write(f"{asked.output}: {sum(map(len, learned.of.values()))} traits\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
