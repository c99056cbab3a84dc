"""`python -m bench.race`: race with other programs on the same replica newsroom, and write the table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version as installed_version
from importlib.util import find_spec
from pathlib import Path

from accredwatch.log import LoggingSettings, set_up
from bench.environments import version
from bench.race.measures import Race
from bench.race.peers import READERS, REQUIREMENTS
from bench.race.stories import ROOT
from bench.race.table import Row, document
from foundation.redaction import Redactor

_WATCHERS = ("changedetection.io", "urlwatch", "webchanges")
_CAMPAIGN = "bench.race.campaign"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the race; 0 when the table is written."""
    asked = _parser().parse_args(arguments)
    set_up(LoggingSettings(level="error"), Redactor())
    peers = not (asked.no_peers or asked.small)
    pages = min(asked.pages, 12) if asked.small else asked.pages
    with tempfile.TemporaryDirectory(prefix="accredwatch-race-") as folder:
        race = Race(
            pages,
            asked.environments if peers else None,
            Path(folder),
            1 if asked.small else asked.checks,
            _say,
            asked.small,
        )
        rows: list[Row] = race.rows()
    command = " ".join(["python -m bench.race", *(sys.argv[1:] if arguments is None else arguments)])
    _write(asked.output, document(rows, _versions(peers=peers), command))
    if peers and not asked.no_campaign and find_spec(_CAMPAIGN) is not None:
        _say("the quality of alerts over a campaign")
        rows += import_module(_CAMPAIGN).measure(asked.environments)
        _write(asked.output, document(rows, _versions(peers=peers), command))
    return 0


def _write(output: Path, table: str) -> None:
    output.write_text(table, encoding="utf-8")
    _say(f"written: {output}")


def _versions(*, peers: bool) -> dict[str, str]:
    named = {name: installed_version(name) for name in ("accredwatch", "Scrapy", "trafilatura")}
    if peers:
        named |= {name: version(name, folder) for name, folder in READERS.items()}
        named |= {name: version(name, REQUIREMENTS) for name in _WATCHERS}
    return named


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.race", description=__doc__)
    parser.add_argument("--pages", type=int, default=400, help="articles to go through (default: 400)")
    parser.add_argument("--checks", type=int, default=30, help="checks of each quiet source (default: 30)")
    parser.add_argument("--small", action="store_true", help="a few pages, without peers: does everything run?")
    parser.add_argument("--no-peers", action="store_true", help="install nothing, race with what is here")
    parser.add_argument("--no-campaign", action="store_true", help="leave out the campaign, up to half an hour")
    output = ROOT / "bench" / "race" / "README.md"
    parser.add_argument(
        "--output", type=Path, default=output, help="where the table goes (default: bench/race/README.md)"
    )
    environments = ROOT / "var" / "bench"
    parser.add_argument("--environments", type=Path, default=environments, help="where peers go (default: var/bench)")
    return parser


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
