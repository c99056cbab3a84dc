"""What the reader finds in articles with known answers, against floors that only go up (floors.toml)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from extract import read
from extract.model import Report, Verdict
from extract.page.article import read_text
from extract.reading.plausible import FEWEST
from extract.report import read_report
from tests.extract import floors
from tests.extract.corpora import (
    LANGUAGES,
    SHARED,
    Story,
    everything,
    needs_shared,
    own,
    own_sets,
    renderer,
    shared,
    sites,
)
from tests.extract.scoring import CEILINGS, Score, plain, score

FLOORS = floors.floors(floors.table(floors.PATH.read_text(encoding="utf-8")))
SEEDS = (
    "seed-astana_times-20210105-398",
    "seed-astana_times-20230313-793",
    "seed-kazinform-20210105-398",
    "seed-kazinform-20221108-134",
    "seed-other-20070818-bulletin",
)


def reach(found: Score, least: dict[str, float]) -> None:
    """Fail with the measures below their floors and all that differs."""
    measured = found.measured
    below = {
        name: f"{measured[name]:.3f}, not {floor}"
        for name, floor in least.items()
        if (measured[name] > floor if name in CEILINGS else measured[name] < floor)
    }
    assert not below, "\n".join([str(below), *found.misses])


@pytest.mark.parametrize("name", own_sets())
def test_our_own_articles(name: str) -> None:
    stories = own(name)
    reach(score((s, s.report) for s in stories), FLOORS.get(f"own.{name}", {}))


def test_no_article_is_known_twice() -> None:
    ids = [s.id for name in own_sets() for s in own(name)]
    assert len(set(ids)) == len(ids)


@needs_shared
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shared_articles(language: str) -> None:
    reach(score((s, s.report) for s in shared(language)), FLOORS[f"shared.{language}"])


@needs_shared
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shared_articles_as_pages_of_their_outlets(language: str) -> None:
    reports = [(s, page_of(s)) for s in shared(language)]
    reach(score(reports), FLOORS[f"shared.{language}"])
    differs = [s.id for s, report in reports if plain(s.article, report) != plain(s.article, s.report)]
    assert differs == []


def page_of(story: Story) -> Report:
    """The report read from the page as its outlet would serve it."""
    render: Any = renderer()
    return read(render.template(story.raw)(story.raw), sites=sites())[1]


@needs_shared
@pytest.mark.parametrize("name", SEEDS)
def test_real_documents_exactly(name: str) -> None:
    gold = json.loads((SHARED / "seeds" / f"{name}.json").read_text(encoding="utf-8"))["gold"]
    article = read_text((SHARED / "seeds" / f"{name}.txt").read_text(encoding="utf-8"), sites=sites())
    found = score([(Story(name, article, gold, {}), read_report(article))])
    assert found.misses == []


@needs_shared
def test_a_real_misprint_is_noticed() -> None:
    """The agency's text gives 31 observers of states where 398 - 322 leaves 76."""
    article = read_text((SHARED / "seeds" / "seed-kazinform-20210105-398.txt").read_text(encoding="utf-8"))
    failing = [c for c in read_report(article).checks if c.verdict is Verdict.FAILS]
    assert [(c.kind, c.difference, c.likely_slip) for c in failing] == [("subtotals", 45, "countries 31 -> 76")]


@needs_shared
def test_the_same_numbers_without_the_misprint_add_up() -> None:
    article = read_text((SHARED / "seeds" / "seed-astana_times-20210105-398.txt").read_text(encoding="utf-8"))
    assert {c.verdict for c in read_report(article).checks} == {Verdict.HOLDS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_gold_has_fewer_people_than_can_be(language: str) -> None:
    """What the reader leaves out as too small for a total, no careful reader found to be one."""
    told = [(story.id, figure) for story in everything(language) for figure in story.gold["figures"]]
    scopes = {figure["scope"] for _, figure in told}
    assert set(FEWEST) <= scopes
    fewer = [(n, f) for n, f in told if f["value"] < FEWEST.get(f["scope"], 0) and f["status"] != "withdrawn"]
    assert fewer == []
