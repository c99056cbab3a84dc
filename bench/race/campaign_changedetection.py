"""changedetection.io: its server in a process of its own, told what to watch and when to look by its interface."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from accredwatch.newsroom.receiver import Delivery, Receiver
from bench.race.campaign_peers import SETUPS, Setup, Watch
from bench.race.campaign_verdict import Message

_SECONDS = 600.0
"""How long its server may take to start, or one look may take."""
_PAUSE = 0.1
"""Seconds between two questions whether it is done."""
_LULL = 2.0
"""Seconds without a notification after which the last one has come: its sender looks for more every second."""


class StuckError(Exception):
    """The server does not start, or does not come to an end with a look."""


@dataclass(frozen=True, slots=True)
class _State:
    """How it stands with a page."""

    checks: int
    """How often it was checked."""
    known: int
    """How many states of it are known."""


class Server:
    """The server, with a folder for its data."""

    def __init__(self, commands: Path, folder: Path, bases: Mapping[str, str]) -> None:
        self.messages: dict[str, list[Message]] = {setup.name: [] for setup in SETUPS}
        self._receiver = Receiver()
        self._receiver.start()
        port = _free_port()
        self._api = f"http://127.0.0.1:{port}/api/v1"
        self._session = requests.Session()
        watches = [_settings(w, setup, self._receiver.base) for setup in SETUPS for w in setup.watches(bases)]
        self._process = _started(commands, folder, port, watches)
        try:
            self._session.headers["x-api-key"] = self._key(folder)
            # It checks what it is given at once.
            self._states = {uuid: _State(0, 0) for uuid in self._get("/watch")}
            self._states = self._after(self._states)
        except BaseException:
            self.close()
            raise

    def look(self, now: datetime) -> None:
        """Let it check every page once. Raises StuckError, or RequestException."""
        told = len(self._receiver.deliveries)
        self._get("/watch", recheck_all="1")
        states = self._after(self._states)
        if any(state.known != self._states[uuid].known for uuid, state in states.items()):
            self._settle()
        self._states = states
        for delivery in self._receiver.deliveries[told:]:
            self._collect(delivery, now)

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._session.close()
        self._receiver.stop()

    def _key(self, folder: Path) -> str:
        """The key of its interface, which it writes down once it works."""
        begun = time.monotonic()
        while time.monotonic() - begun < _SECONDS and self._process.poll() is None:
            try:
                requests.get(f"{self._api}/systeminfo", timeout=5)
            except requests.ConnectionError:
                time.sleep(_PAUSE)
                continue
            settings = json.loads((folder / "changedetection.json").read_text(encoding="utf-8"))
            return str(settings["settings"]["application"]["api_access_token"])
        raise StuckError(f"not at work after {_SECONDS:g} s")

    def _after(self, before: Mapping[str, _State]) -> dict[str, _State]:
        """The pages' states once each was checked again."""
        deadline = time.monotonic() + _SECONDS
        after: dict[str, _State] = {}
        for uuid, known in before.items():
            while (state := self._state(uuid)).checks <= known.checks:
                if time.monotonic() > deadline:
                    raise StuckError(f"not through with its pages after {_SECONDS:g} s")
                time.sleep(_PAUSE)
            after[uuid] = state
        return after

    def _state(self, uuid: str) -> _State:
        state = self._get(f"/watch/{uuid}")
        return _State(int(state["check_count"]), int(state["history_n"]))

    def _get(self, path: str, **query: str) -> dict[str, Any]:
        answer = self._session.get(self._api + path, params=query, timeout=_SECONDS)
        answer.raise_for_status()
        answered: dict[str, Any] = answer.json()
        return answered

    def _settle(self) -> None:
        """Wait until no more notifications come."""
        come, since = len(self._receiver.deliveries), time.monotonic()
        while time.monotonic() - since < _LULL:
            time.sleep(_PAUSE)
            if len(self._receiver.deliveries) != come:
                come, since = len(self._receiver.deliveries), time.monotonic()

    def _collect(self, delivery: Delivery, now: datetime) -> None:
        title, text = str(delivery.payload.get("title", "")), str(delivery.payload.get("message", ""))
        for setup, messages in self.messages.items():
            # Others tell of the watching itself, such as of a selector that finds nothing any more.
            if title.startswith(f"{setup}/"):
                messages.append(Message(now, f"{title}\n{text}"))


def _settings(watch: Watch, setup: Setup, receiver: str) -> dict[str, Any]:
    """What it is told of a page: which part of it, which lines, and that only lines never seen before count."""
    chosen = [] if watch.is_feed else [".list .item a"]
    return {
        # Two watches of one page are two only where the addresses differ.
        "url": f"{watch.url}#{watch.name}",
        "title": watch.name,
        "include_filters": chosen,
        "extract_text": [f"/.*(?:{setup.pattern}).*/i"],
        "check_unique_lines": True,
        "remove_duplicate_lines": True,
        "trim_text_whitespace": True,
        "notification_urls": [receiver.replace("http://", "json://")],
        "notification_title": "{{ watch_title }}",
        "notification_body": "{{ diff_added }}",
        "notification_format": "text",
        "time_between_check_use_default": False,
        # It looks when it is told to.
        "time_between_check": {"weeks": 50},
    }


def _started(commands: Path, folder: Path, port: int, watches: Sequence[dict[str, Any]]) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "ALLOW_IANA_RESTRICTED_ADDRESSES": "true",
        "DISABLE_VERSION_CHECK": "true",
        "LISTEN_HOST": "127.0.0.1",
        "LOGGER_LEVEL": "ERROR",
        "MINIMUM_SECONDS_RECHECK_TIME": "0",
        "HOME": str(folder),
    }
    command = [str(commands / "changedetection.io"), "-C", "-d", str(folder), "-p", str(port), "-h", "127.0.0.1"]
    # Without pages from the start, it would begin with two of the internet.
    for number, settings in enumerate(watches):
        command += ["-u", settings["url"], f"-u{number}", json.dumps(settings)]
    with (folder / "log.txt").open("wb") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
