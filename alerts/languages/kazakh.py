"""Kazakh: 'Германиядан 12 бақылаушы аккредиттелді', '600-ден астам бақылаушы'."""

from __future__ import annotations

from datetime import date

from alerts.languages.words import Words
from extract.model import Approx, Status
from storage.views import Statement

_ONES = {1: "ден", 2: "ден", 3: "тен", 4: "тен", 5: "тен", 6: "дан", 7: "ден", 8: "ден", 9: "дан"}
_TENS = {1: "нан", 2: "дан", 3: "дан", 4: "тан", 5: "ден", 6: "тан", 7: "тен", 8: "нен", 9: "нан"}
_HUNDREDS, _THOUSANDS, _MORE, _NOTHING = "ден", "нан", "нан", "ден"
"""Of жүз, мың, миллион and нөл."""

_BACK, _FRONT = "аоұыуяюё", "әөүіеэи"
_NASAL = "мнң"
_VOICELESS = "бвгдпфкқтсшщчцхһ"


class Kazakh(Words):
    """Kazakh grammar: nouns in the singular after numbers, cases by the harmony of vowels."""

    def number(self, value: int, approx: Approx | None = None) -> str:
        """'1 026', 'шамамен 600', '600-ден астам'."""
        if approx in {Approx.OVER, Approx.UNDER}:
            return str(self.table["approx"][approx]).format(f"{super().number(value)}-{number_ablative(value)}")
        return super().number(value, approx)

    def counted(self, statement: Statement, *, brief: int = 0) -> str:
        """'тағы 45 бақылаушы ұсынылды', '5 бақылаушының аккредиттеуі қайтарып алынды'."""
        return f"{self.how_many(statement, brief=brief)} {self.table['statuses'][statement.status]}"

    def stated(self, statement: Statement) -> str:
        """As a headline has it: the verb stands at the end."""
        return self.counted(statement)

    def how_many(self, statement: Statement, *, brief: int = 0) -> str:
        """'Германиядан тағы 45 бақылаушы'; of the withdrawn in the genitive."""
        plain, genitive, before = self.noun(statement.scope)
        noun = genitive if statement.status is Status.WITHDRAWN else plain
        number = self.number(statement.value, statement.approx)
        more = "тағы" if self.is_more(statement) else ""
        return " ".join(filter(None, (before or self.origin(statement.scope, brief=brief), more, number, noun)))

    def observers(self, scope: str) -> str:
        """'Германиядан бақылаушы'."""
        plain, _, before = self.noun(scope)
        return " ".join(filter(None, (before or self.origin(scope), plain)))

    def day(self, day: date, form: str = "plain") -> str:
        """'2023 жылғы 13 наурыз'; as an attribute ('of') '2023 жылғы 13 наурыздағы'."""
        months = {"plain": "months", "of": "months_of"}
        if form not in months:
            raise LookupError(f"Kazakh has no form {form!r} of a day")
        return f"{day.year} жылғы {day.day} {self.table[months[form]][day.month - 1]}"

    def plural_form(self, count: int) -> int:
        """After a number a noun stays in the singular."""
        del count
        return 0

    def from_country(self, name: str) -> str:
        """The ablative: 'Германиядан', 'Үндістаннан', 'Ресейден'."""
        return name + _ablative(name)


def number_ablative(value: int) -> str:
    """The ending of the ablative of a number, by the word that it is spoken with: 600 is алты жүз, so 'ден'."""
    if value == 0:
        return _NOTHING
    if value % 10:
        return _ONES[value % 10]
    if value % 100:
        return _TENS[value % 100 // 10]
    if value % 1000:
        return _HUNDREDS
    return _THOUSANDS if value % 1_000_000 else _MORE


def _ablative(name: str) -> str:
    word = name.lower().replace("-", " ").split()[-1]
    last = word.rstrip("ьъ")[-1]
    vowels = [char for char in word if char in _BACK + _FRONT]
    soft = word.endswith("ь") or (vowels and vowels[-1] in _FRONT)
    consonant = "н" if last in _NASAL else "т" if last in _VOICELESS else "д"
    return consonant + ("ен" if soft else "ан")
