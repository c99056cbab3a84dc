"""What the reader says of a revision now, in place of what it said when the revision was fetched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from extract.model import Article, Report
from foundation.errors import NotFound
from storage import models
from storage.answers import FigureView
from storage.articles import Visit, add_revision, latest_revision, live_report
from storage.columns import Outcome
from storage.recording import about, ask_what_became, make_changes
from storage.records import figure_view, recorded_change
from storage.reports import add_report
from storage.sources import note_recorded
from storage.statements import run
from storage.telling import tell
from storage.texts import content_hash
from storage.views import RecordedChange
from storage.vocabulary import Subscription

_REPORT = models.Report
_STATED = (
    select(*models.Figure.__table__.c, _REPORT.headline)
    .join(_REPORT, _REPORT.id == models.Figure.report_key)
    .where(_REPORT.revision_key == bindparam("revision"), _REPORT.voided_at.is_(None))
    .order_by(models.Figure.position)
)


def stated(session: Session, revision: int) -> tuple[FigureView, ...]:
    """The figures on record of a revision; none where it has no report, or a voided one.

    Raises NotFound for an unknown revision.
    """
    rows = run(session, _STATED, {"revision": revision}).all()
    if not rows:
        _revision(session, revision)
    return tuple(figure_view(row, headline=row.position == row.headline) for row in rows)


def record_reading(  # noqa: PLR0913 - keywords that describe one reading
    session: Session,
    revision: int,
    article: Article,
    report: Report | None,
    *,
    now: datetime,
    time_zone: str = "Asia/Almaty",
    subscriptions: Iterable[Subscription] = (),
) -> tuple[RecordedChange, ...]:
    """Record what the reader says of an article's latest revision now; the changes are of kind `reread`.

    The text as it is read now becomes a further revision of the article, fetched when the old one was. Where no figure
    is left, the old report stands and a question is asked: a person can void it. Nobody is told but the
    `subscriptions`. Raises NotFound for an unknown revision.
    """
    old = _revision(session, revision)
    row, earlier = old.article, live_report(session, old.article_key)
    if report is None or not report.relevant:
        if earlier is not None:
            ask_what_became(session, article, earlier, now)
        return ()
    digest = content_hash(article.title, article.paragraphs)
    visit = Visit(
        article=article, source=row.source, digest=digest, fetched_at=old.fetched_at, zone=ZoneInfo(time_zone)
    )
    latest = latest_revision(session, row.id)
    new = add_revision(session, row.id, visit, (latest or old).number + 1, old.archived_key)
    row.outcome = Outcome.REPORT
    note_recorded(session, row.source, reports=int(earlier is None), last=None)
    report_row = add_report(session, new, visit, report, earlier)
    made = make_changes(session, report_row, earlier, now=now, held=False, reread=True)
    tell(session, made, subscriptions, about(report_row, earlier), now=now)
    return tuple(recorded_change(change) for change in made)


def _revision(session: Session, revision: int) -> models.Revision:
    row = session.get(models.Revision, revision)
    if row is None:
        raise NotFound(f"no revision has the id {revision}")
    return row
