"""trafilatura alone: a child process that goes through pages that are in memory already.

Argument: a JSON object with `urls`. Prints `pages`, `seconds`, `cpu` and `texts` found; fetching does not count.
"""

from __future__ import annotations

import json
import sys
import time
from urllib.request import urlopen

import trafilatura


def main() -> None:
    """Extract from each page once, after three that do not count."""
    pages = []
    for url in json.loads(sys.argv[1])["urls"]:
        with urlopen(url, timeout=30) as answer:  # noqa: S310 - the replica newsroom on loopback
            pages.append(answer.read().decode())
    for page in pages[:3]:
        trafilatura.extract(page)
    begun, cpu = time.monotonic(), time.process_time()
    texts = sum(bool(trafilatura.extract(page)) for page in pages)
    taken = {"seconds": time.monotonic() - begun, "cpu": time.process_time() - cpu}
    sys.stdout.write(json.dumps({"pages": len(pages), "texts": texts, **taken}))


if __name__ == "__main__":
    main()
