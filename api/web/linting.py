"""The page "Kiểm tra thể thức": drop a draft, read what is wrong with it, where, and how to put it right."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import HTMLResponse

from api.linted import sentences
from api.routes.deps import TheLibrary
from api.routes.lint import checked
from api.usecases.linting import by_level
from api.web.rendering import page
from corpus.errors import CongvanError

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/kiem-tra")
def form(request: Request, library: TheLibrary) -> HTMLResponse:
    """Chọn dự thảo để kiểm tra."""
    return page(request, "lint.html", limit=library.settings.max_file_mb, row=None, problem="")


@router.post("/kiem-tra")
def result(request: Request, library: TheLibrary, file: Annotated[UploadFile, File()]) -> HTMLResponse:
    """Kết quả kiểm tra."""
    row, problem, status = None, "", 200
    try:
        row = checked(library, file)
    except CongvanError as error:
        problem, status = str(error), error.http_status
    levels = list(by_level(row.report)) if row is not None and row.report is not None else []
    return page(
        request,
        "lint.html",
        status,
        limit=library.settings.max_file_mb,
        row=row,
        problem=problem,
        levels=levels,
        sentences=sentences,
    )
