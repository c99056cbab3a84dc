"""Questions to a person: asked once, closed with a name and a note, never asked again by the same article."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, insert, or_, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from storage import models
from storage.statements import run
from storage.texts import clean, clean_or_none
from storage.vocabulary import ReviewKind

_LONGEST = 300
"""Characters of the words in question; what goes on stands in the sentence."""
_ITEM = models.ReviewItem
_SAME = select(_ITEM.id).where(_ITEM.kind == bindparam("kind"), _ITEM.text == bindparam("words")).limit(1)
_OF_ARTICLE = _ITEM.article_key == bindparam("article")
_ASKED = _SAME.where(_OF_ARTICLE)
_ASKED_OF_ANY = _SAME.where(or_(_OF_ARTICLE, _ITEM.closed_at.is_(None)))
_ASK = insert(_ITEM)


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
    same = _ASKED_OF_ANY if kind is ReviewKind.UNKNOWN_NAME else _ASKED
    if run(session, same, {"kind": kind.value, "words": text, "article": article}).first() is not None:
        return False
    item = {
        "kind": kind.value,
        "text": text,
        "article_key": article,
        "report_key": report,
        "sentence": clean_or_none(sentence),
        "created_at": now,
    }
    run(session, _ASK, item)
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
