"""A library on toy rooms in a temporary state folder, and directives to put in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.library import Library
from api.settings import Settings
from tests.api.rooms import ToyRooms

NOW = datetime(2024, 1, 10, 8, 0, tzinfo=UTC)

FIRST = (
    "Số: 15/SGDĐT-VP\nNăm học 2023-2024, thực hiện Thông tư 26/2019/TT-BGDĐT\n"
    "hạn 2024-01-15 nộp báo cáo học kỳ 1 của trường THPT\nviệc rà soát máy tính\n"
)
SECOND = "Số: 20/SGDĐT-VP\nNăm học 2022-2023, tiếp theo văn bản 15/SGDĐT-VP\nhạn 2023-05-30 nộp báo cáo tổng kết\n"
BROKEN = "han nop bao cao\nBáo cáo gửi về Sở\n"


@pytest.fixture
def rooms() -> ToyRooms:
    return ToyRooms()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "var", jobs=2)


@pytest.fixture
def library(settings: Settings, rooms: ToyRooms) -> Iterator[Library]:
    made = Library(settings, rooms, now=lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two good directives."""
    found = tmp_path / "in"
    found.mkdir()
    (found / "một.txt").write_text(FIRST, encoding="utf-8")
    (found / "hai.txt").write_text(SECOND, encoding="utf-8")
    return found


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, settings: Settings, rooms: ToyRooms) -> Callable[..., int]:
    """Run the command line on the toy rooms; returns the exit code."""
    from api import cli as module

    monkeypatch.setenv("CONGVAN_HOME", str(settings.home))
    monkeypatch.setattr("api.library.LocalRooms", lambda _settings: rooms)

    def run(*args: object) -> int:
        return module.run([str(a) for a in args])

    return run
