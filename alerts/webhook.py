"""Our own webhook: a JSON POST with all fields, an identity that receivers can deduplicate by, and a signature."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit, urlunsplit

import aiohttp

from alerts.failures import connection_failure, http_failure
from alerts.message import Message
from foundation.errors import ConfigError

SCHEMES = {"webhook": "https", "webhook+https": "https", "webhook+http": "http"}

_REFUSED = frozenset({400, 413, 415, 422})
"""What a receiver answers when it will never take this message; the documentation tells receivers so."""

_SECRET_PREFIX = "whsec_"  # noqa: S105 - the public prefix of such secrets, not one


@dataclass(frozen=True, slots=True)
class Webhook:
    """The receiver of one channel. Any address is allowed: the operator chose it."""

    channel: str
    url: str
    user: str | None
    password: str
    secret: bytes | None
    timeout: float
    """Seconds, for connecting and for the answer to begin."""

    @classmethod
    def parse(cls, channel: str, url: str, timeout: float) -> Webhook:
        """Read webhook://host/path, webhook+http://... or webhook+https://..., with the secret as its fragment.

        Raises ConfigError naming the channel, never the URL.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
            (host or "").encode("idna")
        except ValueError:  # UnicodeError of a host that no resolver takes is one
            # Without its cause, which quotes parts of the URL.
            raise ConfigError(f"channel {channel}: its webhook URL has no valid host and port") from None
        if parts.scheme not in SCHEMES or not host:
            raise ConfigError(f"channel {channel}: write its webhook as webhook+https://HOST/PATH")
        netloc = f"[{host}]" if ":" in host else host
        netloc += f":{port}" if port is not None else ""
        target = urlunsplit((SCHEMES[parts.scheme], netloc, parts.path or "/", parts.query, ""))
        user = None if parts.username is None else unquote(parts.username)
        password = unquote(parts.password or "")
        return cls(channel, target, user, password, _read_secret(channel, unquote(parts.fragment)), timeout)

    def send(self, message: Message, *, now: datetime) -> None:
        """Post the message; a 2xx status means that the receiver has it. Raises DeliveryError.

        In a thread without an event loop: it has one of its own.
        """
        body = payload(message)
        headers = {"Content-Type": "application/json", "User-Agent": "accredwatch", "Idempotency-Key": message.key}
        headers |= signature(message.key, body, now, self.secret)
        try:
            if self.user is not None:
                headers["Authorization"] = aiohttp.encode_basic_auth(self.user, self.password, "utf-8")
            status, retry_after = asyncio.run(self._post(body, headers))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # Without its cause, which quotes the URL.
            raise connection_failure(self.channel, error) from None
        if not 200 <= status < 300:
            raise http_failure(self.channel, status, retry_after, now, _REFUSED)

    async def _post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str | None]:
        """The status of the answer, and how long it asks to wait. Raises what the client raises."""
        # The client of the crawls, and not a further one that a daemon would have to hold.
        timeout = aiohttp.ClientTimeout(connect=self.timeout, sock_read=self.timeout)
        async with (
            aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), trust_env=True) as session,
            # The answer's body is never read: the status is the answer, and a body may be endless or cut off.
            session.post(self.url, data=body, headers=headers, allow_redirects=False) as response,
        ):
            return response.status, response.headers.get("Retry-After")


def payload(message: Message) -> bytes:
    """The body of the request: title, text and key of the message, and all its fields."""
    content = {"key": message.key, "title": message.title, "text": message.body, **message.fields}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def signature(key: str, body: bytes, now: datetime, secret: bytes | None) -> dict[str, str]:
    """The headers of the Standard Webhooks scheme: HMAC-SHA256 over identity, Unix seconds and body."""
    stamp = str(int(now.timestamp()))
    headers = {"webhook-id": key, "webhook-timestamp": stamp}
    if secret is not None:
        signed = hmac.new(secret, f"{key}.{stamp}.".encode() + body, hashlib.sha256).digest()
        headers["webhook-signature"] = "v1," + base64.b64encode(signed).decode()
    return headers


def _read_secret(channel: str, text: str) -> bytes | None:
    if not text:
        return None
    try:
        secret = base64.b64decode(text.removeprefix(_SECRET_PREFIX), validate=True)
    except binascii.Error as error:
        raise ConfigError(
            f"channel {channel}: the secret after '#' in its webhook URL is not base64; make one with"
            " 'openssl rand -base64 32'"
        ) from error
    if len(secret) < 16:
        raise ConfigError(f"channel {channel}: the secret after '#' in its webhook URL is shorter than 16 bytes")
    return secret
