"""`python -m bench.quality`: score the reader on every set, hold out outlets and polls, and write the tables."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.quality.holding_out import Usage, hold_out, outlet_of, poll_of
from bench.quality.stories import unseen
from bench.quality.table import document, orphans
from tests.extract.corpora import set_names, stories_of

_README = Path(__file__).with_name("README.md")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write; 0 when that is done, 2 for a set that is not there."""
    asked = _parser().parse_args(arguments)
    known = set_names()
    if unknown := set(asked.sets) - set(known):
        sys.stderr.write(f"no such set: {', '.join(sorted(unknown))}; there are {', '.join(known)}\n")
        return 2
    sets = {name: stories_of(name) for name in asked.sets or known}
    usage = Usage([story for stories in sets.values() for story in stories])
    held = {"outlet": hold_out(usage, outlet_of), "poll": hold_out(usage, poll_of)}
    text = document(sets, unseen(), usage, held, asked.worst)
    asked.output.write_text(text, encoding="utf-8")
    if asked.orphans:
        asked.orphans.write_text(orphans(usage), encoding="utf-8")
    sys.stdout.write(text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help="only these sets, such as own.en_d (default: all)")
    parser.add_argument(
        "--output", type=Path, default=_README, help="where the page goes (default: bench/quality/README.md)"
    )
    parser.add_argument("--worst", type=int, default=25, help="how many outlets of the greatest losses (default: 25)")
    parser.add_argument("--orphans", type=Path, metavar="FILE", help="write the entries that one article uses, or none")
    return parser


if __name__ == "__main__":
    sys.exit(main())
