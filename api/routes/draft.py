"""Drafting a Sở's guidance: JSON, Word, workbook."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query, Response

from api.drafted import schemas
from api.drafted.plain import as_dict
from api.drafted.sheet import as_xlsx
from api.drafted.word import DOCX, as_docx
from api.library import Library
from api.routes.deps import TheLibrary, problems
from api.tables import XLSX
from api.usecases.drafting import Asked, Drafted, choices_of, draft
from corpus.text import fold

router = APIRouter(tags=["Soạn thảo"])


def asked_for(
    library: TheLibrary,
    document: Annotated[
        str, Query(min_length=1, max_length=200, description="Văn bản của Bộ", examples=["4118/BGDĐT-GDTC"])
    ],
    unit: Annotated[
        str, Query(min_length=1, max_length=120, description="Sở soạn văn bản", examples=["Sở GDĐT tỉnh Phú Lâm"])
    ],
    to: Annotated[str, Query(max_length=200, description="Các nhóm đơn vị", examples=["phong,truong"])] = "",
    kind: Annotated[
        str, Query(max_length=20, description="cong-van hoặc ke-hoach", examples=["cong-van"])
    ] = "cong-van",
    day: Annotated[str, Query(max_length=20, description="Ngày ban hành", examples=["2022-09-14"])] = "",
    department: Annotated[str, Query(max_length=120, description="Phòng đầu mối", examples=["Phòng CTTT"])] = "",
    signer: Annotated[str, Query(max_length=120, description="Người ký", examples=["Võ Thị Kim Oanh"])] = "",
    lead: Annotated[int | None, Query(ge=0, le=60, description="Sớm hơn mấy ngày làm việc", examples=[7])] = None,
    taken: Annotated[
        list[str] | None,
        Query(max_length=200, description="Cách viết được lấy", examples=[["24:" + "3f2a9c0d" * 8 + ":12"]]),
    ] = None,
) -> Drafted:
    """The draft that a request asks for."""
    asked = Asked(kind, to, department, signer, day, lead, tuple(taken or ()))
    return draft(library, document, unit, choices_of(asked, library.settings))


TheDraft = Annotated[Drafted, Depends(asked_for)]
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {DOCX: {}, XLSX: {}}, "description": "Dự thảo, tệp Word hoặc bảng tính nếu được yêu cầu"}
}


@router.get("/draft", response_model=schemas.DraftOut, responses=problems(404, 422), summary="Soạn dự thảo của Sở")
def drafted(made: TheDraft) -> dict[str, Any]:
    """Dự thảo công văn hoặc kế hoạch của Sở từ một văn bản của Bộ: từng đoạn với nguồn, chỗ đã sửa, chỗ cần quyết định.

    Không có gì được tự nghĩ ra: điều máy không quyết định được là chỗ trống với câu hỏi.
    """
    return as_dict(made)


@router.get(
    "/draft.docx",
    response_class=Response,
    responses={200: {"content": {DOCX: {}}, "description": "Tệp Word"}, **problems(404, 422)},
    summary="Dự thảo (Word)",
)
def word(made: TheDraft) -> Response:
    """Dự thảo theo thể thức Nghị định 30/2020/NĐ-CP; nguồn của từng đoạn là nhận xét, chỗ cần quyết định tô vàng."""
    return _file(as_docx(made.draft), DOCX, made, "docx")


@router.get(
    "/draft.xlsx",
    response_class=Response,
    responses={200: {"content": {XLSX: {}}, "description": "Bảng tính"}, **problems(404, 422)},
    summary="Bảng nhiệm vụ của dự thảo (bảng tính)",
)
def sheet(made: TheDraft) -> Response:
    """Ai làm gì, hạn nào, bên cạnh hạn của Bộ."""
    return _file(as_xlsx(made.draft), XLSX, made, "xlsx")


@router.post(
    "/draft",
    response_model=schemas.DraftOut,
    responses={**_FILES, **problems(404, 422)},
    summary="Soạn dự thảo, kèm cách viết được lấy",
)
def posted(library: TheLibrary, wanted: Annotated[schemas.DraftIn, Body()]) -> Any:
    """Như GET /v1/draft; `output` chọn JSON, Word hoặc bảng tính."""
    made = _made(library, wanted)
    if wanted.output == "docx":
        return _file(as_docx(made.draft), DOCX, made, "docx")
    if wanted.output == "xlsx":
        return _file(as_xlsx(made.draft), XLSX, made, "xlsx")
    return as_dict(made)


def _made(library: Library, wanted: schemas.DraftIn) -> Drafted:
    asked = Asked(
        wanted.kind, wanted.to, wanted.department, wanted.signer, wanted.day, wanted.lead, tuple(wanted.taken)
    )
    return draft(library, wanted.document, wanted.unit, choices_of(asked, library.settings))


def file_name(made: Drafted, ending: str) -> str:
    """Return a file name of plain letters."""
    name = re.sub(r"[^a-z0-9]+", "-", fold(made.upper.name)).strip("-")[:60]
    return f"du-thao-{name}.{ending}"


def _file(data: bytes, kind: str, made: Drafted, ending: str) -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename={file_name(made, ending)}",
        "Cache-Control": "no-cache",
    }
    return Response(data, media_type=kind, headers=headers)
