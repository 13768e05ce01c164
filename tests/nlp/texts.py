"""Documents and sentences for the tests of this room; offices and places are invented."""

from __future__ import annotations

from functools import lru_cache

from corpus.document import Document, Page
from corpus.facts import Citation, Deadline, Facts
from nlp.pipeline import Reader

HEAD = """UBND TỈNH HẢI LÂM
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 1234/SGDĐT-GDTrH
V/v thực hiện nhiệm vụ năm học 2023 - 2024
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Lâm, ngày 05 tháng 9 năm 2023

Kính gửi:
- Phòng GDĐT các huyện, thành phố;
- Các trường THPT, trung tâm GDTX.

"""
TAIL = """

Nơi nhận:
- Như trên;
- Lưu: VT, GDTrH.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Lê Thị Minh
"""


def document(*pages: str) -> Document:
    """Return a document of page texts."""
    return Document("0" * 64, "test.txt", "text/plain", tuple(Page(k, text) for k, text in enumerate(pages, 1)))


@lru_cache(maxsize=1)
def reader() -> Reader:
    """Return the reader, loaded once."""
    return Reader.load()


def facts_of(text: str, *, head: str = HEAD, tail: str = TAIL) -> Facts:
    """Return the facts of a body under a letterhead."""
    return reader().read(document(head + text + tail))


def cited(text: str, *, head: str = HEAD) -> list[Citation]:
    """Return the citations of a body."""
    return list(facts_of(text, head=head).citations)


def due(text: str, *, head: str = HEAD) -> list[Deadline]:
    """Return the deadlines of a numbered item."""
    return list(facts_of(text if text[:1].isdigit() or "\n" in text else f"1. {text}", head=head).deadlines)
