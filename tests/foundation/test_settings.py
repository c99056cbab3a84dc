from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from foundation.nearest import nearest, suggestion
from foundation.settings import Duration, format_duration

read = TypeAdapter(Duration).validate_python


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("10m", 600), ("2h", 7200), ("1d12h", 129_600), ("2w", 1_209_600), ("1 h 30 M", 5400)],
)
def test_durations_are_read(text: str, seconds: int) -> None:
    assert read(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("value", ["", "5", "m", "-5m", "5 parsecs", "5m!", "1.5h", 5, 0.5, True, "9" * 9 + "d"])
def test_what_is_no_duration_is_refused(value: object) -> None:
    with pytest.raises(ValidationError, match=r"duration|no unit"):
        read(value)


@given(st.timedeltas(timedelta(), timedelta(days=9999)).map(lambda d: d - timedelta(microseconds=d.microseconds)))
def test_a_duration_is_written_as_it_is_read(value: timedelta) -> None:
    assert read(format_duration(value)) == value


def test_the_nearest_names_are_suggested() -> None:
    assert nearest("kazinfrom", ["kazinform", "qazaq_tv"]) == ["kazinform"]
    assert suggestion("Kazinfrom", ["qazaq_tv", "kazinform"]) == "; did you mean kazinform?"
    assert suggestion("x", ["b", "a"]) == "; known are a, b"
    assert suggestion("x", []) == ""
