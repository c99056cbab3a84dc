"""What is said in English, Russian and Kazakh, form by form."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alerts.languages import words
from alerts.style import LANGUAGES, Language
from extract.model import Approx, Basis, ElectionType, Status
from storage.vocabulary import NoticeKind
from tests.alerts.test_render import a_statement

N = "\u00a0"
YEAR = "2023 жылғы 1 наурыз"
EN = {
    0: "0 observers accredited",
    1: "1 observer accredited",
    2: "2 observers accredited",
    5: "5 observers accredited",
    11: "11 observers accredited",
    21: "21 observers accredited",
    101: "101 observers accredited",
    111: "111 observers accredited",
    1026: "1,026 observers accredited",
}
RU = {
    0: "аккредитовано 0 наблюдателей",
    1: "аккредитован 1 наблюдатель",
    2: "аккредитовано 2 наблюдателя",
    5: "аккредитовано 5 наблюдателей",
    11: "аккредитовано 11 наблюдателей",
    12: "аккредитовано 12 наблюдателей",
    21: "аккредитован 21 наблюдатель",
    22: "аккредитовано 22 наблюдателя",
    101: "аккредитован 101 наблюдатель",
    111: "аккредитовано 111 наблюдателей",
    112: "аккредитовано 112 наблюдателей",
    1026: f"аккредитовано 1{N}026 наблюдателей",
    1_000_001: f"аккредитован 1{N}000{N}001 наблюдатель",
}
KK = {n: f"{n} бақылаушы аккредиттелді" for n in (0, 1, 2, 5, 11, 21, 101, 111)}
KK[1026] = f"1{N}026 бақылаушы аккредиттелді"
COUNTED: list[tuple[Language, int, str]] = [
    *(("en", n, text) for n, text in EN.items()),
    *(("ru", n, text) for n, text in RU.items()),
    *(("kk", n, text) for n, text in KK.items()),
]


@pytest.mark.parametrize(("language", "value", "expected"), COUNTED)
def test_observers_after_a_number(language: Language, value: int, expected: str) -> None:
    assert words(language).counted(a_statement(value)) == expected


@pytest.mark.parametrize(
    ("language", "value", "approx", "expected"),
    [
        ("en", 1, Approx.ABOUT, "about 1 observers accredited"),
        ("en", 600, Approx.OVER, "over 600 observers accredited"),
        ("en", 600, Approx.UNDER, "under 600 observers accredited"),
        ("ru", 21, Approx.OVER, "аккредитовано более 21 наблюдателя"),
        ("ru", 22, Approx.ABOUT, "аккредитовано около 22 наблюдателей"),
        ("ru", 600, Approx.UNDER, "аккредитовано менее 600 наблюдателей"),
        ("kk", 600, Approx.ABOUT, "шамамен 600 бақылаушы аккредиттелді"),
        ("kk", 600, Approx.OVER, "600-ден астам бақылаушы аккредиттелді"),
        ("kk", 1026, Approx.OVER, f"1{N}026-дан астам бақылаушы аккредиттелді"),
        ("kk", 40, Approx.UNDER, "40-тан аз бақылаушы аккредиттелді"),
        ("kk", 1000, Approx.UNDER, f"1{N}000-нан аз бақылаушы аккредиттелді"),
    ],
)
def test_rounded_numbers(language: Language, value: int, approx: Approx, expected: str) -> None:
    assert words(language).counted(a_statement(value, approx=approx)) == expected


@pytest.mark.parametrize(
    ("number", "ending"),
    [
        *((1, "ден"), (2, "ден"), (3, "тен"), (4, "тен"), (5, "тен"), (6, "дан"), (7, "ден"), (8, "ден"), (9, "дан")),
        *((10, "нан"), (20, "дан"), (30, "дан"), (40, "тан"), (50, "ден"), (60, "тан"), (70, "тен"), (80, "нен")),
        *((90, "нан"), (100, "ден"), (1000, "нан"), (1_000_000, "нан"), (0, "ден"), (793, "тен")),
    ],
)
def test_the_kazakh_ablative_goes_by_the_word_that_a_number_is_spoken_with(number: int, ending: str) -> None:
    written = words("kk").number(number, Approx.OVER)
    assert written.removeprefix(words("kk").number(number)) == f"-{ending} астам"


@pytest.mark.parametrize(
    ("scope", "english", "russian", "kazakh"),
    [
        ("country:DE", "3 observers from Germany", "3 наблюдателя от Германии", "Германиядан 3 бақылаушы"),
        ("country:US", "3 observers from the United States", "3 наблюдателя от США", "АҚШ-тан 3 бақылаушы"),
        ("country:IN", "3 observers from India", "3 наблюдателя от Индии", "Үндістаннан 3 бақылаушы"),
        ("country:CN", "3 observers from China", "3 наблюдателя от Китая", "Қытайдан 3 бақылаушы"),
        ("country:RU", "3 observers from Russia", "3 наблюдателя от России", "Ресейден 3 бақылаушы"),
        ("country:KG", "3 observers from Kyrgyzstan", "3 наблюдателя от Кыргызстана", "Қырғызстаннан 3 бақылаушы"),
        ("country:BY", "3 observers from Belarus", "3 наблюдателя от Беларуси", "Беларусьтен 3 бақылаушы"),
        ("country:IL", "3 observers from Israel", "3 наблюдателя от Израиля", "Израильден 3 бақылаушы"),
        ("country:CL", "3 observers from Chile", "3 наблюдателя от Чили", "Чилиден 3 бақылаушы"),
        ("country:MX", "3 observers from Mexico", "3 наблюдателя от Мексики", "Мексикадан 3 бақылаушы"),
        ("country:IQ", "3 observers from Iraq", "3 наблюдателя от Ирака", "Ирактан 3 бақылаушы"),
        ("country:??", "3 observers from ??", "3 наблюдателя от ??", "??"),
        ("organization:OSCE", "3 observers from the OSCE", "3 наблюдателя от ОБСЕ", "ЕҚЫҰ-дан 3 бақылаушы"),
        (
            "organization:CIS-IPA",
            "3 observers from the CIS Interparliamentary Assembly",
            "3 наблюдателя от МПА СНГ",
            "ТМД Парламентаралық Ассамблеясынан 3 бақылаушы",
        ),
        (
            "organization:Union of Voters",
            "3 observers from “Union of Voters”",
            "3 наблюдателя от организации «Union of Voters»",
            "«Union of Voters» ұйымынан 3 бақылаушы",
        ),
        (
            "organizations",
            "3 observers from international organizations",
            "3 наблюдателя от международных организаций",
            "халықаралық ұйымдардан 3 бақылаушы",
        ),
        (
            "countries",
            "3 observers from foreign states",
            "3 наблюдателя от иностранных государств",
            "шет мемлекеттерден 3 бақылаушы",
        ),
        ("diplomats", "3 diplomats", "3 дипломата", "3 дипломат"),
        ("domestic", "3 domestic observers", "3 местных наблюдателя", "3 отандық бақылаушы"),
        ("domestic_organizations", "3 domestic organizations", "3 местные организации", "3 отандық ұйым"),
        ("journalists", "3 journalists", "3 журналиста", "3 журналист"),
    ],
)
def test_whose_observers(scope: str, english: str, russian: str, kazakh: str) -> None:
    statement = a_statement(3, scope=scope)
    assert words("en").how_many(statement) == english
    assert words("ru").how_many(statement) == russian
    assert words("kk").how_many(statement).startswith(kazakh)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_known_sender_has_a_name_and_a_form_after_from(language: Language) -> None:
    speech = words(language)
    bodies = words("en").table["organizations"].keys()
    assert speech.table["organizations"].keys() == bodies
    latin = {"CIS-EMO"} if language != "en" else bodies
    for body in bodies - latin:
        assert not any("a" <= char.lower() <= "z" for char in speech.origin(f"organization:{body}"))
    assert speech.sender("organization:Union of Voters") == "Union of Voters"


def test_statuses_and_batches() -> None:
    more = a_statement(21, basis=Basis.NEW, status=Status.PROPOSED)
    assert words("en").stated(more) == "21 more observers have been proposed"
    assert words("en").stated(a_statement(1, status=Status.ANNOUNCED)) == "1 observer has been announced"
    assert words("ru").counted(more) == "предложен ещё 21 наблюдатель"
    assert words("ru").counted(a_statement(1, scope="domestic_organizations")) == "аккредитована 1 местная организация"
    assert words("kk").counted(more) == "тағы 21 бақылаушы ұсынылды"
    assert words("kk").counted(a_statement(300, status=Status.ANNOUNCED)) == "300 бақылаушы қатысады деп хабарланды"
    gone = {"status": Status.WITHDRAWN, "basis": Basis.NEW}
    assert words("en").counted(a_statement(5, **gone)) == "5 observers withdrawn"
    assert words("ru").counted(a_statement(2, **gone)) == "отозвана аккредитация 2 наблюдателей"
    assert words("ru").counted(a_statement(21, **gone)) == "отозвана аккредитация 21 наблюдателя"
    assert words("kk").counted(a_statement(5, **gone)) == "5 бақылаушының аккредиттеуі қайтарып алынды"


@pytest.mark.parametrize(
    ("language", "day", "instant", "lasted", "signed"),
    [
        ("en", "1 March 2023", "1 March 2023, 14:05 (Asia/Almaty)", f"1{N}d 2{N}h 5{N}min", "−1,026"),
        ("ru", "1 марта 2023 года", "1 марта 2023 года, 14:05 (Asia/Almaty)", f"1{N}дн. 2{N}ч 5{N}мин", f"−1{N}026"),
        (
            "kk",
            "2023 жылғы 1 наурыз",
            "2023 жылғы 1 наурыз, 14:05 (Asia/Almaty)",
            f"1{N}күн 2{N}сағ 5{N}мин",
            f"−1{N}026",
        ),
    ],
)
def test_days_instants_durations_and_differences(
    language: Language, day: str, instant: str, lasted: str, signed: str
) -> None:
    speech = words(language)
    assert speech.day(date(2023, 3, 1)) == day
    assert speech.instant(datetime(2023, 3, 1, 8, 5, tzinfo=UTC), ZoneInfo("Asia/Almaty")) == instant
    assert speech.lasted(timedelta(days=1, hours=2, minutes=5)) == lasted
    assert speech.lasted(timedelta(seconds=3)) == speech.lasted(timedelta(minutes=1))
    assert speech.signed(-1026) == signed


def test_forms_that_only_one_language_has() -> None:
    assert words("kk").day(date(2023, 9, 5), "of") == "2023 жылғы 5 қыркүйектегі"
    assert words("ru").poll(ElectionType.SENATE, "prepositional") == "выборах в Сенат"
    assert words("kk").poll(ElectionType.LOCAL, "dative") == "жергілікті сайлауға"
    with pytest.raises(LookupError):
        words("en").day(date(2023, 9, 5), "of")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_is_whole(language: Language) -> None:
    speech = words(language)
    english = words("en").table
    for table in ("scopes", "groups", "sum_labels", "units", "approx"):
        assert speech.table[table].keys() == english[table].keys()
    assert len(speech.table["months"]) == 12
    assert {kind: bool(speech.poll(kind)) for kind in ElectionType} == dict.fromkeys(ElectionType, True)
    assert all(speech.notice(kind)["is_so"] and speech.notice(kind)["was_so"] for kind in NoticeKind)
    for status in Status:
        assert speech.counted(a_statement(793, status=status))


def test_the_terms_of_sums() -> None:
    assert words("ru").term("earlier total") == "прежний итог"
    assert words("ru").term("countries named") == "иностранные государства, по перечню статьи"
    assert words("kk").term("organization:OSCE") == "ЕҚЫҰ"
    assert words("kk").slip("countries 1338 -> 1341") == f"шет мемлекеттер 1{N}338 → 1{N}341"
    assert words("en").slip("country:DE 3 -> 4") == "Germany 3 → 4"
    assert words("en").slip("something else") == "something else"
