"""The outlets that the newsroom imitates: their addresses, their documents, their markup through the years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from accredwatch.newsroom.story import Story, slug

ALMATY = ZoneInfo("Asia/Almaty")


@dataclass(frozen=True, slots=True)
class Address:
    """What a path of a site stands for."""

    kind: str
    """'article', 'by_id', 'feed', 'sitemap', 'listing' or 'robots'."""
    language: str | None = None
    number: int | None = None
    """Of the story, if the path names it by number."""
    slug: str | None = None
    """Of the story, if the path names it by slug alone."""
    section: str | None = None
    page: int = 1


@dataclass(frozen=True)
class Outlet:
    """A site: what can be asked of it, and what it looks like when."""

    key: str
    name: str
    """As its pages sign."""
    codes: Mapping[str, str]
    """The site's own words for its languages: {'kk': 'kz'}."""
    routes: tuple[tuple[str, str], ...]
    """(pattern of a path, kind of document); the first one that matches the whole path counts."""
    article: str
    """Form of an article's path: {code}, {slug}, {number}, {section}, {year}, {month}."""
    listing: str
    """Form of the path of a page of links: {code}, {page}."""
    layouts: tuple[tuple[date, str], ...]
    """(first day, name of the template), in order of time; a relaunch re-renders old stories too."""
    feed_items: int
    listing_items: int
    slug_follows_headline: bool = True
    """Whether an edited headline changes the URL."""
    disallowed: tuple[str, ...] = ()
    """Paths that robots.txt closes."""
    _compiled: tuple[tuple[re.Pattern[str], str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_compiled", tuple((re.compile(p), kind) for p, kind in self.routes))

    def find(self, path: str, query: Mapping[str, str]) -> Address | None:
        """What the path and query stand for; None if nothing of this site is there."""
        if path == "/" and (number := query.get("p", "")).isdecimal():
            return Address("by_id", number=int(number))
        for pattern, kind in self._compiled:
            if found := pattern.fullmatch(path):
                groups = found.groupdict()
                page = groups.get("page") or query.get("page") or query.get("paged") or "1"
                return Address(
                    kind,
                    language=self._language(groups.get("code")),
                    number=int(groups["number"]) if groups.get("number") else None,
                    slug=groups.get("slug"),
                    section=groups.get("section"),
                    page=int(page) if page.isdecimal() else 1,
                )
        return None

    def path(self, story: Story, title: str) -> str:
        """The path of the story's page while its headline is `title`."""
        day = story.published.astimezone(ALMATY)
        return self.article.format(
            code=self.codes[story.language],
            slug=self.slug_of(story, title),
            number=story.number,
            section=story.section,
            year=f"{day:%Y}",
            month=f"{day:%m}",
        )

    def slug_of(self, story: Story, title: str) -> str:
        """The part of the story's path that is made of its headline."""
        return slug(title if self.slug_follows_headline else story.title, fallback=f"story-{story.number}")

    def layout(self, instant: datetime) -> str:
        """Name of the template that the site used then."""
        day = instant.astimezone(UTC).date()
        name = self.layouts[0][1]
        for since, layout in self.layouts:
            if since <= day:
                name = layout
        return name

    def _language(self, code: str | None) -> str | None:
        return next((language for language, own in self.codes.items() if own == code), None)


KAZINFORM = Outlet(
    key="kazinform",
    name="Kazinform",
    codes={"en": "en", "ru": "ru", "kk": "kz"},
    routes=(
        (r"/robots\.txt", "robots"),
        (r"/rss/(?P<code>en|ru|kz)\.xml", "feed"),
        (r"/sitemaps/google-news_(?P<code>en|ru|kz)\.xml", "sitemap"),
        (r"/(?P<code>en|ru|kz)/lenta/?", "listing"),
        (r"/(?P<code>en|ru|kz)/category/(?P<section>[a-z-]+)_s\d+/?", "listing"),
        (r"/(?P<code>en|ru|kz)/[^/]+_a(?P<number>\d+)(?:/amp)?/?", "article"),
        (r"/(?P<code>en|ru|kz)/article/(?P<number>\d+)/?", "article"),
        (r"/news/[^/]+_a(?P<number>\d+)/?", "article"),
    ),
    article="/{code}/{slug}_a{number}",
    listing="/{code}/lenta/?page={page}",
    layouts=(
        (date(2016, 1, 1), "kazinform_2020.html"),
        (date(2022, 1, 1), "kazinform_2022.html"),
        (date(2023, 9, 1), "kazinform_2023.html"),
        (date(2026, 8, 1), "kazinform_2026.html"),
    ),
    feed_items=200,
    listing_items=24,
    disallowed=("/search", "/search_results"),
)

ASTANA_TIMES = Outlet(
    key="astana_times",
    name="The Astana Times",
    codes={"en": "en"},
    routes=(
        (r"/robots\.txt", "robots"),
        (r"/feed/?", "feed"),
        (r"/news-sitemap\.xml", "sitemap"),
        (r"/all(?:/page/(?P<page>\d+))?/?", "listing"),
        (r"/category/(?P<section>[a-z-]+)(?:/page/(?P<page>\d+))?/?", "listing"),
        (r"/\d{4}/\d\d/(?P<slug>[^/]+)/", "article"),
    ),
    article="/{year}/{month}/{slug}/",
    listing="/all/page/{page}",
    layouts=((date(2010, 1, 1), "astana_times.html"),),
    feed_items=10,
    listing_items=12,
    slug_follows_headline=False,
    disallowed=("/wp-admin/",),
)

QAZAQ_TV = Outlet(
    key="qazaq_tv",
    name="Qazaq TV",
    codes={"en": "en", "ru": "ru", "kk": "kz"},
    routes=(
        (r"/robots\.txt", "robots"),
        (r"/(?P<code>en|ru|kz)/news/?", "listing"),
        (r"/(?P<code>en|ru|kz)/news/(?P<section>[a-z-]+)/?", "listing"),
        (r"/(?P<code>en|ru|kz)/news/[a-z-]+/(?P<number>\d+)-[^/]+/?", "article"),
        (r"/(?P<code>en|ru|kz)/view/[a-z-]+/page_(?P<number>\d+)_[^/]+/?", "article"),
        (r"/(?P<code>en|ru|kz)/(?P<slug>[^/]+)/?", "article"),
    ),
    article="/{code}/news/{section}/{number}-{slug}",
    listing="/{code}/news?page={page}",
    layouts=((date(2016, 1, 1), "qazaq_tv_2018.html"), (date(2021, 1, 1), "qazaq_tv_2021.html")),
    feed_items=0,
    listing_items=10,
)

OUTLETS = (KAZINFORM, ASTANA_TIMES, QAZAQ_TV)
