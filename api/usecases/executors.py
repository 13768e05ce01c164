"""Running one function over many files: in turn, or several at once in threads.

Threads are enough here: a page's time goes to Tesseract, which is a process of its own. An executor over many
machines needs the same one method.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Executor(Protocol):
    """Runs a function over items and yields (position, result) as each is done."""

    def over(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[int, R]]: ...


class InTurn:
    """One after the other."""

    def over(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[int, R]]:
        for position, item in enumerate(items):
            yield position, function(item)


class Threads:
    """Several at once. At most twice as many results as threads are held, however long the list."""

    def __init__(self, count: int) -> None:
        self._count = count

    def over(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[int, R]]:
        pool = ThreadPoolExecutor(self._count, thread_name_prefix="congvan-read")
        running: dict[Future[R], int] = {}
        try:
            for position, item in enumerate(items):
                running[pool.submit(function, item)] = position
                if len(running) >= 2 * self._count:
                    yield from _finished(running)
            while running:
                yield from _finished(running)
        finally:
            # not waiting: after Ctrl-C the caller first has to tell the threads that they should stop
            pool.shutdown(wait=False, cancel_futures=True)


def _finished(running: dict[Future[R], int]) -> Iterator[tuple[int, R]]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        yield running.pop(future), future.result()


def executor(jobs: int, items: int) -> Executor:
    """Return the executor for so many jobs at once over so many items."""
    count = min(jobs, items)
    return Threads(count) if count > 1 else InTurn()
