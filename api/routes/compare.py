"""Directives side by side: JSON and Word."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from api.compared import schemas
from api.compared.plain import as_dict
from api.compared.report import as_docx, file_name
from api.drafted.word import DOCX
from api.routes.deps import TheLibrary, problems
from api.usecases.comparing import Outcome, compare

router = APIRouter(tags=["So sánh"])

_Reference = Annotated[
    str | None,
    Query(max_length=200, description="Mã, số ký hiệu hoặc tên tệp của văn bản", examples=["2254/SGDĐT-CTTT"]),
]


def outcome(
    library: TheLibrary,
    a: Annotated[str, Query(min_length=1, max_length=200, description="Văn bản", examples=["2254/SGDĐT-CTTT"])],
    b: _Reference = None,
    c: _Reference = None,
) -> Outcome:
    """The comparison that a request asks for."""
    return compare(library, [a, b or "", c or ""])


TheOutcome = Annotated[Outcome, Depends(outcome)]


@router.get(
    "/compare", response_model=schemas.CompareOut, responses=problems(404, 422), summary="So sánh hai hoặc ba văn bản"
)
def compared(found: TheOutcome) -> dict[str, Any]:
    """Đặt các văn bản cạnh nhau, mục ứng với mục; chỉ nêu `a` thì so với văn bản năm trước cùng cơ quan, cùng chủ đề.

    Thứ tự nêu không quan trọng: cấp trên đứng trước cấp dưới, năm trước đứng trước năm sau.
    """
    return as_dict(found)


@router.get(
    "/compare.docx",
    response_class=Response,
    responses={200: {"content": {DOCX: {}}, "description": "Tệp Word"}, **problems(404, 422)},
    summary="Báo cáo so sánh (Word)",
)
def report(found: TheOutcome) -> Response:
    """Báo cáo so sánh, mở bằng Word hoặc LibreOffice."""
    headers = {"Content-Disposition": f"attachment; filename={file_name(found)}", "Cache-Control": "no-cache"}
    return Response(as_docx(found), media_type=DOCX, headers=headers)
