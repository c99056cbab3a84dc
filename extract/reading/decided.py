"""What arithmetic decided where the words leave two readings: the report says so, with the sum that told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from extract.model import Check, Term, Verdict
from extract.reading.mentions import Mention
from extract.reading.sums import counted


def decided_checks(mentions: Iterable[Mention]) -> tuple[Check, ...]:
    """The sums that decided how some of these mentions are read, each once, in the order of the text."""
    return tuple(dict.fromkeys(m.decided for m in mentions if m.decided is not None))


def reading(whole: Term, *parts: Term) -> Check:
    """The sum, which holds; the terms that it tells the meaning of are marked as `decided`."""
    return Check("reading", Verdict.HOLDS, whole, parts, 0)


def earlier_and_batch(total: int, earlier: int, batch: int, *, unsaid: frozenset[int], withdrawn: int = 0) -> Check:
    """'175 + 103 = 278': of the values in `unsaid` no word says whether they count so far or are new."""
    terms = [
        Term("earlier total", earlier, decided=earlier in unsaid),
        Term("new batch", batch, decided=batch in unsaid),
    ]
    if withdrawn:
        terms.append(Term("withdrawn", -withdrawn))
    return reading(Term("total", total), *terms)


def tell_attached(mentions: Sequence[Mention], by_words: Callable[[Mention], Mention | None]) -> None:
    """Mark the parts that a sum attaches to another whole than words alone, as `by_words` reads them, would."""
    for part in mentions:
        if part.by_sum and part.whole is not None:
            near = by_words(part)
            if near is not None and near is not part.whole and near.value != part.whole.value:
                tell_part(part, mentions)


def tell_part(part: Mention, mentions: Sequence[Mention]) -> None:
    """Mark what the sum alone tells: that the figure is a part of its whole."""
    whole = part.whole
    if whole is None:
        return
    row = [m for m in mentions if m.whole is whole and m.by_sum]
    if sum(counted(m) for m in row) == whole.value and part in row:
        terms = (
            Term(scope, m.value, decided=m is part or _is_decided(m))
            for m in row
            for scope in (m.group.ids if m.each and m.group is not None and m.group.ids else [m.scope or "total"])
        )
        made = reading(Term(whole.scope or "total", whole.value), *terms)
        for mention in row:
            if mention is part or _is_decided(mention):
                mention.decided = made


def _is_decided(part: Mention) -> bool:
    return part.decided is not None and part.by_sum
