"""Totals without a noun that only a sum tells: 'we came with 96 and leave with 113', where 17 were accredited."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from extract.model import Basis, Status, Term
from extract.reading.basis_cues import basis_cue
from extract.reading.cues import status_cue
from extract.reading.decided import earlier_and_batch, reading
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.statements import MAY_COUNT_PEOPLE, Statements, is_contest

_LEAST = 20
"""A smaller sum may be that of other things by chance."""
_FEWEST = 3
"""Fewer are no batch that a sum could tell."""
_FEWEST_UNKNOWN = 8
"""The same, where the earlier total is not known either."""
_MOST_NUMBERS = 40
"""So many numbers are looked at, so that a text made to be slow has no more sums than an article."""
_REACH = 4
"""Paragraphs between the terms of a sum."""
_PEOPLE = frozenset({"bare", "person", "observer"})
_OTHERS = frozenset({"contest", "voting", "phone", "campaign"})


def totals_by_sum(found: Statements) -> None:
    """Accept numbers that an earlier total, a batch and what was withdrawn make terms of their sum.

    One of the three totals at least is known; the others have no noun but stand in sentences about observers.
    """
    may_be = (m for m in found.refused if m.noun in MAY_COUNT_PEOPLE and _may_be_a_total(m, found))
    spare = list(may_be) if found.mentions else []
    told = {m.value for m in found.mentions} if spare else frozenset()
    spare = [m for m in spare if m.value not in told]
    if not spare:
        return
    known = [m for m in found.mentions if level(m.scope) == 0 and m.noun in _PEOPLE and m.number.approx is None]
    if len(known) + len(spare) > _MOST_NUMBERS:
        return
    withdrawn = {m.value for m in found.mentions if _is_withdrawn(m, found)}
    batches = [m for m in found.mentions if _is_a_batch_of_one_kind(m, known, found)]
    for earlier, batch, total, less in _sums([*known, *batches], spare, withdrawn, found):
        if level(earlier.scope) or level(total.scope):
            continue
        terms = (earlier, batch, total)
        fresh = [m for m in terms if m in spare]
        if "other" in {m.noun for m in fresh} and len(fresh) > 1:
            continue
        if fresh and len(fresh) < len(terms) and _near_each_other(terms, found):
            _tell(earlier, batch, total, fresh, less)
            for mention in fresh:
                found.take_in(mention)
            return
    _before_two_batches(known, spare, found)


def _is_a_batch_of_one_kind(mention: Mention, known: list[Mention], found: Statements) -> bool:
    """'The commission accredited 19 observers put forward by states': a batch, though those of states alone."""
    sentence = found.scan.sentences[mention.sentence]
    alone = level(mention.scope) == 1 and all(m.sentence != mention.sentence for m in known)
    return alone and {"accredited", "commission"} <= sentence.classes and mention.number.approx is None


def _before_two_batches(known: list[Mention], spare: list[Mention], found: Statements) -> None:
    """'On the 17th 38 were let in, today 46. With the 67 of early September that makes 151': 67 + 38 + 46 = 151."""
    for earlier in spare:
        if earlier.value < _FEWEST_UNKNOWN:
            continue
        if _sums_up_two_batches(earlier, known, found):
            return
        total = next((m for m in known if m.sentence == earlier.sentence and m.value > earlier.value), None)
        batches = {m.value: m for m in known if m.sentence < earlier.sentence and m.value >= _FEWEST}
        if total is None:
            continue
        for first, second in combinations(batches.values(), 2):
            terms = (earlier, first, second, total)
            if sum(m.value for m in terms[:3]) != total.value or not _near_each_other(terms, found):
                continue
            earlier.scope = earlier.group = None
            earlier.subject = True
            added = (Term("new batch", m.value) for m in (first, second))
            earlier.decided = reading(
                Term("total", total.value), Term("earlier total", earlier.value, decided=True), *added
            )
            found.take_in(earlier)
            return


def _sums_up_two_batches(total: Mention, known: list[Mention], found: Statements) -> bool:
    """'31 on the 24th, 47 on the 29th. Until mid-February we had 58, now there are 136': 58 + 31 + 47 = 136."""
    before = [m for m in known if m.sentence <= total.sentence and m.value >= _FEWEST and m is not total]
    for terms in combinations({m.value: m for m in before}.values(), 3):
        if sum(m.value for m in terms) != total.value or not _near_each_other((*terms, total), found):
            continue
        if len({m.sentence for m in terms}) < len(terms):
            continue  # subtotals and their total stand together
        total.scope = total.group = None
        total.subject = True
        added = (Term("total", m.value) for m in terms)
        total.decided = reading(Term("total", total.value, decided=True), *added)
        found.take_in(total)
        return True
    return False


def _may_be_a_total(mention: Mention, found: Statements) -> bool:
    """Whether a number without an observer beside it may count them: not in a sentence on candidates or stations."""
    if mention.number.approx is not None or (mention.of_them and not mention.subject):
        return False
    if mention.group is not None and mention.group.ids:
        return False
    if mention.noun == "other" and mention.value < _LEAST:
        return False  # '15 minutes on television and 10 minutes on radio'
    sentence = found.scan.sentences[mention.sentence]
    if not (found.topical[mention.sentence] or mention.subject) or is_contest(sentence):
        return False
    return "observer" in sentence.classes or sentence.classes.isdisjoint(_OTHERS)


def _is_withdrawn(mention: Mention, found: Statements) -> bool:
    sentence = found.scan.sentences[mention.sentence]
    cue = status_cue(mention, sentence) if "withdrawn" in sentence.classes else None
    return cue is not None and cue[0] is Status.WITHDRAWN


def _sums(
    known: list[Mention], spare: list[Mention], withdrawn: set[int], found: Statements
) -> Iterator[tuple[Mention, Mention, Mention, int]]:
    """(earlier total, batch, new total, how many were withdrawn) of which at least one is known and one is not."""
    every = {m.value: m for m in [*spare, *known]}
    values = sorted(every)
    for less in (0, *sorted(withdrawn)):
        for total in values:
            for batch in values:
                earlier = total - batch + less
                if total < _LEAST or batch < _FEWEST or earlier < _FEWEST or earlier not in every:
                    continue
                if earlier in {batch, total} or batch in withdrawn or earlier in withdrawn:
                    continue
                if _are_shares(every[earlier], every[batch], known) or _in_turn(
                    every[batch], every[earlier], known, found
                ):
                    continue
                yield every[earlier], every[batch], every[total], less


def _are_shares(first: Mention, second: Mention, known: list[Mention]) -> bool:
    """'793 are accredited. From organizations come 669, from states 124': told together, they are its subtotals."""
    if first in known or second in known:
        return False
    return first.sentence == second.sentence or min(first.value, second.value) < _FEWEST_UNKNOWN


def _in_turn(batch: Mention, earlier: Mention, known: list[Mention], found: Statements) -> bool:
    """Whether it is rather the other way round: what is known is the batch, unless its words say that it counts so far.

    'On May 30 it accredited 719. Until then there had been 248', but '127 are on the list, and another 30 wait'. One
    that is called new is the batch.
    """
    if (said := _is_new(earlier, found)) is not _is_new(batch, found):
        return said
    if (batch in known) is not (earlier in known):
        first = batch if batch in known else earlier
        return _counts_so_far(first, found) is (first is batch)
    told = [_counts_so_far(m, found) for m in (batch, earlier)]
    return told[0] if told[0] is not told[1] else batch.value > earlier.value


def _is_new(mention: Mention, found: Statements) -> bool:
    """'63 had been accredited ... there are 107. The 44 new ones': its own words say which of the two is the batch."""
    phrase = found.scan.sentences[mention.sentence].chunks[max(0, mention.start - 1) : mention.last]
    return mention.more or any(c.classes & {"new_word", "just_added", "the_new"} for c in phrase)


def _counts_so_far(mention: Mention, found: Statements) -> bool:
    cue = basis_cue(mention, found.scan.sentences[mention.sentence])
    return cue is not None and cue[1] and cue[0] is Basis.CUMULATIVE


def _near_each_other(terms: tuple[Mention, ...], found: Statements) -> bool:
    blocks = [found.scan.sentences[m.sentence].paragraph for m in terms]
    body = [b for b in blocks if b >= 0]
    return not body or max(body) - min(body) <= _REACH


def _tell(earlier: Mention, batch: Mention, total: Mention, fresh: list[Mention], less: int) -> None:
    """Mark the new ones for what they are: running totals, or a batch."""
    unsaid = frozenset(m.value for m in fresh)
    check = earlier_and_batch(total.value, earlier.value, batch.value, unsaid=unsaid, withdrawn=less)
    for mention in fresh:
        mention.scope = mention.group = None
        mention.decided = check
        mention.subject = mention is not batch
        mention.more = mention is batch
