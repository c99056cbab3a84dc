"""The likely slip of a sum that fails: the one change, of a kind that writers make, that mends it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from extract.model import Term

_LEAST_COPIED = 10
"""Smaller numbers are alike by chance."""


def likely_slip(whole: Term, parts: Sequence[Term], counts: Collection[int], order: Sequence[int]) -> str | None:
    """The change that mends the sum, as 'countries 31 -> 76'; None unless exactly one of all terms is a likely slip.

    `counts` are the text's numbers of senders, one of which may stand in the place of their observers. `order` gives
    for each part, and last for the whole, where the text states it: of two equal terms the later one is the copy.
    """
    difference = whole.value - sum(p.value for p in parts)
    terms = [*parts, whole]
    mended = [*(p.value + difference for p in parts), whole.value - difference]
    found = [
        f"{term.label} {term.value} -> {right}"
        for n, (term, right) in enumerate(zip(terms, mended, strict=True))
        if right > 0 and (_is_a_count(term, counts) or _is_miswritten(term.value, right) or _is_a_copy(terms, n, order))
    ]
    return found[0] if len(found) == 1 else None


def _is_a_count(term: Term, counts: Collection[int]) -> bool:
    """'31 observers from 31 states'; of one sender's few observers the likeness is chance."""
    return ":" not in term.label and term.value in counts


def _is_miswritten(written: int, right: int) -> bool:
    """Two neighbouring digits in each other's place, a digit left out, or one written twice."""
    one, other = str(written), str(right)
    if len(one) == len(other):
        differing = [i for i in range(len(one)) if one[i] != other[i]]
        return len(differing) == 2 and differing[1] - differing[0] == 1 and sorted(one) == sorted(other)
    if len(one) + 1 == len(other):
        return any(other[:i] + other[i + 1 :] == one for i in range(len(other)))
    doubled = (i for i in range(1, len(one)) if one[i] == one[i - 1])
    return len(one) == len(other) + 1 and any(one[:i] + one[i + 1 :] == other for i in doubled)


def _is_a_copy(terms: Sequence[Term], n: int, order: Sequence[int]) -> bool:
    """The same number as a term that the text states before it."""
    return terms[n].value >= _LEAST_COPIED and any(
        t.value == terms[n].value and order[i] < order[n] for i, t in enumerate(terms) if i != n
    )
