"""Runs inside a peer's virtual environment: goes through the pages and prints what each of them cost.

It knows nothing of our program; how time is taken is the same as in `bench.reading.timing`. A peer that asks the
network for anything gets none.
"""

from __future__ import annotations

import html
import json
import math
import socket
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path


def _newspaper4k() -> Callable[[str, str], str]:
    from newspaper import Article  # noqa: PLC0415 - each environment holds one peer

    def read(page: str, url: str) -> str:
        article = Article(url, fetch_images=False)
        article.download(input_html=page)
        article.parse()
        return str(article.text)

    return read


def _readability() -> Callable[[str, str], str]:
    from readability import Document  # noqa: PLC0415

    def read(page: str, url: str) -> str:
        document = Document(page, url=url)
        return f"{document.title()} {document.summary()}"

    return read


_PEERS = {"newspaper4k": _newspaper4k, "readability-lxml": _readability}


def _no_network(*_: object, **__: object) -> object:
    raise OSError("the benchmark gives no network")


def main() -> None:
    """Arguments: the peer's name, a JSON file of pages, the number of rounds that count."""
    name, given, rounds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    socket.socket.connect = socket.getaddrinfo = _no_network  # type: ignore[assignment,method-assign]
    read = _PEERS[name]()
    pages = json.loads(given.read_text(encoding="utf-8"))
    taken = [math.inf] * len(pages)
    shown = [False] * len(pages)
    for number in range(rounds + 1):
        for index, page in enumerate(pages):
            start = time.process_time()
            try:
                text = read(page["html"], page["url"])
            except Exception:  # noqa: BLE001 - whatever a peer raises is its result for the page
                text = ""
            if number:
                taken[index] = min(taken[index], (time.process_time() - start) * 1000)
            else:
                shown[index] = page["probe"] in " ".join(html.unescape(text).split())
    answer = {"version": version(name), "milliseconds": taken, "shown": shown}
    sys.stdout.write(json.dumps(answer))


main()
