"""From how many organizations and states: what is said of the headline figure and its subtotals."""

from __future__ import annotations

from extract.model import Basis, Status
from extract.reading.closing import MEDIA
from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.rounding import rounds
from extract.reading.scan import Chunk, Sentence
from extract.reading.statements import Statements

_IN_ALL = 6
"""Chunks behind the senders in which 'in total' says that all are meant."""
_KIND_OF = {"organization": "organizations", "country": "countries"}
_COUNTED_LATER = 2
"""Sentences behind a figure in which its senders are still counted: 'they represent three states'."""
_MAY_ROUND = frozenset({"organizations", "countries"})
_BEHIND_NOUN = 4
"""Chunks between 'the observers' and their senders."""


def find_counts(found: Statements, main: Mention) -> dict[str, int]:
    """'From N organizations / N states', where said of the headline figure or of its two subtotals."""
    counts: dict[str, int] = {}
    for mention in _headline_family(found, main):
        if mention.group is not None:
            _take(counts, mention.group)
    for index, sentence in enumerate(found.scan.sentences):
        for group in found.groups[index] if not found.left_out[index] else ():
            if group.counts and not any(m.group is group for m in found.mentions):
                of_all = _of_all(sentence, group, main) and not _after_a_batch(found, index, main)
                owner = main if of_all else _owner(found, index, group, sentence)
                if owner is None or not _is_family(owner, main) or _of_its_members(group, main):
                    continue
                if _goes_on_from(main, sentence, index) or not counts_parts_of_another(found, group, main):
                    _take(counts, group)
    return counts


def _of_its_members(group: Group, main: Mention) -> bool:
    """'От Ассамблеи девять человек. Это депутаты парламентов четырёх стран': where a body's own people come from."""
    return (main.scope or "").startswith("organization:") and "countries" in group.counts


def _of_all(sentence: Sentence, group: Group, main: Mention) -> bool:
    """'Observers from 35 states will come in total', 'the observers represent nine bodies': of them all."""
    if main.scope not in {None, "total"} or sentence.classes & MEDIA:
        return False
    before, after = sentence.chunks[: group.first], sentence.chunks[group.last : group.last + _IN_ALL]
    if any(c.number is not None for c in before):
        return False
    nouns = [i for i, c in enumerate(before) if "observer" in c.classes and "accredited" not in c.classes]
    if not nouns or len(before) - nouns[-1] > _BEHIND_NOUN:
        return False
    between = before[nouns[-1] + 1 :]
    summed = next((i for i, c in enumerate(after) if c.number is not None), len(after))
    if any("in_all" in c.classes for c in after[:summed]):
        return True
    ahead = before[nouns[-1] - 1] if nouns[-1] else None
    whole = ahead is None or not ahead.is_word or bool(ahead.classes & {"definite", "said"})
    return whole and "the_new" not in sentence.classes and any("represent" in c.classes for c in between)


def _after_a_batch(found: Statements, index: int, main: Mention) -> bool:
    """'55 more were accredited. The observers represent five bodies': those of the batch just told."""
    before = [m for m in found.mentions if m.sentence == index - 1 and m.status is Status.ACCREDITED]
    return any((m.scope or "total") == "total" and m.value < main.value for m in before)


def _goes_on_from(main: Mention, sentence: Sentence, index: int) -> bool:
    """'62 observers are accredited. They represent three states': of those just counted, whoever else was named."""
    return index == main.sentence + 1 and any("they" in c.classes for c in sentence.chunks[:1])


def counts_parts_of_another(found: Statements, group: Group, main: Mention) -> bool:
    """'168 in all. Five bodies and six states sent names: 21 of the CIS ...': as many as the batch of 63 names."""
    named: dict[int, dict[str, set[str]]] = {}
    for part in found.mentions:
        whole = part.whole.whole or part.whole if part.whole is not None else None
        if whole is None or whole.value == main.value or (whole.scope or "total") != "total" or part.group is None:
            continue
        kinds = named.setdefault(whole.value, {kind: set() for kind in _KIND_OF.values()})
        for sender in part.group.ids:
            if (kind := _KIND_OF.get(sender.partition(":")[0])) is not None:
                kinds[kind].add(sender)
    return any(all(len(kinds[kind]) == n > 1 for kind, n in group.counts.items()) for kinds in named.values())


def sends_an_earlier_total(owner: Mention | None, main: Mention) -> bool:
    """'Until today there were 562: 501 of eight bodies, 61 of 19 states. Now it is 749': they sent those of then."""
    whole = owner.whole if owner is not None else None
    if whole is None or main.basis is not Basis.CUMULATIVE or (main.scope or "total") != "total":
        return False
    running = whole.basis is Basis.CUMULATIVE and (whole.scope or "total") == "total"
    return running and whole.value < main.value


def _take(counts: dict[str, int], group: Group) -> None:
    for kind, value in group.counts.items():
        counts.setdefault(kind, value)


def _is_family(mention: Mention, main: Mention) -> bool:
    if mention is main or (mention.value, mention.scope or "total", mention.status) == (
        main.value,
        main.scope or "total",
        main.status,
    ):
        return True
    rounded = mention.dropped and mention.number.approx is not None and _MAY_ROUND.isdisjoint({main.scope or "total"})
    if rounded and rounds(mention, main.value) and mention.status in {main.status, None, Status.ANNOUNCED}:
        return not _MAY_ROUND.isdisjoint({mention.scope}) or mention.scope in {None, "total"}
    same_state = mention.status is main.status and mention.basis is main.basis
    return (
        same_state
        and mention.scope in {"organizations", "countries"}
        and (mention.whole is None or mention.whole is main or mention.whole.value == main.value)
    )


def _headline_family(found: Statements, main: Mention) -> list[Mention]:
    return [m for m in found.mentions if _is_family(m, main)]


def _owner(found: Statements, index: int, group: Group, sentence: Sentence) -> Mention | None:
    """The figure that an unlinked count of senders speaks of: before it, else in the sentence before."""
    here = [m for m in found.mentions if m.sentence == index and m.noun != "other"]
    before = [m for m in here if m.at < group.first]
    if before:
        chunks = sentence.chunks[before[-1].at : group.first]
        pause = max((i for i, c in enumerate(chunks) if c.text == ";"), default=None)
        resumed = pause is not None and any("they" in c.classes for c in chunks[pause:])
        broken = (
            any(c.classes & MEDIA for c in chunks)
            or before[-1].noun == "journalist"
            or (pause is not None and not resumed)
        )
        return None if broken else before[-1]
    if sentence.classes & {"voting", "negative", "invited"}:
        return None
    after = [m for m in here if m.at >= group.last]
    if after:
        return after[0] if after[0].scope != "journalists" else None
    if sentence.classes & {"in_all", "as_of_phrase"}:
        totals = [m for m in found.mentions if m.sentence < index and (m.scope or "total") == "total" and not m.dropped]
        return max(totals, key=lambda m: (m.basis is Basis.CUMULATIVE, m.value), default=None)
    if "the_new" in sentence.classes:
        batches = [m for m in found.mentions if m.sentence < index and m.basis is Basis.NEW]
        return batches[-1] if batches else None
    if "the_list" in sentence.classes:
        running = [m for m in found.mentions if m.sentence < index and m.basis is Basis.CUMULATIVE and not m.scope]
        return running[-1] if running else None
    opening = sentence.chunks[: max(group.first + 3, group.last + 2)]
    if any(g.anaphoric for g in found.groups[index] if g.first < group.first):
        return None  # 'members of the delegation come from 22 countries': the body's own, who send nobody themselves
    pronoun = any(c.classes & {"they", "including", "represent", "have"} for c in opening)
    if not pronoun and not _is_this(opening) and not _papers_came(sentence):
        return None
    return _they_number(found, index) or _counted_before(found, index, opening)


def _counted_before(found: Statements, index: int, opening: list[Chunk]) -> Mention | None:
    """The figure of the sentences before that 'they represent three states' goes back to."""
    for ago in range(1, _COUNTED_LATER + 1):
        told = [m for m in found.mentions if m.sentence == index - ago]
        earlier = [m for m in told if m.scope != "diplomats"] or told
        if any("accredited" in c.classes for c in opening):
            earlier = [m for m in earlier if m.status is Status.ACCREDITED] or earlier
        if earlier:
            return earlier[-1]
    return None


def _they_number(found: Statements, index: int) -> Mention | None:
    """'Three bodies and four states are the first to have their people accredited. They number 34.'"""
    following = found.scan.sentences[index + 1 : index + 2]
    if "accredited" not in found.scan.sentences[index].classes or not following:
        return None
    if not any("they" in c.classes for c in following[0].chunks[:1]):
        return None
    behind = (m for m in found.mentions if m.sentence == index + 1 and m.subject)
    return next((m for m in behind if (m.scope or "total") == "total"), None)


def _papers_came(sentence: Sentence) -> bool:
    """'The papers came from three organizations and five states': of those whom the sentence before accredits."""
    if sentence.classes & {"new", "new_word", "accredited"}:
        return False
    return {"proposed", "commission", "closing_subject"} <= sentence.classes


def _is_this(opening: list[Chunk]) -> bool:
    """'Бұл – алты ұйым мен он мемлекеттің өкілдері', 'это - представители шести организаций': those just counted."""
    words = [c for c in opening if c.is_word or c.text in "–—-"][:2]
    return len(words) > 1 and bool(words[0].classes & {"this", "pronoun"}) and words[1].text in "–—-"
