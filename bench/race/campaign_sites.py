"""The three outlets during the campaign: their sites, what shows beside the news, what befalls them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from accredwatch.newsroom.outlets import ASTANA_TIMES, KAZINFORM, QAZAQ_TV
from accredwatch.newsroom.server import Newsroom
from bench.race.campaign_story import RELAUNCH, TROUBLES, Campaign

SITES = (
    replace(KAZINFORM, layouts=((date(2016, 1, 1), "kazinform_2022.html"), (RELAUNCH, "kazinform_2023.html"))),
    ASTANA_TIMES,
    QAZAQ_TV,
)
_BESIDE = (
    "641 observers accredited for the presidential election",
    "62 foreign observers accredited so far",
    "Аккредитованы 72 международных наблюдателя",
    "82 шетелдік байқаушы аккредиттелді",
    "Weather for the week",
    "Курсы валют на сегодня",
    "Аптаның ең көп оқылғандары",
)
"""Headlines that the sites show beside every page and list, in turn: older ones, whose figures are no news."""


class Sites:
    """The outlets' sites on loopback, at an instant that moves on."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.newsroom = Newsroom(campaign.stories, outlets=SITES, dress=self._dress)
        self.move(next(campaign.instants()))

    def move(self, now: datetime) -> None:
        """Let it be this instant (aware), with the troubles that it brings."""
        self.newsroom.calm()
        for begin, end, outlet, trouble in TROUBLES:
            if begin <= now < end:
                self.newsroom.trouble(outlet, trouble)
        self.newsroom.now = now

    def _dress(self, outlet: str, kind: str, text: str) -> str:
        """The page with a box of headlines, a counter and an hour, all of which change from look to look."""
        if kind not in {"article", "listing"}:
            return text
        now = self.newsroom.now
        look = int(now.timestamp()) // 3600
        shown = [_BESIDE[(look + n) % len(_BESIDE)] for n in range(3)]
        box = "".join(f'<li><a href="/top/{n}">{title}</a></li>' for n, title in enumerate(shown))
        beside = (
            f'<aside class="sidebar"><h3>Read also</h3><ul>{box}</ul>'
            f'<p class="views">{look % 9973} readers now</p><p class="clock">{now:%d.%m.%Y %H:%M}</p></aside>'
        )
        if kind == "listing" and outlet == KAZINFORM.key and now.date() >= RELAUNCH:
            text = text.replace('class="list"', 'class="catpage"').replace('class="item"', 'class="catpageCard"')
        return text.replace("</body>", f"{beside}</body>")


@contextmanager
def sites(campaign: Campaign) -> Iterator[Sites]:
    """The sites, for the length of the block."""
    opened = Sites(campaign)
    with opened.newsroom:
        yield opened
