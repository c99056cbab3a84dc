"""What an operator reads when a URL cannot be fetched."""

from __future__ import annotations

import pytest
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError

from crawler.explain import explain
from foundation.errors import AddressRefused

URL = "https://news.example/feed.xml"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CannotResolveHostError("ssl:<object at 0x7f>"), "the host news.example cannot be found"),
        (DownloadConnectionRefusedError("[Errno 111]"), "news.example refuses connections"),
        (DownloadConnectionRefusedError("[SSL: CERTIFICATE_VERIFY_FAILED]"), "certificate of news.example cannot be"),
        (DownloadTimeoutError(""), "news.example did not answer in time"),
    ],
)
def test_failures_of_the_network_are_told_in_words(error: Exception, words: str) -> None:
    told = explain(error, URL)
    assert told.startswith(f"{URL}: ")
    assert words in told
    assert "object at" not in told


def test_our_own_refusals_are_told_as_they_are() -> None:
    assert explain(AddressRefused("https://news.example/feed.xml leads to 10.0.0.1"), URL).endswith("leads to 10.0.0.1")


def test_what_nobody_foresaw_keeps_its_name() -> None:
    assert explain(ValueError("no such\n  thing"), URL) == f"{URL}: ValueError: no such thing"
