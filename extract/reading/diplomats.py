"""Which numbers count embassy staff who observe."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.observing_diplomats import told_as_observers
from extract.reading.scan import Chunk, Sentence

_TO_SO_MANY = 6
"""Chunks behind people that say of how many embassies: 'of the staff of 27 embassies'."""
_TO_THE_EMBASSY = 4
"""Chunks between an embassy and the number of its staff."""
_TO_ITS_WHOLE = 4
"""Chunks of 'of the 44'."""
_OTHERS = frozenset({"observer", "commission", "association", "journalist"})
_OTHERS_SENT = _OTHERS - {"commission"}
_PASSED = frozenset({"filler", "adverb", "person", "represent"})


def are_diplomats(mention: Mention, sentence: Sentence) -> bool:
    """Embassy staff who observe: '41 of them are diplomats', 'three diplomats, accredited as observers'."""
    chunks = sentence.chunks
    if mention.noun != "diplomat" and sentence.classes.isdisjoint({"diplomat", "embassy"}):
        return False
    if _is_whole_of_a_share(mention, chunks):
        return False
    if mention.noun == "person" and (end := _behind_so_many_embassies(mention, chunks)) is not None:
        mention.noun, mention.last = "diplomat", end  # they are counted, too, as one phrase
    if mention.noun == "person" and _of_an_embassy(mention, chunks):
        mention.noun = "diplomat"
    if "embassy" in sentence.classes and _put_out_by_embassies(mention, chunks):
        return True
    if mention.noun == "diplomat" and told_as_observers(mention, sentence):
        return True
    if _make_up_so_many(mention, chunks):
        return True
    if "share" in chunks[mention.at].classes and _given_by_embassies(mention, chunks):
        mention.noun = "diplomat"
        return True
    if _is_predicate(mention, chunks, "diplomat") or _works_at_an_embassy(mention, chunks):
        return True
    if mention.of_them and _of_diplomats_named(mention, chunks):
        mention.noun = "diplomat"
        return True
    if _are_said_to_be(mention, chunks):
        return True
    return mention.of_them and _belongs_to_embassies(mention, chunks)


def _is_whole_of_a_share(mention: Mention, chunks: list[Chunk]) -> bool:
    """'22 of the 41 observers are diplomats': the 22 are; 'diplomats are a minority among the 272 observers'."""
    ahead = [c for c in chunks[max(0, mention.start - 3) : mention.start] if "definite" not in c.classes]
    if mention.noun == "observer" and ahead and "among" in ahead[-1].classes:
        return True
    of_it = len(ahead) > 1 and "partitive" in ahead[-1].classes
    return mention.noun == "observer" and of_it and ahead[-2].number is not None


def _of_diplomats_named(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Staff of embassies, of whom five received badges, complete the list': of those named in the same sentence."""
    if mention.noun not in {"bare", "person"} or mention.rest or mention.of_value is not None or mention.group:
        return False
    ahead = chunks[mention.clause[0] : mention.start]
    at = next((i for i in range(len(ahead) - 1, -1, -1) if ahead[i].classes & {"diplomat", "observer"}), None)
    if at is None or "diplomat" not in ahead[at].classes or not any(c.text in ",:" for c in ahead[at:]):
        return False
    return not any(c.number is not None or c.classes & {"person", "accredited"} for c in ahead[at + 1 :])


def _given_by_embassies(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Он бірін Астанадағы елшіліктер өз қызметкерлерінің есебінен берді': a share that the embassies put out."""
    behind = [c for c in chunks[mention.at + 1 : mention.at + 1 + _TO_THE_EMBASSY] if c.name is None]
    return bool(behind) and {"embassy", "many"} <= behind[0].classes and "of_case" not in behind[0].classes


def _make_up_so_many(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Diplomats serving in Astana made up 47 of the latter', 'diplomats account for 58': how many there are."""
    if mention.noun not in {"bare", "observer", "person"} or (mention.group is not None and mention.group.ids):
        return False
    ahead = [c for c in chunks[mention.clause[0] : mention.start] if not c.classes & {"filler", "adverb", "approx"}]
    verb = ahead[-1].classes if ahead else frozenset()
    if "have" not in verb and ("count_verb" not in verb or "weak_verb" in verb):
        return False
    if verb & {"copula", "sum_verb", "represent"}:
        return False
    at = next((i for i in range(len(ahead) - 1, -1, -1) if "diplomat" in ahead[i].classes), None)
    between = ahead[at + 1 : -1] if at is not None else []
    return at is not None and not any(c.number or c.text in ",;:" or c.classes & _OTHERS for c in between)


def _belongs_to_embassies(mention: Mention, chunks: list[Chunk]) -> bool:
    """'29-ы дипломатиялық корпусқа жатады', 'он бірі елшіліктерде жұмыс істейді': where a share of them serves."""
    behind = chunks[mention.last : mention.last + _TO_THE_EMBASSY]
    at = next((i for i, c in enumerate(behind) if "embassy" in c.classes), None)
    if at is None or any(c.number is not None or not (c.is_word or c.name) for c in behind[:at]):
        return False
    verb = chunks[mention.last + at + 1 : mention.last + at + 2]
    return any("serves" in c.classes for c in verb)


def _of_an_embassy(mention: Mention, chunks: list[Chunk]) -> bool:
    """'елшіліктің он қызметкері', 'корпустың барлығы 57 өкілі': staff of an embassy are its diplomats."""
    at = mention.start - 1
    if at > mention.clause[0] and {"accredited", "papers", "light"} <= chunks[at].classes:
        at -= 1 + ("observer" in chunks[at - 1].classes)  # 'елшіліктердің байқаушы мәртебесін алған 38 қызметкері'
    while at > mention.clause[0] and mention.start - at < _TO_THE_EMBASSY and chunks[at].classes & _PASSED:
        at -= 1
    return at >= 0 and "embassy" in chunks[at].classes


def _behind_so_many_embassies(mention: Mention, chunks: list[Chunk]) -> int | None:
    """'19 сотрудников 11 посольств', '58 members of the staff of 27 embassies': where that phrase ends."""
    behind = chunks[mention.last : mention.last + _TO_SO_MANY]
    at = next((i for i, c in enumerate(behind) if not c.classes & {"function", "person"}), len(behind))
    if at + 1 >= len(behind) or behind[at].number is None or "embassy" not in behind[at + 1].classes:
        return None
    return mention.last + at + 2


def _put_out_by_embassies(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Посольства выставят 44 наблюдателя', 'Дипломатический корпус заявил 41 человека': who opens the clause sends."""
    if mention.noun not in {"observer", "person"} or (mention.group is not None and mention.group.ids):
        return False
    ahead = [c for c in chunks[mention.clause[0] : mention.start] if not c.classes & {"filler", "adverb", "approx"}]
    at = max((i for i, c in enumerate(ahead) if "embassy" in c.classes), default=len(ahead))
    if at + 1 >= len(ahead) or (at and ahead[at - 1].is_word and "adjective" not in ahead[at - 1].classes):
        return False
    verb = ahead[at + 1 :]
    if len(verb) > 1 and "accredited" in verb[-2].classes and "observer" in verb[-1].classes:
        verb = verb[:-1]  # 'Посольства аккредитовали наблюдателями 57 своих сотрудников'
    if any(c.number is not None or c.text in ",;:" or c.classes & _OTHERS_SENT for c in verb):
        return False
    return any(c.classes & {"represent", "proposed", "have"} for c in verb)


def _works_at_an_embassy(mention: Mention, chunks: list[Chunk]) -> bool:
    """'41 of them work at embassies in Astana', 'some 40 observers represent foreign embassies'."""
    if mention.group is not None and mention.group.ids:
        return False
    after = chunks[mention.last : mention.last + 5]
    share = mention.noun == "bare" and mention.start > 0 and chunks[mention.start - 1].text == ":"
    share = share and bool(after) and "represent" in after[0].classes  # '51 observers: 38 come from embassies'
    if not (mention.of_them or mention.of_value or share or mention.noun in {"observer", "diplomat"}):
        return False
    at = next((i for i, c in enumerate(after) if "embassy" in c.classes), None)
    between = after[:at] if at is not None else []
    if any(c.number is not None or c.text == "," for c in between):
        return False
    return any(c.classes & {"place_prep", "represent"} for c in between)


def _is_predicate(mention: Mention, chunks: list[Chunk], noun: str) -> bool:
    """'41 of them are diplomats', '41 наблюдатель - это дипломаты'."""
    behind = _behind_its_whole(mention, chunks)
    after = chunks[behind : behind + 8]
    inserted = after[:1] and (after[0].text == "," or "accredited_ones" in after[0].classes)
    if inserted and mention.noun == "bare" and any("copula" in c.classes for c in after[1:2]):
        after = after[1:]  # 'half of these, 63, are diplomats', 'ещё 36 аккредитованных – дипломаты'
    equated = mention.noun == "observer" and len(after) > 1 and all("copula" in c.classes for c in after[:2])
    if (
        mention.noun == "observer"
        and any("of_them" in c.classes for c in after[:1])
        and after[1:2]
        and after[1].text in "–—-"
    ):
        equated = True
    of_those = any("of_them" in c.classes for c in chunks[mention.at + 1 : mention.last])
    equated = equated or ((of_those or mention.noun == "bare") and bool(after) and "copula" in after[0].classes)
    if not equated and mention.noun == "observer" and after and after[0].text in "–—-":
        ends = next((i for i, c in enumerate(after) if c.text in ",.;"), len(after))
        words = [
            c for c in after[1:ends] if noun in c.classes or not c.classes & {"international", "adjective", "filler"}
        ]
        equated = bool(words) and (noun in words[0].classes or noun in words[-1].classes)
    equated = equated or (mention.noun == "person" and _told_of(after, noun))
    if not mention.of_them and mention.of_value is None and not equated:
        return False
    until = next((i for i, c in enumerate(after) if c.number is not None or "said" in c.classes), len(after))
    apart = mention.group is None or not mention.group.ids or mention.group.last <= mention.at
    dashed = apart and bool(after) and after[0].text in "–—-" and mention.of_them
    return any(noun in c.classes or (dashed and "embassy" in c.classes) for c in after[:until])


def _are_said_to_be(mention: Mention, chunks: list[Chunk]) -> bool:
    """'38 are members of the diplomatic corps', '14 адам – Астанадағы елшіліктердің дипломаттары: Италиядан үш'."""
    if mention.noun not in {"bare", "person", "observer"} or (mention.group is not None and mention.group.ids):
        return False
    after = chunks[mention.last : mention.clause[1]]
    if len(after) > 1 and "new_word" in after[0].classes:
        after = after[1:]  # 'ten more are diplomats'
    if not after or not ("copula" in after[0].classes or after[0].text in "–—-"):
        return False
    ends = (
        i for i, c in enumerate(after) if c.number is not None or c.text in ",;:" or c.classes & {"relative", "said"}
    )
    until = next(ends, len(after))
    if any(c.classes & _OTHERS for c in after[1:until]):
        return False
    return any(c.classes & {"diplomat", "embassy"} for c in after[1:until])


def _behind_its_whole(mention: Mention, chunks: list[Chunk]) -> int:
    """'28 of the 44 are diplomats': the place behind the number that a share is of."""
    near = range(mention.last, min(mention.last + _TO_ITS_WHOLE, len(chunks)))
    numbers = ((i, chunks[i].number) for i in near) if mention.of_value is not None else ()
    return next((i + 1 for i, n in numbers if n is not None and n.value == mention.of_value), mention.last)


def _told_of(after: list[Chunk], noun: str) -> bool:
    """'37 entries concern diplomats', '37 places went to embassy staff': right behind the verb."""
    verb = after[0].classes if after else frozenset()
    told = [c for c in after[1:4] if not c.classes & {"filler", "adjective", "international"}][:1]
    return bool(verb & {"copula", "represent"}) and any(noun in c.classes for c in told)
