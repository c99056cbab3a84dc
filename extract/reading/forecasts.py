"""Rough figures that are larger than what there is: how many will have come in the end."""

from __future__ import annotations

from extract.model import Basis, Status
from extract.reading.levels import level
from extract.reading.mentions import Mention

_ROUND = 10
_BEYOND = 1.1
"""How many times the exact figure a rough one is at least that cannot stand for it."""


def forecasts(mentions: list[Mention]) -> None:
    """'497 are accredited. The commission thinks that more than 900 will be': no word of the future need be known.

    Rough figures of the same observers as an exact one, and so much larger that they cannot be accredited yet.
    """
    # 'Some 627 hold badges, up from 74': a figure that is not round is exact, whatever word stands before it.
    rough = [mention for mention in mentions if mention.number.approx is not None and mention.value % _ROUND == 0]
    if not rough:
        return
    exact: dict[str, int] = {}
    for mention in mentions:
        if _is_accredited(mention) and mention.number.approx is None and mention.status is Status.ACCREDITED:
            scope = mention.scope or "total"
            exact[scope] = max(exact.get(scope, 0), mention.value)
    for mention in rough:
        scope = mention.scope or "total"
        if scope not in exact or not _is_accredited(mention):
            continue
        if mention.value > exact[scope] * _BEYOND:
            mention.status = mention.told_status = Status.ANNOUNCED
            mention.basis, mention.whole, mention.weighed = Basis.CUMULATIVE, None, None


def _is_accredited(mention: Mention) -> bool:
    """Whether it may be taken for all of those accredited, or for all those of one sender."""
    if mention.noun == "journalist" or mention.dropped:
        return False
    alone = level(mention.scope) == 0 or ":" in (mention.scope or "")
    return alone and mention.status in {None, Status.ACCREDITED}
