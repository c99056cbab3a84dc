"""When a page was published, and where on the page that was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import datetime, time
from zoneinfo import ZoneInfo

import htmldate
from lxml import etree, html

from extract.model import DateOrigin
from extract.page.date_line import Stamp, find_stamp
from extract.page.furniture import (
    is_byline,
    is_dated_headline,
    is_dateline,
    is_heading,
    is_litter,
    is_pointer,
)
from extract.page.markup import Line, text_of
from extract.page.page_meta import PageMeta
from extract.page.prune import words_of

_METAS = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time",
    "datepublished", "aiturec:datetime", "publish-date", "publication_date", "publishdate", "pubdate",
    "published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued",
    "dcterms.created", "dcterms.date", "dc.date", "date",
)  # fmt: skip
_DATE_WORDS = frozenset(
    {
        "date", "time", "datetime", "published", "publish", "pubdate", "posted", "byline", "timestamp",
        "created", "postdate", "meta", "info", "when",
    }
)  # fmt: skip
_INLINE = ("span", "abbr", "small", "em", "i", "b", "strong")
_FIRST_YEAR = 1995
_BEFORE_TITLE = 4
_AFTER_BODY = 3
_ABOVE_TITLE = 3
_LONGEST = 160
_A_TEASER = 0.5
"""Share of a line that is a link to another story."""
_HEADLINE = 15
"""Characters of a link that leads to another story rather than to a section."""

Found = tuple[datetime, DateOrigin]


class PageDate:
    """Looks for one page's date, most trusted place first. Naive times are meant in the site's zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def declared(self, meta: PageMeta, title: str | None) -> Found | None:
        """What the page's JSON-LD, microdata or meta elements say."""
        for text, origin in _declarations(meta, title):
            if stamp := self._sane(text):
                return self._aware(stamp), origin
        return None

    def placed(self, root: html.HtmlElement, paths: Sequence[str]) -> Found | None:
        """What stands where the site prints its dates."""
        for path in paths:
            for element in root.xpath(path):
                is_element = isinstance(element, html.HtmlElement)
                text = text_of(element) if is_element else str(element)
                stamp = self._time(element) if is_element and element.tag == "time" else self._sane(text[-_LONGEST:])
                if stamp:
                    return self._aware(
                        stamp
                    ), DateOrigin.TIME if is_element and element.tag == "time" else DateOrigin.VISIBLE
        return None

    def shown(self, lines: list[Line], title: html.HtmlElement | None, body: tuple[int, int]) -> Found | None:
        """What a reader sees: a <time>, or a line of date near the headline or right after the body.

        `lines` are the pruned page's; `body` are the positions of the article's first and last line among them.
        """
        for line, below_title in _near(lines, title, body):
            signed = below_title and line.linked < _A_TEASER
            if len(line.text) > _LONGEST:
                continue
            for element in line.element.iter("time"):
                if text_of(element) in line.text and (stamp := self._time(element)):
                    return self._aware(stamp), DateOrigin.TIME
            if _tells_date(line, signed=signed) and (stamp := self._sane(line.text)):
                return self._aware(stamp), DateOrigin.VISIBLE
        for element in _unshown(title):
            if stamp := self._time(element):
                return self._aware(stamp), DateOrigin.TIME
        return None

    def guessed(self, root: html.HtmlElement, url: str | None) -> Found | None:
        """What htmldate makes of the page's head and URL; a day without a time.

        The page's text and scripts are kept from it: it would take voting days and other stories' dates for the page's.
        """
        page = html.Element("html")
        page.extend([*(deepcopy(head) for head in root.iterchildren("head")), html.Element("body")])
        etree.strip_elements(page, "script", with_tail=False)
        stamp = self._sane(htmldate.find_date(page, url=url, original_date=True, extensive_search=False) or "")
        return (self._aware(stamp), DateOrigin.GUESSED) if stamp else None

    def _time(self, element: html.HtmlElement) -> Stamp | None:
        machine, human = self._sane(element.get("datetime") or ""), self._sane(text_of(element))
        if (
            machine
            and human
            and human.has_time
            and not machine.has_time
            and human.moment.date() == machine.moment.date()
        ):
            return human
        return machine or human

    def _sane(self, text: str) -> Stamp | None:
        stamp = find_stamp(text) if text else None
        return stamp if stamp and stamp.moment.year >= _FIRST_YEAR else None

    def local(self, moment: datetime) -> datetime:
        """An aware instant in the site's zone."""
        return moment.astimezone(self._zone)

    def _aware(self, stamp: Stamp) -> datetime:
        return stamp.at(self._zone).astimezone(self._zone)


def _declarations(meta: PageMeta, title: str | None) -> Iterator[tuple[str, DateOrigin]]:
    """What the page declares to be its date, most trusted first; nothing is looked for before it is asked for."""
    yield str(meta.linked_data(title).get("datePublished") or ""), DateOrigin.JSON_LD
    yield meta.published_by_item(title), DateOrigin.META
    for name in _METAS:
        yield meta.get(name) or "", DateOrigin.META
    yield meta.published_by_property or "", DateOrigin.META
    yield meta.published_by_format or "", DateOrigin.META


def with_time_of(day: datetime, given: datetime) -> datetime | None:
    """The given instant if it falls on a day whose time the page does not tell; else None."""
    local = given.astimezone(day.tzinfo)
    return local if day.timetz().replace(tzinfo=None) == time(0) and local.date() == day.date() else None


def _near(lines: list[Line], title: html.HtmlElement | None, body: tuple[int, int]) -> Iterator[tuple[Line, bool]]:
    """The lines by which a date may stand, the likeliest first, and whether each stands between headline and body."""
    first, last = body
    start = next((n for n, line in enumerate(lines) if line.element is title), first)
    start = min(start, first)
    yield from ((line, True) for line in lines[start:first])
    yield from ((line, False) for line in reversed(lines[max(0, start - _BEFORE_TITLE) : start]))
    for line in lines[last + 1 : last + 1 + _AFTER_BODY]:
        another = is_dated_headline(line.text) or (line.linked > _A_TEASER and len(line.text) >= _HEADLINE)
        if another or is_heading(line.text):
            return  # What comes now is other stories, with their own dates.
        yield line, False


def _unshown(title: html.HtmlElement | None) -> Iterator[html.HtmlElement]:
    """A script may be meant to fill an empty <time>; it is the story's if it stands close to the headline."""
    for above in () if title is None else list(title.iterancestors())[:_ABOVE_TITLE]:
        for element in above.iter("time"):
            if next(element.iterancestors("a"), None) is None:
                yield element


def _tells_date(line: Line, *, signed: bool) -> bool:
    if is_litter(line.text) and not is_pointer(line.text):
        return False  # When a page was printed tells nothing.
    if is_byline(line.text) or is_dateline(line.text, signed=signed):
        return True
    return any(
        not words_of(e).isdisjoint(_DATE_WORDS) and (e is line.element or find_stamp(text_of(e)))
        for e in (line.element, *line.element.iter(*_INLINE))
    )
