"""What sums tell whatever the words: a number is what only makes the others add up."""

from __future__ import annotations

import pytest

from tests.extract.saying import Fact, facts, report_on


def told(says: str, language: str, *, title: str | None = None) -> set[Fact]:
    return facts(report_on(*says.split(" | "), language=language, title=title))


@pytest.mark.parametrize(
    ("language", "says", "each"),
    [
        (
            "ru",
            (
                "Аккредитована группа из 27 наблюдателей. Миссия СНГ - 14 человек, ШОС - 4. "
                "По три наблюдателя пожелали направить Беларусь и Катар, двух - Япония, одного - Непал."
            ),
            {"country:BY": 3, "country:QA": 3, "country:JP": 2, "country:NP": 1},
        ),
        (
            "en",
            (
                "The commission approved 46 observers. Thirty were for the CIS mission and ten for the SCO. The "
                "remaining six came from Japan, Qatar and Slovenia, each of which is delegating two people."
            ),
            {"country:JP": 2, "country:QA": 2, "country:SI": 2},
        ),
    ],
)
def test_a_number_is_that_of_each_state_beside_it_where_only_so_the_row_makes_its_whole(
    language: str, says: str, each: dict[str, int]
) -> None:
    found = {scope: value for scope, _, _, value in told(says, language) if scope.startswith("country:")}
    assert found == each


@pytest.mark.parametrize(
    ("language", "says", "scope", "value"),
    [
        (
            "en",
            (
                "The list held 183 observers. Seven international organizations account for 131 accredited "
                "observers, "
                "while 52 came forward on behalf of 21 countries."
            ),
            "countries",
            52,
        ),
        (
            "en",
            (
                "The commission accredited another 205 observers. The organizations have 171 seats in the new list. "
                "The other 34 observers were delegated by countries, including Egypt."
            ),
            "organizations",
            171,
        ),
    ],
)
def test_the_second_subtotal_is_what_the_first_leaves_of_the_total(
    language: str, says: str, scope: str, value: int
) -> None:
    assert (scope, value) in {(f[0], f[3]) for f in told(says, language)}


@pytest.mark.parametrize(
    ("language", "says", "missing"),
    [
        (
            "en",
            (
                "The commission accredited another 36 observers. Four observers will join the OIC and three the SCO. "
                "29 seats went to the ODIHR mission."
            ),
            ("organization:OSCE-ODIHR", 29),
        ),
        (
            "kk",
            (
                "Халықаралық ұйымдардан 215 адам аккредиттелген. Ең көп өкіл - ТМД миссиясынан, 140 байқаушы. "
                "Одан кейін ШЫҰ - 41, Түркі кеңесі - 20, ТүркПА - 14."
            ),
            ("organization:CIS", 140),
        ),
    ],
)
def test_what_a_row_of_senders_lacks_to_its_whole_is_the_number_of_the_sender_beside_it(
    language: str, says: str, missing: tuple[str, int]
) -> None:
    assert missing in {(f[0], f[3]) for f in told(says, language)}


@pytest.mark.parametrize(
    ("language", "says", "earlier"),
    [
        (
            "en",
            (
                "The commission approved 94 new observers at its Wednesday meeting, which brought the total "
                "number of "
                "those accredited to 371. It stood at 277 before the meeting."
            ),
            277,
        ),
        (
            "ru",
            (
                "Пятнадцать международных наблюдателей добавила сегодня комиссия к списку. "
                "Всего с учетом 62 ранее аккредитованных - 77."
            ),
            62,
        ),
    ],
)
def test_a_third_total_is_what_two_known_ones_make_whatever_it_counts(language: str, says: str, earlier: int) -> None:
    assert ("total", "accredited", "cumulative", earlier) in told(says, language)


def test_candidates_that_a_row_makes_are_the_batch_that_was_endorsed() -> None:
    says = (
        "A total of 81 foreign observers have been accredited as of today. | The commission met on Thursday and "
        "endorsed 31 candidates put forward by the ministry. The CIS mission gets 20 badges, the SCO six. "
        "Azerbaijan, Belarus and Turkey will have five observers between them."
    )
    assert told(says, "en") == {
        ("total", "accredited", "cumulative", 81),
        ("total", "accredited", "new", 31),
        ("organization:CIS", "accredited", "new", 20),
        ("organization:SCO", "accredited", "new", 6),
        ("countries", "accredited", "new", 5),
    }


def test_four_senders_and_more_tell_a_smaller_total_that_counts_something_else() -> None:
    says = (
        "Germany is sending four observers, Indonesia three, Uzbekistan two and Qatar one. Together with eight "
        "representatives of the CIS mission they were accredited on Thursday. | That makes 18 new faces. "
        "All in all, 90 observers have been accredited."
    )
    assert {f for f in told(says, "en") if f[3] == 18} == {("total", "accredited", "new", 18)}


def test_proposals_that_a_later_total_contains_are_accredited_with_their_parts() -> None:
    says = (
        "By Monday 64 observers had been accredited. Now the ministry has submitted the documents of 83 more. | "
        "“70 candidates have been recommended by international organizations. The other 13 represent states,” "
        "the secretary said. | The members supported it, and the number of accredited observers has risen to 147."
    )
    assert {f for f in told(says, "en") if f[1] != "accredited"} == set()
    assert ("organizations", "accredited", "new", 70) in told(says, "en")


def test_the_whole_of_a_bodys_delegation_is_its_own_where_states_make_it() -> None:
    says = (
        "Миссия ТюркПА приступила к работе. | Как сообщили в секретариате ассамблеи, в миссии десять человек, и все "
        "они получили аккредитацию. Азербайджан и Турция представлены четырьмя парламентариями каждая, Кыргызстан - "
        "двумя."
    )
    figures = told(says, "ru", title="ТюркПА направила в Казахстан миссию наблюдателей")
    assert {f[0] for f in figures if f[3] == 10} == {"organization:TURKPA"}


def test_a_number_has_the_sender_that_it_has_in_the_title() -> None:
    says = "“Seven representatives have been accredited as international observers,” the press office said."
    figures = told(says, "en", title="Seven Russian election officials to observe the presidential vote")
    assert figures == {("country:RU", "accredited", "cumulative", 7)}


def test_an_earlier_total_that_no_day_dates_counts_so_far_where_the_account_is_in_order() -> None:
    says = (
        "Another 36 observers were accredited. 18 people join the CIS mission, 12 the SCO, and Bulgaria and Malaysia "
        "are represented by three each. | “71 observers were accredited at the previous meetings. With those of "
        "today "
        "there are 107 of them,” she added."
    )
    assert {f[2] for f in told(says, "en") if f[3] == 71} == {"cumulative"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "17 observers from 11 states were accredited: three each from Indonesia and Iran, two each from "
                "Latvia and "
                "Finland; the other seven made do with a single observer."
            ),
        ),
        (
            "ru",
            (
                "Аккредитованы 17 наблюдателей от 11 государств: по три - от Индонезии и Ирана, по два - от Латвии и "
                "Финляндии, остальные семь направили по одному представителю."
            ),
        ),
        (
            "kk",
            (
                "11 мемлекеттен 17 байқаушы аккредиттелді: Индонезия мен Ираннан үш-үштен, Латвия мен Финляндиядан "
                "екі-екіден, қалған жетеуі бір ғана байқаушы жібереді."
            ),
        ),
    ],
)
def test_the_rest_of_so_many_states_is_no_number_of_observers(language: str, said: str) -> None:
    told = {(f.scope, f.value) for f in report_on(said, language=language).figures}
    assert told == {("countries", 17), ("country:ID", 3), ("country:IR", 3), ("country:LV", 2), ("country:FI", 2)}


def test_of_two_running_totals_that_make_a_third_the_one_with_parts_is_the_batch() -> None:
    report = report_on(
        "In the end 122 people put forward by the ministry were accredited, 98 of them for international bodies.",
        "Half of the list was taken up by the CIS, which got 61 cards; ODIHR received 25, the OIC and SCO six each.",
        "Then the states were called. They account for the other 24.",
        "Before May 27 the commission had accredited 248 observers, now there are 370.",
    )
    told = {(f.value, f.basis.value) for f in report.figures}
    assert {(122, "new"), (61, "new"), (24, "new"), (248, "cumulative"), (370, "cumulative")} <= told
