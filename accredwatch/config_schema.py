"""The JSON Schema of config.toml, for editors: made of the settings themselves, with durations as people write them."""

from __future__ import annotations

import ast
import inspect
import itertools
import textwrap
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, SecretStr
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from accredwatch.config import Settings
from accredwatch.environment import PREFIX
from foundation.settings import format_duration

_DURATION = {
    "type": "string",
    "pattern": r"^\s*(\d{1,6}\s*[smhdwSMHDW]\s*)+$",
    "description": "A duration: numbers and units, as in 90s, 10m, 2h, 1d12h or 2w.",
    "examples": ["90s", "10m", "2h", "1d12h", "2w"],
}


class _Generator(GenerateJsonSchema):
    """pydantic's own, but for the forms that only config.toml has."""

    def timedelta_schema(self, schema: core_schema.TimedeltaSchema) -> JsonSchemaValue:
        del schema
        return dict(_DURATION)

    def encode_default(self, dft: Any) -> Any:  # noqa: ANN401 - as the base class has it
        return _written(dft)


def config_schema() -> dict[str, Any]:
    """The schema (2020-12) of config.toml: tables, keys, their meanings, defaults and limits.

    A channel's url is not required by it: that secret may come from the environment.
    """
    schema: dict[str, Any] = Settings.model_json_schema(schema_generator=_Generator)
    for model in _models():
        _describe(schema["$defs"][model.__name__]["properties"], model)
    channel = schema["$defs"]["Channel"]
    channel["required"].remove("url")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "accredwatch's config.toml",
        "description": "Every key is described in docs/configuration.md.",
    }


def _models() -> list[type[BaseModel]]:
    """Every table of the settings, those inside others included."""
    found: dict[type[BaseModel], None] = {}
    waiting: list[type[BaseModel]] = [Settings]
    while waiting:
        inner = [m for field in waiting.pop().model_fields.values() for m in _inside(field.annotation)]
        waiting += [model for model in inner if model not in found]
        found |= dict.fromkeys(inner)
    return list(found)


def _inside(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401 - annotations are of many types
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _inside(part)]


def _describe(properties: dict[str, Any], model: type[BaseModel]) -> None:
    told = _docstrings(model)
    for name, field in model.model_fields.items():
        described = [told[name]] if name in told else []
        known = properties[name]
        if form := known.get("description"):
            described.append(form)
        if field.annotation is SecretStr:
            described.append(f"Secret: rather give it by the environment ({_variable(model, name)}), or by a file.")
            known.pop("writeOnly", None)
        if described:
            known["description"] = " ".join(described)


def _variable(model: type[BaseModel], key: str) -> str:
    for table, field in Settings.model_fields.items():
        if field.annotation is model:
            return f"{PREFIX}{table}__{key}".upper()
    return f"{PREFIX}CHANNEL_<NAME>_{key}".upper()


def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """What the text below each field of a table says."""
    body = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    found = {}
    lines = body.body if isinstance(body, ast.ClassDef) else []
    for line, following in itertools.pairwise(lines):
        if not (isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)):
            continue
        if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            found[line.target.id] = " ".join(str(following.value.value).split())
    return found


def _written(value: Any) -> Any:  # noqa: ANN401 - defaults are of many types
    """A default as config.toml would have it."""
    match value:
        case SecretStr():
            return value.get_secret_value()
        case timedelta():
            return format_duration(value)
        case tuple() | list():
            return [_written(item) for item in value]
        case BaseModel():
            return {name: _written(getattr(value, name)) for name in type(value).model_fields}
        case dict():
            return {key: _written(item) for key, item in value.items()}
        case _:
            return str(value) if isinstance(value, str) else value
