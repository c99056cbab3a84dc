"""What a race found: one row a measure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A measure, what came out for us and for each peer, and whether that is what we aim at."""

    measure: str
    ours: str
    peers: dict[str, str]
    """By the peer's name."""
    target: str
    reached: bool | None
    """None where nothing is aimed at, or it could not be measured."""
