"""Templates for people to edit: a copy of ours, and what is wrong with theirs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import ParamSpec

from alerts.examples import NAMES, example, example_digest
from alerts.render import render_strictly
from alerts.style import Language, Style
from alerts.templating import SUFFIX, TemplateFailed, check, edited
from foundation.errors import ConfigError, DeliveryError
from foundation.nearest import suggestion
from storage.views import Alert
from storage.vocabulary import ChangeKind, NoticeKind

P = ParamSpec("P")

_OWN_PART = "_"
"""What names of files begin with that only edited templates include."""


def copy_templates(folder: Path) -> tuple[Path, ...]:
    """Copy the built-in templates into a folder, one folder a language; the files written.

    Raises ConfigError if one of them is there already, before anything is written, or if the folder cannot be written.
    """
    with as_file(files("alerts") / "templates") as ours:
        found = sorted(path.relative_to(ours) for path in ours.rglob(f"*{SUFFIX}"))
        if there := [folder / path for path in found if (folder / path).exists()]:
            raise ConfigError(f"{there[0]} is there already; name a folder without templates, or move them away")
        try:
            for path in found:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ours / path, folder / path)
        except OSError as error:
            raise ConfigError(f"{folder}: templates cannot be written there: {error.strerror}") from error
    return tuple(folder / path for path in found)


def problems(folder: Path, language: Language) -> tuple[str, ...]:
    """What is wrong with a folder's templates in a language, each with file and line; empty if all is well.

    Every template is compiled, and every kind of alert written with the examples.
    """
    try:
        environment = edited(language, folder)
    except DeliveryError as error:
        return (f"{error}; make it with `accredwatch alerts templates {folder}`",)
    names = [name for name in environment.list_templates() if "/" not in name]
    broken = [problem for name in names if (problem := _problem(check, environment, name))]
    if not broken:
        style = Style(language=language, names=NAMES, templates=folder)
        broken = [problem for alert in _every_alert() if (problem := _problem(render_strictly, alert, style))]
    return tuple(dict.fromkeys([*_unknown(folder, language), *broken]))


def _every_alert() -> Iterator[Alert]:
    for kind in (*ChangeKind, *NoticeKind):
        yield example(kind)
    yield example_digest()


def _problem(work: Callable[P, object], *args: P.args, **options: P.kwargs) -> str | None:
    """Where and why a template fails, if it does so in this work."""
    try:
        work(*args, **options)
    except TemplateFailed as error:
        return f"{error.place}: {error.reason}" if error.place else str(error)
    return None


def _unknown(folder: Path, language: Language) -> Iterator[str]:
    """Files that nothing would ever read, for a slip in their names."""
    known = {path.name for path in (files("alerts") / "templates" / language).iterdir()}
    for place in (folder, folder / language):
        for path in sorted(place.glob(f"*{SUFFIX}")):
            if path.name not in known and not path.name.startswith(_OWN_PART):
                yield f"{path}: no template has this name{suggestion(path.name, known)}"
