"""Whether a number counts observers at all: the rules in their order, by its noun, by 'of them', by what is around."""

from __future__ import annotations

from extract.model import Approx, Status
from extract.reading.accepted_diplomats import are_diplomats, of_the_diplomats
from extract.reading.antecedents import (
    antecedent_noun,
    are_sent_behind,
    counts_senders_named,
    of_other_things,
    refers_to_observers,
    refers_to_refused,
)
from extract.reading.applications import asked_to_be_let_in, wait_behind
from extract.reading.associations import (
    add_those_before,
    are_associations,
    are_those_just_named,
    goes_back_to,
    has_a_charter,
    of_the_locals,
)
from extract.reading.at_places import (
    attends_a_briefing,
    is_at_a_place,
    is_at_as_many_places,
    is_size_of_a_team,
    states_a_rule,
)
from extract.reading.candidates import are_candidates, stands_for_office
from extract.reading.closing import MEDIA
from extract.reading.context import in_context
from extract.reading.denied import is_denied
from extract.reading.dialled import is_dialled
from extract.reading.elided import are_papers_of_media, give_noun_before
from extract.reading.elided_associations import are_the_others_left, is_elided_association
from extract.reading.listed_shares import add_listed_shares, add_shares_of_associations, shares_of_locals
from extract.reading.local_senders import are_so_many_associations, they_put_out
from extract.reading.lone_shares import add_all_shares
from extract.reading.mentions import Mention
from extract.reading.mixing import mixes_media, with_observers
from extract.reading.not_observers import (
    among_media_people,
    has_room_for,
    is_of_a_house,
    is_of_a_kind,
    is_of_the_commission,
    is_of_the_media,
    is_on_the_ballot,
    is_one_of_so_many,
    is_stray_applicant,
)
from extract.reading.not_sent import NOT_SENT, is_not_sent
from extract.reading.referring import counts_of_before
from extract.reading.scan import Chunk, Sentence
from extract.reading.scopes import SCOPES
from extract.reading.statements import STATE_WORDS, TOPIC, Statements, is_contest
from extract.reading.things import shares_the_things_before
from extract.reading.things_named import counts_things_beside, counts_things_just_named, counts_things_named
from extract.reading.towns import is_spread

_MOST_OBSERVERS = 100_000
"""No body of observers is larger, local ones included; what is counts voters."""

_TO_THE_EXACT = 4
"""Chunks between a rough number and the exact one: 'more than 300 people, or, to be exact, 305'."""
_OF_THINGS = frozenset({"one_of_them", "teams", "their_number", "competes"})


def accept(mentions: list[Mention], found: Statements, index: int, previous: list[Mention]) -> list[Mention]:
    """The numbers of a sentence that count observers; `previous` are those of the last sentence with numbers."""
    sentence = found.scan.sentences[index]
    if shares := shares_of_locals(mentions, found):
        return shares
    accepted: list[Mention] = []
    for n, mention in enumerate(mentions):
        if counts_of_before(mention, sentence, found, index):
            continue
        earlier = mentions[n - 1] if n else (previous[-1] if previous else None)
        if earlier is not None and earlier.noun == "bare" and earlier.group is None:
            own = found.scan.sentences[earlier.sentence]
            rejected = n > 0 and earlier not in accepted  # 'their appeals were 46, 12 of them on ...'
            earlier = earlier if rejected or (is_contest(own) and earlier not in found.mentions) else None
        left = mention.rest and are_the_others_left(mention, [*found.mentions, *accepted])
        if left or _counts_observers(mention, mentions, found, earlier, accepted):
            accepted.append(mention)
    if "exactly" in sentence.classes:
        for mention in accepted[:]:
            mention.dropped = mention.dropped or _is_put_exactly(mention, mentions, sentence)
            if mention.number.approx is not None and not mention.dropped:
                mention.dropped = _is_filled_by_the_next(mention, mentions, accepted, sentence.chunks)
    add_listed_shares(mentions, accepted, sentence.chunks)
    add_shares_of_associations(mentions, accepted, found)
    if "association" in sentence.classes and len(accepted) < len(mentions):
        add_those_before(mentions, accepted, sentence.chunks)
    if len(accepted) < len(mentions) > 1:
        add_all_shares(mentions, accepted, found)
    return accepted


def _is_put_exactly(rough: Mention, mentions: list[Mention], sentence: Sentence) -> bool:
    """'Fewer than a hundred of them, 68 to be precise, were put up by states': a bound that the next number fills."""
    chunks = sentence.chunks
    compared = rough.start > 0 and "comparing" in chunks[rough.start - 1].classes
    if not compared and rough.number.approx is not Approx.UNDER:
        return False
    smaller = (m for m in mentions if m.at > rough.at and m.value < rough.value and m.noun == "bare")
    beside = ([*chunks[m.start - 1 : m.start], *chunks[m.last :][:1]] for m in smaller)
    return any("exactly" in c.classes for near in beside for c in near)


def _is_filled_by_the_next(
    rough: Mention, mentions: list[Mention], accepted: list[Mention], chunks: list[Chunk]
) -> bool:
    """'үш жүзден аса адам, нақтырақ – 305': the number behind the words of exactness is that of the same people."""
    exact = next((m for m in mentions if m.at > rough.at), None)
    if exact is None or exact.noun != "bare" or exact.number.approx is not None:
        return False
    over = rough.number.approx is Approx.OVER
    if over != (exact.value > rough.value) or not rough.value < 2 * exact.value < 4 * rough.value:
        return False
    between = chunks[rough.last : exact.start]
    if len(between) > _TO_THE_EXACT or not any("exactly" in c.classes for c in between):
        return False
    exact.scope, exact.group = exact.scope or rough.scope, exact.group or rough.group
    if exact not in accepted:
        accepted.insert(accepted.index(rough) + 1, exact)
    return True


def _counts_observers(
    mention: Mention, mentions: list[Mention], found: Statements, earlier: Mention | None, accepted: list[Mention]
) -> bool:
    sentence = found.scan.sentences[mention.sentence]
    if _counts_things(mention, mentions, found) or not 0 < mention.value <= _MOST_OBSERVERS:
        return False
    by_noun = _by_noun(mention, found, accepted)
    if by_noun is not None or are_sent_behind(mention, found):
        return by_noun is not False
    stray = is_stray_applicant(mention, sentence) and not wait_behind(mention, found)
    stray = stray and not asked_to_be_let_in(mention, found)
    if stray or are_candidates(mention, sentence) or _of_candidates_before(mention, sentence, found):
        return False
    if (
        is_on_the_ballot(mention, sentence.chunks)
        or is_of_a_house(mention, sentence.chunks)
        or is_of_the_commission(mention, sentence.chunks)
    ):
        return False
    known = [m for m in [*found.mentions, *accepted] if m.scope != "journalists"]
    if not is_at_a_place(mention, sentence.chunks) and is_spread(mention, sentence, earlier, known):
        return True
    if mention.of_them and _is_no_share(mention, sentence.chunks):
        return False
    if mention.of_them and earlier is not None and _of_those_refused(mention, earlier, found, known):
        return False
    named = mention.group is not None and bool(mention.group.ids)
    if mention.of_them and not named and antecedent_noun(mention, found) == "voting":
        return False
    if mention.of_them and (noun := antecedent_noun(mention, found)) in SCOPES:
        return goes_back_to(mention, noun, found)
    if of_the_locals(mention, found) or (mention.of_them and of_the_diplomats(mention, found)):
        return not is_contest(sentence) or "local_sender" in sentence.classes
    refers = (mention.of_them and not mention.subject) or mention.of_value is not None
    if refers and mention.group is None:
        return refers_to_observers(mention, mentions, found, earlier, known)
    return in_context(mention, found, accepted, known)


def _is_no_share(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Of them 180 are women', 'five of them stay in Astana': shares that no figure is told of."""
    if is_of_a_kind(mention, chunks):
        return True
    if mention.subject or not is_at_a_place(mention, chunks):
        return False
    verb = chunks[mention.start - 2].classes if mention.start > 1 else frozenset()
    return "accredited" not in verb  # 'аккредитация оформлена на 38 из них'


def _of_those_refused(mention: Mention, earlier: Mention, found: Statements, known: list[Mention]) -> bool:
    return of_other_things(mention, earlier, found) or refers_to_refused(mention, earlier, known)


def _counts_things(mention: Mention, mentions: list[Mention], found: Statements) -> bool:
    sentence = found.scan.sentences[mention.sentence]
    if mention.noun == "other" or _is_a_ratio(mention, sentence.chunks) or counts_things_named(mention, found):
        return True
    if mention.noun == "person" and has_a_charter(mention, found):
        return True
    if not sentence.classes.isdisjoint(_OF_THINGS) and _said_of_things(mention, sentence, found):
        return True
    if mention.of_them and counts_senders_named(mention, found):
        mention.noun = "other"
        return True
    if mention.noun != "bare" or len(mentions) < 2:
        return False
    if shares_the_things_before(mention, mentions, sentence.chunks):
        return True
    return is_at_as_many_places(mention, mentions, sentence.chunks)


def _said_of_things(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """Whether a number counts teams, candidates, or what 'their number' means."""
    classes, chunks = sentence.classes, sentence.chunks
    if "their_number" in classes and counts_things_beside(mention, sentence):
        mention.noun = "other"
        return True
    return (
        ("their_number" in classes and counts_things_just_named(mention, found))
        or ("competes" in classes and stands_for_office(mention, chunks))
        or ("one_of_them" in classes and is_one_of_so_many(mention, chunks))
        or ("teams" in classes and is_size_of_a_team(mention, chunks))
    )


def _is_a_ratio(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Only one in fifty applicants has been refused': of nobody in particular."""
    if mention.start < 2 or not {"acts_for", "place_prep"} <= chunks[mention.start - 1].classes:
        return False
    one = chunks[mention.start - 2]
    return one.number is not None or ("person" in one.classes and one.classes <= {"person", "lone"})


def _of_candidates_before(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'The last of the candidates was registered. Two more withdrew their candidacies': of those who run.

    So are those of 'Проверяют кандидатов-одномандатников. Регистрацию прошли 435 человек, 26 сошли с дистанции'.
    """
    stepped_back = {"withdrawn", "applicant"} <= sentence.classes
    registered = bool(sentence.classes & {"accredited", "withdrawn"}) and mention.noun in {"bare", "person"}
    if not (stepped_back or registered) or sentence.classes & TOPIC or not mention.sentence:
        return False
    before = found.scan.sentences[mention.sentence - 1]
    if before.paragraph != sentence.paragraph or mention.group is not None:
        return False
    run = max((i for i, c in enumerate(before.chunks) if {"candidate", "local_sender"} <= c.classes), default=None)
    if run is None:
        return False  # 'Beside observers the meeting looked into the papers of candidates. Two of the 42 dropped out'
    if not stepped_back and ("contest" not in before.classes or before.classes & TOPIC):
        return False
    runs = not any(c.classes & TOPIC for c in before.chunks[run:]) and (
        not before.classes & TOPIC or not before.classes & STATE_WORDS
    )
    mention.noun = "other" if runs else mention.noun
    return runs


def _by_noun(mention: Mention, found: Statements, accepted: list[Mention]) -> bool | None:
    """Whether the noun alone decides, and how."""
    sentence = found.scan.sentences[mention.sentence]
    give_noun_before(mention, accepted, found.mentions, sentence.chunks)
    if is_elided_association(mention, accepted, found) or are_those_just_named(mention, sentence):
        mention.noun, mention.scope = "association", SCOPES["association"]
        return True
    if are_so_many_associations(mention, found):
        mention.noun, mention.scope, mention.status = "association", SCOPES["association"], Status.ACCREDITED
        return True
    if _counts_nobody(mention, sentence, accepted):
        return False
    if mention.noun == "association":
        return are_associations(mention, sentence, found)
    if they_put_out(mention, found):
        mention.noun, mention.scope = "observer", "domestic"
        return True
    if sentence.classes & MEDIA and _is_a_share_of_media(mention, sentence, found):
        return False
    if mention.noun == "journalist":
        return _are_media_people(mention, sentence)
    if states_a_rule(mention, sentence.chunks):
        return False
    if is_of_the_media(mention, sentence, found):
        named = mention.group is not None and mention.group.ids
        mention.noun = "other" if named else mention.noun  # states send observers, too, but these are not theirs
        return False
    if mention.noun == "observer":
        return True
    return are_diplomats(mention, accepted, found) if mention.noun == "diplomat" else None


def _is_a_share_of_media(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """Whether a number counts observers and media people together, or some of these; requests from media are theirs."""
    if mixes_media(mention, sentence.chunks):
        found.mixed.append(mention)
        return True
    if mention.noun == "person" and are_papers_of_media(mention, sentence.chunks):
        mention.noun, mention.scope, mention.group = "journalist", SCOPES["journalist"], None
    return "among" in sentence.classes and among_media_people(mention, sentence)


def _counts_nobody(mention: Mention, sentence: Sentence, accepted: list[Mention]) -> bool:
    """Whether those counted are denied, not sent, or a few for each of something, or the number is dialled."""
    dialled = mention.noun == "bare" and is_dialled(mention, sentence.chunks)
    if dialled or is_denied(mention, sentence.chunks):
        mention.noun = "other"  # no weights make observers of a telephone, or of those who were told to be refused
        return True
    if has_room_for(mention, sentence.chunks):
        return True
    return not sentence.classes.isdisjoint(NOT_SENT) and is_not_sent(mention, sentence, accepted)


def _are_media_people(mention: Mention, sentence: Sentence) -> bool:
    if "meets" in sentence.classes and not sentence.classes & STATE_WORDS:
        return False
    if "phone" in sentence.classes and "accredit_root" not in sentence.classes:
        return False  # 'колл-орталықта 60 оператор жұмыс істейді'
    return not with_observers(mention, sentence.chunks) and not attends_a_briefing(mention, sentence)
