"""Going through an article sentence by sentence: groups, numbers, links, scopes, and which numbers are kept."""

from __future__ import annotations

from extract.model import Election, Where
from extract.reading.acceptance import accept
from extract.reading.another_poll import of_another_poll
from extract.reading.as_many import just_as_many
from extract.reading.bodies import Named, is_office_of
from extract.reading.compared import earlier_asides
from extract.reading.each_of_them import each_of_those, mark_each
from extract.reading.earlier import compares_days, said_of_an_earlier_year, said_of_long_ago
from extract.reading.elsewhere import foreign_or_earlier
from extract.reading.finding import find_mentions
from extract.reading.from_to import mark_from_to, settle_up_to
from extract.reading.groups import Group
from extract.reading.links import link
from extract.reading.local_senders import of_locals_alone, still_locals
from extract.reading.lone_shares import count_lone_shares, count_who_is_recalled
from extract.reading.media_alone import of_media_alone
from extract.reading.mentions import Mention
from extract.reading.one_delegation import of_the_one_delegation
from extract.reading.partitives import mark_granted
from extract.reading.quoted_days import settle_quoted_days
from extract.reading.references import all_of_embassies, all_that_there_are, sender_of_all, the_first_ones, those_before
from extract.reading.referring import without_references
from extract.reading.scan import Scan, Sentence
from extract.reading.scopes import mark_kind, set_scope
from extract.reading.scopes_around import scope_from_around
from extract.reading.senders import find_groups
from extract.reading.senders_by_verb import (
    for_a_body,
    lent_to_a_mission,
    represent_them,
    sends_them_apart,
    subject_sends,
)
from extract.reading.shared_senders import SUMMING, former_and_latter, give_to_the_parts, share_out, sums_of_rows
from extract.reading.statements import Statements, is_strictly_topical, is_topical, tells_of_a_new_group
from extract.reading.subjects import is_subject
from extract.reading.taken_back import recalled_by, taken_back_by
from extract.reading.within_senders import are_nationalities, states_within_the_mission, within_a_sender
from foundation.errors import PageTooLarge

_FEWEST_SUMMED = 2
"""Senders' numbers that a number behind them can sum up."""
MOST_MENTIONS = 1_000
"""How many numbers that may count observers a text or a sentence may have; the longest list has two hundred."""


def find_statements(scan: Scan, election: Election | None = None) -> Statements:
    """Find the mentions of the whole article, give each its scope, and leave out what counts no observers.

    `election` is the poll that the article is about, where that is known.

    Raises PageTooLarge for more of them than any news article has.
    """
    settle_quoted_days(scan)
    found = Statements(scan)
    sender_first = "sender_first" in scan.words.grammar
    found.topic = _topic(scan)
    named = Named(topic=found.topic)
    previous: list[Mention] = []
    for index, sentence in enumerate(scan.sentences):
        still_locals(found, index)
        if "one_of_them" in sentence.classes:
            count_lone_shares(sentence)
        if {"lone", "withdrawn"} <= sentence.classes:
            count_who_is_recalled(sentence)
        groups = find_groups(sentence, named)
        mentions = _linked(found, index, groups, sender_first=sender_first)
        found.groups.append(groups)
        found.topical.append(is_topical(found, index))
        found.strictly.append(is_strictly_topical(found, index))
        found.left_out.append(foreign_or_earlier(scan, index) or of_another_poll(sentence, election, scan.published))
        _give_scopes(mentions, found, index, named.last)
        if not found.left_out[index]:
            _keep(mentions, found, index, previous)
            _refuse_endless(found.mentions)
        previous = mentions or previous
        named.hear([] if _of_its_members(sentence) else groups, sentence.chunks)
        if tells_of_a_new_group(sentence) and not any(g.ids for g in groups):
            named.forget()  # 'The commission accredited one more group of observers': 'the group' is no mission
        found.topic = named.last if is_office_of(named.last, found.topic) else found.topic
    for mention in found.mentions:
        _give_to_the_list(mention, found)
    of_locals_alone(found)
    states_within_the_mission(found)
    of_the_one_delegation(found)
    of_media_alone(found)
    return found


def _of_its_members(sentence: Sentence) -> bool:
    """'Among them are deputies of the Assembly': where the people of a mission work; it is still the mission's text."""
    if "deputy" not in sentence.classes:
        return False
    opening = [c for c in sentence.chunks if c.is_word][:2]
    among = any({"of_them", "including"} <= c.classes for c in opening) or (
        any("of_them" in c.classes for c in opening) and any("among_behind" in c.classes for c in opening)
    )
    return among and not sentence.counted


def _refuse_endless(mentions: list[Mention]) -> None:
    # Each number is compared with each other one: the cost grows with the square of their count.
    if len(mentions) > MOST_MENTIONS:
        raise PageTooLarge(f"the text counts people more than {MOST_MENTIONS:,} times: it is no news article")


def _linked(found: Statements, index: int, groups: list[Group], *, sender_first: bool) -> list[Mention]:
    """The numbers of a sentence that may count observers, each with its senders."""
    sentence = found.scan.sentences[index]
    mentions = find_mentions(sentence, index, groups)
    if mentions and (asides := earlier_asides(sentence, found.scan.published)):
        mentions = [m for m in mentions if not any(first <= m.at < last for first, last in asides)]
    if not mentions:
        return mentions
    _refuse_endless(mentions)
    mark_from_to(mentions, sentence.chunks)
    mentions = without_references(mentions, groups, sentence, {m.value for m in found.mentions})
    granted = mark_granted(mentions, sentence.chunks) if "applicant" in sentence.classes else []
    for mention in mentions:
        mention.subject = mention.subject or is_subject(mention, sentence)
        settle_up_to(mention, sentence.chunks)
    link(mentions, groups, sentence.chunks, sender_first=sender_first)
    for part, applicants in granted:
        part.group = part.group or applicants.group
        if applicants.group is None and part.group is not None and part.group.first == applicants.last:
            applicants.group = part.group  # 'из 78 заявленных наблюдателей БДИПЧ аккредитованы 60': both are its own
    share_out(mentions, groups, sentence.chunks)
    if "as_many" in sentence.classes:
        just_as_many(mentions, groups, sentence.chunks)
    if len(mentions) > 1:
        give_to_the_parts(mentions, sentence.chunks)
        former_and_latter(mentions, groups, found.groups[-1] if found.groups else [], sentence)
    return mentions


def _give_scopes(mentions: list[Mention], found: Statements, index: int, sender: str | None) -> None:
    """Tell whose each number of a sentence is; `sender` is the body named last before it."""
    sentence, groups = found.scan.sentences[index], found.groups[index]
    if groups and mentions and are_nationalities(mentions, groups, found, index):
        return
    for mention in mentions:
        mark_kind(mention, sentence.chunks)
        subject_sends(mention, groups, mentions, sentence.chunks)
        if mention.group is None and groups:
            sends_them_apart(mention, groups, sentence.chunks)
        if "withdrawn" in sentence.classes:
            recalled_by(mention, mentions, groups, sentence.chunks)
        if groups and "withdrawn" in sentence.classes:
            taken_back_by(mention, groups, mentions, sentence.chunks)
        if "acts_for" in sentence.classes:
            for_a_body(mention, groups, mentions, sentence.chunks)
        if len(groups) > 1 and "mission_itself" in sentence.classes:
            lent_to_a_mission(mention, groups, sentence.chunks)
        if "represent" in sentence.classes:
            represent_them(mention, groups, mentions, sentence.chunks)
        if mention.each or "each" in sentence.classes:
            each_of_those(mention, groups, sentence.chunks)
        mark_each(mention, sentence.chunks)
        if mention.of_them and mention.group is not None:
            within_a_sender(mention, mentions, groups, found)
        set_scope(mention, sentence, sender)
        mention.scope = mention.scope or scope_from_around(mention, mentions, found, sender)
    if len(mentions) > _FEWEST_SUMMED and not sentence.classes.isdisjoint(SUMMING):
        sums_of_rows(mentions, found.mentions, sentence.chunks)


def _keep(mentions: list[Mention], found: Statements, index: int, previous: list[Mention]) -> None:
    """Keep the numbers of a sentence that count observers; `previous` are those of the last sentence with numbers."""
    sentence = found.scan.sentences[index]
    if (told := those_before(found, index, previous)) is not None:
        found.mentions.append(told)
    if mentions:
        dated = "long_ago" in sentence.classes and not compares_days(sentence, found.scan.published)
        asides = dated and earlier_asides(sentence, found.scan.published)
        timely = [m for m in mentions if asides or not (dated and said_of_long_ago(sentence.chunks, m.at))]
        if "when" in sentence.classes:
            published = found.scan.published
            timely = [m for m in timely if not said_of_an_earlier_year(sentence.chunks, m.at, published)]
        accepted = accept(timely, found, index, previous)
        found.mentions += accepted
        if (first := all_that_there_are(sentence, accepted)) is not None:
            found.mentions.append(first)
        if "diplomat" in sentence.classes and (staff := all_of_embassies(sentence, accepted)) is not None:
            found.mentions.append(staff)
        found.refused += [m for m in timely if m not in accepted]
        if found.topical[index]:
            found.spare += [m for m in mentions if m.noun in {"bare", "person", "other"} and m not in accepted]
    if (again := sender_of_all(sentence, found.groups[index], found.mentions)) is not None:
        found.mentions.append(again)
    if not mentions and (whole := the_first_ones(sentence, index, found.mentions)) is not None:
        found.mentions.append(whole)


def _give_to_the_list(mention: Mention, found: Statements) -> None:
    """'14 states, a pair from each. The list, in alphabetical order: Austria, ...': as many names as were counted."""
    if (
        not mention.each
        or (mention.group is not None and mention.group.ids)
        or mention.sentence + 1 >= len(found.groups)
    ):
        return
    counts = {c for g in found.groups[mention.sentence] for c in g.counts.values()}
    listed = next((g for g in found.groups[mention.sentence + 1] if len(g.ids) in counts), None)
    if listed is not None:
        mention.group, mention.scope = listed.told_at(mention.at, mention.last), listed.ids[0]


def _topic(scan: Scan) -> str | None:
    """The body whose mission the title speaks of: 'Statement of the SCO Observer Mission'."""
    title = [s for s in scan.sentences if s.where is Where.TITLE]
    if any(s.classes & {"international", "accredited", "withdrawn"} for s in title):
        return None  # of all of them
    ids = [i for s in title for g in find_groups(s, Named()) for i in g.ids]
    return ids[0] if len(ids) == 1 and ids[0].startswith("organization:") else None
