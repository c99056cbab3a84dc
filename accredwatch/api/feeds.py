"""Atom feeds of what changed, for feed readers."""

from __future__ import annotations

from email.utils import format_datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from sqlalchemy.orm import Session

from accredwatch.api.answers import unless_unchanged
from accredwatch.api.asked import Asked, require_election
from accredwatch.api.atom import Entry, Feed, entry_id, feed_id, write
from accredwatch.api.context import OurContext
from accredwatch.web.context import Context
from alerts.render import render
from alerts.settings import DEFAULT_KINDS
from alerts.style import Style
from alerts.text import safe_url
from foundation.errors import DeliveryError
from storage import listing, schema
from storage.views import Alert, RecordedChange
from storage.vocabulary import AlertState, ChangeKind

router = APIRouter(prefix="/feeds", include_in_schema=False)

MEDIA_TYPE = "application/atom+xml"


class FeedAsked(Asked):
    """Which changes a feed shows."""

    limit: int = Field(default=50, ge=1, le=200)
    """How many entries at most, the latest."""
    kinds: list[ChangeKind] = Field(default=list(DEFAULT_KINDS), max_length=len(ChangeKind))
    """Only changes of these kinds; by default those that channels are told of."""
    held: bool = False
    """Also what sources' first crawls found, of which nobody was told."""


@router.api_route("/changes.atom", methods=["GET", "HEAD"])
def changes(request: Request, context: OurContext, asked: Annotated[FeedAsked, Query()]) -> Response:
    """The latest changes on all elections."""
    return _answer(request, context, asked, None)


@router.api_route("/elections/{key}.atom", methods=["GET", "HEAD"])
def election(request: Request, context: OurContext, key: str, asked: Annotated[FeedAsked, Query()]) -> Response:
    """The latest changes on one election."""
    return _answer(request, context, asked, key)


def _answer(request: Request, context: Context, asked: FeedAsked, election: str | None) -> Response:
    base = (context.settings.web.public_url or str(request.base_url)).rstrip("/")
    with context.database.read() as session:
        if election is not None:
            require_election(session, election)
        feed = _feed(session, context, asked, election, base)
    said = {"Last-Modified": format_datetime(feed.updated, usegmt=True)}
    return unless_unchanged(request, write(feed), media_type=MEDIA_TYPE, headers=said)


def _feed(session: Session, context: Context, asked: FeedAsked, election: str | None, base: str) -> Feed:
    uuid, made_at = schema.identity(session.connection())
    found = listing.latest_changes(session, election=election, kinds=asked.kinds, held=asked.held, limit=asked.limit)
    path = "changes" if election is None else f"elections/{election}"
    return Feed(
        id=feed_id(uuid, path),
        title=f"accredwatch: {election or 'all elections'}",
        subtitle="Accredited election observers in Kazakhstan: what changed",
        address=f"{base}/feeds/{path}.atom",
        page=f"{base}/" if election is None else f"{base}/elections/{election}",
        updated=max((change.made_at for change in found), default=made_at),
        entries=tuple(_entry(change, context, uuid, base) for change in found),
    )


def _entry(recorded: RecordedChange, context: Context, uuid: str, base: str) -> Entry:
    identity = entry_id(uuid, recorded.id)
    title, text = told(recorded, context, str(identity))
    return Entry(
        id=identity.urn,
        title=title,
        text=text,
        updated=recorded.made_at,
        published=recorded.article.published,
        page=f"{base}/reports/{recorded.report}",
        article=safe_url(recorded.article.url),
        categories=(recorded.change.kind.value, recorded.election.key),
        source=context.names.get(recorded.article.source, recorded.article.source),
    )


def told(recorded: RecordedChange, context: Context, key: str) -> tuple[str, str]:
    """Title and text of a change as an alert of this key would tell it, instants in the zone of the page."""
    alert = Alert(
        id=0,
        key=key,
        channel="",
        state=AlertState.SENT,
        attempts=0,
        created_at=recorded.made_at,
        next_attempt_at=None,
        sent_at=None,
        last_error=None,
        change=recorded,
    )
    try:
        message = render(alert, Style(time_zone=context.settings.web.time_zone, names=context.names))
    except DeliveryError as error:
        # One change whose text cannot be written must not keep the others from readers.
        return f"{recorded.election.key}: {recorded.change.kind}", str(error)
    return message.title, message.body
