"""Who may see and do what: a guard before every route, so that a new one cannot be forgotten.

Files of ours, the login and the question whether we are alive are open. Reading needs the token where there is one,
unless the page is public; actions, which is everything but reading, need it always. Without a token the page is for
the users of this machine, who may do everything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import parse_qs, quote

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from accredwatch.web.attempts import Attempts
from accredwatch.web.context import Context
from accredwatch.web.errors import error_page
from accredwatch.web.navigation import here
from accredwatch.web.origins import host_in, is_of_a_page_of_ours, is_open_to_this_machine_alone, is_served_as
from accredwatch.web.sessions import COOKIE, Seal, is_token
from accredwatch.web.visitor import Visitor

log = structlog.get_logger(__name__)

OPEN = frozenset({"/login", "/healthz"})
"""Paths that answer everybody, beside the files under /static/; /healthz only whether the program is alive."""
PREFERENCES = frozenset({"/zone"})
"""Forms that change nothing but what the sender's own browser keeps: for whoever may read."""
FOR_PROGRAMS = ("/api/", "/feeds/", "/metrics", "/healthz")
"""How paths begin that answer programs, which cannot fill in a login form."""
FORM_TOKEN = "form_token"  # noqa: S105 - the name of a field
FORM_HEADER = "x-form-token"
MOST_FIELDS = 500
LARGEST_BODY = 64 * 1024
"""Bytes; no form of ours is nearly as long."""

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_WRONG_TOKEN = "Bearer"  # noqa: S105 - the scheme that is asked for


class Access:
    """What the guard knows: the settings, the seal of sessions, the wrong tokens."""

    def __init__(self, context: Context) -> None:
        self.web = context.settings.web
        self.clock = context.clock
        self.token = self.web.token.get_secret_value()
        self.seal = Seal(self.token)
        self.attempts = Attempts()

    def visitor(self, request: Request) -> Visitor:
        """Who sends the request, by its header or its cookie, without counting what is wrong."""
        cookie = request.cookies.get(COOKIE, "")
        session = self.seal.open(cookie, self.clock.now()) if self.token else None
        known = session is not None or is_token(_bearer(request), self.token)
        own_machine = not self.token and is_open_to_this_machine_alone(self.web)
        return Visitor(
            name=session.name if session else "",
            known=known,
            may_read=known or self.web.public or not self.token,
            may_act=known or own_machine,
            form_token=self.seal.form_token(cookie if session else ""),
        )

    def is_right(self, given: str, request: Request) -> bool:
        """Whether the token is right; a wrong one counts against its sender."""
        if is_token(given, self.token):
            return True
        address = address_of(request)
        self.attempts.note_wrong(address, self.clock.now())
        log.warning("wrong_token", address=address)
        return False

    def wait(self, request: Request) -> int:
        """Seconds until the sender may try a token again."""
        return self.attempts.wait(address_of(request), self.clock.now())


def install(app: FastAPI, context: Context) -> None:
    """Set the guard before all routes of the application."""
    app.state.access = Access(context)
    app.middleware("http")(_guard)


async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    access: Access = request.app.state.access
    host = host_in(request.headers.get("host", ""))
    if not is_served_as(host, access.web):
        return _wrong_name(host)
    refusal = _check_bearer(request, access)
    visitor = request.state.visitor = access.visitor(request)
    if refusal is None:
        refusal = _refuse_reading(request, visitor)
    if refusal is None and request.method not in _READING:
        refusal = await _refuse_sending(request, access, visitor)
    return await call_next(request) if refusal is None else refusal


def _check_bearer(request: Request, access: Access) -> Response | None:
    """Refuse a wrong token in the header, and any token of whoever sent too many wrong ones."""
    given = _bearer(request)
    if not given or not access.token:
        return None
    if wait := access.wait(request):
        return refusal(request, HTTPStatus.TOO_MANY_REQUESTS, too_many(wait), {"Retry-After": str(wait)})
    if access.is_right(given, request):
        return None
    return refusal(request, HTTPStatus.UNAUTHORIZED, "The token is wrong.", {"WWW-Authenticate": _WRONG_TOKEN})


def _refuse_reading(request: Request, visitor: Visitor) -> Response | None:
    path = request.url.path
    more_than_alive = path == "/healthz" and request.url.query
    if visitor.may_read or path.startswith("/static/") or (path in OPEN and not more_than_alive):
        return None
    if path.startswith(FOR_PROGRAMS):
        message = "This needs the token: send it as `Authorization: Bearer TOKEN`."
        return refusal(request, HTTPStatus.UNAUTHORIZED, message, {"WWW-Authenticate": _WRONG_TOKEN})
    if request.method in _READING:
        return RedirectResponse(f"/login?next={quote(here(request))}", HTTPStatus.SEE_OTHER)
    return refusal(request, HTTPStatus.FORBIDDEN, "This needs the token: log in, and do it again.")


async def _refuse_sending(request: Request, access: Access, visitor: Visitor) -> Response | None:
    """Refuse what is too long or comes from another site, and what this sender may not do."""
    if request.url.path.startswith(FOR_PROGRAMS):
        message = "Programs read what is on record, and write nothing: ask with GET."
        return refusal(request, HTTPStatus.METHOD_NOT_ALLOWED, message, {"Allow": "GET"})
    if not _is_short(request):
        message = f"Send at most {LARGEST_BODY} bytes, in one piece."
        return refusal(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)
    if not is_of_a_page_of_ours(request, access.web):
        message = "This was sent from a page of another site. Open the page here, and do it again."
        return refusal(request, HTTPStatus.FORBIDDEN, message)
    if request.url.path in OPEN | PREFERENCES:
        return None
    return await _refuse_action(request, access, visitor)


async def _refuse_action(request: Request, access: Access, visitor: Visitor) -> Response | None:
    """Refuse an action of whoever may not act, and one whose form is not ours."""
    if not visitor.may_act:
        message = (
            "This needs the token: log in, and do it again."
            if access.token
            else "Nobody can do this before web.token is set, because web.public_url lets others connect."
        )
        return refusal(request, HTTPStatus.FORBIDDEN, message)
    if is_token(_bearer(request), access.token):
        return None  # no page of another site can send this header
    session = request.cookies.get(COOKIE, "") if visitor.known else ""
    if not access.seal.is_form_token(await _form_token(request), session):
        message = "The form is out of date. Go back, load the page again, and send it anew."
        return refusal(request, HTTPStatus.FORBIDDEN, message)
    return None


def _is_short(request: Request) -> bool:
    """Whether the request says beforehand that its body is one that a form of ours may send."""
    length = request.headers.get("content-length", "0")
    return "transfer-encoding" not in request.headers and length.isdecimal() and int(length) <= LARGEST_BODY


async def _form_token(request: Request) -> str:
    """What a form brings to show that it is ours, or a program in a header."""
    if FORM_HEADER in request.headers:
        return request.headers[FORM_HEADER]
    try:
        fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)
    except ValueError:
        return ""  # more fields than any form of ours has
    return fields.get(FORM_TOKEN, [""])[0]


def refusal(request: Request, status: HTTPStatus, message: str, headers: dict[str, str] | None = None) -> Response:
    """The answer to what is not allowed: a page for people, a problem as JSON for programs."""
    if request.url.path.startswith(FOR_PROGRAMS):
        content = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": message}
        answer: Response = JSONResponse(content, status, media_type="application/problem+json")
    else:
        answer = error_page(request, status, status.phrase, message)
    answer.headers.update(headers or {})
    return answer


def too_many(wait: int) -> str:
    """What whoever sent too many wrong tokens is told."""
    return f"Too many wrong tokens came from your address. Try again in {wait} seconds."


def address_of(request: Request) -> str:
    """Whoever connects, or whom the reverse proxy on this machine names."""
    return request.client.host if request.client else "unknown"


def _wrong_name(host: str) -> Response:
    message = f"accredwatch is not served under the name {host!r}: if it should be, set web.public_url.\n"
    return Response(message, HTTPStatus.MISDIRECTED_REQUEST, media_type="text/plain")


def _bearer(request: Request) -> str:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else ""
