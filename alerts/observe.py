"""What a service answered while a plugin of Apprise was sending.

Apprise tells only whether a send worked. Whether to try again, and when, depends on what it leaves out: the HTTP
status, `Retry-After`, the SMTP reply. All its HTTP goes through `requests.Session.send` and all its mail through
`smtplib.SMTP`, so both are wrapped once, for good, by functions that do nothing unless the calling context asks
to observe. A context variable and not a global: sends to other channels run in other threads at the same time.
"""

from __future__ import annotations

import contextvars
import functools
import math
import smtplib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import ParamSpec, TypeVar

import requests

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class Exchange:
    """The last telling answer of one send; None where there was none of the kind."""

    status: int | None = None
    """HTTP status of the last response."""
    retry_after: str | None = None
    """The header of that response as it came, or what Telegram and Discord write into the body instead."""
    smtp_code: int | None = None
    """Code of the last SMTP reply that was not positive."""
    smtp_text: str = ""
    content_refused: bool = False
    """The SMTP server took the addresses and refused the message itself, for good."""
    failure: BaseException | None = None
    """The exception of the last attempt to connect or to exchange."""


_current: contextvars.ContextVar[Exchange | None] = contextvars.ContextVar("accredwatch_exchange", default=None)
_LARGEST_BODY = 10_000
_install_lock = threading.Lock()
_installed = False


@contextmanager
def observed() -> Iterator[Exchange]:
    """Observe what HTTP and SMTP servers answer in this context until the end of the block."""
    _install()
    exchange = Exchange()
    token = _current.set(exchange)
    try:
        yield exchange
    finally:
        _current.reset(token)


def _install() -> None:
    global _installed  # noqa: PLW0603 - the wrappers are installed once a process
    with _install_lock:
        if _installed:
            return
        _observe_http()
        _observe_smtp()
        _installed = True


def _observe_http() -> None:
    def answered(exchange: Exchange, response: requests.Response) -> None:
        exchange.status = response.status_code
        exchange.retry_after = response.headers.get("Retry-After") or _retry_after_in_body(response)
        exchange.failure = None

    requests.Session.send = _noting(requests.Session.send, answered)  # type: ignore[method-assign]  # the purpose here


def _retry_after_in_body(response: requests.Response) -> str | None:
    """Seconds by `retry_after` or `parameters.retry_after` in the JSON body of an answer 429; None without."""
    if response.status_code != HTTPStatus.TOO_MANY_REQUESTS or len(response.content) > _LARGEST_BODY:
        return None
    try:
        body = response.json()
    except requests.JSONDecodeError:
        return None
    for place in (body, body.get("parameters") if isinstance(body, dict) else None):
        seconds = place.get("retry_after") if isinstance(place, dict) else None
        if isinstance(seconds, int | float) and math.isfinite(seconds) and seconds >= 0:
            return str(math.ceil(seconds))
    return None


def _observe_smtp() -> None:
    def replied(exchange: Exchange, reply: tuple[int, bytes]) -> None:
        code, text = reply
        if code >= 400:
            exchange.smtp_code, exchange.smtp_text = code, text.decode("utf-8", "replace")

    def taken(exchange: Exchange, refused: object) -> None:
        """A message that some recipient got needs no note; replies were noted one by one."""

    smtplib.SMTP.connect = _noting(smtplib.SMTP.connect, replied)  # type: ignore[method-assign]  # the purpose here
    smtplib.SMTP.getreply = _noting(smtplib.SMTP.getreply, replied)  # type: ignore[method-assign]  # the purpose here
    smtplib.SMTP.sendmail = _noting(smtplib.SMTP.sendmail, taken)  # type: ignore[method-assign]  # the purpose here


def _noting(call: Callable[P, R], note: Callable[[Exchange, R], None]) -> Callable[P, R]:
    """The call, with its result or its exception noted in the exchange that is being observed, if any."""

    @functools.wraps(call)
    def noting(*args: P.args, **kwargs: P.kwargs) -> R:
        exchange = _current.get()
        if exchange is None:
            return call(*args, **kwargs)
        try:
            result = call(*args, **kwargs)
        except smtplib.SMTPDataError as error:
            exchange.content_refused = error.smtp_code >= 500
            raise
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
            raise
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            exchange.failure = error
            raise
        note(exchange, result)
        return result

    return noting
