"""Which poll a text speaks of, and which sentences speak of another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extract.model import Election, ElectionType, Where
from extract.reading.groups import HOST
from extract.reading.scan import Chunk, Scan, Sentence
from extract.words import elections
from extract.words.spans import NameKind

_TYPES = (
    ("referendum", ElectionType.REFERENDUM),
    ("presidential", ElectionType.PRESIDENTIAL),
    ("senate", ElectionType.SENATE),
    ("local", ElectionType.LOCAL),
    ("parliamentary", ElectionType.PARLIAMENTARY),
)
_WEEK = timedelta(days=7)
_NO_WEEKDAY = frozenset({"today", "yesterday", "tomorrow", "сегодня", "вчера", "завтра", "бүгін", "кеше", "ертең"})
_NEAR_VERB = 6
_AT_HAND = 45
_BEHIND_AN_OPENING = 3
"""Chunks before the state in 'The Central Election Commission of Uzbekistan said ...'."""
_OPENING = 10
"""Chunks of a sentence's opening, which dates all of it."""
_LONG_AGO = 9
"""Chunks between words of the past and the number that they date."""
_OPENING_PARAGRAPHS = 2
"""Paragraphs in which an article says whose poll it is about."""
_MONTHS_OF_ACCREDITATION = 2
"""Days between an article and a poll that it need not name."""


def foreign_or_earlier(scan: Scan, index: int) -> bool:
    """Whether a sentence speaks of another country's poll, or of an earlier year's."""
    known = scan.elsewhere.get(index)
    if known is None:
        sentence = scan.sentences[index]
        known = _of_another_state(sentence, scan) or _of_an_earlier_year(sentence, scan.published)
        scan.elsewhere[index] = known
    return known


def _of_another_state(sentence: Sentence, scan: Scan) -> bool:
    """'the election ... of Belarus', 'Tajik vote', 'Central Election Commission of Belarus'."""
    if not sentence.named or any(_is_host(sentence, i) and not _sends(sentence.chunks, i) for i in sentence.named):
        return False
    owner_first = "sender_first" in scan.words.grammar
    return any(_holds_a_poll(sentence, i, owner_first=owner_first) for i in sentence.named)


def _is_host(sentence: Sentence, at: int) -> bool:
    name = sentence.chunks[at].name
    return name is not None and name.id == HOST


def _holds_a_poll(sentence: Sentence, at: int, *, owner_first: bool) -> bool:
    chunks = sentence.chunks
    name = chunks[at].name
    if name is None or name.id == HOST or name.kind not in {NameKind.COUNTRY, NameKind.NATIONALITY}:
        return False
    before = chunks[max(0, at - 6) : at]
    after = chunks[at + 1 : at + 4]
    if any(c.name is not None and c.name.kind is NameKind.COUNTRY for c in [*before[-2:], *after[:2]]):
        return False
    sends = "from_case" in chunks[at].classes or "sends" in sentence.classes
    if owner_first and sends and "in_case" not in chunks[at].classes:
        return False
    governed = any("origin" in c.classes for c in before[-2:])
    if _poll_in_it(before) or _opens_in_it(sentence, at) or _elects(sentence, at) or _its_commission_acts(sentence, at):
        return True
    owner = bool(after) and after[0].text in {"'s", "’s"}
    near = chunks[at + 2 : at + 7] if owner else after[:2]
    until = next((i for i, c in enumerate(near) if c.number or c.name or (owner and not c.is_word)), len(near))
    polls_after = any("poll" in c.classes for c in near[:until]) and (owner or after[0].is_word)
    if polls_after or ("accredited" in sentence.classes and any("commission" in c.classes for c in near[:1])):
        return True
    if (
        before
        and before[-1].classes & {"poll", "commission"}
        and name.kind is NameKind.COUNTRY
        and not (governed or owner_first)
    ):
        return True
    if governed and at == _BEHIND_AN_OPENING and "commission" in before[-2].classes and "sends" not in sentence.classes:
        return True
    if any(c.classes & {"observer", "mission"} for c in [*before, *after]):
        return False
    return governed and any(c.classes & {"poll", "commission"} for c in before)


def _poll_in_it(before: list[Chunk]) -> bool:
    """'the elections in Kyrgyzstan': a poll, and nothing but the preposition before the state."""
    near = [c for c in before if "filler" not in c.classes]
    if len(near) < 2 or "place_prep" not in near[-1].classes:
        return False
    at = max((i for i, c in enumerate(near) if "poll" in c.classes), default=None)
    return at is not None and all("scheduled" in c.classes or "future" in c.classes for c in near[at + 1 : -1])


def _opens_in_it(sentence: Sentence, at: int) -> bool:
    """'In Kyrgyzstan, 333 observers were accredited for the presidential election there.'"""
    inside = at == 1 and "place_prep" in sentence.chunks[0].classes
    return inside and "poll" in sentence.classes and "sends" not in sentence.classes


def _elects(sentence: Sentence, at: int) -> bool:
    """'Uzbekistan gets ready to elect president': the state is the subject, and nobody is sent."""
    if at or sentence.classes & {"observer", "sends", "represent", "observing", "mission"}:
        return False
    return any("elects" in c.classes for c in sentence.chunks)


def _its_commission_acts(sentence: Sentence, at: int) -> bool:
    """'The Central Election Commission of Uzbekistan has accredited ...': nobody's members are sent, it acts itself."""
    chunks = sentence.chunks
    side = chunks[at + 1 : at + 3]
    if len(side) > 1 and "side" in side[0].classes and "accredited" in side[1].classes:
        return True
    if not sentence.classes & {"accredited", "accreditation"} or at < 2 or "origin" not in chunks[at - 1].classes:
        return False
    of = next((i for i in range(at - 2, max(-1, at - 4), -1) if "commission" in chunks[i].classes), None)
    if of is None:
        return False
    ahead = [c for c in chunks[max(0, of - 3) : of] if "filler" not in c.classes][-1:]
    return not any(c.classes & {"origin", "represent", "person", "observer"} for c in ahead)


def said_of_long_ago(chunks: list[Chunk], at: int) -> bool:
    """'recommendations made after earlier elections' says nothing of a number that stands far from it."""
    return any("long_ago" in c.classes for c in chunks[max(0, at - _LONG_AGO) : at + _LONG_AGO])


def _opens_long_ago(chunks: list[Chunk]) -> bool:
    return any("long_ago" in c.classes for c in chunks[:_OPENING])


def _of_an_earlier_year(sentence: Sentence, published: date | None) -> bool:
    """'in the 2015 presidential and 2016 parliamentary polls', 'four years ago, ... of 2015'."""
    if "long_ago" in sentence.classes and _opens_long_ago(sentence.chunks):
        return True
    if published is None or not sentence.classes & {"poll", "compare", "voting", "observer"}:
        return False
    chunks = sentence.chunks
    dated = sentence.dated
    if any((d := chunks[i].day) is not None and d.day is not None for i in dated) or any(
        "since" in c.classes for i in dated for c in chunks[max(0, i - 1) : i] if c.text != "from"
    ):
        return False
    if dated and all(_of_a_month_long_past(chunks[i], published) for i in dated):
        return True
    years = [y for i in dated if (y := _year(chunks[i])) is not None]
    return bool(years) and all(y < published.year - (1 if published.month <= 3 else 0) for y in years)


def _of_a_month_long_past(chunk: Chunk, published: date) -> bool:
    """'for the presidential election in November', told in March: accreditation takes two months."""
    day = chunk.day
    if day is None or day.month is None or day.dom is not None or day.relative:
        return False
    if day.year is None:
        return _MONTHS_OF_ACCREDITATION < (published.month - day.month) % 12 < 12 - _MONTHS_OF_ACCREDITATION
    return (published.year - day.year) * 12 + published.month - day.month > _MONTHS_OF_ACCREDITATION


def _year(chunk: Chunk) -> int | None:
    text = chunk.text
    return int(text) if text.isdigit() and len(text) == 4 else None


def day_of_a_known_poll(scan: Scan) -> date | None:
    """The voting day of the register's poll whose day and month the text gives: the year of an undated article."""
    kind = _kind(scan)
    for sentence in scan.sentences:
        for at, chunk in enumerate(sentence.chunks):
            if (
                chunk.day is None
                or chunk.day.month is None
                or chunk.day.dom is None
                or not _near_a_poll(sentence.chunks, at)
            ):
                continue
            same = [
                p.date
                for p in elections.known()
                if p.type is kind and (p.date.month, p.date.day) == (chunk.day.month, chunk.day.dom)
            ]
            if len(same) == 1:
                return same[0]
    return None


def find_election(scan: Scan) -> Election:
    """The Kazakh poll that the article is about."""
    if _is_foreign(scan):
        return Election()
    kind = _kind(scan)
    if kind is None:
        return _nearest(scan)
    found = elections.resolve(kind, _stated_day(scan, kind), scan.published)
    if found.date is None or found.stated or not _gives(scan, found.date):
        return found
    return replace(found, stated=True)


def _gives(scan: Scan, voting: date) -> bool:
    """Whether the text names voting day, however far from a word for the poll; 'Sunday's vote' names it too."""
    for index, sentence in enumerate(scan.sentences):
        named = any(_names(sentence.chunks, at, voting) for at in range(len(sentence.chunks)))
        if named and not foreign_or_earlier(scan, index):
            return True
    return False


def _names(chunks: list[Chunk], at: int, voting: date) -> bool:
    day = chunks[at].day
    if day is None or day.day is None:
        return False
    if not day.relative:
        return voting == day.day
    near = any("poll" in c.classes for c in chunks[max(0, at - 4) : at + 5])
    return near and chunks[at].text not in _NO_WEEKDAY and voting in {day.day, day.day + _WEEK}


def _nearest(scan: Scan) -> Election:
    """The poll at hand, where the text speaks of one without saying what is elected."""
    published = scan.published
    if published is None or not any(s.classes & {"poll", "commission"} for s in scan.sentences):
        return Election()
    near = [p for p in elections.known() if abs((p.date - published).days) <= _AT_HAND]
    poll = min(near, key=lambda p: (p.date < published, abs((p.date - published).days)), default=None)
    if poll is None:
        return Election()
    return Election(poll.type, poll.date, stated=_stated_day(scan, poll.type) == poll.date)


def _is_foreign(scan: Scan) -> bool:
    """Whether the article is about another country's poll: it says so where it opens, and speaks less of a Kazakh one."""
    foreign = [_of_another_state(s, scan) for s in scan.sentences]
    sends = [_host_sends(s) for s in scan.sentences]
    opening = [s.where is Where.TITLE or s.paragraph < _OPENING_PARAGRAPHS for s in scan.sentences]
    if not any((f or h) and o for f, h, o in zip(foreign, sends, opening, strict=True)):
        return False
    own = sum(_of_the_host(s, abroad=a) for s, a in zip(scan.sentences, foreign, strict=True))
    own += _days_of_known_polls(scan, foreign)
    return sum(foreign) + sum(sends) > own


def _days_of_known_polls(scan: Scan, foreign: list[bool]) -> int:
    """How many sentences of no other state name the day of a Kazakh poll that is near."""
    published = scan.published
    if published is None:
        return 0
    near = [p.date for p in elections.known() if abs((p.date - published).days) <= _AT_HAND]
    own = [s for s, abroad in zip(scan.sentences, foreign, strict=True) if not abroad and s.classes & {"poll", "voting"}]
    return sum(any(_names(s.chunks, i, day) for day in near for i in range(len(s.chunks))) for s in own)


def _of_the_host(sentence: Sentence, *, abroad: bool) -> bool:
    """'Kazakhstan's election', 'the election in Kazakhstan'; the Mazhilis and the maslikhats exist nowhere else."""
    chunks = sentence.chunks
    if not abroad and "poll" in sentence.classes and any(_is_own_poll(chunks, i) for i in range(len(chunks))):
        return True
    for at in sentence.named:
        of_host = _is_host(sentence, at) and not _sends(chunks, at)
        if of_host and any("poll" in c.classes for c in [*chunks[max(0, at - 8) : at], *chunks[at + 1 : at + 8]]):
            return True
    return False


def _is_own_poll(chunks: list[Chunk], at: int) -> bool:
    """'elections to the Mazhilis', 'выборы депутатов Мажилиса'; its deputies alone may watch another country's poll."""
    if "own_poll" not in chunks[at].classes:
        return False
    for beside in (at - 1, at + 1):
        if 0 <= beside < len(chunks) and "deputy" in chunks[beside].classes:
            near = chunks[max(0, beside - 2) : beside + 3]
            return any("poll" in c.classes for c in near)
    return True


def _people_from(chunks: list[Chunk], at: int) -> bool:
    name = chunks[at].name
    if _of_a_delegation(chunks, at):
        return True
    if name is not None and name.kind is NameKind.NATIONALITY:
        return any("observer" in c.classes for c in chunks[at + 1 : at + 2])
    if "from_case" in chunks[at].classes:
        return any(c.number is not None or "observer" in c.classes for c in chunks[at + 1 : at + 2])
    before = chunks[max(0, at - 2) : at]
    if _its_commission_sends(chunks, at) or _represented(chunks, at) or _of_members(chunks, at):
        return True
    return len(before) == 2 and "observer" in before[0].classes and "comes_from" in before[1].classes


def _its_commission_sends(chunks: list[Chunk], at: int) -> bool:
    """'Представителей командирует и Центральная избирательная комиссия Казахстана.'"""
    commission = at > 0 and "commission" in chunks[at - 1].classes
    return commission and any("sends" in c.classes for c in chunks[max(0, at - 4) : at - 1])


def _represented(chunks: list[Chunk], at: int) -> bool:
    """'Six of them represent the Central Election Commission of Kazakhstan.'"""
    for chunk in reversed(chunks[max(0, at - 5) : at]):
        if "represent" in chunk.classes:
            return "place_prep" not in chunk.classes
        if "place_prep" in chunk.classes or not chunk.classes & {"commission", "filler", "origin"}:
            return False
    return False


def _of_members(chunks: list[Chunk], at: int) -> bool:
    """'Members of the Central Election Commission of Kazakhstan will travel to Tashkent.'"""
    before = [c for c in chunks[max(0, at - 6) : at] if "filler" not in c.classes]
    if len(before) < 4 or "origin" not in before[-1].classes or "commission" not in before[-2].classes:
        return False
    return "origin" in before[-3].classes and bool(before[-4].classes & {"person", "observer"})


def _of_a_delegation(chunks: list[Chunk], at: int) -> bool:
    """'Kazakhstan's delegation', 'a delegation of Kazakhstan'."""
    after = [c for c in chunks[at + 1 : at + 4] if c.text not in {"'s", "’s"} and "commission" not in c.classes][:1]
    before = [c for c in chunks[max(0, at - 6) : at] if c.text not in {"of", "the"} and "commission" not in c.classes][
        -1:
    ]
    return any("delegation" in c.classes for c in [*before, *after])


def _sends(chunks: list[Chunk], at: int) -> bool:
    """'observers from Kazakhstan', 'Kazakhstan will send observers to the poll in Moldova'."""
    after = chunks[at + 1 : at + 3]
    return _people_from(chunks, at) or (at <= 1 and any("sends" in c.classes for c in after[:1]))


def _host_sends(sentence: Sentence) -> bool:
    """'observers from Kazakhstan' go to another country's poll."""
    return any(_is_host(sentence, i) and _sends(sentence.chunks, i) for i in sentence.named)


def _kind(scan: Scan) -> ElectionType | None:
    weights: dict[ElectionType, float] = {}
    for index, sentence in enumerate(scan.sentences):
        if foreign_or_earlier(scan, index):
            continue
        weight = 3.0 if sentence.where is Where.TITLE else 2.0 if sentence.paragraph == 0 else 1.0
        if "observer" in sentence.classes or "accredited" in sentence.classes:
            weight += 0.5
        for name, kind in _TYPES:
            said = name in sentence.classes
            if said and (name == "referendum" or "poll" in sentence.classes or name in {"parliamentary", "senate"}):
                weights[kind] = weights.get(kind, 0.0) + weight
    return max(weights, key=lambda k: weights[k]) if weights else None


def _stated_day(scan: Scan, kind: ElectionType) -> date | None:
    """The voting day that the text gives: a day near a word for the poll; rather one that agrees with the register."""
    expected = elections.resolve(kind, None, scan.published).date
    found: list[date] = []
    for index, sentence in enumerate(scan.sentences):
        if foreign_or_earlier(scan, index) or not sentence.classes & {
            "poll",
            "referendum",
            "voting_day",
            "parliamentary",
        }:
            continue
        for at, chunk in enumerate(sentence.chunks):
            if chunk.day is None or (chunk.day.day is None and chunk.day.until is None):
                continue
            if (at and sentence.chunks[at - 1].classes & {"as_of_phrase", "until"}) or _ends_there(sentence.chunks, at):
                continue
            if _near_a_poll(sentence.chunks, at):
                found += [
                    d for d in (chunk.day.day, chunk.day.until) if d and (not chunk.day.relative or d == expected)
                ]
    if expected is not None and expected in found:
        return expected
    known = [d for d in found if any(p.type is kind and p.date == d for p in elections.known())]
    later = [d for d in found if scan.published is not None and d > scan.published]
    return next(iter(known or later), None)


def _ends_there(chunks: list[Chunk], at: int) -> bool:
    """'байқаушыларды аккредиттеу 14 қарашада аяқталады': a day with the verb of closing behind it, not the poll's."""
    for chunk in chunks[at + 1 : at + _NEAR_VERB]:
        if chunk.day is not None or chunk.classes & {"poll", "referendum", "parliamentary", "presidential", "senate"}:
            return False
        if chunk.classes & {"until", "over", "end"}:
            return True
    return False


def _near_a_poll(chunks: list[Chunk], at: int) -> bool:
    poll = {"poll", "referendum", "voting_day"}
    if any("scheduled" in c.classes for c in chunks[max(0, at - 4) : at]):
        return any(c.classes & poll for c in chunks)
    return any(c.classes & poll for c in chunks[max(0, at - 12) : at + 14])
