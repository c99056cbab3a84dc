"""Status and basis weighed: clear traits prevail over rules that guess, never over a word, and the report says so."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bench.quality import teach
from bench.quality.examples import by_rules, collecting, of_state
from bench.quality.stories import digest_of_own
from extract.model import Basis, Status, Verdict, Where
from extract.reading.agreeing import Label, label_of
from extract.reading.counted import Counted
from extract.reading.hearing import known_trust
from extract.reading.mentions import Mention
from extract.reading.people import People
from extract.reading.resolve import resolve
from extract.reading.statements import Statements
from extract.reading.weighing import weigh, weights_of_states
from extract.reading.weights import Weights
from extract.reading.whose import Whose
from extract.report import read_report, scopes_of
from tests.extract.corpora import LANGUAGES, Story, own, own_sets
from tests.extract.saying import OPENING, article

BATCH = (Status.ACCREDITED, Basis.NEW)
RUNNING = (Status.ACCREDITED, Basis.CUMULATIVE)
PLANNED = (Status.ANNOUNCED, Basis.CUMULATIVE)
TEXT = "Foreign observers of the vote number 412. The commission accredited 37 more observers."


def story(*says: str, language: str = "en") -> Story:
    return Story("said", article(OPENING[language], *says, language=language), {"figures": []}, {})


def figures_of(said: Story) -> tuple[list[Mention], Statements]:
    """The figures by the rules."""
    figures, found = by_rules(said)
    assert found is not None
    return figures, found


def weighed(said: Story, told: Weights[Label]) -> dict[int, Label]:
    figures, found = figures_of(said)
    weigh(figures, found, {"state": told, "trust": known_trust()})
    return {f.value: label_of(f) for f in figures}


def all_for(label: Label, hundredths: int) -> Weights[Label]:
    labels = weights_of_states().labels
    return Weights(labels, tuple(hundredths if one == label else 0 for one in labels), {})


def test_what_speaks_softly_changes_nothing() -> None:
    assert weighed(story(TEXT), all_for(PLANNED, 100)) == weighed(story(TEXT), all_for(PLANNED, 0))


def test_what_speaks_clearly_prevails_over_rules_that_guess() -> None:
    guessed = story("The OTS has eleven observers, the SCO 14.")
    assert set(weighed(guessed, all_for(RUNNING, 0)).values()) == {PLANNED}
    assert set(weighed(guessed, all_for(RUNNING, 500)).values()) == {RUNNING}


def test_words_of_its_own_clause_are_believed() -> None:
    """'accredited', 'more'"""
    assert weighed(story(TEXT), all_for(PLANNED, 150))[37] == BATCH


def test_nothing_prevails_that_no_weight_speaks_of() -> None:
    for one in own("en")[:10]:
        figures, found = figures_of(one)
        before = [label_of(f) for f in figures]
        weigh(figures, found, {"state": all_for(BATCH, 0), "trust": known_trust()})
        assert [label_of(f) for f in figures] == before


def by_rules_and_read(one: Story) -> tuple[set[tuple[str, int, Label]], set[tuple[str, int, Label]]]:
    """An article's figures by rules alone, and as the report has them."""
    figures, _ = by_rules(one)
    rules = {(scope, f.value, label_of(f)) for f in figures for scope in scopes_of(f)}
    return rules, {(f.scope, f.value, (f.status, f.basis)) for f in one.report.figures}


def test_the_report_tells_which_figures_were_weighed() -> None:
    seen = 0
    for name in own_sets()[::4]:
        for one in own(name):
            told = {c.whole.value for c in one.report.checks if c.kind == "weighed"}
            rules, read = by_rules_and_read(one)
            assert bool(told) or read <= rules
            assert all(c.verdict is Verdict.UNKNOWN for c in one.report.checks if c.kind == "weighed")
            seen += bool(told)
    assert seen > 0


def test_weights_change_no_number_and_no_evidence_of_one() -> None:
    for name in own_sets()[1::6]:
        for one in own(name):
            for figure in one.report.figures:
                texts = {Where.TITLE: one.article.title or "", Where.BODY: "\n".join(one.article.paragraphs)}
                text = texts[figure.evidence.where]
                assert text[figure.evidence.start : figure.evidence.end] == figure.evidence.text


def read_by(
    said: Story, section: str, label: Whose | Counted | People, hundredths: int, noun: str | None = None
) -> dict[int, str | None]:
    """Values and scopes where all traits speak for one label of a section, or the numbers' noun does, and no other."""
    kinds: dict[str, Any] = {"whose": Whose, "counted": Counted, "people": People, "state": (BATCH, RUNNING)}
    labels: dict[str, tuple[Any, ...]] = {name: tuple(kind) for name, kind in kinds.items()}
    told: dict[str, Any] = {name: Weights(of, (0,) * len(of), {}) for name, of in labels.items()}
    speaks = tuple(hundredths if one is label else 0 for one in labels[section])
    nothing = (0,) * len(speaks)
    by_noun = {"noun": {noun: speaks}} if noun else {}
    told[section] = Weights(labels[section], nothing if noun else speaks, by_noun)
    told["trust"] = known_trust()
    collect = collecting(said)
    assert collect is not None
    return {f.value: f.scope for f in resolve(collect, told)[0]}


@pytest.mark.parametrize(("hundredths", "taken"), [(100, False), (900, True)])
def test_a_number_that_rules_refuse_is_taken_where_its_traits_speak_clearly(hundredths: int, taken: bool) -> None:
    said = story("The commission accredited 64 observers. When the clerks went home, the board said 81.")
    assert (81 in read_by(said, "counted", Counted.OBSERVERS, hundredths)) is taken


@pytest.mark.parametrize(("hundredths", "kept"), [(200, True), (900, False)])
def test_a_bare_number_is_left_out_only_where_they_speak_very_clearly(hundredths: int, kept: bool) -> None:
    said = story("The OTS has eleven observers, the SCO 14. It said 77.")
    assert (14 in read_by(said, "counted", Counted.OTHERS, hundredths)) is kept


@pytest.mark.parametrize(("sent_by_the_sco", "kept"), [(3, True), (4, False)])
def test_a_number_that_a_row_of_senders_makes_is_not_left_out(sent_by_the_sco: int, kept: bool) -> None:
    row = f"seven from the CIS and {sent_by_the_sco} from the SCO"
    said = story(f"The commission accredited 82 observers. Ten of the 82 were approved on Monday: {row}. It said 77.")
    assert (10 in read_by(said, "counted", Counted.OTHERS, 900, noun="bare")) is kept


@pytest.mark.parametrize(("hundredths", "scope"), [(50, "total"), (900, "organization:OTS")])
def test_whose_they_are_is_weighed_where_no_sender_stands_beside(hundredths: int, scope: str) -> None:
    said = story("The mission of the OTS met the press. In all 23 observers were accredited.")
    assert (read_by(said, "whose", Whose.SENDER, hundredths)[23] or "total") == scope


@pytest.mark.parametrize(("hundredths", "scope"), [(50, None), (150, "diplomats")])
def test_a_refused_number_counts_the_people_that_its_traits_speak_for(hundredths: int, scope: str | None) -> None:
    said = story("The commission accredited 64 observers. When the clerks went home, the board said 81.")
    read = read_by(said, "people", People.DIPLOMATS, hundredths, noun="bare")
    assert read[64] in {None, "total"}
    assert read.get(81, "refused") == (scope or "refused")


@pytest.mark.parametrize("people", [People.DOMESTIC, People.DOMESTIC_ORGANIZATIONS, People.JOURNALISTS])
def test_accepted_numbers_count_other_people_where_their_traits_speak_clearly(people: People) -> None:
    said = story("The commission accredited 64 people to observe the vote.")
    assert read_by(said, "people", people, 50, noun="person")[64] in {None, "total"}
    assert read_by(said, "people", people, 150, noun="person")[64] == people.value


@pytest.mark.parametrize(("hundredths", "left"), [(150, False), (300, True)])
def test_people_who_observe_nothing_are_left_out_only_where_no_noun_of_observers_counts_them(
    hundredths: int, left: bool
) -> None:
    said = story("The commission accredited 64 people to observe the vote.")
    assert (64 not in read_by(said, "people", People.OTHERS, hundredths, noun="person")) is left
    named = story("The commission accredited 64 observers of the vote.")
    assert 64 in read_by(named, "people", People.OTHERS, 900, noun="observer")


def test_the_weights_are_those_of_the_articles_that_are_there() -> None:
    learned_from = json.loads(teach.WEIGHTS.read_text(encoding="utf-8"))["learned_from"]
    assert learned_from == digest_of_own(), "run `python -m bench.quality.teach`"


def test_what_is_learned_is_what_is_written_and_read() -> None:
    known = [e for language in LANGUAGES for one in own(language)[:12] for e in of_state(language, one)]
    learned = teach.learn(known)
    read = json.loads(teach.written({"state": learned}))["state"]
    assert [tuple(label) for label in read["labels"]] == list(learned.labels)
    assert {place: {n: tuple(row) for n, row in rows.items()} for place, rows in read["traits"].items()} == learned.of
    again = teach.written({"state": teach.learn(known)})
    assert again == teach.written({"state": learned}), "the same articles, the same weights"


def test_learning_from_a_batch_again_and_again_tells_batches() -> None:
    text = "The OTS has {} observers."
    as_batches = [replace(e, label=BATCH) for n in range(40, 70) for e in of_state("own.en", story(text.format(n)))]
    running = [e for one in own("en")[:20] for e in of_state("own.en", one)]
    assert as_batches
    told = teach.learn([*as_batches * 3, *running])
    assert weighed(story(text.format(99)), told)[99] == BATCH


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_without_figures_is_weighed_without_harm(language: str) -> None:
    assert read_report(article(OPENING[language], language=language)).figures == ()
