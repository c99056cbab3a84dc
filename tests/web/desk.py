"""A database as a desk has it: articles of three outlets, revised ones, a dispute, questions, hostile words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.model import Article, Basis, Check, Evidence, Figure, Report, Status, Term, Verdict, Where
from storage import Database, record
from tests.storage.campaign import EVERYTHING, article, march, report

HOSTILE = '<script>alert("x")</script><b onmouseover=alert(1)>"\'&amp; {{ 7 * 7 }} \u202eevil\u202c'


@dataclass(frozen=True)
class Said:
    """Words of a text, and the figure that they state."""

    words: str
    value: int
    scope: str = "total"
    status: Status = Status.ACCREDITED
    basis: Basis = Basis.CUMULATIVE

    def figure(self, of: Article) -> Figure:
        """The figure, with its words where they stand in title or body."""
        for where, text in ((Where.BODY, of.body), (Where.TITLE, of.title or "")):
            start = text.find(self.words)
            if start >= 0:
                evidence = Evidence(self.words, start, start + len(self.words), where)
                return Figure(self.scope, self.status, self.basis, self.value, None, evidence)
        raise ValueError(f"{self.words!r} stands nowhere in {of.title!r}")


class Desk:
    """Records articles as the crawler would."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def publish(self, of: Article, *said: Said, day: int, **more: object) -> int | None:
        """Record an article as fetched on that day; the id of its report."""
        figures = [one.figure(of) for one in said]
        stated: Report | None = replace(report(*figures), **more) if figures else None  # type: ignore[arg-type]
        with self.database.write() as session:
            made = record(session, of, stated, fetched_at=march(day, 15), found_via="feed", subscriptions=[EVERYTHING])
        return made.report


FIRST = "The commission accredited 134 observers, among them 121 from the OSCE."
EDITED = "The commission accredited 137 observers, among them 124 from the OSCE."


def fill(database: Database) -> None:
    """Reports 1 (replaced by 2), 3 and 4 (in dispute), 5 (hostile, of two unknown senders); one article without."""
    desk = Desk(database)
    sums = Check("subtotals", Verdict.FAILS, Term("total", 134), (Term("organizations", 121), Term("countries", 12)), 1)
    first = article("a", FIRST, "More will follow.", day=2)
    desk.publish(
        first, Said("134 observers", 134), Said("121 from the OSCE", 121, "organization:OSCE"), day=2, checks=(sums,)
    )
    edited = replace(first, paragraphs=(EDITED, "More will follow."))
    desk.publish(edited, Said("137 observers", 137), Said("124 from the OSCE", 124, "organization:OSCE"), day=3)
    for name, source, value in (("b", "astana_times", 786), ("c", "qazaq_tv", 793)):
        words = f"In all {value} observers were accredited as of Monday."
        desk.publish(article(name, words, day=13, source=source), Said(f"{value} observers", value), day=13)
    hostile = replace(
        article("d", f"{HOSTILE} sent 1,026 observers.", "The Union of Beekeepers: 1 026 байқаушы.", day=14, hour=9),
        title=f"Title {HOSTILE}",
        url="javascript:alert(1)",
    )
    unknown = (HOSTILE, "Union of Beekeepers")
    desk.publish(hostile, Said("1,026 observers", 1026, status=Status.PROPOSED), day=14, unknown_names=unknown)
    desk.publish(article("e", "Ёлки и бақылаушылар, nothing counted.", day=15), day=15)
