"""`python -m bench.store`: fill stores of both kinds, measure them, and write the tables."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import func, select, text

from accredwatch.log import LoggingSettings, set_up
from bench.kills.databases import NewDatabase, postgresql, sqlite
from bench.soak.sites import ROOT
from bench.store.asking import ask, first_rows
from bench.store.content import Content, Size
from bench.store.filling import fill
from bench.store.polling import BEGIN, polls
from bench.store.table import Measured, document
from foundation.redaction import Redactor
from storage.database import Database
from storage.models import Figure, SearchText

_POLLS = 3
"""Pairs of idle polls for each round of the rest: what is compared differs by less than single ones do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when the tables are written."""
    asked = _parser().parse_args(arguments)
    set_up(LoggingSettings(level="error"), Redactor())
    content = Content(Size(asked.articles), BEGIN)
    measured, figures = [], 0
    with _place(asked) as folder:
        for kind, opener in (("SQLite", _files), ("PostgreSQL", partial(postgresql, keep=asked.keep))):
            if kind == "PostgreSQL" and not asked.postgresql:
                continue
            with opener() as new:
                one, figures = _measure(kind, new, folder, content, asked.rounds)
            measured.append(one)
    command = " ".join(["python -m bench.store", *(sys.argv[1:] if arguments is None else arguments)])
    asked.output.write_text(document(content.size, figures, measured, command), encoding="utf-8")
    _say(f"written: {asked.output}")
    return 0


@contextmanager
def _place(asked: argparse.Namespace) -> Iterator[Path]:
    """Where the stores stand, for now or for good."""
    if asked.keep is not None:
        asked.keep.mkdir(parents=True, exist_ok=True)
        yield asked.keep
        return
    with tempfile.TemporaryDirectory(prefix="accredwatch-store-", dir=asked.folder) as folder:
        yield Path(folder)


@contextmanager
def _files() -> Iterator[NewDatabase]:
    yield sqlite


def _measure(kind: str, new: NewDatabase, folder: Path, content: Content, rounds: int) -> tuple[Measured, int]:
    places = [folder / f"{kind}-{name}" for name in ("empty", "full")]
    for place in places:
        place.mkdir(exist_ok=True)
    empty, full = (new(place) for place in places)
    begun = time.perf_counter()
    if _articles(full) == 0:
        fill(full, content, lambda progress: _say(f"{kind}: {progress}"))
    elif _articles(full) < content.size.articles:
        raise SystemExit(f"the store that was kept has {_articles(full):,} articles: remove it, or ask for as many")
    filled_in = time.perf_counter() - begun
    _say(f"{kind}: pages")
    answers = [*ask(full, places[1], content, rounds), *first_rows(full, rounds)]
    version, size, figures = _about(full)
    _say(f"{kind}: idle polls")
    made = Measured(kind, version, size, filled_in, polls(empty, full, _POLLS * rounds), answers)
    return made, figures


def _articles(url: str) -> int:
    """How many articles are on record, in a database that is made where there is none."""
    database = Database.open(url)
    with database.read() as session:
        found = session.scalar(select(func.count()).select_from(SearchText)) or 0
    database.close()
    return found


def _about(url: str) -> tuple[str, float, int]:
    """Version, size in gigabytes and number of figures of a store."""
    database = Database.open(url)
    with database.read() as session:
        figures = session.scalar(select(func.count()).select_from(Figure)) or 0
        if database.file is not None:
            version = str(session.scalar(text("SELECT sqlite_version()")))
            size = database.file.stat().st_size
        else:
            version = str(session.scalar(text("SHOW server_version"))).split()[0]
            size = session.scalar(text("SELECT pg_database_size(current_database())")) or 0
    database.close()
    return version, size / 1e9, figures


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.store", description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000, help="articles on record (default: 1,000,000)")
    parser.add_argument("--rounds", type=int, default=20, help="how often everything is asked (default: 20)")
    parser.add_argument("--postgresql", action="store_true", help="a PostgreSQL server, too")
    parser.add_argument("--folder", type=Path, help="where the stores stand meanwhile (4 GB for a million articles)")
    parser.add_argument("--keep", type=Path, help="a folder where they stay, and are found filled by the next run")
    parser.add_argument("--output", type=Path, default=ROOT / "bench" / "store.md", help="where the tables go")
    return parser


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
