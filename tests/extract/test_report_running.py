"""What a running total is now, told without a noun; whose the numbers beside it are."""

from __future__ import annotations

import pytest

from extract.report import read_report
from tests.extract.saying import Fact, article, facts, report_on

ACCREDITED = ("accredited", "cumulative")
BATCH = ("accredited", "new")
PLANNED = ("announced", "cumulative")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param(
            "en",
            "Before this meeting 83 observers had been accredited; with the changes we have 95 now.",
            {("total", *ACCREDITED, 83), ("total", *ACCREDITED, 95)},
            id="so many we have now",
        ),
        pytest.param(
            "ru",
            "До этого заседания было аккредитовано 83 наблюдателя, с учётом изменений теперь у нас 95.",
            {("total", *ACCREDITED, 83), ("total", *ACCREDITED, 95)},
            id="so many we have now, by a preposition",
        ),
        pytest.param(
            "kk",
            "Осы отырысқа дейін 83 байқаушы аккредиттелген еді, енді олар 95 болды.",
            {("total", *ACCREDITED, 83), ("total", *ACCREDITED, 95)},
            id="so many they are now",
        ),
        pytest.param(
            "en",
            "The number of accredited foreign observers stands at 143, up from 111 last week.",
            {("total", *ACCREDITED, 143), ("total", *ACCREDITED, 111)},
            id="up from",
        ),
        pytest.param(
            "en",
            "The number of accredited foreign observers stands at 143, up from 111 at the last election.",
            {("total", *ACCREDITED, 143)},
            id="up from another election's",
        ),
        pytest.param(
            "kk",
            "Сайлауға 250 шетелдік байқаушы тіркелді. Олардың төртеуі куәлігін қайтарып берді, сөйтіп 246-сы қалды.",
            {("total", *ACCREDITED, 250), ("total", "withdrawn", "new", 4), ("total", *ACCREDITED, 246)},
            id="what remains",
        ),
        pytest.param(
            "en",
            "The 67 foreigners will see how the country decides. That is how many observers the commission has"
            " accredited as of today. Twelve of them have just been added.",
            {("total", *ACCREDITED, 67), ("total", *BATCH, 12)},
            id="that is how many, and who were just added",
        ),
        pytest.param(
            "en",
            "300 observers have been accredited. ODIHR and the CIS have the largest missions: the former has 90"
            " observers, the latter 70.",
            {
                ("total", *ACCREDITED, 300),
                ("organization:OSCE-ODIHR", *ACCREDITED, 90),
                ("organization:CIS", *ACCREDITED, 70),
            },
            id="the former and the latter",
        ),
        pytest.param(
            "kk",
            "300 байқаушы аккредиттелді. Ең үлкен екі топ – ДИАҚБ мен ТМД миссиялары: біріншісінде 90, екіншісінде 70"
            " байқаушы бар.",
            {
                ("total", *ACCREDITED, 300),
                ("organization:OSCE-ODIHR", *ACCREDITED, 90),
                ("organization:CIS", *ACCREDITED, 70),
            },
            id="the first and the second of two",
        ),
        pytest.param(
            "en",
            "The CIS mission has 38 observers in the country. Eight have gone to Almaty and six to Shymkent.",
            {("organization:CIS", *PLANNED, 38), ("organization:CIS", *PLANNED, 8), ("organization:CIS", *PLANNED, 6)},
            id="the towns that they go to",
        ),
        pytest.param(
            "kk",
            "Референдумға 272 байқаушы аккредиттелді. Бұл санға елшіліктердің 41 дипломаты кіреді.",
            {("total", *ACCREDITED, 272), ("diplomats", *ACCREDITED, 41)},
            id="embassy staff whom the number includes",
        ),
        pytest.param(
            "en",
            "More than 9,000 journalists, observers and guests are expected in the capital for the vote.",
            set(),
            id="a sum of journalists, observers and others",
        ),
        pytest.param(
            "kk",
            "Сайлауға он халықаралық ұйым мен бірқатар шет мемлекеттен 380 байқаушы аккредиттелді.",
            {("total", *ACCREDITED, 380)},
            id="bodies and a number of states",
        ),
    ],
)
def test_what_there_are_now(language: str, text: str, expected: set[Fact]) -> None:
    assert facts(report_on(text, language=language)) == expected


def test_a_text_on_local_groups_counts_their_observers() -> None:
    text = "A league of young people intends to send 420 observers."

    assert facts(report_on(text, title="Independent groups get ready for the vote")) == {("domestic", *PLANNED, 420)}


def test_papers_that_come_late_close_nothing() -> None:
    text = "ОСК 40 шетелдік байқаушыны аккредиттеді. Одан кейін түскен өтініштер қабылданбайды."

    assert not report_on(text, language="kk").complete


def test_a_stay_is_no_deadline() -> None:
    text = "Nine observers of the CIS mission have arrived, and they will be staying here until November 22."

    assert report_on(text).deadline is None


def test_a_poll_that_is_held_in_a_state_is_of_that_state() -> None:
    text = (
        "13 қарашада Әзербайжанда кезектен тыс президент сайлауы өтеді. Елдің Орталық сайлау комиссиясы байқаушыларды"
        " аккредиттеуді аяқтады. Сайлауға 790 халықаралық байқаушы тіркелген."
    )

    assert not read_report(article(text, language="kk")).figures
