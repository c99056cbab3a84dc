"""From accepted mentions to figures: status and basis of each, one figure for what is said twice."""

from __future__ import annotations

from collections.abc import Iterable

from extract.model import Approx, Basis, Status
from extract.reading.cues import basis_cue, status_cue
from extract.reading.mentions import Mention
from extract.reading.parts import attach, level, wider
from extract.reading.references import carry_back, grant_all, read_introductions
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements

_LIST_REACH = 4
"""Sentences between a decision and the list that it speaks of."""
_PRESENCE = frozenset({"present", "announced", "invited"})
_ROUNDING = 50
"""'Over 200' may stand for 247."""
_LEAST_EARLIER = 10
"""Smaller numbers turn up by chance."""
_LEAST_TOLD = 3
_RANK = {Status.ACCREDITED: 0, Status.WITHDRAWN: 1, Status.PROPOSED: 2, Status.ANNOUNCED: 3}


def resolve(found: Statements) -> list[Mention]:
    """The mentions that become figures, each with scope, status and basis."""
    sentences = found.scan.sentences
    mentions = found.mentions
    weak: dict[int, Status] = {}
    for n, mention in enumerate(mentions):
        _first_look(mention, sentences, weak)
        if n:
            _more_beside(mention, mentions[n - 1])
        if n and mention.status is None:
            _like_sibling(mention, mentions[n - 1])
    read_introductions(mentions, found.scan)
    grant_all(mentions, sentences)
    carry_back(mentions, sentences)
    _out_of(mentions, sentences)
    _definite(mentions, sentences)
    _said_again(mentions)
    _rest_by_states(mentions)
    attach(mentions, sentences)
    _spread_status(mentions, weak, found)
    _one_people(mentions)
    _approximations(mentions)
    _earlier_state(found)
    _sums_with_media(mentions, found)
    _spread_basis(mentions, found)
    _subtotal_or_total(mentions)
    return _distinct(mentions)


def _first_look(mention: Mention, sentences: list[Sentence], weak: dict[int, Status]) -> None:
    sentence = sentences[mention.sentence]
    cue = status_cue(mention, sentence)
    if cue is not None:
        status, strong = cue
        if strong:
            mention.status = status
        weak[id(mention)] = status
    clause = sentence.chunks[slice(*mention.clause)]
    if mention.status is None and mention.noun != "journalist" and any("adding" in c.classes for c in clause):
        mention.status = Status.ACCREDITED
    if mention.status is None and "accredit_root" in sentence.classes and any("elliptic" in c.classes for c in clause):
        mention.status = Status.ACCREDITED
    basis = basis_cue(mention, sentence)
    if basis is not None and (basis[1] or level(mention.scope) > 0):
        mention.basis = basis[0]


def _more_beside(mention: Mention, before: Mention) -> None:
    """'139 observers from organizations and 8 more from states': the second adds to the first, not to what was."""
    if mention.more and before.sentence == mention.sentence and level(before.scope) == level(mention.scope) == 1:
        mention.beside = before


def _like_sibling(mention: Mention, before: Mention) -> None:
    """'applications for 12 observers of X and for 11 from Y': the second goes on from the first."""
    beside = before.sentence == mention.sentence and before.clause == mention.clause
    if (
        beside
        and not wider(before.scope, mention.scope)
        and before.noun != "journalist"
        and mention.noun != "journalist"
        and not (mention.subject and before.status is Status.WITHDRAWN)
    ):
        mention.status = before.status
        if mention.basis is None and before.status is Status.PROPOSED:
            mention.basis = before.basis


def _out_of(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'23 out of 100 CIS observers have been accredited': the hundred are planned, the 23 are theirs."""
    for part, whole in zip(mentions, mentions[1:], strict=False):
        if part.sentence != whole.sentence or part.of_value != whole.value or part.group is not None:
            continue
        between = sentences[part.sentence].chunks[part.last : whole.at]
        if not any("subset" in c.classes for c in between):
            continue
        part.scope, part.status = whole.scope, part.status or whole.status
        if not any(
            m.value == whole.value and m.status is Status.ACCREDITED and m.sentence != whole.sentence for m in mentions
        ):
            whole.status = Status.ANNOUNCED
        part.of_value = None
        part.subset = False


def _said_again(mentions: list[Mention]) -> None:
    """'54 observers of ODIHR ... 38 of the 54 people': the whole named again is that of its sender."""
    for n, part in enumerate(mentions):
        whole = mentions[n - 1] if n else None
        if whole is None or part.of_value != whole.value or part.sentence != whole.sentence or whole.scope is not None:
            continue
        same = [m for m in mentions[: n - 1] if m.value == whole.value and not m.dropped]
        if same and level(same[-1].scope) == 2 and whole.sentence - same[-1].sentence <= _LIST_REACH:
            whole.scope, whole.group, whole.dropped = same[-1].scope, same[-1].group, True
            part.scope = part.scope or same[-1].scope


def _rest_by_states(mentions: list[Mention]) -> None:
    """'Of the remaining six, four are from Turkey and two from Ukraine': the six are those of states."""
    for whole in mentions:
        parts = [m for m in mentions if m.of_value == whole.value and m.sentence == whole.sentence and m is not whole]
        states = all((m.scope or "").startswith("country:") for m in parts)
        if whole.rest and whole.scope is None and states and sum(m.value for m in parts) == whole.value:
            whole.scope = "countries"
            for part in parts:
                part.of_value, part.whole = None, whole


def _definite(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'The four belong to ODIHR': the four of before, now with their sender."""
    for n, mention in enumerate(mentions):
        before = sentences[mention.sentence].chunks[mention.at - 1] if mention.at else None
        if (
            before is None
            or "definite" not in before.classes
            or mention.noun == "journalist"
            or mention.of_value is not None
        ):
            continue
        same = [
            m for m in mentions[:n] if m.value == mention.value and mention.sentence - m.sentence <= 4 and not m.dropped
        ]
        if not same:
            continue
        if mention.status in {Status.ACCREDITED, Status.WITHDRAWN} and same[-1].status in {None, Status.ANNOUNCED}:
            same[-1].status = mention.status
        if len(mention.group.ids if mention.group else ()) == 1 and level(mention.scope) == 2:
            same[-1].scope = mention.scope
            same[-1].group = mention.group
        if (
            (mention.scope or "total") == (same[-1].scope or "total")
            or level(mention.scope) == 1
            or mention.group is None
        ):
            mention.dropped = same[-1] is not mention


def _spread_status(mentions: list[Mention], weak: dict[int, Status], found: Statements) -> None:
    """Parts take the status of their whole, a figure without a cue that of the same figure elsewhere."""
    _lift_wholes(mentions)
    for mention in sorted(mentions, key=lambda m: level(m.scope)):
        whole = mention.whole
        if whole is not None and whole.status is not None and _takes_over(mention, whole):
            mention.status = whole.status
        if mention.status is None:
            known = _told_next(mention, found) or _same_elsewhere(mention, mentions) or weak.get(id(mention))
            mention.status = known or _carried(mention, found)


def _lift_wholes(mentions: list[Mention]) -> None:
    """'Eleven observers have come': accredited, where the parts that they sum up from are."""
    for whole in mentions:
        parts = [m for m in mentions if m.whole is whole and m.by_sum]
        if whole.status in {None, Status.ANNOUNCED} and any(m.status is Status.ACCREDITED for m in parts) and all(
            m.status in {None, Status.ACCREDITED} for m in parts
        ):
            whole.status = Status.ACCREDITED


def _takes_over(part: Mention, whole: Mention) -> bool:
    if part.by_sum and part.status is not Status.WITHDRAWN:
        return True
    return part.status in {None, Status.PROPOSED, whole.status}


def _same_elsewhere(mention: Mention, mentions: list[Mention]) -> Status | None:
    same = [
        m.status
        for m in mentions
        if m is not mention and m.status and (m.scope, m.value) == (mention.scope, mention.value)
    ]
    return min(same, key=lambda s: _RANK[s]) if same else None


def _carried(mention: Mention, found: Statements) -> Status:
    """Without any word of its own, a running total goes on from the figure before it; else nothing is said but presence."""
    if mention.noun == "journalist":
        told = any(s.classes & {"accredited", "accreditation", "accredit_root"} for s in found.scan.sentences)
        return Status.ACCREDITED if told else Status.ANNOUNCED
    following = found.scan.sentences[mention.sentence + 1 : mention.sentence + 2]
    earlier = [
        m
        for m in found.mentions
        if m.sentence <= mention.sentence and m is not mention and m.status not in {None, Status.WITHDRAWN}
    ]
    if (mention.subject or mention.basis is Basis.CUMULATIVE) and earlier and mention.scope in {None, "total"}:
        return earlier[-1].status or Status.ANNOUNCED
    said_before = _sentence_before(mention, found)
    if said_before is not None:
        return said_before
    if mention.scope == "domestic":
        return Status.ANNOUNCED
    own = found.scan.sentences[mention.sentence]
    if "proposed_by" in own.classes and not own.classes & {"accredited", "accreditation"} and _has_proposals(found):
        return Status.PROPOSED
    closed = any({"over", "accreditation"} <= s.classes for s in (own, *following))
    if closed and not own.classes & _PRESENCE:
        return Status.ACCREDITED
    if level(mention.scope) == 0 and any(
        "over" in s.classes and s.classes & {"accreditation", "accrediting"} for s in found.scan.sentences[:4]
    ):
        return Status.ACCREDITED
    if own.classes & _PRESENCE and not own.classes & {"accredit_root"}:
        return Status.ANNOUNCED
    opening = [s for s in found.scan.sentences if s.paragraph <= 1]
    told = any(s.classes & {"accredited", "accreditation", "accrediting"} and s.classes & {"observer", "person"} for s in opening)
    return Status.ACCREDITED if told else Status.ANNOUNCED


def _told_next(mention: Mention, found: Statements) -> Status | None:
    """What the next sentence says of the people just counted."""
    following = found.scan.sentences[mention.sentence + 1 : mention.sentence + 2]
    if mention.noun == "journalist" or not following or not _says_of_them(following[0]):
        return None
    return Status.ACCREDITED


def _says_of_them(sentence: Sentence) -> bool:
    """'That is how many have been accredited', 'This is the number of accredited people alone.'"""
    opening = [c for c in sentence.chunks if c.is_word][:4]
    if "that_many" in sentence.classes:
        return "accredited" in sentence.classes
    if not opening or any(c.number is not None for c in sentence.chunks):
        return False
    if "they" in opening[0].classes and "accredited" in sentence.classes:
        return True
    return bool(opening[0].classes & {"the_one", "all"}) and any("accredited" in c.classes for c in opening)


def _has_proposals(found: Statements) -> bool:
    """Whether a total of the text is merely proposed: then its parts 'proposed by' somebody are too."""
    return any(m.status is Status.PROPOSED and level(m.scope) == 0 for m in found.mentions)


def _sentence_before(mention: Mention, found: Statements) -> Status | None:
    """'The commission registered its first observers. There are 45 of them.'"""
    if not mention.sentence or mention.noun == "journalist":
        return None
    sentence, before = (found.scan.sentences[mention.sentence - i] for i in (0, 1))
    if "the_list" in sentence.classes and level(mention.scope) < 2:
        return _decided(mention, found)
    if "passed_it" in sentence.classes and "accreditation" in before.classes:
        return Status.ACCREDITED
    refers = mention.of_them or "they" in sentence.classes or (mention.subject and "represent" not in sentence.classes)
    if before.paragraph != sentence.paragraph or not refers:
        return None
    granted = {"accreditation", "light"} <= before.classes and "proposed" not in before.classes
    if "accredited" in before.classes or granted:
        return Status.ACCREDITED
    return Status.PROPOSED if "proposed" in before.classes else None


def _decided(mention: Mention, found: Statements) -> Status | None:
    """'The list has seven names': what the sentences before told of those listed."""
    before = found.scan.sentences[max(0, mention.sentence - _LIST_REACH) : mention.sentence]
    if any("accredited" in s.classes for s in before):
        return Status.ACCREDITED
    return Status.PROPOSED if any("proposed" in s.classes for s in before) else None


def _one_people(mentions: list[Mention]) -> None:
    """People that the text both nominates and accredits are accredited: the same number of the same, or of a part."""
    accredited = [m for m in mentions if m.status is Status.ACCREDITED and m.noun != "journalist"]
    for mention in mentions:
        if mention.status not in {Status.PROPOSED, Status.ANNOUNCED} or mention.noun == "journalist":
            continue
        same = [m for m in accredited if m.value == mention.value and _same_people(m, mention)]
        if same:
            mention.status = Status.ACCREDITED
            mention.basis = mention.basis if same[0].basis is None else same[0].basis
            _lift_parts(mention, mentions, {Status.ANNOUNCED, Status.PROPOSED})
    bodies = [m for m in accredited if m.noun == "association"]
    for mention in mentions:
        if mention.noun == "association" and mention.status is Status.ANNOUNCED and len(bodies) > 1:
            if mention.value == sum(m.value for m in bodies):
                mention.status = Status.ACCREDITED
    _media_shares(mentions)
    sums = [m for m in mentions if m.status is Status.ACCREDITED and level(m.scope) == 0]
    for total in sums:
        parts = [m for m in mentions if m.whole is total and level(m.scope) == 1]
        if sum(m.value for m in parts) == total.value:
            for part in parts:
                part.status = Status.ACCREDITED


def _media_shares(mentions: list[Mention]) -> None:
    """'348 journalists were accredited: 227 work here, 121 are to come'."""
    media = [m for m in mentions if m.noun == "journalist"]
    rest = [m for m in media if m.status is Status.ANNOUNCED]
    if len(rest) > 1 and any(m.status is Status.ACCREDITED and m.value == sum(r.value for r in rest) for m in media):
        for mention in rest:
            mention.status = Status.ACCREDITED


def _same_people(accredited: Mention, other: Mention) -> bool:
    if (accredited.scope or "total") == (other.scope or "total"):
        return other.value == accredited.value
    if other.status is Status.ANNOUNCED or other.value < 3:
        return False
    return level(accredited.scope) == 0 or level(other.scope) == 0


def _approximations(mentions: list[Mention]) -> None:
    """'Almost 400' beside an exact 398 of the same thing is the 398; what is said of the one holds for the other."""
    exact = [m for m in mentions if m.number.approx is None and not m.dropped]
    for mention in mentions:
        if mention.number.approx is None:
            continue
        for other in [*exact, *_closer(mention, mentions)]:
            if _same_senders(mention.scope, other.scope) and _consistent(mention, other.value):
                if other.status is Status.ANNOUNCED and mention.status is Status.ACCREDITED:
                    other.status = Status.ACCREDITED
                    _lift_parts(other, mentions, {Status.ANNOUNCED})
                if other.status is mention.status or mention.status is Status.ANNOUNCED:
                    mention.dropped = True
                    break


def _same_senders(rough: str | None, exact: str | None) -> bool:
    """Whether a rounded figure of the one is one of the other; 'the OSCE' rounds for its bodies."""
    rough, exact = rough or "total", exact or "total"
    if exact == "total" and rough in {"organizations", "countries"}:
        return True
    return rough == exact or rough == "organization:OSCE" and exact.startswith("organization:OSCE-")


def _closer(rough: Mention, mentions: list[Mention]) -> list[Mention]:
    """'more than 230' beside the title's 'more than 200'."""
    closer = [m for m in mentions if m.number.approx is rough.number.approx is Approx.OVER and not m.dropped]
    return [m for m in closer if m.value > rough.value]


def _sums_with_media(mentions: list[Mention], found: Statements) -> None:
    """What rounds or repeats a sum of observers and media is no figure either."""
    for mixed in found.mixed:
        for mention in mentions:
            rounded = mention.number.approx is not None and _consistent(mention, mixed.value)
            if mention.noun != "observer" and (rounded or mention.value == mixed.value):
                mention.dropped = True


def _earlier_state(found: Statements) -> None:
    """'up from 192', beside a total of 478 and a batch of 286: what is left is the total of before."""
    alive = [m for m in found.mentions if m.status is Status.ACCREDITED and level(m.scope) == 0 and not m.dropped]
    values = {m.value for m in alive if m.noun != "journalist"}
    wanted = {a - b for a in values for b in values if a > b and a - b not in values}
    for spare in found.spare:
        if spare.value < _LEAST_EARLIER or spare.value not in wanted or spare.number.approx is not None:
            continue
        if spare.noun == "other" and not _alone(spare, found):
            continue
        wanted.discard(spare.value)
        spare.scope, spare.status, spare.basis = None, Status.ACCREDITED, Basis.CUMULATIVE
        found.mentions.append(spare)
    found.mentions.sort(key=lambda m: (m.sentence, m.at))


def _alone(mention: Mention, found: Statements) -> bool:
    """A word that no table knows follows it ('192 a week earlier'), not a noun of something else."""
    chunks = found.scan.sentences[mention.sentence].chunks
    return not any("other" in c.classes for c in chunks[mention.at + 1 : mention.at + 2])


def _lift_parts(whole: Mention, mentions: list[Mention], lifted: set[Status]) -> None:
    for part in mentions:
        if part.whole is whole and part.status in lifted:
            part.status = Status.ACCREDITED
            _lift_parts(part, mentions, lifted)


def _consistent(rough: Mention, value: int) -> bool:
    if rough.number.approx is Approx.OVER:
        return rough.value <= value <= rough.value * 1.15 or rough.value <= value < rough.value + _ROUNDING
    if rough.number.approx is Approx.UNDER:
        return rough.value * 0.9 <= value <= rough.value
    return abs(value - rough.value) <= rough.value * 0.07


def _spread_basis(mentions: list[Mention], found: Statements) -> None:
    for mention in mentions:
        if mention.status is Status.ANNOUNCED:
            mention.basis = Basis.NEW if mention.more else Basis.CUMULATIVE
        elif mention.status is Status.WITHDRAWN and mention.basis is None:
            mention.basis = Basis.NEW
        elif mention.noun == "journalist":
            mention.basis = Basis.NEW if mention.more and mention.status is Status.PROPOSED else Basis.CUMULATIVE
        elif mention.status is Status.PROPOSED and any(_twin(mention, m) and m.more for m in mentions):
            mention.basis = Basis.NEW
    _basis_of_totals(mentions, found)
    for mention in sorted(mentions, key=lambda m: level(m.scope)):
        if (
            mention.whole is not None
            and mention.status is mention.whole.status
            and wider(mention.whole.scope, mention.scope)
            and not _batch_of_its_own(mention, mention.whole, found)
        ):
            mention.basis = mention.whole.basis
        elif mention.subset and mention.whole is not None:
            mention.basis = Basis.NEW if _granted_apart(mention, found) else mention.whole.basis
        elif mention.of_value is not None and mention.whole is not None and level(mention.scope) == 0:
            mention.basis = Basis.NEW
    for mention in mentions:
        if mention.beside is not None:
            mention.basis = mention.beside.basis or Basis.CUMULATIVE
    _default_basis(mentions, found)


def _granted_apart(part: Mention, found: Statements) -> bool:
    """'Most of them, 190, got their badges on Tuesday': a batch of that day out of all."""
    clause = found.scan.sentences[part.sentence].chunks[slice(*part.clause)]
    dated = any(c.day is not None and c.day.day is not None for c in clause[part.at - part.clause[0] :])
    return dated and level(part.scope) == 0 and part.status is Status.ACCREDITED


def _batch_of_its_own(part: Mention, whole: Mention, found: Statements) -> bool:
    """'At the meeting of February 23 seven from states' beside a running total told elsewhere."""
    chunks = found.scan.sentences[part.sentence].chunks
    dated = any(c.day is not None for c in chunks)
    told_apart = dated and part.sentence != whole.sentence and not part.by_sum and part.of_value is None
    if told_apart and level(part.scope) == 2 and whole.basis is Basis.CUMULATIVE and _of_a_recent_day(part, chunks):
        part.basis = Basis.NEW
        return True
    return told_apart and level(part.scope) == 1 and part.basis is Basis.NEW and whole.basis is Basis.CUMULATIVE


def _of_a_recent_day(part: Mention, chunks: list[Chunk]) -> bool:
    """'Yesterday one observer each from Korea and Thailand got badges', not 'as of today'."""
    first, last = part.clause
    recent = any(
        c.day is not None and c.day.relative and not (i and "as_of" in chunks[i - 1].classes)
        for i, c in enumerate(chunks[first:last], first)
    )
    return recent and any("accredited" in c.classes for c in chunks[first:last])


def _twin(mention: Mention, other: Mention) -> bool:
    """The same figure, said again."""
    same_scope = (mention.scope or "total") == (other.scope or "total")
    return same_scope and mention.value == other.value and mention.status is other.status


def _default_basis(mentions: list[Mention], found: Statements) -> None:
    """Proposals of the day, or beside accredited figures, are a new list; all else counts so far."""
    accredited = {m.noun == "association" for m in mentions if m.status is Status.ACCREDITED}
    for mention in mentions:
        chunks = found.scan.sentences[mention.sentence].chunks
        if mention.basis is None and mention.status is Status.PROPOSED:
            today = any(c.day is not None and c.day.relative for c in chunks) or _after_news(mention, found)
            mention.basis = Basis.NEW if today or (mention.noun == "association") in accredited else None
    for mention in mentions:
        if mention.basis is None and mention.whole is not None and mention.whole.status is mention.status:
            mention.basis = mention.whole.basis
    stated = {(m.scope or "total", m.value, m.status): m.basis for m in mentions if m.basis is not None}
    for mention in sorted(mentions, key=lambda m: level(m.scope)):
        if mention.basis is None:
            whole = mention.whole if mention.whole is not None and mention.whole.status is mention.status else None
            of_whole = whole.basis if whole is not None and whole.basis is not None else Basis.CUMULATIVE
            mention.basis = stated.get((mention.scope or "total", mention.value, mention.status), of_whole)


def _after_news(mention: Mention, found: Statements) -> bool:
    """'The ministry has sent further names. They are 59.'"""
    if not mention.sentence:
        return False
    before, own = (found.scan.sentences[mention.sentence - i] for i in (1, 0))
    return "new" in before.classes and before.paragraph == own.paragraph


def _basis_of_totals(mentions: list[Mention], found: Statements) -> None:
    """A total without a word of its basis is the running one, unless a larger one stands beside it."""
    alive = [m for m in mentions if not m.dropped and m.noun != "journalist"]
    totals = [m for m in alive if m.status is Status.ACCREDITED and level(m.scope) == 0]
    known: dict[int, Basis] = {}
    for total in totals:
        if total.basis is not None and known.get(total.value) is not Basis.NEW:
            known[total.value] = total.basis
    for total in totals:
        total.basis = known.get(total.value)
    largest = max((m.value for m in totals), default=0)
    running = [m for m in totals if m.basis is Basis.CUMULATIVE]
    for total in totals:
        if total.basis is None:
            beside = any(m.value != total.value for m in running) or total.value < largest
            total.basis = Basis.NEW if beside and total.value < largest else Basis.CUMULATIVE
    for total in totals:
        if total.of_value is not None and total.of_value > total.value:
            total.basis = Basis.NEW
    _earlier_totals(totals)
    _less_the_withdrawn(totals, [m.value for m in alive if m.status is Status.WITHDRAWN])
    if "first_group" in _all_classes(found) and not running:
        for mention in mentions:
            if mention.status is Status.ACCREDITED and level(mention.scope) < 2 and not mention.more:
                mention.basis = Basis.CUMULATIVE
    if "new_group" in _all_classes(found) and not running:
        for mention in mentions:
            if mention.status is Status.ACCREDITED and mention.whole is None and mention.noun != "journalist":
                mention.basis = Basis.NEW


def _earlier_totals(totals: list[Mention]) -> None:
    """What the running total was before the batch is a running total too: 175 where 175 + 103 = 278."""
    batches = {m.value for m in totals if m.basis is Basis.NEW}
    running = {m.value for m in totals if m.basis is Basis.CUMULATIVE}
    for total in totals:
        if total.basis is Basis.NEW and not total.more and any(total.value + b in running for b in batches - {total.value}):
            larger = [b for b in batches - {total.value} if total.value + b in running]
            if not any(m.value in larger and not m.more and m.sentence > total.sentence for m in totals):
                total.basis = Basis.CUMULATIVE


def _less_the_withdrawn(totals: list[Mention], withdrawn: list[int]) -> None:
    """What remains of a total after a withdrawal is a running total: 630 where 641 - 11 = 630."""
    largest = max((m.value for m in totals), default=0)
    for total in totals:
        if largest - total.value in withdrawn:
            total.basis = Basis.CUMULATIVE


def _all_classes(found: Statements) -> frozenset[str]:
    first = found.scan.sentences[:2]
    return frozenset().union(*(s.classes for s in first)) if first else frozenset()


def _subtotal_or_total(mentions: list[Mention]) -> None:
    """'N observers from M organizations' with no figure for states beside it counts all of them."""
    alive = [m for m in mentions if not m.dropped]
    for mention in alive:
        if mention.scope not in {"organizations", "countries"}:
            continue
        beside = [m for m in alive if m is not mention and m.status is mention.status and m.basis is mention.basis]
        if any(m.value == mention.value and level(m.scope) == 0 for m in beside):
            mention.dropped = True
        elif mention.scope == "organizations" and not any(
            m.scope == "countries" or level(m.scope) == 0 and m.value > mention.value for m in beside
        ):
            mention.scope = None


def _distinct(mentions: list[Mention]) -> list[Mention]:
    """One mention for each thing said, in the order of the text; the body's words before the title's."""
    kept: dict[tuple[str, int], list[Mention]] = {}
    for mention in mentions:
        if not mention.dropped and _counts_something(mention):
            kept.setdefault((mention.scope or "total", mention.value), []).append(mention)
    result: list[Mention] = []
    for (scope, value), same in kept.items():
        if scope == "organization:OSCE" and any(s.startswith("organization:OSCE-") and v == value for s, v in kept):
            continue
        result += _merge_same(same)
    order = {id(m): i for i, m in enumerate(mentions)}
    return _withdrawn_once(sorted(result, key=lambda m: order[id(m)]))


def _counts_something(mention: Mention) -> bool:
    """One or two observers of nobody, present somewhere, are people that are met, not a number that is told."""
    vague = mention.status is Status.ANNOUNCED and (mention.scope or "total") in {"total", "domestic"}
    return not (vague and mention.value < _LEAST_TOLD)


def _withdrawn_once(kept: list[Mention]) -> list[Mention]:
    """'Three badges taken back' and '3 observers of the CIS mission': the same people, best named by their sender."""
    named = {m.value for m in kept if m.status is Status.WITHDRAWN and level(m.scope) > 0}
    return [m for m in kept if m.status is not Status.WITHDRAWN or level(m.scope) > 0 or m.value not in named]


def _merge_same(same: list[Mention]) -> Iterable[Mention]:
    """Of mentions of one scope and value, one for each status and basis that is really another statement."""
    best: dict[Status, Mention] = {}
    for mention in same:
        status = mention.status or Status.ANNOUNCED
        other = best.get(status)
        if other is None or (other.sentence == 0 and mention.sentence > 0 and other.basis is mention.basis):
            best[status] = mention
        elif mention.basis is Basis.NEW and mention.more:
            other.basis = Basis.NEW
    if Status.ACCREDITED in best:
        best.pop(Status.ANNOUNCED, None)
        best.pop(Status.PROPOSED, None)
    return best.values()
