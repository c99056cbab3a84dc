"""How near a body that was read is to the one that was written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from extract.model import Article


def body_f1(article: Article, paragraphs: Iterable[str]) -> float:
    """Share of the words of both texts that are in both: 1 where nothing is lost and nothing came in."""
    found, wanted = (Counter(re.findall(r"\w+", " ".join(texts).lower())) for texts in (article.paragraphs, paragraphs))
    return 2 * (found & wanted).total() / (found.total() + wanted.total())
