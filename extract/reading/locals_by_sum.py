"""The country's own observers whom only their senders tell: '2,318 registered: 1,702 of parties, 616 of groups'."""

from __future__ import annotations

from itertools import accumulate

from extract.model import Term
from extract.reading.decided import reading
from extract.reading.mentions import Mention
from extract.reading.statements import Statements

_SCOPE = "domestic"
_NEAR = 3
"""Sentences between a total and the last of the shares that make it."""
_FEWEST = 2
_FOREIGN = frozenset({"international", "countries"})
_OWN = frozenset({None, "total", "organizations", "countries", "domestic_organizations", _SCOPE})
_PEOPLE = frozenset({"observer", "person", "bare", "association"})
"""What the numbers count by their words: a share of associations may be read as their number."""


def locals_by_sum(found: Statements) -> None:
    """Give a total to the country's own observers where shares of parties and associations alone make it."""
    sentences = found.scan.sentences
    named = {i for i, sentence in enumerate(sentences) if "local_sender" in sentence.classes}
    if not named:
        return
    for whole in found.mentions[:]:
        near = range(whole.sentence, whole.sentence + _NEAR + 1)
        if named.isdisjoint(near) or whole.noun == "association" or not _may_be(whole):
            continue
        behind = (m for m in [*found.mentions, *found.refused] if m.sentence in near and m.position > whole.position)
        numbers = sorted(behind, key=lambda m: m.position)
        sums = accumulate(m.value for m in numbers)
        until = next((n for n, value in enumerate(sums, 1) if value == whole.value), 0)
        shares = numbers[:until]
        told_in = {m.sentence for m in (whole, *shares)}
        foreign = any(sentences[i].classes & _FOREIGN for i in told_in)
        if until >= _FEWEST and all(map(_may_be, shares)) and told_in & named and not foreign:
            _tell(whole, shares, found)


def _may_be(mention: Mention) -> bool:
    foreign = mention.group is not None and bool(mention.group.ids)
    return mention.noun in _PEOPLE and mention.scope in _OWN and not foreign


def _tell(whole: Mention, shares: list[Mention], found: Statements) -> None:
    untold = [m for m in (whole, *shares) if m.scope != _SCOPE or m not in found.mentions]
    terms = [Term(_SCOPE, m.value, decided=m in untold) for m in shares]
    made = reading(Term(_SCOPE, whole.value, decided=whole in untold), *terms)
    for mention in untold:
        mention.scope, mention.group, mention.decided = _SCOPE, None, made
        mention.noun = "observer" if mention.noun == "association" else mention.noun
        if mention not in found.mentions:
            found.take_in(mention)
    for share in shares:
        share.whole, share.by_sum = whole, True
