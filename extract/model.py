"""The types that pass through reading: an article, and the report read from it.

`Report` and `Figure` are the project's central facts; every other room takes them as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """What has happened to the observers that a figure counts."""

    ACCREDITED = "accredited"
    """Accredited, registered, confirmed, approved, or counted so by the commission's closing count."""
    PROPOSED = "proposed"
    """Nominated, recommended, applied, submitted, under consideration."""
    WITHDRAWN = "withdrawn"
    """Recalled, revoked, cancelled, replaced."""
    ANNOUNCED = "announced"
    """Planned, invited, arriving, present or at work, with no word of accreditation."""


class Basis(StrEnum):
    """Whether a figure is a running total or a batch."""

    CUMULATIVE = "cumulative"
    NEW = "new"


class Approx(StrEnum):
    """How a figure is qualified; an exact one has none."""

    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


class Where(StrEnum):
    """Which part of the article a piece of evidence stands in."""

    TITLE = "title"
    BODY = "body"


class ElectionType(StrEnum):
    """The kinds of poll that observers are accredited for."""

    PRESIDENTIAL = "presidential"
    PARLIAMENTARY = "parliamentary"
    """The Mazhilis, also with maslikhats; since 2026 the Kurultai."""
    SENATE = "senate"
    LOCAL = "local"
    REFERENDUM = "referendum"


class DateOrigin(StrEnum):
    """Where an article's publication date was found, most trusted first."""

    GIVEN = "given"
    JSON_LD = "json_ld"
    META = "meta"
    TIME = "time"
    VISIBLE = "visible"
    FEED = "feed"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Article:
    """A news article without its boilerplate."""

    title: str | None
    paragraphs: tuple[str, ...]
    language: str
    """'en', 'ru' or 'kk'."""
    url: str | None = None
    """Canonical URL, if the page or the caller gives one."""
    source: str | None = None
    """Key of the source, if the URL belongs to one."""
    article_id: str | None = None
    """The source's own identity of the story within its language; stays when the slug changes."""
    author: str | None = None
    published: datetime | None = None
    """Aware where the page gives a time; midnight in the source's zone where it gives only a day."""
    published_from: DateOrigin | None = None
    outside: tuple[str, ...] = ()
    """Texts about the story found outside title and body: description, lead, captions. Never a source of facts."""

    @property
    def body(self) -> str:
        """The paragraphs joined by newlines; evidence offsets count in it."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that state a figure: `text` is exactly `[start:end]` of the title or the body."""

    text: str
    start: int
    end: int
    where: Where


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of observers.

    `scope` says whose: 'total', 'organizations', 'countries', 'organization:<ID>', 'country:<ISO 3166 alpha-2>',
    'diplomats', 'domestic', 'domestic_organizations' or 'journalists'. A sender that no table knows has its words in
    place of an identifier.
    """

    scope: str
    status: Status
    basis: Basis
    value: int
    approx: Approx | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Election:
    """A Kazakh poll: its type, and its voting day where known. `stated` tells whether the text itself gives the day."""

    type: ElectionType | None = None
    date: date | None = None
    stated: bool = False


class Verdict(StrEnum):
    """What a check of the arithmetic found."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Term:
    """One number of a check, with what it counts."""

    label: str
    value: int
    decided: bool = False
    """Of a 'reading': the sum, not the words, tells what this number counts."""


@dataclass(frozen=True, slots=True)
class Check:
    """A sum that a careful reader makes.

    kind: 'subtotals' (organizations + countries = total), 'parts' (the named parts = their whole), 'batch' (earlier
    total + new batch - withdrawn = total), 'names' (the text's own count against the names it lists), 'reading' (a sum
    that decided between two readings of a number; it always holds), 'weighed' (no sum: a figure whose status or basis
    neither words nor sums tell, but the weight of all that stands around; always unknown).
    `difference` is stated minus summed; 0 where it holds, None where the text does not give all terms.
    """

    kind: str
    verdict: Verdict
    whole: Term
    parts: tuple[Term, ...]
    difference: int | None = None
    likely_slip: str | None = None
    """The one change that mends the sum, where exactly one does ('countries 31 -> 76')."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one article states about election observers in Kazakhstan."""

    relevant: bool = False
    """The text states at least one figure of election observers; journalists alone do not count."""
    election: Election = Election()
    as_of: date | None = None
    """The day for which the main figure holds, if the text gives one."""
    complete: bool = False
    """The text says that accreditation is over."""
    deadline: date | None = None
    """Last day of accreditation, if stated."""
    organization_count: int | None = None
    country_count: int | None = None
    countries_named: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes of the states named as sending observers, sorted."""
    organizations_named: tuple[str, ...] = ()
    """Identifiers of the bodies named as sending observers, sorted."""
    figures: tuple[Figure, ...] = ()
    headline: int | None = None
    """Index of the figure that an alert carries; None if nothing is accredited."""
    checks: tuple[Check, ...] = ()
    unknown_names: tuple[str, ...] = ()
    """Senders that no table knows, in the text's words."""

    @property
    def main(self) -> Figure | None:
        """The figure that an alert carries, if there is one."""
        return None if self.headline is None else self.figures[self.headline]
