"""The pattern language of the tables of names: macros, optional parts, and their expansion into sequences of words.

{cis} [ executive committee ]     a macro; a part that may be missing
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from foundation.errors import ConfigError

Macros = Mapping[str, Sequence[str]]


def expand(pattern: str, macros: Macros) -> Iterator[tuple[str, ...]]:
    """Every sequence of words that the pattern stands for.

    Raises ConfigError if the pattern uses a macro that is not there, or leaves a bracket open.
    """
    return _expand(_split(pattern), macros, pattern)


def _split(pattern: str) -> list[str]:
    return pattern.replace("[", " [ ").replace("]", " ] ").split()


def _expand(items: list[str], macros: Macros, pattern: str) -> Iterator[tuple[str, ...]]:
    if not items:
        yield ()
        return
    head = items[0]
    if head == "[":
        end = _closing(items, pattern)
        choices = [(), *_expand(items[1:end], macros, pattern)]
        rest = items[end + 1 :]
    elif head.startswith("{"):
        name = head.strip("{}")
        if name not in macros:
            raise ConfigError(f"unknown macro {head} in the pattern '{pattern}': define it or mend the name")
        choices = [c for alternative in macros[name] for c in _expand(_split(alternative), macros, alternative)]
        rest = items[1:]
    else:
        choices = [(head,)]
        rest = items[1:]
    tails = list(_expand(rest, macros, pattern))
    for choice in choices:
        for tail in tails:
            yield (*choice, *tail)


def _closing(items: list[str], pattern: str) -> int:
    depth = 0
    for index, item in enumerate(items):
        depth += (item == "[") - (item == "]")
        if depth == 0:
            return index
    raise ConfigError(f"bracket left open in the pattern '{pattern}': close it with ]")
