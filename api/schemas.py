"""What the HTTP API answers, typed, so that its schema can be read and clients made from it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    # what the rooms below may add is passed on; what is listed here is promised
    model_config = ConfigDict(extra="allow")


class Problem(BaseModel):
    """Lỗi theo RFC 9457."""

    type: str = "about:blank"
    title: str = Field(examples=["Không tìm thấy"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["Không có văn bản nào mang mã “3f2a…”."])
    instance: str | None = None
    remedy: str | None = None


class BoxOnPage(Answer):
    """Một khung trên trang, đơn vị điểm (1/72 inch) từ góc trên bên trái."""

    page: int
    box: tuple[float, float, float, float]


class Evidence(Answer):
    """Chỗ đọc được thông tin: vị trí ký tự trong toàn văn, trang, dòng, khung trên trang, quy tắc, độ tin cậy."""

    start: int
    end: int
    surface: str
    source: str
    page: int
    line: int
    rule: str
    confidence: float = Field(ge=0, le=1)
    boxes: list[BoxOnPage]


class DocumentSummary(Answer):
    """Một văn bản trong danh sách."""

    id: str = Field(description="SHA-256 của tệp, dạng hex")
    source: str = Field(description="Tên tệp khi nạp")
    media_type: str
    received_at: str
    number: str | None = Field(description="Số ký hiệu", examples=["123/SGDĐT-VP"])
    date: str | None = Field(description="Ngày ban hành, ISO", examples=["2023-09-15"])
    issuer: str | None = Field(description="Cơ quan ban hành")
    issuer_level: str | None = Field(description="bo, so, phong hoặc truong")
    doc_type: str | None = Field(description="Tên loại")
    subject: str | None = Field(description="Trích yếu")
    school_year: str | None = Field(examples=["2023-2024"])
    pages: int
    status: Literal["success", "partial"]


class Header(Answer):
    """Phần đầu và phần ký của văn bản."""

    number: str | None
    date: str | None
    issuer: str | None
    issuer_level: str | None
    doc_type: str | None
    subject: str | None
    addressees: list[str]
    school_year: str | None
    signer: str | None
    signer_title: str | None
    recipients: list[str]


class Citation(Answer):
    """Một lần viện dẫn văn bản khác."""

    line: int
    page: int
    raw: str
    number: str
    doc_type: str | None
    date: str | None
    issuer: str | None
    relation: str
    place: str
    alternatives: list[str]
    evidence: Evidence


class Deadline(Answer):
    """Một việc có hạn."""

    line: int
    page: int
    task: str
    due: str | None
    due_text: str
    actor: list[str]
    levels: list[str] | None
    recipient: str | None
    via: str | None
    evidence: Evidence
    due_evidence: Evidence


class Duty(Answer):
    """Một việc không ghi hạn."""

    line: int
    page: int
    task: str
    actor: list[str]
    levels: list[str] | None
    target: str | None
    evidence: Evidence


class Conflict(Answer):
    """Một chỗ văn bản tự mâu thuẫn."""

    line: int
    page: int
    what: str
    evidence: Evidence


class FactsOut(Answer):
    """Thông tin trích được từ một văn bản."""

    meta: Header
    meta_evidence: dict[str, Evidence]
    citations: list[Citation]
    deadlines: list[Deadline]
    duties: list[Duty]
    conflicts: list[Conflict]


class Edit(Answer):
    """Một chỗ đã phục hồi: vị trí trong chữ của trang, chữ gốc, độ tin cậy, cách đọc khác."""

    start: int
    end: int
    text: str
    source: str
    confidence: float
    rule: str
    alternatives: list[str]


class PageOut(Answer):
    """Một trang: chữ, cách có được chữ (keep, repair, ocr) và những chỗ đã phục hồi."""

    number: int
    first_line: int
    width: float | None
    height: float | None
    decision: Literal["keep", "repair", "ocr"]
    reason: str
    error: str | None
    text: str
    edits: list[Edit]


class DocumentOut(DocumentSummary):
    """Một văn bản đầy đủ."""

    reader: str
    warnings: list[str]
    facts: FactsOut
    page_list: list[PageOut]


class Removed(BaseModel):
    """Văn bản vừa lấy ra khỏi kho; tệp gốc vẫn được giữ."""

    id: str
    source: str
    number: str | None


class HitOut(Answer):
    """Một đoạn tìm được; highlights là các khoảng ký tự của text chứa từ trong câu hỏi."""

    source: str
    document: str
    number: str | None
    page: int
    line_from: int
    line_to: int
    text: str
    score: float
    heading: list[str]
    highlights: list[tuple[int, int]]
    date: str | None
    school_year: str | None
    issuer: str | None


class AnswerOut(Answer):
    """Ngày trả lời cho câu hỏi “khi nào”; hit là thứ tự (từ 0) của đoạn chứa ngày đó."""

    due: str | None
    due_text: str
    task: str
    actor: list[str]
    recipient: str | None
    hit: int
    source: str
    document: str
    number: str | None
    page: int
    line: int
    school_year: str | None


class SearchOut(BaseModel):
    """Kết quả tìm, đoạn phù hợp nhất đứng đầu."""

    query: str
    kind: Literal["when", "who", "which", "what"]
    answer: AnswerOut | None
    message: str
    hits: list[HitOut]


class SuggestionOut(BaseModel):
    """Một gợi ý khi gõ câu hỏi."""

    text: str = Field(examples=["y tế trường học"])
    kind: Literal["number", "issuer", "topic"] = Field(examples=["topic"])
    about: str = Field(examples=["Hướng dẫn công tác y tế trường học"])


class JobFile(Answer):
    """Một tệp của công việc nạp."""

    name: str
    status: Literal["queued", "running", "success", "partial", "failure"]
    document: str | None
    number: str | None
    page: int = Field(description="Số trang đã đọc")
    pages: int
    reason: str


class JobOut(BaseModel):
    """Một công việc nạp văn bản."""

    id: str
    url: str = Field(examples=["/v1/jobs/0123456789abcdef0123456789abcdef"])
    status: Literal["queued", "running", "done", "failed"]
    created_at: str
    reason: str
    files: list[JobFile]


class GraphRow(Answer):
    """Một lần viện dẫn: văn bản ở đầu kia, quan hệ, và chỗ viện dẫn trong văn bản nguồn."""

    number: str
    document: str | None = Field(description="Mã văn bản nếu đã có trong kho")
    date: str | None
    relation: str
    page: int
    line: int


class GraphNode(Answer):
    """Một văn bản trong mạng, đã có hoặc chưa có trong kho."""

    number: str = Field(examples=["26/2019/TT-BGDĐT"])
    document: str | None = Field(description="Mã văn bản nếu đã có trong kho")
    date: str | None = Field(examples=["2019-12-30"])
    cited_by_count: int | None = Field(default=None, description="Số văn bản viện dẫn nó")


class GraphLevel(Answer):
    """Một cấp của chuỗi Bộ → Sở → Phòng → trường, với các văn bản của cấp đó."""

    level: Literal["bo", "so", "phong", "truong"]
    documents: list[GraphNode]


class GraphOut(Answer):
    """Văn bản này viện dẫn gì (cites), văn bản nào viện dẫn nó (cited_by), và chuỗi cấp trên, cấp dưới."""

    number: str
    cites: list[GraphRow]
    cited_by: list[GraphRow]
    above: list[str]
    below: list[str]
    chain: list[GraphLevel] = Field(
        default=[], description="Chuỗi Bộ → Sở → Phòng → trường mà văn bản đứng trong đó, cấp cao nhất trước"
    )
    replaced_by: list[str]
    in_force: bool | None = Field(description="Còn hiệu lực vào ngày được hỏi; null: chưa rõ")
    force_reason: str = Field(examples=["đã bị thay thế bởi 2254/SGDĐT-CTTT"])
    last_year: str | None = Field(description="Văn bản cùng cơ quan, cùng việc của năm học trước")


class GraphFinding(Answer):
    """Chỗ viện dẫn một văn bản đã bị thay thế như còn hiệu lực."""

    document: str
    number: str = Field(examples=["518/PGDĐT-CM"])
    page: int
    line: int
    cited: str
    replaced_by: str
    what: str


class GraphOverview(Answer):
    """Cả mạng văn bản: được viện dẫn nhiều nhất, còn thiếu trong kho, còn hiệu lực, chỗ cần xem lại."""

    most_cited: list[GraphNode]
    to_fetch: list[GraphNode]
    in_force: list[GraphNode]
    findings: list[GraphFinding]


class Health(BaseModel):
    """Máy chủ đang chạy."""

    status: Literal["ok"]
    version: str
    documents: int
    index_current: bool
