"""Russian: 'аккредитован 21 наблюдатель', 'аккредитовано более 600 наблюдателей от Германии'."""

from __future__ import annotations

import re
from datetime import date

from alerts.languages.words import Words
from extract.model import Status
from storage.views import Statement

_GENDERS = {"m": 0, "f": 1}
_GENITIVES = (
    (re.compile(r"(?<=[гкхжчшщ])а$"), "и"),
    (re.compile(r"а$"), "ы"),
    (re.compile(r"[яь]$"), "и"),
    (re.compile(r"й$"), "я"),
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])$"), "а"),
)
_MASCULINE_SOFT = frozenset({"Израиль"})


class Russian(Words):
    """Russian grammar: three forms of a noun after a number, participles that agree with 1, 21 and the like."""

    def counted(self, statement: Statement, *, brief: int = 0) -> str:
        """'аккредитовано ещё 45 наблюдателей', 'отозвана аккредитация 5 наблюдателей'."""
        if statement.status is Status.WITHDRAWN:
            return f"отозвана аккредитация {self.how_many(statement, brief=brief)}"
        more = "ещё " if self.is_more(statement) else ""
        return f"{self._participle(statement)} {more}{self.how_many(statement, brief=brief)}"

    def stated(self, statement: Statement) -> str:
        """As a headline has it: Russian needs no auxiliary."""
        return self.counted(statement)

    def how_many(self, statement: Statement, *, brief: int = 0) -> str:
        """'45 наблюдателей от Германии'; of the withdrawn in the genitive."""
        one, few, many, genitive, _, after = self.noun(statement.scope)
        if statement.approx is not None or statement.status is Status.WITHDRAWN:
            noun = self.plural(statement.value, genitive, many, many)
        else:
            noun = self.plural(statement.value, one, few, many)
        origin = after or self._from(statement.scope, brief=brief)
        return " ".join(filter(None, (self.number(statement.value, statement.approx), noun, origin)))

    def observers(self, scope: str) -> str:
        """In the genitive: '(число) наблюдателей от Германии'."""
        _, _, many, _, _, after = self.noun(scope)
        return " ".join(filter(None, (many, after or self._from(scope))))

    def day(self, day: date, form: str = "plain") -> str:
        """'13 марта 2023 года'."""
        if form != "plain":
            raise LookupError(f"Russian has no form {form!r} of a day")
        return f"{day.day} {self.table['months'][day.month - 1]} {day.year} года"

    def plural_form(self, count: int) -> int:
        """0 for 1, 21, 101; 1 for 2 to 4, 22; 2 for 5 to 20, 111."""
        tens, ones = count % 100, count % 10
        if 11 <= tens <= 14:
            return 2
        return 0 if ones == 1 else 1 if 2 <= ones <= 4 else 2

    def from_country(self, name: str) -> str:
        """The genitive: 'Германии', 'Китая', 'Казахстана'; '=' marks a name that does not decline."""
        if name.startswith("="):
            return name.replace("=", "")
        if name in _MASCULINE_SOFT:
            return name[:-1] + "я"
        for pattern, ending in _GENITIVES:
            if pattern.search(name):
                return pattern.sub(ending, name, count=1)
        return name

    def _from(self, scope: str, *, brief: int = 0) -> str:
        origin = self.origin(scope, brief=brief)
        return f"от {origin}" if origin else ""

    def _participle(self, statement: Statement) -> str:
        forms: list[str] = self.table["statuses"][statement.status]
        agrees = statement.approx is None and self.plural_form(statement.value) == 0
        return forms[_GENDERS[self.noun(statement.scope)[4]]] if agrees else forms[2]
