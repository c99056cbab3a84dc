"""Programs that watch any page: what one more check of a feed that has not changed costs them.

urlwatch and webchanges are commands that run once; what their start costs is taken off by watching few and many
addresses. changedetection.io is a server; what it costs while nothing is checked is taken off.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from bench.environments import installed, why
from bench.race.measuring import cpu, tree
from bench.race.newsroom import Site
from bench.race.peers import REQUIREMENTS
from foundation.errors import CrawlError

_FEW, _MANY = 10, 110
_PATIENCE = 120.0
_PAUSE = 0.2


def check_cost(name: str, site: Site, environments: Path) -> float | str:
    """Milliseconds of CPU time that one more check costs the program; why nobody knows, if it could not be measured."""
    ways: dict[str, Callable[[Site, Path, Path], float]] = {"changedetection.io": _server}
    try:
        commands = installed(name, REQUIREMENTS, environments).parent
        with tempfile.TemporaryDirectory(prefix="accredwatch-race-") as folder:
            if name in ways:
                return ways[name](site, commands, Path(folder))
            return _command(name, site, commands, Path(folder))
    except (subprocess.SubprocessError, OSError, ValueError, CrawlError) as error:
        return why(error)


def _addresses(site: Site, count: int) -> list[str]:
    """A feed under so many addresses: what stands behind the question mark tells the newsroom nothing."""
    return [f"{site.base('astana_times')}/feed/?paged=1&n={number}" for number in range(count)]


def _command(name: str, site: Site, commands: Path, folder: Path) -> float:
    few, many = (_runs(name, commands, folder, _addresses(site, count)) for count in (_FEW, _MANY))
    return max(0.0, many - few) / (_MANY - _FEW) * 1000


def _runs(name: str, commands: Path, folder: Path, urls: list[str]) -> float:
    """Seconds of CPU time of a run, the pages being known from two before."""
    jobs_option, database_option = ("--urls", "--cache") if name == "urlwatch" else ("--jobs", "--database")
    jobs, config = folder / f"jobs-{len(urls)}.yaml", folder / "config.yaml"
    jobs.write_text("\n---\n".join(json.dumps({"url": url}) for url in urls), encoding="utf-8")
    config.write_text(json.dumps({"report": {"stdout": {"enabled": False}}}), encoding="utf-8")
    command = [
        str(commands / name), jobs_option, str(jobs), "--config", str(config),
        database_option, str(folder / f"known-{len(urls)}.db"),
    ]  # fmt: skip
    environment = os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    took = 0.0
    for _ in range(3):
        before = cpu([os.getpid()])
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=600)
        took = cpu([os.getpid()]) - before
    return took


def _server(site: Site, commands: Path, folder: Path) -> float:
    with _changedetection(site, commands, folder, _MANY) as (ask, pid):
        _checked(ask, 1)
        idle = _spent(pid, lambda: time.sleep(5.0))
        rounds = [_spent(pid, partial(_recheck, ask, number)) for number in (2, 3)]
    cost, seconds = sum(cost for cost, _ in rounds), sum(seconds for _, seconds in rounds)
    return max(0.0, cost - idle[0] / idle[1] * seconds) / (len(rounds) * _MANY) * 1000


def _spent(pid: int, work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of CPU time of a process tree, and seconds, that some work takes."""
    before, begun = cpu(tree(pid)), time.monotonic()
    work()
    return cpu(tree(pid)) - before, time.monotonic() - begun


def _recheck(ask: Callable[[str], Any], number: int) -> None:
    ask("/watch?recheck_all=1")
    _checked(ask, number)


def _checked(ask: Callable[[str], Any], number: int) -> None:
    """Wait until every page was checked so often. Raises CrawlError when that takes too long."""
    begun = time.monotonic()
    pending = list(ask("/watch"))
    while pending and time.monotonic() - begun < _PATIENCE:
        pending = [uuid for uuid in pending if int(ask(f"/watch/{uuid}")["check_count"]) < number]
        time.sleep(_PAUSE)
    if pending:
        raise CrawlError(f"changedetection.io has left {len(pending)} pages unchecked for {_PATIENCE:g} s")


@contextmanager
def _changedetection(
    site: Site, commands: Path, folder: Path, count: int
) -> Iterator[tuple[Callable[[str], Any], int]]:
    """The server with so many pages, for the length of the block: a way to ask it, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    settings = {"time_between_check_use_default": False, "time_between_check": {"weeks": 50}}
    command = [str(commands / "changedetection.io"), "-C", "-d", str(folder), "-p", str(port), "-h", "127.0.0.1"]
    for number, url in enumerate(_addresses(site, count)):
        command += ["-u", url, f"-u{number}", json.dumps(settings)]
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
