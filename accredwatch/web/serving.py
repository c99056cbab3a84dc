"""Listening and stopping: the application on an address of this machine, until a signal ends it."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
import uvicorn
from fastapi import FastAPI

from foundation.errors import ConfigError
from scheduler.signals import stop_on_signals

log = structlog.get_logger(__name__)

_PATIENCE = 5
"""Seconds that requests under way have when it is stopped."""
_REMEDIES = {
    errno.EADDRINUSE: "something else listens there: stop it, or choose another port (--port; 0 for any that is free)",
    errno.EADDRNOTAVAIL: "this machine has no such address: set [web] host (--host) to one that it has",
    errno.EACCES: "this user may not listen there: choose a port from 1024 on (--port)",
}


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the address. Raises ConfigError, with the remedy, where that is not possible."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family)
        # Its connections inherit that. Without it an answer's second packet waits for the first one to be
        # acknowledged, which clients put off for 40 ms.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except socket.gaierror as error:
        raise ConfigError(f"[web] host {host!r} is no address of this machine: {error.strerror}") from error
    except OSError as error:
        remedy = _REMEDIES.get(error.errno or 0, error.strerror)
        raise ConfigError(f"cannot listen on {host}, port {port}: {remedy}") from error
    return listener


def address(listener: socket.socket) -> str:
    """The URL that the socket answers to, with its real port."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def serve_until_stopped(app: FastAPI, listener: socket.socket) -> None:
    """Answer requests until SIGTERM or SIGINT; those under way are finished first, a second signal ends it at once."""
    # What happens is told in our own words; the server's would be told besides.
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=_PATIENCE
    )
    asyncio.run(_serve(_Server(config), listener))


async def _serve(server: uvicorn.Server, listener: socket.socket) -> None:
    stop = asyncio.Event()
    with stop_on_signals(stop):
        log.info("page_up", url=address(listener))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        stopping.cancel()
        await serving
    log.info("page_down")


class _Server(uvicorn.Server):
    """Leaves signals to us: a clean stop ends with exit code 0."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
