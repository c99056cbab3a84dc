"""One site of the newsroom: requests in, documents with their validators out."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Protocol

from aiohttp import web

from accredwatch.newsroom import pages
from accredwatch.newsroom.outlets import Address, Outlet
from accredwatch.newsroom.pages import Published
from accredwatch.newsroom.traffic import Asked, Trouble

_TYPES = {
    "article": "text/html",
    "listing": "text/html",
    "feed": "application/rss+xml",
    "sitemap": "application/xml",
    "robots": "text/plain",
}


class Desk(Protocol):
    """What a site asks of its newsroom."""

    now: datetime
    crawl_delay: int | None

    def base(self, outlet: str) -> str:
        """The outlet's base URL."""
        ...

    def published(self, outlet: str, language: str | None = None) -> Sequence[Published]:
        """What is out, newest first."""
        ...

    def size(self, outlet: str) -> int:
        """How many stories there are."""
        ...

    def note(self, asked: Asked) -> None:
        """Count a request."""
        ...

    def dressed(self, outlet: str, kind: str, text: str) -> str:
        """The document with what the site shows around it."""
        ...

    def take_trouble(self, outlet: str, path: str) -> Trouble | None:
        """The trouble that a request runs into."""
        ...


class _Document:
    """What a URL holds at an instant, with its validators."""

    def __init__(self, kind: str, text: str, modified: datetime) -> None:
        self.kind = kind
        self.body = text.encode()
        self.modified = modified
        self.etag = f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


class SiteHandler:
    """Answers the requests of one outlet's port."""

    def __init__(self, newsroom: Desk, outlet: Outlet) -> None:
        self._newsroom = newsroom
        self._outlet = outlet
        self._made: dict[Address, _Document | None] = {}
        self._made_for: object = None

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        address = self._outlet.find(request.path, request.query)
        trouble = self._newsroom.take_trouble(self._outlet.key, request.path_qs)
        if trouble is not None and trouble.delay:
            await asyncio.sleep(trouble.delay)
        response = self._answer(request, address, trouble)
        self._newsroom.note(
            Asked(
                outlet=self._outlet.key,
                path=request.path_qs,
                kind="unknown" if address is None else address.kind,
                status=response.status,
                user_agent=request.headers.get("User-Agent", ""),
            )
        )
        return response

    def _answer(self, request: web.BaseRequest, address: Address | None, trouble: Trouble | None) -> web.Response:
        headers = dict(trouble.headers or {}) if trouble else {}
        if request.method not in {"GET", "HEAD"}:
            return web.Response(status=405, text="method not allowed", headers=headers)
        if trouble and (trouble.status is not None or trouble.body is not None):
            return web.Response(
                status=trouble.status or 200,
                text=trouble.body or "the newsroom is in trouble",
                content_type="text/html",
                headers=headers,
            )
        if address is None:
            return web.Response(status=404, text="no such page", headers=headers)
        if address.kind == "by_id":
            return self._permanent_link(address)
        document = self._remembered(address)
        if document is None:
            return web.Response(status=404, text="no such page", headers=headers)
        return _conditional(request, document, headers)

    def _permanent_link(self, address: Address) -> web.Response:
        for shown in self._newsroom.published(self._outlet.key):
            if shown.story.number == address.number:
                return web.Response(
                    status=301, headers={"Location": self._outlet.path(shown.story, shown.version.title)}
                )
        return web.Response(status=404, text="no such page")

    def _remembered(self, address: Address) -> _Document | None:
        """The document, made once while nothing changes: in benchmarks it is the crawler that should cost time."""
        state = (self._newsroom.now, self._newsroom.crawl_delay, self._newsroom.size(self._outlet.key))
        if state != self._made_for:
            self._made, self._made_for = {}, state
        if address not in self._made:
            self._made[address] = self._document(address)
        return self._made[address]

    def _document(self, address: Address) -> _Document | None:
        outlet, base = self._outlet, self._newsroom.base(self._outlet.key)
        if address.kind == "robots":
            text: str | None = pages.robots(outlet, self._newsroom.crawl_delay)
            return _Document("robots", text or "", datetime(2016, 1, 1, tzinfo=UTC))
        if address.kind == "article":
            return self._article(address)
        language = address.language or next(iter(outlet.codes))
        stories = self._newsroom.published(outlet.key, language)
        if address.section is not None:
            stories = [p for p in stories if p.story.section == address.section]
        if address.kind == "feed":
            text = pages.feed(outlet, stories, base=base, language=language, page=address.page)
        elif address.kind == "sitemap":
            text = pages.sitemap(outlet, stories, base=base, language=language)
        else:
            text = pages.listing_page(outlet, stories, base=base, language=language, page=address.page)
        if text is None:
            return None
        modified = max((p.version.modified for p in stories), default=datetime(2016, 1, 1, tzinfo=UTC))
        return self._page(address.kind, text, modified)

    def _article(self, address: Address) -> _Document | None:
        outlet = self._outlet
        published = self._newsroom.published(outlet.key)
        for index, shown in enumerate(published):
            story = shown.story
            if address.language not in {None, story.language}:
                continue
            if story.number == address.number or (
                address.slug is not None and outlet.slug_of(story, shown.version.title) == address.slug
            ):
                older = [p for p in published[index + 1 :] if p.story.language == story.language]
                layout = outlet.layout(self._newsroom.now)
                text = pages.article_page(
                    outlet, shown, base=self._newsroom.base(outlet.key), layout=layout, beside=older[:3]
                )
                return self._page("article", text, shown.version.modified)
        return None

    def _page(self, kind: str, text: str, modified: datetime) -> _Document:
        return _Document(kind, self._newsroom.dressed(self._outlet.key, kind, text), modified)


def _conditional(request: web.BaseRequest, document: _Document, headers: Mapping[str, str]) -> web.Response:
    validators = {
        **headers,
        "ETag": document.etag,
        "Last-Modified": format_datetime(document.modified.astimezone(UTC), usegmt=True),
    }
    if _is_fresh(request, document.etag, document.modified):
        return web.Response(status=304, headers=validators)
    return web.Response(body=document.body, content_type=_TYPES[document.kind], charset="utf-8", headers=validators)


def _is_fresh(request: web.BaseRequest, etag: str, modified: datetime) -> bool:
    if (known := request.headers.get("If-None-Match")) is not None:
        return known.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}
    if (since := request.headers.get("If-Modified-Since")) is None:
        return False
    try:
        told = parsedate_to_datetime(since)
    except ValueError:
        return False
    # HTTP's dates are in UTC, also where they say that they do not know.
    return modified.replace(microsecond=0) <= (told if told.tzinfo else told.replace(tzinfo=UTC))
