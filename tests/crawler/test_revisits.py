"""Articles are asked for again at fixed times after their publication, each time once, whatever happens meanwhile."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from pydantic import ValidationError

from crawler.limits import CrawlerSettings
from storage import queries
from storage.vocabulary import ChangeKind
from tests.crawler import pages
from tests.crawler.conftest import NOW, Newsroom
from tests.crawler.server import NewsSite, Reply

PATH = "/news/observers-134"
HOUR = timedelta(hours=1)


def publish(site: NewsSite, number: int = 134, *, when: datetime | None = NOW) -> None:
    url = site.url + PATH
    text = pages.observers(number, canonical=url, published=when.isoformat() if when else "")
    site.routes[PATH] = Reply(text if when else re.sub("<meta prop[^>]*>", "", text))
    title = "CEC accredits foreign observers"
    site.routes["/feed"] = Reply(pages.rss([(url, title, when) if when else (url, title)]))


def asked(newsroom: Newsroom, site: NewsSite, *hours: float) -> list[float]:
    """Crawl at these hours after publication; those at which the article was asked for."""
    found = []
    for hour in hours:
        before = site.paths().count(PATH)
        newsroom.clock.instant = NOW + hour * HOUR
        newsroom.crawl()
        found += [hour] * (site.paths().count(PATH) - before)
    return found


def test_each_time_once(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site)
    every_half_hour = [n / 2 for n in range(14)]
    assert asked(newsroom, site, *every_half_hour, 23.5, 24, 25, 71, 72, 73, 100, 300) == [0, 1, 6, 24, 72]


def test_what_a_downtime_missed_is_made_up_for_once(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site)
    assert asked(newsroom, site, 0.1, 80, 81, 90) == [0.1, 80]


def test_what_was_missed_long_ago_is_let_go(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site)
    assert asked(newsroom, site, 0.1, 24 * 11) == [0.1]


def test_an_undated_article_counts_from_its_first_fetch(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, when=None)
    assert asked(newsroom, site, 0, 0.5, 1, 1.5, 6) == [0, 1, 6]


def test_a_date_in_the_future_counts_from_the_first_fetch(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site, when=NOW + timedelta(days=300))
    assert asked(newsroom, site, 0, 0.5, 1, 1.5) == [0, 1]


def test_other_times_or_never(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site)
    newsroom.limits = newsroom.limits.model_copy(update={"revisit": (2 * HOUR,)})
    assert asked(newsroom, site, 0, 1, 2, 3, 6, 24) == [0, 2]
    newsroom.limits = newsroom.limits.model_copy(update={"revisit": ()})
    assert asked(newsroom, site, 30, 72, 80) == []


@pytest.mark.parametrize("times", [["1d", "1h"], ["1h", "1h"], ["0s"], [3]])
def test_times_that_make_no_sense(times: list[object]) -> None:
    with pytest.raises(ValidationError):
        CrawlerSettings.model_validate({"revisit": times})


def test_an_error_is_no_answer(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site)
    assert asked(newsroom, site, 0) == [0]
    whole = site.routes[PATH]
    site.routes[PATH] = Reply(status=403)
    assert asked(newsroom, site, 1, 1.5) == [1, 1.5]
    site.routes[PATH] = whole
    assert asked(newsroom, site, 2, 2.5) == [2]


def test_a_page_that_is_gone_has_answered(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site)
    asked(newsroom, site, 0)
    site.routes[PATH] = Reply(status=410)
    assert asked(newsroom, site, 1, 1.5, 6, 7) == [1, 6]


def test_a_dry_run_remembers_no_answer(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site)
    asked(newsroom, site, 0)
    newsroom.clock.instant = NOW + HOUR
    newsroom.crawl(dry_run=True)
    assert asked(newsroom, site, 1.5) == [1.5]


def test_an_edit_is_told_with_old_and_new_words(newsroom: Newsroom, site: NewsSite) -> None:
    publish(site)
    asked(newsroom, site, 0)
    publish(site, 143)
    assert asked(newsroom, site, 1, 2) == [1]
    with newsroom.database.read() as session:
        _, edited = queries.changes(session)
    change = edited.change
    assert (change.kind, change.revisions) == (ChangeKind.CORRECTED, (1, 2))
    (pair,) = change.corrections
    assert pair.old is not None
    assert pair.new is not None
    assert (pair.old.value, pair.new.value) == (134, 143)
    assert "134" in pair.old.sentence
    assert "143" in pair.new.sentence
