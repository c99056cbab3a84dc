"""Pages from templates: everything is escaped, and every page is told the same few things."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from accredwatch.web import report_filters, words
from accredwatch.web.context import ask
from accredwatch.web.navigation import NAVIGATION, active, here
from accredwatch.web.visitor import visitor_of
from accredwatch.web.zones import SUGGESTED, zone_of


@cache
def environment() -> Environment:
    """The templates of the page, with its filters."""
    made = Environment(
        loader=PackageLoader("accredwatch.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update({**words.FILTERS, **report_filters.FILTERS})
    made.globals.update(static=static, navigation=NAVIGATION, suggested_zones=SUGGESTED)
    return made


def page(request: Request, template: str, /, *, status_code: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - what a template is given
    """The template filled in, as an answer.

    Beside `values` a template knows `request`, `names` (the sources' names by key), `zone` (the viewer's), `active`
    (key of the page in the navigation, or None), `here` (path and query, to come back to), `visitor` (who asks, with
    the token that their forms bring) and `login` (whether there is something to log in to).
    """
    told = {
        "names": ask(request).names,
        "zone": zone_of(request),
        "active": active(request.url.path),
        "here": here(request),
        "visitor": visitor_of(request),
        "login": ask(request).settings.web.login,
        **values,
    }
    html = environment().get_template(template).render(request=request, **told)
    return HTMLResponse(html, status_code=status_code)


@cache
def static(name: str) -> str:
    """The address of a file of ours, another one for each content, so that no browser keeps an old one."""
    content = (files("accredwatch.web") / "static" / name).read_bytes()
    return f"/static/{name}?v={sha256(content).hexdigest()[:12]}"
