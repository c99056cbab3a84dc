"""The look before a crawl: what it goes by, and the quiet crawl that it amounts to.

Most crawls are such looks, several a minute where many sources are watched. So their statements are made once, read
only the columns that are needed, and write a crawl in one transaction, when it is over.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from storage import models
from storage.source_views import SourceState
from storage.statements import run

# Tables and not their classes, for which every statement makes a detour through what objects need.
_tables = models.SourceState.metadata.tables
_sources, _crawls = _tables["source_state"], _tables["crawl_run"]
_source, _run = _sources.c, _crawls.c
_STATE = tuple(field.name for field in fields(SourceState))
_STANDING = select(
    *(_source[name] for name in _STATE),
    select(_run.finished_at.is_(None))
    .where(_run.source == _source.source)
    .order_by(_run.id.desc())
    .limit(1)
    .correlate(_sources)
    .scalar_subquery(),
).where(_source.source == bindparam("wanted"))
_CRAWL = insert(_crawls)
_BEGIN = _CRAWL.returning(_run.id)
_ASKED = (
    update(_sources)
    .where(_source.source == bindparam("wanted"))
    .values(
        last_attempt_at=bindparam("begun"),
        last_success_at=bindparam("now"),
        retry_not_before=None,
        consecutive_errors=0,
    )
)
_NOTHING = {
    "found": 0,
    "news": 0,
    "pages": 0,
    "fetched": 0,
    "unchanged": 0,
    "reports": 0,
    "changes": 0,
    "alerts": 0,
    "errors": [],
    "signs": [],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a source as a crawl of it begins."""

    state: SourceState
    broke_off: bool
    """Its latest crawl has no end: its process was killed, or it goes on."""


def standing(session: Session, source: str) -> Standing:
    """What is known of a source; all empty for one never crawled."""
    row = run(session, _STANDING, {"wanted": source}).first()
    if row is None:
        return Standing(state=SourceState(source=source), broke_off=False)
    *state, unfinished = row
    return Standing(state=SourceState(**dict(zip(_STATE, state, strict=True))), broke_off=bool(unfinished))


def begin(session: Session, source: str, *, now: datetime) -> int:
    """Put a crawl on record that begins now; its number."""
    number: int = run(session, _BEGIN, _NOTHING | {"source": source, "started_at": now}).scalar_one()
    return number


def note_quiet(session: Session, source: str, *, begun: datetime, now: datetime, unchanged: int) -> None:
    """Put a crawl on record that is over: so many documents were asked for, and all of them were as they had been."""
    ended = {"started_at": begun, "finished_at": now, "finish_reason": "finished", "unchanged": unchanged}
    run(session, _CRAWL, _NOTHING | {"source": source} | ended)
    run(session, _ASKED, {"wanted": source, "begun": begun, "now": now})
