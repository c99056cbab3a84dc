"""`python -m bench.race.campaign`: let ours and its peers watch 60 days of news, and count what their alerts tell."""

from __future__ import annotations

import argparse
import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from itertools import repeat
from pathlib import Path

import requests

from accredwatch.log import LoggingSettings, set_up
from bench.environments import installed, why
from bench.race.campaign_changedetection import Server, StuckError
from bench.race.campaign_ours import ROOT, ours
from bench.race.campaign_peers import Peer
from bench.race.campaign_sites import Sites, sites
from bench.race.campaign_story import EVERY, Campaign, campaign
from bench.race.campaign_table import REQUIREMENTS, Outcome, document, rows
from bench.race.campaign_urlwatch import Runs
from bench.race.campaign_verdict import weigh
from bench.race.table import Row
from foundation.redaction import Redactor

SMALL = (date(2023, 3, 13), date(2023, 3, 17))
"""The first and the last day of the small form: the end of accreditation."""
_MAKERS: dict[str, Callable[[Path, Path, dict[str, str]], Peer]] = {
    "changedetection.io": Server,
    "urlwatch": lambda commands, folder, bases: Runs("urlwatch", commands, folder, bases),
    "webchanges": lambda commands, folder, bases: Runs("webchanges", commands, folder, bases),
}
_FAILURES = (subprocess.SubprocessError, requests.RequestException, OSError, StuckError)


def measure(environments: Path) -> list[Row]:
    """Play the whole campaign to ours and to all peers; environments are made in that folder. At most half an hour."""
    return rows(play(campaign(), environments))


def play(played: Campaign, environments: Path | None) -> Outcome:
    """Play a campaign to ours and, if there is a folder for their environments, to the peers."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="campaign-")))
        opened = stack.enter_context(sites(played))
        peers, problems = _peers(stack, environments, folder, opened)
        program = stack.enter_context(ours(opened, folder))
        pool = stack.enter_context(ThreadPoolExecutor())
        for now in played.instants():
            opened.move(now)
            program.look(now)
            for name, problem in zip(tuple(peers), pool.map(_look, peers.values(), repeat(now)), strict=True):
                if problem:
                    problems[name] = problem
                    del peers[name]
            _say(f"{now:%d %B %H:%M}: {len(program.messages)} alerts of ours")
        verdicts = {
            name: {setup: weigh(told, played.tellings) for setup, told in peer.messages.items()}
            for name, peer in peers.items()
        }
        told = weigh(program.messages, played.tellings)
        return Outcome(played, told, tuple(program.notices), verdicts, problems)


def _peers(
    stack: ExitStack, environments: Path | None, folder: Path, opened: Sites
) -> tuple[dict[str, Peer], dict[str, str]]:
    """The peers at work, and why others are not; they are closed with the stack."""
    peers: dict[str, Peer] = {}
    problems: dict[str, str] = {}
    if environments is None:
        return peers, problems
    bases = {outlet.key: opened.newsroom.base(outlet.key) for outlet in opened.newsroom.outlets}
    for name, make in _MAKERS.items():
        _say(f"{name}, installed if need be")
        own = folder / name
        own.mkdir()
        try:
            peers[name] = make(installed(name, REQUIREMENTS, environments).parent, own, bases)
        except _FAILURES as error:
            problems[name] = why(error)
        else:
            stack.callback(peers[name].close)
    return peers, problems


def _look(peer: Peer, now: datetime) -> str:
    """Let the peer look; why it could not, or nothing."""
    try:
        peer.look(now)
    except _FAILURES as error:
        return why(error)
    return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the campaign and write the table; 0 if ours told every fact once and nothing else, 1 if not."""
    asked = _parser().parse_args(arguments)
    # The sites' troubles would fill the log; what is to be known of them stands in the table.
    set_up(LoggingSettings(level="error"), Redactor())
    logging.disable()
    every = timedelta(hours=asked.every)
    played = campaign(*SMALL, every=every, before=timedelta(days=2)) if asked.small else campaign(every=every)
    outcome = play(played, None if asked.no_peers else asked.environments)
    command = " ".join(["python -m bench.race.campaign", *(sys.argv[1:] if arguments is None else arguments)])
    asked.output.write_text(document(outcome, command), encoding="utf-8")
    _say(f"written: {asked.output}")
    return 0 if outcome.ours.perfect else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.race.campaign", description=__doc__)
    parser.add_argument("--small", action="store_true", help="only the five days around the end of accreditation")
    hours = int(EVERY.total_seconds() // 3600)
    parser.add_argument("--every", type=int, default=hours, help=f"hours from look to look (default: {hours})")
    parser.add_argument("--no-peers", action="store_true", help="install nothing, let only ours watch")
    output = ROOT / "bench" / "race" / "campaign.md"
    parser.add_argument("--output", type=Path, default=output, help="where the table goes")
    environments = ROOT / "var" / "bench"
    parser.add_argument("--environments", type=Path, default=environments, help="where peers go (default: var/bench)")
    return parser


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
