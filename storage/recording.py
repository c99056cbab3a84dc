"""Recording what was read: article, revision, report, what it changes and whom to tell, in one transaction.

The caller's transaction holds everything or nothing, so that a change is never without its alerts nor an alert without
its change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from extract.model import Article, Report
from foundation.errors import StorageError
from storage import disputes, models
from storage.archive import Place, cite
from storage.articles import (
    Visit,
    Written,
    add_revision,
    find_or_add,
    latest_revision,
    live_report,
    note_outcome,
    ref_of,
    remember_urls,
)
from storage.changes import changes
from storage.columns import Outcome
from storage.ledger import account, accounts
from storage.records import recorded_change, unpack
from storage.reports import add_report
from storage.review import ask
from storage.sources import note_recorded
from storage.statements import run
from storage.telling import add_change, tell
from storage.texts import content_hash
from storage.views import Change, RecordedChange
from storage.vocabulary import ChangeKind, ReviewKind, Subscription

_COMPLETED = (
    select(models.Change.id)
    .where(models.Change.election_key == bindparam("election"), models.Change.kind == ChangeKind.COMPLETED)
    .limit(1)
)


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
    figures_outside_body: str | None = None,
    time_zone: str = "Asia/Almaty",
    archived: Place | None = None,
) -> Recorded:
    """Record an article as fetched at `fetched_at`, and what its report changes; an unchanged text changes nothing.

    `report` is None where nothing could be read; such an article is remembered too, so as not to be fetched again.
    `urls` are further URLs of it (asked for, redirected from, of its AMP page). `figures_outside_body` are the words
    that state a figure outside title and body where these state none: a question, never a fact. With `hold` changes
    are recorded and nobody is told. `time_zone` is the source's, for the day of publication. `archived` is where the
    response stands that the article was read from.

    Raises StorageError if neither `source` nor the article names the source.
    """
    visit = _visit(article, source, fetched_at, time_zone)
    key, is_new = find_or_add(session, visit, found_via, _outcome(report))
    remember_urls(session, key, (article.url, *urls), fetched_at)
    if figures_outside_body is not None:
        kind, words = ReviewKind.FIGURES_OUTSIDE_BODY, figures_outside_body
        ask(session, kind, words, article=key, sentence=words, now=fetched_at)
    latest = None if is_new else latest_revision(session, key)
    earlier = None if is_new else live_report(session, key)
    if latest is not None and latest.digest == visit.digest:
        return _unchanged(latest, earlier)
    written = _write(session, visit, key, latest, archived)
    reports = int(report is not None and report.relevant and earlier is None)
    note_recorded(session, visit.source, articles=int(is_new), reports=reports, last=fetched_at)
    if latest is not None:
        note_outcome(session, key, _outcome(report))
    recorded = Recorded(
        novelty=Novelty.NEW if is_new else Novelty.REVISED, article=key, revision=written.number, report=None
    )
    if report is None or not report.relevant:
        if earlier is not None:
            ask_what_became(session, article, earlier, fetched_at)
        return recorded
    stated = add_report(session, written, visit, report, earlier)
    rows = make_changes(session, stated, earlier, now=fetched_at, held=hold)
    alerts = tell(session, rows, subscriptions, about(stated, earlier), now=fetched_at)
    return replace(recorded, report=stated.id, changes=_views(rows, visit if is_new else None), alerts=alerts)


def _write(session: Session, visit: Visit, article: int, latest: Written | None, archived: Place | None) -> Written:
    """The text as fetched becomes the article's latest revision, which cites the response that it was read from."""
    cited = cite(session, visit.source, archived) if archived is not None else None
    return add_revision(session, article, visit, latest.number + 1 if latest else 1, cited)


def _views(rows: Iterable[models.Change], new: Visit | None) -> tuple[RecordedChange, ...]:
    """The changes without their rows; those of a new article need not look up what they were just made from."""
    if new is None:
        return tuple(map(recorded_change, rows))
    article = ref_of(new)
    return tuple(recorded_change(row, article) for row in rows)


def _visit(article: Article, source: str | None, fetched_at: datetime, time_zone: str) -> Visit:
    key = source or article.source
    if key is None:
        raise StorageError(f"the article {article.url or article.title!r} belongs to no source: name one")
    digest = content_hash(article.title, article.paragraphs)
    return Visit(article=article, source=key, digest=digest, fetched_at=fetched_at, zone=ZoneInfo(time_zone))


def _outcome(report: Report | None) -> Outcome:
    if report is None:
        return Outcome.UNREADABLE
    return Outcome.REPORT if report.relevant else Outcome.IRRELEVANT


def _unchanged(latest: Written, live: models.Report | None) -> Recorded:
    return Recorded(
        novelty=Novelty.UNCHANGED,
        article=latest.article,
        revision=latest.number,
        report=live.id if live and live.revision_key == latest.id else None,
    )


def ask_what_became(session: Session, article: Article, earlier: models.Report, now: datetime) -> None:
    """An edit that leaves no figure is a question: a broken page looks like that too."""
    words = article.url or article.title or ""
    sentence = earlier.figures[0].sentence if earlier.figures else None
    of_article = earlier.revision.article_key
    ask(session, ReviewKind.FIGURES_GONE, words, article=of_article, report=earlier.id, sentence=sentence, now=now)


def make_changes(  # noqa: PLR0913 - keywords that say how
    session: Session,
    stated: models.Report,
    earlier: models.Report | None,
    *,
    now: datetime,
    held: bool,
    reread: bool = False,
) -> list[models.Change]:
    """Record which disputes a report ends, then what it changes, `earlier` being what its article stated before.

    In this order, because what lost a dispute no longer contradicts the report. With `reread` it is the reader that
    changed and not the article: all but conflicts are of that kind.
    """
    ended = disputes.end_those_over(session, about(stated, earlier), stated, now=now, held=held)
    judged = _judge(session, stated, earlier)
    if reread:
        judged = tuple(c if c.kind is ChangeKind.CONFLICT else replace(c, kind=ChangeKind.REREAD) for c in judged)
    made = [add_change(session, change, stated, now, held=held) for change in judged]
    for change in made:
        disputes.note(session, change)
    return ended + made


def about(*reports: models.Report | None) -> set[str]:
    """The elections that reports are about."""
    return {row.election_key for row in reports if row is not None and row.election_key is not None}


def _judge(session: Session, row: models.Report, earlier: models.Report | None) -> tuple[Change, ...]:
    if row.election_key is None:
        return ()
    told = accounts(session, row.election_key)
    known = [other for other in told if other.report != row.id]
    same = earlier is not None and earlier.election_key == row.election_key and earlier.voided_at is None
    made = changes(
        row.election_key,
        known,
        next((one for one in told if one.report == row.id), None) or account(session, row.id),
        earlier=account(session, earlier.id) if earlier is not None and same else None,
        completed=row.complete and _is_completed(session, row.election_key),
    )
    corrected = next((c for c in made if c.kind is ChangeKind.CORRECTED), None)
    if corrected is not None and _said_before(session, row, corrected):
        made = tuple(c for c in made if c is not corrected and not c.against)
    by_an_edit = corrected is not None
    return tuple(c for c in made if disputes.is_worth_telling(session, c, told, by_an_edit=by_an_edit))


def _is_completed(session: Session, election: str) -> bool:
    """Whether the end of accreditation is on record."""
    return run(session, _COMPLETED, {"election": election}).first() is not None


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
