"""An article's headline, and the element that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from lxml import html

from extract.page.date_line import find_stamp
from extract.page.furniture import ends_sentence, is_furniture
from extract.page.markup import lines_of, text_of
from extract.page.page_meta import PageMeta
from extract.page.prune import words_of

Shown = tuple[str, html.HtmlElement]
"""A text, and the element that shows it."""

_SEPARATOR = re.compile(r"\s[|\-–—«»‹›·•:/~]{1,2}\s")
_BEFORE = re.compile(r"(?:\s\W{1,2}|\w:)\s+$")
"""What ends an outlet's name before a headline."""
_CHROME = frozenset({"header", "nav", "footer", "aside"})
_CHROME_WORDS = frozenset({"logo", "site-title", "logotype", "brand", "related", "popular", "sidebar", "menu"})
_TO_THE_FRONT = re.compile(r"(?:https?:)?(?://[^/]+)?/?(?:index\.\w+|#)?")
_TITLE_WORDS = frozenset({"title", "ttl", "headline", "heading", "zag", "zagolovok", "subject"})
_MAX_HEADINGS = 40
_LONGEST_NAME = 1_000
_MOST_OF_A_NAME = 3
_ALIKE = 0.5
_HEADLINE = 20
"""Characters from which on a text is more likely to be a headline than the name of a section."""
_LONG = 120
_LINKED = 0.5
_BEHIND_OUTLETS = frozenset({"|", "»", "›", ":", "::"})
"""What stands between an outlet's name and a headline behind it."""


def find_headline(root: html.HtmlElement, meta: PageMeta) -> tuple[str | None, html.HtmlElement | None]:
    """The headline and the element it stands in; the element is None where only the page's head names it.

    The heading that the head names, alone or beside the outlet's name, is the headline; else the h1 most like it; else
    the line that the head names; else the heading above the first long text.
    """
    names = [name for name in meta.headlines if len(name) <= _LONGEST_NAME]
    headings = [
        (text, element)
        for element in list(root.iter("h1", "h2", "h3", "h4"))[:_MAX_HEADINGS]
        if (text := text_of(element)) and len(text) >= 3
    ]
    headings.sort(key=lambda pair: pair[1].tag)
    firsts = [(text, e) for text, e in headings if e.tag == "h1" and not _is_chrome(e) and not _is_name(text, meta)]
    found = _named(headings, names, meta) or _alike(firsts, names) or _shown(root, headings, firsts, names, meta)
    if found:
        return found
    if names:
        return _without_outlet(names[0], meta), None
    return firsts[0] if firsts else next(((t, e) for t, e in headings if not _is_chrome(e)), (None, None))


def _alike(firsts: Sequence[Shown], names: Sequence[str]) -> Shown | None:
    """The first heading most like a name of the page, or the only one of a page without names."""
    best = max(firsts, key=lambda pair: max((_likeness(pair[0], name) for name in names), default=0.0), default=None)
    if best and (any(_likeness(best[0], name) >= _ALIKE for name in names) or (len(firsts) == 1 and not names)):
        return best
    return None


def _shown(
    root: html.HtmlElement, headings: Sequence[Shown], firsts: Sequence[Shown], names: Sequence[str], meta: PageMeta
) -> Shown | None:
    """The line that is the headline where no heading is named, or likely, to be it."""
    lines = [(line.text, line.element) for line in lines_of(root) if line.linked < _LINKED]
    if not headings and (titled := _titled_above_prose(lines)):
        return titled
    above = _above_prose(lines, {element: text for text, element in headings if len(text) >= _HEADLINE})
    named = _named([pair for pair in lines if len(pair[0]) >= _HEADLINE], names, meta)
    if named and (above is None or lines.index(named) > lines.index(above)):
        return named
    long_first = firsts[0] if len(firsts) == 1 and len(firsts[0][0]) >= _HEADLINE else None
    return long_first or above or (None if headings else _line_above_prose(lines))


def _named(texts: Sequence[Shown], names: Sequence[str], meta: PageMeta) -> Shown | None:
    """The first of the texts that a name begins with, else the longest in one: the rest names outlet and section."""
    texts = [(text, element) for text, element in texts if not (_is_name(text, meta) or _is_logo(element))]
    for text, element in texts:
        if any(_is_start(text, name) and len(name) <= _MOST_OF_A_NAME * len(text) for name in names):
            return text, element
    rest = [pair for pair in texts if any(_is_start(pair[0], name) or _is_within(pair[0], name) for name in names)]
    return max(rest, key=lambda pair: len(pair[0]), default=None)


def _above_prose(lines: Iterable[Shown], headings: Mapping[html.HtmlElement, str]) -> Shown | None:
    """The last heading above the first long text."""
    above = None
    for text, element in lines:
        if element in headings and text == headings[element]:
            above = text, element
        elif above is not None and len(text) >= _LONG:
            return above
    return None


def _line_above_prose(lines: Iterable[Shown]) -> Shown | None:
    """On a page without any heading: the last line above the first long text that may be a headline."""
    above = None
    for text, element in lines:
        if len(text) >= _LONG and ends_sentence(text):
            return above
        if len(text) >= _HEADLINE and not (text.endswith(".") or is_furniture(text) or find_stamp(text)):
            above = text, element
    return None


def _titled_above_prose(lines: Iterable[Shown]) -> Shown | None:
    """The same, if its element is called a title."""
    above = _line_above_prose(lines)
    return above if above is not None and not words_of(above[1]).isdisjoint(_TITLE_WORDS) else None


def _is_start(text: str, name: str) -> bool:
    text, name = text.casefold(), name.casefold()
    if not name.startswith(text):
        return False
    rest = name[len(text) :]
    return not rest or _SEPARATOR.match(f"{rest} ") is not None or _SEPARATOR.match(f" {rest.lstrip()} ") is not None


def _is_within(text: str, name: str) -> bool:
    """Whether a name is the text behind something shorter, or between: 'Site News » Observers accredited » Print'."""
    before, found, after = name.casefold().partition(text.casefold())
    if not found or len(before) >= len(text) or _BEFORE.search(before) is None:
        return False
    return not after or (len(after) < len(text) and _SEPARATOR.match(f"{after} ") is not None)


def _is_name(text: str, meta: PageMeta) -> bool:
    """Whether a heading is the outlet's name rather than a story's."""
    name, title = text.casefold(), (meta.document_title or "").casefold()
    if name == (meta.get("og:site_name") or "").casefold():
        return True
    parts = _SEPARATOR.split(title[:_LONGEST_NAME])
    rest = max((len(part) for part in parts if part != name), default=0)
    return (name == parts[-1] and len(name) < rest) or (name == parts[0] and 2 * len(name) < rest)


def _is_chrome(element: html.HtmlElement) -> bool:
    for number, above in enumerate((element, *element.iterancestors())):
        if above.tag in _CHROME - {"header"} or (
            above.tag == "header" and above.getparent() is not None and above.getparent().tag == "body"
        ):
            return True
        if number < 3 and not words_of(above).isdisjoint(_CHROME_WORDS):
            return True
    return False


def _is_logo(element: html.HtmlElement) -> bool:
    """Whether a heading is called so, or leads to the outlet's first page."""
    if any(not words_of(e).isdisjoint(_CHROME_WORDS) for e in (element, element.getparent()) if e is not None):
        return True
    link = element.find(".//a[@href]")
    leads_there = link is not None and _TO_THE_FRONT.fullmatch(link.get("href") or "") is not None
    return leads_there and text_of(link) == text_of(element)


def _likeness(a: str, b: str) -> float:
    ours, theirs = set(re.findall(r"\w+", a.casefold())), set(re.findall(r"\w+", b.casefold()))
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def _without_outlet(name: str, meta: PageMeta) -> str:
    site = (meta.get("og:site_name") or "").casefold()
    parts = list(_SEPARATOR.finditer(name))
    if not parts:
        return name
    first, last = parts[0], parts[-1]
    head, tail = name[: first.start()], name[last.end() :]
    if tail.casefold() == site or ("|" in last.group() and tail.count(" ") <= 4):
        return name[: last.start()].strip()
    if head.casefold() == site or (first.group().strip() in _BEHIND_OUTLETS and len(head) < len(name) / 3):
        return name[first.end() :].strip()
    return name
