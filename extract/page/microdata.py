"""What a page says of its articles by microdata: `itemscope`, `itemtype`, `itemprop`."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

from extract.page.markup import text_of, tidy

ARTICLE_TYPES = frozenset(
    {
        "NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle",
        "LiveBlogPosting", "Report", "TechArticle",
    }
)  # fmt: skip
"""Names of schema.org, without their address."""
_ITEMS = etree.XPath("//@itemscope/..")  # by their attributes, of which a page has fewer than elements


def item_of(element: html.HtmlElement) -> html.HtmlElement | None:
    """The innermost item that an element stands in."""
    return next((above for above in element.iterancestors() if above.get("itemscope") is not None), None)


def is_article(item: html.HtmlElement | None) -> bool:
    """Whether an item is an article."""
    kinds = (item.get("itemtype") or "").split() if item is not None else ()
    return any(kind.rstrip("/").rpartition("/")[2] in ARTICLE_TYPES for kind in kinds)


def published(root: html.HtmlElement, title: str | None) -> str | None:
    """When this article was published, as its item says; None if no item says so or none can be told to be its."""
    items = [item for item in _ITEMS(root) if is_article(item)]
    if len(items) > 1:
        items = [item for item in items if title and title in {*_said(item, "headline"), *_said(item, "name")}]
    return next((value for item in items for value in _said(item, "datePublished") if value), None)


def _said(item: html.HtmlElement, name: str) -> Iterator[str]:
    """What an item says of itself; items inside it speak of others."""
    for element in item.iter():
        if (
            isinstance(element.tag, str)
            and name in (element.get("itemprop") or "").split()
            and item_of(element) is item
        ):
            yield tidy(element.get("content") or element.get("datetime") or "") or text_of(element)
