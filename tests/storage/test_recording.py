"""Recording articles: identity, revisions, what changes, whom to tell."""

from __future__ import annotations

from datetime import date

from storage import Database, outbox, queries, record, recording
from storage.vocabulary import AlertState, ChangeKind
from tests.storage.campaign import KEY, USUAL, article, figure, march, report


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
    assert alert.state is AlertState.PENDING
    assert alert.change.change.figure is not None
    assert alert.change.change.figure.value == 614
    assert alert.change.change.day == date(2023, 3, 10)
    assert [s.value for s in alert.change.change.also] == [27]
    assert summary.election.key == KEY
    assert summary.accredited is not None
    assert summary.accredited.figure.value == 614
