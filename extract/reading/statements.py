"""The numbers of an article that count observers, each with its scope; and what else its sentences say of senders."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.model import Where
from extract.reading.links import link
from extract.reading.mentions import Mention, find_mentions
from extract.reading.polls import foreign_or_earlier
from extract.reading.scan import Chunk, Scan, Sentence
from extract.reading.senders import Group, find_groups

_TOPIC = frozenset({"observer", "accredited", "accreditation", "observing"})
_SCOPES = {"journalist": "journalists", "association": "domestic_organizations"}


@dataclass(slots=True)
class Statements:
    """All sentences with their groups, and the accepted mentions in the order of the text."""

    scan: Scan
    groups: list[list[Group]] = field(default_factory=list)
    """Per sentence."""
    topical: list[bool] = field(default_factory=list)
    """Per sentence: it speaks of observers, by itself or carried over from the one before."""
    left_out: list[bool] = field(default_factory=list)
    """Per sentence: it speaks of another poll."""
    mentions: list[Mention] = field(default_factory=list)


def find_statements(scan: Scan) -> Statements:
    """Find the mentions of the whole article, give each its scope, and leave out what counts no observers."""
    found = Statements(scan)
    sender_first = "sender_first" in scan.words.grammar
    sender: str | None = None
    previous: list[Mention] = []
    for index, sentence in enumerate(scan.sentences):
        groups = find_groups(sentence, sender)
        mentions = find_mentions(sentence, index, groups)
        for mention in mentions:
            mention.subject = _is_subject(mention, sentence.chunks)
        link(mentions, groups, sentence.chunks, sender_first=sender_first)
        found.groups.append(groups)
        found.topical.append(_topical(found, index))
        found.left_out.append(foreign_or_earlier(scan, index))
        for mention in mentions:
            _place(mention, sentence, sender)
        if not found.left_out[index]:
            accepted = _accepted(mentions, found, index, previous)
            found.mentions += accepted
        if mentions:
            previous = mentions
        sender = next((i for g in reversed(groups) for i in reversed(g.ids) if i.startswith("organization:")), sender)
    return found


def _topical(found: Statements, index: int) -> bool:
    sentence = found.scan.sentences[index]
    if sentence.classes & _TOPIC:
        return True
    if sentence.classes & {"voting", "contest"} and not any(g.ids for g in found.groups[index]):
        return False
    before = found.scan.sentences[index - 1] if index else None
    return bool(before and found.topical[index - 1] and sentence.paragraph - before.paragraph <= 1 and before.where is Where.BODY)


def _is_subject(mention: Mention, chunks: list[Chunk]) -> bool:
    """'the number of observers has reached 62', 'the list closed at 786', 'observers in all: 18'."""
    at = mention.at - 1
    while at >= 0 and chunks[at].classes & {"filler", "adverb", "approx", "cumulative"} and "count_verb" not in chunks[at].classes:
        at -= 1
    if at < 0:
        return False
    first = mention.clause[0]
    before = chunks[first:at]
    if chunks[at].text == ":":
        return any("observer" in c.classes for c in before) and any("cumulative" in c.classes for c in chunks[first : mention.at])
    if not chunks[at].classes & {"count_verb"}:
        return False
    if "weak_verb" in chunks[at].classes:
        return any("count_subject" in c.classes for c in before)
    return any(c.classes & {"count_subject", "observer"} for c in before)


def _place(mention: Mention, sentence: Sentence, sender: str | None) -> None:
    """Scope of a mention by its noun and its senders."""
    chunks = sentence.chunks
    if mention.noun in _SCOPES:
        mention.scope = _SCOPES[mention.noun]
        return
    phrase = chunks[mention.at : mention.last]
    if mention.noun == "observer" and any("domestic" in c.classes for c in phrase):
        mention.scope = "domestic"
        return
    if _is_predicate(mention, chunks, "diplomat") or (mention.noun == "diplomat" and mention.of_them):
        mention.scope = "diplomats"
        return
    if mention.group is not None:
        mention.scope = mention.group.scope
        return
    if _its(mention, chunks) and sender:
        mention.scope = sender


def _is_predicate(mention: Mention, chunks: list[Chunk], noun: str) -> bool:
    """'41 of them are diplomats'."""
    if not mention.of_them:
        return False
    after = chunks[mention.last : mention.last + 6]
    return any(noun in c.classes for c in after) and not any(c.number is not None for c in after)


def _its(mention: Mention, chunks: list[Chunk]) -> bool:
    return any("its" in c.classes for c in chunks[mention.last : mention.last + 2])


def _accepted(mentions: list[Mention], found: Statements, index: int, previous: list[Mention]) -> list[Mention]:
    sentence = found.scan.sentences[index]
    accepted: list[Mention] = []
    for n, mention in enumerate(mentions):
        earlier = mentions[n - 1] if n else (previous[-1] if previous else None)
        if earlier is not None and earlier.noun == "bare" and not earlier.group and earlier not in found.mentions + accepted:
            earlier = None
        if _counts_observers(mention, sentence, found, index, earlier, accepted):
            accepted.append(mention)
    return accepted


def _counts_observers(
    mention: Mention, sentence: Sentence, found: Statements, index: int, earlier: Mention | None, accepted: list[Mention]
) -> bool:
    if mention.noun == "other" or mention.value == 0:
        return False
    if mention.noun in {"journalist", "association"}:
        return True
    refers = mention.of_them or mention.of_value is not None
    if refers and earlier is not None and earlier.noun == "other" and mention.group is None:
        mention.noun = "other"
        return False
    if mention.noun == "observer":
        return True
    if mention.noun == "diplomat" and mention.scope != "diplomats":
        return False
    topical = found.topical[index]
    contest = bool(sentence.classes & {"contest", "voting"}) and not sentence.classes & {"observer"}
    named = mention.group is not None and bool(mention.group.ids)
    if _is_candidate(mention, sentence) and mention.group is None and "observer" not in sentence.classes:
        return False
    if mention.subject:
        return topical and not contest
    if named:
        return topical or bool(accepted)
    if mention.group is not None:
        return topical and not contest
    if refers:
        mention.subset = True
        known = [m for m in [*found.mentions, *accepted] if m.scope != "journalists"]
        if mention.of_value is not None:
            return any(m.value == mention.of_value for m in known)
        return topical and bool(known) and not contest
    if mention.noun == "person":
        return topical and not contest and bool(sentence.classes & (_TOPIC | {"proposed", "withdrawn"}))
    return False


def _is_candidate(mention: Mention, sentence: Sentence) -> bool:
    """Candidates, requests, experts: counted as observers only where observers or their senders stand beside them."""
    return any("candidate" in c.classes for c in sentence.chunks[mention.at : mention.last])
