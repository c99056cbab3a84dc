"""Answers: pages of a list with a link to the next one, and 304 for what has not changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, RootModel

from alerts.message import Json
from alerts.render import as_json

T = TypeVar("T")

_DESCRIBED = ConfigDict(use_attribute_docstrings=True, json_schema_serialization_defaults_required=True)


class Page(BaseModel, Generic[T]):
    """A page of a list, in the order in which it was recorded unless the address says otherwise."""

    model_config = _DESCRIBED

    items: list[T]
    next: int | None
    """What to give as `after` for the next page; null on the last one."""


class Whole(RootModel[T], Generic[T]):
    """One thing."""

    model_config = _DESCRIBED


_TEXT = {"schema": {"type": "string"}}
ETAG = {"ETag": {"description": "Give it as If-None-Match to be told 304 while nothing changes.", **_TEXT}}
_LINK = {"Link": {"description": 'The next page, as `<address>; rel="next"`.', **_TEXT}}
PAGED: dict[int | str, dict[str, Any]] = {200: {"description": "Found.", "headers": {**ETAG, **_LINK}}}
UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "Nothing has changed since that ETag."}}


def document(request: Request, content: dict[str, Any]) -> Response:
    """What is JSON already, to the letter."""
    return unless_unchanged(request, _bytes(content))


def whole(request: Request, value: object) -> Response:
    """One thing, as JSON."""
    return unless_unchanged(request, _bytes(as_json(value)))


def page(request: Request, items: Sequence[object], next_: int | None) -> Response:
    """A page of a list, as JSON; `next_` is what the next one comes after, None on the last."""
    content: Json = {"items": [as_json(item) for item in items], "next": next_}
    link = {"Link": f'<{request.url.include_query_params(after=next_)}>; rel="next"'} if next_ is not None else {}
    return unless_unchanged(request, _bytes(content), headers=link)


def cut(found: Sequence[T], limit: int) -> tuple[Sequence[T], bool]:
    """At most `limit` of what was found, and whether there is more; ask for one more than the limit."""
    return found[:limit], len(found) > limit


def _bytes(content: Json | dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def unless_unchanged(
    request: Request, body: bytes, *, media_type: str = "application/json", headers: dict[str, str] | None = None
) -> Response:
    """The body, or 304 where the client has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    said = {"ETag": tag, "Cache-Control": "no-cache", **(headers or {})}
    if _has(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=said)
    return Response(body, media_type=media_type, headers=said)


def _has(header: str | None, tag: str) -> bool:
    """Whether If-None-Match names the tag; a mark of weakness makes no difference there."""
    if header is None:
        return False
    named = {one.strip().removeprefix("W/") for one in header.split(",")}
    return "*" in named or tag in named
