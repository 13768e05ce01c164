"""The shapes of a comparison in the HTTP API."""

from __future__ import annotations

from pydantic import BaseModel, Field


class ComparedDocument(BaseModel):
    """Một văn bản được so sánh."""

    id: str | None = Field(examples=["3f2a9c0d" * 8])
    source: str = Field(examples=["2022-so-y-te.pdf"])
    number: str | None = Field(examples=["2096/SGDĐT-CTTT"])
    date: str | None = Field(examples=["2022-09-14"])
    issuer: str | None = Field(examples=["Sở Giáo dục và Đào tạo Phú Lâm"])
    subject: str | None = Field(examples=["Hướng dẫn công tác y tế trường học năm học 2022-2023"])
    school_year: str | None = Field(examples=["2022-2023"])


class PlaceOut(BaseModel):
    """Chỗ trong văn bản."""

    page: int = Field(examples=[2])
    line: int = Field(examples=[14])
    start: int = Field(examples=[1520])
    end: int = Field(examples=[1541])
    surface: str = Field(examples=["trước ngày 20/12/2022"])
    url: str | None = Field(examples=["/van-ban/3f2a9c0d?dong=2-14-14#d2-14"])


class ItemOut(BaseModel):
    """Một mục của văn bản."""

    key: str = Field(examples=["III.2"])
    label: str = Field(examples=["2."])
    text: str = Field(examples=["2. Báo cáo năm về y tế trường học."])
    path: list[str] = Field(description="Các đề mục phía trên, từ ngoài vào", examples=[["III. CHẾ ĐỘ BÁO CÁO"]])
    page: int = Field(examples=[2])
    line: int = Field(examples=[14])
    url: str | None = Field(
        description="Trang mở đúng chỗ trên hình trang", examples=["/van-ban/3f2a9c0d?dong=2-14-14#d2-14"]
    )


class WordsOut(BaseModel):
    """Một đoạn chữ: giống nhau, hoặc chữ trước và chữ sau."""

    same: bool = Field(examples=[False])
    old: str = Field(examples=["31/5/2022"])
    new: str = Field(examples=["31/5/2023"])


class FactChangeOut(BaseModel):
    """Một thông tin thay đổi."""

    what: str = Field(description="due, target, recipient, via, actor hoặc levels", examples=["due"])
    task: str = Field(examples=["Báo cáo năm về y tế trường học."])
    old: str | None = Field(examples=["2021-12-24"])
    new: str | None = Field(examples=["2022-12-20"])
    days: int | None = Field(description="Hạn sau muộn hơn hạn trước bao nhiêu ngày", examples=[-4])
    yearly: bool = Field(description="Cùng ngày, chỉ khác năm", examples=[False])
    earlier: bool | None = Field(
        description="Giữa hai cấp: hạn của cấp dưới có đứng trước hạn của cấp trên không", examples=[True]
    )
    text: str = Field(examples=["hạn: 24/12/2021 → 20/12/2022"])
    old_place: PlaceOut | None
    new_place: PlaceOut | None


class RowOut(BaseModel):
    """Các mục ứng với nhau."""

    kind: str = Field(
        description="same, reworded, moved, split, merged, new, dropped; giữa hai cấp: taken_over, left_out, added",
        examples=["reworded"],
    )
    moved: bool = Field(examples=[False])
    score: float = Field(examples=[0.82])
    certain: bool = Field(description="Sai: các mục giống nhau ít, có thể nói việc khác", examples=[True])
    old: list[ItemOut]
    new: list[ItemOut]
    words: list[WordsOut]
    facts: list[FactChangeOut]


class CitationChangeOut(BaseModel):
    """Một viện dẫn thêm, bỏ hoặc được thay."""

    fate: str = Field(description="added, dropped hoặc replaced", examples=["replaced"])
    old: str | None = Field(examples=["17/2012/TT-BGDĐT"])
    new: str | None = Field(examples=["29/2024/TT-BGDĐT"])
    certain: bool = Field(description="Sai: chỉ có số, loại, trích yếu nói lên việc thay thế", examples=[True])
    why: str = Field(examples=["cùng loại, cùng trích yếu"])
    text: str = Field(examples=["17/2012/TT-BGDĐT → 29/2024/TT-BGDĐT"])
    old_place: PlaceOut | None
    new_place: PlaceOut | None


class ListChangeOut(BaseModel):
    """Kính gửi, nơi nhận thay đổi."""

    field: str = Field(description="addressees hoặc recipients", examples=["recipients"])
    added: list[str] = Field(examples=[["UBND các xã, phường"]])
    dropped: list[str] = Field(examples=[["Phòng GDĐT các huyện"]])


class ComparisonOut(BaseModel):
    """Hai văn bản đặt cạnh nhau."""

    levels: bool = Field(description="Văn bản thứ nhất là của cấp trên", examples=[False])
    related: bool = Field(description="Sai: hai văn bản không cùng chủ đề, không so sánh từng mục", examples=[True])
    note: str = Field(examples=[""])
    summary: list[str] = Field(examples=[["3 mục mới, 2 mục bỏ, 4 mục sửa lời"]])
    share: float = Field(description="Phần các mục có mục ứng với nó", examples=[0.9])
    counts: dict[str, int] = Field(examples=[{"same": 12, "reworded": 4}])
    rows: list[RowOut]
    citations: list[CitationChangeOut]
    lists: list[ListChangeOut]


class StepOut(BaseModel):
    """Từ năm này sang năm sau."""

    kind: str = Field(examples=["reworded"])
    facts: list[str] = Field(examples=[["hạn: 24/12/2021 → 20/12/2022"]])


class ChainRowOut(BaseModel):
    """Một mục qua các năm."""

    cells: list[list[ItemOut]]
    steps: list[list[StepOut]]
    changed: bool = Field(examples=[True])


class CompareOut(BaseModel):
    """Kết quả so sánh hai hoặc ba văn bản."""

    documents: list[ComparedDocument]
    found_counterpart: bool = Field(description="Văn bản năm trước do chương trình tự tìm", examples=[False])
    comparisons: list[ComparisonOut]
    chain: list[ChainRowOut]
