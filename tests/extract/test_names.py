"""States, adjectives and bodies in three languages: their forms, their extent, and what only looks like them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.words.names import find_names
from extract.words.numbers import find_numbers
from extract.words.spans import NameKind
from extract.words.tokens import tokenize
from extract.words.unknown import find_unknown_bodies

CORPUS = Path(os.environ.get("ACCREDWATCH_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))


def found(text: str, language: str) -> list[tuple[str, str]]:
    """(id, words) of every name; an adjective's id ends in '~'."""
    tokens = tokenize(text)
    marks = {NameKind.NATIONALITY: "~", NameKind.CITY: "^"}
    return [
        (name.id + marks.get(name.kind, ""), text[tokens[name.first].start : tokens[name.last - 1].end])
        for name in find_names(tokens, language)
    ]


def ids(text: str, language: str) -> list[str]:
    return [identifier for identifier, _ in found(text, language)]


def unknown(text: str, language: str) -> list[str]:
    tokens = tokenize(text)
    found = find_unknown_bodies(tokens, language, find_names(tokens, language), find_numbers(tokens, language))
    return [text[tokens[n.first].start : tokens[n.last - 1].end] for n in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia, the Russian Federation, the RF", "RU RU RU"),
        ("the UK, the U.K., Great Britain, Britain, the United Kingdom", "GB GB GB GB GB"),
        ("the US, the U.S., USA, the United States of America, the United States", "US US US US US"),
        ("Czechia, the Czech Republic, the Slovak Republic, Italian Republic", "CZ CZ SK IT"),
        ("Turkey, Türkiye, Turkiye, the Republic of Türkiye", "TR TR TR TR"),
        ("the Netherlands, Holland, the Kingdom of the Netherlands", "NL NL NL"),
        ("North Macedonia, Northern Macedonia, Macedonia", "MK MK MK"),
        ("South Korea, the Republic of Korea, Korea, North Korea, the DPRK", "KR KR KR KP KP"),
        ("Kyrgyzstan, the Kyrgyz Republic, Kirghizia", "KG KG KG"),
        ("the Republic of Moldova, Moldavia, Belarus, Byelorussia", "MD MD BY BY"),
        ("the State of Palestine, Palestine, Islamic Republic of Iran, Viet Nam, Vietnam", "PS PS IR VN VN"),
        ("the People’s Republic of China, the PRC, China", "CN CN CN"),
        ("Niger, Nigeria, Guinea-Bissau, Guinea, Papua New Guinea, Equatorial Guinea", "NE NG GW GN PG GQ"),
        ("DR Congo, the Democratic Republic of the Congo, the Congo", "CD CD CG"),
        ("Sudan, South Sudan, Ireland, Northern Ireland, Côte d’Ivoire", "SD SS IE GB CI"),
        ("the Lao PDR, Bosnia and Herzegovina, Bosnia-Herzegovina, the UAE, Timor-Leste", "LA BA BA AE TL"),
        ("two Dutch, three Chinese, a Kyrgyz and an Azerbaijani", "NL~ CN~ KG~ AZ~"),
        ("British, Poles, Americans, South Korean and Swedes", "GB~ PL~ US~ KR~ SE~"),
        ("the Republic of Korea (ROK), the Russian Federation (RF)", "KR RU"),
        ("Kazakhstan, the Republic of Kazakhstan", "KZ KZ"),
    ],
)
def test_english_states(text: str, expected: str) -> None:
    assert ids(text, "en") == expected.split()


RUSSIAN_CASES = {
    "KG": "Кыргызстан Кыргызстана Кыргызстану Кыргызстаном Кыргызстане Киргизией Киргизию Киргизстана",
    "CN": "Китай Китая Китаю Китаем Китае КНР",
    "GB": "Великобритания Великобритании Великобританию Великобританией Британии",
    "PL": "Польша Польши Польше Польшу Польшей",
    "NL": "Нидерланды Нидерландов Нидерландам Нидерландами Нидерландах Голландией",
    "BY": "Беларусь Беларуси Беларусью Белоруссией",
    "MD": "Молдова Молдовы Молдове Молдову Молдовой Молдавии",
    "IL": "Израиль Израиля Израилю Израилем Израиле",
    "EG": "Египет Египта Египту Египтом Египте",
    "KR": "Корея Кореи Корее Корею Кореей",
    "PH": "Филиппины Филиппин Филиппинам Филиппинами",
    "MV": "Мальдивы Мальдив Мальдивам",
    "MU": "Маврикий Маврикия Маврикию Маврикием",
    "LT": "Литва Литвы Литве Литву Литвой",
    "AE": "ОАЭ Эмираты Эмиратов",
    "TM": "Туркменистаном Туркмении",
    "CL": "Чили",
}


@pytest.mark.parametrize("code", RUSSIAN_CASES)
def test_russian_states_in_every_case(code: str) -> None:
    for form in RUSSIAN_CASES[code].split():
        assert ids(f"наблюдатели: {form} (2)", "ru") == [code], form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("из Кыргызской Республики, Чешской Республикой, Республике Корея", ["KG", "CZ", "KR"]),
        ("от Соединённого Королевства, Соединёнными Штатами Америки, США, РФ", ["GB", "US", "US", "RU"]),
        ("Республики Молдова, Королевства Таиланд, Исламской Республикой Иран", ["MD", "TH", "IR"]),
        ("Объединенных Арабских Эмиратов, Саудовской Аравией, Южной Кореей", ["AE", "SA", "KR"]),
        ("Боснии и Герцеговины, Шри-Ланки, Коста-Рикой, Северной Македонии", ["BA", "LK", "CR", "MK"]),
        ("Китайской Народной Республикой, Мальдивской Республики", ["CN", "MV"]),
        ("китайский, китайских, турецкой, азербайджанскому, чешская", ["CN~", "CN~", "TR~", "AZ~", "CZ~"]),
        ("из Чада, Мали, Того и Перу", ["TD", "ML", "TG", "PE"]),
        ("РОССИИ И КИТАЯ", ["RU", "CN"]),
    ],
)
def test_russian_states(text: str, expected: list[str]) -> None:
    assert ids(text, "ru") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Того же мнения придерживаются юристы",
        "до того, как они перу предались, мали было чаду",
        "на русском и английском языках",
        "российский рубль, 5 тысяч долларов США",
        "страны Северной Америки",
        "Союз Беларуси и России",
        "Куб бросают. Индий плавят. Корей много.",
    ],
)
def test_russian_words_that_are_no_names(text: str) -> None:
    assert ids(text, "ru") == []


KAZAKH_CASES = {
    "KG": "Қырғызстан Қырғызстаннан Қырғызстанның Қырғызстанға Қырғызстанды Қырғызстанда Қырғызстанмен Қырғызстандағы",
    "RU": "Ресей Ресейден Ресейдің Ресейге Ресейді Ресейде Ресеймен Ресейдегі",
    "CN": "Қытай Қытайдан Қытайдың Қытайға Қытайды Қытайда Қытаймен Қытайдағы ҚХР-дан",
    "TR": "Түркия Түркиядан Түркияның Түркияға Түркияны Түркияда Түркиямен Түркиядағы",
    "NL": "Нидерланд Нидерландтан Нидерландтың Нидерландқа Нидерландты Нидерландтағы Нидерландпен",
    "US": "АҚШ АҚШ-тан АҚШ-тың АҚШ-қа АҚШ-ты АҚШ-тағы АҚШ-пен АҚШтан",
    "AZ": "Әзербайжан Әзербайжаннан Әзірбайжаннан",
    "EG": "Мысыр Мысырдан Мысырдың",
    "AE": "БАӘ БАӘ-ден БАӘ-нің",
}


@pytest.mark.parametrize("code", KAZAKH_CASES)
def test_kazakh_states_with_their_endings(code: str) -> None:
    for form in KAZAKH_CASES[code].split():
        assert found(f"олардың ішінде {form} екі байқаушы", "kk") == [(code, form)], form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Оңтүстік Кореядан, Корея Республикасынан, Солтүстік Македониядан", ["KR", "KR", "MK"]),
        ("Нидерланд Корольдігінен, Молдова Республикасының, Палестина мемлекетінен", ["NL", "MD", "PS"]),
        ("Иран Ислам Республикасынан, Қырғыз Республикасы, Ресей Федерациясымен", ["IR", "KG", "RU"]),
        ("Америка Құрама Штаттарынан, Біріккен Араб Әмірліктерінен, Мальдив аралдарынан", ["US", "AE", "MV"]),
        ("Қытай Халық Республикасынан, Сауд Арабиясынан, Шри-Ланкадан", ["CN", "SA", "LK"]),
        ("қытай байқаушылары, түрік делегациясы, ресейлік, қытайлықтар", ["CN~", "TR~", "RU~", "CN~"]),
        ("қытай тілінде, орыс және ағылшын тілдерінде", []),
        ("Солтүстік және Оңтүстік Америка елдері", []),
        ("Сауда министрлігі. Судан кейін сауда тоқтады.", []),
        ("Судан, Мали мен Гананың өкілдері", ["SD", "ML", "GH"]),
    ],
)
def test_kazakh_states(text: str, expected: list[str]) -> None:
    assert ids(text, "kk") == expected


@pytest.mark.parametrize(
    "text",
    [
        (
            "the Office for Democratic Institutions and Human Rights (ODIHR) of the Organisation for Security and "
            "Cooperation in Europe (OSCE)"
        ),
        "Organization for Security and Co-operation in Europe's Office for Democratic Institutions and Human Rights",
        "the Election Observation Mission of the Office for Democratic Institutions and Human Rights",
        "the OSCE’s Office for Democratic Institutions and Human Rights (ODIHR)",
        "OSCE/ODIHR",
        "ODIHR/OSCE",
        "the ODIHR OSCE",
        "OSCE (ODIHR)",
        "the OSCE Office for Democratic Institutions and Human Rights",
    ],
)
def test_one_body_however_long_its_name(text: str) -> None:
    whole = text.removeprefix("the ")
    assert found(f"42 from {text} – and more", "en") == [("OSCE-ODIHR", whole)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the CIS, its Interparliamentary Assembly", "CIS CIS-IPA"),
        ("the CIS IPA, IPA CIS, the Inter Parliamentary Assembly of the CIS", "CIS-IPA CIS-IPA CIS-IPA"),
        ("Inter-Parliamentary Assembly of Member Nations of the CIS", "CIS-IPA"),
        ("the CIS Executive Committee, the Executive Committee of the CIS", "CIS CIS"),
        (
            "the OSCE and its Parliamentary Assembly; the CSTO and its Parliamentary Assembly",
            "OSCE OSCE-PA CSTO CSTO-PA",
        ),
        ("the Parliamentary Assemblies of the OSCE and the CSTO", "OSCE-PA CSTO-PA"),
        ("Parliamentary Assembly of the Collective Security Treaty Organization (CSTO)", "CSTO-PA"),
        ("the Parliamentary Assembly of the Council of Europe, PACE, the Council of Europe", "PACE PACE COE"),
        (
            "Cooperation Council of Turkic-Speaking States, the Turkic Council, Organization of Turkic States",
            "OTS OTS OTS",
        ),
        ("Parliamentary Assembly of Turkic-speaking countries, TurkPA, TURKPA, TÜRKPA", "TURKPA TURKPA TURKPA TURKPA"),
        ("Turkic-Speaking Countries Parliamentary Assembly", "TURKPA"),
        ("the Organisation of Islamic Cooperation (OIC), the Shanghai Cooperation Organisation", "OIC SCO"),
        ("European Union Delegation to Kazakhstan (2), the Delegation of the EU in Kazakhstan", "EU EU"),
        ("the European Union's Delegation in Kazakhstan, the European Parliament", "EU EP"),
        ("Conference on Interaction and Confidence-Building Measures in Asia (CICA)", "CICA"),
        ("Parliamentary Union of the OIC Member States (PUIC), the Asian Parliamentary Assembly", "PUIC APA"),
        ("Association of World Election Bodies (A-WEB), the League of Arab States, the UN", "AWEB LAS UN"),
        ("Parliamentary Assembly of the Union of Belarus and Russia", "PA-UBR"),
        ("Parliamentary Assembly of the Mediterranean, the International Turkic Academy", "PAM TURKIC-ACADEMY"),
        ("International Republican Institute (IRI), CIS Election Monitoring Organization (CIS-EMO)", "IRI CIS-EMO"),
        ("International Conference of Asian Political Parties", "ICAPP"),
    ],
)
def test_english_bodies(text: str, expected: str) -> None:
    assert ids(f"They came from {text}.", "en") == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("БДИПЧ/ОБСЕ, БДИПЧ ОБСЕ, ОБСЕ/БДИПЧ", "OSCE-ODIHR OSCE-ODIHR OSCE-ODIHR"),
        ("Бюро по демократическим институтам и правам человека (БДИПЧ) ОБСЕ", "OSCE-ODIHR"),
        ("Парламентской ассамблеей ОБСЕ, ПА ОБСЕ", "OSCE-PA OSCE-PA"),
        ("Межпарламентской ассамблеи государств-участников СНГ", "CIS-IPA"),
        ("Межпарламентской Ассамблеей государств – участников Содружества Независимых Государств", "CIS-IPA"),
        ("МПА СНГ, Исполкома СНГ, исполкома Содружества, СНГ", "CIS-IPA CIS CIS CIS"),
        ("Организацией Договора о коллективной безопасности (ОДКБ), ПА ОДКБ", "CSTO CSTO-PA"),
        ("парламентских ассамблей ОБСЕ и ОДКБ", "OSCE-PA CSTO-PA"),
        ("Организации тюркских государств, ССТГ, Тюркским советом, ОТГ", "OTS OTS OTS OTS"),
        ("Совета сотрудничества тюркоязычных государств (ССТГ)", "OTS"),
        ("Парламентской ассамблеи тюркоязычных стран (ТюркПА), ТЮРКПА", "TURKPA TURKPA"),
        ("Шанхайской организации сотрудничества, ШОС, ОИС", "SCO SCO OIC"),
        ("Организация Исламского сотрудничества, Совещание по взаимодействию и мерам доверия в Азии", "OIC CICA"),
        ("Совет Европы, Парламентская ассамблея Совета Европы (ПАСЕ)", "COE PACE"),
        ("Парламентского собрания Союза Беларуси и России", "PA-UBR"),
        ("Лига арабских государств, ЛАГ, ООН, СВМДА", "LAS LAS UN CICA"),
        ("Парламентская ассамблея Средиземноморья (ПАС)", "PAM"),
        ("Делегации Европейского союза в Казахстане", "EU"),
        ("OSCE, O\u0411\u0421\u0415", "OSCE OSCE"),
    ],
)
def test_russian_bodies(text: str, expected: str) -> None:
    assert ids(text, "ru") == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ЕҚЫҰ-дан, ЕҚЫҰ/ДИАҚБ-дан, ЕҚЫҰ ПА", "OSCE OSCE-ODIHR OSCE-PA"),
        ("Еуропадағы қауіпсіздік және ынтымақтастық ұйымынан", "OSCE"),
        (
            (
                "Еуропадағы қауіпсіздік және ынтымақтастық ұйымының Демократиялық институттар және адам құқықтары "
                "жөніндегі бюросы (ЕҚЫҰ/ДИАҚБ)"
            ),
            "OSCE-ODIHR",
        ),
        ("Демократиялық институттар мен адам құқықтары жөніндегі бюроның", "OSCE-ODIHR"),
        ("ТМД-ға қатысушы мемлекеттердің Парламентаралық Ассамблеясынан, ТМД ПАА", "CIS-IPA CIS-IPA"),
        ("Тәуелсіз Мемлекеттер Достастығынан, ТМД Атқару комитетінің", "CIS CIS"),
        ("Түркітілдес мемлекеттер ынтымақтастығы кеңесінен, Түркі мемлекеттері ұйымының, ТМҰ-дан", "OTS OTS OTS"),
        ("ТүркПА-дан, Түркітілдес елдердің парламенттік ассамблеясы", "TURKPA TURKPA"),
        ("Шанхай ынтымақтастық ұйымынан, ШЫҰ, Ислам ынтымақтастығы ұйымының (ИЫҰ)", "SCO SCO OIC"),
        ("Ұжымдық қауіпсіздік туралы шарт ұйымының Парламенттік Ассамблеясынан, ҰҚШҰ", "CSTO-PA CSTO"),
        ("Азиядағы өзара іс-қимыл және сенім шаралары кеңесінен, АӨСШК", "CICA CICA"),
        ("Беларусь пен Ресей Одағының Парламенттік Жиналысы", "PA-UBR"),
        ("Еуропалық одақтың Қазақстандағы делегациясынан, Біріккен Ұлттар Ұйымы", "EU UN"),
        ("Еуропа Кеңесінің Парламенттік Ассамблеясы", "PACE"),
    ],
)
def test_kazakh_bodies(text: str, expected: str) -> None:
    assert ids(text, "kk") == expected.split()


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        (
            "the Commonwealth of Independent States (CIS) Observer Mission",
            "en",
            "Commonwealth of Independent States (CIS) Observer Mission",
        ),
        ("the Observer Mission of the SCO", "en", "Observer Mission of the SCO"),
        ("the SCO (hereinafter the SCO)", "en", "SCO (hereinafter the SCO)"),
        ("от миссии наблюдателей от СНГ", "ru", "миссии наблюдателей от СНГ"),
        ("ТМД байқаушылар миссиясынан", "kk", "ТМД байқаушылар миссиясынан"),
    ],
)
def test_a_mission_of_observers_is_part_of_the_name(text: str, language: str, words: str) -> None:
    assert [w for _, w in found(text, language)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "LET US VOTE",
        "they told us and the cis group",
        "paid in US dollars in South America near the Indian Ocean",
        "spoke the Russian language",
        "the Commonwealth of Nations",
        "the Central Committee of the Kyrgyz Republic",
        "talks with Michael Jordan",
        "written by Georgia Smith for the agency",
    ],
)
def test_english_words_that_are_no_senders(text: str) -> None:
    assert [i for i in ids(text, "en") if not i.endswith("~")] == []


def test_a_candidates_given_name_is_no_state() -> None:
    assert ids("В бюллетене впервые женщина - Дания Еспаева", "ru") == []
    assert ids("Наблюдателей прислали Дания, Латвия и Чехия", "ru") == ["DK", "LV", "CZ"]


def test_places_of_the_host_are_no_states() -> None:
    assert ids("Turkistan Region, Turkestan and Turkey", "en") == ["Turkistan^", "Turkistan^", "TR"]
    assert ids("Түркістан облысы мен Түркия", "kk") == ["Turkistan^", "TR"]


def test_russian_forms_are_not_found_in_english() -> None:
    assert ids("СНГ, Китай, ЕҚЫҰ", "en") == []


def test_own_assembly_needs_an_owner() -> None:
    assert ids("The state and its Parliamentary Assembly", "en") == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "the CIS (31), TURKSOY (2), the Eurasian Democracy Network and the SCO",
            "en",
            ["TURKSOY", "Eurasian Democracy Network"],
        ),
        ("Armenia, Freedonia, Georgia", "en", ["Freedonia"]),
        ("от СНГ - 31, ГУАМ - 2, ШОС - 4; Армения, Фредония и Грузия", "ru", ["ГУАМ", "Фредония"]),
        ("ТМД-дан 31, ГУАМ-нан 2, ШЫҰ-дан 4", "kk", ["ГУАМ"]),
        ("the CIS mission, CEC Secretary Mukhtar Yerman said, and Russia", "en", []),
        ("Armenia, Georgia and Latvia", "en", []),
        ("8 observers from the Association of Steppe Observers (ASO)", "en", ["Association of Steppe Observers (ASO)"]),
        ("8 наблюдателей от Ассоциации степных наблюдателей", "ru", ["Ассоциации степных наблюдателей"]),
        ("Ассоциация «Степь» направила 8 наблюдателей", "ru", ["Ассоциация «Степь»"]),
        ("Дала байқаушылары қауымдастығынан 8 байқаушы", "kk", ["Дала байқаушылары қауымдастығынан"]),
        ("the Association of Steppe Observers met on November 8", "en", []),
        ("JEDDAH: the OIC mission and the CIS; led by Tadeusz Iwinski (Poland, SOC)", "en", []),
        ("8 observers from the National Council of Slovakia", "en", []),
        ("The Central Election Commission accredited 8 observers of International Organizations", "en", []),
        ("8 observers of the Nur Otan Party Council, Almaty and Astana, said Council Member Asel Karim", "en", []),
        ("Халықаралық ұйымдардан 20 байқаушы, Орталық сайлау комиссиясы 8 өтініш алды", "kk", []),
        ("Международные организации направили 20, партия «Аманат» – 8 наблюдателей", "ru", []),
    ],
)
def test_unknown_senders(text: str, language: str, expected: list[str]) -> None:
    assert unknown(text, language) == expected


@given(st.text(max_size=300), st.sampled_from(["en", "ru", "kk"]))
def test_any_text_gives_names_in_order_that_do_not_overlap(text: str, language: str) -> None:
    tokens = tokenize(text)
    names = find_names(tokens, language)
    bounds = [b for n in names for b in (n.first, n.last)]
    assert bounds == sorted(bounds)
    assert all(0 <= n.first < n.last <= len(tokens) for n in names)
    for unknown_name in find_unknown_bodies(tokens, language, names, find_numbers(tokens, language)):
        assert all(unknown_name.last <= n.first or n.last <= unknown_name.first for n in names)


def _corpus() -> list[tuple[str, str, str, dict[str, list[str]]]]:
    texts = []
    for path in sorted((CORPUS / "articles").glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        text = "\n".join([article["title"], *article["paragraphs"]])
        texts.append((path.stem, article["lang"], text, article["gold"]))
    for path in sorted((CORPUS / "seeds").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        texts.append((path.stem, "en", path.with_suffix(".txt").read_text(encoding="utf-8"), gold.get("gold", gold)))
    return texts


@pytest.mark.skipif(not (CORPUS / "articles").is_dir(), reason="the corpus is not at hand (ACCREDWATCH_CORPUS)")
def test_every_sender_of_the_corpus_is_found() -> None:
    missing = {}
    for stem, language, text, gold in _corpus():
        lost = {*gold["countries_named"], *gold["organizations_named"]} - {i.rstrip("~") for i in ids(text, language)}
        if lost:
            missing[stem] = lost
    assert missing == {}


@pytest.mark.skipif(not (CORPUS / "articles").is_dir(), reason="the corpus is not at hand (ACCREDWATCH_CORPUS)")
def test_nothing_in_the_corpus_is_taken_for_an_unknown_sender() -> None:
    assert {stem: u for stem, language, text, _ in _corpus() if (u := unknown(text, language))} == {}
