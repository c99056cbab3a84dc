"""Generated texts about what becomes of observers, when, and how exactly it is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import Approx
from tests.extract.corpora import LANGUAGES
from tests.extract.grammar import BODIES, FEW, TOTALS, Sender, languages, large, small
from tests.extract.saying import PUBLISHED, Fact, facts, report_on

TODAY = PUBLISHED.date()


def total(n: int) -> Fact:
    return ("total", "accredited", "cumulative", n)


THEN_ACCREDITED: dict[str, tuple[Callable[[int], str], ...]] = {
    "en": (
        lambda n: f"The Foreign Ministry nominated {n} observers. The commission accredited all {n} of them.",
        lambda n: f"The Foreign Ministry nominated {n} observers, and the commission accredited them.",
    ),
    "ru": (
        lambda n: f"Министерство иностранных дел предложило {n} наблюдателей, и комиссия аккредитовала всех.",
        lambda n: f"МИД внес кандидатуры {n} наблюдателей. Комиссия аккредитовала всех {n} наблюдателей.",
    ),
    "kk": (
        lambda n: f"Сыртқы істер министрлігі {n} байқаушыны ұсынды. Комиссия осы {n} байқаушыны аккредиттеді.",
        lambda n: f"Сыртқы істер министрлігі ұсынған {n} байқаушы аккредиттелді.",
    ),
}


@FEW
@given(small, st.integers(0, 1), languages)
def test_nominated_and_then_accredited(n: int, form: int, language: str) -> None:
    text = THEN_ACCREDITED[language][form](n)
    assert {(f.scope, f.status.value, f.value) for f in report_on(text, language=language).figures} == {
        ("total", "accredited", n)
    }, text


def test_russian_pronouns_for_the_nominated() -> None:
    report = report_on("МИД предложил 30 наблюдателей. Комиссия аккредитовала их.", language="ru")
    assert [f.status.value for f in report.figures] == ["accredited"]


ANNOUNCED: dict[str, tuple[Callable[[int, str], str], ...]] = {
    "en": (
        lambda n, sender: f"{sender[0].upper()}{sender[1:]} plans to send {n} observers.",
        lambda n, sender: f"In the coming days, {n} observers are expected to arrive from {sender}.",
    ),
    "ru": (
        lambda n, sender: f"{sender} планирует направить {n} наблюдателей.",
        lambda n, sender: f"В ближайшие дни ожидается прибытие {n} наблюдателей от {sender}.",
    ),
    "kk": (
        lambda n, sender: f"{sender.removesuffix('-дан')} {n} байқаушы жіберуді жоспарлап отыр.",
        lambda n, sender: f"Жақын күндері {sender} {n} байқаушы келеді деп күтілуде.",
    ),
}


@FEW
@given(st.sampled_from(BODIES), large, large, st.integers(0, 1), languages)
def test_announced_beside_accredited(sender: Sender, n: int, announced: int, form: int, language: str) -> None:
    text = f"{TOTALS[language][1](n)} {ANNOUNCED[language][form](announced, sender.name(language))}"
    report = report_on(text, language=language)
    assert facts(report) == {total(n), (sender.scope, "announced", "cumulative", announced)}, text
    assert report.main is not None
    assert report.main.value == n


APPROXIMATIONS: dict[str, dict[Approx, Callable[[int], str]]] = {
    "en": {
        Approx.ABOUT: lambda n: f"About {n} observers have been accredited.",
        Approx.OVER: lambda n: f"More than {n} observers have been accredited.",
        Approx.UNDER: lambda n: f"Almost {n} observers have been accredited.",
    },
    "ru": {
        Approx.ABOUT: lambda n: f"Аккредитовано около {n} наблюдателей.",
        Approx.OVER: lambda n: f"Аккредитовано более {n} наблюдателей.",
        Approx.UNDER: lambda n: f"Аккредитовано почти {n} наблюдателей.",
    },
    "kk": {
        Approx.ABOUT: lambda n: f"{n}-ге жуық байқаушы аккредиттелді.",
        Approx.OVER: lambda n: f"{n}-ден астам байқаушы аккредиттелді.",
    },
}
rounded = st.integers(2, 9).map(lambda n: n * 100)
kinds = st.sampled_from(list(Approx))


@FEW
@given(rounded, kinds, languages)
def test_an_approximation_alone(n: int, kind: Approx, language: str) -> None:
    say = APPROXIMATIONS[language].get(kind, APPROXIMATIONS[language][Approx.ABOUT])
    kind = kind if kind in APPROXIMATIONS[language] else Approx.ABOUT
    report = report_on(say(n), language=language)
    assert [(f.scope, f.value, f.approx) for f in report.figures] == [("total", n, kind)]


NEAR = {Approx.ABOUT: (-3, 3), Approx.OVER: (1, 9), Approx.UNDER: (-9, -1)}


@FEW
@given(rounded, kinds, st.data(), languages)
def test_an_approximation_beside_the_exact_number(n: int, kind: Approx, data: st.DataObject, language: str) -> None:
    kind = kind if kind in APPROXIMATIONS[language] else Approx.ABOUT
    exact = n + data.draw(st.integers(*NEAR[kind]))
    report = report_on(f"{APPROXIMATIONS[language][kind](n)} {TOTALS[language][1](exact)}", language=language)
    assert [(f.value, f.approx) for f in report.figures] == [(exact, None)], (n, kind, exact)


WHEN: dict[str, dict[int, str]] = {
    "en": {0: "Today", -1: "Yesterday", -3: "On Monday", -2: "On Tuesday", -6: "On Friday"},
    "ru": {0: "Сегодня", -1: "Вчера", -3: "В понедельник", -2: "Во вторник", -6: "В пятницу"},
    "kk": {0: "Бүгін", -1: "Кеше", -3: "Дүйсенбі күні", -2: "Сейсенбі күні", -6: "Жұма күні"},
}
BATCH: dict[str, Callable[[int], str]] = {
    "en": lambda n: f", the commission accredited another {n} observers.",
    "ru": lambda n: f" комиссия аккредитовала еще {n} наблюдателей.",
    "kk": lambda n: f" комиссия тағы {n} байқаушыны аккредиттеді.",
}


@FEW
@given(small, st.sampled_from(list(WHEN["en"])), languages)
def test_days_told_from_today(n: int, step: int, language: str) -> None:
    report = report_on(WHEN[language][step] + BATCH[language](n), language=language)
    assert facts(report) == {("total", "accredited", "new", n)}
    assert report.as_of == TODAY + timedelta(days=step)


DEADLINES: dict[str, tuple[Callable[[int], str], ...]] = {
    "en": (
        lambda d: f"Accreditation ends on November {d}.",
        lambda d: f"Observers can be accredited until November {d}.",
        lambda d: f"The last day of accreditation is {d} November.",
    ),
    "ru": (
        lambda d: f"Аккредитация наблюдателей завершится {d} ноября.",
        lambda d: f"Аккредитация продлится до {d} ноября.",
        lambda d: f"Последний день аккредитации – {d} ноября.",
    ),
    "kk": (
        lambda d: f"Байқаушыларды аккредиттеу {d} қарашада аяқталады.",
        lambda d: f"Аккредиттеу {d} қарашаға дейін жалғасады.",
        lambda d: f"Аккредиттеудің соңғы күні – {d} қараша.",
    ),
}


@FEW
@given(large, st.integers(12, 18), st.integers(0, 2), languages)
def test_deadlines_close_nothing_yet(n: int, day: int, form: int, language: str) -> None:
    report = report_on(f"{TOTALS[language][1](n)} {DEADLINES[language][form](day)}", language=language)
    assert (facts(report), report.deadline, report.complete) == ({total(n)}, date(2022, 11, day), False)


CLOSINGS = {
    "en": ("Accreditation is over.", "The accreditation of observers has been completed."),
    "ru": ("Аккредитация наблюдателей завершена.", "Прием документов на аккредитацию наблюдателей окончен."),
    "kk": ("Байқаушыларды аккредиттеу аяқталды.", "Аккредиттеу мерзімі аяқталды."),
}


@FEW
@given(large, st.integers(0, 1), languages)
def test_closings(n: int, form: int, language: str) -> None:
    says = f"{TOTALS[language][1](n)} {CLOSINGS[language][form]}"
    report = report_on(says, language=language, published=PUBLISHED + timedelta(days=5))
    assert (facts(report), report.complete) == ({total(n)}, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_such_words_nothing_is_closed(language: str) -> None:
    report = report_on(TOTALS[language][1](398), language=language)
    assert (report.complete, report.deadline) == (False, None)
