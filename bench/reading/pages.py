"""The pages that everything is measured on: our own corpus, as the demo newsroom's outlets would show it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import accredwatch.config
from accredwatch.newsroom.campaign_noise import NOISE
from accredwatch.newsroom.outlets import KAZINFORM, OUTLETS, Outlet
from accredwatch.newsroom.pages import Published, article_page
from accredwatch.newsroom.story import Story, Version
from extract.model import Article
from extract.page.relevance import may_concern_observers
from extract.site import Site

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "ru", "kk")
LENGTHS = (1, 3, 10)
"""How many articles' paragraphs a page holds."""
ELSEWHERE = Site(key="elsewhere", hosts=())
"""A site that nothing is known of: the body has to be found."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article and the page that shows it."""

    article: Article
    length: int
    html: str
    url: str
    site: Site

    @property
    def characters(self) -> int:
        """Of the article's text."""
        return sum(map(len, self.article.paragraphs))

    @property
    def probe(self) -> str:
        """Words that stand in the article's text: what finds the text holds them."""
        return " ".join(max(self.article.paragraphs, key=len).split())[:60]


def pages_of(language: str, most: int) -> list[Page]:
    """Pages of at most so many articles of our corpus, spread over it, in every length.

    The page of three articles holds the paragraphs of one and of the two after it, under its headline.
    """
    rows = [row for folder in sorted((ROOT / "tests" / "corpus").iterdir()) for row in _rows(folder, language)]
    step = max(1, len(rows) // most)
    made = []
    for first in range(0, step * min(most, len(rows)), step):
        for length in LENGTHS:
            together = [rows[(first + n) % len(rows)] for n in range(length)]
            made.append(_page(rows[first], [p for row in together for p in row["paragraphs"]], length))
    return made


def other_news() -> list[Page]:
    """Pages without any word of observers, each with the paragraphs of one, three and ten such stories."""
    quiet = [story for story in NOISE if not may_concern_observers(" ".join([story.title, *story.paragraphs]))]
    made = []
    for first, story in enumerate(quiet):
        for length in LENGTHS:
            together = [quiet[(first + n) % len(quiet)] for n in range(length)]
            longer = replace(story, paragraphs=tuple(p for s in together for p in s.paragraphs))
            page = _shown(longer, next(o for o in OUTLETS if o.key == story.outlet), length)
            made += [] if may_concern_observers(page.html) else [page]
    return made


def _rows(folder: Path, language: str) -> list[dict[str, Any]]:
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return [row for row in rows if row["lang"] == language and row.get("published")]


def _page(row: dict[str, Any], paragraphs: Sequence[str], length: int) -> Page:
    outlet = next((o for o in OUTLETS if o.key == row["source"] and row["lang"] in o.codes), KAZINFORM)
    story = Story(
        number=4_000_000 + sum(map(ord, row["id"])),
        outlet=outlet.key,
        title=row["title"],
        paragraphs=tuple(paragraphs),
        published=datetime.fromisoformat(row["published"]),
        language=row["lang"],
        author=row.get("author"),
        caption=row.get("caption"),
        tags=tuple(row.get("tags", ())),
        related=tuple(row.get("related", ())),
    )
    return _shown(story, outlet, length)


def _shown(story: Story, outlet: Outlet, length: int) -> Page:
    site = _SITES[outlet.key]
    base = f"https://{site.hosts[0]}"
    shown = Published(story, Version(story.title, story.paragraphs, story.published))
    article = Article(story.title, story.paragraphs, story.language, published=story.published)
    html = article_page(outlet, shown, base=base, layout=outlet.layouts[-1][1], beside=())
    return Page(article, length, html, base + outlet.path(story, story.title), site)


_SITES = {source.key: source.site() for source in accredwatch.config.load(ROOT / "config.toml").source}
