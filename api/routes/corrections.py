"""What the machine is unsure of, corrections by people, and the audit log."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query

from api import reviewschemas as schemas
from api.routes.deps import TheLibrary, problems

router = APIRouter(tags=["Cần xem lại"])


@router.get("/review", response_model=schemas.ReviewOut, summary="Những chỗ máy chưa chắc")
def review(
    library: TheLibrary,
    offset: Annotated[int, Query(ge=0, le=10**8, description="Bắt đầu từ văn bản thứ mấy")] = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="Khoảng bao nhiêu chỗ")] = 50,
) -> dict[str, Any]:
    """Trả về những chỗ cần người xem: chữ chưa chắc, số có nhiều cách đọc, việc chưa rõ đơn vị, chỗ mâu thuẫn."""
    found = library.review(offset, limit)
    return {"items": [item.as_dict() for item in found.items], "next": found.next}


@router.post(
    "/documents/{document}/corrections",
    status_code=201,
    response_model=schemas.CorrectionOut,
    responses=problems(404, 422),
    summary="Xác nhận, sửa hoặc bỏ một chỗ",
)
def correct(library: TheLibrary, document: str, given: Annotated[schemas.CorrectionIn, Body()]) -> dict[str, Any]:
    """Giữ quyết định của người xem; tìm kiếm và danh sách việc thay đổi ngay, đọc lại tệp cũng không mất."""
    return library.correcting.correct(library.one(document).id, given.model_dump(exclude_none=True)).as_dict()


@router.get("/corrections", response_model=list[schemas.CorrectionOut], summary="Những chỗ đã sửa")
def corrections(
    library: TheLibrary, document: Annotated[str | None, Query(max_length=100)] = None
) -> list[dict[str, Any]]:
    """Trả về các chỗ sửa đang có hiệu lực, cũ trước."""
    return [row.as_dict() for row in library.corrections(document)]


@router.delete(
    "/corrections/{correction}",
    response_model=schemas.CorrectionOut,
    responses=problems(404),
    summary="Hoàn tác một chỗ sửa",
)
def undo(library: TheLibrary, correction: str) -> dict[str, Any]:
    """Hoàn tác; nhật ký vẫn giữ cả hai lần."""
    return library.undo_correction(correction).as_dict()


@router.get("/audit", response_model=list[schemas.AuditOut], summary="Nhật ký thay đổi")
def audit(library: TheLibrary, limit: Annotated[int, Query(ge=1, le=1000)] = 200) -> list[dict[str, Any]]:
    """Trả về các thay đổi do người dùng thực hiện, mới trước."""
    if not library.has_store():
        return []
    return [
        {"at": library.utc(row.at), "action": row.action, "subject": row.subject, "payload": row.payload}
        for row in library.store.desk.audit(limit)
    ]
