"""What newsrooms write about on other pages, and about elections without counting observers."""

from __future__ import annotations

from datetime import datetime

from accredwatch.newsroom.outlets import ALMATY
from accredwatch.newsroom.story import Story, prose


def _at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=ALMATY)


def _story(outlet: str, number: int, published: datetime, text: str, *, language: str = "en") -> Story:
    title, *paragraphs = prose(text)
    return Story(
        number=number,
        outlet=outlet,
        language=language,
        title=title,
        paragraphs=tuple(paragraphs),
        published=published,
        section="nation",
    )


NOISE = (
    _story(
        "kazinform",
        4030120,
        _at(2, 1, 8, 10),
        """
            Frost and fog expected across Kazakhstan

            ASTANA. KAZINFORM - The weather service expects frost down to 25 degrees below zero in the north and fog
            in the south.

            Drivers are asked to take care on the roads of 9 regions.
        """,
    ),
    _story(
        "kazinform",
        4030344,
        _at(2, 1, 15, 0),
        """
            Parties hand in their lists for the Majilis elections

            ASTANA. KAZINFORM - Parties go on submitting their lists of candidates to the Central Election
            Commission.

            Seven parties may take part in the elections on March 19. Registration ends on February 18.
        """,
    ),
    _story(
        "astana_times",
        63290,
        _at(2, 1, 12, 0),
        """
            Almaty Metro Extends Its Line by Two Stations

            ALMATY – Two stations were opened in the west of the city, and 35,000 passengers a day are expected.

            Works on another line begin in autumn.
        """,
    ),
    _story(
        "qazaq_tv",
        28611,
        _at(2, 1, 11, 0),
        """
            Craftsmen from Turkistan show their felt carpets

            An exhibition of felt carpets has opened in the capital. It shows 120 works by masters from the region
            of Turkistan.

            The exhibition is open for a month.
        """,
    ),
    _story(
        "kazinform",
        4031377,
        _at(2, 3, 9, 0),
        """
            В Астане ожидается метель

            АСТАНА. КАЗИНФОРМ – Синоптики предупреждают о метели и порывах ветра до 20 метров в секунду.

            Службы города вывели на улицы 800 единиц техники.
        """,
        language="ru",
    ),
    _story(
        "kazinform",
        4033590,
        _at(2, 9, 11, 30),
        """
            Kazakh rescuers pull survivors from the rubble in Gaziantep

            ASTANA. KAZINFORM - A team of 41 rescuers with dogs works in Gaziantep after the earthquake.

            A second group is on its way, the emergencies ministry said.
        """,
    ),
    _story(
        "astana_times",
        63688,
        _at(2, 9, 14, 20),
        """
            Wheat Exports Grow by a Fifth

            ASTANA – Kazakhstan sold 4.7 million tons of wheat abroad since September, a fifth more than a year
            earlier.

            Most of it went to neighbors in Central Asia.
        """,
    ),
    _story(
        "kazinform",
        4034870,
        _at(2, 13, 12, 0),
        """
            ОСК партиялық тізімді тіркеді

            АСТАНА. ҚазАқпарат – Орталық сайлау комиссиясы бүгін тағы бір партияның тізімін тіркеді.

            Тізімде 19 адам бар.
        """,
        language="kk",
    ),
    _story(
        "kazinform",
        4036210,
        _at(2, 16, 16, 0),
        """
            Davis Cup: Kazakhstan to host Chile in autumn

            ASTANA. KAZINFORM - The draw has been made, and the national tennis team plays at home.

            Tickets go on sale in July.
        """,
    ),
    _story(
        "qazaq_tv",
        28911,
        _at(2, 17, 13, 0),
        """
            New flights link Aktau with three cities abroad

            From the end of March, planes fly from Aktau to three cities abroad twice a week.

            The airport expects 60,000 more passengers a year.
        """,
    ),
    _story(
        "astana_times",
        64052,
        _at(2, 27, 10, 0),
        """
            What Single-Mandate Districts Mean for Voters

            ASTANA – For the first time since 2004, voters choose 29 deputies of the Mazhilis by name.

            Observers of political life in Kazakhstan expect close races in Almaty and Astana. The elections are on
            March 19.
        """,
    ),
    _story(
        "kazinform",
        4042101,
        _at(3, 1, 9, 40),
        """
            Kazakhstan marks Day of Gratitude

            ASTANA. KAZINFORM - On March 1 Kazakhstan thanks those who helped each other in hard times.

            Concerts and meetings take place in all regions.
        """,
    ),
    _story(
        "astana_times",
        64390,
        _at(3, 7, 10, 30),
        """
            Women Lead Every Fourth Village in Northern Region

            PETROPAVL – Every fourth village of the region has a woman for a mayor, more than ever.

            Ten years ago it was every tenth.
        """,
    ),
    _story(
        "kazinform",
        4044512,
        _at(3, 10, 12, 15),
        """
            Polling stations abroad get ready

            ASTANA. KAZINFORM - Kazakhstan opens 77 polling stations in 62 countries for the elections on March 19.

            Voters abroad need a passport. More than 12,000 of them are on the lists, the Foreign Ministry said.
        """,
    ),
    _story(
        "qazaq_tv",
        29610,
        _at(3, 13, 12, 0),
        """
            Spring comes early to the south

            Apricot trees are in bloom in the south of the country, two weeks earlier than usual.

            Farmers fear night frosts.
        """,
    ),
    _story(
        "kazinform",
        4047301,
        _at(3, 19, 9, 0),
        """
            Polling stations open across Kazakhstan

            ASTANA. KAZINFORM - More than 10,000 polling stations have opened for the elections to the Majilis and
            maslikhats.

            They close at 8:00 pm. First results are expected in the night.
        """,
    ),
    _story(
        "qazaq_tv",
        29790,
        _at(3, 19, 13, 10),
        """
            Observers of CIS Interparliamentary Assembly visit polling stations

            As the country votes, 61 observers of the CIS Interparliamentary Assembly are at work at polling
            stations on March 19, 2023.

            They follow the elections of the Mazhilis in the capital and in the regions.
        """,
    ),
)
