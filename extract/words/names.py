"""Names in a text: states, their adjectives, and bodies that send observers.

A name is the longest sequence of words that a table knows. 'Republic of' before a state, '(OSCE)' after a body and
'Observer Mission' beside it belong to the name: the reader needs to know what the words denote, not how long they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.words.cursor import Columns
from extract.words.gazetteer import gazetteer
from extract.words.matching import NameFinder
from extract.words.spans import Name
from extract.words.tokens import Token


def find_names(tokens: Sequence[Token], language: str, columns: Columns | None = None) -> list[Name]:
    """The names in a run of tokens, in their order, never overlapping. Time is linear in the number of tokens.

    `language` is 'en', 'ru' or 'kk'. Kazakhstan is found as 'KZ' like any other state; adjectives and peoples are
    NATIONALITY; what the tables do not know is left to `extract.words.unknown`. `columns` are those of the tokens,
    where they are made already.
    """
    return NameFinder(columns or Columns(tokens), gazetteer(language)).find()
