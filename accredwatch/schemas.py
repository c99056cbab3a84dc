"""JSON Schemas of what the program writes for other programs, made from the types that write it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from extract.written import WrittenReport
from storage.source_views import Notice
from storage.views import Confirmation, RecordedChange

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DESCRIBED = ConfigDict(use_attribute_docstrings=True, json_schema_serialization_defaults_required=True)


class SchemaName(StrEnum):
    """What there is a JSON Schema of."""

    REPORT = "report"
    """What `accredwatch extract --json` prints of one input."""
    WEBHOOK = "webhook"
    """The body of a webhook's request."""


def schema(name: SchemaName) -> Schema:
    """The JSON Schema of this name, draft 2020-12. Fields may be added in later versions: no schema forbids more."""
    return _MAKERS[name]()


def report_schema() -> Schema:
    """What `accredwatch extract --json` prints of one input, as `extract.serialize.to_dict` writes it."""
    made = _of(WrittenReport)
    made["properties"] = {
        "input": {"type": "string", "description": "The file's name as given; only on the command line."},
        **made["properties"],
    }
    return {
        "$schema": _DIALECT,
        "title": "What was read of an article",
        **{key: value for key, value in made.items() if key != "title"},
    }


def webhook_schema() -> Schema:
    """The body of a webhook's request: a change, a notice on a source, or a test message."""
    definitions: Schema = {}
    kinds = {"Change": _change(definitions), "Notice": _notice(definitions), "Test": _test()}
    definitions |= {f"{name}Message": message for name, message in kinds.items()}
    return {
        "$schema": _DIALECT,
        "title": "The body of a webhook's request",
        "description": "An alert on a change, a notice on a source for channels of operators, or a test message.",
        "anyOf": [{"$ref": f"#/$defs/{name}Message"} for name in kinds],
        "$defs": definitions,
    }


def _change(definitions: Schema) -> Schema:
    """An alert on a change: as `alerts.render.alert_fields` lays the fields of change and record side by side."""
    recorded = _take(RecordedChange, definitions)
    change = definitions.pop("Change")
    confirmation = _take(Confirmation, definitions)
    confirmation["properties"]["reached"] = {"type": "boolean", "description": "Whether they are enough."}
    confirmation["required"] = [*confirmation["required"], "reached"]
    definitions["Confirmation"] = confirmation
    properties = {
        **_HEADING,
        "change_id": {"type": "integer", "description": "Id of the change in the records."},
        **_without(change["properties"], "election"),
        "increase": {
            "anyOf": [{"type": "integer"}, {"type": "null"}],
            "description": "What a total adds to the previous one, or a batch brings.",
        },
        **_without(recorded["properties"], "id", "change", "held"),
        "confirmation": {
            "anyOf": [{"$ref": "#/$defs/Confirmation"}, {"type": "null"}],
            "description": "How far a number is confirmed that its channel wants from several sources.",
        },
    }
    return _object("An alert on a change of what is known.", properties)


def _notice(definitions: Schema) -> Schema:
    """A notice: as `alerts.render.notice_fields` lays the fields of the notice and its details side by side."""
    notice = _take(Notice, definitions)
    details = definitions.pop("NoticeDetails")
    properties = {
        **_HEADING,
        "notice_id": {"type": "integer", "description": "Id of the notice in the records."},
        **_without(notice["properties"], "id", "details"),
        **details["properties"],
    }
    return _object("A notice on a source, for a channel of operators.", properties)


def _test() -> Schema:
    kind = {"const": "test", "description": "Somebody tries the channel."}
    return _object("A test message.", {**_HEADING, "kind": kind})


_HEADING: Schema = {
    "key": {"type": "string", "description": "Identity of the alert: the same for every attempt to deliver it."},
    "title": {"type": "string", "description": "One line."},
    "text": {"type": "string", "description": "The alert as people read it."},
}


def _object(description: str, properties: Schema) -> Schema:
    return {"type": "object", "description": description, "properties": properties, "required": list(properties)}


def _take(kind: type, definitions: Schema) -> Schema:
    """The schema of a type; what it refers to goes into `definitions`."""
    made = _of(kind)
    definitions |= made.pop("$defs", {})
    return made


def _of(kind: type) -> Schema:
    # A list takes a configuration, which a dataclass would not, and hands it down.
    made = TypeAdapter(list[kind], config=_DESCRIBED).json_schema(mode="serialization")  # type: ignore[valid-type]
    definitions = made["$defs"]
    return {**definitions.pop(kind.__name__), "$defs": definitions}


def _without(properties: Schema, *names: str) -> Schema:
    return {name: value for name, value in properties.items() if name not in names}


_MAKERS: dict[SchemaName, Callable[[], Schema]] = {
    SchemaName.REPORT: report_schema,
    SchemaName.WEBHOOK: webhook_schema,
}
