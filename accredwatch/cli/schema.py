"""`accredwatch schema`: JSON Schemas of what the program writes for other programs."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from accredwatch.schemas import SchemaName
from accredwatch.schemas import schema as schema_of


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(schema)


def schema(
    name: Annotated[
        SchemaName,
        typer.Argument(help="report: what `extract --json` prints; webhook: the body of a webhook's request."),
    ],
) -> None:
    """Print a JSON Schema of what the program writes for other programs."""
    sys.stdout.write(json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n")
