"""Rows of a report: its election, the day it holds for, its figures with their evidence, its checks, its questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from extract.model import Article, Check, Election, Evidence, Figure, Report, Where
from storage import models
from storage.articles import Visit, Written
from storage.columns import DayOrigin
from storage.records import election_ref
from storage.review import ask
from storage.statements import put, run
from storage.texts import clean, clean_or_none, sentence_around
from storage.views import ElectionRef
from storage.vocabulary import ReviewKind

_FUTURE = timedelta(days=1)
_KNOWN_ELECTION = select(models.Election.key).where(models.Election.key == bindparam("election"))
_ADD, _ADD_ELECTION, _ADD_FIGURES, _ADD_CHECKS = (
    insert(table) for table in (models.Report, models.Election, models.Figure, models.ReportCheck)
)


def election_key(election: Election) -> str | None:
    """'<voting day>-<type>', as in '2023-03-19-parliamentary'; None where either is unknown."""
    if election.type is None or election.date is None:
        return None
    return f"{election.date.isoformat()}-{election.type.value}"


def add_report(
    session: Session,
    revision: Written,
    visit: Visit,
    report: Report,
    earlier: models.Report | None,
) -> models.Report:
    """Add what a revision states, in place of the article's `earlier` report; what stays open becomes a review item."""
    election = _election(session, report, earlier)
    day, origin = _day(report.as_of, visit)
    if origin is DayOrigin.FETCHED and election is not None:
        day = min(day, election.date)
    if earlier is not None:
        earlier.superseded = True
    row = models.Report(
        revision_key=revision.id,
        election_key=election.key if election is not None else None,
        superseded=False,
        voided_at=None,
        election_type=report.election.type,
        election_date=report.election.date,
        election_stated=report.election.stated,
        as_of=report.as_of,
        day=day,
        day_origin=origin,
        complete=report.complete,
        deadline=report.deadline,
        organization_count=report.organization_count,
        country_count=report.country_count,
        countries_named=list(report.countries_named),
        organizations_named=list(report.organizations_named),
        unknown_names=[clean(name) for name in report.unknown_names],
        headline=report.headline,
    )
    put(session, _ADD, row)
    figures = [_figure(row.id, *numbered, visit.article) for numbered in enumerate(report.figures)]
    checks = [_check(row.id, *numbered) for numbered in enumerate(report.checks)]
    for statement, rows in ((_ADD_FIGURES, figures), (_ADD_CHECKS, checks)):
        if rows:
            run(session, statement, rows)
    _ask(session, row, revision, visit, figures)
    return row


def _ask(
    session: Session, row: models.Report, revision: Written, visit: Visit, figures: Sequence[dict[str, Any]]
) -> None:
    """Ask about what stays open: names that no table knows, an election that cannot be told."""
    article, of_report = visit.article, {"article": revision.article, "report": row.id}
    for name in row.unknown_names:
        sentence = _sentence_with(name, article)
        ask(session, ReviewKind.UNKNOWN_NAME, name, sentence=sentence, now=visit.fetched_at, **of_report)
    if row.election_key is None:
        words = article.url or article.title or ""
        sentence = figures[0]["sentence"] if figures else None
        ask(session, ReviewKind.UNIDENTIFIED_ELECTION, words, sentence=sentence, now=visit.fetched_at, **of_report)


def _sentence_with(words: str, article: Article) -> str | None:
    """The first sentence of body or title that holds the words."""
    for where, text in ((Where.BODY, article.body), (Where.TITLE, article.title or "")):
        start = clean(text).find(words)
        if start >= 0:
            return sentence_around(article, Evidence(words, start, start + len(words), where))
    return None


def _election(session: Session, report: Report, earlier: models.Report | None) -> ElectionRef | None:
    stated = report.election
    key = election_key(stated)
    if key is None or stated.type is None or stated.date is None:
        # An edit that no longer lets the election be recognised is still about the same one.
        same = earlier is not None and stated.type in {None, earlier.election_type}
        return election_ref(earlier.election) if same and earlier is not None and earlier.election is not None else None
    if run(session, _KNOWN_ELECTION, {"election": key}).first() is None:
        run(session, _ADD_ELECTION, {"key": key, "type": stated.type, "date": stated.date})
    return ElectionRef(key=key, type=stated.type, date=stated.date)


def _day(as_of: date | None, visit: Visit) -> tuple[date, DayOrigin]:
    """The day for which the figures hold. News is not from the future: a later day is a misreading or a misprint."""
    latest, origin = visit.fetched_at.astimezone(visit.zone).date(), DayOrigin.FETCHED
    if visit.article.published is not None:
        published = visit.article.published.astimezone(visit.zone).date()
        if published <= latest + _FUTURE:
            latest, origin = published, DayOrigin.PUBLISHED
    return (as_of, DayOrigin.STATED) if as_of is not None and as_of <= latest else (latest, origin)


def _figure(report: int, position: int, figure: Figure, article: Article) -> dict[str, Any]:
    return {
        "report_key": report,
        "position": position,
        "scope": clean(figure.scope),
        "status": figure.status,
        "basis": figure.basis,
        "value": figure.value,
        "approx": figure.approx,
        "quote": clean(figure.evidence.text),
        "quote_start": figure.evidence.start,
        "quote_end": figure.evidence.end,
        "quote_where": figure.evidence.where,
        "sentence": clean(sentence_around(article, figure.evidence)),
    }


def _check(report: int, position: int, check: Check) -> dict[str, Any]:
    return {
        "report_key": report,
        "position": position,
        "kind": check.kind,
        "verdict": check.verdict,
        "whole_label": clean(check.whole.label),
        "whole_value": check.whole.value,
        "parts": [{**asdict(term), "label": clean(term.label)} for term in check.parts],
        "difference": check.difference,
        "likely_slip": clean_or_none(check.likely_slip),
    }
