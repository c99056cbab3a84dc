"""What is found in a run of tokens: names of senders, numbers, days. Positions are token indices, `[first:last)`."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from extract.model import Approx


class NameKind(StrEnum):
    """What a name denotes."""

    COUNTRY = "country"
    """A state, by its name in any case: Armenia, Арменией, Армениядан."""
    NATIONALITY = "nationality"
    """A state's adjective or people: Dutch, китайский, қырғыз."""
    ORGANIZATION = "organization"
    """A body that sends observers."""
    CITY = "city"
    """A Kazakh city or region whose name could be taken for a number's owner; never a sender."""
    UNKNOWN_BODY = "unknown_body"
    """What reads like a body that sends observers, and stands in no table."""
    UNKNOWN_STATE = "unknown_state"
    """What stands where a state would, and is none that a table knows."""


class Name(NamedTuple):
    """The name of a sender, known to a table or not."""

    first: int
    last: int
    kind: NameKind
    id: str
    """ISO 3166-1 alpha-2 code of a state, identifier of an organization (as GUIDE names them), the city's name, or the
    words themselves that no table knows."""


class NumberKind(StrEnum):
    """How a number is written, as far as its use depends on it."""

    CARDINAL = "cardinal"
    COLLECTIVE = "collective"
    """Counts people by itself: трое, төртеу, a dozen."""
    DISTRIBUTIVE = "distributive"
    """So many each: по двое, үш-үштен."""
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    """Decimals, percentages, halves: never a number of people."""
    LABEL = "label"
    """A clock time, a phone number, the number of a station or of a document: never a quantity."""


class Number(NamedTuple):
    """A number in digits or words."""

    first: int
    last: int
    """The span covers the number alone, without its approximation words."""
    value: int
    kind: NumberKind
    approx: Approx | None = None
    approx_first: int | None = None
    """Token at which the words of approximation before it begin ('more than', 'свыше'); None without such words."""
    written_out: bool = False
    """Written in words."""
    more: bool = False
    """Marked as an addition by the words beside it: another 12, 12 more, ещё 12, тағы 12."""
    tail: int | None = None
    """Token after the words of approximation or addition that stand behind it ('or so', 'more', 'астам'), if any do."""


class Written(NamedTuple):
    """A day, month, year or period as the text writes it; `[first:last)` are token indices."""

    first: int
    last: int
    year: int | None = None
    month: int | None = None
    dom: int | None = None
    end_year: int | None = None
    end_month: int | None = None
    end_dom: int | None = None
    offset: int | None = None
    """Days from publication: yesterday is -1."""
    weekday: int | None = None
    """0 is Monday."""
    direction: str = "past"
    """Of a weekday: 'past' (nearest, publication day included), 'before', 'this', 'after'."""


class Day(NamedTuple):
    """A date in a text, resolved as far as the text and the publication day allow."""

    first: int
    last: int
    day: date | None
    """The day; None where only month and year or a range without an end is given."""
    year_given: bool
    relative: bool = False
    """Today, yesterday, on Monday: resolved by the publication day; None in `day` if that is unknown."""
    weekday: bool = False
    """Given by its name: on Monday."""
    until: date | None = None
    """The last day of a period ('from November 1 to 7', 'с 1 по 7 ноября'), whose first is `day`."""
    year: int | None = None
    """The year as the text gives it, or as the publication day decides; None where neither is known."""
    month: int | None = None
    """1 to 12; None for a year alone and for relative days without a publication day."""
    dom: int | None = None
    """Day of the month, 1 to 31; None for a month or a year alone."""
