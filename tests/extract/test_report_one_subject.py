"""Texts about one mission, one delegation, local observers or media people alone: whom their numbers count."""

from __future__ import annotations

import pytest

from tests.extract.saying import Fact, facts, report_on

DELEGATION = "Uzbek election officials to observe the presidential election in Kazakhstan"

SAID: list[tuple[str, str, str, list[str], set[Fact]]] = [
    (
        "deputies of parliaments are the mission's",
        "en",
        "TURKPA mission to follow the presidential election",
        [
            (
                "A 13-member observation mission leaves for Astana today. Nine of the observers are deputies of the "
                "parliaments of Azerbaijan, Kyrgyzstan and Türkiye, and the rest work at the Secretariat."
            )
        ],
        {("organization:TURKPA", "announced", "cumulative", 9)},
    ),
    (
        "a mission of so many members",
        "en",
        "OTS Election Observation Mission arrives in Kazakhstan",
        ["The Mission has come to Astana for the election.", "The 16-member Mission is led by its deputy head."],
        {("organization:OTS", "announced", "cumulative", 16)},
    ),
    (
        "it goes on with the mission",
        "en",
        "OTS observers arrive in Kazakhstan",
        ["The Election Observation Mission of the OTS has arrived in Astana. It has 16 people."],
        {("organization:OTS", "announced", "cumulative", 16)},
    ),
    (
        "all of a mission have passed accreditation",
        "ru",
        "Миссия ШОС приступила к наблюдению за выборами",
        [
            "В Казахстан прибыли наблюдатели ШОС.",
            "В состав миссии вошли 17 человек. Это депутаты и дипломаты. Аккредитацию в ЦИК прошли все.",
        ],
        {("organization:SCO", "accredited", "cumulative", 17)},
    ),
    (
        "we all",
        "kk",
        "ТүркПА миссиясы Астанаға келді",
        [
            "Ассамблеяның байқаушылар миссиясы сайлауды бақылау үшін келді.",
            "Миссия 12 адамнан тұрады. «Бәріміз Орталық сайлау комиссиясында аккредиттеуден өттік», – деді басшысы.",
        ],
        {("organization:TURKPA", "accredited", "cumulative", 12)},
    ),
    (
        "smaller numbers are parts of the mission",
        "kk",
        "ШЫҰ байқаушылар миссиясы жұмысын бастады",
        [
            "Комиссия миссияның 17 мүшесін аккредиттеген. Олардың қатарында депутаттар мен дипломаттар бар.",
            "«Бес байқаушымыз Алматыға, үшеуі Қарағандыға аттанды», – деді миссия басшысы.",
        ],
        {
            ("organization:SCO", "accredited", "cumulative", 5),
            ("organization:SCO", "accredited", "cumulative", 3),
        },
    ),
    (
        "our observers",
        "en",
        "CIS mission opens its office in Almaty",
        ["'As of November 9 the Central Election Commission has accredited 246 of our observers', its head said."],
        {("organization:CIS", "accredited", "cumulative", 246)},
    ),
    (
        "the mission, not what was listed last",
        "ru",
        "Миссия наблюдателей от СНГ готовится к выборам",
        [
            (
                "Своих людей в нее выделяют Беларусь и Россия, а также Исполнительный комитет СНГ и Парламентское "
                "Собрание "
                "Союза Беларуси и России. Ко дню голосования численность миссии планируется довести до 400 человек."
            )
        ],
        {("organization:CIS", "announced", "cumulative", 400)},
    ),
    (
        "a delegation whose state only the title names",
        "ru",
        "Белорусские наблюдатели отправляются на выборы в Казахстан",
        ["От республики аккредитованы 14 наблюдателей. Четверо поедут по приглашению ЦИК Казахстана."],
        {("country:BY", "accredited", "cumulative", 14)},
    ),
    (
        "from our country",
        "en",
        "Observers from Uzbekistan arrive in Astana",
        ["Kazakhstan's commission has accredited 14 observers from our country, the agency reports."],
        {("country:UZ", "accredited", "cumulative", 14)},
    ),
    (
        "all three members",
        "en",
        DELEGATION,
        ["'All three members of our delegation have been accredited by the Kazakh side', its head said."],
        {("country:UZ", "accredited", "cumulative", 3)},
    ),
    (
        "all four, by a collective",
        "kk",
        "Өзбекстан делегациясы Қазақстандағы сайлауды бақылауға келді",
        ["Құрамында комиссияның басшысы мен мүшелері бар. Төртеуі де байқаушы ретінде аккредиттелген."],
        {("country:UZ", "accredited", "cumulative", 4)},
    ),
    (
        "what associations intend is not accredited",
        "en",
        "Public associations get ready for the election",
        [
            (
                "As of today, 71 public associations have been accredited. According to their applications, the "
                "associations "
                "intend to send over 1,300 observers to the polling stations."
            )
        ],
        {("domestic", "announced", "cumulative", 1300)},
    ),
    (
        "two levels make the sum",
        "kk",
        "Сайлауды 31 елдің байқаушылары қадағалайды",
        [
            "31 мемлекет пен төрт халықаралық ұйымнан 181 байқаушы тіркелген.",
            (
                "Аккредиттелген республикалық қоғамдық бірлестіктердің саны – 14, аймақтық деңгейде 228 ұйымға рұқсат "
                "берілген, жалпы саны – 242."
            ),
        ],
        {("domestic_organizations", "accredited", "cumulative", 242)},
    ),
    (
        "the title's associations are the sum of those below",
        "kk",
        "Сайлауды 199 қоғамдық ұйым бақылай алады",
        [
            (
                "Республикалық деңгейде 12 қоғамдық бірлестік аккредиттелген. Қалған 187 ұйымға куәлікті облыстық "
                "комиссиялар берген."
            )
        ],
        {
            ("domestic_organizations", "accredited", "cumulative", 199),
            ("domestic_organizations", "accredited", "cumulative", 187),
        },
    ),
    (
        "the first number has the second one's noun",
        "kk",
        "Байқаушылар саны 128-ге жетті",
        ["Республикалық деңгейде 11, өңірлерде 187 қоғамдық бірлестік аккредиттелген."],
        {("domestic_organizations", "accredited", "cumulative", 11)},
    ),
    (
        "so many of them, behind their name",
        "ru",
        "Аккредитованы 412 наблюдателей",
        ["Наблюдать могут и казахстанские общественные объединения: к сегодняшнему дню их аккредитовано 247."],
        {("domestic_organizations", "accredited", "cumulative", 247)},
    ),
    (
        "so many of the associations",
        "kk",
        "Сайлауды 176 шетелдік байқаушы бақылайды",
        [
            "Тізімде төрт халықаралық ұйым мен 31 мемлекеттің 176 байқаушысы қалды.",
            (
                "Бұдан бөлек 34 елдің 190-нан астам журналисі аккредитациядан өтті. Ел ішіндегі қоғамдық "
                "бірлестіктердің 239-ы бақылау жүргізу құқығына ие."
            ),
        ],
        {("domestic_organizations", "accredited", "cumulative", 239)},
    ),
    (
        "who met the requirement",
        "en",
        "List of observers is closed",
        [
            (
                "Domestic groups have criticized the rule that obliges them to be accredited. According to the "
                "commission, "
                "251 public associations have met that requirement."
            )
        ],
        {("domestic_organizations", "accredited", "cumulative", 251)},
    ),
    (
        "who got certificates from commissions",
        "ru",
        "ЦИК аккредитовал 33 наблюдателя",
        [
            (
                "Рассказали и о наблюдателях внутри страны. Свидетельства от комиссий получило 221 общественное "
                "объединение."
            )
        ],
        {("domestic_organizations", "accredited", "cumulative", 221)},
    ),
    (
        "others without a noun, of locals alone",
        "ru",
        "Общественные объединения готовятся наблюдать за выборами",
        [
            "На участках будут работать 1420 наблюдателей от общественных объединений.",
            (
                "Право наблюдать получили организации, аккредитованные при ЦИК. Ещё 94 аккредитовали территориальные "
                "избирательные комиссии."
            ),
        ],
        {("domestic_organizations", "accredited", "cumulative", 94)},
    ),
    (
        "a correspondent behind a number",
        "ru",
        "Кто приедет на выборы",
        ["Аккредитацию выдали 171 корреспонденту из 35 стран."],
        {("journalists", "accredited", "cumulative", 171)},
    ),
    (
        "the clause ends with media people",
        "kk",
        "Сайлауға 900-ден астам адам келеді",
        ["788 байқаушы аккредиттелген. Қалған 156 адам – 31 елдің басылымдарында істейтін журналистер."],
        {("journalists", "accredited", "cumulative", 156)},
    ),
]


@pytest.mark.parametrize(("language", "title", "paragraphs", "told"), [s[1:] for s in SAID], ids=[s[0] for s in SAID])
def test_whose_numbers_of_one_subject_are(language: str, title: str, paragraphs: list[str], told: set[Fact]) -> None:
    assert told <= facts(report_on(*paragraphs, language=language, title=title))


def test_states_of_a_missions_deputies_send_nobody() -> None:
    report = report_on(
        "The mission has nine observers. They are representatives of Azerbaijan, Hungary and Türkiye.",
        title="OTS mission starts its work",
    )
    assert report.countries_named == ()
    assert report.organizations_named == ("OTS",)


def test_states_that_delegate_deputies_to_a_mission_send_them() -> None:
    report = report_on(
        "В состав миссии вошли девять наблюдателей. Депутатов в нее направили Азербайджан, Кыргызстан и Турция.",
        title="Миссия ТюркПА приступила к работе",
        language="ru",
    )
    assert report.countries_named == ("AZ", "KG", "TR")


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        (
            "ru",
            "ЦИК открыл аккредитацию иностранных наблюдателей",
            (
                "Документы наблюдателей вносит Министерство иностранных дел. Приглашения направлены в ОБСЕ, СНГ, ШОС и "
                "Тюркский совет. Рано говорить, сколько их приедет."
            ),
        ),
        (
            "kk",
            "Халықаралық байқау институты ашылды",
            (
                "Шетелдік байқаушыларды аккредиттеу жүргізіледі. Министрлік он халықаралық ұйымға шақыру жіберген. "
                "Олардың "
                "қатарында ТМД, ЕҚЫҰ және ШЫҰ бар."
            ),
        ),
    ],
    ids=["the bodies themselves", "those among them"],
)
def test_the_invited_are_no_senders(language: str, title: str, said: str) -> None:
    assert report_on(said, language=language, title=title).organizations_named == ()


def test_media_people_alone_are_no_news_of_observers() -> None:
    report = report_on(
        "Аккредитованы 214 иностранных журналистов из 36 стран.",
        "Специально на выборы приезжают 131 корреспондент, остальные 83 работают в Казахстане постоянно. Среди них – "
        "съемочные группы крупнейших телеканалов Турции и Китая.",
        title="Более 200 зарубежных журналистов будут освещать выборы",
        language="ru",
    )
    assert not report.relevant
    assert {f.scope for f in report.figures} == {"journalists"}


def test_guests_are_observers_and_media_people_together() -> None:
    report = report_on(
        "Министерство выдало аккредитацию 117 зарубежным журналистам.",
        "Вместе с международными наблюдателями число гостей выборов перевалит за тысячу.",
        title="Сколько иностранных журналистов осветят выборы",
        language="ru",
    )
    assert {f.value for f in report.figures} == {117}


def test_a_delegation_that_comes_to_kazakhstan_makes_the_poll_its_own() -> None:
    report = report_on(
        "A delegation of the Central Commission leaves for Astana today to observe the election in the neighboring "
        "country. Five people are going. All of them have been accredited by the commission of Kazakhstan.",
        title="Central Election Commission of Kyrgyzstan sends observers to Kazakhstan",
    )
    assert report.relevant
    assert ("country:KG", "accredited", "cumulative", 5) in facts(report)


def test_a_forecast_of_the_public_follows_no_association() -> None:
    """The group's people are its own; what is said of all observers is not."""
    report = report_on(
        "The commission has accredited 147 observers. 4,280 local observers have already attended the courses.",
        title="International organizations accredit 112 observers",
    )
    assert ("domestic", "announced", "cumulative", 4280) in facts(report)
