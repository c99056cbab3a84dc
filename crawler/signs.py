"""What a crawl sees of its source's health, beside errors: kept with the crawl, weighed by the scheduler.

Failures that are a sign say so by their type; everything else that keeps a document or page from being had is
`unreachable`. An article that is gone (404) is none: outlets take articles down.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from scrapy.http import Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.challenges import challenge
from foundation.errors import AddressRefused, CrawlError
from storage.source_views import Sign
from storage.vocabulary import SignKind, SignPlace

OBSTACLE = "a captcha, consent or login page, or another one than was asked for"

_EXAMPLES = 3
_LONGEST_EXAMPLE = 300
_GONE = frozenset({404, 410})


class MovedAway(AddressRefused):
    """A redirect leads to an address that the source's table does not allow."""


class RobotsForbid(CrawlError):
    """robots.txt forbids the address."""


class NotShown(CrawlError):
    """A page does not show the article that its link names: a captcha, a consent or login page."""


class BodyLost(CrawlError):
    """The page of a known article shows no body any more."""


_KINDS: tuple[tuple[type[Exception], SignKind], ...] = (
    (MovedAway, SignKind.MOVED),
    (RobotsForbid, SignKind.FORBIDDEN),
    (NotShown, SignKind.CHALLENGE),
    (BodyLost, SignKind.NO_BODY),
)


class Signs:
    """The signs of one crawl; bounded, however many there are."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[SignKind, SignPlace]] = Counter()
        self._examples: defaultdict[tuple[SignKind, SignPlace], list[str]] = defaultdict(list)

    def note(self, kind: SignKind, place: SignPlace, example: str) -> None:
        """Count a sign; of its examples the first few are kept."""
        key = (kind, place)
        self._counts[key] += 1
        kept, shown = self._examples[key], example[:_LONGEST_EXAMPLE]
        if len(kept) < _EXAMPLES and shown not in kept:
            kept.append(shown)

    def seen(self) -> tuple[Sign, ...]:
        """What was noted, one sign for each kind and place."""
        return tuple(
            Sign(kind=kind, place=place, count=count, examples=tuple(self._examples[kind, place]))
            for (kind, place), count in sorted(self._counts.items())
        )


def sign_of_request(error: BaseException | None, place: SignPlace) -> SignKind | None:
    """What it means that a request brought no document or page; None if nothing."""
    for kind, sign in _KINDS:
        if isinstance(error, kind):
            return sign
    if isinstance(error, HttpError):
        if challenge(_text(error.response)):
            return SignKind.CHALLENGE
        if error.response.status in _GONE:
            return SignKind.GONE if place is SignPlace.DOCUMENT else None
    return SignKind.UNREACHABLE


def sign_of_reading(error: BaseException | None, response: Response | None, place: SignPlace) -> SignKind | None:
    """What it means that a response made no sense; None for errors that are not the source's."""
    for kind, sign in _KINDS:
        if isinstance(error, kind):
            return sign
    if not isinstance(error, CrawlError):
        return None
    if response is not None and challenge(_text(response)):
        return SignKind.CHALLENGE
    return SignKind.GONE if place is SignPlace.DOCUMENT else SignKind.UNREACHABLE


def sign_of_empty(response: Response) -> SignKind:
    """What it means that a document lists no article of its source."""
    return SignKind.CHALLENGE if challenge(_text(response)) else SignKind.GONE


def _text(response: Response) -> str:
    return response.text if isinstance(response, TextResponse) else ""
