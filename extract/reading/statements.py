"""What the reader finds in an article: sentences, their sender groups, the numbers that count observers."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field

from extract.model import Where
from extract.reading.groups import HOST, Group
from extract.reading.mentions import Mention
from extract.reading.scan import Scan, Sentence
from extract.words.spans import NameKind, NumberKind

TOPIC = frozenset({"observer", "accredit_root", "observing"})
MAY_COUNT_PEOPLE = frozenset({"bare", "person", "observer", "other"})
"""Nouns of numbers that a sum may make observers: those of media people, diplomats, associations are told by words."""


_LEAST_RESTATED = 10
"""A smaller number may be said again of other things."""
_LEAD = 2
"""Paragraphs in which the mission of the title is still the topic."""

STATE_WORDS = frozenset({"accredited", "accreditation", "proposed", "withdrawn"})
_OTHERS = frozenset({"contest", "voting", "office_seeker", "journalist", "association"})
_GROUPS = frozenset({"first_group", "new_group"})
_SENDERS = frozenset({NameKind.COUNTRY, NameKind.ORGANIZATION})


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
    refused: list[Mention] = field(default_factory=list)
    """All numbers that their words do not make observers, of whatever sentences; a sum can tell."""
    mixed: list[Mention] = field(default_factory=list)
    """Sums of observers and media people: no figures, but known for what they are."""
    topic: str | None = None
    """The one body that the title is about, where it names one."""
    strictly: list[bool] = field(default_factory=list)
    """Per sentence: topical with no sentence of another topic in between."""

    def take_in(self, number: Mention) -> None:
        """Count a number among the mentions after all, since a sum says so: of people, whatever its words count."""
        number.noun = "person" if number.noun == "other" else number.noun
        insort(self.mentions, number, key=lambda m: m.position)
        self.spare = [m for m in self.spare if m is not number]


def is_topical(found: Statements, index: int) -> bool:
    """Whether a sentence speaks of observers, by itself or carried over from the ones before."""
    sentence = found.scan.sentences[index]
    if sentence.classes & TOPIC:
        return True
    others = sentence.classes & {"voting", "contest"} and not any(g.ids for g in found.groups[index])
    if others and not _of_badges(sentence):
        return False
    if sentence.paragraph <= 1 and "they" in sentence.classes and found.topical and found.topical[0]:
        return True
    of_observers = "mission" in sentence.classes or {"withdrawn", "commission"} <= sentence.classes
    if sentence.where is Where.TITLE and of_observers and any(g.ids for g in found.groups[index]):
        return any("observer" in s.classes for s in found.scan.sentences[index + 1 : index + 3])
    if _of_a_mission_to_the_poll(found, index) or _restates_the_title(found, sentence):
        return True
    if _opens_with_a_list(found, index) or _of_the_mission_sent(found, sentence):
        return True
    for earlier in range(index - 1, max(-1, index - 4), -1):
        before = found.scan.sentences[earlier]
        if sentence.paragraph - before.paragraph > 1 or before.where is not Where.BODY:
            return False
        beside = earlier == index - 1 and before.paragraph == sentence.paragraph
        if beside and is_contest(before) and not found.groups[index]:
            return False  # 'They asked about the ballot papers. The longest has 13 names on it'
        if found.topical[earlier]:
            return True
    return False


def _of_a_mission_to_the_poll(found: Statements, index: int) -> bool:
    """'The mission of the CIS at the elections has 120 people.'"""
    sentence = found.scan.sentences[index]
    if not {"mission", "poll"} <= sentence.classes or sentence.classes & {"voting", "contest"}:
        return False
    senders = found.groups[index]
    sent = "sends" in sentence.classes and any("organizations" in g.kinds for g in senders)
    return sent or any(i.startswith("organization:") for g in senders for i in g.ids)


def _restates_the_title(found: Statements, sentence: Sentence) -> bool:
    """'The secretary presented 74 candidacies' below 'The commission accredits 74 observers'."""
    first = found.mentions[0] if found.mentions else None
    if first is None or first.sentence or first.noun != "observer" or first.value < _LEAST_RESTATED:
        return False
    granted = {"accredited", "commission"} <= sentence.classes and sentence.classes.isdisjoint(_OTHERS)
    if not ("proposed" in sentence.classes or granted) or is_contest(sentence):
        return False
    numbers = (sentence.chunks[i].number for i in sentence.counted)
    return any(n is not None and n.value == first.value for n in numbers)


def _opens_with_a_list(found: Statements, index: int) -> bool:
    """'A new list came to the commission', 'it approved ten candidacies' below a title about observers."""
    sentence = found.scan.sentences[index]
    if sentence.where is not Where.BODY or sentence.paragraph > 1 or not found.topical or not found.topical[0]:
        return False
    title = found.scan.sentences[0]
    if title.where is not Where.TITLE:
        return False
    if "observer" in title.classes and sentence.classes & _GROUPS and not sentence.classes & _OTHERS:
        return True  # 'Алғашқы тізімде үш ұйымның 46 өкілі бар' below 'Байқаушылардың алғашқы тобы тіркелді'
    if {"in_them", "list_word"} <= sentence.classes and {"accreditation", "observer"} <= title.classes:
        return not sentence.classes & _OTHERS  # 'Тізімде 377 адам бар' below 'Байқаушыларды аккредиттеу аяқталады'
    if "observer" in title.classes and _counts_a_list(sentence):
        return True
    if "commission" not in sentence.classes:
        return False
    if {"mission_word", "accredited"} <= sentence.classes and "accredited" in title.classes:
        return True  # 'Две миссии получили добро комиссии' below 'К наблюдению допущены ШОС и ТюркПА'
    if "observer" not in title.classes:
        return False
    if "accredited" in sentence.classes and "accredited" in title.classes and not sentence.classes & _OTHERS:
        return True  # 'Комиссия отырысында шетелдіктер ең көп мақұлданды' below '305 байқаушы аккредиттелді'
    if "proposed" in sentence.classes and sentence.classes & {"accredited", "all_granted"} and not is_contest(sentence):
        return True
    return "proposed" in title.classes and bool(sentence.classes & {"the_list", "new_group", "proposed"})


def _counts_a_list(sentence: Sentence) -> bool:
    """'Our list had 251 names in the morning' below a title about observers."""
    listed = any("list_word" in c.classes and "count_subject" in c.classes for c in sentence.chunks)
    return listed and bool(sentence.counted) and sentence.classes.isdisjoint(_OTHERS)


def _of_the_mission_sent(found: Statements, sentence: Sentence) -> bool:
    """'The Assembly has sent a mission', 'the mission has 11 people' below a title about that body's observers."""
    title = found.scan.sentences[0]
    if title.where is not Where.TITLE or title.classes.isdisjoint({"observer", "observing"}):
        return False
    if sentence.paragraph > _LEAD or is_contest(sentence):
        return False
    if "mission" not in sentence.classes:
        sends = found.topic is not None and bool(sentence.classes & {"have", "sends"})
        return sends and any(found.topic in g.ids for g in found.groups[-1])
    return found.topic is not None or _sent_by_those_of_the_title(found)


def _sent_by_those_of_the_title(found: Statements) -> bool:
    """'Қытайдан келген төрт адамнан тұратын делегация' below 'Қытай байқаушылары елге келді'."""
    in_title = {i for g in found.groups[0] for i in g.ids}
    return len(in_title) == 1 and any(in_title.issuperset(g.ids) for g in found.groups[-1] if g.ids)


def is_strictly_topical(found: Statements, index: int) -> bool:
    """Whether a sentence is topical with no sentence of another topic in between."""
    sentence = found.scan.sentences[index]
    if sentence.classes & TOPIC:
        return not is_contest(sentence)
    return (
        found.topical[index]
        and index > 0
        and found.strictly[index - 1]
        and "office_seeker" not in sentence.classes
        and (not sentence.classes & {"contest", "voting"} or _of_badges(sentence))
    )


def opening(found: Statements) -> int:
    """Index of the sentence with which the body begins to speak of observers, whatever it speaks of before."""
    body = (i for i, s in enumerate(found.scan.sentences) if s.where is Where.BODY and found.strictly[i])
    return next(body, 0)


def is_contest(sentence: Sentence) -> bool:
    """Whether a sentence speaks of candidates or voting, and of no observers."""
    if not sentence.classes & {"contest", "voting"} or sentence.classes & {"observer", "watching"}:
        return False
    return not _of_badges(sentence)


def _of_badges(sentence: Sentence) -> bool:
    """'Двенадцать мандатов получила миссия СНГ': mandates, which deputies win, are badges where senders have them."""
    if _is_a_vote(sentence):
        return True
    names = (n for i in sentence.named if (n := sentence.chunks[i].name) is not None and n.id != HOST)
    named = bool(sentence.classes & {"organizations", "countries"}) or any(n.kind in _SENDERS for n in names)
    if "spot" not in sentence.classes or not named:
        return False
    return all("spot" in c.classes for c in sentence.chunks if c.classes & {"contest", "voting"})


def _is_a_vote(sentence: Sentence) -> bool:
    """'Члены комиссии проголосовали за следующие 46 кандидатур': the commission votes, not the people."""
    if not {"accredited", "voting", "proposed"} <= sentence.classes or not sentence.classes & {"commission", "meeting"}:
        return False
    return all("accredited" in c.classes for c in sentence.chunks if c.classes & {"contest", "voting"})


def tells_of_a_new_group(sentence: Sentence) -> bool:
    """'The commission accredited another group of observers', 'the second group': a batch is told of."""
    if "new_group" in sentence.classes:
        return True
    if not {"mission", "observer"} <= sentence.classes:
        return False
    for at, chunk in enumerate(sentence.chunks[:-1]):
        number = chunk.number
        if number is None:
            continue
        behind = sentence.chunks[at + 1 : at + 6]
        if number.value == 1 and "new_word" in behind[0].classes:
            behind = behind[1:]  # 'one more group of observers'
        elif number.kind is not NumberKind.ORDINAL or number.value == 1:
            continue
        beside = [*sentence.chunks[max(0, at - 2) : at], *behind]
        if behind and "mission" in behind[0].classes and any("observer" in c.classes for c in beside):
            return True
    return False
