"""Where a page's date is found, which place is trusted more, and in which time zone it is meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from extract.model import DateOrigin
from extract.page.article import read_page
from extract.page.date_line import find_stamp
from extract.site import Site

P = "<p>The Central Election Commission accredited 393 observers for the vote of 19 March 2023, its secretary said.</p>"
ALMATY_2023 = timezone(timedelta(hours=6))
ALMATY_2026 = timezone(timedelta(hours=5))
MOMENT = datetime(2023, 3, 13, 19, 10, tzinfo=ALMATY_2023)


def page(body: str = "", head: str = "") -> str:
    title = "CEC accredits 393"
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}<div>{P}{P}</div></body></html>"


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1 Декабря 2020 14:02", "2020-12-01T14:02:00"),
        ("16:12, 20 March 2016 | GMT +6", "2016-03-20T16:12:00+06:00"),
        ("16:37, 29 Январь 2026", "2026-01-29T16:37:00"),
        ("21:38, 18 Августа 2026", "2026-08-18T21:38:00"),
        ("2026 жылғы 15 қараша", "2026-11-15T00:00:00"),
        ("2022 жылдың 1 қарашасы күні жарияланды", "2022-11-01T00:00:00"),
        ("2015 жылдың 18 наурызы", "2015-03-18T00:00:00"),
        ("13 наурыз 2023, 19:10", "2023-03-13T19:10:00"),
        ("By A in Election 2022, Nation on 17 October 2022", "2022-10-17T00:00:00"),
        ("Nov. 20, 2022 5:30 pm", "2022-11-20T17:30:00"),
        ("18.11.2022, 17:40 1186", "2022-11-18T17:40:00"),
        ("3/13/2023", "2023-03-13T00:00:00"),
        ("2021-01-05T09:35:00.123Z", "2021-01-05T09:35:00+00:00"),
        ("Tue, 05 Jan 2021 09:35:00 +0600", "2021-01-05T09:35:00+06:00"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, moment: str) -> None:
    stamp = find_stamp(text)
    assert stamp is not None
    assert stamp.moment.isoformat() == moment
    assert stamp.has_time == ("T00:00:00" not in moment)


@pytest.mark.parametrize("text", ["31.02.2023", "13 March", "2023", "version 1.2.2023.4", "40 March 2023"])
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert find_stamp(text) is None


@pytest.mark.parametrize(
    ("source", "origin"),
    [
        (page(head=json_ld('{"@type":"NewsArticle","datePublished":"2023-03-13T19:10:00+06:00"}')), DateOrigin.JSON_LD),
        (
            page(head=json_ld('{"@graph":[{"@type":"Article","datePublished":"2023-03-13T13:10:00Z"}]}')),
            DateOrigin.JSON_LD,
        ),
        (
            page(head=json_ld('{"@type":"NewsArticle","datePublished":"2023-03-13T19:10:00", "broken":')),
            DateOrigin.JSON_LD,
        ),
        (page(head='<meta name="article:published_time" content="2023-03-13T19:10:00+06:00">'), DateOrigin.META),
        (page('<time datetime="2023-03-13T19:10">today</time>'), DateOrigin.TIME),
        (page("<time>19:10, 13 March 2023</time>"), DateOrigin.TIME),
        (page("<div class=x>13.03.2023, 19:10</div>"), DateOrigin.VISIBLE),
        (page("<p>Category: Politics. Posted by: admin, 13 March 2023, 19:10</p>"), DateOrigin.VISIBLE),
    ],
)
def test_a_date_is_found_wherever_the_page_gives_it(source: str, origin: DateOrigin) -> None:
    article = read_page(source)
    assert (article.published, article.published_from) == (MOMENT, origin)


def test_the_more_trusted_place_prevails() -> None:
    linked = json_ld('{"@type":"NewsArticle","datePublished":"2023-03-13T19:10:00+06:00"}')
    article = read_page(
        page(
            "<time datetime=2020-01-01></time>",
            linked + '<meta property="article:published_time" content="2021-01-01">',
        )
    )
    assert (article.published, article.published_from) == (MOMENT, DateOrigin.JSON_LD)


def test_json_ld_of_other_stories_is_not_this_ones() -> None:
    other = '{"@type":"NewsArticle","headline":"Other","datePublished":"2021-01-01T00:00:00Z"}'
    own = '{"@type":"NewsArticle","headline":"CEC accredits 393","datePublished":"2023-03-13T19:10:00+06:00"}'
    assert read_page(page(head=json_ld(f"[{other},{own}]"))).published == MOMENT
    assert read_page(page(head=json_ld(f"[{other},{own.replace('CEC accredits 393', 'Third')}]"))).published is None


def test_a_time_without_an_offset_is_almatys_of_its_day() -> None:
    before = read_page(page("<time>29 February 2024, 12:00</time>")).published
    after = read_page(page("<time>1 March 2024, 12:00</time>")).published
    assert before is not None
    assert after is not None
    assert before.astimezone(UTC).hour == 6
    assert after.astimezone(UTC).hour == 7


def test_a_date_is_told_in_the_sites_zone() -> None:
    site = Site(key="x", hosts=("x.kz",), time_zone="Asia/Almaty")
    head = '<meta property="article:published_time" content="2023-03-12T20:30:00Z">'
    article = read_page(page(head=head), url="https://x.kz/1", sites=(site,))
    assert article.published is not None
    assert article.published.date().isoformat() == "2023-03-13"


def test_the_sites_own_place_of_the_date_is_looked_at() -> None:
    site = Site(key="x", hosts=("x.kz",), date=("//div[@id='d']",))
    body = "<div id=sidebar><div id=d>13 марта 2023 г., 19:10</div></div>"
    article = read_page(page() + body, url="https://x.kz/1", sites=(site,))
    assert (article.published, article.published_from) == (MOMENT, DateOrigin.VISIBLE)


def test_voting_days_and_dates_of_other_stories_are_no_dates_of_this_one() -> None:
    cards = "".join(
        f"<div class=card><a href=/{i}>Headline number {i} of the day</a><span class=date>0{i}.03.2021</span></div>"
        for i in range(1, 5)
    )
    lead = "<p>Voting is to take place on 19 March 2023.</p>"
    article = read_page(page(lead) + f"<div>{cards}</div>")
    assert article.published is None


def test_a_given_instant_counts_where_the_page_gives_none() -> None:
    given = datetime(2023, 3, 13, 13, 10, tzinfo=UTC)
    article = read_page(page(), published=given)
    assert (article.published, article.published_from) == (given, DateOrigin.FEED)
    dated = read_page(page("<time>12 March 2023, 10:00</time>"), published=given)
    assert dated.published_from is DateOrigin.TIME
    day_only = read_page(page("<p class=byline>By A in Nation on 13 March 2023</p>"), published=given)
    assert (day_only.published, day_only.published_from) == (given, DateOrigin.FEED)
    certain = read_page(page("<time>12 March 2023, 10:00</time>"), published=given, published_from=DateOrigin.GIVEN)
    assert (certain.published, certain.published_from) == (given, DateOrigin.GIVEN)


def test_the_date_in_the_url_is_the_last_resort() -> None:
    article = read_page(page(), url="https://example.org/2023/03/13/cec-accredits")
    assert article.published == datetime(2023, 3, 13, tzinfo=ALMATY_2023)
    assert article.published_from is DateOrigin.GUESSED


def test_a_day_without_time_is_midnight_in_the_sites_zone() -> None:
    assert read_page(page("<p>18 August 2026</p>")).published == datetime(2026, 8, 18, tzinfo=ALMATY_2026)


def item(headline: str, day: str) -> str:
    return (
        f'<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="headline" content="{headline}">'
        f'<meta itemprop="datePublished" content="{day}"></div>'
    )


def test_microdata_of_other_stories_is_not_this_ones() -> None:
    other, own = item("Other", "2021-01-01T00:00:00Z"), item("CEC accredits 393", "2023-03-13T19:10:00+06:00")
    article = read_page(page(other + own))
    assert (article.published, article.published_from) == (MOMENT, DateOrigin.META)
    assert read_page(page(own)).published == MOMENT
    assert read_page(page(other + item("Third", "2021-01-02"))).published is None


def test_the_day_of_printing_and_the_voting_day_are_no_dates_of_the_story() -> None:
    for line in (
        "Printed on 13.03.2023 19:10",
        "Voting day is March 19, 2023.",
        "День голосования – 19 марта 2023 года.",
    ):
        assert read_page(page() + f"<p>{line}</p>").published is None, line


def test_a_line_that_says_what_a_day_brings_is_text() -> None:
    article = read_page(page("<p>Voting day is March 19, 2023.</p>"))
    assert article.paragraphs[-1] != article.paragraphs[0] == "Voting day is March 19, 2023."


@pytest.mark.parametrize(
    "line",
    [
        '<span class="a">19:10, 13 March 2023</span><span class="b">6726</span><span class="c">Aigerim Satova</span>',
        "<span>Aigerim Satova</span><span>·</span><span>13 March 2023, 19:10</span><span>·</span><span>2 min</span>",
        '<span class="a">19:10, 13 марта 2023</span><span class="b">12</span><span class="c">Дежурный редактор</span>',
    ],
    ids=["views and author behind", "author before", "a post behind"],
)
def test_a_date_below_the_headline_may_be_signed(line: str) -> None:
    assert read_page(page(f"<div>{line}</div>")).published == MOMENT


def test_what_readers_sign_and_date_below_the_story_is_no_date_of_it() -> None:
    comment = "<div>Aigerim Satova, 13 March 2023, 19:10</div><div>A fine thing to read of.</div>"
    assert read_page(page().replace("</body>", f"{comment}</body>")).published is None


def test_a_label_may_stand_before_its_date() -> None:
    labelled = "<div><div>Published:&nbsp;</div><div>13 March 2023, 19:10</div></div>"
    article = read_page(page(labelled))
    assert (article.published, "Published:" in article.body) == (MOMENT, False)
