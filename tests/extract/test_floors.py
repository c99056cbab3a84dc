"""The floors belong to the articles that are there, and only rise."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract import floors
from tests.extract.corpora import digest, own_sets, set_names, stories_of
from tests.extract.scoring import block

NOW = floors.table(floors.PATH.read_text(encoding="utf-8"))
REMEDY = (
    "run `python -m tests.extract.scoring {0}`, judge what differs, and put its table into tests/extract/floors.toml"
)


@pytest.mark.parametrize("name", set_names())
def test_a_sets_floors_are_those_of_its_articles(name: str) -> None:
    known = floors.digests(NOW)
    assert name in known, f"{name} has no floors: {REMEDY.format(name)}"
    assert known[name] == digest(name), f"the articles of {name} have changed since: {REMEDY.format(name)}"


def test_every_table_of_floors_has_its_articles() -> None:
    assert {n.removeprefix("own.") for n in floors.digests(NOW) if n.startswith("own.")} <= set(own_sets())


def test_floors_only_rise_unless_somebody_says_why() -> None:
    assert floors.fallen(NOW, floors.committed()) == []


def file(value: float, **lowered: Any) -> dict[str, Any]:  # noqa: ANN401 - what TOML may hold
    read: dict[str, Any] = {"own": {"en": {"articles": "0", "figure_f1": value, "false_alerts": round(1 - value, 3)}}}
    return read | ({"lowered": [{"set": "own.en", **lowered}]} if lowered else {})


BEFORE = [floors.floors(file(0.8)), floors.floors(file(0.9))]


def test_a_floor_may_rise_or_stay() -> None:
    assert floors.fallen(file(0.9), BEFORE) == []
    assert floors.fallen(file(0.95), BEFORE) == []


def test_a_floor_that_falls_is_named_with_its_remedy() -> None:
    figure, alerts = floors.fallen(file(0.85), BEFORE)
    assert figure.startswith("own.en figure_f1 is 0.85, and was 0.9")
    assert "[[lowered]]" in figure
    assert alerts.startswith("own.en false_alerts is 0.15, and was 0.1")
    assert len(floors.fallen({}, BEFORE)) == 2


def test_who_lowers_a_floor_says_to_what_and_why() -> None:
    told = {"score": "figure_f1", "by": "the desk", "why": "the gold was wrong"}
    assert len(floors.fallen(file(0.85, **told, to=0.85), BEFORE)) == 1
    assert "must have to = 0.85" in floors.fallen(file(0.85, **told, to=0.8), BEFORE)[0]
    assert "must have to = 0.85" in floors.fallen(file(0.85, score="figure_f1", to=0.85), BEFORE)[0]
    assert "drop its [[lowered]]" in floors.fallen(file(0.9, **told, to=0.85), BEFORE)[0]
    assert "drop its [[lowered]]" in floors.fallen(file(0.9, **told | {"score": "perfect"}, to=0.85), BEFORE)[0]


def test_a_set_whose_table_is_printed_passes_with_it() -> None:
    name = set_names()[0]
    read = floors.table(block(name)[0])
    assert floors.digests(read) == {name: digest(name)}
    assert stories_of(name)
    assert floors.fallen(read, [floors.floors(read)]) == []
