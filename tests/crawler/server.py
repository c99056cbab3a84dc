"""A news site on the loopback interface that does as it is told, and remembers what it was asked."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass
class Reply:
    """One answer. `hold` is waited for before anything is sent; `chunks` are sent one by one, each after `hold`."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    type: str = "text/html; charset=utf-8"
    hold: threading.Event | None = None
    chunks: list[bytes] | None = None

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]


Route = Reply | Callable[[Asked], Reply]


class NewsSite:
    """The server. `routes` maps a path with its query to a reply, or to a function of the request."""

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.routes: dict[str, Route] = {"/robots.txt": Reply(status=404)}
        self.asked: list[Asked] = []
        self.arrived = threading.Condition()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site._answer(self)

            def log_message(self, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self, *, robots: bool = False) -> list[str]:
        """The paths asked for, in order."""
        return [asked.path for asked in self.asked if robots or asked.path != "/robots.txt"]

    def headers_of(self, path: str) -> list[dict[str, str]]:
        """The headers of each request for a path."""
        return [asked.headers for asked in self.asked if asked.path == path]

    def wait_for(self, path: str) -> None:
        """Block until a path was asked for."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: path in [asked.path for asked in self.asked], timeout=30), path

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        asked = Asked(handler.path, {name.lower(): value for name, value in handler.headers.items()})
        with self.arrived:
            self.asked.append(asked)
            self.arrived.notify_all()
        route = self.routes.get(handler.path, Reply("not here", status=404))
        reply = route if isinstance(route, Reply) else route(asked)
        if reply.hold is not None and reply.chunks is None:
            reply.hold.wait(30)
        try:
            handler.send_response(reply.status)
            if reply.status != 304:
                handler.send_header("Content-Type", reply.type)
                size = sum(map(len, reply.chunks)) if reply.chunks else len(reply.data)
                handler.send_header("Content-Length", str(size))
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            handler.end_headers()
            for chunk in reply.chunks or ([reply.data] if reply.status != 304 else []):
                handler.wfile.write(chunk)
                handler.wfile.flush()
                if reply.chunks and reply.hold is not None:
                    reply.hold.wait(30)
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def conditional(body: str, etag: str) -> Callable[[Asked], Reply]:
    """A route that answers 304 to a matching If-None-Match."""

    def answer(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == etag:
            return Reply(status=304, headers={"ETag": etag})
        return Reply(body, headers={"ETag": etag})

    return answer
