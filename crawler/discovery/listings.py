"""Listing pages: links that an XPath finds."""

from __future__ import annotations

from lxml import etree
from scrapy.http import TextResponse
from scrapy.utils.response import get_base_url

from crawler.discovery.xml import plain
from crawler.links import Entry, absolute
from foundation.errors import CrawlError

_MAX_LINKS = 2_000  # a page of more links than that is no listing


def read_listing(response: TextResponse, xpath: str) -> list[Entry]:
    """The links of a page, each URL once, with the longest text that links to it.

    `xpath` finds hrefs. Raises CrawlError if it is no XPath.
    """
    try:
        # lxml's own xpath, not the selector's: its strings know the element that they are an attribute of.
        found = response.selector.root.xpath(xpath)
    except etree.XPathError as error:
        raise CrawlError(f"{xpath!r} is no XPath ({error}); correct `links` of the listing") from error
    base = get_base_url(response)
    titles: dict[str, str] = {}
    for href in found[:_MAX_LINKS] if isinstance(found, list) else ():
        element = href.getparent() if isinstance(href, str) and hasattr(href, "getparent") else None
        # As a plain string: lxml's own holds the whole page, and what is remembered of addresses would hold it, too.
        if element is not None and (url := absolute(base, str(href))):
            titles[url] = max(titles.get(url, ""), plain(" ".join(element.itertext())), key=len)
    return [Entry(url=url, title=title or None) for url, title in titles.items()]
