"""Why a send failed, in words that hold no secret, and whether trying again can help."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import aiohttp

from alerts.text import clean, shorten
from foundation.errors import DeliveryError
from foundation.redaction import Redactor

if TYPE_CHECKING:
    from alerts.observe import Exchange

LONGEST_RETRY_AFTER = 86_400.0
"""Seconds; a service that asks for more is asked again after a day."""

_REFUSED_CONTENT = frozenset({413, 415, 422})
"""HTTP statuses that mean the message itself. 400 is not among them: Telegram answers it for a chat that is missing."""

_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLCertVerificationError, "its certificate is not trusted"),
    (ssl.SSLError, "the TLS handshake failed"),
    (socket.gaierror, "its host name is not known"),
    (ConnectionRefusedError, "the connection was refused"),
    (TimeoutError, "no answer came in time"),
    (ConnectionError, "the connection was closed"),
    (aiohttp.ServerDisconnectedError, "the connection was closed"),
)


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header, which gives seconds or an HTTP date; None if there is nothing usable."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:10]), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_RETRY_AFTER)


def http_failure(
    channel: str, status: int, retry_after: str | None, now: datetime, refused: frozenset[int] = _REFUSED_CONTENT
) -> DeliveryError:
    """The failure that an HTTP status means; statuses in `refused` mean that this message can never be delivered."""
    return DeliveryError(
        f"channel {channel}: the service answered HTTP {status}",
        retry_after=parse_retry_after(retry_after, now),
        permanent=status in refused,
    )


def connection_failure(channel: str, error: BaseException) -> DeliveryError:
    """The failure that an exception of the network means. Its own text may hold the URL and so is left out."""
    chain = list(_chain(error))
    for kind, reason in _REASONS:
        if any(isinstance(e, kind) for e in chain):
            return DeliveryError(f"channel {channel}: {reason}")
    return DeliveryError(f"channel {channel}: sending failed ({type(error).__name__})")


def exchange_failure(channel: str, exchange: Exchange, now: datetime, redact: Redactor) -> DeliveryError:
    """The failure that the last telling answer of a plugin's exchange means; a server may repeat what it was told."""
    if exchange.failure is not None and not exchange.content_refused:
        return connection_failure(channel, exchange.failure)
    if exchange.smtp_code is not None:
        words = shorten(redact(clean(exchange.smtp_text)), 200)
        return DeliveryError(
            f"channel {channel}: the mail server answered {exchange.smtp_code} {words}".rstrip(),
            permanent=exchange.content_refused,
        )
    if exchange.status is not None and not 200 <= exchange.status < 300:
        return http_failure(channel, exchange.status, exchange.retry_after, now)
    return DeliveryError(f"channel {channel}: the service did not accept the message")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and all that it wraps: causes, contexts, and those that urllib3 keeps as arguments."""
    todo: list[BaseException] = [error]
    seen: set[int] = set()
    while todo:
        current = todo.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        wrapped = (current.__cause__, current.__context__, getattr(current, "reason", None), *current.args)
        todo.extend(e for e in wrapped if isinstance(e, BaseException))
