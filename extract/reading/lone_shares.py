"""Shares that only those beside them tell: 'екеуін Өзбекстан, бірін Тәжікстан жібереді', 'семеро – депутаты'."""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements
from extract.words.spans import Number, NumberKind

_TO_THE_SHARE_BEFORE = 8
"""Chunks between two shares of a list: 'екеуі – Түркі мемлекеттері ұйымының хатшылығынан, бірі –'."""
_MOST_SHARES = 4
"""Shares of one whole that a sentence counts without their nouns."""
_WATCH = frozenset({"observer", "person"})
_PEOPLE = _WATCH | {"bare"}


def count_lone_shares(sentence: Sentence) -> None:
    """Make numbers of the words for one of them that stand in a list of shares, each before its sender."""
    for at, chunk in enumerate(sentence.chunks):
        if "one_of_them" in chunk.classes and chunk.number is None and _goes_on_a_list(sentence.chunks, at):
            chunk.number = Number(chunk.first, chunk.last, 1, NumberKind.CARDINAL, written_out=True)
            chunk.is_word = False
            sentence.counted = sorted([*sentence.counted, at])


def count_who_is_recalled(sentence: Sentence) -> None:
    """Make a number of 'one' where 'Thailand recalled one of its observers', which elsewhere only tells of someone."""
    for at, chunk in enumerate(sentence.chunks):
        if "lone" in chunk.classes and chunk.number is None and _is_of_observers(sentence.chunks[at + 1 : at + 4]):
            chunk.number = Number(chunk.first, chunk.last, 1, NumberKind.CARDINAL, written_out=True)
            chunk.is_word = False
            sentence.counted = sorted([*sentence.counted, at])


def _is_of_observers(behind: list[Chunk]) -> bool:
    return bool(behind) and "partitive" in behind[0].classes and any("observer" in c.classes for c in behind)


def _goes_on_a_list(chunks: list[Chunk], at: int) -> bool:
    ahead = chunks[max(0, at - _TO_THE_SHARE_BEFORE) : at]
    behind = [c for c in chunks[at + 1 : at + 3] if c.text not in "–—-"]
    if not ahead or not behind or behind[0].name is None:
        return False
    if "of_case" in ahead[-1].classes and ahead[-1].classes & {"observer", "of_them"}:
        return _opens_a_list(chunks[at + 1 : at + _TO_THE_SHARE_BEFORE])
    if not (ahead[-1].text == "," or ahead[-1].classes & {"and", "contrast", "rest"}):
        return False
    return any(c.number is not None and "share" in c.classes for c in ahead)


def _opens_a_list(behind: list[Chunk]) -> bool:
    """'Жаңа топтағы 24 байқаушының бірі – Мальтадан, екеуі – Кипрден': another share follows behind a comma."""
    comma = next((i for i, c in enumerate(behind[:-1]) if c.text == ","), len(behind))
    return any(c.number is not None and "share" in c.classes for c in behind[comma + 1 : comma + 2])


def add_all_shares(mentions: list[Mention], accepted: list[Mention], found: Statements) -> None:
    """'Аккредитованы восемь от Беларуси. Трое из них работают в ЦИК, пятеро – депутаты': shares that make the whole.

    So are those of media people: 'There are 187 journalists. Of them, 96 work here permanently, 91 got cards.'
    """
    whole = found.mentions[-1] if found.mentions else None
    if (
        whole is None
        or len(mentions) > _MOST_SHARES
        or whole.noun not in _WATCH | {"journalist"}
        or mentions[0].sentence - whole.sentence != 1
    ):
        return
    if sum(m.value for m in mentions) != whole.value or any(m.noun not in _PEOPLE for m in mentions):
        return
    own, before = (found.scan.sentences[i] for i in (mentions[0].sentence, whole.sentence))
    if own.paragraph - before.paragraph > 1 or own.classes & {"demographic", "voting", "contest"}:
        return
    for mention in mentions:
        if whole.noun == "journalist":
            mention.noun, mention.scope, mention.group, mention.status = "journalist", whole.scope, None, whole.status
        if mention in accepted:
            continue
        if mention.group is None:
            mention.scope, mention.whole, mention.subset, mention.by_sum = whole.scope, whole, True, True
        accepted.append(mention)
    accepted.sort(key=lambda m: m.at)
