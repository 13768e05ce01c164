"""Things that are made when they are first needed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

T = TypeVar("T")


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Return a function that makes a thing at its first call and gives the same one from then on, to all threads."""
    lock, made = Lock(), list[T]()

    def give() -> T:
        with lock:
            if not made:
                made.append(make())
            return made[0]

    return give
