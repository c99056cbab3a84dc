"""The peers: other programs that fetch and read pages, those that we do not use in environments of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench.environments import installed, output, why
from bench.race.newsroom import Site
from bench.race.pipeline import Pace
from bench.race.stories import ROOT

REQUIREMENTS = Path(__file__).with_name("requirements")
_READING = ROOT / "bench" / "reading" / "requirements"
_WORKER = Path(__file__).with_name("peer_worker.py")
READERS = {"news-please": REQUIREMENTS, "newspaper4k": _READING, "fundus": REQUIREMENTS}
"""Programs that fetch a page and find its text and date, and where they are pinned."""


def reader(name: str, site: Site, environments: Path) -> Pace | str:
    """How a peer goes through all pages of the first outlet; why not, if it does not."""

    def run() -> Pace:
        python = installed(name, READERS[name], environments)
        feed = f"{site.base('kazinform')}/rss/en.xml"
        given = {"peer": name, "urls": site.urls, "feed": feed}
        return _pace(output([str(python), str(_WORKER), json.dumps(given)]))

    return _told(run)


def bare_scrapy(site: Site, settings: Mapping[str, Any]) -> Pace | str:
    """How Scrapy fetches all pages of the first outlet and does nothing; why not, if it does not."""
    return _told(lambda: _pace(_module("bench.race.bare_scrapy", {"urls": site.urls, "settings": settings})))


def trafilatura(site: Site) -> Pace | str:
    """How trafilatura alone, in one process, finds the texts of pages that are in memory; why not, if it does not."""
    return _told(lambda: _pace(_module("bench.race.trafilatura_alone", {"urls": site.urls})))


def _module(name: str, given: Mapping[str, Any]) -> str:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", name, json.dumps(given)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=1800, cwd="/", env=environment
    )  # away from a scrapy.cfg, whose settings Scrapy would take for its own
    return done.stdout


def _pace(said: str) -> Pace:
    told = json.loads(said)
    return Pace(told["pages"], told["seconds"], told["cpu"], told.get("texts"))


def _told(work: Callable[[], Pace]) -> Pace | str:
    try:
        return work()
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        return why(error)
