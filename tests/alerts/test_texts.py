"""Every kind of alert in every language: nothing of another language, and golden texts of a few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from alerts.examples import NAMES, example, example_digest
from alerts.inertness import with_statements
from alerts.render import render, render_strictly
from alerts.style import LANGUAGES, Language, Style
from extract.model import Approx, Check, Status, Term, Verdict
from storage.source_views import Late
from storage.views import Alert, Change, Confirmation, Correction, Decided
from storage.vocabulary import ChangeKind, DisputeOutcome, NoticeKind
from tests.alerts.test_render import ALL, HOSTILE

SCOPES = (
    *("total", "organizations", "countries", "diplomats", "domestic", "domestic_organizations", "journalists"),
    *("country:KG", "organization:OSCE-PA", "organization:Союз"),
)
OF_ALL_LANGUAGES = re.compile(
    r"https?://\S+|`[^`]*`|“[^”]*”|Asia/Almaty|robots\.txt|accredwatch alerts list --channel desk|kazinform|"
    r"\w{8}-\w{4}-\w{4}-\w{4}-\w{12}|Aliya|" + "|".join([*NAMES.values(), "Number of observers announced"])
)


def variants(kind: ChangeKind) -> Iterator[Alert]:
    """The example of a kind with and without its parts."""
    alert = example(kind)
    recorded = alert.change
    assert recorded is not None
    change, article = recorded.change, recorded.article

    def of(made: Change) -> Alert:
        return replace(alert, change=replace(recorded, change=made))

    yield alert
    yield of(replace(change, previous=None, also=(), against=change.against[:1], check=None))
    yield of(replace(change, also=change.also * 9))
    for scope in SCOPES:
        made = with_statements(change, lambda one, scope=scope: replace(one, scope=scope))  # type: ignore[misc]
        yield of(made)
    for status in Status:
        for approx in (None, *Approx):
            made = with_statements(
                change,
                lambda one, status=status, approx=approx: replace(one, status=status, approx=approx),  # type: ignore[misc]
            )
            yield of(made)
    bare = replace(article, title=None, url=None, published=None)
    yield replace(alert, change=replace(recorded, article=bare))
    for sources in (("kazinform", "astana_times"), ("kazinform",)):
        yield replace(alert, confirmation=Confirmation(wanted=2, sources=sources, until=alert.created_at))


def own_words(text: str) -> str:
    return OF_ALL_LANGUAGES.sub("", text)


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("kind", ChangeKind)
def test_no_word_of_another_language(kind: ChangeKind, language: Language) -> None:
    more = [alert for alert, *_ in ALL.values() if alert.change and alert.change.change.kind is kind]
    for alert in (*variants(kind), *more):
        message = render(alert, Style(language, names=NAMES))
        left = own_words(f"{message.title}\n{message.body}")
        assert not re.search(r"[A-Za-z]", left), left
        foreign = r"[әғқңөұүһі]" if language == "ru" else r"[ёщ]|\b(?:и|на|от|в|не)\b"
        assert not re.search(foreign, left, re.IGNORECASE), left


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("kind", NoticeKind)
def test_no_word_of_another_language_in_notices(kind: NoticeKind, language: Language) -> None:
    alert = example(kind)
    assert alert.notice is not None
    plain = replace(alert.notice, details=replace(alert.notice.details, seen=""))
    nobody = replace(plain, details=replace(plain.details, ended=None, late=(), late_count=0))
    untitled = Late(title=None, url=None, published=None, fetched_at=alert.created_at, report=None)
    many = replace(plain, details=replace(plain.details, late=(untitled,), late_count=22))
    for notice in (plain, nobody, many):
        message = render(replace(alert, notice=notice), Style(language, names=NAMES))
        left = own_words(f"{message.title}\n{message.body}")
        assert not re.search(r"[A-Za-z]", left), left


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_in_every_language(language: Language) -> None:
    message = render(example_digest(), Style(language, names=NAMES))
    assert len(message.title) <= 70
    assert message.body.count("https://") == 3
    if language != "en":
        assert not re.search(r"[A-Za-z]", own_words(message.title + message.body))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ChangeKind)
def test_page_text_is_inert_in_every_language(kind: ChangeKind, language: Language) -> None:
    alert = example(kind)
    recorded = alert.change
    assert recorded is not None
    change = with_statements(
        recorded.change,
        lambda one: replace(one, scope=f"organization:{HOSTILE}", sentence=HOSTILE, title=HOSTILE, url="javascript:x"),
    )
    both = Correction(old=change.figure, new=change.figure)
    change = replace(
        change,
        corrections=(both,),
        check=Check("parts", Verdict.FAILS, Term(HOSTILE, 3), (Term(HOSTILE, 2),), 1, HOSTILE),
        decided=Decided(by=HOSTILE, note=HOSTILE),
    )
    article = replace(recorded.article, title=HOSTILE, url="https://x.kz/)[a](b")
    hostile = replace(alert, change=replace(recorded, change=change, article=article))
    for style in (Style(language, names=NAMES), Style(language, names=NAMES, body_limit=300)):
        message = render(hostile, style)
        text = message.title + message.body
        assert "\n" not in message.title
        assert len(message.title) <= 70
        assert not set("<>[]*`~@|\\#&{}") & set(text)
        assert "evil.example" not in text
        assert "javascript" not in text
        assert not any(char in text for char in "\r\u202e\u200b")


def test_a_digest_quotes_no_live_text() -> None:
    alert = example_digest()
    recorded = alert.change
    assert recorded is not None
    article = replace(recorded.article, title=HOSTILE, url="javascript:x")
    change = with_statements(recorded.change, lambda one: replace(one, scope=f"organization:{HOSTILE}"))
    message = render(replace(alert, change=replace(recorded, change=change, article=article)), Style())
    assert not set("<>[]*`~@|\\#&{}") & set(message.title + message.body)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", DisputeOutcome)
def test_every_end_of_a_dispute(outcome: DisputeOutcome, language: Language) -> None:
    alert = example(ChangeKind.SETTLED)
    recorded = alert.change
    assert recorded is not None
    assert recorded.change.settlement is not None
    settlement = replace(recorded.change.settlement, outcome=outcome)
    decided = Decided(by="Aliya", note="Почта") if outcome in {DisputeOutcome.DECIDED, DisputeOutcome.VOIDED} else None
    change = replace(recorded.change, settlement=settlement, decided=decided)
    text = render_strictly(replace(alert, change=replace(recorded, change=change)), Style(language, names=NAMES)).body
    assert len(text.splitlines()[1]) > 10
    assert ("Aliya" in text) is (decided is not None)


GOLDEN: dict[tuple[Language, ChangeKind], str] = {
    ("ru", ChangeKind.NEW_TOTAL): """\
РК, 19.03.2023: аккредитовано 793 наблюдателя (+54)

Аккредитовано 793 наблюдателя на парламентские выборы 19 марта 2023 года. Данные на 13 марта 2023 года.
Раньше: 739 на 10 марта 2023 года (The Astana Times).

Также в статье:
- аккредитовано ещё 54 наблюдателя
- аккредитовано 452 наблюдателя от международных организаций
- аккредитован 341 наблюдатель от иностранных государств
- аккредитован 1 наблюдатель от Германии
""",
    ("ru", ChangeKind.WITHDRAWN): """\
РК, 19.03.2023: отозвана аккредитация 5 наблюдателей

Отозвана аккредитация 5 наблюдателей на парламентские выборы 19 марта 2023 года. Данные на 13 марта 2023 года.
""",
    ("ru", ChangeKind.COMPLETED): """\
РК, 19.03.2023: аккредитация завершена, всего 793 наблюдателя

Аккредитация наблюдателей на парламентские выборы 19 марта 2023 года завершена. Данные на 13 марта 2023 года.
Итог: аккредитовано 793 наблюдателя.
Раньше: 739 на 10 марта 2023 года (The Astana Times).
""",
    ("kk", ChangeKind.NEW_TOTAL): """\
ҚР, 19.03.2023: 793 бақылаушы аккредиттелді (+54)

2023 жылғы 13 наурыздағы жағдай бойынша, 2023 жылғы 19 наурыздағы парламент сайлауына 793 бақылаушы аккредиттелді.
Бұрын: 739, 2023 жылғы 10 наурыз (The Astana Times).

Мақалада сондай-ақ:
- тағы 54 бақылаушы аккредиттелді
- халықаралық ұйымдардан 452 бақылаушы аккредиттелді
- шет мемлекеттерден 341 бақылаушы аккредиттелді
- Германиядан 1 бақылаушы аккредиттелді
""",
    ("kk", ChangeKind.CONFLICT): """\
ҚР, 19.03.2023: 793 бақылаушы әлде 795? Хабарлар қайшы келеді

2023 жылғы 19 наурыздағы парламент сайлауы туралы хабарлар қайшы келеді.
""",
    ("kk", ChangeKind.NEW_PART): """\
ҚР, 19.03.2023: ЕҚЫҰ-дан 321 бақылаушы аккредиттелді (+21)

2023 жылғы 13 наурыздағы жағдай бойынша, 2023 жылғы 19 наурыздағы парламент сайлауына\
 ЕҚЫҰ-дан 321 бақылаушы аккредиттелді.
Мақалада жалпы сан жоқ.
Бұрын: 300, 2023 жылғы 10 наурыз (The Astana Times).
""",
}


@pytest.mark.parametrize(("language", "kind"), GOLDEN)
def test_golden_texts(language: Language, kind: ChangeKind) -> None:
    message = render(example(kind), Style(language, names=NAMES))
    assert f"{message.title}\n\n{message.body}".startswith(GOLDEN[language, kind])
