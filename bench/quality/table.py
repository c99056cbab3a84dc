"""The result as a Markdown page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bench.quality.holding_out import HeldOut, Usage
from bench.quality.words import entries
from tests.extract.corpora import LANGUAGES, Story, digest
from tests.extract.scoring import score

_NAMES = {"en": "English", "ru": "Russian", "kk": "Kazakh"}
_MEASURES = (
    "figure_f1", "headline_accuracy", "false_alerts", "election_f1", "as_of", "complete", "deadline", "counts",
    "countries_f1", "organizations_f1", "perfect",
)  # fmt: skip
_HELD = ("figure_f1", "headline_accuracy", "false_alerts")
_HEAD = """# How well articles are read

Made by `python -m bench.quality [SET...]` from the root of a checkout with `.[dev]` installed, on the articles of
`tests/corpus` and, where it is at hand, of the shared corpus (`ACCREDWATCH_CORPUS`). `tests/extract/floors.toml` puts
floors under the scores, and `python -m tests.extract.scoring` names every difference.

- `SET...`: only these sets, such as `own.en_d`.
- `--output FILE`: where this page goes.
- `--worst N`: how many outlets stand in the table of the greatest losses.
- `--orphans FILE`: write the entries that no more than one article uses, one a line: language, section, class, entry,
  articles.

Words and rules may have been taught on any of these articles: the scores tell what is known to work, not what a new
article can expect. That is told by those never learned from, below.
"""
_UNSEEN = """## Articles never learned from

The articles of `bench/quality/unseen` were written without knowing the reader, and no word, rule or weight was taken
from them. Whoever takes any moves the set to `bench/quality/articles`, and learns the weights again.
"""
_LEAVING_OUT = """## Leave one out

Each outlet, then each poll, is held out: every entry of `words.toml` goes that no article outside the group has a match
for, and the group's articles are read with what is left. The loss tells how much of a score hangs on words that no
other article vouches for. It says nothing of names, numbers and days, whose tables stay whole, nor of rules in code,
nor of weights, which are not learned again.
"""
_ORPHANS = """## Entries that few articles use

Entries of `words.toml` with a match in one article or in none, by class. Such an entry is a form that the language has
and the corpus lacks (a further case of a noun, say), or one that serves a single article: `--orphans FILE` tells which.
"""


def document(
    sets: Mapping[str, Sequence[Story]],
    unseen: Mapping[str, Sequence[Story]],
    usage: Usage,
    held: Mapping[str, Sequence[HeldOut]],
    worst: int,
) -> str:
    """The page: scores by set and language, of articles never seen, what leaving out loses, orphans."""
    parts = (_scores(sets), [_UNSEEN, *_scores_of_unseen(unseen)], [_LEAVING_OUT, *_left_out(held, worst)])
    return "\n".join([_HEAD, *(line for part in parts for line in part), _ORPHANS, *_orphans(usage)])


def _scores(sets: Mapping[str, Sequence[Story]]) -> list[str]:
    lines = [
        "## Scores",
        "",
        "`counts` is the mean of `organization_count` and `country_count`; `sha256` is of the set's files.",
        "",
    ]
    lines += _header("Set", "Articles", *_MEASURES, "sha256")
    for language in LANGUAGES:
        own = {name: stories for name, stories in sets.items() if stories[0].article.language == language}
        for name, stories in own.items():
            lines.append(_row(name, len(stories), *_measured(stories), f"`{digest(name)[:12]}`"))
        if len(own) > 1:
            together = [story for stories in own.values() for story in stories]
            lines.append(_row(f"**{_NAMES[language]}**", len(together), *_measured(together), ""))
    return [*lines, ""]


def _scores_of_unseen(sets: Mapping[str, Sequence[Story]]) -> list[str]:
    lines = _header("Set", "Articles", *_MEASURES)
    for language in LANGUAGES:
        own = {name: stories for name, stories in sets.items() if stories[0].article.language == language}
        lines += [_row(name, len(stories), *_measured(stories)) for name, stories in own.items()]
        together = [story for stories in own.values() for story in stories]
        lines.append(_row(f"**{_NAMES[language]}**", len(together), *_measured(together)))
    return [*lines, ""]


def _measured(stories: Sequence[Story]) -> list[str]:
    found = score((story, story.report) for story in stories).measured
    found["counts"] = (found["organization_count"] + found["country_count"]) / 2
    return [f"{found[name]:.3f}" for name in _MEASURES]


def _left_out(held: Mapping[str, Sequence[HeldOut]], worst: int) -> list[str]:
    lines = _header(
        "Held out",
        "Language",
        "Articles",
        *(f"{name}, all words" for name in _HELD),
        *(f"{name}, held out" for name in _HELD),
    )
    for kind, groups in held.items():
        readings = [reading for group in groups for reading in group.readings]
        for language in LANGUAGES:
            own = [(s, report) for s, report in readings if s.article.language == language]
            if own:
                full, reduced = score((s, s.report) for s, _ in own).measured, score(own).measured
                cells = [f"{side[name]:.3f}" for side in (full, reduced) for name in _HELD]
                lines.append(_row(f"each {kind}", _NAMES[language], len(own), *cells))
    for kind, groups in held.items():
        shown = groups if kind == "poll" else [g for g in groups if g.changed][:worst]
        lines += [
            "",
            f"The greatest losses by {kind}; {sum(g.changed > 0 for g in groups)} of {len(groups)} are read otherwise:",
            "",
        ]
        lines += _header(
            kind.capitalize(),
            "Articles",
            "Words dropped",
            "figure_f1",
            "held out",
            "headline_accuracy",
            "held out",
            "Read otherwise",
        )
        for group in shown:
            cells = [f"{side[name]:.3f}" for name in _HELD[:2] for side in (group.full, group.reduced)]
            lines.append(_row(group.group, len(group.readings), group.dropped, *cells, group.changed))
    return [*lines, ""]


def _orphans(usage: Usage) -> list[str]:
    totals: Counter[tuple[str, str]] = Counter()
    few: Counter[tuple[str, str, int]] = Counter()
    for language in LANGUAGES:
        totals.update((language, name) for _, name, _ in entries(language))
        few.update((language, name, count) for (_, name, _), count in usage.of_few(language).items())
    names = sorted(
        {name for _, name in totals}, key=lambda n: (-sum(few[lang, n, c] for lang in LANGUAGES for c in (0, 1)), n)
    )
    lines = _header("Class", *(f"{_NAMES[lang]}: {what}" for lang in LANGUAGES for what in ("entries", "one", "none")))
    whole = [
        sum(totals[lang, n] if c is None else few[lang, n, c] for n in names)
        for lang in LANGUAGES
        for c in (None, 1, 0)
    ]
    lines.append(_row("**all**", *whole))
    for name in names:
        cells = [
            totals[lang, name] if count is None else few[lang, name, count]
            for lang in LANGUAGES
            for count in (None, 1, 0)
        ]
        lines.append(_row(f"`{name}`", *cells))
    return [*lines, ""]


def orphans(usage: Usage) -> str:
    """The entries that no more than one article uses, a line each."""
    found = [
        "\t".join((language, *entry, str(count)))
        for language in LANGUAGES
        for entry, count in usage.of_few(language).items()
    ]
    return "\n".join(sorted(found)) + "\n"


def _header(first: str, *others: str) -> list[str]:
    return [_row(first, *others), "|---|" + "--:|" * len(others)]


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"
