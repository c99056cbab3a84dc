"""HEAD for every page, and 304 for one that the browser has already."""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_KINDS = ("text/html", "image/svg+xml", "image/png")
"""What is compared; programs' answers and files have tags of their own."""


class Conditional:
    """A middleware: pages and charts have an ETag, may be kept by the viewer alone, and are asked for again."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_page = scope["type"] == "http" and not scope["path"].startswith("/static/")
        if not is_page or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        # Routes answer GET; what they would say is what HEAD is about.
        known = Headers(scope=scope).get("if-none-match", "")
        answer = _Answer(send, known, is_head=scope["method"] == "HEAD")
        await self._app({**scope, "method": "GET"}, receive, answer.send)


class _Answer:
    """Passes an answer on; one that is compared waits until all of it is there."""

    def __init__(self, send: Send, known: str, *, is_head: bool) -> None:
        self._send, self._known, self._is_head = send, known, is_head
        self._waiting: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_compared(message):
            self._waiting = message
        elif message["type"] == "http.response.body" and self._waiting is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_compared(self._waiting)
        elif message["type"] == "http.response.body" and self._is_head:
            await self._send({**message, "body": b""})
        else:
            await self._send(message)

    async def _send_compared(self, start: Message) -> None:
        headers = MutableHeaders(raw=start["headers"])
        tag = f'W/"{sha256(self._body).hexdigest()[:32]}"'
        headers["ETag"] = tag
        headers.setdefault("Cache-Control", "private, no-cache")
        if _names(self._known, tag):
            start = {**start, "status": HTTPStatus.NOT_MODIFIED.value}
            del headers["content-length"]
            self._body = b""
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": b"" if self._is_head else self._body})


def _is_compared(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    kind = headers.get("content-type", "")
    return start["status"] == HTTPStatus.OK and "etag" not in headers and kind.startswith(_KINDS)


def _names(condition: str, tag: str) -> bool:
    """Whether an If-None-Match names the tag; weakly, as RFC 9110 compares there."""
    tags = {one.strip().removeprefix("W/") for one in condition.split(",")}
    return condition.strip() == "*" or tag.removeprefix("W/") in tags
