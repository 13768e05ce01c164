"""Made-up requests against the whole API: whatever comes, no answer is a 500."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings

from api.app import create_app
from api.library import Library
from api.settings import Settings
from tests.api.conftest import FIRST, NOW
from tests.api.rooms import ToyRooms

pytestmark = pytest.mark.slow

#: So many requests for every address; more with CONGVAN_EXAMPLES.
EXAMPLES = int(os.environ.get("CONGVAN_EXAMPLES", "10"))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    home: Path = tmp_path_factory.mktemp("schema") / "var"
    found = Settings(home=home, jobs=1)
    library = Library(found, ToyRooms(), now=lambda: NOW)
    library.add(FIRST.encode(), "một.pdf")
    library.units.save(library.profile("co_so_giao_duc", "thpt", "An Bình"))
    yield create_app(found, library)
    library.close()


def test_no_request_ends_in_a_500(app: FastAPI) -> None:
    import schemathesis

    schema: Any = schemathesis.openapi.from_asgi("/openapi.json", app, headers={"Host": "127.0.0.1"})
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @given(case=operation.as_strategy())
        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def ask(case: Any) -> None:
            response = case.call(base_url="http://127.0.0.1")
            assert response.status_code < 500, f"{case.as_curl_command()}: {response.text[:500]}"

        ask()
        tried += 1
    assert tried >= 20
