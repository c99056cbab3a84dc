"""What a person should look at, and what people decide about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from accredwatch.web import asked
from accredwatch.web.asked import LARGEST_ID, Id
from accredwatch.web.context import Context, ask
from accredwatch.web.happened import sentence
from accredwatch.web.templating import page
from accredwatch.web.visitor import Visitor, visitor_of
from storage import decisions, queries
from storage import review as questions
from storage.answers import Decision
from storage.decisions import Person
from storage.disputes import disputes
from storage.vocabulary import ReviewKind, Subscription
from storage.voided import voided_reports

router = APIRouter()

MOST = 100
"""Questions on the page."""
MOST_DECISIONS = 200

_PARTS = {False: "open", True: "closed"}
"""Which part of the navigation of the review it is."""

Here = Annotated[Context, Depends(ask)]
Who = Annotated[Visitor, Depends(visitor_of)]
Note = Annotated[str, Form(max_length=1000)]
Work = Callable[[Session, Person, list[Subscription]], Sequence[Decision]]


@router.get("/review")
def review(
    request: Request, context: Here, kind: Annotated[str, Query()] = "", closed: Annotated[str, Query()] = ""
) -> Response:
    """Disputes, questions and voided reports; with `closed` those that are over."""
    wanted = asked.one_of(ReviewKind, kind, "kind of question")
    over = asked.key_of(("yes",), closed, "choice for closed") is not None
    with context.database.read() as session:
        listed = disputes(session, closed=over)
        items = queries.review(session, kind=wanted, closed=over, limit=MOST + 1)
        voided = () if over else voided_reports(session)
    return page(
        request,
        "review.html",
        disputes=listed,
        items=items[:MOST],
        more=len(items) > MOST,
        voided=voided,
        closed=over,
        kind=kind,
        kinds=list(ReviewKind),
        part=_PARTS[over],
    )


@router.get("/review/decisions")
def log(
    request: Request,
    context: Here,
    done: Annotated[list[Annotated[int, Query(ge=1, le=LARGEST_ID)]], Query(max_length=MOST)] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Every decision, the latest first; what has just been `done` is said above in words."""
    with context.database.read() as session:
        made = decisions.decisions(session, limit=MOST_DECISIONS)
        happened = [sentence(one, decisions.told_of(session, one)) for one in made if one.id in done]
    return page(request, "decisions.html", made=made, most=MOST_DECISIONS, happened=happened, part="decisions")


@router.post("/review/close")
def close(
    context: Here,
    visitor: Who,
    ids: Annotated[list[Annotated[int, Form(ge=1, le=LARGEST_ID)]], Form(max_length=MOST)],
    note: Note = "",
) -> Response:
    """Close questions."""

    def work(session: Session, person: Person, _: list[Subscription]) -> Sequence[Decision]:
        questions.close(session, ids, by=person.by, note=person.note, now=person.now)
        return decisions.note_closed(session, dict.fromkeys(ids), person)

    return _decide(context, visitor, note, work)


@router.post("/review/disputes/{dispute_id}/settle")
def settle(
    context: Here,
    visitor: Who,
    dispute_id: Id,
    value: Annotated[int, Form(ge=0, le=2**63 - 1)],
    note: Note = "",
) -> Response:
    """Settle a dispute: this total stands."""

    def work(session: Session, person: Person, wanted: list[Subscription]) -> Sequence[Decision]:
        return [decisions.settle(session, dispute_id, person, wanted, value=value).decision]

    return _decide(context, visitor, note, work)


@router.post("/review/reports/{report_id}/void")
def void(
    context: Here, visitor: Who, report_id: Id, note: Annotated[str, Form(min_length=1, max_length=1000)]
) -> Response:
    """Let a report state nothing any more; the note says why."""
    return _decide(context, visitor, note, lambda s, person, to: [decisions.void(s, report_id, person, to).decision])


@router.post("/review/reports/{report_id}/restore")
def restore(context: Here, visitor: Who, report_id: Id, note: Note = "") -> Response:
    """Let a voided report count again."""
    return _decide(context, visitor, note, lambda s, person, to: [decisions.restore(s, report_id, person, to).decision])


def _decide(context: Context, visitor: Visitor, note: str, work: Work) -> Response:
    """Do it as this visitor, tell whom it concerns, and lead to what happened."""
    person = Person(by=visitor.by, note=note.strip() or None, now=context.clock.now())
    wanted = [channel.subscription() for channel in context.settings.enabled_channels]
    with context.database.write() as session:
        made = work(session, person, wanted)
    done = urlencode([("done", one.id) for one in made])
    return RedirectResponse(f"/review/decisions?{done}#happened", HTTPStatus.SEE_OTHER)
