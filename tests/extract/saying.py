"""Made-up articles in few words."""

from __future__ import annotations

from datetime import datetime

from extract.model import Article, Report
from extract.report import read_report

PUBLISHED = datetime.fromisoformat("2022-11-10T10:00:00+06:00")
"""Ten days before the presidential election of 20 November 2022."""
OPENING = {
    "en": "Kazakhstan’s Central Election Commission met to discuss the presidential election of November 20.",
    "ru": "Центральная избирательная комиссия Казахстана провела заседание о выборах президента 20 ноября.",
    "kk": "Қазақстанның Орталық сайлау комиссиясы 20 қарашада өтетін президент сайлауы туралы отырыс өткізді.",
}

Fact = tuple[str, str, str, int]
"""Scope, status, basis, value."""


def article(
    *paragraphs: str, language: str = "en", title: str | None = None, published: datetime = PUBLISHED
) -> Article:
    """An article of 10 November 2022, unless another day is given."""
    return Article(title=title, paragraphs=paragraphs, language=language, published=published)


def report_on(
    *paragraphs: str, language: str = "en", title: str | None = None, published: datetime = PUBLISHED
) -> Report:
    """What is read of an article that says this after naming the election."""
    return read_report(article(OPENING[language], *paragraphs, language=language, title=title, published=published))


def facts(report: Report) -> set[Fact]:
    """The figures without qualification and evidence."""
    return {(f.scope, f.status.value, f.basis.value, f.value) for f in report.figures}
