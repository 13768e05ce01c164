"""The shapes of a comparison in the HTTP API."""

from __future__ import annotations

from pydantic import BaseModel, Field


class ComparedDocument(BaseModel):
    """Một văn bản được so sánh."""

    id: str | None
    source: str = Field(examples=["2022-so-y-te.pdf"])
    number: str | None = Field(examples=["2096/SGDĐT-CTTT"])
    date: str | None = Field(examples=["2022-09-14"])
    issuer: str | None
    subject: str | None
    school_year: str | None = Field(examples=["2022-2023"])


class PlaceOut(BaseModel):
    """Chỗ trong văn bản."""

    page: int = Field(examples=[2])
    line: int = Field(examples=[14])
    start: int
    end: int
    surface: str = Field(examples=["trước ngày 30/01/2023"])
    url: str | None


class ItemOut(BaseModel):
    """Một mục của văn bản."""

    key: str = Field(examples=["III.2"])
    label: str = Field(examples=["2."])
    text: str
    path: list[str] = Field(description="Các đề mục phía trên, từ ngoài vào")
    page: int
    line: int
    url: str | None = Field(description="Trang mở đúng chỗ trên hình trang")


class WordsOut(BaseModel):
    """Một đoạn chữ: giống nhau, hoặc chữ trước và chữ sau."""

    same: bool
    old: str
    new: str


class FactChangeOut(BaseModel):
    """Một thông tin thay đổi."""

    what: str = Field(description="due, target, recipient, via, actor hoặc levels", examples=["due"])
    task: str
    old: str | None = Field(examples=["2021-01-30"])
    new: str | None = Field(examples=["2023-01-30"])
    days: int | None = Field(description="Hạn sau muộn hơn hạn trước bao nhiêu ngày")
    yearly: bool = Field(description="Cùng ngày, chỉ khác năm")
    earlier: bool | None = Field(description="Giữa hai cấp: hạn của cấp dưới có đứng trước hạn của cấp trên không")
    text: str = Field(examples=["hạn: 30/01/2021 → 30/01/2023"])
    old_place: PlaceOut | None
    new_place: PlaceOut | None


class RowOut(BaseModel):
    """Các mục ứng với nhau."""

    kind: str = Field(
        description="same, reworded, moved, split, merged, new, dropped; giữa hai cấp: taken_over, left_out, added",
        examples=["reworded"],
    )
    moved: bool
    score: float
    certain: bool = Field(description="Sai: các mục giống nhau ít, có thể nói việc khác")
    old: list[ItemOut]
    new: list[ItemOut]
    words: list[WordsOut]
    facts: list[FactChangeOut]


class CitationChangeOut(BaseModel):
    """Một viện dẫn thêm, bỏ hoặc được thay."""

    fate: str = Field(description="added, dropped hoặc replaced", examples=["replaced"])
    old: str | None
    new: str | None
    certain: bool = Field(description="Sai: chỉ có số, loại, trích yếu nói lên việc thay thế")
    why: str
    text: str
    old_place: PlaceOut | None
    new_place: PlaceOut | None


class ListChangeOut(BaseModel):
    """Kính gửi, nơi nhận thay đổi."""

    field: str = Field(description="addressees hoặc recipients")
    added: list[str]
    dropped: list[str]


class ComparisonOut(BaseModel):
    """Hai văn bản đặt cạnh nhau."""

    levels: bool = Field(description="Văn bản thứ nhất là của cấp trên")
    related: bool = Field(description="Sai: hai văn bản không cùng chủ đề, không so sánh từng mục")
    note: str
    summary: list[str]
    share: float = Field(description="Phần các mục có mục ứng với nó")
    counts: dict[str, int]
    rows: list[RowOut]
    citations: list[CitationChangeOut]
    lists: list[ListChangeOut]


class StepOut(BaseModel):
    """Từ năm này sang năm sau."""

    kind: str
    facts: list[str]


class ChainRowOut(BaseModel):
    """Một mục qua các năm."""

    cells: list[list[ItemOut]]
    steps: list[list[StepOut]]
    changed: bool


class CompareOut(BaseModel):
    """Kết quả so sánh hai hoặc ba văn bản."""

    documents: list[ComparedDocument]
    found_counterpart: bool = Field(description="Văn bản năm trước do chương trình tự tìm")
    comparisons: list[ComparisonOut]
    chain: list[ChainRowOut]
