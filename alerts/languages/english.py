"""English: 'over 600 observers from Germany accredited', '1 domestic observer has been proposed'."""

from __future__ import annotations

from datetime import date

from alerts.languages.words import Words
from extract.model import Approx
from storage.views import Statement


class English(Words):
    """English grammar."""

    thousands = ","

    def counted(self, statement: Statement, *, brief: int = 0) -> str:
        """'45 more observers proposed'."""
        return f"{self.how_many(statement, brief=brief)} {statement.status}"

    def stated(self, statement: Statement) -> str:
        """'45 more observers have been proposed'."""
        auxiliary = "has" if self._is_one(statement.value, statement.approx) else "have"
        return f"{self.how_many(statement)} {auxiliary} been {statement.status}"

    def how_many(self, statement: Statement, *, brief: int = 0) -> str:
        """'45 more observers from Germany'."""
        one, many, after = self.noun(statement.scope)
        noun = one if self._is_one(statement.value, statement.approx) else many
        more = "more " if self.is_more(statement) else ""
        return _with(
            f"{self.number(statement.value, statement.approx)} {more}{noun}",
            after or self._from(statement.scope, brief=brief),
        )

    def observers(self, scope: str) -> str:
        """'observers from Germany'."""
        _, many, after = self.noun(scope)
        return _with(many, after or self._from(scope))

    def day(self, day: date, form: str = "plain") -> str:
        """'13 March 2023'."""
        if form != "plain":
            raise LookupError(f"English has no form {form!r} of a day")
        return f"{day.day} {self.table['months'][day.month - 1]} {day.year}"

    def short_day(self, day: date) -> str:
        """'2023-03-13': the one order of digits that nobody misreads."""
        return day.isoformat()

    def plural_form(self, count: int) -> int:
        """0 for one, 1 for others."""
        return 0 if count == 1 else 1

    def _from(self, scope: str, *, brief: int = 0) -> str:
        origin = self.origin(scope, brief=brief)
        return f"from {origin}" if origin else ""

    def _is_one(self, value: int, approx: Approx | None) -> bool:
        return value == 1 and approx is None


def _with(words: str, more: str) -> str:
    return f"{words} {more}" if more else words
