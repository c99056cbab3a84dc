"""A look at a page in the crawler's own process, before a worker is given it.

Between elections nearly all pages say nothing of observers. To see that takes a millisecond or two; to hand a page to a
worker and to parse it there takes ten times as long.
"""

from __future__ import annotations

from dataclasses import replace

from crawler.reading import NO_WORD, PageText, Reading, words_of_title
from extract.page.glance import shows_prose
from extract.page.relevance import concerns_observers, searchable, without_code

_LARGEST = 200_000
"""Bytes; what is larger is left to the workers, so that the event loop is not kept."""


def glance(page: PageText) -> Reading | PageText:
    """What `reading.read` would make of a page that plainly shows its article and has no word of observers.

    Every other page is given back, for a worker to read, with what was seen on it.
    """
    if page.known or len(page.body) > _LARGEST:
        return page
    try:
        text = page.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return page
    if "\ufffd" in text:
        return page
    # Each step goes through the page but once, as it may keep the event loop waiting.
    shown = without_code(text)
    lowered = searchable(shown)
    if concerns_observers(lowered):
        return replace(page, concerns=True)
    words = words_of_title(page)
    named = sum(word in lowered for word in words)
    if not words or 2 * named < len(words) or not shows_prose(shown):
        return page
    return Reading(None, None, NO_WORD)
