"""Programs that watch any page: what one more check of a feed that has not changed costs them.

urlwatch and webchanges are commands that run once; what their start costs is taken off by watching few and many
addresses. changedetection.io is a server; what it costs while nothing is checked is taken off.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.environments import installed, why
from bench.race.changedetection import AT_COMMAND, checked, recheck, server
from bench.race.measuring import cpu, tree
from bench.race.newsroom import Site
from bench.race.peers import REQUIREMENTS
from foundation.errors import CrawlError

_FEW, _MANY = 10, 110


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
    with server(commands, folder, dict.fromkeys(_addresses(site, _MANY), AT_COMMAND)) as (ask, pid):
        checked(ask, 1)
        idle = _spent(pid, lambda: time.sleep(5.0))
        rounds = [_spent(pid, partial(recheck, ask, number)) for number in (2, 3)]
    cost, seconds = sum(cost for cost, _ in rounds), sum(seconds for _, seconds in rounds)
    return max(0.0, cost - idle[0] / idle[1] * seconds) / (len(rounds) * _MANY) * 1000


def _spent(pid: int, work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of CPU time of a process tree, and seconds, that some work takes."""
    before, begun = cpu(tree(pid)), time.monotonic()
    work()
    return cpu(tree(pid)) - before, time.monotonic() - begun
