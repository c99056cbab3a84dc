"""The lines of a page that are the article's: trafilatura finds the prose, the tree around it gives all of its lines.

trafilatura alone drops leads, short items and text between line breaks, and loses paragraph boundaries. So what it
returns only shows which element holds the article; that element is then read line by line. Where a site's own path
of the body is known and present, trafilatura is not asked at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy

import trafilatura
from lxml import html

from extract.page.furniture import ends_sentence, is_byline, is_crumbs, is_furniture, is_heading, is_item, is_prose
from extract.page.markup import HEADINGS, Line, depth_of, text_of
from extract.page.prune import LEAD_WORDS, words_of

_MOST = 0.85
_LINKED = 0.85
_LEAD = 40
_LONG = 120
_FINDER_ELEMENTS = 15_000
_FINDER_LINKS = 1_500
_FINDER_DEPTH = 200
_COMPARED = 300_000
_TICKER = re.compile(r"\d{1,2}:\d\d\s")
"""The hour before a headline in a list of the latest news."""
_NO_WORD = re.compile(r"[\W_]+")


def body_lines(
    root: html.HtmlElement,
    lines: Sequence[Line],
    paths: Sequence[str],
    title: str | None,
    heading: html.HtmlElement | None,
) -> list[int]:
    """Positions among a pruned page's lines of those that are the article's, in order; empty if there is no prose."""
    start = next((n + 1 for n, line in enumerate(lines) if line.element is heading), 0) if heading is not None else 0
    for path in paths:
        inside = {e for found in root.xpath(path) for e in found.iter()}
        chosen = [n for n, line in enumerate(lines) if line.element in inside]
        if any(is_prose(lines[n].text) for n in chosen):
            return _clean(lines, _with_lead(lines, chosen, start), title)
    prose = [n for n in _found_by_trafilatura(root, lines) if lines[n].linked < _LINKED and n >= start]
    if not any(is_prose(lines[n].text) for n in prose):
        prose = [n for n, line in enumerate(lines) if is_prose(line.text) and line.linked < _LINKED / 2]
        if prose and prose[-1] < start:
            start = 0  # all of the text stands above the heading, or in it
        prose = [n for n in prose if n >= start]
    if not prose:
        return []
    return _clean(lines, _with_lead(lines, _around(lines, prose, start), start), title)


def _found_by_trafilatura(root: html.HtmlElement, lines: Sequence[Line]) -> list[int]:
    if not _is_tame(root):
        return []
    text = trafilatura.extract(
        deepcopy(root), fast=True, include_comments=False, include_tables=True, deduplicate=False, output_format="txt"
    )
    if not text:
        return []
    found = {key for line in text.splitlines() if (key := _key(line))}
    joined = "\n".join(found) if len(text) <= _COMPARED else ""
    chosen = []
    for number, line in enumerate(lines):
        key = _key(line.text)
        if key and (key in found or (len(key) > 20 and key in joined)):
            chosen.append(number)
    return chosen


def _is_tame(root: html.HtmlElement) -> bool:
    """Whether trafilatura's cost on this tree is bounded; it takes seconds for thousands of links."""
    links = 0
    for number, element in enumerate(root.iter()):
        links += element.tag == "a"
        if number > _FINDER_ELEMENTS or links > _FINDER_LINKS:
            return False
    return depth_of(root) <= _FINDER_DEPTH


def _key(text: str) -> str:
    return _NO_WORD.sub("", text).casefold()


def _around(lines: Sequence[Line], prose: Sequence[int], start: int) -> list[int]:
    """The positions of all lines in the smallest element that holds most of the prose, and of prose right beside it."""
    inside = set(_holder([lines[n] for n in prose]).iter())
    known = set(prose)
    within = [n for n in range(start, len(lines)) if lines[n].element in inside]
    chosen = [n for n in within if n in known or prose[0] < n < prose[-1]]
    for number in within:
        if number > prose[-1]:
            if not _reads_on(lines[number]):
                if is_furniture(lines[number].text):
                    continue
                break
            chosen.append(number)
    before = _beside(lines, known, range(chosen[0] - 1, start - 1, -1))
    after = _beside(lines, known, range(chosen[-1] + 1, len(lines)))
    return [*reversed(before), *chosen, *after]


def _reads_on(line: Line) -> bool:
    return line.linked <= 0.5 and (is_item(line.text) or ends_sentence(line.text))


def _beside(lines: Sequence[Line], known: set[int], numbers: Iterable[int]) -> list[int]:
    """Positions of known prose, walking away from the body until other text comes."""
    found = []
    for number in numbers:
        if number in known:
            found.append(number)
        elif _is_lead(lines[number]):
            break
    return found


def _holder(prose: Sequence[Line]) -> html.HtmlElement:
    weights: dict[html.HtmlElement, int] = {}
    total = 0
    for line in prose:
        total += len(line.text)
        for element in (line.element, *line.element.iterancestors()):
            weights[element] = weights.get(element, 0) + len(line.text)
    heavy = [element for element, weight in weights.items() if weight >= _MOST * total]
    return max(heavy, key=_depth)


def _depth(element: html.HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _with_lead(lines: Sequence[Line], chosen: list[int], start: int) -> list[int]:
    """The chosen positions, and before them those of sentences between headline and body."""
    if not chosen or not start:
        return chosen
    body = " ".join(lines[n].text for n in chosen)
    lead = [n for n in range(start, chosen[0]) if _is_lead(lines[n]) and lines[n].text not in body]
    return lead + chosen


def _is_lead(line: Line) -> bool:
    if line.linked > 0.5 or is_byline(line.text):
        return False
    if len(line.text) >= _LONG or (len(line.text) >= _LEAD and ends_sentence(line.text)):
        return True
    return any(
        not words_of(e).isdisjoint(LEAD_WORDS) for e in (line.element, line.element.getparent()) if e is not None
    )


def _clean(lines: Sequence[Line], chosen: Iterable[int], title: str | None) -> list[int]:
    """The chosen positions without furniture; after its headings, without headlines until the prose goes on."""
    kept: list[int] = []
    beside = False
    box: set[html.HtmlElement] | None = None
    seen_prose = False
    for number in chosen:
        line = lines[number]
        text = line.text
        prose = is_prose(text)
        beside = beside and (box is None or line.element in box)
        if title is not None and text.casefold() == title.casefold() and not seen_prose:
            continue
        if is_heading(text):
            beside, box = True, _box_of(line, lines[kept[0]] if kept else None)
        elif _is_stray(line, prose=prose, first=not seen_prose):
            continue
        elif not beside or prose or (line.linked <= 0.5 and (is_item(text) or ends_sentence(text))):
            beside = False
            seen_prose = seen_prose or prose
            kept.append(number)
    while kept and (lines[kept[-1]].element.tag in HEADINGS or _is_under_picture(lines[kept[-1]])):
        kept.pop()
    return kept


def _box_of(heading: Line, first: Line | None) -> set[html.HtmlElement] | None:
    """The elements of the box that a heading of other stories stands over; None where no box of its own ends it."""
    box = heading.element.getparent()
    if box is None or first is None or len(text_of(box)) <= len(heading.text):
        return None
    elements = set(box.iter())
    return None if first.element in elements else elements


def _is_under_picture(line: Line) -> bool:
    """Whether a last line is wholly in italics and no sentence: what an outlet prints under its picture."""
    slanted = next(line.element.iterchildren("em", "i"), None)
    return (
        slanted is not None and text_of(slanted) == line.text and not (ends_sentence(line.text) or is_item(line.text))
    )


def _is_stray(line: Line, *, prose: bool, first: bool) -> bool:
    """Whether a line is furniture or a link to another story; `first` says that no prose has come yet."""
    if is_furniture(line.text) or (first and (is_byline(line.text) or is_crumbs(line.text))):
        return True
    if line.linked > 0.5 and _TICKER.match(line.text):
        return True
    return line.linked >= _LINKED and not (prose and "." in line.text[-2:])
