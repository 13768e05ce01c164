"""Calls that may hang, crash or eat all memory run in a process that can be ended: libraries that read foreign files.

A worker is started once and used for many calls and many files; another one is started only where it died.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_CODE = "import sys; sys.path.insert(0, sys.argv[1]); from ingest.worker import serve; serve(*map(int, sys.argv[2:]))"

#: Starting up must not count against the time of the first call.
_START_SECONDS = 60.0

#: A worker whose owner died in the middle of a call ends itself so many seconds after the call's time.
_OWN_END = 10.0


class WorkerTimeout(Exception):  # noqa: N818  the name says what it is
    """The call took longer than it may; the worker was ended."""


class WorkerDied(Exception):  # noqa: N818
    """The worker's process ended in the middle of the call."""


class Worker:
    """One process that makes calls, one at a time. What a call leaves in the process is there for the next one."""

    def __init__(self, memory_bytes: int = 0) -> None:
        ours, theirs = socket.socketpair()
        root = str(Path(__file__).resolve().parent.parent)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _CODE, root, str(theirs.fileno()), str(memory_bytes)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            )
        self._owner = os.getpid()
        self._pipe = Connection(ours.detach())
        self._ready = False

    @property
    def usable(self) -> bool:
        """Tell whether the process lives and belongs to this one (and not to the one that this was forked from)."""
        return self._owner == os.getpid() and self._process.poll() is None

    def call(self, seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return ``function(*args)`` as made in the worker; what it raises is raised here.

        ``function`` is one of a module, arguments and result can be pickled. Raises ``WorkerTimeout`` and
        ``WorkerDied``, after which the worker is of no use any more.
        """
        try:
            if not self._ready:
                self._expect(_START_SECONDS)
                self._pipe.recv_bytes()
                self._ready = True
            _send(self._pipe, (seconds, function, args, kwargs))
            self._expect(seconds)
            good, result = _receive(self._pipe)
        except (EOFError, OSError) as error:
            self.end()
            raise WorkerDied(function.__name__) from error
        if not good:
            raise result
        return result  # type: ignore[no-any-return]  # what comes out of the pipe is what the function returned

    def _expect(self, seconds: float) -> None:
        if not self._pipe.poll(seconds):
            self.end()
            raise WorkerTimeout(f"{seconds:.0f} s")

    def end(self) -> None:
        """End the process and wait until it is gone."""
        self._pipe.close()
        if self._owner == os.getpid():
            self._process.kill()
            self._process.wait()

    def __del__(self) -> None:
        if hasattr(self, "_pipe") and not self._pipe.closed:
            self.end()


class Workers:
    """Workers that wait for their next user; at most ``idle`` of them."""

    def __init__(self, idle: int = 2) -> None:
        self._idle: list[tuple[int, Worker]] = []
        self._most = idle
        self._lock = threading.Lock()

    def take(self, memory_bytes: int) -> Worker:
        """Return a worker that nobody uses, with this limit of memory."""
        with self._lock:
            for k, (memory, worker) in enumerate(self._idle):
                if memory == memory_bytes and worker.usable:
                    del self._idle[k]
                    return worker
        return Worker(memory_bytes)

    def give_back(self, worker: Worker, memory_bytes: int) -> None:
        """Let another user have the worker; one that is dead or too many is ended."""
        with self._lock:
            self._idle = [(memory, one) for memory, one in self._idle if one.usable]
            if worker.usable and len(self._idle) < self._most:
                self._idle.append((memory_bytes, worker))
                return
        worker.end()


def serve(handle: int, memory_bytes: int) -> None:
    """Make calls until the other side closes; the main function of the worker's process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, who then closes the pipe
    if memory_bytes:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    pipe = Connection(handle)
    pipe.send_bytes(b"ready")
    while True:
        try:
            seconds, function, args, kwargs = _receive(pipe)
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, seconds + _OWN_END)
        try:
            answer: tuple[bool, Any] = True, function(*args, **kwargs)
        except Exception as error:  # noqa: BLE001  the border of a request: it is raised at the other end
            answer = False, error
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(pipe, answer)


def _send(pipe: Connection, message: object) -> None:
    """Send a message; large arrays and ``pickle.PickleBuffer`` go as they are, without a copy."""
    buffers: list[pickle.PickleBuffer] = []
    packed = pickle.dumps(message, 5, buffer_callback=buffers.append)
    raws = [buffer.raw() for buffer in buffers]
    pipe.send_bytes(pickle.dumps([len(packed), *(raw.nbytes for raw in raws)]))
    pipe.send_bytes(packed)
    for raw in raws:
        if raw.nbytes:
            pipe.send_bytes(raw)


def _receive(pipe: Connection) -> Any:
    _, *sizes = pickle.loads(pipe.recv_bytes())
    packed = pipe.recv_bytes()
    buffers = [bytearray(size) for size in sizes]
    for buffer in buffers:
        if buffer:
            pipe.recv_bytes_into(buffer)
    return pickle.loads(packed, buffers=buffers)
