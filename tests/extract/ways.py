"""Many ways of saying one thing, by language: `ways/<language>.toml`; and accounts of a meeting made of them."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from extract.model import Report
from tests.extract.saying import PUBLISHED, Fact, report_on

_FOLDER = Path(__file__).with_name("ways")
SAID = 57
"""The number of the single sentences."""
BEFORE = {
    "en": "As of November 8, 287 international observers have been accredited.",
    "ru": "На 8 ноября аккредитованы 287 международных наблюдателей.",
    "kk": "8 қарашадағы жағдай бойынша 287 халықаралық байқаушы аккредиттелді.",
}
AFTER_THE_END = datetime.fromisoformat("2022-11-16T10:00:00+06:00")
_RUNNING, _BATCH = "total accredited cumulative", "total accredited new"
_SOMETIMES = 0.4
_RARELY = 0.25


@dataclass(frozen=True, slots=True)
class Account:
    """A meeting told in a few sentences, with the figures that are in it."""

    text: str
    told: frozenset[Fact]


@cache
def ways(language: str) -> dict[str, Any]:
    """What is told, and the sentences that tell it."""
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def readings(language: str, told: str, says: str) -> Iterator[Report]:
    """The sentence alone where it tells a total, else behind one, in its paragraph and in the next."""
    sentence = says.format(n=SAID)
    if told == _RUNNING:
        yield report_on(sentence, language=language)
        return
    published = AFTER_THE_END if told == "complete" else PUBLISHED
    for paragraphs in ([f"{BEFORE[language]} {sentence}"], [BEFORE[language], sentence]):
        yield report_on(*paragraphs, language=language, published=published)


def is_read(language: str, told: str, says: str) -> bool:
    """Whether a sentence is read as what it tells, wherever it stands."""
    return all(_tells(report, told) for report in readings(language, told, says))


def _tells(report: Report, told: str) -> bool:
    if told in {"deadline", "complete"}:
        return report.complete if told == "complete" else str(report.deadline) == "2022-11-14"
    figures = [(f.scope, f.status.value, f.basis.value) for f in report.figures if f.value == SAID]
    if told in {"refused", "of others"}:
        return not figures
    if len(figures) != 1:
        return False
    scope, status, basis = figures[0]
    if told == "part":
        return scope != "total" and status == "accredited"
    return told == f"{scope} {status} {basis}"


def accounts(language: str, count: int) -> Iterator[Account]:
    """So many accounts, always the same ones: a batch or a total with its senders, beside it a total or a batch."""
    chance = random.Random(language)  # noqa: S311 - the same accounts in each run
    for _ in range(count):
        yield _account(language, chance)


def _account(language: str, chance: random.Random) -> Account:
    def say(told: str, n: int) -> str:
        return str(chance.choice(ways(language)[told]["read"])).format(n=n)

    told_of_batch = chance.random() < 1 / 2
    listed, total_of_list, told = _listed(language, chance, "new" if told_of_batch else "cumulative")
    new = total_of_list if told_of_batch else chance.randrange(20, max(21, total_of_list - 10))
    running = total_of_list + chance.randrange(50, 300) if told_of_batch else total_of_list
    batch, total = say(_BATCH, new), say(_RUNNING, running)
    orders = (
        [[batch, listed, total], [total, batch, listed], [batch, listed]]
        if told_of_batch
        else [[batch, total, listed], [total, listed, batch], [total, listed]]
    )
    sentences = [ways(language)["accounts"]["opens"], *chance.choice(orders)]
    told |= {("total", "accredited", "new", new)} if batch in sentences else set()
    told |= {("total", "accredited", "cumulative", running)} if total in sentences else set()
    if chance.random() < _SOMETIMES:
        waiting = chance.randrange(41, 49)
        sentences.append(say("total proposed new", waiting))
        told.add(("total", "proposed", "new", waiting))
    if chance.random() < _RARELY:
        sentences.append(say("total withdrawn new", 3))
        told.add(("total", "withdrawn", "new", 3))
    return Account(chance.choice([" ", "|"]).join(sentences), frozenset(told))


def _listed(language: str, chance: random.Random, basis: str) -> tuple[str, int, set[Fact]]:
    """A list of three bodies and three states with their numbers, what these make, and the figures."""
    known = ways(language)["accounts"]
    bodies, states = chance.sample(sorted(known["bodies"]), 3), chance.sample(sorted(known["states"]), 3)
    numbers = chance.sample(range(4, 40), 6)
    form = chance.choice(known["lists"])
    of_bodies, of_states = sum(numbers[:3]), sum(numbers[3:])
    words = dict(zip("ABCXYZabcxyz", [*bodies, *states, *numbers], strict=True))
    scopes = [f"organization:{known['bodies'][name]}" for name in bodies]
    scopes += [f"country:{known['states'][name]}" for name in states]
    told = {(scope, "accredited", basis, n) for scope, n in zip(scopes, numbers, strict=True)}
    told |= {("organizations", "accredited", basis, of_bodies)} if "{o}" in form else set()
    told |= {("countries", "accredited", basis, of_states)} if "{s}" in form else set()
    return form.format(**words, o=of_bodies, s=of_states), of_bodies + of_states, told
