"""The measurement of quality runs from a checkout, and its words are the reader's."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bench.quality import adding
from bench.quality.adding import Trial
from bench.quality.holding_out import Usage, hold_out, outlet_of
from bench.quality.rules import Use, differences, predicates, uses
from bench.quality.tidy import TABLES
from bench.quality.words import entries, matching, reading_with, used
from extract.report import read_report
from tests.extract.corpora import ROOT, digest, own, stories_of
from tests.extract.saying import article
from tests.extract.scoring import plain

README = ROOT / "bench" / "quality" / "README.md"


def test_the_command_writes_scores_losses_and_orphans(tmp_path: Path) -> None:
    page, list_ = tmp_path / "page.md", tmp_path / "orphans"
    command = [sys.executable, "-m", "bench.quality", "own.en_d", "--output", str(page), "--orphans", str(list_)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
    text = page.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("| en_zx | 30 |")], "articles never learned from"
    (row,) = [line for line in text.splitlines() if line.startswith("| own.en_d |")]
    assert row.split(" | ")[1] == str(len(stories_of("own.en_d")))
    assert digest("own.en_d")[:12] in row
    assert "| each outlet | English |" in text
    assert {line.split("\t")[-1] for line in list_.read_text(encoding="utf-8").splitlines()} == {"0", "1"}


def test_the_page_tells_the_options() -> None:
    told = README.read_text(encoding="utf-8")
    command = [sys.executable, "-m", "bench.quality", "--help"]
    offered = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300).stdout
    options = {word.strip("[],") for word in offered.split() if word.strip("[").startswith("--")} - {"--help"}
    assert {option for option in options if f"`{option}" not in told} == set()


def test_an_article_is_read_the_same_with_only_the_words_that_it_uses() -> None:
    for story in own("en_d"):
        with reading_with("en", used(story.article)):
            report = read_report(story.article)
        assert plain(story.article, report) == plain(story.article, story.report), story.id


def test_without_words_nothing_is_found_and_afterwards_everything_again() -> None:
    story = next(s for s in own("en_d") if s.report.figures)
    with reading_with("en", ()):
        assert read_report(story.article).figures == ()
        assert read_report(own("kk_b")[0].article) == own("kk_b")[0].report
    assert read_report(story.article) == story.report


def test_what_another_outlet_uses_too_is_not_dropped() -> None:
    stories = own("en_d")
    twins = [*stories, *stories]
    matched = {entry for story in stories for entry in used(story.article)}
    assert {group.dropped for group in hold_out(Usage(twins), lambda story: "all")} == {
        len(matched & set(entries("en")))
    }
    halves = iter(range(len(twins)))
    held = hold_out(Usage(twins), lambda story: "first" if next(halves) < len(stories) else "second")
    assert [(group.dropped, group.changed, group.loss) for group in held] == [(0, 0, 0), (0, 0, 0)]


def test_outlets_are_told_by_source_and_host() -> None:
    assert outlet_of(own("en_d")[0]) == "astana_times"
    assert {outlet_of(s) for s in own("ru_b")} >= {"kazinform", "zakon.kz"}
    assert outlet_of(own("ru")[0]) == "(no outlet known)"


def test_what_articles_lose_without_a_rule_is_told_and_the_rule_is_back_afterwards() -> None:
    stories = own("en_h")
    found = {name: predicates()[name] for name in ("parts._near", "still_waiting._came_on_top")}
    before = [differences(story) for story in stories]
    told = {use.name: use for use in uses(stories, found)}
    assert told["parts._near"].worse > 0
    assert told["still_waiting._came_on_top"] == Use("still_waiting._came_on_top", 3, 0, 0)
    assert [differences(story) for story in stories] == before


def test_words_are_tried_on_the_articles_in_which_they_stand() -> None:
    tried = {trial.word: trial for trial in adding.trials("en", "status", "proposed", ["presented", "qwertyish"])}
    assert tried["qwertyish"] == Trial("qwertyish", 0, 0, 0)
    assert tried["presented"].articles > tried["presented"].worse > 0, "certificates are presented, too"


def test_each_word_is_looked_for_by_itself() -> None:
    said = (article("The ministry put up for accreditation 41 observers."),)
    assert matching("en", ["put up", "put up for", "put up"], said) == {"put up": [0], "put up for": [0]}


def test_only_words_that_harm_nothing_are_written_each_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (shipped,) = (path for path in TABLES if path.parent.name == "en")
    table = tmp_path / "en" / "words.toml"
    table.parent.mkdir()
    table.write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr("bench.quality.adding.TABLES", [table])
    assert adding.main(["en", "proposed", "presented", "qwertyish", "--write"]) == 0
    before, after = (tomllib.loads(path.read_text(encoding="utf-8")) for path in (shipped, table))
    assert set(after["status"]["proposed"]) - set(before["status"]["proposed"]) == {"qwertyish"}
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["word", "presented", "qwertyish"]
    with pytest.raises(SystemExit, match="2"):
        adding.main(["en", "no such class", "presented"])


def test_the_command_lists_the_rules_of_a_file() -> None:
    command = [sys.executable, "-m", "bench.quality.rules", "own.en_h", "--file", "still_waiting"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300).stdout
    listed = {line.split()[0] for line in told.splitlines()[1:]}
    assert listed == {name for name in predicates() if name.startswith("still_waiting.")}
