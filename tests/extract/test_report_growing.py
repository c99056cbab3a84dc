"""Lists that grow, missions that spread, associations and rooms that are counted, polls of other countries."""

from __future__ import annotations

import pytest

from tests.extract.saying import Fact, facts, report_on

TOTAL, BATCH = ("total", "accredited", "cumulative", 523), ("total", "accredited", "new", 85)
SCO = ("organization:SCO", "accredited", "cumulative")
SAID: list[tuple[str, str, set[Fact]]] = [
    (
        "en",
        "The commission extended its list of foreign observers by 85 people. It now holds 523 names.",
        {TOTAL, BATCH},
    ),
    ("kk", "ОСК шетелдік байқаушылар тізімін 85 адамға толықтырды. Енді онда 523 есім бар.", {TOTAL, BATCH}),
    (
        "en",
        "The SCO mission has seven accredited observers. Five of them will be in Akmola Region, two in Turkistan.",
        {(*SCO, 7), (*SCO, 5), (*SCO, 2)},
    ),
    (
        "en",
        "The number of public associations accredited to observe it has reached 190.",
        {("domestic_organizations", "accredited", "cumulative", 190)},
    ),
    ("en", "Observers will call on the press center, which has room for 300 reporters.", set()),
    (
        "en",
        "Six observers of Kazakhstan watch the election in Uzbekistan. In all, 800 are accredited there.",
        set(),
    ),
    ("kk", "Шетелдік байқаушылардың бірде-бір өтініші кері қайтарылған жоқ.", set()),
]


@pytest.mark.parametrize(("language", "text", "expected"), SAID)
def test_what_is_said_is_read(language: str, text: str, expected: set[Fact]) -> None:
    assert facts(report_on(text, language=language)) == expected
