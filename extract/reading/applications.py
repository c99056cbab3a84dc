"""Whether applications are those of observers: told beside them, granted next, or handed in by those who asked."""

from __future__ import annotations

from extract.reading.levels import level
from extract.reading.mentions import Mention
from extract.reading.statements import Statements, is_contest

_WAITING = 2
"""Sentences between those who are accredited and the applications that wait."""
_LETTING_IN = frozenset({"accreditation", "accrediting", "closing_subject"})
_OF_OTHERS = frozenset({"voting", "campaign", "phone", "journalist", "media", "local_sender", "association", "poll"})
"""Of whom else there may be applications in a sentence."""


def wait_behind(mention: Mention, found: Statements) -> bool:
    """'82 observers are accredited. Another 40 applications are under review': of those who want to observe, too."""
    before = found.mentions[-1] if found.mentions else None
    sentence = found.scan.sentences[mention.sentence]
    if before is None or mention.sentence - before.sentence > _WAITING:
        return False
    if before.noun not in {"observer", "person"} and level(before.scope) == 0:
        return False  # behind a list of senders their last number stands for those accredited
    return mention.more and "proposed" in sentence.classes and not sentence.classes & {"contest", "voting", "campaign"}


def asked_to_be_let_in(mention: Mention, found: Statements) -> bool:
    """'Байқаушыларды аккредиттеу жалғасуда. 280 өтінім түсіп, 265-і мақұлданды': applications of those observers."""
    before = found.scan.sentences[mention.sentence - 1]
    sentence = found.scan.sentences[mention.sentence]
    if not mention.sentence or "observer" not in before.classes or before.paragraph != sentence.paragraph:
        return False
    if not before.classes & _LETTING_IN or not sentence.classes.isdisjoint(_OF_OTHERS):
        return False
    applied = any({"applicant", "proposed"} <= c.classes for c in sentence.chunks[mention.at : mention.last])
    counted = any(m.sentence == mention.sentence - 1 for m in found.mentions)  # then these may be anybody's
    return applied and not counted and not is_contest(before) and not is_contest(sentence)
