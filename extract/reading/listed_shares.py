"""Shares of local senders that a sentence lists without their noun."""

from __future__ import annotations

from extract.reading.decided import tell_part
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk
from extract.reading.statements import Statements

_SHARES_REACH = 4
"""Sentences between associations and the shares that sum up to them."""
_LOCALS_REACH = 2
"""Sentences between local observers and the parties and associations that put them out."""


def add_listed_shares(mentions: list[Mention], accepted: list[Mention], chunks: list[Chunk]) -> None:
    """'256 public organizations: 11 by the central commission and 245 by territorial ones': shares that sum up."""
    kept = {id(m) for m in accepted}
    left = [m for m in mentions if m.noun == "bare" and (id(m) not in kept or m.scope is None)]
    if len(left) < 2:
        return
    for whole in list(accepted):
        rest = [m for m in left if m.at > whole.at]
        if whole.noun != "association":
            rest = [m for m in rest if id(m) not in kept]
        colon = any(c.text in ":–-," for c in chunks[whole.last : rest[0].at]) if rest else False
        if len(rest) > 1 and colon and sum(m.value for m in rest) == whole.value:
            for mention in rest:
                mention.noun, mention.scope, mention.whole, mention.subset = whole.noun, whole.scope, whole, True
                mention.by_sum = True
                accepted.extend([mention] if id(mention) not in kept else [])
            for mention in rest:
                tell_part(mention, rest)
            left = [m for m in left if m.at <= whole.at]
    accepted.sort(key=lambda m: m.at)


def shares_of_locals(mentions: list[Mention], found: Statements) -> list[Mention]:
    """'1,240 local observers watch. 860 were put out by parties, the other 380 by associations': shares of theirs.

    Who puts them out tells that the whole counts local ones, where its own words do not.
    """
    whole = found.mentions[-1] if found.mentions else None
    if whole is None or not mentions or not 0 < mentions[0].sentence - whole.sentence <= _LOCALS_REACH:
        return []
    sentence = found.scan.sentences[mentions[0].sentence]
    if "local_sender" not in sentence.classes or sentence.classes & {"voting", "international"}:
        return []
    shares = [m for m in mentions if m.noun in {"bare", "person", "observer", "association"} and m.value < whole.value]
    if len(shares) < 2 or sum(m.value for m in shares) != whole.value or not _may_be_local(whole, shares, found):
        return []
    whole.scope, whole.noun = "domestic", "observer"
    for mention in shares:
        mention.noun, mention.scope, mention.group = "observer", "domestic", None
        mention.whole, mention.subset = whole, True
    return shares


def _may_be_local(whole: Mention, shares: list[Mention], found: Statements) -> bool:
    if whole.scope == "domestic":
        return True
    own = found.scan.sentences[whole.sentence].classes
    named = any(m.group is not None and m.group.ids for m in [whole, *shares])
    return whole.scope is None and whole.noun == "observer" and "international" not in own and not named


def add_shares_of_associations(mentions: list[Mention], accepted: list[Mention], found: Statements) -> None:
    """'214 associations are accredited. Twelve of them passed it at the centre, another 202 in the regions.'

    Those behind them are some of the last: '14 – в ЦИК, 187 – в областях, причём восемь – за последнюю неделю'.
    """
    whole = found.mentions[-1] if found.mentions else None
    shares = [m for m in mentions if m.noun in {"bare", "association"}]
    if whole is None or whole.noun != "association" or len(shares) < 2:
        return
    if not 0 < mentions[0].sentence - whole.sentence <= _SHARES_REACH:
        return
    made = next((n for n in range(2, len(shares) + 1) if sum(m.value for m in shares[:n]) == whole.value), 0)
    if not made or any(m.group is not None or m.value >= shares[made - 1].value for m in shares[made:]):
        return
    for mention in shares[:made]:
        mention.noun, mention.scope, mention.whole, mention.subset = whole.noun, whole.scope, whole, True
    for mention in shares[made:]:
        mention.noun, mention.scope, mention.more = whole.noun, whole.scope, True
        mention.whole, mention.subset = None, False
    accepted += [m for m in shares if m not in accepted]
    accepted.sort(key=lambda m: m.at)
