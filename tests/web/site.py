"""The application on a real database, asked without a network."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
from fastapi import FastAPI

from accredwatch.config import Settings
from accredwatch.web.app import make_app
from accredwatch.web.context import Context
from accredwatch.web.settings import WebSettings
from alerts.settings import Channel
from storage import Database
from tests.storage.campaign import march

TOKEN = "a token that nobody guesses"
HERE = "http://127.0.0.1:8350"


@dataclass
class Hands:
    """A clock that stands still until it is moved."""

    at: datetime = field(default_factory=lambda: march(20))

    def now(self) -> datetime:
        """The instant at which it stands."""
        return self.at

    def move(self, by: timedelta) -> None:
        """Put it forward."""
        self.at += by


class Visit:
    """Somebody with a browser: keeps cookies, follows no redirection by itself, fills in forms that it was shown."""

    def __init__(self, app: FastAPI, base_url: str = HERE, address: str = "127.0.0.1") -> None:
        self.app, self.base_url, self.address = app, base_url, address
        self.cookies = httpx.Cookies()

    def ask(self, method: str, path: str, **what: Any) -> httpx.Response:  # noqa: ANN401 - as httpx takes it
        """Send a request."""
        return asyncio.run(self._ask(method, path, what))

    async def _ask(self, method: str, path: str, what: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(self.address, 50_000))
        async with httpx.AsyncClient(transport=transport, base_url=self.base_url, cookies=self.cookies) as client:
            answer = await client.request(method, path, **what)
            self.cookies = client.cookies
        return answer

    def get(self, path: str, **what: Any) -> httpx.Response:  # noqa: ANN401 - as httpx takes it
        """Ask for a page."""
        return self.ask("GET", path, **what)

    def post(self, path: str, fields: dict[str, str] | None = None, **what: Any) -> httpx.Response:  # noqa: ANN401
        """Send a form without what the page would add to it."""
        return self.ask("POST", path, data=fields or {}, **what)

    def send(self, page: str, path: str, fields: dict[str, str] | None = None) -> httpx.Response:
        """Send a form as the page shows it, with its token."""
        shown = self.get(page).text
        assert f'action="{path}"' in shown, shown
        found = re.search(r'name="form_token" value="(\w+)"', shown)
        assert found, shown
        return self.post(path, {"form_token": found[1], **(fields or {})}, headers={"origin": self.base_url})

    def log_in(self, name: str = "") -> httpx.Response:
        """Log in with the right token."""
        return self.post("/login", {"token": TOKEN, "name": name})


def visit(database: Database, *, clock: Hands | None = None, address: str = "127.0.0.1", **web: object) -> Visit:
    """Somebody on the application with these keys of the table [web]; a channel called desk is told of everything."""
    settings = Settings(
        web=WebSettings.model_validate(web),
        channel=(Channel.model_validate({"name": "desk", "url": "json://127.0.0.1:9/"}),),
    )
    app = make_app(Context(database=database, settings=settings, clock=clock or Hands()))
    return Visit(app, address=address)


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and path of every route of the application, with 1 in place of what stands in braces."""
    for path, methods in _walk(app, ""):
        for method in sorted(methods):
            yield method, re.sub(r"{[^}]*}", "1", path)


def _walk(router: Any, prefix: str) -> Iterator[tuple[str, set[str]]]:  # noqa: ANN401 - applications and mounts
    for route in router.routes:
        if hasattr(route, "effective_candidates"):
            for one in route.effective_candidates():
                yield prefix + one.path, set(one.methods)
        elif getattr(route, "routes", None):
            yield from _walk(route, prefix + route.path)
        else:
            yield prefix + route.path, set(getattr(route, "methods", None) or {"GET"})
