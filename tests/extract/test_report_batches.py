"""Batches whose state another sentence tells, shares named by who sends them, and numbers of others beside them."""

from __future__ import annotations

from datetime import date

import pytest

from extract.model import Status
from extract.report import read_report
from tests.extract.saying import Fact, article, facts, report_on

ACCREDITED = ("accredited", "cumulative")
BATCH = ("accredited", "new")
PLANNED = ("announced", "cumulative")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Комиссия аккредитовала новых наблюдателей. Документы на 23 человека ранее передал МИД, все они одобрены."
            " Одиннадцать поедут от СНГ, остальные"
            " двенадцать - от ОБСЕ. После этого решения аккредитованы 140 наблюдателей.",
            {
                ("total", *BATCH, 23),
                ("organization:CIS", *BATCH, 11),
                ("organization:OSCE", *BATCH, 12),
                ("total", *ACCREDITED, 140),
            },
            id="papers handed in and approved",
        ),
        pytest.param(
            "МИД внес кандидатуры 31 наблюдателя, возражений ни по одной не возникло. Аккредитованных стало 174.",
            {("total", *BATCH, 31), ("total", *ACCREDITED, 174)},
            id="nobody objected",
        ),
        pytest.param(
            "На заседании аккредитованы 57 наблюдателей. «На утро было 265, теперь 322», - уточнил он.",
            {("total", *BATCH, 57), ("total", *ACCREDITED, 265), ("total", *ACCREDITED, 322)},
            id="the batch lies between two numbers without a noun",
        ),
        pytest.param(
            "В понедельник аккредитовали еще 31 наблюдателя, во вторник - 12. Всего их теперь 243.",
            {("total", *BATCH, 31), ("total", *BATCH, 12), ("total", *ACCREDITED, 243)},
            id="batches of two days",
        ),
        pytest.param(
            "Более трехсот наблюдателей, а точнее 322, аккредитованы.", {("total", *ACCREDITED, 322)}, id="to be exact"
        ),
        pytest.param(
            "Трое наблюдателей отказались от участия. ЦИК отозвал их аккредитацию, в списке осталось 319 наблюдателей.",
            {("total", "withdrawn", "new", 3), ("total", *ACCREDITED, 319)},
            id="those who remain",
        ),
        pytest.param(
            "Аккредитованы 12 наблюдателей. Пятеро - из Китая, четверо - из Индии, трое - из Ирана.",
            {
                ("total", *ACCREDITED, 12),
                ("country:CN", *ACCREDITED, 5),
                ("country:IN", *ACCREDITED, 4),
                ("country:IR", *ACCREDITED, 3),
            },
            id="a list in numbers alone",
        ),
    ],
)
def test_batches(text: str, expected: set[Fact]) -> None:
    assert facts(report_on(text, language="ru")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Аккредитованы 40 наблюдателей. 25 человек включены в миссию СНГ. Еще 15 наблюдателей - сотрудники"
            " посольств иностранных государств.",
            {("total", *ACCREDITED, 40), ("organization:CIS", *ACCREDITED, 25), ("diplomats", *ACCREDITED, 15)},
            id="what they are, told behind a dash",
        ),
        pytest.param(
            "В составе миссии СНГ аккредитованы 327 наблюдателей. В регионах работают 34 сотрудника миссии, входящие в"
            " это число.",
            {("organization:CIS", *ACCREDITED, 327), ("organization:CIS", *ACCREDITED, 34)},
            id="included in the number",
        ),
        pytest.param(
            "На участках города дежурят 1240 наблюдателей. Больше всего, 860 человек, выставили партии, остальные 380"
            " представляют общественные объединения.",
            {("domestic", *PLANNED, 1240), ("domestic", *PLANNED, 860), ("domestic", *PLANNED, 380)},
            id="local ones by who puts them out",
        ),
        pytest.param(
            "ТюркПА направит на выборы 11 наблюдателей: четверых из Азербайджана, троих из Турции, двоих из Кыргызстана"
            " и двоих сотрудников секретариата.",
            {
                ("organization:TURKPA", *PLANNED, 11),
                ("country:AZ", *PLANNED, 4),
                ("country:TR", *PLANNED, 3),
                ("country:KG", *PLANNED, 2),
                ("organization:TURKPA", *PLANNED, 2),
            },
            id="a body's delegation",
        ),
        pytest.param(
            "БДИПЧ ОБСЕ обратилось к государствам - участникам ОБСЕ с просьбой предоставить 400 краткосрочных"
            " наблюдателей.",
            {("organization:OSCE-ODIHR", *PLANNED, 400)},
            id="asked of states",
        ),
    ],
)
def test_shares(text: str, expected: set[Fact]) -> None:
    assert facts(report_on(text, language="ru")) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("На парламентских выборах 2021 года их было 398.", id="another kind of poll in another year"),
        pytest.param("Наблюдатели СНГ побеседовали с каждым из шести кандидатов.", id="candidates met"),
        pytest.param("В семинаре для избиркомов участвовали 180 человек.", id="trained"),
        pytest.param("В аккредитации отказано двум представителям фонда.", id="refused"),
        pytest.param("Партия выдвинула четырех кандидатов.", id="a party's candidates"),
        pytest.param("На участке могут находиться до пяти наблюдателей.", id="a rule"),
    ],
)
def test_numbers_of_others(text: str) -> None:
    accredited = "На выборы аккредитованы 97 наблюдателей."
    assert facts(report_on(accredited, text, language="ru")) == {("total", *ACCREDITED, 97)}


@pytest.mark.parametrize(
    ("language", "sent", "handed_in", "not_yet"),
    [
        (
            "en",
            "Belarus will send two observers.",
            "Their papers have been handed in to the commission.",
            "Their papers have not been handed in yet.",
        ),
        (
            "ru",
            "Белорусский Центризбирком направит на выборы двух наблюдателей.",
            "Их кандидатуры уже переданы в ЦИК.",
            "Их кандидатуры в ЦИК пока не переданы.",
        ),
        (
            "kk",
            "Беларусь екі байқаушы жібереді.",
            "Олардың құжаттары комиссияға тапсырылды.",
            "Олардың құжаттары әлі тапсырылған жоқ.",
        ),
    ],
)
def test_papers_of_those_to_be_sent_are_handed_in(language: str, sent: str, handed_in: str, not_yet: str) -> None:
    def stated(behind: str) -> list[tuple[str, Status, int]]:
        figures = report_on(f"{sent} {behind}", language=language).figures
        return [(f.scope, f.status, f.value) for f in figures]

    assert stated(handed_in) == [("country:BY", Status.PROPOSED, 2)]
    assert stated(not_yet) == [("country:BY", Status.ANNOUNCED, 2)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("Число аккредитованных достигло 421 человека.", date(2022, 11, 9), id="the batch's decision"),
        pytest.param("По состоянию на сегодня аккредитован 421 человек.", date(2022, 11, 10), id="as of today"),
    ],
)
def test_the_day_of_a_total_behind_its_batch(text: str, day: date) -> None:
    report = report_on(
        "ЦИК аккредитовал еще 117 иностранных наблюдателей. Постановление принято накануне, 9 ноября.",
        "По два наблюдателя делегировали Япония и Израиль.",
        text,
        language="ru",
    )
    assert report.as_of == day


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The accreditation of observers began on October 10 and ended on November 9."),
        ("ru", "Аккредитация наблюдателей началась 10 октября и закончилась в среду в 18 часов."),
        ("kk", "Байқаушыларды аккредиттеу 10 қазанда басталып, 9 қарашада аяқталды."),
    ],
)
def test_the_day_on_which_accreditation_began_is_no_deadline(language: str, text: str) -> None:
    assert report_on(text, language=language).deadline == date(2022, 11, 9)


def test_where_the_head_of_a_mission_once_worked_is_no_sender() -> None:
    report = read_report(
        article(
            "Миссию БДИПЧ ОБСЕ на выборах президента Казахстана возглавила Урсула Гацек, бывший посол Польши при Совете"
            " Европы. В регионы выедут 30 долгосрочных наблюдателей.",
            language="ru",
        )
    )
    assert (report.countries_named, report.organizations_named) == ((), ("OSCE-ODIHR",))
    assert facts(report) == {("organization:OSCE-ODIHR", *PLANNED, 30)}
