"""The pages, a module each."""

from __future__ import annotations

from fastapi import APIRouter

from accredwatch.web.pages import login, now, zone

PAGES: tuple[APIRouter, ...] = (
    login.router,
    now.router,
    zone.router,
)
