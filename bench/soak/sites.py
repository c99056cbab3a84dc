"""The outlets and a receiver in a process of their own, so that what they hold is not measured with the daemon.

It writes one line of JSON with their addresses, then reads instants, one a line: so late it is from then on.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from accredwatch.newsroom.campaign import SITES, STORIES
from accredwatch.newsroom.outlets import Outlet
from accredwatch.newsroom.receiver import Receiver
from accredwatch.newsroom.server import Newsroom

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Sites:
    """The other process, as this one sees it."""

    bases: dict[str, str]
    """The outlets' base URLs, by key."""
    channel_url: str
    input: IO[str]
    output: IO[str]
    outlets: tuple[Outlet, ...] = SITES

    def base(self, outlet: str) -> str:
        """The outlet's base URL."""
        return self.bases[outlet]

    def set_time(self, now: datetime) -> int:
        """Let it be this instant (aware); how many alerts have come so far."""
        self.input.write(now.isoformat() + "\n")
        self.input.flush()
        return int(self.output.readline())


@contextmanager
def sites() -> Iterator[Sites]:
    """The other process, for the length of the block."""
    command = [sys.executable, "-m", "bench.soak.sites"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        told = json.loads(process.stdout.readline())
        yield Sites(told["bases"], told["channel"], process.stdin, process.stdout)
        process.stdin.close()


def serve() -> None:
    """Serve until the input ends."""
    with Newsroom(STORIES, outlets=SITES) as newsroom, Receiver() as receiver:
        bases = {outlet.key: newsroom.base(outlet.key) for outlet in newsroom.outlets}
        _tell(json.dumps({"bases": bases, "channel": receiver.channel_url}))
        for line in sys.stdin:
            newsroom.now = datetime.fromisoformat(line.strip())
            _tell(str(len(receiver.accepted)))


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
