"""Whose observers a number counts: its noun, its senders, the body that the sentence or the one before is about."""

from __future__ import annotations

from extract.reading.bodies import is_office_of, named_before
from extract.reading.diplomats import are_diplomats
from extract.reading.groups import Group
from extract.reading.local_senders import is_by_locals, is_of_locals, local_before
from extract.reading.mentions import Mention
from extract.reading.possession import has_possessor, is_flagged, owner_of, pronoun_sends
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import TOPIC, Statements

LOCALS_REACH = 3
_LONG_TERM = 9
"""Chunks between 'short-term team' and its number."""
SCOPES = {"journalist": "journalists", "association": "domestic_organizations"}


def mark_media_people(mention: Mention, chunks: list[Chunk]) -> None:
    """'Foreign media have 215 people at work', 'reporters hold 110 such badges'."""
    if mention.noun not in {"person", "bare"} or (mention.group is not None and mention.group.ids):
        return
    before = chunks[mention.clause[0] : mention.at]
    if mention.subject and _whose_number(before) == "journalist":
        mention.noun = "journalist"
        return
    at = max((i for i, c in enumerate(before) if "media" in c.classes), default=None)
    if at is None or any("observer" in c.classes or c.number is not None or c.text == "," for c in before[at:]):
        return
    if any(c.classes & {"have", "light"} for c in before[at:]) or at == len(before) - 1:
        mention.noun = "journalist"


def _whose_number(before: list[Chunk]) -> str | None:
    """'журналистер саны 215-ке жетті': the people named right before the word of counting."""
    counted = next((i for i in range(len(before) - 1, -1, -1) if "count_subject" in before[i].classes), 0)
    named = before[counted - 1].classes if counted else frozenset()
    return next((n for n in ("journalist", "observer") if n in named), None)


def subject_sends(mention: Mention, groups: list[Group], mentions: list[Mention], chunks: list[Chunk]) -> None:
    """'ODIHR intends to ask the 57 states for 400 monitors': the subject sends, whatever stands between."""
    if mention.noun not in {"observer", "person"} or (mention.group is not None and mention.group.ids):
        return
    before = [g for g in groups if g.last <= mention.at and g.first >= mention.clause[0] and g.ids]
    if (
        not before
        or not before[0].ids[0].startswith("organization:")
        or any(m.at < mention.at and m.noun != "other" for m in mentions)
    ):
        return
    subject = before[0]
    verbs = chunks[subject.last : min(subject.last + 3, mention.at)]
    if subject.first <= 3 and any(c.classes & {"have", "announced"} for c in verbs):
        mention.group = subject


def represent_them(mention: Mention, groups: list[Group], chunks: list[Chunk]) -> None:
    """'Speaking of states, 167 observers represent them': the senders just named."""
    after = chunks[mention.last : mention.last + 4]
    verb = next((i for i, c in enumerate(after) if "represent" in c.classes), None)
    if mention.group is not None or verb is None or not any("they" in c.classes for c in after[verb + 1 : verb + 2]):
        return
    before = [g for g in groups if g.last <= mention.at]
    mention.group = before[-1] if before else None


def each_of_those(mention: Mention, groups: list[Group], chunks: list[Chunk]) -> None:
    """'Lithuania, Poland and Türkiye send them: two from each state': each of the senders named before."""
    if mention.each and mention.noun == "other" and mention.group is not None and len(mention.group.ids) > 1:
        mention.noun = "bare"
    around = chunks[max(0, mention.start - 2) : mention.start]
    if not (mention.each or any("each" in c.classes for c in around)) or (mention.group and mention.group.ids):
        return
    named = [g for g in groups if g.last <= mention.start and len(g.ids) > 1]
    if named:
        mention.group, mention.each = named[-1], True
        mention.noun = "bare" if mention.noun == "other" else mention.noun


def mark_each(mention: Mention, chunks: list[Chunk]) -> None:
    """'Armenia and Russia each have two observers'."""
    if mention.group is not None and mention.group.last <= mention.at:
        mention.each = mention.each or any("each" in c.classes for c in chunks[mention.group.last : mention.at])
        several = len(mention.group.ids) > 1 and "from_case" in chunks[mention.last - 1].classes
        mention.each = mention.each or (several and mention.noun in {"observer", "person"})


def set_scope(mention: Mention, sentence: Sentence, sender: str | None) -> None:
    """Scope of a mention by its noun and its senders."""
    chunks = sentence.chunks
    if mention.noun in SCOPES:
        mention.scope = SCOPES[mention.noun]
        return
    phrase = chunks[mention.at : mention.last]
    if mention.noun == "observer" and (
        any("domestic" in c.classes for c in phrase) or is_of_locals(mention, chunks) or is_by_locals(mention, chunks)
    ):
        mention.scope = "domestic"
        return
    if mention.noun == "person" and sentence.classes & TOPIC and local_before(mention, chunks):
        mention.noun, mention.scope = "observer", "domestic"
        return
    if are_diplomats(mention, sentence):
        mention.scope = "diplomats"
        return
    _last_named(mention, chunks)
    if "flag" in sentence.classes and is_flagged(mention, chunks) and (mention.group is None or mention.group.generic):
        flag = named_before(chunks, mention.at) or sender
        if flag:
            mention.scope = flag
            return
    if is_subset(mention, chunks):
        mention.group = None
        return
    if mention.group is None and sender and pronoun_sends(mention, chunks):
        mention.scope = sender
        return
    if mention.group is not None:
        mention.scope = mention.group.ids[0] if mention.each and mention.group.ids else mention.group.scope
        return
    if has_possessor(mention, chunks) and (owner := owner_of(mention, chunks) or sender):
        mention.scope = owner


def is_ours(mention: Mention, sentence: Sentence, topic: str | None) -> str | None:
    """'We plan to bring about 400 people', said by the body that the title is about."""
    if mention.noun not in {"observer", "person"} or mention.group is not None:
        return None
    ours = mention.noun == "person" and {"we", "announced"} <= sentence.classes
    return topic if ours or "yours" in sentence.classes else None


def _both_terms(left: Mention, right: Mention, chunks: list[Chunk]) -> bool:
    """'for the long term 28, for the short term 400 observers'."""
    return all(any("long_short" in c.classes for c in chunks[max(0, m.start - 3) : m.start]) for m in (left, right))


def goes_on(mention: Mention, mentions: list[Mention], chunks: list[Chunk]) -> str | None:
    """'39 members of the mission have been accredited, another 20 are waiting': of the same body."""
    at = mentions.index(mention)
    before = mentions[at - 1] if at else None
    if before is None or mention.group is not None:
        return None
    if not _both_terms(before, mention, chunks) and (not mention.more or mention.noun not in {"person", "bare"}):
        return None
    scope = before.scope or ""
    return scope if at == 1 and scope.startswith("organization:") else None


def same_mission(mention: Mention, chunks: list[Chunk], accepted: list[Mention], topic: str | None) -> str | None:
    """'short-term monitors' after 'its mission has 40 long-term monitors': of the same body."""
    phrase = chunks[mention.at : mention.last]
    if mention.noun not in {"observer", "person"} or not any("long_short" in c.classes for c in phrase):
        return None
    if any("international" in c.classes for c in phrase):
        return None
    if not accepted:
        return topic
    if (named := named_before(chunks, mention.at)) is not None:
        return named
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


def of_the_topic(mention: Mention, sentence: Sentence, topic: str | None, sender: str | None) -> bool:
    """'Eleven observers will work in Astana' in a text about one body's mission, the body named last."""
    if topic is None or sender != topic or mention.group is not None:
        return False
    watches = mention.noun == "person" and "observing" in sentence.classes and not sentence.classes & {"voting"}
    if mention.noun != "observer" and not watches:
        return False
    phrase = sentence.chunks[max(0, mention.start - 1) : mention.last]
    return not any("international" in c.classes for c in phrase) and "accredit_root" not in sentence.classes


def _last_named(mention: Mention, chunks: list[Chunk]) -> None:
    """'the CIS, the OSCE's ODIHR, which has 421 people': the relative clause is the last body's."""
    group = mention.group
    if group is None or len(group.ids) < 2 or group.last > mention.at:
        return
    if any("relative" in c.classes for c in chunks[group.last : group.last + 2]):
        mention.group = Group(group.first, group.last, group.ids[-1:], {group.ids[-1].partition(":")[0] + "s"})


def is_subset(mention: Mention, chunks: list[Chunk]) -> bool:
    """'60 of the observers are members of parliament': described, not sent."""
    if not (mention.of_them or mention.of_value) or mention.rest or (mention.group is not None and mention.group.ids):
        return False
    after = chunks[mention.last : mention.last + 8]
    verb = next((i for i, c in enumerate(after) if "copula" in c.classes), None)
    return verb is not None and any(c.classes & {"person", "observer", "long_short"} for c in after[verb : verb + 4])
