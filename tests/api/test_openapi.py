"""The API's own description: every field and parameter has an example, and the examples are true to their type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema_rs import Draft202012Validator

from api.app import create_app
from api.library import Library
from api.settings import Settings


@pytest.fixture
def described(settings: Settings, library: Library) -> dict[str, Any]:
    client = TestClient(create_app(settings, library), base_url="http://127.0.0.1")
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def examples(field: dict[str, Any]) -> list[Any]:
    return list(field.get("examples") or ([field["example"]] if "example" in field else []))


def refers(field: dict[str, Any]) -> bool:
    """Whether a field is another schema, a list of them, or that or nothing: its examples stand there."""
    if "$ref" in field:
        return True
    if "items" in field:
        return refers(field["items"])
    return any(refers(part) for part in field.get("anyOf", []))


def fields(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, schema in described["components"]["schemas"].items():
        for field, made in schema.get("properties", {}).items():
            yield f"{name}.{field}", made
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            for parameter in operation.get("parameters", []):
                made = parameter["schema"] | {k: v for k, v in parameter.items() if k in ("example", "examples")}
                yield f"{method} {path} ?{parameter['name']}", made


def test_every_field_and_parameter_has_an_example(described: dict[str, Any]) -> None:
    every = dict(fields(described))
    assert len(every) > 200
    assert [name for name, field in every.items() if not examples(field) and not refers(field)] == []


def test_examples_are_what_their_fields_allow(described: dict[str, Any]) -> None:
    wrong = []
    for name, field in fields(described):
        schema = field | {"components": described["components"]}
        for example in examples(field):
            if not Draft202012Validator(schema).is_valid(example):
                wrong.append(f"{name}: {example!r}")
    assert wrong == []


def test_every_address_says_what_it_does_in_vietnamese(described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"] and operation["description"], f"{method} {path}"
            assert not operation["summary"].isascii(), f"{method} {path}: {operation['summary']}"
