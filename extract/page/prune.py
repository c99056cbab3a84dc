"""What is taken off a page's tree before its body is looked for: boxes that stand beside or inside an article.

Boxes are known by the words of their class or id, and by being made of links. Whatever they are called, the headline's
ancestors and an element that holds much of the page's prose are never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml import html

from extract.page.markup import text_of

_WORDS = frozenset(
    {
        "ads", "adfox", "advert", "advertisement", "adsense", "adsbygoogle", "banner", "banners", "breadcrumb",
        "breadcrumbs", "bread", "comment", "comments", "respond", "cookie", "cookies", "disqus", "footer",
        "hashtags", "keyword", "keywords", "lenta", "login", "menu", "navbar", "navigation", "newsletter",
        "pagination", "pager", "popular", "popup", "modal", "promo", "related", "relap", "recommend",
        "recommended", "recommendation", "recommendations", "sidebar", "share", "shares", "sharing",
        "sharethis", "share42", "social", "soc", "socials", "subscribe", "subscription", "tags", "taglist",
        "tagcloud", "trending", "addtoany", "mistape", "aiturec", "addthis", "jp-relatedposts", "teasers",
        "readalso", "seealso", "also", "copyright", "paywall", "signup", "tweet", "instagram", "tiktok",
    }
)  # fmt: skip
_CAPTION_WORDS = frozenset(["caption", "captions", "figcaption", "copyright-photo", "photo-credit", "image-credit"])
LEAD_WORDS = frozenset(
    {
        "lead", "lede", "standfirst", "excerpt", "summary", "intro", "description", "announce", "subtitle",
    }
)  # fmt: skip
_OF_OTHERS = frozenset(
    {
        "related", "relap", "recommend", "recommended", "recommendation", "recommendations", "jp-relatedposts",
        "popular", "trending", "teasers", "readalso", "seealso", "also", "lenta", "sidebar", "promo",
    }
)  # fmt: skip
"""Words of boxes that speak of other stories: so do their captions."""
_SPLIT = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BOXES = frozenset({"nav", "aside", "footer", "menu", "dialog"})
_CONTAINERS = frozenset(
    {
        "div", "ul", "ol", "dl", "section", "nav", "aside", "table", "tr", "td", "form", "p", "li", "center",
        "blockquote", "menu",
    }
)  # fmt: skip
_NO_TEXT = frozenset({"script", "style", "noscript"})
_KEPT = frozenset({"html", "body", "head", "main"})
_NO_WORDS: frozenset[str] = frozenset()
_MOST_REMEMBERED = 4_000
"""Classes and ids whose words are kept: those of a dozen outlets' layouts."""
_LONGEST_REMEMBERED = 200
_PROSE = 60
_MUCH = 0.35
_LINKS = 3
_MADE_OF_LINKS = 0.75


class Pruner:
    """Takes boxes off one tree; measures it once."""

    def __init__(self, root: html.HtmlElement, keep: html.HtmlElement | None) -> None:
        self._root = root
        self._kept = {root} if keep is None else {root, keep, *keep.iterancestors()}
        self._elements = list(root.iter("*"))
        self._order = {element: number for number, element in enumerate(self._elements)}
        self._parents = self._parents_of_all()
        self._measure()

    def _parents_of_all(self) -> list[int]:
        """The number of each element's parent; -1 of the first one's."""
        order = self._order
        return [-1, *(order[element.getparent()] for element in self._elements[1:])]

    def _measure(self) -> None:
        parents, size = self._parents, len(self._elements)
        self._text, self._linked, self._links, self._prose = [0] * size, [0] * size, [0] * size, [0] * size
        within = [False] * size
        for number, element in enumerate(self._elements):
            above, tag = parents[number], element.tag
            if tag == "a":
                self._links[number] += 1
                within[number] = True
            elif above >= 0:
                within[number] = within[above]
            if tag not in _NO_TEXT and (text := element.text):
                self._count(number, text, linked=within[number])
            if above >= 0 and (tail := element.tail):
                self._count(above, tail, linked=within[above])
        for counts in (self._text, self._linked, self._links, self._prose):
            for number in range(size - 1, 0, -1):
                counts[parents[number]] += counts[number]

    def _count(self, number: int, text: str, *, linked: bool) -> None:
        size = len(text.strip())
        if not size:
            return
        self._text[number] += size
        if linked:
            self._linked[number] += size
        elif size >= _PROSE:
            self._prose[number] += size

    @property
    def prose(self) -> int:
        """Characters of the page that stand in long pieces of text outside links."""
        return self._prose[0]

    def prune(self, paths: Iterable[str]) -> list[str]:
        """Take the boxes off, and what the XPaths match; gives the captions and leads that were in them."""
        outside: list[str] = []
        boxes: list[html.HtmlElement] = []
        parents = self._parents.copy()
        for path in paths:
            for element in self._root.xpath(path):
                if isinstance(element, html.HtmlElement) and element not in self._kept:
                    _take(element, outside)
                    parents[self._order[element]] = -1
        gone = [False] * len(parents)
        for number, element in enumerate(self._elements):
            above = parents[number]
            if above < 0:
                continue
            if gone[above]:
                gone[number] = True
            elif self._is_box(element, number):
                gone[number] = True
                boxes.append(element)
        for element in boxes:
            _take(element, outside)
        return outside

    def _is_box(self, element: html.HtmlElement, number: int) -> bool:
        tag = element.tag
        if tag in _KEPT or self._prose[number] > _MUCH * max(self.prose, 1) or element in self._kept:
            return False
        return (
            tag in _BOXES
            or tag == "figcaption"
            or _is_of_box(words_of(element))
            or _is_hidden(element)
            or self._is_made_of_links(element, number)
        )

    def _is_made_of_links(self, element: html.HtmlElement, number: int) -> bool:
        return (
            element.tag in _CONTAINERS
            and self._links[number] >= _LINKS
            and self._linked[number] >= _MADE_OF_LINKS * self._text[number]
        )


def words_of(element: html.HtmlElement) -> frozenset[str]:
    """The words that an element's class and id are made of, in lower case."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if names == " ":
        return _NO_WORDS
    return _split(names) if len(names) <= _LONGEST_REMEMBERED else _split.__wrapped__(names)


@lru_cache(_MOST_REMEMBERED)
def _split(names: str) -> frozenset[str]:
    return frozenset(_SPLIT.split(_CAMEL.sub("-", names).lower()))


@lru_cache(_MOST_REMEMBERED)
def _is_of_box(words: frozenset[str]) -> bool:
    return not (words.isdisjoint(_WORDS) and words.isdisjoint(_CAPTION_WORDS))


def _is_hidden(element: html.HtmlElement) -> bool:
    style = element.get("style")
    return (style is not None and "display:none" in style.replace(" ", "").lower()) or element.get("hidden") is not None


def _take(element: html.HtmlElement, outside: list[str]) -> None:
    words = words_of(element)
    if words.isdisjoint(_OF_OTHERS):
        if element.tag == "figcaption" or not words.isdisjoint(_CAPTION_WORDS | LEAD_WORDS):
            texts = [element]
        else:
            texts = list(element.iter("figcaption"))
        outside.extend(text_of(text) for text in texts if not _within_link(text))
    if element.getparent() is not None:
        element.drop_tree()


def _within_link(element: html.HtmlElement) -> bool:
    """A caption within a link is that of the story which the link leads to."""
    return any(above.tag == "a" for above in element.iterancestors())


def article_lines(texts: Iterable[str], title: str | None) -> list[str]:
    """Texts that are worth keeping as being about the story, each once."""
    return list(dict.fromkeys(text for text in texts if text and text not in ("None", title)))
