"""The peers: programs that find a page's text, each in a virtual environment of its own, with pinned versions."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.reading.pages import Page

_WORKER = Path(__file__).with_name("peer_worker.py")
_REQUIREMENTS = Path(__file__).with_name("requirements")
_SECONDS = 1800
"""How long a peer may take to be installed, or to go through all pages."""


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
        python = _installed(peer, environments)
        with tempfile.TemporaryDirectory() as folder:
            given = Path(folder) / "pages.json"
            rows = [{"html": p.html, "url": p.url, "probe": p.probe} for p in pages]
            given.write_text(json.dumps(rows), encoding="utf-8")
            said = _output([str(python), str(_WORKER), peer.name, str(given), str(rounds)])
    except subprocess.CalledProcessError as error:
        lines = (error.stderr or "").strip().splitlines() or [str(error)]
        return Ran(peer, problem=next((line for line in lines if line.startswith("ERROR")), lines[-1]))
    except (subprocess.TimeoutExpired, OSError) as error:
        return Ran(peer, problem=str(error))
    answer = json.loads(said)
    return Ran(peer, answer["version"], tuple(answer["milliseconds"]), tuple(answer["shown"]))


def _installed(peer: Peer, environments: Path) -> Path:
    """The interpreter of the peer's environment; one that was made with the same requirements is used again."""
    pinned = _REQUIREMENTS / f"{peer.name}.txt"
    wanted = pinned.read_text(encoding="utf-8")
    place = environments / peer.name
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    done = place / "installed.txt"
    if not done.is_file() or done.read_text(encoding="utf-8") != wanted:
        venv.create(place, with_pip=True, clear=True)
        _output([str(python), "-m", "pip", "install", "--quiet", "--no-deps", "-r", str(pinned)])
        done.write_text(wanted, encoding="utf-8")
    return python


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=_SECONDS).stdout
