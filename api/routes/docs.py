"""API documentation that works without internet: Swagger UI from the swagger-ui-bundle package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.staticfiles import StaticFiles

from api.examples import filled

router = APIRouter(include_in_schema=False)

_PAGE = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>congvan: HTTP API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<link rel="stylesheet" href="/static/docs.css">
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
</head>
<body>
<main>
<h1 class="hidden">HTTP API của congvan</h1>
<div id="swagger-ui"></div>
</main>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/static/docs.js"></script>
</body>
</html>
"""


def install(app: FastAPI) -> None:
    """Serve the documentation at ``/docs``, with an example for everything in it."""
    plain = app.openapi
    app.openapi = lambda: app.openapi_schema or filled(plain())  # type: ignore[method-assign]  # FastAPI's own way
    folder = next((Path(str(files("swagger_ui_bundle"))) / "vendor").glob("swagger-ui-*"))
    app.include_router(router)
    app.mount("/docs/assets", StaticFiles(directory=folder), name="docs-assets")


@router.get("/docs", response_class=HTMLResponse)
def docs() -> str:
    """Return the page."""
    return _PAGE


@router.get("/docs/openapi.json")
def schema(request: Request) -> JSONResponse:
    """Return the schema in OpenAPI 3.0, which is what the bundled Swagger UI 4 reads; ``/openapi.json`` is 3.1."""
    plain = as_openapi_30(request.app.openapi())
    return JSONResponse(plain | {"openapi": "3.0.3"})


def as_openapi_30(node: Any) -> Any:
    """Return a schema in the words of OpenAPI 3.0: null as ``nullable``, one example, no tuples."""
    if isinstance(node, list):
        return [as_openapi_30(item) for item in node]
    if not isinstance(node, dict):
        return node
    out = {key: as_openapi_30(value) for key, value in node.items() if key not in ("anyOf", "examples", "prefixItems")}
    choices = node.get("anyOf")
    if isinstance(choices, list):
        real = [as_openapi_30(choice) for choice in choices if choice != {"type": "null"}]
        if len(real) < len(choices):
            out["nullable"] = True
        out |= real[0] if len(real) == 1 and "$ref" not in real[0] else {"allOf" if len(real) == 1 else "anyOf": real}
    examples = node.get("examples")
    if isinstance(examples, list) and examples:
        out["example"] = examples[0]
    elif examples is not None:
        out["examples"] = as_openapi_30(examples)
    if "prefixItems" in node:
        out["items"] = as_openapi_30(node["prefixItems"][0])
    return out
