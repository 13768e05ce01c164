"""Made-up requests against the whole API: whatever comes, no answer is a 500."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from api.app import create_app
from api.library import Library
from api.settings import Settings
from tests.api.conftest import FIRST, NOW
from tests.api.rooms import ToyRooms

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> object:
    home: Path = tmp_path_factory.mktemp("schema") / "var"
    settings = Settings(home=home, jobs=1, debug=False)
    library = Library(settings, ToyRooms(), now=lambda: NOW)
    library.add(FIRST.encode(), "một.pdf")
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(settings, library))


schema = schemathesis.pytest.from_fixture("api")


@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_ends_in_a_500(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=[not_a_server_error])
