"""Which noun a number has: '12 CIS observers', 'three Dutch ones', none, or that of another thing."""

from __future__ import annotations

import itertools

from extract.reading.deputies import come_as_observers
from extract.reading.groups import HOST
from extract.reading.noun_ends import PERSONAL, acts, closes, qualifies
from extract.reading.scan import Chunk
from extract.words.spans import NameKind

NOUNS = ("association", "journalist", "diplomat", "observer", "person")
_ANY_NOUN = frozenset(NOUNS)
_MAY_TELL = _ANY_NOUN | {"deputy", "helper"}
"""Without these a word is no noun of people."""
_POSSESSIVE = frozenset({"'", "’", "'s", "’s"})
_PASSED = frozenset({"international", "filler"})
_REACH = 8
_BEFORE_A_NOUN = frozenset({"international", "domestic", "adjective", "filler", "and", "accredited_ones", "in_all"})
_OF_PAPERS = frozenset({"proposed", "papers", "spot"})
_MAY_OBSERVE = frozenset({"person", "organizations", "countries", "closing_subject"})
_DASHES = frozenset("–—-")
_MAY_BE_COUNTED = _MAY_OBSERVE | PERSONAL | {"mission", "list_word", "papers", "association", "accredited", "applicant"}
_NO_OBSERVERS = frozenset({"organizations", "countries", "association", "journalist", "diplomat", "function", "other"})
"""Words behind a number that 'as observers' does not make observers: 'seven times as observers'."""
_SENT = frozenset({"deputy", "diplomat"})
"""People of an office, who are observers only where the text says so."""


def noun_of(chunks: list[Chunk], at: int) -> tuple[str, int, int | None]:
    """(noun, end of the noun phrase, chunk of a name inside it) of the number at a chunk."""
    inner_at = None
    if chunks[at].stands_for_noun:
        return _predicate_noun(chunks, at), at + 1, None
    for i in range(at + 1, min(at + _REACH, len(chunks))):
        chunk = chunks[i]
        if qualifies(chunk, chunks[at]):
            continue
        noun = None if chunk.classes.isdisjoint(_MAY_TELL) else _noun_at(chunks, at, i)
        if noun == "observer" and _owns_a_thing(chunks, i):
            return "other", i + 1, inner_at
        if noun and not _wait(chunks, i, noun):
            return noun, i + 1, inner_at
        if not noun and _is_a_thing(chunks, at, i):
            civic = "organizations" in chunk.classes and at and "civic" in chunks[at - 1].classes
            return ("association" if civic else "other"), i + 1, inner_at
        if chunk.name is not None:
            inner_at = i if inner_at is None else inner_at
            continue
        if closes(chunks, i, at):
            if (people := _elided(chunks[at + 1 : i], named=inner_at is not None)) is not None:
                return people, i, inner_at
            bare = _bare(chunks, at, i, inner_at)
            break
    else:
        bare = at + 1 == len(chunks) or inner_at is not None
    noun = _without_noun(chunks, at) if bare and inner_at is None else "bare" if bare else "other"
    return noun, (at if inner_at is None else inner_at) + 1, inner_at


def _noun_at(chunks: list[Chunk], at: int, i: int) -> str | None:
    """The noun of people that the word at `i` is for the number at `at`."""
    chunk = chunks[i]
    if _as_observers(chunks, i):
        return "observer"
    # '400 рабочих мест', '311 trusted persons': more words than the one for people say that these are others
    noun = None if {"person", "other"} <= chunk.classes and not chunk.classes & _SENT else _named(chunk.classes)
    if {"represent", "copula"} <= chunk.classes:
        noun = None  # 'the other 8 are delegates of states': what they are, no noun of the number
    if "deputy" in chunk.classes and come_as_observers(chunks, at, i):
        noun = "person"
    return noun


def _elided(words: list[Chunk], *, named: bool) -> str | None:
    """What adjectives alone say of those counted: '318 шетелдік тіркелді', '19 long-term ...'."""
    if words and "foreigner" in words[-1].classes:
        return "person"
    return "observer" if not named and _of_a_term(words) else None


def _without_noun(chunks: list[Chunk], at: int) -> str:
    if _are_media_people(chunks, at):
        return "journalist"
    if (noun := _summed_up(chunks, at)) is not None:
        return noun
    behind = [c for c in chunks[at + 1 : at + 4] if "observer" in c.classes or not c.classes & _PASSED]
    dashed = len(behind) > 1 and behind[0].text in "–—"  # '907 badges: 641 - to observers, 266 - to journalists'
    if not dashed or "observer" not in behind[1].classes:
        return _noun_ahead(chunks, at)
    inserted = at > 0 and chunks[at - 1].text in "–—" and "of_observers" in behind[1].classes
    return (
        "observer" if inserted or "to_them" in behind[1].classes else _noun_ahead(chunks, at)
    )  # 'just so many - 562 - observers'


def _summed_up(chunks: list[Chunk], at: int) -> str | None:
    """'641, that is the total number of accredited observers': what so many are is told behind the number."""
    behind = chunks[at + 1 : at + 1 + _REACH]
    if not behind[2:] or behind[0].is_word or "that_many" not in behind[1].classes:
        return None
    told = itertools.takewhile(lambda c: c.is_word and c.number is None, behind[2:])
    return next((noun for chunk in told if (noun := _named(chunk.classes))), None)


def _noun_ahead(chunks: list[Chunk], at: int) -> str:
    """'Кандидатов зарегистрировано 55', 'наблюдателей восемнадцать': the genitive that opens the clause is counted."""
    if at + 1 < len(chunks) and chunks[at + 1].is_word:
        return "bare"
    if _of_things_before(chunks, at):
        return "other"
    last = at - 1 if at and chunks[at - 1].text in _DASHES else at
    first = last
    while first and chunks[first - 1].is_word and chunks[first - 1].number is None and chunks[first - 1].name is None:
        first -= 1
    opening = next(
        (c for c in chunks[first:last] if "genitive_plural" in c.classes or not c.classes & _BEFORE_A_NOUN), None
    )
    if opening is None or "genitive_plural" not in opening.classes or opening.classes & _OF_PAPERS:
        return "bare"
    if "have" in opening.classes:
        return "bare"  # 'и Индии, отрядившей 10'
    if "leader" in opening.classes:
        return "other"  # 'Сопредседателей миссии двое'
    between = itertools.islice(itertools.dropwhile(lambda c: c is not opening, chunks[first:last]), 1, None)
    if any(not c.classes & {"verb", "adverb", "function", "filler", "copula", "place"} for c in between):
        return "bare"
    noun = _named(opening.classes - {"person"})
    runs = {"candidate", "local_sender"} <= opening.classes
    return noun or ("bare" if opening.classes & _MAY_OBSERVE and not runs else "other")


def _of_things_before(chunks: list[Chunk], at: int) -> bool:
    """'Замечания, которых набралось 17': the relative clause counts its noun."""
    i = at - 1
    while (
        i > 1
        and chunks[i].classes & {"verb", "adverb", "sum_verb", "count_verb"}
        and "relative" not in chunks[i].classes
    ):
        i -= 1
    if i < 2 or not {"relative", "their_number"} <= chunks[i].classes or chunks[i - 1].text != ",":
        return False
    return chunks[i - 2].is_word and not chunks[i - 2].classes & _MAY_BE_COUNTED


def _of_a_term(words: list[Chunk]) -> bool:
    """'19 long-term', 'ұзақ мерзімді 19', but not 'one line long'."""
    return any("long_short" in c.classes for c in words) and (len(words) == 1 or bool(words[0].classes))


def _named(classes: frozenset[str]) -> str | None:
    """The noun that a word of these classes is."""
    return None if _ANY_NOUN.isdisjoint(classes) else next(n for n in NOUNS if n in classes)


def _predicate_noun(chunks: list[Chunk], at: int) -> str:
    """'215-і журналист', '221-і – 38 елдің журналистері': what those that the number stands for are."""
    behind = chunks[at + 1 : at + 6]
    if len(behind) > 2 and behind[1].number is not None and "countries" in behind[2].classes:
        behind = [behind[0], *behind[3:]]
    for chunk in behind[:3]:
        noun = next((n for n in ("journalist", "association", "observer") if n in chunk.classes), None)
        if noun:
            return noun
        if not chunk.classes & {"international", "adjective", "filler"} and chunk.text not in "–—-":
            break
    return "bare"


def _is_a_thing(chunks: list[Chunk], at: int, i: int) -> bool:
    """Whether a chunk is the noun of things that are counted: senders, stations, missions."""
    classes = chunks[i].classes
    if i == at + 1 and "mission_word" in classes and _are_of_observers(chunks, i):
        return True
    thing = classes & {"organizations", "countries"} or ("other" in classes and not acts(chunks[i]))
    if thing and i == at + 1 and {"of_them", "list_word"} <= classes:
        return False  # 'исключила троих из списка'
    return bool(thing) and not _before_people(chunks, i)


def _are_of_observers(chunks: list[Chunk], at: int) -> bool:
    """'Две миссии наблюдателей': missions are counted, and their people named behind them."""
    behind = [c for c in chunks[at + 1 : at + 3] if "international" not in c.classes or "observer" in c.classes]
    return bool(behind) and "of_observers" in behind[0].classes


def _owns_a_thing(chunks: list[Chunk], at: int) -> bool:
    """'33 observers' assistants': the thing is counted, unless it stands for its owner, as a badge does."""
    behind = chunks[at + 1 : at + 3]
    if len(behind) < 2 or behind[0].text not in _POSSESSIVE or not behind[0].glued or not behind[1].is_word:
        return False
    return not behind[1].classes & (PERSONAL | {"accreditation", "accredited", "papers", "function"})


def _are_media_people(chunks: list[Chunk], at: int) -> bool:
    """'641 – наблюдатели, 215 – журналисты', '215 are journalists': what those without a noun are."""
    passed = {"international", "adjective", "filler"}
    behind = [c for c in chunks[at + 1 : at + 4] if "journalist" in c.classes or not c.classes & passed]
    told = len(behind) > 1 and (behind[0].text in "–—" or "copula" in behind[0].classes)
    return (told and "journalist" in behind[1].classes) or _media_people_number(chunks, at)


def _media_people_number(chunks: list[Chunk], at: int) -> bool:
    """'Accredited foreign reporters number 84', 'correspondents total 84': a verb of counting right behind them."""
    if at < 2 or "journalist" not in chunks[at - 2].classes or "count_verb" not in chunks[at - 1].classes:
        return False
    return chunks[at - 1].classes.isdisjoint({"weak_verb", "copula"})


def _wait(chunks: list[Chunk], i: int, noun: str) -> bool:
    """'12 observer states', '30 member states': the noun is a modifier of another one."""
    following = chunks[i + 1].classes if i + 1 < len(chunks) else frozenset()
    number = chunks[i - 1].number if i else None
    if i > 1 and chunks[i - 1].text == "-" and chunks[i - 2].number is not None and chunks[i - 1].glued:
        return False  # 'a 22-member mission'
    if "member_of" in chunks[i].classes and "countries" in following and "of_case" not in chunks[i].classes:
        return True  # '10 мүше мемлекеттің өкілдері'
    if noun not in {"observer", "person"} or "singular" not in chunks[i].classes or (number and number.value == 1):
        return False
    return bool(following & {"countries", "organizations", "mission", "and"})


def _before_people(chunks: list[Chunk], i: int) -> bool:
    """'seven CIS mission members': the mission only modifies the people."""
    if i + 1 >= len(chunks) or not chunks[i + 1].classes & PERSONAL:
        return False
    return "mission" in chunks[i].classes and "list_word" not in chunks[i].classes


def _as_observers(chunks: list[Chunk], i: int) -> bool:
    """'21,000 volunteers as observers', 'four officials as foreign observers': what so many people serve as."""
    if i + 2 >= len(chunks) or not chunks[i].is_word or "likewise" not in chunks[i + 1].classes:
        return False
    if chunks[i].classes & _NO_OBSERVERS and "helper" not in chunks[i].classes:
        return False
    behind = [c for c in chunks[i + 2 : i + 4] if "international" not in c.classes]
    return bool(behind) and "observer" in behind[0].classes and "singular" not in behind[0].classes


def _bare(chunks: list[Chunk], at: int, end: int, inner_at: int | None) -> bool:
    """Whether the number stands without a noun, rather than with one that no table knows."""
    between = chunks[at + 1 : end]
    if at and "rest" in chunks[at - 1].classes:
        return True
    if inner_at is not None:
        name = chunks[inner_at].name
        citizens = name is not None and name.kind is NameKind.NATIONALITY and name.id == HOST
        return not citizens
    return all(
        not c.is_word
        or qualifies(c, chunks[at])
        or c.classes & {"rest", "new", "adverb", "and", "filler", "accredited", "each", "adjective"}
        for c in between
    )
