"""Lists of everything on record, on both kinds of database."""

from __future__ import annotations

from datetime import date

import pytest

from extract.model import Basis, Status
from foundation.errors import NotFound
from storage import counts, listing
from storage.database import Database
from storage.listed import Wanted
from storage.listing import in_batches
from storage.notices import tell
from storage.source_views import NoticeDetails
from storage.tallies import tallies
from storage.vocabulary import AlertState, Audience, ChangeKind, NoticeKind, Subscription
from tests.api.records import REFERENDUM_KEY, UNKNOWN_BODY, fill
from tests.storage.campaign import KEY, march


def test_lists_counts_and_tallies_tell_the_campaign(database: Database) -> None:
    fill(database)
    with database.read() as session:
        figures = listing.figures(session)
        assert [f.value for f in figures] == [641, 27, 650, 5, 700, 90, 77, 615]
        assert [f.id for f in in_batches(lambda a, n: listing.figures(session, after=a, limit=n), 3)] == [
            f.id for f in figures
        ]
        for wanted, values in (
            (Wanted(election=KEY, status=Status.WITHDRAWN), [5]),
            (Wanted(source="qazaq_tv"), [650]),
            (Wanted(basis=Basis.NEW, value=27), [27]),
            (Wanted(scope=UNKNOWN_BODY), [77]),
            (Wanted(since=date(2023, 3, 13), until=date(2023, 3, 14)), [5, 700]),
        ):
            assert [f.value for f in listing.figures(session, wanted)] == values

        reports = listing.reports(session, limit=2)
        assert [(r.id, r.figures, r.source) for r in reports] == [(2, 2, "astana_times"), (3, 1, "qazaq_tv")]
        assert [r.unknown_names for r in listing.reports(session, Wanted(election=REFERENDUM_KEY))] == [("-ГУАМ",)]

        newest = listing.latest_changes(session, election=KEY, kinds=[ChangeKind.NEW_TOTAL], held=False, limit=2)
        assert [c.change.day.day for c in newest] == [15, 14]

        alerts = listing.alerts(session, state=AlertState.PENDING, channel="desk", after=2)
        assert [a.change for a in alerts] == list(range(3, 12))
        assert listing.election_keys(session) == (KEY, REFERENDUM_KEY)
        assert listing.source_keys(session) == ("astana_times", "kazinform", "qazaq_tv")

        assert counts.crawls(session) == {("kazinform", "finished"): 1}
        assert counts.changes(session)["corrected"] == 2
        assert counts.open_review_items(session) == {"unidentified_election": 1, "unknown_name": 1}

        found = {t.source: [s.value for s in t.steps] for t in tallies(session, KEY, status=Status.ACCREDITED)}
        assert found == {None: [615, 641, 650, 700], "astana_times": [641, 700], "kazinform": [615], "qazaq_tv": [650]}
        with pytest.raises(NotFound, match=KEY):
            tallies(session, "2023")


def test_alerts_on_notices_name_their_source(database: Database) -> None:
    operators = Subscription(
        channel="duty", elections=frozenset(), kinds=frozenset(), statuses=frozenset(), audience=Audience.OPERATORS
    )
    with database.write() as session:
        tell(
            session, "kazinform", NoticeKind.FAILING, since=None, details=NoticeDetails(), subscriptions=[operators],
            now=march(1),
        )  # fmt: skip
    with database.read() as session:
        assert [(a.channel, a.source, a.change) for a in listing.alerts(session)] == [("duty", "kazinform", None)]
