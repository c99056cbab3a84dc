"""Bytes -> text, and the repair of text that somebody decoded with the wrong charset.

A page of the region comes in UTF-8 or in windows-1251, and says so wrongly or not at all often enough that the bytes
themselves are asked before any declaration is believed.
"""

from __future__ import annotations

import codecs
import re

from foundation.errors import ExtractError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?i)<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.\-]{2,40})"""
)
_HEADER = re.compile(r"""(?i)charset\s*=\s*["']?([a-z0-9_:.\-]{2,40})""")
_SNIFFED = 4096
_CYRILLIC_CHARSETS = ("cp1251", "koi8-r", "iso8859-5", "cp866", "kz1048")
_WESTERN = ("latin-1", "cp1252")
# The ten most frequent letters make up about two thirds of Russian as of Kazakh text; wrong decodings make rare ones.
_FREQUENT = frozenset("оеаинтсрвлыдк")
# No language writes five accented letters in a row; Cyrillic read as a Western charset does in every other word.
_MISREAD_UTF8 = re.compile(r"(?:[\u00d0-\u00d3][^\x00-\x7f\u00d0-\u00d3]){4}")
_MISREAD = re.compile(rf"[\u00c0-\u00ff]{{5}}|{_MISREAD_UTF8.pattern}")
_MAY_BE_MISREAD = re.compile(r"[\u00c0-\u00ff][^\x00-\x7f]")  # how each of them begins: quickly looked for
_BAD_SHARE = 0.01
_BROKEN_SHARE = 0.05
_MANY_LOST = 20
_KAZAKH = frozenset("әғқңөұүһ")


def decode(document: bytes, charset: str | None = None) -> str:
    """The text of a page's bytes.

    `charset` is what the transport said: a charset's name or a whole Content-Type. In order: a byte order mark,
    valid UTF-8, the transport's charset, the page's own, and what the bytes look like. A few broken characters are
    replaced; raises ExtractError when the bytes are text in no known charset.
    """
    text = _decode(document, charset)
    _refuse_garbage(text)
    return text


def _decode(document: bytes, charset: str | None) -> str:
    for bom, name in _BOMS:
        if document.startswith(bom):
            return document[len(bom) :].decode(name, errors="replace")
    try:
        return document.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in _declared(document, charset):
        text = _try(document, name)
        if text is not None and (name not in _WESTERN or not _reads_as_cyrillic(document)):
            return text
    return _guess(document)


def repair(text: str) -> str:
    """Text whose Cyrillic was decoded as a Western charset, decoded anew; any other text as it is.

    Raises ExtractError where the letters were lost.
    """
    _refuse_garbage(text)
    if not _holds_western_letters(text) or _MAY_BE_MISREAD.search(text) is None or _MISREAD.search(text) is None:
        return text
    for name in _WESTERN[::-1]:
        try:
            raw = text.encode(name)
        except UnicodeEncodeError:
            continue
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            if _reads_as_cyrillic(raw):
                return _guess(raw)
    if _MISREAD_UTF8.search(text):
        raise ExtractError("letters were decoded with a wrong charset: give the page's bytes, or decode them rightly")
    return text


def _holds_western_letters(text: str) -> bool:
    """Whether a letter from U+00C0 to U+00FF is in a text: in UTF-8 all of them, and no others, begin with one byte."""
    return not text.isascii() and b"\xc3" in text.encode("utf-8", errors="replace")


def _declared(document: bytes, charset: str | None) -> list[str]:
    names = []
    if charset:
        found = _HEADER.search(charset)
        names.append(found.group(1) if found else charset)
    if meta := _DECLARED.search(document[:_SNIFFED]):
        names.append(meta.group(1).decode("ascii"))
    known = []
    for name in names:
        try:
            known.append(codecs.lookup(name.strip()).name)
        except LookupError:
            continue
    return ["latin-1" if name == "iso8859-1" else name for name in known]


def _try(document: bytes, name: str) -> str | None:
    try:
        return document.decode(name)
    except UnicodeDecodeError:
        text = document.decode(name, errors="replace")
    except (LookupError, ValueError):  # a codec that is no charset, such as 'hex' or 'idna'
        return None
    return text if text.count("\ufffd") <= _BAD_SHARE * len(text) else None


def _reads_as_cyrillic(document: bytes) -> bool:
    return max(_plausibility(document, name) for name in _CYRILLIC_CHARSETS[:2]) > 0.5


def _plausibility(document: bytes, name: str) -> float:
    """The share of frequent small Cyrillic letters among all non-ASCII characters, 0 to about 0.8."""
    beyond = [c for c in document[:200_000].decode(name, errors="replace") if c > "\x7f"]
    return sum(c in _FREQUENT for c in beyond) / len(beyond) if beyond else 0.0


def _guess(document: bytes) -> str:
    text = document.decode("utf-8", errors="replace")
    beyond = sum(c > "\x7f" for c in text)
    if text.count("\ufffd") <= _BROKEN_SHARE * beyond:
        return text
    best = max(_CYRILLIC_CHARSETS, key=lambda name: _plausibility(document, name))
    if _plausibility(document, best) > 0.4:
        kazakh = document.decode("kz1048", errors="replace")
        if best == "cp1251" and sum(c in _KAZAKH for c in kazakh) > 0.02 * beyond:
            return kazakh
        return document.decode(best, errors="replace")
    if document.count(b"\0") or sum(b < 9 for b in document[:_SNIFFED]) > 8:
        raise ExtractError("the document is binary, not text: give a page's HTML or plain text")
    return document.decode("cp1252", errors="replace")


def _refuse_garbage(text: str) -> None:
    lost = text.count("\ufffd")
    if lost > _MANY_LOST and lost > _BROKEN_SHARE * sum(c > "\x7f" for c in text):
        raise ExtractError(
            f"{lost:,} letters were lost to a wrong charset: give the page's bytes, or decode them rightly"
        )
