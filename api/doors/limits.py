"""How often one may ask: requests by the minute, and names that were tried with wrong passwords (khóa tạm thời)."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

#: So many people, keys and addresses are counted at the same time; the ones not seen for longest are forgotten.
_COUNTED = 20_000


class Rate:
    """A bucket for everybody who asks: it holds ``burst`` requests and is filled up by ``a_minute`` of them."""

    def __init__(self, a_minute: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._speed = a_minute / 60
        self._burst = burst
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str) -> float:
        """Count a request; return 0, or after how many seconds the next one is welcome."""
        if self._speed <= 0:
            return 0.0
        with self._lock:
            now = self._clock()
            left, since = self._left.pop(who, (self._burst, now))
            left = min(self._burst, left + (now - since) * self._speed)
            wait = 0.0 if left >= 1 else (1 - left) / self._speed
            self._left[who] = (left - 1 if wait == 0 else left, now)
            while len(self._left) > _COUNTED:
                self._left.popitem(last=False)
            return wait


@dataclass(slots=True)
class _Failures:
    count: int
    until: float
    last: float


class Lockout:
    """Names that failed: after ``free`` failures each further one shuts the name for twice as long, up to ``longest``
    seconds. Names that nobody has are treated alike, so that nothing tells them apart."""

    def __init__(
        self, free: int = 5, first: float = 30.0, longest: float = 900.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._free, self._first, self._longest = free, first, longest
        self._clock = clock
        self._lock = threading.Lock()
        self._names: OrderedDict[str, _Failures] = OrderedDict()

    def wait(self, name: str) -> float:
        """Return for how many seconds the name is shut, 0 where it is not."""
        with self._lock:
            known = self._names.get(name)
            return max(0.0, known.until - self._clock()) if known else 0.0

    def failed(self, name: str) -> None:
        """Count a wrong password; after a day without any the count begins anew."""
        with self._lock:
            now = self._clock()
            known = self._names.pop(name, None)
            if known is None or now - known.last > 86_400:
                known = _Failures(0, 0.0, now)
            known.count, known.last = known.count + 1, now
            if known.count >= self._free:
                known.until = now + min(self._longest, self._first * 2 ** min(20, known.count - self._free))
            self._names[name] = known
            while len(self._names) > _COUNTED:
                self._names.popitem(last=False)

    def passed(self, name: str) -> None:
        """Forget the failures of a name."""
        with self._lock:
            self._names.pop(name, None)
