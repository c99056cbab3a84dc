"""Texts about media people alone: whose numbers without a noun count media people, too."""

from __future__ import annotations

from itertools import combinations

from extract.model import Where
from extract.reading.closing import MEDIA
from extract.reading.mentions import Mention
from extract.reading.statements import Statements

_MAY_BE = frozenset({"bare", "person", "other"})
_REACH = 3
"""Sentences from media people to their shares."""
_LEAST = 3
"""A smaller number may make a sum by chance."""


def of_media_alone(found: Statements) -> None:
    """'187 journalists cover the vote. 96 of them work here, 91 got temporary cards': all are media people there."""
    if not found.mentions or not _is_about_media(found):
        return
    mixed = [m for m in found.mentions if _is_with_observers(m, found)]
    found.mixed += mixed
    found.mentions = [m for m in found.mentions if m not in mixed]
    others = [m for m in found.mentions if m.noun != "journalist"]
    if any(m.noun not in {"bare", "person"} or _near_observers(m, found) for m in others):
        return
    media = [m for m in found.mentions if m.noun == "journalist"]
    for mention in [*others, *_parts(media, found)]:
        if mention.noun != "journalist" and mention.value < max((m.value for m in media), default=0):
            mention.noun, mention.scope, mention.group, mention.subset = "journalist", "journalists", None, True
            if mention not in found.mentions:
                found.take_in(mention)


def _is_about_media(found: Statements) -> bool:
    title = [s for s in found.scan.sentences if s.where is Where.TITLE]
    return any(s.classes & MEDIA for s in title) and not any("observer" in s.classes for s in title)


def _is_with_observers(mention: Mention, found: Statements) -> bool:
    """'Вместе с наблюдателями число гостей перевалит за тысячу': the media people and observers, who are no figure."""
    clause = found.scan.sentences[mention.sentence].chunks[mention.clause[0] : mention.start]
    at = next((i for i, c in enumerate(clause) if "mixed" in c.classes), None)
    return mention.noun != "observer" and at is not None and any("observer" in c.classes for c in clause[at:])


def _near_observers(mention: Mention, found: Statements) -> bool:
    """'Международных наблюдателей будет втрое больше. Аккредитован 641 человек': observers are counted there, too."""
    near = found.scan.sentences[max(0, mention.sentence - 1) : mention.sentence + 1]
    return any("observer" in s.classes for s in near)


def _parts(media: list[Mention], found: Statements) -> list[Mention]:
    """Refused numbers that make one of the media people's, and shares of these without a noun."""
    parts: list[Mention] = []
    totals = {m.value for m in media}
    near = {n for m in media for n in range(m.sentence, m.sentence + _REACH + 1)}
    may_be = [m for m in [*media, *found.mentions, *found.refused] if m.sentence in near and _counts_some(m)]
    for left, right in combinations(may_be, 2):
        if left.value + right.value in totals and abs(left.sentence - right.sentence) <= 1:
            parts += [left, right]
    return [*parts, *(m for m in may_be if m.of_them and m.noun == "bare")]


def _counts_some(mention: Mention) -> bool:
    return mention.value >= _LEAST and (mention.noun == "journalist" or mention.noun in _MAY_BE)
