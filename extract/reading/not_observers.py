"""Which numbers count others than observers: candidates, seats, shares by sex, the refused, what a rule allows."""

from __future__ import annotations

import itertools

from extract.reading.at_places import is_at_a_place, is_plain_of
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import STATE_WORDS, Statements, is_contest

_NEAR_A_CANDIDATE = 4
"""Chunks between candidates and what they run for."""
_BEFORE_THEM = 3
"""Chunks between a ballot and the names on it."""
_TEAM = 5
"""Chunks with which 'experts of the core team' stands before its number."""
_ASKED_OR_TAUGHT = 5
"""Chunks between 'were polled' or 'took part in a seminar' and how many."""
_PROXIES = 4
"""Chunks between 'proxies' and the candidates whom they act for."""
_AS_MANY = 10
"""A smaller number may be said again of other people."""
_SAID_AGAIN = 3
"""Sentences between journalists and as many people, who are the same ones."""
_STEPPED_BACK = 3
"""Chunks behind a number that say that so many withdrew their candidacies."""
_OF_THE = frozenset({"definite", "partitive"})
"""'69 members [of the] Mazhilis'."""


def is_stray_applicant(mention: Mention, sentence: Sentence) -> bool:
    """Candidates and applications without a sender, where nothing says that they are observers'."""
    if _are_experts(mention, sentence) or _are_met(mention, sentence) or _are_asked_or_taught(mention, sentence):
        return True
    if "local_sender" in sentence.classes and _have_proxies(mention, sentence):
        return True
    if mention.group is not None or mention.noun == "diplomat" or mention.scope == "diplomats":
        return False
    if _runs_for_office(mention, sentence) or ("withdrawn" in sentence.classes and _stepped_back(mention, sentence)):
        return True
    submitted = {"commission", "proposed"} <= sentence.classes or "all_granted" in sentence.classes
    submitted = submitted or _just_granted(mention, sentence)
    submitted = submitted and not is_contest(sentence) and sentence.classes.isdisjoint({"voting", "phone"})
    if _is_candidate(mention, sentence) and "observer" not in sentence.classes and not submitted:
        return True
    return any("only_sent" in c.classes for c in sentence.chunks[mention.at : mention.last])


def is_one_of_so_many(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Бұл – ұйым тарихындағы 60-тан астам миссияның бірі', '60-тан астамының бірі': of such things; marks it so."""
    at = next((i for i in range(mention.last, min(mention.last + 2, len(chunks))) if _is_one(chunks[i])), None)
    if at is None or mention.noun != "bare" or "share" in chunks[mention.at].classes:
        return False
    mention.noun = "other"
    return True


def _is_one(chunk: Chunk) -> bool:
    return "one_of_them" in chunk.classes and chunk.number is None


def _just_granted(mention: Mention, sentence: Sentence) -> bool:
    """'На заседании дали добро тридцати двум кандидатам': the verb stands right before those whom a meeting let in."""
    if not {"accredited", "meeting"} <= sentence.classes or not mention.start:
        return False
    return "accredited" in sentence.chunks[mention.start - 1].classes


def _are_experts(mention: Mention, sentence: Sentence) -> bool:
    """'In the capital there are 14 experts, and 24 long-term observers work in the regions': a mission's own staff."""
    if "experts" not in sentence.classes or (mention.group is not None and not mention.group.anaphoric):
        return False
    ahead = sentence.chunks[max(0, mention.start - _TEAM) : mention.start]
    aside = bool(ahead) and ahead[-1].text in "–—("  # 'experts of the core team - 12 people - and 30 long-term ones'
    phrase = [*sentence.chunks[mention.at : mention.last], *(ahead if aside else [])]
    if not any("experts" in c.classes for c in phrase):
        return False
    others = [*sentence.chunks[: mention.start], *sentence.chunks[mention.last :]]
    return any("long_short" in c.classes for c in others) and any("observer" in c.classes for c in others)


def _are_asked_or_taught(mention: Mention, sentence: Sentence) -> bool:
    """'1,200 people were polled', 'в семинаре участвовали 180 человек'."""
    if "asked_or_taught" not in sentence.classes or mention.noun not in {"person", "bare"}:
        return False
    reach = _ASKED_OR_TAUGHT if sentence.classes & STATE_WORDS else mention.start
    ahead = sentence.chunks[max(mention.clause[0], mention.start - reach) : mention.start]
    behind = sentence.chunks[mention.last : mention.last + _ASKED_OR_TAUGHT]
    asked = any("asked_or_taught" in c.classes for c in [*ahead, *behind])
    if asked and sentence.classes.isdisjoint(STATE_WORDS | {"observer", "accredit_root"}):
        mention.noun = "other"
    return asked


def _are_met(mention: Mention, sentence: Sentence) -> bool:
    """'The mission means to talk to each of the four candidates': whom the observers meet, not whom a body sends."""
    phrase = sentence.chunks[mention.at : mention.last]
    if "meets" in sentence.classes and any({"person", "with_case"} <= c.classes for c in phrase):
        return any("meets" in c.classes for c in sentence.chunks[mention.last :])  # '23 адаммен кездесті'
    if "meets" not in sentence.classes or not any({"candidate", "local_sender"} <= c.classes for c in phrase):
        return False
    return not sentence.classes & STATE_WORDS


def _runs_for_office(mention: Mention, sentence: Sentence) -> bool:
    """'The observers note that 7 candidates had equal access', 'five candidates have nominated 20,000 observers'."""
    if sentence.classes.isdisjoint({"candidate", "office_seeker", "applicant"}):
        return False
    if any({"candidate", "local_sender"} <= c.classes for c in sentence.chunks[mention.last : mention.last + 1]):
        return mention.noun == "person" and mention.group is None
    if "likewise" in sentence.classes and _let_in_as_candidates(mention, sentence.chunks):
        return True
    phrase = sentence.chunks[mention.at : mention.last]
    seeks = any(c.classes & {"office_seeker", "applicant"} for c in phrase)
    ahead = sentence.chunks[mention.clause[0] : mention.start]
    if seeks and (_for_a_seat(sentence.chunks, mention) or any({"seat", "contest"} <= c.classes for c in ahead)):
        return True
    party = any({"contest", "local_sender"} <= c.classes for c in sentence.chunks[mention.clause[0] : mention.at])
    if party and any({"candidate", "not_closing"} <= c.classes for c in phrase):
        return True
    if not any({"candidate", "local_sender"} <= c.classes for c in phrase) or mention.rest or mention.of_them:
        return False
    sends = any("have" in c.classes for c in sentence.chunks[mention.last : mention.last + 1])
    return sends or not sentence.classes & (STATE_WORDS | {"accredit_root"})


def _let_in_as_candidates(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Two persons have been registered as candidates', 'of the nine who sought registration as candidates'."""
    behind = chunks[mention.last : mention.clause[1]]
    told = next((i for i, c in enumerate(behind) if {"candidate", "local_sender"} <= c.classes), 0)
    between = [c for c in behind[:told] if "adjective" not in c.classes]
    return bool(between) and "likewise" in between[-1].classes and all(c.number is None for c in between)


def _have_proxies(mention: Mention, sentence: Sentence) -> bool:
    """'Observers from abroad are welcome, as are proxies of all the 7 candidates': those who run, whoever watches."""
    if not any({"candidate", "local_sender"} <= c.classes for c in sentence.chunks[mention.at : mention.last]):
        return False
    ahead = sentence.chunks[max(0, mention.start - _PROXIES) : mention.start]
    words = [c for c in ahead if not c.classes & {"filler", "all_of", "origin"}]
    return bool(words) and "local_sender" in words[-1].classes and words[-1].number is None


def _stepped_back(mention: Mention, sentence: Sentence) -> bool:
    """'Ten candidates were nominated, two withdrew their candidacies': of those who run, where no observer is named."""
    if sentence.classes & {"observer", "accredit_root", "mission"}:
        return False
    behind: set[str] = set().union(*(c.classes for c in sentence.chunks[mention.at + 1 : mention.last + _STEPPED_BACK]))
    run = any({"candidate", "local_sender"} <= c.classes for c in sentence.chunks[: mention.start])
    return run and "withdrawn" in behind and ("applicant" in behind or _candidates_counted(mention, sentence.chunks))


def _candidates_counted(mention: Mention, chunks: list[Chunk]) -> bool:
    """'43 candidates remain in the running after three withdrew': of those who run and were just counted."""
    runs = ({"candidate", "local_sender", "applicant"} <= c.classes for c in chunks[1 : mention.start])
    counted = any(run and chunks[at].number is not None for at, run in enumerate(runs))
    return mention.noun == "bare" and counted


def _for_a_seat(chunks: list[Chunk], mention: Mention) -> bool:
    """'registered 281 candidates for 98 seats', '281 кандидата на 98 мест', 'six candidates for the presidency'."""
    behind = itertools.takewhile(lambda c: c.text not in ",;:", chunks[mention.last : mention.last + _NEAR_A_CANDIDATE])
    return any(c.classes & {"seat", "contest", "voting", "presidential", "parliamentary", "senate"} for c in behind)


def _is_candidate(mention: Mention, sentence: Sentence) -> bool:
    """Candidates, requests, experts: counted as observers only where observers or their senders stand beside them."""
    if "candidate" not in sentence.classes:
        return False
    phrase = sentence.chunks[mention.at : mention.last]
    given = (
        any("spot" in c.classes for c in phrase)
        and mention.group is not None
        and bool(mention.group.ids or mention.group.generic)
    )
    return not given and any("candidate" in c.classes for c in phrase)


def is_on_the_ballot(mention: Mention, chunks: list[Chunk]) -> bool:
    """'ballot papers with 7 names', 'в бюллетене 7 фамилий': who stands for election."""
    before = reversed(chunks[max(0, mention.start - _BEFORE_THEM) : mention.start])
    ahead = itertools.takewhile(lambda c: c.number is None and c.text not in ",;:", before)
    return mention.noun in {"person", "bare"} and any("ballot" in c.classes for c in ahead)


def is_of_a_kind(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Of them, 7 are women': a share by sex or age is no figure of a sender."""
    opens = chunks[max(mention.clause[0], mention.start - 2) : mention.start]
    if any("demographic" in c.classes for c in opens) and not any(c.number is not None for c in opens):
        return True
    return any("demographic" in c.classes for c in chunks[mention.at : mention.last + 3])


def is_of_a_house(mention: Mention, chunks: list[Chunk]) -> bool:
    """'10 members of the upper house', 'the hall holds 60 people': deputies and seats."""
    ahead = chunks[max(0, mention.start - 2) : mention.start]
    holds = any("capacity" in c.classes and "in_them" not in c.classes for c in ahead)
    if holds and not any("count_subject" in c.classes for c in chunks[mention.clause[0] : mention.start]):
        return True  # but 'the list of observers holds 300 names'
    if any("spot" in c.classes for c in chunks[mention.at : mention.last]) and _are_seats(mention, chunks):
        return True
    if _are_elected(mention, chunks):
        return True
    after = chunks[mention.last : mention.last + 2]
    if mention.noun == "person" and after and "member_of" in after[0].classes and "observer" not in after[0].classes:
        return all(not c.is_word for c in after[1:])  # 'Ассамблеяға 323 депутат мүше'
    of_what = next((c for c in chunks[mention.last : mention.last + 3] if not c.classes & _OF_THE), None)
    return mention.noun == "person" and of_what is not None and bool(of_what.classes & {"senate", "own_poll"})


def _are_seats(mention: Mention, chunks: list[Chunk]) -> bool:
    """'98 мандатов в мажилисе', 'in 40 places': what badges of observers are called, too."""
    alone = mention.start > 0 and chunks[mention.start - 1].last - chunks[mention.start - 1].first == 1
    if alone and is_at_a_place(mention, chunks):
        return mention.group is None or not mention.group.ids  # 'заявку на 24 места одобрили миссии СНГ'
    if not any({"seat", "contest"} <= c.classes for c in chunks[mention.at : mention.last]):
        return False
    return mention.group is None or any("own_poll" in c.classes for c in chunks[mention.last : mention.last + 2])


def _are_elected(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Тоғыз депутатты Қазақстан халқы Ассамблеясы сайлайды', 'nine deputies are elected by the Assembly'."""
    first = mention.clause[0] if "share" in chunks[mention.at].classes else mention.at
    if not any(c.classes & {"deputy", "parliamentarians"} for c in chunks[first : mention.last]):
        return False
    clause = chunks[slice(*mention.clause)]
    elected = any(c.classes & {"elects", "own_poll", "seat"} for c in clause)
    return elected and not any(c.classes & {"observer", "observing", "accredit_root", "delegation"} for c in clause)


def has_room_for(mention: Mention, chunks: list[Chunk]) -> bool:
    """'a hall seating 60', 'room for 300 reporters', '300 журналистке арналған': places, whoever takes them."""
    near = [*chunks[max(0, mention.start - 2) : mention.start], *chunks[mention.last : mention.last + 1]]
    return any("capacity" in c.classes and not c.classes & {"count_verb", "in_them"} for c in near)


def is_of_the_commission(mention: Mention, chunks: list[Chunk]) -> bool:
    """'At least two members of the commission carry the box': those who hold the poll."""
    owners = chunks[max(0, mention.start - 3) : mention.start]
    if mention.noun == "person" and owners and {"commission", "of_case"} <= owners[-1].classes:
        return not any(c.name is not None for c in owners)  # 'комиссияның 17 мүшесі'
    of_a_size = len(owners) > 1 and "commission" in owners[-2].classes and is_plain_of(owners[-1])
    noun = chunks[mention.last - 1].classes
    if mention.noun != "person" or of_a_size or not noun & {"member_of", "deputy"}:
        return mention.noun == "person" and of_a_size  # 'a commission of at least five members'
    after = (
        c for c in chunks[mention.last : mention.last + 4] if "filler" not in c.classes and "partitive" not in c.classes
    )
    first, *others = [c.classes for c in after] or [frozenset()]
    local = any("commissions" in c for c in (first, *others[:1]))  # '12 members of territorial commissions'
    return local or ("commission" in first and "member_of" in noun)


def is_of_the_media(mention: Mention, sentence: Sentence, found: Statements) -> bool:
    """'The largest teams come from Türkiye (19) and Japan (12)' after a number of journalists.

    So are as many people again: 'БАҚ-тың 187 өкілі келеді. Уақытша аккредитация 187 адамға берілді'.
    """
    before = found.mentions[-1] if found.mentions else None
    if before is None or before.noun != "journalist" or mention.noun == "observer":
        return False
    if mention.value == before.value and mention.noun in {"person", "bare"} and mention.value >= _AS_MANY:
        of_observers = any("observer" in c.classes for c in sentence.chunks[slice(*mention.clause)])
        return mention.sentence - before.sentence <= _SAID_AGAIN and not of_observers
    if "observer" in sentence.classes:
        return False
    return mention.sentence - before.sentence in {1, 2} and not sentence.classes & {"accreditation", "accredit_root"}


def among_media_people(mention: Mention, sentence: Sentence) -> bool:
    """'Among the journalists accredited are 30 from Japan': none of the observers."""
    if mention.noun not in {"bare", "person"} or "observer" in sentence.classes:
        return False
    ahead = sentence.chunks[mention.clause[0] : mention.start]
    at = next((i for i, c in enumerate(ahead) if "among" in c.classes), len(ahead))
    theirs = any("journalist" in c.classes for c in ahead[at + 1 : at + 1 + _BEFORE_THEM])
    mention.noun = "other" if theirs else mention.noun
    return theirs
