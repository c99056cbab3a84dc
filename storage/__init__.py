"""What is known: tables, migrations, queries, changes and the outbox of alerts.

Every function takes a Session from `Database`; what it hands back is a plain value from `storage.views`.

    storage.database    Database.open(url, *, base=None, busy_timeout=15 s, migrate=True) -> Database
                        Database.read() / .write() -> context manager of a Session (write: one writer at a time,
                        commits at the end, rolls back on an exception); .close(); .check()
    storage.recording   record(session, article, report, *, fetched_at, found_via, subscriptions=(), hold=False,
                        source=None, urls=(), time_zone="Asia/Almaty") -> Recorded(article, revision, report, status,
                        changes, alerts); `report` None records a page in which nothing could be read
    storage.sources     state(session, source) -> SourceState            states(session) -> dict[str, SourceState]
                        begin_run(session, source, *, now) -> int         finish_run(session, run, *, now, finish_reason,
                        ok, found, fetched, unchanged, reports, changes, alerts, errors, retry_not_before=None)
                        runs(session, source=None, limit=20) -> tuple[CrawlRun, ...]
                        known(session, source, ids) -> set[(language, article_id)]   known_urls(session, urls) -> set[str]
                        validator(session, url) -> Validator | None       remember_validator(session, url, *, etag,
                        last_modified, body_hash, now) -> Validator       forget_validator(session, url)
    storage.baseline    hold(session, source, *, now) -> bool             waiting(session) -> tuple[str, ...]
                        finish(session, sources, subscriptions, *, now) -> int (alerts queued)
    storage.outbox      claim(session, *, now, channels, lease=5 min, limit=50) -> tuple[Alert, ...]
                        sent(session, alert_id, *, now)                   failed(session, alert_id, *, now, error, retry_at)
                        release(session, alert_ids)                       revive(session, *, now, channel=None, ids=None) -> int
                        alerts(session, *, state=None, channel=None, limit=100) -> tuple[Alert, ...]
                        counts(session) -> dict[(channel, AlertState), int]   next_due(session, channels) -> datetime | None
    storage.lock        hold(db, who, *, now) -> context manager of Hold  (AlreadyRunning names the holder)
                        holder(db) -> Holder | None
    storage.queries     elections(session) -> tuple[ElectionSummary, ...]
                        timeline(session, election, *, scope=None, status=None) -> tuple[TimelineRow, ...]
                        show(session, report_id) -> ReportView            reports(session, *, election=None, source=None, limit=50)
                        changes(session, *, election=None, kinds=(), after=0, limit=100) -> tuple[RecordedChange, ...]
                        sources(session) -> tuple[SourceSummary, ...]     review(session) -> tuple[ReviewItem, ...]
"""
