"""The templates of a language, ours or a folder's, and what they may call."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    pass_context,
)
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import Context

from alerts import wording
from alerts.languages import Words, words
from alerts.sandbox import Sandbox
from alerts.style import Language
from alerts.text import clean
from extract.model import ElectionType
from foundation.errors import DeliveryError
from storage.views import Statement

SUFFIX = ".j2"
_BLANK_LINES = re.compile(r"\n{3,}")
_FAILURES = (
    *(TemplateError, SecurityError, OSError, RecursionError),
    *(ArithmeticError, LookupError, TypeError, ValueError, AttributeError),
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a template renders: its first line, and the rest."""

    title: str
    body: str


class TemplateFailed(DeliveryError):
    """A template cannot be read, or fails with what it is given. Trying again does not help."""

    def __init__(self, about: str, error: Exception) -> None:
        self.place = _place(error)
        """File and line, where the template is a file."""
        self.reason = f"{type(error).__name__}: {error}"
        where = f" in {self.place}" if self.place else ""
        super().__init__(f"the template of {about} fails{where}: {self.reason}", permanent=True)


def fill(environment: Sandbox, template: str, context: Mapping[str, object]) -> Filled:
    """Render a template. Raises TemplateFailed."""
    try:
        text = environment.get_template(f"{template}.txt{SUFFIX}").render(context)
    except _FAILURES as error:
        raise TemplateFailed(template, error) from error
    title, _, body = text.strip().partition("\n")
    return Filled(clean(title, keep="\u00a0"), _BLANK_LINES.sub("\n\n", body).strip())


def check(environment: Sandbox, name: str) -> None:
    """Compile a template by the name of its file. Raises TemplateFailed."""
    try:
        environment.get_template(name)
    except _FAILURES as error:
        raise TemplateFailed(name, error) from error


@cache
def built_in(language: Language) -> Sandbox:
    """The templates that come with the program."""
    return _sandbox(_package(language), words(language), reloading=False)


def edited(language: Language, folder: Path) -> Sandbox:
    """A folder's templates: those of the language first, then those for all, then the built-in ones.

    Raises DeliveryError, permanent, if there is no such folder.
    """
    if not folder.is_dir():
        raise DeliveryError(f"there is no folder of templates {folder}", permanent=True)
    return _edited(language, folder)


@cache
def _edited(language: Language, folder: Path) -> Sandbox:
    loader = ChoiceLoader([FileSystemLoader([folder / language, folder]), _package(language)])
    return _sandbox(loader, words(language), reloading=True)


def _package(language: Language) -> PackageLoader:
    return PackageLoader("alerts", f"templates/{language}")


def _sandbox(loader: BaseLoader, speech: Words, *, reloading: bool) -> Sandbox:
    environment = Sandbox(
        loader=loader,
        undefined=StrictUndefined,
        # Messages are plain text; what pages say was made inert before it comes here.
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=reloading,
    )
    environment.filters.update(_filters(speech))
    return environment


def _filters(speech: Words) -> dict[str, Callable[..., object]]:
    def poll(kind: ElectionType, form: str = "plain") -> str:
        return speech.poll(kind, form)

    def day(when: date, form: str = "plain") -> str:
        return speech.day(when, form)

    @pass_context
    def counted(context: Context, statement: Statement) -> str:
        return speech.counted(statement, brief=context["brief"])

    @pass_context
    def how_many(context: Context, statement: Statement) -> str:
        return speech.how_many(statement, brief=context["brief"])

    @pass_context
    def instant(context: Context, moment: datetime) -> str:
        return speech.instant(moment, context["zone"])

    return {
        "number": speech.number, "signed": speech.signed, "plural": speech.plural, "counted": counted,
        "stated": speech.stated, "how_many": how_many, "observers": speech.observers, "sender": speech.sender,
        "term": speech.term, "slip": speech.slip, "poll": poll, "day": day, "short_day": speech.short_day,
        "instant": instant, "source": _source, "sources": _sources, "apart": wording.apart, "either": wording.either,
        "upfirst": _upfirst,
    }  # fmt: skip


@pass_context
def _source(context: Context, key: str) -> str:
    """What a source is called; its key if it has no name."""
    return str(context["names"].get(key, key))


@pass_context
def _sources(context: Context, keys: tuple[str, ...]) -> str:
    return ", ".join(str(context["names"].get(key, key)) for key in keys)


def _upfirst(text: str) -> str:
    """With a capital at its beginning, and the rest as it is."""
    return text[:1].upper() + text[1:]


def _place(error: Exception) -> str:
    """'FILE, line N' where the error came up in a template that is a file; else nothing."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename}, line {error.lineno}" if error.filename else ""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(SUFFIX)]
    return f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else ""
