"""What stands around and inside a story on pages whose names nobody knows: notes, boxes, labels, links, counters."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from extract.page.article import read_page
from extract.site import Site

TITLE = "Commission clears 71 foreign observers"
FIRST = "The Central Election Commission cleared 71 foreign observers for the vote on Monday, its press office said."
SECOND = "Forty of them come from the OSCE, and the other 31 were named by the embassies of nine states in the capital."
THIRD = "The commission will meet again on Friday."
HEAD = f"<head><title>{TITLE}</title></head>"
MOMENT = datetime(2023, 3, 13, 19, 10, tzinfo=timezone(timedelta(hours=6)))


def page(body: str) -> str:
    return f"<html lang=en>{HEAD}<body><div class=k1><h1>{TITLE}</h1>{body}</div></body></html>"


def story(below: str = "", inside: str = "", last: str = "") -> str:
    return page(f"<div class=t7><p>{FIRST}</p>{inside}<p>{SECOND}</p><p>{THIRD}</p>{last}</div>{below}")


PAGES = {
    "a note below a link": story(
        below="<div><a href=/9>All of the day</a></div><p class=q2>We do not answer for what others have written.</p>"
    ),
    "a note below a counter": story(
        below="<div class=q1>Views: 84</div><p class=q2>Whoever quotes from here has to name our agency.</p>"
    ),
    "a note below a title": story(
        below="<div class=q3>Help us grow</div><p class=q2>Give a number, and our people will ring you up.</p>"
    ),
    "a label of an address": story(
        last="<p class=q4>Where to find this text: <input value='https://n.example/1'></p>",
    ),
    "an invitation to a channel": story(
        last="<p class=q4>What matters is on <a href='https://t.me/n'>our channel</a>. Come along and miss nothing!</p>"
    ),
    "a note whose class tells of the page": story(
        last="<p class='post metadata'>Remarks can no longer be sent in.</p>",
    ),
    "the heading of a box": story(
        inside="<div class=q5><h4>The month in ten lines</h4><p>Every Sunday. No spam.</p><input></div>"
    ),
    "a caption without credit": story(
        inside="<table class=q6><tr><td><img src=1.jpg></td></tr><tr><td>From our archive</td></tr></table>"
    ),
    "a player that cannot be shown": story(
        inside="<div class=q8>Without JavaScript in your browser this film cannot be seen here</div>"
    ),
    "a question that links": story(
        inside="<div class=q7><b>What else we know</b><a href=/5>Where will people of villages cast votes?</a></div>"
    ),
    "labels above the story": (
        f"<html lang=en>{HEAD}<body><main><article><header><h1>{TITLE}</h1>"
        "<dl><dt>Given out on:</dt><dd>Monday</dd><dt>Field:</dt><dd>Vote</dd></dl></header>"
        f"<section class=t7><p>{FIRST}</p></section><section class=t8><p>{SECOND}</p><p>{THIRD}</p></section>"
        "</article></main></body></html>"
    ),
}


@pytest.mark.parametrize("source", PAGES.values(), ids=PAGES.keys())
def test_what_a_page_puts_around_its_story_is_left_out(source: str) -> None:
    assert read_page(source).paragraphs == (FIRST, SECOND, THIRD)


END = "<p>Ten more are awaited.</p><p>They are late.</p>"
KEPT = {
    "text below a link": story(below=f"<div><a href=/9>All of the day</a></div><div class=t8>{END}</div>"),
    "a short end below a lead": page(
        f"<p class=q4>{FIRST}</p><p class=q4>{SECOND}</p><div class=q1>Views: 84</div><p class=q4>{THIRD}</p>{END}"
    ),
    "the end in another look": story(last="<p class=q4>Ten more are awaited.</p><p class=q5>They are late.</p>"),
}


@pytest.mark.parametrize("source", KEPT.values(), ids=KEPT.keys())
def test_a_storys_end_is_kept_though_it_looks_otherwise(source: str) -> None:
    assert read_page(source).paragraphs == (FIRST, SECOND, THIRD, "Ten more are awaited.", "They are late.")


def test_boxes_whose_names_differ_by_a_number_in_hexadecimal_are_alike() -> None:
    boxes = (
        ("9f7a31c", "text", f"<p>{FIRST}</p><p>{SECOND}</p>"),
        ("e85fe13", "call", "<a href=/9><h3>All of the day and of the night before it</h3></a>"),
        ("0e75cc2", "text", f"<p>• OSCE - 40</p><p>{THIRD}</p>"),
    )
    body = "".join(f"<div class='e e-{name} e-{kind}'><div class=c>{text}</div></div>" for name, kind, text in boxes)
    assert read_page(page(body)).paragraphs == (FIRST, SECOND, "• OSCE - 40", THIRD)


def test_what_stands_under_a_heading_of_others_is_none_of_the_story_though_it_looks_alike() -> None:
    other = "This site is made by those who like to count, and it is free."
    boxes = (("", FIRST), ("", SECOND), ("<div class=tt>About the project</div>", other))
    body = "".join(f"<div class=r>{head}<div class=in><div class=tx>{text}</div></div></div>" for head, text in boxes)
    assert read_page(page(body)).paragraphs == (FIRST, SECOND)


def test_blanks_in_a_class_are_no_difference() -> None:
    letter = "Each Thursday there are five charts in it on what things cost, and why they do."
    box = f"<div class=b9><p class='s1 b'>The money letter</p><p class=s2>{letter}</p></div>"
    body = f"<div class=t7><p class='m6 l8'>{FIRST}</p>{box}<p class='m6 l8 '>{SECOND}</p></div>"
    assert read_page(page(body)).paragraphs == (FIRST, SECOND)


def test_a_paragraph_set_off_as_an_aside_is_kept_and_an_aside_of_a_page_is_not() -> None:
    said = "“We have looked at each of the papers ourselves, and none of them was turned down,” the secretary said."
    other = "Whoever wants to read more of what we write is asked to come by our desk on a Sunday."
    aside = f"<aside>{said}</aside><p>{SECOND}</p><aside class=k>{other}</aside>"
    body = f"<div><p>{FIRST}</p>{aside}<p>{THIRD}</p></div>"
    assert read_page(page(body)).paragraphs == (FIRST, said, SECOND, THIRD)


def test_two_cells_have_one_dash_between_them() -> None:
    rows = "<table><tr><td>OSCE</td><td>– 40,</td></tr><tr><td>Embassies</td><td>31.</td></tr></table>"
    assert read_page(story(inside=rows)).paragraphs == (FIRST, "OSCE – 40,", "Embassies - 31.", SECOND, THIRD)


DATES = {
    "a count that touches the year": "<span>19:10 13.03.2023</span><span class=q2><svg></svg>815</span>",
    "a place before the offset": "13 March 2023, 18:10 (Tashkent, GMT+5)",
    "labels beside it": (
        "13 March 2023, 19:10 | Put into: <a href=/1>Nation</a> | Sent in by: <a href=/2>Our own people</a>"
    ),
}


@pytest.mark.parametrize("line", DATES.values(), ids=DATES.keys())
def test_a_date_is_told_from_what_stands_beside_it(line: str) -> None:
    site = Site(key="x", hosts=("x.kz",), body=("//div[@class='k1']",))
    source = page(f"<div class=q1>{line}</div><div class=t7><p>{FIRST}</p><p>{SECOND}</p></div>")
    article = read_page(source, url="https://x.kz/1", sites=(site,))
    assert (article.published, article.paragraphs) == (MOMENT, (FIRST, SECOND))
