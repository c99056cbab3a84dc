"""What the shells complete: the words of the command line, as words.json holds them.

`python -m accredwatch.cli.words` writes the file anew after a command or an option has changed.
"""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from accredwatch.cli.app import program
from accredwatch.cli.manual import manual

FILE = Path(__file__).with_name("words.json")

_KINDS = {
    "source": "source",
    "sources": "source",
    "channel": "channel",
    "election": "election",
    "elections": "election",
    "config_file": "config",
}
"""What parameters of these names take."""


def words() -> str:
    """The content of words.json."""
    tree = _tree(program())
    tree["commands"]["help"]["argument"] = [*tree["commands"], *manual().topic]
    return json.dumps(tree, indent=1, ensure_ascii=False) + "\n"


def _tree(command: TyperCommand | TyperGroup) -> dict[str, Any]:
    """A command: its options with what they take (null for a mere switch), its argument, the commands below it."""
    arguments = [p for p in command.params if isinstance(p, TyperArgument)]
    options = [p for p in command.params if isinstance(p, TyperOption)]
    below = command.commands.items() if isinstance(command, TyperGroup) else ()
    return {
        "options": {name: _taken(option) for option in options for name in [*option.opts, *option.secondary_opts]}
        | {"--help": None},
        "argument": _kind(arguments[0]) if arguments else "",
        "commands": {name: _tree(one) for name, one in below if isinstance(one, TyperCommand | TyperGroup)},
    }


def _taken(option: TyperOption) -> str | list[str] | None:
    return None if option.is_flag or option.count else _kind(option)


def _kind(parameter: TyperArgument | TyperOption) -> str | list[str]:
    """Which names fit, or the words themselves; empty where any value does."""
    annotation = parameter.type_descriptor.annotation
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(member.value) for member in annotation]
    return _KINDS.get(parameter.name or "", "")


if __name__ == "__main__":
    FILE.write_text(words(), encoding="utf-8")
