"""Texts without secrets: for log lines, errors, listings and what the database keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, unquote, urlsplit

MASK = "***"
_PASSWORD = re.compile(r"(://[^\s/:@'\"]{0,100}:)[^\s/@'\"]{1,300}(?=@)")


class Redactor:
    """Takes secrets and the passwords of URLs out of a text."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms = {form for secret in secrets for part in _parts(secret) for form in _forms(part)}
        longest_first = sorted(forms, key=len, reverse=True)
        self._secrets = re.compile("|".join(re.escape(form) for form in longest_first)) if forms else None

    def __call__(self, text: str) -> str:
        """`text` with a mask in place of everything secret."""
        if self._secrets is not None:
            text = self._secrets.sub(MASK, text)
        return _PASSWORD.sub(rf"\g<1>{MASK}", text)


def _parts(secret: str) -> set[str]:
    """What of a secret must not be seen: of a URL that names a service its credentials, tokens and the whole."""
    parts = urlsplit(secret)
    if not parts.scheme or "://" not in secret:
        return {secret} if len(secret) >= 4 else set()
    if parts.scheme.startswith("sqlite"):
        return set()
    credentials = {parts.password or ""}
    if parts.scheme.startswith("postgresql"):
        credentials |= {value for key, value in parse_qsl(parts.query) if "password" in key}
        return {c for c in credentials if c}
    host = parts.netloc.rpartition("@")[2]
    tokens = [segment for segment in parts.path.split("/") if segment]
    tokens += [value for _, value in parse_qsl(parts.query)] + [parts.fragment]
    tokens += [parts.username or ""] if parts.password is None else []
    tokens += [] if "." in host or host.startswith(("localhost", "[")) else [host, *host.split(":")]
    return {c for c in credentials if c} | {t for t in tokens if len(t) >= 8} | {secret}


def _forms(secret: str) -> set[str]:
    """A secret as it may stand in a line: raw, escaped for a URL, escaped by JSON."""
    raw = {secret, unquote(secret)}
    return raw | {quote(s, safe="") for s in raw} | {json.dumps(s, ensure_ascii=False)[1:-1] for s in raw}
