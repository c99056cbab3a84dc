"""`accredwatch backfill`: a source's past, from an outlet with pages by date and from one with listings alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from pathlib import Path

import pytest

from accredwatch.cli import main
from accredwatch.config import load
from crawler.backfill import stretches
from storage import queries, sources
from storage.database import Database
from tests.crawler import pages
from tests.crawler.server import NewsSite, Reply

Capture = pytest.CaptureFixture[str]

CONFIG = """
[database]
url = "sqlite:///news.sqlite3"

[[channel]]
name = "desk"
url = "json://127.0.0.1:9/"

[[source]]
key = "courier"
name = "The Steppe Courier"
languages = ["en"]
hosts = ["127.0.0.1"]
{places}
article_urls = ['^127\\.0\\.0\\.1/news/[^/?]*?-(?P<id>\\d+)$']
allow_private_addresses = true
delay = "0s"
"""
BY_DATE = 'date_archives = [{{ url = "{site}/{{year}}/{{month}}/{{day}}", language = "en" }}]'
LISTINGS = 'listings = [{{ url = "{site}/all/{{page}}", language = "en" }}]'


@pytest.fixture
def site() -> Iterator[NewsSite]:
    """Three articles: of 30 October, 8 November and 12 November 2022."""
    with NewsSite() as server:
        for total, day in ((25, "2022-10-30"), (134, "2022-11-08"), (398, "2022-11-12")):
            url = f"{server.url}/news/observers-{total}"
            server.routes[f"/news/observers-{total}"] = Reply(
                pages.observers(
                    total, day=f"November {int(day[-2:])}", canonical=url, published=f"{day}T15:15:00+06:00"
                )
            )
            server.routes[f"/{day.replace('-', '/')}"] = Reply(links(url))
        server.routes["/all/1"] = Reply(links(*(f"{server.url}/news/observers-{n}" for n in (398, 134, 25))))
        yield server


def links(*urls: str) -> str:
    items = "".join(f'<li><a href="{escape(url)}">CEC accredits observers</a></li>' for url in urls)
    return f"<html><body><ul>{items}</ul></body></html>"


@pytest.fixture
def configured(site: NewsSite, write_config: Callable[[str], Path]) -> Callable[[str], str]:
    """Writes the configuration with these places to look."""

    def write(places: str) -> str:
        return str(write_config(CONFIG.format(places=places.format(site=site.url))))

    return write


def recorded(config: str) -> list[int | None]:
    """The figures on record, oldest first."""
    database = Database.open(load(Path(config)).database.url.get_secret_value())
    with database.read() as session:
        found: list[int | None] = [report.figures[0].value for report in reversed(queries.reports(session))]
        assert sources.state(session, "courier").last_attempt_at is None
    database.close()
    return found


def test_months_are_walked_through_and_only_once(
    configured: Callable[[str], str], site: NewsSite, capsys: Capture
) -> None:
    config = configured(BY_DATE)
    days = ("--from", "2022-10-15", "--to", "2022-11-10")
    assert main(["-c", config, "backfill", "courier", *days, "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["stretch"], one["done"], one["reports"]) for one in told] == [
        ("2022-10-15/2022-10-31", True, 1),
        ("2022-11-01/2022-11-10", True, 1),
    ]
    assert recorded(config) == [25, 134]
    asked = len(site.asked)
    assert main(["-c", config, "backfill", "courier", *days]) == 0
    assert "0 of 0 stretches done" in capsys.readouterr().out
    assert len(site.asked) == asked
    assert main(["-c", config, "alerts", "list"]) == 0
    assert "desk" not in capsys.readouterr().out


def test_a_stretch_with_an_error_is_not_done_and_the_next_time_goes_on_there(
    configured: Callable[[str], str], site: NewsSite, capsys: Capture
) -> None:
    config = configured(BY_DATE)
    whole = site.routes["/2022/11/08"]
    site.routes["/2022/11/08"] = Reply("out of order", status=403)
    days = ("--from", "2022-10-01", "--to", "2022-11-30")
    assert main(["-c", config, "backfill", "courier", *days]) == 1
    said = capsys.readouterr()
    assert "1 of 2 stretches done" in said.out
    assert "/2022/11/08" in said.err
    site.routes["/2022/11/08"] = whole
    assert main(["-c", config, "backfill", "courier", *days]) == 0
    assert "1 of 1 stretches done, 1 reports" in capsys.readouterr().out
    assert recorded(config) == [25, 398, 134]


def test_days_without_a_page_are_days_without_news_unless_none_has_one(
    configured: Callable[[str], str], capsys: Capture
) -> None:
    config = configured(BY_DATE)
    assert main(["-c", config, "backfill", "courier", "--from", "2021-10-01", "--to", "2021-10-31"]) == 1
    assert "no page of these days could be found" in capsys.readouterr().err


def test_listings_serve_where_there_are_no_pages_by_date_and_later_news_is_left(
    configured: Callable[[str], str], capsys: Capture
) -> None:
    config = configured(LISTINGS)
    assert main(["-c", config, "backfill", "courier", "--from", "2022-10-01", "--to", "2022-11-10"]) == 0
    assert "1 of 1 stretches done, 2 reports" in capsys.readouterr().out
    assert sorted(value or 0 for value in recorded(config)) == [25, 134]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "2022-11-01", "--to", "2022-10-01"), "must not be after the last"),
        (("--from", "2022-11-01", "--to", "2999-10-01"), "after today"),
        (("--from", "November", "--to", "2022-10-01"), "--from November: write a day"),
    ],
)
def test_days_that_make_no_sense_are_refused(
    configured: Callable[[str], str], capsys: Capture, arguments: tuple[str, ...], words: str
) -> None:
    assert main(["-c", configured(BY_DATE), "backfill", "courier", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_a_source_without_a_past_says_what_it_lacks(configured: Callable[[str], str], capsys: Capture) -> None:
    config = configured('feeds = [{{ url = "{site}/feed", language = "en" }}]')
    assert main(["-c", config, "backfill", "courier", "--from", "2022-10-01", "--to", "2022-10-02"]) == 2
    assert "neither date_archives nor listings" in capsys.readouterr().err


def test_whole_months_have_the_name_of_the_month() -> None:
    source = next(s for s in load().source if s.key == "astana_times")
    found = stretches(source, date(2019, 12, 1), date(2020, 2, 29))
    assert [stretch.name for stretch in found] == ["2019-12", "2020-01", "2020-02"]
    (listing,) = found[1].source.listings
    assert listing.url == "https://astanatimes.com/2020/01/page/{page}/"
    assert (found[2].since.isoformat(), found[2].until.isoformat()) == (
        "2020-02-01T00:00:00+06:00",
        "2020-03-01T00:00:00+06:00",
    )
