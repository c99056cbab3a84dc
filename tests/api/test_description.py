"""The interface is as it describes itself: Schemathesis asks for what is allowed and for what is not."""

from __future__ import annotations

from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import ignored_auth

from accredwatch.api.app import make_api
from storage.database import Database
from tests.api.records import context

DESCRIPTION = "/api/v1/openapi.json"


def test_every_answer_is_as_described(campaign: Database) -> None:
    api = make_api(context(campaign))
    described = schemathesis.openapi.from_asgi("/openapi.json", api)
    tried = []
    for found in described.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        # Nothing can be wrong about the parameters of an operation that has none.
        modes = list(GenerationMode) if operation.definition.raw.get("parameters") else [GenerationMode.POSITIVE]
        for mode in modes:
            tried.append(f"{mode.value} {operation.label}")
            _try(operation.as_strategy(generation_mode=mode))

    assert len(tried) >= 22


def _try(cases: SearchStrategy[Any]) -> None:
    @settings(
        max_examples=3,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def answer_as_described(case: Any) -> None:  # noqa: ANN401 - Schemathesis' own type
        # These settings ask for no token.
        case.call_and_validate(excluded_checks=[ignored_auth])

    answer_as_described()


def operations(client: httpx.Client) -> dict[str, dict[str, Any]]:
    paths = client.get(DESCRIPTION).json()["paths"]
    return {f"{method} {path}": what for path, methods in paths.items() for method, what in methods.items()}


def test_every_operation_and_parameter_is_explained(client: httpx.Client) -> None:
    found = operations(client)

    assert len(found) >= 13
    for name, operation in found.items():
        assert operation["summary"], name
        assert operation["description"], name
        assert operation["tags"], name
        assert {"200", "304", "401", "404", "422", "503"} <= operation["responses"].keys(), name
        for parameter in operation.get("parameters", []):
            words = parameter.get("description") or parameter["schema"].get("description")
            assert words or parameter["name"] in {"id", "name"}, (name, parameter["name"])


def test_the_scheme_of_the_token_is_described(client: httpx.Client) -> None:
    described = client.get(DESCRIPTION).json()

    assert described["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert described["security"] == [{"bearer": []}, {}]
