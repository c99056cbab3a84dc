"""Numbers of other things beside an accredited total: none of them counts observers, wherever they stand."""

from __future__ import annotations

import pytest

from tests.extract.saying import facts, report_on

TOTAL = {
    "en": "The commission has accredited 43 international observers.",
    "ru": "Комиссия аккредитовала 43 международных наблюдателя.",
    "kk": "Комиссия 43 халықаралық байқаушыны аккредиттеді.",
}
OTHERS = {
    "en": (
        "In all, 62 candidates were registered.",
        "A total of 77 complaints were received.",
        "The list has 62 candidates.",
        "Seven parties were registered.",
        "A trio of candidates remains in the race, observers say.",
        "The commission has registered 62 proxies of the candidates.",
        "It approved 62 decisions.",
        "The number of voters stands at 11,953,465.",
        "The number of polling stations has reached 10,101.",
        "The commission has 7 members.",
        "Twelve members of the commission attended.",
        "So far, 62 stations have been opened.",
        "The oldest candidate is 82 years old.",
        "The hall seats 500 people.",
        "A brigade of 12 doctors is on duty.",
        "More than 30,000 policemen will be on duty.",
        "Eleven new members were elected.",
        "The number of candidates reached 62.",
        "The number of registered candidates has risen to 12.",
        "The phone number is 87172.",
        "Questions are answered at the short number 109.",
        "As of today, 12 people have been nominated for president.",
        "Of them, 7 are women.",
        "The campaign ends on November 18 at 00:00.",
        "The commission reported 12 new cases of coronavirus.",
    ),
    "ru": (
        "Всего зарегистрировано 62 кандидата.",
        "Поступило 77 жалоб.",
        "В списке 62 кандидата.",
        "Зарегистрировано семь партий.",
        "Зарегистрированы 62 доверенных лица кандидатов.",
        "Принято 62 постановления.",
        "Число избирателей составляет 11 953 465.",
        "Количество избирательных участков достигло 10 101.",
        "В комиссии семь членов.",
        "Самому старшему кандидату 82 года.",
        "Зал рассчитан на 500 человек.",
        "Телефон горячей линии – 1414.",
        "На дорогах будут дежурить более 30 тысяч полицейских.",
        "Избраны одиннадцать новых членов.",
        "Выявлено 12 новых случаев коронавируса.",
        "Число кандидатов достигло 62.",
        "Количество зарегистрированных кандидатов выросло до 12.",
        "В дебатах участвуют шесть человек.",
        "Напомним, в стране проживает более 19 млн человек.",
    ),
    "kk": (
        "Кандидаттар саны 62-ге жетті.",
        "Тіркелген кандидаттардың саны 12-ге дейін өсті.",
        "Барлығы 62 кандидат тіркелді.",
        "77 шағым түсті.",
        "Тізімде 62 кандидат бар.",
        "Кандидаттардың 62 сенімді өкілі тіркелді.",
        "62 қаулы қабылданды.",
        "Кандидатты қолдап 155 мың адам қол қойды.",
        "Комиссияның жеті мүшесі бар.",
        "Сайлау учаскелерінің саны 10 101-ге жетті.",
        "Зал 500 адамға арналған.",
        "Жедел желі телефоны – 1414.",
        "30 мыңнан астам полицей кезекшілікке шығады.",
        "Он бір жаңа мүше сайланды.",
        "Дебатқа алты адам қатысады.",
        "Олардың 7-еуі әйел.",
        "Елде 19 млн-нан астам адам тұрады.",
    ),
}
TAKEN_FOR_OBSERVERS = {
    "people nominated for president taken for proposed observers": (("ru", "На сегодня выдвинуто 12 человек."),),
}
CASES = [
    *((language, other) for language, others in OTHERS.items() for other in others),
    *(
        pytest.param(language, other, marks=pytest.mark.xfail(strict=True, reason=reason))
        for reason, cases in TAKEN_FOR_OBSERVERS.items()
        for language, other in cases
    ),
]


@pytest.mark.parametrize(("language", "other"), CASES)
def test_what_counts_no_observers_says_nothing(language: str, other: str) -> None:
    own = {("total", "accredited", "cumulative", 43)}
    for paragraphs in ((TOTAL[language], other), (f"{TOTAL[language]} {other}",), (other, TOTAL[language])):
        assert facts(report_on(*paragraphs, language=language)) == own, paragraphs


@pytest.mark.parametrize(
    "number",
    [
        "forty-two",
        "six hundred and forty-one",
        "two hundred and six",
    ],
)
def test_an_article_before_a_number_in_words(number: str) -> None:
    plain = report_on(f"There are {number} observers accredited by the commission for the election.")
    definite = report_on(f"The {number} observers accredited by the commission are at work.")
    assert facts(definite) == facts(plain) != set()


def test_a_typewriters_dash() -> None:
    said = "Всего аккредитовано 1013 наблюдателей. 866 делегировали международные организации, 147 {} государства."
    dash, hyphen = (facts(report_on(said.format(mark), language="ru")) for mark in "–-")
    assert hyphen == dash
    assert ("countries", "accredited", "cumulative", 147) in dash


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The number of accredited observers has grown from 225 to 250."),
        ("kk", "Аккредиттелген байқаушылар саны 225-тен 250-ге өсті."),
        ("ru", "Число аккредитованных наблюдателей выросло с 225 до 250."),
        ("ru", "Число аккредитованных наблюдателей выросло со 125 до 250."),
    ],
)
def test_a_total_grows_from_a_total(language: str, said: str) -> None:
    report = report_on(said, language=language)
    assert {f[:3] for f in facts(report)} == {("total", "accredited", "cumulative")}
    assert len(facts(report)) == 2
    assert report.main is not None
    assert report.main.value == 250
