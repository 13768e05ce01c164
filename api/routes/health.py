"""Whether the server is alive."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter

from api import schemas
from api.routes.deps import TheLibrary

router = APIRouter(tags=["Máy chủ"])


@router.get("/healthz", response_model=schemas.Health, summary="Máy chủ còn chạy không")
def healthz(library: TheLibrary) -> dict[str, Any]:
    """Trả lời ok khi kho dữ liệu mở được."""
    count = len(library.documents())
    current = library.index_is_current() if library.has_store() else True
    return {"status": "ok", "version": version("congvan"), "documents": count, "index_current": current}
