"""Made-up alerts, one of each kind: for trying templates and channels, and for the documentation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from extract.model import Basis, Check, ElectionType, Status, Term, Verdict
from storage.source_views import Late, Notice, NoticeDetails
from storage.views import (
    Alert,
    ArticleRef,
    Change,
    Correction,
    ElectionRef,
    RecordedChange,
    Settlement,
    Statement,
)
from storage.vocabulary import AlertState, ChangeKind, DisputeOutcome, NoticeKind

NAMES: Mapping[str, str] = {"kazinform": "Kazinform", "astana_times": "The Astana Times"}
"""What the sources of the examples are called."""

_SAID = datetime(2023, 3, 13, 8, 5, tzinfo=UTC)
_DAY = date(2023, 3, 13)
_ELECTION = ElectionRef(key="2023-03-19-parliamentary", type=ElectionType.PARLIAMENTARY, date=date(2023, 3, 19))
_ARTICLE = ArticleRef(
    source="kazinform",
    language="en",
    article_id="a793",
    title="Number of observers announced",
    url="https://www.inform.kz/en/observers_a793",
    published=_SAID,
    fetched_at=_SAID + timedelta(minutes=4),
)


def example(kind: ChangeKind | NoticeKind, channel: str = "desk") -> Alert:
    """A made-up alert of this kind."""
    if isinstance(kind, NoticeKind):
        return _alert(channel, notice=_notice(kind))
    return _alert(channel, change=_recorded(Change(kind=kind, **_COMMON, **_CHANGES[kind]())))


def example_digest(channel: str = "desk") -> Alert:
    """A made-up alert that carries two others."""
    day = date(2023, 3, 10)
    earlier = {"figure": _statement(739, day=day), "previous": _statement(680, day=date(2023, 3, 6))}
    change = Change(kind=ChangeKind.NEW_TOTAL, **{**_COMMON, "day": day, **earlier})
    first = _alert(channel, change=_recorded(change, report=15))
    kinds = (ChangeKind.NEW_TOTAL, ChangeKind.CONFLICT)
    carried = tuple(
        replace(example(kind, channel), id=number, key=f"{first.key[:-1]}{number}")
        for number, kind in enumerate(kinds, 2)
    )
    return replace(first, carries=carried)


_COMMON: dict[str, Any] = {"election": _ELECTION.key, "status": Status.ACCREDITED, "day": _DAY}


def _statement(value: int, **different: object) -> Statement:
    fields: dict[str, Any] = {
        "scope": "total",
        "status": Status.ACCREDITED,
        "basis": Basis.CUMULATIVE,
        "value": value,
        "day": _DAY,
        "source": "kazinform",
        "report": 17,
        "published": _SAID,
        "url": _ARTICLE.url,
        "title": _ARTICLE.title,
        "quote": str(value),
        "sentence": f"In all, {value} observers have been accredited.",
    }
    return Statement(**{**fields, **different})


def _elsewhere(value: int, day: date = _DAY) -> Statement:
    return _statement(
        value, day=day, source="astana_times", report=12, url="https://astanatimes.com/2023/03/observers-accredited/"
    )


def _new_total() -> dict[str, Any]:
    also = (
        _statement(54, basis=Basis.NEW),
        _statement(452, scope="organizations"),
        _statement(341, scope="countries"),
        _statement(1, scope="country:DE"),
    )
    return {"figure": _statement(793), "previous": _elsewhere(739, date(2023, 3, 10)), "also": also}


def _new_batch() -> dict[str, Any]:
    sentence = "The commission accredited 54 more observers."
    figure = _statement(54, basis=Basis.NEW, sentence=sentence)
    return {"figure": figure, "previous": _elsewhere(739, date(2023, 3, 10))}


def _new_part() -> dict[str, Any]:
    sentence = "The OSCE sends 321 observers."
    before = _statement(300, scope="organization:OSCE", day=date(2023, 3, 10), source="astana_times")
    return {"figure": _statement(321, scope="organization:OSCE", sentence=sentence), "previous": before}


def _withdrawn() -> dict[str, Any]:
    sentence = "The accreditation of 5 observers was withdrawn."
    return {"figure": _statement(5, status=Status.WITHDRAWN, basis=Basis.NEW, sentence=sentence)}


def _corrected() -> dict[str, Any]:
    corrections = (
        Correction(old=_statement(739), new=_statement(793)),
        Correction(old=_statement(45, basis=Basis.NEW)),
    )
    return {"figure": _statement(793), "corrections": corrections, "revisions": (1, 2)}


def _reread() -> dict[str, Any]:
    return {"figure": _statement(793), "corrections": (Correction(old=_statement(739), new=_statement(793)),)}


def _completed() -> dict[str, Any]:
    return {"figure": _statement(793), "previous": _elsewhere(739, date(2023, 3, 10))}


def _conflict() -> dict[str, Any]:
    check = Check(
        kind="subtotals",
        verdict=Verdict.FAILS,
        whole=Term("total", 793),
        parts=(Term("organizations", 452), Term("countries", 338)),
        difference=3,
        likely_slip="countries 338 -> 341",
    )
    return {"figure": _statement(793), "against": (_elsewhere(795),), "check": check}


def _corroborated() -> dict[str, Any]:
    return {"figure": _statement(793), "against": (_elsewhere(793),)}


def _settled() -> dict[str, Any]:
    ended = Settlement(
        dispute=4,
        outcome=DisputeOutcome.YIELDED,
        value=793,
        stands=(_statement(793),),
        gave_way=(_elsewhere(795),),
    )
    return {"figure": _statement(793), "settlement": ended}


_CHANGES: dict[ChangeKind, Callable[[], dict[str, Any]]] = {
    ChangeKind.NEW_TOTAL: _new_total,
    ChangeKind.NEW_BATCH: _new_batch,
    ChangeKind.NEW_PART: _new_part,
    ChangeKind.WITHDRAWN: _withdrawn,
    ChangeKind.CORRECTED: _corrected,
    ChangeKind.REREAD: _reread,
    ChangeKind.COMPLETED: _completed,
    ChangeKind.CONFLICT: _conflict,
    ChangeKind.CORROBORATED: _corroborated,
    ChangeKind.SETTLED: _settled,
}

_SEEN = {
    NoticeKind.FAILING: "https://www.inform.kz/rss/eng.xml answers 503",
    NoticeKind.MOVED: "https://www.inform.kz/en redirects to https://qazinform.com/en",
    NoticeKind.FEED_GONE: "https://www.inform.kz/rss/eng.xml answers 404",
}


def _notice(kind: NoticeKind) -> Notice:
    begun = datetime(2026, 11, 20, 22, 10, tzinfo=UTC)
    details = NoticeDetails(seen=_SEEN.get(kind, ""))
    if kind is NoticeKind.RECOVERED:
        late = Late(
            title=_ARTICLE.title,
            url=_ARTICLE.url,
            published=begun + timedelta(hours=1),
            fetched_at=begun + timedelta(hours=5),
            report=17,
        )
        until = begun + timedelta(hours=4, minutes=30)
        details = NoticeDetails(ended=NoticeKind.FAILING, until=until, crawls=27, late=(late,), late_count=1)
    made_at = begun + timedelta(hours=5)
    return Notice(id=5, source="kazinform", kind=kind, since=begun, made_at=made_at, details=details)


def _recorded(change: Change, report: int = 17) -> RecordedChange:
    return RecordedChange(
        id=3, made_at=_SAID, report=report, held=False, change=change, election=_ELECTION, article=_ARTICLE
    )


def _alert(channel: str, *, change: RecordedChange | None = None, notice: Notice | None = None) -> Alert:
    return Alert(
        id=1,
        key="6f1c2e9a-0000-4000-8000-000000000001",
        channel=channel,
        state=AlertState.PENDING,
        attempts=1,
        created_at=_SAID,
        next_attempt_at=_SAID,
        sent_at=None,
        last_error=None,
        change=change,
        notice=notice,
    )
