from __future__ import annotations

import pytest

from scheduler.outlets import outlets
from tests.scheduler.scripted import a_source


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        ({"a": ["one.test"], "b": ["two.test"]}, {"a": "one.test", "b": "two.test"}),
        ({"a": ["one.test"], "b": ["www.One.test"]}, {"a": "one.test", "b": "one.test"}),
        ({"a": ["kaz.one.test"], "b": ["one.test"]}, {"a": "kaz.one.test", "b": "kaz.one.test"}),
        ({"a": ["kaz.one.test"], "b": ["rus.one.test"]}, {"a": "kaz.one.test", "b": "rus.one.test"}),
        ({"a": ["none.test"], "b": ["one.test"]}, {"a": "none.test", "b": "one.test"}),
        # The third brings the first two together.
        ({"a": ["one.test"], "b": ["two.test"], "c": ["two.test", "one.test"]}, dict.fromkeys("abc", "one.test")),
    ],
)
def test_sources_that_share_a_host_are_one_outlet(hosts: dict[str, list[str]], expected: dict[str, str]) -> None:
    keys = {key: f"source_{key}" for key in hosts}
    found = outlets(a_source(keys[key], hosts=tuple(names)) for key, names in hosts.items())
    assert found == {keys[key]: name for key, name in expected.items()}
