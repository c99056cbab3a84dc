"""What a page tells of its outlet: feeds, language, articles' addresses, and the layout of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html

from accredwatch.new_source.addresses import LANGUAGE_WORDS, Shape, article_shapes, pattern_of
from accredwatch.new_source.layout import body_path, date_path
from crawler.links import absolute
from crawler.page import Page
from extract.page.article import read_page
from extract.page.decoding import decode
from extract.page.language import language_of
from extract.page.markup import parse
from foundation.errors import ExtractError

_FEED_TYPES = ("application/rss+xml", "application/atom+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a page tells."""

    url: str
    host: str
    """Without 'www.'."""
    language: str
    feeds: tuple[str, ...]
    """On the outlet's own hosts."""
    shapes: tuple[Shape, ...]
    is_article: bool
    body: str | None
    date: str | None


def survey(page: Page) -> Survey:
    """Look at a page of the outlet: its front page, a list of its news, or an article.

    Raises ExtractError if it is no web page at all.
    """
    root = parse(decode(page.body, page.content_type))
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    article = _is_article(page)
    shapes = article_shapes(_links(root, page.url), [host])
    own = pattern_of(page.url, [host]) if article else None
    if own is not None and own not in {shape.pattern for shape in shapes}:
        shapes = [Shape(own, (page.url,)), *shapes]
    return Survey(
        url=page.url,
        host=host,
        language=_language(root, page.url),
        feeds=_feeds(root, page.url, host),
        shapes=tuple(shapes),
        is_article=article,
        body=body_path(root) if article else None,
        date=date_path(root) if article else None,
    )


def _is_article(page: Page) -> bool:
    try:
        article = read_page(page.body, url=page.url, charset=page.content_type)
    except ExtractError:
        return False
    return article.title is not None and len(article.body) > len(article.title)


def _links(root: html.HtmlElement, base: str) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for link in root.iter("a"):
        url = absolute(base, link.get("href"))
        if url is not None:
            text = " ".join(link.text_content().split()) or link.get("title") or ""
            found[url] = max(found.get(url, ""), text, key=len)
    return list(found.items())


def _language(root: html.HtmlElement, url: str) -> str:
    declared: Sequence[str] = [(root.get("lang") or "")[:2].lower(), *urlsplit(url).path.lower().split("/")]
    known = [LANGUAGE_WORDS[word] for word in declared if word in LANGUAGE_WORDS]
    return language_of(" ".join(root.text_content().split()), known)


def _feeds(root: html.HtmlElement, base: str, host: str) -> tuple[str, ...]:
    found = []
    for link in root.iter("link"):
        kind = (link.get("type") or "").lower()
        url = absolute(base, link.get("href"))
        if "alternate" in (link.get("rel") or "").lower() and kind in _FEED_TYPES and url is not None:
            name = (urlsplit(url).hostname or "").removeprefix("www.")
            if name == host or name.endswith(f".{host}"):
                found.append(url)
    return tuple(dict.fromkeys(found))
