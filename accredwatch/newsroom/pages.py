"""The documents of a site: article pages in the markup of their time, feeds, sitemaps, lists of links, robots.txt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from accredwatch.newsroom.outlets import ALMATY, Outlet
from accredwatch.newsroom.story import Story, Version

_YEAR = {
    "en": "January February March April May June July August September October November December",
    "ru": "Января Февраля Марта Апреля Мая Июня Июля Августа Сентября Октября Ноября Декабря",
    "kk": "Қаңтар Ақпан Наурыз Сәуір Мамыр Маусым Шілде Тамыз Қыркүйек Қазан Қараша Желтоқсан",
}
_MONTHS = {language: year.split() for language, year in _YEAR.items()}

_WORDS: dict[str, dict[str, object]] = {
    "en": {
        "menu": ("Politics", "Economy", "Society", "Culture", "Sport"),
        "home": "Home",
        "news": "News",
        "read_also": "Read also",
        "popular": "Most read",
        "rights": "All rights reserved.",
    },
    "ru": {
        "menu": ("Политика", "Экономика", "Общество", "Культура", "Спорт"),
        "home": "Главная",
        "news": "Новости",
        "read_also": "Читайте также",
        "popular": "Самое читаемое",
        "rights": "Все права защищены.",
    },
    "kk": {
        "menu": ("Саясат", "Экономика", "Қоғам", "Мәдениет", "Спорт"),
        "home": "Басты бет",
        "news": "Жаңалықтар",
        "read_also": "Тағы оқыңыз",
        "popular": "Ең көп оқылған",
        "rights": "Барлық құқықтар қорғалған.",
    },
}


@dataclass(frozen=True, slots=True)
class Published:
    """A story in the version that is out."""

    story: Story
    version: Version


@dataclass(frozen=True, slots=True)
class _Link:
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    title: str
    path: str
    language: str
    author: str
    description: str
    published: datetime
    modified: datetime


def _day_in(instant: datetime, language: str) -> str:
    return f"{instant.day} {_MONTHS[language][instant.month - 1]} {instant.year}"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("accredwatch.newsroom"),
        autoescape=select_autoescape(("html", "xml")),
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters["day_in"] = _day_in
    environment.filters["rfc822"] = format_datetime
    return environment


_TEMPLATES = _environment()


def article_page(outlet: Outlet, shown: Published, *, base: str, layout: str, beside: Sequence[Published]) -> str:
    """The story's page in the named layout, with its related headlines and links to the stories `beside` it."""
    story, version = shown.story, shown.version
    published, modified = story.published.astimezone(ALMATY), version.modified.astimezone(ALMATY)
    author = story.author or outlet.name
    related = [_Link(title, outlet.path(_elsewhere(story, index), title)) for index, title in enumerate(story.related)]
    related += [_Link(p.version.title, outlet.path(p.story, p.version.title)) for p in beside]
    page: dict[str, Any] = {
        "outlet": outlet,
        "number": story.number,
        "language": story.language,
        "section": story.section,
        "title": version.title,
        "paragraphs": version.paragraphs,
        "caption": story.caption,
        "author": author,
        "tags": story.tags,
        "url": base + outlet.path(story, version.title),
        "description": _shortened(version.paragraphs[0]),
        "published": published,
        "modified": modified,
        "related": related,
        "words": _WORDS[story.language],
        "json_ld": {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": version.title,
            "datePublished": published.isoformat(),
            "dateModified": modified.isoformat(),
            "author": {"@type": "Organization", "name": outlet.name},
        },
    }
    return _TEMPLATES.get_template(layout).render(page=page)


def listing_page(outlet: Outlet, stories: Sequence[Published], *, base: str, language: str, page: int) -> str | None:
    """Page `page`, counted from 1, of the links to the stories, newest first; None past the last page."""
    size = outlet.listing_items
    part = stories[(page - 1) * size : page * size]
    if page < 1 or (page > 1 and not part):
        return None
    code = outlet.codes[language]
    listing = _listing(outlet, part, base=base, language=language) | {
        "page": page,
        "newer": outlet.listing.format(code=code, page=page - 1),
        "older": outlet.listing.format(code=code, page=page + 1) if len(stories) > page * size else None,
        "words": _WORDS[language],
    }
    return _TEMPLATES.get_template("listing.html").render(listing=listing)


def feed(outlet: Outlet, stories: Sequence[Published], *, base: str, language: str, page: int) -> str | None:
    """RSS with the newest stories, or a further page of them; None past the last page."""
    part = stories[(page - 1) * outlet.feed_items : page * outlet.feed_items]
    if page < 1 or (page > 1 and not part):
        return None
    return _TEMPLATES.get_template("feed.xml").render(listing=_listing(outlet, part, base=base, language=language))


def sitemap(outlet: Outlet, stories: Sequence[Published], *, base: str, language: str) -> str:
    """A news sitemap of the stories."""
    return _TEMPLATES.get_template("sitemap.xml").render(
        listing=_listing(outlet, stories, base=base, language=language)
    )


def robots(outlet: Outlet, crawl_delay: int | None) -> str:
    """robots.txt: what is closed, and how fast one may ask (seconds between requests)."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: {path}" for path in outlet.disallowed] or ["Disallow:"]
    if crawl_delay is not None:
        lines.append(f"Crawl-delay: {crawl_delay}")
    return "\n".join(lines) + "\n"


def _listing(outlet: Outlet, stories: Sequence[Published], *, base: str, language: str) -> dict[str, Any]:
    return {"outlet": outlet, "base": base, "language": language, "entries": [_entry(outlet, p) for p in stories]}


def _entry(outlet: Outlet, shown: Published) -> _Entry:
    story, version = shown.story, shown.version
    return _Entry(
        number=story.number,
        title=version.title,
        path=outlet.path(story, version.title),
        language=story.language,
        author=story.author or outlet.name,
        description=_shortened(version.paragraphs[0]),
        published=story.published.astimezone(ALMATY),
        modified=version.modified.astimezone(ALMATY),
    )


def _elsewhere(story: Story, index: int) -> Story:
    """A story of another day that the newsroom does not hold: what a related headline leads to."""
    return Story(
        number=1000 + story.number % 1000 * 10 + index,
        outlet=story.outlet,
        language=story.language,
        title="",
        paragraphs=(),
        published=story.published,
        section=story.section,
    )


def _shortened(text: str, limit: int = 160) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + "..."
