"""Numbers in running text: digits, words, cases, and what the words around make of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from extract.model import Approx
from extract.words.numbers import find_numbers
from extract.words.spans import Number, NumberKind
from extract.words.tokens import tokenize

CARDINAL, COLLECTIVE, DISTRIBUTIVE = NumberKind.CARDINAL, NumberKind.COLLECTIVE, NumberKind.DISTRIBUTIVE
ORDINAL, FRACTION, LABEL = NumberKind.ORDINAL, NumberKind.FRACTION, NumberKind.LABEL
COUNTS = {CARDINAL, COLLECTIVE, DISTRIBUTIVE}


def numbers(text: str, language: str) -> list[Number]:
    return find_numbers(tokenize(text), language)


def counts(text: str, language: str) -> list[int]:
    return [n.value for n in numbers(text, language) if n.kind in COUNTS]


def only(text: str, language: str) -> Number:
    (number,) = numbers(text, language)
    return number


def span(text: str, number: Number) -> str:
    tokens = tokenize(text)
    return text[tokens[number.first].start : tokens[number.last - 1].end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,013 observers", [1013]),
        ("14 000 people", [14_000]),
        ("the 1\u00a0026 observers", [1026]),
        ("8\u2009300\u2009046 votes", [8_300_046]),
        ("1\n026 people", [1026]),
        ("12.000 residents", [12_000]),
        ("1013 observers", [1013]),
        ("in 2019 1013 observers came", [1013]),
        ("As of January 13 473 observers were accredited", [473]),
        ("On Nov. 20 10,101 stations open", [10_101]),
        ("11.9 million voters", [11_900_000]),
        ("3.2 mln masks", [3_200_000]),
        ("11 million 950 thousand citizens", [11_950_000]),
        ("20 thousand signatures", [20_000]),
        ("Twenty-two observers", [22]),
        ("Four hundred monitors", [400]),
        ("one hundred and five guests", [105]),
        ("two thousand three hundred and forty-one", [2341]),
        ("a hundred monitors", [100]),
        ("a dozen bodies", [12]),
        ("two dozen states", [24]),
        ("half a dozen states", [6]),
        ("hundreds of observers, dozens of states, several hundred guests", []),
        ("a 12-member mission", [12]),
        ("between 300 and 400 observers", [400]),
        ("two or three days", [3]),
        ("from 43 to 106", [43, 106]),
        ("a single observer", [1]),
        ("Sweden a single one", [1]),
        ("one from the CSTO", [1]),
        ("One is the ambassador of Palestine, 11 are from the CIS", [1, 11]),
        ("one of the states, no one, one another, every one, the last one, a long one", []),
        ("none of them and not a few", []),
        ("The organizations (15), (9) and (7)", [15, 9, 7]),
        ("accredited398 observers", [398]),
        ("Twelve (12) observers, 7 (seven) guests", [12, 7]),
        ("open from 6-8 p.m.", []),
    ],
)
def test_english_counts(text: str, expected: list[int]) -> None:
    assert counts(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("454 международных наблюдателя", [454]),
        ("12 035 578 избирателей", [12_035_578]),
        ("11,8 млн казахстанцев", [11_800_000]),
        ("10,4 тыс. участковых комиссий", [10_400]),
        ("70 тысяч человек", [70_000]),
        ("двух, двумя, двоих", [2, 2, 2]),
        ("сорока пяти наблюдателям", [45]),
        ("ста двадцати трёх человек", [123]),
        ("тридцатью пятью государствами", [35]),
        ("двести тридцать четыре", [234]),
        ("тысяча двести", [1200]),
        ("две тысячи пятьсот", [2500]),
        ("полторы тысячи", [1500]),
        ("двух с половиной тысяч", [2500]),
        ("больше тысячи человек", [1000]),
        ("тысячи людей, сотни наблюдателей, десятки стран", []),
        ("перевалило за тысячу", [1000]),
        ("два десятка стран", [20]),
        ("двое, трое, шестеро, семеро", [2, 3, 6, 7]),
        ("от 3-х государств и 45-ти стран", [3, 45]),
        ("с 5-ю наблюдателями", [5]),
        ("два-три дня", [3]),
        ("от 300 до 400 наблюдателей", [400]),
        ("один из кандидатов, одна из стран, ни одной жалобы, один и тот же", []),
        ("одного наблюдателя", [1]),
        ("до 18:00 9 марта 12 человек", [12]),
        ("в 2011, 2012 и 2015 годах работали 48 наблюдателей", [48]),
    ],
)
def test_russian_counts(text: str, expected: list[int]) -> None:
    assert counts(text, "ru") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("он үш мемлекет", [13]),
        ("қырық бес байқаушы", [45]),
        ("жүз елу бес адам", [155]),
        ("екі жүз отыз", [230]),
        ("мың байқаушы", [1000]),
        ("төртеу, төртеуі, екеуі, жетеуін, бесеуі", [4, 4, 2, 7, 5]),
        ("Оның 866-сы", [866]),
        ("Солардың 13-ін, 11-ін", [13, 11]),
        ("6-уы ТМД-дан", [6]),
        ("5 100-і дауыс берді", [5100]),
        ("45-тен 67-ге өсті", [45, 67]),
        ("он бірі ТМД-дан", [11]),
        ("1 026-ға жетті", [1026]),
        ("118 мыңнан астам", [118_000]),
        ("бір жарым мың", [1500]),
        ("12,4 миллион азамат", [12_400_000]),
        ("екі-үш күн", [3]),
        ("2023 жылғы 19 наурызда 473 адамды", [473]),
        ("ол үшін барлығы бірге, бір-бірімен, бір кезде, солардың бірі, бірнеше жүз", []),
        ("бір ғана кандидатура", [1]),
    ],
)
def test_kazakh_counts(text: str, expected: list[int]) -> None:
    assert counts(text, "kk") == expected


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("the 15th mission", "en", ORDINAL),
        ("the first ones", "en", ORDINAL),
        ("the twenty-first", "en", ORDINAL),
        ("первых", "ru", ORDINAL),
        ("17-я", "ru", ORDINAL),
        ("5-й", "ru", ORDINAL),
        ("10-го", "ru", ORDINAL),
        ("15-ші", "kk", ORDINAL),
        ("бесінші", "kk", ORDINAL),
        ("81.31 percent", "en", FRACTION),
        ("54.2 per cent", "en", FRACTION),
        ("36.2%", "en", FRACTION),
        ("three quarters", "en", FRACTION),
        ("one third", "en", FRACTION),
        ("half of them", "en", FRACTION),
        ("69,44 %", "ru", FRACTION),
        ("68 процентов", "ru", FRACTION),
        ("30-процентная", "ru", FRACTION),
        ("две трети", "ru", FRACTION),
        ("полтора метра", "ru", FRACTION),
        ("62,5 пайыз", "kk", FRACTION),
        ("үштен бірі", "kk", FRACTION),
        ("жартысы", "kk", FRACTION),
        ("No. 111", "en", LABEL),
        ("at 6 p.m.", "en", LABEL),
        ("seven o'clock", "en", LABEL),
        ("at 18:00", "en", LABEL),
        ("+7 (7172) 72 05 18", "en", LABEL),
        ("72-01-11", "en", LABEL),
        ("by calling 109", "en", LABEL),
        ("The hot line is available at 1401", "en", LABEL),
        ("3x4 cm", "en", LABEL),
        ("COVID-19", "en", LABEL),
        ("KZT 840 mln", "en", LABEL),
        ("room 412", "en", LABEL),
        ("№ 58", "ru", LABEL),
        ("по номеру 109", "ru", LABEL),
        ("16-летний", "ru", LABEL),
        ("в 18 часов", "ru", LABEL),
        ("таңғы жетіде", "kk", LABEL),
        ("20-бабына", "kk", LABEL),
        ("109 нөміріне", "kk", LABEL),
    ],
)
def test_kinds(text: str, language: str, kind: NumberKind) -> None:
    assert only(text, language).kind is kind


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("по одному", "ru", 1),
        ("по двое", "ru", 2),
        ("по 2 наблюдателя", "ru", 2),
        ("по четыре", "ru", 4),
        ("бір-бірден", "kk", 1),
        ("үш-үштен", "kk", 3),
        ("2-2-ден", "kk", 2),
        ("он бес-он бестен", "kk", 15),
        ("екіден", "kk", 2),
    ],
)
def test_so_many_each(text: str, language: str, value: int) -> None:
    number = only(text, language)
    assert (number.kind, number.value, number.first) == (DISTRIBUTIVE, value, 0)


@pytest.mark.parametrize("text", ["по 57 из них", "по двум округам", "по 5 вопросам"])
def test_not_each(text: str) -> None:
    assert only(text, "ru").kind is CARDINAL


@pytest.mark.parametrize(
    ("text", "language", "approx", "value", "begins"),
    [
        ("about 200", "en", Approx.ABOUT, 200, "about"),
        ("some 3,300 deputies", "en", Approx.ABOUT, 3300, "some"),
        ("an estimated 1,000", "en", Approx.ABOUT, 1000, "an"),
        ("in excess of 614", "en", Approx.OVER, 614, "in"),
        ("no fewer than 12", "en", Approx.OVER, 12, "no"),
        ("to exceed 600", "en", Approx.OVER, 600, "exceed"),
        ("at least two dozen", "en", Approx.OVER, 24, "at"),
        ("nearly 130", "en", Approx.UNDER, 130, "nearly"),
        ("up to 300", "en", Approx.UNDER, 300, "up"),
        ("up to 1600-1700", "en", Approx.UNDER, 1700, "up"),
        ("no more than 10", "en", Approx.UNDER, 10, "no"),
        ("600 or so", "en", Approx.ABOUT, 600, None),
        ("200-odd", "en", Approx.ABOUT, 200, None),
        ("300 plus", "en", Approx.OVER, 300, None),
        ("as many as 144", "en", None, 144, None),
        ("40+ countries", "en", Approx.OVER, 40, None),
        ("порядка 300", "ru", Approx.ABOUT, 300, "порядка"),
        ("почти 60", "ru", Approx.UNDER, 60, "почти"),
        ("до сотни", "ru", Approx.UNDER, 100, "до"),
        ("не менее 10", "ru", Approx.OVER, 10, "не"),
        ("более чем 640", "ru", Approx.OVER, 640, "более"),
        ("максимум - 1600-1700", "ru", Approx.UNDER, 1700, "максимум"),
        ("100 с лишним", "ru", Approx.OVER, 100, None),
        ("выросло до 248", "ru", None, 248, None),
        ("довел число наблюдателей до 248", "ru", None, 248, None),
        ("шамамен 330", "kk", Approx.ABOUT, 330, "шамамен"),
        ("кемінде 400", "kk", Approx.OVER, 400, "кемінде"),
        ("9 700-ден астам", "kk", Approx.OVER, 9700, None),
        ("100 ден астам", "kk", Approx.OVER, 100, None),
        ("мыңнан астам", "kk", Approx.OVER, 1000, None),
        ("20 адамнан астам", "kk", Approx.OVER, 20, None),
        ("200-ге жуық", "kk", Approx.ABOUT, 200, None),
        ("60 миллион теңгеге жуық", "kk", Approx.ABOUT, 60_000_000, None),
        ("мыңға дейін", "kk", Approx.UNDER, 1000, None),
        ("жиырмадай", "kk", Approx.ABOUT, 20, None),
        ("62-ге дейін өсті", "kk", None, 62, None),
    ],
)
def test_approximation(text: str, language: str, approx: Approx | None, value: int, begins: str | None) -> None:
    number = only(text, language)
    words = tokenize(text)
    found = None if number.approx_first is None else words[number.approx_first].lower
    assert (number.approx, number.value, found) == (approx, value, begins)


@pytest.mark.parametrize(
    ("text", "language", "more"),
    [
        ("another 12", "en", True),
        ("12 more", "en", True),
        ("a further 7", "en", True),
        ("additional 15", "en", True),
        ("two other", "en", True),
        ("about another 12", "en", True),
        ("the other 147", "en", False),
        ("12 observers", "en", False),
        ("ещё 12", "ru", True),
        ("ещё порядка 12", "ru", True),
        ("дополнительно 12", "ru", True),
        ("ещё по одному", "ru", True),
        ("тағы 12", "kk", True),
        ("тағы екі-екіден", "kk", True),
        ("қосымша 7", "kk", True),
    ],
)
def test_additions(text: str, language: str, more: bool) -> None:
    assert only(text, language).more is more


def test_a_sum_is_not_more_than_its_first_term() -> None:
    assert [(n.value, n.approx) for n in numbers("322 + 76 = 398", "en")] == [(322, None), (76, None), (398, None)]


def test_span_leaves_out_the_words_around() -> None:
    text = "there were more than 1,013 others"
    number = only(text, "en")
    assert span(text, number) == "1,013"
    assert number.tail == number.last + 1


@given(st.integers(2, 999_999_999))
def test_english_words_round_trip(value: int) -> None:
    assert counts(num2words(value, lang="en").replace(",", "") + " observers", "en") == [value]


@given(st.integers(2, 999_999_999))
def test_kazakh_words_round_trip(value: int) -> None:
    assert counts(num2words(value, lang="kz") + " байқаушы", "kk") == [value]


CASES = ("n", "g", "d", "a", "i", "p")


@given(st.integers(2, 999_999_999), st.sampled_from(CASES), st.sampled_from("mfn"))
def test_russian_words_round_trip_in_every_case(value: int, case: str, gender: str) -> None:
    words = num2words(value, lang="ru", case=case, gender=gender, animate=False)
    assert counts(words + " наблюдателей", "ru") == [value]


@given(st.integers(0, 10**12), st.sampled_from([",", " ", "\u00a0", "\u2009", "\u202f", ".", "'"]))
def test_grouped_digits_round_trip(value: int, mark: str) -> None:
    for language in ("en", "ru", "kk"):
        text = f"{value:,}".replace(",", mark) + " :"
        assert counts(text, language) == [value]


PIECES = st.sampled_from(
    [
        "1",
        "13",
        "2019",
        "10,101",
        "14",
        "000",
        "one",
        "of",
        "the",
        "two",
        "thousand",
        "a",
        "dozen",
        "half",
        "-",
        ".",
        ",",
        ":",
        "(",
        ")",
        "+",
        "%",
        "по",
        "одному",
        "двух",
        "тысяч",
        "сорок",
        "до",
        "около",
        "из",
        "с",
        "лишним",
        "бір",
        "екі-екіден",
        "мың",
        "ден",
        "астам",
        "жарым",
        "January",
        "5",
        "мая",
        "ж.",
        "№",
        "x",
        "and",
        "or",
        "to",
        "between",
        "300",
        "ещё",
        "тағы",
    ]
)


@given(st.lists(PIECES, max_size=30), st.sampled_from(["en", "ru", "kk"]), st.sampled_from(["", " "]))
@settings(max_examples=300)
def test_any_text_gives_ordered_spans(pieces: list[str], language: str, blank: str) -> None:
    tokens = tokenize(blank.join(pieces))
    last = 0
    for number in find_numbers(tokens, language):
        assert last <= number.first < number.last <= len(tokens)
        assert number.value >= 0
        last = number.last


@pytest.mark.parametrize(
    "piece",
    ["1 ", "123 ", "1-", "one ", "thousand ", "2015, ", "1:", "1,", "1.234", "two or ", "hot line ", "half ", "по 1 "],
)
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_monotonous_text_is_read_to_its_end(piece: str, language: str) -> None:
    tokens = tokenize(piece * 2000)
    assert all(n.last <= len(tokens) for n in find_numbers(tokens, language))
