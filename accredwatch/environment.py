"""The environment's part of the settings: secrets from files, channels' URLs, and names that mean nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

from foundation.errors import ConfigError
from foundation.nearest import suggestion

PREFIX = "ACCREDWATCH_"
BESIDE = "accredwatch.env"
"""The file of variables that is read beside a config.toml."""
_FILE = "_FILE"
_VARIABLE = re.compile(r"(?:export )?\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)")


def variables_beside(config: Path) -> dict[str, str]:
    """The program's variables in the `accredwatch.env` beside a configuration file; none if there is no such file.

    Lines are NAME=VALUE, as systemd and Docker read them; empty ones and those that begin with # mean nothing, and
    names of other programs are passed over. Raises ConfigError if it cannot be read.
    """
    file = config.with_name(BESIDE)
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from error
    found = {}
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        variable = _VARIABLE.fullmatch(line)
        if variable is None:
            # Without the line, which may hold a secret.
            raise ConfigError(f"{file}:{number}: is no NAME=VALUE")
        name, value = variable.groups()
        if name.upper().startswith(PREFIX):
            quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
            found[name] = value[1:-1] if quoted else value
    return found


def secret_files(environment: Mapping[str, str]) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Values from the files that variables such as ACCREDWATCH_DATABASE__URL_FILE name, as table -> key -> value.

    The second part says which files cannot be read.
    """
    values: dict[str, dict[str, str]] = {}
    problems: list[str] = []
    for variable, named in sorted(environment.items()):
        parts = variable.upper().removeprefix(PREFIX).split("__")
        if variable.upper().startswith(PREFIX) and len(parts) == 2 and parts[1].endswith(_FILE):
            content = _content(variable, named, problems)
            if content is not None:
                values.setdefault(parts[0].lower(), {})[parts[1].removesuffix(_FILE).lower()] = content
    return values, problems


def channel_urls(data: MutableMapping[str, Any], environment: Mapping[str, str], named_by: dict[int, str]) -> list[str]:
    """Give the channels in `data` the URLs that ACCREDWATCH_CHANNEL_<NAME>_URL or ..._URL_FILE hold.

    Notes in `named_by` which variable gave the URL of the channel with this index; returns what is wrong.
    """
    channels = data.get("channel")
    problems: list[str] = []
    if not isinstance(channels, list):
        return problems
    for index, channel in enumerate(channels):
        if not isinstance(channel, dict) or not isinstance(channel.get("name"), str):
            continue
        variable = channel_variable(channel["name"])
        if url := environment.get(variable):
            channel["url"] = url
            named_by[index] = variable
        elif named := environment.get(variable + _FILE):
            named_by[index] = variable + _FILE
            content = _content(variable + _FILE, named, problems)
            if content is not None:
                channel["url"] = content
    return problems


def channel_variable(name: str) -> str:
    """The environment variable that may hold the URL of the channel of this name."""
    return f"{PREFIX}CHANNEL_{name.upper().replace('-', '_')}_URL"


def unknown_variables(environment: Mapping[str, str], tables: Mapping[str, set[str]], channels: set[str]) -> list[str]:
    """Complaints about variables that look like settings (ACCREDWATCH_TABLE__KEY, ACCREDWATCH_CHANNEL_...) but are not.

    Keys of known tables are left to the validation of the settings.
    """
    channel_names = {channel_variable(name) for name in channels}
    known = {f"{PREFIX}{table}__{key}".upper() for table, keys in tables.items() for key in keys} | channel_names
    problems = []
    for variable in sorted(environment):
        name = variable.upper()
        if not name.startswith(PREFIX):
            continue
        bare = name.removesuffix(_FILE)
        table, nested, _ = name.removeprefix(PREFIX).partition("__")
        unknown_table = nested and table.lower() not in tables
        unknown_channel = name.startswith(f"{PREFIX}CHANNEL_") and bare.endswith("_URL") and bare not in channel_names
        if unknown_table or unknown_channel:
            problems.append(f"environment: {variable}: belongs to no setting or channel{suggestion(bare, known)}")
    return problems


def _content(variable: str, named: str, problems: list[str]) -> str | None:
    if "://" in named:
        # Without the value, which is the secret itself.
        problems.append(
            f"environment: {variable}: holds a URL where the name of a file is expected; "
            f"give it to {variable.removesuffix(_FILE)}, or write it into a file"
        )
        return None
    try:
        return Path(named).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"environment: {variable}: cannot read {named}: {error}")
        return None
