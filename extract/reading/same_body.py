"""Whose a number is that goes on from those of one body: its others, its delegation, its long-term observers."""

from __future__ import annotations

from extract.reading.bodies import is_office_of, named_before
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk
from extract.reading.statements import Statements

_DELEGATION = 3
"""Sentences back to the state that has sent 'the delegation', and chunks from that word to its number."""
_WITHIN = frozenset({"delegation", "within_it", "flag"})
_OPENED = 5
"""Chunks of 'Делегация мүшелерінің барлығы –'."""
_LONG_TERM = 9
"""Chunks between 'short-term team' and its number."""
_OF_ALL_OBSERVERS = frozenset({"accredit_root", "accreditation", "international", "in_all", "cumulative", "commission"})
_ARRIVING = frozenset({"announced", "present", "future"})
_TO_ITS_DELEGATION = 2
"""Sentences between a delegation and how many people it has."""
_ARRIVE = 5
"""Chunks between people and the verb of their coming."""
_HAS = 4
"""Letters of the verb alone, as in 'has', not of 'has received'."""
BESIDE = 3
"""Chunks between 'observers' and the body whose they are."""


def _both_terms(left: Mention, right: Mention, chunks: list[Chunk]) -> bool:
    """'for the long term 28, for the short term 400 observers'."""
    return all(any("long_short" in c.classes for c in chunks[max(0, m.start - 3) : m.start]) for m in (left, right))


def _it_now_has(before: Mention, mention: Mention, chunks: list[Chunk]) -> bool:
    """'ODIHR had 33 observers and now has 78', 'the SCO, which had 12, has 20 in total': the verb goes on."""
    if mention.noun not in {"bare", "person", "observer"} or before.group is None or before.group.last > before.start:
        return False
    ahead = [c for c in chunks[before.last : mention.start] if not c.classes & {"adverb", "filler", "now"}]
    if len(ahead) < 2 or not {"have", "light"} <= ahead[-1].classes or len(ahead[-1].text) > _HAS:
        return False
    return ahead[-2].text == "," or "and" in ahead[-2].classes


def goes_on(mention: Mention, mentions: list[Mention], found: Statements) -> str | None:
    """'39 members of the mission have been accredited, another 20 are waiting': of the same body."""
    at, chunks = mentions.index(mention), found.scan.sentences[mention.sentence].chunks
    before = mentions[at - 1] if at else None
    if before is None or mention.group is not None:
        return None
    others = mention.more and mention.noun in {"person", "bare"}
    if not others and not _both_terms(before, mention, chunks) and not _it_now_has(before, mention, chunks):
        return None
    scope = before.scope or ""
    if before.of_them and not scope:
        scope = _whose(before, found)
    return scope if at == 1 and scope.startswith("organization:") else None


def others_of_it(mention: Mention, found: Statements) -> str | None:
    """'39 observers of the Assembly are accredited. Documents of another 22 are under consideration': its own, too."""
    before = found.mentions[-1] if found.mentions else None
    if before is None or not mention.more or mention.noun not in {"bare", "person"} or mention.group is not None:
        return None
    scopes = {m.scope for m in found.mentions}
    if mention.sentence - before.sentence != 1 or len(scopes) != 1 or found.groups[mention.sentence]:
        return None
    if "withdrawn" in found.scan.sentences[before.sentence].classes:
        return None  # 'ODIHR took two of its observers back. Another 52 were accredited': of all
    own = found.scan.sentences[mention.sentence]
    same = own.paragraph == found.scan.sentences[before.sentence].paragraph
    return before.scope if same and (before.scope or "").startswith("organization:") else None


def their_number_is(mention: Mention, mentions: list[Mention], found: Statements) -> str | None:
    """'ТМД-ның 25 байқаушысы келді, жақында олардың саны 400-ге жетеді': of the one body that was counted so far."""
    if not mention.subject or mention.group is not None or mention.noun not in {"bare", "person"}:
        return None
    own = found.scan.sentences[mention.sentence]
    if own.classes & {"international", "in_all", "accredit_root"}:
        return None
    if not any({"they", "count_subject"} <= c.classes for c in own.chunks[mention.clause[0] : mention.start]):
        return None
    known = [*found.mentions, *mentions[: mentions.index(mention)]]
    scopes = {m.scope for m in known}
    only = scopes.pop() if len(scopes) == 1 else None
    near = only is not None and mention.sentence - known[-1].sentence <= 1
    return only if near and (only or "").startswith("organization:") else None


def of_that_delegation(mention: Mention, found: Statements) -> str | None:
    """'A delegation of the commission of Azerbaijan has left. The three observers stay till Friday': its own.

    So are those of whom it is made up: 'Делегация бес адамнан құралған'.
    """
    chunks = found.scan.sentences[mention.sentence].chunks
    if mention.noun == "person" and "mission_itself" in chunks[0].classes and mention.at <= BESIDE:
        return _makes_up_a_delegation(mention, found)
    if mention.noun != "observer" or mention.group is not None or mention.at > 1 or not mention.sentence:
        return None
    before = found.scan.sentences[mention.sentence - 1]
    if "definite" not in chunks[0].classes or before.counted or not before.classes & {"delegation", "mission"}:
        return None
    ids = {i for g in found.groups[mention.sentence - 1] for i in g.ids}
    return ids.pop() if len(ids) == 1 else None


def _makes_up_a_delegation(mention: Mention, found: Statements) -> str | None:
    """The state whose delegation came two sentences ago at most, if that is all that was named since."""
    if mention.group is not None or "have" not in found.scan.sentences[mention.sentence].classes:
        return None
    reach = range(max(0, mention.sentence - _TO_ITS_DELEGATION), mention.sentence)
    if not any("delegation" in found.scan.sentences[i].classes for i in reach):
        return None
    ids = {i for s in reach for g in found.groups[s] for i in g.ids}
    return ids.pop() if len(ids) == 1 else None


def of_a_states_delegation(mention: Mention, found: Statements) -> str | None:
    """'Приехала делегация ЦИК Монголии. Делегацию составили пять человек': of the one state that has sent it.

    So are all its members: 'Делегация мүшелерінің барлығы – алты байқаушы', 'құрамдағы төрт адам', and those within
    it: 'Делегация Грузии приедет. В нее вошли шесть человек'.
    """
    own = found.scan.sentences[mention.sentence]
    if own.classes.isdisjoint(_WITHIN) or mention.group is not None or mention.noun not in {"observer", "person"}:
        return None
    opens = own.chunks[mention.clause[0] : mention.start][-_DELEGATION:]
    opened = mention.start <= _OPENED and bool(own.chunks[0].classes & {"delegation", "flag"})
    if not (opened or any(c.classes & _WITHIN for c in opens)) or found.groups[mention.sentence]:
        return None
    ids: set[str] = set()
    for index in range(max(0, mention.sentence - _DELEGATION), mention.sentence):
        before = found.scan.sentences[index]
        if own.paragraph - before.paragraph <= 1 and "delegation" in before.classes:
            ids.update(i for g in found.groups[index] for i in g.ids or ["?"])
    only = ids.pop() if len(ids) == 1 else ""
    return only if only.startswith("country:") else None


def to_come_from_it(mention: Mention, found: Statements) -> str | None:
    """'People of the CIS will come to the region, too. Fourteen are expected': of the one body that sends them."""
    if mention.noun not in {"observer", "person"} or mention.group is not None or mention.of_them or mention.subject:
        return None
    own = found.scan.sentences[mention.sentence]
    others = (c for i in own.counted if i != mention.at for c in own.chunks[i + 1 : i + 2])
    if own.classes & _OF_ALL_OBSERVERS or not mention.sentence or any("other" not in c.classes for c in others):
        return None
    beside = [*own.chunks[max(mention.clause[0], mention.start - _ARRIVE) : mention.start]]
    beside += own.chunks[mention.last : mention.last + _ARRIVE]
    before = found.scan.sentences[mention.sentence - 1]
    opens = mention.start <= 1 and own.paragraph - before.paragraph == 1 and "delegation" not in own.classes
    if not (opens or before.paragraph == own.paragraph) or before.counted:
        return None
    if not any(c.classes & _ARRIVING for c in beside):
        return None
    groups = found.groups[mention.sentence - 1]
    if not groups or len(groups[0].ids) != 1 or not groups[0].ids[0].startswith("organization:"):
        return None
    if any(g.ids != groups[0].ids for g in groups[1:]):  # but 'observers of the OTS landed, the organization reports'
        return None
    if any(g.ids != groups[0].ids for g in found.groups[mention.sentence]):
        return None
    near = before.chunks[max(0, groups[0].first - BESIDE) : groups[0].last + 2]
    told = before.classes & {"announced", "present", "said"} or any("observer" in c.classes for c in near)
    return groups[0].ids[0] if told else None


def _whose(share: Mention, found: Statements) -> str:
    """The sender of those that 'ten of them' are a share of."""
    whole = found.mentions[-1] if found.mentions else None
    return (whole.scope or "") if whole is not None and share.sentence - whole.sentence == 1 else ""


def same_mission(mention: Mention, chunks: list[Chunk], accepted: list[Mention], topic: str | None) -> str | None:
    """'short-term monitors' after 'its mission has 40 long-term monitors': of the same body."""
    phrase = chunks[mention.at : mention.last]
    if mention.noun not in {"observer", "person"} or not any("long_short" in c.classes for c in phrase):
        return None
    if any("international" in c.classes for c in phrase):
        return None
    if (named := named_before(chunks, mention.at)) is not None:
        return named
    if not accepted:
        return topic
    before = accepted[-1]
    scope = before.scope or ""
    return scope if scope.startswith("organization:") and mention.sentence - before.sentence <= 2 else topic


def long_term(mention: Mention, found: Statements, sender: str | None) -> str | None:
    """'36 people for long-term observation' after a sentence on one body's plans: only missions have such observers."""
    sentence = found.scan.sentences[mention.sentence]
    if sender is None or mention.group is not None or mention.noun not in {"observer", "person", "bare"}:
        return None
    first, last = mention.clause
    near = sentence.chunks[max(first, mention.at - _LONG_TERM) : min(last, mention.last + 2)]
    if not any("long_short" in c.classes for c in near) or any("international" in c.classes for c in near):
        return None
    reach = range(max(0, mention.sentence - 2), mention.sentence + 1)
    own = [i for i in reach if found.scan.sentences[i].paragraph == sentence.paragraph]
    named = [name for i in own for g in found.groups[i] for name in (g.ids or ["?"])]
    named = named or [name for i in reach for g in found.groups[i] for name in (g.ids or ["?"])]
    return sender if named and {name for name in named if not is_office_of(sender, name)} == {sender} else None
