"""What trafilatura takes for a page's text, told by the page's own lines.

trafilatura alone drops leads, short items and text between line breaks, and loses paragraph boundaries. So what it
returns only shows which lines are likely to be the article's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy

import trafilatura
from lxml import html

from extract.page.markup import Line, depth_of

_ELEMENTS = 15_000
_LINKS = 1_500
_DEPTH = 200
_COMPARED = 300_000
_PIECE = 20
_NO_WORD = re.compile(r"[\W_]+")


def found_by_trafilatura(root: html.HtmlElement, lines: Sequence[Line]) -> list[int]:
    """Positions of the lines that trafilatura finds; none on a tree that would cost it seconds."""
    if not _is_tame(root):
        return []
    text = trafilatura.extract(
        deepcopy(root), fast=True, include_comments=False, include_tables=True, deduplicate=False, output_format="txt"
    )
    if not text:
        return []
    found = {key for line in text.splitlines() if (key := _key(line))}
    joined = "\n".join(found) if len(text) <= _COMPARED else ""
    begun = {piece[:_PIECE] for piece in found if len(piece) >= _PIECE}
    return [number for number, line in enumerate(lines) if _is_among(_key(line.text), found, joined, begun)]


def _is_among(key: str, found: set[str], joined: str, begun: set[str]) -> bool:
    """Whether a line is one of those found, part of one, or begins with one: links and bold words may divide it."""
    if not key:
        return False
    return key in found or (len(key) > _PIECE and (key in joined or key[:_PIECE] in begun))


def _key(text: str) -> str:
    return _NO_WORD.sub("", text).casefold()


def _is_tame(root: html.HtmlElement) -> bool:
    """Whether trafilatura's cost on this tree is bounded; it takes seconds for thousands of links."""
    links = 0
    for number, element in enumerate(root.iter()):
        links += element.tag == "a"
        if number > _ELEMENTS or links > _LINKS:
            return False
    return depth_of(root) <= _DEPTH
