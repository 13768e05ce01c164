"""What the HTTP API answers about questions, typed; see ``api.schemas``."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from api.dutyschemas import DutyOut
from api.schemas import Answer, AnswerOut, HitOut


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
