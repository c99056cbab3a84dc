"""Observers whose poll cannot be told: Kazakhstan's commission says whose they are, another state's does too."""

from __future__ import annotations

import pytest

from extract.model import Article, Election
from extract.report import read_report

OURS = {
    "en": "The Central Election Commission of Kazakhstan accredited 398 observers.",
    "ru": "Центральная избирательная комиссия Казахстана аккредитовала 398 наблюдателей.",
    "kk": "Қазақстанның Орталық сайлау комиссиясы 398 байқаушыны тіркеді.",
}
THEIRS = {
    "en": "The Central Election Commission of Uzbekistan accredited 398 observers.",
    "ru": "Центральная избирательная комиссия Узбекистана аккредитовала 398 наблюдателей.",
    "kk": "Өзбекстанның Орталық сайлау комиссиясы 398 байқаушыны тіркеді.",
}


@pytest.mark.parametrize("language", sorted(OURS))
def test_figures_of_kazakhstans_commission_are_kept(language: str) -> None:
    report = read_report(undated(OURS[language], language))
    assert [f.value for f in report.figures] == [398]
    assert report.relevant
    assert report.election == Election()


@pytest.mark.parametrize("language", sorted(THEIRS))
def test_another_states_commission_says_nothing(language: str) -> None:
    report = read_report(undated(THEIRS[language], language))
    assert report.figures == ()
    assert not report.relevant


def undated(text: str, language: str) -> Article:
    return Article(title="398", paragraphs=(text,), language=language, published=None)


def test_without_a_publication_day_last_night_is_no_day() -> None:
    """The poll's day, which tells the years of other days, says nothing of when an article was written."""
    told = (
        "Kazakhstan's Central Election Commission has accredited 398 observers for the presidential election of"
        " November 20, 2022. On Friday there were 322. Accreditation ended last night."
    )
    report = read_report(Article(title=None, paragraphs=(told,), language="en", published=None))
    assert report.main is not None
    assert (report.main.value, report.as_of, report.deadline) == (398, None, None)
