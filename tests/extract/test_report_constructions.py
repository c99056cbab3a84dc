"""What is said of people in another sentence, as a share, a group or papers, and of their senders."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.saying import Fact, facts, report_on

ACCREDITED = ("accredited", "cumulative")
BATCH = ("accredited", "new")
PLANNED = ("announced", "cumulative")
PROPOSED = ("proposed", "new")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param(
            "ru",
            "Работу на выборах президента начали наблюдатели СНГ. ЦИК аккредитовал 352 наблюдателя нашей миссии, 15"
            " из них будут вести долгосрочное наблюдение.",
            {("organization:CIS", *ACCREDITED, 352), ("organization:CIS", *ACCREDITED, 15)},
            id="of our mission, which is named before",
        ),
        pytest.param(
            "ru",
            "Для отечественных НПО на выборах президента действует аккредитация. На сегодня ее получили 190"
            " организаций, из них девять - в ЦИК. Еще 14 ждут решения.",
            {
                ("domestic_organizations", *ACCREDITED, 190),
                ("domestic_organizations", *ACCREDITED, 9),
                ("domestic_organizations", *PROPOSED, 14),
            },
            id="associations by the sentence before",
        ),
        pytest.param(
            "ru",
            "Число международных наблюдателей на референдуме выросло до 76. К прежнему списку добавились 33 человека:"
            " миссия СНГ усилилась на 20, ШОС отправит 13.",
            {
                ("total", *ACCREDITED, 76),
                ("total", *BATCH, 33),
                ("organization:CIS", *BATCH, 20),
                ("organization:SCO", *BATCH, 13),
            },
            id="a total that grew by a batch",
        ),
        pytest.param(
            "ru",
            "- Сколько наблюдателей аккредитовано на выборы президента? - На сегодня 214, - ответил секретарь ЦИК.",
            {("total", *ACCREDITED, 214)},
            id="the answer to how many",
        ),
        pytest.param(
            "ru",
            "По сравнению с 2011 годом, когда за выборами следили 1013 наблюдателей, на выборы президента аккредитован"
            " 641 наблюдатель.",
            {("total", *ACCREDITED, 641)},
            id="beside an earlier year",
        ),
        pytest.param(
            "en",
            "Twelve observers have been accredited. All of them belong to the mission of the SCO.",
            {("total", *ACCREDITED, 12), ("organization:SCO", *ACCREDITED, 12)},
            id="whose they all are",
        ),
        pytest.param(
            "kk",
            "Президент сайлауына 12 байқаушы аккредиттелді. Олардың бәрі – ШЫҰ байқаушылар миссиясынан.",
            {("total", *ACCREDITED, 12), ("organization:SCO", *ACCREDITED, 12)},
            id="whose they all are, the pronoun in the genitive",
        ),
        pytest.param(
            "en",
            "Observers of the SCO met the head of the commission. There are 14 of them in Astana now.",
            {("organization:SCO", *PLANNED, 14)},
            id="so many of those just named",
        ),
        pytest.param(
            "ru",
            "Аккредитованы 212 наблюдателей. Среди них впервые представители СВМДА. Их трое.",
            {("total", *ACCREDITED, 212), ("organization:CICA", *ACCREDITED, 3)},
            id="so many of those just named, by a pronoun",
        ),
        pytest.param(
            "ru",
            "Пять наблюдателей миссии ШОС стали первыми иностранцами, которых аккредитовала комиссия.",
            {("total", *ACCREDITED, 5), ("organization:SCO", *ACCREDITED, 5)},
            id="the first of all",
        ),
        pytest.param(
            "en",
            "So far, 76 observers have been accredited. On Tuesday the commission looked through new papers from the"
            " Foreign Ministry. There were 52 of them.",
            {("total", *ACCREDITED, 76), ("total", *PROPOSED, 52)},
            id="papers stand for people",
        ),
        pytest.param(
            "ru",
            "«Было 120 наблюдателей, минус двое, плюс 80. Итого 198», - сообщил член ЦИК. Аккредитованы еще 80"
            " наблюдателей. Аккредитация двух наблюдателей аннулирована.",
            {
                ("total", *ACCREDITED, 120),
                ("total", *BATCH, 80),
                ("total", *ACCREDITED, 198),
                ("total", "withdrawn", "new", 2),
            },
            id="a sum told in words",
        ),
    ],
)
def test_who_is_counted(language: str, text: str, expected: set[Fact]) -> None:
    assert facts(report_on(text, language=language)) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param(
            "en",
            "Another 40 observers were accredited. Ten of the new observers are diplomats of embassies in Astana.",
            {("total", *BATCH, 40), ("diplomats", *BATCH, 10)},
            id="diplomats of the new ones",
        ),
        pytest.param(
            "kk",
            "Сайлауға 28 байқаушы аккредиттелді. Соның 20-сы – ТМД миссиясының өкілдері."
            " Сегіз байқаушы – Астанадағы елшіліктерде жұмыс істейтін дипломаттар.",
            {("total", *ACCREDITED, 28), ("organization:CIS", *ACCREDITED, 20), ("diplomats", *ACCREDITED, 8)},
            id="diplomats as a predicate without a copula",
        ),
        pytest.param(
            "kk",
            "Байқаушылардан 300 адам аккредиттелді. Халықаралық ұйымдар арасында ТМД алда, оның"
            " миссиясында 120 байқаушы бар.",
            {("total", *ACCREDITED, 300), ("organization:CIS", *ACCREDITED, 120)},
            id="its mission",
        ),
    ],
)
def test_parts_of_a_batch(language: str, text: str, expected: set[Fact]) -> None:
    assert facts(report_on(text, language=language)) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param(
            "ru", "Урну сопровождают не меньше двух членов комиссии, а наблюдатели едут вместе с ними.", id="members"
        ),
        pytest.param("ru", "Прокуратура отчиталась о проверке жалоб: за месяц их поступило 38.", id="complaints"),
        pytest.param("kk", "Комиссияның нөміріне күн сайын 500-ге жуық адам хабарласады.", id="callers"),
    ],
)
def test_others_are_not_counted(language: str, text: str) -> None:
    accredited = {"ru": "Аккредитованы 97 наблюдателей.", "kk": "Сайлауға 97 байқаушы аккредиттелді."}[language]
    assert facts(report_on(accredited, text, language=language)) == {("total", *ACCREDITED, 97)}


def test_the_senders_of_all_stand_behind_the_parts() -> None:
    report = report_on(
        "The commission has accredited 80 observers. Of these, 50 are from the CIS and 12 from the SCO.",
        "The chairman said the observers represent four organizations and nine countries.",
    )
    assert (report.organization_count, report.country_count) == (4, 9)


def test_the_delegations_own_states_are_no_senders_of_observers() -> None:
    report = report_on(
        "The commission accredited 26 observers of the OSCE Parliamentary Assembly.",
        "Members of the delegation come from 22 countries.",
    )
    assert report.country_count is None


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "The last papers will be taken on November 14.", date(2022, 11, 14)),
        ("ru", "Аккредитация идет без задержек. Завершится этот процесс 14 ноября.", date(2022, 11, 14)),
    ],
)
def test_when_papers_are_taken_for_the_last_time(language: str, text: str, day: date) -> None:
    accredited = {"en": "So far, 43 observers have been accredited.", "ru": "Аккредитованы 43 наблюдателя."}[language]
    assert report_on(accredited, text, language=language).deadline == day


def test_the_day_of_the_resolution_is_that_of_the_figure() -> None:
    report = report_on(
        "The first 31 foreign observers have been accredited.", "The resolution was adopted on November 8."
    )
    assert report.as_of == date(2022, 11, 8)
