"""The numbers of an article that count observers, each with its scope; and what else its sentences say of senders."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extract.model import Approx, Where
from extract.reading.links import link, share_out
from extract.reading.mentions import Mention, find_mentions
from extract.reading.polls import foreign_or_earlier
from extract.reading.references import sender_of_all
from extract.reading.scan import Chunk, Scan, Sentence
from extract.reading.senders import Group, find_groups
from extract.spans import NameKind, NumberKind

_TOPIC = frozenset({"observer", "accredit_root", "observing"})
_STATE_WORDS = frozenset({"accredited", "accreditation", "proposed", "withdrawn"})
_LOCALS_REACH = 3
_SAME_BODY = 40
"""Chunks back to the body that a number without a sender of its own belongs to."""
_NEXT_CELL = 3
"""Chunks between a bracket and the number of the next cell."""
_MOST_OBSERVERS = 100_000
"""No body of observers is larger, local ones included; what is counts voters."""
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
    spare: list[Mention] = field(default_factory=list)
    """Numbers in sentences about observers that may or may not count some; arithmetic can tell."""
    mixed: list[Mention] = field(default_factory=list)
    """Sums of observers and media people: no figures, but known for what they are."""
    topic: str | None = None
    """The one body that the title is about, where it names one."""
    strictly: list[bool] = field(default_factory=list)
    """Per sentence: topical with no sentence of another topic in between."""


def find_statements(scan: Scan) -> Statements:
    """Find the mentions of the whole article, give each its scope, and leave out what counts no observers."""
    found = Statements(scan)
    sender_first = "sender_first" in scan.words.grammar
    sender: str | None = None
    previous: list[Mention] = []
    found.topic = _topic(scan)
    for index, sentence in enumerate(scan.sentences):
        _still_locals(found, index)
        groups = find_groups(sentence, sender)
        mentions = find_mentions(sentence, index, groups)
        _from_to(mentions, sentence.chunks)
        mentions = _referring(mentions, groups, sentence.chunks, {m.value for m in found.mentions})
        for mention in mentions:
            mention.subject = mention.subject or _is_subject(mention, sentence.chunks)
            _up_to(mention, sentence.chunks)
        link(mentions, groups, sentence.chunks, sender_first=sender_first)
        share_out(mentions, groups, sentence.chunks)
        found.groups.append(groups)
        found.topical.append(_topical(found, index))
        found.strictly.append(_strictly(found, index))
        found.left_out.append(foreign_or_earlier(scan, index))
        for mention in mentions:
            _media_people(mention, sentence.chunks)
            _subject_sends(mention, groups, mentions, sentence.chunks)
            _each_between(mention, sentence.chunks)
            _place(mention, sentence, sender)
            if mention.scope is None and _passed_it(mention, found, index):
                mention.scope = _only_sender(found, index)
            if mention.scope is None:
                mention.scope = _ours(mention, sentence, found.topic) or _goes_on(mention, mentions, sentence.chunks) or _same_mission(mention, sentence.chunks, found.mentions, found.topic) or _long_term(
                    mention, found, sender
                )
            if mention.scope is None and _of_the_topic(mention, sentence, found.topic, sender):
                mention.scope = found.topic
            if mention.scope is None and mention.subject and ":" in sentence.chunks[mention.start - 1].text:
                mention.scope = found.topic
        if not found.left_out[index]:
            accepted = _accepted(mentions, found, index, previous)
            found.mentions += accepted
            if found.topical[index]:
                found.spare += [m for m in mentions if m not in accepted and m.noun in {"bare", "person", "other"}]
            if (again := sender_of_all(sentence, groups, found.mentions)) is not None:
                found.mentions.append(again)
        if mentions:
            previous = mentions
        sender = next((i for g in reversed(groups) for i in reversed(g.ids) if i.startswith("organization:")), sender)
    return found


def _referring(mentions: list[Mention], groups: list[Group], chunks: list[Chunk], known: set[int]) -> list[Mention]:
    """Without those that only refer to a figure ('Of the 111, ...') or count senders ('Organizations, nine in number')."""
    kept: list[Mention] = []
    for n, mention in enumerate(mentions):
        before = [c for c in chunks[: mention.start] if c.is_word and "filler" not in c.classes]
        opens = bool(before) and len(before) <= 2 and all(_refers_back(c) for c in before)
        if opens and n + 1 < len(mentions):
            between = chunks[mention.last : mentions[n + 1].at]
            apart = not between or any(c.text == "," for c in between)
            if mention.noun in {"bare", "observer", "person"} and apart:
                for part in mentions[n + 1 :]:
                    part.of_value = part.of_value or mention.value
                told = any(c.classes & {"adding", "accredited"} for c in between)
                if mention.value in known or (mention.noun == "bare" and not told):
                    continue
                mention.noun = "observer" if mention.noun == "bare" else mention.noun
                mention.more = mention.more or any("adding" in c.classes for c in between)
        row = mentions[n + 1] if n + 1 < len(mentions) else None
        if not _in_number(mention, groups, chunks) and not (row and _in_brackets(mention, row, groups, chunks)):
            kept.append(mention)
    return kept


def _still_locals(found: Statements, index: int) -> None:
    """'Ten public associations ... another 201 organizations were accredited by regional bodies': local ones again."""
    sentence = found.scan.sentences[index]
    before = found.mentions[-1] if found.mentions else None
    if before is None or before.noun != "association" or index - before.sentence > _LOCALS_REACH:
        return
    if sentence.classes & {"international", "observer", "association"} or not sentence.classes & _STATE_WORDS:
        return
    for chunk in sentence.chunks:
        if "organizations" in chunk.classes and chunk.name is None:
            chunk.classes |= {"association"}


def _from_to(mentions: list[Mention], chunks: list[Chunk]) -> None:
    """'the register grows from 276 to 337': both states of one running total."""
    for first, second in zip(mentions, mentions[1:], strict=False):
        before, between = chunks[max(0, first.at - 1) : first.at], chunks[first.last : second.at]
        if first.noun != "bare" or not before or len(between) != 1:
            continue
        if "comes_from" in before[0].classes and "until_number" in between[0].classes:
            if any("count_subject" in c.classes for c in chunks[: first.at]):
                first.subject = second.subject = True


def _topic(scan: Scan) -> str | None:
    """The body whose mission the title speaks of: 'Statement of the SCO Observer Mission'."""
    title = [s for s in scan.sentences if s.where is Where.TITLE]
    ids = [i for s in title for g in find_groups(s, None) for i in g.ids]
    all_of_them = any(s.classes & {"international", "accredited"} for s in title)
    return ids[0] if len(ids) == 1 and not all_of_them and ids[0].startswith("organization:") else None


def _refers_back(chunk: Chunk) -> bool:
    return bool(chunk.classes & {"partitive", "subset"}) and not chunk.classes & {"of_them", "cumulative", "most"}


def _topical(found: Statements, index: int) -> bool:
    sentence = found.scan.sentences[index]
    if sentence.classes & _TOPIC:
        return True
    if sentence.classes & {"voting", "contest"} and not any(g.ids for g in found.groups[index]):
        return False
    if sentence.paragraph <= 1 and "they" in sentence.classes and found.topical and found.topical[0]:
        return True
    if sentence.where is Where.TITLE and "mission" in sentence.classes and any(g.ids for g in found.groups[index]):
        return any("observer" in s.classes for s in found.scan.sentences[index + 1 : index + 3])
    for earlier in range(index - 1, max(-1, index - 4), -1):
        before = found.scan.sentences[earlier]
        if sentence.paragraph - before.paragraph > 1 or before.where is not Where.BODY:
            return False
        if found.topical[earlier]:
            return True
    return False


def _strictly(found: Statements, index: int) -> bool:
    sentence = found.scan.sentences[index]
    if sentence.classes & _TOPIC:
        return not _contest(sentence)
    return found.topical[index] and index > 0 and found.strictly[index - 1] and not sentence.classes & {"contest", "voting"}


def _is_subject(mention: Mention, chunks: list[Chunk]) -> bool:
    """'the number of observers has reached 62', 'the list closed at 786', 'observers in all: 18'."""
    if _opens_with_number(mention, chunks):
        return True
    at = mention.at - 1
    while at >= 0 and _passes(chunks, at):
        at -= 1
    nearby = chunks[max(0, min(at, mention.at - 2)) : mention.at]
    if mention.noun == "bare" and any("their_number" in c.classes for c in nearby) and not any(c.number for c in nearby):
        return True
    if at < 0:
        return False
    first = mention.clause[0]
    if any("reached" in c.classes for c in chunks[mention.last : mention.last + 2]):
        return any("count_subject" in c.classes for c in chunks[first : mention.at])
    before = chunks[first : at + ("count_subject" in chunks[at].classes)]
    if chunks[at].text in ":|–-":
        counted = any(c.classes & {"observer", "count_subject"} for c in before)
        return counted and any(c.classes & {"cumulative", "count_subject"} for c in chunks[first : mention.at])
    if "sum_verb" in chunks[at].classes:
        return True
    if not chunks[at].classes & {"count_verb"}:
        return False
    if "weak_verb" in chunks[at].classes:
        summed = "copula" in chunks[at].classes and any("cumulative" in c.classes for c in before[:1])
        return summed or any("count_subject" in c.classes for c in before)
    return any(c.classes & {"count_subject", "observer"} for c in before)


def _opens_with_number(mention: Mention, chunks: list[Chunk]) -> bool:
    """'At 258, the number of observers is twice what it was.'"""
    before = [c for c in chunks[: mention.start] if c.is_word]
    opens = len(before) == 1 and "place_prep" in before[0].classes
    return opens and any("count_subject" in c.classes for c in chunks[mention.last : mention.last + 4])


def _up_to(mention: Mention, chunks: list[Chunk]) -> None:
    """'bringing their number up to 111' is the exact state, not a bound."""
    if mention.subject and mention.number.approx is Approx.UNDER and mention.start:
        if "count_subject" in chunks[mention.start - 1].classes:
            mention.number = replace(mention.number, approx=None, approx_first=None)


def _passes(chunks: list[Chunk], at: int) -> bool:
    """Chunks between a word of counting and its number: 'is now about 62', 'саны – 641'."""
    if chunks[at].text in "–—":
        return at > 0 and "count_subject" in chunks[at - 1].classes
    return bool(chunks[at].classes & {"filler", "adverb", "approx", "cumulative"}) and "count_verb" not in chunks[at].classes


def _media_people(mention: Mention, chunks: list[Chunk]) -> None:
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
    if any(c.classes & {"have", "light"} for c in before[at:]):
        mention.noun = "journalist"


def _whose_number(before: list[Chunk]) -> str | None:
    """'журналистер саны 215-ке жетті': the people named right before the word of counting."""
    counted = next((i for i in range(len(before) - 1, -1, -1) if "count_subject" in before[i].classes), 0)
    named = before[counted - 1].classes if counted else frozenset()
    return next((n for n in ("journalist", "observer") if n in named), None)


def _subject_sends(mention: Mention, groups: list[Group], mentions: list[Mention], chunks: list[Chunk]) -> None:
    """'ODIHR intends to ask the 57 states for 400 monitors': the subject of the sentence sends, whatever stands between."""
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


def _each_between(mention: Mention, chunks: list[Chunk]) -> None:
    """'Armenia and Russia each have two observers'."""
    if mention.group is not None and mention.group.last <= mention.at:
        mention.each = mention.each or any("each" in c.classes for c in chunks[mention.group.last : mention.at])


def _place(mention: Mention, sentence: Sentence, sender: str | None) -> None:
    """Scope of a mention by its noun and its senders."""
    chunks = sentence.chunks
    if mention.noun in _SCOPES:
        mention.scope = _SCOPES[mention.noun]
        return
    phrase = chunks[mention.at : mention.last]
    if mention.noun == "observer" and (
        any("domestic" in c.classes for c in phrase) or _of_locals(mention, chunks) or _by_locals(mention, chunks)
    ):
        mention.scope = "domestic"
        return
    if mention.noun == "person" and sentence.classes & _TOPIC and _local_before(mention, chunks):
        mention.noun, mention.scope = "observer", "domestic"
        return
    if mention.noun == "person" and _of_an_embassy(mention, chunks):
        mention.noun = "diplomat"
    if _is_predicate(mention, chunks, "diplomat") or (mention.noun == "diplomat" and _observe(mention, chunks)):
        mention.scope = "diplomats"
        return
    _last_named(mention, chunks)
    if _flagged(mention, chunks) and (mention.group is None or mention.group.generic):
        flag = _named_before(mention, chunks) or sender
        if flag:
            mention.scope = flag
            return
    if _is_subset(mention, chunks):
        mention.group = None
        return
    if mention.group is None and sender and _pronoun_sends(mention, chunks):
        mention.scope = sender
        return
    if mention.group is not None:
        mention.scope = mention.group.ids[0] if mention.each and mention.group.ids else mention.group.scope
        return
    if _its(mention, chunks) and (owner := _owner_of(mention, chunks) or sender):
        mention.scope = owner


def _named_before(mention: Mention, chunks: list[Chunk]) -> str | None:
    """'The largest is ODIHR's mission, it has 44': the body of the sentence itself."""
    names = [c.name for c in chunks[max(0, mention.at - _SAME_BODY) : mention.at] if c.name is not None and c.name.kind is NameKind.ORGANIZATION]
    return f"organization:{names[-1].id}" if names else None


def _local_before(mention: Mention, chunks: list[Chunk]) -> bool:
    """'қоғамдық бірлестіктердің 280 өкілі': senders of one's own country, where senders stand first."""
    return any("local_sender" in c.classes for c in chunks[max(0, mention.start - 1) : mention.start])


def _of_an_embassy(mention: Mention, chunks: list[Chunk]) -> bool:
    """'елшіліктің он қызметкері': staff of an embassy are its diplomats."""
    return any("embassy" in c.classes for c in chunks[max(0, mention.start - 1) : mention.start])


def _observe(mention: Mention, chunks: list[Chunk]) -> bool:
    """'41 of them diplomats', '120 diplomats were accredited as observers'."""
    if mention.of_them:
        return True
    after = chunks[mention.last : mention.last + 6]
    until = next((i for i, c in enumerate(after) if c.number is not None or c.text in ",;"), len(after))
    return any("observer" in c.classes for c in after[:until])


def _of_locals(mention: Mention, chunks: list[Chunk]) -> bool:
    """'observers of parties, candidates and public associations'."""
    after = chunks[mention.last : mention.last + 4]
    if _local_before(mention, chunks):
        return True
    return len(after) > 1 and "origin" in after[0].classes and any("local_sender" in c.classes for c in after[1:3])


def _by_locals(mention: Mention, chunks: list[Chunk]) -> bool:
    """'the ruling party plans to field 20,000 observers', 'domestic groups will put out 3,000'."""
    phrase = chunks[mention.at : mention.last]
    if mention.group is not None or any("international" in c.classes for c in phrase):
        return False
    before = chunks[mention.clause[0] : mention.at]
    at = max((i for i, c in enumerate(before) if c.classes & {"association", "local_sender"}), default=None)
    return at is not None and any(c.classes & {"have", "announced", "present"} for c in before[at:])


def _is_predicate(mention: Mention, chunks: list[Chunk], noun: str) -> bool:
    """'41 of them are diplomats'."""
    if not mention.of_them and mention.of_value is None:
        return False
    after = chunks[mention.last : mention.last + 6]
    return any(noun in c.classes for c in after) and not any(c.number is not None for c in after)


def _ours(mention: Mention, sentence: Sentence, topic: str | None) -> str | None:
    """'We plan to bring about 400 people', said by the body that the title is about."""
    if mention.noun != "person" or mention.group is not None or not {"we", "announced"} <= sentence.classes:
        return None
    return topic


def _both_terms(left: Mention, right: Mention, chunks: list[Chunk]) -> bool:
    """'for the long term 28, for the short term 400 observers'."""
    return all(any("long_short" in c.classes for c in chunks[max(0, m.start - 3) : m.start]) for m in (left, right))


def _goes_on(mention: Mention, mentions: list[Mention], chunks: list[Chunk]) -> str | None:
    """'39 members of the mission have been accredited, another 20 are waiting': of the same body."""
    at = mentions.index(mention)
    before = mentions[at - 1] if at else None
    if before is None or mention.group is not None:
        return None
    if not _both_terms(before, mention, chunks) and (not mention.more or mention.noun not in {"person", "bare"}):
        return None
    scope = before.scope or ""
    return scope if at == 1 and scope.startswith("organization:") else None


def _same_mission(mention: Mention, chunks: list[Chunk], accepted: list[Mention], topic: str | None) -> str | None:
    """'short-term monitors' after 'its mission has 40 long-term monitors': of the same body."""
    phrase = chunks[mention.at : mention.last]
    if mention.noun != "observer" or not any("long_short" in c.classes for c in phrase):
        return None
    if any("international" in c.classes for c in phrase):
        return None
    if not accepted:
        return topic
    if (named := _named_before(mention, chunks)) is not None:
        return named
    before = accepted[-1]
    scope = before.scope or ""
    return scope if scope.startswith("organization:") and mention.sentence - before.sentence <= 2 else topic


def _long_term(mention: Mention, found: Statements, sender: str | None) -> str | None:
    """'36 people for long-term observation' after a sentence on one body's plans: only missions have such observers."""
    sentence = found.scan.sentences[mention.sentence]
    if sender is None or mention.group is not None or mention.noun not in {"observer", "person", "bare"}:
        return None
    first, last = mention.clause
    near = sentence.chunks[max(first, mention.at - 4) : min(last, mention.last + 2)]
    if not any("long_short" in c.classes for c in near) or any("international" in c.classes for c in near):
        return None
    named = [i for g in (*found.groups[max(0, mention.sentence - 2) :],) for s in g for i in (s.ids or ["?"])]
    return sender if named and set(named) == {sender} else None


def _its(mention: Mention, chunks: list[Chunk]) -> bool:
    if mention.noun == "observer" and "its_noun" in chunks[mention.last - 1].classes:
        return True
    return any("its" in c.classes for c in chunks[mention.last : mention.last + 2])


def _owner_of(mention: Mention, chunks: list[Chunk]) -> str | None:
    """The body named before 'its 300 observers' in the same sentence."""
    for chunk in reversed(chunks[: mention.at]):
        if chunk.name is not None and chunk.name.kind is NameKind.ORGANIZATION:
            return f"organization:{chunk.name.id}"
    return None


def _of_the_topic(mention: Mention, sentence: Sentence, topic: str | None, sender: str | None) -> bool:
    """'Eleven observers will work in Astana' in a text about one body's mission, the body named last."""
    if topic is None or sender != topic or mention.noun != "observer" or mention.group is not None:
        return False
    phrase = sentence.chunks[max(0, mention.start - 1) : mention.last]
    return not any("international" in c.classes for c in phrase) and not sentence.classes & {"accredit_root", "commission"}


def _pronoun_sends(mention: Mention, chunks: list[Chunk]) -> bool:
    """'It consists of 11 observers', 'It will include 12 people': the body of the sentence before."""
    words = [c for c in chunks[mention.clause[0] : mention.at] if c.is_word]
    if not words or "it_sends" not in words[0].classes or mention.noun not in {"observer", "person"}:
        return False
    if any("international" in c.classes for c in chunks[mention.at : mention.last]):
        return False
    return len(words) <= 5 and any("have" in c.classes for c in words[1:3])


def _last_named(mention: Mention, chunks: list[Chunk]) -> None:
    """'the CIS, the OSCE's ODIHR, which has 421 people': the relative clause is the last body's."""
    group = mention.group
    if group is None or len(group.ids) < 2 or group.last > mention.at:
        return
    if any("relative" in c.classes for c in chunks[group.last : group.last + 2]):
        mention.group = Group(group.first, group.last, group.ids[-1:], {group.ids[-1].partition(":")[0] + "s"})


def _flagged(mention: Mention, chunks: list[Chunk]) -> bool:
    """'accredited under its flag': the body of the sentence before, whoever delegated them."""
    return any("flag" in c.classes for c in chunks[mention.clause[0] : mention.clause[1]])


def _is_subset(mention: Mention, chunks: list[Chunk]) -> bool:
    """'60 of the observers are members of parliament': described, not sent."""
    if not (mention.of_them or mention.of_value) or mention.rest or (mention.group is not None and mention.group.ids):
        return False
    after = chunks[mention.last : mention.last + 8]
    verb = next((i for i, c in enumerate(after) if "copula" in c.classes), None)
    return verb is not None and any(c.classes & {"person", "observer", "long_short"} for c in after[verb : verb + 4])


def _accepted(mentions: list[Mention], found: Statements, index: int, previous: list[Mention]) -> list[Mention]:
    sentence = found.scan.sentences[index]
    accepted: list[Mention] = []
    for n, mention in enumerate(mentions):
        if _counts_of_before(mention, sentence, found, index):
            continue
        earlier = mentions[n - 1] if n else (previous[-1] if previous else None)
        if earlier is not None and earlier.noun == "bare" and earlier.group is None:
            earlier = None
        if _counts_observers(mention, mentions, found, earlier, accepted):
            accepted.append(mention)
    _listed_shares(mentions, accepted, sentence.chunks)
    return accepted


def _in_number(mention: Mention, groups: list[Group], chunks: list[Chunk]) -> bool:
    before = [g for g in groups if g.last <= mention.at]
    if before and _their_own_number(mention, before[-1], chunks):
        for kind in before[-1].kinds:
            before[-1].counts.setdefault(kind, mention.value)
        return True
    if not before or before[-1].ids or before[-1].counts or not any("in_number" in c.classes for c in chunks[mention.last : mention.last + 1]):
        return False
    for kind in before[-1].kinds:
        before[-1].counts.setdefault(kind, mention.value)
    return True


def _their_own_number(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'The organizations (they are ten) gave 198', 'the states, and they are 33, ...': how many senders there are."""
    between = chunks[group.last : mention.at]
    if group.ids or not group.generic or len(between) > 3 or mention.noun != "bare" or not between:
        return False
    return between[0].text in "(," and "their_number" in between[-1].classes


def _in_brackets(mention: Mention, row: Mention, groups: list[Group], chunks: list[Chunk]) -> bool:
    """'States (41) | 147': the number in brackets counts the senders."""
    group = next((g for g in groups if g.last == mention.at - 1 and g.generic and not g.ids), None)
    if group is None or chunks[mention.at - 1].text != "(" or row.at - mention.last > _NEXT_CELL:
        return False
    for kind in group.kinds:
        group.counts.setdefault(kind, mention.value)
    return True


def _listed_shares(mentions: list[Mention], accepted: list[Mention], chunks: list[Chunk]) -> None:
    """'256 public organizations: 11 by the central commission and 245 by territorial ones': shares that sum up."""
    for whole in list(accepted):
        rest = [m for m in mentions if m.at > whole.at and m not in accepted and m.noun == "bare"]
        colon = any(c.text in ":–-," for c in chunks[whole.last : rest[0].at]) if rest else False
        if len(rest) > 1 and colon and sum(m.value for m in rest) == whole.value:
            for mention in rest:
                mention.noun, mention.scope, mention.whole, mention.subset = whole.noun, whole.scope, whole, True
                accepted.append(mention)
    accepted.sort(key=lambda m: m.at)


def _counts_of_before(mention: Mention, sentence: Sentence, found: Statements, index: int) -> bool:
    """'... four organizations. The four are the CIS ...': the number of senders again."""
    if mention.noun != "bare" or not mention.at or "definite" not in sentence.chunks[mention.at - 1].classes:
        return False
    return any(mention.value in g.counts.values() for i in (index, index - 1) if i >= 0 for g in found.groups[i])


def _counts_observers(
    mention: Mention, mentions: list[Mention], found: Statements, earlier: Mention | None, accepted: list[Mention]
) -> bool:
    sentence = found.scan.sentences[mention.sentence]
    if mention.noun == "other" or not 0 < mention.value <= _MOST_OBSERVERS:
        return False
    _another_of_the_kind(mention, accepted, found.mentions, sentence.chunks)
    if mention.noun == "association":
        return bool(sentence.classes & _TOPIC) or mention.subset or _accreditation_before(found, mention.sentence)
    if _denied(mention, sentence.chunks):
        return False
    if mention.noun == "journalist":
        return True
    if _rule(mention, sentence.chunks) or _of_the_media(mention, sentence, found):
        return False
    if _mixes_media(mention, sentence.chunks):
        found.mixed.append(mention)
        return False
    if mention.noun == "observer":
        return True
    if mention.noun == "diplomat" and mention.scope != "diplomats":
        return False
    submitted = {"commission", "proposed"} <= sentence.classes and not _contest(sentence)
    if _is_candidate(mention, sentence) and mention.group is None and "observer" not in sentence.classes and not submitted:
        return False
    if mention.group is None and any("only_sent" in c.classes for c in sentence.chunks[mention.at : mention.last]):
        return False
    known = [m for m in [*found.mentions, *accepted] if m.scope != "journalists"]
    refers = (mention.of_them and not mention.subject) or mention.of_value is not None
    before = sentence.chunks[mention.start - 1].classes if mention.start else frozenset()
    if mention.of_them and "place_prep" in before and "of_them" not in before:
        return False
    if mention.of_them and _antecedent_noun(mention, found) in {"association", "journalist"}:
        mention.noun = _antecedent_noun(mention, found) or mention.noun
        mention.scope = _SCOPES[mention.noun]
        mention.subset = mention.noun == "association"
        return mention.noun == "association"
    if refers and mention.group is None:
        return _refers_to_observers(mention, mentions, found, earlier, known)
    return _in_context(mention, found, accepted, known)


def _another_of_the_kind(
    mention: Mention, accepted: list[Mention], known: list[Mention], chunks: list[Chunk]
) -> None:
    """'94 journalists, and applications of another 53', 'nine of them here, another three there': of the same kind."""
    before = accepted[-1] if accepted else None
    if before is None or before.noun not in _SCOPES or mention.noun not in {"bare", "person"}:
        return
    wholes = {m.value for m in known if m.noun == before.noun}
    if not mention.more and not (before.subset and before.value + mention.value in wholes):
        return
    if mention.group is None and not any("observer" in c.classes for c in chunks[before.last : mention.last]):
        mention.noun, mention.scope = before.noun, before.scope
        mention.subset, mention.whole = before.subset, before.whole


def _accreditation_before(found: Statements, index: int) -> bool:
    """'The results of accreditation were summed up. 13 associations passed it.'"""
    before = found.scan.sentences[index - 1] if index else None
    return before is not None and "accreditation" in before.classes and found.topical[index - 1]


def _denied(mention: Mention, chunks: list[Chunk]) -> bool:
    """'44 people did not get their papers together in time': counted as absent."""
    if mention.group is not None or mention.last >= len(chunks):
        return False
    return "denial" in chunks[mention.last].classes


def _antecedent_noun(mention: Mention, found: Statements) -> str | None:
    """What 'of them' goes back to: the noun of people or associations named last before the number."""
    for index in range(mention.sentence, max(-1, mention.sentence - 2), -1):
        chunks = found.scan.sentences[index].chunks
        last = mention.at if index == mention.sentence else len(chunks)
        for chunk in reversed(chunks[:last]):
            noun = next((n for n in ("association", "journalist", "observer") if n in chunk.classes), None)
            if noun is not None:
                return noun
    return None


def _observers_since(earlier: Mention, mention: Mention, found: Statements) -> bool:
    """Whether observers were named after the number that 'of them' might otherwise go back to."""
    for index in range(earlier.sentence, mention.sentence + 1):
        chunks = found.scan.sentences[index].chunks
        first = earlier.last if index == earlier.sentence else 0
        last = mention.at if index == mention.sentence else len(chunks)
        if any("observer" in c.classes for c in chunks[first:last]):
            return True
    return False


def _rule(mention: Mention, chunks: list[Chunk]) -> bool:
    """'One observer per organisation may be in the room': a rule, no count."""
    if mention.number.kind is NumberKind.DISTRIBUTIVE and not any("may" in c.classes for c in chunks):
        return False
    if mention.value == 1 and any("may" in c.classes for c in chunks[max(0, mention.at - 6) : mention.at]):
        return True
    around = [*chunks[max(0, mention.at - 4) : mention.at], *chunks[mention.last : mention.last + 1]]
    return any("per" in c.classes for c in around)


def _of_the_media(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'The largest teams come from Türkiye (19) and Japan (12)' after a number of journalists."""
    before = found.mentions[-1] if found.mentions else None
    if before is None or before.noun != "journalist" or mention.noun == "observer" or "observer" in sentence.classes:
        return False
    return mention.sentence - before.sentence in {1, 2} and not sentence.classes & {"accreditation", "accredit_root"}


def _refers_to_observers(
    mention: Mention, mentions: list[Mention], found: Statements, earlier: Mention | None, known: list[Mention]
) -> bool:
    sentence = found.scan.sentences[mention.sentence]
    of_observers = _is_subset(mention, sentence.chunks) and "observer" in sentence.classes and bool(known)
    of_observers = of_observers or (earlier is not None and _observers_since(earlier, mention, found))
    if earlier is not None and earlier not in known and earlier.sentence >= mention.sentence - 2 and not of_observers:
        mention.noun = "other"
        return False
    if mention.of_value is not None:
        mention.subset = True
        return any(m.value == mention.of_value for m in [*known, *(m for m in mentions if m.noun == "observer")])
    share = "share" in sentence.chunks[mention.at].classes and not _of_all_observers(mention, sentence.chunks)
    if not share and not _is_subset(mention, sentence.chunks) and ("observer" in sentence.classes or not known):
        return found.topical[mention.sentence] and not _contest(sentence)
    mention.subset = True
    return found.topical[mention.sentence] and bool(known) and not _contest(sentence)


def _of_all_observers(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Шетелдік байқаушыларға келсек, олардың 170-ін тіркеді': of those just named, not of an earlier figure."""
    for at in range(mention.at - 1, mention.clause[0], -1):
        if chunks[at].number is not None:
            return False
        if "observer" in chunks[at].classes:
            return "international" in chunks[at - 1].classes
    return False


def _contest(sentence: Sentence) -> bool:
    return bool(sentence.classes & {"contest", "voting"}) and not sentence.classes & {"observer", "watching"}


def _in_context(mention: Mention, found: Statements, accepted: list[Mention], known: list[Mention]) -> bool:
    """Whether a number of people, or without a noun, counts observers by what stands around it."""
    sentence = found.scan.sentences[mention.sentence]
    topical, contest = found.topical[mention.sentence], _contest(sentence)
    if mention.subject:
        return topical and not contest
    if mention.inner is not None and mention.noun == "bare" and not sentence.classes & _STATE_WORDS and not accepted:
        return False
    if mention.scope is not None and mention.scope.startswith("organization:") and mention.group is None:
        return not contest
    if mention.group is not None and mention.group.ids:
        return topical or bool(accepted) or (mention.noun == "person" and _to_the_poll(sentence) and not contest)
    if not topical or contest:
        return False
    if mention.group is not None:
        return True
    state = bool(sentence.classes & _STATE_WORDS)
    if mention.noun == "bare" and _grown_from(mention, sentence.chunks):
        return True
    if mention.noun == "bare" and _of_those_accredited(mention, sentence.chunks):
        return True
    if mention.noun == "bare" and "withdrawn" in sentence.chunks[min(mention.last, len(sentence.chunks) - 1)].classes:
        return True
    if mention.noun in {"bare", "person"} and _is_object(mention, sentence.chunks):
        return True
    if mention.noun == "person" and _listed(mention, sentence.chunks):
        return True
    if mention.noun == "bare":
        if mention.number.approx is not None and accepted and accepted[-1].number.approx and accepted[-1].scope is None:
            return True
        restated = any(m.value == mention.value and (m.scope or "total") == "total" for m in known)
        return state and (mention.more or _others(mention, sentence) or restated) or restated and "announced" in sentence.classes
    own = bool(sentence.classes & _TOPIC) or _in_papers_before(found, mention.sentence)
    own = own or _passed_it(mention, found, mention.sentence)
    said = state or bool(sentence.classes & {"announced", "observing", "cumulative"})
    return own or (found.strictly[mention.sentence] and said)


def _grown_from(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The corps has grown from 248 to 481': the earlier total."""
    before, after = chunks[mention.start - 1 : mention.start], chunks[mention.last : mention.last + 2]
    if len(after) < 2 or not before or "grown_from" not in before[0].classes or "count_verb" not in after[0].classes:
        return False
    return after[1].number is not None


def _of_those_accredited(mention: Mention, chunks: list[Chunk]) -> bool:
    """'489 accredited ones', 'of observers, 272': the participle or the noun before stands for the people."""
    behind = chunks[mention.last].classes if mention.last < len(chunks) else frozenset()
    ahead = chunks[mention.start - 1].classes if mention.start > mention.clause[0] else frozenset()
    return "accredited_ones" in behind or "of_observers" in ahead


def _is_object(mention: Mention, chunks: list[Chunk]) -> bool:
    """'the commission added 123', '702 have been accredited': the verb says what is counted."""
    before = [c for c in chunks[: mention.start] if not c.classes & {"filler", "approx", "adverb"}]
    if any(c.classes & {"partitive", "subset"} for c in before[-2:]):
        return False
    if before and before[-1].classes & {"accredited", "adding"}:
        mention.more = mention.more or "adding" in before[-1].classes
        return True
    after = chunks[mention.last : mention.last + 3]
    return bool(after) and "function" in after[0].classes and any("accredited" in c.classes for c in after)


def _to_the_poll(sentence: Sentence) -> bool:
    """'40 members of the Assembly are coming to the election'."""
    return "announced" in sentence.classes or {"present", "poll"} <= sentence.classes


def _listed(mention: Mention, chunks: list[Chunk]) -> bool:
    """'There are 812 people on the list.'"""
    return any("count_subject" in c.classes for c in chunks[mention.last : mention.last + 4])


def _mixes_media(mention: Mention, chunks: list[Chunk]) -> bool:
    """'1,026 people: foreign states, organizations and foreign media': a sum of observers and journalists is no figure."""
    coordinated = chunks[mention.last : mention.last + 3]
    if mention.noun == "observer" and len(coordinated) > 1 and "and" in coordinated[0].classes:
        if any("journalist" in c.classes for c in coordinated[1:]) and not any(c.number for c in coordinated):
            return True
    if _media_before(mention, chunks):
        return True
    after = chunks[mention.last :]
    at = next((i for i, c in enumerate(after) if c.classes & {"media", "journalist"}), None)
    if at is None or any(c.number is not None for c in after[:at]) or mention.noun == "observer":
        return False
    return any("mixed" in c.classes for c in after[:at])


def _media_before(mention: Mention, chunks: list[Chunk]) -> bool:
    """'БАҚ өкілдерін қоса алғанда, байқаушылар саны 1 026-ға жетті': the media people counted in are named before."""
    first = mention.clause[0]
    for at in range(first, mention.at):
        if chunks[at].classes & {"media", "journalist"}:
            counted = any("mixed" in c.classes for c in chunks[at + 1 : at + 3])
            if counted and not any(c.number for c in chunks[at : mention.at]):
                return True
    return False


def _passed_it(mention: Mention, found: Statements, index: int) -> bool:
    """'The accreditation of CIS observers is over; 234 people passed it.'"""
    if mention.noun not in {"person", "observer"} or mention.group is not None:
        return False
    return "passed_it" in found.scan.sentences[index].classes and _accreditation_before(found, index)


def _only_sender(found: Statements, index: int) -> str | None:
    """The one body that the sentence before names."""
    ids = {i for g in found.groups[index - 1] for i in g.ids} if index else set()
    return ids.pop() if len(ids) == 1 else None


def _in_papers_before(found: Statements, index: int) -> bool:
    """'The ministry has sent new submissions. They hold 59 names.'"""
    sentences = found.scan.sentences
    if not index or not any("in_them" in c.classes for c in sentences[index].chunks[:3]):
        return False
    return bool(sentences[index - 1].classes & _STATE_WORDS)


def _others(mention: Mention, sentence: Sentence) -> bool:
    return any(c.classes & {"rest", "new_word"} for c in sentence.chunks[mention.at + 1 : mention.at + 2])


def _is_candidate(mention: Mention, sentence: Sentence) -> bool:
    """Candidates, requests, experts: counted as observers only where observers or their senders stand beside them."""
    return any("candidate" in c.classes for c in sentence.chunks[mention.at : mention.last])
