"""What a link between a number and a sender costs: the words between alone decide."""

from __future__ import annotations

from extract.reading.groups import Group
from extract.reading.link_signs import (
    FAR,
    NEVER,
    distance,
    has_its_own,
    same_clause,
    whole_of_others,
    whom_it_sent,
)
from extract.reading.mentions import Mention
from extract.reading.scan import Chunk

_UNLINKED = {
    "observer": 2.6,
    "person": 3.0,
    "bare": 5.5,
    "diplomat": 1.0,
    "journalist": 2.6,
    "association": 0.5,
    "other": 0.0,
}


def unlinked(mention: Mention) -> float:
    """What it costs a number to have no sender."""
    price = _UNLINKED[mention.noun]
    return price - 2.0 if (mention.subject and mention.noun == "bare") or mention.of_value else price


def cost_after(mention: Mention, group: Group, chunks: list[Chunk], *, sender_first: bool) -> float:
    """Of 'N ... X'."""
    between = chunks[mention.last : group.first]
    if len(between) > FAR or any(c.text in ";:" for c in between) or not same_clause(mention, group):
        return NEVER
    if has_its_own(group, chunks) or whole_of_others(mention, between, chunks):
        return NEVER
    modifiers = {"filler", "international", "adjective"}
    skipped = modifiers if sender_first or all(c.classes & modifiers for c in between) else {"filler", "adverb"}
    words = [c for c in between if not c.classes & skipped]
    if (mention.rest or mention.of_them) and words and words[0].text == "," and chunks[mention.start - 1].text == ",":
        words = words[1:]  # 'the rest, 24 people, on behalf of states': the number stands in apposition
    price = distance(group, between)
    if sender_first and [c.text for c in words] == [","] and _put_exactly(mention, chunks):
        return price + 0.4
    if any("and" in c.classes for c in words[:-1]) and any(c.text == "," for c in words):
        price += 3.0
    if _with_so_many(mention, words, chunks):
        return price + 0.5
    if sender_first and len(words) == 1 and words[0].text == ",":
        in_apposition = chunks[mention.start - 1].text == "," or "that_is" in chunks[mention.start - 1].classes
        if in_apposition and "from_case" in chunks[group.last - 1].classes:
            return price + 0.6
    if not sender_first and whom_it_sent(group, words, chunks):
        return price + 0.3
    if words and not sender_first and all("mission" in c.classes for c in words):
        return price + 0.8
    if not words:
        return price + (_next_to(mention, group, chunks) if sender_first else 0.8)
    return price + _price_after(words, group)


def _put_exactly(mention: Mention, chunks: list[Chunk]) -> bool:
    """'Қалғандары, дәлірегі 742 адам, ұйымдар сапында жүр': an insertion between the senders and those before it."""
    ahead = [c.classes for c in chunks[max(0, mention.start - 2) : mention.start] if c.text != ","]
    return bool(ahead) and "exactly" in ahead[-1]


def _with_so_many(mention: Mention, words: list[Chunk], chunks: list[Chunk]) -> bool:
    """'With 156 members, the mission of the CIS is the biggest.'"""
    opening = chunks[mention.start - 1].classes if mention.start == 1 else frozenset()
    comma = bool(words) and words[0].text == ","
    return "with_number" in opening and comma and all("mission" in c.classes or c.text == "of" for c in words[1:])


def _price_after(words: list[Chunk], group: Group) -> float:
    """What the words between a number and the sender behind it cost."""
    if words[0].text == "," and any("rest" in c.classes or c.number is not None for c in words[1:3]):
        return NEVER
    if any("represent" in c.classes for c in words):
        return 0.0
    if _excludes(words):
        return NEVER
    if "of_them" in words[0].classes and len(words) > 1:
        words = words[1:]
    price = 4.0 if any(c.classes & {"including", "of_them"} for c in words) else 0.0
    told = _price_of_a_joint(words, group)
    if told is not None:
        return price + told
    if words[0].text == "," and len(words) > 1 and not words[1].classes & {"origin", "represent"}:
        price += 2.4
    if "origin" in words[0].classes or "origin" in words[-1].classes:
        return price + 0.2 + (0.6 if any(c.text == "," for c in words) else 0.0)
    if any("origin" in c.classes for c in words):
        return price + 1.2
    return price + {"(": 3.0, ",": 3.6}.get(words[0].text, 4.0)


def _excludes(words: list[Chunk]) -> bool:
    """'12, except those of the CIS', '12, most of them within the OSCE'."""
    if any(c.classes & {"except", "most"} for c in words):
        return True
    return any("inside" in c.classes for c in words) and any(c.text == "," for c in words)


def _price_of_a_joint(words: list[Chunk], group: Group) -> float | None:
    """'N at its mission', 'N, people from X', 'N has X', 'N – X', 'N were sent by X'."""
    if len(words) > 1 and (words[0].text == "," or "each" in words[0].classes) and words[1].text in "–—-":
        words = words[1:]  # 'two each – X', 'two thirds, 41 people, - representatives of X'
    if len(words) == 1 and "place_prep" in words[0].classes and group.anaphoric:
        return 0.6
    if len(words) == 1 and "credited_to" in words[0].classes and group.first >= 2:
        return 0.4  # '46 наблюдателей за государствами, 35 за организациями'
    if words[0].text == "," and len(words) == 3 and "person" in words[1].classes and "origin" in words[2].classes:
        return 0.6
    if len(words) > 1 and "and" in words[0].classes and "person" in words[1].classes and all(c.is_word for c in words):
        return 0.8  # '57 lawmakers and members of staff of X'
    if words[0].text == "," and "relative" in words[-1].classes:
        return NEVER
    if all(c.classes & {"have", "announced", "and"} for c in words) and any("have" in c.classes for c in words):
        return 0.8
    if words[0].text in "–—-":
        return 1.0
    if "verb" in words[0].classes and all("mission" in c.classes for c in words[1:]):
        return 1.2
    return None


def _next_to(mention: Mention, group: Group, chunks: list[Chunk]) -> float:
    """Of 'N X' where senders stand first: 'N-ін X ұсынды', 'N байқаушыны X жіберіп отыр', '30-ы X атынан'."""
    after = chunks[group.last : group.last + 4]
    stop = next((i for i, c in enumerate(after) if c.number or c.text == ","), len(after))
    if any(c.classes & {"represent", "sends"} for c in after[:stop]):
        return 0.2
    if _object_of_all(mention, group, chunks):
        return 0.2
    if "with_case" in chunks[mention.last - 1].classes:
        return 0.2  # '373 байқаушысымен ДИАҚБ тұр'
    if "of_case" in chunks[group.last - 1].classes and group.counts:
        return 1.0
    if "from_case" in chunks[group.last - 1].classes and group.generic:
        return 0.4
    return 0.4 if "share" in chunks[mention.at].classes else 2.5


def _object_of_all(mention: Mention, group: Group, chunks: list[Chunk]) -> bool:
    """'57 байқаушыны ұйымдар, 25-ін мемлекеттер жіберген': the verb of all behind the last of them."""
    counted = chunks[mention.last - 1].classes
    if not counted & {"object_case", "share"} or chunks[group.last - 1].classes & {"from_case", "of_case"}:
        return False
    behind = chunks[group.last : group.last + FAR]
    return bool(behind) and behind[0].text == "," and any("sends" in c.classes for c in behind)
