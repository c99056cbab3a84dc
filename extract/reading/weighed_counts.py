"""A second opinion on how many organizations and states stand behind the main figure: what articles teach of counts.

The rules take what is said of the figure's own senders. Where a text counts these in another sentence, or in words of
its own, every count is weighed by what stands around it, how it lies to the figure, and whose it is otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping

from extract.reading.beside_main import TextOfMain, beside_figures, lies, place_in_text, words_around
from extract.reading.choosing import Belongs, chosen
from extract.reading.counts import counts_parts_of_another, sends_an_earlier_total
from extract.reading.groups import Group
from extract.reading.mentions import Mention
from extract.reading.traits import Traits
from extract.reading.weights import Learned, known_weights

KINDS = {"organizations": "organization", "countries": "country"}
"""The kinds of senders, and what the names of each begin with."""
_MOST = 200
"""No news counts senders more often: there the rules' word stands, so that a text made to be slow is none."""
_SIZES = ((1, "one"), (3, "few"), (7, "some"), (15, "more"), (40, "many"))


def weighed_counts(rules: Mapping[str, int], text: TextOfMain, told: Learned | None = None) -> dict[str, int]:
    """From how many organizations and states the main figure is, `rules` being what the rules say.

    `told` are other weights, by section, than those that come with the program.
    """
    weights = known_weights("counts", Belongs) if told is None else told["counts"]
    candidates = counts_and_traits(text)
    found = {kind: chosen(candidates[kind], rules.get(kind), weights) for kind in KINDS}
    return {kind: count for kind, count in found.items() if count is not None}


def counts_and_traits(text: TextOfMain) -> dict[str, list[tuple[int, Traits]]]:
    """By kind, every count of senders with what is to be seen of it; none that names tell to be those of a batch."""
    owners = {id(m.group): m for m in text.found.mentions if m.group is not None}
    told = [
        (index, group)
        for index, groups in enumerate(text.found.groups)
        if not text.found.left_out[index]
        for group in groups
        if group.counts
        and not (len(group.counts) > 1 and counts_parts_of_another(text.found, group, text.main))
        and not sends_an_earlier_total(owners.get(id(group)), text.main)
    ]
    if len(told) > _MOST:
        return {kind: [] for kind in KINDS}
    of_main = text.sentences_of_main()
    named = _named(text)
    found: dict[str, list[tuple[int, Traits]]] = {kind: [] for kind in KINDS}
    counted = {kind: [group.counts[kind] for _, group in told if kind in group.counts] for kind in KINDS}
    for index, group in told:
        around = [*_of_its_place(index, group, of_main, text), *_of_its_owner(owners.get(id(group)), text.main)]
        for kind in group.counts.keys() & KINDS.keys():
            count = group.counts[kind]
            found[kind].append((count, [*around, _of_the_count(count, kind, counted[kind], named[kind])]))
    return found


def _named(text: TextOfMain) -> dict[str, int]:
    """How many senders of each kind the text names."""
    ids = {sender for groups in text.found.groups for group in groups for sender in group.ids}
    return {kind: sum(sender.startswith(f"{name}:") for sender in ids) for kind, name in KINDS.items()}


def _of_the_count(count: int, kind: str, counted: list[int], named: int) -> tuple[str, frozenset[str]]:
    size = next((name for bound, name in _SIZES if count <= bound), "very many")
    rank = "only" if len(set(counted)) == 1 else "largest" if count == max(counted) else "smaller"
    lists = "as many named" if count == named else "more named" if count < named else "fewer named"
    return "count", frozenset({kind, f"{kind} {size}", f"{kind} {rank}", f"{kind} {lists}"})


def _of_its_place(index: int, group: Group, of_main: list[int], text: TextOfMain) -> Traits:
    sentences, figure = text.found.scan.sentences, text.main
    by = lies(index, of_main)
    own = {"both" if len(group.counts) > 1 else "one kind", "names" if group.ids else "no names"}
    here = [m for m in text.found.mentions if m.sentence == index]
    return [
        ("place", frozenset({place_in_text(index, sentences)})),
        ("main", frozenset({by, f"{by} {figure.status} {figure.basis}", f"{by} {figure.scope or 'total'}"})),
        ("group", frozenset(own | ({"like one body"} if group.anaphoric else set()))),
        *beside_figures(group.first, here, figure),
        *words_around(index, group.first, group.last, sentences),
    ]


def _of_its_owner(owner: Mention | None, main: Mention) -> Traits:
    """Whose senders the rules take them for: of the main figure, of a part of it, of a batch."""
    if owner is None:
        return [("owner", frozenset({"none"}))]
    scope = (owner.scope or "total").partition(":")[0]
    state = (
        "same state" if (owner.status, owner.basis) == (main.status, main.basis) else f"{owner.status} {owner.basis}"
    )
    part = "part of main" if owner.whole is main else "part" if owner.whole is not None else "no part"
    value = "main" if owner.value == main.value else "smaller" if owner.value < main.value else "larger"
    seen = {scope, state, part, value, f"{scope} {value} {state}", f"{scope} {part}"}
    return [("owner", frozenset(seen | ({"dropped"} if owner.dropped else set())))]
