"""A small grammar of each language: senders and the sentences that totals and batches are told with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import settings
from hypothesis import strategies as st

from tests.extract.corpora import LANGUAGES
from tests.extract.saying import Fact, facts, report_on

FEW = settings(max_examples=40, derandomize=True, deadline=None)


@dataclass(frozen=True, slots=True)
class Sender:
    """A body or a state, as each language names it after 'from'."""

    scope: str
    en: str
    ru: str
    kk: str

    def name(self, language: str) -> str:
        return str(getattr(self, language))


BODIES = (
    Sender("organization:CIS", "the CIS", "СНГ", "ТМД-дан"),
    Sender("organization:SCO", "the SCO", "ШОС", "ШЫҰ-дан"),
    Sender("organization:OIC", "the OIC", "ОИС", "ИЫҰ-дан"),
    Sender("organization:OSCE-ODIHR", "the OSCE/ODIHR", "БДИПЧ/ОБСЕ", "ЕҚЫҰ/ДИАҚБ-дан"),
    Sender("organization:CSTO-PA", "the CSTO PA", "ПА ОДКБ", "ҰҚШҰ ПА-дан"),
)
STATES = (
    Sender("country:IT", "Italy", "Италии", "Италиядан"),
    Sender("country:LV", "Latvia", "Латвии", "Латвиядан"),
    Sender("country:RS", "Serbia", "Сербии", "Сербиядан"),
    Sender("country:JP", "Japan", "Японии", "Жапониядан"),
    Sender("country:CN", "China", "Китая", "Қытайдан"),
    Sender("country:KG", "Kyrgyzstan", "Кыргызстана", "Қырғызстаннан"),
)
OBSERVER: dict[str, Callable[[int], str]] = {
    "en": lambda n: "international observers",
    "ru": lambda n: "международных наблюдателей" if n % 10 != 1 or n % 100 == 11 else "международного наблюдателя",
    "kk": lambda n: "халықаралық байқаушыны",
}
AND = {"en": "and", "ru": "и", "kk": "және"}
large = st.integers(100, 999)
small = st.integers(6, 90)
languages = st.sampled_from(LANGUAGES)


def senders(of: tuple[Sender, ...], least: int, most: int) -> st.SearchStrategy[list[Sender]]:
    return st.lists(st.sampled_from(of), min_size=least, max_size=most, unique=True)


def joined(names: list[str], language: str) -> str:
    return f"{', '.join(names[:-1])} {AND[language]} {names[-1]}" if len(names) > 1 else names[0]


def read_as(text: str, language: str, expected: set[Fact], main: Fact | None) -> None:
    report = report_on(text, language=language)
    assert facts(report) == expected, text
    found = report.main
    assert (found and (found.scope, found.status.value, found.basis.value, found.value)) == main, text


TOTALS: dict[str, tuple[Callable[[int], str], ...]] = {
    "en": (
        lambda n: f"As of today, the commission has accredited {n} {OBSERVER['en'](n)}.",
        lambda n: f"In all, {n} foreign observers have been accredited.",
        lambda n: f"The total number of accredited observers has reached {n}.",
    ),
    "ru": (
        lambda n: f"На сегодня комиссия аккредитовала {n} {OBSERVER['ru'](n)}.",
        lambda n: f"Всего аккредитовано {n} иностранных наблюдателей.",
        lambda n: f"Общее число аккредитованных наблюдателей достигло {n}.",
    ),
    "kk": (
        lambda n: f"Бүгінгі таңда комиссия {n} {OBSERVER['kk'](n)} аккредиттеді.",
        lambda n: f"Барлығы {n} шетелдік байқаушы аккредиттелді.",
        lambda n: f"Аккредиттелген байқаушылардың жалпы саны {n} адамға жетті.",
    ),
}


BATCHES: dict[str, Callable[[int], str]] = {
    "en": lambda n: f"At the meeting, the commission accredited another {n} observers.",
    "ru": lambda n: f"На заседании комиссия аккредитовала еще {n} наблюдателей.",
    "kk": lambda n: f"Отырыста комиссия тағы {n} байқаушыны аккредиттеді.",
}
