"""Search: questions in, passages out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request

from api import plain
from api import searchschemas as schemas
from api.routes.deps import TheLibrary, problems, text_query
from api.usecases import finding
from api.usecases.spans import due_in
from index.filters import SearchFilters

router = APIRouter(tags=["Tra cứu"])


def _filters(
    request: Request,
    library: TheLibrary,
    school_year: Annotated[str | None, text_query("Năm học của văn bản", "2023-2024", 20)] = None,
    issuer: Annotated[str | None, text_query("Cơ quan ban hành có các chữ này", "Bộ Giáo dục và Đào tạo")] = None,
    issuer_level: Annotated[str | None, text_query("Cấp ban hành: bo, so, phong hoặc truong", "so", 60)] = None,
    doc_type: Annotated[str | None, text_query("Loại văn bản", "Công văn", 60)] = None,
    unit: Annotated[
        str | None, text_query("Loại đơn vị hoặc cấp học: chỉ đoạn có việc giao cho đơn vị loại này", "thcs", 60)
    ] = None,
    since: Annotated[
        str | None, Query(alias="from", max_length=20, description="Ban hành từ ngày", examples=["2023-08-01"])
    ] = None,
    until: Annotated[
        str | None, Query(alias="to", max_length=20, description="Ban hành đến ngày", examples=["2024-05-31"])
    ] = None,
    in_force_on: Annotated[
        str | None, text_query("Còn hiệu lực vào ngày này: đã có hiệu lực và chưa bị thay thế", "2024-01-10", 20)
    ] = None,
) -> SearchFilters:
    """The filters of a request."""
    return finding.filters(library, dict(request.query_params))


@router.get("/search", response_model=schemas.SearchOut, responses=problems(422), summary="Tìm đoạn trả lời câu hỏi")
def search(
    library: TheLibrary,
    filters: Annotated[SearchFilters, Depends(_filters)],
    q: Annotated[
        str, Query(min_length=1, max_length=500, description="Câu hỏi", examples=["hạn nộp báo cáo học kỳ 1"])
    ],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> dict[str, Any]:
    """Gõ có dấu hay không dấu đều được. Câu hỏi “khi nào” có thêm ngày trả lời trong answer; câu hỏi “tháng 10 phải làm
    gì” có thêm những việc đến hạn trong due (đủ hơn ở /v1/duties với from và to)."""
    due = due_in(library, q, school_year=filters.school_year)
    found = plain.found(library.search(q, limit=limit, filters=filters))
    return {"query": q, **found, "due": due.as_dict() if due is not None else None}


@router.get(
    "/similar/{passage}",
    response_model=schemas.SimilarOut,
    responses=problems(404, 422),
    summary="Tìm đoạn tương tự một đoạn",
)
def similar(
    library: TheLibrary,
    passage: Annotated[str, Path(max_length=64, description="Mã đoạn (passage) của một kết quả tìm")],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> dict[str, Any]:
    """Trả về những đoạn nói việc tương tự, trong văn bản khác hoặc mục khác, gần nhất đứng đầu."""
    return plain.alike(library.similar(passage, limit=limit))


@router.get("/suggest", response_model=list[schemas.SuggestionOut], summary="Gợi ý khi gõ")
def suggest(
    library: TheLibrary,
    q: Annotated[str, Query(max_length=200, description="Chữ đang gõ", examples=["y te"])] = "",
    limit: Annotated[int, Query(ge=1, le=20)] = 8,
) -> list[dict[str, str]]:
    """Trả về số ký hiệu, cơ quan và chủ đề bắt đầu như chữ đang gõ; gõ không dấu cũng được."""
    return library.suggest(q, limit)
