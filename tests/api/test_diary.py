"""What is seen is written down soon; who asks for all of it to be written waits until it is."""

from __future__ import annotations

import threading
from typing import Any, cast

from api.doors.diary import Diary


class SlowAccounts:
    """Takes entries when it is let."""

    def __init__(self) -> None:
        self.begun, self.let = threading.Event(), threading.Event()
        self.written: list[Any] = []

    def log(self, entries: list[Any]) -> None:
        self.begun.set()
        self.let.wait(10)
        self.written += entries


def test_all_is_written_when_flush_comes_back() -> None:
    accounts = SlowAccounts()
    diary = Diary(lambda: cast(Any, accounts))
    diary._waiting = [cast(Any, "seen")]
    other = threading.Thread(target=diary.flush)  # the timer's
    other.start()
    assert accounts.begun.wait(10)
    threading.Timer(0.2, accounts.let.set).start()
    diary.flush()
    assert accounts.written == ["seen"]
    other.join()
