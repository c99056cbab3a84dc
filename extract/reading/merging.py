"""One figure for what is said twice."""

from __future__ import annotations

from collections.abc import Iterable

from extract.model import Basis, Status
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.scan import Sentence
from extract.reading.sums import counted

_LEAST_TOLD = 3


def subtotal_or_total(mentions: list[Mention]) -> None:
    """'N observers from M organizations' with no figure for states beside it counts all of them."""
    alive = [m for m in mentions if not m.dropped]
    for mention in alive:
        if mention.scope not in {"organizations", "countries"}:
            continue
        beside = [m for m in alive if m is not mention and m.status is mention.status and m.basis is mention.basis]
        if any(m.value == mention.value and level(m.scope) == 0 for m in beside):
            mention.dropped = True
        elif mention.scope == "organizations" and not any(
            m.scope == "countries" or (level(m.scope) == 0 and m.value > mention.value and not _is_full(m, alive))
            for m in beside
            if m is not mention
        ):
            mention.scope = None


def _is_full(total: Mention, mentions: list[Mention]) -> bool:
    """'26 of two organizations were let in; the next day 33: ten of the CIS, 23 of ODIHR': another batch's parts."""
    parts = [m for m in mentions if m.whole is total and level(m.scope) == 2]
    return bool(parts) and sum(counted(m) for m in parts) == total.value


def batch_or_subtotal(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'It accredited 63, all from organizations. Before, it had 43; now it has 106': what adds up is a batch, whole."""
    alive = [m for m in mentions if not m.dropped and m.status is Status.ACCREDITED and m.noun != "journalist"]
    totals = {m.value for m in alive if level(m.scope) == 0}
    if any(m.scope == "countries" for m in alive):
        return
    before = {m.value for m in alive if level(m.scope) != 1 and "before_now" in sentences[m.sentence].classes}
    for mention in alive:
        if mention.scope != "organizations":
            continue
        if any(mention.value + earlier in totals for earlier in before):
            mention.scope = None


def merge_repeats(mentions: list[Mention]) -> list[Mention]:
    """One mention for each thing said, in the order of the text; the body's words before the title's."""
    kept: dict[tuple[str, int], list[Mention]] = {}
    for mention in mentions:
        if not mention.dropped and _counts_something(mention):
            kept.setdefault((mention.scope or "total", mention.value), []).append(mention)
    result: list[Mention] = []
    of_its_bodies = {value for scope, value in kept if scope.startswith("organization:OSCE-")}
    for (scope, value), same in kept.items():
        if scope == "organization:OSCE" and value in of_its_bodies:
            continue
        result += _merge_same(same)
    order = {id(m): i for i, m in enumerate(mentions)}
    return _withdrawn_once(sorted(result, key=lambda m: order[id(m)]))


def _counts_something(mention: Mention) -> bool:
    """One or two observers of nobody, present somewhere, are people that are met, not a number that is told.

    Nor is 'екі азаматтың төлқұжаты', whatever they apply for.
    """
    vague = mention.status is Status.ANNOUNCED and (mention.scope or "total") in {"total", "domestic"}
    single = mention.status is Status.PROPOSED and mention.scope is None
    single = single and mention.value < (2 if mention.noun == "observer" or mention.subset else _LEAST_TOLD)
    return not single and not (vague and mention.value < _LEAST_TOLD)


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
            if other is not None and mention.told_basis is None and other.told_basis is mention.basis:
                mention.told_basis = other.told_basis  # in the title's words
        elif mention.basis is Basis.NEW and mention.more:
            other.basis = Basis.NEW
    if Status.PROPOSED in best:
        best.pop(Status.ANNOUNCED, None)
    if Status.ACCREDITED in best:
        best.pop(Status.ANNOUNCED, None)
        best.pop(Status.PROPOSED, None)
    return best.values()
