"""Rows of a report: its election, the day it holds for, its figures with their evidence, its checks, its questions."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy.orm import Session

from extract.model import Article, Election, Evidence, Report, Where
from storage import models
from storage.articles import Visit
from storage.columns import DayOrigin
from storage.review import ask
from storage.sources import state_row
from storage.texts import clean, clean_or_none, sentence_around
from storage.vocabulary import ReviewKind

_FUTURE = timedelta(days=1)


def election_key(election: Election) -> str | None:
    """'<voting day>-<type>', as in '2023-03-19-parliamentary'; None where either is unknown."""
    if election.type is None or election.date is None:
        return None
    return f"{election.date.isoformat()}-{election.type.value}"


def add_report(
    session: Session,
    revision: models.Revision,
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
    else:
        state_row(session, visit.source).reports += 1
    row = models.Report(
        revision_key=revision.id,
        election=election,
        superseded=False,
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
        figures=[_figure(n, visit.article, report) for n in range(len(report.figures))],
        checks=[_check(n, report) for n in range(len(report.checks))],
    )
    session.add(row)
    session.flush()
    _ask(session, row, visit)
    return row


def _ask(session: Session, row: models.Report, visit: Visit) -> None:
    """Ask about what stays open: names that no table knows, an election that cannot be told."""
    revision = row.revision
    of_report = {"article": revision.article_key, "report": row.id}
    for name in row.unknown_names:
        sentence = _sentence_with(name, visit.article)
        ask(session, ReviewKind.UNKNOWN_NAME, name, sentence=sentence, now=revision.fetched_at, **of_report)
    if row.election is None:
        words = revision.url or revision.title or ""
        sentence = row.figures[0].sentence if row.figures else None
        ask(session, ReviewKind.UNIDENTIFIED_ELECTION, words, sentence=sentence, now=revision.fetched_at, **of_report)


def _sentence_with(words: str, article: Article) -> str | None:
    """The first sentence of body or title that holds the words."""
    for where, text in ((Where.BODY, article.body), (Where.TITLE, article.title or "")):
        start = clean(text).find(words)
        if start >= 0:
            return sentence_around(article, Evidence(words, start, start + len(words), where))
    return None


def _election(session: Session, report: Report, earlier: models.Report | None) -> models.Election | None:
    stated = report.election
    key = election_key(stated)
    if key is None or stated.type is None or stated.date is None:
        # An edit that no longer lets the election be recognised is still about the same one.
        same = earlier is not None and stated.type in {None, earlier.election_type}
        return earlier.election if earlier is not None and same else None
    row = session.get(models.Election, key)
    if row is None:
        row = models.Election(key=key, type=stated.type, date=stated.date)
        session.add(row)
    return row


def _day(as_of: date | None, visit: Visit) -> tuple[date, DayOrigin]:
    """The day for which the figures hold. News is not from the future: a later day is a misreading or a misprint."""
    latest, origin = visit.fetched_at.astimezone(visit.zone).date(), DayOrigin.FETCHED
    if visit.article.published is not None:
        published = visit.article.published.astimezone(visit.zone).date()
        if published <= latest + _FUTURE:
            latest, origin = published, DayOrigin.PUBLISHED
    return (as_of, DayOrigin.STATED) if as_of is not None and as_of <= latest else (latest, origin)


def _figure(position: int, article: Article, report: Report) -> models.Figure:
    figure = report.figures[position]
    return models.Figure(
        position=position,
        scope=clean(figure.scope),
        status=figure.status,
        basis=figure.basis,
        value=figure.value,
        approx=figure.approx,
        quote=clean(figure.evidence.text),
        quote_start=figure.evidence.start,
        quote_end=figure.evidence.end,
        quote_where=figure.evidence.where,
        sentence=clean(sentence_around(article, figure.evidence)),
    )


def _check(position: int, report: Report) -> models.ReportCheck:
    check = report.checks[position]
    return models.ReportCheck(
        position=position,
        kind=check.kind,
        verdict=check.verdict,
        whole_label=clean(check.whole.label),
        whole_value=check.whole.value,
        parts=[{**asdict(term), "label": clean(term.label)} for term in check.parts],
        difference=check.difference,
        likely_slip=clean_or_none(check.likely_slip),
    )
