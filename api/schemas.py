"""What the HTTP API answers, typed, so that its schema can be read and clients made from it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    # what the rooms below may add is passed on; what is listed here is promised
    model_config = ConfigDict(extra="allow")


class Problem(BaseModel):
    """Lỗi theo RFC 9457."""

    type: str = Field("about:blank", examples=["about:blank"])
    title: str = Field(examples=["Không tìm thấy"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["Không có văn bản nào mang mã “3f2a…”."])
    instance: str | None = Field(None, examples=["/v1/documents/3f2a"])
    remedy: str | None = Field(None, examples=["Hãy xem danh sách văn bản."])


class BoxOnPage(Answer):
    """Một khung trên trang, đơn vị điểm (1/72 inch) từ góc trên bên trái."""

    page: int = Field(examples=[2])
    box: tuple[float, float, float, float] = Field(examples=[(72.0, 310.5, 523.0, 324.0)])


class Evidence(Answer):
    """Chỗ đọc được thông tin: vị trí ký tự trong toàn văn, trang, dòng, khung trên trang, quy tắc, độ tin cậy."""

    start: int = Field(examples=[120])
    end: int = Field(examples=[154])
    surface: str = Field(examples=["trước ngày 15/01/2024"])
    source: str = Field(examples=["truoc ngay 15/01/2024"])
    page: int = Field(examples=[2])
    line: int = Field(examples=[14])
    rule: str = Field(examples=["by-day"])
    confidence: float = Field(ge=0, le=1, examples=[0.95])
    boxes: list[BoxOnPage]


class DocumentSummary(Answer):
    """Một văn bản trong danh sách."""

    id: str = Field(description="SHA-256 của tệp, dạng hex", examples=["3f2a9c0d" * 8])
    source: str = Field(description="Tên tệp khi nạp", examples=["2023-so-bao-cao.pdf"])
    media_type: str = Field(examples=["application/pdf"])
    received_at: str = Field(examples=["2024-01-10T08:00:00+00:00"])
    number: str | None = Field(description="Số ký hiệu", examples=["123/SGDĐT-VP"])
    date: str | None = Field(description="Ngày ban hành, ISO", examples=["2023-09-15"])
    issuer: str | None = Field(description="Cơ quan ban hành", examples=["Sở Giáo dục và Đào tạo Lâm Đồng"])
    issuer_level: str | None = Field(description="bo, so, phong hoặc truong", examples=["so"])
    doc_type: str | None = Field(description="Tên loại", examples=["Công văn"])
    subject: str | None = Field(description="Trích yếu", examples=["Báo cáo sơ kết học kỳ I"])
    school_year: str | None = Field(examples=["2023-2024"])
    pages: int = Field(examples=[3])
    status: Literal["success", "partial"] = Field(examples=["success"])


class Header(Answer):
    """Phần đầu và phần ký của văn bản."""

    number: str | None = Field(examples=["815/SGDĐT-GDTrH"])
    date: str | None = Field(examples=["2023-12-20"])
    issuer: str | None = Field(examples=["Sở Giáo dục và Đào tạo Lâm Đồng"])
    issuer_level: str | None = Field(examples=["so"])
    doc_type: str | None = Field(examples=["Công văn"])
    subject: str | None = Field(examples=["Báo cáo sơ kết học kỳ I"])
    addressees: list[str] = Field(examples=[["Hiệu trưởng các trường THPT"]])
    school_year: str | None = Field(examples=["2023-2024"])
    signer: str | None = Field(examples=["Nguyễn Văn Bình"])
    signer_title: str | None = Field(examples=["Phó Giám đốc"])
    recipients: list[str] = Field(examples=[["Như trên", "Lưu: VT, GDTrH"]])
    effective: str | None = Field(
        default=None, description="Ngày có hiệu lực, ISO; null: văn bản không nêu", examples=["2023-12-20"]
    )


class Citation(Answer):
    """Một lần viện dẫn văn bản khác."""

    line: int = Field(examples=[14])
    page: int = Field(examples=[2])
    raw: str = Field(examples=["Công văn số 4118/BGDĐT-GDTC ngày 30/8/2022 của Bộ Giáo dục và Đào tạo"])
    number: str = Field(examples=["4118/BGDĐT-GDTC"])
    doc_type: str | None = Field(examples=["Công văn"])
    date: str | None = Field(examples=["2023-12-20"])
    issuer: str | None = Field(examples=["Bộ Giáo dục và Đào tạo"])
    relation: str = Field(examples=["implements"])
    place: str = Field(examples=["body"])
    alternatives: list[str] = Field(examples=[["1221/QĐ-BYT"]])
    evidence: Evidence


class Deadline(Answer):
    """Một việc có hạn."""

    line: int = Field(examples=[14])
    page: int = Field(examples=[2])
    task: str = Field(examples=["Gửi báo cáo sơ kết học kỳ I về Sở GDĐT."])
    due: str | None = Field(examples=["2024-01-15"])
    due_text: str = Field(examples=["trước ngày 15/01/2024"])
    actor: list[str] = Field(examples=[["co_so_giao_duc"]])
    levels: list[str] | None = Field(examples=[["thpt"]])
    recipient: str | None = Field(examples=["Sở GDĐT"])
    via: str | None = Field(examples=["Phòng GDTrH"])
    evidence: Evidence
    due_evidence: Evidence


class Duty(Answer):
    """Một việc không ghi hạn."""

    line: int = Field(examples=[14])
    page: int = Field(examples=[2])
    task: str = Field(examples=["Niêm yết kết quả khám sức khỏe tại bảng tin."])
    actor: list[str] = Field(examples=[["co_so_giao_duc"]])
    levels: list[str] | None = Field(examples=[["thpt"]])
    target: str | None = Field(examples=["100%"])
    evidence: Evidence


class Conflict(Answer):
    """Một chỗ văn bản tự mâu thuẫn."""

    line: int = Field(examples=[14])
    page: int = Field(examples=[2])
    what: str = Field(examples=["Ngày họp ở mục 2 (12/10) khác ngày ở mục 4 (14/10)."])
    evidence: Evidence


class FactsOut(Answer):
    """Thông tin trích được từ một văn bản."""

    confidence: float = Field(
        ge=0, le=1, description="Máy chắc đến đâu rằng đây là văn bản chỉ đạo (0: thơ, danh sách …)", examples=[0.97]
    )
    meta: Header
    meta_evidence: dict[str, Evidence] = Field(examples=[{}])
    citations: list[Citation]
    deadlines: list[Deadline]
    duties: list[Duty]
    conflicts: list[Conflict]


class Edit(Answer):
    """Một chỗ đã phục hồi: vị trí trong chữ của trang, chữ gốc, độ tin cậy, cách đọc khác."""

    start: int = Field(examples=[120])
    end: int = Field(examples=[124])
    text: str = Field(examples=["khỏe"])
    source: str = Field(examples=["khoe"])
    confidence: float = Field(examples=[0.95])
    rule: str = Field(examples=["restored"])
    alternatives: list[str] = Field(examples=[["khoẻ"]])


class PageOut(Answer):
    """Một trang: chữ, cách có được chữ (keep, repair, ocr) và những chỗ đã phục hồi."""

    number: int = Field(examples=[2])
    first_line: int = Field(examples=[31])
    width: float | None = Field(examples=[595.0])
    height: float | None = Field(examples=[842.0])
    decision: Literal["keep", "repair", "ocr"] = Field(examples=["ocr"])
    reason: str = Field(examples=["lớp chữ có sẵn không phải tiếng Việt"])
    error: str | None = Field(examples=["Trang quá mờ."])
    text: str = Field(examples=["SỞ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 815/SGDĐT-GDTrH"])
    edits: list[Edit]


class DocumentOut(DocumentSummary):
    """Một văn bản đầy đủ."""

    reader: str = Field(examples=["tesseract 5.5 vie"])
    warnings: list[str] = Field(examples=[["Trang 3 rất mờ."]])
    facts: FactsOut
    page_list: list[PageOut]


class Removed(BaseModel):
    """Văn bản vừa lấy ra khỏi kho; tệp gốc vẫn được giữ."""

    id: str = Field(examples=["3f2a9c0d" * 8])
    source: str = Field(examples=["2023-so-bao-cao.pdf"])
    number: str | None = Field(examples=["815/SGDĐT-GDTrH"])


class JobFile(Answer):
    """Một tệp của công việc nạp."""

    name: str = Field(examples=["báo cáo.pdf"])
    status: Literal["queued", "running", "success", "partial", "failure"] = Field(examples=["running"])
    document: str | None = Field(examples=["3f2a9c0d" * 8])
    number: str | None = Field(examples=["815/SGDĐT-GDTrH"])
    page: int = Field(description="Số trang đã đọc", examples=[2])
    pages: int = Field(examples=[3])
    reason: str = Field(examples=["Trang 2 quá mờ."])
    found: str = Field(
        default="",
        description="Đọc được gì trong tệp",
        examples=[
            "Công văn ngày 20/12/2023: Báo cáo sơ kết học kỳ I. Đọc được 2 việc có hạn, 1 lần viện dẫn văn bản khác."
        ],
    )


class JobOut(BaseModel):
    """Một công việc nạp văn bản."""

    id: str = Field(examples=["0123456789abcdef" * 2])
    url: str = Field(examples=["/v1/jobs/0123456789abcdef0123456789abcdef"])
    status: Literal["queued", "running", "done", "failed"] = Field(examples=["running"])
    created_at: str = Field(examples=["2024-01-10T08:00:00+00:00"])
    reason: str = Field(examples=[""])
    files: list[JobFile]


class GraphRow(Answer):
    """Một lần viện dẫn: văn bản ở đầu kia, quan hệ, và chỗ viện dẫn trong văn bản nguồn."""

    number: str = Field(examples=["4118/BGDĐT-GDTC"])
    document: str | None = Field(description="Mã văn bản nếu đã có trong kho", examples=["3f2a9c0d" * 8])
    date: str | None = Field(examples=["2023-12-20"])
    relation: str = Field(examples=["implements"])
    page: int = Field(examples=[2])
    line: int = Field(examples=[14])


class GraphNode(Answer):
    """Một văn bản trong mạng, đã có hoặc chưa có trong kho."""

    number: str = Field(examples=["26/2019/TT-BGDĐT"])
    document: str | None = Field(description="Mã văn bản nếu đã có trong kho", examples=["3f2a9c0d" * 8])
    date: str | None = Field(examples=["2019-12-30"])
    effective: str | None = Field(default=None, description="Ngày có hiệu lực nó tự nêu", examples=["2020-02-14"])
    cited_by_count: int | None = Field(default=None, description="Số văn bản viện dẫn nó", examples=[4])


class GraphLevel(Answer):
    """Một cấp của chuỗi Bộ → Sở → Phòng → trường, với các văn bản của cấp đó."""

    level: Literal["bo", "so", "phong", "truong"] = Field(examples=["so"])
    documents: list[GraphNode]


class GraphOut(Answer):
    """Văn bản này viện dẫn gì (cites), văn bản nào viện dẫn nó (cited_by), và chuỗi cấp trên, cấp dưới."""

    number: str = Field(examples=["815/SGDĐT-GDTrH"])
    cites: list[GraphRow]
    cited_by: list[GraphRow]
    above: list[str] = Field(examples=[["4118/BGDĐT-GDTC"]])
    below: list[str] = Field(examples=[["518/PGDĐT-CM"]])
    chain: list[GraphLevel] = Field(
        default=[], description="Chuỗi Bộ → Sở → Phòng → trường mà văn bản đứng trong đó, cấp cao nhất trước"
    )
    replaced_by: list[str] = Field(description="Văn bản thay thế hoặc bãi bỏ nó", examples=[["2254/SGDĐT-CTTT"]])
    amended_by: list[str] = Field(
        default=[], description="Văn bản sửa đổi, bổ sung hoặc bãi bỏ một phần", examples=[["1043/QĐ-SGDĐT"]]
    )
    in_force: bool | None = Field(description="Còn hiệu lực vào ngày được hỏi; null: chưa rõ", examples=[True])
    standing: Literal["in_force", "not_issued", "not_yet", "replaced", "unknown"] = Field(
        description="Tình trạng vào ngày được hỏi: còn hiệu lực, chưa ban hành, đã ban hành nhưng chưa có hiệu lực, "
        "đã bị thay thế hoặc bãi bỏ, chưa rõ",
        examples=["not_yet"],
    )
    force_reason: str = Field(
        description="Tình trạng đó bằng lời", examples=["đã bị thay thế hoặc bãi bỏ bởi 2254/SGDĐT-CTTT"]
    )
    last_year: str | None = Field(
        description="Văn bản cùng cơ quan, cùng việc của năm học trước", examples=["702/SGDĐT-GDTrH"]
    )


class GraphFinding(Answer):
    """Chỗ viện dẫn một văn bản đã bị thay thế hoặc bãi bỏ như còn hiệu lực."""

    document: str = Field(examples=["3f2a9c0d" * 8])
    number: str = Field(examples=["518/PGDĐT-CM"])
    page: int = Field(examples=[2])
    line: int = Field(examples=[14])
    cited: str = Field(examples=["1388/QĐ-SGDĐT"])
    replaced_by: str = Field(examples=["1043/QĐ-SGDĐT"])
    what: str = Field(examples=["Ngày họp ở mục 2 (12/10) khác ngày ở mục 4 (14/10)."])


class GraphOverview(Answer):
    """Cả mạng văn bản: được viện dẫn nhiều nhất, còn thiếu trong kho, còn hiệu lực, chỗ cần xem lại."""

    most_cited: list[GraphNode]
    to_fetch: list[GraphNode]
    in_force: list[GraphNode]
    findings: list[GraphFinding]


class ReadyPart(BaseModel):
    """Một phần mà máy chủ cần."""

    name: Literal["store", "index", "disk", "tesseract"] = Field(examples=["index"])
    ok: bool = Field(examples=[True])


class Ready(BaseModel):
    """Máy chủ làm việc được không; chi tiết nằm trong nhật ký và trong lệnh congvan doctor."""

    ready: bool = Field(examples=[True])
    checks: list[ReadyPart]


class Health(BaseModel):
    """Máy chủ đang chạy."""

    status: Literal["ok"] = Field(examples=["ok"])
    version: str = Field(examples=["0.1.0"])
    documents: int = Field(examples=[1250])
    index_current: bool = Field(examples=[True])
