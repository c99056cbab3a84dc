"""A service manager's end of the notification socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LIMIT = 60.0
"""Seconds after which a test that waits for a message fails."""


class Manager:
    """Reads what a daemon tells, a message at a time."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind("\0" + address[1:] if address.startswith("@") else address)
        self._socket.settimeout(LIMIT)

    def next(self) -> dict[str, str]:
        """The next message, as NAME -> value. Raises TimeoutError if none comes."""
        lines = self._socket.recv(4096).decode().splitlines()
        return dict(line.split("=", 1) for line in lines)

    def wait_for(self, name: str) -> dict[str, str]:
        """The next message that holds this name."""
        while name not in (message := self.next()):
            pass
        return message

    def close(self) -> None:
        """Listen no more."""
        self._socket.close()


@contextmanager
def service_manager(folder: Path) -> Iterator[Manager]:
    """A service manager that listens on a socket in this folder."""
    manager = Manager(str(folder / "notify"))
    yield manager
    manager.close()
