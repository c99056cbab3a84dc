"""The table of polls, written: for people in three languages, as CSV, Markdown or LaTeX."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from accredwatch.export.formats import Format, writer
from accredwatch.export.tables import Column, Kind, Row
from alerts.languages import words
from alerts.style import Language
from storage.polls import Poll, Standing

COLUMNS = (
    "date", "type", "accredited", "of_organizations", "of_countries", "organizations", "countries", "first_meeting",
    "last_meeting", "reports", "sources", "disputes",
)  # fmt: skip
"""The columns for people, by the names that polls.toml gives words for."""
NUMBERS = tuple(name for name in COLUMNS if name not in {"date", "type", "first_meeting", "last_meeting"})
EARLIER = "*"
"""Stands behind a part that is of an earlier day than the total, so that the parts need not make it."""
_FOR_PROGRAMS = (
    "election", "date", "type", "accredited", "accredited_approx", "accredited_day", "of_organizations",
    "of_organizations_day", "of_countries", "of_countries_day", "organizations", "countries", "first_meeting",
    "last_meeting", "reports", "sources", "disputes", "open_disputes", "complete",
)  # fmt: skip
_NONE = "–"


@dataclass(frozen=True, slots=True)
class Written:
    """The table in one language."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str | None
    """What the mark behind a number means; None where none has it."""


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("accredwatch") / "polls.toml").read_text(encoding="utf-8"))


def write(polls: Sequence[Poll], language: Language) -> Written:
    """The table in a language, a row for each poll."""
    said = _words()[language]
    rows = tuple(_row(poll, language) for poll in polls)
    marked = any(cell.endswith(EARLIER) for row in rows for cell in row)
    return Written(tuple(said[name] for name in COLUMNS), rows, f"{EARLIER} {said['earlier']}" if marked else None)


def _row(poll: Poll, language: Language) -> tuple[str, ...]:
    speech = words(language)

    def number(standing: Standing | None) -> str:
        if standing is None:
            return _NONE
        is_older = poll.accredited is not None and standing.day < poll.accredited.day
        return speech.number(standing.value, standing.approx) + (EARLIER if is_older else "")

    def count(value: int | None) -> str:
        return _NONE if value is None else speech.number(value)

    def day(value: date | None) -> str:
        return _NONE if value is None else value.isoformat()

    return (
        poll.election.date.isoformat(), speech.poll(poll.election.type), number(poll.accredited),
        number(poll.of_organizations), number(poll.of_countries), count(poll.organizations), count(poll.countries),
        day(poll.first_meeting), day(poll.last_meeting), count(poll.reports), count(poll.sources), count(poll.disputes),
    )  # fmt: skip


def as_csv(polls: Sequence[Poll]) -> str:
    """RFC 4180 with a heading, for programs: days in ISO 8601, nothing where nothing is known."""
    out = io.BytesIO()
    writer(Format.CSV)(out, [Column(name, Kind.TEXT) for name in _FOR_PROGRAMS], map(_cells, polls))
    return out.getvalue().decode()


def _cells(poll: Poll) -> Row:
    approx = poll.accredited.approx if poll.accredited is not None else None
    (total, day), organizations, countries = (
        (None, None) if part is None else (part.value, part.day)
        for part in (poll.accredited, poll.of_organizations, poll.of_countries)
    )
    return (
        poll.election.key, poll.election.date, poll.election.type.value, total, approx, day, *organizations, *countries,
        poll.organizations, poll.countries, poll.first_meeting, poll.last_meeting, poll.reports, poll.sources,
        poll.disputes, poll.open_disputes, poll.complete,
    )  # fmt: skip


def as_markdown(table: Written) -> str:
    """A table of GitHub's Markdown."""
    lines = [
        _piped(table.headings),
        _piped("--:" if name in NUMBERS else "---" for name in COLUMNS),
        *(_piped(cell.replace("|", "\\|") for cell in row) for row in table.rows),
    ]
    note = ["", table.note.replace(EARLIER, f"\\{EARLIER}")] if table.note else []
    return "\n".join([*lines, *note]) + "\n"


def _piped(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


_LATEX = str.maketrans({
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "\\": r"\textbackslash{}", "\u00a0": "~", _NONE: "--", EARLIER: r"\textsuperscript{*}",
})  # fmt: skip


def as_latex(table: Written) -> str:
    """A tabular for the package booktabs."""
    kinds = "".join("r" if name in NUMBERS else "l" for name in COLUMNS)
    return (
        "\n".join(
            [
                rf"\begin{{tabular}}{{{kinds}}}",
                r"\toprule",
                _latex(table.headings),
                r"\midrule",
                *map(_latex, table.rows),
                r"\bottomrule",
                r"\end{tabular}",
                *([f"\\par\\footnotesize {table.note.translate(_LATEX)}"] if table.note else []),
            ]
        )
        + "\n"
    )


def _latex(cells: Sequence[str]) -> str:
    return " & ".join(cell.translate(_LATEX) for cell in cells) + r" \\"
