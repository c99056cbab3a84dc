"""From accepted mentions to figures: status and basis of each, one figure for what is said twice."""

from __future__ import annotations

from collections.abc import Iterable

from extract.model import Approx, Basis, Status
from extract.reading.cues import basis_cue, status_cue
from extract.reading.mentions import Mention
from extract.reading.parts import attach, level, wider
from extract.reading.scan import Sentence
from extract.reading.statements import Statements

_RANK = {Status.ACCREDITED: 0, Status.WITHDRAWN: 1, Status.PROPOSED: 2, Status.ANNOUNCED: 3}


def resolve(found: Statements) -> list[Mention]:
    """The mentions that become figures, each with scope, status and basis."""
    sentences = found.scan.sentences
    mentions = found.mentions
    weak: dict[int, Status] = {}
    for mention in mentions:
        _first_look(mention, sentences, weak)
    _references(mentions, sentences)
    attach(mentions, sentences)
    _spread_status(mentions, weak, found)
    _one_people(mentions)
    _approximations(mentions)
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
    basis = basis_cue(mention, sentence)
    if basis is not None:
        mention.basis = basis[0]


def _references(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'Out of 793 observers, 473 were ...': the first number is only referred to, the second is what is said."""
    for left, right in zip(mentions, mentions[1:], strict=False):
        chunks = sentences[left.sentence].chunks
        before = chunks[left.at - 1] if left.at else None
        if left.sentence != right.sentence or before is None or not before.classes & {"subset", "partitive"}:
            continue
        if left.at <= 3 and any(m.value == left.value for m in mentions if m.sentence < left.sentence):
            left.dropped = True
            for part in mentions:
                if part.sentence == left.sentence and part is not left and part.of_value is None:
                    part.of_value = left.value


def _spread_status(mentions: list[Mention], weak: dict[int, Status], found: Statements) -> None:
    """Parts take the status of their whole, a figure without a cue that of the same figure elsewhere."""
    for mention in sorted(mentions, key=lambda m: level(m.scope)):
        if mention.whole is not None and mention.whole.status is not None:
            takes = mention.status in {None, Status.PROPOSED, Status.ANNOUNCED} or mention.status is mention.whole.status
            if takes:
                mention.status = mention.whole.status
    for mention in mentions:
        if mention.status is None:
            mention.status = weak.get(id(mention)) or _same_elsewhere(mention, mentions) or _carried(mention, found)


def _same_elsewhere(mention: Mention, mentions: list[Mention]) -> Status | None:
    same = [m.status for m in mentions if m is not mention and m.status and (m.scope, m.value) == (mention.scope, mention.value)]
    return min(same, key=lambda s: _RANK[s]) if same else None


def _carried(mention: Mention, found: Statements) -> Status:
    """Without any word of its own, a running total goes on from the figure before it; else nothing is said but presence."""
    earlier = [m for m in found.mentions if m.sentence <= mention.sentence and m.at != mention.at and m.status is not None]
    if (mention.subject or mention.basis is Basis.CUMULATIVE) and earlier and mention.scope in {None, "total"}:
        return earlier[-1].status or Status.ANNOUNCED
    title_and_lead = found.scan.sentences[0].classes if found.scan.sentences else frozenset()
    if mention.noun != "journalist" and mention.scope in {None, "total"} and "accredited" in title_and_lead:
        return Status.ACCREDITED
    return Status.ANNOUNCED


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
            for part in mentions:
                if part.whole is mention and part.status is not Status.WITHDRAWN:
                    part.status = Status.ACCREDITED
    sums = [m for m in mentions if m.status is Status.ACCREDITED and level(m.scope) == 0]
    for total in sums:
        parts = [m for m in mentions if m.whole is total and level(m.scope) == 1]
        if sum(m.value for m in parts) == total.value:
            for part in parts:
                part.status = Status.ACCREDITED


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
        for other in exact:
            if (other.scope or "total") == (mention.scope or "total") and _consistent(mention, other.value):
                if other.status is Status.ANNOUNCED and mention.status is Status.ACCREDITED:
                    other.status = Status.ACCREDITED
                    _lift_parts(other, mentions)
                if other.status is mention.status or mention.status is Status.ANNOUNCED:
                    mention.dropped = True
                    break


def _lift_parts(whole: Mention, mentions: list[Mention]) -> None:
    for part in mentions:
        if part.whole is whole and part.status is Status.ANNOUNCED:
            part.status = Status.ACCREDITED
            _lift_parts(part, mentions)


def _consistent(rough: Mention, value: int) -> bool:
    if rough.number.approx is Approx.OVER:
        return rough.value <= value <= rough.value * 1.15
    if rough.number.approx is Approx.UNDER:
        return rough.value * 0.9 <= value <= rough.value
    return abs(value - rough.value) <= rough.value * 0.07


def _spread_basis(mentions: list[Mention], found: Statements) -> None:
    for mention in mentions:
        if mention.status is Status.ANNOUNCED:
            mention.basis = Basis.CUMULATIVE
        elif mention.status is Status.WITHDRAWN and mention.basis is None:
            mention.basis = Basis.NEW
    _basis_of_totals(mentions, found)
    for mention in sorted(mentions, key=lambda m: level(m.scope)):
        if mention.whole is not None and mention.status is mention.whole.status and wider(mention.whole.scope, mention.scope):
            mention.basis = mention.whole.basis
        elif mention.subset and mention.whole is not None:
            mention.basis = mention.whole.basis
        elif mention.of_value is not None and mention.whole is not None and level(mention.scope) == 0:
            mention.basis = Basis.NEW
    several = any(m.status is Status.ACCREDITED for m in mentions)
    for mention in mentions:
        if mention.basis is None:
            default = Basis.NEW if mention.status is Status.PROPOSED and several else Basis.CUMULATIVE
            mention.basis = default


def _basis_of_totals(mentions: list[Mention], found: Statements) -> None:
    """A total without a word of its basis is the running one, unless a larger one stands beside it."""
    totals = [m for m in mentions if m.status is Status.ACCREDITED and level(m.scope) == 0 and m.noun != "journalist"]
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
    if "new_group" in _all_classes(found) and not running:
        for mention in mentions:
            if mention.status is Status.ACCREDITED and mention.whole is None and mention.noun != "journalist":
                mention.basis = Basis.NEW


def _all_classes(found: Statements) -> frozenset[str]:
    first = found.scan.sentences[:2]
    return frozenset().union(*(s.classes for s in first)) if first else frozenset()


def _subtotal_or_total(mentions: list[Mention]) -> None:
    """'N observers from M organizations' with no figure for states beside it counts all of them."""
    alive = [m for m in mentions if not m.dropped]
    for mention in alive:
        if mention.scope not in {"organizations", "countries"}:
            continue
        beside = {
            m.scope or "total" for m in alive if m is not mention and m.status is mention.status and m.basis is mention.basis
        }
        if mention.scope == "organizations" and not beside & {"total", "countries"}:
            mention.scope = None


def _distinct(mentions: list[Mention]) -> list[Mention]:
    """One mention for each thing said, in the order of the text; the body's words before the title's."""
    kept: dict[tuple[str, int], list[Mention]] = {}
    for mention in mentions:
        if not mention.dropped:
            kept.setdefault((mention.scope or "total", mention.value), []).append(mention)
    result = []
    for same in kept.values():
        result += _merge_same(same)
    order = {id(m): i for i, m in enumerate(mentions)}
    return sorted(result, key=lambda m: order[id(m)])


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
