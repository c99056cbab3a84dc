"""Status and basis weighed: clear traits prevail over rules that guess, never over a word, and the report says so."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bench.quality import teach
from extract.model import Basis, Status, Verdict
from extract.reading.weighing import Label, Weights, label_of, weigh, weights
from extract.report import read_report
from tests.extract.corpora import LANGUAGES, Story, own, own_sets
from tests.extract.saying import OPENING, article

BATCH = (Status.ACCREDITED, Basis.NEW)
RUNNING = (Status.ACCREDITED, Basis.CUMULATIVE)
PLANNED = (Status.ANNOUNCED, Basis.CUMULATIVE)
TEXT = "Foreign observers of the vote number 412. The commission accredited 37 more observers."


def story(*says: str, language: str = "en") -> Story:
    return Story("said", article(OPENING[language], *says, language=language), {"figures": []}, {})


def weighed(said: Story, told: Weights) -> dict[int, Label]:
    figures, found = teach.by_rules(said)
    weigh(figures, found, told)
    return {f.value: label_of(f) for f in figures}


def all_for(label: Label, hundredths: int) -> Weights:
    labels = weights().labels
    return Weights(labels, tuple(hundredths if one == label else 0 for one in labels), {})


def test_what_speaks_softly_changes_nothing() -> None:
    assert weighed(story(TEXT), all_for(PLANNED, 100)) == weighed(story(TEXT), all_for(PLANNED, 0))


def test_what_speaks_clearly_prevails_over_rules_that_guess() -> None:
    guessed = story("The OTS has eleven observers, the SCO 14.")
    assert set(weighed(guessed, all_for(RUNNING, 0)).values()) == {PLANNED}
    assert set(weighed(guessed, all_for(RUNNING, 500)).values()) == {RUNNING}


def test_a_word_of_its_own_clause_takes_more_to_be_overruled() -> None:
    """'accredited', 'more'"""
    assert weighed(story(TEXT), all_for(PLANNED, 500))[37] == BATCH
    assert weighed(story(TEXT), all_for(PLANNED, 900))[37] == PLANNED


def test_nothing_prevails_that_no_weight_speaks_of() -> None:
    for one in own("en")[:10]:
        figures, found = teach.by_rules(one)
        before = [label_of(f) for f in figures]
        weigh(figures, found, all_for(BATCH, 0))
        assert [label_of(f) for f in figures] == before


def changed(one: Story) -> set[int]:
    figures, found = teach.by_rules(one)
    before = [label_of(f) for f in figures]
    weigh(figures, found)
    return {f.value for f, b in zip(figures, before, strict=True) if label_of(f) != b}


def test_the_report_tells_which_figures_were_weighed() -> None:
    seen = 0
    for name in own_sets()[::4]:
        for one in own(name):
            told = {c.whole.value for c in one.report.checks if c.kind == "weighed"}
            assert told == changed(one)
            assert all(c.verdict is Verdict.UNKNOWN for c in one.report.checks if c.kind == "weighed")
            seen += bool(told)
    assert seen > 0


def test_values_scopes_and_evidence_are_never_touched() -> None:
    for name in own_sets()[1::6]:
        for one in own(name):
            figures, found = teach.by_rules(one)
            before = [(f.scope, f.value, f.position) for f in figures]
            weigh(figures, found)
            assert [(f.scope, f.value, f.position) for f in figures] == before


def test_the_weights_are_those_of_the_articles_that_are_there() -> None:
    learned_from = json.loads(teach.WEIGHTS.read_text(encoding="utf-8"))["learned_from"]
    assert learned_from == teach.digest_of_own(), "run `python -m bench.quality.teach`"


def test_what_is_learned_is_what_is_written_and_read() -> None:
    known = [e for language in LANGUAGES for one in own(language)[:12] for e in teach.examples(language, one)]
    learned = teach.learn(known)
    read = json.loads(teach.written(learned))
    assert [tuple(label) for label in read["labels"]] == list(learned.labels)
    assert {place: {n: tuple(row) for n, row in rows.items()} for place, rows in read["traits"].items()} == learned.of
    assert teach.written(teach.learn(known)) == teach.written(learned), "the same articles, the same weights"


def test_learning_from_a_batch_again_and_again_tells_batches() -> None:
    text = "The OTS has {} observers."
    as_batches = [
        replace(e, label=BATCH) for n in range(40, 70) for e in teach.examples("own.en", story(text.format(n)))
    ]
    running = [e for one in own("en")[:20] for e in teach.examples("own.en", one)]
    assert as_batches
    told = teach.learn([*as_batches * 3, *running])
    assert weighed(story(text.format(99)), told)[99] == BATCH


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_without_figures_is_weighed_without_harm(language: str) -> None:
    assert read_report(article(OPENING[language], language=language)).figures == ()
