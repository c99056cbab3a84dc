"""Kazinform, the state news agency."""

from __future__ import annotations

from crawler.spiders.base import SourceSpider


class KazinformSpider(SourceSpider):
    """Three editions on three hosts; its table says it all."""

    name = "kazinform"
