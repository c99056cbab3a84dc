"""The sums that a careful reader makes: what holds, what fails and by how much, and what cannot be told."""

from __future__ import annotations

from typing import Any

import pytest

from extract.model import Approx, Basis, Check, Evidence, Figure, Report, Status, Verdict, Where
from extract.reading.checks import check
from tests.extract.corpora import LANGUAGES, everything
from tests.extract.saying import report_on

HOLDS, FAILS, UNKNOWN = Verdict.HOLDS, Verdict.FAILS, Verdict.UNKNOWN

TWO_SUBTOTALS = {
    "en": (
        "The commission has accredited 398 international observers for the election. Of them, 322 observers represent"
        " 10 international organizations and {} observers represent 31 foreign states."
    ),
    "ru": (
        "Комиссия аккредитовала на выборы 398 международных наблюдателей. Из них 322 представляют 10 международных"
        " организаций, {} – 31 иностранное государство."
    ),
    "kk": (
        "Комиссия сайлауға 398 халықаралық байқаушыны аккредиттеді. 10 халықаралық ұйымнан 322 байқаушы,"
        " 31 шет мемлекеттен {} байқаушы келеді."
    ),
}


def only(report: Report, kind: str) -> Check:
    """The report's one check of a kind."""
    (check,) = [c for c in report.checks if c.kind == kind]
    return check


def terms(check: Check) -> tuple[int, list[int]]:
    return check.whole.value, [p.value for p in check.parts]


@pytest.mark.parametrize("language", TWO_SUBTOTALS)
@pytest.mark.parametrize(
    ("states", "verdict", "difference", "slip"),
    [(76, HOLDS, 0, None), (70, FAILS, 6, None), (31, FAILS, 45, "countries 31 -> 76")],
)
def test_subtotals(states: int, verdict: Verdict, difference: int, slip: str | None, language: str) -> None:
    """The count of states in the place of their observers is the misprint that real pages make."""
    check = only(report_on(TWO_SUBTOTALS[language].format(states), language=language), "subtotals")
    assert terms(check) == (398, [322, states])
    assert (check.verdict, check.difference, check.likely_slip) == (verdict, difference, slip)


def test_a_misprint_is_told_and_kept() -> None:
    report = report_on(TWO_SUBTOTALS["en"].format(31))
    assert report.main is not None
    assert report.main.value == 398
    assert [f.value for f in report.figures if f.scope == "countries"] == [31]


def test_one_subtotal_is_no_sum() -> None:
    report = report_on("The commission has accredited 398 international observers, 322 of them from organizations.")
    assert [c for c in report.checks if c.kind == "subtotals"] == []


def test_rounded_numbers_are_no_terms() -> None:
    text = TWO_SUBTOTALS["en"].format(70).replace("398", "almost 400")
    assert [c for c in report_on(text).checks if c.kind == "subtotals"] == []


PARTS = (
    "The commission has accredited 398 international observers for the election. Of them, 322 observers represent"
    " {} international organizations: the CIS – 200, the SCO – 100 and the OIC – {}. The other 76 come from states."
)


@pytest.mark.parametrize(
    ("count", "last", "verdict", "difference"),
    [("three", 22, HOLDS, 0), ("three", 20, FAILS, 2), ("three", 40, FAILS, -18), ("four", 20, UNKNOWN, None)],
)
def test_parts_of_a_subtotal(count: str, last: int, verdict: Verdict, difference: int | None) -> None:
    """A list that names fewer bodies than the text counts need not sum up."""
    check = only(report_on(PARTS.format(count, last)), "parts")
    assert terms(check) == (322, [200, 100, last])
    assert (check.verdict, check.difference) == (verdict, difference)


def test_parts_of_a_total() -> None:
    report = report_on("The commission has accredited 100 observers: from the CIS (60), the SCO (30) and the OIC (10).")
    check = only(report, "parts")
    assert (check.verdict, *terms(check)) == (HOLDS, 100, [60, 30, 10])


BATCH = {
    "en": "The commission accredited another 123 observers today. The total number of observers rose from 125 to {}.",
    "ru": "Сегодня аккредитовано еще 123 наблюдателя. Ранее было аккредитовано 125 наблюдателей. Теперь их {}.",
    "kk": (
        "Комиссия бүгін тағы 123 халықаралық байқаушыны аккредиттеді. Бұған дейін 125 байқаушы аккредиттелген."
        " Барлығы {} байқаушы аккредиттелді."
    ),
}


@pytest.mark.parametrize("language", BATCH)
@pytest.mark.parametrize(("total", "verdict", "difference"), [(248, HOLDS, 0), (250, FAILS, 2), (247, FAILS, -1)])
def test_a_batch_and_the_total_before_it(total: int, verdict: Verdict, difference: int, language: str) -> None:
    check = only(report_on(BATCH[language].format(total), language=language), "batch")
    assert terms(check) == (total, [125, 123])
    assert (check.verdict, check.difference) == (verdict, difference)


def test_other_batches_may_lie_between_an_earlier_total_and_a_batch() -> None:
    """What is missing is more than the batch itself, and no slip explains it."""
    assert only(report_on(BATCH["en"].format(399)), "batch").verdict is UNKNOWN


@pytest.mark.parametrize(("total", "verdict", "parts"), [(245, HOLDS, 3), (248, HOLDS, 2), (240, FAILS, 3)])
def test_withdrawals_count_where_the_total_is_less_them(total: int, verdict: Verdict, parts: int) -> None:
    """Some commissions take the withdrawn off the total at once, some later."""
    text = BATCH["en"].format(total) + " The accreditation of three observers was revoked."
    check = only(report_on(text), "batch")
    assert (check.verdict, len(check.parts)) == (verdict, parts)


def test_an_earlier_total_needs_no_sum_to_be_one() -> None:
    report = report_on(
        "The commission accredited another 123 international observers today. Earlier, 125 observers had been"
        " accredited. Thus, the total number of accredited observers reached 250."
    )
    assert only(report, "batch").verdict is FAILS


@pytest.mark.parametrize(
    ("count", "verdict", "difference"), [("four", HOLDS, 0), ("three", FAILS, -1), ("seven", UNKNOWN, None)]
)
def test_states_counted_and_named(count: str, verdict: Verdict, difference: int | None) -> None:
    """More names than counted are wrong; fewer may be some of them."""
    text = f"The commission accredited 43 observers from {count} states: Italy, Latvia, Serbia and Japan."
    check = only(report_on(text), "names")
    assert (check.verdict, check.difference) == (verdict, difference)


def test_bodies_counted_and_named() -> None:
    text = "The commission accredited 43 observers of three international organizations: the CIS, the SCO and the OIC."
    assert only(report_on(text), "names").verdict is HOLDS


def test_nothing_to_check_is_no_check() -> None:
    assert report_on("The commission has accredited 43 international observers for the election.").checks == ()


def test_kazakh_subtotals_with_their_noun() -> None:
    report = report_on(
        "Комиссия сайлауға 398 халықаралық байқаушыны аккредиттеді. Олардың 322 байқаушысы 10 халықаралық ұйымнан,"
        " 76 байқаушысы 31 шет мемлекеттен.",
        language="kk",
    )
    assert only(report, "subtotals").verdict is HOLDS


MISPRINTS = {"kazinform-20160315-815-misprint": "subtotals"}
"""Articles whose own numbers do not add up."""


@pytest.mark.parametrize("kind", ["batch", "subtotals", "parts", "names"])
def test_what_adds_up_in_the_articles_does_not_fail(kind: str) -> None:
    failing = {
        story.id
        for language in LANGUAGES
        for story in everything(language)
        if any(c.kind == kind and c.verdict is FAILS for c in story.report.checks)
    }
    assert failing == {name for name, misprinted in MISPRINTS.items() if misprinted == kind}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_careful_reader_finds_does_not_fail(language: str) -> None:
    """The checks of the known answers, whatever the reader makes of the articles."""
    failing = {
        story.id: [c.kind for c in checked(story.gold) if c.verdict is FAILS]
        for story in everything(language)
        if any(c.verdict is FAILS for c in checked(story.gold))
    }
    assert set(failing) <= set(MISPRINTS)


def checked(gold: dict[str, Any]) -> tuple[Check, ...]:
    """The checks of an article's known figures."""
    nowhere = Evidence("", 0, 0, Where.BODY)
    figures = [
        Figure(
            f["scope"],
            Status(f["status"]),
            Basis(f["basis"]),
            f["value"],
            Approx(f["approx"]) if f["approx"] else None,
            nowhere,
        )
        for f in gold["figures"]
    ]
    stated = {"organizations": gold["organization_count"], "countries": gold["country_count"]}
    named = {"organizations": len(gold["organizations_named"]), "countries": len(gold["countries_named"])}
    return check(figures, {scope: count for scope, count in stated.items() if count is not None}, named)


@pytest.mark.parametrize(
    ("aside", "verdict"),
    [("One body has recalled its observer.", Verdict.UNKNOWN), ("Voting is on November 20.", Verdict.FAILS)],
)
def test_a_batch_may_fall_short_by_those_who_left_uncounted(aside: str, verdict: Verdict) -> None:
    says = "The commission accredited another 34 observers today. The total number of observers rose from 43 to 76."
    assert only(report_on(f"{says} {aside}"), "batch").verdict is verdict
