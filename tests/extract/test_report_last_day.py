"""The last day of accreditation, which the law sets six days before the vote, by whatever words a text names it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from extract.report import read_report
from tests.extract.saying import OPENING, article, report_on

ACCREDITED = {
    "en": "The commission has accredited 64 international observers.",
    "ru": "Комиссия аккредитовала 64 международных наблюдателя.",
    "kk": "Комиссия 64 халықаралық байқаушыны аккредиттеді.",
}
LAST = date(2022, 11, 14)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "The guest book stays open until 6 p.m. on November 14."),
        ("en", "He means November 14, 6 p.m."),
        ("ru", "Бумаги возят курьеры, ворота открыты 14 ноября до 18:00."),
        ("ru", "Последний день для этого – 14 ноября."),
        ("kk", "Есік 14 қарашада сағат 18-ге дейін ашық."),
    ],
)
def test_the_lawful_last_day_is_one_in_any_words(language: str, says: str) -> None:
    report = read_report(article(OPENING[language], ACCREDITED[language], says, language=language))
    assert (report.deadline, report.complete) == (LAST, False)


@pytest.mark.parametrize(
    "says",
    [
        "On November 14 the commission will meet again.",
        "Ballots will be printed and delivered to the stations by November 14.",
        "The guest book stays open until 6 p.m. on November 13.",
    ],
)
def test_a_day_is_none_for_being_that_one_nor_another_for_its_words(says: str) -> None:
    assert read_report(article(OPENING["en"], ACCREDITED["en"], says)).deadline is None


def test_told_later_accreditation_is_over() -> None:
    later = datetime.fromisoformat("2022-11-16T10:00:00+06:00")
    told = article(OPENING["en"], ACCREDITED["en"], "The doors were shut at 6 p.m. on November 14.")
    report = read_report(replace(told, published=later))
    assert (report.deadline, report.complete) == (LAST, True)


def test_media_people_have_a_last_day_of_their_own() -> None:
    text = "The ministry has accredited 112 foreign journalists. It takes their papers until 6 p.m. on November 14."
    assert read_report(article(OPENING["en"], text)).deadline is None


@pytest.mark.parametrize(("day", "over"), [(10, False), (15, True)])
def test_accreditation_is_not_over_before_the_law_ends_it(day: int, over: bool) -> None:
    said = article(OPENING["en"], ACCREDITED["en"], "The accreditation of observers is over, its secretary said.")
    published = datetime.fromisoformat(f"2022-11-{day}T10:00:00+06:00")
    assert read_report(replace(said, published=published)).complete is over


def test_documents_that_were_accepted_until_a_day_tell_the_day_on_which_all_was_over() -> None:
    says = "The commission has finished accreditation. Documents were accepted until November 13. It has 19 observers."
    report = report_on(says, published=datetime.fromisoformat("2022-11-15T10:00:00+06:00"))
    assert (report.complete, report.deadline) == (True, date(2022, 11, 13))
