"""Text that strangers wrote, made harmless before it goes into an alert.

Words from pages are quoted in titles, mails and chat messages. Some services render Markdown or their own markup
even in what they call plain text, so escaping per format is not enough: the characters that mark something up are
replaced by look-alikes that no renderer knows.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

_REMOVED = frozenset({"Cf", "Cs", "Co", "Cn"})
_BLANKS = frozenset({"Cc", "Zl", "Zp", "Zs"})

_LOOKALIKES = str.maketrans(
    {
        "<": "‹",
        ">": "›",
        "[": "⟦",
        "]": "⟧",
        "*": "∗",
        "_": "‗",
        "`": "ʻ",
        "~": "∼",
        "|": "∣",
        "\\": "∖",
        "@": "＠",
        "#": "＃",
        "&": "＆",
        "{": "❴",
        "}": "❵",
    }
)

_DOT_IN_A_NAME = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_]{2})")
"""A dot that makes words look like a host: 'log-in.example', not 'U.S.', '1.026' or the end of a sentence."""

_UNCUT = re.compile(r"://|\d[\d.,\u00a0]*$")
"""What is not cut through: a URL, and a number at the very end."""

_URL_SAFE = "/:?=&%+,;.-!$"


def clean(text: str, *, keep: str = "") -> str:
    """The text in one line: no control, bidirectional, invisible or unassigned characters, blanks run together.

    Characters in `keep` stay as they are.
    """
    normal = unicodedata.normalize("NFC", text)
    if normal.isprintable():  # nearly every text is, and has nothing to be taken out
        return " ".join(normal.split())
    kept = []
    for char in normal:
        category = unicodedata.category(char)
        if char in keep:
            kept.append(char)
        elif category in _BLANKS:
            kept.append(" ")
        elif category not in _REMOVED:
            kept.append(char)
    return " ".join(filter(None, "".join(kept).split(" ")))


def inert(text: str) -> str:
    """Cleaned text in which nothing is markup, a mention or a link to anyone."""
    return _DOT_IN_A_NAME.sub("․", clean(text).translate(_LOOKALIKES).replace("://", ":∕∕"))


def length(text: str) -> int:
    """Characters of UTF-16, as phones and services count them: most have one, an emoji two."""
    return len(text) + sum(char > "\uffff" for char in text)


def shorten(text: str, limit: int) -> str:
    """The text cut to at most `limit` characters of UTF-16, at a blank where there is one near, with an ellipsis.

    A number or a URL that does not fit in whole goes in whole.
    """
    if length(text) <= limit:
        return text
    room = max(limit - 1, 0)
    while length(text[:room]) > max(limit - 1, 0):
        room -= 1
    cut = text[:room]
    blank = text[: room + 1].rfind(" ")
    if blank > room // 2 or _UNCUT.search(cut[blank + 1 :]):
        cut = text[: max(blank, 0)]
    return cut.rstrip(" ,;:–-") + "…" if limit else ""


def safe_url(url: str | None) -> str | None:
    """An http(s) URL in ASCII that no renderer can take for anything but itself; None if it is no such URL."""
    if url is None:
        return None
    try:
        parts = urlsplit(clean(url).replace(" ", "%20"))
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    path = quote(parts.path, safe=_URL_SAFE + "_")
    query = f"?{quote(parts.query, safe=_URL_SAFE + '_')}" if parts.query else ""
    return f"{parts.scheme}://{host}{port}{path}{query}"
