"""How the people of one body are spread: 'most of the 54 stay in the capital', 'eight have gone to Almaty'."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.words.spans import NameKind

_TOWNS = 2
"""Sentences between a body's figure and the towns that its people go to."""
_TO_A_TOWN = 6
"""Chunks between a number and the town that so many go to."""


def is_share_of_a_body(mention: Mention, sentence: Sentence, known: list[Mention]) -> bool:
    """'Most of the 54 stay in the capital, and 12 are to go to Aktau', 'two stay here, the other four go there'."""
    before = known[-1] if known else None
    if before is None or not (before.scope or "").startswith("organization:") or before.value <= mention.value:
        return False
    if before.sentence not in {mention.sentence, mention.sentence - 1} or not sentence.classes & {"most", "rest"}:
        return False
    opens = mention.start == mention.clause[0] or "and" in sentence.chunks[mention.start - 1].classes
    behind = sentence.chunks[mention.last : mention.last + 2]
    if not opens or not any(c.classes & {"announced", "present", "verb", "copula"} for c in behind):
        return False
    mention.scope, mention.subset = before.scope, True
    return True


def is_sent_to_a_town(mention: Mention, sentence: Sentence, known: list[Mention]) -> bool:
    """'The Assembly has 38 observers here. Eight have gone to Almaty and six to Shymkent': shares of one body's."""
    before = next((m for m in reversed(known) if not m.subset), None)
    if before is None or not (before.scope or "").startswith("organization:") or before.value <= mention.value:
        return False
    if mention.sentence - before.sentence > _TOWNS or sentence.classes & {"voting", "contest"}:
        return False
    behind = sentence.chunks[mention.last : mention.last + _TO_A_TOWN]
    until = next((i for i, c in enumerate(behind) if c.number is not None or c.text in ",;:."), len(behind))
    if any(c.classes & {"embassy", "person", "observer"} for c in behind[:until]):
        return False
    if not any(c.name is not None and c.name.kind is NameKind.CITY for c in behind[:until]):
        return False
    mention.scope, mention.subset = before.scope, True
    return True


def is_spread(mention: Mention, sentence: Sentence, earlier: Mention | None, known: list[Mention]) -> bool:
    """'Five of them will be in Akmola Region, the other two go to polling stations of Turkistan', 'бесеуі облыста'.

    Shares of the people counted in the sentence before, whatever else it says of campaign, stations or voters.
    """
    whole = _counted_before(mention, known)
    if whole is None or mention.noun != "bare" or (mention.group is not None and mention.group.ids):
        return False
    if mention.scope == "diplomats":
        return False  # '63 of them are diplomats posted to Astana'
    if earlier is not None and earlier not in known:
        return False
    beside = known[-1].sentence == mention.sentence and known[-1] is not whole
    if not (mention.of_them or (beside and known[-1].subset) or _opens(mention, sentence)):
        return False
    where = _is_somewhere(sentence.chunks[mention.last : mention.clause[1]])
    left = whole.value - sum(m.value for m in known if m.subset and m.sentence == mention.sentence)
    if not where or mention.value > left:
        return False
    mention.scope, mention.subset = whole.scope, True
    return True


def _counted_before(mention: Mention, known: list[Mention]) -> Mention | None:
    """The one figure of the sentence before, or of this one, that the number may be a share of."""
    whole = next((m for m in reversed(known) if not m.subset), None)
    if whole is None or whole.noun not in {"observer", "person"} or whole.value <= mention.value:
        return None
    listed = whole.scope == "domestic" and known[-1].sentence == mention.sentence
    if mention.sentence - whole.sentence > (_TOWNS if listed else 1):
        return None
    sent = (whole.scope or "").startswith("organization:")
    return whole if sent or listed or mention.of_them else None


def _opens(mention: Mention, sentence: Sentence) -> bool:
    before = [c for c in sentence.chunks[mention.clause[0] : mention.start] if "filler" not in c.classes]
    return not before or before[-1].text == ":" or "of_them" in before[0].classes


def _is_somewhere(behind: list[Chunk]) -> bool:
    """Whether a town, a region, stations or 'stayed here' stand behind a number and before the next one."""
    until = next((i for i, c in enumerate(behind) if c.number is not None or c.text == ";"), len(behind))
    if any(c.classes & {"embassy", "person", "observer"} for c in behind[:until]):
        return False
    return any(
        c.classes & {"place", "stay"} or (c.name is not None and c.name.kind is NameKind.CITY) for c in behind[:until]
    )
