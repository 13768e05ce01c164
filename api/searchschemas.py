"""What the HTTP API answers about questions, typed; see ``api.schemas``."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from api.dutyschemas import DutyOut
from api.schemas import Answer


class HitOut(Answer):
    """Một đoạn tìm được; highlights là các khoảng ký tự của text chứa từ trong câu hỏi.

    same_as là thứ tự (từ 0) của kết quả đứng trước nói gần như cùng lời trong văn bản khác.
    """

    passage: str = Field(description="Mã đoạn, để tìm đoạn tương tự", examples=["3f2a9c0d" * 4])
    source: str = Field(examples=["2023-so-bao-cao.pdf"])
    document: str = Field(examples=["3f2a9c0d" * 8])
    number: str | None = Field(examples=["815/SGDĐT-GDTrH"])
    page: int = Field(examples=[2])
    where: str = Field(description="Chỗ của đoạn; tệp Word, HTML: mục", examples=["trang 2, dòng 12"])
    line_from: int = Field(examples=[12])
    line_to: int = Field(examples=[14])
    text: str = Field(examples=["Gửi báo cáo sơ kết học kỳ I trước ngày 15/01/2024."])
    score: float = Field(examples=[0.83])
    heading: list[str] = Field(examples=[["II. TỔ CHỨC THỰC HIỆN"]])
    highlights: list[tuple[int, int]] = Field(examples=[[(4, 11)]])
    date: str | None = Field(examples=["2023-12-20"])
    school_year: str | None = Field(examples=["2023-2024"])
    issuer: str | None = Field(examples=["Sở Giáo dục và Đào tạo Lâm Đồng"])
    subject: str | None = Field(description="Trích yếu của văn bản", examples=["Báo cáo sơ kết học kỳ I"])
    same_as: int | None = Field(examples=[0])
    replaced_by: str | None = Field(
        description="Số ký hiệu của văn bản đã thay thế hoặc bãi bỏ văn bản này, tính đến hôm nay",
        examples=["12/2024/TT-BGDĐT"],
    )
    in_force_from: str | None = Field(
        description="Ngày văn bản bắt đầu có hiệu lực, nếu hôm nay chưa đến ngày đó", examples=["2024-02-14"]
    )


class AnswerOut(Answer):
    """Ngày trả lời cho câu hỏi “khi nào”; hit là thứ tự (từ 0) của đoạn chứa ngày đó."""

    due: str | None = Field(examples=["2024-01-15"])
    due_text: str = Field(examples=["trước ngày 15/01/2024"])
    task: str = Field(examples=["Gửi báo cáo sơ kết học kỳ I về Sở GDĐT."])
    actor: list[str] = Field(examples=[["co_so_giao_duc"]])
    recipient: str | None = Field(examples=["Sở GDĐT"])
    hit: int = Field(examples=[0])
    source: str = Field(examples=["2023-so-bao-cao.pdf"])
    document: str = Field(examples=["3f2a9c0d" * 8])
    number: str | None = Field(examples=["815/SGDĐT-GDTrH"])
    page: int = Field(examples=[2])
    line: int = Field(examples=[14])
    where: str = Field(description="Chỗ của đoạn; tệp Word, HTML: mục", examples=["trang 2, dòng 14"])
    school_year: str | None = Field(examples=["2023-2024"])
    subject: str | None = Field(description="Trích yếu của văn bản", examples=["Báo cáo sơ kết học kỳ I"])


class DueOut(Answer):
    """Những việc có hạn trong tháng hay tuần được hỏi."""

    label: str = Field(examples=["tháng 10/2023"])
    since: str = Field(alias="from", description="Từ ngày", examples=["2023-10-01"])
    until: str = Field(alias="to", description="Đến ngày", examples=["2023-10-31"])
    note: str = Field(description="Vì sao là năm khác với năm nghĩ đến", examples=[""])
    unit: str = Field(description="Đơn vị được hỏi", examples=["Trường THCS, Vĩnh Phúc"])
    count: int = Field(description="Có bao nhiêu việc", examples=[4])
    duties: list[DutyOut] = Field(description="Những việc đầu")


class SearchOut(BaseModel):
    """Kết quả tìm, đoạn phù hợp nhất đứng đầu."""

    query: str = Field(examples=["hạn nộp báo cáo học kỳ 1"])
    kind: Literal["when", "who", "which", "what"] = Field(examples=["when"])
    answer: AnswerOut | None
    message: str = Field(examples=[""])
    weak: bool = Field(description="Không đoạn nào khớp hẳn với câu hỏi.", examples=[False])
    due: DueOut | None
    hits: list[HitOut]


class SimilarOut(BaseModel):
    """Những đoạn tương tự, gần nhất đứng đầu; like là đoạn đem so."""

    like: HitOut
    message: str = Field(examples=[""])
    hits: list[HitOut]


class SuggestionOut(BaseModel):
    """Một gợi ý khi gõ câu hỏi."""

    text: str = Field(examples=["y tế trường học"])
    kind: Literal["number", "issuer", "topic"] = Field(examples=["topic"])
    about: str = Field(examples=["Hướng dẫn công tác y tế trường học"])
