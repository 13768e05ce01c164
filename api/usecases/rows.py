"""Results of taking files in: one row a file, which cannot claim success and carry an error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from api import wording
from corpus.document import Document
from corpus.errors import CongvanError, ExitCode
from corpus.facts import Facts
from corpus.store import DocumentInfo

#: So many files are named in a note.
NAMED = 5


class Status(StrEnum):
    """How it ended for one file."""

    SUCCESS = "success"
    PARTIAL = "partial"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class IngestRow:
    """What became of one file. ``reason`` says why it is not a success, or "đã có" where nothing was to be done;
    ``found`` what was read in it, in words."""

    status: Status
    source: str
    document: str | None = None
    number: str | None = None
    pages: int = 0
    reason: str = ""
    found: str = ""

    def __post_init__(self) -> None:
        if (self.status is Status.FAILURE) == (self.document is not None):
            raise ValueError("a row has a document exactly when it is no failure")
        if self.status is not Status.SUCCESS and not self.reason:
            raise ValueError("what is not a success needs a reason")

    def as_dict(self) -> dict[str, Any]:
        """Return the row as plain data."""
        return {
            "status": self.status.value,
            "document": self.document,
            "number": self.number,
            "pages": self.pages,
            "reason": self.reason,
            "source": self.source,
        }


def left_out(files: Sequence[Path]) -> list[str]:
    """Return what is said of files in folders that are of no kind that is read: nothing where there are none."""
    if not files:
        return []
    names = ", ".join(file.name for file in files[:NAMED]) + (", …" if len(files) > NAMED else "")
    kinds = "Hãy lưu văn bản thành PDF, DOCX hoặc TXT rồi nạp lại."
    return [f"Bỏ qua {len(files)} tệp không thuộc loại đọc được: {names}. {kinds}"]


def taken_in(document: Document, facts: Facts, earlier: DocumentInfo | None = None) -> IngestRow:
    """Return the row of a directive that was read and stored. ``earlier`` is the same number, issuer and year in other
    bytes."""
    failed = document.failed_pages
    reason = ""
    if failed:
        numbers = ", ".join(str(page.number) for page in failed)
        reason = f"Không đọc được trang {numbers}: {failed[0].error}"
    if earlier is not None:
        reason = " ".join(filter(None, (reason, version_note(earlier))))
    return IngestRow(
        status=Status.PARTIAL if failed else Status.SUCCESS,
        source=document.source,
        document=document.id,
        number=facts.header.number,
        pages=len(document.pages),
        reason=reason,
        found=found_in(facts),
    )


def found_in(facts: Facts) -> str:
    """Return what was read in a directive: its kind, day and subject, duties, citations, contradictions."""
    header = facts.header
    counts = (
        (len(facts.deadlines), "việc có hạn"),
        (len(facts.duties), "việc không ghi hạn"),
        (len(facts.citations), "lần viện dẫn văn bản khác"),
        (len(facts.conflicts), "chỗ mâu thuẫn cần xem lại"),
    )
    said = ", ".join(f"{count} {words}" for count, words in counts if count)
    if not said and not header.number and not header.issuer:
        return "Chưa thấy đây là văn bản chỉ đạo: không có số ký hiệu, cơ quan ban hành hay việc phải làm."
    day = f"ngày {wording.day(header.date)}" if header.date else ""
    about = ": ".join(filter(None, (" ".join(filter(None, (header.doc_type, day))), header.subject)))
    told = ". ".join(filter(None, (about, said and f"Đọc được {said}")))
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def version_note(earlier: DocumentInfo) -> str:
    """Return the warning for a directive that came before in other bytes."""
    return (
        f"Phiên bản mới: cùng số, cơ quan và năm với {earlier.source} (mã {earlier.id[:12]}) nhưng nội dung tệp khác;"
        " cả hai đều được giữ."
    )


def known(info: DocumentInfo, source: str) -> IngestRow:
    """Return the row of a file whose very bytes are stored already."""
    name = f" dưới tên {info.source}" if info.source != source else ""
    return IngestRow(Status.SUCCESS, source, info.id, info.number, info.pages, f"đã có{name}")


def failed(source: str, error: CongvanError | OSError) -> IngestRow:
    """Return the row of a file that could not be taken in."""
    if isinstance(error, CongvanError):
        return IngestRow(Status.FAILURE, source, reason=str(error))
    why = error.strerror or type(error).__name__
    return IngestRow(Status.FAILURE, source, reason=f"Không mở được tệp ({why}). Hãy kiểm tra đường dẫn và quyền đọc.")


def unindexed(row: IngestRow, error: CongvanError) -> IngestRow:
    """Return the row of a directive that is stored but could not be indexed; the next search tries again."""
    if row.status is not Status.SUCCESS or row.reason:
        return row
    return replace(row, status=Status.PARTIAL, reason=f"đã lưu, chưa lập được chỉ mục: {error}")


def crashed(source: str, error: Exception) -> IngestRow:
    """Return the row of a file at which the program itself went wrong; the border of the file is here."""
    reason = f"Lỗi trong chương trình khi đọc tệp ({type(error).__name__}: {error})."
    return IngestRow(Status.FAILURE, source, reason=f"{reason} Hãy gửi tệp này cho người phụ trách phần mềm.")


def exit_code(rows: Sequence[IngestRow]) -> ExitCode:
    """Return the exit code of a batch: a file that failed, wholly or in part, makes it SOME_FAILED."""
    return ExitCode.OK if all(row.status is Status.SUCCESS for row in rows) else ExitCode.SOME_FAILED
