"""Articles and reports made up for the tests of storage."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from extract.model import (
    Approx,
    Article,
    Basis,
    Check,
    Election,
    ElectionType,
    Evidence,
    Figure,
    Report,
    Status,
    Where,
)
from storage.vocabulary import ChangeKind, Subscription

ELECTION = Election(type=ElectionType.PARLIAMENTARY, date=date(2023, 3, 19), stated=True)
KEY = "2023-03-19-parliamentary"
EVERYTHING = Subscription(
    channel="desk", elections=frozenset(), kinds=frozenset(ChangeKind), statuses=frozenset(Status)
)
USUAL = Subscription(
    channel="desk",
    elections=frozenset(),
    kinds=frozenset(ChangeKind) - {ChangeKind.CORROBORATED},
    statuses=frozenset({Status.ACCREDITED, Status.WITHDRAWN}),
)


def march(day: int, hour: int = 12) -> datetime:
    """An instant in March 2023, at that hour of Almaty."""
    return datetime(2023, 3, day, hour, tzinfo=UTC) - timedelta(hours=6)


def figure(
    value: int,
    scope: str = "total",
    *,
    status: Status = Status.ACCREDITED,
    basis: Basis = Basis.CUMULATIVE,
    approx: Approx | None = None,
) -> Figure:
    """A figure whose evidence is its own number."""
    return Figure(scope, status, basis, value, approx, Evidence(f"{value} observers", 0, 0, Where.BODY))


def article(
    name: str,
    *texts: str,
    day: int | None = 1,
    hour: int = 12,
    source: str = "kazinform",
    language: str = "en",
) -> Article:
    """An article of a source, published in March 2023."""
    return Article(
        title=f"Story {name}",
        paragraphs=texts or (f"Text of {name}.",),
        language=language,
        url=f"https://{source}.example/{language}/{name}",
        source=source,
        article_id=name,
        published=None if day is None else march(day, hour),
    )


def report(
    *figures: Figure,
    headline: int | None = 0,
    election: Election = ELECTION,
    as_of: int | None = None,
    complete: bool = False,
    checks: tuple[Check, ...] = (),
    unknown_names: tuple[str, ...] = (),
) -> Report:
    """A report of these figures; `as_of` is a day of March 2023."""
    accredited = any(f.status is Status.ACCREDITED for f in figures)
    return Report(
        relevant=bool(figures),
        election=election,
        as_of=None if as_of is None else date(2023, 3, as_of),
        complete=complete,
        figures=figures,
        headline=headline if accredited else None,
        checks=checks,
        unknown_names=unknown_names,
    )
