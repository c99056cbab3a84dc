"""changedetection.io, as a server that watches pages of ours."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from foundation.errors import CrawlError

AT_COMMAND = {"time_between_check_use_default": False, "time_between_check": {"weeks": 50}}
"""Settings of a page that is checked when it is told to be."""
_PATIENCE = 120.0
_PAUSE = 0.2


def recheck(ask: Callable[[str], Any], number: int) -> None:
    """Let it check every page, and wait until each was checked so often."""
    ask("/watch?recheck_all=1")
    checked(ask, number)


def checked(ask: Callable[[str], Any], number: int) -> None:
    """Wait until every page was checked so often. Raises CrawlError when that takes too long."""
    begun = time.monotonic()
    pending = list(ask("/watch"))
    while pending and time.monotonic() - begun < _PATIENCE:
        pending = [uuid for uuid in pending if int(ask(f"/watch/{uuid}")["check_count"]) < number]
        time.sleep(_PAUSE)
    if pending:
        raise CrawlError(f"changedetection.io has left {len(pending)} pages unchecked for {_PATIENCE:g} s")


@contextmanager
def server(
    commands: Path, folder: Path, watches: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[Callable[[str], Any], int]]:
    """The server with these pages, each with its settings, for the length of the block: how to ask it, and its pid."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [str(commands / "changedetection.io"), "-C", "-d", str(folder), "-p", str(port), "-h", "127.0.0.1"]
    for number, url in enumerate(watches):
        command += ["-u", url, f"-u{number}", json.dumps(watches[url])]
    environment = os.environ | {
        "ALLOW_IANA_RESTRICTED_ADDRESSES": "true", "DISABLE_VERSION_CHECK": "true", "LISTEN_HOST": "127.0.0.1",
        "LOGGER_LEVEL": "ERROR", "MINIMUM_SECONDS_RECHECK_TIME": "0", "HOME": str(folder),
    }  # fmt: skip
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=folder)
    try:
        yield _way_to_ask(f"http://127.0.0.1:{port}/api/v1", folder, process), process.pid
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _way_to_ask(api: str, folder: Path, process: subprocess.Popen[bytes]) -> Callable[[str], Any]:
    """Once it is at work: a function that asks its interface. Raises CrawlError if it does not begin."""

    def ask(path: str) -> Any:  # noqa: ANN401 - as its interface answers
        told = json.loads((folder / "changedetection.json").read_text(encoding="utf-8"))
        key = told["settings"]["application"]["api_access_token"]
        request = Request(api + path, headers={"x-api-key": key})  # noqa: S310 - a server of ours on loopback
        with urlopen(request, timeout=60) as answer:  # noqa: S310
            return json.loads(answer.read())

    begun = time.monotonic()
    while time.monotonic() - begun < _PATIENCE and process.poll() is None:
        try:
            ask("/systeminfo")
        except (URLError, OSError, ValueError, KeyError):  # it is not at work yet
            time.sleep(_PAUSE)
            continue
        return ask
    raise CrawlError(f"changedetection.io was not at work after {_PATIENCE:g} s")
