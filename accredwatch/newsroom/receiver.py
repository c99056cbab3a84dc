"""A webhook receiver on loopback: where the demo's alerts arrive, as they would at a user's."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from aiohttp import web

from accredwatch.newsroom.loopback import LoopbackServer


@dataclass(frozen=True, slots=True)
class Delivery:
    """A POST that came in."""

    key: str
    """Identity of the alert, from the header Idempotency-Key."""
    payload: dict[str, Any]
    status: int
    """What was answered."""

    @property
    def accepted(self) -> bool:
        """Whether the receiver took it."""
        return self.status < 300


class Receiver:
    """Takes webhooks, or refuses them; a context manager.

    `on_delivery` is called in the server's thread with each delivery, refused ones too.
    """

    def __init__(self, on_delivery: Callable[[Delivery], None] | None = None, *, port: int = 0) -> None:
        self.deliveries: list[Delivery] = []
        """In order of arrival, refused ones too."""
        self.status = 200
        """What every request is answered with from now on; below 300 accepts."""
        self.base = ""
        self._on_delivery = on_delivery
        self._port = port
        self._server = LoopbackServer()

    @property
    def accepted(self) -> list[Delivery]:
        """The deliveries that were taken, in order of arrival."""
        return [d for d in list(self.deliveries) if d.accepted]

    @property
    def channel_url(self) -> str:
        """The URL of a channel whose alerts come here."""
        return f"webhook+http://{urlsplit(self.base).netloc}/alerts"

    def start(self) -> None:
        """Open the port. Raises OSError if it is taken."""
        self._server.start()
        self.base = self._server.serve(self._receive, port=self._port)

    def stop(self) -> None:
        """Close the port."""
        self._server.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def _receive(self, request: web.BaseRequest) -> web.StreamResponse:
        status = self.status
        try:
            payload = json.loads(await request.text())
        except json.JSONDecodeError:
            return web.Response(status=400, text="no JSON")
        delivery = Delivery(request.headers.get("Idempotency-Key", ""), payload, status)
        self.deliveries.append(delivery)
        if self._on_delivery is not None:
            self._on_delivery(delivery)
        return web.Response(status=status)
