"""Applications on a real server, on the loopback interface."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import httpx
import uvicorn
from fastapi import FastAPI


class _Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        self.listens.set()


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of a server that answers with the application as long as the block lasts."""
    server = _Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        assert server.listens.wait(30), "the server does not listen"
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)


@contextmanager
def asking(app: FastAPI) -> Iterator[httpx.Client]:
    """Asks a server that answers with the application; how long a busy machine takes is no matter."""
    with serving(app) as address, httpx.Client(base_url=address, timeout=120) as client:
        yield client
