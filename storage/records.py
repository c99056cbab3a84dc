"""From rows to plain values and back."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from storage import models
from storage.views import Alert, ArticleRef, Change, ElectionRef, RecordedChange

_CHANGE = TypeAdapter(Change)


def pack(change: Change) -> dict[str, Any]:
    """A change as JSON."""
    packed: dict[str, Any] = _CHANGE.dump_python(change, mode="json")
    return packed


def unpack(details: dict[str, Any]) -> Change:
    """The change in a row's JSON."""
    return _CHANGE.validate_python(details)


def election_ref(row: models.Election) -> ElectionRef:
    """An election without its row."""
    return ElectionRef(key=row.key, type=row.type, date=row.date)


def article_ref(revision: models.Revision) -> ArticleRef:
    """The article of a revision, as that revision shows it."""
    article = revision.article
    return ArticleRef(
        source=article.source,
        language=article.language,
        article_id=article.article_id,
        title=revision.title,
        url=revision.url or article.url,
        published=revision.published,
        fetched_at=revision.fetched_at,
    )


def recorded_change(row: models.Change) -> RecordedChange:
    """A change without its row."""
    return RecordedChange(
        id=row.id,
        made_at=row.made_at,
        report=row.report_key,
        held=row.held,
        change=unpack(row.details),
        election=election_ref(row.election),
        article=article_ref(row.report.revision),
    )


def alert(row: models.Alert) -> Alert:
    """An alert without its row."""
    return Alert(
        id=row.id,
        key=row.uuid,
        channel=row.channel,
        state=row.state,
        attempts=row.attempts,
        created_at=row.created_at,
        next_attempt_at=row.next_attempt_at,
        sent_at=row.sent_at,
        last_error=row.last_error,
        change=recorded_change(row.change),
    )
