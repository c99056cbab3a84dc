"""Sessions: who logged in and until when, in a cookie that only we can make.

Nothing is kept here: whoever changes the token ends all sessions.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

COOKIE = "accredwatch_session"
LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who logged in."""

    name: str
    ends: datetime


class Seal:
    """Makes cookies and form tokens, and tells its own from others."""

    def __init__(self, token: str) -> None:
        # Without a token there is nothing to log in to, and the forms of one run of the program are its own.
        secret = token or secrets.token_hex()
        self._key = hmac.digest(secret.encode(), b"accredwatch: sessions and forms of the page", "sha256")

    def close(self, session: Session) -> str:
        """The session as the cookie holds it; each is another, so that each has form tokens of its own."""
        content = json.dumps([session.name, int(session.ends.timestamp()), secrets.token_hex(8)])
        packed = content.encode().hex()
        return f"{packed}.{self._sign('session', packed)}"

    def open(self, cookie: str, now: datetime) -> Session | None:
        """The session in a cookie; None for one that is not ours or is over."""
        packed, _, signature = cookie.rpartition(".")
        if not _same(signature, self._sign("session", packed)):
            return None
        name, ends, _ = json.loads(bytes.fromhex(packed))
        session = Session(name, datetime.fromtimestamp(ends, UTC))
        return session if session.ends > now else None

    def form_token(self, cookie: str) -> str:
        """What the forms of this session bring; an empty cookie is that of whoever is not logged in."""
        return self._sign("form", cookie)

    def is_form_token(self, given: str, cookie: str) -> bool:
        """Whether a form brings what it should."""
        return _same(given, self.form_token(cookie))

    def _sign(self, what: str, text: str) -> str:
        return hmac.digest(self._key, f"{what}:{text}".encode(), "sha256").hex()


def is_token(given: str, token: str) -> bool:
    """Whether this is the token; there is none that an empty one would be."""
    return bool(token) and _same(given, token)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
