"""Logging: every line, ours and the libraries', leaves through one handler to standard error, without secrets."""

from __future__ import annotations

import logging
import os
import sys
import threading
import unicodedata
from typing import Literal, TextIO

import structlog
from pydantic import BaseModel, SecretStr

from foundation.redaction import Redactor
from foundation.settings import Table

_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_CHATTY = (
    "scrapy",
    "apscheduler",
    "sqlalchemy",
    "alembic",
    "apprise",
    "aiohttp",
    "trafilatura",
    "htmldate",
    "asyncio",
    "procrastinate",
    "psycopg",
)


class LoggingSettings(Table):
    """The table [logging] of config.toml."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    """The least important lines to show. Libraries' lines begin one step above, except at 'debug'."""
    format: Literal["auto", "console", "json"] = "auto"
    """'json' writes one object a line; 'auto' does so where standard error is no terminal."""


def secrets_of(value: object) -> set[str]:
    """The values of all SecretStr in settings."""
    if isinstance(value, SecretStr):
        return {value.get_secret_value()}
    if isinstance(value, BaseModel):
        return {s for name in type(value).model_fields for s in secrets_of(getattr(value, name))}
    if isinstance(value, (tuple, list)):
        return {s for item in value for s in secrets_of(item)}
    return set()


def _harmless(value: object) -> object:
    """Texts without characters that steer a terminal or turn its writing around; line breaks and tabs stay."""
    if isinstance(value, str):
        return "".join(c if c in "\n\t" or unicodedata.category(c) not in _STEERING else " " for c in value)
    if isinstance(value, list | tuple):
        return [_harmless(item) for item in value]
    return {name: _harmless(item) for name, item in value.items()} if isinstance(value, dict) else value


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what is standard error at the time, so that lines and a progress bar do not get in each other's way."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # the attribute of the base class becomes a look-up
        return sys.stderr


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """Redacts the finished line, so that no field and no traceback is left out."""

    redact: Redactor = Redactor()

    def format(self, record: logging.LogRecord) -> str:
        return self.redact(super().format(record))


def _harmless_event(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """What pages say steers no terminal, and its line breaks make up no line of the log.

    The renderer quotes fields; the event's words it takes as they are, and libraries put what they were given there.
    """
    harmless = {name: _harmless(value) for name, value in event.items()}
    return {**harmless, "event": " ".join(str(harmless["event"]).splitlines())}


def _thread_broke(broken: threading.ExceptHookArgs) -> None:
    """What ends a thread is logged, and so redacted, rather than written to standard error as it is."""
    name = broken.thread.name if broken.thread else None
    structlog.get_logger(__name__).error("thread_broke", thread=name, exc_info=broken.exc_value)


def _in_colour(stream: TextIO) -> bool:
    """Whether the stream is a terminal whose user has not declined colours (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def set_up(settings: LoggingSettings, redact: Redactor, *, verbosity: int = 0, stream: TextIO | None = None) -> None:
    """Send all log lines to `stream` (standard error if None). May be called again; the last call counts.

    `verbosity` moves the level: 1 is a step more (-v), -1 a step less (-q).
    """
    target = stream or sys.stderr
    levels = ["debug", "info", "warning", "error"]
    chosen = levels[min(max(levels.index(settings.level) - verbosity, 0), 3)]
    as_json = settings.format == "json" or (settings.format == "auto" and not target.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=_in_colour(target), exception_formatter=structlog.dev.plain_traceback)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = _Formatter(
        foreign_pre_chain=[*shared[:4], structlog.stdlib.ExtraAdder(), *shared[4:]],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _harmless_event, renderer],
    )
    formatter.redact = redact
    handler = logging.StreamHandler(stream) if stream else _StandardError()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    level = logging.getLevelNamesMapping()[chosen.upper()]
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(level if chosen == "debug" else max(level, logging.WARNING))
    logging.captureWarnings(True)
    threading.excepthook = _thread_broke
