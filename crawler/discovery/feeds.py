"""RSS (0.9x, 1.0, 2.0) and Atom."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from crawler.discovery.xml import Children, descendants, instant, local, parse
from crawler.links import Entry, absolute
from foundation.errors import CrawlError


def read_feed(body: bytes, *, url: str, time_zone: str) -> list[Entry]:
    """The entries of a feed, in its order.

    Raises CrawlError if the document is no feed.
    """
    root = parse(body, url=url)
    if local(root) not in {"rss", "rdf", "feed"}:
        raise CrawlError(f"{url} is no RSS or Atom feed (its root is {local(root)}); correct `feeds` of the source")
    items = descendants(root, "entry" if local(root) == "feed" else "item")
    return [entry for item in items if (entry := _entry(item, url, time_zone))]


def _entry(item: Element, url: str, time_zone: str) -> Entry | None:
    children = Children(item)
    link = absolute(url, _link(children))
    if link is None:
        return None
    return Entry(
        url=link,
        title=children.text_of("title"),
        summary=children.text_of("description", "summary"),
        published=instant(children.text_of("pubdate", "published", "date", "issued"), time_zone),
        updated=instant(children.text_of("updated", "modified"), time_zone),
    )


def _link(children: Children) -> str | None:
    for link in children.called("link"):
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return link.get("href")
        if link.text and link.text.strip():
            return link.text.strip()
    for guid in children.called("guid", "id"):
        text = (guid.text or "").strip()
        if text.startswith(("http://", "https://")) and guid.get("isPermaLink", "true") == "true":
            return text
    return None
