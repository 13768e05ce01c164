"""The shapes of a check in the HTTP API."""

from __future__ import annotations

from pydantic import BaseModel, Field


class FindingOut(BaseModel):
    """Một điểm cần xem."""

    rule: str = Field(description="Mã quy tắc", examples=["number.zero"])
    level: str = Field(description="loi (lỗi), nen_sua (nên sửa) hoặc goi_y (gợi ý)", examples=["loi"])
    name: str = Field(description="Tên quy tắc", examples=["Số dưới 10 thiếu số 0 ở trước"])
    source: str = Field(description="Nơi quy định", examples=["Phụ lục I, Mục II.3, Nghị định 30/2020/NĐ-CP"])
    what: str = Field(description="Sai ở đâu", examples=["Số “8” dưới 10 phải có số 0 ở trước."])
    fix: str = Field(description="Cách sửa", examples=["Ghi “Số: 08/QĐ-SGDĐT”."])
    page: int | None = Field(description="Trang; null: cả văn bản", examples=[1])
    line: int | None = Field(description="Dòng trên trang", examples=[3])
    paragraph: int | None = Field(description="Đoạn, đếm từ đầu văn bản", examples=[3])
    start: int | None = Field(description="Ký tự đầu trong phần chữ của văn bản", examples=[42])
    end: int | None = Field(description="Ký tự sau cùng", examples=[56])
    surface: str | None = Field(description="Chữ tại chỗ đó", examples=["Số: 8/QĐ-SGDĐT"])
    count: int = Field(description="Số chỗ cùng lỗi này", examples=[1])


class LintOut(BaseModel):
    """Kết quả kiểm tra thể thức của một tệp."""

    source: str = Field(examples=["du-thao.docx"])
    number: str | None = Field(description="Số, ký hiệu của văn bản", examples=["08/QĐ-SGDĐT"])
    clean: bool = Field(description="Không có gì phải sửa; gợi ý không tính", examples=[False])
    counts: dict[str, int] = Field(description="Số điểm theo mức", examples=[{"loi": 1, "nen_sua": 0, "goi_y": 2}])
    findings: list[FindingOut]
    notes: list[str] = Field(
        description="Những gì không kiểm tra được", examples=[["Trang 2 là ảnh quét: không kiểm tra cỡ chữ."]]
    )
