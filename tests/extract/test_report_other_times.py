"""What sums, recalls and other times tell of numbers whose own words leave a choice."""

from __future__ import annotations

from datetime import datetime

import pytest

from extract.model import ElectionType
from extract.report import read_report
from tests.extract.saying import Fact, article, facts, report_on

SAID: list[tuple[str, str, str, list[str], set[Fact]]] = [
    (
        "an earlier total, a batch, one withdrawn: 'their number' is the rest",
        "kk",
        "ОСК байқаушылар тізіміне өзгеріс енгізді",
        [
            (
                "Комиссия тағы 15 шетелдік байқаушыны аккредиттеді. ЕҚЫҰ ДИАҚБ миссиясы бір байқаушысының келе "
                "алмайтынын "
                "хабарлады, сол себепті оның аккредитациясы кері қайтарып алынды."
            ),
            "Отырысқа дейін тізімде 82 байқаушы болған. Өзгерістерді ескергенде, олардың саны 96 болды.",
        ],
        {("total", "accredited", "cumulative", 96)},
    ),
    (
        "an earlier total and two batches",
        "ru",
        "ЦИК дважды пополнил список наблюдателей",
        [
            (
                "На заседании 3 ноября был аккредитован 31 наблюдатель. 9 ноября комиссия допустила к наблюдению 47 "
                "человек."
            ),
            (
                "«До конца октября у нас было всего 58 аккредитованных. Просто мандаты оформляются не сразу. "
                "Сегодня их 136», "
                "- пояснил член ЦИК."
            ),
        ],
        {("total", "accredited", "cumulative", 136)},
    ),
    (
        "a batch of states alone",
        "kk",
        "Сайлауға он мемлекеттен байқаушы тіркелді",
        [
            "Орталық сайлау комиссиясы шет мемлекеттерден ұсынылған 19 байқаушыны аккредиттеді.",
            (
                "Отырысқа дейін 163 байқаушының аккредитациясы болған. Жаңа тізіммен бірге сайлауды 182 шетелдік "
                "бақылайтыны "
                "белгілі болды."
            ),
        ],
        {("total", "accredited", "cumulative", 182)},
    ),
    (
        "recalled so many",
        "en",
        "13 observers withdraw from the election",
        [
            (
                "The commission cancelled the accreditation of 13 foreign observers. Nine belong to the CIS "
                "mission. India and "
                "Indonesia recalled two observers each."
            )
        ],
        {("country:IN", "withdrawn", "new", 2), ("country:ID", "withdrawn", "new", 2)},
    ),
    (
        "one of its observers",
        "ru",
        "Список наблюдателей расширен",
        ["Комиссия аккредитовала десять наблюдателей. В то же время Таиланд отозвал одного из наблюдателей."],
        {("country:TH", "withdrawn", "new", 1)},
    ),
    (
        "at its request",
        "en",
        "CEC accredits foreign observers",
        [
            "The commission has accredited 41 observers of the OSCE Parliamentary Assembly and 14 of the CSTO.",
            (
                "At the request of the Republic of Armenia, the accreditation of one of its observers has been "
                "cancelled."
            ),
        ],
        {("country:AM", "withdrawn", "new", 1)},
    ),
    (
        "the next sentence annuls their papers",
        "en",
        "CEC gives accreditation to 62 observers",
        [
            "The commission accredited 62 persons.",
            (
                "On Thursday, ODIHR informed the commission that it would not be able to send 2 of its previously "
                "accredited "
                "long-term observers. Their certificates have been annulled."
            ),
        ],
        {("organization:OSCE-ODIHR", "withdrawn", "new", 2)},
    ),
    (
        "diplomats posted to a city",
        "en",
        "List of observers is closed",
        [
            (
                "Thirty-eight countries registered 128 observers. About half of these, 63, are diplomats already "
                "posted to "
                "Astana."
            )
        ],
        {("diplomats", "accredited", "cumulative", 63)},
    ),
    (
        "ten more are diplomats",
        "en",
        "List of observers is closed",
        [
            (
                "The CIS will be represented by 21 observers. Ten more are diplomats of embassies in Astana who were "
                "accredited by the commission as observers."
            )
        ],
        {("diplomats", "accredited", "new", 10)},
    ),
    (
        "the commission accredits diplomats for nothing else",
        "ru",
        "Дипломаты проследят за выборами",
        [
            (
                "Для этого Центральная избирательная комиссия аккредитовала 14 сотрудников дипломатических "
                "представительств, "
                "сообщил секретарь."
            )
        ],
        {("diplomats", "accredited", "cumulative", 14)},
    ),
    (
        "the group is the batch",
        "en",
        "OSCE and CIS observers among those accredited for the election",
        [
            (
                "A second group of foreign observers has received accreditation for the election. The group is made "
                "up of 28 people."
            )
        ],
        {("total", "accredited", "new", 28)},
    ),
    (
        "the Parliamentary Assembly beside the bureau",
        "kk",
        "Байқаушылар саны 788-ге жетті",
        [
            "788 байқаушы аккредиттелген.",
            "«Ең ірі миссия ЕҚЫҰ-ға тиесілі: ДИАҚБ-дан 328, Парламенттік Ассамблеядан 92 байқаушы аккредиттелді.",
        ],
        {("organization:OSCE-PA", "accredited", "cumulative", 92)},
    ),
    (
        "at the time of something",
        "en",
        "OSCE/ODIHR begins its observation",
        [
            "ODIHR plans to deploy 28 long-term observers.",
            "At the time of the press conference, the Central Election Commission had accredited 12 ODIHR observers.",
        ],
        {("organization:OSCE-ODIHR", "accredited", "cumulative", 12)},
    ),
    (
        "a state by its other spelling",
        "kk",
        "Тағы бес байқаушы аккредиттелді",
        ["Комиссия тағы бес байқаушыны аккредиттеді: Индонезия – 4, Қатар – 1."],
        {("country:QA", "accredited", "new", 1)},
    ),
]
NOT_SAID: list[tuple[str, str, str, list[str], int]] = [
    (
        "who worked at that time",
        "kk",
        "Байқаушылар саны 462-ге жетті",
        [
            "462 байқаушы аккредиттелген.",
            (
                "«2015 жылы да құжаттың дені соңғы аптада түскен. Ол жолы барлығы 858 бақылаушы жұмыс істеді», – "
                "деді ол."
            ),
        ],
        858,
    ),
    (
        "of a year whose ending no table knows",
        "kk",
        "33 байқаушының кандидатурасы ұсынылды",
        [
            "Министрлік 33 шетелдік байқаушының құжатын жіберді.",
            "«Байқаушылар 2019 жылғыдан аз болмайды деп ойлаймыз. Ол жолы 1 013 адам аккредиттелген еді», – деді ол.",
        ],
        1013,
    ),
    (
        "members of a house",
        "en",
        "Three observers of India in Astana",
        [
            (
                "Kazakhstan has accredited nearly 800 foreign observers for the polls, which are being held for the "
                "first time in almost two decades under a mixed system: 69 members of the Mazhilis will be elected "
                "from party lists and 29 from single-member constituencies."
            )
        ],
        69,
    ),
    (
        "observers and media people together",
        "kk",
        "Сайлауға 900-ден астам адам келеді",
        [
            "Сайлауды бақылап, жазуға барлығы 944 шетелдік рұқсат алды.",
            "Қорытынды дерек бойынша, 788 байқаушы тіркелген.",
            "Қалған 156 адам – 31 елдің басылымдарында істейтін журналистер.",
        ],
        944,
    ),
    (
        "complaints of the sentence before",
        "ru",
        "Аккредитованы ещё 30 наблюдателей",
        [
            "Комиссия аккредитовала 30 наблюдателей.",
            "Секретарь доложила и о жалобах. С начала кампании их поступило 148.",
        ],
        148,
    ),
    (
        "applicants with a charter",
        "en",
        "Commission accredits 30 foreign observers",
        [
            "The commission accredited 30 foreign observers.",
            (
                "By law observation must be a goal stated in the charter. Twelve applicants had nothing of it and "
                "were refused."
            ),
        ],
        12,
    ),
    (
        "people who compete for seats",
        "en",
        "ODIHR mission publishes its report",
        [
            "ODIHR has 43 observers in Kazakhstan.",
            "In single-mandate districts, 435 people are competing for 29 mandates, the mission says.",
        ],
        435,
    ),
    (
        "minutes that a sum could take for people",
        "en",
        "More foreign observers join the list",
        [
            "The commission accredited 33 international observers at its meeting.",
            "Only 43 observers had been accredited by November 3. 'The total now stands at 76', its secretary said.",
            "Six candidates began their campaigns. Each of them is entitled to 10 minutes on radio.",
        ],
        10,
    ),
]


@pytest.mark.parametrize(("language", "title", "paragraphs", "told"), [s[1:] for s in SAID], ids=[s[0] for s in SAID])
def test_told(language: str, title: str, paragraphs: list[str], told: set[Fact]) -> None:
    assert told <= facts(report_on(*paragraphs, language=language, title=title))


@pytest.mark.parametrize(
    ("language", "title", "paragraphs", "value"), [s[1:] for s in NOT_SAID], ids=[s[0] for s in NOT_SAID]
)
def test_not_told(language: str, title: str, paragraphs: list[str], value: int) -> None:
    report = report_on(*paragraphs, language=language, title=title)
    assert report.figures
    assert value not in {f.value for f in report.figures}


def test_the_whole_of_a_share_of_diplomats_is_not_all_diplomats() -> None:
    report = report_on(
        "41 observers from five international organizations and 12 states are accredited. 22 of the 41 observers are "
        "diplomats of foreign embassies."
    )
    assert ("diplomats", 41) not in {(f.scope, f.value) for f in report.figures}
    assert ("diplomats", "accredited", "cumulative", 22) in facts(report)


def test_a_poll_at_hand_is_meant_rather_than_one_of_another_kind() -> None:
    report = read_report(
        article(
            "Өзбекстан комиссиясының делегациясы Мәжіліс пен мәслихаттар сайлауын бақылау үшін Астанаға келді. "
            "Делегацияның үш мүшесі де Қазақстанның Орталық сайлау комиссиясында аккредиттелген.",
            "Осыдан бұрын, 2022 жылғы Президент сайлауына Өзбекстаннан бес байқаушы келген.",
            language="kk",
            title="Өзбекстанның сайлау комиссиясы Қазақстандағы сайлауды бақылайды",
            published=datetime.fromisoformat("2023-03-17T16:35:00+06:00"),
        )
    )
    assert report.election is not None
    assert report.election.type is ElectionType.PARLIAMENTARY
    assert {f.value for f in report.figures} == {3}
