"""Names on top of those decided on stay proposed, totals on a condition expected; what is too small is left out."""

from __future__ import annotations

import pytest

from tests.extract.saying import Fact, facts, report_on

WAITING: list[tuple[str, str, list[str], set[Fact]]] = [
    (
        "a decision in the next sentence",
        "en",
        [
            (
                "The commission approved 49 observers today, and 163 have been accredited in all. Files of 27 more "
                "people have "
                "come from the Foreign Ministry. The commission plans to examine them on Friday."
            ),
        ],
        {
            ("total", "proposed", "new", 27),
            ("total", "accredited", "new", 49),
            ("total", "accredited", "cumulative", 163),
        },
    ),
    (
        "a decision behind the list of senders",
        "en",
        [
            (
                "As of January 5, the commission has accredited 41 observers: 29 of the CIS, eight of TURKPA and "
                "four of China."
            ),
            (
                "The Foreign Ministry handed in eight more names this morning. Five are from the OTS, three from "
                "Hungary. The "
                "commission will look at them this evening."
            ),
        ],
        {
            ("total", "proposed", "new", 8),
            ("organization:OTS", "proposed", "new", 5),
            ("country:HU", "proposed", "new", 3),
            ("organization:TURKPA", "accredited", "cumulative", 8),
        },
    ),
    (
        "a decision on them",
        "en",
        [
            (
                "86 observers have been accredited, 45 of them of the CIS. Papers have also come in on behalf of 29 "
                "other "
                "people, and a decision on them will be made at one of the coming meetings."
            ),
        ],
        {("total", "proposed", "new", 29)},
    ),
    (
        "as many as a body of those accredited",
        "kk",
        [
            "Комиссия 61 байқаушыны аккредиттеді. Ұйымдар арасында ТМД (38) мен ШЫҰ (15) алда тұр.",
            (
                "Бұған қоса, отырыс алдында Сыртқы істер министрлігінен тағы 15 кандидатура келіп түскен. Бұл ұсыныс "
                "4 маусымдағы отырыста қаралады."
            ),
        ],
        {("total", "proposed", "new", 15), ("organization:SCO", "accredited", "cumulative", 15)},
    ),
    (
        "as many as some senders of the batch make together",
        "kk",
        [
            (
                "Мәжіліс сайлауына тағы 48 байқаушы аккредиттелді. ТМД миссиясы 20, ЕҚЫҰ ДИАҚБ 16, Шанхай "
                "ынтымақтастық ұйымы "
                "бес байқаушысын жібереді. Үндістаннан – 3, Молдова мен Эстониядан екі-екі байқаушы бар."
            ),
            (
                "Бұдан бөлек, Сыртқы істер министрлігі тағы 12 адамды аккредиттеу туралы ұсыныс жолдаған. Ол келесі "
                "отырыста "
                "қаралады."
            ),
        ],
        {
            ("total", "proposed", "new", 12),
            ("organization:SCO", "accredited", "new", 5),
            ("country:IN", "accredited", "new", 3),
        },
    ),
    (
        "the ministry has asked the commission",
        "en",
        [
            "The Foreign Ministry has asked the Central Election Commission to accredit 148 more observers.",
            "122 of them are proposed by organizations and 26 by states. As of today 312 observers are accredited.",
        ],
        {("total", "proposed", "new", 148), ("total", "accredited", "cumulative", 312)},
    ),
    (
        "and the Russian one",
        "ru",
        ["МИД попросил ЦИК аккредитовать ещё 15 наблюдателей."],
        {("total", "proposed", "new", 15)},
    ),
    (
        "what is before the commission",
        "ru",
        [
            (
                "Аккредитованы 86 наблюдателей. На рассмотрении остается 31 кандидатура. Постановление по ним "
                "примем в пятницу."
            )
        ],
        {("total", "proposed", "new", 31), ("total", "accredited", "cumulative", 86)},
    ),
]


@pytest.mark.parametrize(("language", "paragraphs", "told"), [w[1:] for w in WAITING], ids=[w[0] for w in WAITING])
def test_names_that_came_in_wait(language: str, paragraphs: list[str], told: set[Fact]) -> None:
    assert told <= facts(report_on(*paragraphs, language=language, title="?"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "At present 111 observers are accredited. If all are approved, their number will come to 155."),
        ("en", "111 observers are accredited. Should they be accredited as well, there will be 155 observers."),
        ("en", "111 observers are accredited. The number will reach 155 if approved."),
        ("en", "111 observers have been accredited, and the number may reach 155 if all are approved."),
        ("ru", "Сейчас аккредитован 111 наблюдатель. Всего их станет 155, если одобрят всех."),
        ("ru", "Сейчас аккредитован 111 наблюдатель. Если утвердят всех, число наблюдателей составит 155."),
        ("ru", "Сейчас аккредитован 111 наблюдатель. В случае одобрения их станет 155."),
        ("kk", "Қазір 111 байқаушы аккредиттелген. Бәрі бекітілсе, олардың саны 155-ке жетеді."),
        ("kk", "Қазір 111 байқаушы аккредиттелген. Егер бәрі мақұлданса, байқаушылар саны 155 болады."),
    ],
)
def test_a_total_on_a_condition_is_expected(language: str, said: str) -> None:
    told = facts(report_on(said, language=language))
    assert {("total", "accredited", "cumulative", 111), ("total", "announced", "cumulative", 155)} == told


def test_who_would_be_let_in_is_proposed() -> None:
    told = facts(report_on("111 байқаушы аккредиттелген. Бұл 44 адам тіркелсе, барлығы 155 болады.", language="kk"))
    assert ("total", "proposed", "new", 44) in told
    assert ("total", "accredited", "cumulative", 111) in told


@pytest.mark.parametrize(
    "said",
    [
        "Если к 24 мая аккредитованных наблюдателей было 111, то после вчерашнего заседания их 155.",
        "Заседание пополнило ряды наблюдателей. Если до него аккредитацию имели 111 человек, то сейчас - 155.",
    ],
)
def test_if_that_only_compares_is_no_condition(said: str) -> None:
    assert ("total", "accredited", "cumulative", 155) in facts(report_on(said, language="ru"))


def test_those_who_came_in_and_were_let_in_do_not_wait() -> None:
    report = report_on(
        "Files of 27 more observers have come from the Foreign Ministry. All of them have been accredited today.",
        "The commission plans to meet again on Friday.",
    )
    assert ("total", "accredited", "new", 27) in facts(report)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The commission has accredited 86 observers. Three of the foreign guests answered our questions."),
        ("kk", "86 байқаушы аккредиттелді. Тағы біреуі келеді."),
    ],
)
def test_fewer_than_there_can_be_are_left_out(language: str, said: str) -> None:
    assert {f.value for f in report_on(said, language=language).figures} == {86}


def test_a_small_total_in_so_many_words_counts() -> None:
    assert ("total", "accredited", "new", 2) in facts(report_on("The commission accredited two more observers today."))
