"""Documents of a made-up outlet: articles, feeds, sitemaps, listings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from html import escape


def article(title: str, *paragraphs: str, published: str = "2022-11-08T15:15:00+06:00", canonical: str = "") -> str:
    """An article's page."""
    link = f'<link rel="canonical" href="{escape(canonical)}">' if canonical else ""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{link}
<meta property="article:published_time" content="{published}"></head><body><nav><a href="/">Home</a></nav>
<main><article><h1>{escape(title)}</h1>{"".join(f"<p>{escape(p)}</p>" for p in paragraphs)}</article></main>
<footer>The Steppe Courier</footer></body></html>"""


def observers(total: int, *, day: str = "November 8", canonical: str = "", published: str = "") -> str:
    """An article that states a running total of accredited observers."""
    return article(
        f"CEC accredits {total} foreign observers",
        f"ASTANA - The Central Election Commission held a meeting on {day}, its press office told the Courier.",
        f"As of {day}, {total} observers from foreign states and international organizations have been accredited for "
        "the presidential election to be held on November 20, 2022.",
        "The commission keeps accepting documents until six in the evening of the day that the law names, it said.",
        canonical=canonical,
        published=published or "2022-11-08T15:15:00+06:00",
    )


def long_read(total: int) -> str:
    """An article that states a running total and goes on for so long that nobody reads it within half a second."""
    district = "In district {0} the lists of voters are open on day {0}, and observers may come at any hour."
    return article(
        f"CEC accredits {total} foreign observers",
        f"As of November 8, {total} observers have been accredited for the presidential election on November 20, 2022.",
        *(district.format(number) for number in range(4_000)),
    )


def weather(canonical: str = "") -> str:
    """An article that has nothing to do with elections."""
    return article(
        "Fog and ice on the roads of the north",
        "Drivers are asked to slow down: fog lies over the steppe, and the roads are covered with ice in the mornings.",
        "The rescue service has opened warming posts along the roads, where tea and blankets are waiting for all.",
        canonical=canonical,
    )


def rss(items: Iterable[tuple[str, str] | tuple[str, str, datetime]]) -> str:
    """An RSS feed of (url, title[, published])."""
    out = []
    for item in items:
        when = f"<pubDate>{format_datetime(item[2])}</pubDate>" if len(item) > 2 else ""
        out.append(f"<item><title>{escape(item[1])}</title><link>{escape(item[0])}</link>{when}</item>")
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{"".join(out)}</channel></rss>'


def atom(items: Iterable[tuple[str, str, datetime, datetime]]) -> str:
    """An Atom feed of (url, title, published, updated)."""
    out = [
        f'<entry><title>{escape(title)}</title><link href="{escape(url)}"/>'
        f"<published>{published.isoformat()}</published><updated>{updated.isoformat()}</updated></entry>"
        for url, title, published, updated in items
    ]
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{"".join(out)}</feed>'


def sitemap(urls: Iterable[str]) -> str:
    """A plain sitemap."""
    inner = "".join(f"<url><loc>{escape(url)}</loc></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>'


def listing(links: Iterable[tuple[str, str]]) -> str:
    """A page of links."""
    return "<html><body>" + "".join(f'<a href="{escape(u)}">{escape(t)}</a>' for u, t in links) + "</body></html>"
