"""What an outlet's article addresses look like, guessed from links whose words read like headlines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

LANGUAGE_WORDS = {"en": "en", "eng": "en", "ru": "ru", "rus": "ru", "kk": "kk", "kz": "kk", "kaz": "kk"}
"""How addresses call the languages that are read."""
_ANY_LANGUAGE = f"(?P<lang>{'|'.join(LANGUAGE_WORDS)})"
_HEADLINE = 25
"""Characters of a link's text from which on it reads like a headline."""
_PATTERNS = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d+")
_SLUG_THEN_NUMBER = re.compile(r".*[a-z].*[-_](?P<letter>[a-z]?)\d{3,}(?P<end>\.\w{2,5})?", re.IGNORECASE)
_NUMBER_THEN_SLUG = re.compile(r"\d{3,}[-_].*[a-z].*", re.IGNORECASE)
_SLUG = re.compile(r"[^-_]+(?:[-_][^-_]+){2,}")
_ID_IN_QUERY = re.compile(r"(?:^|&)(id|p|newsid|news_id|article)=\d+(?:&|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """The form that several articles' addresses share."""

    pattern: str
    """As `article_urls` has it."""
    urls: tuple[str, ...]


def article_shapes(links: Iterable[tuple[str, str]], hosts: Iterable[str]) -> list[Shape]:
    """The forms of addresses that headlines lead to, the most frequent first; `links` are addresses with their texts.

    Only what has a number or a slug to tell the story by is taken for an article's address.
    """
    own = tuple(hosts)
    found: dict[str, list[str]] = defaultdict(list)
    for url, text in links:
        if len(text) >= _HEADLINE and (pattern := pattern_of(url, own)) is not None and url not in found[pattern]:
            found[pattern].append(url)
    shapes = [Shape(pattern, tuple(urls)) for pattern, urls in found.items() if urls]
    shapes.sort(key=lambda shape: len(shape.urls), reverse=True)
    return [shape for shape in shapes if 2 * len(shape.urls) >= len(shapes[0].urls)][:_PATTERNS]


def pattern_of(url: str, hosts: Iterable[str]) -> str | None:
    """The pattern of an article's address on one of the hosts; None if nothing in it names a story."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if not any(host == own or host.endswith(f".{own}") for own in hosts):
        return None
    segments = [segment for segment in parts.path.split("/") if segment]
    named = _ID_IN_QUERY.search(parts.query)
    if named:
        path = _path([_plain(segment) for segment in segments], parts.path)
        return rf"^{re.escape(host)}{path}\?(?:[^#]*&)?{named[1]}=(?P<id>\d+)(?:&|$)"
    if not segments or (last := _last(segments[-1])) is None:
        return None
    before = [_plain(segment) for segment in segments[:-1]]
    if "(?P<id>" in last:
        return rf"^{re.escape(host)}{_path([*before, last], '')}"
    dated = next((i for i, part in enumerate(before) if part == r"\d{4}"), len(before))
    story = "/".join([*before[dated:], last])
    return rf"^{re.escape(host)}{_path(before[:dated], '')}/(?P<id>{story})(?:[/?]|$)"


def in_languages(pattern: str, languages: Iterable[str], urls: Iterable[str]) -> tuple[str, dict[str, str]]:
    """The pattern with the words for these languages alone, and what those words mean that are not our own.

    The outlet's words are those in `urls`; for other languages words of the same length are taken.
    """
    seen = {part.lower() for url in urls for part in urlsplit(url).path.split("/")} & LANGUAGE_WORDS.keys()
    if _ANY_LANGUAGE not in pattern or not seen:
        return pattern, {}
    wanted = list(languages)
    long = any(len(word) > 2 for word in seen)
    words = [
        word
        for language in wanted
        for word, meant in LANGUAGE_WORDS.items()
        if meant == language and (word in seen or (len(word) > 2) == long)
    ]
    aliases = {word: LANGUAGE_WORDS[word] for word in words if LANGUAGE_WORDS[word] != word}
    return pattern.replace(_ANY_LANGUAGE, f"(?P<lang>{'|'.join(words)})"), aliases


def _path(parts: list[str], path: str) -> str:
    return "".join(f"/{part}" for part in parts) + ("/" if path.endswith("/") and path != "" else "")


def _plain(segment: str) -> str:
    """A part of the path before the story's own."""
    if segment.lower() in LANGUAGE_WORDS:
        return _ANY_LANGUAGE
    if _YEAR.fullmatch(segment):
        return r"\d{4}"
    if _NUMBER.fullmatch(segment):
        return r"\d{1,2}" if len(segment) < 3 else r"\d+"
    return re.escape(segment)


def _last(segment: str) -> str | None:
    """The story's own part of the path: a number, a number and words, or words."""
    if _NUMBER.fullmatch(segment):
        return r"(?P<id>\d+)(?:[/?]|$)"
    if found := _SLUG_THEN_NUMBER.fullmatch(segment):
        end = re.escape(found["end"] or "")
        return rf"[^/?]*[-_]{found['letter']}(?P<id>\d+){end}(?:[/?]|$)"
    if _NUMBER_THEN_SLUG.fullmatch(segment):
        return r"(?P<id>\d+)[-_]"
    # At least three words, or every section of the site would be an article.
    return r"[^/?_-]+(?:[-_][^/?_-]+){2,}" if _SLUG.fullmatch(segment) else None
