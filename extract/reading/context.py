"""What a report says beside its figures: its day, the deadline, whether accreditation is over, counts and names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from extract.model import Basis, Status, Where
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Scan, Sentence
from extract.reading.senders import Group
from extract.reading.statements import Statements

_BEFORE = 30
"""A last day stands behind its verb; one before it counts only where none does."""
_WEEK = timedelta(days=7)
"""'until Monday' is the next one, where a weekday else means the last."""
_MEDIA = frozenset({"journalist", "media"})
_RECENT = 7
"""Days after which a meeting is no news any more."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Whether accreditation is over, its last day, and the day on which that is said to have happened."""

    complete: bool
    deadline: date | None
    day: date | None


def find_closing(found: Statements) -> Closing:
    """Read the end of accreditation: said to be over, or to come."""
    complete, deadline, closed_on = False, None, None
    for index, sentence in enumerate(found.scan.sentences):
        if found.left_out[index] or not _speaks_of_closing(sentence, found, index):
            continue
        over = _is_over(sentence)
        published = found.scan.published
        day = _closing_day(sentence, published, over=over)
        if over and day is None and "that_day" in sentence.classes:
            day = _day_before(found, index)
        if over and day is not None and published is not None and day > published:
            over = False
        complete = complete or over
        if day is not None:
            deadline = deadline or day
            if over:
                closed_on = closed_on or day
    return Closing(complete, deadline, closed_on)


def _day_before(found: Statements, index: int) -> date | None:
    """The day that 'that evening' goes back to."""
    before = found.scan.sentences[index - 1].chunks if index else []
    days = [c.day.day for i, c in enumerate(before) if c.day and c.day.day and not _is_voting_day(before, i)]
    return days[-1] if days else None


def _speaks_of_closing(sentence: Sentence, found: Statements, index: int) -> bool:
    if not sentence.classes & {"end", "over"}:
        return False
    first = next((i for i, c in enumerate(sentence.chunks) if c.classes & {"end", "over"}), 0)
    clause = frozenset().union(*(c.classes for c in sentence.chunks[max(0, first - 14) : first + 6]))
    if found.topical[index] and _resumes_accreditation(sentence, found, index):
        return True
    if clause & {"not_closing"} and not clause & {"observer"}:
        return False
    if not clause & {"observer"} and (clause & _MEDIA or _after_media(found, index)):
        return False
    if "over" not in sentence.classes and not clause & {"accreditation", "closing_subject"} and _counts_until(sentence):
        return False
    subject = clause & {"accreditation", "closing_subject"} or ("accredited" in clause and "observer" in clause)
    return bool(subject) and found.topical[index]


def _resumes_accreditation(sentence: Sentence, found: Statements, index: int) -> bool:
    """'The commission has drawn a line under accreditation. It ended on Monday.'"""
    before = found.scan.sentences[index - 1].classes if index else frozenset()
    words = [c for c in sentence.chunks if c.is_word]
    return bool(words) and "pronoun" in words[0].classes and "accreditation" in before and not before & _MEDIA


def _counts_until(sentence: Sentence) -> bool:
    """'24 мамырға дейін олардың 170-ін аккредиттеген': a state of that day, not an end."""
    return any(
        c.day is not None and any("until" in a.classes for a in sentence.chunks[i + 1 : i + 2])
        for i, c in enumerate(sentence.chunks)
    )


def _after_media(found: Statements, index: int) -> bool:
    before = found.scan.sentences[index - 1].classes if index else frozenset()
    return bool(before & _MEDIA) and "observer" not in before


def _is_over(sentence: Sentence) -> bool:
    for at, chunk in enumerate(sentence.chunks):
        if "over" not in chunk.classes:
            continue
        around = sentence.chunks[max(0, at - 6) : at]
        if any("meeting" in c.classes for c in around):
            continue
        if any("future" in c.classes for c in around) or any("negative" in c.classes for c in around[-2:]):
            continue
        nearby = sentence.chunks[max(0, at - 20) : at + 12]
        if any(c.classes & {"accreditation", "accredited", "accrediting", "closing_subject"} for c in nearby):
            return True
        if "pronoun" in next((c.classes for c in sentence.chunks if c.is_word), frozenset()):
            return True
    return False


def _closing_day(sentence: Sentence, published: date | None, *, over: bool) -> date | None:
    chunks = sentence.chunks
    wanted = {"over", "end"} if over else {"end"}
    ends = [i for i, c in enumerate(chunks) if c.classes & wanted and not _of_a_meeting(chunks, i)]
    best: tuple[int, date] | None = None
    for at, chunk in enumerate(chunks):
        if chunk.day is None or chunk.day.day is None or _is_voting_day(chunks, at):
            continue
        day = chunk.day.day
        if chunk.day.relative and not over and published is not None and day < published:
            day += _WEEK
        for end in ends:
            distance = at - end if at > end else end - at + (0 if over else _BEFORE)
            if distance <= 16 + (0 if at > end or over else _BEFORE) and (best is None or distance < best[0]):
                best = (distance, day)
    if (
        best is not None
        and not over
        and published is not None
        and best[1] < published
        and "until" not in sentence.classes
    ):
        return best[1] if any(c.classes & {"accreditation"} for c in chunks) else None
    return best[1] if best else None


def _of_a_meeting(chunks: list[Chunk], at: int) -> bool:
    """'the sitting ended with ...'"""
    return any("meeting" in c.classes for c in chunks[max(0, at - 8) : at]) and not any(
        "accreditation" in c.classes for c in chunks[max(0, at - 3) : at]
    )


def _is_voting_day(chunks: list[Chunk], at: int) -> bool:
    """'the elections of March 19', 'the March 19 elections'."""
    before, after = chunks[max(0, at - 3) : at], chunks[at + 1 : at + 7]
    stop = next((i for i, c in enumerate(after) if not c.is_word and c.text not in "-–" and c.name is None), len(after))
    ended = next((i for i, c in enumerate(after) if c.classes & {"end", "over"}), len(after))
    after = after[: min(stop, ended)]
    poll = {"poll", "referendum", "parliamentary", "presidential", "voting_day"}
    if any("scheduled" in c.classes for c in before[-2:]) and _of_a_poll(chunks, at):
        return True
    if before and before[-1].classes & {"poll", "referendum", "parliamentary", "presidential", "senate"}:
        return True
    of = bool(before) and bool(before[-1].classes & {"origin", "filler", "function"})
    return of and any(c.classes & poll for c in before) or any(c.classes & poll for c in after)


def _of_a_poll(chunks: list[Chunk], at: int) -> bool:
    """'the elections to the Mazhilis and the maslikhats will be held on March 19': the poll's verb, whatever its length."""
    for chunk in reversed(chunks[max(0, at - 8) : at]):
        if "poll" in chunk.classes:
            return True
        if chunk.day is not None or chunk.classes & {"end", "over"}:
            return False
    return False


def find_as_of(found: Statements, main: Mention | None, closing: Closing, published: date | None) -> date | None:
    """The day for which the main figure holds, if the text gives one."""
    if main is None or main.status is Status.ANNOUNCED:
        return None
    scan = found.scan
    same = [
        m for m in found.mentions if m.value == main.value and m.scope == main.scope and m.status in {main.status, None}
    ]
    for mention in same or [main]:
        day = _day_beside(mention, scan, found)
        if day is not None:
            return day
    if "same_date" in scan.sentences[main.sentence].classes and (day := _day_before(found, main.sentence)) is not None:
        return day
    if (day := _stated_as_of(found, published)) is not None:
        return day
    if closing.complete and closing.day is not None:
        return closing.day
    if (day := _dateline(found, main)) is not None:
        return day
    return _meeting_day(found, main, published)


def _stated_as_of(found: Statements, published: date | None) -> date | None:
    """'As of Apr. 21, more than 1,000 have got their certificates': a state dated without the main figure."""
    for index, sentence in enumerate(found.scan.sentences):
        if found.left_out[index] or not sentence.classes & {"accredited", "accreditation", "data"}:
            continue
        for at, chunk in enumerate(sentence.chunks):
            if chunk.day is None or chunk.day.day is None or not at or "as_of_phrase" not in sentence.chunks[at - 1].classes:
                continue
            if published is not None and chunk.day.day > published:
                continue
            if not any(m.sentence == index and not m.dropped for m in found.mentions):
                return chunk.day.day
    return None


def _dateline(found: Statements, main: Mention) -> date | None:
    """'February 2, 2023. The ministry has sent 25 names to date': the dateline's day, where the figure says 'to date'."""
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
    for at, chunk in enumerate(sentence.chunks):
        if not _dates_a_state(sentence.chunks, at) or chunk.day is None or chunk.day.day is None:
            continue
        if not mention.clause[0] <= at < mention.clause[1]:
            continue
        if scan.published is not None and chunk.day.day > scan.published:
            continue
        others = [m for m in found.mentions if m.sentence == mention.sentence and m is not mention]
        distance = abs(at - mention.at)
        if any(
            abs(at - m.at) < distance and not m.dropped and m.value != mention.value and not _part(m, mention)
            for m in others
        ):
            continue
        candidates.append((distance, chunk.day.day))
    return min(candidates)[1] if candidates else None


def _part(part: Mention, whole: Mention) -> bool:
    return part.whole is whole


def _dates_a_state(chunks: list[Chunk], at: int) -> bool:
    chunk = chunks[at]
    if chunk.day is None or chunk.day.day is None or chunk.day.until is not None:
        return False
    before = chunks[max(0, at - 4) : at]
    after = _up_to_day(chunks[at + 1 : at + (2 if chunk.day.relative else 4)])
    if any("since" in c.classes for c in before[-2:]):
        return False
    if any(c.classes & {"poll", "referendum", "parliamentary", "presidential", "senate", "voting_day"} for c in after):
        return False
    if any(c.classes & {"poll", "referendum", "parliamentary", "voting_day"} for c in before) and not any(
        c.classes & {"meeting", "as_of"} for c in [*before, *chunks[at + 1 : at + 4]]
    ):
        return False
    return not any(c.classes & {"until", "scheduled_for"} for c in before[-2:])


def _meeting_day(found: Statements, main: Mention, published: date | None) -> date | None:
    """The day of the meeting at which the figure was given, said in a sentence nearby or in the lead."""
    sentences = found.scan.sentences
    order = sorted(range(len(sentences)), key=lambda i: (abs(i - main.sentence), i))
    for index in order:
        sentence = sentences[index]
        if found.left_out[index] or sentence.classes & {"voting"} and "accredited" not in sentence.classes:
            continue
        for at, chunk in enumerate(sentence.chunks):
            if chunk.day is None or chunk.day.day is None or not _dates_a_state(sentence.chunks, at):
                continue
            if published is not None and chunk.day.day > published:
                continue
            if _recalls_a_batch(found, index, at, main, published):
                continue
            if _dates_another_figure(found, index, at, main):
                continue
            if _is_of_a_meeting(sentence, at) or _said_of_it(found, index, at, main):
                return chunk.day.day
    return None


def _said_of_it(found: Statements, index: int, at: int, main: Mention) -> bool:
    """'166 observers will follow the vote. The chairman said so today.'"""
    sentence = found.scan.sentences[index]
    day = sentence.chunks[at].day
    follows = 0 < index - main.sentence <= 1 or (main.sentence == 0 and index <= 2)
    opens = any("of_this" in c.classes for c in sentence.chunks[:2])
    return follows and opens and "said" in sentence.classes and day is not None and day.relative


def _up_to_day(chunks: list[Chunk]) -> list[Chunk]:
    """'today for the election of June 9', 'at the sitting of February 16 on the election': whose day it is stands next."""
    ends = (i + (c.day is None) for i, c in enumerate(chunks) if c.day or c.classes & {"meeting", "as_of_phrase"})
    return chunks[: next(ends, len(chunks))]


def _recalls_a_batch(found: Statements, index: int, at: int, main: Mention, published: date | None) -> bool:
    """'At the meeting of February 23 we registered seven', told weeks later: a day of its own figure alone."""
    day = found.scan.sentences[index].chunks[at].day
    if published is None or day is None or day.day is None or (published - day.day).days <= _RECENT:
        return False
    return any(m.sentence == index and m.value != main.value and m.status is not None for m in found.mentions)


def _dates_another_figure(found: Statements, index: int, at: int, main: Mention) -> bool:
    """A day bound to an earlier total ('as of Oct. 17, only 43') says nothing of the main figure."""
    chunk = found.scan.sentences[index].chunks[at]
    if chunk.day is not None and chunk.day.relative:
        return False
    return any(
        m.sentence == index
        and abs(m.at - at) <= 8
        and m.value != main.value
        and m.status is main.status
        and m.basis is Basis.CUMULATIVE
        and m.clause[0] <= at < m.clause[1]
        and not _part(m, main)
        and not m.noun == main.noun == "association"
        for m in found.mentions
    ) or any(m.sentence == index and m.status is Status.WITHDRAWN and abs(m.at - at) <= 10 for m in found.mentions)


def _is_of_a_meeting(sentence: Sentence, at: int) -> bool:
    """The day stands with a meeting, or with the commission's or the ministry's own act or word."""
    near = sentence.chunks[max(0, at - 8) : at + 9]
    classes = frozenset().union(*(c.classes for c in near))
    if classes & {"meeting"}:
        return "campaign" not in classes
    acted = sentence.classes & {"accredited", "proposed", "accreditation"}
    day = sentence.chunks[at].day
    if day is not None and day.relative:
        return bool(acted) and not classes & {"briefing"}
    return (
        bool(acted)
        and bool(sentence.classes & {"observer", "commission"})
        and bool(classes & {"said", "commission", "accredited", "as_of"})
    )


def find_counts(found: Statements, main: Mention | None, figures: list[Mention]) -> dict[str, int]:
    """'From N organizations / N states', where said of the headline figure or of its two subtotals."""
    if main is None:
        return {}
    counts: dict[str, int] = {}
    for mention in _headline_family(found, main):
        if mention.group is not None:
            _take(counts, mention.group)
    for index, sentence in enumerate(found.scan.sentences):
        for group in found.groups[index]:
            if group.counts and not any(m.group is group for m in found.mentions):
                owner = _owner(found, index, group, sentence)
                if owner is not None and _is_family(owner, main):
                    _take(counts, group)
    return counts


def _take(counts: dict[str, int], group: Group) -> None:
    for kind, value in group.counts.items():
        counts.setdefault(kind, value)


def _is_family(mention: Mention, main: Mention) -> bool:
    if mention is main or (mention.value, mention.scope or "total", mention.status) == (
        main.value,
        main.scope or "total",
        main.status,
    ):
        return True
    same_state = mention.status is main.status and mention.basis is main.basis
    return (
        same_state
        and mention.scope in {"organizations", "countries"}
        and (mention.whole is None or mention.whole is main or mention.whole.value == main.value)
    )


def _headline_family(found: Statements, main: Mention) -> list[Mention]:
    return [m for m in found.mentions if _is_family(m, main)]


def _owner(found: Statements, index: int, group: Group, sentence: Sentence) -> Mention | None:
    """The figure that an unlinked count of senders speaks of: before it in the sentence, else in the sentence before."""
    here = [m for m in found.mentions if m.sentence == index and m.noun != "other"]
    before = [m for m in here if m.at < group.first]
    if before:
        chunks = sentence.chunks[before[-1].at : group.first]
        pause = max((i for i, c in enumerate(chunks) if c.text == ";"), default=None)
        resumed = pause is not None and any("they" in c.classes for c in chunks[pause:])
        broken = any(c.classes & _MEDIA for c in chunks) or before[-1].noun == "journalist" or (pause is not None and not resumed)
        return None if broken else before[-1]
    if sentence.classes & {"voting", "negative", "invited"} or sentence.classes & _MEDIA:
        return None
    after = [m for m in here if m.at >= group.last]
    if after:
        return after[0] if after[0].scope not in {"journalists"} else None
    if "in_all" in sentence.classes:
        totals = [m for m in found.mentions if m.sentence < index and (m.scope or "total") == "total" and not m.dropped]
        return max(totals, key=lambda m: (m.basis is Basis.CUMULATIVE, m.sentence), default=None)
    if "the_new" in sentence.classes:
        batches = [m for m in found.mentions if m.sentence < index and m.basis is Basis.NEW]
        return batches[-1] if batches else None
    if "the_list" in sentence.classes:
        running = [m for m in found.mentions if m.sentence < index and m.basis is Basis.CUMULATIVE and not m.scope]
        return running[-1] if running else None
    opening = sentence.chunks[: max(group.first + 3, group.last + 2)]
    pronoun = any(c.classes & {"they", "including", "represent", "have"} for c in opening)
    earlier = [m for m in found.mentions if m.sentence == index - 1]
    return earlier[-1] if earlier and pronoun else None


def find_names(found: Statements) -> tuple[set[str], set[str]]:
    """(states, bodies) named as sending observers."""
    states: set[str] = set()
    bodies: set[str] = set()
    counted = {i for m in found.mentions if m.group is not None for i in m.group.ids}
    refused: set[str] = set()
    for index, sentence in enumerate(found.scan.sentences):
        if found.left_out[index]:
            continue
        refused |= _refusing(sentence, found.groups[index]) - counted
        linked = {id(m.group) for m in found.mentions if m.sentence == index and m.group is not None}
        for group in found.groups[index]:
            for scope in group.ids:
                kind, _, name = scope.partition(":")
                if kind == "organization":
                    if id(group) in linked or (not _of_its_states(sentence, group) and _body_observes(sentence, found, index)):
                        bodies.add(name)
                elif id(group) in linked or _sends(sentence, group, found, index):
                    states.add(name)
    if any(b.startswith("OSCE-") for b in bodies):
        bodies.discard("OSCE")
    return states, bodies - {scope.partition(":")[2] for scope in refused}


def _refusing(sentence: Sentence, groups: list[Group]) -> set[str]:
    """'ODIHR declined to observe': the one body that a sentence says will send nobody."""
    at = next((i for i, c in enumerate(sentence.chunks) if "refuses" in c.classes), None)
    before = [g for g in groups if at is not None and g.last <= at] or groups
    if before and at is not None and any(c.number is not None for c in sentence.chunks[before[-1].last : at]):
        return set()
    ids = set(before[-1].ids) if before and at is not None else set()
    return ids if len(ids) == 1 else set()


def _body_observes(sentence: Sentence, found: Statements, index: int) -> bool:
    if "meets" in sentence.classes and not sentence.classes & {"observer", "observing"}:
        return False
    if found.topical[index] or sentence.classes & {"observer", "mission", "observing"}:
        return True
    several = sum(len(g.ids) for g in found.groups[index]) > 1
    return several and index > 0 and bool(found.scan.sentences[index - 1].classes & {"mission", "observer"})


def _of_its_states(sentence: Sentence, group: Group) -> bool:
    """'a number of CIS countries': the body only says which states are meant."""
    after = sentence.chunks[group.last : group.last + 2]
    return len(group.ids) == 1 and any(c.classes & {"countries", "member_of"} for c in after[:1])


def _sends(sentence: Sentence, group: Group, found: Statements, index: int) -> bool:
    """Whether states not linked to a figure are named as senders."""
    chunks = sentence.chunks
    if not found.topical[index] or sentence.classes & {"embassy"} and not sentence.classes & {"accredited"}:
        return False
    before = chunks[max(0, group.first - 8) : group.first]
    if any("inside" in c.classes for c in before[-4:]):
        return False
    following = chunks[group.last : group.last + 1]
    if any("except" in c.classes for c in [*before[-4:], *following]) or sentence.classes & {"negative"} and len(group.ids) == 1:
        return False
    if any("voting" in c.classes for c in chunks):
        return False
    if len(group.ids) >= 3 or group.generic:
        return any("person" in c.classes for c in following) or bool(
            sentence.classes & {"observer", "accredited", "countries", "election_body", "observing", "represent", "have", "mission"}
        )
    after = chunks[group.last : group.last + 5]
    subject = any(c.classes & {"represent", "have", "sends"} for c in after) or any(
        "sends" in c.classes for c in chunks[group.first : group.last]
    )
    origin = bool(before) and any("origin" in c.classes for c in before[-2:])
    people = any(c.classes & {"observer", "person", "election_body", "commission"} for c in before)
    return (origin and people and not any("leader" in c.classes or "in_place" in c.classes for c in before)) or (
        subject and bool(sentence.classes & {"observer", "election_body"})
    )


def chosen_main(figures: list[Mention]) -> Mention | None:
    """The figure an alert carries: accredited running total, else accredited batch, else the main other accredited one."""
    accredited = [m for m in figures if m.status is Status.ACCREDITED and m.scope != "journalists"]
    totals = [m for m in accredited if (m.scope or "total") == "total"]
    running = [m for m in totals if m.basis is Basis.CUMULATIVE]
    for group in (running, totals):
        if group:
            exact = [m for m in group if m.number.approx is None] or group
            return _after_withdrawal(exact, figures) or max(exact, key=lambda m: m.value)
    largest = max(accredited, key=lambda m: (m.whole is None, m.value), default=None)
    if largest is not None and largest.noun == "association":
        return next(m for m in accredited if m.scope == largest.scope and (m.whole is None) == (largest.whole is None))
    return largest


def _after_withdrawal(running: list[Mention], figures: list[Mention]) -> Mention | None:
    """'630 instead of 641' after eleven were recalled: the smaller total is the present one."""
    largest = max(running, key=lambda m: m.value)
    withdrawn = [m.value for m in figures if m.status is Status.WITHDRAWN]
    return next((m for m in running if largest.value - m.value in withdrawn), None)


def main_of_all(figures: list[Mention], title: Where = Where.TITLE) -> Mention | None:
    """The headline figure, or where nothing is accredited the main proposed one."""
    main = chosen_main(figures)
    if main is not None:
        return main
    proposed = [m for m in figures if m.status is Status.PROPOSED and m.scope != "journalists"]
    return max(proposed, key=lambda m: ((m.scope or "total") == "total", m.value), default=None)
