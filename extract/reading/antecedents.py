"""What 'of them' and 'of which' go back to: observers, associations, or other things counted before."""

from __future__ import annotations

from extract.model import Status
from extract.reading.groups import HOST
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.scopes import is_subset
from extract.reading.statements import Statements, is_contest
from extract.reading.things_named import SPEAKS_OF_PEOPLE

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
        c.classes & SPEAKS_OF_PEOPLE for c in before.chunks[senders.first :]
    ):
        return False
    opening = [c for c in own.chunks[: mention.last + 1] if c.is_word and c.number is None]
    theirs = bool(opening) and all(c.classes & {"of_them", "filler", "approx"} for c in opening)
    return theirs and not before.classes & {"observer", "accredited"} and not own.classes & {"observer", "accredited"}


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
    if len(before) < 2 or before[-1].text not in ",(" or sentence.classes & SPEAKS_OF_PEOPLE:
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
