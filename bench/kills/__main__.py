"""`python -m bench.kills`: end the daemon again and again in the middle of a campaign, and weigh what arrived."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random

from bench.kills import databases
from bench.kills.databases import NewDatabase
from bench.kills.play import MOMENTS, Ending, Life, Play, Played, calm, endings
from bench.kills.stage import Stage
from bench.kills.verdict import Verdict
from foundation.failpoints import Action

_WORDS = {Action.KILL: "SIGKILL", Action.STOP: "SIGTERM"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the harness; 0 if nothing is lost and everything is as promised, 1 if not."""
    asked = _parser().parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="accredwatch-kills-")))
        kinds: dict[str, NewDatabase] = {}
        if asked.database in {"sqlite", "both"}:
            kinds["sqlite"] = databases.sqlite
        if asked.database in {"postgresql", "both"}:
            kinds["postgresql"] = stack.enter_context(databases.postgresql())
        peace = in_peace(folder / "calm", asked.moments)
        harness = Harness(folder, kinds, peace, asked.moments, asked.seed)
        endings_wanted = ((Action.KILL, asked.kills), (Action.STOP, asked.stops))
        verdicts = [harness.run(action, wanted) for action, wanted in endings_wanted if wanted]
    return 1 if any(verdict.faults for verdict in verdicts) else 0


def in_peace(folder: Path, moments: int) -> Played:
    """The campaign as it goes when nobody ends the daemon."""
    _say("the campaign in peace")
    with Stage.open(folder, databases.sqlite(folder), MOMENTS[0]) as stage:
        return Play(stage, calm(), moments=MOMENTS[:moments]).play()


@dataclass(frozen=True)
class Harness:
    """What all campaigns have in common."""

    folder: Path
    kinds: dict[str, NewDatabase]
    """Of databases, by name."""
    peace: Played
    """The campaign left in peace."""
    moments: int
    """How many of the campaign's moments are played."""
    seed: int

    def run(self, action: Action, wanted: int) -> Verdict:
        """Play campaigns, on one kind of database after the other, until so many daemons were ended so."""
        verdict, begun = Verdict(), time.monotonic()
        random = Random(f"{self.seed} {action}")  # noqa: S311 - repeatable, and no secret
        played_on: list[str] = []
        for kind in cycle(self.kinds):
            still_wanted = wanted - verdict.ended
            unplayed = len(self.kinds) - len(played_on)
            if still_wanted <= 0 and unplayed <= 0:
                break
            played_on.append(kind)
            # Each kind of database has its share, and a further turn if the campaign was over before.
            share = max(still_wanted // max(unplayed, 1), 1)
            name = f"{action} {len(played_on)} on {kind}"
            verdict.add(name, self._campaign(name, kind, endings(random, action), share), self.peace)
        _show(verdict, action, played_on, time.monotonic() - begun)
        return verdict

    def _campaign(self, name: str, kind: str, ways: Iterator[Ending], share: int) -> Played:
        """One campaign, in which so many daemons are ended, or fewer if it is over before."""
        place = self.folder / name.replace(" ", "-")
        ended = 0

        def note(life: Life) -> None:
            nonlocal ended
            ended += life.ending is not None
            _say(f"{name}: {life.ending.text or life.ending.name if life.ending else 'over'}: {life.code}")

        with Stage.open(place, self.kinds[kind](place), MOMENTS[0]) as stage:
            return Play(stage, ways, lambda: ended >= share, MOMENTS[: self.moments], note).play()


def _show(verdict: Verdict, action: Action, played_on: Sequence[str], seconds: float) -> None:
    campaigns = ", ".join(f"{played_on.count(kind)} on {kind}" for kind in dict.fromkeys(played_on))
    lines = [f"\n{_WORDS[action]}: {verdict.ended} daemons ended in {len(played_on)} campaigns ({campaigns})"]
    lines += [f"  {place:<20}{number:>6}" for place, number in sorted(verdict.endings.items())]
    lines += [
        (
            f"{verdict.delivered} alerts delivered, {verdict.duplicates} repetitions under the same key, "
            f"{sum('lost:' in fault for fault in verdict.faults)} lost, {len(verdict.faults)} faults, {seconds:.0f} s"
        ),
        *verdict.faults,
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="daemons to end by SIGKILL (default: 200)")
    parser.add_argument("--stops", type=int, default=100, help="daemons to end by SIGTERM (default: 100)")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both", help="default: both")
    parser.add_argument("--moments", type=int, default=len(MOMENTS), help="of the campaign (default: all)")
    parser.add_argument("--seed", type=int, default=1, help="decides the endings and their order (default: 1)")
    return parser


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
