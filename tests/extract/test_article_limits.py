"""Pages made or grown to hurt: each is read or refused, none hangs or recurses without end."""

from __future__ import annotations

import pytest

from extract.page.article import read_page, read_text
from extract.page.markup import MAX_BYTES
from extract.page.relevance import may_concern_observers
from foundation.errors import ExtractError, NotAnArticle, PageTooLarge

P = "<p>The Central Election Commission accredited 393 observers from 41 states on Monday, its secretary said.</p>"
BODY = (P.removeprefix("<p>").removesuffix("</p>"),) * 3
STORY = f"<h1>CEC accredits 393</h1><div>{P * 3}</div>"


def test_a_document_over_the_limit_is_refused() -> None:
    for read in (read_page, read_text):
        with pytest.raises(PageTooLarge, match="limit"):
            read("a" * (MAX_BYTES + 1))


@pytest.mark.parametrize(
    "links",
    [
        "".join(f'<a href="/{i}">Link {i} leads on</a> ' for i in range(15_000)),
        "".join(f'<p><a href="/{i}">Link {i} leads on</a> and text follows</p>' for i in range(10_000)),
    ],
    ids=["in a row", "in paragraphs"],
)
def test_thousands_of_links_do_not_bury_the_story(links: str) -> None:
    assert read_page(f"<html><body>{STORY}<div>{links}</div></body></html>").paragraphs == BODY


@pytest.mark.parametrize("depth", [300, 1_400])
def test_a_deeply_nested_story_is_whole(depth: int) -> None:
    nested = f"<h1>CEC accredits 393</h1>{'<div>' * depth}{P * 3}{'</div>' * depth}"
    assert read_page(f"<html><body>{nested}</body></html>").paragraphs == BODY


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + P,
        "<svg>" * 5_000 + P,
        "<b>x</b>" * 70_000 + P,
        "<" * 500_000,
        "<script>" * 50_000,
        "<p>" + "1" * 500_000,
        "<a href=x>" * 10_000 + P,
    ],
    ids=["divs", "svg", "elements", "brackets", "scripts", "digits", "links"],
)
def test_what_cannot_be_read_within_bounds_is_refused(page: str) -> None:
    with pytest.raises((PageTooLarge, NotAnArticle)):
        read_page(page)


def test_control_characters_beside_what_is_taken_out_break_nothing() -> None:
    for odd in ("\x08", "\x0c", "\x1f", "&#8;", "&#x1F;", "\ufffe"):
        assert read_page(f"<p hidden>x</p>{odd}<nav>x</nav>{odd}{STORY}").paragraphs == BODY


@pytest.mark.parametrize("page", ["<h1>{}", "<p>{}</p><h1>{}</h1>", "<div><p>{}</p></div><h1>CEC</h1>"])
def test_a_page_without_any_text_below_its_heading(page: str) -> None:
    text = "The Central Election Commission accredited 393 observers from 41 states on Monday."
    try:
        read = read_page(page.format(text, text))
    except NotAnArticle:
        return
    assert read.paragraphs == (text,)


@pytest.mark.parametrize(
    "data", ["[" * 50_000, '{"@graph":' * 20_000, '{"@type":["NewsArticle"],"datePublished":7}', "null"]
)
def test_odd_json_ld_is_passed_over(data: str) -> None:
    assert read_page(f'<script type="application/ld+json">{data}</script>{STORY}').published is None


@pytest.mark.parametrize(
    ("declared", "url"),
    [
        ("http://[::1", "https://x.kz/1"),
        ("javascript:alert(1)", "https://x.kz/1"),
        ("//", None),
        ("/rel", "https://x.kz/a"),
    ],
)
def test_an_odd_canonical_url_is_no_other_address(declared: str, url: str | None) -> None:
    article = read_page(
        f'<html><head><link rel=canonical href="{declared}"></head><body>{STORY}</body></html>', url=url
    )
    assert article.url in (url, "https://x.kz/rel")


def test_invisible_and_direction_characters_are_taken_out() -> None:
    article = read_page(STORY.replace("393 observers", "39\u200b3\u202e obser\u00advers\x00"))
    assert article.paragraphs == BODY


@pytest.mark.parametrize(
    "page", ["observ" + "<" * 300_000, "observ" + "<script>" * 30_000, "observ<meta content " * 30_000]
)
def test_the_first_look_takes_any_page(page: str) -> None:
    may_concern_observers(page)
    with pytest.raises(ExtractError):
        read_page(page)
