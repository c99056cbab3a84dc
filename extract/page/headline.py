"""An article's headline, and the element that shows it."""

from __future__ import annotations

import re

from lxml import html

from extract.page.markup import text_of
from extract.page.page_meta import PageMeta
from extract.page.prune import words_of

_SEPARATOR = re.compile(r"\s[|\-–—»·•:/]{1,2}\s")
_CHROME = frozenset({"header", "nav", "footer", "aside"})
_CHROME_WORDS = frozenset({"logo", "site-title", "logotype", "brand", "related", "popular", "sidebar", "menu"})
_MAX_HEADINGS = 40
_ALIKE = 0.5


def find_headline(root: html.HtmlElement, meta: PageMeta) -> tuple[str | None, html.HtmlElement | None]:
    """The headline and the element it stands in; the element is None where only the page's head names it.

    The heading that the head's title begins with is the headline; else the h1 most like it; else the head's title
    without the outlet's name.
    """
    names = meta.headlines
    headings = [
        (text, element)
        for element in list(root.iter("h1", "h2", "h3"))[:_MAX_HEADINGS]
        if (text := text_of(element)) and len(text) >= 3
    ]
    headings.sort(key=lambda pair: pair[1].tag)
    for text, element in headings:
        if any(_is_start(text, name) for name in names) and not _is_name(text, meta):
            return text, element
    firsts = [(text, e) for text, e in headings if e.tag == "h1" and not _is_chrome(e) and not _is_name(text, meta)]
    if firsts:
        best = max(firsts, key=lambda pair: max((_likeness(pair[0], name) for name in names), default=0.0))
        if len(firsts) == 1 or any(_likeness(best[0], name) >= _ALIKE for name in names):
            return best
    if names:
        return _without_outlet(names[0], meta), None
    return firsts[0] if firsts else next(((t, e) for t, e in headings if not _is_chrome(e)), (None, None))


def _is_start(heading: str, name: str) -> bool:
    heading, name = heading.casefold(), name.casefold()
    if not name.startswith(heading):
        return False
    rest = name[len(heading) :]
    return not rest or _SEPARATOR.match(f"{rest} ") is not None or _SEPARATOR.match(f" {rest.lstrip()} ") is not None


def _is_name(text: str, meta: PageMeta) -> bool:
    """Whether a heading is the outlet's name rather than a story's."""
    site = meta.get("og:site_name") or ""
    title = meta.document_title or ""
    suffix = _SEPARATOR.split(title)[-1] if _SEPARATOR.search(title) else ""
    return text.casefold() in {site.casefold(), suffix.casefold()}


def _is_chrome(element: html.HtmlElement) -> bool:
    for number, above in enumerate((element, *element.iterancestors())):
        if above.tag in _CHROME - {"header"} or (
            above.tag == "header" and above.getparent() is not None and above.getparent().tag == "body"
        ):
            return True
        if number < 3 and not words_of(above).isdisjoint(_CHROME_WORDS):
            return True
    return False


def _likeness(a: str, b: str) -> float:
    ours, theirs = set(re.findall(r"\w+", a.casefold())), set(re.findall(r"\w+", b.casefold()))
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _without_outlet(name: str, meta: PageMeta) -> str:
    site = meta.get("og:site_name")
    parts = list(_SEPARATOR.finditer(name))
    if not parts:
        return name
    last = parts[-1]
    tail = name[last.end() :]
    if (site and tail.casefold() == site.casefold()) or ("|" in last.group() and tail.count(" ") <= 4):
        return name[: last.start()].strip()
    return name
