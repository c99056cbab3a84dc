"""The register of Kazakhstan's polls, and which of them a text means.

Days are voting days, local to Kazakhstan.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Final

from extract.model import Election, ElectionType
from foundation.errors import NotFound

_Date = date  # the class below has a field of that name

CAMPAIGN: Final = timedelta(days=240)
"""How long before voting day an article may speak of 'the election' and mean that one."""
AFTERMATH: Final = timedelta(days=60)
"""How long after it: results, thanks, final reports."""
_MOST_REMEMBERED: Final = 1_000
SLIP: Final = timedelta(days=31)
"""How far a misprinted day may be from voting day."""


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll of the register."""

    type: ElectionType
    date: _Date
    english: str
    russian: str
    kazakh: str
    called: _Date | None = None
    """The day of the decree that called it, where confirmed."""
    run_off: _Date | None = None
    with_maslikhats: bool = False
    """Local councils were elected the same day."""
    note: str = ""

    @property
    def key(self) -> str:
        """The poll's identity: '2023-03-19-parliamentary'."""
        return key(self.type, self.date)

    def name(self, language: str) -> str:
        """The poll's name in 'en', 'ru' or 'kk'; English for any other language."""
        return {"ru": self.russian, "kk": self.kazakh}.get(language, self.english)


def key(kind: ElectionType, day: date) -> str:
    """The identity of a poll, known or not: '2023-03-19-parliamentary'."""
    return f"{day.isoformat()}-{kind.value}"


@lru_cache(maxsize=1)
def known() -> tuple[Poll, ...]:
    """The polls of the register, oldest first."""
    table = tomllib.loads((files("extract") / "data" / "elections.toml").read_text(encoding="utf-8"))
    polls = (
        Poll(
            type=ElectionType(row["type"]),
            date=row["date"],
            english=row["en"],
            russian=row["ru"],
            kazakh=row["kk"],
            called=row.get("called"),
            run_off=row.get("run_off"),
            with_maslikhats=row.get("with_maslikhats", False),
            note=row.get("note", ""),
        )
        for row in table["poll"]
    )
    return tuple(sorted(polls, key=lambda p: p.date))


def find(wanted: str) -> Poll:
    """The poll of the register with this key. Raises NotFound if there is none."""
    for poll in known():
        if poll.key == wanted:
            return poll
    keys = ", ".join(p.key for p in known())
    raise NotFound(f"no poll '{wanted}' in the register: write its day and its type, like one of {keys}")


def in_year(kind: ElectionType, year: int) -> tuple[Poll, ...]:
    """The polls of that type in a year: for 'the 2015 presidential election'."""
    return tuple(p for p in known() if p.type is kind and p.date.year == year)


@lru_cache(maxsize=_MOST_REMEMBERED)
def resolve(
    kind: ElectionType | None,
    day: date | None,
    published: date | None,
    *,
    year_given: bool = True,
) -> Election:
    """The poll that a text means.

    `kind` is what the text calls it, `day` the voting day that it states, `published` the article's day, local. With
    `year_given` false the year of `day` is only a guess. A stated day that no poll of the register has is taken for a
    slip where the register's poll is at hand; a day on which the register has a poll of another type is that poll's;
    else, where it lies ahead of the article (or outside the years that the register covers), it is the day of a poll
    that the register does not know yet.
    What cannot be told stays None. What was asked lately is remembered: the articles of a day ask the same.
    """
    if kind is None:
        return _stated(_on(day, known(), year_given=year_given, published=published) if day else None) or Election()
    polls = _of(kind, published or day)
    near = _near(polls, published)
    unstated = Election(near.type, near.date) if near else Election(kind)
    if day is None:
        return unstated
    poll = _on(day, polls, year_given=year_given, published=published)
    if poll is None and near is not None and _is_slip(day, near, published):
        poll = near
    if poll is None:
        poll = _on(day, known(), year_given=True, published=published)
    if poll is None and _is_new(kind, day, published):
        return Election(kind, day, stated=True)
    return _stated(poll) or unstated


def _stated(poll: Poll | None) -> Election | None:
    return Election(poll.type, poll.date, stated=True) if poll else None


def _of(kind: ElectionType, about: date | None) -> tuple[Poll, ...]:
    """The polls of a type; for local ones also those at which councils were elected together with the Mazhilis."""
    polls = tuple(p for p in known() if p.type is kind)
    if kind is not ElectionType.LOCAL or (about is not None and _near(polls, about) is not None):
        return polls
    return tuple(p for p in known() if p.type is kind or p.with_maslikhats)


def _on(day: date, polls: Iterable[Poll], *, year_given: bool, published: date | None) -> Poll | None:
    """The poll on a day (or its run-off); without a year the one nearest to the article."""
    same = [p for p in polls if day in (p.date, p.run_off)]
    if same or year_given:
        return same[0] if same else None
    about = published or day
    same = [p for p in polls if (p.date.month, p.date.day) == (day.month, day.day)]
    same = [p for p in same if -AFTERMATH * 6 <= p.date - about <= CAMPAIGN * 2]
    return min(same, key=lambda p: abs(p.date - about), default=None)


def _near(polls: Iterable[Poll], published: date | None) -> Poll | None:
    """The poll whose campaign or aftermath an article of that day belongs to: of two the nearer one."""
    if published is None:
        return None
    near = [p for p in polls if -AFTERMATH <= (p.date - published) <= CAMPAIGN]
    return min(near, key=lambda p: abs(p.date - published), default=None)


def _is_slip(day: date, near: Poll, published: date | None) -> bool:
    """Whether a stated day is a misprint of the poll's: close to it, or right but for the year."""
    if (day.month, day.day) == (near.date.month, near.date.day):
        return True
    # A day that has passed when the poll still lies ahead is some other event's.
    wrong_side = published is not None and day < published <= near.date and (day.month, day.year) != _month(near)
    return abs(day - near.date) <= SLIP and not wrong_side


def _month(poll: Poll) -> tuple[int, int]:
    return poll.date.month, poll.date.year


def _is_new(kind: ElectionType, day: date, published: date | None) -> bool:
    covered = [p.date for p in known() if p.type is kind]
    if published is not None and day >= published:
        return day - published <= CAMPAIGN * 2
    return kind is ElectionType.LOCAL or not covered or not covered[0] < day <= covered[-1]
