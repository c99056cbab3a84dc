"""Senders that a verb beside the number tells: who sends, lends or is represented."""

from __future__ import annotations

from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk


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
    sends = subject.first <= 3 and any(c.classes & {"have", "announced"} for c in verbs)
    if sends or _lent_by_states(mention.group, subject, mention, chunks):
        mention.group = subject


def _lent_by_states(states: Group | None, subject: Group, mention: Mention, chunks: list[Chunk]) -> bool:
    """'ЕҚЫҰ ПА 26 елдің 54 депутатын жібермек': the states lend them, and the subject sends them."""
    if (
        states is None
        or states.kinds != {"countries"}
        or not states.counts
        or states.last != mention.start
        or subject.first > 1
    ):
        return False
    if chunks[subject.last - 1].classes & {"of_case", "from_case", "at_case"}:
        return False
    return any(c.classes & {"sends", "have"} for c in chunks[mention.last : mention.last + 1])


def sends_them_apart(mention: Mention, groups: list[Group], chunks: list[Chunk]) -> None:
    """'Most people, 427, were accredited by the CIS', 'Больше всего людей, 427, аккредитовало Содружество'.

    So is an application for them: 'Самую крупную заявку, на 24 места, комиссия одобрила миссии СНГ'.
    """
    if mention.noun not in {"bare", "person", "observer"} or mention.group is not None or mention.start < 2:
        return
    if mention.last >= len(chunks) or chunks[mention.last].text != ",":
        return
    before, ahead = chunks[mention.start - 2 : mention.start]
    applied = before.text == "," and "place_prep" in ahead.classes
    applied = applied and any("proposed" in c.classes for c in chunks[: mention.start])
    if ahead.text != "," and not applied:
        return
    verb = mention.last + 1
    behind = next((g for g in groups if g.first > verb), None)
    if behind is None or len(behind.ids) != 1 or behind.generic:
        return
    between = chunks[verb : behind.first]
    between = between[1:] if applied and between and "commission" in between[0].classes else between
    ends = behind.last >= len(chunks) or chunks[behind.last].text in ".,;"
    told = bool(between) and bool(between[0].classes & {"have", "represent", "accredited"})
    if ends and told and not any(c.number is not None or c.text in ",;:" for c in between):
        mention.group = behind


def for_a_body(mention: Mention, groups: list[Group], mentions: list[Mention], chunks: list[Chunk]) -> None:
    """'50 lawmakers from 20 countries will observe for the Assembly': states lend them, the body sends them."""
    lent = mention.group
    if lent is None or lent.ids or lent.kinds != {"countries"} or lent.first < mention.last:
        return
    body = next((g for g in groups if g.first >= lent.last), None)
    if body is None or len(body.ids) != 1 or not body.ids[0].startswith("organization:"):
        return
    between = chunks[lent.last : body.first]
    if any(m.group is body for m in mentions) or any(c.number is not None or c.text in ",;" for c in between):
        return
    leading = [c for c in between if not c.classes & {"filler", "mission", "definite"}]
    watching = any(c.classes & {"observing", "present", "announced"} for c in leading)
    if watching and leading and "acts_for" in leading[-1].classes:
        mention.group = body


def lent_to_a_mission(mention: Mention, groups: list[Group], chunks: list[Chunk]) -> None:
    """'Россия направила в миссию 51 наблюдателя': a state's people within the mission that the text is about."""
    mission = mention.group
    if mission is None or not mission.anaphoric or mission.last > mention.start or mission.first < 2:
        return
    if "place_prep" not in chunks[mission.first - 1].classes and "origin" not in chunks[mission.first - 1].classes:
        return
    state = next((g for g in reversed(groups) if g.last < mission.first), None)
    if state is None or state.kinds != {"countries"} or len(state.ids) != 1 or state.first < mention.clause[0]:
        return
    between = chunks[state.last : mention.start]
    verb = any(c.classes & {"sends", "represent"} for c in chunks[state.last : mission.first])
    if verb and not any(c.number is not None or c.text in ",;:" for c in between):
        mention.group = state


def represent_them(mention: Mention, groups: list[Group], mentions: list[Mention], chunks: list[Chunk]) -> None:
    """'Speaking of states, 167 observers represent them': the senders just named, who have no number yet."""
    after = chunks[mention.last : mention.last + 4]
    verb = next((i for i, c in enumerate(after) if "represent" in c.classes), None)
    if mention.group is not None or verb is None or not any("they" in c.classes for c in after[verb + 1 : verb + 2]):
        return
    before = [g for g in groups if g.last <= mention.at]
    served = before and any(m.group is before[-1] for m in mentions)
    mention.group = before[-1] if before and not served else None
