"""`accredwatch evidence`, `reread` and `archive`, after a crawl of a loopback site."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from accredwatch.cli import main
from tests.crawler import pages
from tests.crawler.server import NewsSite, Reply

Capture = pytest.CaptureFixture[str]

CONFIG = """
[database]
url = "sqlite:///news.sqlite3"

[[source]]
key = "courier"
name = "The Steppe Courier"
languages = ["en"]
hosts = ["127.0.0.1"]
feeds = [{{ url = "{site}/feed", language = "en" }}]
article_urls = ['^127\\.0\\.0\\.1/news/[^/?]*?-(?P<id>\\d+)$']
allow_private_addresses = true
delay = "0s"
"""


@pytest.fixture
def config(tmp_path: Path, write_config: Callable[[str], Path], capsys: Capture) -> str:
    """A configuration whose one source was crawled: report 1 states 134 observers."""
    with NewsSite() as site:
        url = f"{site.url}/news/observers-134"
        site.routes["/news/observers-134"] = Reply(pages.observers(134, canonical=url))
        site.routes["/feed"] = Reply(
            pages.rss([(url, "CEC accredits 134 foreign observers")]), type="application/rss+xml"
        )
        path = str(write_config(CONFIG.format(site=site.url)))
        assert main(["-c", path, "crawl"]) == 0
    capsys.readouterr()
    return path


def archived(config: str) -> list[Path]:
    return sorted((Path(config).parent / "var" / "archive").rglob("*.warc.gz"))


def test_a_report_s_page_is_shown_and_verified_without_the_site(config: str, tmp_path: Path, capsys: Capture) -> None:
    page = tmp_path / "page.html"
    assert main(["-c", config, "evidence", "1", "-o", str(page)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "the archived page is what was fetched" in out
    assert "134 all international observers: “134 observers" in out
    assert "stands on it" in out
    assert b"134 observers from foreign states" in page.read_bytes()
    assert main(["-c", config, "evidence", "1", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["verified"] is True
    assert shown["place"]["file"] in str(archived(config)[0])


def test_a_page_that_is_no_longer_as_it_was_fails(config: str, capsys: Capture) -> None:
    (file,) = archived(config)
    file.write_bytes(bytes(byte ^ 1 for byte in file.read_bytes()))
    assert main(["-c", config, "evidence", "1"]) == 1
    assert "is damaged at byte" in capsys.readouterr().err
    assert main(["-c", config, "archive", "check"]) == 1
    assert "0 responses are what was fetched, 3 are not" in capsys.readouterr().out
    assert main(["-c", config, "reread"]) == 1
    assert "1 articles read again, 0 read otherwise, 1 failed" in capsys.readouterr().out


def test_reading_again_finds_nothing_else(config: str, capsys: Capture) -> None:
    assert main(["-c", config, "reread", "--apply"]) == 0
    assert "1 articles read again, 0 read otherwise, 0 failed; 0 changes recorded" in capsys.readouterr().out


def test_all_is_as_it_was_fetched_and_nothing_is_dropped(config: str, capsys: Capture) -> None:
    assert main(["-c", config, "archive", "check"]) == 0
    assert "3 responses are what was fetched, 0 are not" in capsys.readouterr().out
    assert main(["-c", config, "archive", "prune"]) == 0
    assert "0 responses dropped (0 bytes), 3 stay, 1 of them cited by figures" in capsys.readouterr().out


def test_what_cannot_be_asked_is_said(config: str, capsys: Capture) -> None:
    assert main(["-c", config, "evidence", "77"]) == 2
    assert "no report has the id 77" in capsys.readouterr().err
    assert main(["-c", config, "reread", "--tell"]) == 2
    assert "give --apply, too" in capsys.readouterr().err
    assert main(["-c", config, "reread", "--source", "courrier"]) == 2
    assert "courier" in capsys.readouterr().err


def test_without_an_archive_the_crawl_goes_on_and_evidence_says_so(
    config: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    path = Path(config)
    path.write_text(path.read_text(encoding="utf-8") + '\n[archive]\npath = ""\n', encoding="utf-8")
    assert main(["-c", config, "evidence", "1"]) == 2
    assert "archive.path is empty" in capsys.readouterr().err
