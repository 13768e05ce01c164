"""Watches a program from inside (Python's audit events): what it writes outside its folders, whom it calls.

Put the folder of this file in front of PYTHONPATH; the program and every Python process that it starts then add a line
to the file WATCH_LOG for each thing that they should not do. WATCH_ROOTS are the folders they may write in.
"""

import os
import sys

_LOG = os.environ.get("WATCH_LOG")
_ROOTS = tuple(os.path.realpath(root) for root in os.environ.get("WATCH_ROOTS", "").split(os.pathsep) if root)
_NEAR = {"127.0.0.1", "::1", "localhost", "", None, b"", "0.0.0.0"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: By event: which arguments are paths, and which is the open folder that each is in (none for some calls).
_PATHS = {
    "os.mkdir": ((0, 2),), "os.remove": ((0, 1),), "os.rmdir": ((0, 1),), "os.truncate": ((0, None),),
    "os.rename": ((0, 2), (1, 3)), "os.link": ((0, 2), (1, 3)), "os.symlink": ((1, 2),),
}  # fmt: skip
_open, _write, _close = os.open, os.write, os.close


def _tell(what, *more):
    handle = _open(_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    _write(handle, (" ".join([what, *map(repr, more)]) + "\n").encode(errors="replace"))
    _close(handle)


def _outside(path, folder=None):
    if not isinstance(path, (str, bytes)):
        return False  # a handle that is open already
    base = os.readlink(f"/proc/self/fd/{folder}") if isinstance(folder, int) and folder >= 0 else ""
    real = os.path.realpath(os.path.join(base, os.fsdecode(path)))
    return not real.startswith(("/dev/", "/proc/self/", _LOG)) and not any(
        real == root or real.startswith(root + os.sep) for root in _ROOTS
    )


def _watch(event, args):
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
