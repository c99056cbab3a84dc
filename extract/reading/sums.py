"""Parts found by arithmetic: figures in a row that add up to a total belong to it, whatever the words between.

An item of such a row is a sender's figure or a subtotal; the senders' figures that only detail a subtotal are skipped.
"""

from __future__ import annotations

import itertools

from extract.reading.levels import subtotal_of
from extract.reading.mentions import Mention
from extract.reading.scan import Sentence

_BLOCKS = 4
"""How many paragraphs a total may stand away from its parts."""
MOST_ITEMS = 24
"""Senders and subtotals in a row of which the sum is looked at."""
_SPLIT_REACH = 3
"""Sentences over which a sender's figure is split into two."""


def counted(mention: Mention) -> int:
    """How many people a mention counts in all: 'two each' from three states are six."""
    group = mention.group
    return mention.value * (len(group.ids) if mention.each and group is not None and group.ids else 1)


def attach_by_sum(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """Set `whole` of the figures in a row that add up to a total."""
    items = items_of(mentions)
    totals = [m for m in mentions if (m.scope or "total") == "total" and m.noun != "journalist" and not m.dropped]
    by_value: dict[int, list[Mention]] = {}
    for total in totals:
        by_value.setdefault(total.value, []).append(total)
    placed: set[int] = set()
    for beside in (True, False):
        for start in range(len(items)):
            _attach_row(items[start : start + MOST_ITEMS], by_value, placed, sentences, beside=beside)


def _attach_row(
    items: list[Mention],
    by_value: dict[int, list[Mention]],
    placed: set[int],
    sentences: list[Sentence],
    *,
    beside: bool,
) -> None:
    """Attach the shortest row of those items that begins with the first of them and adds up to a total.

    `beside` are totals before or behind the whole row; one amid it belongs to what follows alone, where that adds up:
    'у ШОС 14. На рассмотрении ещё 29: девять от ОТГ, шесть от ТюркПА, 14 от Китая'.
    """
    row: list[Mention] = []
    summed = 0
    for item in items:
        row.append(item)
        summed += counted(item)
        if len(row) < 2 or summed not in by_value:
            continue
        whole = _total_of(row, by_value[summed], sentences)
        if whole is None:
            continue
        amid = row[0].position < whole.position < item.position
        if amid is beside or (amid and any(part.whole is whole and part.by_sum for part in items)):
            return
        if any(_makes_its_own(part, whole) for part in row):
            return
        if amid and any(id(part) in placed for part in row):
            return  # 'Today's 69 are 41 of ODIHR, 26 of the CIS, 2 of Latvia. There are 155, 153 of them of bodies'
        within = all(id(part) in placed for part in row)
        if not within and not any(item.value in by_value for item in row):
            # Figures that are totals themselves are two meetings' batches, which add up to a total too.
            placed.update(id(part) for part in row)
            for part in row:
                part.whole, part.by_sum = whole, True
            return


def _makes_its_own(part: Mention, whole: Mention) -> bool:
    """'18: ten of the Assembly, five of the CIS, three of the SCO. Next are 14: six ...': not five, three and six."""
    own = part.whole
    return own is not None and own is not whole and part.by_sum and own.sentence == part.sentence


def split_in_itself(mentions: list[Mention]) -> None:
    """'174 of the CIS: ten have been here since October, the other 164 are to come': one sender's figure, split."""
    for n, whole in enumerate(mentions):
        first, second = (*mentions[n + 1 : n + 3], None, None)[:2]
        if (
            first is None
            or second is None
            or whole.scope is None
            or ":" not in whole.scope
            or whole.noun == "journalist"
        ):
            continue
        same = first.scope == second.scope == whole.scope
        if same and first.value + second.value == whole.value and second.sentence - whole.sentence <= _SPLIT_REACH:
            for part in (first, second):
                part.whole, part.by_sum, part.subset = whole, True, True
        elif first.scope in {None, "total", whole.scope} and first.sentence == whole.sentence:
            _split_by_their_posts(whole, mentions[n + 1 : n + 1 + MOST_ITEMS])


def _split_by_their_posts(whole: Mention, behind: list[Mention]) -> None:
    """'Turkey has named 15 observers: ten deputies and five members of its council': all of them Turkey's."""
    row: list[Mention] = []
    for part in behind:
        if part.sentence != whole.sentence or part.scope not in {None, "total", whole.scope} or part.each:
            return
        row.append(part)
        if sum(m.value for m in row) >= whole.value:
            break
    if len(row) > 1 and sum(m.value for m in row) == whole.value:
        for part in row:
            part.scope, part.whole, part.by_sum, part.subset = whole.scope, whole, True, True


def delegation_of_a_body(mentions: list[Mention]) -> None:
    """'TURKPA sent eleven: four from Azerbaijan, three from Türkiye, two from Kyrgyzstan and two of its office'.

    'ТюркПА направила 12. Турция дала четверых, Азербайджан троих. Остальные – из секретариата': the rest, uncounted.
    """
    for n, whole in enumerate(mentions):
        listed = n > 0 and mentions[n - 1].sentence == whole.sentence and ":" in (mentions[n - 1].scope or "")
        if not (whole.scope or "").startswith("organization:") or whole.dropped or listed:
            continue
        row: list[Mention] = []
        for part in mentions[n + 1 : n + 1 + MOST_ITEMS]:
            scope = part.scope or ""
            lent = scope.startswith("country:") or (scope == "countries" and part.rest)
            if part.sentence - whole.sentence > _SPLIT_REACH or not (lent or scope == whole.scope):
                break
            row.append(part)
            summed = sum(counted(m) for m in row)
            if summed == whole.value and len(row) > 1 and any(m.scope != whole.scope for m in row):
                for member in row:
                    member.whole, member.by_sum = member.whole or whole, True
            if summed >= whole.value:
                break


def so_many_from_each(mentions: list[Mention]) -> None:
    """'12 of foreign states, with three each to come from Hungary, Mongolia, Serbia and Türkiye': 12 in all."""
    for whole, part in itertools.pairwise(mentions):
        near = 0 <= part.sentence - whole.sentence <= 1 and not whole.dropped and part.whole is None
        if whole.scope != "countries" or not near or not (part.scope or "").startswith("country:"):
            continue
        if part.group is not None and len(part.group.ids) > 1 and counted(part) == whole.value > part.value:
            part.whole, part.by_sum = whole, True


def items_of(mentions: list[Mention]) -> list[Mention]:
    """Senders' figures and subtotals in the order of the text, without the details of subtotals."""
    items: list[Mention] = []
    left: dict[str, int] = {}
    for mention in mentions:
        scope = mention.scope or "total"
        if scope == "total":
            left = {}
            continue
        if mention.subset or mention.dropped or mention.noun in {"journalist", "association"} or scope == "domestic":
            continue
        if scope in {"organizations", "countries"}:
            left[scope] = mention.value
        kind = subtotal_of(scope)
        if kind in left and counted(mention) <= left[kind]:
            left[kind] -= counted(mention)
            continue
        items.append(mention)
    return items


def may_hold(whole: Mention, first: Mention) -> bool:
    """Whether a row that begins with `first` may be what makes `whole`: names that came in later are listed behind."""
    return not whole.later or whole.position < first.position


def _total_of(row: list[Mention], totals: list[Mention], sentences: list[Sentence]) -> Mention | None:
    """The nearest of the totals of that value, before the row rather than after it."""
    first, last = sentences[row[0].sentence].paragraph, sentences[row[-1].sentence].paragraph
    fit = [t for t in totals if may_hold(t, row[0])]
    near = [t for t in fit if first - _BLOCKS <= sentences[t.sentence].paragraph <= last + _BLOCKS]
    before = [t for t in near if t.position < row[0].position]
    if before:
        return before[-1]
    return near[0] if near else None
