"""The Astana Times, a WordPress site."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from crawler.spiders.base import SourceSpider

_MONTH = re.compile(r"/(20\d{2})/(0[1-9]|1[0-2])/")


class AstanaTimesSpider(SourceSpider):
    """Its URLs carry year and month, which bounds listings that show no dates."""

    name = "astana_times"

    def published_by_url(self, url: str) -> datetime | None:
        """The end of the month that the URL names."""
        found = _MONTH.search(url)
        if found is None:
            return None
        year, month = int(found[1]), int(found[2])
        return datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
