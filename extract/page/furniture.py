"""Lines that stand around or inside an article without being part of it, in pages as in plain text.

What is decided here is decided by the line alone (or by its neighbours), whatever outlet it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.page.date_line import find_stamp, is_partial
from extract.page.language import LANGUAGES
from extract.words.tables import load

_PROSE_LENGTH = 60
_SHORT = 300
_LONGEST_BYLINE = 160
_LONGEST_LABEL = 40
_FEW_LETTERS = 12
_LONGEST_NAME = 3
"""Words of a name."""
_SENTENCE_END = re.compile(r"[.!?…][»”\"')\]]*$|[:;]$")
_ITEM = re.compile(r"(?:[-–—•·*▪◦]\s*\S|\d{1,2}[.)]\s)")
_ROW = re.compile(r"[^|]{2,80}\s\|\s\d{1,3}(?:\s?\d{3})*")
_CRUMBS = re.compile(r"(?:\s[>»›]\s*\S.{0,100}|\s*[>»›]\s*)$")
_ADDRESS = re.compile(r"\W*(?:https?://|www\.)\S+", re.IGNORECASE)
_PARTS = re.compile(r"\s?[|·•]\s?")
_YEAR_SIGN = re.compile(r"(?<!\w)[гж]\.$")
_LITTER = re.compile(
    r"\W*(?:none|null|undefined|nan|\d+|\d?\d:\d\d\s*/\s*\d?\d:\d\d|image \d+|[aа][+-])?\W*", re.IGNORECASE
)


_OPENING = r"^\W*"
_WORD_START = r"(?<!\w)"


def _phrases(table: str) -> list[str]:
    """One table's phrases of all languages as patterns; a page's furniture may be in another one than its story."""
    return [_pattern(phrase) for language in LANGUAGES for phrase in load(language, "furniture")[table]]


def _pattern(phrase: str) -> str:
    words = [
        ".{0,60}?" if word == "..." else re.escape(word.removesuffix("~")) + (r"[\w'’-]*" if word.endswith("~") else "")
        for word in phrase.removeprefix("^").split()
    ]
    body = r"\s*".join(words) if "..." in phrase else r"\s+".join(words)
    return (_OPENING if phrase.startswith("^") else _WORD_START) + body + (r"(?!\w)" if body[-1].isalpha() else "")


def _any(patterns: Iterable[str]) -> str:
    return "|".join(sorted(patterns, key=len, reverse=True))


def _after(beginning: str, patterns: Iterable[str]) -> str:
    """Of the patterns with this beginning the rest: what all of them begin with is tried once at each place."""
    return _any(pattern.removeprefix(beginning) for pattern in patterns if pattern.startswith(beginning))


_HEADINGS = re.compile(rf"(?i)\W*(?:{_any(_phrases('headings'))})\W*(?:\d+\W*)?")
_POINTERS = re.compile(rf"(?i)\W*(?:{_any(_phrases('pointers'))})\s*:")
_OPENING_NOTICES = re.compile(rf"(?i)\W*(?:{_after(_OPENING, _phrases('notices'))})|©|\(c\)\s")
_NOTICES = re.compile(rf"(?i){_WORD_START}(?:{_after(_WORD_START, _phrases('notices'))})")
_CREDITS = re.compile(rf"(?i)(?:^|[.!?…»”\")]\s+|\(\s*|©\s*)(?:{_any(_phrases('credits'))}|©\s*\w)")
_CREDITS_ALONE = re.compile(
    rf"(?i)\W*(?:{_any(_phrases('credits_alone'))}|(?:pixabay|unsplash|freepik|depositphotos)(?:\.com)?)\W*"
)
_BYLINES = re.compile(rf"(?i)\W*(?:{_any(_phrases('bylines'))})(?!\w)")
_COUNTED = re.compile(
    rf"(?i)\W*(?:\d[\d\s.,]*[kmкт]?\s+(?:{_any(_phrases('counted'))})(?!\w)|(?:{_any(_phrases('counted'))}):?\s*\d[\d\s]*$)"
)
_IMPRINTS = re.compile(rf"(?i){_WORD_START}(?:{_any(p.removeprefix(_WORD_START) for p in _phrases('imprints'))})")
_AD_LABEL = re.compile(rf"(?i)\W*(?:{_any(_phrases('advertisements'))})\W*")
_TOOLS = re.compile(rf"(?i)(?>\W|\d|{_any(_phrases('tools'))}|{_any(_phrases('counted'))})*")
_DATED_HEADLINE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}(?:\s+[-–—]|,?\s\d\d:\d\d(?:\s[-–—])?)\s+\w")


def is_prose(line: str) -> bool:
    """Whether a line is a paragraph of sentences rather than a headline, a label or an item."""
    return len(line) >= _PROSE_LENGTH and bool(_SENTENCE_END.search(line)) and line.count(" ") >= 5


def is_item(line: str) -> bool:
    """Whether a line is marked as an item of a list, or is a row of a table that ends with a number."""
    return _ITEM.match(line) is not None or _ROW.fullmatch(line) is not None


def ends_sentence(line: str) -> bool:
    """Whether a line ends as sentences and items of lists do, and headlines do not."""
    return _SENTENCE_END.search(line) is not None


def is_label(line: str) -> bool:
    """Whether a line is a label and nothing else: 'Link to this page:'."""
    return len(line) < _LONGEST_LABEL and line.endswith(":")


def is_heading(line: str) -> bool:
    """Whether a line is nothing but the heading of what follows an article or interrupts it: 'Read also', 'Popular'."""
    return len(line) < 80 and _HEADINGS.fullmatch(line) is not None


def is_caption(line: str) -> bool:
    """Whether a line says what a picture shows and whose it is."""
    if len(line) > _SHORT:
        return False
    found = list(_CREDITS.finditer(line))
    if found and len(line) - found[-1].end() <= 70:
        return found[-1].start() == 0 or line.count(". ") <= 2
    return len(line) < 60 and _CREDITS_ALONE.fullmatch(line) is not None


def is_advertisement(line: str) -> bool:
    """Whether a line is nothing but the label of an advertisement."""
    return len(line) < 40 and _AD_LABEL.fullmatch(line) is not None


def is_byline(line: str) -> bool:
    """Whether a line names author, section or views: 'By A in Nation on 2 August 2023', '343 views', 'Published:'."""
    if len(line) >= _LONGEST_BYLINE or _BYLINES.match(line) is None:
        return False
    return not ends_sentence(_YEAR_SIGN.sub("", line)) or _BYLINES.fullmatch(line.rstrip(" :")) is not None


def is_counter(line: str) -> bool:
    """Whether a line counts readers: '343 views Politics 0'."""
    return len(line) < 60 and _COUNTED.match(line) is not None and not ends_sentence(line)


def is_date_line(line: str, *, signed: bool = False) -> bool:
    """Whether a line is a date, with time or without, and next to nothing else but what a page offers.

    With `signed` who wrote it may stand there, too: 'Әсел Нұрбек', 'Дежурный редактор'.
    """
    if len(line) > 80:
        return False
    if is_partial(line):
        return True
    stamp = find_stamp(line)
    if stamp is None or _is_statement(line, stamp.rest):
        return False
    if names_tools(stamp.rest):
        return True
    words = re.sub(r"[\d\W_]+", " ", stamp.rest).split()
    few = len("".join(words)) <= _FEW_LETTERS
    return few or (signed and len(words) <= _LONGEST_NAME and words[0][0].isupper())


def is_dateline(line: str, *, signed: bool = False) -> bool:
    """Whether a line is one of several parts of which one is a date: 'May 4, 2022 | Filed under: Nation | Staff'."""
    return any(is_date_line(part, signed=signed) for part in _PARTS.split(line))


def _is_statement(line: str, rest: str) -> bool:
    """Whether a line with a date says something of the day: 'Voting day is March 19, 2023.'"""
    said = line.endswith(".") and not _YEAR_SIGN.search(line) and not names_tools(rest)
    return said and len(re.findall(r"[^\W\d_]{2,}", rest)) > 1


def is_litter(line: str) -> bool:
    """Whether a line says nothing of the story: 'None', an address, a pointer, an invitation, copyright."""
    if len(line) > _SHORT:
        return False
    if _LITTER.fullmatch(line) or _ADDRESS.fullmatch(line) or _POINTERS.match(line):
        return True
    return _OPENING_NOTICES.match(line) is not None or _NOTICES.search(line) is not None


def names_tools(text: str) -> bool:
    """Whether a text is nothing but what a page offers, and how often it was read: 'Print version | 7 450 views'."""
    return _TOOLS.fullmatch(text) is not None


def is_imprint(line: str) -> bool:
    """Whether a line beside an article is an imprint, a cookie notice, a newsletter or a player: no story's prose."""
    return _IMPRINTS.search(line) is not None


def is_pointer(line: str) -> bool:
    """Whether a line points to another story, or names tags: 'Read also: ...'."""
    return len(line) <= _SHORT and _POINTERS.match(line) is not None


def is_crumbs(line: str) -> bool:
    """Whether a line is a path of sections: 'Main Page > News > Elections'."""
    return len(line) < 160 and _CRUMBS.search(line) is not None


def is_dated_headline(line: str) -> bool:
    """Whether a line is the date and the headline of another story: '04.11.2024 - What do we know of it?'"""
    return len(line) < _SHORT and _DATED_HEADLINE.match(line) is not None and not line.endswith(".")


def is_furniture(line: str) -> bool:
    """Whether a line is furniture wherever it stands."""
    return is_litter(line) or is_caption(line) or is_date_line(line) or is_counter(line) or is_dated_headline(line)
