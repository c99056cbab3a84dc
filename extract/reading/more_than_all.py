"""Numbers that words give to the sender named last, though they exceed all observers there are: they count all."""

from __future__ import annotations

from extract.model import Status
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.statements import Statements

_OTHERS = frozenset({"association", "journalist"})
_SEVERAL = 2
"""Senders with numbers of their own, from which on a text is not about one mission alone."""


def more_than_all(found: Statements) -> None:
    """'138 were accredited, 35 of them of ODIHR. Together with those before, they are 386': no longer ODIHR's."""
    if found.topic is not None:
        return
    exact = [m for m in found.mentions if m.noun not in _OTHERS and m.number.approx is None]
    totals = [m.value for m in exact if level(m.scope) == 0]
    of_senders = [m for m in exact if ":" in (m.scope or "")]
    if not totals or len({m.scope for m in of_senders if _is_named_at(m)}) < _SEVERAL:
        return
    for mention in of_senders:
        whole = mention.subject or mention.told_status is Status.ACCREDITED
        whole = whole and not (_is_named_at(mention) or mention.each or mention.of_them)
        if whole and mention.value > max(totals):
            mention.scope = mention.group = None


def _is_named_at(mention: Mention) -> bool:
    """Whether the sender's own name stands at a number, and no word that goes back to it."""
    group = mention.group
    return group is not None and bool(group.ids) and not group.anaphoric
