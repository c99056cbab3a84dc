"""The pages that every page links to."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page in the navigation."""

    key: str
    title: str
    href: str


NAVIGATION: tuple[Place, ...] = (
    Place(key="now", title="Now", href="/"),
    Place(key="timeline", title="Timeline", href="/timeline"),
    Place(key="senders", title="Senders", href="/senders"),
    Place(key="changes", title="Changes", href="/changes"),
    Place(key="search", title="Search", href="/search"),
    Place(key="review", title="Review", href="/review"),
)

_FIRST = {"": "now", "elections": "timeline", "compare": "timeline"}
"""What the first part of a path belongs to, where it is not the page's key."""


def active(path: str) -> str | None:
    """Key of the page in the navigation to which a path belongs; None for none."""
    parts = path.strip("/").split("/")
    if parts[0] == "elections" and parts[-1] == "senders":
        return "senders"
    key = _FIRST.get(parts[0], parts[0])
    return key if any(place.key == key for place in NAVIGATION) else None


def here(request: Request) -> str:
    """Path and query of the request, to come back to."""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def within(path: str) -> str:
    """The path if it leads to a page of ours, else the first page: no form of ours sends anybody elsewhere."""
    leads_elsewhere = not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable()
    return "/" if leads_elsewhere else path
