"""The pages, a module each."""

from __future__ import annotations

from fastapi import APIRouter

from accredwatch.web.pages import now, zone

PAGES: tuple[APIRouter, ...] = (
    now.router,
    zone.router,
)
