"""Pages that stand in the way: captchas, consent and login pages, told by little text and words of their trade.

News pages hold such words too (a comment form's captcha, a cookie banner, a link to log in), beside an article's text;
a page that only stands in the way has next to none.
"""

from __future__ import annotations

from extract.page.markup import lines_of, parse
from foundation.errors import ExtractError

_LONGEST = 300_000
"""Characters; a page that stands in the way is smaller."""
_LITTLE = 1_500
"""Visible characters that such a page has at most."""
_MARKS = {
    "captcha": (
        "captcha", "cf-challenge", "challenge-platform", "_cf_chl_opt", "ddos-guard", "are you a robot",
        "verify you are human", "checking your browser", "just a moment", "вы не робот", "робот емес",
    ),
    "login": ('type="password"', "type='password'", "type=password"),
    "consent": (
        "before you continue", "consent.", "cookie consent", "we value your privacy", "accept all cookies",
        "we use cookies", "используем cookie", "согласие на обработку",
    ),
}  # fmt: skip


def challenge(page: str) -> str | None:
    """What stands on the page in place of news: 'captcha', 'login' or 'consent'; None if none is recognised."""
    lowered = page[:_LONGEST].lower()
    found = next((name for name, marks in _MARKS.items() if any(mark in lowered for mark in marks)), None)
    if found is None or len(page) > _LONGEST:
        return None
    try:
        visible = sum(len(line.text) for line in lines_of(parse(page)))
    except ExtractError:
        return None
    return found if visible <= _LITTLE else None
