"""Pages rendered from the corpus in all layouts, the real page, and the real documents in plain text."""

from __future__ import annotations

import importlib.util
import json
import os
import tomllib
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from crawler.source import Source
from extract.model import Article
from extract.page.article import read_page, read_text
from extract.page.markup import tidy
from extract.page.relevance import may_concern_observers
from extract.site import Site
from tests.extract.page_layouts import ALMATY
from tests.extract.telling import body_f1

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("ACCREDWATCH_CORPUS", ROOT.parent / "shared" / "corpus"))
pytestmark = pytest.mark.skipif(
    not (CORPUS / "render.py").is_file(), reason="the corpus is not at hand (ACCREDWATCH_CORPUS)"
)

LAYOUTS = ("kazinform_2020", "kazinform_2022", "kazinform_2023", "astana_times", "qazaq_tv", "other")


@pytest.fixture(scope="module")
def sites() -> tuple[Site, ...]:
    with (ROOT / "config.toml").open("rb") as file:
        return tuple(Source(**table).site() for table in tomllib.load(file)["source"])


@pytest.fixture(scope="module")
def render() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_render", CORPUS / "render.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def articles() -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((CORPUS / "articles").glob("*.json"))]


def paragraphs_of(gold: dict[str, Any]) -> list[str]:
    return [tidy(paragraph) for paragraph in gold["paragraphs"]]


def check(article: Article, gold: dict[str, Any], *, to_the_minute: bool) -> None:
    """Title, every paragraph and the date are there, and no other story's headline; `to_the_minute` if the page is."""
    wanted = paragraphs_of(gold)
    assert [p for p in wanted if p not in article.paragraphs] == []
    assert not set(gold["related"]) & set(article.paragraphs)
    assert article.title == tidy(gold["title"])
    assert article.language == gold["lang"]
    assert body_f1(article, gold["paragraphs"]) >= 0.995
    published = datetime.fromisoformat(gold["published"]).astimezone(ALMATY)
    expected = published if to_the_minute else datetime.combine(published.date(), time(), ALMATY)
    assert article.published == expected
    assert article.published.utcoffset() == expected.utcoffset()


def tells_the_minute(layout: str, gold: dict[str, Any]) -> bool:
    """Qazaq TV's later pages show a day without a time; all others tell the minute somewhere."""
    return layout != "qazaq_tv" or datetime.fromisoformat(gold["published"]).year < 2023


def test_its_own_layout_gives_every_article_exactly(render: ModuleType, sites: tuple[Site, ...]) -> None:
    for gold in articles():
        layout = render.template(gold)
        article = read_page(layout(gold), sites=sites)
        check(article, gold, to_the_minute=tells_the_minute(layout.__name__, gold))
        assert list(article.paragraphs) == paragraphs_of(gold), gold["id"]
        assert (article.source or "other") == gold["source"]
        assert (article.article_id is not None) == (article.source is not None)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_without_knowing_the_site(layout: str, render: ModuleType) -> None:
    for gold in articles():
        check(read_page(getattr(render, layout)(gold)), gold, to_the_minute=tells_the_minute(layout, gold))


def test_the_first_look_lets_every_relevant_page_pass() -> None:
    for gold in articles():
        if gold["gold"]["relevant"]:
            assert may_concern_observers(f"<h1>{gold['title']}</h1><p>{'</p><p>'.join(gold['paragraphs'])}</p>"), gold[
                "id"
            ]


def test_the_real_page(sites: tuple[Site, ...]) -> None:
    article = read_page((CORPUS / "pages" / "kazinform-ru-20201201.html").read_bytes(), sites=sites)
    assert article.title == "Полностью обеспечить регион мясом птицы намерены в СКО"
    assert article.published == datetime.fromisoformat("2020-12-01T14:02:00+06:00")
    assert (article.source, article.language, article.article_id) == ("kazinform", "ru", "3725092")
    assert len(article.paragraphs) == 5
    assert article.author == "Олеся Жуковень"


@pytest.mark.parametrize("shown", [str, "\n".join], ids=["title and paragraphs", "lines"])
def test_plain_text_of_every_article(shown: Callable[[list[str]], str]) -> None:
    scores = []
    for gold in articles():
        text = (
            "\n\n".join([gold["title"], *gold["paragraphs"]])
            if shown is str
            else shown([gold["title"], *gold["paragraphs"]])
        )
        scores.append(body_f1(read_text(text), gold["paragraphs"]))
    assert sum(scores) / len(scores) >= 0.995


SEEDS = {
    "seed-astana_times-20210105-398": (7, "2021-01-05T00:00:00+06:00", None),
    "seed-astana_times-20230313-793": (9, None, "astana_times"),
    "seed-kazinform-20210105-398": (5, "2021-01-05T09:35:00+06:00", "kazinform"),
    "seed-kazinform-20221108-134": (5, "2022-11-08T15:15:00+06:00", "kazinform"),
    "seed-other-20070818-bulletin": (9, None, None),
}


@pytest.mark.parametrize("name", SEEDS)
def test_real_documents_in_plain_text(name: str) -> None:
    paragraphs, published, source = SEEDS[name]
    article = read_text((CORPUS / "seeds" / f"{name}.txt").read_text(encoding="utf-8"))
    assert len(article.paragraphs) == paragraphs
    assert all(len(paragraph) > 80 for paragraph in article.paragraphs)
    assert article.title == json.loads((CORPUS / "seeds" / f"{name}.json").read_text(encoding="utf-8")).get("title")
    assert article.published == (datetime.fromisoformat(published) if published else None)
    assert article.source == source
