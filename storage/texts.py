"""Text on its way into the database: what databases refuse, what identifies it, the sentence around a quote."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from extract.model import Article, Evidence, Where

MAX_KEY_BYTES = 2000
"""PostgreSQL indexes no value of more than 2,700 bytes."""
_REFUSED = re.compile("[\0\ud800-\udfff]")
# A stop after a single letter belongs to an abbreviation: 6 p.m. Astana time, N. Abdirov, г. Астана.
_BREAK = re.compile(r"(?<![\s.][^\W\d_])[.!?…]['\"”’»)]*\s+(?=[\"“‘«(]?[^\W\d_a-zа-яё])|\n")
_LONGEST = 600


def clean(text: str) -> str:
    """The text with U+FFFD for NUL and lone surrogates, which PostgreSQL refuses; offsets stay."""
    return _REFUSED.sub("\ufffd", text)


def clean_or_none(text: str | None) -> str | None:
    """`clean`, passing None on."""
    return None if text is None else clean(text)


def fits_an_index(key: str) -> bool:
    """Whether a text is short enough to be a key."""
    return len(key.encode("utf-8", "replace")) <= MAX_KEY_BYTES


def content_hash(title: str | None, paragraphs: Iterable[str]) -> str:
    """A hash of what a reader sees; blanks and Unicode composition make no difference."""
    text = "\0".join(" ".join(part.split()) for part in (title or "", *paragraphs))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8", "replace")).hexdigest()


def sentence_around(article: Article, evidence: Evidence) -> str:
    """The sentence in which the evidence stands, or the evidence itself where the sentence is very long."""
    text = (article.title or "") if evidence.where is Where.TITLE else article.body
    start = max((m.end() for m in _BREAK.finditer(text, 0, evidence.start)), default=0)
    end = next((m.end() for m in _BREAK.finditer(text, evidence.end)), len(text))
    sentence = text[start:end].strip()
    return sentence if len(sentence) <= _LONGEST else evidence.text
