"""The command in a process of its own that does not import everything anew: a fork of this one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self


def load() -> None:
    """Import what takes a run most of its start; nothing is opened and no thread is started."""
    import index.embedded
    import index.embedding
    import ingest.pipeline
    import nlp.pipeline

    _ = (index.embedded, index.embedding, ingest.pipeline, nlp.pipeline)
    for name in ("qdrant_edge", "sentence_transformers", "spacy", "underthesea"):
        __import__(name)


class Forked:
    """A run of ``congvan`` in a fork, with as much of ``subprocess.Popen`` as is needed. Call ``load`` before."""

    def __init__(self, arguments: list[str], home: Path) -> None:
        reading, writing = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(writing, 2)
            code = 1
            try:
                code = _run(arguments, home)
            finally:
                os._exit(code)
        os.close(writing)
        self.stderr: BinaryIO = os.fdopen(reading, "rb")

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end. Raises subprocess.TimeoutExpired."""
        until = None if timeout is None else time.monotonic() + timeout
        while self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
            elif until is not None and time.monotonic() >= until:
                raise subprocess.TimeoutExpired("congvan", timeout or 0.0)
            else:
                time.sleep(0.005)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the run."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def communicate(self, timeout: float | None = None) -> tuple[bytes, bytes]:
        """Read what it says to its end, and wait for it."""
        told = self.stderr.read()
        self.wait(timeout)
        return b"", told

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wait()
        self.stderr.close()


def _run(arguments: list[str], home: Path) -> int:
    os.environ["CONGVAN_HOME"] = str(home)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False, buffering=1)
    from api import cli

    return cli.run(arguments)
