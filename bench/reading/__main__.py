"""`python -m bench.reading`: measure on the same pages what we and our peers take, and write the table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import trafilatura

from bench.reading.pages import ELSEWHERE, LANGUAGES, ROOT, Page, other_news, pages_of
from bench.reading.peers import PEERS, run
from bench.reading.table import Row, document
from bench.reading.timing import milliseconds
from crawler.reading import PageText, Reading, read
from extract.report import read_report

_HTML = "text/html; charset=utf-8"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when the table is written."""
    asked = _parser().parse_args(arguments)
    pages = [page for language in LANGUAGES for page in pages_of(language, asked.articles)]
    quiet = other_news()
    _say(f"{len(pages)} pages, {len(quiet)} without a word of observers, {asked.rounds} rounds")
    reader = Row("reader", pages, milliseconds(lambda page: read_report(page.article), pages, asked.rounds))
    rows = _ours(pages, quiet, asked.rounds)
    ran = []
    for peer in () if asked.no_peers else PEERS:
        _say(f"{peer.name}, installed if need be")
        ran.append(run(peer, pages, asked.rounds, asked.environments))
    rows += [Row(one.peer.does, pages, one.times, one.shown, one.problem) for one in ran]
    command = " ".join(["python -m bench.reading", *(sys.argv[1:] if arguments is None else arguments)])
    versions = {one.peer.name: one.version for one in ran if one.version}
    asked.output.write_text(document(reader, rows, versions, command), encoding="utf-8")
    _say(f"written: {asked.output}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("--articles", type=int, default=30, help="articles of each language (default: 30)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is read (default: 5)")
    parser.add_argument("--no-peers", action="store_true", help="install nothing, measure what is here")
    parser.add_argument("--output", type=Path, default=ROOT / "bench" / "reading.md", help="where the table goes")
    environments = ROOT / "var" / "bench"
    parser.add_argument("--environments", type=Path, default=environments, help="where peers go (default: var/bench)")
    return parser


def _ours(pages: Sequence[Page], quiet: Sequence[Page], rounds: int) -> list[Row]:
    def known(page: Page) -> str | None:
        return _text(read(PageText(page.url, page.html.encode(), _HTML, page.site, None)))

    def elsewhere(page: Page) -> str | None:
        return _text(read(PageText(page.url, page.html.encode(), _HTML, ELSEWHERE, None)))

    def alone(page: Page) -> str | None:
        return trafilatura.extract(page.html)

    def alone_fast(page: Page) -> str | None:
        return trafilatura.extract(page.html, fast=True, include_comments=False)

    ways: tuple[tuple[str, Callable[[Page], str | None], Sequence[Page]], ...] = (
        ("ours: page and report, configured outlet", known, pages),
        ("ours: page and report, any other site", elsewhere, pages),
        ("ours: page without a word of observers", elsewhere, quiet),
        ("trafilatura: `extract()`", alone, pages),
        ("trafilatura: `extract(fast=True, include_comments=False)`", alone_fast, pages),
    )
    rows = []
    for name, work, given in ways:
        _say(name)
        shown = [page.probe in " ".join((work(page) or "").split()) for page in given] if given is pages else []
        rows.append(Row(name, given, milliseconds(work, given, rounds), shown))
    return rows


def _text(reading: Reading) -> str | None:
    return reading.article.body if reading.article else None


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
