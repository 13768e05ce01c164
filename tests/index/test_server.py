"""A Qdrant server that goes away in the middle."""

import http.server
import threading
from typing import Any

import pytest

from corpus.errors import CongvanError
from index.server import ServerEngine


def test_a_server_that_goes_away_is_told_as_such() -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b'{"result": {"collections": []}, "status": "ok", "time": 0}'
            self.send_response(200 if self.path == "/collections" else 503)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    engine = ServerEngine(f"http://127.0.0.1:{server.server_address[1]}", "congvan")
    try:
        with engine.turn() as turn:
            assert turn.names() == []
        with pytest.raises(CongvanError, match="không trả lời"), engine.turn() as turn:
            turn.current()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    with pytest.raises(CongvanError, match="không trả lời"), engine.turn(writes=True) as turn:
        turn.names()
    engine.close()
