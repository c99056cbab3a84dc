"""What other people and other stories say on an article's page: comments, lists of teasers, the next story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml import html

from extract.page.furniture import is_heading
from extract.page.kinds import Kind, Kinds
from extract.page.markup import HEADINGS, Line, stands_in, text_of

_TEASERS = 3
"""Links from which on what stands below each is a list of teasers."""
_ALL_LINKED = 0.85
_HEADLINE = 15


def of_others(lines: Sequence[Line], kinds: Kinds, first: int) -> frozenset[int]:
    """Positions, from `first` on, of lines in a box under a heading of such, or of teasers under their headlines."""
    return frozenset({*_boxed(lines, first), *_teasers(lines, kinds, first)})


def _boxed(lines: Sequence[Line], first: int) -> set[int]:
    """Lines in an element that begins with a heading of what is no story, and does not hold the first line."""
    around_first = {lines[first].element, *lines[first].element.iterancestors()}
    found: set[int] = set()
    box: html.HtmlElement | None = None
    for number in range(first, len(lines)):
        element = lines[number].element
        if box is not None and stands_in(element, box):
            found.add(number)
        elif is_heading(lines[number].text) and (above := element.getparent()) is not None:
            box = None if above in around_first else above
    return found


def _teasers(lines: Sequence[Line], kinds: Kinds, first: int) -> set[int]:
    """Lines of the kinds most of which stand right below a link, each below another one."""
    under_links: dict[Kind, set[int]] = {}
    for number in range(first, len(lines)):
        link = next(
            (n for n in (number - 1, number - 2) if n > 0 and _is_headline(lines[n]) and not kinds.stands_apart(n)),
            None,
        )
        if link is not None:
            under_links.setdefault(kinds.of(number), set()).add(link)
    counts = Counter(map(kinds.of, range(len(lines))))
    of_teasers = {
        kind for kind, links in under_links.items() if len(links) >= _TEASERS and len(links) > counts[kind] / 2
    }
    return {n for n in range(len(lines)) if kinds.of(n) in of_teasers} if of_teasers else set()


def _is_headline(line: Line) -> bool:
    return line.linked >= _ALL_LINKED and len(line.text) >= _HEADLINE


def next_story(lines: Sequence[Line], heading: html.HtmlElement | None, first: int) -> int:
    """The position of the next heading that is marked up like the story's; the number of lines if there is none."""
    if heading is None or not (heading.tag in HEADINGS or heading.get("class")):
        return len(lines)
    looks, title = (heading.tag, heading.get("class")), text_of(heading)
    for number in range(first, len(lines)):
        element = lines[number].element
        alike = (element.tag, element.get("class")) == looks and element is not heading
        if alike and lines[number].text != title:
            return number
    return len(lines)
