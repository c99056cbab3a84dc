"""Plain text with a page's furniture in it becomes the article alone."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime, timedelta, timezone

import pytest

from extract.model import DateOrigin
from extract.page.article import looks_like_html, read_article, read_text
from extract.site import Site
from foundation.errors import NotAnArticle

TITLE = "CEC accredits 393 foreign observers"
PARAGRAPHS = (
    "ASTANA. KAZINFORM The Central Election Commission accredited 393 foreign observers, Kazinform reports.",
    "Among them are:",
    "- 63 observers from the OSCE Parliamentary Assembly;",
    "• Korea - 1.",
    "The list will be updated upon receiving new requests on accreditation until March 13, its secretary added.",
)
STORY = "\n\n".join(PARAGRAPHS)
AFTER = """
Parliament   Elections   Majilis
Related news
786 observers accredited by Kazakh commission
Why are 157 foreign observers coming to Kazakhstan?
Read also
Over 170 CIS observers to monitor elections
Popular
1 Iranians elect 290 deputies in the first round
November 18. Today's Birthdays

News"""


def test_a_page_saved_as_text_gives_its_story_alone() -> None:
    article = read_text(
        "Qazaq TV Channel\nMain Page  >\n  News  >\n  Elections\n\n"
        f"{TITLE}\n\nAuthor:\nA. Writer\n13 March 2023, 19:10\n{TITLE}\n\n{STORY}\n{AFTER}"
    )
    assert article.title == TITLE
    assert article.paragraphs == PARAGRAPHS
    assert article.published == datetime(2023, 3, 13, 19, 10, tzinfo=timezone(timedelta(hours=6)))
    assert article.published_from is DateOrigin.VISIBLE
    assert article.source == "kazinform"


def test_headlines_between_paragraphs_are_left_out() -> None:
    inside = "Currently reading\n157 observers accredited earlier this month\nWhere do 786 observers come from?\n"
    article = read_text(f"{TITLE}\n\n{PARAGRAPHS[0]}\n{inside}{PARAGRAPHS[-1]}")
    assert article.paragraphs == (PARAGRAPHS[0], PARAGRAPHS[-1])


def test_captions_and_newsletter_lines_are_left_out_and_the_newsletter_tells_the_source() -> None:
    article = read_text(
        f"{TITLE}\n\nASTANA – The commission accredited 393 observers from 41 foreign states, its secretary said.\n\n"
        "The commission during the meeting. Photo credit: election.gov.kz.\n\n"
        "Get The Astana Times stories sent directly to you! Sign up via the website or subscribe to our X and Telegram!"
    )
    assert len(article.paragraphs) == 1
    assert article.source == "astana_times"


def test_an_archives_date_before_the_text_is_no_title() -> None:
    article = read_text(f" date 2023-03-13 {STORY}")
    assert article.title is None
    assert article.paragraphs == PARAGRAPHS
    assert article.published == datetime(2023, 3, 13, tzinfo=timezone(timedelta(hours=6)))


def test_text_without_title_and_date_has_none() -> None:
    article = read_text(PARAGRAPHS[-1])
    assert (article.title, article.published, article.published_from, article.source) == (None, None, None, None)


def test_paragraphs_wrapped_at_a_width_are_put_together() -> None:
    wrapped = "\n\n".join(textwrap.fill(p, 60) for p in PARAGRAPHS)
    assert read_text(f"{TITLE}\n\n{wrapped}").paragraphs == PARAGRAPHS


def test_hints_count() -> None:
    site = Site(key="x", hosts=("x.kz",), article_urls=(r"x\.kz/(?P<id>\d+)",))
    given = datetime(2023, 3, 14, tzinfo=UTC)
    article = read_text(STORY, url="https://x.kz/77", sites=(site,), published=given, language="en")
    assert (article.source, article.article_id, article.published, article.published_from) == (
        "x",
        "77",
        given,
        DateOrigin.GIVEN,
    )
    assert read_text(STORY, source="astana_times").source == "astana_times"


@pytest.mark.parametrize("text", ["", "\n \n", "News\nPopular\nSport", "CEC accredits 393 foreign observers"])
def test_text_without_a_sentence_is_refused(text: str) -> None:
    with pytest.raises(NotAnArticle):
        read_text(text)


def test_a_document_is_read_as_what_it_looks_like() -> None:
    html = f"<p>{PARAGRAPHS[0]}</p>"
    assert looks_like_html(html)
    assert looks_like_html("<!DOCTYPE html>\n<html>")
    assert not looks_like_html("1 < 2, and 3 > 2: <b> is no page")
    assert read_article(html.encode()).paragraphs == PARAGRAPHS[:1]
    assert read_article(STORY.encode(), source="kazinform").paragraphs == PARAGRAPHS
