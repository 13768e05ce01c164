"""``congvan check``: files against their hashes, rows against each other, the store against index and graph, work that
was left half done. ``--repair`` puts right what can be made from what is there; the rest says what a person can do.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.nightly.bench import Bench
from corpus.errors import CongvanError, ExitCode, NotFoundError
from corpus.journal import State
from corpus.leftovers import beginnings
from corpus.originals import is_whole
from corpus.store import Stored

if TYPE_CHECKING:
    from api.library import Library

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: ``kind`` (original, rows, index …), what it is about, a sentence, what a
    person can do where the program cannot, and whether it has been put right."""

    kind: str
    subject: str
    text: str
    remedy: str = ""
    mended: bool = False


@dataclass(slots=True)
class Figures:
    """How much was compared: directives and their pages and facts, files as received and their bytes, passages in the
    index, citations in the graph; and how long each part took, in seconds."""

    documents: int = 0
    pages: int = 0
    facts: int = 0
    originals: int = 0
    bytes: int = 0
    passages: int = 0
    citations: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return them as plain data."""
        plain = {name: getattr(self, name) for name in Figures.__dataclass_fields__}
        took = {name: round(seconds, 2) for name, seconds in self.seconds.items()}
        return plain | {"seconds": took | {"all": round(sum(self.seconds.values()), 2)}}

    def told(self) -> str:
        """Return them as a sentence's part."""

        def many(number: int) -> str:
            return f"{number:,}".replace(",", ".")

        parts = (
            (self.documents, "văn bản"), (self.pages, "trang"), (self.facts, "thông tin"),
            (self.originals, f"tệp gốc ({many(self.bytes // 2**20)} MB)"), (self.passages, "đoạn trong chỉ mục"),
            (self.citations, "viện dẫn trong mạng"),
        )  # fmt: skip
        took = f"{sum(self.seconds.values()):.1f}".replace(".", ",")
        return f"{', '.join(f'{many(number)} {what}' for number, what in parts)} trong {took} giây"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, what was found, and what is worth knowing though nothing is wrong with it."""

    figures: Figures
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """OK when nothing is left to be put right."""
        return ExitCode.OK if all(one.mended for one in self.findings) else ExitCode.SOME_FAILED

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            **self.figures.as_dict(),
            "clean": not self.findings,
            "findings": [{name: getattr(one, name) for name in Finding.__dataclass_fields__} for one in self.findings],
            "notes": list(self.notes),
        }


def check(library: Library, *, repair: bool = False, tell: Tell = lambda _: None) -> Checked:
    """Look at everything, and put right what can be where ``repair`` is given. Nothing is ever thrown away that is not
    somewhere else as well."""
    if not library.has_store():
        return Checked(Figures(), ())
    look = _Look(library, repair)
    findings: list[Finding] = []
    for name, said, part in (
        ("rows", "kho dữ liệu", look.rows),
        ("originals", "tệp gốc", look.originals),
        ("half_done", "việc dở dang", look.half_done),
        ("index", "chỉ mục", look.index),
        ("graph", "mạng văn bản", look.graph),
    ):
        tell(f"Đang kiểm tra {said}…")
        began = time.monotonic()
        findings += part()
        look.figures.seconds[name] = time.monotonic() - began
    return Checked(look.figures, tuple(findings), tuple(look.notes))


class _Look:
    """One check, part by part; the rows come first, the others leave out what cannot be read."""

    def __init__(self, library: Library, repair: bool) -> None:
        self._library, self._store, self._repair = library, library.store, repair
        self._unreadable: set[str] = set()
        self.ids = library.store.ids()
        self.figures = Figures(documents=len(self.ids))
        self.notes: list[str] = []

    def rows(self) -> Iterator[Finding]:
        """The database's own file, the rows of every directive, rows of none."""
        upkeep = self._store.upkeep
        for said in upkeep.damage():
            yield Finding("database", said[:200], "Tệp kho dữ liệu bị hỏng.", "Hãy khôi phục từ bản sao lưu.")
        for document_id, what in upkeep.wrong():
            if what == "unreadable":
                self._unreadable.add(document_id)
                remedy = "Hãy khôi phục từ bản sao lưu, hoặc congvan remove rồi nạp lại tệp gốc."
                yield Finding("rows", document_id, "Không đọc được nội dung đã lưu của văn bản.", remedy)
                continue
            found = Finding("rows", document_id, "Các dòng tra cứu không khớp với nội dung văn bản.")
            yield replace(found, mended=self._repair and upkeep.put_right(document_id))
        lost = upkeep.orphans(remove=self._repair)
        if lost:
            yield Finding("rows", str(lost), f"{lost} dòng của văn bản không còn trong kho.", mended=self._repair)

    def originals(self) -> Iterator[Finding]:
        """Every file as received against its hash, every directive for its file."""
        store, there = self._store, set()
        for document_id in store.originals.ids():
            self.figures.originals += 1
            there.add(document_id)
            data = store.originals.get(document_id)
            self.figures.bytes += len(data or b"")
            if data is not None and is_whole(document_id, data):
                continue
            found = Finding("original", document_id, "Tệp gốc không còn đúng như khi nhận.", _AGAIN)
            if self._repair:
                store.originals.set_aside(document_id)
                mended = self._brought_back(document_id) or document_id not in self.ids
                found = replace(found, mended=mended)
            yield found
        for document_id in sorted(self.ids - there):
            found = Finding("original", document_id, "Thiếu tệp gốc của văn bản.", _AGAIN)
            yield replace(found, mended=self._repair and self._brought_back(document_id))
        spare = len(there - self.ids)
        if spare:
            self.notes.append(f"{spare} tệp gốc không thuộc văn bản nào trong kho (đã lấy ra hoặc chưa lưu xong).")

    def _brought_back(self, document_id: str) -> bool:
        """Look for the bytes on the bench and among the uploads."""
        home = self._library.settings.home
        for path in (home / "work" / document_id / "file", *home.glob("inbox/*/*"), *home.glob("quarantine/*/*")):
            with contextlib.suppress(OSError):
                data = path.read_bytes()
                if is_whole(document_id, data):
                    self._store.originals.keep(document_id, data)
                    return True
        return False

    def half_done(self) -> Iterator[Finding]:
        """Files on their way whose bytes are lost, folders that nobody waits for, files half written."""
        home, journal = self._library.settings.home, self._store.journal
        bench = Bench(home, "")
        waiting = journal.arrivals(State.OPEN)
        for arrival in [*waiting, *journal.arrivals(State.BAD)]:
            try:
                bench.data(arrival.id, self._store)
            except NotFoundError:
                if self._repair:
                    journal.forget(arrival.id)
                text = f"Tệp {arrival.name} đã nhận nhưng không còn trên đĩa; nguồn sẽ được hỏi lại."
                yield Finding("work", arrival.id, text, mended=self._repair)
        if waiting:
            self.notes.append(f"{len(waiting)} tệp đang chờ lần chạy congvan nightly kế tiếp.")
        jobs = self._store.unfinished_jobs()
        if jobs:
            self.notes.append(f"{len(jobs)} lần nạp qua mạng chưa xong; máy chủ làm tiếp khi chạy.")
        wanted = {"work": {arrival.id for arrival in waiting}, "inbox": {job.id for job in jobs}}
        for name, known in wanted.items():
            for folder in sorted((home / name).iterdir()) if (home / name).is_dir() else ():
                if folder.name not in known and not self._busy():
                    yield self._thrown_away(folder)
        left = [path for top in (home / "originals", home / "index", home / "reports") for path in beginnings(top)]
        for path in left:
            if self._repair:
                path.unlink(missing_ok=True)
            yield Finding("work", path.name, "Tệp tạm của lần ghi bị ngắt.", mended=self._repair)

    def _busy(self) -> bool:
        """Whether a night is at work: what it has just put down is not left over."""
        return self._store.journal.holder("nightly") is not None

    def _thrown_away(self, folder: Path) -> Finding:
        if self._repair:
            shutil.rmtree(folder, ignore_errors=True)
        text = f"Thư mục {folder.parent.name}/{folder.name[:16]} không còn việc nào cần."
        return Finding("work", folder.name, text, mended=self._repair)

    def index(self) -> Iterator[Finding]:
        """Every directive with as many passages as its text makes, and no others."""
        library, index = self._library, self._library.rooms.index()
        try:
            held = index.held()
        except CongvanError as error:
            yield Finding("index", "", f"Không mở được chỉ mục: {error.message}", error.remedy)
            return
        self.figures.passages = sum(held.values())
        wrong = sorted(held.keys() - self.ids)
        for document_id in sorted(self.ids - self._unreadable):
            with contextlib.suppress(NotFoundError):  # taken out meanwhile
                stored = self._store.get(document_id)
                self._count(stored)
                if held.get(document_id, 0) != index.wanted(stored.document, stored.facts):
                    wrong.append(document_id)
        mended = False
        if wrong and self._repair and not self._unreadable:
            library.reindex(wrong)
            mended = True
        for document_id in wrong:
            here = document_id in self.ids
            text = "Chỉ mục thiếu hoặc thừa đoạn của văn bản." if here else "Chỉ mục còn giữ văn bản đã lấy ra."
            yield Finding("index", document_id, text, "Chỉ mục tự sửa ở lần tìm hoặc nạp kế tiếp.", mended)

    def _count(self, stored: Stored) -> None:
        facts = stored.facts
        self.figures.pages += len(stored.document.pages)
        self.figures.facts += sum(map(len, (facts.citations, facts.deadlines, facts.duties, facts.conflicts)))

    def graph(self) -> Iterator[Finding]:
        """Every directive is in the graph, with no more citations than it has."""
        if self._unreadable:
            self.notes.append("Mạng văn bản chưa được kiểm tra vì có văn bản không đọc được.")
            return
        drawn, cited = self._library.graph().held(), self._store.upkeep.cited()
        self.figures.citations = sum(cited.values())
        for document_id in sorted(drawn.keys() ^ cited.keys()):
            yield Finding("graph", document_id, "Mạng văn bản không khớp với kho.", _ANEW)
        for document_id in sorted(drawn.keys() & cited.keys()):
            if drawn[document_id] > cited[document_id]:
                yield Finding(
                    "graph", document_id, "Mạng văn bản có viện dẫn mà kho không có.", "Hãy chạy với --repair."
                )


_ANEW = "Hãy chạy congvan check lần nữa; mạng được dựng lại mỗi khi kho thay đổi."
_AGAIN = "Hãy nạp lại đúng tệp đó (congvan ingest) hoặc khôi phục từ bản sao lưu."
