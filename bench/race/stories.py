"""What the replica newsroom has to tell: articles of our corpus among other news, on pages as large as real ones."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from accredwatch.newsroom.story import Story
from extract.page.relevance import may_concern_observers

ROOT = Path(__file__).resolve().parents[2]
FIRST = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
"""When the oldest story goes out; each following one a minute later."""
_PLACES = (
    "Aktau", "Aktobe", "Almaty", "Atyrau", "Karaganda", "Kokshetau", "Kostanay", "Kyzylorda", "Oskemen", "Pavlodar",
    "Semey", "Shymkent", "Taraz", "Uralsk",
)  # fmt: skip
_MATTERS = (
    ("repairs {n} km of roads", "Works on {n} kilometers of roads have begun in {place} and its districts."),
    ("opens a school for {n} pupils", "A school for {n} pupils has opened in {place}, the city's department said."),
    ("hands over {n} flats", "Families in {place} have received the keys to {n} flats in a new quarter."),
    ("plants {n} trees", "Volunteers, students and families have planted {n} trees along the river in {place}."),
    ("creates {n} jobs at a pipe mill", "A mill in {place} has taken on {n} people for its second line."),
)
_SENTENCES = (
    "The contractor is paid in three parts, the last of them when the work has been handed over to the city.",
    "Residents had asked for it for years, and the budget of last spring has made room for the first stage.",
    "Buses take other streets until then; the new stops are shown on boards and on the carrier's page.",
    "Prices of materials rose by 7 percent within a year, which the department has laid aside money for.",
    "Similar works were done in 4 other towns of the region, where they took between 5 and 9 months.",
    "The next stage is planned for the coming year and depends on how fast the ground dries after the snow.",
    "Engineers from the local university looked after the drawings and will stay until the end.",
)


def others(count: int, first: int) -> list[Story]:
    """Neutral news, each story another one; `first` is the number of the first of them."""
    return [_other(first + at) for at in range(count)]


def _other(number: int) -> Story:
    place = _PLACES[number % len(_PLACES)]
    title, lead = _MATTERS[number % len(_MATTERS)]
    paragraphs = [lead.format(place=place, n=number)]
    for at in range(9):
        chosen = [_SENTENCES[(number + at + n) % len(_SENTENCES)] for n in range(3)]
        paragraphs.append(" ".join(chosen))
    return _story(number, f"{place} {title.format(n=number)}", tuple(paragraphs))


def observers(count: int, first: int) -> list[Story]:
    """English articles of the corpus that tell of observers, over and over if need be, each under its own number."""
    rows = [row for row in _corpus() if may_concern_observers(" ".join([row["title"], *row["paragraphs"]]))]
    step = max(1, len(rows) // max(1, count))
    chosen = [rows[at * step % len(rows)] for at in range(count)]
    return [
        _story(first + at, f"{row['title']} ({first + at})", tuple(row["paragraphs"])) for at, row in enumerate(chosen)
    ]


def news(number: int, total: int) -> Story:
    """An article of the day that states a total of accredited observers."""
    told = f"has accredited {total} international observers for the presidential election on November 29"
    return _story(
        number,
        f"CEC accredits {total} international observers",
        (
            f"ASTANA. The Central Election Commission {told}, its press service said on Thursday.",
            "The accreditation of international observers ends at 6 p.m. on November 23.",
        ),
    )


def mixed(count: int, share: float, every: timedelta = timedelta(minutes=1)) -> list[Story]:
    """So many stories, one each time that `every` has passed, this share of them of observers, evenly spread."""
    told = observers(round(count * share), 500_000)
    quiet = others(count - len(told), 100_000)
    step = count / max(1, len(told))
    places = {round(at * step): story for at, story in enumerate(told)}
    rest = iter(quiet)
    return [_at(places.get(at) or next(rest), FIRST + at * every) for at in range(count)]


def _at(story: Story, published: datetime) -> Story:
    return Story(story.number, story.outlet, story.title, story.paragraphs, published)


def _story(number: int, title: str, paragraphs: tuple[str, ...]) -> Story:
    return Story(number, "kazinform", title, paragraphs, FIRST)


def _corpus() -> list[dict[str, Any]]:
    files = [path for folder in sorted((ROOT / "tests" / "corpus").iterdir()) for path in sorted(folder.glob("*.json"))]
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    return [row for row in rows if row.get("lang") == "en" and row.get("paragraphs")]


def in_full(html: str, number: int) -> str:
    """The page with what a news site wraps around its text: styles, scripts, menus, teasers; some 90,000 characters.

    The scripts name an IntersectionObserver, as real ones do.
    """
    head = f"<style>{_styles()}</style><script>{_script(number)}</script></head>"
    above = _menu() + _teasers("top", number, 12)
    below = (
        _teasers("side", number, 40) + _teasers("popular", number + 7, 30) + _menu() + f"<script>{_script(1)}</script>"
    )
    begins = "<main>" if "<main>" in html else "<body>"
    page = html.replace("</head>", head, 1).replace(
        begins, f"{above}<main>" if begins == "<main>" else begins + above, 1
    )
    return page.replace("</body>", f"{below}</body>", 1)


def _styles() -> str:
    rules = (
        f".block-{n}__item--wide:hover>.title,.grid-{n}"
        f"{{margin:{n % 9}px auto;padding:0 {n % 13}px;font:400 {n % 20}px/1.4 serif}}"
        for n in range(220)
    )
    return "".join(rules)


def _script(number: int) -> str:
    calls = (
        f"window.q=window.q||[];q.push({{slot:'b{number}-{n}',lazy:true,"
        f"io:new IntersectionObserver(show,{{threshold:.{n % 9}}})}});"
        for n in range(180)
    )
    return "".join(calls)


def _menu() -> str:
    links = (
        f'<li class="nav__item nav__item--{n % 5}">'
        f'<a class="nav__link" href="/en/category/section-{n}_s{n}">Section {n}</a></li>'
        for n in range(60)
    )
    return f'<nav class="nav"><ul class="nav__list">{"".join(links)}</ul></nav>'


def _teasers(name: str, number: int, count: int) -> str:
    shown = []
    for at in range(count):
        other = _other(900_000 + (number + at) % 400)
        shown.append(
            f'<div class="{name}__card card card--{at % 4}">'
            f'<a class="card__link" href="/en/category/{name}-{at}_s{at}">'
            f'<img class="card__image" loading="lazy" alt="" width="320" height="180" src="/img/{other.number}.webp">'
            f'<span class="card__title">{escape(other.title)}</span></a>'
            f'<span class="card__views">{at * 37}</span></div>'
        )
    return f'<aside class="{name}">{"".join(shown)}</aside>'
