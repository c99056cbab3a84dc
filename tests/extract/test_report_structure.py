"""What the structure of a text tells, whatever its words: rows, sums, sizes and the items of a list."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.saying import Fact, facts, report_on


def told(says: str, language: str) -> set[Fact]:
    return facts(report_on(*says.split(" | "), language=language))


@pytest.mark.parametrize(
    ("language", "says", "rough"),
    [
        (
            "en",
            "So far 412 foreign observers have been accredited. The chairman thinks of more than 900 in the end.",
            900,
        ),
        ("ru", "Аккредитованы 412 иностранных наблюдателей. В комиссии думают о более чем 900 наблюдателях.", 900),
        (
            "kk",
            "Осы уақытқа дейін 412 шетелдік байқаушы аккредиттелді. Комиссия ойынша, 900-ден астам байқаушы болады.",
            900,
        ),
    ],
)
def test_a_rough_figure_beyond_what_there_is_is_a_forecast(language: str, says: str, rough: int) -> None:
    figures = told(says, language)
    assert ("total", "accredited", "cumulative", 412) in figures
    assert {f for f in figures if f[3] == rough} <= {("total", "announced", "cumulative", rough)}


def test_a_rough_figure_that_may_be_the_exact_one_is_that() -> None:
    figures = told(
        "More than 400 observers have been accredited. | The exact number is 412 observers accredited.", "en"
    )
    assert figures == {("total", "accredited", "cumulative", 412)}


@pytest.mark.parametrize(
    ("says", "numbers"),
    [
        (
            "Двенадцать наблюдателей входят в миссию СНГ, трое являются представителями ОБСЕ, двое – ШОС.",
            {"organization:CIS": 12, "organization:OSCE": 3, "organization:SCO": 2},
        ),
        (
            "ОБСЕ провела в список 24 наблюдателя, ШОС - 12, СНГ - 15.",
            {"organization:OSCE": 24, "organization:SCO": 12, "organization:CIS": 15},
        ),
    ],
    ids=["the body behind the number", "a verb that nobody knows"],
)
def test_each_item_of_a_list_has_its_own_number_and_body(says: str, numbers: dict[str, int]) -> None:
    found = {scope: value for scope, _, _, value in told(f"Сегодня аккредитованы наблюдатели. {says}", "ru")}
    assert {scope: found.get(scope) for scope in numbers} == numbers


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "ru",
            (
                "Сегодня комиссия аккредитовала ещё 66 наблюдателей, всего их стало 228. | "
                "Среди них 23 наблюдателя от СНГ, 15 - от ШОС, 16 - от ОБСЕ."
            ),
        ),
        (
            "en",
            (
                "The commission accredited another 66 observers today, so that there are 228 in all. | "
                "They are 23 observers of the CIS, 15 of the SCO and 16 of the OSCE."
            ),
        ),
    ],
)
def test_a_list_belongs_to_the_batch_that_it_nearly_makes(language: str, says: str) -> None:
    figures = told(says, language)
    of_bodies = {(scope, basis) for scope, _, basis, _ in figures if scope.startswith("organization:")}
    assert of_bodies == {("organization:CIS", "new"), ("organization:SCO", "new"), ("organization:OSCE", "new")}


@pytest.mark.parametrize(
    ("language", "says", "scope", "value"),
    [
        ("en", "Of the 128 observers accredited, 63, are diplomats of embassies.", "diplomats", 63),
        ("ru", "Аккредитованы 264 наблюдателя. Ещё 36 аккредитованных - дипломаты посольств.", "diplomats", 36),
        ("ru", "Аккредитованы 402 наблюдателя. Другие 169 - корреспонденты зарубежных СМИ.", "journalists", 169),
    ],
)
def test_what_stands_behind_an_insertion_tells_what_they_are(language: str, says: str, scope: str, value: int) -> None:
    assert {f[0] for f in told(says, language) if f[3] == value} == {scope}


def test_figures_of_a_whole_office_are_its_own_in_a_text_on_its_mission() -> None:
    says = (
        "The OSCE Office for Democratic Institutions and Human Rights has opened its mission with 12 experts. | "
        "It asked the states of the OSCE for 300 short-term observers."
    )
    assert {f[0] for f in told(says, "en")} == {"organization:OSCE-ODIHR"}


@pytest.mark.parametrize(
    "aside",
    [
        "Last spring, at the parliamentary elections, the commission registered 858 observers.",
        "Last year's parliamentary elections drew 858 observers.",
    ],
)
def test_a_poll_of_another_kind_that_was_before_has_its_own_observers(aside: str) -> None:
    says = ("641 foreign observers were accredited for the presidential election of November 20.", aside)
    assert facts(report_on(*says, language="en")) == {("total", "accredited", "cumulative", 641)}


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "ru",
            "МИД аккредитовал 187 иностранных журналистов. Из них 96 работают здесь постоянно, 91 получил карточки.",
        ),
        (
            "kk",
            "Министрлік 187 шетелдік журналисті аккредиттеді. Олардың 96-сы тұрақты істейді, 91-іне куәлік берілді.",
        ),
    ],
)
def test_shares_that_make_a_number_of_media_people_are_media_people(language: str, says: str) -> None:
    assert told(says, language) == {("journalists", "accredited", "cumulative", n) for n in (187, 96, 91)}


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            "Some 120 foreign observers were accredited. “Much will change before November 14,” the secretary said.",
        ),
        ("en", "Some 120 foreign observers were accredited. The accreditation ends on Monday at 6 p.m."),
        ("ru", "Аккредитованы 120 иностранных наблюдателей. Новые документы МИД передаст в понедельник, 14 ноября."),
        ("kk", "120 шетелдік байқаушы аккредиттелген. Министрлік 14 қарашаны ұмытпауға шақырды."),
    ],
)
def test_whatever_is_said_of_the_last_day_by_law_while_it_is_ahead_names_the_deadline(language: str, says: str) -> None:
    assert report_on(says, language=language).deadline == date(2022, 11, 14)


def test_a_mission_that_arrives_on_that_day_names_no_deadline() -> None:
    says = (
        "So far 12 observers of the CIS work in Astana, the headquarters said. The rest will fly in after November 14."
    )
    assert report_on(says).deadline is None


def test_the_day_of_the_vote_is_no_deadline() -> None:
    says = "Those who want to be accredited for November 20 must apply by the deadline. It has 39 observers."
    assert report_on(says).deadline is None


def test_proposals_that_make_a_batch_are_that_batch() -> None:
    says = (
        "The commission accredited another 33 foreign observers.",
        "“ODIHR put forward 19 candidates, the SCO put forward 10, Jordan and Qatar put forward two each,” he said.",
    )
    assert {(f[0], f[1]) for f in facts(report_on(*says))} == {
        ("total", "accredited"),
        ("organization:OSCE-ODIHR", "accredited"),
        ("organization:SCO", "accredited"),
        ("country:JO", "accredited"),
        ("country:QA", "accredited"),
    }


def test_a_number_whose_list_holds_bodies_alone_is_their_subtotal_where_states_make_the_rest() -> None:
    says = (
        "Bodies keep sending people. To date accreditation was given to 47 of their observers. "
        "The CIS mission has 22, the SCO 16 and the Organization of Turkic States nine. "
        "Foreign states had 35 observers accredited. Thus there are 82 foreign observers on the list."
    )
    assert {f for f in facts(report_on(says)) if ":" not in f[0]} == {
        ("total", "accredited", "cumulative", 82),
        ("organizations", "accredited", "cumulative", 47),
        ("countries", "accredited", "cumulative", 35),
    }
