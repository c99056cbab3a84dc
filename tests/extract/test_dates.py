"""Days in running text, resolved by the day of publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.words.dates import find_days
from extract.words.spans import Day
from extract.words.tokens import tokenize

PUBLISHED = date(2022, 11, 9)
"""A Wednesday."""


def days(text: str, language: str, published: date | None = PUBLISHED) -> list[Day]:
    return find_days(tokenize(text), language, published)


def only(text: str, language: str, published: date | None = PUBLISHED) -> Day:
    (day,) = days(text, language, published)
    return day


def span(text: str, day: Day) -> str:
    tokens = tokenize(text)
    return text[tokens[day.first].start : tokens[day.last - 1].end]


@pytest.mark.parametrize(
    ("text", "language", "written", "day", "given"),
    [
        ("on Jan. 4 at", "en", "Jan. 4", date(2023, 1, 4), False),
        ("the Jan.1 vote", "en", "Jan.1", date(2023, 1, 1), False),
        ("by January 4, 2021, at", "en", "January 4, 2021", date(2021, 1, 4), True),
        ("4 January 2021", "en", "4 January 2021", date(2021, 1, 4), True),
        ("As of March 1, 2016б the number", "en", "March 1, 2016б", date(2016, 3, 1), True),
        ("the 8th of November 2022", "en", "8th of November 2022", date(2022, 11, 8), True),
        ("as of 8 November", "en", "8 November", date(2022, 11, 8), False),
        ("November 14, 174 observers", "en", "November 14", date(2022, 11, 14), False),
        ("January 13 473 observers", "en", "January 13", date(2023, 1, 13), False),
        ("on Sunday, November 20.", "en", "Sunday, November 20", date(2022, 11, 20), False),
        ("this Sunday, June 5,", "en", "this Sunday, June 5", date(2022, 6, 5), False),
        ("today, Nov. 9", "en", "today, Nov. 9", date(2022, 11, 9), False),
        ("on 20.04.2015", "en", "20.04.2015", date(2015, 4, 20), True),
        ("on 2015-04-20", "en", "2015-04-20", date(2015, 4, 20), True),
        ("20/04/2015", "en", "20/04/2015", date(2015, 4, 20), True),
        ("4 января", "ru", "4 января", date(2023, 1, 4), False),
        ("4 января 2021 года", "ru", "4 января 2021 года", date(2021, 1, 4), True),
        ("4 января 2021 г. в", "ru", "4 января 2021 г.", date(2021, 1, 4), True),
        ("13-го марта", "ru", "13-го марта", date(2023, 3, 13), False),
        ("до 18.00 3 июня 2019 года", "ru", "3 июня 2019 года", date(2019, 6, 3), True),
        ("по 14 марта включительно", "ru", "14 марта", date(2023, 3, 14), False),
        ("в субботу, 28 марта, комиссия", "ru", "субботу, 28 марта", date(2023, 3, 28), False),
        ("13 наурыз", "kk", "13 наурыз", date(2023, 3, 13), False),
        ("13 наурызда", "kk", "13 наурызда", date(2023, 3, 13), False),
        ("наурыздың 19-ында", "kk", "наурыздың 19-ында", date(2023, 3, 19), False),
        ("қараша айының 14-і", "kk", "қараша айының 14-і", date(2022, 11, 14), False),
        ("2023 жылғы 19 наурызда", "kk", "2023 жылғы 19 наурызда", date(2023, 3, 19), True),
        ("2026 жылғы 15 қараша", "kk", "2026 жылғы 15 қараша", date(2026, 11, 15), True),
        ("15-қараша", "kk", "15-қараша", date(2022, 11, 15), False),
        ("комиссиясы19 наурызға", "kk", "19 наурызға", date(2023, 3, 19), False),
        ("бүгін, 13 наурызда", "kk", "бүгін, 13 наурызда", date(2023, 3, 13), False),
        ("алдағы жексенбіде, 26 сәуірде", "kk", "алдағы жексенбіде, 26 сәуірде", date(2023, 4, 26), False),
    ],
)
def test_days(text: str, language: str, written: str, day: date, given: bool) -> None:
    found = only(text, language)
    assert (span(text, found), found.day, found.year_given, found.relative) == (written, day, given, False)


@pytest.mark.parametrize(
    ("text", "language", "begin", "end"),
    [
        ("from November 1 to 7", "en", date(2022, 11, 1), date(2022, 11, 7)),
        ("From 17 to 20 November 2022", "en", date(2022, 11, 17), date(2022, 11, 20)),
        ("between November 1 and 7", "en", date(2022, 11, 1), date(2022, 11, 7)),
        ("from January 20 to February 27", "en", date(2023, 1, 20), date(2023, 2, 27)),
        ("Dec. 28 to Jan. 3", "en", date(2022, 12, 28), date(2023, 1, 3)),
        ("November 17-20", "en", date(2022, 11, 17), date(2022, 11, 20)),
        ("с 1 по 7 ноября", "ru", date(2022, 11, 1), date(2022, 11, 7)),
        ("с 9 до 14 ноября", "ru", date(2022, 11, 9), date(2022, 11, 14)),
        ("с 20 января по 27 февраля 2023 года", "ru", date(2023, 1, 20), date(2023, 2, 27)),
        ("1-7 қараша", "kk", date(2022, 11, 1), date(2022, 11, 7)),
        ("20 қаңтардан 27 ақпанға дейін", "kk", date(2023, 1, 20), date(2023, 2, 27)),
        ("9-дан 14 қарашаға дейін", "kk", date(2022, 11, 9), date(2022, 11, 14)),
        ("қарашаның 1-і мен 7-сі аралығында", "kk", date(2022, 11, 1), date(2022, 11, 7)),
    ],
)
def test_periods(text: str, language: str, begin: date, end: date) -> None:
    found = only(text, language)
    assert (found.day, found.until) == (begin, end)


@pytest.mark.parametrize(
    ("text", "language", "step"),
    [
        ("today", "en", 0),
        ("today’s meeting", "en", 0),
        ("this evening", "en", 0),
        ("yesterday", "en", -1),
        ("tomorrow", "en", 1),
        ("on Wednesday", "en", 0),
        ("on Monday", "en", -2),
        ("last Wednesday", "en", -7),
        ("last Friday", "en", -5),
        ("this Sunday", "en", 4),
        ("next Wednesday", "en", 7),
        ("сегодня", "ru", 0),
        ("на сегодняшний день", "ru", 0),
        ("вчера", "ru", -1),
        ("завтра", "ru", 1),
        ("в понедельник", "ru", -2),
        ("в среду", "ru", 0),
        ("в минувшую пятницу", "ru", -5),
        ("в ближайшее воскресенье", "ru", 4),
        ("бүгін", "kk", 0),
        ("кеше", "kk", -1),
        ("ертең", "kk", 1),
        ("дүйсенбі күні", "kk", -2),
        ("өткен сенбіде", "kk", -4),
        ("алдағы жексенбіде", "kk", 4),
    ],
)
def test_relative_days(text: str, language: str, step: int) -> None:
    found = only(text, language)
    assert (found.day, found.relative) == (PUBLISHED + timedelta(days=step), True)
    unresolved = only(text, language, None)
    assert (unresolved.day, unresolved.relative) == (None, True)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("In January 2023 it", "en", [(2023, 1)]),
        ("He may come in May", "en", [(None, 5)]),
        ("in November 10,101 stations", "en", [(None, 11)]),
        ("of 2011, 2012 and 2015 had", "en", [(2011, None), (2012, None), (2015, None)]),
        ("the 2015 presidential and 2016 parliamentary polls", "en", [(2015, None), (2016, None)]),
        ("since 2004", "en", [(2004, None)]),
        ("2022 Presidential Election", "en", [(2022, None)]),
        ("2015 observers, a total of 2000 observers", "en", []),
        ("Kazakhstan Today reports from Monday to Friday; they march on", "en", []),
        ("в ноябре 2022 года", "ru", [(2022, 11)]),
        ("в мае", "ru", [(None, 5)]),
        ("в 2011, 2012 и 2015 годах", "ru", [(2011, None), (2012, None), (2015, None)]),
        ("зарегистрировали 1024 наблюдателя и 2000 человек", "ru", []),
        ("выборы-2019", "ru", [(2019, None)]),
        ("1995 жылы қосылып, 2011 жылы", "kk", [(1995, None), (2011, None)]),
        ("ақпанда", "kk", [(None, 2)]),
    ],
)
def test_months_and_years_alone(text: str, language: str, expected: list[tuple[int | None, int | None]]) -> None:
    found = days(text, language)
    assert [(d.year, d.month) for d in found] == expected
    assert all(d.day is None and d.dom is None for d in found)


@pytest.mark.parametrize(
    ("text", "language"), [("6, 13 и 21 мая", "ru"), ("May 6, 13 and 21", "en"), ("6, 13 және 21 мамырда", "kk")]
)
def test_listed_days_fall_in_one_year(text: str, language: str) -> None:
    for published in (PUBLISHED, date(2022, 11, 15), date(2022, 6, 1)):
        found = [d.day for d in days(text, language, published)]
        years = {d.year for d in found if d}
        assert [(d.month, d.day) for d in found if d] == [(5, 6), (5, 13), (5, 21)]
        assert len(years) == 1


def test_day_without_year_or_publication_keeps_month_and_day() -> None:
    found = only("on Jan. 4", "en", None)
    assert (found.day, found.month, found.dom, found.year) == (None, 1, 4, None)


def test_leap_day() -> None:
    assert only("February 29", "en", date(2016, 3, 1)).day == date(2016, 2, 29)
    assert only("29 февраля", "ru", date(2022, 3, 1)).day is None
    assert only("February 29, 2023", "en").day is None


ANY_DAY = st.dates(date(1991, 1, 1), date(2040, 12, 31))
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTHS_RU = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
MONTHS_KK = [
    "қаңтар",
    "ақпан",
    "наурыз",
    "сәуір",
    "мамыр",
    "маусым",
    "шілде",
    "тамыз",
    "қыркүйек",
    "қазан",
    "қараша",
    "желтоқсан",
]


@given(ANY_DAY, st.sampled_from(["{m} {d}, {y}", "{d} {m} {y}", "the {d}th of {m} {y}", "{m} {d} {y}"]))
def test_english_dates_round_trip(day: date, form: str) -> None:
    text = form.format(d=day.day, m=MONTHS_EN[day.month - 1], y=day.year)
    assert only(f"on {text} they met", "en").day == day


@given(ANY_DAY, st.sampled_from(["{d} {m} {y} года", "{d}-го {m} {y} г.", "{d:02}.{n:02}.{y}"]))
def test_russian_dates_round_trip(day: date, form: str) -> None:
    text = form.format(d=day.day, m=MONTHS_RU[day.month - 1], n=day.month, y=day.year)
    assert only(f"Принято {text} в столице", "ru").day == day


@given(ANY_DAY, st.sampled_from(["", "да", "дағы", "ға"]))
def test_kazakh_dates_round_trip(day: date, ending: str) -> None:
    text = f"{day.year} жылғы {day.day} {MONTHS_KK[day.month - 1]}{ending} отырыс"
    assert only(text, "kk").day == day


@given(ANY_DAY, st.integers(-150, 150))
def test_year_is_the_nearest(published: date, step: int) -> None:
    day = published + timedelta(days=step)
    text = f"on {MONTHS_EN[day.month - 1]} {day.day}"
    assert only(text, "en", published).day == day


@given(
    st.lists(
        st.sampled_from(
            [
                "1",
                "7",
                "13",
                "2019",
                "May",
                "January",
                "5th",
                ",",
                ".",
                "-",
                "and",
                "to",
                "from",
                "of",
                "мая",
                "по",
                "с",
                "года",
                "жылғы",
                "қарашаның",
                "14-і",
                "Monday",
            ]
        ),
        max_size=25,
    ),
    st.sampled_from(["en", "ru", "kk"]),
)
def test_any_text_gives_ordered_spans(pieces: list[str], language: str) -> None:
    tokens = tokenize(" ".join(pieces))
    last = 0
    for day in find_days(tokens, language, PUBLISHED):
        assert last <= day.first < day.last <= len(tokens)
        assert day.until is None or day.day is None or day.day <= day.until
        last = day.last


@pytest.mark.parametrize("piece", ["2015, ", "January 1 and ", "5 мая ", "Monday - ", "1, ", "20.04.2015 "])
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_monotonous_text_is_read_to_its_end(piece: str, language: str) -> None:
    tokens = tokenize(piece * 2000)
    assert all(d.last <= len(tokens) for d in find_days(tokens, language, PUBLISHED))
