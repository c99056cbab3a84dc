"""A cheap first look: may a page concern observers of elections at all?

Reading a page costs tens of milliseconds, this look about one. It errs on the side of yes.
"""

from __future__ import annotations

import re
from html import unescape

_STEMS = (
    "observ", "monitor", "watchdog", "poll watch", "accredit", "odihr", "osce",
    "наблюда", "аккредит", "мониторинг", "бдипч", "обсе",
    "байқаушы", "бақылаушы", "байқау", "бақыла", "еқыұ", "дииақб",
)  # fmt: skip
_INITIALS = ("cec", "цик", "цкр", "осж", "оск")
_WORDS = re.compile(rf"(?<!\w)(?:{'|'.join(_INITIALS)})(?!\w)")
_CODE = re.compile(r"<(/?)(?:script|style)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_CONTENT = re.compile(r"""content\s*=\s*(?:"([^"]{1,1000})"|'([^']{1,1000})')""")
_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{1,7};")
_HEAD = 50_000


def may_concern_observers(page: str) -> bool:
    """Whether a word of observers or of the commission that accredits them stands in the text of a page or feed entry.

    Markup and scripts do not count (an IntersectionObserver watches no election), descriptions in the head do.
    Linear in the page's length.
    """
    return concerns_observers(searchable(without_code(page)))


def searchable(shown: str) -> str:
    """The source of a page without code as words are looked for in it: in lower case, no character as a number."""
    if "&#" in shown:
        shown = _REFERENCE.sub(lambda found: unescape(found.group()), shown)
    return shown.lower()


def concerns_observers(shown: str) -> bool:
    """Whether such a word stands in the text of a page, or in its head, by what is `searchable` of it."""
    if not _says(shown):
        return False
    heads = " ".join(a or b for a, b in _CONTENT.findall(shown[:_HEAD]))
    return _says(heads) or _says(_TAG.sub(" ", shown))


def _says(text: str) -> bool:
    if any(stem in text for stem in _STEMS):
        return True
    # Looked for one by one, words cost a tenth of what they cost all at once in a pattern.
    return any(word in text for word in _INITIALS) and _WORDS.search(text) is not None


def without_code(page: str) -> str:
    """The source of a page without its scripts and styles."""
    kept = []
    start = 0
    inside = False
    for found in _CODE.finditer(page):
        closes = bool(found.group(1))
        if not closes and not inside:
            kept.append(page[start : found.start()])
            inside = True
        elif closes and inside:
            start = found.start()
            inside = False
    if not inside:
        kept.append(page[start:])
    return " ".join(kept)
