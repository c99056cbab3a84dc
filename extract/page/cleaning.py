"""Taking furniture out of the lines that were chosen for an article's body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import html

from extract.page.furniture import (
    ends_sentence,
    is_advertisement,
    is_byline,
    is_crumbs,
    is_dateline,
    is_furniture,
    is_heading,
    is_item,
    is_prose,
)
from extract.page.markup import Line, stands_in
from extract.page.remnants import without_remnants

_LINKED = 0.85
_MOSTLY = 0.5
_LONG = 120
_LONGEST_DATELINE = 160
_TICKER = re.compile(r"\d{1,2}:\d\d\s")
"""The hour before a headline in a list of the latest news."""


def without_furniture(lines: Sequence[Line], chosen: Iterable[int], title: str | None) -> list[int]:
    """The chosen positions without furniture; after its headings, without headlines until the prose goes on."""
    kept: list[int] = []
    beside = False
    box: html.HtmlElement | None = None
    seen_prose = False
    for number in chosen:
        line = lines[number]
        text = line.text
        prose = is_prose(text)
        beside = beside and (box is None or stands_in(line.element, box))
        if title is not None and text.casefold() == title.casefold() and not seen_prose:
            continue
        if is_heading(text):
            beside, box = True, _box_of(number, lines, lines[kept[0]] if kept else None)
        elif _is_stray(line, prose=prose, first=not seen_prose) or (
            line.linked > _MOSTLY and number and is_advertisement(lines[number - 1].text)
        ):
            continue
        elif not beside or prose or (line.linked <= 0.5 and (is_item(text) or ends_sentence(text))):
            beside = False
            seen_prose = seen_prose or prose
            kept.append(number)
    return without_remnants(lines, kept)


def _box_of(heading: int, lines: Sequence[Line], first: Line | None) -> html.HtmlElement | None:
    """The box that a heading of other stories stands over; None where no box of its own ends what it heads."""
    box = lines[heading].element.getparent()
    if box is None or first is None or stands_in(first.element, box):
        return None
    following = lines[heading + 1 : heading + 2]
    return box if following and stands_in(following[0].element, box) else None


def _dates(text: str) -> bool:
    """Whether a line above the prose tells the date between what else a page tells there."""
    return len(text) < _LONGEST_DATELINE and is_dateline(text) and not ends_sentence(text)


def _is_stray(line: Line, *, prose: bool, first: bool) -> bool:
    """Whether a line is furniture or a link to another story; `first` says that no prose has come yet."""
    if is_furniture(line.text) or (first and (is_byline(line.text) or is_crumbs(line.text) or _dates(line.text))):
        return True
    if line.linked > 0.5 and _TICKER.match(line.text):
        return True
    if len(line.text) < _LONG and line.linked >= _MOSTLY and not (ends_sentence(line.text) or is_item(line.text)):
        return True
    return line.linked >= _LINKED and not (prose and "." in line.text[-2:])
