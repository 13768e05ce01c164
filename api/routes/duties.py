"""Duties: what a unit must do."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from api import calendar, tables
from api import dutyschemas as schemas
from api.routes.deps import TheLibrary, problems, text_query
from api.usecases.asking import LIMIT, MOST, MOST_DAYS, Asking, answer, asking, whole

router = APIRouter(tags=["Việc phải làm"])


def question(
    request: Request,
    library: TheLibrary,
    unit: Annotated[str | None, text_query("Loại đơn vị", "co_so_giao_duc", 60)] = None,
    level: Annotated[str | None, text_query("Cấp học", "thpt", 60)] = None,
    province: Annotated[str | None, text_query("Tỉnh, thành phố, tên nay hoặc tên cũ", "Lâm Đồng")] = None,
    district: Annotated[str | None, text_query("Huyện, quận, thị xã (đến 30/6/2025)", "huyện Đức Trọng")] = None,
    commune: Annotated[str | None, text_query("Xã, phường, đặc khu", "xã Đức Trọng")] = None,
    name: Annotated[str | None, text_query("Tên riêng của đơn vị", "Trường THCS Nguyễn Khuyến")] = None,
    unit_id: Annotated[
        str | None, text_query("Mã của đơn vị đã lưu, thay cho các mục trên", "0f1e2d3c4b5a6978", 40)
    ] = None,
    school_year: Annotated[
        str | None,
        text_query(
            "Năm học của văn bản; văn bản không nêu năm học thì theo hạn, không có hạn thì theo ngày ban hành",
            "2023-2024",
            20,
        ),
    ] = None,
    since: Annotated[
        str | None, Query(alias="from", max_length=20, description="Hạn từ ngày", examples=["2024-01-01"])
    ] = None,
    until: Annotated[
        str | None, Query(alias="to", max_length=20, description="Hạn đến ngày", examples=["2024-06-30"])
    ] = None,
    as_of: Annotated[
        str | None, text_query("Tính đến ngày: chỉ văn bản đã ban hành; mặc định là hôm nay", "2024-01-10", 20)
    ] = None,
    status: Annotated[str | None, text_query("overdue, soon, later hoặc undated", "soon", 20)] = None,
    days: Annotated[
        int | None, Query(ge=0, le=MOST_DAYS, description="“Sắp đến hạn” là trong bao nhiêu ngày", examples=[14])
    ] = None,
    recipient: Annotated[str | None, text_query("Nơi nhận có chữ này", "Sở GDĐT")] = None,
    issuer: Annotated[str | None, text_query("Cơ quan ban hành có chữ này", "Bộ Giáo dục")] = None,
    limit: Annotated[int, Query(ge=0, le=MOST, description="Số việc nhiều nhất trong câu trả lời")] = LIMIT,
    offset: Annotated[int, Query(ge=0, le=10**8, description="Bỏ qua bao nhiêu việc đầu")] = 0,
    topic: Annotated[str | None, text_query("Trích yếu, mục hoặc việc có chữ này", "y tế trường học")] = None,
) -> Asking:
    """The question of a request; also for the calendar, the tables and the printable page."""
    return asking(library, dict(request.query_params))


TheAsking = Annotated[Asking, Depends(question)]


@router.get("/duties", response_model=schemas.DutiesOut, responses=problems(404, 422), summary="Việc của một đơn vị")
def duties(library: TheLibrary, asked: TheAsking) -> Response:
    """Trả về việc mà đơn vị phải làm theo các văn bản ràng buộc đơn vị đó.

    `duties` là danh sách phẳng xếp theo hạn; `dated` nhóm theo ngày, `undated` nhóm theo chủ đề. Việc của cấp trên
    mà cấp dưới đã giao lại với hạn sớm hơn chỉ hiện một lần, kèm `chain`.
    """
    return Response(answer(library, asked).as_json(), media_type="application/json")


def _file(data: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-cache"}
    return Response(data, media_type=media_type, headers=headers)


def _produces(media_type: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {media_type: {}}, "description": "Tệp"}, **problems(404, 422)}


@router.get(
    "/duties.ics", response_class=Response, responses=_produces("text/calendar"), summary="Lịch các việc có hạn"
)
def calendar_of(library: TheLibrary, asked: TheAsking) -> Response:
    """Lịch iCalendar: nhắc trước 7 ngày và 1 ngày; việc nào đổi thì lịch tự cập nhật."""
    return _file(calendar.feed(library, answer(library, whole(asked))), calendar.MEDIA_TYPE, "viec-phai-lam.ics")


@router.get(
    "/duties.xlsx", response_class=Response, responses=_produces(tables.XLSX), summary="Bảng theo dõi nhiệm vụ (Excel)"
)
def workbook(library: TheLibrary, asked: TheAsking) -> Response:
    """Bảng theo dõi nhiệm vụ, mở bằng Excel hoặc LibreOffice."""
    return _file(tables.as_xlsx(answer(library, whole(asked))), tables.XLSX, "theo-doi-nhiem-vu.xlsx")


@router.get(
    "/duties.csv", response_class=Response, responses=_produces("text/csv"), summary="Bảng theo dõi nhiệm vụ (CSV)"
)
def sheet(library: TheLibrary, asked: TheAsking) -> Response:
    """Bảng theo dõi nhiệm vụ dạng CSV (UTF-8 có BOM)."""
    return _file(tables.as_csv(answer(library, whole(asked))), tables.CSV, "theo-doi-nhiem-vu.csv")


@router.get(
    "/units/{unit}/calendar.ics",
    response_class=Response,
    responses=_produces("text/calendar"),
    summary="Lịch của một đơn vị đã lưu",
)
def unit_calendar(library: TheLibrary, unit: str) -> Response:
    """Địa chỉ để đăng ký lịch trong Google Calendar, Outlook hoặc Thunderbird."""
    owed = answer(library, whole(asking(library, {"unit_id": unit})))
    return _file(calendar.feed(library, owed), calendar.MEDIA_TYPE, "viec-phai-lam.ics")
