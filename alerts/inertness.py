"""What pages and people wrote, made harmless before a template sees it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from alerts.text import inert, safe_url, shorten
from extract.model import Term
from storage.views import ArticleRef, Change, Correction, Decided, Settlement, Statement

SENTENCE_LIMIT = 500
_TITLE_LIMIT = 300
_SENDER_LIMIT = 120
_NOTE_LIMIT = 300
_NAME_LIMIT = 60
_OURS = re.compile(r"[a-z_ ]+")
"""Words of the reader: 'country', 'domestic_organizations', 'earlier total'."""


def inert_article(article: ArticleRef) -> ArticleRef:
    """The article with nothing in its title and URL that is markup."""
    return replace(article, title=_inert(article.title, _TITLE_LIMIT), url=safe_url(article.url))


def inert_change(change: Change) -> Change:
    """The change with nothing in it that is markup."""
    check = change.check
    if check is not None:
        check = replace(
            check,
            whole=_inert_term(check.whole),
            parts=tuple(map(_inert_term, check.parts)),
            likely_slip=_inert(check.likely_slip, _SENDER_LIMIT),
        )
    return replace(with_statements(change, _inert_statement), check=check, decided=_inert_decided(change.decided))


def with_statements(change: Change, made: Callable[[Statement], Statement]) -> Change:
    """The change with every statement in it made anew."""

    def maybe(statement: Statement | None) -> Statement | None:
        return None if statement is None else made(statement)

    settlement: Settlement | None = change.settlement
    if settlement is not None:
        stands, gave_way = (tuple(map(made, side)) for side in (settlement.stands, settlement.gave_way))
        settlement = replace(settlement, stands=stands, gave_way=gave_way)
    return replace(
        change,
        figure=maybe(change.figure),
        previous=maybe(change.previous),
        against=tuple(map(made, change.against)),
        also=tuple(map(made, change.also)),
        corrections=tuple(Correction(old=maybe(c.old), new=maybe(c.new)) for c in change.corrections),
        settlement=settlement,
    )


def _inert_statement(statement: Statement) -> Statement:
    return replace(
        statement,
        scope=_inert_scope(statement.scope),
        url=safe_url(statement.url),
        title=_inert(statement.title, _TITLE_LIMIT),
        quote=shorten(inert(statement.quote), SENTENCE_LIMIT),
        sentence=shorten(inert(statement.sentence or statement.quote), SENTENCE_LIMIT),
    )


def _inert_scope(scope: str) -> str:
    """The name of a body that no table knows is the page's words; what stands before it is ours."""
    kind, mark, name = scope.partition(":")
    if not _OURS.fullmatch(kind):
        return shorten(inert(scope), _SENDER_LIMIT)
    return f"{kind}{mark}{shorten(inert(name), _SENDER_LIMIT)}"


def _inert_decided(decided: Decided | None) -> Decided | None:
    if decided is None:
        return None
    note = None if decided.note is None else shorten(inert(decided.note), _NOTE_LIMIT)
    return replace(decided, by=shorten(inert(decided.by), _NAME_LIMIT), note=note)


def _inert_term(term: Term) -> Term:
    return replace(term, label=_inert_scope(term.label))


def _inert(text: str | None, limit: int) -> str | None:
    return None if text is None else shorten(inert(text), limit)
