"""The articles with known answers: our own in tests/corpus, and the shared corpus where it is at hand."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from crawler.source import Source
from extract.model import Article, Report
from extract.report import read_report
from extract.site import Site

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "corpus"
SHARED = Path(os.environ.get("ACCREDWATCH_CORPUS", ROOT.parent / "shared" / "corpus"))
LANGUAGES = ("en", "ru", "kk")
needs_shared = pytest.mark.skipif(
    not (SHARED / "render.py").is_file(), reason="the shared corpus is not at hand (ACCREDWATCH_CORPUS)"
)

WHOLE = bool(os.environ.get("ACCREDWATCH_WHOLE_CORPUS"))
"""Whether the tests that take a share of the articles take all of them: thorough, and an hour of work."""

_reports: dict[str, Report] = {}


@dataclass(frozen=True, slots=True)
class Story:
    """An article and what a careful reader finds in it."""

    id: str
    article: Article
    gold: dict[str, Any]
    raw: dict[str, Any]

    @property
    def report(self) -> Report:
        """What is read of it; read once in a session."""
        if self.id not in _reports:
            _reports[self.id] = read_report(self.article)
        return _reports[self.id]

    def changed(self, title: str | None, paragraphs: tuple[str, ...]) -> Article:
        """The article with other words."""
        return replace(self.article, title=title, paragraphs=paragraphs)


def own_sets() -> tuple[str, ...]:
    """Names of our own sets: a language, or a language and a number ('en', 'en2')."""
    return tuple(sorted(d.name for d in OWN.iterdir() if any(d.glob("*.json"))))


@cache
def own(name: str) -> tuple[Story, ...]:
    """The articles of one of our own sets."""
    return tuple(story for _, story in _stories(OWN / name))


@cache
def shared(language: str) -> tuple[Story, ...]:
    """The shared corpus' articles in a language; none where it is not at hand."""
    return tuple(s for _, s in _stories(SHARED / "articles") if s.article.language == language)


def set_names() -> tuple[str, ...]:
    """All sets that are at hand: 'own.en_b', 'shared.kk'."""
    own_names = tuple(f"own.{name}" for name in own_sets())
    return (*own_names, *(f"shared.{language}" for language in LANGUAGES if shared(language)))


def stories_of(name: str) -> tuple[Story, ...]:
    """The articles of a set, 'own.en_b' or 'shared.kk'."""
    where, _, part = name.partition(".")
    return own(part) if where == "own" else shared(part)


def share(stories: Sequence[Story], part: int, of: int) -> Sequence[Story]:
    """Every so-manyth story; parts 0 to `of` - 1 are all of them. All at once where the whole corpus is asked for."""
    return stories if WHOLE else stories[part % of :: of]


def digest(name: str) -> str:
    """SHA-256 of a set: of the names and the contents of its files, in the order of their names."""
    where, _, part = name.partition(".")
    found = _stories(OWN / part if where == "own" else SHARED / "articles")
    paths = [path for path, story in found if where == "own" or story.article.language == part]
    sum_ = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        content = path.read_bytes()
        sum_.update(f"{path.name}\0{len(content)}\0".encode())
        sum_.update(content)
    return sum_.hexdigest()


def everything(language: str) -> tuple[Story, ...]:
    """All articles in a language that are at hand."""
    sets = [s for name in own_sets() for s in own(name) if s.article.language == language]
    return (*shared(language), *sets)


def stories_in(folder: Path) -> tuple[Story, ...]:
    """The articles of a folder."""
    return tuple(story for _, story in _stories(folder))


@cache
def _stories(folder: Path) -> tuple[tuple[Path, Story], ...]:
    return tuple((path, _story(json.loads(path.read_text(encoding="utf-8")))) for path in sorted(folder.glob("*.json")))


def _story(raw: dict[str, Any]) -> Story:
    published = raw.get("published")
    article = Article(
        title=raw["title"],
        paragraphs=tuple(raw["paragraphs"]),
        language=raw["lang"],
        published=datetime.fromisoformat(published) if published else None,
    )
    return Story(raw["id"], article, raw["gold"], raw)


@cache
def sites() -> tuple[Site, ...]:
    """The outlets of the shipped configuration."""
    with (ROOT / "config.toml").open("rb") as file:
        return tuple(Source(**table).site() for table in tomllib.load(file)["source"])


@cache
def renderer() -> ModuleType:
    """The shared corpus' maker of pages."""
    spec = importlib.util.spec_from_file_location("corpus_render", SHARED / "render.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
