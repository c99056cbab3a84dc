"""What was read, as programs are given it: the types behind `extract --json`, of which its JSON Schema is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from extract.model import Approx, Basis, ElectionType, Status, Verdict, Where


@dataclass(frozen=True, slots=True)
class Words:
    """Says of a text in JSON which words it can be."""

    of: type[StrEnum]

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:  # noqa: ANN401 - pydantic's
        """The schema of the text with its words."""
        return {**handler(schema), "enum": [word.value for word in self.of]}


@dataclass(frozen=True, slots=True)
class Iso:
    """Says of a text in JSON that it is a `date` or a `date-time` of ISO 8601."""

    form: str

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:  # noqa: ANN401 - pydantic's
        """The schema of the text with its form."""
        return {**handler(schema), "format": self.form}


Day = Annotated[str, Iso("date")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenEvidence:
    """The words that state a figure: `text` is exactly `[start:end]` of the title or the body."""

    text: str
    start: int
    end: int
    where: Annotated[str, Words(Where)]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFigure:
    """A number of observers with the words that state it."""

    scope: str
    """Whose observers: `total`, `organizations`, `countries`, `organization:OSCE`, `country:FI`, ..."""
    status: Annotated[str, Words(Status)]
    basis: Annotated[str, Words(Basis)]
    value: int
    approx: Annotated[str, Words(Approx)] | None
    """How the number is qualified; null for an exact one."""
    evidence: WrittenEvidence


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTerm:
    """One number of a check."""

    label: str
    value: int
    decided: bool
    """The sum, not the words, tells what this number counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCheck:
    """A sum inside the text."""

    kind: str
    """`subtotals`, `parts`, `batch`, `names` or `reading`."""
    verdict: Annotated[str, Words(Verdict)]
    whole: WrittenTerm
    parts: list[WrittenTerm]
    difference: int | None
    """Stated minus summed; null where the text does not give all terms."""
    likely_slip: str | None
    """The one change that mends the sum, where exactly one does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenElection:
    """A poll, as far as the text tells which one."""

    type: Annotated[str, Words(ElectionType)] | None
    date: Day | None
    """Voting day."""
    stated: bool
    """Whether the text itself gives the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReport:
    """An article and what it states about election observers."""

    source: str | None
    """Key of the source, if the address belongs to one."""
    url: str | None
    lang: str
    """`en`, `ru` or `kk`."""
    title: str | None
    published: Annotated[str, Iso("date-time")] | None
    """With an offset where the page gives a time; midnight in the source's zone where it gives only a day."""
    body: str
    """The paragraphs, joined by line breaks."""
    relevant: bool
    """The text states at least one figure of election observers."""
    election: WrittenElection
    as_of: Day | None
    """The day for which the main figure holds, if the text gives one."""
    complete: bool
    """The text says that accreditation is over."""
    deadline: Day | None
    """Last day of accreditation, if stated."""
    organization_count: int | None
    country_count: int | None
    countries_named: list[str]
    """ISO 3166-1 alpha-2 codes."""
    organizations_named: list[str]
    figures: list[WrittenFigure]
    headline: int | None
    """Index of the main figure."""
    checks: list[WrittenCheck]
    unknown_names: list[str]
    """Senders that no table knows, in the words of the text."""


def iso(day: date | None) -> str | None:
    """A day or an instant in ISO 8601."""
    return None if day is None else day.isoformat()
