"""Which embassy staff are counted as observers."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.observing_diplomats import is_included
from extract.reading.statements import Statements, is_contest
from extract.reading.told_next import told_next

_TO_THEIR_BADGES = 3
"""Chunks between diplomats and the badges of observers that they got."""
_TO_THEIR_STATES = 3
"""Sentences between the diplomats and the states that sent them."""


def are_diplomats(mention: Mention, accepted: list[Mention], found: Statements) -> bool | None:
    """Whether diplomats are counted as observers; None where their sentence must tell."""
    if mention.scope == "diplomats" and _get_badges_of_observers(mention, found):
        return True
    if mention.scope == "diplomats" and told_next(mention, found) is not None:
        return True  # 'Наблюдать приедут 17 дипломатов. Все они получили аккредитацию'
    if mention.scope == "diplomats" and found.strictly[mention.sentence]:
        return True if is_included(mention, found.scan.sentences[mention.sentence].chunks) else None
    same = _like_the_states_before(mention, accepted) or _of_the_embassies_before(mention, found)
    if same or _complete_the_list(mention, found):
        return True
    return None if mention.scope == "diplomats" else False


def _get_badges_of_observers(mention: Mention, found: Statements) -> bool:
    """'15 елшіліктің 32 дипломатына байқаушы куәлігін берді': right behind them stands what they were given."""
    chunks = found.scan.sentences[mention.sentence].chunks
    behind = chunks[mention.last : mention.last + _TO_THEIR_BADGES]
    return any("observer" in c.classes for c in behind[:1]) and any("accredited" in c.classes for c in behind)


def _of_the_embassies_before(mention: Mention, found: Statements) -> bool:
    """'19 are diplomats. Елшіліктер ішінде Түркия төрт дипломатын шығарды': states whose diplomats were counted."""
    if not (mention.scope or "").startswith("country:"):
        return False
    near = (m for m in reversed(found.mentions) if mention.sentence - m.sentence <= _TO_THEIR_STATES)
    whole = next((m for m in near if m.scope == "diplomats"), None)
    return whole is not None and whole.value > mention.value


def _like_the_states_before(mention: Mention, accepted: list[Mention]) -> bool:
    """'six from the embassy of Britain, five from Germany, three diplomats from France': as those before it."""
    before = accepted[-1] if accepted else None
    if before is None or before.sentence != mention.sentence or before.clause != mention.clause:
        return False
    return all((m.scope or "").startswith("country:") for m in (before, mention))


def _complete_the_list(mention: Mention, found: Statements) -> bool:
    """'The list has 19 people of the CIS, five of the OIC. Four members of staff of embassies complete it.'"""
    before = found.mentions[-1] if found.mentions else None
    if (
        before is None
        or mention.sentence - before.sentence != 1
        or not (before.scope or "").startswith("organization:")
    ):
        return False
    own, last = found.scan.sentences[mention.sentence], found.scan.sentences[before.sentence]
    staff = any("embassy" in c.classes for c in own.chunks[mention.at : mention.last])
    if not staff or own.paragraph != last.paragraph or is_contest(own):
        return False
    mention.scope, mention.group = "diplomats", None
    return True


def of_the_diplomats(mention: Mention, found: Statements) -> bool:
    """'It is mostly diplomats who will observe. The commission has accredited 29 of them': of those just named."""
    before = found.scan.sentences[mention.sentence - 1] if mention.sentence else None
    own = found.scan.sentences[mention.sentence]
    if before is None or "diplomat" not in before.classes or before.counted or mention.group is not None:
        return False
    if not before.classes & {"observing", "observer"} or mention.rest or "accredited" not in own.classes:
        return False
    at = max(i for i, c in enumerate(before.chunks) if "diplomat" in c.classes)
    if any("observer" in c.classes for c in before.chunks[at + 1 :]):
        return False
    mention.scope, mention.noun = "diplomats", "diplomat"
    return True
