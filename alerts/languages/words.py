"""What every language says: numbers, senders, polls, days, statuses. Grammars tell how."""

from __future__ import annotations

import re
import tomllib
from abc import ABC, abstractmethod
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from alerts.style import Language
from alerts.text import shorten
from extract.model import Approx, Basis, ElectionType, Status
from storage.views import Statement
from storage.vocabulary import NoticeKind

NBSP = "\u00a0"
_SLIP = re.compile(r"(.+) (\d+) -> (\d+)")


class Words(ABC):
    """What one language calls things. Names of bodies that no table knows are quoted as they come."""

    thousands = NBSP

    def __init__(self, language: Language) -> None:
        self.language = language
        self.table = tomllib.loads((files("alerts.languages") / f"{language}.toml").read_text(encoding="utf-8"))

    def number(self, value: int, approx: Approx | None = None) -> str:
        """'1,026', or 'over 600' where the text says no more."""
        written = f"{value:,}".replace(",", self.thousands).replace("-", "−")
        return str(self.table["approx"][approx]).format(written) if approx else written

    def signed(self, value: int) -> str:
        """'+473', with a true minus sign for a fall."""
        return self.number(value) if value < 0 else f"+{self.number(value)}"

    @abstractmethod
    def counted(self, statement: Statement, *, brief: int = 0) -> str:
        """A figure as a headline has it: '793 observers accredited'.

        `brief` makes names of senders short, those that no table knows to so many characters; 0 leaves them whole.
        """

    @abstractmethod
    def stated(self, statement: Statement) -> str:
        """A figure as a sentence begins with it: '793 observers have been accredited'."""

    @abstractmethod
    def how_many(self, statement: Statement, *, brief: int = 0) -> str:
        """A figure without its status: '793 observers'; in the genitive where the language withdraws 'of' them."""

    @abstractmethod
    def observers(self, scope: str) -> str:
        """Whose observers a figure counts, without its number: 'observers from Germany'."""

    @abstractmethod
    def day(self, day: date, form: str = "plain") -> str:
        """A day as the language writes it; forms other than the plain one are the language's own."""

    def short_day(self, day: date) -> str:
        """A day in digits."""
        return f"{day:%d.%m.%Y}"

    def instant(self, moment: datetime, zone: ZoneInfo) -> str:
        """The instant in the zone, which is named: '13 March 2023, 14:05 (Asia/Almaty)'."""
        local = moment.astimezone(zone)
        return f"{self.day(local.date())}, {local:%H:%M} ({zone.key})"

    def span(self, begun: datetime, until: datetime, zone: ZoneInfo) -> str:
        """'03:10–07:40' within a day of the zone, else with the days."""
        first, last = begun.astimezone(zone), until.astimezone(zone)
        if first.date() == last.date():
            return f"{first:%H:%M}–{last:%H:%M}"
        return f"{self.day(first.date())}, {first:%H:%M} – {self.day(last.date())}, {last:%H:%M}"

    def lasted(self, duration: timedelta) -> str:
        """'4 h 30 min': whole minutes, at least one."""
        minutes = max(round(duration / timedelta(minutes=1)), 1)
        amounts = {"day": minutes // 1440, "hour": minutes // 60 % 24, "minute": minutes % 60}
        units = self.table["units"]
        return " ".join(f"{amount}{NBSP}{units[unit]}" for unit, amount in amounts.items() if amount)

    def plural(self, count: int, *forms: str) -> str:
        """The form of a word that goes with a number."""
        return forms[min(self.plural_form(count), len(forms) - 1)]

    @abstractmethod
    def plural_form(self, count: int) -> int:
        """Which form of a word goes with a number."""

    def poll(self, kind: ElectionType, form: str = "plain") -> str:
        """The poll: 'parliamentary election'; forms other than the plain one are the language's own."""
        return str(self.table["polls"][kind][form])

    def sender(self, scope: str) -> str:
        """Whom a scope names: 'country:DE' is 'Germany', 'organization:OSCE' is 'OSCE', 'countries' a group."""
        kind, _, name = scope.partition(":")
        if kind == "country":
            return self._country(name)["name"]
        if kind == "organization":
            return self._organization(name)["name"]
        return str(self.table["groups"].get(kind, scope))

    def term(self, label: str) -> str:
        """A number of a sum: a sender, or 'earlier total', 'new batch', 'countries named'."""
        plain: dict[str, str] = self.table["sum_labels"]
        if label in plain:
            return plain[label]
        for ending, form in (" counted", "counted_label"), (" named", "named_label"):
            if label.endswith(ending) and label.removesuffix(ending) in self.table["groups"]:
                return str(self.table[form]).format(self.sender(label.removesuffix(ending)))
        return self.sender(label)

    def slip(self, likely_slip: str) -> str:
        """The change that would mend a sum: 'countries 338 → 341'."""
        found = _SLIP.fullmatch(likely_slip.replace("-›", "->"))
        if found is None:
            return likely_slip
        label, old, new = found.groups()
        return f"{self.term(label)} {self.number(int(old))} → {self.number(int(new))}"

    def notice(self, kind: NoticeKind) -> dict[str, str]:
        """How a source's trouble is spoken of: `is_so` while it lasts, `was_so` once over, and the `remedy`."""
        found: dict[str, str] = self.table["notices"][kind]
        return found

    def noun(self, scope: str) -> list[str]:
        """The forms of what a scope counts."""
        scopes: dict[str, list[str]] = self.table["scopes"]
        return scopes.get(scope) or scopes["total"]

    def origin(self, scope: str, *, brief: int = 0) -> str:
        """The words for where observers come from, as they stand after 'from'; empty for all and for groups."""
        kind, _, name = scope.partition(":")
        if kind not in {"country", "organization"}:
            return ""
        names = self._country(name) if kind == "country" else self._organization(name, brief=brief)
        return names.get("short", names["from"]) if brief else names["from"]

    def is_more(self, statement: Statement) -> bool:
        """Whether a figure adds to what was there."""
        return statement.basis is Basis.NEW and statement.status is not Status.WITHDRAWN

    def _organization(self, name: str, *, brief: int = 0) -> dict[str, str]:
        known: dict[str, dict[str, str]] = self.table["organizations"]
        if name in known:
            return known[name]
        quoted = shorten(name, brief) if brief else name
        return {form: str(pattern).format(quoted) for form, pattern in self.table["unknown_body"].items()}

    def _country(self, code: str) -> dict[str, str]:
        known: dict[str, str] = self.table["countries"].get(code, {})
        name = known.get("name") or _name(self.language, code)
        return {"name": name.replace("=", ""), "from": known.get("from") or self.from_country(name)} | known

    def from_country(self, name: str) -> str:
        """A state's name, as its table has it, the way it stands after 'from'."""
        return name


@cache
def _states() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("extract") / "data" / "countries.toml").read_text(encoding="utf-8"))


def _name(language: Language, code: str) -> str:
    """The first name as the table of states has it; the code of one that it has not."""
    row = _states().get(code, {})
    return str(row.get(language, code)).partition(";")[0].strip()
