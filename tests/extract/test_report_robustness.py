"""Any text is read: without an exception, in steps that grow as the text does, and nothing comes out of nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.model import Article, Report
from extract.report import read_report
from foundation.errors import PageTooLarge
from tests.extract.corpora import LANGUAGES, everything, own
from tests.extract.saying import OPENING, article, facts, report_on

WORDS = {
    "en": "observers accredited 12 of from the CIS Italy and , . ; : – ( ) “ ” two each total by another percent",
    "ru": "наблюдателей аккредитовано 12 из от СНГ Италии и , . ; : – ( ) « » по двое всего до еще процентов",
    "kk": "байқаушы аккредиттелді 12 оның 7-і ТМД-дан Италиядан және , . ; : – ( ) « » екіден барлығы дейін тағы пайыз",
}
BOUNDED = settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def sound(report: Report, of: Article) -> None:
    """What holds for every report: its indices point at something, its quotes are quotes."""
    for figure in report.figures:
        evidence = figure.evidence
        source = (of.title or "") if evidence.where.value == "title" else of.body
        assert evidence.text == source[evidence.start : evidence.end] != ""
        assert figure.value > 0
    assert report.headline is None or report.figures[report.headline].status.value == "accredited"
    assert report.relevant == any(f.scope != "journalists" for f in report.figures)
    keys = [(f.scope, f.status, f.basis, f.value) for f in report.figures]
    assert len(set(keys)) == len(keys)


@BOUNDED
@given(st.text(max_size=400), st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_any_text(body: str, title: str, language: str) -> None:
    some = article(*body.split("\n"), language=language, title=title)
    sound(read_report(some), some)


@BOUNDED
@given(st.data(), st.sampled_from(LANGUAGES))
def test_any_order_of_the_words_that_matter(data: st.DataObject, language: str) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS[language].split()), min_size=1, max_size=60))
    some = article(OPENING[language], " ".join(words), language=language)
    sound(read_report(some), some)


@BOUNDED
@given(st.data(), st.sampled_from(LANGUAGES))
def test_pieces_of_articles(data: st.DataObject, language: str) -> None:
    """Texts cut anywhere, in the middle of words and numbers."""
    story = data.draw(st.sampled_from(everything(language)))
    text = story.article.body
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : start + data.draw(st.integers(0, 600))]
    some = story.changed(None, tuple(piece.split("\n")))
    sound(read_report(some), some)


@BOUNDED
@given(st.data())
def test_an_article_in_another_language_than_it_says(data: st.DataObject) -> None:
    story = data.draw(st.sampled_from(everything(data.draw(st.sampled_from(LANGUAGES)))))
    wrong = data.draw(st.sampled_from(LANGUAGES))
    some = Article(story.article.title, story.article.paragraphs, wrong, published=story.article.published)
    sound(read_report(some), some)


NOTHING = {
    "nothing": "",
    "blanks": " \t\u00a0\u2009",
    "marks": "«»“”„\"'()[]{}—–-…!?.,;:·•*/\\|#№%&§ " * 200,
    "open quotes": "“" * 3000 + "(((" * 1000,
    "digits": "7" * 2000,
    "groups of digits": "123 456 " * 300,
    "decimals": "1.2.3,4,5;6:7-8–9/0" * 200,
    "apostrophes": "a'" * 20_000,
    "combining marks": "e\u0301\u0301\u0301" * 5000,
    "other scripts": "观察员 مراقب παρατηρητής דמעי 🗳️ ٤٢ ४२ ⅷ ①  " * 300,
    "control characters": "".join(map(chr, range(0x20))) * 50,
    "halves of surrogate pairs": "\ud800\udfff 12 \udc00",
    "right to left": "\u202e42 srevresbo\u202c " * 50,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_no_figures_out_of_nothing(text: str, language: str) -> None:
    assert facts(report_on(text, language=language, title=text[:5000])) == set()


ENDLESS = {
    "digits": "7" * 2_000_000,
    "one word": "абв" * 100_000,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS.keys())
def test_words_without_an_end(text: str, language: str) -> None:
    assert facts(report_on(text, language=language, title=text[:5000])) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_too_large_to_be_one(language: str) -> None:
    sentence = {
        "en": "The commission has accredited {} international observers.",
        "ru": "Комиссия аккредитовала {} международных наблюдателей.",
        "kk": "Комиссия {} халықаралық байқаушыны аккредиттеді.",
    }[language]
    assert facts(report_on(sentence.format("9" * 100_000), language=language)) == set()
    assert facts(report_on(sentence.format(1_000_000_000), language=language)) == set()
    assert {f[3] for f in facts(report_on(sentence.format(398), language=language))} == {398}


def test_an_article_without_anything() -> None:
    for language in LANGUAGES:
        assert read_report(Article(None, (), language)) == read_report(Article("", ("",), language))


def test_scripts_mixed_within_words() -> None:
    """Latin letters that look like Cyrillic ones, as editors leave them: read or not, but read soundly."""
    mixed = str.maketrans("аеосрх", "aeocpx")
    for story in everything("ru")[:10]:
        some = story.changed(story.article.title, tuple(p.translate(mixed) for p in story.article.paragraphs))
        sound(read_report(some), some)


@contextmanager
def counting() -> Iterator[list[int]]:
    """Counts the lines of Python run inside, loops and comprehensions by each round: the same on every machine."""
    lines, before = [0], sys.gettrace()

    def trace(frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:  # noqa: ANN401 - as settrace has it
        lines[0] += event == "line"
        return trace

    sys.settrace(trace)
    try:
        yield lines
    finally:
        sys.settrace(before)


def steps(text: str, language: str) -> int:
    """How many steps the reading of a text takes, all tables having been loaded."""
    some = article(OPENING[language], text, language=language)
    read_report(some)
    with counting() as lines:
        read_report(some)
    return lines[0]


MOST_STEPS = {"en": 265, "ru": 355, "kk": 408}
"""Lines of Python a word in eight articles each, with a tenth of room: what a round of new rules may not use up."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ordinary_article_takes_no_more_steps_a_word_than_allowed(language: str) -> None:
    stories = own(language)[:8]
    words = sum(len(s.article.body.split()) + len((s.article.title or "").split()) for s in stories)
    for story in stories:
        read_report(story.article)
    with counting() as lines:
        for story in stories:
            read_report(story.article)
    assert lines[0] < MOST_STEPS[language] * words


def test_numbers_that_would_be_parts_of_each_other_are_read() -> None:
    """'One in forty' of 14 applicants, while 40 is also what two, 24 and 14 add up to."""
    report = report_on(
        "The National Election Office of Hungary is sending two observers to Kazakhstan. The ministry has accredited 8"
        " foreign journalists. Applications of 14 people are still under consideration, and only one in forty"
        " applicants has been refused.",
        "The commission excluded three observers. On the list are people from the SCO (24) and the OTS (14).",
        title="Foreign observers accredited",
    )
    assert {("organization:SCO", "accredited", 24), ("organization:OTS", "accredited", 14)} <= {
        (f.scope, f.status.value, f.value) for f in report.figures
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_read_before_changes_nothing(language: str) -> None:
    articles = [story.article for story in own(language)[:8]]
    first = [read_report(a) for a in articles]
    for other in LANGUAGES:
        for a in articles:
            read_report(Article(a.title, a.paragraphs, other, published=a.published))
    assert [read_report(a) for a in reversed(articles)] == first[::-1]


LONG = {
    "en": "The weather in the city was fine and people went about their work",
    "ru": "Погода в городе стояла хорошая и люди шли по своим делам",
    "kk": "Қалада ауа райы жақсы болды және адамдар жұмысына барды",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_four_times_as_long_takes_four_times_the_steps(language: str) -> None:
    short, long = (steps(" ".join([LONG[language]] * n), language) for n in (100, 400))
    assert long < 5 * short


def test_a_hundred_thousand_words_on_one_line() -> None:
    assert facts(report_on(" ".join([LONG["en"]] * 8000))) == set()


MANY: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: " ".join(f"The commission accredited {k} observers from Italy." for k in range(2, n)),
    "items": lambda n: "The commission accredited observers: " + ", ".join(f"Italy – {k}" for k in range(2, n)) + ".",
    "numbers": lambda n: "9 " * n,
    "states": lambda n: "The commission accredited one observer each from " + ", ".join(["Italy", "Peru"] * n) + ".",
    "words": lambda n: " ".join([WORDS["en"].replace("12", "")] * (n // 2)),
}


@pytest.mark.parametrize("many", MANY)
def test_four_times_the_matter_takes_four_times_the_steps(many: str) -> None:
    short, long = (steps(MANY[many](n), "en") for n in (25, 100))
    assert long < 5 * short


COMPARED: dict[str, Callable[[int], str]] = {
    "subtotals": lambda n: " ".join(
        f"Organizations have {k} accredited observers, states have {k + 1}. The number is {k + 7}."
        for k in range(30, 30 + n)
    ),
    "bodies": lambda n: (
        "The commission accredited observers of bodies: "
        + ", ".join(f"the Assembly of {chr(65 + k % 26)}{chr(97 + k // 26)}ria – {k + 20}" for k in range(n))
        + ". The number is 900."
    ),
}
"""Figures that may be parts of each other, so that each is compared with each: `MOST_MENTIONS` bounds the square."""


@pytest.mark.parametrize("compared", COMPARED)
def test_four_times_the_figures_take_less_than_their_square(compared: str) -> None:
    """Each sum of any two or three of them would be tried a hundred times as often."""
    short, long = (steps(COMPARED[compared](n), "en") for n in (25, 100))
    assert long < 9 * short


def test_more_numbers_of_observers_than_any_article_has_are_refused() -> None:
    few, many = (
        article("The commission met.", *(f"The commission accredited {k} observers from Italy." for k in range(2, n)))
        for n in (500, 5_000)
    )
    assert read_report(few).figures
    with pytest.raises(PageTooLarge, match="more than 1,000 times"):
        read_report(many)
