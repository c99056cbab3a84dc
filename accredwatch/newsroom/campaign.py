"""A campaign as three newsrooms told it: the road to the Mazhilis and maslikhat elections of 19 March 2023.

The figures and days are those of that spring, but for a misprint on 16 February that is corrected; the words are ours.
The last count stands as it did in life: two newsrooms, two totals, one evening.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from accredwatch.newsroom.campaign_noise import NOISE
from accredwatch.newsroom.outlets import ALMATY, ASTANA_TIMES, KAZINFORM, QAZAQ_TV
from accredwatch.newsroom.story import Edit, Story, prose

ELECTION = "2023-03-19-parliamentary"
"""Key of the election that the campaign leads to."""

DAYS = (
    date(2023, 2, 1),
    date(2023, 2, 2),
    date(2023, 2, 3),
    date(2023, 2, 9),
    date(2023, 2, 13),
    date(2023, 2, 14),
    date(2023, 2, 16),
    date(2023, 2, 17),
    date(2023, 2, 27),
    date(2023, 3, 1),
    date(2023, 3, 7),
    date(2023, 3, 10),
    date(2023, 3, 13),
    date(2023, 3, 14),
    date(2023, 3, 19),
)
"""The days that the demo plays."""

LOOKS = (time(13, 0), time(20, 0))
"""When the demo looks at the sites on each day, in Almaty."""

SITES = (
    replace(KAZINFORM, layouts=((date(2016, 1, 1), "kazinform_2022.html"), (date(2023, 3, 1), "kazinform_2023.html"))),
    ASTANA_TIMES,
    QAZAQ_TV,
)
"""The sites in those weeks; Kazinform's relaunch is brought forward from autumn, so that a campaign sees one."""

REMARKS = {
    date(2023, 2, 1): "The first look at three unknown sites: what lies there is history, and told once.",
    date(2023, 2, 3): "Kazinform repeats a number that is known: nobody is alerted.",
    date(2023, 2, 14): "A number that is known, in Russian: nobody is alerted.",
    date(2023, 2, 17): "Kazinform edits yesterday's story.",
    date(2023, 3, 1): "Kazinform relaunches its site: every page looks different, no fact does.",
    date(2023, 3, 14): "The Astana Times closes the list with another number than Kazinform.",
    date(2023, 3, 19): "Voting day: observers at work are no accreditation.",
}
"""What is worth knowing of some days."""


def _at(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2023) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ALMATY)


PAST = Story(
    number=61402,
    outlet="astana_times",
    title="Kazakhstan Closes Observer List for Presidential Election at 641",
    published=_at(11, 15, 10, 20, year=2022),
    section="election",
    tags=("CEC", "election"),
    paragraphs=prose("""
        ASTANA – The Central Election Commission (CEC) has accredited 641 international observers for the
        presidential election of Nov. 20, 2022. Accreditation ended on Nov. 14 at 6 p.m.

        They represent 35 countries and 10 international organizations, the commission told reporters.

        Six candidates run for the office.
    """),
)

FIRST_TOTAL = Story(
    number=63377,
    outlet="astana_times",
    title="Kazakhstan Accredits First 25 International Observers for March Elections",
    published=_at(2, 2, 17, 35),
    section="election",
    caption="The commission in session. Photo credit: election.gov.kz.",
    tags=("Mazhilis", "maslikhats", "CEC"),
    related=(
        "641 International Observers Accredited for November Presidential Election",
        "President Dissolves Mazhilis, Calls Early Elections",
    ),
    paragraphs=prose("""
        ASTANA – The Central Election Commission (CEC) accredited 25 international observers on Feb. 2 for the
        elections to the Mazhilis and the maslikhats, which take place on March 19, 2023.

        Of them, 11 are from the CIS Inter-Parliamentary Assembly, 13 from OSCE/ODIHR and one from Palestine.

        Candidates may register until 6 p.m. on Feb. 18. Of the 98 seats, 29 are filled in single-mandate districts.
    """),
)

FIRST_TOTAL_AGAIN = Story(
    number=4031102,
    outlet="kazinform",
    title="25 foreign observers accredited for Majilis elections",
    published=_at(2, 3, 10, 15),
    tags=("Elections 2023", "CEC"),
    related=("OSCE PA may send over 200 observers", "Signature lists of candidates under check"),
    paragraphs=prose("""
        ASTANA. KAZINFORM - As of February 2, 2023, the Central Election Commission of Kazakhstan has accredited 25
        foreign observers for the March 19 elections to the Majilis and maslikhats.

        The list is drawn up on the proposal of the Foreign Ministry. It remains open until 6:00 pm on March 13.
    """),
)

BATCH = Story(
    number=28702,
    outlet="qazaq_tv",
    title="Another 37 international observers receive accreditation",
    published=_at(2, 9, 16, 40),
    section="society",
    related=("First 25 observers get their cards", "Ice town opens in Petropavl"),
    paragraphs=prose("""
        The Central Election Commission accredited 37 more international observers at its meeting on February 9,
        2023 ahead of the Mazhilis and maslikhat elections on March 19.

        The new names include two from China, three from the Netherlands and 32 from the OSCE/ODIHR mission.
    """),
)

SECOND_TOTAL = Story(
    number=28796,
    outlet="qazaq_tv",
    title="Kazakh CEC accredits 12 more international observers",
    published=_at(2, 13, 15, 20),
    section="society",
    related=("25 international observers accredited since start of campaign", "Rescuers return from Türkiye"),
    paragraphs=prose("""
        On February 13, 2023 the Central Election Commission accredited 12 more international observers for the
        Mazhilis and maslikhat elections on March 19.

        Since January 20, 62 observers from three states and two international organizations have been accredited in
        all, its secretary Mukhtar Yerman recalled.

        He added that the OSCE/ODIHR mission withdrew the accreditation of two of its observers.
    """),
)

SECOND_TOTAL_AGAIN = Story(
    number=4035211,
    outlet="kazinform",
    language="ru",
    title="На выборы в Мажилис аккредитовано 62 наблюдателя",
    published=_at(2, 14, 9, 30),
    tags=("Выборы", "ЦИК"),
    related=("БДИПЧ может прислать до 300 наблюдателей", "Прогноз погоды на неделю"),
    paragraphs=prose("""
        АСТАНА. КАЗИНФОРМ – По состоянию на 13 февраля 2023 года Центральная избирательная комиссия аккредитовала 62
        иностранных наблюдателя на выборы депутатов Мажилиса, которые пройдут 19 марта.

        Они представляют три государства и две международные организации, сообщили в комиссии.
    """),
)

_MISPRINTED = """
    ASTANA. KAZINFORM - As of February 16, 2023, the Central Election Commission has accredited {} foreign observers
    from six countries and three international organizations for the Majilis and maslikhat elections on March 19.

    Documents are taken until 6:00 pm on March 13, the commission reminded.
"""

MISPRINT = Story(
    number=4036097,
    outlet="kazinform",
    title="92 foreign observers accredited for Majilis elections",
    published=_at(2, 16, 12, 25),
    tags=("Elections 2023", "CEC"),
    related=("641 observers watched the presidential election", "Party list of Respublica registered"),
    paragraphs=prose(_MISPRINTED.format(92)),
    edits=(
        Edit(
            at=_at(2, 17, 9, 5),
            title="72 foreign observers accredited for Majilis elections",
            paragraphs=prose(_MISPRINTED.format(72)),
        ),
    ),
)

THIRD_TOTAL = Story(
    number=4040218,
    outlet="kazinform",
    title="111 int’l observers accredited for Majilis elections",
    published=_at(2, 27, 12, 10),
    tags=("Elections 2023", "CEC"),
    related=("72 foreign observers accredited for Majilis elections", "TV debates: when to watch"),
    paragraphs=prose("""
        ASTANA. KAZINFORM - As of February 27, 2023, a total of 111 international observers from 14 countries and
        three international organizations have been accredited for the Majilis and maslikhat elections of March 19,
        the Central Election Commission said.

        The Foreign Ministry has submitted the documents of another 52 observers.
    """),
)

THIRD_TOTAL_AGAIN = Story(
    number=64120,
    outlet="astana_times",
    title="Number of Accredited International Observers Reaches 111",
    published=_at(3, 1, 11, 10),
    section="election",
    caption="Ballot boxes on their way to the regions. Photo credit: election.gov.kz.",
    tags=("Mazhilis", "CEC"),
    related=("72 Observers Accredited by Mid-February", "Seven Parties Present Programs"),
    paragraphs=prose("""
        ASTANA – As of Feb. 27, the Central Election Commission (CEC) has accredited 111 international observers for
        the elections to the Mazhilis and the maslikhats on March 19, 2023.

        The commission considers 52 more requests, CEC Secretary Mukhtar Yerman said.

        Seven parties and more than 400 candidates in single-mandate districts run.
    """),
)

THIRD_TOTAL_IN_KAZAKH = Story(
    number=4040377,
    outlet="kazinform",
    language="kk",
    title="Сайлауға 111 шетелдік байқаушы аккредиттелді",
    published=_at(2, 27, 15, 30),
    tags=("Сайлау",),
    paragraphs=prose("""
        АСТАНА. ҚазАқпарат – 2023 жылғы 27 ақпандағы жағдай бойынша 19 наурызда өтетін Мәжіліс сайлауын бақылауға
        111 шетелдік байқаушы аккредиттелді.

        Бұл туралы Орталық сайлау комиссиясында айтылды.
    """),
)

FOURTH_TOTAL = Story(
    number=4043396,
    outlet="kazinform",
    title="CEC accredits 157 more observers for Majilis elections",
    published=_at(3, 7, 13, 30),
    tags=("Elections 2023", "CEC"),
    related=("111 int’l observers accredited for Majilis elections", "Weather: rain and sleet"),
    paragraphs=prose("""
        ASTANA. KAZINFORM - As of March 7, 2023, 165 observers from 16 countries and four international
        organizations have been accredited in all for the Majilis elections of March 19, Central Election Commission
        secretary Mukhtar Yerman said.

        At today’s meeting the commission accredited another 157 foreign observers.
    """),
)

FIFTH_TOTAL = Story(
    number=29544,
    outlet="qazaq_tv",
    title="322 international observers accredited for Kazakhstan’s elections",
    published=_at(3, 10, 18, 5),
    section="politics",
    related=("165 observers in early March", "How the ballot papers are printed"),
    paragraphs=prose("""
        As of March 10, 2023, the Central Election Commission has accredited 322 international observers for the
        Mazhilis and maslikhat elections of March 19.

        They come from 34 foreign states and nine international organizations. Accreditation goes on until March 13.
    """),
)

CLOSING = Story(
    number=4045256,
    outlet="kazinform",
    title="CEC accredits 786 foreign observers as accreditation ends",
    published=_at(3, 13, 19, 10),
    tags=("Elections 2023", "CEC"),
    related=(
        "157 foreign observers get accreditation",
        "Ballot papers delivered to regions",
        "793 votes decide a school poll",
    ),
    paragraphs=prose("""
        ASTANA. KAZINFORM - Accreditation of foreign observers for the Majilis elections of March 19, 2023 ended
        today, March 13, at 6:00 pm.

        In all, 786 foreign observers were accredited: 124 from 41 countries and 662 from 12 international
        organizations, the Central Election Commission said.
    """),
)

CONFLICT = Story(
    number=64711,
    outlet="astana_times",
    title="Kazakh CEC Accredits 793 International Observers for Parliamentary Elections",
    published=_at(3, 14, 9, 50),
    section="election",
    caption="The meeting on March 13. Photo credit: election.gov.kz.",
    tags=("Mazhilis", "CEC"),
    related=("Number of Accredited International Observers Reaches 111", "Nauryz: What to Cook and Where to Go"),
    paragraphs=prose("""
        ASTANA – As of March 13, when accreditation ended at 6 p.m. Astana time, the Central Election Commission
        (CEC) had accredited 793 international observers for the parliamentary elections of March 19, 2023.

        They represent 41 countries and 12 international organizations, said CEC Secretary Mukhtar Yerman.

        Polling stations open at 7 a.m.
    """),
)

CAMPAIGN = (
    PAST,
    FIRST_TOTAL,
    FIRST_TOTAL_AGAIN,
    BATCH,
    SECOND_TOTAL,
    SECOND_TOTAL_AGAIN,
    MISPRINT,
    THIRD_TOTAL,
    THIRD_TOTAL_IN_KAZAKH,
    THIRD_TOTAL_AGAIN,
    FOURTH_TOTAL,
    FIFTH_TOTAL,
    CLOSING,
    CONFLICT,
)
"""The stories that state numbers of observers."""

STORIES = (*CAMPAIGN, *NOISE)
"""Everything that the three newsrooms publish in those weeks."""
