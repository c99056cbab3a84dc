"""What 'of them' and 'of which' go back to: observers, associations, or other things counted before."""

from __future__ import annotations

import itertools

from extract.model import Status
from extract.reading.groups import HOST
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.scopes import is_subset
from extract.reading.statements import Statements, is_contest

_SPEAKS_OF_PEOPLE = frozenset({"observer", "person", "accredit_root", "accredited", "mission", "list_word", "the_list"})
_SENDING = _SPEAKS_OF_PEOPLE.union(
    {"association", "journalist", "diplomat", "organizations", "countries", "closing_subject", "proposed", "papers"}
)
"""Classes of words for people, for who sends them and for their papers."""
_REFERRING = frozenset({"of_them", "count_subject"})
_THINGS = 3
"""Chunks before 'их отпечатано' that end with the things that were printed."""
_THING = frozenset({"other"})
"""All that a table knows of a word for things."""
_OF_WHICH = 6
"""Chunks between a number of things and 'two of which'."""


def of_other_things(mention: Mention, earlier: Mention, found: Statements) -> bool:
    """'There are 10,388 polling stations, 71 of which are abroad.'"""
    beside = earlier.sentence == mention.sentence and earlier.noun == "other"
    near = mention.group is not None and mention.group.anaphoric and mention.at - earlier.at <= _OF_WHICH
    beside = beside and (mention.group is None or near or not mention.group.ids)
    return beside and not _observers_since(earlier, mention, found)


def refers_to_refused(mention: Mention, earlier: Mention, known: list[Mention]) -> bool:
    """'161 candidates have been registered, 38 of whom nominated themselves': of those just counted; marks it so."""
    if mention.rest or earlier.sentence != mention.sentence:
        return False
    if earlier.noun != "person" or earlier.value <= mention.value or earlier in known or mention.group is not None:
        return False
    mention.noun = "other"
    return True


_PLURAL = frozenset({"many"})
"""All that is known of a noun that no table has."""


def counts_things_named(mention: Mention, found: Statements) -> bool:
    """'Арыздар түсіп жатыр. Қазір олардың саны 371': the pronoun goes back to a plural of things; marks it so."""
    if mention.noun != "bare" or mention.group is not None or mention.of_value is not None:
        return False
    own = found.scan.sentences[mention.sentence]
    anchors = (i for i in range(mention.start - 1, -1, -1) if own.chunks[i].classes & _REFERRING)
    anchor = next(anchors, None)
    if anchor is None:
        return False
    if anchor and "of_them" in own.chunks[anchor - 1].classes:
        anchor -= 1  # 'олардың жалпы саны'
    if own.chunks[anchor].classes & _SENDING:
        return False  # 'тіркелген байқаушылардың жалпы саны'
    if "of_them" not in own.chunks[anchor].classes:
        if anchor and "voting" in own.chunks[anchor - 1].classes and "count_subject" in own.chunks[anchor].classes:
            mention.noun = "other"  # 'Учаске саны – 10 323'
            return True
        return _mark_things(mention, _without_persons(own, max(0, anchor - 1), anchor))
    before = found.scan.sentences[mention.sentence - 1] if mention.sentence else own
    near = before is not own and before.paragraph == own.paragraph
    reach = _without_persons(before, 0, len(before.chunks)) if near else []
    return _mark_things(mention, [*reach, *_without_persons(own, 0, anchor)])


def counts_things_just_named(mention: Mention, found: Statements) -> bool:
    """'Рассмотрены и жалобы. С начала кампании их поступило 148': the sentence before ends with them; marks it so."""
    own = found.scan.sentences[mention.sentence]
    if mention.noun != "bare" or mention.group is not None or not mention.sentence:
        return False
    before = found.scan.sentences[mention.sentence - 1]
    words = [c for c in before.chunks if c.is_word]
    if not words or words[-1].classes != _THING or before.paragraph != own.paragraph:
        return False
    ahead = own.chunks[mention.clause[0] : mention.start]
    referring = any("their_number" in c.classes for c in ahead)
    if referring and _names_nothing_counted(words[-_THINGS:]):
        mention.noun = "other"
        return True
    return False


def _without_persons(sentence: Sentence, first: int, last: int) -> list[Chunk]:
    """Its chunks but first names that end as plurals do: 'Мұхтар Ерманның айтуынша, олардың саны 214'.

    Nor what is counted in: 'жаңаларын қосқанда, олардың саны 128-ге жетеді'.
    """
    chunks, tokens = sentence.chunks[first:last], sentence.tokens
    counted_in = {id(c) for c, verb in itertools.pairwise(chunks) if "sum_verb" in verb.classes}
    return [
        c
        for c in chunks
        if id(c) not in counted_in
        and (c.classes != _PLURAL or not all(t.text[0].isupper() for t in tokens[c.first :][:2]))
    ]


def counts_things_beside(mention: Mention, sentence: Sentence) -> bool:
    """'Места в парламенте – их 145 – распределят', 'раздать брошюры, их отпечатано 1 200': of a noun before it.

    The pronoun stands amid the sentence, and nobody who watches or is accredited is named before it; or what was done
    to those counted, right behind it, is nothing that is done to people.
    """
    if mention.noun != "bare" or mention.group is not None:
        return False
    chunks, first = sentence.chunks, max(0, mention.start - 2)
    at = next((i for i in range(mention.start - 1, first - 1, -1) if "their_number" in chunks[i].classes), None)
    if at is None or at < 2 or chunks[at - 1].text not in ",–—(":
        return False
    told = chunks[at + 1 : mention.start]
    before = chunks[: at - 1]
    if told and told[0].is_word and not told[0].classes - {"verb"}:
        return _names_nothing_counted(before[-_THINGS:])
    thing = before[0].classes
    opens = before[0].is_word and ("seat" in thing or not thing - {"other"})
    return opens and _names_nothing_counted(before[1:])


def counts_senders_named(mention: Mention, found: Statements) -> bool:
    """'МИД известил девять организаций. Три из них дали согласие': of the senders counted last, not of their people."""
    if mention.noun != "bare" or mention.group is not None or not mention.sentence or mention.of_value is not None:
        return False
    own, before = (found.scan.sentences[mention.sentence - i] for i in (0, 1))
    groups = found.groups[mention.sentence - 1]
    if own.paragraph != before.paragraph or len(groups) != 1 or found.groups[mention.sentence]:
        return False
    senders = groups[0]
    if not any(n > mention.value for n in senders.counts.values()) or any(
        c.classes & _SPEAKS_OF_PEOPLE for c in before.chunks[senders.first :]
    ):
        return False
    opening = [c for c in own.chunks[: mention.last + 1] if c.is_word and c.number is None]
    theirs = bool(opening) and all(c.classes & {"of_them", "filler", "approx"} for c in opening)
    return theirs and not before.classes & {"observer", "accredited"} and not own.classes & {"observer", "accredited"}


def _names_nothing_counted(chunks: list[Chunk]) -> bool:
    """Whether no people, senders or numbers are named, and nobody tells of any."""
    said = _SENDING | {"said"}
    return all(c.name is None and c.number is None and c.classes.isdisjoint(said) for c in chunks)


def _mark_things(mention: Mention, chunks: list[Chunk]) -> bool:
    things = _names_things(chunks)
    mention.noun = "other" if things else mention.noun
    return things


def _names_things(chunks: list[Chunk]) -> bool:
    """Whether the last noun in the plural, with no people behind it, is one of things."""
    for at in range(len(chunks) - 1, -1, -1):
        chunk = chunks[at]
        if "only_sent" in chunk.classes and "observer" not in chunk.classes:
            return True  # 'үміткерлер': who stand for election themselves
        if (chunk.name is not None and chunk.name.id != HOST) or chunk.classes & _SENDING:
            return False
        if {"many", "light_behind"} <= chunk.classes:
            return False  # 'куәлік берілгендердің қатары 54-ке жетті': those who got it
        if "many" in chunk.classes and "of_them" not in chunk.classes:
            one_of = "of_case" in chunk.classes and any("share" in c.classes for c in chunks[at + 1 : at + 2])
            if not one_of:  # '320 адам – ең ірі құрамдардың бірі': what was counted is one of such things
                return True
    return False


def _as_many_now(mention: Mention, found: Statements) -> bool:
    """'2019 жылы 1013 байқаушы болған. Биыл олардың саны әзірге 498': of the same kind, at the poll at hand."""
    before = found.scan.sentences[mention.sentence - 1]
    own = found.scan.sentences[mention.sentence]
    if not mention.sentence or not found.left_out[mention.sentence - 1] or "observer" not in before.classes:
        return False
    opening = any("this_poll" in c.classes for c in own.chunks[:2])
    return opening and any("count_subject" in c.classes for c in own.chunks[: mention.start])


def refers_to_observers(
    mention: Mention, mentions: list[Mention], found: Statements, earlier: Mention | None, known: list[Mention]
) -> bool:
    """Whether 'of them' at a number goes back to observers; marks it as a share, or as counting other things."""
    sentence = found.scan.sentences[mention.sentence]
    if _of_things_named(mention, sentence):
        mention.noun = "other"
        return False
    if _of_people_named(mention, sentence):
        mention.noun, mention.of_them = "person", False
        return found.topical[mention.sentence] and not is_contest(sentence)
    if not known and _of_observers_named(mention, sentence):
        mention.noun, mention.of_them = "observer", False
        return found.topical[mention.sentence] and not is_contest(sentence)
    of_observers = is_subset(mention, sentence.chunks) and "observer" in sentence.classes and bool(known)
    of_observers = of_observers or (earlier is not None and _observers_since(earlier, mention, found))
    if _of_papers(mention, found):
        mention.of_them, mention.more, mention.status = False, True, Status.PROPOSED
        return found.topical[mention.sentence]
    if (
        "this_poll" in sentence.classes
        and earlier is not None
        and earlier not in known
        and _as_many_now(mention, found)
    ):
        mention.noun, mention.of_them = "observer", False
        return True
    of_observers = of_observers or (mention.rest and mention.noun == "person" and "accredit_root" in sentence.classes)
    if earlier is not None and earlier not in known and earlier.sentence >= mention.sentence - 2 and not of_observers:
        mention.noun = "other"
        return False
    if mention.of_value is not None:
        mention.subset = True
        return any(m.value == mention.of_value for m in [*known, *(m for m in mentions if m.noun == "observer")])
    if _of_foreigners_named(mention, found):
        return found.topical[mention.sentence]
    share = "share" in sentence.chunks[mention.at].classes and not _of_all_observers(mention, sentence.chunks)
    if not share and not is_subset(mention, sentence.chunks) and ("observer" in sentence.classes or not known):
        return found.topical[mention.sentence] and not is_contest(sentence)
    mention.subset = True
    return found.topical[mention.sentence] and bool(known) and not is_contest(sentence)


def _of_things_named(mention: Mention, sentence: Sentence) -> bool:
    """'Damaged sheets, 412 of them, were burned': a noun that no table knows, or of another thing, right before it."""
    before = [c for c in sentence.chunks[: mention.start] if "filler" not in c.classes and "approx" not in c.classes]
    if len(before) < 2 or before[-1].text not in ",(" or sentence.classes & _SPEAKS_OF_PEOPLE:
        return False
    noun = before[-2]
    return noun.is_word and not noun.classes - {"other"}


def _of_people_named(mention: Mention, sentence: Sentence) -> bool:
    """'Жетекші әріптестерінің 38-і аккредиттелгенін айтты': the people stand right before their share, uncounted."""
    if "share" not in sentence.chunks[mention.at].classes or "accredited" not in sentence.classes or not mention.start:
        return False
    ahead = sentence.chunks[mention.start - 1].classes
    return {"person", "of_case"} <= ahead and not ahead & {"of_them", "candidate", "leader", "deputy"}


def _of_observers_named(mention: Mention, sentence: Sentence) -> bool:
    """'Байқаушылардың 162-сі рұқсатын алды': so many of the observers whom nothing has counted yet."""
    if "share" not in sentence.chunks[mention.at].classes or "accredited" not in sentence.classes or not mention.start:
        return False
    return {"observer", "many", "of_case"} <= sentence.chunks[mention.start - 1].classes


def _of_papers(mention: Mention, found: Statements) -> bool:
    """'The commission went through fresh papers from the ministry. There were 63 of them': people still proposed."""
    if not mention.sentence or mention.noun != "bare" or mention.of_value is not None:
        return False
    before, own = (found.scan.sentences[mention.sentence - i] for i in (1, 0))
    if before.paragraph != own.paragraph or any(c.number is not None for c in before.chunks):
        return False
    if not {"papers", "commission"} <= before.classes or not before.classes & {"new", "new_word"}:
        return False
    if "accredited" in before.classes:
        return False
    return not before.classes & {"observer", "contest"} and not any(
        "observer" in c.classes for c in own.chunks[: mention.at]
    )


def antecedent_noun(mention: Mention, found: Statements) -> str | None:
    """What 'of them' goes back to: the noun of people or associations counted or named last before the number."""
    before = found.mentions[-1] if found.mentions else None
    for index in range(mention.sentence, max(-1, mention.sentence - 2), -1):
        if index < mention.sentence and before is not None and (before.noun, before.sentence) == ("observer", index):
            return "observer"
        chunks = found.scan.sentences[index].chunks
        last = mention.at if index == mention.sentence else len(chunks)
        for at in range(last - 1, -1, -1):
            chunk = chunks[at]
            noun = next((n for n in ("association", "journalist", "observer") if n in chunk.classes), None)
            if noun is not None and not (noun == "journalist" and (_sent_by_a_body(mention) or _is_told(chunks, at))):
                return noun
            if "voting" in chunk.classes and index < mention.sentence and not _is_accredited(mention, found):
                return "voting"
    return None


def _is_accredited(mention: Mention, found: Statements) -> bool:
    """'Public associations will be at the stations. So far, 240 of these have been accredited': no stations are."""
    chunks = found.scan.sentences[mention.sentence].chunks
    return any("accredited" in c.classes for c in chunks[mention.last : mention.clause[1]])


def _sent_by_a_body(mention: Mention) -> bool:
    """'She broke them down for reporters: 68 of them belong to the CIS': no body sends reporters."""
    return mention.group is not None and any(i.startswith("organization:") for i in mention.group.ids)


def _is_told(chunks: list[Chunk], at: int) -> bool:
    """'he told journalists', 'журналистерге ... айтты': they hear of the people who are counted."""
    if "told_media" in chunks[at].classes:
        return any("said" in c.classes for c in chunks[at + 1 :])
    return any("said" in c.classes for c in [*chunks[max(0, at - 1) : at], *chunks[at + 1 : at + 2]])


def _observers_since(earlier: Mention, mention: Mention, found: Statements) -> bool:
    """Whether observers were named after the number that 'of them' might otherwise go back to."""
    for index in range(earlier.sentence, mention.sentence + 1):
        chunks = found.scan.sentences[index].chunks
        first = earlier.last if index == earlier.sentence else 0
        last = mention.at if index == mention.sentence else len(chunks)
        if any("observer" in c.classes for c in chunks[first:last]):
            return True
    return False


def _of_foreigners_named(mention: Mention, found: Statements) -> bool:
    """'All foreign observers need papers. 248 of them are accredited': of those named, not of an earlier figure."""
    sentence = found.scan.sentences[mention.sentence]
    if not mention.sentence or any(c.number is not None for c in sentence.chunks[: mention.at]):
        return False
    chunks = found.scan.sentences[mention.sentence - 1].chunks
    at = max((i for i, c in enumerate(chunks) if "observer" in c.classes), default=0)
    if not at or any(c.number is not None for c in chunks) or found.groups[mention.sentence - 1]:
        return False
    return "international" in chunks[at - 1].classes


def _of_all_observers(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Шетелдік байқаушыларға келсек, олардың 170-ін тіркеді': of those just named, not of an earlier figure."""
    for at in range(mention.at - 1, mention.clause[0], -1):
        if chunks[at].number is not None:
            return False
        if "observer" in chunks[at].classes:
            return "international" in chunks[at - 1].classes
    return False


def are_sent_behind(mention: Mention, found: Statements) -> bool:
    """'В документе 24 претендента. Пятнадцать из них выдвинул СНГ': applicants of whom bodies send some."""
    own = found.scan.sentences[mention.sentence]
    if "applicant" not in own.classes:
        return False
    following = found.scan.sentences[mention.sentence + 1 : mention.sentence + 2]
    if not following or not own.classes & {"commission", "proposed"} or own.classes & {"voting", "phone"}:
        return False
    if mention.group is not None or "of_them" not in following[0].classes or is_contest(following[0]):
        return False
    if not any("applicant" in c.classes for c in own.chunks[mention.at : mention.last]):
        return False
    kinds = (c.name.id for c in following[0].chunks if c.name is not None)
    shares = (following[0].chunks[i].number for i in following[0].counted)
    if all(k == HOST for k in kinds) or not any(n is not None and n.value < mention.value for n in shares):
        return False
    if mention.status is None and "accredited" not in own.classes:
        mention.status = Status.PROPOSED
    return True
