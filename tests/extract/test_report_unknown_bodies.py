"""A body that no table knows: its figure is kept under its words, and it is named as a question."""

from __future__ import annotations

import pytest

from extract.model import Verdict
from tests.extract.corpora import LANGUAGES, everything
from tests.extract.saying import facts, report_on
from tests.extract.test_report_checks import only

MADE_UP = {
    "en": "Association of Steppe Observers",
    "ru": "Ассоциация степных наблюдателей",
    "kk": "Дала байқаушылары қауымдастығы",
}
LISTED = {
    "en": "The commission has accredited 43 international observers: the CIS – 20, the SCO – 15, the {} – 8.",
    "ru": "Комиссия аккредитовала 43 международных наблюдателя: СНГ – 20, ШОС – 15, {} – 8.",
    "kk": "Комиссия 43 халықаралық байқаушыны аккредиттеді: ТМД – 20, ШЫҰ – 15, {} – 8.",
}
ALONE = {
    "en": "The commission accredited 8 observers from the {}.",
    "ru": "{} направила 8 наблюдателей, они аккредитованы.",
    "kk": "{}нан 8 байқаушы аккредиттелді.",
}


@pytest.mark.parametrize("language", MADE_UP)
def test_its_figure_is_a_part_like_any_other(language: str) -> None:
    name = MADE_UP[language]
    report = report_on(LISTED[language].format(name), language=language)
    assert (f"organization:{name}", "accredited", "cumulative", 8) in facts(report)
    assert report.unknown_names == (name,)
    assert report.organizations_named == ("CIS", "SCO")
    assert only(report, "parts").verdict is Verdict.HOLDS
    assert report.main is not None
    assert report.main.value == 43


@pytest.mark.parametrize("language", MADE_UP)
def test_alone_it_is_nobody_else_s_total(language: str) -> None:
    name = MADE_UP[language]
    report = report_on(ALONE[language].format(name), language=language)
    assert facts(report) == {(f"organization:{name}", "accredited", "cumulative", 8)}
    assert [n.startswith(name) for n in report.unknown_names] == [True]


@pytest.mark.parametrize("language", MADE_UP)
def test_the_words_are_those_of_the_text(language: str) -> None:
    report = report_on(LISTED[language].format(MADE_UP[language]), language=language)
    (figure,) = [f for f in report.figures if f.value == 8]
    assert MADE_UP[language] in figure.evidence.text


def test_a_state_that_no_table_knows_counts_among_states() -> None:
    report = report_on("The commission accredited 12 observers from Germany, Freedonia and Latvia.")
    assert facts(report) == {("countries", "accredited", "cumulative", 12)}
    assert (report.countries_named, report.unknown_names) == (("DE", "LV"), ("Freedonia",))


def test_the_address_of_an_outlet_is_no_sender() -> None:
    report = report_on("STEPPENEWS.COM - Five observers of the Organization of Islamic Cooperation are accredited.")
    assert facts(report) == {("organization:OIC", "accredited", "cumulative", 5)}
    assert report.unknown_names == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_articles_name_nobody_unknown(language: str) -> None:
    """Their senders are all in the tables, so that every name would be a false question."""
    assert {s.id: s.report.unknown_names for s in everything(language) if s.report.unknown_names} == {}
