"""Figures that are spoken of again: 'the four', 'out of 100', 'the remaining 41'."""

from __future__ import annotations

import itertools

from extract.model import Status
from extract.reading.carried import LIST_REACH
from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.scan import Sentence
from extract.reading.sums import counted

_ALL_OF_THEM = 2
"""Sentences between the states' numbers and 'all 15'."""


def resolve_out_of(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'23 out of 100 CIS observers have been accredited': the hundred are planned, the 23 are theirs."""
    for part, whole in itertools.pairwise(mentions):
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


def resolve_said_again(mentions: list[Mention]) -> None:
    """'54 observers of ODIHR ... 38 of the 54 people': the whole named again is that of its sender.

    'Құрамдағы төрт адамның төртеуі де аккредиттелген': all of them are the same people once more.
    """
    for n, part in enumerate(mentions):
        whole = mentions[n - 1] if n else None
        if whole is None or part.of_value != whole.value or part.sentence != whole.sentence:
            continue
        if part.value == whole.value and part.group is None:
            whole.status, part.dropped = part.status or whole.status, True
            continue
        if whole.scope is not None:
            continue
        same = [m for m in mentions[: n - 1] if m.value == whole.value and not m.dropped]
        if same and level(same[-1].scope) == 2 and whole.sentence - same[-1].sentence <= LIST_REACH:
            whole.scope, whole.group, whole.dropped = same[-1].scope, same[-1].group, True
            part.scope = part.scope or same[-1].scope


def resolve_rest_by_states(mentions: list[Mention]) -> None:
    """'Of the remaining six, four are from Turkey and two from Ukraine': the six are those of states.

    So it is without a word of sharing: 'Қалған үшеуінің екеуін Өзбекстан, біреуін Тәжікстан жібереді'.
    """
    for whole in mentions:
        if not whole.rest or (whole.scope is not None and whole.group is not None):
            continue
        beside = [m for m in mentions if m.sentence == whole.sentence and m is not whole]
        parts = [m for m in beside if m.of_value == whole.value] or [m for m in beside if m.at > whole.at]
        states = all((m.scope or "").startswith("country:") for m in parts)
        if states and sum(counted(m) for m in parts) == whole.value:
            whole.scope, whole.whole, whole.subset = "countries", None, False
            for part in parts:
                part.of_value, part.whole = None, whole


def resolve_all(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'CSTO PA sends seven observers. All seven have been accredited': those of before, with their sender."""
    for n, mention in enumerate(mentions):
        if mention.scope is not None or mention.noun == "journalist" or not _all_of_these(mention, sentences):
            continue
        same = [m for m in mentions[:n] if m.value == mention.value and not m.dropped and m.noun != "journalist"]
        if not same and mention.status is not None and (parts := _summed_before(mention, mentions[:n])):
            mention.scope = "countries"
            for part in parts:
                part.status = mention.status
        if same and _of_one_sender(same[-1]):
            mention.scope = same[-1].scope
            mention.status = mention.status or same[-1].status
            same[-1].status = mention.status
            same[-1].told_status = same[-1].told_status or mention.told_status


def _summed_before(whole: Mention, before: list[Mention]) -> list[Mention]:
    """'Kyrgyzstan (5), Tajikistan (4) and Uzbekistan (6) are here. All 15 are accredited': the states' numbers."""
    near = [m for m in before if 0 < whole.sentence - m.sentence <= _ALL_OF_THEM and not m.dropped]
    parts = [m for m in near if (m.scope or "").startswith("country:")]
    return parts if len(parts) == len(near) and sum(counted(m) for m in parts) == whole.value else []


def _of_one_sender(mention: Mention) -> bool:
    if mention.group is None:
        return ":" in (mention.scope or "")
    return len(mention.group.ids) == 1 and not mention.each


def _all_of_these(mention: Mention, sentences: list[Sentence]) -> bool:
    """'all seven observers', 'жеті байқаушының бәрі': the word before the number, or the one behind its noun."""
    chunks = sentences[mention.sentence].chunks
    ahead, behind = chunks[max(0, mention.start - 1) : mention.start], chunks[mention.last : mention.last + 1]
    return any("all_of" in c.classes for c in ahead) or any("all" in c.classes for c in behind)


def resolve_definite(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """'The four belong to ODIHR': the four of before, now with their sender."""
    for n, mention in enumerate(mentions):
        before = sentences[mention.sentence].chunks[mention.at - 1] if mention.at else None
        if (
            before is None
            or "definite" not in before.classes
            or {"definite", "accredited"} <= before.classes  # 'approved the accreditation of 29'
            or mention.noun == "journalist"
            or mention.of_value is not None
        ):
            continue
        same = [
            m for m in mentions[:n] if m.value == mention.value and mention.sentence - m.sentence <= 4 and not m.dropped
        ]
        if not same or _of_another_sender(mention, same[-1]):
            continue
        if mention.status not in {None, Status.ANNOUNCED} and same[-1].status in {None, Status.ANNOUNCED}:
            same[-1].status = mention.status
        if len(mention.group.ids if mention.group else ()) == 1 and level(mention.scope) == 2:
            same[-1].scope = mention.scope
            same[-1].group = mention.group and mention.group.told_at(same[-1].at, same[-1].last)
        if (
            (mention.scope or "total") == (same[-1].scope or "total")
            or level(mention.scope) == 1
            or mention.group is None
        ):
            mention.dropped = same[-1] is not mention


def _of_another_sender(mention: Mention, before: Mention) -> bool:
    """'Bulgaria and Ukraine have two each. The two observers of Indonesia will not come': as many of another state."""
    own, theirs = (m.group.ids if m.group is not None else [] for m in (mention, before))
    kinds = {i.partition(":")[0] for i in [*own, *theirs]}
    return bool(own and theirs) and kinds == {"country"} and set(own).isdisjoint(theirs)
