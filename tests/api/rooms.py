"""Rooms for tests of the use cases: plain text in, facts by a toy grammar, an index that counts words."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from api.seams import Check, PageShelf, Progress, Restorer, SearchIndex
from corpus.document import Box, Decision, Document, Edit, Page, Repaired, Word, content_id
from corpus.errors import DamagedFileError, IndexMismatchError, MissingDependencyError, NotFoundError
from corpus.facts import (
    Actor,
    Citation,
    CitationPlace,
    Deadline,
    Duty,
    Facts,
    Header,
    IssuerLevel,
    Relation,
    SchoolLevel,
    evidence,
)
from corpus.numbers import document_key, find_numbers
from corpus.store import DocumentInfo, Store
from corpus.text import fold
from index.filters import SearchFilters
from index.lineage import Replacement
from index.passages import PassageDeadline
from index.query import Kind
from index.results import NOTHING, WEAK, Answer, Hit, SearchResult
from ingest.drawn import DrawnPage, Placed, placed
from ingest.pages import Token

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


class ToyRestorer:
    """Writes "hạn" for "han" and whatever clean texts taught it, word by word."""

    def __init__(self, words: dict[str, str] | None = None) -> None:
        self.words = words or {"han": "hạn"}

    def restore(self, text: str, *, force: bool = False) -> Repaired:
        out, edits, at, shift = [], [], 0, 0
        for match in re.finditer(r"\w+", text):
            word = self.words.get(match[0])
            if word is None:
                continue
            out.append(text[at : match.start()])
            start = match.start() + shift
            edits.append(Edit(start, start + len(word), match[0], 0.9))
            out.append(word)
            shift += len(word) - len(match[0])
            at = match.end()
        return Repaired("".join([*out, text[at:]]), tuple(edits))

    def correct(self, text: str, doubts: Sequence[tuple[int, int, float]]) -> Repaired:
        return Repaired(text)

    def adapted(self, clean_texts: Iterable[str]) -> ToyRestorer:
        learnt = {fold(word): word for text in clean_texts for word in re.findall(r"\w+", text.lower())}
        return ToyRestorer(learnt | self.words)


class ToyIndex:
    """Passages are lines; the score is the number of words in common."""

    def __init__(self) -> None:
        self.identity = "toy-1"
        self.lines: dict[str, list[Hit]] = {}
        self.calls: list[str] = []
        self.got_ready = 0
        self.fails = False
        self.stale = False

    def get_ready(self) -> None:
        self.got_ready += 1

    def is_stale(self, directives: int) -> bool:
        return self.stale or (directives > 0 and not self.lines)

    def put(self, document: Document, facts: Facts) -> None:
        if self.fails:
            raise RuntimeError("power cut")
        self.calls.append(f"put {document.source}")
        self.lines[document.id] = _lines(document, facts)

    def put_all(self, directives: Sequence[tuple[Document, Facts]]) -> None:
        for document, facts in directives:
            self.put(document, facts)

    def drop(self, document_id: str) -> None:
        self.calls.append("drop")
        self.lines.pop(document_id, None)

    def held(self) -> dict[str, int]:
        return {document: len(hits) for document, hits in self.lines.items()}

    def wanted(self, document: Document, facts: Facts) -> int:
        return sum(page.text.count("\n") + 1 for page in document.pages)

    def rebuild(self, store: Store) -> int:
        self.calls.append("rebuild")
        self.lines, self.stale = {}, False
        for stored in store.stored():
            self.put(stored.document, stored.facts)
        return len(self.lines)

    def sheet(self, document: Document, facts: Facts) -> tuple[str, list[Hit]]:
        return document.id, _lines(document, facts)

    def search(
        self,
        texts: Sequence[str],
        *,
        limit: int,
        filters: SearchFilters,
        today: date,
        replaced: Mapping[str, str],
        over: Sequence[Any] = (),
    ) -> list[SearchResult]:
        if self.stale:
            raise IndexMismatchError("Chỉ mục chưa ghi xong.", "Hãy lập lại chỉ mục.")
        lines = self.lines | {document: hits for document, hits in over if document in self.lines}
        lines = {document: hits for document, hits in lines.items() if document not in filters.without}
        found = [self._search(text, limit, filters.school_year, lines) for text in texts]
        return [
            replace(row, hits=tuple(replace(hit, replaced_by=replaced.get(hit.document)) for hit in row.hits))
            for row in found
        ]

    def similar(self, passage: str, *, limit: int, over: Sequence[Any] = ()) -> SearchResult:
        lines = self.lines | {document: hits for document, hits in over if document in self.lines}
        like = next((hit for hits in lines.values() for hit in hits if hit.passage == passage), None)
        if like is None:
            raise NotFoundError("Không có đoạn văn bản này.")
        result = self._search(like.text, limit + 1, None, lines)
        hits = tuple(hit for hit in result.hits if hit.passage != passage)[:limit]
        return SearchResult(hits, Kind.WHAT, None, "", like=like)

    def _search(self, text: str, limit: int, school_year: str | None, lines: dict[str, list[Hit]]) -> SearchResult:
        words = set(fold(text).split())
        found = []
        for hit in (hit for hits in lines.values() for hit in hits):
            spans = tuple(m.span() for m in re.finditer(r"\w+", hit.text) if fold(m[0]) in words)
            if spans and school_year in (None, hit.school_year):
                found.append((len(spans), spans, hit))
        found.sort(key=lambda row: (-row[0], row[2].source, row[2].line_from))
        hits = tuple(
            Hit(**{name: getattr(hit, name) for name in hit.__dataclass_fields__} | {"score": n, "highlights": spans})
            for n, spans, hit in found[:limit]
        )
        dated = next((k for k, hit in enumerate(hits) if hit.deadlines), None)
        if "khi nao" not in fold(text) or dated is None:
            all_of_them = bool(hits) and hits[0].score == len(words)
            weak = bool(hits) and not all_of_them
            return SearchResult(hits, Kind.WHAT, None, NOTHING if not hits else WEAK if weak else "", weak=weak)
        weak = "vàng" in text
        answer = Answer(hits[dated].deadlines[0], dated)
        return SearchResult(hits, Kind.WHEN, answer, WEAK if weak else "", weak=weak)

    def suggest(self, typed: str, limit: int) -> list[dict[str, str]]:
        headers = [{"number": hit.number} for hits in self.lines.values() for hit in hits]
        return self.suggest_among(typed, limit, headers, self.topics_held())

    def suggest_among(
        self, typed: str, limit: int, headers: Sequence[Mapping[str, str | None]], topics: Mapping[str, int]
    ) -> list[dict[str, str]]:
        numbers = {str(row["number"]) for row in headers if row["number"]}
        rows = [(text, "number") for text in sorted(numbers)] + [(text, "topic") for text in sorted(topics)]
        return [{"text": text, "kind": kind, "about": ""} for text, kind in rows if text.startswith(typed)][:limit]

    def topics(self, document: Document, facts: Facts) -> Mapping[str, int]:
        return _topics(_lines(document, facts))

    def topics_held(self) -> Mapping[str, int]:
        return _topics(hit for hits in self.lines.values() for hit in hits)


def _topics(hits: Iterable[Hit]) -> Mapping[str, int]:
    return Counter(deadline.task for hit in hits for deadline in hit.deadlines)


class ToyGraph:
    """Knows numbers that were cited or stored."""

    def __init__(self, headers: Iterable[tuple[DocumentInfo, Facts]]) -> None:
        self.rows = list(headers)

    def around(self, number: str, on: str) -> dict[str, Any]:
        edges = [(info, c) for info, facts in self.rows for c in facts.citations]
        cites = [_edge(c.number, None, c) for info, c in edges if info.number == number]
        by = [_edge(info.number or "", info.id, c) for info, c in edges if c.number == number]
        if not cites and not by:
            raise NotFoundError(f"Không có văn bản nào mang số {number}.")
        told: dict[str, Any] = {
            "above": [],
            "below": [],
            "replaced_by": [],
            "standing": "unknown",
            "in_force": None,
            "force_reason": on,
            "last_year": None,
        }
        return {"number": number, "cites": cites, "cited_by": by, **told}

    def overview(self, on: str) -> dict[str, Any]:
        cited = [_node(c.number) for _, facts in self.rows for c in facts.citations]
        return {"most_cited": cited, "to_fetch": cited, "in_force": [], "findings": []}

    def earlier(self, number: str) -> list[str]:
        year = next(facts.header.school_year or "" for info, facts in self.rows if info.number == number)
        return [i.id for i, facts in self.rows if i.number != number and (facts.header.school_year or "9") < year]

    def replacements(self) -> list[Replacement]:
        ids = {info.number: info.id for info, _ in self.rows}
        return [
            Replacement(ids[c.number], info.number or "", info.date)
            for info, facts in self.rows
            for c in facts.citations
            if c.relation is Relation.REPLACES and c.number in ids
        ]

    def replacing(self, number: str) -> list[str]:
        return []

    def on_matter(self, subject: str | None, level: str) -> list[dict[str, Any]]:
        return []

    def in_place_of(self, key: str, number: str, on: str) -> dict[str, Any] | None:
        return None

    def svg(self, number: str) -> str:
        self.around(number, "2024-01-01")
        return f'<svg xmlns="http://www.w3.org/2000/svg"><title>{number}</title></svg>'

    def held(self) -> dict[str, int]:
        return {info.id: len(facts.citations) for info, facts in self.rows}

    def graphml(self) -> str:
        return "<graphml/>"


def _node(number: str) -> dict[str, Any]:
    return {"number": number, "document": None, "date": None, "subject": None, "missing": True, "cited_by_count": 1}


def _edge(number: str, document: str | None, c: Citation) -> dict[str, Any]:
    place = {"page": c.evidence.page, "line": c.evidence.line}
    return {"number": number, "document": document, "date": None, "relation": c.relation.value, **place}


class ToyRooms:
    """See the module. ``BAD`` anywhere in a file breaks it, ``MỜ`` on a page breaks the page, ``LỖI`` is a bug."""

    def __init__(self) -> None:
        self.toy = ToyIndex()
        self.read: list[str] = []
        self.restorers_made = 0
        self.gate: threading.Event | None = None
        #: printing waits for this, fails for want of LibreOffice, was asked for so often
        self.press: threading.Event | None = None
        self.without_office = False
        self.prints = 0

    def files(self, paths: Iterable[Path]) -> list[Path]:
        return [f for p in paths for f in (sorted(p.rglob("*.txt")) if p.is_dir() else [p])]

    def left_out(self, paths: Iterable[Path]) -> list[Path]:
        return [f for p in paths if p.is_dir() for f in sorted(p.rglob("*")) if f.is_file() and f.suffix != ".txt"]

    def read_file(
        self,
        data: bytes,
        source: str,
        *,
        restorer: Callable[[], Restorer],
        jobs: int = 1,
        progress: Progress | None = None,
        mode: str = "auto",
        shelf: PageShelf | None = None,
    ) -> Document:
        if b"BAD" in data:
            raise DamagedFileError("Tệp bị cắt cụt.", "Hãy tải lại tệp.")
        if "LỖI".encode() in data:
            raise ZeroDivisionError("toy")
        if self.gate is not None:
            self.gate.wait(10)
        pages = []
        texts = data.decode().split("\f")
        line = 1
        for number, text in enumerate(texts, 1):
            kept = shelf.get(number) if shelf is not None else None
            if kept is not None:
                pages.append(kept)
            elif "MỜ" in text:
                pages.append(Page(number, "", first_line=line, error="Trang quá mờ."))
            elif "han " in text:
                fixed = restorer().restore(text)
                pages.append(_page(number, fixed.text, line, fixed.edits, Decision.REPAIR))
            else:
                pages.append(_page(number, text, line, (), Decision.KEEP))
            if shelf is not None and kept is None and pages[-1].error is None:
                shelf.put(pages[-1])
            line += text.count("\n")
            if progress is not None:
                progress(number, len(texts))
        self.read.append(source if mode == "auto" else f"{source} ({mode})")
        media_type = {".pdf": "application/pdf", ".htm": "text/html"}.get(source[-4:], "text/plain")
        if media_type == "text/html":  # such files have no places for words
            pages = [replace(page, words=(), width=None, height=None) for page in pages]
        return Document(content_id(data), source, media_type, tuple(pages), reader="toy 1")

    def hands(self) -> int:
        return 2

    def notes(self) -> list[str]:
        return []

    def close(self) -> None:
        pass

    def read_facts(self, document: Document) -> Facts:
        text = document.text
        numbers = list(find_numbers(text))
        own = next((n for n in numbers if text[: n.start].endswith("Số: ")), None)
        year = re.search(r"20\d\d-20\d\d", text)
        header = Header(
            number=str(own.number) if own else None,
            date="2023-09-01",
            issuer="Sở Giáo dục và Đào tạo tỉnh An Bình" if own else None,
            issuer_level=IssuerLevel.SO if own else None,
            subject="Về việc thử",
            school_year=year[0] if year else None,
            evidence={"number": evidence(document, own.start, own.end, "toy")} if own else {},
        )
        citations = tuple(
            Citation(
                evidence(document, n.start, n.end, "toy"),
                str(n.number),
                document_key(n.number),
                n.number.type_name,
                None,
                n.number.issuer,
                Relation.REPLACES if text[: n.start].endswith("thay thế ") else Relation.MENTIONS,
                CitationPlace.BODY,
            )
            for n in numbers
            if own is None or n.start != own.start
        )
        deadlines = tuple(
            Deadline(
                evidence(document, m.start(), m.end(), "toy"),
                evidence(document, m.start(1), m.end(1), "toy"),
                m[2],
                m[1],
                f"trước ngày {m[1]}",
                (Actor.CO_SO_GIAO_DUC,),
                (SchoolLevel.THPT,) if "THPT" in m[2] else None,
                "Sở",
            )
            for m in re.finditer(r"hạn (20\d\d-\d\d-\d\d) (.+)", text)
        )
        duties = tuple(
            Duty(evidence(document, m.start(), m.end(), "toy"), m[1], (Actor.PHONG_GDDT,))
            for m in re.finditer(r"việc (.+)", text)
        )
        return Facts(header, citations, deadlines, duties)

    def restorer(self) -> ToyRestorer:
        self.restorers_made += 1
        return ToyRestorer()

    def index(self) -> SearchIndex:
        return self.toy

    def citing(self, info: DocumentInfo, facts: Facts) -> tuple[DocumentInfo, Facts]:
        return info, Facts(facts.header, facts.citations)

    def graph(self, citing: Iterable[Any]) -> ToyGraph:
        return ToyGraph(citing)

    def searchable_pdf(self, document: Document, data: bytes) -> bytes:
        if document.media_type != "application/pdf":
            raise DamagedFileError("Tệp này không có hình trang.")
        return b"%PDF-1.7 " + document.text.encode()

    def page_png(self, data: bytes, media_type: str, number: int, dpi: float) -> bytes:
        if media_type == "text/plain" or number > (2 if data.startswith(b"%PDF-1.7 ") else 1):
            raise NotFoundError(f"Văn bản không có hình trang {number}.")
        return PNG

    def printable(self, media_type: str) -> bool:
        return media_type == "text/html"

    def printed(self, document: Document, data: bytes) -> bytes:
        self.prints += 1
        if self.press is not None:
            self.press.wait(10)
        if b"KHONG IN" in data:
            raise DamagedFileError("LibreOffice không mở được tệp.")
        if self.without_office:
            raise MissingDependencyError("Chưa cài LibreOffice.", "Hãy chạy: sudo apt install libreoffice-writer-nogui")
        return b"%PDF-1.7 " + data

    def drawn(self, pdf: bytes) -> tuple[DrawnPage, ...]:
        """Two lines a page, one word under the other."""
        lines = pdf.removeprefix(b"%PDF-1.7 ").decode().split("\n")
        tokens = [
            [Token(word, Box(10.0, 20.0 * k, 50.0, 20.0 * k + 9), 0) for k, word in enumerate(" ".join(two).split())]
            for two in (lines[k : k + 2] for k in range(0, len(lines), 2))
        ]
        return tuple(DrawnPage(595.0, 842.0, tuple(words)) for words in tokens)

    def placed(self, document: Document, pages: tuple[DrawnPage, ...]) -> Placed:
        return placed(document, pages)

    def checks(self) -> list[Check]:
        return [Check("Tesseract", True, "5.0"), Check("Graphviz", False, "chưa cài", "Hãy cài graphviz.", False)]


def _page(number: int, text: str, line: int, edits: tuple[Edit, ...], decision: Decision) -> Page:
    words = tuple(
        Word(m.start(), m.end(), Box(10.0 + m.start(), 20.0, 10.0 + m.end(), 30.0)) for m in re.finditer(r"\S+", text)
    )
    return Page(number, text, line, 595.0, 842.0, words, (), edits, decision)


def _lines(document: Document, facts: Facts) -> list[Hit]:
    return [
        _hit(document, facts, page, number, text)
        for page in document.pages
        for number, text in enumerate(page.text.split("\n"), page.first_line)
    ]


def _hit(document: Document, facts: Facts, page: Page, number: int, text: str) -> Hit:
    dated = tuple(
        PassageDeadline(d.task, d.due, d.due_text, d.actor, (), d.recipient, d.via)
        for d in facts.deadlines
        if d.evidence.line == number
    )
    return Hit(
        document.source,
        document.id,
        facts.header.number,
        page.number,
        page.number,
        number,
        number,
        0,
        len(text),
        text,
        0.0,
        (),
        (),
        f"{document.id[:8]}-{number}",
        facts.header.issuer,
        facts.header.school_year,
        facts.header.date,
        dated,
    )
