"""Recording what was read: article, revision, report, what it changes and whom to tell, in one transaction.

The caller's transaction holds everything or nothing, so that a change is never without its alerts nor an alert without
its change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from extract.model import Article, Election, Report
from foundation.errors import StorageError
from storage import models
from storage.changes import changes
from storage.columns import DayOrigin, Outcome
from storage.ledger import account, accounts
from storage.outbox import queue
from storage.records import pack, recorded_change, unpack
from storage.sources import note_article
from storage.texts import clean, clean_or_none, content_hash, fits_an_index, sentence_around
from storage.views import Change, RecordedChange
from storage.vocabulary import ChangeKind, Subscription

log = structlog.get_logger(__name__)

_FUTURE = timedelta(days=1)
_REVIEW_LENGTH = 300


class Novelty(StrEnum):
    """What was new about an article."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What recording an article came to."""

    novelty: Novelty
    article: int
    revision: int
    """Number of the article's latest revision, from 1."""
    report: int | None
    """Id of the latest revision's report, if it states figures of observers."""
    changes: tuple[RecordedChange, ...] = ()
    alerts: int = 0
    """How many alerts were queued."""


def election_key(election: Election) -> str | None:
    """'<voting day>-<type>', as in '2023-03-19-parliamentary'; None where either is unknown."""
    if election.type is None or election.date is None:
        return None
    return f"{election.date.isoformat()}-{election.type.value}"


def record(  # noqa: PLR0913 - keywords that describe one fetch
    session: Session,
    article: Article,
    report: Report | None,
    *,
    fetched_at: datetime,
    found_via: str,
    subscriptions: Iterable[Subscription] = (),
    hold: bool = False,
    source: str | None = None,
    urls: Iterable[str] = (),
    time_zone: str = "Asia/Almaty",
) -> Recorded:
    """Record an article as fetched at `fetched_at`, and what its report changes; an unchanged text changes nothing.

    `report` is None where nothing could be read; such an article is remembered too, so as not to be fetched again.
    `urls` are further URLs of it (asked for, redirected from, of its AMP page). With `hold` changes are recorded and
    nobody is told. `time_zone` is the source's, for the day of publication. Raises StorageError if neither `source`
    nor the article names the source.
    """
    key = source or article.source
    if key is None:
        raise StorageError(f"the article {article.url or article.title!r} belongs to no source: name one")
    digest = content_hash(article.title, article.paragraphs)
    visit = _Visit(article=article, source=key, digest=digest, fetched_at=fetched_at, zone=ZoneInfo(time_zone))
    row, is_new = _article(session, visit, found_via)
    _remember_urls(session, row, (article.url, *urls), fetched_at)
    latest = _latest_revision(session, row)
    if latest is not None and latest.content_hash == digest:
        live = _live_report(session, row)
        return Recorded(
            novelty=Novelty.UNCHANGED,
            article=row.id,
            revision=latest.number,
            report=live.id if live and live.revision_key == latest.id else None,
        )
    revision = _add_revision(session, row, visit, (latest.number if latest else 0) + 1)
    row.outcome = Outcome.UNREADABLE if report is None else Outcome.REPORT if report.relevant else Outcome.IRRELEVANT
    note_article(session, key, now=fetched_at)
    novelty = Novelty.NEW if is_new else Novelty.REVISED
    earlier = _live_report(session, row)
    if report is None or not report.relevant:
        if earlier is not None:
            _review(session, "figures_gone", clean(article.url or article.title or ""), earlier.id, fetched_at)
        return Recorded(novelty=novelty, article=row.id, revision=revision.number, report=None)
    stated = _add_report(session, revision, visit, report, earlier)
    made = _judge(session, stated, earlier)
    rows = [_add_change(session, change, stated, fetched_at, held=hold) for change in made]
    alerts = 0 if hold else sum(queue(session, change, subscriptions, now=fetched_at) for change in rows)
    return Recorded(
        novelty=novelty,
        article=row.id,
        revision=revision.number,
        report=stated.id,
        changes=tuple(recorded_change(change) for change in rows),
        alerts=alerts,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    """An article as one fetch brought it."""

    article: Article
    source: str
    digest: str
    fetched_at: datetime
    zone: ZoneInfo

    @property
    def identity(self) -> str:
        """The article's own id, else its URL, else a hash of its content."""
        for name in (self.article.article_id, self.article.url):
            if name and fits_an_index(name):
                return clean(name)
        return f"sha256:{self.digest}"


def _article(session: Session, visit: _Visit, found_via: str) -> tuple[models.Article, bool]:
    article, now = visit.article, visit.fetched_at
    row = _known_article(session, visit)
    if row is not None:
        row.last_fetched_at = max(now, row.last_fetched_at)
        row.url = clean_or_none(article.url) or row.url
        return row, False
    row = models.Article(
        source=visit.source,
        language=article.language,
        article_id=visit.identity,
        url=clean_or_none(article.url),
        found_via=clean(found_via),
        first_fetched_at=now,
        last_fetched_at=now,
        outcome=Outcome.UNREADABLE,
    )
    session.add(row)
    session.flush()
    return row, True


def _known_article(session: Session, visit: _Visit) -> models.Article | None:
    article = visit.article
    wanted = (models.Article.source == visit.source, models.Article.language == article.language)
    row = session.scalars(select(models.Article).where(*wanted, models.Article.article_id == visit.identity)).first()
    if row is None and article.article_id is None and article.url is not None:
        seen_at = select(models.ArticleUrl.article_key).where(models.ArticleUrl.url == clean(article.url))
        row = session.scalars(select(models.Article).where(*wanted, models.Article.id.in_(seen_at))).first()
    return row


def _remember_urls(session: Session, row: models.Article, urls: Iterable[str | None], now: datetime) -> None:
    wanted = {clean(url) for url in urls if url and fits_an_index(url)}
    known = set(session.scalars(select(models.ArticleUrl.url).where(models.ArticleUrl.url.in_(wanted))))
    session.add_all(models.ArticleUrl(url=url, article_key=row.id, seen_at=now) for url in sorted(wanted - known))


def _latest_revision(session: Session, row: models.Article) -> models.Revision | None:
    latest = select(models.Revision).where(models.Revision.article_key == row.id)
    return session.scalars(latest.order_by(models.Revision.number.desc()).limit(1)).first()


def _live_report(session: Session, row: models.Article) -> models.Report | None:
    """The report that the article stands for: of its latest revision that states figures."""
    live = select(models.Report).join(models.Report.revision)
    return session.scalars(
        live.where(models.Revision.article_key == row.id, models.Report.superseded.is_(False))
    ).first()


def _add_revision(session: Session, row: models.Article, visit: _Visit, number: int) -> models.Revision:
    article = visit.article
    revision = models.Revision(
        article=row,
        number=number,
        url=clean_or_none(article.url),
        title=clean_or_none(article.title),
        body=clean(article.body),
        author=clean_or_none(article.author),
        content_hash=visit.digest,
        published=article.published,
        published_from=article.published_from,
        fetched_at=visit.fetched_at,
    )
    session.add(revision)
    session.flush()
    return revision


def _add_report(
    session: Session,
    revision: models.Revision,
    visit: _Visit,
    report: Report,
    earlier: models.Report | None,
) -> models.Report:
    election = _election(session, report, earlier)
    day, origin = _day(report.as_of, visit)
    if origin is DayOrigin.FETCHED and election is not None:
        day = min(day, election.date)
    if earlier is not None:
        earlier.superseded = True
    row = models.Report(
        revision=revision,
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
    for name in row.unknown_names:
        _review(session, "unknown_name", name, row.id, revision.fetched_at)
    if election is None:
        _review(session, "unidentified_election", revision.url or revision.title or "", row.id, revision.fetched_at)
    return row


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


def _day(as_of: date | None, visit: _Visit) -> tuple[date, DayOrigin]:
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


def _judge(session: Session, row: models.Report, earlier: models.Report | None) -> tuple[Change, ...]:
    if row.election_key is None:
        return ()
    known = [other for other in accounts(session, row.election_key) if other.report != row.id]
    completed = session.scalars(
        select(models.Change.id).where(
            models.Change.election_key == row.election_key, models.Change.kind == ChangeKind.COMPLETED
        )
    ).first()
    same = earlier is not None and earlier.election_key == row.election_key
    made = changes(
        row.election_key,
        known,
        account(session, row.id),
        earlier=account(session, earlier.id) if earlier is not None and same else None,
        completed=completed is not None,
    )
    return tuple(c for c in made if c.kind is not ChangeKind.CORRECTED or not _said_before(session, row, c))


def _said_before(session: Session, row: models.Report, correction: Change) -> bool:
    """Whether this article was already corrected so: caches may serve its old and its new text in turn."""
    corrected = (
        select(models.Change)
        .join(models.Change.report)
        .join(models.Report.revision)
        .where(
            models.Revision.article_key == row.revision.article_key,
            models.Change.kind == ChangeKind.CORRECTED,
        )
    )
    wanted = _differences(correction)
    return any(_differences(unpack(known.details)) == wanted for known in session.scalars(corrected))


def _differences(correction: Change) -> set[tuple[object, ...]]:
    return {
        tuple((s.scope, s.status, s.basis, s.value, s.approx) if s else None for s in (pair.old, pair.new))
        for pair in correction.corrections
    }


def _add_change(session: Session, change: Change, report: models.Report, now: datetime, *, held: bool) -> models.Change:
    row = models.Change(
        report=report,
        election=report.election,
        kind=change.kind,
        status=change.status,
        day=change.day,
        held=held,
        made_at=now,
        details=pack(change),
    )
    session.add(row)
    session.flush()
    log.info("change_recorded", kind=change.kind.value, election=change.election, report=report.id, held=held)
    return row


def _review(session: Session, kind: str, text: str, report: int, now: datetime) -> None:
    text = text[:_REVIEW_LENGTH]
    known = select(models.ReviewItem.id).where(models.ReviewItem.kind == kind, models.ReviewItem.text == text)
    if session.scalars(known).first() is None:
        session.add(models.ReviewItem(kind=kind, text=text, report_key=report, created_at=now))
        session.flush()
