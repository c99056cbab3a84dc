"""What has gone wrong in a crawl, as its errors and as signs of its source's health."""

from __future__ import annotations

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.explain import explain
from crawler.frontier import first_page
from crawler.items import Download
from crawler.run import CrawlRun
from crawler.signs import OBSTACLE, BodyLost, NotShown, sign_of_empty, sign_of_reading, sign_of_request
from storage.vocabulary import SignKind, SignPlace


class Failures:
    """Hears what fails in one crawl, from the requests that a spider makes and from Scrapy's signals."""

    def __init__(self, run: CrawlRun, name: str) -> None:
        self._run = run
        self._name = name
        """The spider's."""

    def of_document(self, failure: Failure) -> None:
        """A feed, sitemap or listing could not be had; a further page that does not exist is where the list ends.

        A day of the past without a page is a day without news, unless no day has one.
        """
        if self._let_go(failure):
            return
        asked = failure.request.cb_kwargs  # type: ignore[attr-defined]  # Scrapy puts it there
        gone = isinstance(failure.value, HttpError) and failure.value.response.status in {404, 410}
        if gone and (asked["page"] > first_page(asked["place"]) or self._run.until is not None):
            return
        self._note(sign_of_request(failure.value, SignPlace.DOCUMENT), SignPlace.DOCUMENT, failure)
        self._run.fail(explain(failure.value, _url(failure)))

    def of_article(self, failure: Failure) -> None:
        """An article could not be had; while its link is shown, the next crawl tries again.

        One that is gone has answered: it is looked for again at its next time, and not with every crawl.
        """
        if self._let_go(failure):
            return
        gone = isinstance(failure.value, HttpError) and failure.value.response.status in {404, 410}
        link = failure.request.cb_kwargs["link"]  # type: ignore[attr-defined]  # Scrapy puts it there
        if gone and link.known:
            self._run.answered[link.identity] = self._run.clock.now()
        self._run.tally.pages += 1
        self._note(sign_of_request(failure.value, SignPlace.ARTICLE), SignPlace.ARTICLE, failure)
        self._run.fail(explain(failure.value, _url(failure)), complete=gone)
        self._run.article_done()

    def of_spider(self, failure: Failure, response: Response | None) -> None:
        """A document could not be read."""
        request = response.request if isinstance(response, Response) else None
        url = request.url if request else self._name
        self._run.fail(explain(failure.value, url))
        place = SignPlace.ARTICLE if request is not None and "link" in request.cb_kwargs else SignPlace.DOCUMENT
        self._note(sign_of_reading(failure.value, response, place), place, failure, url)
        if request is not None and "link" in request.cb_kwargs:
            self._run.article_done()

    def of_item(self, item: Download, failure: Failure) -> None:
        """An article could not be read or recorded."""
        self._run.fail(explain(failure.value, item.url))
        if isinstance(failure.value, NotShown | BodyLost):
            self._note(sign_of_reading(failure.value, None, SignPlace.ARTICLE), SignPlace.ARTICLE, failure, item.url)
        self._run.article_done()

    def _note(self, kind: SignKind | None, place: SignPlace, failure: Failure, url: str | None = None) -> None:
        """Note what a failure tells of the source's health, if anything."""
        if kind is None:
            return
        asked = url or _url(failure)
        # The failure itself speaks of what the page is not.
        words = f"{asked} shows {OBSTACLE}" if kind is SignKind.CHALLENGE else explain(failure.value, asked)
        self._run.signs.note(kind, place, words)

    def shows_no_article(self, response: Response) -> None:
        """A document lists no article of the source: the outlet's addresses have changed, or it is another page."""
        kind = sign_of_empty(response)
        empty = f"lists no article of {self._run.source.key} (`article_urls`)"
        words = f"shows {OBSTACLE}" if kind is SignKind.CHALLENGE else empty
        self._run.signs.note(kind, SignPlace.DOCUMENT, f"{response.url} {words}")

    def _let_go(self, failure: Failure) -> bool:
        """Whether a request was only let go because the crawl is being stopped: no failure, but not complete either."""
        let_go = self._run.stopping.is_set() and isinstance(failure.value, IgnoreRequest)
        self._run.complete = self._run.complete and not let_go
        return let_go


def _url(failure: Failure) -> str:
    request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
    return str(request.url)
