"""Scrapy with its own settings and a spider that does nothing: a child process that fetches the pages it is told.

Argument: a JSON object with `urls` and `settings`. Prints `pages`, `seconds` and `cpu`, counted from the first request.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import AsyncIterator

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class Bare(Spider):
    """Fetches, and lets go."""

    name = "bare"
    urls: tuple[str, ...] = ()
    pages = 0
    begun = (0.0, 0.0)

    async def start(self) -> AsyncIterator[Request]:
        """All pages."""
        Bare.begun = (time.monotonic(), time.process_time())
        for url in self.urls:
            yield Request(url, dont_filter=True)

    def parse(self, _response: Response) -> None:
        """Nothing."""
        Bare.pages += 1


def main() -> None:
    """Fetch them."""
    asked = json.loads(sys.argv[1])
    Bare.urls = tuple(asked["urls"])
    process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, **asked["settings"]})
    process.crawl(Bare)
    process.start()
    seconds, cpu = time.monotonic() - Bare.begun[0], time.process_time() - Bare.begun[1]
    sys.stdout.write(json.dumps({"pages": Bare.pages, "seconds": seconds, "cpu": cpu}))


if __name__ == "__main__":
    main()
