"""Records that cannot be, whatever the tables allow: each check tells its problems, one line each."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from extract.model import Where
from storage.checking import Problems, first, named
from storage.models import (
    Alert,
    Article,
    Change,
    Decision,
    Dispute,
    Figure,
    Report,
    Revision,
    SearchText,
    SourceState,
)
from storage.records import unpack
from storage.vocabulary import AlertState, ChangeKind, DecisionKind


def revisions(connection: Connection) -> Problems:
    gaps = (
        select(Revision.article_key)
        .group_by(Revision.article_key)
        .having(or_(func.min(Revision.number) != 1, func.max(Revision.number) != func.count()))
    )
    yield from named(connection, gaps, "article {} has revisions missing")


def live_reports(connection: Connection) -> Problems:
    """An article stands for one report: that of its latest revision that states figures."""
    live = func.sum(case((Report.superseded, 0), else_=1))
    counted = select(Revision.article_key).join(Report).group_by(Revision.article_key).having(live != 1)
    yield from named(connection, counted, "article {} has not exactly one report that counts")
    later, later_report = aliased(Revision), aliased(Report)
    stale = (
        select(Report.id)
        .join(Report.revision)
        .where(
            Report.superseded.is_(False),
            select(later_report.id)
            .join(later, later.id == later_report.revision_key)
            .where(later.article_key == Revision.article_key, later.number > Revision.number)
            .exists(),
        )
    )
    yield from named(connection, stale, "report {} counts although a later revision states something")


def figures(connection: Connection) -> Problems:
    numbered = (
        select(Figure.report_key)
        .group_by(Figure.report_key)
        .having(or_(func.min(Figure.position) != 0, func.max(Figure.position) != func.count() - 1))
    )
    yield from named(connection, numbered, "report {} lacks figures")
    headline = select(Report.id).where(
        Report.headline.is_not(None),
        ~select(Figure.id).where(Figure.report_key == Report.id, Figure.position == Report.headline).exists(),
    )
    yield from named(connection, headline, "report {} names a main figure that it does not have")


def evidence(connection: Connection) -> Problems:
    """The words of each figure stand in its text where it says so."""
    where = {Where.TITLE: Revision.title, Where.BODY: Revision.body}
    for place, words in where.items():
        stands = func.substr(words, Figure.quote_start + 1, Figure.quote_end - Figure.quote_start)
        moved = (
            select(Figure.report_key)
            .join(Figure.report)
            .join(Report.revision)
            .where(Figure.quote_where == place, or_(words.is_(None), stands != Figure.quote))
            .distinct()
        )
        yield from named(connection, moved, "report {} quotes words that its article does not have in that place")


def search(connection: Connection) -> Problems:
    """Every article with a text can be found, and only those."""
    has_text = select(Revision.article_key).distinct()
    found = select(SearchText.article_key)
    lost = has_text.where(Revision.article_key.not_in(found)).order_by(Revision.article_key)
    yield from named(connection, lost, "article {} is not known to search")
    empty = found.where(SearchText.article_key.not_in(has_text)).order_by(SearchText.article_key)
    yield from named(connection, empty, "search knows article {}, which has no text")


def counts(connection: Connection) -> Problems:
    """Every source counts its articles, and those of them that state figures."""
    of_source = Article.source == SourceState.source
    articles = select(func.count()).where(of_source).correlate(SourceState).scalar_subquery()
    live = (
        select(func.count()).join(Report.revision).join(Revision.article).where(of_source, Report.superseded.is_(False))
    )
    reports = live.correlate(SourceState).scalar_subquery()
    wrong = select(SourceState.source).where(or_(SourceState.articles != articles, SourceState.reports != reports))
    yield from named(connection, wrong.order_by(SourceState.source), "source {} counts its articles wrongly")


def changes(connection: Connection) -> Problems:
    rows = connection.execute(select(Change.id, Change.details).order_by(Change.id))
    yield from first(f"change {id_} cannot be read" for id_, details in rows if not _readable(details))


def _readable(details: dict[str, Any]) -> bool:
    try:
        unpack(details)
    except ValidationError:
        return False
    return True


def alerts(connection: Connection) -> Problems:
    states = {
        "alert {} has not one news but none or two": Alert.change_key.is_(None) == Alert.notice_key.is_(None),
        "alert {} waits for no instant, so it would never be sent": and_(
            Alert.state == AlertState.PENDING, Alert.next_attempt_at.is_(None)
        ),
        "alert {} is sent at no instant": and_(Alert.state == AlertState.SENT, Alert.sent_at.is_(None)),
        "alert {} waits to be confirmed without end": and_(
            Alert.state == AlertState.UNCONFIRMED, Alert.confirm_until.is_(None)
        ),
        "alert {} is scheduled for no instant": and_(Alert.state == AlertState.SCHEDULED, Alert.due_at.is_(None)),
        "alert {} is muted by nobody": and_(Alert.state == AlertState.MUTED, Alert.mute_key.is_(None)),
    }
    for words, wrong in states.items():
        yield from named(connection, select(Alert.id).where(wrong), words)
    lead = aliased(Alert)
    astray = or_(
        lead.channel != Alert.channel, lead.state != Alert.state, lead.lead_key.is_not(None), lead.id > Alert.id
    )
    strays = select(Alert.id).join(lead, lead.id == Alert.lead_key).where(astray)
    yield from named(connection, strays, "alert {} has another fate than the message that it goes out in")


def disputes(connection: Connection) -> Problems:
    half = select(Dispute.id).where(Dispute.closed_at.is_(None) != Dispute.outcome.is_(None))
    yield from named(connection, half, "dispute {} is over without an outcome, or open with one")
    causeless = (
        select(Dispute.id).join(Change, Change.id == Dispute.opened_by).where(Change.kind != ChangeKind.CONFLICT)
    )
    yield from named(connection, causeless, "dispute {} was opened by a change that is no conflict")


def decisions(connection: Connection) -> Problems:
    subjects = {
        DecisionKind.SETTLE: Decision.dispute_key,
        DecisionKind.VOID: Decision.report_key,
        DecisionKind.RESTORE: Decision.report_key,
        DecisionKind.CLOSE: Decision.review_item_key,
    }
    for kind, subject in subjects.items():
        empty = select(Decision.id).where(Decision.kind == kind, subject.is_(None))
        yield from named(connection, empty, f"decision {{}} of kind {kind} does not say about what")
    voided = select(Report.id).where(
        Report.voided_at.is_not(None),
        ~select(Decision.id).where(Decision.report_key == Report.id, Decision.kind == DecisionKind.VOID).exists(),
    )
    yield from named(connection, voided, "report {} is voided, and no decision says by whom")
