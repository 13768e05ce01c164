"""Search: questions in, passages out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api import plain, schemas
from api.routes.deps import TheLibrary, problems
from api.usecases.years import school_year as parse_year

router = APIRouter(tags=["Tra cứu"])


@router.get("/search", response_model=schemas.SearchOut, responses=problems(422), summary="Tìm đoạn trả lời câu hỏi")
def search(
    library: TheLibrary,
    q: Annotated[
        str, Query(min_length=1, max_length=500, description="Câu hỏi", examples=["hạn nộp báo cáo học kỳ 1"])
    ],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    school_year: Annotated[str | None, Query(max_length=20, examples=["2023-2024"])] = None,
    issuer: Annotated[str | None, Query(max_length=200, examples=["Bộ Giáo dục và Đào tạo"])] = None,
) -> dict[str, Any]:
    """Gõ có dấu hay không dấu đều được. Câu hỏi “khi nào” có thêm ngày trả lời trong answer."""
    result = library.search(q, limit=limit, school_year=parse_year(school_year), issuer=(issuer or "").strip() or None)
    return {"query": q, **plain.found(result)}


@router.get("/suggest", response_model=list[schemas.SuggestionOut], summary="Gợi ý khi gõ")
def suggest(
    library: TheLibrary,
    q: Annotated[str, Query(max_length=200, description="Chữ đang gõ", examples=["y te"])] = "",
    limit: Annotated[int, Query(ge=1, le=20)] = 8,
) -> list[dict[str, str]]:
    """Trả về số ký hiệu, cơ quan và chủ đề bắt đầu như chữ đang gõ; gõ không dấu cũng được."""
    return library.suggest(q, limit)
