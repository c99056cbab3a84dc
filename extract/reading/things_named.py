"""Numbers that count things which a word beside them names, or the sentence before: 'их 148', 'олардың саны 371'."""

from __future__ import annotations

import itertools

from extract.reading.groups import HOST
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements

SPEAKS_OF_PEOPLE = frozenset({"observer", "person", "accredit_root", "accredited", "mission", "list_word", "the_list"})
_SENDING = SPEAKS_OF_PEOPLE.union(
    {"association", "journalist", "diplomat", "organizations", "countries", "closing_subject", "proposed", "papers"}
)
"""Classes of words for people, for who sends them and for their papers."""
_REFERRING = frozenset({"of_them", "count_subject"})
_THINGS = 3
"""Chunks before 'их отпечатано' that end with the things that were printed."""
_THING = frozenset({"other"})
"""All that a table knows of a word for things."""
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
