"""The first crawl of a source tells nobody, and then each channel at most one thing an election."""

from __future__ import annotations

from storage import Database, baseline, outbox, queries, record
from storage.vocabulary import ChangeKind, Subscription
from tests.storage.campaign import USUAL, article, figure, march, report
from tests.support.changes import change_of

TOTALS = Subscription("totals", frozenset(), frozenset({ChangeKind.NEW_TOTAL}), USUAL.statuses)
NOW = march(18)


def crawl(database: Database, source: str, totals: dict[int, int]) -> None:
    """A crawl that finds one article for each (day, total)."""
    for day, value in totals.items():
        with database.write() as session:
            record(
                session,
                article(f"{source}-{day}", day=day, source=source),
                report(figure(value)),
                fetched_at=NOW,
                found_via="feed",
                subscriptions=[USUAL, TOTALS],
                hold=baseline.hold(session, source, now=NOW),
            )


def finish(database: Database, *names: str) -> int:
    with database.write() as session:
        return baseline.finish(session, names, [USUAL, TOTALS], now=NOW)


def told(database: Database) -> list[tuple[str, int | None]]:
    with database.read() as session:
        alerts = outbox.alerts(session)
    return sorted((a.channel, told.value if told else None) for a in alerts for told in [change_of(a).change.figure])


def test_many_old_articles_become_one_alert_with_the_latest_state(database: Database) -> None:
    crawl(database, "kazinform", {10: 614, 11: 641, 12: 660})
    assert told(database) == []
    with database.read() as session:
        assert all(c.held for c in queries.changes(session))
        assert baseline.waiting(session) == ("kazinform",)
    assert finish(database, "kazinform") == 2
    assert told(database) == [("desk", 660), ("totals", 660)]
    assert finish(database, "kazinform") == 0


def test_newest_first_comes_to_the_same(database: Database) -> None:
    crawl(database, "kazinform", {12: 660, 11: 641, 10: 614})
    finish(database, "kazinform")
    assert told(database) == [("desk", 660), ("totals", 660)]


def test_all_sources_are_waited_for(database: Database) -> None:
    crawl(database, "kazinform", {10: 614})
    crawl(database, "qazaq_tv", {12: 660})
    assert finish(database, "kazinform") == 0
    assert told(database) == []
    assert finish(database, "qazaq_tv") == 2
    assert told(database) == [("desk", 660), ("totals", 660)]


def test_afterwards_changes_are_told_as_they_come(database: Database) -> None:
    crawl(database, "kazinform", {10: 614})
    finish(database, "kazinform")
    crawl(database, "kazinform", {11: 641})
    assert told(database) == [("desk", 614), ("desk", 641), ("totals", 614), ("totals", 641)]


def test_source_added_later_tells_nothing_that_is_known(database: Database) -> None:
    crawl(database, "kazinform", {10: 614, 12: 660})
    finish(database, "kazinform")
    crawl(database, "qazaq_tv", {9: 500, 10: 614, 11: 655, 12: 660})
    finish(database, "qazaq_tv")
    assert told(database) == [("desk", 660), ("totals", 660)]


def test_source_added_later_tells_the_latest_total_that_only_it_has(database: Database) -> None:
    crawl(database, "kazinform", {10: 614})
    finish(database, "kazinform")
    crawl(database, "qazaq_tv", {12: 660, 13: 700})
    assert finish(database, "qazaq_tv") == 2
    assert told(database) == [("desk", 614), ("desk", 700), ("totals", 614), ("totals", 700)]


def test_held_state_that_was_overtaken_meanwhile_is_not_told(database: Database) -> None:
    crawl(database, "kazinform", {10: 614})
    finish(database, "kazinform")
    crawl(database, "qazaq_tv", {11: 641})
    crawl(database, "kazinform", {12: 660})
    assert finish(database, "qazaq_tv") == 0
    assert told(database) == [("desk", 614), ("desk", 660), ("totals", 614), ("totals", 660)]


def test_first_crawl_that_fails_is_put_off_and_keeps_nobody_waiting(database: Database) -> None:
    crawl(database, "kazinform", {10: 614})
    with database.write() as session:
        assert baseline.hold(session, "qazaq_tv", now=NOW)
    assert finish(database, "kazinform") == 0
    with database.write() as session:
        queued = baseline.settle(session, "qazaq_tv", through=False, subscriptions=[USUAL], now=NOW)
        assert queued == 1
        assert baseline.settle(session, "kazinform", through=True, subscriptions=[USUAL], now=NOW) is None
        assert baseline.hold(session, "qazaq_tv", now=NOW)


def test_each_election_is_told_once(database: Database) -> None:
    crawl(database, "kazinform", {10: 614})
    with database.write() as session:
        other = report(figure(100))
        election = type(other.election)(type=other.election.type, date=march(28).date())
        for day, value in ((1, 100), (2, 200)):
            record(
                session,
                article(f"other-{day}", day=day),
                report(figure(value), election=election),
                fetched_at=NOW,
                found_via="feed",
                hold=True,
            )
    finish(database, "kazinform")
    assert told(database) == [("desk", 200), ("desk", 614), ("totals", 200), ("totals", 614)]
