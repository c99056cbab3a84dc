"""The canary: figures outside title and body tell that a changed layout has swallowed the body."""

from __future__ import annotations

from dataclasses import replace

from extract.model import Article, Figure, Report, Status, Where
from extract.report import read_report

_BEGINNING = 80
"""Characters by which a description is known to repeat the body."""
_NOT_OBSERVERS = frozenset({"journalists"})


def figures_outside_body(article: Article, report: Report) -> str | None:
    """The line outside title and body (caption, lead, description) that states observers, where these state none.

    `report` is what was read of the article. Only observers that are accredited, proposed or withdrawn count: a caption
    often tells how many people a picture shows. Never a source of facts. Pure; raises nothing for any text.
    """
    outside = [line for line in article.outside if not _repeats(line, article.body)]
    if report.relevant or not outside:
        return None
    # Read as more of the body: which election is meant stands there, or in the lines themselves.
    first = len(article.paragraphs)
    whole = replace(article, paragraphs=(*article.paragraphs, *outside))
    starts = [0]
    for paragraph in whole.paragraphs:
        starts.append(starts[-1] + len(paragraph) + 1)
    stated = [f.evidence.start for f in read_report(whole).figures if _counts(f) and f.evidence.start >= starts[first]]
    if not stated:
        return None
    return next(line for line, end in zip(whole.paragraphs, starts[1:], strict=True) if min(stated) < end)


def _repeats(line: str, body: str) -> bool:
    """Whether a description only repeats how a paragraph begins, often cut within a sentence."""
    return " ".join(line.split())[:_BEGINNING].rstrip(".… ") in " ".join(body.split())


def _counts(figure: Figure) -> bool:
    in_body = figure.evidence.where is Where.BODY
    return in_body and figure.status is not Status.ANNOUNCED and figure.scope not in _NOT_OBSERVERS
