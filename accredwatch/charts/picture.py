"""The kinds and sizes of a chart's picture. Who only names them does not wait for matplotlib."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of file."""

    SVG = "svg"
    PNG = "png"


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in CSS pixels."""

    width: int = 960
    height: int = 540


SMALLEST, LARGEST = 200, 4000
"""Bounds of width and height."""
