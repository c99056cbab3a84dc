"""Where a page's body and date stand, as XPaths that hold on this page; a person looks whether they hold on others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from extract.page.date_line import find_stamp
from extract.page.furniture import is_prose

_MOST_OF_IT = 0.8
"""Share of a page's prose from which on an element holds the body."""
_LONGEST_DATE = 80
_NAME = re.compile(r"[\w-]{1,80}")
"""What may stand in an XPath as it is; a page can call its elements anything."""
_BOXES = {"div", "article", "section", "main", "td"}
_STAMPED = {"time", "span", "div", "p", "small", "li", "a"}


def body_path(root: html.HtmlElement) -> str | None:
    """The smallest named element that holds most of the page's prose; None if none can be told by its name."""
    prose = {p: len(p.text_content()) for p in root.iter("p") if is_prose(" ".join(p.text_content().split()))}
    whole = sum(prose.values())
    if not whole:
        return None
    held: dict[html.HtmlElement, int] = {}
    for paragraph, length in prose.items():
        for element in paragraph.iterancestors():
            held[element] = held.get(element, 0) + length
    fit = [e for e, length in held.items() if length >= _MOST_OF_IT * whole and e.tag in _BOXES]
    # The deepest one first.
    for element in sorted(fit, key=lambda e: sum(1 for _ in e.iterancestors()), reverse=True):
        if (path := _named(root, element)) is not None:
            return path
    return None


def date_path(root: html.HtmlElement) -> str | None:
    """The first short element with nothing but a date and what stands beside dates; None if none can be told."""
    for element in _stamped(root):
        if (path := _named(root, element, first=True)) is not None:
            return path
    return None


def _stamped(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for element in root.iter(*_STAMPED):
        text = " ".join(element.text_content().split())
        if 0 < len(text) <= _LONGEST_DATE and find_stamp(text) is not None:
            inner = [child for child in element.iter(*_STAMPED) if child is not element]
            if not any(find_stamp(" ".join(child.text_content().split())) for child in inner):
                yield element


def _named(root: html.HtmlElement, element: html.HtmlElement, *, first: bool = False) -> str | None:
    """An XPath by id, class or tag that finds this element alone, or with `first` before any other."""
    candidates = []
    name = (element.get("id") or "").strip()
    if _NAME.fullmatch(name):
        candidates.append(f"//{element.tag}[@id='{name}']")
    names = [one for one in (element.get("class") or "").split() if _NAME.fullmatch(one)]
    candidates += [f"//{element.tag}[contains(concat(' ', normalize-space(@class), ' '), ' {one} ')]" for one in names]
    if element.tag in {"article", "main", "time"}:
        candidates.append(f"//{element.tag}")
    for path in candidates:
        found = root.xpath(path)
        if found == [element] or (first and found and found[0] is element):
            return path
    return None
