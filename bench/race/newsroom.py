"""The replica newsroom in a process of its own, so that what it costs is not measured with the programs.

It writes one line of JSON with its addresses, then reads commands, one a line, and answers each by one line of JSON:
`{"publish": [NUMBER, TOTAL]}` puts an article of observers on the first outlet's site and other news in every other
feed, `{"log": true}` tells what was asked and delivered since the last time. Instants are `time.monotonic()`, which all
processes of a machine share.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from time import monotonic
from typing import IO, Any, NamedTuple

from aiohttp import web

from accredwatch.newsroom.outlets import ASTANA_TIMES, KAZINFORM, QAZAQ_TV, Address, Outlet
from accredwatch.newsroom.pages import Published, article_page
from accredwatch.newsroom.receiver import Receiver
from accredwatch.newsroom.server import Newsroom
from accredwatch.newsroom.site import SiteHandler, _Document
from accredwatch.newsroom.story import Story
from bench.race.stories import ROOT, in_full, mixed, news, others


class Asked(NamedTuple):
    """A request that was answered."""

    outlet: str
    path: str
    status: int
    bytes: int
    """Of headers and body, as they were sent."""
    at: float


@dataclass(frozen=True)
class Site:
    """The other process, as this one sees it."""

    outlets: tuple[Outlet, ...]
    bases: dict[str, str]
    """The outlets' base URLs, by key."""
    urls: list[str]
    """Of the first outlet's articles."""
    receiver: str
    """Where alerts may be sent: the base URL of a server that takes every POST."""
    pid: int
    """Of the other process."""
    input: IO[str]
    output: IO[str]

    def base(self, outlet: str) -> str:
        """The outlet's base URL."""
        return self.bases[outlet]

    def publish(self, number: int, total: int) -> None:
        """Put an article on the first outlet's site that states this total, and other news in every other feed."""
        self._ask({"publish": [number, total]})

    def log(self) -> tuple[list[Asked], list[float]]:
        """What was asked since the last time, and when alerts came."""
        told = self._ask({"log": True})
        return [Asked(*one) for one in told["asked"]], told["delivered"]

    def _ask(self, command: dict[str, Any]) -> dict[str, Any]:
        self.input.write(json.dumps(command) + "\n")
        self.input.flush()
        answer: dict[str, Any] = json.loads(self.output.readline())
        return answer


@contextmanager
def newsroom(pages: int, share: float, every: timedelta = timedelta(minutes=1)) -> Iterator[Site]:
    """The other process, for the length of the block; `share` of the first outlet's `pages` tell of observers.

    It publishes one of them each time that `every` has passed.
    """
    command = [sys.executable, "-m", "bench.race.newsroom", str(pages), str(share), str(every.total_seconds())]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        told = json.loads(process.stdout.readline())
        outlets = _outlets(pages)
        bases, urls, receiver = told["bases"], told["urls"], told["receiver"]
        yield Site(outlets, bases, urls, receiver, process.pid, process.stdin, process.stdout)
        process.stdin.close()


def _outlets(pages: int) -> tuple[Outlet, ...]:
    return replace(KAZINFORM, feed_items=pages + 50), ASTANA_TIMES, QAZAQ_TV


def serve(pages: int, share: float, every: timedelta) -> None:
    """Serve until the input ends."""
    stories = [*mixed(pages, share, every), *_elsewhere(30, 700_000)]
    with (
        _Newsroom(stories, outlets=_outlets(pages)) as room,
        Receiver(on_delivery=lambda _: room.note_delivery()) as mail,
    ):
        urls = [room.url(story) for story in stories if story.outlet == "kazinform" and story.language == "en"]
        bases = {outlet.key: room.base(outlet.key) for outlet in room.outlets}
        _tell({"bases": bases, "urls": urls, "receiver": mail.base})
        for line in sys.stdin:
            command = json.loads(line)
            if "publish" in command:
                number, total = command["publish"]
                latest = max(story.published for story in stories)
                beside = [replace(other, published=latest) for other in _elsewhere(1, 800_000 + 10 * number)]
                room.publish(replace(news(number, total), published=latest), *beside)
            _tell(room.take_log() if "log" in command else {})


def _elsewhere(count: int, first: int) -> list[Story]:
    """So many stories in each feed or list but the first one."""
    places = (("kazinform", "ru"), ("kazinform", "kk"), ("astana_times", "en"), ("qazaq_tv", "en"))
    return [
        replace(story, outlet=outlet, language=language, number=story.number + 1_000_000 * at)
        for at, (outlet, language) in enumerate(places)
        for story in others(count, first)
    ]


class _Newsroom(Newsroom):
    """Serves pages of a real size, and keeps what passes."""

    def __init__(self, stories: Sequence[Story], *, outlets: Sequence[Outlet]) -> None:
        super().__init__(stories, outlets=outlets)
        self._asked: list[Asked] = []
        self._delivered: list[float] = []

    def shown(self, outlet: str, number: int | None) -> Published | None:
        """The outlet's story of this number."""
        return next((one for one in self.published(outlet) if one.story.number == number), None)

    def note_request(self, asked: Asked) -> None:
        """Keep a request that was answered."""
        self._asked.append(asked)

    def note_delivery(self) -> None:
        """Keep that an alert has come."""
        self._delivered.append(monotonic())

    def take_log(self) -> dict[str, Any]:
        """What was kept since the last time."""
        told = {"asked": self._asked, "delivered": self._delivered}
        self._asked, self._delivered = [], []
        return told

    def _handler(self, key: str) -> SiteHandler:
        return _InFull(self, next(outlet for outlet in self.outlets if outlet.key == key))


class _InFull(SiteHandler):
    _newsroom: _Newsroom

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        response = await super().__call__(request)
        body = response.body if isinstance(response, web.Response) and isinstance(response.body, bytes) else b""
        size = len(body) + 20 + sum(len(name) + len(value) + 4 for name, value in response.headers.items())
        self._newsroom.note_request(Asked(self._outlet.key, request.path, response.status, size, monotonic()))
        return response

    def _document(self, address: Address) -> _Document | None:
        made = super()._document(address)
        if made is None or made.kind not in {"article", "listing"}:
            return made
        return _Document(made.kind, in_full(made.body.decode(), address.number or 0), made.modified)

    def _article(self, address: Address) -> _Document | None:
        """Without the headlines of the stories before it: a page is one of observers by its own text, or not at all."""
        shown = self._newsroom.shown(self._outlet.key, address.number)
        if shown is None:
            return super()._article(address)
        base, layout = self._newsroom.base(self._outlet.key), self._outlet.layout(shown.version.modified)
        text = article_page(self._outlet, shown, base=base, layout=layout, beside=())
        return _Document("article", text, shown.version.modified)


def _tell(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(int(sys.argv[1]), float(sys.argv[2]), timedelta(seconds=float(sys.argv[3])))
