"""What the HTTP API answers about duties and units, typed; see ``api.schemas``."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas import Answer, Evidence


class ChainStep(BaseModel):
    """Việc tương ứng của cấp trên mà việc này bắt nguồn."""

    number: str | None = Field(examples=["4118/BGDĐT-GDTC"])
    document: str = Field(examples=["3f2a9c0d" * 8])
    issuer: str | None = Field(examples=["Bộ Giáo dục và Đào tạo"])
    due: str | None = Field(examples=["2024-01-31"])
    task: str = Field(examples=["Báo cáo sơ kết học kỳ I."])
    page: int = Field(examples=[2])
    line: int = Field(examples=[14])


class DoneOut(BaseModel):
    """Đơn vị đã đánh dấu xong."""

    day: str = Field(description="Ngày đánh dấu", examples=["2024-01-12"])
    note: str = Field(examples=["Đã gửi qua hộp thư của Sở"])


class DutyOut(Answer):
    """Một việc phải làm."""

    id: str = Field(description="Mã ổn định của việc, dùng để đánh dấu xong", examples=["3f2a9c0d1e2f-0a1b2c3d4e5f"])
    due: str | None = Field(description="Hạn, ISO; null khi văn bản không ghi ngày", examples=["2024-01-15"])
    due_text: str | None = Field(description="Hạn như văn bản ghi", examples=["trước ngày 15/01/2024"])
    status: Literal["overdue", "soon", "later", "undated"] = Field(
        description="quá hạn, sắp đến hạn, còn thời gian, không ghi ngày", examples=["soon"]
    )
    days: int | None = Field(description="Còn bao nhiêu ngày; số âm là đã quá hạn", examples=[5])
    task: str = Field(examples=["Gửi báo cáo sơ kết học kỳ I về Sở GDĐT."])
    recipient: str | None = Field(description="Nơi nhận", examples=["Sở GDĐT"])
    via: str | None = Field(description="Gửi qua", examples=["Phòng GDTrH"])
    topic: str = Field(description="Trích yếu của văn bản", examples=["Báo cáo sơ kết học kỳ I"])
    heading: list[str] = Field(examples=[["II. TỔ CHỨC THỰC HIỆN"]])
    target: str | None = Field(description="Mức phải đạt", examples=["100%"])
    source: str = Field(description="Tên tệp", examples=["2023-so-bao-cao.pdf"])
    number: str | None = Field(description="Số ký hiệu của văn bản", examples=["815/SGDĐT-GDTrH"])
    issuer: str | None = Field(examples=["Sở Giáo dục và Đào tạo tỉnh Lâm Đồng"])
    date: str | None = Field(description="Ngày ban hành", examples=["2023-12-20"])
    school_year: str | None = Field(examples=["2023-2024"])
    page: int = Field(examples=[1])
    line: int = Field(examples=[12])
    where: str = Field(description="Trang; với tệp Word, HTML không có trang: mục", examples=["trang 1"])
    actor: list[str] = Field(examples=[["co_so_giao_duc"]])
    levels: list[str] | None = Field(examples=[["thpt"]])
    document: str = Field(examples=["3f2a9c0d" * 8])
    reason: str = Field(
        description="Vì sao việc này dành cho đơn vị hỏi",
        examples=["Sở Giáo dục và Đào tạo tỉnh Lâm Đồng quản lý trực tiếp; đơn vị được nêu tên trong nhiệm vụ"],
    )
    certain: bool = Field(description="false khi văn bản để ngỏ", examples=[True])
    confidence: float = Field(ge=0, le=1, description="Máy chắc đến đâu về việc này", examples=[0.95])
    document_confidence: float = Field(
        ge=0, le=1, description="Máy chắc đến đâu rằng nguồn là văn bản chỉ đạo (0: thơ, danh sách …)", examples=[0.97]
    )
    replaced_by: str | None = Field(
        description="Văn bản đã thay thế hoặc bãi bỏ nguồn của việc này, tính đến ngày hỏi", examples=["52/SGDĐT-VP"]
    )
    done: DoneOut | None
    chain: list[ChainStep] = Field(description="Chuỗi từ cấp trên xuống, cấp cao nhất trước")
    evidence: Evidence


class DayOut(BaseModel):
    """Các việc cùng một hạn."""

    due: str = Field(examples=["2024-01-15"])
    duties: list[DutyOut]


class TopicOut(BaseModel):
    """Các việc không ghi hạn của một chủ đề."""

    topic: str = Field(examples=["Công tác y tế trường học năm học 2023-2024"])
    duties: list[DutyOut]


class Counts(BaseModel):
    """Số việc theo tình trạng."""

    overdue: int = Field(examples=[2])
    soon: int = Field(examples=[3])
    later: int = Field(examples=[11])
    undated: int = Field(examples=[6])


class Successor(BaseModel):
    """Đơn vị kế thừa từ 01/7/2025."""

    unit: str | None = Field(examples=["ubnd_xa"])
    unit_name: str | None = Field(examples=["UBND xã, phường"])
    province: str | None = Field(examples=["Phú Thọ"])
    commune: str | None = Field(examples=["xã Yên Lạc"])
    valid_from: str = Field(examples=["2025-07-01"])


class UnitIn(BaseModel):
    """Một đơn vị cần lưu."""

    model_config = ConfigDict(extra="forbid")

    unit: str = Field(max_length=60, description="Loại đơn vị", examples=["co_so_giao_duc"])
    level: str | None = Field(None, max_length=60, description="Cấp học", examples=["thcs"])
    province: str | None = Field(None, max_length=200, examples=["Vĩnh Phúc"])
    district: str | None = Field(None, max_length=200, examples=["huyện Yên Lạc"])
    commune: str | None = Field(None, max_length=200, examples=["xã Yên Lạc"])
    name: str | None = Field(None, max_length=200, examples=["Trường THCS Yên Lạc"])
    email: str | None = Field(
        None, max_length=254, description="Nơi nhận thư nhắc việc", examples=["vanthu@thcs.edu.vn"]
    )


class UnitPlace(BaseModel):
    """Một đơn vị và vị trí trong ngành."""

    label: str = Field(examples=["Trường THCS Yên Lạc"])
    unit: str | None = Field(examples=["co_so_giao_duc"])
    level: str | None = Field(examples=["thcs"])
    province: str | None = Field(examples=["Vĩnh Phúc"])
    district: str | None = Field(examples=["huyện Yên Lạc"])
    commune: str | None = Field(examples=["xã Yên Lạc"])
    name: str | None = Field(examples=["Trường THCS Yên Lạc"])
    tree: list[str] = Field(
        description="Các cấp từ Bộ xuống", examples=[["Bộ GDĐT", "Sở GDĐT Phú Thọ", "UBND xã Yên Lạc"]]
    )
    explanation: list[str] = Field(
        description="Tên cũ nay là gì",
        examples=[["Vĩnh Phúc là tên tỉnh đến hết 30/6/2025; từ 01/7/2025 thuộc Phú Thọ."]],
    )
    successor: Successor | None


class AskedUnit(UnitPlace):
    """Đơn vị được hỏi."""

    id: str | None = Field(description="Mã đơn vị đã lưu", examples=["0f1e2d3c4b5a6978"])


class UnitOut(UnitPlace):
    """Một đơn vị đã lưu."""

    id: str = Field(examples=["0f1e2d3c4b5a6978"])
    url: str = Field(examples=["/v1/units/0f1e2d3c4b5a6978"])
    calendar: str = Field(examples=["/v1/units/0f1e2d3c4b5a6978/calendar.ics"])
    saved_at: str = Field(examples=["2024-01-10T08:00:00+00:00"])
    email: str | None = Field(examples=["vanthu@thcs.edu.vn"])


class TickIn(BaseModel):
    """Ghi chú khi đánh dấu xong."""

    note: str = Field("", max_length=1000, examples=["Đã gửi qua hộp thư của Sở"])


class TickOut(BaseModel):
    """Một việc đã đánh dấu xong."""

    unit: str = Field(examples=["0f1e2d3c4b5a6978"])
    duty: str = Field(examples=["3f2a9c0d1e2f-0a1b2c3d4e5f"])
    done_at: datetime = Field(examples=["2024-01-12T15:00:00+07:00"])
    note: str = Field(examples=["Đã gửi qua hộp thư của Sở"])


class DutiesOut(BaseModel):
    """Việc phải làm: danh sách phẳng xếp theo hạn (việc không ghi hạn đứng cuối), và theo nhóm."""

    count: int = Field(description="Số việc tất cả, kể cả ngoài limit", examples=[22])
    offset: int = Field(examples=[0])
    limit: int = Field(examples=[1000])
    as_of: str = Field(description="Tính đến ngày", examples=["2024-01-10"])
    days: int = Field(description="“Sắp đến hạn” là trong bao nhiêu ngày", examples=[14])
    counts: Counts
    unit: AskedUnit
    duties: list[DutyOut]
    dated: list[DayOut] = Field(description="Theo ngày hạn")
    undated: list[TopicOut] = Field(description="Không ghi hạn, theo chủ đề")


class TickGone(BaseModel):
    """Một việc vừa bỏ đánh dấu xong."""

    unit: str = Field(examples=["0f1e2d3c4b5a6978"])
    duty: str = Field(examples=["3f2a9c0d1e2f-0a1b2c3d4e5f"])
