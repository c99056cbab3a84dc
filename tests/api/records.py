"""A campaign on record: what the interface for programs is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from accredwatch.config import Settings
from accredwatch.web.context import Context
from crawler.source import Source
from extract.model import Approx, Basis, Election, ElectionType, Status
from storage import record
from storage.database import Database
from storage.decisions import Person, void
from storage.sources import Counts, begin_run, finish_run
from tests.storage.campaign import EVERYTHING, article, figure, march, report

REFERENDUM = Election(type=ElectionType.REFERENDUM, date=date(2022, 6, 5), stated=True)
REFERENDUM_KEY = "2022-06-05-referendum"
FORMULA = '=HYPERLINK("https://evil.example/","614")'
UNKNOWN_BODY = "organization:Ұйым"
SOURCES = ("kazinform", "astana_times", "qazaq_tv")


def source(key: str) -> Source:
    """A source of this key, configured."""
    return Source(
        key=key, name=key.replace("_", " ").title(), hosts=(f"{key}.example",), article_urls=(r"/(?P<id>\w+)$",)
    )


def settings(**tables: object) -> Settings:
    """Settings with three sources."""
    return Settings(source=tuple(source(key) for key in SOURCES), **tables)  # type: ignore[arg-type]  # pydantic's


class Noon:
    """A clock that stands."""

    def now(self) -> object:
        return march(18)


def context(database: Database, **tables: object) -> Context:
    """What the application works on, at noon of 18 March 2023."""
    return Context(database=database, settings=settings(**tables), clock=Noon())  # type: ignore[arg-type]  # a Clock


def fill(database: Database) -> None:
    """Two elections, three sources, a dispute, an edit, a batch, parts, a voided report, alerts and crawls."""
    told = [
        (article("a", f"{FORMULA} accredited.", day=10), report(figure(614), figure(12, "country:FI"))),
        (article("b", day=12, source="astana_times"), report(figure(641), figure(27, basis=Basis.NEW))),
        (article("c", day=12, source="qazaq_tv"), report(figure(650))),
        (article("d", day=13), report(figure(5, status=Status.WITHDRAWN, basis=Basis.NEW), headline=None)),
        (article("e", day=14, source="astana_times"), report(figure(700, approx=Approx.ABOUT), complete=True)),
        (article("f", day=None), report(figure(90), election=REFERENDUM, unknown_names=("-ГУАМ",))),
        (article("g", day=15), report(figure(9000))),
        (
            article("h", day=15, language="kk"),
            report(figure(77, UNKNOWN_BODY), headline=None, election=Election()),
        ),
    ]
    with database.write() as session:
        run = begin_run(session, "kazinform", now=march(17))
        for minute, (one, stated) in enumerate(told):
            titled = one if minute else replace(one, title=FORMULA)
            done = record(
                session, titled, stated, fetched_at=march(17) + timedelta(minutes=minute), found_via="feed",
                subscriptions=[EVERYTHING],
            )  # fmt: skip
            last = done.report
        edited = article("a", "615 accredited.", day=10)
        record(
            session, edited, report(figure(615)), fetched_at=march(18, 11), found_via="feed", subscriptions=[EVERYTHING]
        )
        finish_run(
            session,
            run,
            now=march(17) + timedelta(hours=1),
            finish_reason="finished",
            counts=Counts(found=9, fetched=8),
        )
        assert last is not None
        void(session, last - 1, Person(by="anna", note="misread", now=march(18, 11)), [EVERYTHING])
