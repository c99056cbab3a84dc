"""What may be asked for in an address: what nobody knows is an error that names the nearest, never silence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Self

from fastapi import Path as InPath
from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy.orm import Session

from accredwatch.api.problems import no_such
from accredwatch.config import Settings
from extract.model import Basis, Status
from foundation.nearest import suggestion
from storage import listing
from storage.listed import Wanted

HIGHEST = 2**63 - 1
"""The highest number that a database takes."""
LARGEST_PAGE = 500

Id = Annotated[int, InPath(ge=1, le=HIGHEST)]
# What is compared in the database; a NUL is more than one of them takes.
_TEXT = r"^[^\x00]+$"

ElectionKey = Annotated[str, Field(max_length=200, examples=["2023-03-19-parliamentary"])]
SourceKey = Annotated[str, Field(max_length=200, examples=["kazinform"])]
Name = Annotated[str, Field(max_length=100, pattern=_TEXT, examples=["desk"])]
Scope = Annotated[str, Field(max_length=500, pattern=_TEXT, examples=["total", "country:FI"])]


class Asked(BaseModel):
    """The parameters of an address."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    @model_validator(mode="before")
    @classmethod
    def _is_known(cls, given: Any) -> Any:  # noqa: ANN401 - whatever stands in the address
        unknown = [name for name in given if name not in cls.model_fields] if isinstance(given, dict) else []
        if unknown:
            raise ValueError("; ".join(f"no parameter is called {n!r}{_instead(n, cls.model_fields)}" for n in unknown))
        return given


def _instead(name: str, known: Iterable[str]) -> str:
    return suggestion(name, known) or "; this address takes none"


class Nothing(Asked):
    """No parameters."""


class PageAsked(Asked):
    """Which page of a list."""

    after: int = Field(default=0, ge=0, le=HIGHEST)
    """Only what was recorded after this id: `next` of the page before."""
    limit: int = Field(default=100, ge=1, le=LARGEST_PAGE)
    """How many at most."""


class RecordsAsked(PageAsked):
    """Which records of a list."""

    election: ElectionKey | None = None
    """Key of an election."""
    source: SourceKey | None = None
    """Key of a source."""
    since: date | None = None
    """Only what holds for this day or a later one."""
    until: date | None = None
    """Only what holds for this day or an earlier one."""

    @model_validator(mode="after")
    def _days_are_in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since {self.since} is later than until {self.until}: exchange them")
        return self

    def wanted(self) -> Wanted:
        """What to list."""
        return Wanted(**self.model_dump(exclude={"after", "limit"}))


class FiguresAsked(RecordsAsked):
    """Which figures."""

    scope: Scope | None = None
    """Whose observers: `total`, `organizations`, `countries`, `organization:OSCE`, `country:FI`."""
    status: Status | None = None
    """Of which observers."""
    basis: Basis | None = None
    """Running totals or batches."""
    value: int | None = Field(default=None, ge=0, le=HIGHEST)
    """Exactly this number."""


class SeriesAsked(Asked):
    """Which running totals of an election."""

    scope: Scope | None = None
    """Whose observers: `total`, `organizations`, `countries`, `organization:OSCE`, `country:FI`."""
    status: Status | None = None
    """Of which observers."""


class StatementsAsked(SeriesAsked):
    """Which statements about an election."""

    after: int = Field(default=0, ge=0, le=HIGHEST)
    """How many statements to pass over: `next` of the page before."""
    limit: int = Field(default=100, ge=1, le=LARGEST_PAGE)
    """How many at most."""


NoParameters = Annotated[Nothing, Query()]


def require_election(session: Session, key: str) -> None:
    """Refuse an election that is not on record."""
    known = listing.election_keys(session)
    if key not in known:
        said = f"no election on record is called {key!r}{suggestion(key, known)}"
        raise no_such(said, "GET /api/v1/elections lists those on record")


def require_known(session: Session, settings: Settings, *, election: str | None, source: str | None) -> None:
    """Refuse a filter by an election that is not on record, or a source that is neither configured nor on record."""
    if election is not None:
        require_election(session, election)
    known = {*(s.key for s in settings.source), *listing.source_keys(session)}
    if source is not None and source not in known:
        raise no_such(f"no source is called {source!r}{suggestion(source, known)}", "GET /api/v1/sources lists them")
