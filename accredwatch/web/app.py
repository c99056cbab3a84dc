"""The application: all routes on one database."""

from __future__ import annotations

from importlib.resources import files

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from accredwatch.api import feeds, monitoring
from accredwatch.api.app import PATH, make_api
from accredwatch.api.problems import Refused, refused
from accredwatch.web import access, errors
from accredwatch.web.conditional import Conditional
from accredwatch.web.context import Context
from accredwatch.web.pages import PAGES
from accredwatch.web.security import add_headers


def make_app(context: Context) -> FastAPI:
    """The page and the API on the context's database, which stays open as long as the application is used."""
    app = FastAPI(title="accredwatch", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.context = context
    errors.install(app)
    app.add_middleware(Conditional)
    access.install(app, context)
    app.middleware("http")(add_headers)
    app.mount("/static", StaticFiles(directory=str(files("accredwatch.web") / "static")), name="static")
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    app.add_exception_handler(Refused, refused)
    for router in (feeds.router, monitoring.router):
        app.include_router(router)
    app.mount(PATH, make_api(context), name="api")
    return app
