"""A page or a text -> an article: title, body, date, language, identity, without what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn
from zoneinfo import ZoneInfo

from lxml import etree, html

from extract.model import Article, DateOrigin
from extract.page.body import body_lines
from extract.page.decoding import decode, repair
from extract.page.furniture import is_caption, is_prose
from extract.page.headline import find_headline
from extract.page.language import language_of
from extract.page.markup import MAX_BYTES, Line, lines_of, parse, text_of, tidy
from extract.page.page_date import Found, PageDate, with_time_of
from extract.page.page_meta import PageMeta
from extract.page.plain_text import looks_like_html, read_text
from extract.page.prune import Pruner, article_lines
from extract.site import Site
from foundation.errors import NotAnArticle, PageTooLarge

__all__ = ["DEFAULT_ZONE", "looks_like_html", "read_article", "read_page", "read_text"]

DEFAULT_ZONE = "Asia/Almaty"
"""Where a page of no known site is taken to be written, if it gives a time without an offset."""


class BodyMissing(NotAnArticle):
    """The page shows no paragraph of prose; `article` is what else it gives, with no paragraphs."""

    article: Article


_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_REFUSALS = frozenset(
    {
        "just a moment...", "attention required! | cloudflare", "access denied", "403 forbidden", "404 not found",
        "not found",
        "page not found", "too many requests", "429 too many requests", "503 service unavailable", "ddos-guard",
        "are you a robot?", "страница не найдена", "доступ ограничен", "доступ запрещен", "бет табылмады",
    }
)  # fmt: skip
_LIST_ITEMS = 5
# By their attributes, of which a page has fewer than elements with conditions to be tried.
_AUTHORS = etree.XPath('//@rel[.="author"]/.. | //@itemprop[.="author"]/.. | //p[@class="name_p"]')
_AUTHORS_OR_BYLINES = etree.XPath(f'{_AUTHORS.path} | //@class[contains(.,"byline")]/..//a')


def read_page(  # noqa: PLR0913 - hints, each by its name
    document: str | bytes,
    *,
    url: str | None = None,
    sites: Sequence[Site] = (),
    published: datetime | None = None,
    published_from: DateOrigin = DateOrigin.FEED,
    language: str | None = None,
    charset: str | None = None,
) -> Article:
    """The article of an HTML page.

    `url` is where the page came from; `sites` are the outlets that it may belong to: by its URL, never by its words.
    `published` is an aware instant known from elsewhere and counts only where the page gives none, unless
    `published_from` is GIVEN. `language` is certain if given. `charset` is a charset or the Content-Type of the
    response. The article's date is in the site's time zone.

    Raises PageTooLarge, NotAnArticle (lists of headlines, error pages), BodyMissing (no prose), ExtractError (binary
    data).
    """
    if len(document) > MAX_BYTES:
        raise PageTooLarge(f"the page has {len(document):,} bytes: the limit is {MAX_BYTES:,}")
    source = decode(document, charset) if isinstance(document, bytes) else repair(document)
    root = parse(source)
    meta = PageMeta(root)
    canonical = meta.canonical(url)
    site, identity = _identify(canonical, url, sites)
    title, heading = find_headline(root, meta)
    _refuse_error_page(title, meta)
    dates = PageDate(ZoneInfo(site.time_zone if site else DEFAULT_ZONE))
    found = dates.declared(meta, title) or (dates.placed(root, site.date) if site else None)
    author = _author(root, meta, bylines="byline" in source)
    guess = None if found or published else dates.guessed(root, canonical)

    body = _body_of(root, site, title, heading)
    found = found or (dates.shown(body.lines, heading, (body.chosen[0], body.chosen[-1])) if body.prose else None)
    when, origin = _decide(found, guess, published, published_from, dates)
    descriptions = [meta.get(name) or "" for name in _DESCRIPTIONS]
    stated = (language, identity[0] if identity else None, meta.language, *(site.languages if site else ()))
    article = Article(
        title=title,
        paragraphs=body.paragraphs,
        language=language or language_of(" ".join(body.paragraphs or descriptions), stated),
        url=canonical,
        source=site.key if site else None,
        article_id=identity[1] if identity else None,
        author=author,
        published=when,
        published_from=origin,
        outside=tuple(article_lines([*descriptions, *body.outside, *body.captions], title)),
    )
    if not body.prose:
        _miss_body(article)
    return article


@dataclass(frozen=True, slots=True)
class _Body:
    """What a page shows without its boxes, and what of it is the article's."""

    lines: list[Line]
    chosen: list[int]
    """Positions of the article's lines, in order."""
    outside: list[str]
    """Captions and leads that stood in the boxes."""
    prose: bool
    """Whether a paragraph of prose is among the article's lines."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.lines[n].text for n in self.chosen) if self.prose else ()

    @property
    def captions(self) -> list[str]:
        return [line.text for line in self.lines if is_caption(line.text) and line.linked < 0.5]


def _body_of(root: html.HtmlElement, site: Site | None, title: str | None, heading: html.HtmlElement | None) -> _Body:
    """Take the boxes off the tree, and find the article in what is left. Raises NotAnArticle for a list of stories."""
    outside = Pruner(root, heading).prune(site.prune if site else ())
    lines = lines_of(root)
    chosen = body_lines(root, lines, site.body if site else (), title, heading)
    prose = any(is_prose(lines[n].text) for n in chosen)
    if prose:
        _refuse_list(lines, chosen)
    return _Body(lines, chosen, outside, prose)


def read_article(  # noqa: PLR0913 - hints, each by its name
    document: str | bytes,
    *,
    url: str | None = None,
    sites: Sequence[Site] = (),
    published: datetime | None = None,
    published_from: DateOrigin = DateOrigin.FEED,
    language: str | None = None,
    charset: str | None = None,
    source: str | None = None,
) -> Article:
    """The article of a document, be it HTML or plain text; the hints are those of `read_page` and `read_text`."""
    if len(document) > MAX_BYTES:
        raise PageTooLarge(f"the document has {len(document):,} bytes: the limit is {MAX_BYTES:,}")
    text = decode(document, charset) if isinstance(document, bytes) else document
    if not looks_like_html(text):
        return read_text(text, url=url, sites=sites, published=published, language=language, source=source)
    article = read_page(
        text, url=url, sites=sites, published=published, published_from=published_from, language=language
    )
    return replace(article, source=source) if source else article


def _identify(
    canonical: str | None, url: str | None, sites: Sequence[Site]
) -> tuple[Site | None, tuple[str | None, str] | None]:
    """The site that owns the page's URL, and the story's identity there."""
    for address in dict.fromkeys((canonical, url)):
        for site in sites:
            if address and site.owns(address):
                identity = site.identify(address) or (site.identify(url) if url else None)
                return site, identity
    return None, None


def _decide(
    found: Found | None, guess: Found | None, published: datetime | None, origin: DateOrigin, dates: PageDate
) -> tuple[datetime | None, DateOrigin | None]:
    if published is not None:
        local = dates.local(published)
        if found is None or origin is DateOrigin.GIVEN:
            return local, origin
        if found[1] in (DateOrigin.VISIBLE, DateOrigin.TIME) and (finer := with_time_of(found[0], published)):
            return finer, origin
    return found or guess or (None, None)


def _refuse_error_page(title: str | None, meta: PageMeta) -> None:
    for name in (title, meta.document_title):
        if name and name.casefold() in _REFUSALS:
            raise NotAnArticle(f"the page is an error or a check of the visitor ({name!r}): ask for it again later")


def _miss_body(article: Article) -> NoReturn:
    error = BodyMissing("the page holds no paragraph of prose: give an article's page, not a list of headlines")
    error.article = article
    raise error


def _refuse_list(lines: Sequence[Line], chosen: Sequence[int]) -> None:
    """A page whose every paragraph hangs on a linked headline is no article."""
    prose = [n for n in chosen if is_prose(lines[n].text)]
    teasers = sum(n > 0 and lines[n - 1].linked > 0.85 and len(lines[n - 1].text) > 15 for n in prose)
    if teasers >= _LIST_ITEMS and teasers >= 0.6 * len(prose):
        raise NotAnArticle(f"the page lists {teasers} headlines with their summaries: give the page of one article")


def _author(root: html.HtmlElement, meta: PageMeta, *, bylines: bool) -> str | None:
    """`bylines` tells whether the page's source may name any: most do not, and to look for them is the dearest part."""
    for element in (_AUTHORS_OR_BYLINES if bylines else _AUTHORS)(root):
        name = tidy(element.get("content") or "") or text_of(element)
        if name and len(name) <= 80 and not name.startswith("http"):
            return name
    named = meta.get("author", "article:author")
    # An outlet gives its own name or address there: INFORM.KZ
    if named and len(named) <= 80 and not re.search(r"/|\.[a-z]{2,3}$", named.lower()):
        return named if named != meta.get("og:site_name") else None
    return None
