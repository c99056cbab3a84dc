"""The pages, a module each."""

from __future__ import annotations

from fastapi import APIRouter

from accredwatch.web.pages import now

PAGES: tuple[APIRouter, ...] = (now.router,)
