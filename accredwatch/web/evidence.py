"""The text of an article with its evidence marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accredwatch.printing import printable
from accredwatch.report_words import spans
from extract.model import Evidence, Where


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text, and the figures that it states: their places in the report, from 0."""

    text: str
    figures: tuple[int, ...] = ()
    goes_on: bool = False
    """It is the rest of evidence that began in an earlier paragraph."""


def marked(text: str, evidence: Sequence[Evidence], where: Where) -> tuple[tuple[Stretch, ...], ...]:
    """The paragraphs of a title or body, each in stretches. Empty paragraphs are left out."""
    plain = printable(text)
    lines: list[list[Stretch]] = [[]]
    position = 0
    for span in spans(evidence, where):
        _add(lines, plain[position : span.start], ())
        _add(lines, plain[span.start : span.end], span.figures)
        position = span.end
    _add(lines, plain[position:], ())
    return tuple(tuple(line) for line in lines if any(stretch.text.strip() for stretch in line))


def _add(lines: list[list[Stretch]], text: str, figures: tuple[int, ...]) -> None:
    for number, part in enumerate(text.split("\n")):
        if number:
            lines.append([])
        if part:
            lines[-1].append(Stretch(part, figures, goes_on=bool(figures) and number > 0))
