"""What is told of a page at a glance is what a worker would tell; of all others the glance says nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.glance import glance
from crawler.reading import PageText
from crawler.reading import read as read_here
from tests.crawler import pages
from tests.crawler.test_reading import page

TITLE = "Fog and ice on the roads of the north"
PROSE = "Drivers are asked to slow down: fog lies over the steppe, and the roads are covered with ice in the mornings."
NOTICE = "© The Steppe Courier. All rights are reserved, and whoever takes over a text of ours has to link to its page."


def shown(body: str, title: str = TITLE) -> PageText:
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    return replace(page(html), title=TITLE)


@pytest.mark.parametrize(
    "seen",
    [
        replace(page(pages.weather()), title=TITLE),
        shown(f"<noscript>Turn it on</noscript><script>new IntersectionObserver()</script><p class='x'>{PROSE}</p>"),
        shown(f"<p>Короткая строка</p><p>{PROSE}</p>"),
    ],
)
def test_a_page_that_plainly_says_nothing_needs_no_worker(seen: PageText) -> None:
    assert glance(seen) == read_here(seen)


@pytest.mark.parametrize(
    "seen",
    [
        replace(page(pages.observers(134)), title="CEC accredits 134 foreign observers"),
        replace(page(pages.weather()), title=TITLE, known=True),
        page(pages.weather()),
        replace(page(pages.weather()), title="Parliament adopts next year's budget"),
        shown("<div id='app'></div>"),
        shown(f"<div>{PROSE}</div>"),
        shown(f"<p>{NOTICE}</p>"),
        shown(f"<noscript><p>{PROSE}</p></noscript>"),
        shown(f"<template><p>{PROSE}</p></template>"),
        shown(f"<!-- <p>{PROSE}</p> -->"),
        shown(f"<script>'<p>{PROSE}</p>'</script>"),
        shown(f"<p>{PROSE}</p>" + "<i></i>" * 30_000),
        replace(page(pages.weather().encode() + "Туман".encode("cp1251")), title=TITLE),
        replace(page(pages.weather() + "\ufffd"), title=TITLE),
    ],
    ids=[
        "observers", "known", "no title", "another title", "no body", "no paragraph", "notice", "noscript", "template",
        "comment", "script", "large", "charset", "lost letters",
    ],
)  # fmt: skip
def test_every_other_page_is_left_to_a_worker(seen: PageText) -> None:
    left = glance(seen)
    assert isinstance(left, PageText)
    assert replace(left, concerns=False) == seen


def test_a_worker_need_not_look_again_for_a_word_that_was_seen() -> None:
    seen = glance(replace(page(pages.observers(134)), title="CEC accredits 134 foreign observers"))
    assert isinstance(seen, PageText)
    assert seen.concerns
    assert read_here(seen) == read_here(replace(seen, concerns=False))
