"""What an edit of an article did to its figures."""

from __future__ import annotations

from collections import defaultdict
from itertools import zip_longest

from storage.accounts import Account
from storage.views import Correction, Statement


def correction(earlier: Account, later: Account) -> tuple[Correction, ...]:
    """Every figure that differs between two revisions of one article; empty where the later one only adds figures.

    A figure is paired with the one that replaced it: of the same scope, status and basis if there is one, else of the
    same scope.
    """
    gone = _without(earlier, later)
    come = _without(later, earlier)
    if not gone:
        return ()
    pairs: list[Correction] = []
    for exactly in (True, False):
        gone, come = _pair(gone, come, pairs, exactly=exactly)
    pairs.extend(Correction(old=s) for s in gone)
    pairs.extend(Correction(new=s) for s in come)
    return tuple(pairs)


def _without(one: Account, other: Account) -> list[Statement]:
    said = {_content(s) for s in other.statements}
    return [s for s in one.statements if _content(s) not in said]


def _content(statement: Statement) -> tuple[object, ...]:
    return statement.scope, statement.status, statement.basis, statement.value, statement.approx


def _pair(
    gone: list[Statement], come: list[Statement], pairs: list[Correction], *, exactly: bool
) -> tuple[list[Statement], list[Statement]]:
    groups: dict[tuple[object, ...], tuple[list[Statement], list[Statement]]] = defaultdict(lambda: ([], []))
    for side, statements in enumerate((gone, come)):
        for s in statements:
            key = (s.scope, s.status, s.basis) if exactly else (s.scope,)
            groups[key][side].append(s)
    left: tuple[list[Statement], list[Statement]] = ([], [])
    for olds, news in groups.values():
        for old, new in zip_longest(olds, news):
            if old and new:
                pairs.append(Correction(old=old, new=new))
            elif old:
                left[0].append(old)
            else:
                left[1].append(new)
    return left
