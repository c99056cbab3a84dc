"""Sentences put together by a small grammar of each language, with what they must be read as."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.corpora import LANGUAGES
from tests.extract.grammar import (
    BATCHES,
    BODIES,
    FEW,
    STATES,
    TOTALS,
    joined,
    languages,
    large,
    read_as,
    senders,
    small,
)
from tests.extract.saying import report_on


@FEW
@given(large, st.integers(0, 2), languages)
def test_a_total(n: int, form: int, language: str) -> None:
    total = ("total", "accredited", "cumulative", n)
    read_as(TOTALS[language][form](n), language, {total}, total)


@FEW
@given(small, large, st.integers(0, 2), st.booleans(), languages)
def test_a_batch_and_its_total(new: int, total: int, form: int, total_first: bool, language: str) -> None:
    sentences = [BATCHES[language](new), TOTALS[language][form](total)]
    main = ("total", "accredited", "cumulative", total)
    text = " ".join(reversed(sentences) if total_first else sentences)
    read_as(text, language, {main, ("total", "accredited", "new", new)}, main)


SUBTOTALS: dict[str, Callable[[int, int], str]] = {
    "en": lambda a, b: f"Of them, {a} represent international organizations and {b} represent foreign states.",
    "ru": lambda a, b: f"Из них {a} представляют международные организации, {b} – иностранные государства.",
    "kk": lambda a, b: f"Халықаралық ұйымдардан {a} байқаушы, шет мемлекеттерден {b} байқаушы келеді.",
}


@FEW
@given(large, small, st.integers(0, 2), languages)
def test_subtotals(organizations: int, states: int, form: int, language: str) -> None:
    total = organizations + states
    main = ("total", "accredited", "cumulative", total)
    expected = {
        main,
        ("organizations", "accredited", "cumulative", organizations),
        ("countries", "accredited", "cumulative", states),
    }
    text = f"{TOTALS[language][form](total)} {SUBTOTALS[language](organizations, states)}"
    read_as(text, language, expected, main)


LISTS: dict[str, tuple[Callable[[str, int], str], ...]] = {
    "en": (
        lambda name, n: f"{n} from {name}",
        lambda name, n: f"{name} – {n}",
        lambda name, n: f"{name} ({n})",
    ),
    "ru": (lambda name, n: f"{n} от {name}", lambda name, n: f"от {name} – {n}", lambda name, n: f"от {name} ({n})"),
    "kk": (lambda name, n: f"{name} {n}", lambda name, n: f"{name} – {n}", lambda name, n: f"{name} ({n})"),
}
INTRODUCTIONS = {"en": "They are", "ru": "Это наблюдатели", "kk": "Олар"}


@FEW
@given(st.data(), st.integers(0, 2), st.sampled_from([", ", "; "]), languages)
def test_a_list_of_bodies_that_adds_up(data: st.DataObject, form: int, mark: str, language: str) -> None:
    listed = data.draw(senders(BODIES, 3, 5))
    values = data.draw(st.lists(small, min_size=len(listed), max_size=len(listed), unique=True))
    items = [LISTS[language][form](s.name(language), n) for s, n in zip(listed, values, strict=True)]
    main = ("total", "accredited", "cumulative", sum(values))
    expected = {main, *((s.scope, "accredited", "cumulative", n) for s, n in zip(listed, values, strict=True))}
    text = f"{TOTALS[language][0](sum(values))} {INTRODUCTIONS[language]}: {mark.join(items)}."
    read_as(text, language, expected, main)


EACH: dict[str, Callable[[int, str], str]] = {
    "en": lambda n, names: f"{('One observer', 'Two observers')[n - 1]} each came from {names}.",
    "ru": lambda n, names: f"По {('одному наблюдателю', 'два наблюдателя')[n - 1]} аккредитовано от {names}.",
    "kk": lambda n, names: f"{names} {('бір-бірден', 'екі-екіден')[n - 1]} байқаушы аккредиттелді.",
}


@FEW
@given(st.data(), large, st.integers(1, 2), languages)
def test_so_many_each(data: st.DataObject, total: int, each: int, language: str) -> None:
    listed = data.draw(senders(STATES, 2, 6))
    main = ("total", "accredited", "cumulative", total)
    expected = {main, *((s.scope, "accredited", "cumulative", each) for s in listed)}
    names = joined([s.name(language) for s in listed], language)
    read_as(f"{TOTALS[language][0](total)} {EACH[language](each, names)}", language, expected, main)


PROPOSED: dict[str, Callable[[int], str]] = {
    "en": lambda n: f"The Foreign Ministry has proposed another {n} observers, whose papers are being considered.",
    "ru": lambda n: f"Министерство иностранных дел внесло предложение об аккредитации еще {n} наблюдателей.",
    "kk": lambda n: f"Сыртқы істер министрлігі тағы {n} байқаушыны аккредиттеуге ұсынды.",
}


@FEW
@given(large, small, languages)
def test_proposals_are_not_yet_accredited(total: int, proposed: int, language: str) -> None:
    main = ("total", "accredited", "cumulative", total)
    text = f"{TOTALS[language][0](total)} {PROPOSED[language](proposed)}"
    read_as(text, language, {main, ("total", "proposed", "new", proposed)}, main)


WITHDRAWN: dict[str, Callable[[int], str]] = {
    "en": lambda n: f"The accreditation of {n} observers was revoked.",
    "ru": lambda n: f"Аккредитация {n} наблюдателей отозвана.",
    "kk": lambda n: f"{n} байқаушының аккредитациясы кері қайтарылды.",
}


@FEW
@given(large, small, languages)
def test_withdrawals(total: int, withdrawn: int, language: str) -> None:
    main = ("total", "accredited", "cumulative", total)
    report = report_on(f"{TOTALS[language][0](total)} {WITHDRAWN[language](withdrawn)}", language=language)
    found = {(f.scope, f.status.value, f.value) for f in report.figures}
    assert found == {("total", "accredited", total), ("total", "withdrawn", withdrawn)}
    assert report.main is not None
    assert (report.main.scope, report.main.status.value, report.main.basis.value, report.main.value) == main


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_every_sender_is_known(language: str) -> None:
    """Else a failure above would be one of names."""
    for sender in (*BODIES, *STATES):
        report = report_on(
            f"{TOTALS[language][0](99)} {LISTS[language][0](sender.name(language), 12)}.", language=language
        )
        assert sender.scope in {f.scope for f in report.figures}, sender
