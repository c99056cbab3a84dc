"""Recording articles: identity, revisions, what changes, whom to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from extract.model import Evidence, Status, Where
from foundation.errors import NotFound, StorageError
from storage import Database, outbox, queries, record, recording
from storage.vocabulary import AlertState, ChangeKind
from tests.storage.campaign import KEY, USUAL, article, figure, march, report
from tests.support.changes import change_of


def test_first_total_makes_one_change_and_one_alert(database: Database) -> None:
    with database.write() as session:
        done = record(
            session,
            article("a1", "The commission has accredited 614 observers so far.", day=10),
            report(figure(614), figure(27, "organizations")),
            fetched_at=march(10, 13),
            found_via="feed",
            subscriptions=[USUAL],
        )
    assert done.novelty is recording.Novelty.NEW
    assert [c.change.kind for c in done.changes] == [ChangeKind.NEW_TOTAL]
    with database.read() as session:
        (alert,) = outbox.alerts(session)
        (summary,) = queries.elections(session)
    told = change_of(alert).change
    assert alert.state is AlertState.PENDING
    assert told.figure is not None
    assert told.figure.value == 614
    assert told.day == date(2023, 3, 10)
    assert [s.value for s in told.also] == [27]
    assert summary.election.key == KEY
    assert summary.accredited is not None
    assert summary.accredited.figure.value == 614


def keep(
    database: Database, name: str, value: int, *, url: str | None = None, text: str = "Text.", day: int = 10
) -> recording.Recorded:
    stated = article(name, text, day=day)
    with database.write() as session:
        return record(
            session,
            replace(stated, url=url or stated.url),
            report(figure(value)),
            fetched_at=march(18),
            found_via="sitemap",
            subscriptions=[USUAL],
            urls=[f"https://old.example/{name}", "https://long.example/" + "x" * 5000],
        )


def test_unchanged_text_under_another_url_is_the_same_article_and_revision(database: Database) -> None:
    first = keep(database, "a1", 614)
    again = keep(database, "a1", 614, url="https://kazinform.example/amp/a1")
    assert (again.novelty, again.article, again.report) == (recording.Novelty.UNCHANGED, first.article, first.report)
    assert again.changes == ()
    assert first.report
    with database.read() as session:
        shown = queries.show(session, first.report)
    assert (shown.revision, shown.revisions) == (1, 1)
    assert set(shown.urls) == {
        "https://kazinform.example/en/a1",
        "https://kazinform.example/amp/a1",
        "https://old.example/a1",
    }


def test_blanks_and_composition_make_no_revision(database: Database) -> None:
    keep(database, "a1", 614, text="Қазақстан й, 614\u00a0observers.")
    again = keep(database, "a1", 614, text="Қазақстан  й, 614 observers. ")
    assert again.novelty is recording.Novelty.UNCHANGED


def test_edited_text_is_a_revision_and_the_old_report_stays_readable(database: Database) -> None:
    first = keep(database, "a1", 614)
    second = keep(database, "a1", 641, text="Edited.")
    assert (second.novelty, second.revision, second.article) == (recording.Novelty.REVISED, 2, first.article)
    assert first.report
    with database.read() as session:
        old = queries.show(session, first.report)
        (row,) = queries.timeline(session, KEY)
        (listed,) = queries.reports(session, election=KEY, source="kazinform")
    assert (old.superseded, old.revision, old.revisions, old.body) == (True, 1, 2, "Text.")
    assert row.figure.value == 641
    assert listed.id == second.report


def test_article_without_identity_is_known_by_its_url(database: Database) -> None:
    nameless = replace(article("a1"), article_id=None)
    with database.write() as session:
        first = record(session, nameless, report(figure(5)), fetched_at=march(2), found_via="file")
        again = record(session, nameless, report(figure(5)), fetched_at=march(3), found_via="file")
        pasted = replace(nameless, url=None, source=None)
        text = record(session, pasted, report(figure(5)), fetched_at=march(3), found_via="file", source="desk")
    assert again.article == first.article
    assert text.article != first.article


def test_article_of_no_source_is_refused(database: Database) -> None:
    with pytest.raises(StorageError, match="belongs to no source"), database.write() as session:
        record(session, replace(article("a1"), source=None), None, fetched_at=march(2), found_via="file")


def test_hostile_text_is_stored_without_what_databases_refuse(database: Database) -> None:
    hostile = replace(article("a1", "NUL \0, half a pair \ud800, 614 observers."), title="T\0", author="\udfff")
    with database.write() as session:
        done = record(
            session, hostile, report(figure(10**12), unknown_names=("\0" * 5000,)), fetched_at=march(2), found_via="\0"
        )
        assert done.report
        shown = queries.show(session, done.report)
    assert shown.body == "NUL \ufffd, half a pair \ufffd, 614 observers."
    assert shown.figures[0].value == 10**12


def test_show_gives_evidence_in_its_sentence(database: Database) -> None:
    text = "The session began at noon. So far 614 observers are accredited. It ended early."
    start = text.index("614")
    evidence = Evidence("614 observers", start, start + 13, Where.BODY)
    stated = replace(report(figure(614)), figures=(replace(figure(614), evidence=evidence),))
    with database.write() as session:
        done = record(session, article("a1", text), stated, fetched_at=march(2), found_via="feed")
        assert done.report
        (shown,) = queries.show(session, done.report).figures
    assert shown.evidence == evidence
    assert shown.sentence == "So far 614 observers are accredited."
    assert shown.headline


def test_unknown_report_and_election_are_named(database: Database) -> None:
    keep(database, "a1", 614)
    with database.read() as session:
        with pytest.raises(NotFound, match="4711"):
            queries.show(session, 4711)
        with pytest.raises(NotFound, match=KEY):
            queries.timeline(session, "2030-01-01-local")


def test_timeline_runs_by_day_and_can_be_narrowed(database: Database) -> None:
    for name, value, day in (("b", 641, 11), ("a", 614, 10), ("c", 614, 12)):
        keep(database, name, value, day=day)
    with database.read() as session:
        rows = queries.timeline(session, KEY)
        assert queries.timeline(session, KEY, scope="countries") == ()
        assert queries.timeline(session, KEY, status=Status.ACCREDITED) == rows
    assert [(r.figure.value, r.stale, r.repeats) for r in rows] == [
        (614, False, False),
        (641, False, False),
        (614, True, True),
    ]
