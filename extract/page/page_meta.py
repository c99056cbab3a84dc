"""What a page's head says: meta elements, JSON-LD, canonical URL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from extract.page import microdata
from extract.page.markup import tidy
from extract.page.microdata import ARTICLE_TYPES

_PAGE_TYPES = frozenset({"WebPage", "ItemPage"})
_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"\\]{8,40})"')
_MAX_DEPTH = 12
_WITH_PROPERTIES = etree.XPath('//@property[contains(., "date") or contains(., "created")]/..')
_IN_FORMATS = etree.XPath(
    '//abbr[contains(concat(" ", @class, " "), " published ")]/@title'
    ' | //*[contains(concat(" ", @class, " "), " dt-published ")]/@datetime'
)
_CREATED = frozenset({"dc:created", "dc:date", "dcterms:created", "schema:datePublished", "schema:dateCreated"})


@dataclass(frozen=True)
class PageMeta:
    """A page's own description of itself; read from the untouched tree."""

    root: html.HtmlElement

    @cached_property
    def _metas(self) -> dict[str, str]:
        metas: dict[str, str] = {}
        for element in self.root.iter("meta"):
            content = tidy(element.get("content") or "")
            if content:
                for attribute in ("property", "name", "itemprop"):
                    if attribute == "itemprop" and microdata.is_article(microdata.item_of(element)):
                        continue  # It may speak of another story.
                    if name := element.get(attribute):
                        metas.setdefault(name.strip().lower(), content)
        return metas

    def get(self, *names: str) -> str | None:
        """The first of the named meta elements that has a content."""
        return next((self._metas[name] for name in names if name in self._metas), None)

    @cached_property
    def language(self) -> str | None:
        """The two letters that the page declares for its language, or None."""
        declared = self.root.get("lang") or self.root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        found = re.match(r"[a-zA-Z]{2}(?![a-zA-Z])", declared.strip())
        return found.group().lower() if found else None

    @cached_property
    def document_title(self) -> str | None:
        """The text of <title>."""
        return next((text for e in self.root.iter("title") if (text := tidy("".join(e.itertext())))), None)

    def canonical(self, url: str | None) -> str | None:
        """The page's canonical URL: rel=canonical, og:url, else the given one."""
        for href in (self._link("canonical"), self.get("og:url")):
            if href:
                try:
                    absolute = urljoin(url or "", href)
                    parts = urlsplit(absolute)
                except ValueError:
                    continue
                if parts.scheme in ("http", "https") and parts.hostname:
                    return absolute
        return url

    def _link(self, rel: str) -> str | None:
        for element in self.root.iter("link"):
            if rel in (element.get("rel") or "").lower().split() and (href := tidy(element.get("href") or "")):
                return href
        return None

    @cached_property
    def _objects(self) -> list[dict[str, Any]]:
        objects: list[dict[str, Any]] = []
        for script in self.root.iter("script"):
            if "ld+json" in (script.get("type") or "").lower() and script.text:
                text = script.text.strip().removeprefix("<!--").removesuffix("-->").rstrip(" \n;")
                try:
                    objects.extend(_flatten(json.loads(text, strict=False)))
                except (ValueError, RecursionError):
                    dates = set(_LD_DATE.findall(text))
                    if len(dates) == 1:
                        objects.append({"@type": "NewsArticle", "datePublished": dates.pop()})
        return objects

    def linked_data(self, title: str | None) -> dict[str, Any]:
        """The JSON-LD object that describes this article; empty if none or if it cannot be told from others."""
        for types in (ARTICLE_TYPES, _PAGE_TYPES):
            found = [o for o in self._objects if not types.isdisjoint(_types(o))]
            if len(found) > 1:
                named = [o for o in found if title and tidy(str(o.get("headline") or o.get("name"))) == title]
                found = named or [o for o in found if o.get("datePublished")]
                if len({str(o.get("datePublished")) for o in found}) > 1 and not named:
                    continue
            if found and found[0].get("datePublished"):
                return found[0]
        return {}

    def published_by_item(self, title: str | None) -> str:
        """When the item that describes this article says that it was published; empty if none does."""
        return microdata.published(self.root, title) or ""

    @cached_property
    def published_by_property(self) -> str | None:
        """When RDFa says that the page was created or published, as in Drupal; None where two differ or none does."""
        dates = {e.get("content") for e in _WITH_PROPERTIES(self.root) if _dates(e.get("property"))} - {None}
        return dates.pop() if len(dates) == 1 else None

    @property
    def published_by_format(self) -> str | None:
        """When a microformat (hAtom, h-entry) says that the page was published; None where two differ or none does."""
        dates = set(map(str, _IN_FORMATS(self.root)))
        return dates.pop() if len(dates) == 1 else None

    @property
    def headlines(self) -> list[str]:
        """What the head calls the page, most specific first; an outlet's name may hang on it."""
        linked = [tidy(o["headline"]) for o in self._objects if isinstance(o.get("headline"), str)]
        named = [self.get("og:title"), self.get("twitter:title"), *linked[:1], self.document_title]
        return [name for name in named if name]


def _dates(properties: str | None) -> bool:
    return not _CREATED.isdisjoint((properties or "").split())


def _types(thing: dict[str, Any]) -> set[str]:
    kind = thing.get("@type")
    return {str(k) for k in kind} if isinstance(kind, list) else {str(kind)}


def _flatten(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects at the top of JSON-LD: of lists, and of '@graph'."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flatten(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _flatten(value.get("@graph"), depth + 1)
