"""Who holds the lock of the nightly run: this process on this machine, and whether another one is still there."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from corpus.leftovers import runs

_BOOT = Path("/proc/sys/kernel/random/boot_id")


def owner() -> str:
    """Return this process in a word that no other process will ever have: machine, its start, process, its start."""
    return f"{socket.gethostname()}:{_boot()}:{os.getpid()}:{_began(os.getpid())}"


def gone(other: str) -> bool:
    """Whether a process has surely ended. One on another machine never surely has: its lock expires."""
    host, _, rest = other.partition(":")
    if host != socket.gethostname() or rest.count(":") != 2:
        return False
    boot, process, began = rest.split(":")
    if boot != _boot():
        return True
    if not process.isdigit():
        return False
    if not runs(int(process)):
        return True
    now = _began(int(process))
    return bool(now) and now != began


def _boot() -> str:
    try:
        return _BOOT.read_text(encoding="ascii").strip()[:8]
    except OSError:
        return ""


def _began(process: int) -> str:
    """Return when a process began, in ticks since the machine did: its number alone may be given again."""
    try:
        line = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # the name, in brackets, may hold anything; the start is the twentieth field behind it; a zombie has ended
    fields = line.rpartition(")")[2].split()
    return "" if len(fields) < 20 else "ended" if fields[0] == "Z" else fields[19]
