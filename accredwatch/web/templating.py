"""Pages from templates: everything is escaped, and every page is told the same few things."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from accredwatch.web.context import ask


@cache
def environment() -> Environment:
    """The templates of the page, with its filters."""
    return Environment(
        loader=PackageLoader("accredwatch.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(request: Request, template: str, /, *, status_code: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - what a template is given
    """The template filled in, as an answer."""
    context = ask(request)
    html = environment().get_template(template).render(request=request, names=context.names, **values)
    return HTMLResponse(html, status_code=status_code)
