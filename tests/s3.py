"""An S3-compatible store for tests: moto's server, a program of its own, that listens on loopback only.

In front of it stands a gate that can be shut: moto keeps all in memory, so that ending the server would empty it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gate import Gate

#: Any key opens it; without these the ones of the person who runs the test would be used.
_KEYS = {
    "AWS_ACCESS_KEY_ID": "kho",
    "AWS_SECRET_ACCESS_KEY": "kho",
    "AWS_DEFAULT_REGION": "us-east-1",
    # a store that is gone is asked once and not five times
    "AWS_MAX_ATTEMPTS": "1",
    "NO_PROXY": "127.0.0.1",
    "no_proxy": "127.0.0.1",
}
_ASK = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class S3:
    """A server that runs until ``stop``; ``gate`` is what the tests' programs talk to."""

    def __init__(self, folder: Path) -> None:
        port = _free_port()
        self._log = folder / "log"
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=os.environ | _KEYS)
        self._direct = f"http://127.0.0.1:{port}"
        self._wait()
        self.gate = Gate(port)
        self.environment = _KEYS | {"AWS_ENDPOINT_URL": self.gate.url}

    def bucket(self) -> str:
        """Make an empty bucket and return an address in it."""
        name = f"kho-{uuid.uuid4().hex}"
        _ASK.open(urllib.request.Request(f"{self._direct}/{name}", method="PUT"), timeout=10).close()
        return f"s3://{name}/congvan"

    def stop(self) -> None:
        """End the server."""
        self.gate.close()
        self._process.terminate()
        self._process.wait(timeout=30)

    def _wait(self) -> None:
        for _ in range(600):
            try:
                _ASK.open(f"{self._direct}/moto-api/", timeout=10).close()
                return
            except urllib.error.URLError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.05)
        self._process.kill()
        raise RuntimeError(self._log.read_text(encoding="utf-8"))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    """The server; started once for all tests of a process."""
    server = S3(tmp_path_factory.mktemp("s3"))
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def s3(s3_server: S3, monkeypatch: pytest.MonkeyPatch) -> S3:
    """The server, with the environment that leads to it."""
    for name, value in s3_server.environment.items():
        monkeypatch.setenv(name, value)
    return s3_server
