"""Parts found by arithmetic: figures in a row that add up to a total belong to it, whatever the words between.

An item of such a row is a sender's figure or a subtotal; the senders' figures that only detail a subtotal are skipped.
"""

from __future__ import annotations

from extract.reading.mentions import Mention
from extract.reading.scan import Sentence

_KINDS = {"organization": "organizations", "country": "countries"}
_BLOCKS = 4
"""How many paragraphs a total may stand away from its parts."""
_MOST_ITEMS = 24


def counted(mention: Mention) -> int:
    """How many people a mention counts in all: 'two each' from three states are six."""
    group = mention.group
    return mention.value * (len(group.ids) if mention.each and group is not None and group.ids else 1)


def attach_by_sum(mentions: list[Mention], sentences: list[Sentence]) -> None:
    """Set `whole` of the figures in a row that add up to a total."""
    items = _items(mentions)
    totals = [m for m in mentions if (m.scope or "total") == "total" and m.noun != "journalist"]
    placed: set[int] = set()
    for start in range(len(items)):
        row: list[Mention] = []
        summed = 0
        for item in items[start : start + _MOST_ITEMS]:
            row.append(item)
            summed += counted(item)
            total = _total_of(row, summed, totals, sentences, mentions)
            within = all(id(part) in placed for part in row)
            if total is not None and len(row) > 1 and not within and not _batches(row, totals):
                placed.update(id(part) for part in row)
                for part in row:
                    part.whole, part.by_sum = total, True
                break


def _batches(row: list[Mention], totals: list[Mention]) -> bool:
    """Two meetings' batches add up to a running total too: figures that are also stated as totals are no parts."""
    return any(t.value == item.value for item in row for t in totals)


def _items(mentions: list[Mention]) -> list[Mention]:
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
            left = {scope: mention.value}
        kind = _KINDS.get(scope.partition(":")[0])
        if kind in left and counted(mention) <= left[kind]:
            left[kind] -= counted(mention)
            continue
        items.append(mention)
    return items


def _total_of(
    row: list[Mention], summed: int, totals: list[Mention], sentences: list[Sentence], mentions: list[Mention]
) -> Mention | None:
    """The nearest total of that value, before the row rather than after it."""
    order = {id(m): i for i, m in enumerate(mentions)}
    first, last = sentences[row[0].sentence].paragraph, sentences[row[-1].sentence].paragraph
    near = [
        t
        for t in totals
        if t.value == summed and first - _BLOCKS <= sentences[t.sentence].paragraph <= last + _BLOCKS and t not in row
    ]
    before = [t for t in near if order[id(t)] < order[id(row[0])]]
    if before:
        return before[-1]
    return near[0] if near else None
