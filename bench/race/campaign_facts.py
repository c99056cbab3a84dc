"""What counts as a fact of the campaign, by what the corpus says of its articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Key = tuple[object, ...]
"""A fact: ('stated', scope, status, basis, value), ('corrected', new value, old value) or ('completed',)."""
COMPLETED: Key = ("completed",)
_WIDTH = {"total": 0, "organizations": 1, "countries": 1}


@dataclass(frozen=True, slots=True)
class Telling:
    """A version of an article: what it states from when on."""

    at: datetime
    title: str
    lead: str
    """Its first words, which a feed shows too."""
    keys: tuple[Key, ...]


def stated(scope: str, status: str, basis: str, value: int) -> Key:
    """A number of observers that was accredited, or withdrawn."""
    # Whether a withdrawal is told as a batch or as a sum, it is the same one.
    return "stated", scope, status, "new" if status == "withdrawn" else basis, value


def keys_of(gold: Mapping[str, Any]) -> tuple[Key, ...]:
    """The facts that an article states: its headline if that is of accredited observers, a withdrawal, the end.

    Numbers that were merely proposed or announced are no facts of accreditation, the figures beside the headline are
    its details, and of withdrawals the widest one counts.
    """
    figures: Sequence[Mapping[str, Any]] = gold["figures"]
    told: list[Mapping[str, Any]] = []
    if gold["headline"] is not None and figures[gold["headline"]]["status"] == "accredited":
        told.append(figures[gold["headline"]])
    withdrawn = [figure for figure in figures if figure["status"] == "withdrawn"]
    told += sorted(withdrawn, key=lambda figure: (_WIDTH.get(figure["scope"], 2), -figure["value"]))[:1]
    keys = [stated(one["scope"], one["status"], one["basis"], one["value"]) for one in told]
    return tuple(keys + [COMPLETED] * bool(gold["complete"]))


def words(key: Key) -> str:
    """The fact for people."""
    if key[0] == "stated":
        return f"{key[4]} {key[2]} ({key[1]}, {key[3]})"
    return " ".join(str(part) for part in key)
