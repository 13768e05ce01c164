"""The shapes of a draft in the HTTP API."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from api.compared.schemas import ComparedDocument

_OFFICE = "Sở Giáo dục và Đào tạo tỉnh Phú Lâm"
_ID = "3f2a9c0d" * 8


class DraftIn(BaseModel):
    """Yêu cầu soạn dự thảo."""

    document: str = Field(
        min_length=1, max_length=200, description="Mã, số ký hiệu hoặc tên tệp của văn bản của Bộ trong kho",
        examples=["4118/BGDĐT-GDTC"],
    )  # fmt: skip
    unit: str = Field(min_length=1, max_length=120, description="Sở soạn văn bản", examples=["Sở GDĐT tỉnh Phú Lâm"])
    to: str = Field(default="", max_length=200, description="Các nhóm đơn vị", examples=["phong,truong"])
    kind: str = Field(default="cong-van", max_length=20, description="cong-van hoặc ke-hoach", examples=["cong-van"])
    day: str = Field(default="", max_length=20, description="Ngày ban hành; trống: để ngỏ", examples=["2022-09-14"])
    department: str = Field(default="", max_length=120, description="Phòng đầu mối", examples=["Phòng CTTT"])
    signer: str = Field(default="", max_length=120, description="Người ký", examples=["Võ Thị Kim Oanh"])
    lead: int | None = Field(
        default=None, ge=0, le=60, description="Hạn gửi Sở sớm hơn hạn của Bộ mấy ngày làm việc", examples=[7]
    )
    taken: list[str] = Field(
        default=[], max_length=200, description="Cách viết được lấy (precedents[].take)", examples=[[f"24:{_ID}:12"]]
    )
    output: Literal["json", "docx", "xlsx"] = Field(default="json", description="Dạng trả về", examples=["json"])


class RunOut(BaseModel):
    """Một đoạn chữ; có `question` là chỗ cần quyết định."""

    text: str = Field(examples=["[phòng đầu mối]"])
    question: str | None = Field(examples=["Phòng nào của Sở là đầu mối nhận báo cáo, giải đáp?"])


class SourceOut(BaseModel):
    """Nguồn của một đoạn."""

    name: str = Field(examples=["4118/BGDĐT-GDTC"])
    item: str = Field(examples=["III.2"])
    page: int | None = Field(examples=[3])
    line: int | None = Field(examples=[2])
    text: str = Field(examples=["4118/BGDĐT-GDTC, mục III.2, trang 3, dòng 2"])
    url: str | None = Field(examples=["/van-ban/3f2a9c0d?dong=3-2-2#d3-2"])


class ChangeOut(BaseModel):
    """Một chỗ đã sửa so với nguồn."""

    act: str = Field(examples=["day"])
    before: str = Field(examples=["trước ngày 30/9/2022"])
    after: str = Field(examples=["trước ngày 21/9/2022"])
    why: str = Field(examples=["sớm hơn 7 ngày làm việc"])
    text: str = Field(examples=["Hạn: trước ngày 30/9/2022 → trước ngày 21/9/2022 (sớm hơn 7 ngày làm việc)"])


class PrecedentOut(BaseModel):
    """Cách viết của văn bản khác cho cùng một mục."""

    name: str = Field(examples=["1985/SGDĐT-CTTT"])
    issuer: str | None = Field(examples=["Sở Giáo dục và Đào tạo Phú Lâm"])
    school_year: str | None = Field(examples=["2021-2022"])
    own: bool = Field(description="Của chính Sở này", examples=[True])
    item: str = Field(examples=["II.1.b"])
    text: str = Field(examples=["Tổng hợp báo cáo đợt 1 về khám sức khỏe của các trường."])
    url: str = Field(examples=["/van-ban/3f2a9c0d?dong=2-5-6#d2-5"])
    take: str = Field(description="Gửi lại trong `taken` để lấy cách viết này", examples=[f"24:{_ID}:12"])


class ParagraphOut(BaseModel):
    """Một đoạn của dự thảo."""

    kind: str = Field(examples=["clause"])
    label: str = Field(examples=["1."])
    text: str = Field(examples=["Báo cáo năm gửi về Sở GDĐT (qua Phòng CTTT) trước ngày 31/5/2023."])
    runs: list[RunOut] = Field(description="Các đoạn chữ, chỗ cần quyết định tách riêng")
    sources: list[SourceOut] = Field(description="Lấy từ đâu")
    changes: list[ChangeOut] = Field(description="Đã sửa gì so với nguồn")
    part: int | None = Field(description="Thứ tự của mục trong văn bản của Bộ", examples=[24])
    precedents: list[PrecedentOut] = Field(description="Cách viết khác có thể lấy")


class LineOut(BaseModel):
    """Một dòng của Kính gửi, Nơi nhận."""

    text: str = Field(examples=["Các trường trung học phổ thông"])
    runs: list[RunOut] = Field(description="Các đoạn chữ")
    sources: list[str] = Field(description="Lấy từ đâu", examples=[["1985/SGDĐT-CTTT, trang 2, dòng 20"]])


class DraftTaskOut(BaseModel):
    """Một dòng của bảng nhiệm vụ."""

    task: str = Field(examples=["Gửi báo cáo năm về y tế trường học."])
    who: str = Field(examples=["Các đơn vị"])
    due: str | None = Field(examples=["2023-05-31"])
    due_text: str = Field(examples=["trước ngày 31/5/2023"])
    recipient: str = Field(examples=["Sở GDĐT (qua Phòng CTTT)"])
    above: str | None = Field(description="Hạn của Bộ", examples=["2023-06-09"])
    above_text: str = Field(examples=["trước ngày 09/6/2023"])
    moved: bool = Field(description="Hạn đã đặt sớm hơn hạn của Bộ", examples=[True])
    source: SourceOut


class LeftOutOut(BaseModel):
    """Phần của văn bản nguồn không đưa vào dự thảo."""

    text: str = Field(examples=["Bộ GDĐT sẽ kiểm tra tại một số địa phương."])
    why: str = Field(examples=["việc của Bộ, không giao xuống đơn vị"])
    source: SourceOut


class GapOut(BaseModel):
    """Chỗ cần quyết định."""

    text: str = Field(examples=["[phòng đầu mối]"])
    question: str = Field(examples=["Phòng nào của Sở là đầu mối nhận báo cáo, giải đáp?"])


class OfficeOut(BaseModel):
    """Cơ quan soạn."""

    name: str = Field(examples=[_OFFICE])
    committee: str = Field(examples=["UBND tỉnh Phú Lâm"])


class DraftOut(BaseModel):
    """Dự thảo."""

    upper: ComparedDocument = Field(description="Văn bản của Bộ")
    office: OfficeOut
    kind: str = Field(examples=["cong-van"])
    issued: str = Field(description="Ngày dùng để tính hạn, đơn vị, hiệu lực", examples=["2022-08-30"])
    title: str | None = Field(examples=["KẾ HOẠCH"])
    number: str = Field(examples=["Số:      /SGDĐT-CTTT"])
    about: str = Field(examples=["hướng dẫn công tác y tế trường học năm học 2022-2023"])
    to: list[LineOut] = Field(description="Kính gửi")
    body: list[ParagraphOut] = Field(description="Nội dung")
    recipients: list[LineOut] = Field(description="Nơi nhận")
    power: list[str] = Field(description="Quyền hạn, chức vụ", examples=[["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]])
    signer: str = Field(examples=["Võ Thị Kim Oanh"])
    tasks: list[DraftTaskOut] = Field(description="Bảng nhiệm vụ")
    left_out: list[LeftOutOut] = Field(description="Phần không đưa vào")
    gaps: list[GapOut] = Field(description="Chỗ cần quyết định")
    notes: list[str] = Field(description="Lưu ý", examples=[["Cách giao việc, nơi nhận học từ 1985/SGDĐT-CTTT."]])
