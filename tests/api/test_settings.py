"""Settings: from the environment, with defaults that keep everything on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.rooms.limits import limits_of
from api.settings import Settings, load_settings
from corpus.errors import BadInputError
from ingest.pages import Limits


def test_defaults_stay_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CONGVAN_{name.upper()}", raising=False)
    settings = Settings()
    assert settings.home == Path("var")
    assert settings.store_url == "sqlite:///var/congvan.db"
    assert settings.is_loopback() and settings.qdrant_url is None
    assert settings.workers >= 1


def test_the_environment_counts_and_arguments_count_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVAN_HOME", "/srv/congvan")
    monkeypatch.setenv("CONGVAN_PORT", "9000")
    monkeypatch.setenv("CONGVAN_DATABASE_URL", "postgresql+psycopg://db/congvan")
    settings = load_settings(port=9001, host=None)
    assert (settings.home, settings.port, settings.host) == (Path("/srv/congvan"), 9001, "127.0.0.1")
    assert settings.store_url == "postgresql+psycopg://db/congvan"
    assert settings.index == Path("/srv/congvan/index")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CONGVAN_PORT", "cổng"),
        ("CONGVAN_JOBS", "-1"),
        ("CONGVAN_MAX_PAGES", "0"),
        ("CONGVAN_PUBLIC_URL", "congvan.so.gov.vn"),
    ],
)
def test_what_does_not_fit_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadInputError, match=name):
        load_settings()


@pytest.mark.parametrize(
    ("host", "loopback"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)]
)
def test_loopback(host: str, loopback: bool) -> None:
    assert load_settings(host=host).is_loopback() is loopback


def test_the_limits_of_reading_are_those_of_ingest_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CONGVAN_{name.upper()}", raising=False)
    assert limits_of(load_settings()) == Limits()
    monkeypatch.setenv("CONGVAN_MAX_PAGE_MEGAPIXELS", "20")
    monkeypatch.setenv("CONGVAN_MAX_PAGE_CHARACTERS", "5000")
    monkeypatch.setenv("CONGVAN_CALL_SECONDS", "2.5")
    monkeypatch.setenv("CONGVAN_WORKER_MEMORY_MB", "1024")
    monkeypatch.setenv("CONGVAN_MAX_UNPACKED_MB", "50")
    limits = limits_of(load_settings())
    assert (limits.pixels, limits.characters, limits.call_seconds) == (20_000_000, 5000, 2.5)
    assert (limits.memory, limits.unpacked_bytes) == (1024 * 2**20, 50 * 2**20)
