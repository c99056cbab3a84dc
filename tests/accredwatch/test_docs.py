from __future__ import annotations

import json
import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from accredwatch.cli.app import command_line
from accredwatch.cli.exits import MEANING
from accredwatch.config import Settings, load
from accredwatch.log import LoggingSettings
from accredwatch.web.settings import WebSettings
from alerts.settings import AlertSettings, Channel
from crawler.limits import ArchiveSettings, CrawlerSettings
from crawler.source import DateArchive, Feed, Listing, Source
from extract.model import Status
from foundation.settings import format_duration
from scheduler.settings import EngineSettings, MonitoringSettings, SchedulerSettings
from storage.settings import DatabaseSettings
from storage.vocabulary import ChangeKind, NoticeKind

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
TABLES: dict[str, type[BaseModel]] = {
    "[database]": DatabaseSettings,
    "[crawler]": CrawlerSettings,
    "[archive]": ArchiveSettings,
    "[alerts]": AlertSettings,
    "[scheduler]": SchedulerSettings,
    "[engine]": EngineSettings,
    "[monitoring]": MonitoringSettings,
    "[web]": WebSettings,
    "[logging]": LoggingSettings,
    "[[channel]]": Channel,
    "[[source]]": Source,
    "Feeds and sitemaps": Feed,
    "Listings": Listing,
    "Date archives": DateArchive,
}


def section(text: str, title: str) -> str:
    found = re.search(rf"^#+ {re.escape(title)}$(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no section {title!r}"
    return found.group(1)


def rows(text: str) -> dict[str, list[str]]:
    cells = [
        [cell.strip() for cell in line.strip("| ").split(" | ")] for line in text.splitlines() if line.startswith("| `")
    ]
    return {row[0].strip("`"): row[1:] for row in cells}


def written(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if isinstance(value, timedelta):
        value = format_duration(value)
    if isinstance(value, tuple):
        value = [format_duration(item) if isinstance(item, timedelta) else item for item in value]
    return f"`{json.dumps(value)}`"


@pytest.mark.parametrize("title", TABLES)
def test_every_key_is_documented_with_its_default(title: str) -> None:
    documented = {key: cells[0] for key, cells in rows(section(CONFIGURATION, title)).items()}

    assert documented == {name: written(field) for name, field in TABLES[title].model_fields.items()}


def test_every_table_is_documented() -> None:
    lists = {"source", "channel"}
    tables = {f"[[{name}]]" if name in lists else f"[{name}]" for name in Settings.model_fields}

    assert tables <= TABLES.keys()


def test_every_kind_of_change_is_documented() -> None:
    assert list(rows(section(CONFIGURATION, "Kinds of change"))) == [kind.value for kind in ChangeKind]


def test_every_status_is_documented() -> None:
    assert all(f"`{status}`" in section(CONFIGURATION, "[[channel]]") for status in Status)


def test_every_exit_code_is_documented_as_the_help_has_it() -> None:
    documented = rows(section(COMMANDS, "Exit codes"))

    assert documented == {
        str(code.value): [meaning[0].upper() + meaning[1:] + "."] for code, meaning in MEANING.items()
    }


def test_every_notice_and_every_alert_has_its_remedy() -> None:
    for title, kinds in (("Notices", NoticeKind), ("Alerts that ask for a look", ChangeKind)):
        documented = rows(section(OPERATIONS, title))

        assert list(documented) == [kind.value for kind in kinds]
        assert all(len(cells) == 2 and all(cells) for cells in documented.values())


def commands() -> dict[str, list[str]]:
    """Every command with its options."""
    found = {}

    def walk(command: object, path: str) -> None:
        inner = getattr(command, "commands", None)
        alone = inner is None or getattr(command, "invoke_without_command", False)
        for name, sub in (inner or {}).items():
            walk(sub, f"{path} {name}")
        if alone or path == "accredwatch":
            parameters = command.params  # type: ignore[attr-defined]  # typer's commands are click's, whose class is private
            found[path] = [o for p in parameters for o in p.opts if o.startswith("-") and "--help" not in p.opts]

    walk(typer.main.get_command(command_line()), "accredwatch")
    return found


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented_with_its_options(command: str) -> None:
    text = (
        section(COMMANDS, f"`{command}`") if command != "accredwatch" else section(COMMANDS, "Options of every command")
    )

    missing = [option for option in commands()[command] if f"`{option}" not in text]
    assert missing == []


def test_no_documented_command_is_missing() -> None:
    documented = re.findall(r"^## `(accredwatch[^`]*)`$", COMMANDS, re.MULTILINE)

    assert sorted(documented) == sorted(set(commands()) - {"accredwatch"})


def test_every_log_event_is_documented() -> None:
    event = re.compile(r"""\blog\.(?:debug|info|warning|error|exception)\(\s*((?:"\w+"|\w+ if \w+ else|\s)+)""")
    rooms = ("accredwatch", "scheduler", "alerts", "crawler", "storage", "extract")
    sources = [path.read_text(encoding="utf-8") for room in rooms for path in (ROOT / room).rglob("*.py")]
    logged = {name for text in sources for call in event.findall(text) for name in re.findall(r'"(\w+)"', call)}
    logged |= {name for text in sources for pair in re.findall(r'"(\w+)" if \w+ else "(\w+)",', text) for name in pair}

    assert len(logged) > 10
    assert logged - rows(section(OPERATIONS, "Log events")).keys() == set()


def test_the_keys_that_the_sample_configuration_shows_behind_a_mark_are_valid(tmp_path: Path) -> None:
    sample = (ROOT / "config.toml").read_text(encoding="utf-8")
    shown = re.sub(r"^# (?=\[\[channel\]\]|\w+ = )", "", sample, flags=re.MULTILINE)
    assert shown != sample
    path = tmp_path / "config.toml"
    path.write_text(shown, encoding="utf-8")

    settings = load(path)

    assert settings.channel[0].name == "desk"
    plain = load(ROOT / "config.toml")
    for table in ("crawler", "alerts", "scheduler", "engine", "monitoring", "logging"):
        assert getattr(settings, table) == getattr(plain, table)
        keys = tomllib.loads(shown)[table].keys()
        assert set(type(getattr(settings, table)).model_fields) - keys <= {"words"}


def test_the_readme_names_one_command_for_the_demo_and_one_for_the_tests() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line for line in readme.splitlines() if line.startswith("python3 -m venv")]

    assert lines[0].split()[-2:] == [".venv/bin/accredwatch", "demo"]
    assert [line.split()[-1] for line in lines][1:] == [".venv/bin/pytest"]
