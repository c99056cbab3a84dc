"""Whether a sentence says that accreditation is over."""

from __future__ import annotations

from extract.reading.scan import Chunk, Sentence


def _last_day_was(sentence: Sentence) -> bool:
    """'The last day for accrediting observers was November 9', 'соңғы күн 9 қараша болды'."""
    if not {"end", "fell_on"} <= sentence.classes:
        return False
    for at in sentence.dated:
        beside = [*sentence.chunks[max(0, at - 2) : at], *sentence.chunks[at + 1 : at + 2]]
        if any("fell_on" in c.classes for c in beside) and not any("meeting" in c.classes for c in beside):
            return bool(sentence.classes & {"accreditation", "accrediting", "closing_subject"})
    return False


def is_over(sentence: Sentence) -> bool:
    """Whether a sentence on accreditation says that it has ended."""
    if _last_day_was(sentence):
        return True
    for at, chunk in enumerate(sentence.chunks):
        if "over" not in chunk.classes:
            continue
        around = sentence.chunks[max(0, at - 6) : at]
        own = around[max((i + 1 for i, c in enumerate(around) if c.text in ",:;"), default=0) :]
        if any("meeting" in c.classes for c in around) or _observers_say_so(around):
            continue  # it is a meeting that ended, or what observers say that did
        if _is_to_come(sentence, at, around, own):
            continue
        nearby = sentence.chunks[max(0, at - 30) : at + 12]
        if any(c.classes & {"accreditation", "accredited", "accrediting", "closing_subject"} for c in nearby):
            return True
        if "pronoun" in next((c.classes for c in sentence.chunks if c.is_word), frozenset()):
            return True
    return False


def _is_to_come(sentence: Sentence, at: int, around: list[Chunk], own: list[Chunk]) -> bool:
    """Whether the end is expected, denied, or one that is spoken of beforehand."""
    if any(c.classes & {"when", "thereupon"} for c in own) and _is_expected(sentence.chunks[:at]):
        return True  # 'expects 600 by Monday, when accreditation is completed'
    if any("negative" in c.classes for c in [*sentence.chunks[at + 1 : at + 2], *own[-2:]]):
        return True  # 'құжат қабылдау тоқтаған жоқ'
    if any("afterwards" in c.classes for c in own):
        return True  # 'Applications that come later will not be accepted': nothing is over yet
    return any("future" in c.classes for c in (around if "future" in sentence.chunks[at].classes else own))


def _is_expected(before: list[Chunk]) -> bool:
    return any(c.classes & {"announced", "future"} for c in before)


def _observers_say_so(before: list[Chunk]) -> bool:
    """'the international observers concluded in a statement', but 'the accreditation of observers concluded'."""
    if not before or "observer" not in before[-1].classes:
        return False
    ahead = next((c for c in reversed(before[:-1]) if not c.classes & {"international", "filler"}), None)
    return ahead is None or not ahead.classes & {"origin", "accreditation", "accrediting", "accredited"}
