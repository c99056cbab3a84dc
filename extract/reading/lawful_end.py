"""The last day of accreditation that the law sets, where a text names it: words can be any, the day is known.

Accreditation ends at 18:00 five days before voting day (Constitutional Law 'On Elections in the Republic of
Kazakhstan', Article 20-2), so six days before it by the calendar, as in all polls of 2011-2026.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from extract.reading.dated import AN_HOUR
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements
from extract.words.spans import Day, NumberKind

LAST_HOURS = {6, 18}
"""18:00, or 6 p.m.: the news of the polls from 2005 to 2026 give this hour for the end of accreditation, as of
13 March 2023 for the vote of 19 March."""
BEFORE_VOTING = timedelta(days=6)
"""From the last day of accreditation to the vote."""
_WEEK = timedelta(days=7)
_SOONER = timedelta(days=3)
"""Before the last day by law, accreditation that a text says to have ended on a day of its own."""
_SINCE = 2011
"""Of the Senate election of 2008 accreditation was over eight days before."""
_OF_MEDIA = frozenset({"journalist", "media"})
_OF_OBSERVERS = frozenset({"observer", "observing"})
"""What a text must speak of that gives the last day where nobody is counted: 'to observe, apply until June 3'."""
_OTHER_MATTERS = _OF_MEDIA | {"voting", "phone", "not_closing"}
_BESIDE = 4
"""Chunks between the day and 'until', 'ended', 'the last day'."""
_HOUR_AHEAD = 9
"""Chunks with which '6 p.m. Astana time on' stands before it."""
_AN_HOUR_BEHIND = 3
"""Chunks with which 'at 18:00' stands behind its day."""
_OF_ACCREDITATION = frozenset({"accreditation", "accredit_root", "accredited"})
"""What an article speaks of somewhere that tells a last day without saying so: else they may arrive on that day."""
_TELL_AN_END = frozenset({"until", "end", "over"})


@dataclass(frozen=True, slots=True)
class LawfulEnd:
    """The last day by law, as a text names it."""

    day: date
    past: bool
    """Whether the text was published later."""
    ended: bool
    """Whether it says that accreditation ended then, not merely that one could apply until that day."""


def named_lawful_end(found: Statements, poll: date | None, *, over: bool) -> LawfulEnd | None:
    """The last day by law for a poll of this day; None where the text does not name it as the last one.

    Where accreditation is said to be `over`, any word of that day does.
    """
    observers = any(sentence.classes & _OF_OBSERVERS for sentence in found.scan.sentences)
    if poll is None or _tells_of_media_alone(found) or not (observers or found.mentions):
        return None
    last = poll - BEFORE_VOTING
    published = found.scan.published
    ahead = (
        published is not None and published < last and any(s.classes & _OF_ACCREDITATION for s in found.scan.sentences)
    )
    for sentence, left_out in zip(found.scan.sentences, found.left_out, strict=True):
        if left_out:
            continue
        for at in sentence.dated:
            told = sentence.chunks[at].day
            if told is None or not _names(told, last, published):
                continue
            if _is_an_end(sentence, at) or ((ahead or over) and told.day == last and _is_told_of(sentence, at)):
                past = published is not None and published > last
                return LawfulEnd(last, past, past and _ended(sentence, at))
    return None


def _names(told: Day, last: date, published: date | None) -> bool:
    """Whether it is that day; 'ends on Monday' is the next one where that is the last, else the past one."""
    return told.day == last or (
        told.weekday and told.day == last - _WEEK and published is not None and told.day <= published < last
    )


def is_before_lawful_end(published: date | None, poll: date | None, ended: date | None) -> bool:
    """Whether accreditation cannot be over yet: 'we closed October with 106', told weeks before the last day.

    Where the text gives the day on which it `ended`, shortly before that one, it is right about this poll.
    """
    if published is None or poll is None or poll.year < _SINCE:
        return False
    if ended is not None and poll - BEFORE_VOTING - ended <= _SOONER:
        return False
    return published < poll - BEFORE_VOTING


def _tells_of_media_alone(found: Statements) -> bool:
    """Media people have a last day of their own, which may be the same."""
    counted = bool(found.mentions) and all(m.noun == "journalist" for m in found.mentions)
    return counted and not is_titled_for_observers(found)


def is_titled_for_observers(found: Statements) -> bool:
    """'How foreign observers will be registered': of their accreditation, whomever the text counts."""
    title = found.scan.sentences[0].classes if found.scan.sentences else frozenset()
    return "observer" in title and not title & _OF_MEDIA


def _is_an_end(sentence: Sentence, at: int) -> bool:
    chunks = sentence.chunks
    of_accreditation = "accreditation" in sentence.classes
    if _has_the_hour(chunks, at) and (of_accreditation or not sentence.classes & _OF_MEDIA):
        return True
    if sentence.classes & _OTHER_MATTERS and not of_accreditation:
        return False
    beside = _beside(sentence, at)
    met = any("meeting" in c.classes for c in beside)
    return not met and any(c.classes & _TELL_AN_END for c in beside)


def _is_told_of(sentence: Sentence, at: int) -> bool:
    """'Further papers will come on Monday, June 3': of a day ahead that is the last one, whatever the words.

    Not on which the commission does something: 'On June 3 the commission will meet again'.
    """
    if sentence.classes & _OTHER_MATTERS or any("commission" in c.classes for c in sentence.chunks[at + 1 : at + 3]):
        return False
    return not any("meeting" in c.classes for c in _beside(sentence, at))


def _beside(sentence: Sentence, at: int) -> list[Chunk]:
    return [*sentence.chunks[max(0, at - _BESIDE) : at], *sentence.chunks[at + 1 : at + 1 + _BESIDE]]


def _ended(sentence: Sentence, at: int) -> bool:
    beside = sentence.chunks[max(0, at - _BESIDE) : at + 1 + _BESIDE]
    return _has_the_hour(sentence.chunks, at) or any("over" in c.classes for c in beside)


def is_last_hour(chunk: Chunk) -> bool:
    """'18:00'; 'до 18.00' is read as a number with a fraction."""
    if chunk.number is None or chunk.number.value not in LAST_HOURS:
        return False
    return "label" in chunk.classes or (chunk.number.kind is NumberKind.FRACTION and not chunk.number.written_out)


def _has_the_hour(chunks: list[Chunk], at: int) -> bool:
    """'6 p.m. on March 14', '14 наурызда сағат 18-ге дейін', '9 января в 18:00'."""
    around = [*chunks[max(0, at - _HOUR_AHEAD) : at], *chunks[at + 1 : at + AN_HOUR]]
    if any(c.number is not None and is_last_hour(c) for c in around):
        return True
    behind = chunks[at + 1 : at + 1 + _AN_HOUR_BEHIND]
    hour = next((i for i, c in enumerate(behind) if c.number is not None), 0)
    return hour > 0 and behind[hour].text == "18" and all(c.is_word for c in behind[:hour])
