"""Qdrant's HTTP interface for tests, as far as index/server.py speaks it.

No Qdrant server can be installed where the tests run, so its place is taken by this: every body is read by the strict
models of Qdrant's own interface description (an unknown or misspelt field is refused with 400, as the server does), the
points are held by qdrant-client's engine. What goes over the wire, both ways, is what a server gets and gives.
"""

from __future__ import annotations

import http.server
import json
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel, ValidationError
from qdrant_client import QdrantClient, models

DONE = {"operation_id": 1, "status": "completed"}


class _Collections:
    """The calls, by method and path; each returns what stands under ``result``."""

    def __init__(self) -> None:
        self.client = QdrantClient(location=":memory:")
        self.guard = threading.Lock()
        self.routes: list[tuple[str, str, Callable[..., Any]]] = [
            ("GET", "/collections", lambda: self.client.get_collections()),
            ("GET", "/aliases", lambda: self.client.get_aliases()),
            ("GET", "/collections/([^/]+)/exists", lambda name: {"exists": self.client.collection_exists(name)}),
            ("PUT", "/collections/([^/]+)", self.create),
            ("DELETE", "/collections/([^/]+)", lambda name: self.client.delete_collection(name)),
            ("POST", "/collections/aliases", self.aliases),
            ("PUT", "/collections/([^/]+)/index", self.field),
            ("PUT", "/collections/([^/]+)/points", self.put),
            ("POST", "/collections/([^/]+)/points", self.get),
            ("POST", "/collections/([^/]+)/points/query", self.query),
            ("POST", "/collections/([^/]+)/points/scroll", self.scroll),
            ("POST", "/collections/([^/]+)/points/count", self.count),
            ("POST", "/collections/([^/]+)/points/delete", self.delete),
        ]

    def create(self, name: str, body: str) -> bool:
        given = models.CreateCollection.model_validate_json(body)
        return self.client.create_collection(
            name, vectors_config=given.vectors, sparse_vectors_config=given.sparse_vectors
        )

    def aliases(self, body: str) -> bool:
        given = models.ChangeAliasesOperation.model_validate_json(body)
        return self.client.update_collection_aliases(change_aliases_operations=given.actions)

    def field(self, name: str, body: str) -> dict[str, Any]:
        models.CreateFieldIndex.model_validate_json(body)
        return DONE if self.client.collection_exists(name) else {}

    def put(self, name: str, body: str) -> dict[str, Any]:
        self.client.upsert(name, points=models.PointsList.model_validate_json(body).points)
        return DONE

    def get(self, name: str, body: str) -> list[models.Record]:
        given = models.PointRequest.model_validate_json(body)
        return self.client.retrieve(
            name, ids=given.ids, with_payload=given.with_payload or False, with_vectors=given.with_vector or False
        )

    def query(self, name: str, body: str) -> models.QueryResponse:
        given = models.QueryRequest.model_validate_json(body)
        assert given.limit
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # for developers: on payload indexes in this engine
            return self.client.query_points(
                name, query=given.query, using=given.using, query_filter=given.filter, limit=given.limit,
                with_payload=given.with_payload or False, with_vectors=given.with_vector or False,
            )  # fmt: skip

    def scroll(self, name: str, body: str) -> dict[str, Any]:
        given = models.ScrollRequest.model_validate_json(body)
        assert given.limit
        rows, offset = self.client.scroll(
            name, scroll_filter=given.filter, limit=given.limit, offset=given.offset,
            with_payload=given.with_payload or False, with_vectors=given.with_vector or False,
        )  # fmt: skip
        return {"points": [row.model_dump(mode="json") for row in rows], "next_page_offset": offset}

    def count(self, name: str, body: str) -> models.CountResult:
        given = models.CountRequest.model_validate_json(body)
        return self.client.count(name, count_filter=given.filter, exact=bool(given.exact))

    def delete(self, name: str, body: str) -> dict[str, Any]:
        self.client.delete(name, points_selector=models.FilterSelector.model_validate_json(body))
        return DONE

    def answer(self, method: str, path: str, body: str) -> tuple[int, Any]:
        """Return the status and what is answered."""
        for wanted, pattern, call in self.routes:
            match = re.fullmatch(pattern, path)
            if method != wanted or match is None:
                continue
            try:
                with self.guard:
                    found = call(*match.groups(), *([body] if body else []))
            except ValidationError as error:
                return 400, {"status": {"error": str(error)}}
            except ValueError as error:  # what is not there
                return 404, {"status": {"error": str(error)}}
            plain = (
                [row.model_dump(mode="json") for row in found]
                if isinstance(found, list)
                else found.model_dump(mode="json") if isinstance(found, BaseModel) else found
            )  # fmt: skip
            return 200, {"result": plain, "status": "ok", "time": 0.0}
        return 404, {"status": {"error": f"{method} {path}"}}


@contextmanager
def qdrant_over_http() -> Iterator[str]:
    """Serve on a free port of this machine; yield the URL."""
    collections = _Collections()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            status, found = collections.answer(self.command, self.path.partition("?")[0], body)
            data = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            self._do()

        def do_PUT(self) -> None:
            self._do()

        def do_POST(self) -> None:
            self._do()

        def do_DELETE(self) -> None:
            self._do()

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
