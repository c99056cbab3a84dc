"""What is remembered of sources between crawls."""

from __future__ import annotations

import pytest

from foundation.errors import NotFound
from storage import Database, known, queries, record, sources
from storage.sources import Counts
from tests.storage.campaign import article, figure, march, report


def test_unknown_source_has_an_empty_state(database: Database) -> None:
    with database.read() as session:
        state = sources.state(session, "kazinform")
        assert sources.states(session) == {}
    assert (state.last_attempt_at, state.consecutive_errors, state.retry_not_before) == (None, 0, None)


def test_errors_count_up_until_a_success(database: Database) -> None:
    with database.write() as session:
        for day in (1, 2):
            run = sources.begin_run(session, "kazinform", now=march(day))
            sources.finish_run(
                session, run, now=march(day, 13), finish_reason="finished", errors=["503\0" * 1000],
                retry_not_before=march(3),
            )  # fmt: skip
        failing = sources.state(session, "kazinform")
        run = sources.begin_run(session, "kazinform", now=march(4))
        sources.finish_run(session, run, now=march(4, 13), finish_reason="finished", counts=Counts(found=5, fetched=2))
        fine = sources.state(session, "kazinform")
    assert (failing.consecutive_errors, failing.last_success_at, failing.retry_not_before) == (2, None, march(3))
    assert (fine.consecutive_errors, fine.last_success_at, fine.retry_not_before) == (0, march(4, 13), None)
    assert fine.last_attempt_at == march(4)


def test_runs_are_listed_newest_first_also_one_that_never_ended(database: Database) -> None:
    with database.write() as session:
        first = sources.begin_run(session, "kazinform", now=march(1))
        sources.finish_run(session, first, now=march(1, 13), finish_reason="finished", counts=Counts(found=7))
        sources.begin_run(session, "qazaq_tv", now=march(2))
        sources.begin_run(session, "kazinform", now=march(3))
        every = sources.runs(session)
        own = sources.runs(session, "kazinform", limit=1)
        with pytest.raises(NotFound):
            sources.finish_run(session, 4711, now=march(3), finish_reason="finished")
    assert [(r.source, r.found) for r in every] == [("kazinform", 0), ("qazaq_tv", 0), ("kazinform", 7)]
    assert [r.finished_at for r in own] == [None]


def test_known_articles_are_told_by_source_and_language(database: Database) -> None:
    with database.write() as session:
        for language in ("en", "ru"):
            record(session, article("a1", language=language), None, fetched_at=march(2), found_via="feed")
        record(session, article("a2"), report(figure(5)), fetched_at=march(2), found_via="feed")
        assert known.articles(session, "kazinform", ["a1", "a2", "a3"]) == {("en", "a1"), ("ru", "a1"), ("en", "a2")}
        assert known.articles(session, "qazaq_tv", ["a1"]) == set()
        assert known.articles(session, "kazinform", []) == set()
        many = [f"a{n}" for n in range(2000)]
        assert len(known.articles(session, "kazinform", many)) == 3
        url = "https://kazinform.example/en/a1"
        assert known.urls(session, [url, "https://kazinform.example/en/a9"]) == {url}


def test_validators_are_proven_by_a_change_together_with_the_body(database: Database) -> None:
    url = "https://kazinform.example/feed"

    def response(etag: str | None, body: str) -> bool:
        with database.write() as session:
            return known.remember_validator(
                session, url, etag=etag, last_modified=None, body_hash=body, now=march(1)
            ).proven

    assert [response("v1", "one"), response("v1", "one")] == [False, False]
    assert response("v2", "two") is True
    assert response("v2", "two") is True
    assert response("v2", "three") is False
    assert response(None, "four") is False
    with database.write() as session:
        stored = known.validator(session, url)
        known.forget_validator(session, url)
        assert known.validator(session, url) is None
    assert stored is not None
    assert (stored.etag, stored.body_hash, stored.fetched_at) == (None, "four", march(1))


def test_summary_counts_articles_and_reports(database: Database) -> None:
    with database.write() as session:
        run = sources.begin_run(session, "kazinform", now=march(2))
        record(session, article("a1"), None, fetched_at=march(2), found_via="feed")
        record(session, article("a2"), report(figure(5)), fetched_at=march(2), found_via="feed")
        record(session, article("a2", "Edited."), report(figure(6)), fetched_at=march(3), found_via="feed")
        (summary,) = queries.sources(session)
    assert (summary.articles, summary.reports) == (2, 1)
    assert summary.state.last_article_at == march(3)
    assert summary.last_run is not None
    assert summary.last_run.id == run
