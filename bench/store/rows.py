"""The rows of the store, table after table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from bench.store.content import OUTLETS, Content, Story, value_of
from extract.model import Basis, Status, Where
from storage.records import pack
from storage.views import Change, Statement
from storage.vocabulary import AlertState, ChangeKind
from storage.words import place_of

Row = Mapping[str, Any]
Tables = Mapping[str, Row]
"""At most one row of each table."""

_PARTS = ("total", "organizations", "countries")


def elections(content: Content) -> Iterator[Row]:
    """Rows of `election`."""
    for number in range(content.size.elections):
        yield {
            "key": content.election_key(number), "type": "parliamentary", "date": content.voting_day(number),
        }  # fmt: skip


def states(content: Content) -> Iterator[Row]:
    """Rows of `source_state`."""
    articles, reports = content.counted()
    for key in OUTLETS:
        yield {
            "articles": articles[key], "reports": reports[key],
            "source": key, "last_attempt_at": content.until, "last_success_at": content.until, "consecutive_errors": 0,
            "last_article_at": content.until, "baseline_started_at": content.until,
            "baseline_finished_at": content.until,
            "listed": [f"{number:012x}" for number in range(300)],
        }  # fmt: skip


def runs(content: Content) -> Iterator[Row]:
    """Rows of `crawl_run`: quiet polls, every ten minutes."""
    for number in range(content.size.runs):
        begun = content.until - timedelta(minutes=10) * ((content.size.runs - number) // 3)
        yield {
            "id": number + 1, "source": OUTLETS[number % 3], "started_at": begun,
            "finished_at": begun + timedelta(seconds=9), "finish_reason": "finished", "found": 30,
            "news": int(number % 40 == 0), "pages": int(number % 40 == 0), "fetched": int(number % 40 == 0),
            "unchanged": 0, "reports": 0, "changes": 0, "alerts": 0, "errors": [], "signs": [],
        }  # fmt: skip


def of_articles(stories: Iterable[Story]) -> Iterator[dict[str, Row]]:
    """The rows that each article has, by table."""
    for one in stories:
        heard = one.published + timedelta(minutes=5)
        yield {
            "article": {
                "id": one.id, "source": one.source, "language": "en", "article_id": f"a{one.id:08}", "url": one.url,
                "found_via": "feed", "first_fetched_at": heard, "last_fetched_at": heard,
                "outcome": "irrelevant" if one.election is None else "report",
            },
            "article_url": {"url": one.url, "article_key": one.id, "seen_at": heard},
            "archived_response": {
                "id": one.id, "source": one.source, "url": one.url, "status": 200, "fetched_at": heard,
                "file": f"{heard:%Y/%m/%d}/accredwatch-{heard:%Y%m%d}T000000Z-1-00001.warc.gz",
                "offset": one.id * 9_000, "length": 9_000, "digest": f"sha256:{one.digest}",
            },
            "revision": {
                "id": one.id, "article_key": one.id, "number": 1, "url": one.url, "title": one.title, "body": one.body,
                "content_hash": one.digest, "published": one.published, "published_from": "meta", "fetched_at": heard,
                "archived_key": one.id,
            },
            "search_text": {"article_key": one.id, "place": place_of(one.id, one.published), "words": one.words},
            "http_validator": {
                "url": one.url, "etag": f'"{one.digest[:16]}"', "body_hash": one.digest, "fetched_at": heard,
                "proven": False,
            },
        }  # fmt: skip


def of_reports(content: Content, stories: Iterable[Story]) -> Iterator[dict[str, list[Row]]]:
    """The rows that each report has, by table; a third of the reports made a change, and an alert that was sent."""
    for one in stories:
        if one.election is None:
            continue
        number = one.id // 50
        id_, key, day = number + 1, content.election_key(one.election), one.published.date()
        value = value_of(number)
        quote = f"{value} observers"
        start = one.body.rindex(quote)
        figures: list[Row] = [
            {
                "id": number * 3 + position + 1, "report_key": id_, "position": position, "scope": scope,
                "status": "accredited", "basis": "cumulative", "value": value // (position + 1),
                "quote": quote, "quote_start": start, "quote_end": start + len(quote), "quote_where": Where.BODY.value,
                "sentence": f"{value} observers are accredited in all.",
            }
            for position, scope in enumerate(_PARTS[: 2 + number % 2])
        ]  # fmt: skip
        report: Row = {
            "id": id_, "revision_key": one.id, "election_key": key, "superseded": False,
            "election_type": "parliamentary", "election_date": content.voting_day(one.election),
            "election_stated": True, "day": day, "day_origin": "published", "complete": False, "countries_named": [],
            "organizations_named": [], "unknown_names": [], "headline": 0,
        }  # fmt: skip
        made: dict[str, list[Row]] = {"report": [report], "figure": figures, "change": [], "alert": []}
        if number % 3 == 0:
            made["change"], made["alert"] = [_change(id_, key, one, value)], [_alert(id_, one)]
        yield made


def _change(id_: int, key: str, story: Story, value: int) -> Row:
    figure = Statement(
        scope="total", status=Status.ACCREDITED, basis=Basis.CUMULATIVE, value=value, day=story.published.date(),
        source=story.source, report=id_, published=story.published, url=story.url, title=story.title,
        quote=f"{value} observers", sentence=f"{value} observers are accredited in all.",
    )  # fmt: skip
    change = Change(
        kind=ChangeKind.NEW_TOTAL, election=key, status=Status.ACCREDITED, day=figure.day, figure=figure
    )  # fmt: skip
    return {
        "id": id_, "report_key": id_, "election_key": key, "kind": "new_total", "status": "accredited",
        "day": figure.day, "held": False, "made_at": story.published, "details": pack(change),
    }  # fmt: skip


def _alert(change: int, story: Story) -> Row:
    return {
        "id": change, "uuid": f"00000000-0000-4000-8000-{change:012}", "change_key": change, "channel": "desk",
        "state": AlertState.SENT.value, "attempts": 1, "created_at": story.published, "sent_at": story.published,
    }  # fmt: skip
