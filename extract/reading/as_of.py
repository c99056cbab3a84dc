"""The day for which the main figure holds."""

from __future__ import annotations

from datetime import date

from extract.model import Basis, Status, Where
from extract.reading.closing import Closing, day_before
from extract.reading.dated import dates_a_state
from extract.reading.mentions import Mention
from extract.reading.scan import Scan, Sentence
from extract.reading.statements import Statements

_DECISION = 2
"""Words with which 'the relevant decision' opens a sentence."""
_BATCH_REACH = 2
"""Sentences between a running total and the batch that it grew by."""
_NEAR_ITS_DAY = 8
"""Chunks between a batch and its day."""
_BEFORE_IT = 4
"""Chunks between 'will be' and the day of what is to come."""
_RECENT = 7
"""Days after which a meeting is no news any more."""


def find_as_of(found: Statements, main: Mention, closing: Closing, published: date | None) -> date | None:
    """The day for which the main figure holds, if the text gives one."""
    scan = found.scan
    same = [
        m for m in found.mentions if m.value == main.value and m.scope == main.scope and m.status in {main.status, None}
    ]
    for mention in same or [main]:
        day = _day_beside(mention, scan, found)
        if day is not None:
            return day
    if (
        scan.sentences[main.sentence].classes & {"same_date", "by_then"}
        and (day := day_before(found, main.sentence)) is not None
    ):
        return day
    if (day := _stated_as_of(found, published)) is not None:
        return day
    if (day := _meeting_beside(found, main, published)) is not None:
        return day
    if closing.complete and closing.day is not None:
        return _last_batch(found, main, closing.day, published) or closing.day
    if (day := _dateline(found, main)) is not None:
        return day
    return _meeting_day(found, main, published)


def _last_batch(found: Statements, main: Mention, closed: date, published: date | None) -> date | None:
    """'Прием закончился 30 мая, а 31 мая проголосовали за последнюю группу': a batch granted after the last papers."""
    for index, sentence in enumerate(found.scan.sentences):
        for at in sentence.dated:
            chunk = sentence.chunks[at]
            day = chunk.day.day if chunk.day is not None and dates_a_state(sentence.chunks, at) else None
            later = day is not None and closed < day and (published is None or day <= published)
            if later and not found.left_out[index] and _adds_a_batch(found, index, at, main):
                return day
    return None


def _stated_as_of(found: Statements, published: date | None) -> date | None:
    """'As of Apr. 21, more than 1,000 have got their certificates': a state dated without the main figure."""
    for index, sentence in enumerate(found.scan.sentences):
        if found.left_out[index] or not sentence.classes & {"accredited", "accreditation", "data"}:
            continue
        for at in sentence.dated:
            day = sentence.chunks[at].day
            if day is None or day.day is None or not at or "as_of_phrase" not in sentence.chunks[at - 1].classes:
                continue
            if published is not None and day.day > published:
                continue
            if not any(m.sentence == index and not m.dropped for m in found.mentions):
                return day.day
    return None


def _dateline(found: Statements, main: Mention) -> date | None:
    """'February 2, 2023. The ministry has sent 25 names to date': the dateline's day, for a figure 'to date'."""
    body = [s for s in found.scan.sentences if s.where is Where.BODY]
    if not body or found.scan.sentences[main.sentence].paragraph != body[0].paragraph or main.basis is Basis.NEW:
        return None
    first = [c for c in body[0].chunks if c.is_word or c.day is not None]
    if len(first) != 1 or first[0].day is None or "cumulative" not in found.scan.sentences[main.sentence].classes:
        return None
    return first[0].day.day


def _day_beside(mention: Mention, scan: Scan, found: Statements) -> date | None:
    """A day in the figure's own clause that dates a state, a meeting or a statement; not the poll, not the deadline."""
    sentence = scan.sentences[mention.sentence]
    candidates = []
    for at in sentence.dated:
        chunk = sentence.chunks[at]
        if chunk.day is None or chunk.day.day is None or not dates_a_state(sentence.chunks, at):
            continue
        if not mention.clause[0] <= at < mention.clause[1]:
            continue
        if scan.published is not None and chunk.day.day > scan.published:
            continue
        others = [m for m in found.mentions if m.sentence == mention.sentence and m is not mention]
        distance = abs(at - mention.at)
        if any(abs(at - m.at) < distance and not m.dropped and m.value != mention.value for m in others):
            continue
        dated = at > 0 and "as_of_phrase" in sentence.chunks[at - 1].classes
        candidates.append((not dated, distance, chunk.day.day))
    return min(candidates)[2] if candidates else None


def _meeting_beside(found: Statements, main: Mention, published: date | None) -> date | None:
    """The day of the meeting named in the sentence before or behind the figure's."""
    sentences = found.scan.sentences
    for index in (main.sentence + 1, main.sentence - 1):
        if not 0 <= index < len(sentences) or found.left_out[index]:
            continue
        if "meeting" not in sentences[index].classes:
            if (day := _day_of_decision(sentences[index], published)) is not None:
                return day
            continue
        for at in sentences[index].dated:
            chunk = sentences[index].chunks[at]
            near = sentences[index].chunks[max(0, at - 3) : at + 4]
            day = chunk.day.day if chunk.day is not None and dates_a_state(sentences[index].chunks, at) else None
            if (
                day is None
                or (published is not None and day > published)
                or not any("meeting" in c.classes for c in near)
            ):
                continue
            if not _dates_another_figure(found, index, at, main) and not _recalls_a_batch(
                found, index, at, main, published
            ):
                return day
    return None


def _day_of_decision(sentence: Sentence, published: date | None) -> date | None:
    """'The resolution was adopted on December 13': the day on which those of the sentence beside got accredited."""
    if "decided" not in sentence.classes or any(c.number is not None for c in sentence.chunks):
        return None
    opening = [c for c in sentence.chunks if c.is_word and "filler" not in c.classes][:_DECISION]
    if not any("decided" in c.classes for c in opening) or len(sentence.dated) != 1:
        return None
    at = sentence.dated[0]
    day = sentence.chunks[at].day
    if day is None or day.day is None or not dates_a_state(sentence.chunks, at):
        return None
    return day.day if published is None or day.day <= published else None


def _meeting_day(found: Statements, main: Mention, published: date | None) -> date | None:
    """The day of the meeting at which the figure was given, said in a sentence nearby or in the lead."""
    sentences = found.scan.sentences
    order = sorted(range(len(sentences)), key=lambda i: (_only_proposes(sentences[i], main), abs(i - main.sentence), i))
    for index in order:
        sentence = sentences[index]
        if found.left_out[index] or (sentence.classes & {"voting", "meets"} and "accredited" not in sentence.classes):
            continue
        for at in sentence.dated:
            chunk = sentence.chunks[at]
            if chunk.day is None or chunk.day.day is None or not dates_a_state(sentence.chunks, at):
                continue
            if (published is not None and chunk.day.day > published) or _is_to_come(sentence, at):
                continue
            if _recalls_a_batch(found, index, at, main, published):
                continue
            if _dates_another_figure(found, index, at, main):
                continue
            if _said_of_it(found, index, at, main) or _adds_a_batch(found, index, at, main):
                return chunk.day.day
    return None


def _only_proposes(sentence: Sentence, main: Mention) -> bool:
    """'On October 28 the ministry submitted a list': no day of those who were accredited later."""
    if main.status is not Status.ACCREDITED:
        return False
    return "proposed" in sentence.classes and not sentence.classes & {
        "accredited",
        "meeting",
        "all_granted",
        "as_of_phrase",
    }


def _is_to_come(sentence: Sentence, at: int) -> bool:
    """'On Saturday the observers will be at the joint meetings': the next one, although a weekday alone is the last."""
    day = sentence.chunks[at].day
    around = [*sentence.chunks[max(0, at - _BEFORE_IT) : at], *sentence.chunks[at + 1 : at + _NEAR_ITS_DAY]]
    return day is not None and day.weekday and any({"future", "function"} <= c.classes for c in around)


def _adds_a_batch(found: Statements, index: int, at: int, main: Mention) -> bool:
    """'131 are accredited. On Tuesday 55 were added': the day that brought the running total to where it stands."""
    if main.basis is not Basis.CUMULATIVE or abs(index - main.sentence) > _BATCH_REACH:
        return False
    own = (m for m in found.mentions if m.sentence == index and m.status is Status.ACCREDITED)
    batch = next((m for m in own if m.basis is Basis.NEW), None)
    if batch is None:
        return False
    return (batch.scope or "total") == "total" and batch.value < main.value and abs(batch.at - at) <= _NEAR_ITS_DAY


def _said_of_it(found: Statements, index: int, at: int, main: Mention) -> bool:
    """'166 observers will follow the vote. The chairman said so today.'"""
    sentence = found.scan.sentences[index]
    day = sentence.chunks[at].day
    follows = 0 < index - main.sentence <= 1 or (main.sentence == 0 and index <= 2)
    opens = any("of_this" in c.classes for c in sentence.chunks[:2])
    return follows and opens and "said" in sentence.classes and day is not None and day.relative


def _recalls_a_batch(found: Statements, index: int, at: int, main: Mention, published: date | None) -> bool:
    """'At the meeting of February 23 we registered seven', told weeks later: a day of its own figure alone."""
    day = found.scan.sentences[index].chunks[at].day
    if published is None or day is None or day.day is None or (published - day.day).days <= _RECENT:
        return False
    return any(m.sentence == index and m.value != main.value and m.status is not None for m in found.mentions)


def _dates_another_figure(found: Statements, index: int, at: int, main: Mention) -> bool:
    """A day bound to an earlier total ('as of Oct. 17, only 43') says nothing of the main figure.

    Nor does that of names handed in for others: 'Министрлік кеше тағы 40 кандидатураны жолдады'.
    """
    chunk = found.scan.sentences[index].chunks[at]
    if main.status is Status.ACCREDITED and "accredited" not in found.scan.sentences[index].classes:
        here = (m for m in found.mentions if m.sentence == index and m.value != main.value)
        if any(m.status is Status.PROPOSED and abs(m.at - at) <= _NEAR_ITS_DAY for m in here):
            return True
    if chunk.day is not None and chunk.day.relative:
        return False
    return any(
        m.sentence == index
        and (abs(m.at - at) <= 8 or m.noun == "journalist")
        and m.value != main.value
        and m.status is main.status
        and m.basis is Basis.CUMULATIVE
        and m.clause[0] <= at < m.clause[1]
        and not m.noun == main.noun == "association"
        for m in found.mentions
    ) or any(m.sentence == index and m.status is Status.WITHDRAWN and abs(m.at - at) <= 10 for m in found.mentions)
