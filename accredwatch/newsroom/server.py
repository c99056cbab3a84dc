"""The newsroom: a real HTTP server with one port an outlet, a clock of its own, and trouble on request."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from accredwatch.newsroom import pages
from accredwatch.newsroom.loopback import LoopbackServer
from accredwatch.newsroom.outlets import OUTLETS, Address, Outlet
from accredwatch.newsroom.pages import Published
from accredwatch.newsroom.story import Story

_TYPES = {
    "article": "text/html",
    "listing": "text/html",
    "feed": "application/rss+xml",
    "sitemap": "application/xml",
    "robots": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that came in, and what was answered."""

    outlet: str
    path: str
    """With the query."""
    kind: str
    """As in `Address.kind`; 'unknown' for a path that leads nowhere."""
    status: int
    user_agent: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong with requests whose path and query hold `path`."""

    path: str = ""
    status: int | None = None
    """Answer with this status instead of the document."""
    body: str | None = None
    """Answer with this text instead of the document, with status 200 unless `status` says another."""
    headers: Mapping[str, str] | None = None
    """Headers to add, such as Retry-After."""
    delay: float = 0.0
    """Seconds to wait before answering."""
    times: int | None = None
    """For how many requests; None for all."""


@dataclass(frozen=True, slots=True)
class _Document:
    kind: str
    text: str
    modified: datetime


class Newsroom:
    """Serves stories as their outlets' sites would at the instant `now`; a context manager.

    Stories whose publication lies after `now` do not exist yet, edits after `now` have not been made. `on_request` is
    called in the server's thread with each request once it is answered.
    """

    def __init__(
        self,
        stories: Iterable[Story],
        *,
        now: datetime | None = None,
        outlets: Sequence[Outlet] = OUTLETS,
        on_request: Callable[[Asked], None] | None = None,
    ) -> None:
        self.now = now or datetime.max.replace(tzinfo=UTC)
        """Aware; may be set at any time. Without one, everything has been published."""
        self.requests: list[Asked] = []
        """In order of arrival."""
        self.crawl_delay: int | None = None
        """Seconds, for every robots.txt."""
        self._on_request = on_request
        self._outlets = {outlet.key: outlet for outlet in outlets}
        self._stories: dict[str, list[Story]] = defaultdict(list)
        for story in stories:
            self._stories[story.outlet].append(story)
        self._trouble: dict[str, list[Trouble]] = defaultdict(list)
        self._bases: dict[str, str] = {}
        self._server = LoopbackServer()

    def start(self) -> None:
        """Open one port an outlet."""
        self._server.start()
        for key in self._outlets:
            self._bases[key] = self._server.serve(self._handler(key))

    def stop(self) -> None:
        """Close all ports."""
        self._server.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        """The outlets that are served."""
        return tuple(self._outlets.values())

    def base(self, outlet: str) -> str:
        """The outlet's base URL, without a slash at the end."""
        return self._bases[outlet]

    def url(self, story: Story) -> str:
        """The URL of the story's page at this instant."""
        version = story.at(self.now)
        title = story.title if version is None else version.title
        return self.base(story.outlet) + self._outlets[story.outlet].path(story, title)

    def publish(self, *stories: Story) -> None:
        """Add stories; they appear when their time has come."""
        for story in stories:
            self._stories[story.outlet] = [*self._stories[story.outlet], story]

    def published(self, outlet: str, language: str | None = None) -> list[Published]:
        """What the outlet has published by now, in one language or in all, newest first."""
        now = self.now
        shown = [
            Published(story, version)
            for story in self._stories[outlet]
            if (language is None or story.language == language) and (version := story.at(now)) is not None
        ]
        return sorted(shown, key=lambda p: (p.story.published, p.story.number), reverse=True)

    def trouble(self, outlet: str, trouble: Trouble) -> None:
        """Make trouble at an outlet from now on; the latest trouble that concerns a request counts."""
        self._trouble[outlet] = [trouble, *self._trouble[outlet]]

    def calm(self) -> None:
        """End all trouble."""
        self._trouble.clear()

    def count(self, outlet: str | None = None) -> Counter[str]:
        """How many requests came, by kind of document."""
        return Counter(asked.kind for asked in list(self.requests) if outlet in {None, asked.outlet})

    def _handler(self, key: str) -> _SiteHandler:
        return _SiteHandler(self, self._outlets[key])

    def note(self, asked: Asked) -> None:
        """Count a request that was answered."""
        self.requests.append(asked)
        if self._on_request is not None:
            self._on_request(asked)

    def take_trouble(self, outlet: str, path: str) -> Trouble | None:
        """The trouble that this request runs into, if any; one of `times` is used up."""
        for index, trouble in enumerate(self._trouble[outlet]):
            if trouble.path not in path or trouble.times == 0:
                continue
            if trouble.times is not None:
                self._trouble[outlet][index] = replace(trouble, times=trouble.times - 1)
            return trouble
        return None


class _SiteHandler:
    """Answers the requests of one outlet's port."""

    def __init__(self, newsroom: Newsroom, outlet: Outlet) -> None:
        self._newsroom = newsroom
        self._outlet = outlet

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
        document = self._document(address)
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
        return _Document(address.kind, text, modified)

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
                return _Document("article", text, shown.version.modified)
        return None


def _conditional(request: web.BaseRequest, document: _Document, headers: Mapping[str, str]) -> web.Response:
    body = document.text.encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    validators = {
        **headers,
        "ETag": etag,
        "Last-Modified": format_datetime(document.modified.astimezone(UTC), usegmt=True),
    }
    if _is_fresh(request, etag, document.modified):
        return web.Response(status=304, headers=validators)
    return web.Response(body=body, content_type=_TYPES[document.kind], charset="utf-8", headers=validators)


def _is_fresh(request: web.BaseRequest, etag: str, modified: datetime) -> bool:
    if (known := request.headers.get("If-None-Match")) is not None:
        return known.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}
    if (since := request.headers.get("If-Modified-Since")) is None:
        return False
    try:
        return modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    except ValueError:
        return False
