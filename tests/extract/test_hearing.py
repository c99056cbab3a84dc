"""Rules or weights: what is measured of each label that is heard, and that trees tell which of both to believe."""

from __future__ import annotations

import json

import pytest

from bench.quality import teach
from bench.quality.examples import by_rules
from bench.quality.trust import grown
from extract.model import Basis, Status
from extract.reading.agreeing import Label
from extract.reading.hearing import MEASURES, Family, believed, families_of, hear, known_trust
from extract.reading.trees import Trees, read_trees
from extract.reading.weights import Weights
from tests.extract.corpora import Story
from tests.extract.saying import OPENING, article

BATCH = (Status.ACCREDITED, Basis.NEW)
RUNNING = (Status.ACCREDITED, Basis.CUMULATIVE)
PROPOSALS = (Status.PROPOSED, Basis.NEW)
PLANNED = (Status.ANNOUNCED, Basis.CUMULATIVE)
LABELS = (BATCH, RUNNING, PROPOSALS, PLANNED)
AHEAD = MEASURES.index("ahead of the rules")
FOR_WEIGHTS = Trees(MEASURES, ((AHEAD, 0, -50, 50),))
FOR_RULES = Trees(MEASURES, ((AHEAD, 0, 50, -50),))
TEXT = "Foreign observers of the vote number 412. The commission accredited 37 more observers, 21 from the CIS."


def families(said: dict[Label, int], text: str = TEXT) -> list[Family]:
    """The families of a text, where all traits together say so much for each label."""
    figures, found = by_rules(Story("said", article(OPENING["en"], text, language="en"), {"figures": []}, {}))
    assert found is not None
    return families_of(figures, found.scan, Weights(LABELS, tuple(said.get(label, 0) for label in LABELS), {}))


def values(family: Family) -> list[int]:
    return [figure.value for figure in family.figures]


def measured(family: Family, of_all: list[Family]) -> dict[Label, dict[str, int]]:
    return {label: dict(zip(MEASURES, told, strict=True)) for label, told in hear(family, of_all, LABELS)}


def test_figures_of_one_whole_that_rules_tell_alike_are_heard_together() -> None:
    assert [values(family) for family in families({})] == [[412], [37, 21]]


def test_only_labels_are_heard_that_the_weights_speak_more_for() -> None:
    for family in families({}):
        assert [label for label, _ in hear(family, [family], LABELS)] == [family.by_rules]
    total, batch = families({RUNNING: 150, PLANNED: 30})
    assert list(measured(total, [total, batch])) == [RUNNING]
    assert list(measured(batch, [total, batch])) == [BATCH, RUNNING, PLANNED]


def test_a_label_far_behind_the_likeliest_is_not_heard() -> None:
    _, batch = of_all = families({RUNNING: 600, PLANNED: 100})
    assert list(measured(batch, of_all)) == [BATCH, RUNNING]


def test_what_is_measured_of_a_label() -> None:
    _, batch = of_all = families({RUNNING: 150})
    told = measured(batch, of_all)
    assert told[RUNNING] == {
        "behind the likeliest": 0,
        "ahead of the rules": 150,
        "behind the likeliest elsewhere": 0,
        "status of the rules": 1,
        "basis of the rules": 0,
        "status told": 50,
        "basis told": 0,
        "other status told": 0,
        "other basis told": 50,
    }
    assert told[BATCH]["basis told"] == 50
    assert told[BATCH]["behind the likeliest"] == told[BATCH]["behind the likeliest elsewhere"] == 150


@pytest.mark.parametrize(("trust", "label"), [(FOR_WEIGHTS, PROPOSALS), (FOR_RULES, None)])
def test_the_trees_tell_whom_to_believe(trust: Trees, label: Label | None) -> None:
    of_all = families({PROPOSALS: 200})
    found = believed(of_all, LABELS, trust)
    assert {figure.value: of for figure, of in found.items()} == (dict.fromkeys((412, 37, 21), label) if label else {})


def test_of_figures_that_weights_do_not_know_the_rules_are_believed() -> None:
    of_all = families({PROPOSALS: 900})
    assert believed(of_all, [PROPOSALS, PLANNED], FOR_WEIGHTS) == {}


def test_leaves_are_added_up_and_a_bound_belongs_to_what_is_below() -> None:
    trees = Trees(("first", "second"), ((0, 10, -3, (1, 5, 7, 20)), 1))
    assert [trees.total(of) for of in ([10, 99], [11, 5], [11, 6])] == [-2, 8, 21]


def test_trees_are_read_as_they_are_written() -> None:
    told = [([0, ahead, 0, 1, 1, 100, 0, 0, 0], ahead > 40, 1.0) for ahead in range(80)]
    trees = grown(told)
    assert read_trees(json.loads(teach.written({"trust": trees}))["trust"]) == trees
    assert grown(told) == trees, "the same articles, the same trees"
    assert trees.total([0, 70, 0, 1, 1, 100, 0, 0, 0]) > trees.total([0, 10, 0, 1, 1, 100, 0, 0, 0])


def test_the_trees_of_the_program_ask_what_is_measured() -> None:
    assert known_trust().measures == MEASURES
