"""Rough figures beside exact ones, and totals that only arithmetic shows."""

from __future__ import annotations

import itertools

from extract.model import Approx, Basis, Check, Status
from extract.reading.decided import earlier_and_batch
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.statements import Statements
from extract.reading.status import lift_parts

_ROUNDING = 50
"""'Over 200' may stand for 247."""


_THOUSAND = 1_000
"""'More than a thousand' may stand for 1,240."""


_BOTH_REACH = 2
"""Sentences between a batch and the totals before and after it."""
_LEAST_EARLIER = 10
"""Smaller numbers turn up by chance."""
_MOST = 40
"""Totals, and ends of accreditations, whose sums are looked at: an article has no more."""


def approximations(mentions: list[Mention]) -> None:
    """'Almost 400' beside an exact 398 of the same thing is the 398; what is said of the one holds for the other."""
    exact = [m for m in mentions if m.number.approx is None and not m.dropped]
    for mention in mentions:
        if mention.number.approx is None:
            continue
        for other in [*exact, *_closer(mention, mentions)]:
            if _same_senders(mention.scope, other.scope) and rounds(mention, other.value):
                if other.status is Status.ANNOUNCED and mention.status is Status.ACCREDITED:
                    other.status = Status.ACCREDITED
                    lift_parts(other, mentions, {Status.ANNOUNCED})
                if other.status is mention.status or mention.status is Status.ANNOUNCED:
                    mention.dropped = True
                    break


def _same_senders(rough: str | None, exact: str | None) -> bool:
    """Whether a rounded figure of the one is one of the other; 'the OSCE' rounds for its bodies."""
    rough, exact = rough or "total", exact or "total"
    if exact == "total" and rough in {"organizations", "countries"}:
        return True
    return rough == exact or (rough == "organization:OSCE" and exact.startswith("organization:OSCE-"))


def _closer(rough: Mention, mentions: list[Mention]) -> list[Mention]:
    """'more than 230' beside the title's 'more than 200'."""
    closer = [m for m in mentions if m.number.approx is rough.number.approx is Approx.OVER and not m.dropped]
    return [m for m in closer if m.value > rough.value]


_LEAST_OF_BOTH = 50
"""A smaller number may be the sum of others by chance."""


def sums_with_media(mentions: list[Mention], found: Statements) -> None:
    """What rounds or repeats a sum of observers and media is no figure either."""
    for mixed in found.mixed:
        for mention in mentions:
            if mention.noun != "observer" and (rounds(mention, mixed.value) or mention.value == mixed.value):
                mention.dropped = True


def whole_with_media(mentions: list[Mention]) -> None:
    """'Of the 856 foreigners accredited 641 are observers and 215 journalists': the sum of both is no figure."""
    press = [i for i, m in enumerate(mentions) if m.noun == "journalist"]
    if not press:
        return
    _listed_with_media(mentions)
    _drop_sums_of_both(mentions)
    for at in press:
        _summed_behind(mentions, at)
    media = [mentions[i] for i in press if mentions[i].of_value is not None]
    if not media:
        return
    for mention in mentions:
        if mention.noun != "person" or not any(j.of_value == mention.value for j in media):
            continue
        rest = {mention.value - j.value for j in media}
        if not any(m.value in rest and m.noun != "journalist" for m in mentions):
            continue
        mention.dropped = True
        for part in mentions:
            if part.of_value == mention.value:
                part.whole = part.of_value = None


def _drop_sums_of_both(mentions: list[Mention]) -> None:
    """'944 foreigners got permission ... 788 observers ... the other 156 are journalists', wherever they stand."""
    media = {m.value for m in mentions if m.noun == "journalist"}
    people = [m for m in mentions if m.noun != "journalist" and level(m.scope) == 0]
    observers = {m.value for m in people if not m.dropped}
    for whole in people:
        apart = whole.noun == "person" and whole.value >= _LEAST_OF_BOTH
        if apart and any(whole.value - press in observers for press in media):
            whole.dropped = True


def _summed_behind(mentions: list[Mention], at: int) -> None:
    """'641 observers are registered. Олармен бірге 253 журналист аккредиттелді, барлығы 894 адам': the sum of both."""
    press = mentions[at]
    observers = {m.value for m in mentions[:at] if m.noun in {"bare", "observer", "person"} and level(m.scope) == 0}
    for whole in mentions[at + 1 : at + 3]:
        beside = whole.noun in {"person", "bare"} and whole.sentence - press.sentence <= 1
        if beside and whole.value - press.value in observers:
            whole.dropped = True


def _listed_with_media(mentions: list[Mention]) -> None:
    """'907 badges: 641 - to observers, 266 - to journalists.'"""
    for journalists in [m for m in mentions if m.noun == "journalist"]:
        beside = [
            m for m in mentions if m.sentence == journalists.sentence and m.noun in {"person", "observer", "bare"}
        ]
        values = {m.value for m in beside if m.noun == "observer"}
        for whole in beside:
            if whole.noun != "observer" and whole.at < journalists.at and whole.value - journalists.value in values:
                whole.dropped = True
                for part in mentions:
                    part.whole = None if part.whole is whole else part.whole


def earlier_state(found: Statements) -> None:
    """'up from 192', beside a total of 478 and a batch of 286: what is left is the total of before.

    Beside two running totals, 'from 248 to 481', what is left is the batch.
    """
    alive = [m for m in found.mentions if m.status is Status.ACCREDITED and level(m.scope) == 0 and not m.dropped][
        :_MOST
    ]
    values = {m.value for m in alive if m.noun != "journalist"}
    running = {m.value for m in alive if m.basis is Basis.CUMULATIVE}
    withdrawn = {0, *[m.value for m in found.mentions if m.status is Status.WITHDRAWN][:_MOST]}
    _both_states(found, alive)
    _present_state(found, alive, withdrawn)
    wanted = {a - b + w for a in values for b in values for w in withdrawn if a > b and a - b + w not in values}
    batches = {a - b for a in running for b in running if a > b}
    for spare in found.spare:
        if spare.value < _LEAST_EARLIER or spare.value not in wanted or spare.number.approx is not None:
            continue
        if spare.noun == "other":
            continue
        if any(m.value == spare.value and m.status is Status.ACCREDITED and level(m.scope) < 2 for m in found.mentions):
            continue
        wanted.discard(spare.value)
        spare.scope, spare.status = None, Status.ACCREDITED
        spare.basis = Basis.NEW if spare.value in batches else Basis.CUMULATIVE
        spare.decided = _told_by(spare, values, withdrawn)
        found.mentions.append(spare)
    found.mentions.sort(key=lambda m: (m.sentence, m.at))


def _present_state(found: Statements, alive: list[Mention], withdrawn: set[int]) -> None:
    """'58 were added. A week ago there were 276, it is 334 now': the sum of the earlier total and the batch."""
    running = {m.value for m in alive if m.basis is Basis.CUMULATIVE and not m.more and m.noun != "journalist"}
    batches = {m.value for m in alive if m.basis is Basis.NEW or m.more} - running
    wanted = {(a + b - w): (a, b, w) for a in running for b in batches for w in withdrawn}
    for spare in found.spare:
        terms = wanted.get(spare.value)
        if terms is None or spare.noun == "other" or spare.value <= max(running | batches):
            continue
        total, less = spare.value, terms[2]
        spare.scope, spare.status, spare.basis = None, Status.ACCREDITED, Basis.CUMULATIVE
        spare.decided = earlier_and_batch(total, terms[0], terms[1], unsaid=frozenset({total}), withdrawn=less)
        found.mentions.append(spare)
        found.spare = [m for m in found.spare if m is not spare]
        found.mentions.sort(key=lambda m: (m.sentence, m.at))
        return


def _both_states(found: Statements, alive: list[Mention]) -> None:
    """'57 were accredited. In the morning it was 265, now 322': two spare numbers that the batch lies between."""
    for earlier, now in itertools.pairwise(found.spare):
        batch = next((m for m in alive if m.value == now.value - earlier.value >= _LEAST_EARLIER), None)
        if batch is None or earlier.sentence != now.sentence or abs(now.sentence - batch.sentence) > _BOTH_REACH:
            continue
        if earlier.noun != "bare" or now.noun != "bare":
            continue
        told = earlier_and_batch(now.value, earlier.value, batch.value, unsaid=frozenset({earlier.value, now.value}))
        for state in (earlier, now):
            state.scope, state.status, state.basis, state.decided = None, Status.ACCREDITED, Basis.CUMULATIVE, told
        batch.basis, batch.more = Basis.NEW, True
        found.mentions += [earlier, now]
        found.spare = [m for m in found.spare if m is not earlier and m is not now]
        found.mentions.sort(key=lambda m: (m.sentence, m.at))
        return


def _told_by(spare: Mention, values: set[int], withdrawn: set[int]) -> Check:
    """The sum of two known numbers, those withdrawn and the spare one."""
    sums = [(a, w) for a in values for w in withdrawn if a + w - spare.value in values]
    total, less = max(sums, key=lambda found: (-found[1], found[0]))
    other = total + less - spare.value
    terms = (spare.value, other) if spare.basis is Basis.CUMULATIVE else (other, spare.value)
    return earlier_and_batch(total, *terms, unsaid=frozenset({spare.value}), withdrawn=less)


def rounds(rough: Mention, value: int) -> bool:
    """Whether a rounded number may stand for an exact one."""
    if rough.number.approx is None:
        return False
    if rough.number.approx is Approx.OVER:
        if rough.value == value // _THOUSAND * _THOUSAND:
            return True
        return rough.value <= value <= rough.value * 1.15 or rough.value <= value < rough.value + _ROUNDING
    if rough.number.approx is Approx.UNDER:
        return rough.value * 0.9 <= value <= rough.value
    return abs(value - rough.value) <= rough.value * 0.07
