"""Which numbers count observers of the country's own parties, candidates and associations."""

from __future__ import annotations

from extract.model import Basis, Status, Where
from extract.reading.groups import HOST
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import STATE_WORDS, Statements
from extract.words.spans import NameKind

_OWN = frozenset({"domestic", "domestic_organizations", "journalists"})
_TO_WATCH = frozenset({"accredit_root", "observing", "watching"})
"""What associations are told of that accreditation in the next sentence is theirs."""
_TO_THE_LOCALS = 8
"""Chunks between local observers and their number."""
_BEHIND_OBSERVERS = frozenset({"verb", "adverb", "function", "copula", "approx", "place", "place_prep", "cumulative"})
_LEAD = 2
"""Sentences of the body that tell what a text is about."""
_REACH = 3
"""Sentences that associations named before are still meant in."""


def of_locals_alone(found: Statements) -> None:
    """'Independent groups get ready' above '1,200 observers will be at work': all are of one's own country there."""
    sentences = found.scan.sentences
    first = sentences[: _LEAD + next((i for i, s in enumerate(sentences) if s.where is Where.BODY), 0)]
    if not any(s.classes & {"domestic", "association"} for s in first):
        return
    counted = {m.sentence for m in found.mentions}
    if any({"international", "observer"} <= sentences[i].classes for i in {*counted, *range(len(first))}):
        return
    if any((m.scope or "domestic") not in _OWN for m in found.mentions):
        return
    for mention in found.mentions:
        if mention.noun == "observer" and mention.scope is None:
            mention.scope = "domestic"
        bare = mention.noun == "bare" and mention.scope in {None, "total"}
        if bare and (mention.rest or _are_let_in(sentences[mention.sentence])):
            mention.noun, mention.scope = "association", "domestic_organizations"


def _are_let_in(sentence: Sentence) -> bool:
    """'Ещё 94 аккредитовали территориальные комиссии': where no observer is named, those are the associations."""
    return bool(sentence.classes & {"accredited", "passed_it"}) and "observer" not in sentence.classes


def locals_come(mentions: list[Mention]) -> None:
    """'According to their applications, the associations intend to send 1,300 observers': only those are accredited.

    People whom associations and parties put out are planned or at work, unless their own clause lets them in.
    """
    bodies = any(mention.noun == "association" and mention.status is Status.ACCREDITED for mention in mentions)
    let_in = [m for m in mentions if m.scope == "domestic" and m.told_status is Status.ACCREDITED]
    for mention in mentions:
        if mention.scope != "domestic" or mention.status not in {Status.ACCREDITED, Status.PROPOSED}:
            continue
        mention.basis = Basis.CUMULATIVE
        among = any(m is mention or _is_a_share(mention, m) for m in let_in) or _are_led_by(mention, mentions)
        if not among and (bodies or mention.status is Status.ACCREDITED):
            mention.status, mention.told_status = Status.ANNOUNCED, None


def _is_a_share(mention: Mention, whole: Mention) -> bool:
    """'214 local observers are accredited. 130 of them represent the party': these, too."""
    near = mention.sentence == whole.sentence or (mention.of_them and mention.sentence - whole.sentence == 1)
    near = near or mention.whole is whole
    return near and whole.value > mention.value


def _are_led_by(mention: Mention, mentions: list[Mention]) -> bool:
    """'The commission has accredited 12 local groups with 2,300 observers': these, with their groups."""
    bodies = (m for m in mentions if m.noun == "association" and m.sentence == mention.sentence)
    return any(0 <= mention.start - m.last <= 1 for m in bodies)


def is_of_locals(mention: Mention, chunks: list[Chunk]) -> bool:
    """'observers of parties, candidates and public associations'."""
    after = chunks[mention.last : mention.last + 4]
    if local_before(mention, chunks):
        return True
    if len(after) < 2 or "origin" not in after[0].classes:
        return False
    return any("local_sender" in c.classes for c in after[1:3]) or _of_the_host(after[1:3])


def _of_the_host(sender: list[Chunk]) -> bool:
    """'15,000 observers from Kazakh organizations.'"""
    name = sender[0].name
    home = name is not None and name.id == HOST and name.kind is NameKind.NATIONALITY
    return home and len(sender) > 1 and bool(sender[1].classes & {"association", "organizations"})


def is_by_locals(mention: Mention, chunks: list[Chunk]) -> bool:
    """'the ruling party plans to field 20,000 observers', 'domestic groups will put out 3,000'."""
    phrase = chunks[mention.at : mention.last]
    local = mention.group is not None and "local_sender" in chunks[mention.group.first].classes
    if (mention.group is not None and not local) or any("international" in c.classes for c in phrase):
        return False
    before = chunks[mention.clause[0] : mention.at]
    at = max((i for i, c in enumerate(before) if c.classes & {"association", "local_sender"}), default=None)
    if at is None:
        return False
    leading = before[at + 1 :]  # '12 associations with 2,300 observers'
    beside = bool(leading) and all("with_number" in c.classes for c in leading)
    behind = chunks[mention.last : mention.last + 1]  # 'партиялар учаскелерге 9 500 байқаушы шығарады'
    return beside or any(c.classes & {"have", "announced", "present"} for c in [*before[at:], *behind])


def beside_locals(mention: Mention, sentence: Sentence) -> bool:
    """'612 representatives of parties and associations watch the vote': the senders stand right before or behind."""
    behind = sentence.chunks[mention.last : mention.last + 1]
    watch = sentence.classes & {"observing", "watching"} and "international" not in sentence.classes
    return local_before(mention, sentence.chunks) or (bool(watch) and any("local_sender" in c.classes for c in behind))


def local_before(mention: Mention, chunks: list[Chunk]) -> bool:
    """'қоғамдық бірлестіктердің 280 өкілі': senders of one's own country, where senders stand first."""
    return any("local_sender" in c.classes for c in chunks[max(0, mention.start - 1) : mention.start])


def are_locals_before(mention: Mention, sentence: Sentence) -> bool:
    """'Местных наблюдателей на участках будет около 30 тысяч', 'наблюдателей от партий аккредитовано 3 тысячи'."""
    if mention.group is not None or not mention.start:
        return False
    if not sentence.named and sentence.classes.isdisjoint({"domestic", "local_sender"}):
        return False
    chunks, local = sentence.chunks, False
    for at in range(mention.start - 1, max(mention.clause[0], mention.start - _TO_THE_LOCALS) - 1, -1):
        classes = chunks[at].classes
        if "observer" in classes:
            name = chunks[at - 1].name if at else None
            own = "domestic" in classes or (at > 0 and "domestic" in chunks[at - 1].classes)
            own = own or (name is not None and name.id == HOST and name.kind is NameKind.NATIONALITY)
            counted = mention.noun == "observer" or "genitive_plural" in classes
            return counted and "international" not in classes and (local or own)
        local = local or "local_sender" in classes
        if chunks[at].number is not None or not (local or classes & _BEHIND_OBSERVERS):
            return False
    return False


def they_put_out(mention: Mention, found: Statements) -> bool:
    """'24 associations passed accreditation. They are ready to field 11,000 people': observers of theirs."""
    before = found.mentions[-1] if found.mentions else None
    if before is None or not (before.noun == "association" or (before.scope == "domestic" and mention.more)):
        return False
    if mention.sentence - before.sentence > 1:
        return False
    sentence = found.scan.sentences[mention.sentence]
    if before.scope == "domestic" and _so_do_others(mention, sentence):
        return True
    if before.noun != "association" or mention.sentence == before.sentence:
        return False
    opening = next((c.classes for c in sentence.chunks if c.is_word), frozenset())
    if "they" not in opening or mention.noun not in {"observer", "person"} or mention.group is not None:
        return False
    ahead = sentence.chunks[: mention.start]
    return any("have" in c.classes for c in ahead) and any(c.classes & {"announced", "sends"} for c in ahead)


def _so_do_others(mention: Mention, sentence: Sentence) -> bool:
    """'Партии выставят 30 тысяч наблюдателей. Общественные объединения готовят ещё около двух тысяч': local ones."""
    if mention.noun not in {"bare", "person"} or mention.group is not None or "international" in sentence.classes:
        return False
    ahead = sentence.chunks[mention.clause[0] : mention.start]
    sent = any(c.classes & {"association", "local_sender"} for c in ahead)
    return sent and any(c.classes & {"have", "announced"} for c in ahead)


def still_locals(found: Statements, index: int) -> None:
    """'Ten public associations ... another 201 organizations were accredited by regional bodies': local ones again."""
    sentence = found.scan.sentences[index]
    if index and "association" in found.scan.sentences[index - 1].classes and "association" not in sentence.classes:
        for ahead, chunk in zip(sentence.chunks, sentence.chunks[1:], strict=False):
            if "such" in ahead.classes and "organizations" in chunk.classes:
                chunk.classes |= {"association"}
    before = found.mentions[-1] if found.mentions else None
    counted = before is not None and before.noun == "association" and index - before.sentence <= _REACH
    if "association" in sentence.classes:
        _beside_associations(sentence)
        return
    if "international" in sentence.classes or not (counted or _accredited_before(found, index)):
        return
    sends = "observer" in sentence.classes and bool(sentence.classes & {"announced", "have"})
    told = bool(sentence.classes & (STATE_WORDS | {"passed_it"})) or got_such_papers(sentence)
    told = told or ("rest" in sentence.chunks[0].classes and {"papers", "light_behind"} <= sentence.classes)
    if not sends and ("observer" in sentence.classes or not told):
        return
    for chunk in sentence.chunks:
        if "organizations" in chunk.classes and chunk.name is None:
            chunk.classes |= {"association"}


def got_such_papers(sentence: Sentence) -> bool:
    """'Өңірлік комиссиялардан мұндай құжатты 186 ұйым алған': papers such as those told of before."""
    if not {"such", "light_behind"} <= sentence.classes:
        return False
    pairs = zip(sentence.chunks, sentence.chunks[1:], strict=False)
    return any("such" in c.classes and n.classes & {"closing_subject", "papers"} for c, n in pairs)


def are_so_many_associations(mention: Mention, found: Statements) -> bool:
    """'Заң талабына сай отандық ұйымдар 200 болады': behind their plural, where some of them have been counted."""
    before = found.mentions[-1] if found.mentions else None
    if before is None or before.noun != "association" or mention.sentence - before.sentence > _REACH:
        return False
    chunks = found.scan.sentences[mention.sentence].chunks
    if mention.noun != "bare" or not mention.start or mention.last >= len(chunks):
        return False
    ahead, verb = chunks[mention.start - 1].classes, chunks[mention.last].classes
    if ahead & {"of_case", "from_case", "object_case"} or not verb & {"held", "reached", "count_verb"}:
        return False
    return {"association", "many"} <= ahead


def _beside_associations(sentence: Sentence) -> None:
    """'Regional commissions accredited 84 associations, the central one 12 organizations': local ones, too."""
    if sentence.classes & {"observer", "international", "countries"}:
        return
    for chunk in sentence.chunks:
        if "organizations" in chunk.classes and chunk.name is None:
            chunk.classes |= {"association"}


def _accredited_before(found: Statements, index: int) -> bool:
    """'Public associations need accreditation. As of today 155 organizations have it': told before any is counted.

    So it is behind 'local observers will watch, too'.
    """
    if not found.scan.sentences[index].classes & {"accredited", "accreditation", "passed_it"}:
        return False
    for before in found.scan.sentences[max(0, index - 2) : index]:
        if "association" in before.classes and before.classes & _TO_WATCH:
            return not before.classes & {"observer", "international", "countries"}
        if {"domestic", "association"} <= before.classes:
            return not before.classes & {"international", "countries"}
        if {"domestic", "observer"} <= before.classes:
            return not before.classes & {"international", "countries", "organizations"}
    return False
