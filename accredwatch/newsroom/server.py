"""The newsroom: a real HTTP server with one port an outlet, a clock of its own, and trouble on request."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from accredwatch.newsroom.loopback import LoopbackServer
from accredwatch.newsroom.outlets import OUTLETS, Outlet
from accredwatch.newsroom.pages import Published
from accredwatch.newsroom.site import SiteHandler
from accredwatch.newsroom.story import Story
from accredwatch.newsroom.traffic import Asked, Trouble

__all__ = ["Asked", "Newsroom", "Trouble"]


class Newsroom:
    """Serves stories as their outlets' sites would at the instant `now`; a context manager.

    Stories whose publication lies after `now` do not exist yet, edits after `now` have not been made. `on_request` is
    called in the server's thread with each request once it is answered; `dress` gives a document, of which it gets the
    outlet, the kind and the text, what a site shows around it.
    """

    def __init__(
        self,
        stories: Iterable[Story],
        *,
        now: datetime | None = None,
        outlets: Sequence[Outlet] = OUTLETS,
        on_request: Callable[[Asked], None] | None = None,
        dress: Callable[[str, str, str], str] | None = None,
    ) -> None:
        self.now = now or datetime.max.replace(tzinfo=UTC)
        """Aware; may be set at any time. Without one, everything has been published."""
        self.requests: list[Asked] = []
        """In order of arrival."""
        self.crawl_delay: int | None = None
        """Seconds, for every robots.txt."""
        self._on_request = on_request
        self._dress = dress
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

    def size(self, outlet: str) -> int:
        """How many stories of the outlet there are, published or not."""
        return len(self._stories[outlet])

    def count(self, outlet: str | None = None) -> Counter[str]:
        """How many requests came, by kind of document."""
        return Counter(asked.kind for asked in list(self.requests) if outlet in {None, asked.outlet})

    def _handler(self, key: str) -> SiteHandler:
        return SiteHandler(self, self._outlets[key])

    def note(self, asked: Asked) -> None:
        """Count a request that was answered."""
        self.requests.append(asked)
        if self._on_request is not None:
            self._on_request(asked)

    def dressed(self, outlet: str, kind: str, text: str) -> str:
        """The document with what the site shows around it at this instant."""
        return text if self._dress is None else self._dress(outlet, kind, text)

    def take_trouble(self, outlet: str, path: str) -> Trouble | None:
        """The trouble that this request runs into, if any; one of `times` is used up."""
        for index, trouble in enumerate(self._trouble[outlet]):
            if trouble.path not in path or trouble.times == 0:
                continue
            if trouble.times is not None:
                self._trouble[outlet][index] = replace(trouble, times=trouble.times - 1)
            return trouble
        return None
