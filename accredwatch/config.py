"""The settings of the whole program: config.toml, overlaid by environment variables.

Who wins, first to last: environment variable, file named by a variable `..._FILE`, config.toml, built-in default.
Variables come from the environment and, where it lacks them, from the `accredwatch.env` beside config.toml.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from contextvars import ContextVar
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic import PrivateAttr, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from accredwatch.config_problems import Origins, explain
from accredwatch.environment import PREFIX, channel_urls, secret_files, unknown_variables, variables_beside
from accredwatch.log import LoggingSettings
from accredwatch.toml_lines import line_numbers
from accredwatch.web.settings import WebSettings
from alerts.settings import AlertSettings, Channel
from crawler.limits import ArchiveSettings, CrawlerSettings
from crawler.source import Source
from foundation.errors import ConfigError
from foundation.redaction import Redactor
from scheduler.settings import EngineSettings, MonitoringSettings, SchedulerSettings
from storage.address import read_url
from storage.settings import DatabaseSettings

_IDENTITY = {"source": "key", "channel": "name"}
_LINE = re.compile(r":(\d+): ")
_INSTALLED = Path(__file__).parent / "config.toml"
_CHECKOUT = Path(__file__).parent.parent / "config.toml"

_beside: ContextVar[Mapping[str, str] | None] = ContextVar("beside", default=None)
"""The variables of the file beside the configuration that is being read: pydantic asks for no more than the class."""


class _Environment(EnvSettingsSource):
    """The environment without ..._FILE variables, whose values are names of files."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        variables = {name.lower(): value for name, value in (_beside.get() or {}).items() if value}
        return {
            name: value
            for name, value in {**variables, **super()._load_env_vars()}.items()
            if not name.endswith("_file")
        }


class Settings(BaseSettings):
    """Everything that can be configured. Frozen; made by `load`."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True
    )

    database: DatabaseSettings = DatabaseSettings()
    crawler: CrawlerSettings = CrawlerSettings()
    archive: ArchiveSettings = ArchiveSettings()
    alerts: AlertSettings = AlertSettings()
    scheduler: SchedulerSettings = SchedulerSettings()
    engine: EngineSettings = EngineSettings()
    monitoring: MonitoringSettings = MonitoringSettings()
    web: WebSettings = WebSettings()
    logging: LoggingSettings = LoggingSettings()
    source: tuple[Source, ...] = ()
    channel: tuple[Channel, ...] = ()

    _path: Path = PrivateAttr(default=_CHECKOUT)

    @property
    def path(self) -> Path:
        """The configuration file that was read."""
        return self._path

    @property
    def base(self) -> Path:
        """The folder that relative paths start from: the configuration file's, or the current one for the default that
        comes with an installed package."""
        return Path.cwd() if self._path == _INSTALLED else self._path.parent

    @property
    def enabled_sources(self) -> tuple[Source, ...]:
        """The sources to crawl."""
        return tuple(s for s in self.source if s.enabled)

    @property
    def enabled_channels(self) -> tuple[Channel, ...]:
        """The channels to alert."""
        return tuple(c for c in self.channel if c.enabled)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment variables first; then what `load` hands over from files."""
        del env_settings, dotenv_settings, file_secret_settings
        return _Environment(settings_cls), init_settings


def find(path: Path | None = None) -> Path:
    """The configuration file to read: `path`, $ACCREDWATCH_CONFIG, ./config.toml, or the one of the package.

    Raises ConfigError if the one asked for does not exist.
    """
    asked = path or (Path(named) if (named := os.environ.get(f"{PREFIX}CONFIG")) else None)
    if asked is not None:
        if not asked.is_file():
            raise ConfigError(f"{asked}: no such configuration file; check --config and $ACCREDWATCH_CONFIG")
        return asked.resolve()
    for candidate in (Path("config.toml"), _INSTALLED, _CHECKOUT):
        if candidate.is_file():
            return candidate.resolve()
    raise ConfigError("there is no config.toml here; name one with --config FILE")


def packaged() -> Path:
    """The configuration that comes with the program. Raises ConfigError if it is gone."""
    for candidate in (_INSTALLED, _CHECKOUT):
        if candidate.is_file():
            return candidate
    raise ConfigError("the config.toml that comes with the program is gone: install it again")


def load(path: Path | None = None) -> Settings:
    """Read and check the configuration, with relative paths made absolute.

    Raises ConfigError with one line a problem, all problems at once; each names file and line (or the environment
    variable), the key, what is wrong and the remedy.
    """
    file = find(path)
    data, lines = _read(file)
    beside = variables_beside(file)
    environment = {**beside, **os.environ}
    origins = Origins(str(file), lines, environment)
    problems = _duplicates(data, origins)
    overlay, unreadable = secret_files(environment)
    problems += unreadable
    known = {name: set(field.annotation.model_fields) for name, field in _tables().items()}
    problems += unknown_variables(environment, known, _channel_names(data))
    problems += channel_urls(data, environment, origins.urls_from)
    try:
        settings = _settings(_merged(data, overlay), beside)
    except ValidationError as error:
        problems += explain(error, Settings, origins)
    except SettingsError as error:
        problems.append(f"environment: {error}; write JSON, or set single keys as in {PREFIX}CRAWLER__WORKERS=2")
    else:
        settings._path = file
        settings, wrong = _resolved(settings, origins)
        problems += wrong
    if problems:
        # A URL in the wrong place is quoted like any other value.
        raise ConfigError(Redactor()("\n".join(sorted(problems, key=_by_line))))
    return settings


def _settings(data: dict[str, Any], beside: Mapping[str, str]) -> Settings:
    token = _beside.set(beside)
    try:
        return Settings(**data)
    finally:
        _beside.reset(token)


def _by_line(problem: str) -> tuple[int, str]:
    found = _LINE.search(problem)
    return (int(found.group(1)) if found else 0), problem


def _tables() -> dict[str, Any]:
    return {name: field for name, field in Settings.model_fields.items() if name not in _IDENTITY}


def _read(file: Path) -> tuple[dict[str, Any], dict[tuple[str | int, ...], int]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
        return tomllib.loads(text), line_numbers(text)
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: is not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: is no valid TOML: {error}") from error


def _rows(data: Mapping[str, Any], table: str) -> list[tuple[int, dict[str, Any]]]:
    rows = data.get(table)
    return [(i, row) for i, row in enumerate(rows) if isinstance(row, dict)] if isinstance(rows, list) else []


def _channel_names(data: Mapping[str, Any]) -> set[str]:
    return {str(row["name"]) for _, row in _rows(data, "channel") if "name" in row}


def _duplicates(data: Mapping[str, Any], origins: Origins) -> list[str]:
    problems = []
    for table, key in _IDENTITY.items():
        seen: Counter[object] = Counter()
        for index, row in _rows(data, table):
            name = row.get(key)
            if isinstance(name, str) and (seen.update([name]) or seen[name] > 1):
                place = origins.place((table, index, key))
                problems.append(
                    f"{place}: {table}.{key}: another {table} is called {name!r} already; rename one of them"
                )
    return problems


def _merged(data: Mapping[str, Any], overlay: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    merged = dict(data)
    for table, values in overlay.items():
        below = merged.get(table, {})
        if isinstance(below, dict):
            merged[table] = {**below, **values}
    return merged


def _resolved(settings: Settings, origins: Origins) -> tuple[Settings, list[str]]:
    """The settings with the paths of database and archive made absolute, and what is wrong with URL and engine."""
    try:
        url = read_url(settings.database.url.get_secret_value(), base=settings.base)
    except ConfigError as error:
        return settings, [f"{origins.place(('database', 'url'))}: {error}"]
    if problem := _engine_problem(settings, url.get_backend_name()):
        return settings, [f"{origins.place(('engine', 'kind'))}: engine.kind: {problem}"]
    database = settings.database.model_copy(update={"url": SecretStr(url.render_as_string(hide_password=False))})
    path = settings.archive.path and str(settings.base / Path(settings.archive.path).expanduser())
    archive = settings.archive.model_copy(update={"path": path})
    return settings.model_copy(update={"database": database, "archive": archive}), []


def _engine_problem(settings: Settings, backend: str) -> str | None:
    """What keeps the engine from working; None if nothing does."""
    if not settings.engine.by_workers:
        return None
    if backend != "postgresql":
        return (
            "'procrastinate' needs a PostgreSQL server, which all machines reach: give database.url as "
            "postgresql+psycopg://..., or write 'in_process'"
        )
    if find_spec("procrastinate") is None:
        return "the package procrastinate is not installed: pip install 'accredwatch[workers]', or write 'in_process'"
    return None
