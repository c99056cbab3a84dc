"""The pages, a module each."""

from __future__ import annotations

from fastapi import APIRouter

from accredwatch.web.pages import charts, compare, elections, now, senders, zone

PAGES: tuple[APIRouter, ...] = (
    now.router,
    charts.router,
    elections.router,
    compare.router,
    senders.router,
    zone.router,
)
