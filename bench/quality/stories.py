"""The articles that weights are learned from: those of the tests, more that are here for it alone, sentences, seeds."""

from __future__ import annotations

import hashlib
import json
import tomllib
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from extract.model import Article
from extract.page.article import read_text
from tests.extract import relayout
from tests.extract.corpora import LANGUAGES, OWN, ROOT, SHARED, Story, set_names, sites, stories_in, stories_of
from tests.extract.distractors import OTHER_COUNTRIES, OTHER_MATTERS, OTHER_TIMES
from tests.extract.saying import OPENING, article

SENTENCES = ROOT / "tests" / "extract" / "sentences"
ARTICLES = ROOT / "bench" / "quality" / "articles"
UNSEEN = ROOT / "bench" / "quality" / "unseen"
LEARNING = "learning."
"""How the names of the sets begin that are here only to be learned from: few rules were written for them."""


def all_stories() -> dict[str, Sequence[Story]]:
    """Every article by its set."""
    stories: dict[str, Sequence[Story]] = {name: stories_of(name) for name in set_names()}
    return stories | {**more_articles(), **spoken(), "shared.seeds": seeds()}


def in_other_layouts(story: Story) -> list[Story]:
    """The article as it stands, with each sentence as a paragraph, with its paragraphs joined, and with other matters.

    All mean the same.
    """
    laid_out = (relayout.split(story), relayout.joined(story), _with_other_matters(story))
    return [story, *(replace(story, article=changed) for changed in laid_out if changed is not None)]


def _with_other_matters(story: Story) -> Article:
    """Numbers that count no observers of this poll, in sentences of their own before the last paragraph and in it."""
    language = story.article.language or "en"
    told = (*OTHER_MATTERS[language], *OTHER_COUNTRIES[language], *OTHER_TIMES[language])
    first = zlib.crc32(story.id.encode()) % len(told)
    among, behind = told[first], told[first - 1]
    *before, last = story.article.paragraphs or ("",)
    return story.changed(story.article.title, (*before, among, f"{last} {behind}"))


def more_articles() -> dict[str, list[Story]]:
    """Articles that are here only to be learned from, by set."""
    folders = sorted(folder for folder in ARTICLES.iterdir() if folder.is_dir())
    whole: dict[str, list[Story]] = {f"{LEARNING}{folder.name}": list(stories_in(folder)) for folder in folders}
    return whole | {f"{LEARNING}{path.stem}": short_articles(path) for path in sorted(ARTICLES.glob("*.jsonl"))}


def unseen() -> dict[str, Sequence[Story]]:
    """Articles that no word, rule or weight was taken from, by set: what a reading of new ones can expect."""
    return {folder.name: stories_in(folder) for folder in sorted(UNSEEN.iterdir())}


def short_articles(path: Path) -> list[Story]:
    """Articles of a few sentences, one a line, of which only the figures are known, and of some `as_of`.

    The file's name begins with their language.
    """
    language, found = path.stem.partition("_")[0], []
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        published = datetime.fromisoformat(raw["published"])
        told = Article(raw["title"], tuple(raw["paragraphs"]), language=language, published=published)
        gold = {key: raw[key] for key in ("figures", "as_of") if key in raw}
        found.append(Story(f"{path.stem}-{raw['id']}", told, gold, raw))
    return found


def spoken() -> dict[str, list[Story]]:
    """The single sentences of the tests, as articles."""
    found: dict[str, list[Story]] = {}
    for language in LANGUAGES:
        table = tomllib.loads((SENTENCES / f"{language}.toml").read_text(encoding="utf-8"))
        for number, entry in enumerate(table["sentence"]):
            says = [entry["says"]] if isinstance(entry["says"], str) else entry["says"]
            keys = ("scope", "status", "basis", "value")
            facts = [dict(zip(keys, fact.rsplit(maxsplit=3), strict=True)) for fact in entry["facts"]]
            gold = {"figures": [{**fact, "value": int(fact["value"])} for fact in facts]}
            story = Story(f"{language}-{number}", article(OPENING[language], *says, language=language), gold, {})
            found.setdefault(f"sentences.{language}", []).append(story)
    return found


def seeds() -> list[Story]:
    """The real documents of the shared corpus, where it is at hand."""
    found = []
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["gold"]
        found.append(Story(path.stem, read_text(path.read_text(encoding="utf-8"), sites=sites()), gold, {}))
    return found


_LEARNED = ("figures", "as_of", "organization_count", "country_count")
"""What of a gold is learned from; names that are mended teach nothing."""


def digest_of_own() -> str:
    """SHA-256 of the articles in this repository that weights are learned from.

    The sentences of the tests are learned from too, but one more of them asks for no new weights.
    """
    seen = [_digest_of_learned(path) for path in sorted(OWN.rglob("*.json"))]
    seen += [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(ARTICLES.rglob("*.json*"))]
    return hashlib.sha256(" ".join(seen).encode()).hexdigest()


def _digest_of_learned(path: Path) -> str:
    story = json.loads(path.read_text(encoding="utf-8"))
    said = [story["lang"], story["published"], story["title"], story["paragraphs"]]
    told = [*said, *(story["gold"][field] for field in _LEARNED)]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
