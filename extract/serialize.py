"""An article and its report as plain data: what `extract --json` prints, storage keeps and programs read."""

from __future__ import annotations

from typing import Any

from extract.model import Article, Check, Figure, Report, Term


def to_dict(article: Article, report: Report) -> dict[str, Any]:
    """Everything that was read, in types that JSON knows; days and instants in ISO 8601."""
    election = report.election
    return {
        "source": article.source,
        "url": article.url,
        "lang": article.language,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "body": article.body,
        "relevant": report.relevant,
        "election": {
            "type": election.type.value if election.type else None,
            "date": election.date.isoformat() if election.date else None,
            "stated": election.stated,
        },
        "as_of": report.as_of.isoformat() if report.as_of else None,
        "complete": report.complete,
        "deadline": report.deadline.isoformat() if report.deadline else None,
        "organization_count": report.organization_count,
        "country_count": report.country_count,
        "countries_named": list(report.countries_named),
        "organizations_named": list(report.organizations_named),
        "figures": [figure_to_dict(figure) for figure in report.figures],
        "headline": report.headline,
        "checks": [check_to_dict(check) for check in report.checks],
        "unknown_names": list(report.unknown_names),
    }


def figure_to_dict(figure: Figure) -> dict[str, Any]:
    """One figure with its evidence."""
    evidence = figure.evidence
    return {
        "scope": figure.scope,
        "status": figure.status.value,
        "basis": figure.basis.value,
        "value": figure.value,
        "approx": figure.approx.value if figure.approx else None,
        "evidence": {
            "text": evidence.text,
            "start": evidence.start,
            "end": evidence.end,
            "where": evidence.where.value,
        },
    }


def check_to_dict(check: Check) -> dict[str, Any]:
    """One check with its terms."""
    return {
        "kind": check.kind,
        "verdict": check.verdict.value,
        "whole": _term_to_dict(check.whole),
        "parts": [_term_to_dict(part) for part in check.parts],
        "difference": check.difference,
        "likely_slip": check.likely_slip,
    }


def _term_to_dict(term: Term) -> dict[str, Any]:
    return {"label": term.label, "value": term.value, "decided": term.decided}
