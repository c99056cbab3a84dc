"""Which days date a state or a meeting, and which are those of a poll."""

from __future__ import annotations

from extract.reading.scan import Chunk

_PERIOD = 9
"""Chunks between 'since' and the day that it opens with."""
_OF_ITS_NAME = frozenset({"held", "adjective", "deputy", "parliamentarians"})
"""Classes of words between a poll and its day: '1 қазанда өтетін Сенат депутаттарының сайлауына'."""
_TO_ITS_VERB = 4
"""Chunks between a weekday and the verb behind it."""
_ITS_HOUR = 3
"""Chunks between a day and the hour behind it: '4 января в 18.00'."""
_ITS_POLL = 2
"""Chunks between a poll's day and the poll: '6 қазандағы республикалық референдумға'."""
_JOINS = frozenset({"-", "–", "'s", "’s"})
"""What stands between a day and its poll: 'Sunday's election'."""
AN_HOUR = 6
"""Chunks between a day and its hour: '18:00 on March 14', 'March 14, 6 p.m.'."""


def dates_a_state(chunks: list[Chunk], at: int) -> bool:
    chunk = chunks[at]
    if chunk.day is None or chunk.day.day is None or chunk.day.until is not None or "dateline" in chunk.classes:
        return False
    before = chunks[max(0, at - 4) : at]
    marks = ":;," if chunk.day.relative else ":;"  # 'на выборах было 97, сегодня – 425': a clause of its own
    before = before[next((i for i in range(len(before), 0, -1) if before[i - 1].text in marks), 0) :]
    if before and "as_of_phrase" in before[-1].classes:
        return True
    if before and "begun" in before[-1].classes:
        return False  # 'accreditation was opened on January 20'
    if chunk.day.relative and any(c.classes & {"accredited", "adding"} for c in chunks[at + 1 : at + 3]):
        return True  # 'на выборы в Мажилис сегодня аккредитовали 62': the day is the verb's, not the poll's
    owner = any(c.text in _JOINS for c in chunks[at + 1 : at + 2])  # 'Sunday's presidential election'
    after = _up_to_day(chunks[at + 1 : at + (2 if chunk.day.relative and not owner else 4)])
    if any("since" in c.classes and "origin" not in c.classes for c in chunks[at + 1 : at + 2]):
        return False
    if _of_a_poll_held(chunks, at) or _held_then(chunks, at):
        return False
    met = any("meeting" in c.classes for c in chunks[at + 1 : at + 3])
    if (any("since" in c.classes for c in before[-2:]) and not met) or _opens_a_period(chunks, at):
        return False
    polls = (c.classes & {"poll", "referendum", "parliamentary", "presidential", "senate", "voting_day"} for c in after)
    if any(polls) and not any("meeting" in c.classes for c in after[-1:]):  # 'комиссияның бүгінгі мәжілісінде'
        return False
    if has_its_day(chunks, at) or any("said" in c.classes for c in before[-1:]):
        before = []  # 'наблюдателей за выборами в мажилис, сообщила 3 марта член комиссии': when that was told
    if any(c.classes & {"poll", "referendum", "parliamentary", "voting_day"} for c in before) and not any(
        c.classes & {"meeting", "as_of"} for c in [*before, *chunks[at + 1 : at + 5]]
    ):
        return False
    if _is_to_come(chunks, at):
        return False
    return not any(c.classes & {"until", "scheduled_for"} for c in before[-2:])


def _is_to_come(chunks: list[Chunk], at: int) -> bool:
    """'дүйсенбіге белгіленді', 'жұма күнгі отырысында қабылдайды': a weekday of what is to come.

    So is that of 'комиссия примет решение в среду', 'дойдет на заседании во вторник', the verb before it.
    """
    day = chunks[at].day
    if day is None or not day.relative:
        return False
    for before in reversed(chunks[max(0, at - _TO_ITS_VERB) : at]) if day.weekday else ():
        if "awaits" in before.classes:
            return True
        if not before.is_word or before.day is not None:
            break
    for following in chunks[at + 1 : at + _TO_ITS_VERB]:
        if "awaits" in following.classes:
            return True
        if not following.is_word or following.number is not None or following.day is not None:
            return False
    return False


def _opens_a_period(chunks: list[Chunk], at: int) -> bool:
    """'since the opening of the institute of observation on October 22'."""
    day = chunks[at].day
    if day is not None and day.relative:
        return False
    for chunk in reversed(chunks[max(0, at - _PERIOD) : at]):
        if "opens_period" in chunk.classes:
            return True
        if chunk.day is not None or chunk.number is not None or chunk.text in ",;":
            return False
    return False


def _of_a_poll_held(chunks: list[Chunk], at: int) -> bool:
    """'Выборы акимов районов и городов областного значения 5 ноября прошли': the poll's verb stands behind its day."""
    held = at + 1 < len(chunks) and "scheduled" in chunks[at + 1].classes
    return held and any("poll" in c.classes for c in chunks[:at]) and "meeting" not in chunks[at - 1].classes


def _held_then(chunks: list[Chunk], at: int) -> bool:
    """'26 сәуірде өткен кезектен тыс Президент сайлауының': the participle behind the day is the poll's."""
    behind = chunks[at + 1 : at + AN_HOUR + 2]
    if not behind or "held" not in behind[0].classes:
        return False
    until = next((i for i, c in enumerate(behind) if "meeting" in c.classes or c.text in ",;"), len(behind))
    return any("poll" in c.classes for c in behind[:until])


def _up_to_day(chunks: list[Chunk]) -> list[Chunk]:
    """'today for the election of June 9', 'the sitting of February 16 on the election': whose day it is stands next."""
    ends = (i + (c.day is None) for i, c in enumerate(chunks) if c.day or c.classes & {"meeting", "as_of_phrase"})
    return chunks[: next(ends, len(chunks))]


def is_voting_day(chunks: list[Chunk], at: int) -> bool:
    """'the elections of March 19', 'the March 19 elections'."""
    before, after = chunks[max(0, at - 3) : at], chunks[at + 1 : at + 7]
    if has_its_day(chunks, at) or (before and "over" in before[-1].classes):
        return False
    stop = next(
        (i for i, c in enumerate(after) if not c.is_word and c.text not in _JOINS and c.name is None), len(after)
    )
    ended = next((i for i, c in enumerate(after) if c.classes & {"end", "over"}), len(after))
    after = after[: min(stop, ended)]
    poll = {"poll", "referendum", "parliamentary", "presidential", "voting_day"}
    if _closes_then(chunks[at + 1 :]):
        return False
    apart = at > 0 and chunks[at - 1].text == ","  # 'five days before the vote, on January 4 at 18:00'
    behind = chunks[at + 1 : at + _ITS_HOUR] if apart else []
    hour = any("label" in c.classes for c in [*chunks[max(0, at - AN_HOUR) : at], *behind])
    if hour and not any(c.classes & poll for c in after):
        return False
    if any("scheduled" in c.classes for c in before[-2:]) and _of_a_poll(chunks, at):
        return True
    if before and before[-1].classes & {"poll", "referendum", "parliamentary", "presidential", "senate"}:
        return True
    of = bool(before) and bool(before[-1].classes & {"origin", "filler", "function"})
    return (of and any(c.classes & poll for c in before)) or any(c.classes & poll for c in after)


def _closes_then(behind: list[Chunk]) -> bool:
    """'30 қыркүйекте референдумға байқаушыларды аккредиттеу аяқталды': the day is that of the verb at the end."""
    until = next((i for i, c in enumerate(behind) if c.text in ",;" or c.day is not None), len(behind))
    clause = behind[:until]
    if any("held" in c.classes for c in clause[:1]) or any("poll" in c.classes for c in clause[:_ITS_POLL]):
        return False
    closed = next((i for i, c in enumerate(clause) if "over" in c.classes), 0)
    return any(c.classes & {"accreditation", "accrediting"} for c in clause[:closed])


def has_its_day(chunks: list[Chunk], at: int) -> bool:
    """'observers for the June 9 presidential election on May 20': the poll before this day has another one."""
    polls = {"poll", "referendum", "presidential", "parliamentary", "senate"}
    i = at - 1
    while i >= 0 and not chunks[i].classes & polls and at - i < 3:
        i -= 1
    while i >= 0 and chunks[i].classes & (polls | _OF_ITS_NAME):
        i -= 1
    day = chunks[i].day if 0 <= i < at - 1 else None
    return day is not None and day.day is not None


def _of_a_poll(chunks: list[Chunk], at: int) -> bool:
    """'the elections to the Mazhilis and the maslikhats will be held on March 19': the poll's own verb."""
    for chunk in reversed(chunks[max(0, at - 8) : at]):
        if "poll" in chunk.classes:
            return True
        if chunk.day is not None or chunk.classes & {"end", "over", "commission"}:
            return False
    return False
