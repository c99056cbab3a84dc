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

from extract.page.furniture import (
    ends_sentence,
    is_byline,
    is_crumbs,
    is_furniture,
    is_heading,
    is_imprint,
    is_item,
    is_prose,
)
from extract.page.kinds import Kinds
from extract.page.markup import HEADINGS, Line, depth_of, text_of
from extract.page.prune import LEAD_WORDS, words_of

_LINKED = 0.85
_LEAD = 40
_LONG = 120
_FINDER_ELEMENTS = 15_000
_FINDER_LINKS = 1_500
_FINDER_DEPTH = 200
_COMPARED = 300_000
_PIECE = 20
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
    start = _below(lines, heading, title)
    for path in paths:
        inside = {e for found in root.xpath(path) for e in found.iter()}
        chosen = [n for n, line in enumerate(lines) if line.element in inside]
        if any(is_prose(lines[n].text) for n in chosen):
            return _clean(lines, _with_lead(lines, chosen, start), title)
    likely = {n for n in _found_by_trafilatura(root, lines) if lines[n].linked < _LINKED}
    prose = [
        n
        for n, line in enumerate(lines)
        if is_prose(line.text) and line.linked < _LINKED / 2 and not is_furniture(line.text)
    ]
    if prose and prose[-1] < start:
        start = 0  # all of the text stands above the heading, or in it
    prose = [n for n in prose if n >= start]
    if not prose:
        return []
    chosen = _around(lines, prose, likely, Kinds(lines, heading), start)
    return _clean(lines, _with_lead(lines, chosen, start), title)


def _below(lines: Sequence[Line], heading: html.HtmlElement | None, title: str | None) -> int:
    """The position of the first line below the headline; 0 where it is not shown."""
    if heading is None:
        return 0
    shown = [n for n, line in enumerate(lines) if line.element is heading]
    return next((n + 1 for n in shown if lines[n].text == title), shown[0] + 1 if shown else 0)


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
    pieces = [piece for piece in found if len(piece) > _PIECE] if joined else []
    return [number for number, line in enumerate(lines) if _is_among(_key(line.text), found, joined, pieces)]


def _is_among(key: str, found: set[str], joined: str, pieces: Sequence[str]) -> bool:
    """Whether a line is one of those found, part of one, or holds one: links and bold words may have divided it."""
    if not key:
        return False
    return key in found or (len(key) > _PIECE and (key in joined or any(piece in key for piece in pieces)))


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


def _around(lines: Sequence[Line], prose: Sequence[int], likely: set[int], kinds: Kinds, start: int) -> list[int]:
    """The positions of the story's lines: those of the kind that most prose is of, and what stands with them."""
    core = kinds.core(prose, likely)
    known = {n for n in (*prose, *likely, *core.numbers) if start <= n < core.end}
    within = [n for n in range(start, core.end) if lines[n].element in core.inside and not kinds.stands_apart(lines[n])]
    inside = known.intersection(within)
    first, last = min(inside), max(inside)
    chosen = [n for n in within if n in inside or first < n < last]
    for number in within:
        if number > last:
            if not _reads_on(lines[number]):
                if is_furniture(lines[number].text):
                    continue
                break
            chosen.append(number)
    between = {n for n in inside ^ known if first < n < last and not kinds.stands_apart(lines[n])}
    beside = {n for n in known if ends_sentence(lines[n].text)}
    ends = next((n for n in range(chosen[-1] + 1, core.end) if kinds.ends(n, core)), core.end)
    before = _beside(lines, beside, kinds, range(first - 1, start - 1, -1))
    alike = {n for n in beside if n > last and kinds.goes_on(n, core, likely=n in likely)}
    after = _beside(lines, alike, kinds, range(chosen[-1] + 1, ends))
    return [*reversed(before), *sorted({*chosen, *between}), *after]


def _reads_on(line: Line) -> bool:
    return line.linked <= 0.5 and (is_item(line.text) or ends_sentence(line.text))


def _beside(lines: Sequence[Line], known: set[int], kinds: Kinds, numbers: Iterable[int]) -> list[int]:
    """Positions of known prose, walking away from the body until other text comes."""
    found = []
    for number in numbers:
        if kinds.stands_apart(lines[number]) or is_imprint(lines[number].text):
            continue
        if number in known:
            found.append(number)
        elif _is_lead(lines[number]):
            break
    return found


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
    if len(line.text) < _LONG and line.linked >= 0.5 and not (ends_sentence(line.text) or is_item(line.text)):
        return True
    return line.linked >= _LINKED and not (prose and "." in line.text[-2:])
