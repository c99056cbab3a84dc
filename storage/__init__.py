"""What is known: tables, migrations, queries, changes and the outbox of alerts.

Every function takes a Session from `Database`; what it hands back is a plain value, from `storage.views`,
`storage.answers`, `storage.listed`, `storage.series_views` or `storage.source_views`.

    storage.database
        Database.open(url, *, base=None, busy_timeout=15 s, migrate=True, clock=None) -> Database
        .read() .write()    context managers of a Session; a writer is the only one, commits at the end, rolls back on
                            an exception
        Database.look(url, *, base=None, busy_timeout=15 s) -> Database, as it is: nothing made or moved forward
        .check(on_progress) -> tuple[str, ...], what is wrong      .version() -> str | None      .close()
    storage.backup
        back_up(database, file, *, replace=False, on_progress) -> Backup
    storage.restore
        restore(url, file, *, replace=False, hold=False, busy_timeout=15 s, clock, on_progress) -> Restored
    storage.recording
        record(session, article, report, *, fetched_at, found_via, subscriptions=(), hold=False, source=None, urls=(),
               figures_outside_body=None, time_zone="Asia/Almaty") -> Recorded; `report` None: nothing could be read
    storage.unread
        remember(session, source, pages), many pages of which nothing was read
    storage.review
        ask(session, kind, text, *, article, report=None, sentence=None, now) -> bool, whether the question is new
        close(session, ids, *, by, note=None, now)
    storage.disputes
        disputes(session, *, election=None, closed=False) -> tuple[Dispute, ...]
        dispute(session, dispute_id) -> Dispute
    storage.decisions, each of them by a `Person(by, note=None, now)`
        settle(session, dispute_id, person, subscriptions, *, value) -> Decreed
        void(session, report_id, person, subscriptions) -> Decreed
        restore(session, report_id, person, subscriptions) -> Decreed
        decisions(session, *, report=None, dispute=None, limit=None) -> tuple[Decision, ...]
        told_of(session, decision) -> int, the alerts queued with it
    storage.confirmation
        release_overdue(session, channel, timing=None, *, now) -> int, the alerts that wait for no second source now
    storage.revisits
        due(session, source, offsets, *, now) -> tuple[Revisit, ...]
        last_heard(session, source, language, article_id) -> datetime | None
        note_asked(session, source, answered)
    storage.sources
        state(session, source) -> SourceState               states(session) -> dict[str, SourceState]
        begin_run(session, source, *, now) -> int
        finish_run(session, run, *, now, finish_reason, counts=Counts(), errors=(), retry_not_before=None, signs=(),
                   listed=())
        runs(session, source=None, *, limit=20) -> tuple[CrawlRun, ...]
        runs_with_pages(session, source, *, limit) -> tuple[CrawlRun, ...]
        beats(session, source, *, since) -> tuple[Beat, ...]        count_runs(session, source, *, begin, end) -> int
        last_through(session) -> datetime | None
    storage.looks
        standing(session, source) -> Standing               begin(session, source, *, now) -> int
        note_quiet(session, source, *, begun, now, unchanged)
    storage.known
        articles(session, source, ids) -> set[(language, article_id)]    urls(session, wanted) -> set[str]
        validator(session, url) -> Validator | None         forget_validator(session, url)
        remember_validator(session, url, *, etag, last_modified, body_hash, now) -> Validator
    storage.notices
        tell(session, source, kind, *, since, details, subscriptions, now) -> Notice, with its alerts
        notices(session, source, *, since) -> tuple[Notice, ...]    episode(session, source) -> tuple[Notice, ...]
        late(session, source, *, begin, end, limit) -> (count, tuple[Late, ...])
        is_told(session, source, *, begun, until) -> bool
    storage.baseline
        hold(session, source, *, now) -> bool               waiting(session) -> tuple[str, ...]
        finish(session, sources, subscriptions, *, now) -> int, the number of alerts queued
        put_off(session, source)                            settle(session, source, *, through, subscriptions, now)
    storage.outbox
        let_go(session, channel, timing, *, now), what its moment has come for, but for what quiet hours hold
        claim(session, *, now, channels, timings=None, lease=5 min, limit=50) -> tuple[Alert, ...]
        part(session, alert_id, *, now) -> int, the alerts of a message that go out one by one from now on
        sent(session, alert_id, *, now)                     failed(session, alert_id, *, error, retry_at)
        release(session, alert_ids)                         revive(session, *, now, channel=None, ids=None) -> int
        alerts(session, *, state=None, channel=None, limit=100) -> tuple[Alert, ...]
        counts(session) -> dict[(channel, AlertState), int]
        next_due(session, channels) -> datetime | None      take_over(session, channels) -> int
        waiting(session, channel) -> tuple[Waiting, ...]    last_arrived(session, channel) -> int
        claim_one(session, alert_id, *, now, lease)         any_under_way(session, channel, *, now) -> bool
        oldest_waiting(session) -> dict[channel, datetime]  given_up(session, *, since) -> dict[channel, int]
    storage.mutes
        mute(session, *, until, by, now, election=None, source=None, channel=None, note=None) -> Mute
        mutes(session, *, now, over=False) -> tuple[Mute, ...]      end_those_over(session, *, now) -> int
        unmute(session, mute_id, *, now, timings=None) -> (Mute, count of the alerts told)
    storage.acknowledging
        acknowledge(session, ids, *, by, now, note=None) -> Acknowledged
    storage.replay
        replay(session, election, subscription) -> tuple[Replayed, ...]
    storage.lock
        hold(db, who, *, now, beside_workers=False) -> context manager of Hold      holder(db) -> Holder | None
    storage.outlets
        begin(session, name, *, delay, now) -> timedelta, how long it is to be left alone first
        end(session, name, *, delay, now)                   server_time(session) -> datetime
    storage.work
        at_work(db, *, noticed_after=30 s) -> context manager of Work, with locks by name that no two workers have:
        take, give_back, verify
    storage.stream
        stream(session, Wanted(...), *, before=None, limit=50) -> tuple[RecordedChange, ...], newest first
    storage.revisions
        revisions(session, report_id) -> tuple[RevisionView, ...], all texts of its article
    storage.voided
        voided_reports(session) -> tuple[VoidedReport, ...]
    storage.search
        search(session, text, *, limit=20, offset=0, before=None, after=None) -> Found, articles by their words and
        figures by their value
    storage.queries
        elections(session) -> tuple[ElectionSummary, ...]
        timeline(session, election, *, scope=None, status=None) -> tuple[TimelineRow, ...]
        show(session, report_id) -> ReportView              across(session, report_id) -> AcrossCheck | None
        reports(session, *, election=None, source=None, limit=50) -> tuple[ReportView, ...]
        changes(session, *, election=None, kinds=(), after=0, limit=100) -> tuple[RecordedChange, ...]
        latest_changes(session, *, limit) -> tuple[RecordedChange, ...], the latest first
        sources(session) -> tuple[SourceSummary, ...]
        review(session, *, kind=None, election=None, source=None, closed=False, limit=None) -> tuple[ReviewItem, ...]
        election(session, key) -> ElectionSummary
    storage.series
        series(session, election, *, scope="total", status=None) -> tuple[Series, ...], of all sources and of each
        withdrawals(session, election) -> tuple[Statement, ...]
    storage.senders
        senders(session, election) -> Senders
    storage.listing, in the order of the records; `in_batches` gives all of it a page at a time
        figures(session, wanted=Wanted(), *, after=0, limit=100) -> tuple[FigureRecord, ...]
        reports(session, wanted=Wanted(), *, after=0, limit=100) -> tuple[ReportRecord, ...]
        alerts(session, *, state=None, channel=None, after=0, limit=100) -> tuple[AlertRecord, ...]
        latest_changes(session, *, election=None, kinds=(), held, limit) -> tuple[RecordedChange, ...]
        election_keys(session) -> tuple[str, ...]           source_keys(session) -> tuple[str, ...]
    storage.tallies
        tallies(session, election, *, scope=None, status=None) -> tuple[Tally, ...]
    storage.counts
        crawls(session)     changes(session)        open_review_items(session)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from storage.vocabulary import AlertState, ChangeKind, Subscription

if TYPE_CHECKING:
    from storage.database import Database
    from storage.recording import Recorded, record

__all__ = ["AlertState", "ChangeKind", "Database", "Recorded", "Subscription", "record"]

_HOMES = {"Database": "storage.database", "Recorded": "storage.recording", "record": "storage.recording"}


def __getattr__(name: str) -> object:
    # Configuration reads this room's vocabulary on every start; SQLAlchemy loads when a database is used.
    if name not in _HOMES:
        raise AttributeError(f"module 'storage' has no attribute {name!r}")
    found: object = getattr(import_module(_HOMES[name]), name)
    return found
