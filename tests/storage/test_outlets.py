"""When an outlet may be asked next, by whichever machine."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage import outlets
from storage.database import Database
from tests.storage.campaign import march

NOON = march(1, 12)
TWO, FORTY, NOTHING = timedelta(seconds=2), timedelta(seconds=40), timedelta()


def begin(database: Database, now: datetime, delay: timedelta = TWO) -> timedelta:
    with database.write() as session:
        return outlets.begin(session, "inform.kz", delay=delay, now=now)


def end(database: Database, now: datetime, delay: timedelta = TWO) -> None:
    with database.write() as session:
        outlets.end(session, "inform.kz", delay=delay, now=now)


def test_it_is_left_alone_after_a_crawl_for_as_long_as_its_robots_asked(database: Database) -> None:
    assert begin(database, NOON) == NOTHING
    end(database, NOON, FORTY)
    assert begin(database, NOON + TWO) == FORTY - TWO, "whoever comes next has not read its robots.txt"
    assert begin(database, NOON + FORTY) == NOTHING
    end(database, NOON + 2 * FORTY, TWO)
    assert begin(database, NOON + 2 * FORTY + TWO) == NOTHING, "it asks for less now"


def test_after_a_crawl_that_never_ended_the_whole_delay_is_kept(database: Database) -> None:
    begin(database, NOON)
    end(database, NOON, FORTY)
    assert begin(database, NOON + FORTY) == NOTHING
    later = NOON + timedelta(hours=3)
    assert begin(database, later) == FORTY
    assert begin(database, later + TWO) == FORTY - TWO, "it does not begin anew with each who asks"
    assert begin(database, later + FORTY) == NOTHING


def test_a_clock_that_was_put_back_keeps_it_for_no_longer_than_its_delay(database: Database) -> None:
    end(database, NOON, FORTY)
    assert begin(database, NOON - timedelta(days=1)) == FORTY
