"""Real receivers on loopback: a webhook and a mail server that misbehave on demand."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass(frozen=True)
class Answer:
    """A plain HTTP answer."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


RESET, CUT, HANG, DRIP = "reset", "cut", "hang", "drip"
"""The connection is torn down; it ends after status 200, in the body; no answer ever; one byte after the other."""
Behaviour = Answer | str


@dataclass
class Received:
    """One request as it came, whatever was answered."""

    path: str
    headers: dict[str, str]
    body: bytes
    answer: Behaviour | None = None
    """What was done with it; None while that is not decided."""

    @property
    def taken(self) -> bool:
        """Whether the sender was told that it has arrived."""
        return self.answer == CUT or (isinstance(self.answer, Answer) and 200 <= self.answer.status < 300)

    @property
    def json(self) -> dict[str, Any]:
        content = json.loads(self.body)
        assert isinstance(content, dict)
        return content

    @property
    def key(self) -> str:
        return self.headers["idempotency-key"]


class WebhookReceiver:
    """Answers requests by the script, then by `otherwise`, which may look at the request."""

    def __init__(self, port: int = 0, *, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Received] = []
        self.script: deque[Behaviour] = deque()
        self.otherwise: Callable[[Received], Behaviour] = lambda _: Answer()
        self.let_go = threading.Event()
        self.arrival = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                request = Received(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
                with receiver.arrival:
                    receiver.requests.append(request)
                    receiver.arrival.notify_all()
                request.answer = receiver.script.popleft() if receiver.script else receiver.otherwise(request)
                receiver.behave(self, request.answer)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parameter's inherited name
                """Tests look at `requests`."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        self.port: int = self._server.server_address[1]

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"webhook+http://{self.address}/hook"

    @property
    def keys(self) -> list[str]:
        return [r.key for r in self.requests]

    def wait_for(self, count: int) -> None:
        """Wait until so many requests have come; fails after two minutes."""
        with self.arrival:
            assert self.arrival.wait_for(lambda: len(self.requests) >= count, timeout=120)

    def behave(self, handler: BaseHTTPRequestHandler, behaviour: Behaviour) -> None:
        handler.close_connection = True
        if behaviour == RESET:
            linger = struct.pack("ii", 1, 0)
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        elif behaviour == CUT:
            handler.send_response(200)
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            handler.wfile.write(b"cut")
        elif behaviour == HANG:
            self.let_go.wait()
        elif behaviour == DRIP:
            drip(handler, self.let_go)
        elif isinstance(behaviour, Answer):
            handler.send_response(behaviour.status)
            for name, value in behaviour.headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(behaviour.body)))
            handler.end_headers()
            handler.wfile.write(behaviour.body)

    def close(self) -> None:
        self.let_go.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def drip(handler: BaseHTTPRequestHandler, end: threading.Event) -> None:
    """Send a status line that never ends, a byte at a time, until the other side has had enough."""
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 ")
        while not end.wait(0.02):
            handler.wfile.write(b"O")


class MailServer:
    """Answers MAIL, RCPT and DATA by the scripts, then accepts; AUTH it refuses in the given words."""

    def __init__(self, *, tls: ssl.SSLContext | None = None, refusal: str = "535 5.7.8 Bad credentials") -> None:
        self._tls = tls
        self._refusal = refusal
        self.messages: list[Envelope] = []
        self.sender: deque[str] = deque()
        self.rcpt: deque[str] = deque()
        self.data: deque[str] = deque()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result()
        self.port: int = self._server.sockets[0].getsockname()[1]

    async def _serve(self) -> asyncio.Server:
        return await self._loop.create_server(self._protocol, "127.0.0.1", 0, ssl=self._tls)

    def _protocol(self) -> SMTP:
        refused = AuthResult(success=False, handled=False, message=self._refusal)
        return SMTP(self, hostname="mail.test", authenticator=lambda *_: refused, auth_require_tls=False)

    async def handle_MAIL(  # noqa: N802 - the name that aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sender:
            return self.sender.popleft()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt:
            return self.rcpt.popleft()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        if self.data:
            return self.data.popleft()
        self.messages.append(envelope)
        return "250 OK"

    @property
    def url(self) -> str:
        return f"mailto://127.0.0.1:{self.port}?from=watch@example.org&to=reader@example.org&mode=insecure"

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _stop(self) -> None:
        self._server.close()
        await self._server.wait_closed()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


@contextmanager
def unused_port() -> Iterator[int]:
    """A port of loopback that refuses connections for the length of the block."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]
