"""The first look at a page: does it speak of observers in any of the languages?"""

from __future__ import annotations

import pytest

from extract.page.relevance import may_concern_observers


@pytest.mark.parametrize(
    "page",
    [
        "<p>The commission accredited 393 people.</p>",
        "<p>OBSERVERS arrive</p>",
        "<p>Watchdogs come</p>",
        "<p>ЦИК назвала число</p>",
        "<p>Наблюдателей стало больше</p>",
        "<p>Байқаушылар келді</p>",
        "<p>бақылаушы тіркелді</p>",
        "<p>&#1085;&#1072;&#1073;&#1083;&#1102;&#1076;&#1072;&#1090;&#1077;&#1083;&#1080;</p>",
        '<meta name="description" content="393 observers">',
    ],
)
def test_pages_of_observers_are_seen(page: str) -> None:
    assert may_concern_observers(page)


@pytest.mark.parametrize(
    "page",
    [
        "<p>Weather forecast for the weekend</p>",
        "<p>Цикл лекций о велоциклах</p>",
        '<div id="observer" class="monitor"></div><p>Weather</p>',
        "<script>new IntersectionObserver(f)</script><style>.observer{}</style><p>Weather</p>",
    ],
)
def test_markup_and_other_news_are_not(page: str) -> None:
    assert not may_concern_observers(page)
