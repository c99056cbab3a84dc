"""Whether a page surely shows prose, told by its source: parsing it would cost ten times as much.

Where this says no, only the parsed page can tell.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from itertools import islice

from extract.page.furniture import is_furniture, is_prose
from extract.page.markup import tidy
from extract.page.relevance import without_code

_PARAGRAPH = re.compile(r"<[pP](?:\s[^<>]*)?>([^<>]{60,5000})</[pP]>")
_TRIED = 20
_HIDING = re.compile(
    "<(/?)(audio|button|canvas|datalist|iframe|map|math|noscript|object|select|svg|template|textarea|title|video)"
)


def surely_shows_prose(page: str) -> bool:
    """Whether some paragraph without further markup is one of prose, and no furniture. Linear in the page's length."""
    return shows_prose(without_code(page))


def shows_prose(shown: str) -> bool:
    """The same of a page's source that has lost its code."""
    for found in islice(_PARAGRAPH.finditer(shown), _TRIED):
        line = tidy(unescape(found[1]))
        if is_prose(line) and not is_furniture(line):
            return not _may_be_hidden(shown[: found.start()].lower())
    return False


def _may_be_hidden(before: str) -> bool:
    """Whether what follows may stand in a comment or in an element that nobody reads."""
    if before.count("<!--") != before.count("-->"):
        return True
    opened: Counter[str] = Counter()
    for found in _HIDING.finditer(before):
        opened[found[2]] += -1 if found[1] else 1
    return any(opened.values())
