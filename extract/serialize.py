"""An article and its report as plain data: what `extract --json` prints, storage keeps and programs read."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from extract.model import Article, Check, Figure, Report, Term
from extract.written import (
    WrittenCheck,
    WrittenElection,
    WrittenEvidence,
    WrittenFigure,
    WrittenReport,
    WrittenTerm,
    iso,
)


def to_dict(article: Article, report: Report) -> dict[str, Any]:
    """Everything that was read, in types that JSON knows; days and instants in ISO 8601."""
    return asdict(written(article, report))


def written(article: Article, report: Report) -> WrittenReport:
    """Everything that was read, as programs are given it."""
    election = report.election
    return WrittenReport(
        source=article.source,
        url=article.url,
        lang=article.language,
        title=article.title,
        published=iso(article.published),
        body=article.body,
        relevant=report.relevant,
        election=WrittenElection(
            type=election.type.value if election.type else None, date=iso(election.date), stated=election.stated
        ),
        as_of=iso(report.as_of),
        complete=report.complete,
        deadline=iso(report.deadline),
        organization_count=report.organization_count,
        country_count=report.country_count,
        countries_named=list(report.countries_named),
        organizations_named=list(report.organizations_named),
        figures=[_figure(figure) for figure in report.figures],
        headline=report.headline,
        checks=[_check(check) for check in report.checks],
        unknown_names=list(report.unknown_names),
    )


def _figure(figure: Figure) -> WrittenFigure:
    """One figure with its evidence."""
    evidence = figure.evidence
    return WrittenFigure(
        scope=figure.scope,
        status=figure.status.value,
        basis=figure.basis.value,
        value=figure.value,
        approx=figure.approx.value if figure.approx else None,
        evidence=WrittenEvidence(
            text=evidence.text, start=evidence.start, end=evidence.end, where=evidence.where.value
        ),
    )


def _check(check: Check) -> WrittenCheck:
    """One check with its terms."""
    return WrittenCheck(
        kind=check.kind,
        verdict=check.verdict.value,
        whole=_term(check.whole),
        parts=[_term(part) for part in check.parts],
        difference=check.difference,
        likely_slip=check.likely_slip,
    )


def _term(term: Term) -> WrittenTerm:
    return WrittenTerm(label=term.label, value=term.value, decided=term.decided)
