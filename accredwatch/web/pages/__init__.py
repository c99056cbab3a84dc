"""The pages, a module each."""

from __future__ import annotations

from fastapi import APIRouter

from accredwatch.web.pages import (
    changes,
    charts,
    compare,
    elections,
    login,
    now,
    original,
    report,
    review,
    search,
    senders,
    zone,
)

PAGES: tuple[APIRouter, ...] = (
    now.router,
    charts.router,
    elections.router,
    compare.router,
    senders.router,
    report.router,
    original.router,
    changes.router,
    search.router,
    review.router,
    login.router,
    zone.router,
)
