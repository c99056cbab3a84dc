"""Qazaq TV, since 2022 Jibek Joly, then Silk Way TV."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from scrapy.http import TextResponse

from crawler.spiders.base import SourceSpider

_IMAGES = "//meta[@property='og:image']/@content | //img[contains(@src, '/storage/')]/@src"
_STAMP = re.compile(r"_(1[3-9]\d{8})\.(?:jpe?g|png|webp)")


class QazaqTvSpider(SourceSpider):
    """Its pages often show no date, but the names of their images carry the second of the upload."""

    name = "qazaq_tv"

    def published_on_page(self, response: TextResponse) -> datetime | None:
        """The upload of the page's first image."""
        stamps = (_STAMP.search(str(src)) for src in response.xpath(_IMAGES).getall())
        first = next(filter(None, stamps), None)
        return datetime.fromtimestamp(int(first[1]), UTC) if first else None
