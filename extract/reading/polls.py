"""Which poll a text speaks of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extract.model import Election, ElectionType, Where
from extract.reading.delegations import comes_to_host, host_sends, names_host, sends_people
from extract.reading.elsewhere import foreign_or_earlier, is_of_another_state
from extract.reading.groups import HOST
from extract.reading.scan import Chunk, Scan, Sentence
from extract.reading.stated_day import near_a_poll, stated_day
from extract.words import elections
from extract.words.spans import NameKind

TYPES = (
    ("referendum", ElectionType.REFERENDUM),
    ("presidential", ElectionType.PRESIDENTIAL),
    ("senate", ElectionType.SENATE),
    ("local", ElectionType.LOCAL),
    ("parliamentary", ElectionType.PARLIAMENTARY),
)
"""Classes of words, and what they say is voted on."""
_HOUSE = 0.2
"""What naming a house of parliament weighs beside naming its election."""
_UNTOLD = 0.5
"""What 'presidential' or 'Senate' weigh beside naming the election."""
_CERTAIN = 1.0
"""Less than this tells nothing where a poll is at hand."""
_KINDS = frozenset(name for name, _ in TYPES)
_WEEK = timedelta(days=7)
_AT_HAND = 45
"""Days between an article and a poll that it need not name."""


def day_of_a_known_poll(scan: Scan) -> date | None:
    """The voting day of the register's poll whose day and month the text gives: the year of an undated article."""
    kind, _ = _kind(scan)
    for sentence in scan.sentences:
        for at in sentence.dated:
            day = sentence.chunks[at].day
            if day is None or day.month is None or day.dom is None or not near_a_poll(sentence, at):
                continue
            same = [
                p.date
                for p in elections.known()
                if p.type is kind and (p.date.month, p.date.day) == (day.month, day.dom)
            ]
            if len(same) == 1:
                return same[0]
    return None


def find_election(scan: Scan) -> Election:
    """The Kazakh poll that the article is about."""
    if _is_foreign(scan):
        return Election()
    kind, weight = _kind(scan)
    if kind is None:
        return _nearest(scan)
    if weight < _CERTAIN and (near := _nearest(scan)).type not in {None, kind}:
        return near
    found = elections.resolve(kind, stated_day(scan, kind), scan.published)
    if found.date is None or found.stated or not _gives(scan, found.date):
        return found
    return replace(found, stated=True)


def is_of_kazakhstan(scan: Scan, election: Election) -> bool:
    """Whether the article is about a Kazakh poll, be it one that cannot be told: Kazakhstan's commission accredits."""
    if election.type is not None:
        return True
    if _is_foreign(scan):
        return False
    return any(
        {"commission", "accredited", "observer"} <= s.classes and any(names_host(s, i) for i in s.named)
        for s in scan.sentences
    )


def _gives(scan: Scan, voting: date) -> bool:
    """Whether the text names voting day, however far from a word for the poll; 'Sunday's vote' names it too."""
    for index, sentence in enumerate(scan.sentences):
        named = any(_names(sentence.chunks, at, voting) for at in sentence.dated)
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
    return near and day.weekday and voting in {day.day, day.day + _WEEK}


def _nearest(scan: Scan) -> Election:
    """The poll at hand, where the text speaks of one without saying what is elected."""
    published = scan.published
    if published is None or not any(s.classes & {"poll", "commission"} for s in scan.sentences):
        return Election()
    poll = min(_polls_at_hand(scan), key=lambda p: (p.date < published, abs((p.date - published).days)), default=None)
    if poll is None:
        return Election()
    return Election(poll.type, poll.date, stated=stated_day(scan, poll.type) == poll.date)


def _is_foreign(scan: Scan) -> bool:
    """Whether the text is about another country's poll: its first half says so, and less of it is of a Kazakh one."""
    if any(comes_to_host(s) for s in scan.sentences if s.where is Where.TITLE or not s.offset):
        return False
    half = scan.sentences[: len(scan.sentences) // 2 + 1]
    if not any(is_of_another_state(s, scan) or host_sends(s) for s in half):
        return False
    foreign = [is_of_another_state(s, scan) for s in scan.sentences]
    sends = [host_sends(s) for s in scan.sentences]
    abroad = any(foreign) or any(_sends_abroad(s) for s in scan.sentences)
    if not abroad and not (any(sends) and any(_names_another(s) for s in half if s.where is Where.TITLE)):
        return False
    own = sum(_of_the_host(s, abroad=a) for s, a in zip(scan.sentences, foreign, strict=True))
    own += _days_of_known_polls(scan, foreign)
    return sum(foreign) + sum(sends) > own


def _sends_abroad(sentence: Sentence) -> bool:
    """'Kazakhstan's delegation went to Uzbekistan'; 'observers from Kazakhstan' alone watch polls at home, too."""
    return host_sends(sentence) and _names_another(sentence)


def _names_another(sentence: Sentence) -> bool:
    """Whether a sentence names a state that is not the host."""
    others = (n for i in sentence.named if (n := sentence.chunks[i].name) is not None and n.id != HOST)
    return any(n.kind is NameKind.COUNTRY for n in others)


def _days_of_known_polls(scan: Scan, foreign: list[bool]) -> int:
    """How many sentences of no other state name the day of a Kazakh poll that is near."""
    published = scan.published
    if published is None:
        return 0
    near = [p.date for p in _polls_at_hand(scan)]
    own = [
        s for s, abroad in zip(scan.sentences, foreign, strict=True) if not abroad and s.classes & {"poll", "voting"}
    ]
    return sum(any(_names(s.chunks, i, day) for day in near for i in s.dated) for s in own)


def _of_the_host(sentence: Sentence, *, abroad: bool) -> bool:
    """'Kazakhstan's election', 'the election in Kazakhstan'; the Mazhilis and the maslikhats exist nowhere else."""
    chunks = sentence.chunks
    polls = not abroad and {"poll", "own_poll"} <= sentence.classes
    if polls and any(_is_own_poll(chunks, i) for i in range(len(chunks))):
        return True
    for at in sentence.named:
        of_host = names_host(sentence, at) and not sends_people(chunks, at)
        if of_host and any(_is_a_poll(c) for c in [*chunks[max(0, at - 8) : at], *chunks[at + 1 : at + 8]]):
            return True
    return False


def _is_a_poll(chunk: Chunk) -> bool:
    """'the election', not 'the election bodies of Kazakhstan', which may watch another country's."""
    return "poll" in chunk.classes and "election_body" not in chunk.classes


def _is_own_poll(chunks: list[Chunk], at: int) -> bool:
    """'elections to the Mazhilis', 'выборы депутатов Мажилиса'; its deputies alone may watch another country's poll."""
    if "own_poll" not in chunks[at].classes:
        return False
    for beside in (at - 1, at + 1):
        if 0 <= beside < len(chunks) and "deputy" in chunks[beside].classes:
            near = chunks[max(0, beside - 2) : beside + 3]
            return any("poll" in c.classes for c in near)
    return True


def _kind(scan: Scan) -> tuple[ElectionType | None, float]:
    """The kind of poll that most is said of, and how much; a house that is only named ('its speaker') tells little."""
    weights: dict[ElectionType, float] = {}
    for index, sentence in enumerate(scan.sentences):
        if sentence.classes.isdisjoint(_KINDS) or foreign_or_earlier(scan, index):
            continue
        weight = 3.0 if sentence.where is Where.TITLE else 2.0 if sentence.paragraph == 0 else 1.0
        if "observer" in sentence.classes or "accredited" in sentence.classes:
            weight += 0.5
        for name, kind in TYPES:
            told = name == "referendum" or "poll" in sentence.classes
            if name in sentence.classes:
                share = 1.0 if told else _HOUSE if name == "parliamentary" else _UNTOLD
                weights[kind] = weights.get(kind, 0.0) + weight * share
    if not weights:
        return None, 0.0
    at_hand = {p.type for p in _polls_at_hand(scan)}
    # 'At the presidential election of 2022 five came' says more of a poll's kind than 'the Mazhilis is elected'.
    may_be = {kind: told for kind, told in weights.items() if kind in at_hand} or weights
    most = max(may_be, key=lambda k: may_be[k])
    return most, weights[most]


def _polls_at_hand(scan: Scan) -> list[elections.Poll]:
    """The polls of the register from about the time of publication."""
    published = scan.published
    return [] if published is None else [p for p in elections.known() if abs((p.date - published).days) <= _AT_HAND]
