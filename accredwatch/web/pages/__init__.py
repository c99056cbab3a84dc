"""The pages, a module each."""

from __future__ import annotations

from fastapi import APIRouter

from accredwatch.web.pages import changes, login, now, report, review, search, zone

PAGES: tuple[APIRouter, ...] = (
    now.router,
    report.router,
    changes.router,
    search.router,
    review.router,
    login.router,
    zone.router,
)
