"""Questions to a person: asked once, closed with a name and a note, never asked again by the same article."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from storage import models
from storage.texts import clean, clean_or_none
from storage.vocabulary import ReviewKind

_LONGEST = 300
"""Characters of the words in question; what goes on stands in the sentence."""


def ask(  # noqa: PLR0913 - what an item consists of, each by name
    session: Session,
    kind: ReviewKind,
    text: str,
    *,
    article: int,
    report: int | None = None,
    sentence: str | None = None,
    now: datetime,
) -> bool:
    """Ask a person about some words of an article; whether the question is new.

    An article asks about the same words once, whatever became of the question. A name that no table knows is asked
    about once for all articles until it is closed; another article that has it afterwards asks anew.
    """
    text = clean(text)[:_LONGEST]
    asked = models.ReviewItem.article_key == article
    if kind is ReviewKind.UNKNOWN_NAME:
        asked = or_(asked, models.ReviewItem.closed_at.is_(None))
    same = select(models.ReviewItem.id).where(models.ReviewItem.kind == kind, models.ReviewItem.text == text, asked)
    if session.scalars(same).first() is not None:
        return False
    session.add(
        models.ReviewItem(
            kind=kind.value,
            text=text,
            article_key=article,
            report_key=report,
            sentence=clean_or_none(sentence),
            created_at=now,
        )
    )
    session.flush()
    return True


def close(session: Session, ids: Iterable[int], *, by: str, note: str | None = None, now: datetime) -> None:
    """Close items: who did so, when and why stays with them.

    Raises NotFound, and closes nothing, if an id is not known or its item is closed already.
    """
    wanted = list(dict.fromkeys(ids))
    rows = {row.id: row for row in session.scalars(select(models.ReviewItem).where(models.ReviewItem.id.in_(wanted)))}
    for id_ in wanted:
        row = rows.get(id_)
        if row is None:
            raise NotFound(f"no review item has the id {id_}: `accredwatch review` lists the open ones")
        if row.closed_at is not None:
            raise NotFound(f"review item {id_} was closed already, by {row.closed_by} on {row.closed_at:%Y-%m-%d}")
    for id_ in wanted:
        rows[id_].closed_at, rows[id_].closed_by, rows[id_].note = now, clean(by), clean_or_none(note)
    session.flush()
