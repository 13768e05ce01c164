"""Small directives made by hand, and an embedder without a model."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.document import Document, Page, content_id
from corpus.facts import Citation, CitationPlace, Deadline, Facts, Header, IssuerLevel, Relation, Section, evidence
from corpus.numbers import document_key, parse_number
from index.embedding import Vectors

SO = """SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 310/SGDĐT-VP
Kính gửi: Các trường trung học phổ thông
Thực hiện Công văn số 88/BGDĐT-GDTH ngày 02/3/2023 của Bộ Giáo dục và Đào tạo, Sở yêu cầu:
I. NỘI DUNG
1. Các trường tổ chức ngày hội đọc sách tại thư viện, mỗi lớp giới thiệu một cuốn sách.
2. Trang bị bình chữa cháy cho phòng thí nghiệm; tập huấn phòng cháy, chữa cháy cho nhân viên.
II. BÁO CÁO
1. Gửi báo cáo sơ kết học kỳ I về Sở GDĐT (qua Văn phòng) trước ngày 12/01/2024.
2. Gửi báo cáo tổng kết năm học về Sở GDĐT trước ngày 30/5/2024.
Nơi nhận:
- Như trên;
- Lưu: VT."""

BO = """BỘ GIÁO DỤC VÀ ĐÀO TẠO
Số: 88/BGDĐT-GDTH
Kính gửi: Các sở giáo dục và đào tạo
1. Phát động phong trào đọc sách trong học sinh; xây dựng tủ sách lớp học.
2. Thanh toán học phí không dùng tiền mặt ở nơi đủ điều kiện.
3. Gửi báo cáo về Bộ GDĐT trước ngày 15/12/2022."""


@dataclass(frozen=True)
class Stored:
    """A directive with its facts."""

    document: Document
    facts: Facts


@dataclass(frozen=True)
class Shelf:
    """Directives held in memory, as the index wants its store."""

    rows: tuple[Stored, ...]

    def stored(self) -> list[Stored]:
        """Return the directives."""
        return list(self.rows)


class HashEmbedder:
    """Vectors from hashed words: no model, but texts with the same words are near."""

    def __init__(self, identity: str = "hash-1", dimension: int = 1024) -> None:
        self.identity, self.dimension = identity, dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors."""
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for k, text in enumerate(texts):
            for word in text.lower().split():
                found[k, zlib.crc32(word.encode()) % self.dimension] += 1
        unit: Vectors = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        return unit


def document(text: str, source: str = "a.txt") -> Document:
    """Return a text file; form feeds part pages, lines count on through the file."""
    pages, line = [], 1
    for number, page in enumerate(text.split("\f"), start=1):
        pages.append(Page(number, page, first_line=line))
        line += page.count("\n") + 1
    return Document(content_id(text.encode()), source, "text/plain", tuple(pages))


def section(doc: Document, words: str, path: tuple[str, ...] = (), title: str = "") -> Section:
    """Return the section on the line that holds ``words``."""
    at = doc.text.index(words)
    start = doc.text.rfind("\n", 0, at) + 1
    end = doc.text.find("\n", at)
    return Section(start, end if end >= 0 else len(doc.text), "", title, path, len(path))


def deadline(doc: Document, words: str, task: str, due: str, actor: str, recipient: str) -> Deadline:
    """Return a dated duty whose date is ``words``."""
    at = doc.text.index(words)
    found = evidence(doc, at, at + len(words), "test")
    return Deadline(found, found, task, due, words, (actor,), None, recipient)


def citation(doc: Document, words: str, number: str, year: int | None, relation: Relation) -> Citation:
    """Return a citation whose surface is ``words``."""
    at = doc.text.index(words)
    parsed = parse_number(number)
    assert parsed is not None
    date = f"{year}-03-02" if year else None
    key = document_key(parsed, year=year)
    found = evidence(doc, at, at + len(words), "test")
    return Citation(found, number, key, None, date, None, relation, CitationPlace.BODY)


def shelf() -> Shelf:
    """Return a directive of a Sở and one of the Bộ that it carries out."""
    so, bo = document(SO, "so.txt"), document(BO, "bo.txt")
    body, report = ("I. NỘI DUNG",), ("II. BÁO CÁO",)
    so_facts = Facts(
        Header(
            number="310/SGDĐT-VP",
            date="2023-09-10",
            place="Phú Lâm",
            issuer="Sở Giáo dục và Đào tạo tỉnh Phú Lâm",
            issuer_level=IssuerLevel.SO,
            doc_type="Công văn",
            school_year="2023-2024",
        ),
        citations=(citation(so, "Công văn số 88/BGDĐT-GDTH", "88/BGDĐT-GDTH", 2022, Relation.IMPLEMENTS),),
        deadlines=(
            deadline(so, "trước ngày 12/01/2024", "Báo cáo sơ kết", "2024-01-12", "co_so_giao_duc", "Sở GDĐT"),
            deadline(so, "trước ngày 30/5/2024", "Gửi báo cáo tổng kết", "2024-05-30", "co_so_giao_duc", "Sở GDĐT"),
        ),
        sections=(
            section(so, "Thực hiện Công văn"),
            section(so, "I. NỘI DUNG", title="NỘI DUNG"),
            section(so, "1. Các trường", body),
            section(so, "2. Trang bị", body),
            section(so, "II. BÁO CÁO", title="BÁO CÁO"),
            section(so, "1. Gửi báo cáo sơ kết", report),
            section(so, "2. Gửi báo cáo tổng kết", report),
        ),
    )
    bo_facts = Facts(
        Header(
            number="88/BGDĐT-GDTH",
            date="2022-03-02",
            place="Hà Nội",
            issuer="Bộ Giáo dục và Đào tạo",
            issuer_level=IssuerLevel.BO,
            doc_type="Công văn",
            school_year="2022-2023",
        ),
        deadlines=(deadline(bo, "trước ngày 15/12/2022", "Gửi báo cáo", "2022-12-15", "so_gddt", "Bộ GDĐT"),),
        sections=(section(bo, "1. Phát động"), section(bo, "2. Thanh toán"), section(bo, "3. Gửi báo cáo")),
    )
    return Shelf((Stored(so, so_facts), Stored(bo, bo_facts)))
