"""What the HTTP API takes and answers about unsure places and corrections, typed; see ``api.schemas``."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

_DOCUMENT = "3f2a9c0d" * 8


class AboutOut(BaseModel):
    """Một phần của chỗ mâu thuẫn có thể sửa: viện dẫn, việc, phần đầu hoặc chữ."""

    target: Literal["word", "deadline", "duty", "citation", "header"] = Field(examples=["citation"])
    key: str = Field(examples=["3f2a9c0d1e2f-0a1b2c3d4e5f"])
    line: int = Field(examples=[12])
    now: dict[str, str | None] = Field(
        description="Các mục sửa được, như đang đọc", examples=[{"number": "26/2019/TT-BGDĐT", "date": "2019-12-20"}]
    )


class ReviewItem(BaseModel):
    """Một chỗ cần người xem."""

    id: str = Field(examples=["0a1b2c3d4e5f60718293"])
    document: str = Field(examples=[_DOCUMENT])
    number: str | None = Field(examples=["815/SGDĐT-GDTrH"])
    source_file: str = Field(examples=["2023-so-bao-cao.pdf"])
    target: Literal["word", "deadline", "duty", "citation", "conflict", "header"] = Field(examples=["word"])
    why: str = Field(examples=["chữ phục hồi chưa chắc"])
    reading: str = Field(description="Máy đọc là", examples=["khoẻ"])
    source: str = Field(description="Chữ gốc", examples=["khoe"])
    before: str = Field(examples=["khám sức "])
    after: str = Field(examples=[" cho học sinh"])
    page: int = Field(examples=[1])
    line: int = Field(examples=[12])
    confidence: float = Field(ge=0, le=1, examples=[0.42])
    options: list[str] = Field(description="Cách đọc khác", examples=[["khoe"]])
    about: list[AboutOut] = Field(
        description="Với chỗ mâu thuẫn: những gì có thể sửa để hết mâu thuẫn (gửi key ở about khi sửa)",
        examples=[
            [
                {
                    "target": "citation",
                    "key": "3f2a9c0d1e2f-0a1b2c3d4e5f",
                    "line": 12,
                    "now": {"number": "26/2019/TT-BGDĐT", "date": "2019-12-20", "subject": None},
                }
            ]
        ],
    )


class ReviewOut(BaseModel):
    """Những chỗ cần xem; next là offset của lần hỏi sau, null khi đã hết."""

    items: list[ReviewItem]
    next: int | None = Field(examples=[40])


class CorrectionIn(BaseModel):
    """Một quyết định: chỗ nào (item, hoặc target cùng key, hoặc target word cùng page, start, end) và sửa thế nào."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["accept", "edit", "reject"] = Field(examples=["edit"])
    item: str | None = Field(None, max_length=40, examples=["0a1b2c3d4e5f60718293"])
    target: Literal["word", "deadline", "duty", "citation", "header"] | None = Field(None, examples=["deadline"])
    key: str | None = Field(None, max_length=64, examples=["3f2a9c0d1e2f-0a1b2c3d4e5f"])
    page: int | None = Field(None, ge=1, le=10**6, examples=[1])
    start: int | None = Field(None, ge=0, le=10**8, examples=[120])
    end: int | None = Field(None, ge=0, le=10**8, examples=[125])
    about: str | None = Field(
        None, max_length=64, description="Khi sửa chỗ mâu thuẫn: key của phần được sửa", examples=["header"]
    )
    changes: Changes | None = None


class Changes(BaseModel):
    """Nội dung mới: text cho chữ; các mục còn lại cho việc, số ký hiệu và phần đầu."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = Field(None, max_length=200, examples=["khỏe"])
    task: str | None = Field(None, max_length=2000, examples=["Gửi báo cáo sơ kết học kỳ I."])
    due: str | None = Field(None, max_length=20, examples=["2024-01-15"])
    recipient: str | None = Field(None, max_length=200, examples=["Sở GDĐT"])
    via: str | None = Field(None, max_length=200, examples=["Phòng GDTrH"])
    actor: list[str] | None = Field(None, max_length=20, examples=[["co_so_giao_duc"]])
    levels: list[str] | None = Field(None, max_length=10, examples=[["thpt"]])
    number: str | None = Field(None, max_length=100, examples=["26/2019/TT-BGDĐT"])
    date: str | None = Field(None, max_length=20, examples=["2023-12-20"])
    effective: str | None = Field(None, max_length=20, description="Ngày có hiệu lực", examples=["2024-02-14"])
    issuer: str | None = Field(None, max_length=200, examples=["Sở Giáo dục và Đào tạo Lâm Đồng"])
    doc_type: str | None = Field(None, max_length=100, examples=["Công văn"])
    subject: str | None = Field(None, max_length=2000, examples=["Báo cáo sơ kết học kỳ I"])
    school_year: str | None = Field(None, max_length=20, examples=["2023-2024"])
    signer: str | None = Field(None, max_length=200, examples=["Nguyễn Văn Bình"])
    signer_title: str | None = Field(None, max_length=200, examples=["Phó Giám đốc"])
    place: str | None = Field(None, max_length=100, examples=["Lâm Đồng"])


class AnchorOut(BaseModel):
    """Chỗ sửa: trang, chữ ở đó và chữ xung quanh."""

    page: int = Field(examples=[1])
    text: str = Field(examples=["khoẻ"])
    key: str = Field(examples=[""])
    before: str = Field(examples=["khám sức "])
    after: str = Field(examples=[" cho học sinh"])


class CorrectionOut(BaseModel):
    """Một chỗ đã sửa."""

    id: str = Field(examples=["0a1b2c3d4e5f60718293a4b5c6d7e8f9"])
    document: str = Field(examples=[_DOCUMENT])
    made_at: str = Field(examples=["2024-01-10T08:00:00+00:00"])
    action: Literal["accept", "edit", "reject"] = Field(examples=["edit"])
    target: str = Field(examples=["word"])
    anchor: AnchorOut
    changes: dict[str, Any] = Field(examples=[{"text": "khỏe"}])


class AuditOut(BaseModel):
    """Một dòng nhật ký."""

    at: datetime = Field(examples=["2024-01-10T08:00:00+00:00"])
    action: str = Field(examples=["correct.edit"])
    subject: str = Field(examples=[_DOCUMENT])
    payload: dict[str, Any] = Field(examples=[{"note": "đã gửi"}])


CorrectionIn.model_rebuild()
