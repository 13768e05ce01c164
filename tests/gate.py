"""A way to a server of the tests that can be shut, as if the server were gone."""

from __future__ import annotations

import contextlib
import select
import socket
import threading


class Gate:
    """A way to a server that can be shut: whoever comes then is turned away, whoever is under way is cut off."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.open = True
        self.turned_away = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                came, _ = self._listener.accept()
                threading.Thread(target=self._pass, args=(came,), daemon=True).start()

    def _pass(self, came: socket.socket) -> None:
        with came, contextlib.suppress(OSError):
            if not self.open:
                self.turned_away += 1
                return
            with socket.create_connection(("127.0.0.1", self._to)) as server:
                while self.open:
                    for ready in select.select([came, server], [], [], 0.05)[0]:
                        data = ready.recv(65536)
                        if not data:
                            return
                        (server if ready is came else came).sendall(data)

    def close(self) -> None:
        self.open = False
        self._listener.close()
