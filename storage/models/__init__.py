"""The tables. docs/data-model.md draws them; storage/migrations/ makes them."""

from __future__ import annotations

from storage.models.articles import ArchivedResponse, Article, ArticleUrl, Revision, SearchText
from storage.models.crawls import Backfill, CrawlRun, Daemon, HttpValidator, Identity, Outlet, SourceState
from storage.models.facts import Change, Decision, Dispute, Election, Figure, Report, ReportCheck, ReviewItem
from storage.models.messages import Alert, Mute, Notice

__all__ = [
    "Alert",
    "ArchivedResponse",
    "Article",
    "ArticleUrl",
    "Backfill",
    "Change",
    "CrawlRun",
    "Daemon",
    "Decision",
    "Dispute",
    "Election",
    "Figure",
    "HttpValidator",
    "Identity",
    "Mute",
    "Notice",
    "Outlet",
    "Report",
    "ReportCheck",
    "ReviewItem",
    "Revision",
    "SearchText",
    "SourceState",
]
