"""Beginnings of files that a killed program left: told by their names, which say who was writing them."""

from __future__ import annotations

import hashlib
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

_MARK = ".writing-"
#: A beginning that another machine left counts as left after so many seconds.
_OLD = 86_400.0


def beginning() -> str:
    """Return how the name of a file begins that this process is writing."""
    return f"{_MARK}{_machine()}-{os.getpid()}-"


def sweep(folder: Path) -> int:
    """Delete what programs that have ended left in a folder and the folders right below it; return how many."""
    gone = 0
    for path in beginnings(folder):
        try:
            path.unlink()
            gone += 1
        except FileNotFoundError:
            continue  # another program was faster
    return gone


def beginnings(folder: Path) -> list[Path]:
    """Return what programs that have ended left in a folder and the folders right below it."""
    return [path for path in _all(folder) if _is_left(path)]


def _is_left(path: Path) -> bool:
    machine, _, rest = path.name.removeprefix(_MARK).partition("-")
    process = rest.partition("-")[0]
    if machine == _machine() and process.isdigit() and not runs(int(process)):
        return True
    try:
        return time.time() - path.stat().st_mtime > _OLD
    except FileNotFoundError:
        return False  # whoever was writing has finished


def _all(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    folders = [folder]
    with os.scandir(folder) as entries:
        folders += [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
    for one in folders:
        with os.scandir(one) as entries:
            yield from [Path(entry.path) for entry in entries if entry.name.startswith(_MARK)]


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def runs(process: int) -> bool:
    """Tell whether a process of this machine is there, whoever owns it; a zombie is."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
