"""Plain text with a page's furniture in it -> an article.

Such texts come from archives, mail and copied pages: sections before the headline, the headline twice, dates between,
lists of other headlines after the story. Without markup, sentences are what tells the story from the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from extract.model import Article, DateOrigin
from extract.page.date_line import find_stamp
from extract.page.furniture import (
    ends_sentence,
    is_byline,
    is_crumbs,
    is_date_line,
    is_furniture,
    is_heading,
    is_item,
    is_prose,
)
from extract.page.language import language_of
from extract.page.markup import MAX_BYTES, tidy
from extract.site import Site
from foundation.errors import NotAnArticle, PageTooLarge

_ZONE = "Asia/Almaty"
_HTML = re.compile(r"(?i)<!doctype\s+html|<html[\s>]|<(?:head|body|article|div|p|h1|meta|script|table|br)\b[^<>]*>")
_LOOKED_AT = 20_000
_STAMPED = re.compile(r"(?i)^date:?\s+((?:19|20)\d\d-\d\d-\d\d)(?:\s+|$)")
_TAGS = re.compile(r"\S {2,}\S.* {2,}\S")
_NEAR = 8
_TITLE_BLANKS = 3
_MANY = 3
_AGAIN = 40
_RESUMES = 100
_RAGGED = 16
_WIDEST = 120
_NARROWEST = 40
_SIGNATURES = (
    # A dateline names its agency in the first words; a newsletter line names its paper.
    ("kazinform", re.compile(r"(?i)^[^\W\d_][^.]{2,40}\.\s*(?:kazinform|qazinform|казинформ|қазақпарат|qazaqparat)\b")),
    ("astana_times", re.compile(r"(?i)\bget the astana times stories\b")),
)


def looks_like_html(text: str) -> bool:
    """Whether a document is HTML: a doctype, or an element that pages are made of, stands near its start."""
    return _HTML.search(text[:_LOOKED_AT]) is not None


def read_text(  # noqa: PLR0913 - hints, each by its name
    text: str,
    *,
    url: str | None = None,
    sites: Sequence[Site] = (),
    published: datetime | None = None,
    language: str | None = None,
    source: str | None = None,
) -> Article:
    """The article in a plain text.

    `published` is an aware instant and counts before a date line of the text. The source is the given one, else the
    site whose URL it is, else the one whose dateline or newsletter line the text carries. Raises PageTooLarge, and
    NotAnArticle if no sentence stands in it.
    """
    if len(text) > MAX_BYTES:
        raise PageTooLarge(f"the text has {len(text):,} characters: the limit is {MAX_BYTES:,}")
    site = next((s for s in sites if url and s.owns(url)), None) or next((s for s in sites if s.key == source), None)
    zone = ZoneInfo(site.time_zone if site else _ZONE)
    lines = _lines(text)
    stamped, lines = _take_stamp(lines)
    first = next((n for n, line in enumerate(lines) if is_prose(line) and not is_furniture(line)), None)
    if first is not None and first > 0 and lines[first][0].islower() and len(lines[first - 1]) >= _AGAIN:
        first -= 1
    if first is None:
        raise NotAnArticle("the text holds no sentence long enough to be news: give the text of an article")
    paragraphs = tuple(_body(lines[first:]))
    identity = site.identify(url) if site and url else None
    stated = (identity[0] if identity else None,)
    when = _when(stamped, _date_line(lines, first), zone)
    return Article(
        title=_title(lines[:first], paragraphs),
        paragraphs=paragraphs,
        language=language or language_of(" ".join(paragraphs), stated),
        url=url,
        source=source or (site.key if site else _signed(lines, paragraphs)),
        article_id=identity[1] if identity else None,
        published=published.astimezone(zone) if published else when,
        published_from=DateOrigin.GIVEN if published else DateOrigin.VISIBLE if when else None,
    )


def _lines(text: str) -> list[str]:
    """The text's lines, with those put together that were only wrapped at a width."""
    blocks = [block for block in _blocks(text.splitlines()) if block]
    width = _width(blocks)
    lines: list[str] = []
    for block in blocks:
        for number, line in enumerate(block):
            if number and _is_wrapped(block[number - 1], line, width):
                hyphen = lines[-1][-1] == "-" and lines[-1][-2:-1].isalpha()
                lines[-1] += line.strip() if hyphen else f" {line.strip()}"
            else:
                lines.append(line)
    return [line if _TAGS.search(line.strip()) else tidy(line) for line in lines if tidy(line)]


def _blocks(raw: Sequence[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in raw:
        if line.strip():
            blocks[-1].append(line.rstrip())
        elif blocks[-1]:
            blocks.append([])
    return blocks


def _width(blocks: Sequence[Sequence[str]]) -> int:
    """The width that paragraphs were wrapped at; 0 if they were not: then lines end short of a word that had room."""
    several = [block for block in blocks if len(block) >= 2]
    width = max((len(line) for block in several for line in block), default=0)
    pairs = [pair for block in several for pair in pairwise(block)]
    ends = [len(line) > width - _RAGGED and _is_full(line, after, width) for line, after in pairs]
    return width if _NARROWEST <= width <= _WIDEST and sum(ends) > 0.7 * len(ends) else 0


def _is_full(line: str, after: str, width: int) -> bool:
    word = re.split(r"(?<=\w-)|\s", after.strip(), maxsplit=1)[0]
    return len(line) + 1 + len(word) > width


def _is_wrapped(line: str, after: str, width: int) -> bool:
    if is_item(after.strip()) and (not width or ends_sentence(line)):
        return False
    if len(line) >= _NARROWEST and after.strip()[0].islower() and not ends_sentence(line):
        return True
    return 0.6 * width <= len(line) <= width and _is_full(line, after, width)


def _take_stamp(lines: list[str]) -> tuple[str | None, list[str]]:
    """An archive's 'date 2021-01-05' before the text, and the lines without it."""
    if lines and (found := _STAMPED.match(tidy(lines[0]))):
        rest = tidy(lines[0])[found.end() :]
        return found.group(1), ([rest] if rest else []) + lines[1:]
    return None, lines


def _date_line(lines: Sequence[str], first: int) -> str | None:
    """The line of date nearest before the first paragraph, else right after it."""
    around = [*reversed(lines[:first]), *lines[first + 1 : first + 4]]
    return next((line for line in around if is_date_line(line) or (is_byline(line) and find_stamp(line))), None)


def _when(stamped: str | None, dated: str | None, zone: ZoneInfo) -> datetime | None:
    """The archive's day, with the time of the page's own line of date if that is of the same day."""
    day, line = (find_stamp(text) if text else None for text in (stamped, dated))
    stamp = line if day is None or (line and line.moment.date() == day.moment.date()) else day
    return stamp.at(zone).astimezone(zone) if stamp else None


def _title(before: Sequence[str], paragraphs: Sequence[str]) -> str | None:
    """The last line before the first paragraph that can be a headline; a name or a section may stand below it."""
    possible = [
        text
        for line in reversed(before)
        if not is_furniture(text := tidy(line)) and not _is_label(line) and text not in paragraphs and " " in text
    ]
    near = possible[:_NEAR]
    twice = (text for text in near if near.count(text) > 1)
    long = (text for text in near if text.count(" ") >= _TITLE_BLANKS)
    return next(twice, None) or next(long, None) or next(iter(near), None)


def _is_label(line: str) -> bool:
    text = tidy(line)
    return is_byline(text) or is_crumbs(text) or is_heading(text) or _TAGS.search(line) is not None


def _body(lines: Sequence[str]) -> list[str]:
    """The paragraphs from the first on.

    A headline among or after them belongs to another story: it ends without a full stop, and no sentence goes on
    after it. After several of them only a long sentence is this story's again.
    """
    last = max(n for n, line in enumerate(lines) if is_prose(line) and not is_furniture(line))
    kept: list[str] = []
    beside = False
    headlines = 0
    for number, line in enumerate(lines):
        text = tidy(line)
        if is_heading(text):
            beside = True
        elif is_furniture(text) or (is_byline(text) and number < 4) or _TAGS.search(line):
            continue
        elif not _is_sentence(text, lines[number + 1 : number + 2]):
            if (beside or text.count(" ") >= _TITLE_BLANKS) or number > last:
                headlines += 1
            else:
                kept.append(text)
        elif headlines >= _MANY and len(text) < _RESUMES:
            continue
        elif not beside or is_prose(text) or (len(text) >= _AGAIN and text[-1] in '.»”"' and not is_item(text)):
            beside = False
            headlines = 0
            kept.append(text)
    return kept


def _is_sentence(text: str, following: Sequence[str]) -> bool:
    if text[-1] == "?" and len(text) < _RESUMES and not text.startswith(("“", "«", '"', "-", "–", "—")):
        return False
    if is_item(text) or ends_sentence(text) or text[-1] in ",-–—":
        return True
    return bool(following) and following[0][0].islower()


def _signed(lines: Sequence[str], paragraphs: Sequence[str]) -> str | None:
    for key, pattern in _SIGNATURES:
        if pattern.search(paragraphs[0]) or any(pattern.search(line) for line in lines if is_furniture(line)):
            return key
    return None
