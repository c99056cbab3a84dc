"""Which numbers without a noun share that of a number before them: 'another 53', 'ten of them here, 201 there'."""

from __future__ import annotations

from extract.model import Status
from extract.reading.closing import MEDIA
from extract.reading.decided import tell_part
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.scopes import SCOPES
from extract.reading.statements import Statements

_SHARES_REACH = 4
"""Sentences between associations and the shares that sum up to them."""
_APART = frozenset({"journalist", "association"})
_DONE = 3
"""Chunks between a number and 'have done so'."""
_MEDIA_REACH = 2
"""Sentences between media people and the applications of others of them."""
_OF_WHOM = 3
"""Chunks of 'applications of'."""
_LOCALS_REACH = 2
"""Sentences between local observers and the parties and associations that put them out."""
_TO_THE_MEDIA = 5
"""Chunks between 'requests' and the media that they are from."""
_BEFORE_MEDIA = frozenset({"international", "adjective", "filler", "definite"})
_OF_OTHERS = frozenset({"observer", "person", "international", "journalist"})
"""Whose numbers are no associations'."""


def give_noun_before(mention: Mention, accepted: list[Mention], known: list[Mention], chunks: list[Chunk]) -> None:
    """'94 journalists, and applications of another 53', 'nine of them here, another three there': of the same kind."""
    if accepted and _put_exactly(mention, accepted[-1], chunks):
        mention.noun, mention.scope, mention.group = accepted[-1].noun, accepted[-1].scope, accepted[-1].group
        return
    if accepted and accepted[-1].noun in _APART and _goes_on_apart(mention, accepted[-1], chunks):
        return
    if not accepted and mention.noun == "person" and _papers_after_media(mention, known, chunks):
        mention.noun, mention.scope = known[-1].noun, known[-1].scope
        return
    before = accepted[-1] if accepted else _waiting_beside(mention, known, chunks)
    if before is not None and _got_it(mention, before, chunks):
        mention.noun, mention.scope, mention.group = before.noun, before.scope, None
        return
    if before is None or before.noun not in SCOPES or mention.noun not in {"bare", "person"}:
        return
    if accepted and mention.of_value == before.value and mention.value < before.value:
        mention.noun, mention.scope, mention.group = before.noun, before.scope, None
        return  # 'Of the 120 associations that applied, 106 have received it'
    wholes = {m.value for m in [*known, *accepted] if m.noun == before.noun}
    if not mention.more and not (before.subset and before.value + mention.value in wholes):
        return
    if mention.group is None and not any("observer" in c.classes for c in chunks[before.last : mention.last]):
        mention.noun, mention.scope = before.noun, before.scope
        if accepted:
            mention.subset, mention.whole = before.subset, before.whole


def _papers_after_media(mention: Mention, known: list[Mention], chunks: list[Chunk]) -> bool:
    """'181 journalists are accredited. Applications of 24 people are pending', where nobody but media is counted."""
    if not known or mention.sentence - known[-1].sentence > _MEDIA_REACH or mention.group is not None:
        return False
    if any(m.noun != "journalist" for m in known) or any("observer" in c.classes for c in chunks):
        return False
    papers = any("applicant" in c.classes for c in chunks[max(0, mention.start - _OF_WHOM) : mention.last])
    return papers and any(c.classes & {"awaits", "proposed"} for c in chunks[mention.last : mention.clause[1]])


def _got_it(mention: Mention, before: Mention, chunks: list[Chunk]) -> bool:
    """'187 journalists have applied for accreditation; 142 have already received it': of the same."""
    own = mention.group is not None and mention.group.ids
    if before.noun not in SCOPES or mention.noun != "bare" or own:
        return False
    if before.sentence != mention.sentence or mention.value >= before.value:
        return False
    return any("passed_it" in c.classes for c in chunks[mention.last : mention.last + 3])


def _goes_on_apart(mention: Mention, before: Mention, chunks: list[Chunk]) -> bool:
    """Whether a number goes on from media people or associations counted before it; gives it their noun."""
    if _others_of_the_same(mention, before, chunks):
        mention.noun, mention.scope, mention.group = before.noun, before.scope, None
        return True
    if _papers_of_the_same(mention, before, chunks):
        mention.noun, mention.scope, mention.status = before.noun, before.scope, Status.PROPOSED
        return True
    return False


def are_papers_of_media(mention: Mention, chunks: list[Chunk]) -> bool:
    """'The ministry has received 45 requests from foreign media': those of reporters."""
    if not any(c.classes & {"applicant", "papers"} for c in chunks[mention.at : mention.last]):
        return False
    phrase = chunks[mention.last - 1 : mention.last + _TO_THE_MEDIA]  # 'requests from' may be one
    origin = next((i for i, c in enumerate(phrase[:2]) if "origin" in c.classes), None)
    behind = [c for c in phrase[origin + 1 :] if not c.classes & _BEFORE_MEDIA] if origin is not None else []
    return bool(behind) and bool(behind[0].classes & MEDIA)


def _others_of_the_same(mention: Mention, before: Mention, chunks: list[Chunk]) -> bool:
    """'153 reporters from 31 countries passed it, and the papers of 22 others are being checked': reporters, too.

    The countries are those of the first number, however near they stand.
    """
    behind = chunks[mention.last - 1 : mention.last + 1]
    if mention.noun != "bare" or not any({"rest", "new_word"} <= c.classes for c in behind):
        return False
    group = mention.group
    if group is not None and (group.ids or not before.last <= group.first < mention.start):
        return False
    return not any("observer" in c.classes for c in [*chunks[before.last : mention.start], *behind])


def _papers_of_the_same(mention: Mention, before: Mention, chunks: list[Chunk]) -> bool:
    """'84 journalists have been accredited, and 37 applications are pending': papers of media people, too."""
    if mention.noun != "person" or mention.group is not None:
        return False
    between = chunks[before.last : mention.start]
    if any(c.classes & {"observer", "international", "diplomat"} or c.name is not None for c in between):
        return False
    papers = any("applicant" in c.classes for c in chunks[mention.at : mention.last])
    behind = chunks[mention.last : mention.last + _DONE]
    others = any(c.classes & {"observer", "international", "diplomat"} for c in behind)
    waits = any(c.classes & {"awaits", "proposed"} for c in [*behind, *chunks[mention.at : mention.last]])
    return papers and waits and not others


def _put_exactly(mention: Mention, rough: Mention, chunks: list[Chunk]) -> bool:
    """'More than three hundred observers, or 322 to be exact': the number that the rough one stands for."""
    beside = [*chunks[max(0, mention.start - 1) : mention.start], *chunks[mention.last : mention.last + 1]]
    exact = mention.noun == "bare" and rough.number.approx is not None and mention.group is None
    return exact and any("exactly" in c.classes for c in beside)


def _waiting_beside(mention: Mention, known: list[Mention], chunks: list[Chunk]) -> Mention | None:
    """'190 associations have been accredited. Another 14 are waiting': of those of the sentence before.

    So are those of 'four of these were accredited at the centre. The remaining 118 were accredited by others'.
    """
    before = known[-1] if known else None
    if before is None or mention.noun != "bare" or mention.sentence - before.sentence != 1:
        return None
    if not (mention.more or (mention.rest and before.noun == "association")):
        return None
    clause = chunks[slice(*mention.clause)]
    return before if any(c.classes & {"accredited", "proposed"} for c in clause) else None


def is_elided_association(mention: Mention, accepted: list[Mention], found: Statements) -> bool:
    """'Local associations watch, too. Ten are accredited by the commission, 201 by regional ones'."""
    own = found.scan.sentences[mention.sentence]
    last = found.scan.sentences[mention.sentence - 1] if mention.sentence else None
    last = last if last is not None and last.paragraph in {own.paragraph, own.paragraph - 1} else None
    if mention.noun == "bare" and _such_there_are(mention, own.chunks, last):
        mention.status = mention.status or Status.ACCREDITED
        return True
    if mention.noun == "bare" and _did_as_they_had_to(mention, own):
        mention.status = mention.status or Status.ACCREDITED
        return True
    if mention.noun == "bare" and _passed_what_they_need(mention, own):
        mention.status = mention.status or Status.ACCREDITED
        return True
    if mention.noun == "bare" and _some_of_those(mention, own, found):
        mention.subset = True
        return True
    if mention.noun != "bare" or mention.of_them or mention.group is not None or not mention.sentence:
        return False
    chunks = found.scan.sentences[mention.sentence].chunks
    if accepted and accepted[-1].noun == "association":
        mention.subset = any("including" in c.classes for c in chunks[accepted[-1].last : mention.start])
        if mention.subset or _by_other_commissions(chunks[accepted[-1].last : mention.start]):
            return True
    before = found.scan.sentences[mention.sentence - 1]
    if "association" not in before.classes or "accredited" not in own.classes or before.paragraph != own.paragraph:
        return False
    if own.classes & {"observer", "international", "association"} or any(c.number is not None for c in before.chunks):
        return False
    return bool(accepted) or not any(c.number is not None for c in own.chunks[: mention.at])


def are_the_others_left(mention: Mention, known: list[Mention]) -> bool:
    """'46 объединений прошли её. Девять – в ЦИК, остальным 37 свидетельства выдали в областях': all that are left.

    So are those of '189 журналистов приедут. 103 корреспондента получили карточки, у остальных 86 они есть'.
    """
    told = [m for m in known[-2:] if m.noun in _APART]
    if len(told) < 2 or told[0].noun != told[1].noun or mention.group is not None:
        return False
    if mention.sentence - told[0].sentence > _SHARES_REACH:
        return False
    whole, share = told
    if whole.value - share.value != mention.value:
        return False
    mention.noun, mention.scope, mention.whole, mention.subset = whole.noun, whole.scope, whole, True
    return True


def _by_other_commissions(between: list[Chunk]) -> bool:
    """'семь объединений, а в областных комиссиях свидетельства взяли 163': those of other commissions."""
    if any(c.number is not None or c.name is not None or c.classes & {"observer", "person"} for c in between):
        return False
    regional = any({"adjective", "territorial"} & c.classes for c in between)
    return regional and any("accredited" in c.classes or c.text in "–—-" for c in between[-2:])


def _some_of_those(mention: Mention, own: Sentence, found: Statements) -> bool:
    """'211 associations went through it, 14 of them in Almaty', '37 have it. Seven received it from the commission'."""
    before = found.mentions[-1] if found.mentions else None
    if before is None or before.noun != "association" or mention.sentence - before.sentence > 1:
        return False
    if mention.value >= before.value or mention.group is not None or own.classes & _OF_OTHERS:
        return False
    if mention.sentence != before.sentence and any(c.number is not None for c in own.chunks[: mention.at]):
        return False  # '211 associations are accredited. There are 10,388 stations, 71 of them abroad'
    return mention.of_them or bool(own.classes & {"commission", "passed_it"} and own.classes & {"accredited", "light"})


def _passed_what_they_need(mention: Mention, own: Sentence) -> bool:
    """'НПО тоже нужна аккредитация, её прошли 57', 'NGOs need accreditation as well, and 57 have it'."""
    if not {"association", "accredit_root"} <= own.classes or own.classes & _OF_OTHERS or mention.group is not None:
        return False
    ahead = own.chunks[: mention.start]
    at = max((i for i, c in enumerate(ahead) if "association" in c.classes), default=None)
    if at is None or mention.of_them or any(c.number is not None for c in ahead):
        return False
    named = next((i for i in range(at + 1, len(ahead)) if "accreditation" in ahead[i].classes), None)
    return named is not None and any(c.text in ",;" for c in ahead[named:])


def _such_there_are(mention: Mention, chunks: list[Chunk], before: Sentence | None) -> bool:
    """'Associations accredited by the commission may work, too: there are nine such now', 'сейчас таких девять'."""
    ahead = chunks[: mention.start]
    if not ahead or not ahead[-1].classes & {"such", "their_number"}:
        return False
    at = max((i for i, c in enumerate(ahead) if "association" in c.classes), default=None)
    if at is None and before is not None and "such" in ahead[-1].classes:
        ahead = [*before.chunks, *ahead]  # 'Associations that got accreditation may watch. There are 161 such'
        at = max((i for i, c in enumerate(ahead) if "association" in c.classes), default=None)
    between = ahead[at + 1 :] if at is not None else []
    others = any(c.number is not None or c.classes & {"observer", "person", "voting"} for c in between)
    return any("accredited" in c.classes for c in between) and not others


def _did_as_they_had_to(mention: Mention, own: Sentence) -> bool:
    """'Associations that wish to watch must be accredited, and 14 have done so': so many of those just named."""
    if not {"association", "passed_it", "accredit_root"} <= own.classes or mention.group is not None:
        return False
    ahead, behind = own.chunks[: mention.start], own.chunks[mention.last : mention.last + _DONE]
    at = max((i for i, c in enumerate(ahead) if "association" in c.classes), default=None)
    if at is None or not any("passed_it" in c.classes for c in behind):
        return False
    between = ahead[at + 1 :]
    if any(c.number is not None or "international" in c.classes for c in between):
        return False
    return any("accredit_root" in c.classes for c in between)


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
