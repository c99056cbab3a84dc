"""When accreditation ends, or that it is over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from extract.model import Basis
from extract.reading.dated import AN_HOUR, is_voting_day
from extract.reading.lawful_end import is_before_lawful_end, is_last_hour, is_titled_for_observers, named_lawful_end
from extract.reading.over import is_over
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements
from extract.words.spans import NumberKind

_BEHIND_END = 10
"""Chunks behind 'the last day' in which accreditation may be named."""
_BEFORE = 30
"""A last day stands behind its verb; one before it counts only where none does."""


_NOT_ACCREDITATION = frozenset({"contest", "voting", "not_closing", "journalist", "media", "phone"})


_BEFORE_NAMES = frozenset({"count_verb", "origin"})
"""Classes of words that say an end only before a day: 'runs to', 'through'."""
_EVE = timedelta(days=2)
"""Before voting day, when voters may still ask for papers and observers may not."""
_WEEK = timedelta(days=7)
"""'until Monday' is the next one, where a weekday else means the last."""


MEDIA = frozenset({"journalist", "media"})


@dataclass(frozen=True, slots=True)
class Closing:
    """Whether accreditation is over, its last day, and the day on which that is said to have happened."""

    complete: bool
    deadline: date | None
    day: date | None


def find_closing(found: Statements, poll: date | None) -> Closing:
    """Read the end of accreditation for a poll of this day: said to be over, or to come."""
    told = _by_words(found, poll)
    if told.complete and is_before_lawful_end(found.scan.published, poll, told.day):
        told = replace(told, complete=False, day=None)
    by_law = named_lawful_end(found, poll, over=told.complete)
    if by_law is not None:
        return Closing(
            told.complete or by_law.past, by_law.day, by_law.day if by_law.ended else _closed_on(told, found)
        )
    told = replace(told, deadline=told.deadline or _by_its_hour(found, poll, complete=told.complete))
    return replace(told, day=_closed_on(told, found))


def _closed_on(told: Closing, found: Statements) -> date | None:
    """The day on which it is said to have ended, or a last day that is past where all is over."""
    published = found.scan.published
    past = told.complete and told.deadline is not None and published is not None and told.deadline <= published
    return told.day or (told.deadline if past else None)


def _by_words(found: Statements, poll: date | None) -> Closing:
    complete, deadline, closed_on = False, None, None
    published = found.scan.published
    for index, sentence in enumerate(found.scan.sentences):
        if found.left_out[index] or not _speaks_of_closing(sentence, found, index):
            continue
        over = is_over(sentence)
        day = _closing_day(sentence, published, over=over)
        if day is not None and poll is not None and day >= poll:
            day = None  # 'registration for the vote of January 14 is over'
        if over and day is None and "that_day" in sentence.classes:
            day = day_before(found, index)
            day = None if day is not None and published is not None and day > published else day
        if over and day is not None and published is not None and day > published:
            over = False
            day = _closing_day(sentence, published, over=False) or day
        complete = complete or over
        if day is None or (not over and _dates_a_state(found, index, day)):
            continue
        deadline = deadline or day
        if over:
            closed_on = closed_on or day
    return Closing(complete, deadline, closed_on)


def _dates_a_state(found: Statements, index: int, day: date) -> bool:
    """'До понедельника аккредитацию имели 72 наблюдателя': people are counted until a day that is past."""
    published = found.scan.published
    if published is None or day > published or not _counts_someone(found, index):
        return False
    ends = (c.classes for c in found.scan.sentences[index].chunks)
    return not any({"until", "end"} <= classes and "function" not in classes for classes in ends)


def _by_its_hour(found: Statements, poll: date | None, *, complete: bool) -> date | None:
    """'There is time until 18:00 on May 30', 'as of 18:00 on March 14', when all is over: the hour at which it ends."""
    published = found.scan.published
    of_rules_alone = not found.mentions and is_titled_for_observers(found)
    if all(m.noun == "journalist" for m in found.mentions) and not of_rules_alone:
        return None
    for index, sentence in enumerate(found.scan.sentences):
        if found.left_out[index] or sentence.classes & _NOT_ACCREDITATION or _of_voters_papers(sentence, found, index):
            continue
        for at in sentence.dated:
            told = sentence.chunks[at].day
            day = told.day if told is not None else None
            if day is None or published is None or is_voting_day(sentence.chunks, at):
                continue
            if poll is not None and poll - _EVE <= day <= poll:
                continue  # 'Открепительное удостоверение можно получить до 18.00 25 апреля'
            around = sentence.chunks[max(0, at - AN_HOUR) : at + AN_HOUR]
            said = {"until", "end"} if day > published else {"as_of", "as_of_phrase", "by_then"} if complete else set()
            if any(c.classes & said for c in around) and any(is_last_hour(c) for c in around):
                return day
    return None


def day_before(found: Statements, index: int) -> date | None:
    """The day that 'that evening' goes back to: one before it in its sentence, or in the one before."""
    own = found.scan.sentences[index].chunks
    that = next((i for i, c in enumerate(own) if c.classes & {"that_day", "same_date", "by_then"}), 0)
    for chunks, until in ((own, that), (found.scan.sentences[index - 1].chunks if index else [], None)):
        days = [c.day.day for i, c in enumerate(chunks[:until]) if c.day and c.day.day and not is_voting_day(chunks, i)]
        if days:
            return days[-1]
    return None


def _speaks_of_closing(sentence: Sentence, found: Statements, index: int) -> bool:
    if not sentence.classes & {"end", "over"}:
        return False
    if _of_voters_papers(sentence, found, index):
        return False
    first = next((i for i, c in enumerate(sentence.chunks) if c.classes & {"end", "over"}), 0)
    if any("stay" in c.classes for c in sentence.chunks[max(0, first - AN_HOUR) : first + 1]):
        return False  # 'they will stay here until June 10'
    clause = frozenset().union(*(c.classes for c in sentence.chunks[max(0, first - 24) : first + 6]))
    if found.topical[index] and _resumes_accreditation(sentence, found, index):
        return True
    if clause & {"not_closing"} and not clause & {"observer"}:
        return False
    if not clause & {"observer"} and (clause & MEDIA or _after_media(found, index)):
        return False
    if "over" not in sentence.classes and not clause & {"accreditation", "closing_subject"} and _counts_until(sentence):
        return False
    clause |= frozenset().union(*(c.classes for c in sentence.chunks[first : first + _BEHIND_END]))
    subject = clause & {"accreditation", "closing_subject"} or ("accredited" in clause and "observer" in clause)
    handed_in = "commission" in clause and not sentence.classes & {"contest", "voting", "not_closing", "poll"}
    return bool(subject) and (found.topical[index] or handed_in)


def _of_voters_papers(sentence: Sentence, found: Statements, index: int) -> bool:
    """'Voters may take an absentee certificate. They will be issued until June 4': of those of the sentence before."""
    before = found.scan.sentences[index - 1].classes if index else frozenset()
    if "voting" not in before or before & {"observer", "accreditation"} or sentence.classes & {"observer"}:
        return False
    return any("them" in c.classes for c in sentence.chunks[:3])


def _resumes_accreditation(sentence: Sentence, found: Statements, index: int) -> bool:
    """'The commission has drawn a line under accreditation. It ended on Monday', 'Завершится этот процесс 13 марта.'

    So do the papers: 'Papers arrive each week. The commission will take them until March 28.'
    """
    before = found.scan.sentences[index - 1].classes if index else frozenset()
    words = [c for c in sentence.chunks if c.is_word]
    told = before & {"accreditation", "accredited", "accrediting", "closing_subject"}
    resumed = any("pronoun" in c.classes for c in (words[1:3] if words and "end" in words[0].classes else words[:1]))
    handed_in = "closing_subject" in before and any("them" in c.classes for c in words[:2])
    handed_in = handed_in or ("closing_subject" in before and found.scan.sentences[index - 1].chunks[-1].text == "?")
    return (handed_in or (resumed and bool(told))) and not before & MEDIA


def _counts_until(sentence: Sentence) -> bool:
    """'24 мамырға дейін олардың 170-ін аккредиттеген': a state of that day, not an end."""
    return any(
        c.day is not None and any("until" in a.classes for a in sentence.chunks[i + 1 : i + 2])
        for i, c in enumerate(sentence.chunks)
    )


def _counts_someone(found: Statements, index: int) -> bool:
    """'До понедельника аккредитацию имели 72 наблюдателя': a state up to a day that is past, not an end."""
    return any(m.sentence == index and m.basis is not Basis.NEW for m in found.mentions)


def _after_media(found: Statements, index: int) -> bool:
    before = found.scan.sentences[index - 1].classes if index else frozenset()
    return bool(before & MEDIA) and "observer" not in before


def _closing_day(sentence: Sentence, published: date | None, *, over: bool) -> date | None:
    chunks = sentence.chunks
    wanted = {"over", "end"} if over else {"end"}
    ends = [i for i, c in enumerate(chunks) if c.classes & wanted and not _of_a_meeting(chunks, i)]
    ends = [i for i in ends if not _counts_names(chunks, i)]
    best: tuple[int, date] | None = None
    for at in sentence.dated:
        told = chunks[at].day
        if told is None or told.day is None or _begins_then(chunks, at) or is_voting_day(chunks, at):
            continue
        day = told.day
        if told.relative and not over and published is not None and day < published:
            day += _WEEK
        for end in ends:
            if any("of_this" in c.classes for c in chunks[end + 1 : at]):
                continue  # 'is over, as became known at today's meeting'
            distance = at - end if at > end else end - at + (0 if over else _BEFORE)
            if distance <= 16 + (0 if at > end or over else _BEFORE) and (best is None or distance < best[0]):
                best = (distance, day)
    if (
        best is not None
        and not over
        and published is not None
        and best[1] < published
        and "until" not in sentence.classes
        # 'documents were accepted until', but not 'guests had until September 30 to apply'
        and not any(
            {"end", "scheduled_for"} <= chunks[i].classes and i and "copula" in chunks[i - 1].classes for i in ends
        )
    ):
        return best[1] if any(c.classes & {"accreditation"} for c in chunks) else None
    return best[1] if best else None


def _counts_names(chunks: list[Chunk], at: int) -> bool:
    """'The list runs to 214 names after Monday', 'it went through 45 names on Monday': people, nothing ends."""
    number = chunks[at + 1].number if at + 1 < len(chunks) else None
    return number is not None and bool(chunks[at].classes & _BEFORE_NAMES) and number.kind is NumberKind.CARDINAL


def _begins_then(chunks: list[Chunk], at: int) -> bool:
    """'accreditation, which went on since January 21, is over', 'it began on January 21 and ended': the first day."""
    before = chunks[at - 1].classes if at else frozenset()
    ahead = chunks[max(0, at - 2) : at]
    if any("begun" in c.classes for c in chunks[at + 1 : at + 2]):
        return True
    if any("begun" in c.classes for c in ahead) and all(c.is_word for c in ahead):
        return True
    return "since" in before and not before & {"until", "end"}


def _of_a_meeting(chunks: list[Chunk], at: int) -> bool:
    """'the sitting ended with ...'"""
    return any("meeting" in c.classes for c in chunks[max(0, at - 8) : at]) and not any(
        "accreditation" in c.classes for c in chunks[max(0, at - 3) : at]
    )
