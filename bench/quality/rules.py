"""Leave one rule out: which articles are read better, and which worse, if a predicate of the reader is never true?

    python -m bench.quality.rules [SET...] [--file NAME...]

prints, for every function of `extract/reading/` that answers yes or no, in how many articles it says yes, and how many
articles come out better and worse without it: first those that cost more than they serve, then those that no article
needs. A rule that no article and no test needs can go.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FrameType, ModuleType
from typing import Any
from unittest.mock import patch

import extract.reading
from extract.report import read_report
from foundation.errors import PageTooLarge
from tests.extract.corpora import Story, set_names, stories_of
from tests.extract.scoring import score

Predicate = Callable[..., bool]


@dataclass(frozen=True, slots=True)
class Use:
    """What a predicate does to articles."""

    name: str
    """File and function."""
    true: int
    """Articles in which it says yes."""
    better: int
    """Articles with fewer differences from what is known of them if it never does."""
    worse: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 when it is done."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.rules", description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="*", metavar="SET", help="only articles of these sets")
    parser.add_argument("--file", action="append", metavar="NAME", help="only predicates of this file, such as parts")
    asked = parser.parse_args(arguments)
    stories = [story for name in asked.sets or set_names() for story in stories_of(name)]
    found = {name: one for name, one in predicates().items() if not asked.file or name.partition(".")[0] in asked.file}
    sys.stdout.write(f"{'predicate':50} {'true in':>8} {'better':>7} {'worse':>7}\n")
    for use in sorted(uses(stories, found), key=lambda use: (use.worse - use.better, use.true, use.name)):
        sys.stdout.write(f"{use.name:50} {use.true:8} {use.better:7} {use.worse:7}\n")
    return 0


def predicates() -> dict[str, Predicate]:
    """Every function of the reader that answers yes or no, by file and name."""
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": value
        for module in _modules()
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and _answers(value)
    }


def uses(stories: Sequence[Story], found: dict[str, Predicate]) -> Iterator[Use]:
    """What each of the predicates does to these articles."""
    known = [differences(story) for story in stories]
    true_in = _where_true(stories, found)
    for name, predicate in found.items():
        with without(predicate):
            now = {at: differences(stories[at]) for at in true_in[name]}
        better = sum(count < known[at] for at, count in now.items())
        yield Use(name, len(now), better, sum(count > known[at] for at, count in now.items()))


def differences(story: Story) -> int:
    """How many things are read otherwise than they are known to be; more than any, where it cannot be read at all."""
    try:
        return len(score([(story, read_report(story.article))]).misses)
    except PageTooLarge:
        return sys.maxsize


@contextmanager
def without(predicate: Predicate) -> Iterator[None]:
    """The reader as if the predicate were never true, wherever it is imported."""
    patched = [
        patch.object(module, name, lambda *_args, **_named: False)
        for module in _modules()
        for name, value in vars(module).items()
        if value is predicate
    ]
    for one in patched:
        one.start()
    try:
        yield
    finally:
        for one in patched:
            one.stop()


def _modules() -> list[ModuleType]:
    names = (found.name for found in pkgutil.iter_modules(extract.reading.__path__))
    return [importlib.import_module(f"{extract.reading.__name__}.{name}") for name in names]


def _answers(function: Callable[..., object]) -> bool:
    return inspect.get_annotations(function).get("return") in {"bool", bool}


def _where_true(stories: Sequence[Story], found: dict[str, Predicate]) -> dict[str, set[int]]:
    """By predicate, the articles in which it says yes."""
    names: dict[CodeType, str] = {one.__code__: name for name, one in found.items()}
    where: dict[str, set[int]] = {name: set() for name in found}
    for at, story in enumerate(stories):

        def note(frame: FrameType, event: str, told: Any, at: int = at) -> None:  # noqa: ANN401 - whatever it returns
            if event == "return" and told and frame.f_code in names:
                where[names[frame.f_code]].add(at)

        sys.setprofile(note)
        try:
            differences(story)
        finally:
            sys.setprofile(None)
    return where


if __name__ == "__main__":
    sys.exit(main())
