"""What the words around a number say of it: accredited or proposed, running total or batch.

A cue counts for a number strongly if it stands in the same clause with no other counted number in between, weakly if
it must reach over one. Weak cues serve only where nothing better is known: a part takes the state of its whole.
"""

from __future__ import annotations

from extract.model import Status
from extract.reading.cue_bounds import (
    accredited_before_that,
    has_its_share_behind,
    is_told_of_its_share,
    its_share_follows,
    passed_it,
    put_forward,
    received_by,
    said_of_the_next,
    will_not_come,
)
from extract.reading.cue_words import around, counts_senders, numbers_between
from extract.reading.mentions import COUNTABLE, Mention
from extract.reading.scan import Chunk, Sentence

STATUSES = (
    ("withdrawn", Status.WITHDRAWN),
    ("accredited", Status.ACCREDITED),
    ("proposed", Status.PROPOSED),
    ("announced", Status.ANNOUNCED),
)
"""Classes of words that tell a status; the first that a word or sentence has tells it."""
_GRANTED = frozenset({"accreditation", "papers"})
"""What tells a status only beside a word such as 'got'."""
_TELLING = _GRANTED.union((name for name, _ in STATUSES), ("accrediting",))
_NO_CLASSES: frozenset[str] = frozenset()
_NO_GRANT = frozenset({"until_number", "withdrawn"})
"""'gave up the badges of three': what is given away is granted to nobody."""
_BESIDE_NAMES = frozenset({"filler", "and"})
_REACH_OF_WITHDRAWAL = 9
_TO_ITS_VERB = 13
"""Chunks between 'accreditation' and 'got' behind it: 'аккредитацию на право наблюдать за выборами получили'."""
_OUTRIGHT = _GRANTED | {"reversal", "passed_it", "takes_off", "shrank_by", "refuses", "names_them"}
_ASKED = 8
"""Chunks between 'asks' and 'to accredit'."""


def status_cue(mention: Mention, sentence: Sentence) -> tuple[Status, bool] | None:
    """(status, whether the cue is strong), or None where the clause says nothing."""
    if sentence.classes & {"remains", "leaves"} and _is_left(mention, sentence.chunks):
        return None
    near: dict[Status, int] = {}
    far: dict[Status, int] = {}
    if sentence.classes & _OUTRIGHT and (outright := _told_outright(mention, sentence)) is not None:
        return outright, True
    for at in around(mention, sentence, _TELLING):
        status = _status(sentence.chunks, at, mention)
        if status is None:
            continue
        distance = mention.at - at if at < mention.at else max(at - mention.last + 1, 0)
        if status is Status.ACCREDITED and _is_their_participle(mention, at, sentence):
            distance = _REACH_OF_WITHDRAWAL
        if status is Status.WITHDRAWN and mention.subject and at < mention.at:
            continue  # 'their badges were revoked, the number of observers fell to 189'
        if status is Status.ACCREDITED and accredited_before_that(mention, sentence.chunks, at):
            continue
        if _said_of_some(mention, sentence, at):
            continue
        if status is Status.WITHDRAWN and _of_another_number(sentence.chunks, at, mention):
            continue
        crossed = numbers_between(sentence.chunks, at, mention)
        crossed = crossed and not (status is Status.WITHDRAWN and _of_one_subject(sentence.chunks[mention.last : at]))
        apart = crossed or _of_the_number_before(sentence.chunks, at, mention)
        apart = apart or (status is Status.ACCREDITED and said_of_the_next(mention, sentence.chunks, at))
        into = far if apart or _merely_sends(mention, sentence.chunks[at], status) else near
        into[status] = min(into.get(status, distance), distance)
    if near:
        return _choose(near), True
    if far:
        return _choose(far), len(far) == 1 and _shares_the_verb(mention, sentence.chunks)
    some_drop_out = "withdrawn" in sentence.classes and its_share_follows(mention, sentence.chunks)
    return (Status.ACCREDITED, False) if some_drop_out else None


def _told_outright(mention: Mention, sentence: Sentence) -> Status | None:
    if "reversal" in sentence.classes and any("reversal" in c.classes for c in sentence.chunks[slice(*mention.clause)]):
        return Status.WITHDRAWN
    if "takes_off" in sentence.classes and _taken_off(mention, sentence.chunks):
        return Status.WITHDRAWN
    if "names_them" in sentence.classes and put_forward(mention, sentence.chunks):
        return Status.PROPOSED
    if "refuses" in sentence.classes and will_not_come(mention, sentence.chunks):
        return Status.WITHDRAWN
    granted = {"passed_it", "accredit_root"} <= sentence.classes and passed_it(mention, sentence.chunks)
    granted = granted or received_by(mention, sentence.chunks)
    return Status.ACCREDITED if granted else None


def _taken_off(mention: Mention, chunks: list[Chunk]) -> bool:
    """'БДИПЧ сняло троих своих людей', 'снимает двух наблюдателей': a sender takes its own people off the list.

    So does the commission with any: 'исключила троих из списка'.
    """
    people = chunks[mention.last - 1].classes
    ahead = [c for c in chunks[mention.clause[0] : mention.start][-2:] if "filler" not in c.classes]
    own = bool(people & {"its", "observer"}) and mention.last > mention.at + 1
    own = own or is_off_the_list(mention, chunks)
    return own and bool(ahead) and "takes_off" in ahead[-1].classes


def is_off_the_list(mention: Mention, chunks: list[Chunk]) -> bool:
    """'троих из списка', 'двух человек из списка': what a number is struck off stands behind it."""
    return mention.last < len(chunks) and {"list_word", "partitive"} <= chunks[mention.last].classes


def _of_one_subject(between: list[Chunk]) -> bool:
    """'Two of the SCO and one of Cuba gave back their badges': the verb of all who are listed before it."""
    listed = {"and", "origin", "filler", "observer", "person"}
    return any("and" in c.classes for c in between) and all(
        c.name is not None or c.number is not None or c.text == "," or c.classes & listed for c in between
    )


def _shares_the_verb(mention: Mention, chunks: list[Chunk]) -> bool:
    """'ШЫҰ 15, СВМДА төрт байқаушы жіберуге ниетті': the verb behind the last sender is that of all of them."""
    if mention.group is None or mention.group.last > mention.start or mention.last >= len(chunks):
        return False
    if any("sends" in c.classes for c in chunks[mention.last : mention.clause[1]]):
        return False
    joined = chunks[mention.last]
    following = next((c for c in chunks[mention.last + 1 : mention.clause[1]] if not c.classes & _BESIDE_NAMES), None)
    return (joined.text == "," or "and" in joined.classes) and following is not None and following.name is not None


def _is_left(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Four gave their badges back, so 246 remain', 'which leaves 246', 'остались 246'."""
    if mention.noun not in {"bare", "person", "observer"}:
        return False
    ahead = chunks[max(0, mention.start - 1) : mention.start]
    behind = chunks[mention.last : mention.last + 1]
    if any("withdrawn" in c.classes for c in behind):
        return False  # 'тізімнен бес байқаушы түсіп қалды': they fell out of it
    if ahead and any("proposed" in c.classes for c in chunks[mention.clause[0] : mention.start - 1]):
        return False  # 'на рассмотрении остаются 39'
    return any("leaves" in c.classes for c in ahead) or any("remains" in c.classes for c in [*ahead, *behind])


def _merely_sends(mention: Mention, chunk: Chunk, status: Status) -> bool:
    """'ШЫҰ 22, Араб лигасы тоғыз өкілін жібереді': a plan, unless the whole is known to be accredited."""
    return status is Status.ANNOUNCED and "sends" in chunk.classes and not mention.more


def _of_another_number(chunks: list[Chunk], at: int, mention: Mention) -> bool:
    """'271 observers, taking account of two withdrawn earlier': the participle behind a number is that number's.

    'approved another 148 and cancelled the accreditation of three': so is the verb with a number of its own.
    """
    if at >= mention.last and any("and" in c.classes or c.text == "," for c in chunks[mention.last : at]):
        own = chunks[at + 1 : at + _REACH_OF_WITHDRAWAL]
        if any(c.number is not None and c.number.kind in COUNTABLE for c in own):
            return True
    number = chunks[at - 1].number if at else None
    return number is not None and number.kind in COUNTABLE and at - 1 != mention.at


def _said_of_some(mention: Mention, sentence: Sentence, at: int) -> bool:
    """Whether a word is said of a share of those counted alone, or of the whole that they are a share of."""
    chunks = sentence.chunks
    if "partitive" in sentence.classes and is_told_of_its_share(mention, chunks, at):
        return True
    if "withdrawn" in sentence.classes and _of_those_let_in(mention, sentence, at):
        return True
    if at <= mention.last:
        return False
    if _of_some_of_them(chunks[mention.last : at]) or has_its_share_behind(chunks, mention.last, at):
        return True
    return its_share_follows(mention, chunks)


def _of_some_of_them(between: list[Chunk]) -> bool:
    """'18 people, ten of whom are accredited already': said of the ten alone."""
    counted = [i for i, c in enumerate(between) if c.number is not None and c.number.kind in COUNTABLE]
    behind = between[counted[0] + 1 : counted[0] + 2] if counted else []
    return any({"of_them", "subset"} <= c.classes for c in behind)


def _choose(found: dict[Status, int]) -> Status:
    """A finite word of accreditation beats the words of nomination beside it; plans yield to both."""
    withdrawn = found.get(Status.WITHDRAWN)
    if withdrawn is not None and withdrawn <= min(_REACH_OF_WITHDRAWAL, found.get(Status.ACCREDITED, withdrawn)):
        return Status.WITHDRAWN
    for status in (Status.ACCREDITED, Status.PROPOSED, Status.ANNOUNCED):
        if status in found:
            return status
    return Status.WITHDRAWN


def _status(chunks: list[Chunk], at: int, mention: Mention) -> Status | None:
    classes = chunks[at].classes
    if "asks_for" in classes and any("accrediting" in c.classes for c in chunks[at + 1 : at + _ASKED]):
        return Status.PROPOSED  # 'has asked the commission to accredit 29 foreigners'
    if _TELLING.isdisjoint(classes) or "denial" in classes:
        return None
    for name, status in STATUSES:
        if name in classes:
            if name == "accredited" and (_of_diplomats(chunks, at, mention) or _cancelled(chunks, at)):
                return None
            if name == "proposed" and "future" in classes and _of_nobody(chunks[mention.clause[0] : at]):
                return None  # 'no more observers will be accredited: the list stands at 300'
            if name == "withdrawn" and _takes_nobody_off(chunks, at, mention):
                return None
            return status
    if "accrediting" in classes and any("managed" in c.classes for c in chunks[max(0, at - _ASKED) : at + _ASKED]):
        return Status.ACCREDITED  # 'the commission has managed to accredit 287'
    if _GRANTED.isdisjoint(classes):
        return None
    before, after = chunks[max(0, at - 5) : at], chunks[at + 1 : at + _TO_ITS_VERB]
    after = after[: next((i for i, c in enumerate(after) if i > 4 and (c.number or not c.is_word)), len(after))]
    granted = any("light" in c.classes and not c.classes & _NO_GRANT for c in before) or _granted_behind(after)
    if not granted or any("proposed" in c.classes for c in before) or _taken_away(chunks, at, after):
        return None
    return Status.ACCREDITED


def _takes_nobody_off(chunks: list[Chunk], at: int, mention: Mention) -> bool:
    """Whether a withdrawal is denied, is that of accreditation as such, or those refused stand right before it."""
    classes = chunks[at].classes
    if at and {"denial", "function"} <= chunks[at - 1].classes:
        return True  # 'ни один из девяти не отозван'
    if "over" in classes and _of_all_there_are(chunks[at + 1 : at + 3]):
        return True  # 'комиссия прекратила аккредитацию наблюдателей, она охватила 641 человека'
    return "denial" in classes and at > mention.last  # 'алты ұйымға бас тартылды'


def _of_all_there_are(behind: list[Chunk]) -> bool:
    """'(прекратила аккредитацию) иностранных наблюдателей': of no number of them, so that it is over."""
    return any("observer" in c.classes for c in behind) and not any(c.number is not None for c in behind)


def _is_their_participle(mention: Mention, at: int, sentence: Sentence) -> bool:
    """'Трое аккредитованных не приедут': the participle stands in or for the noun of those who withdraw."""
    if mention.at < at < mention.last:
        return True
    return at == mention.last and "withdrawn" in sentence.classes and "accredited_ones" in sentence.chunks[at].classes


def _of_those_let_in(mention: Mention, sentence: Sentence, at: int) -> bool:
    """'Three of those accredited earlier were replaced': the participle tells of whom they were three."""
    chunks = sentence.chunks
    return (
        at - mention.last in {0, 1} and "accredited" in chunks[at].classes and "of_them" in chunks[mention.last].classes
    )


def _of_nobody(ahead: list[Chunk]) -> bool:
    """'Nobody else will be accredited', 'no further observers will be accredited'."""
    said = next((i for i in range(len(ahead) - 1, -1, -1) if "negative" in ahead[i].classes), None)
    return said is not None and not any(c.number is not None or not c.is_word for c in ahead[said:])


def _cancelled(chunks: list[Chunk], at: int) -> bool:
    """'байқаушыларға берілген аккредитацияның күші жойылды': what had been given is taken back."""
    behind = chunks[at + 1 : at + 2]
    return "accreditation" in chunks[at].classes and any("withdrawn" in c.classes for c in behind)


def _taken_away(chunks: list[Chunk], at: int, after: list[Chunk]) -> bool:
    """'17 observers have had their accreditation for the elections cancelled': had until then."""
    had = any("light" in c.classes for c in chunks[max(0, at - 2) : at])
    until = next((i for i, c in enumerate(after) if c.number is not None or not c.is_word), len(after))
    return had and any("withdrawn" in c.classes for c in after[:until])


def _granted_behind(after: list[Chunk]) -> bool:
    """'куәлікті бүгін 40 адам алды', not 'тіркеуге 40 адам өтінім берді': what is given must not be an application."""
    told = next((c.classes for c in after if c.classes & {"light_behind", "proposed"}), _NO_CLASSES)
    return "light_behind" in told and "proposed" not in told


def _of_diplomats(chunks: list[Chunk], at: int, mention: Mention) -> bool:
    """'diplomats accredited in Astana': another accreditation than that of observers."""
    before = chunks[max(0, at - 4) : at]
    after = chunks[at + 1 : at + 2]
    if mention.noun == "diplomat":
        beside = [c.text for c in before[-1:]] == [","] and any("embassy" in c.classes for c in before[-2:-1])
        return beside and any(c.classes & {"place_prep"} for c in after)
    if mention.noun != "association" and any("association" in c.classes and c.number is None for c in after):
        return True
    by_noun = any(c.classes & {"diplomat", "embassy"} for c in before) and not any(c.number for c in before)
    journalists = mention.noun != "journalist" and any("journalist" in c.classes for c in before[-2:])
    return (by_noun and any(c.classes & {"origin"} for c in after)) or (
        journalists and not any(c.number for c in before)
    )


def _of_the_number_before(chunks: list[Chunk], at: int, mention: Mention) -> bool:
    """'64 accredited, 29 more in line': behind a comma the verb of one number says nothing of the next."""
    if at > mention.at:
        return False
    between = chunks[at + 1 : mention.start]
    if not any(c.text == "," for c in between):
        return False
    first = max((i + 1 for i in range(mention.clause[0], at) if chunks[i].text == ","), default=mention.clause[0])
    return any(
        c.number is not None and c.number.kind in COUNTABLE and not counts_senders(chunks, i)
        for i, c in enumerate(chunks[first:at], first)
    )
