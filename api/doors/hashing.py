"""Passwords and keys as argon2id hashes; a key that was proven once is remembered by its SHA-256 for a while.

A hash takes some 50 ms and 64 MB on purpose, so no more than two are made at the same time.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from corpus.errors import BadInputError
from corpus.text import nfc

if TYPE_CHECKING:
    from argon2 import PasswordHasher

#: Shortest and longest password; the longest keeps a hash from being a way to keep the server busy.
SHORTEST, LONGEST = 10, 200
#: What every list of stolen passwords begins with, and what people here would choose; compared without case and marks.
_COMMON = (
    "1234567890", "0123456789", "qwertyuiop", "password12", "password123", "matkhau123", "matkhau1234", "congvan123",
    "congvan1234", "administrator", "giaoduc123", "vietnam123", "abcdefghij", "1q2w3e4r5t", "0987654321",
)  # fmt: skip
_AT_ONCE = threading.BoundedSemaphore(2)
#: So many keys are remembered as proven, each for so many seconds.
_REMEMBERED, _REMEMBER_SECONDS = 1000, 600.0
_KEY_START = "cv"


class Cost(NamedTuple):
    """What one hash takes: rounds, KiB of memory, lanes (RFC 9106, second recommended option)."""

    rounds: int = 3
    memory: int = 65536
    lanes: int = 4


#: What hashes cost; tests make them cheap.
COST = Cost()


@lru_cache(maxsize=4)
def _hasher(cost: Cost) -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=cost.rounds, memory_cost=cost.memory, parallelism=cost.lanes)


@lru_cache(maxsize=4)
def _nobody(cost: Cost) -> str:
    """Return a hash that nothing fits, so that an unknown name takes as long as a wrong password."""
    return _hasher(cost).hash(secrets.token_urlsafe(32))


def hashed(secret: str) -> str:
    """Return the hash of a password or a key's secret."""
    with _AT_ONCE:
        return _hasher(COST).hash(nfc(secret))


def fits(known: str | None, secret: str) -> bool:
    """Whether ``secret`` is what ``known`` was made of; with None the same work is done for nothing."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _AT_ONCE:
        try:
            right = _hasher(COST).verify(known or _nobody(COST), nfc(secret))
        except (VerificationError, InvalidHashError):
            return False
    return right and known is not None


def outdated(known: str) -> bool:
    """Whether a hash was made at another cost than today's."""
    return _hasher(COST).check_needs_rehash(known)


def good_password(name: str, password: str) -> str:
    """Return the password. Raises BadInputError for one that is too short, too long or too easily guessed."""
    from corpus.text import fold

    clean = nfc(password)
    if not SHORTEST <= len(clean) <= LONGEST:
        raise BadInputError(f"Mật khẩu phải có từ {SHORTEST} đến {LONGEST} ký tự.", "Ví dụ: bốn năm từ ghép lại.")
    plain = "".join(fold(clean).split())
    if len(set(plain)) < 4 or plain in _COMMON or plain == fold(name) or plain.strip("0123456789") == fold(name):
        raise BadInputError("Mật khẩu này quá dễ đoán.", "Hãy dùng bốn năm từ không liên quan với nhau.")
    return clean


def new_token() -> str:
    """Return 256 bits of chance as text."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """Return the SHA-256 of a token: enough for what is 256 bits of chance, and nothing that could be used."""
    return hashlib.sha256(token.encode()).hexdigest()


def derived(token: str, purpose: str) -> str:
    """Return another secret that only who has ``token`` can make."""
    return hmac.new(token.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def new_key() -> tuple[str, str]:
    """Return a key's prefix and the whole key: ``cv_<prefix>_<secret>``."""
    prefix = secrets.token_hex(5)
    return prefix, f"{_KEY_START}_{prefix}_{new_token()}"


def prefix_of(key: str) -> str | None:
    """Return the prefix of what may be a key, None for what cannot be one."""
    parts = key.split("_", 2)
    return parts[1] if len(parts) == 3 and parts[0] == _KEY_START and len(key) < 200 and key.isascii() else None


class Proven:
    """Keys that were proven a short while ago, by their SHA-256, with the hash that they were proven against."""

    def __init__(self, seconds: float = _REMEMBER_SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def fits(self, known: str, key: str) -> bool:
        """Whether ``key`` is what ``known`` was made of; argon2 is asked where the memory is silent."""
        name = fingerprint(key)
        with self._lock:
            found = self._known.get(name)
        if found is not None and found[0] == known and time.monotonic() < found[1]:
            return True
        if not fits(known, key):
            return False
        with self._lock:
            self._known[name] = (known, time.monotonic() + self._seconds)
            self._known.move_to_end(name)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return True
