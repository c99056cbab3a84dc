"""Which totals are running ones and which batches: by their sizes, by what opens the text, by what they add up to."""

from __future__ import annotations

import itertools

from extract.model import Basis, Status, Term, Where
from extract.reading.decided import earlier_and_batch, reading
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements, opening, tells_of_a_new_group
from extract.reading.stood_then import stood_then
from extract.words.spans import NumberKind

OPENING = 2
"""Sentences that say whether the observers are the first ones or a further group."""

_TERMS_OF_TWO_BATCHES = 4
"""An earlier total, two batches, the total that they make."""
_SLIP = 0.05
"""By what part of it a total may be misprinted, where words tell its terms."""
_MOST_TOTALS = 12
"""Batches behind an earlier total of which the sums are looked at."""
_MEETINGS = 5
"""Chunks between a sum of batches and 'two meetings'."""
_NO_CLASSES: frozenset[str] = frozenset()


def basis_of_totals(mentions: list[Mention], found: Statements) -> None:
    """A total without a word of its basis is the running one, unless a larger one stands beside it."""
    alive = [m for m in mentions if not m.dropped and m.noun != "journalist"]
    totals = [m for m in alive if m.status is Status.ACCREDITED and level(m.scope) == 0]
    _of_all_accreditation(totals, found)
    known: dict[int, Basis] = {}
    for total in totals:
        if total.basis is not None and known.get(total.value) is not Basis.NEW:
            known[total.value] = total.basis
    for total in totals:
        total.basis = known.get(total.value)
    largest = max((m.value for m in totals), default=0)
    unsaid = frozenset(m.value for m in totals if m.basis is None)
    running = [m for m in totals if m.basis is Basis.CUMULATIVE]
    for total in totals:
        if total.basis is None and total.value < largest and stood_then(total, found.scan.sentences[total.sentence]):
            total.basis = total.told_basis = Basis.CUMULATIVE
        if total.basis is None:
            beside = any(m.value != total.value for m in running) or total.value < largest
            total.basis = Basis.NEW if beside and total.value < largest else Basis.CUMULATIVE
    for total in totals:
        if total.of_value is not None and total.of_value > total.value:
            total.basis = Basis.NEW
    withdrawn = [m.value for m in alive if m.status is Status.WITHDRAWN]
    _sums_of_meetings(totals, largest, found)
    _earlier_totals(totals, withdrawn, unsaid, found)
    if len(totals) > 2:
        _before_a_slip(totals, found)
    _less_the_withdrawn(totals, withdrawn)
    if not running:
        begin = opening(found)
        title = [s for s in found.scan.sentences[:begin] if s.where is Where.TITLE]
        _first_or_new_group(mentions, [*title, *found.scan.sentences[begin : begin + OPENING - bool(title)]])


def _sums_of_meetings(totals: list[Mention], largest: int, found: Statements) -> None:
    """'It approved 58 on Monday and 104 yesterday, that is 162 in two meetings': batches make a batch."""
    for total in totals:
        if total.basis is not Basis.CUMULATIVE or total.value >= largest:
            continue
        sentence = found.scan.sentences[total.sentence]
        if "meeting" in sentence.classes and _of_some_meetings(total, sentence.chunks):
            batches = {m.value for m in totals if m.basis is Basis.NEW and m.sentence <= total.sentence}
            if any(total.value - value in batches for value in batches):
                total.basis = total.told_basis = Basis.NEW


def _of_some_meetings(total: Mention, chunks: list[Chunk]) -> bool:
    """'162 people in two meetings', 'за два заседания 162 человека', 'екі отырыста 162 адам'."""
    near = [*range(max(0, total.start - _MEETINGS), total.start), *range(total.last, total.last + _MEETINGS)]
    counted = (i for i in near if i + 1 < len(chunks) and chunks[i].number is not None)
    return any("meeting" in chunks[i + 1].classes for i in counted)


def earlier_by_sum(mentions: list[Mention], found: Statements) -> None:
    """Tell earlier totals once more by their sums, after figures that the rules took for others became batches."""
    totals = [m for m in mentions if m.status is Status.ACCREDITED and level(m.scope) == 0 and m.noun != "journalist"]
    withdrawn = [m.value for m in mentions if m.status is Status.WITHDRAWN]
    _earlier_totals(totals, withdrawn, frozenset(), found)


def _of_dated_meetings(totals: list[Mention], found: Statements) -> set[int]:
    """'Комиссияның 31 шілдедегі отырысында 48 байқаушы тіркелген болатын': told as that meeting's, whatever adds up."""
    told = (m for m in totals if m.told_basis is Basis.NEW)
    return {m.value for m in told if _at_a_dated_meeting(m, found.scan.sentences[m.sentence])}


def _at_a_dated_meeting(total: Mention, sentence: Sentence) -> bool:
    """Whether the day of a meeting stands right before that word, and both before the number in its clause."""
    if "meeting" not in sentence.classes:
        return False
    ahead = sentence.chunks[total.clause[0] : total.start]
    return any(
        c.day is not None and c.day.dom is not None and "meeting" in n.classes for c, n in itertools.pairwise(ahead)
    )


def _of_all_accreditation(totals: list[Mention], found: Statements) -> None:
    """'Accreditation is over. From September 26 to November 14, 641 observers were accredited': all there are."""
    if len({m.value for m in totals}) != 1 or not any(
        {"over", "accreditation"} <= s.classes for s in found.scan.sentences
    ):
        return
    for total in totals:
        clause = found.scan.sentences[total.sentence].chunks[slice(*total.clause)]
        if any(c.day is not None and c.day.until is not None for c in clause):
            total.basis = Basis.CUMULATIVE


def _first_or_new_group(mentions: list[Mention], opening: list[Sentence]) -> None:
    """Without a running total the opening tells: 'the first group' is all there is, 'another group' is a batch."""
    if any("first_group" in s.classes or first_ones(s.chunks) for s in opening):
        for mention in mentions:
            # A resolution's names alone ('приняла постановление по 51 кандидатуре') may be those of the first one.
            if mention.status is not Status.WITHDRAWN and level(mention.scope) < 2 and not mention.number.more:
                mention.basis, mention.more = Basis.CUMULATIVE, False
                if level(mention.scope) == 0:
                    mention.told_basis = Basis.CUMULATIVE
    elif any(tells_of_a_new_group(s) for s in opening):
        for mention in mentions:
            if mention.status is Status.ACCREDITED and mention.whole is None and mention.noun != "journalist":
                mention.basis = mention.told_basis = Basis.NEW


def first_ones(chunks: list[Chunk]) -> bool:
    """'the first foreign observers', 'первых международных наблюдателей'."""
    for at, chunk in enumerate(chunks):
        if chunk.number is None or chunk.number.kind is not NumberKind.ORDINAL or chunk.number.value != 1:
            continue
        for following in chunks[at + 1 : at + 4]:
            if following.classes & {"observer", "mission"}:
                return True
            if not following.classes & {"international", "adjective"} and following.number is None:
                break
    return False


def _earlier_totals(totals: list[Mention], withdrawn: list[int], unsaid: frozenset[int], found: Statements) -> None:
    """What the running total was before the batch is a running total too: 175 where 175 + 103 = 278."""
    of_meetings = _of_dated_meetings(totals, found)
    of_meetings |= {m.value for m in totals if m.weighed is not None and m.weighed[1] is Basis.NEW}
    batches = {m.value for m in totals if m.basis is Basis.NEW}
    running = {m.value for m in totals if m.basis is Basis.CUMULATIVE}
    running |= {value + less for value in running for less in withdrawn}
    added = {m.value for m in totals if m.more}
    said_new = {m.value for m in totals if m.told_basis is Basis.NEW}
    first = {m.value: m.sentence for m in reversed(totals)}
    for total in totals:
        if (
            (total.basis is Basis.NEW or total.subset)
            and total.value not in added
            and total.value not in of_meetings
            and any(total.value + b in running for b in batches - {total.value})
        ):
            larger = [b for b in batches - {total.value} if total.value + b in running]
            sure = total.value not in said_new and not said_new.isdisjoint(larger)
            if total.value in said_new and said_new.isdisjoint(larger):
                continue  # '71 were accredited on the 17th. This time 58 were': the words tell which is the batch
            if sure or not any(b not in added and first[b] > first[total.value] for b in larger):
                total.basis, total.subset, total.whole = Basis.CUMULATIVE, False, None
                _tell(total, larger[0], totals, unsaid)
    if len(totals) >= _TERMS_OF_TWO_BATCHES:
        _before_two_batches(totals, found)


def _before_a_slip(totals: list[Mention], found: Statements) -> None:
    """'Another 123 were accredited. Earlier, 125 had been. Thus the total reached 250': earlier, though it is 248."""
    running = {m.value for m in totals if m.basis is Basis.CUMULATIVE}
    batches = {m.value for m in totals if m.told_basis is Basis.NEW}
    if len(running) != 1 or len(batches) != 1:
        return
    (total,), (batch,) = running, batches
    for mention in totals:
        sentence = found.scan.sentences[mention.sentence]
        if mention.basis is not Basis.NEW or mention.told_basis or mention.more or "before_now" not in sentence.classes:
            continue
        opening = next(c for c in sentence.chunks if c.is_word)
        if "before_now" not in opening.classes:
            continue
        if abs(total - batch - mention.value) <= _SLIP * total:
            mention.basis = mention.told_basis = Basis.CUMULATIVE


def _before_two_batches(totals: list[Mention], found: Statements) -> None:
    """'There were 25. On the 17th 31 were accredited, on Friday 23 joined them: 79 in all': 25 + 31 + 23 = 79.

    Of terms that all could be the earlier total it is the one that was there, else the first.
    """
    running = [m for m in totals if m.basis is Basis.CUMULATIVE]
    if len({m.value for m in running}) != 1:
        return
    batches = {m.value: m for m in totals if m.basis is Basis.NEW and not m.subset}
    sums = {
        total.value: (total, others)
        for total in batches.values()
        if not total.more and total.told_basis is not Basis.NEW and not total.of_them
        for others in itertools.combinations([m for m in [*batches.values()][:_MOST_TOTALS] if m is not total], 2)
        if total.value + sum(m.value for m in others) == running[0].value
    }
    there = [v for v, (total, _) in sums.items() if _was_there(total, found.scan.sentences[total.sentence].chunks)]
    first = [
        v
        for v, (total, others) in sums.items()
        if all(total.position < m.position for m in others) and not _granted_on_a_day(total, found)
    ]
    for value in [*there, *first][:1]:
        total, others = sums[value]
        parts = (Term("earlier total", value, decided=True), *_batches(*others))
        total.decided = reading(Term("total", running[0].value), *parts)
        total.basis, total.subset, total.whole = Basis.CUMULATIVE, False, None


def _granted_on_a_day(total: Mention, found: Statements) -> bool:
    """'On May 3 it accredited 20': a batch as those that follow are."""
    clause = found.scan.sentences[total.sentence].chunks[total.clause[0] : total.last]
    granted = next((i for i, c in enumerate(clause) if "accredited" in c.classes), len(clause))
    return any(c.day is not None and c.day.day is not None for c in clause[:granted]) and granted < len(clause)


def _was_there(total: Mention, chunks: list[Chunk]) -> bool:
    """'A week ago we had 52', 'the list contained 52', rather than 'accreditation was granted to 52'."""
    ahead = chunks[max(total.clause[0], total.start - 2) : total.start]
    return any(c.classes & {"have", "we_have", "count_verb"} for c in ahead[-1:]) and not any(
        "accredited" in c.classes for c in ahead
    )


def _batches(*batches: Mention) -> tuple[Term, ...]:
    return tuple(Term("new batch", m.value) for m in batches)


def _tell(earlier: Mention, batch: int, totals: list[Mention], unsaid: frozenset[int]) -> None:
    """Note that the sum tells the earlier total from the batch."""
    told = earlier_and_batch(earlier.value + batch, earlier.value, batch, unsaid=unsaid | {earlier.value})
    for total in totals:
        if total.value in {earlier.value, batch}:
            total.decided = told


def _less_the_withdrawn(totals: list[Mention], withdrawn: list[int]) -> None:
    """What remains of a total after a withdrawal is a running total: 630 where 641 - 11 = 630."""
    largest = max((m.value for m in totals), default=0)
    for total in totals:
        if largest - total.value in withdrawn:
            if total.basis is not Basis.CUMULATIVE:
                left = Term("total", total.value, decided=True)
                total.decided = reading(Term("earlier total", largest), left, Term("withdrawn", largest - total.value))
            total.basis = Basis.CUMULATIVE
