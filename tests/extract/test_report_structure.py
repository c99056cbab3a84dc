"""What the structure of a text tells, whatever its words: rows, sums, sizes and the items of a list."""

from __future__ import annotations

from datetime import date

import pytest

from extract.report import read_report
from tests.extract.saying import Fact, article, facts, report_on


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


def test_so_many_each_behind_a_dash_are_of_the_states_behind_it() -> None:
    """Though 'foreign states' stands before the first of them."""
    report = report_on(
        "The commission has accredited 11 more observers.",
        "Foreign states are represented as follows: two observers each - France and South Korea, one each - Hungary, "
        "Japan and Jordan, four - Serbia.",
    )
    states = {f.scope: f.value for f in report.figures if f.scope.startswith("country:")}
    assert states == {
        "country:FR": 2,
        "country:KR": 2,
        "country:HU": 1,
        "country:JP": 1,
        "country:JO": 1,
        "country:RS": 4,
    }


def test_how_many_organizations_there_are_may_stand_between_dashes() -> None:
    report = report_on(
        "Аккредитовано 788 наблюдателей. Международные организации - их 12 - представляют 665 человек, а 41 "
        "государство - 123.",
        language="ru",
    )
    assert report.organization_count == 12
    assert {(f.scope, f.value) for f in report.figures} == {("total", 788), ("organizations", 665), ("countries", 123)}


def test_the_observers_behind_a_mission_are_its_own() -> None:
    report = report_on(
        "A mission of the Parliamentary Assembly of Turkic-Speaking Countries has come to follow the election. "
        "The 11 "
        "observers, accredited at the Central Election Commission on May 30, include members of three parliaments.",
        title="TurkPA observers arrive",
    )
    assert {(f.scope, f.value) for f in report.figures} == {("organization:TURKPA", 11)}


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


@pytest.mark.parametrize(
    ("says", "new"),
    [
        (
            (
                "Комиссия аккредитовала 57 наблюдателей. Общее их число составило 213. | Среди новых наблюдателей - "
                "41 представитель организаций. Иностранные государства направили 12 наблюдателей."
            ),
            {("organizations", 41), ("countries", 12)},
        ),
        (
            (
                "Восемь наблюдателей от международных организаций аккредитованы дополнительно. Пятерых прислала "
                "ШОС, троих - СНГ. | Первая группа - 14 наблюдателей ОТГ - прошла аккредитацию неделей раньше. | "
                "Аккредитацию имеют 22 наблюдателя."
            ),
            {("organization:SCO", 5), ("organization:CIS", 3)},
        ),
    ],
)
def test_a_subtotal_that_is_said_to_be_new_stays_so_beside_a_running_total(
    says: str, new: set[tuple[str, int]]
) -> None:
    assert new <= {(f[0], f[3]) for f in told(says, "ru") if f[2] == "new"}


@pytest.mark.parametrize(
    ("language", "says", "earlier"),
    [
        (
            "ru",
            (
                "Комиссия аккредитовала вторую группу наблюдателей. До этого заседания аккредитацию имели 40 "
                "человек. "
                "Теперь к ним присоединились еще 27. Таким образом, в списке 67 наблюдателей."
            ),
            40,
        ),
        (
            "kk",
            (
                "Комиссия шетелдік байқаушылардың екінші тобын аккредиттеді. Алғашқы топта 39 адам болған еді. Осы "
                "жолы министрлік ұсынған 35 кандидатура мақұлданды. Бүгінге аккредиттелгендердің жалпы саны - 74."
            ),
            39,
        ),
    ],
)
def test_those_before_the_second_group_are_no_batch(language: str, says: str, earlier: int) -> None:
    assert {f[2] for f in told(says, language) if f[3] == earlier} == {"cumulative"}


@pytest.mark.parametrize(
    ("language", "title", "says", "basis"),
    [
        (
            "ru",
            "На выборы аккредитована новая группа наблюдателей",
            (
                "Комиссия рассмотрела представления министерства и постановила аккредитовать 31 наблюдателя от трех "
                "организаций и двух государств. От СНГ прибудут 17 наблюдателей, от ОТГ - 6, от ШОС - 3. | Сербия "
                "командирует троих, Монголия - двоих."
            ),
            "new",
        ),
        (
            "kk",
            "Сайлауды бақылайтын алғашқы байқаушылар белгілі болды",
            (
                "Комиссия шетелдік байқаушылардың бірінші тобын тіркеді. Отырыста 26 адамға аккредитация берілді. | "
                "ТМД - 14, ШЫҰ - 9, Түркі мемлекеттері ұйымы үш кандидатура жолдаған."
            ),
            "cumulative",
        ),
    ],
)
def test_what_the_opening_says_of_the_group_holds_for_all_of_it(
    language: str, title: str, says: str, basis: str
) -> None:
    report = report_on(*says.split(" | "), language=language, title=title)
    assert {f[2] for f in facts(report)} == {basis}


def test_the_election_body_of_a_state_sends_those_who_stand_before_it() -> None:
    says = (
        "В пятницу комиссия добавила в список 21 человека. Это 14 наблюдателей миссии СНГ, четверо от ШОС, двое от "
        "избиркома Венгрии и один от избиркома Мальдив."
    )
    assert {"country:HU", "country:MV"} <= {f[0] for f in told(says, "ru")}


def test_observers_of_ours_are_those_of_the_body_that_a_text_is_about() -> None:
    says = "“As of today, the commission has accredited 62 observers of ours,” the chief of staff of the "
    "mission said."
    report = report_on(says, title="CIS mission to Kazakhstan picks up steam")
    assert facts(report) == {("organization:CIS", "accredited", "cumulative", 62)}


def test_those_whom_a_meeting_let_in_of_a_larger_total_are_its_batch() -> None:
    says = (
        "967 foreign observers have been accredited. | The figure includes 415 whom the commission accredited at a "
        "meeting on Monday."
    )
    assert {f[2] for f in told(says, "en") if f[3] == 415} == {"new"}


def test_where_our_commission_watches_another_states_poll_nobody_is_counted() -> None:
    says = (
        "Досрочные выборы депутатов Жогорку Кенеша Кыргызстана пройдут 30 ноября.",
        "Аккредитованы 214 международных наблюдателей: 130 – от 11 организаций и 84 – от 20 государств.",
    )
    title = "Представители ЦИК Казахстана понаблюдают за выборами в Кыргызстане"
    assert facts(read_report(article(*says, language="ru", title=title))) == set()


@pytest.mark.parametrize(
    ("language", "says", "value"),
    [
        (
            "en",
            "268 observers have been accredited, of whom 38 are members of the diplomatic corps in our country.",
            38,
        ),
        ("ru", "Аккредитованы 92 наблюдателя. Еще 21 наблюдатель - это сотрудники работающих в Астане посольств.", 21),
        ("ru", "Аккредитованы 266 наблюдателей. 38 наблюдателей являются сотрудниками посольств в стране.", 38),
        ("kk", "22 байқаушы аккредиттелді. Тізімдегі 14 адам - Астанадағы шетелдік елшіліктердің дипломаттары.", 14),
    ],
)
def test_who_is_said_to_be_of_an_embassy_is_a_diplomat(language: str, says: str, value: int) -> None:
    assert {f[0] for f in told(says, language) if f[3] == value} == {"diplomats"}


@pytest.mark.parametrize(
    ("language", "says", "scope", "value"),
    [
        (
            "en",
            "Representatives of foreign media may write to the ministry. As many as 31 of them have been accredited.",
            "journalists",
            31,
        ),
        (
            "ru",
            (
                "Министерством аккредитованы 186 представителей иностранных СМИ, из которых 74 имеют аккредитацию "
                "на год."
            ),
            "journalists",
            74,
        ),
        (
            "en",
            "Public associations will be present at the polling stations. So far, 240 of these have been accredited.",
            "domestic_organizations",
            240,
        ),
    ],
)
def test_some_of_those_named_before_are_what_those_are(language: str, says: str, scope: str, value: int) -> None:
    assert (scope, value) in {(f[0], f[3]) for f in told(says, language)}


def test_a_sum_of_observers_and_media_is_no_figure_however_far_the_observers_stand() -> None:
    says = (
        "By the time the list closed the commission had accredited 392 of the foreign observers. | Thirteen "
        "organizations supplied 271 observers. Thirty-two countries sent the other 121. | In addition, the ministry "
        "has issued press cards to 187 correspondents, which means that a total of 579 foreigners will be here."
    )
    assert 579 not in {f[3] for f in told(says, "en")}
