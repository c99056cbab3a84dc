"""The peers: programs that find a page's text, each in a virtual environment of its own, with pinned versions."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.environments import installed, output, why
from bench.reading.pages import Page

_WORKER = Path(__file__).with_name("peer_worker.py")
_REQUIREMENTS = Path(__file__).with_name("requirements")


@dataclass(frozen=True, slots=True)
class Peer:
    """A program to compare with."""

    name: str
    """As the registry has it; `requirements/<name>.txt` pins it and all that it needs."""
    does: str


PEERS = (
    Peer("newspaper4k", "newspaper4k: `Article.parse()`, no images"),
    Peer("readability-lxml", "readability-lxml: `Document.title()` and `.summary()`"),
)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a peer did: each page's time in milliseconds and whether its text was found, or why there is nothing."""

    peer: Peer
    version: str = ""
    times: tuple[float, ...] = ()
    shown: tuple[bool, ...] = ()
    problem: str = ""


def run(peer: Peer, pages: Sequence[Page], rounds: int, environments: Path) -> Ran:
    """Install the peer if need be and let it go through the pages; a problem is told, not raised."""
    try:
        python = installed(peer.name, _REQUIREMENTS, environments)
        with tempfile.TemporaryDirectory() as folder:
            given = Path(folder) / "pages.json"
            rows = [{"html": p.html, "url": p.url, "probe": p.probe} for p in pages]
            given.write_text(json.dumps(rows), encoding="utf-8")
            said = output([str(python), str(_WORKER), peer.name, str(given), str(rounds)])
    except (subprocess.SubprocessError, OSError) as error:
        return Ran(peer, problem=why(error))
    answer = json.loads(said)
    return Ran(peer, answer["version"], tuple(answer["milliseconds"]), tuple(answer["shown"]))
