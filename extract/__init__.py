"""Page -> article -> report: what an article says about accredited observers.

Pure functions: no network, no storage, no clock. `extract.page.article` takes the boilerplate off a page and dates it,
`extract.report` reads the figures out of its prose, `extract/languages` holds the words of each language and
`extract/data` the names of bodies, states and elections.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.model import Article, Report

__all__ = ["read"]


def read(document: str | bytes, **hints: Any) -> tuple[Article, Report]:  # noqa: ANN401 - named at read_article
    """The article in an HTML page or a plain text, and the report read from it.

    `hints` are those of `extract.page.article.read_article`. Raises ExtractError.
    """
    from extract.page.article import read_article  # noqa: PLC0415 - trafilatura and lxml load only when something is read
    from extract.report import read_report  # noqa: PLC0415

    article = read_article(document, **hints)
    return article, read_report(article)
