"""States and bodies in a sentence: in every case, by old and new names, with the endings of abbreviations."""

from __future__ import annotations

import pytest

from extract.words.names import find_names
from extract.words.tokens import tokenize
from tests.extract.corpora import LANGUAGES
from tests.extract.rephrasing import CIRCLES
from tests.extract.saying import report_on


def ids(text: str, language: str) -> list[str]:
    return [name.id for name in find_names(tokenize(text), language)]


CASES = {"ru": {0: ("я", "и", "ю", "ей", "ею"), 1: ("", "а", "у", "ом", "е")}, "kk": {}}
KAZAKH = {
    0: ("", "ның", "ға", "ны", "да", "дан", "мен", "дағы"),
    1: ("", "ның", "ға", "ды", "да", "нан", "мен", "дағы"),
}


@pytest.mark.parametrize(("language", "circle"), [("ru", 0), ("ru", 1), ("kk", 0), ("kk", 1)])
def test_a_state_is_the_same_in_every_case(language: str, circle: int) -> None:
    endings = (CASES["ru"] if language == "ru" else KAZAKH)[circle]
    for name in CIRCLES[language][circle].names.split():
        first = ids(f"наблюдатели: {name}{endings[0]} (2)", language)
        assert len(first) == 1, name
        for ending in endings:
            assert ids(f"наблюдатели: {name}{ending} (2)", language) == first, name + ending


def test_no_two_states_of_a_language_are_one() -> None:
    for language, first in (("en", ("",)), ("ru", ("я", "")), ("kk", ("", ""))):
        names = [
            name + ending
            for circle, ending in zip(CIRCLES[language], first, strict=True)
            for name in circle.names.split()
        ]
        found = [ids(f"наблюдатели: {name} (2)", language)[0] for name in names]
        assert len(set(found)) == len(found) >= 30


ABBREVIATIONS = {"ТМД": "CIS", "ШЫҰ": "SCO", "ИЫҰ": "OIC", "ЕҚЫҰ": "OSCE", "ҰҚШҰ": "CSTO", "ТМҰ": "OTS", "БҰҰ": "UN"}
ENDINGS = ("", "-дан", "-нан", "-тан", "-ның", "-дың", "-ға", "-на", "-да", "-мен", "-ны")


@pytest.mark.parametrize("abbreviation", ABBREVIATIONS)
def test_kazakh_abbreviations_with_endings(abbreviation: str) -> None:
    for ending in ENDINGS:
        assert ids(f"байқаушылар {abbreviation}{ending} келді", "kk") == [ABBREVIATIONS[abbreviation]], ending


SAME = {
    "en": [
        (
            "the Organization of Turkic States",
            "the Turkic Council",
            "the Cooperation Council of Turkic-Speaking States",
        ),
        ("Turkey", "Türkiye", "the Republic of Türkiye"),
        ("Kyrgyzstan", "the Kyrgyz Republic", "Kirghizia"),
        ("the Netherlands", "Holland", "the Kingdom of the Netherlands"),
        ("Czechia", "the Czech Republic"),
        ("the OSCE/ODIHR", "the ODIHR", "ODIHR OSCE", "the OSCE Office for Democratic Institutions and Human Rights"),
        ("the CIS", "the Commonwealth of Independent States"),
    ],
    "ru": [
        ("Организации тюркских государств", "Тюркского совета", "Совета сотрудничества тюркоязычных государств"),
        ("Турции", "Турецкой Республики"),
        ("Кыргызстана", "Киргизии", "Кыргызской Республики", "Киргизской Республики"),
        ("Нидерландов", "Голландии", "Королевства Нидерландов"),
        ("Беларуси", "Белоруссии", "Республики Беларусь"),
        ("Молдовы", "Молдавии", "Республики Молдова"),
        ("БДИПЧ/ОБСЕ", "ОБСЕ/БДИПЧ", "БДИПЧ ОБСЕ", "Бюро по демократическим институтам и правам человека ОБСЕ"),
        ("СНГ", "Содружества Независимых Государств"),
    ],
    "kk": [
        ("Түркі мемлекеттері ұйымынан", "Түркі кеңесінен", "ТМҰ-дан"),
        ("Түркиядан", "Түркия Республикасынан"),
        ("Қырғызстаннан", "Қырғыз Республикасынан"),
        ("Нидерландтан", "Нидерланд Корольдігінен", "Голландиядан"),
        ("Әзірбайжаннан", "Әзербайжаннан"),
        ("ТМД-дан", "Тәуелсіз Мемлекеттер Достастығынан"),
    ],
}
FROM = {
    "en": "Accredited were 12 observers from {}.",
    "ru": "Аккредитовано 12 наблюдателей от {}.",
    "kk": "{} 12 байқаушы аккредиттелді.",
}


@pytest.mark.parametrize(("language", "names"), [(name, names) for name in LANGUAGES for names in SAME[name]])
def test_old_new_and_full_names_are_one_sender(language: str, names: tuple[str, ...]) -> None:
    scopes = {
        name: {f.scope for f in report_on(FROM[language].format(name), language=language).figures} for name in names
    }
    (first, *_) = scopes.values()
    assert len(first) == 1
    assert next(iter(first)).startswith(("country:", "organization:"))
    assert scopes == dict.fromkeys(names, first)


CAPITALS = {"en": ("Astana", "Nur-Sultan"), "ru": ("в Астане", "в Нур-Султане"), "kk": ("Астанада", "Нұр-Сұлтанда")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_capital_by_any_name_sends_nobody(language: str) -> None:
    for place in CAPITALS[language]:
        text = {"en": f"In {place}, 12 observers were accredited.", "ru": f"Аккредитовано 12 наблюдателей {place}."}
        report = report_on(text.get(language, f"{place} 12 байқаушы аккредиттелді."), language=language)
        assert ({f.scope for f in report.figures}, report.countries_named) == ({"total"}, ()), place
