"""What is left among a story's lines of the boxes that stand in it, and of the notes on the page that stand below it.

Whatever their names, such lines are marked up otherwise than every paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence

from lxml import html

from extract.page.furniture import ends_sentence, is_imprint, is_item, is_label
from extract.page.kinds import Kind, is_called_apart, look_of
from extract.page.markup import HEADINGS, Line, stands_in, text_of

_MOSTLY = 0.5
_OF_LISTS = frozenset({"li", "dd", "dt", "table", "pre"})
_NOTE = 200
"""Characters of the longest note."""
_CHANNEL = re.compile(
    r"(?:https?:)?//(?:[\w-]+\.)?(?:t\.me|telegram\.me|wa\.me|whatsapp\.com|facebook\.com|fb\.com|instagram\.com|vk\.com"
    r"|ok\.ru|youtube\.com|tiktok\.com|twitter\.com|x\.com|threads\.(?:net|com)|dzen\.ru|news\.google\.com)"
    r"(?:/(?:s|c|channel|groups?|public|publications))?/[^/?#]+/?(?:[?#]|$)",
    re.IGNORECASE,
)
"""Where an outlet can be followed; what somebody wrote there has a longer path."""


def without_remnants(lines: Sequence[Line], kept: Sequence[int]) -> list[int]:
    """The positions of a story's lines without headings and captions of boxes, and without notes below the story."""
    looks = Counter(look_of(lines[n].element) for n in kept)
    told = {look_of(lines[n].element) for n in kept if lines[n].linked < _MOSTLY}
    around = _around(lines[n].element for n in kept if lines[n].element.tag not in HEADINGS)
    known = set(kept)
    rest = [
        n
        for n in kept
        if not (
            _heads_nothing(lines, n, known, around)
            or _leads_elsewhere(lines[n], told)
            or (looks[look_of(lines[n].element)] == 1 < len(kept) and _is_set_in(lines, n))
        )
    ]
    while rest and _is_appended(lines[rest[-1]], alone=looks[look_of(lines[rest[-1]].element)] == 1 < len(kept)):
        rest.pop()
    return rest


def _around(elements: Iterable[html.HtmlElement]) -> set[html.HtmlElement]:
    around: set[html.HtmlElement] = set()
    for element in elements:
        for above in element.iterancestors():
            if above in around:
                break
            around.add(above)
    return around


def _heads_nothing(lines: Sequence[Line], number: int, known: set[int], around: set[html.HtmlElement]) -> bool:
    """Whether a line is the heading of a box in which nothing is the story's."""
    heading = lines[number].element
    below = number + 1
    if heading.tag not in HEADINGS or below in known or below >= len(lines):
        return False
    box = heading.getparent()
    return box is not None and box not in around and stands_in(lines[below].element, box)


def _leads_elsewhere(line: Line, told: Container[Kind]) -> bool:
    """Whether a line is a link with a word before it, in an element like which none holds text: another story's."""
    return (
        line.linked >= _MOSTLY
        and len(line.text) < _NOTE
        and "." not in line.text[-2:]
        and line.element.tag not in _OF_LISTS
        and look_of(line.element) not in told
    )


def _is_under_its_picture(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is no sentence and the only one in an element with a picture."""
    line = lines[number]
    if line.element.tag in HEADINGS or ends_sentence(line.text) or is_item(line.text):
        return False
    box, above = line.element, line.element.getparent()
    if above is not None and not any(stands_in(other.element, above) for other in _neighbours(lines, number)):
        box = above
    alone = not any(stands_in(other.element, box) for other in _neighbours(lines, number))
    return alone and next(box.iter("img", "picture"), None) is not None


def _is_set_in(lines: Sequence[Line], number: int) -> bool:
    """Whether a line that looks like no other of its story is of a picture, or of a player that cannot be shown."""
    text = lines[number].text
    return _is_under_its_picture(lines, number) or (is_imprint(text) and not ends_sentence(text))


def _neighbours(lines: Sequence[Line], number: int) -> list[Line]:
    return [*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2]]


def _is_appended(line: Line, *, alone: bool) -> bool:
    """Whether a story's last line is none of it; `alone` says that no other line of it is marked up so."""
    if line.element.tag in HEADINGS or _is_in_italics(line):
        return True
    if is_label(line.text) and (alone or next(line.element.iter("input"), None) is not None):
        return True
    short = len(line.text) < _NOTE and bool(line.element.get("class"))
    return alone and short and (is_called_apart(line.element) or _invites(line.element))


def _is_in_italics(line: Line) -> bool:
    """Whether a line is wholly in italics and no sentence: what an outlet prints under its picture."""
    slanted = next(line.element.iterchildren("em", "i"), None)
    return (
        slanted is not None and text_of(slanted) == line.text and not (ends_sentence(line.text) or is_item(line.text))
    )


def _invites(element: html.HtmlElement) -> bool:
    """Whether an element leads to where an outlet can be followed."""
    return any(_CHANNEL.match(link.get("href") or "") for link in element.iter("a"))
