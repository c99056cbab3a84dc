"""Turns what pydantic says about settings into lines that people can act on: place, key, what is wrong, remedy."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union, get_args, get_origin

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_core import ErrorDetails

from accredwatch.environment import PREFIX, channel_variable
from foundation.nearest import suggestion

KeyPath = tuple[str | int, ...]

_NO_TABLE = {"model_type", "model_attributes_type", "dict_type"}
_BEGINNING = re.compile(r"^(?:Input|String|Value|Tuple|List) should ")


@dataclass
class Origins:
    """Where each value came from."""

    file: str
    lines: Mapping[KeyPath, int]
    environment: Mapping[str, str]
    urls_from: dict[int, str] = field(default_factory=dict)
    """By index of the channel, the variable that gave its URL."""

    def place(self, path: KeyPath) -> str:
        """'FILE:LINE' of the key or of the table that it should stand in, or the environment variable that set it."""
        if path[:1] == ("channel",) and path[2:] == ("url",) and path[1] in self.urls_from:
            return f"environment: {self.urls_from[int(path[1])]}"
        for length in range(len(path), 0, -1):
            name = PREFIX + "__".join(str(part) for part in path[:length]).upper()
            for variable in (name, f"{name}_FILE"):
                if self.environment.get(variable):
                    return f"environment: {variable}"
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return f"{self.file}:{self.lines[path[:length]]}"
        return self.file


def dotted(path: KeyPath) -> str:
    """The key as it is spoken of: ('source', 0, 'feeds', 1, 'url') is 'source[1].feeds[2].url', counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def explain(error: ValidationError, model: type[BaseModel], origins: Origins) -> list[str]:
    """One line for each problem, secrets left out."""
    problems = []
    for detail in error.errors(include_url=False):
        path = _keys_alone(detail["loc"], model)
        problems.append(f"{origins.place(path)}: {dotted(path)}: {_sentence(detail, path, model)}")
    return list(dict.fromkeys(problems))


def _sentence(detail: ErrorDetails, path: KeyPath, model: type[BaseModel]) -> str:
    kind, value = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        return f"unknown key{suggestion(str(path[-1]), _fields(model, path[:-1]))}"
    if kind == "missing":
        return f"is missing; add it{_or_from_environment(path, value)}"
    if kind == "value_error":
        return str(context.get("error", detail["msg"]))
    shown = "" if _is_secret(model, path) else f", is {_brief(value)}"
    if kind in {"literal_error", "enum"}:
        allowed = [choice.strip("' ") for choice in str(context.get("expected", "")).replace(" or ", ", ").split(", ")]
        return f"must be one of {', '.join(allowed)}{shown}"
    if kind in _NO_TABLE:
        return f"must be a table{shown}"
    message = _BEGINNING.sub("must ", detail["msg"]).replace("a valid ", "a ").replace("a integer", "a whole number")
    remedy = f"; {form}" if (form := _form(kind)) else ""
    return f"{message}{shown}{remedy}"


def _form(kind: str) -> str:
    if kind.startswith("time_delta"):
        return 'write a number and a unit in quotes, as in "90s", "10m", "2h" or "1d12h"'
    if kind in {"tuple_type", "list_type"}:
        return 'write a list, as in ["one", "two"]'
    return "write it in quotes" if kind == "string_type" else ""


def _brief(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _or_from_environment(path: KeyPath, table: object) -> str:
    if path[:1] == ("channel",) and path[-1] == "url" and isinstance(table, dict):
        variable = channel_variable(str(table.get("name", "NAME")))
        return f", or set {variable} or {variable}_FILE"
    return ""


def _models(annotation: object) -> list[type[BaseModel]]:
    """The tables that an annotation holds, through tuples, optional values and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in {tuple, list, dict, Union, types.UnionType}:
        return [m for argument in get_args(annotation) for m in _models(argument)]
    return []


def _model_at(model: type[BaseModel], path: KeyPath) -> type[BaseModel] | None:
    current: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int) or current is None:
            continue
        known = current.model_fields.get(part)
        inner = _models(known.annotation) if known else []
        current = inner[0] if inner else None
    return current


def _keys_alone(location: tuple[str | int, ...], model: type[BaseModel]) -> KeyPath:
    """pydantic's location without the names of validators that it puts behind the keys of a union."""
    path: KeyPath = ()
    for part in location:
        if isinstance(part, str) and path and _model_at(model, path) is None and "[" in part:
            break
        path += (part,)
    return path


def _fields(model: type[BaseModel], path: KeyPath) -> list[str]:
    table = _model_at(model, path)
    return list(table.model_fields) if table else []


def _is_secret(model: type[BaseModel], path: KeyPath) -> bool:
    keys = [i for i, part in enumerate(path) if isinstance(part, str)]
    if not keys:
        return False
    table = _model_at(model, path[: keys[-1]])
    known = table.model_fields.get(str(path[keys[-1]])) if table else None
    return known is not None and SecretStr in (known.annotation, *get_args(known.annotation))
