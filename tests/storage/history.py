"""Rows as databases of every version of the schema hold them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, text

Row = Mapping[str, object]
Rows = Mapping[str, Sequence[Row]]

MORNING = "2023-03-01 06:00:00+00:00"
EVENING = "2023-03-01 18:00:00+00:00"
KEY = "2023-03-19-parliamentary"

_REPORT: Row = {
    "superseded": False, "election_key": KEY, "election_type": "parliamentary", "election_date": "2023-03-19",
    "election_stated": True, "day": "2023-03-01", "day_origin": "published", "complete": False,
    "countries_named": '["FI"]', "organizations_named": "[]", "unknown_names": '["ГУАМ"]', "headline": 0,
}  # fmt: skip
_ARTICLE: Row = {
    "source": "kazinform", "language": "en", "found_via": "feed", "first_fetched_at": MORNING,
    "last_fetched_at": MORNING, "outcome": "report",
}  # fmt: skip
_TOLD = json.dumps({"kind": "new_total", "election": KEY, "status": "accredited", "day": "2023-03-01"})
_CHANGE: Row = {
    "report_key": 5, "election_key": KEY, "status": "accredited", "day": "2023-03-01", "held": False,
    "made_at": MORNING, "details": _TOLD,
}  # fmt: skip
_RUN: Row = {
    "source": "kazinform", "started_at": MORNING, "finished_at": None, "finish_reason": None, "found": 9, "fetched": 2,
    "unchanged": 0, "reports": 1, "changes": 1, "alerts": 1, "errors": '["https://example.org/ answers 500"]',
}  # fmt: skip

FIRST: Rows = {
    "identity": [{"id": 1, "uuid": "5f1c8f2e-0000-4000-8000-000000000001", "made_at": MORNING}],
    "election": [{"key": KEY, "type": "parliamentary", "date": "2023-03-19"}],
    "article": [
        {**_ARTICLE, "id": 7, "article_id": "a", "url": "https://example.org/a"},
        {**_ARTICLE, "id": 8, "article_id": "b", "url": None, "language": "kk", "outcome": "unreadable"},
    ],
    "article_url": [{"url": "https://example.org/a", "article_key": 7, "seen_at": MORNING}],
    "revision": [
        {"id": 3, "article_key": 7, "number": 1, "title": "Story", "body": "134 observers", "content_hash": "abc",
         "published": MORNING, "published_from": "meta", "fetched_at": MORNING},
        {"id": 4, "article_key": 7, "number": 2, "title": None, "body": "135 бақылаушы", "content_hash": "abd",
         "published": None, "published_from": None, "fetched_at": EVENING},
    ],
    "report": [
        {**_REPORT, "id": 5, "revision_key": 3, "superseded": True},
        {**_REPORT, "id": 6, "revision_key": 4, "election_key": None, "headline": None},
    ],
    "figure": [
        {"id": 1, "report_key": 5, "position": 0, "scope": "total", "status": "accredited", "basis": "cumulative",
         "value": 5_000_000_000, "approx": None, "quote": "134 observers", "quote_start": 0, "quote_end": 13,
         "quote_where": "body", "sentence": "134 observers"},
    ],
    "report_check": [
        {"id": 1, "report_key": 5, "position": 0, "kind": "parts", "verdict": "holds", "whole_label": "total",
         "whole_value": 134, "parts": '[{"label": "CIS", "value": 134}]', "difference": 0, "likely_slip": None},
    ],
    "change": [
        {**_CHANGE, "id": 11, "kind": "new_total"},
        {**_CHANGE, "id": 12, "kind": "conflict", "held": True},
    ],
    "alert": [
        {"id": 21, "uuid": "u-21", "change_key": 11, "channel": "desk", "state": "sent", "attempts": 1,
         "created_at": MORNING, "next_attempt_at": None, "claimed_until": None, "sent_at": EVENING, "last_error": None},
        {"id": 22, "uuid": "u-22", "change_key": 12, "channel": "desk", "state": "pending", "attempts": 3,
         "created_at": MORNING, "next_attempt_at": EVENING, "claimed_until": EVENING, "sent_at": None,
         "last_error": "channel desk: no answer"},
    ],
    "source_state": [
        {"source": "kazinform", "last_attempt_at": EVENING, "last_success_at": MORNING, "consecutive_errors": 2,
         "retry_not_before": None, "last_article_at": MORNING, "baseline_started_at": MORNING,
         "baseline_finished_at": MORNING},
    ],
    "crawl_run": [{**_RUN, "id": 31}, {**_RUN, "id": 32, "finished_at": EVENING, "finish_reason": "finished"}],
    "http_validator": [
        {"url": "https://example.org/feed", "etag": '"x"', "last_modified": None, "body_hash": "h",
         "fetched_at": MORNING, "proven": True},
    ],
    "review_item": [{"id": 41, "kind": "unknown_name", "text": "ГУАМ", "report_key": 5, "created_at": MORNING}],
    "daemon": [{"id": 1, "who": "accredwatch run", "pid": 77, "host": "tower", "since": MORNING}],
}  # fmt: skip
"""Rows in every table of the first schema."""

_ITEM: Row = {"sentence": None, "closed_at": None, "closed_by": None, "note": None}

SECOND: Rows = {
    **FIRST,
    "review_item": [
        {**_ITEM, "id": 41, "kind": "unknown_name", "text": "ГУАМ", "article_key": 7, "report_key": 5,
         "created_at": MORNING},
        {**_ITEM, "id": 42, "kind": "figures_outside_body", "text": "134 observers", "article_key": 8,
         "report_key": None, "created_at": MORNING, "sentence": "A caption."},
        {**_ITEM, "id": 43, "kind": "unknown_name", "text": "ГУАМ", "article_key": 8, "report_key": 6,
         "created_at": MORNING, "closed_at": EVENING, "closed_by": "Aigul", "note": "known"},
    ],
}  # fmt: skip
"""Rows in every table of the second schema."""


def _with(rows: Iterable[Row], more: Row) -> list[Row]:
    return [{**row, **more} for row in rows]


_SETTLED = json.dumps(
    {
        "kind": "settled", "election": KEY, "status": "accredited", "day": "2023-03-01",
        "settlement": {"dispute": 51, "outcome": "decided", "value": 5_000_000_000, "stands": [], "gave_way": []},
    }
)  # fmt: skip

THIRD: Rows = {
    **SECOND,
    "article": _with(FIRST["article"], {"last_asked_at": EVENING}),
    "report": _with(FIRST["report"], {"voided_at": EVENING}),
    "source_state": _with(FIRST["source_state"], {"trouble": "failing", "trouble_since": MORNING, "listed": "[]"}),
    "crawl_run": _with(FIRST["crawl_run"], {"signs": "[]", "news": 0, "pages": 0}),
    "change": [*FIRST["change"], {**_CHANGE, "id": 13, "kind": "settled", "details": _SETTLED}],
    "dispute": [
        {"id": 51, "election_key": KEY, "scope": "total", "status": "accredited", "day": "2023-03-01",
         "opened_by": 12, "opened_at": MORNING, "closed_at": EVENING, "closed_by": 13, "outcome": "decided",
         "value": 5_000_000_000},
    ],
    "decision": [
        {"id": 61, "kind": "settle", "dispute_key": 51, "report_key": None, "review_item_key": None, "by": "Aigul",
         "note": None, "made_at": EVENING, "details": "{}"},
        {"id": 62, "kind": "void", "dispute_key": None, "report_key": 5, "review_item_key": None, "by": "Aigul",
         "note": "misread", "made_at": EVENING, "details": "{}"},
        {"id": 63, "kind": "close", "dispute_key": None, "report_key": None, "review_item_key": 43, "by": "Aigul",
         "note": None, "made_at": EVENING, "details": "{}"},
    ],
    "notice": [
        {"id": 71, "source": "kazinform", "kind": "failing", "since": None, "made_at": EVENING, "details": "{}"},
    ],
    "alert": [
        *_with(FIRST["alert"], {"notice_key": None, "confirm": None, "confirm_until": None}),
        {**FIRST["alert"][1], "id": 23, "uuid": "u-23", "channel": "careful", "state": "unconfirmed", "attempts": 0,
         "claimed_until": None, "next_attempt_at": None, "last_error": None, "notice_key": None, "confirm": 2,
         "confirm_until": EVENING},
        {**FIRST["alert"][0], "id": 24, "uuid": "u-24", "change_key": 13, "notice_key": None, "confirm": None,
         "confirm_until": None},
        {**FIRST["alert"][0], "id": 25, "uuid": "u-25", "change_key": None, "notice_key": 71, "confirm": None,
         "confirm_until": None},
    ],
}  # fmt: skip
"""Rows in every table of the third schema, such as the second has no place for."""

_MESSAGE: Row = {
    "due_at": None, "lead_key": None, "mute_key": None, "acknowledged_at": None, "acknowledged_by": None,
}  # fmt: skip

FOURTH: Rows = {
    **THIRD,
    "mute": [
        {"id": 81, "election_key": KEY, "source": None, "channel": "desk", "until": EVENING, "made_at": MORNING,
         "by": "Aigul", "note": "on leave", "ended_at": EVENING},
        {"id": 82, "election_key": None, "source": "kazinform", "channel": None, "until": EVENING, "made_at": MORNING,
         "by": "Aigul", "note": None, "ended_at": None},
    ],
    "alert": [
        *_with(THIRD["alert"], _MESSAGE),
        {**THIRD["alert"][1], **_MESSAGE, "id": 26, "uuid": "u-26", "channel": "daily", "change_key": 11,
         "state": "scheduled", "attempts": 0, "next_attempt_at": None, "claimed_until": None, "last_error": None,
         "due_at": EVENING, "acknowledged_at": EVENING, "acknowledged_by": "Aigul"},
        {**THIRD["alert"][0], **_MESSAGE, "id": 27, "uuid": "u-27", "channel": "hourly", "due_at": EVENING},
        {**THIRD["alert"][0], **_MESSAGE, "id": 28, "uuid": "u-28", "channel": "hourly", "change_key": 12,
         "due_at": EVENING, "lead_key": 27},
        {**THIRD["alert"][1], **_MESSAGE, "id": 29, "uuid": "u-29", "channel": "quiet", "state": "muted",
         "attempts": 0, "next_attempt_at": None, "claimed_until": None, "last_error": None, "mute_key": 82},
    ],
}  # fmt: skip
"""Rows in every table of the fourth schema, such as the third has no place for."""

FIFTH: Rows = {
    **FOURTH,
    "search_text": [{"article_key": 7, "words": "135 бақылаушы"}],
}
"""Rows in every table of the fifth schema."""

SIXTH: Rows = {
    **FIFTH,
    "archived_response": [
        {"id": 91, "source": "kazinform", "url": "https://www.inform.kz/a1", "status": 200, "fetched_at": MORNING,
         "file": "2023/03/19/accredwatch-20230319T040000Z-1-00001.warc.gz", "offset": 5_000_000_000, "length": 12_345,
         "digest": "sha256:" + "0" * 64},
    ],
    "revision": [{**FIFTH["revision"][0], "archived_key": 91}, *_with(FIFTH["revision"][1:], {"archived_key": None})],
    "backfill": [{"source": "kazinform", "stretch": "2019-03", "finished_at": EVENING}],
}  # fmt: skip
"""Rows in every table of the sixth schema."""

SEVENTH: Rows = {
    **SIXTH,
    "source_state": _with(SIXTH["source_state"], {"articles": 2, "reports": 1}),
    "search_text": [{"article_key": 7, "place": 1_677_693_600 * 2**28 + 7, "words": "135 бақылаушы"}],
}
"""Rows in every table of the seventh schema: revision 4, the latest of article 7, was fetched in the evening."""

EIGHTH: Rows = {
    **SEVENTH,
    "outlet": [{"name": "inform.kz", "delay": 2.5, "free_at": EVENING}, {"name": "qazaqtv.com", "delay": 2.0,
                                                                         "free_at": None}],
    "alert": _with(SEVENTH["alert"], {"acknowledged_note": "told the ministry"}),
}  # fmt: skip
"""Rows in every table of the eighth schema."""

HISTORY: Mapping[str, Rows] = {
    "0001": FIRST, "0002": SECOND, "0003": THIRD, "0004": FOURTH, "0005": FIFTH, "0006": SIXTH,
    "0007": SEVENTH, "0008": EIGHTH,
}  # fmt: skip
"""The rows of each version."""

_ORDER = (
    "identity", "election", "archived_response", "backfill", "article", "article_url", "revision", "search_text",
    "report", "figure", "report_check", "change", "dispute", "notice", "mute", "alert", "source_state", "crawl_run",
    "http_validator", "review_item", "decision", "daemon", "outlet",
)  # fmt: skip


def fill(connection: Connection, rows: Rows) -> None:
    """Write the rows into a database that holds none but its identity."""
    connection.execute(text("DELETE FROM identity"))
    for table in _ORDER:
        for row in rows.get(table, ()):
            columns = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), dict(row))  # noqa: S608
