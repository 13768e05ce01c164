"""Watches a program from inside (Python's audit events): what it writes outside its folders, whom it calls.

Put the folder of this file in front of PYTHONPATH; the program and every Python process that it starts then add a line
to the file WATCH_LOG for each thing that they should not do. WATCH_ROOTS are the folders they may write in.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

_LOG = os.environ.get("WATCH_LOG", "")
_ROOTS = tuple(os.path.realpath(root) for root in os.environ.get("WATCH_ROOTS", "").split(os.pathsep) if root)
_NEAR = {"127.0.0.1", "::1", "localhost", "", None, b"", "0.0.0.0"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: By event: which arguments are paths, and which is the open folder that each is in (none for some calls).
_PATHS = {
    "os.mkdir": ((0, 2),), "os.remove": ((0, 1),), "os.rmdir": ((0, 1),), "os.truncate": ((0, None),),
    "os.rename": ((0, 2), (1, 3)), "os.link": ((0, 2), (1, 3)), "os.symlink": ((1, 2),),
}  # fmt: skip
_open, _write, _close = os.open, os.write, os.close


def _tell(what: str, *more: object) -> None:
    handle = _open(_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    _write(handle, (" ".join([what, *map(repr, more)]) + "\n").encode(errors="replace"))
    _close(handle)


def _outside(path: object, folder: object = None) -> bool:
    if not isinstance(path, (str, bytes)):
        return False  # a handle that is open already
    base = Path(f"/proc/self/fd/{folder}").readlink() if isinstance(folder, int) and folder >= 0 else Path()
    real = Path(os.path.realpath(base / os.fsdecode(path)))
    if "__pycache__" in real.parts:
        return False  # compiled code beside its source, made once in an installation
    if real.parts[:2] == ("/", "dev") or real.parts[:3] == ("/", "proc", "self") or str(real) == _LOG:
        return False
    return not any(real.is_relative_to(root) for root in _ROOTS)


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event == "open":
        path, mode, flags = args
        writes = any(c in mode for c in "wax+") if isinstance(mode, str) else bool(flags & _WRITING)
        if writes and _outside(path):
            _tell(event, path, mode)
    elif event in _PATHS:
        for place, folder in _PATHS[event]:
            if _outside(args[place], None if folder is None else args[folder]):
                _tell(event, args[place])
    elif event == "socket.getaddrinfo":
        if args[0] not in _NEAR:
            _tell(event, args[0])
    elif event in ("socket.connect", "socket.sendto"):
        address = args[1]
        if isinstance(address, tuple) and address[0] not in _NEAR:
            _tell(event, address)


if _LOG:
    sys.addaudithook(_watch)
