"""What is taken off a page's tree before its body is looked for: boxes that stand beside or inside an article.

Boxes are known by the words of their class or id, and by being made of links. Whatever they are called, the headline's
ancestors and an element that holds much of the page's prose are never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree, html

from extract.page.furniture import is_furniture, is_imprint, is_pointer, is_prose
from extract.page.markup import text_of

_WORDS = frozenset(
    {
        "ads", "adfox", "adspot", "adslot", "advert", "advertisement", "adsense", "adsbygoogle", "banner", "banners",
        "breadcrumb", "breadcrumbs", "bread", "comment", "comments", "respond", "cookie", "cookies", "disqus", "footer",
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
_LONG_TEXTS = etree.XPath(f"descendant::text()[string-length() >= {_PROSE}]")
_MUCH = 0.35
_LINKS = 3
_LONGEST_DATING = 160
_INLINE = frozenset({"a", "abbr", "b", "br", "em", "font", "i", "q", "small", "span", "strong", "sub", "sup", "u"})
_OF_TEXT = frozenset({"p", "h2", "h3", "h4", "blockquote", "ul", "ol", "figure", "aside"})
_DATING = frozenset({"meta", "posted", "byline", "submitted", "published", "postinfo", "info"})
_MADE_OF_LINKS = 0.75


@dataclass(frozen=True, slots=True)
class _Size:
    """How much of an element is links."""

    text: int
    """Characters."""
    linked: int
    """Characters of them that stand in links."""
    links: int


class Pruner:
    """Takes boxes off one tree; measures of it what decides, and nothing twice."""

    def __init__(self, root: html.HtmlElement, keep: html.HtmlElement | None) -> None:
        self._root = root
        self._kept = {root} if keep is None else {root, keep, *keep.iterancestors()}
        self._prose = _prose_in(root)
        self._most = _MUCH * max(self._prose.get(root, 0), 1)
        self._sizes: dict[html.HtmlElement, _Size] = {}

    def prune(self, paths: Iterable[str]) -> list[str]:
        """Take the boxes off, and what the XPaths match; gives the captions and leads that were in them."""
        outside: list[str] = []
        for aside in list(self._root.iter("aside")):
            if _quotes(aside):
                aside.tag = "blockquote"
        boxes = self._boxes()
        taken = set()
        for path in paths:
            for element in self._root.xpath(path):
                if isinstance(element, html.HtmlElement) and element not in self._kept:
                    _take(element, outside)
                    taken.add(element)
        for element in boxes:
            if element not in taken:
                _take(element, outside)
        return outside

    def _boxes(self) -> list[html.HtmlElement]:
        """The outermost boxes; what is inside them goes with them, unseen."""
        boxes = []
        walk = etree.iterwalk(self._root, events=("start",))
        for _, element in walk:
            if self._is_box(element):
                boxes.append(element)
                walk.skip_subtree()
        return boxes

    def _is_box(self, element: html.HtmlElement) -> bool:
        tag = element.tag
        if tag in _KEPT or self._prose.get(element, 0) > self._most or element in self._kept:
            return False
        return (
            (tag in _BOXES and not _dates_the_story(element))
            or tag == "figcaption"
            or _is_of_box(words_of(element))
            or _is_hidden(element)
            or (tag in _CONTAINERS and self._is_made_of_links(element) and not _dates_the_story(element))
            or (tag == "span" and _points_to_another(element))
        )

    def _is_made_of_links(self, element: html.HtmlElement) -> bool:
        size = self._sizes.get(element) or self._measure(element)
        return size.links >= _LINKS and size.linked >= _MADE_OF_LINKS * size.text

    def _measure(self, top: html.HtmlElement) -> _Size:
        """The size of an element, and of all containers in it, as each of these is asked about next."""
        elements = list(top.iter("*"))
        order = {element: number for number, element in enumerate(elements)}
        parents = [-1, *(order[element.getparent()] for element in elements[1:])]
        text, linked, links = [0] * len(elements), [0] * len(elements), [0] * len(elements)
        within = [next(top.iterancestors("a"), None) is not None] * len(elements)
        for number, element in enumerate(elements):
            above, tag = parents[number], element.tag
            links[number] = int(tag == "a")
            within[number] = tag == "a" or within[above if number else 0]
            if tag not in _NO_TEXT and (size := _length(element.text)):
                text[number] += size
                linked[number] += size if within[number] else 0
            if number and (size := _length(element.tail)):
                text[above] += size
                linked[above] += size if within[above] else 0
        for counts in (text, linked, links):
            for number in range(len(elements) - 1, 0, -1):
                counts[parents[number]] += counts[number]
        for number, element in enumerate(elements):
            if not number or element.tag in _CONTAINERS:
                self._sizes[element] = _Size(text[number], linked[number], links[number])
        return self._sizes[top]


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0


def _prose_in(root: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """Characters that stand in long pieces of text outside links, by element; none for elements without any."""
    prose: dict[html.HtmlElement, int] = {}
    for text in _LONG_TEXTS(root):
        size = len(text.strip())
        beside = text.getparent()
        element = beside.getparent() if text.is_tail else beside
        if size < _PROSE or (text.is_text and element.tag in _NO_TEXT):
            continue
        around = [element, *element.iterancestors()]
        if not any(above.tag == "a" for above in around):
            for above in around:
                prose[above] = prose.get(above, 0) + size
    return prose


def words_of(element: html.HtmlElement) -> frozenset[str]:
    """The words that an element's class and id are made of, in lower case; of an unknown element its tag's, too."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if "-" in element.tag:  # an element of the page's own making is called after what it is
        names = f"{names} {element.tag}"
    if names == " ":
        return _NO_WORDS
    return _split(names) if len(names) <= _LONGEST_REMEMBERED else _split.__wrapped__(names)


@lru_cache(_MOST_REMEMBERED)
def _split(names: str) -> frozenset[str]:
    return frozenset(_SPLIT.split(_CAMEL.sub("-", names).lower()))


@lru_cache(_MOST_REMEMBERED)
def _is_of_box(words: frozenset[str]) -> bool:
    return not (words.isdisjoint(_WORDS) and words.isdisjoint(_CAPTION_WORDS))


def _points_to_another(element: html.HtmlElement) -> bool:
    """Whether an element within a paragraph's line is 'Read also:' and a link."""
    link = element.find("a")
    return link is not None and 2 * len(text_of(link)) > len(text := text_of(element)) and is_pointer(text)


def _quotes(aside: html.HtmlElement) -> bool:
    """Whether an <aside> is a paragraph of the text that it stands in, set off: it has no name and holds no box."""
    if aside.attrib or any(element.tag not in _INLINE for element in aside.iterdescendants()):
        return False
    beside = (aside.getprevious(), aside.getnext())
    if not all(element is not None and element.tag in _OF_TEXT for element in beside):
        return False
    text = text_of(aside)
    linked = sum(len(text_of(link)) for link in aside.iter("a"))
    return is_prose(text) and 2 * linked < len(text) and not (is_furniture(text) or is_imprint(text))


def _dates_the_story(element: html.HtmlElement) -> bool:
    """Whether an element tells author and date, as some do that are footers or made of links."""
    if element.tag != "footer" and words_of(element).isdisjoint(_DATING):
        return False
    return element.find(".//time") is not None and len(text_of(element)) <= _LONGEST_DATING


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
