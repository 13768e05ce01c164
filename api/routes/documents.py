"""Documents: upload, list, show, page images, the file as received, removal."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import PurePosixPath
from typing import Annotated, Any, BinaryIO
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Header, Query, Response, UploadFile

from api import plain, schemas
from api.routes.deps import TheJobs, TheLibrary, problems
from api.routes.jobs import job_data
from corpus.text import nfc

router = APIRouter(tags=["Văn bản"])

_FOREVER = "private, max-age=31536000, immutable"


def clean_name(name: str | None, position: int) -> str:
    """Return the last part of an uploaded file's name without control characters; it is never used as a path."""
    last = PurePosixPath((name or "").replace("\\", "/")).name
    shown = "".join(c for c in nfc(last) if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, suffix = shown.rpartition(".")
    return (f"{stem[:180]}{dot}{suffix[:20]}" if dot else shown[:200]) or f"tep-{position}"


def opened(files: list[UploadFile]) -> list[tuple[str, BinaryIO]]:
    """Return the uploads that have a name or content; browsers send an empty one for an empty field."""
    chosen = [file for file in files if file.filename or file.size]
    return [(clean_name(file.filename, k), file.file) for k, file in enumerate(chosen, 1)]


@router.post(
    "/documents",
    status_code=202,
    response_model=schemas.JobOut,
    responses=problems(413, 422),
    summary="Nạp một hay nhiều tệp",
)
def upload(
    jobs: TheJobs,
    response: Response,
    files: Annotated[list[UploadFile], File(description="PDF, DOCX, DOC, RTF, ODT, HTML, PNG, JPEG, TIFF hoặc TXT")],
    mode: Annotated[str, Form(max_length=20, description="auto, keep, repair hoặc ocr", examples=["auto"])] = "auto",
) -> dict[str, Any]:
    """Nhận tệp, trả lời ngay với địa chỉ của công việc; việc đọc chạy ở phía sau."""
    data = job_data(jobs.submit(opened(files), mode))
    response.headers["Location"] = data["url"]
    return data


@router.get(
    "/documents",
    response_model=list[schemas.DocumentSummary],
    responses=problems(422),
    summary="Danh sách văn bản",
)
def documents(
    library: TheLibrary,
    q: Annotated[
        str, Query(max_length=500, description="Chữ trong số ký hiệu, trích yếu, cơ quan", examples=["y tế"])
    ] = "",
    issuer: Annotated[str, Query(max_length=200, examples=["Bộ Giáo dục và Đào tạo"])] = "",
    issuer_level: Annotated[str, Query(max_length=60, description="bo, so, phong hoặc truong", examples=["so"])] = "",
    doc_type: Annotated[str, Query(max_length=100, description="Tên loại", examples=["Công văn"])] = "",
    school_year: Annotated[str, Query(max_length=20, examples=["2023-2024"])] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 1000,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> list[dict[str, Any]]:
    """Trả về các văn bản đã nạp, mới nhất trước; chữ gõ không dấu cũng được."""
    from api.usecases.listing import Sought

    rows = Sought.of(q, issuer, issuer_level, doc_type, school_year).among(library.documents())
    return [plain.info(row) for row in rows[offset : offset + limit]]


@router.get("/documents/{document}", response_model=schemas.DocumentOut, responses=problems(404), summary="Một văn bản")
def document(library: TheLibrary, document: str) -> dict[str, Any]:
    """Trả về phần đầu, thông tin trích được và chữ từng trang. Nhận mã hoặc phần đầu của mã (từ 8 ký tự)."""
    return plain.stored(library.show(document))


@router.delete(
    "/documents/{document}", response_model=schemas.Removed, responses=problems(404), summary="Lấy văn bản ra khỏi kho"
)
def remove(library: TheLibrary, document: str) -> dict[str, Any]:
    """Lấy văn bản ra khỏi kho và chỉ mục; tệp gốc vẫn được giữ."""
    info = library.remove(document)
    return {"id": info.id, "source": info.source, "number": info.number}


@router.get(
    "/documents/{document}/pages/{number}.png",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}, "description": "Hình của trang"}, **problems(404)},
    summary="Hình một trang",
)
def page_png(
    library: TheLibrary,
    document: str,
    number: int,
    dpi: Annotated[int, Query(ge=36, le=220)] = 110,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Trả về hình PNG của một trang PDF hoặc ảnh; với tệp Word và HTML là một trang của bản in do LibreOffice dựng."""
    info = library.one(document)
    tag = f'"{hashlib.sha256(f"{info.id}/{number}/{dpi}".encode()).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": _FOREVER}
    if if_none_match == tag:
        return Response(status_code=304, headers=headers)
    return Response(library.page_image(info.id, number, dpi), media_type="image/png", headers=headers)


@router.get(
    "/documents/{document}/original",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "Tệp như khi nhận"}, **problems(404)},
    summary="Tệp gốc",
)
def original(library: TheLibrary, document: str) -> Response:
    """Trả về đúng tệp đã nhận, không thay đổi."""
    info = library.one(document)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(info.source)}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(library.store.original(info.id), media_type=info.media_type, headers=headers)


@router.get(
    "/documents/{document}/text",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}, "description": "Chữ của văn bản"}, **problems(404)},
    summary="Phần chữ",
)
def text(library: TheLibrary, document: str) -> Response:
    """Trả về chữ của văn bản với chỗ đã phục hồi và đã sửa; các trang cách nhau bằng dấu sang trang."""
    stored = library.show(document)
    name = PurePosixPath(stored.info.source).stem or "van-ban"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.txt"}
    return Response(stored.document.text.encode(), media_type="text/plain; charset=utf-8", headers=headers)


@router.get(
    "/documents/{document}/searchable.pdf",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "PDF tìm được chữ"}, **problems(404, 415, 422)},
    summary="PDF tìm được chữ",
)
def searchable(library: TheLibrary, document: str) -> Response:
    """Trả về tệp PDF có lớp chữ tìm và chép được; hình trang giữ nguyên. Tệp Word và HTML được in thành PDF."""
    info, data = library.searchable_pdf(document)
    name = PurePosixPath(info.source).stem or "van-ban"
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}-tim-duoc.pdf",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(data, media_type="application/pdf", headers=headers)
