"""What the command line shows to people: tables on stdout, progress and messages on stderr."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from api import plain, wording
from api.marking import pieces
from api.seams import Check
from api.usecases import finding
from api.usecases.adding import Step
from api.usecases.dutyrows import DutyRow
from api.usecases.rows import IngestRow
from corpus.facts import Evidence, Facts
from corpus.store import DocumentInfo, Stored

if TYPE_CHECKING:
    from api.usecases.spans import Due
    from index.passages import PassageDeadline
    from index.results import Hit, SearchResult

#: Width of output that goes into a file or a pipe.
_PLAIN_WIDTH = 160
_STYLES = {"success": "green", "partial": "yellow", "failure": "red"}


def show(renderable: RenderableType) -> None:
    """Print data on stdout; into a file or a pipe without colours and without blanks at line ends."""
    console = Console(highlight=False)
    if console.is_terminal:
        console.print(renderable)
        return
    plain = Console(highlight=False, width=_PLAIN_WIDTH, file=io.StringIO())
    with plain.capture() as captured:
        plain.print(renderable)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def messages() -> Console:
    """Return the console for messages: stderr."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


class Reporter:
    """Shows how far a batch is: bars on a terminal, a line a file elsewhere."""

    def __init__(self, console: Console, progress: Progress | None, total: int) -> None:
        self._console = console
        self._progress = progress
        self._lock = threading.Lock()
        self._tasks: dict[str, TaskID] = {}
        self._done = 0
        self._total = total
        self._all = progress.add_task("Tất cả", total=total or None) if progress else None

    def tell(self, step: Step) -> None:
        """Take note of a page that was read or a file that is done."""
        with self._lock:
            if step.row is not None:
                self._done += 1
                self._finished(step.row)
            elif self._progress is not None:
                if step.source not in self._tasks:
                    self._tasks[step.source] = self._progress.add_task(_short(step.source), total=step.pages)
                self._progress.update(self._tasks[step.source], completed=step.page, total=step.pages)

    def _finished(self, row: IngestRow) -> None:
        if self._progress is None or self._all is None:
            total = f"/{self._total}" if self._total else ""
            self._console.print(f"[{self._done}{total}] {row.source}: {wording.STATUSES[row.status]}", markup=False)
            return
        task = self._tasks.pop(row.source, None)
        if task is not None:
            self._progress.remove_task(task)
        self._progress.advance(self._all)


@contextmanager
def reporting(total: int = 0) -> Iterator[Reporter]:
    """Show progress on stderr while the block runs."""
    console = messages()
    if not console.is_terminal:
        yield Reporter(console, None, total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield Reporter(console, progress, total)


def _short(name: str, length: int = 40) -> str:
    return name if len(name) <= length else f"{name[: length - 1]}…"


def ingest_table(rows: Sequence[IngestRow]) -> Group:
    """Return the rows of a batch as a table with the sum below."""
    table = _table("Kết quả", "Mã", "Số ký hiệu", "Trang", "Tệp", "Ghi chú")
    for row in rows:
        state = Text(wording.STATUSES[row.status], style=_STYLES[row.status])
        table.add_row(
            state, (row.document or "")[:12], row.number or "", str(row.pages or ""), Text(row.source), Text(row.reason)
        )
    counts = ", ".join(
        f"{sum(row.status == status for row in rows)} {name}"
        for status, name in wording.STATUSES.items()
        if any(row.status == status for row in rows)
    )
    return Group(table, Text(f"{len(rows)} tệp: {counts}." if rows else "Không có tệp nào."))


def hits(result: SearchResult, due: Due | None = None) -> Group:
    """Return search results for reading: what is to be said of them, the date or the duties that answer, then passages
    with the words marked; where none fits well the nearest ones only."""
    parts: list[Any] = [Text(result.message)] if result.message and due is None else []
    if due is not None:
        parts += _due(due)
    elif result.weak:
        parts.append(Text(f"{finding.ADVICE}\n", style="dim"))
    if result.answer is not None and due is None:
        parts.append(_answer(result.answer.deadline, result.hits[result.answer.hit]))
    found = finding.grouped(result.hits)
    shown = found[: finding.NEAREST] if result.weak else found
    parts += [_hit(rank, row) for rank, row in enumerate(shown, 1)]
    if len(shown) < len(found):
        parts.append(Text(f"Còn {len(found) - len(shown)} đoạn xa câu hỏi hơn; --json in đủ.", style="dim"))
    return Group(*parts)


def _due(due: Due) -> list[Text | Padding]:
    title = Text(f"Việc có hạn trong {due.span.label}: {due.owed.count} việc", style="bold green")
    under = [Text(text, style="dim") for text in (due.owed.head()["unit"]["label"], due.note) if text]
    rows = [
        Text.assemble(("▶ ", "bold green"), (wording.day(row.due), "bold green"), f" – {row.known.plain['task']}")
        for row in due.owed.rows
    ]
    if due.owed.count > len(rows):
        more = f"--from {due.span.since.isoformat()} --to {due.span.until.isoformat()}"
        rows.append(Text(f"Còn {due.owed.count - len(rows)} việc: congvan duties {more}", style="dim"))
    return [title, *under, Padding(Group(*rows), (0, 0, 1, 0))]


def _answer(deadline: PassageDeadline, hit: Hit) -> Padding:
    due = wording.day(deadline.due) or deadline.due_text
    line = Text.assemble(("▶ ", "bold green"), (due, "bold green"), f" – {deadline.task}")
    year = f", năm học {hit.school_year}" if hit.school_year else ""
    whom = wording.answered(deadline.actor, deadline.levels, deadline.recipient, deadline.via)
    said = f" · Văn bản ghi: “{deadline.due_text}”" if deadline.due and deadline.due_text else ""
    where = f"{hit.number or hit.source}, {plain.placed(hit)}{year}"
    return Padding(Group(line, *(Text(f"  {text}", style="dim") for text in (whom, where + said))), (0, 0, 1, 0))


def _hit(rank: int, found: finding.Found) -> Padding:
    hit = found.hit
    title = Text.assemble(
        (f"{rank}. ", "dim"),
        (hit.number or hit.source, "bold cyan"),
        f" · ngày {wording.day(hit.date)}" if hit.date else "",
        f" · năm học {hit.school_year}" if hit.school_year else "",
        f" · {plain.placed(hit)}",
        (f" · {hit.source}" if hit.number else "", "dim"),
        (f" · hết hiệu lực theo {hit.replaced_by}" if hit.replaced_by else "", "yellow"),
        (f" · có hiệu lực từ ngày {wording.day(hit.in_force_from)}" if hit.in_force_from else "", "yellow"),
    )
    body = Text()
    for piece in pieces(hit.text.replace("\n", " "), hit.highlights, 500):
        body.append(piece.text, style="bold yellow" if piece.marked else "")
    if found.repeats:
        others = ", ".join(
            (other.number or other.source) + (f" (năm học {other.school_year})" if other.school_year else "")
            for other in found.repeats
        )
        body.append(f"\nNói gần như vậy: {others}", style="dim")
    return Padding(Group(title, Padding(body, (0, 0, 0, 3))), (0, 0, 1, 0))


def duties_table(rows: Sequence[DutyRow], everywhere: bool) -> Group:
    """Return duties by date as a table; ``everywhere`` tells that no place was asked for."""
    table = _table("Hạn", "Việc phải làm", "Nơi nhận", "Qua", "Văn bản", "Trang/dòng")
    table.columns[0].max_width = 24
    for row in rows:
        plain = row.as_dict()
        due = wording.day(row.due) or plain["due_text"] or "không ghi hạn"
        table.add_row(
            Text(due, style="bold" if row.due else "dim"),
            Text(plain["task"] if row.certain else f"{plain['task']} (?)"),
            Text(plain["recipient"] or ""),
            Text(plain["via"] or ""),
            Text((plain["number"] or plain["source"]) + (" (*)" if row.replaced_by else "")),
            f"{plain['page']}/{plain['line']}",
        )
    unsure = any(not row.certain for row in rows)
    note = " Dấu (?) là việc chưa chắc dành cho đơn vị này." if unsure else ""
    gone = {f"{row.info.number} theo {row.replaced_by}": None for row in rows if row.replaced_by}
    note += f" Dấu (*) là văn bản đã hết hiệu lực: {', '.join(gone)}." if gone else ""
    note += f" {wording.EVERYWHERE}" if everywhere and rows else ""
    return Group(table, Text(f"{len(rows)} việc.{note}"))


def units_table(rows: Sequence[Mapping[str, Any]]) -> Group:
    """Return saved units as a table, with what became of old names below."""
    table = _table("Mã", "Đơn vị", "Vị trí trong ngành")
    for row in rows:
        table.add_row(row["id"], Text(row["label"]), Text(" › ".join(row["tree"])))
    notes = [Text(f"{row['label']}: {sentence}") for row in rows for sentence in row["explanation"]]
    return Group(table, Text(f"{len(rows)} đơn vị."), *notes)


def documents_table(rows: Sequence[DocumentInfo]) -> Group:
    """Return the list of stored directives."""
    table = _table("Mã", "Số ký hiệu", "Ngày", "Cơ quan ban hành", "Trích yếu", "Tệp")
    for info in rows:
        table.add_row(
            info.id[:12],
            info.number or "",
            wording.day(info.date),
            Text(info.issuer or ""),
            Text(info.subject or ""),
            Text(info.source),
        )
    return Group(table, Text(f"{len(rows)} văn bản."))


def facts_view(facts: Facts) -> Group:
    """Return the facts of one directive for reading."""
    header = facts.header
    top = Table.grid(padding=(0, 2))
    for name, value in (
        ("Số ký hiệu", header.number),
        ("Ngày", wording.day(header.date)),
        ("Có hiệu lực từ", wording.day(header.effective)),
        ("Cơ quan ban hành", header.issuer),
        ("Loại", header.doc_type),
        ("Trích yếu", header.subject),
        ("Năm học", header.school_year),
        ("Kính gửi", "; ".join(header.addressees)),
        ("Người ký", " ".join(filter(None, (header.signer_title, header.signer)))),
    ):
        if value:
            top.add_row(Text(name, style="dim"), Text(value))
    due = _table("Hạn", "Việc", "Ai", "Nơi nhận", "Trang/dòng")
    for d in facts.deadlines:
        who = wording.for_whom(d.actor, d.levels)
        due.add_row(wording.day(d.due) or d.due_text, Text(d.task), who, Text(d.recipient or ""), _place(d.evidence))
    cited = _table("Trang/dòng", "Số ký hiệu", "Ngày", "Quan hệ", "Cơ quan ban hành")
    for c in facts.citations:
        relation = wording.RELATIONS[c.relation]
        cited.add_row(_place(c.evidence), c.number, wording.day(c.date), relation, Text(c.issuer or ""))
    parts: list[Any] = [top]
    for title, rows, table in (("Việc có hạn", facts.deadlines, due), ("Văn bản viện dẫn", facts.citations, cited)):
        if rows:
            parts += ["", Text(f"{title} ({len(rows)})", style="bold"), table]
    if facts.duties:
        parts += ["", Text(f"Việc không ghi hạn ({len(facts.duties)})", style="bold")]
        parts += [Text(f"  {_place(d.evidence)}: {d.task}") for d in facts.duties]
    if facts.conflicts:
        parts += ["", Text("Chỗ mâu thuẫn trong văn bản", style="bold red")]
        parts += [Text(f"  {_place(c.evidence)}: {c.what}") for c in facts.conflicts]
    return Group(*parts)


def _place(found: Evidence) -> str:
    return f"{found.page}/{found.line}"


def stored_view(stored: Stored) -> Group:
    """Return one stored directive for reading."""
    info = stored.info
    head = Text(f"{info.source} · mã {info.id[:12]} · {info.pages} trang", style="dim")
    pages = [
        Text(f"  trang {p.number}: {p.error or wording.DECISIONS[p.decision]}", style="red" if p.error else "dim")
        for p in stored.document.pages
    ]
    return Group(head, *pages, "", facts_view(stored.facts))


def graph_view(view: Mapping[str, Any]) -> Group:
    """Return the neighbourhood of a directive for reading."""
    missing = " (chưa có trong kho)" if view.get("missing") else ""
    about = [f"ngày {wording.day(view.get('date'))}" if view.get("date") else "", view.get("issuer") or ""]
    parts: list[Any] = [Text(f"{view['number']}{missing}", style="bold cyan")]
    parts.append(Text(" · ".join(filter(None, [*about, view.get("subject") or ""])), style="dim"))
    if not view.get("missing"):
        parts.append(Text(f"{wording.STANDING[view['standing']]}: {view['force_reason']}"))
    if view.get("last_year"):
        parts.append(Text(f"Văn bản cùng việc của năm học trước: {view['last_year']}"))
    for name, title in _AROUND.items():
        if view.get(name):
            parts.append(Text(f"{title}: {', '.join(view[name])}"))
    for name, title in (("cites", "Viện dẫn"), ("cited_by", "Được viện dẫn bởi")):
        rows = view[name]
        parts += ["", Text(f"{title} ({len(rows)})", style="bold")]
        if rows:
            table = _table("Số ký hiệu", "Ngày", "Quan hệ", "Trang/dòng", "Trích yếu")
            for row in rows:
                place = f"{row['page']}/{row['line']}"
                subject = Text(row.get("subject") or ("chưa có trong kho" if row.get("missing") else ""))
                table.add_row(row["number"], wording.day(row.get("date")), wording.relation(row), place, subject)
            parts.append(table)
    return Group(*parts)


def graph_overview(view: Mapping[str, Any]) -> Group:
    """Return what the whole graph says for reading."""
    parts: list[Any] = []
    for row in view["findings"]:
        parts.append(Text(f"! {row['what']} Trang {row['page']}, dòng {row['line']}.", style="red"))
    for name, title in (("most_cited", "Được viện dẫn nhiều nhất"), ("to_fetch", "Được viện dẫn mà chưa có trong kho")):
        parts += ["", Text(f"{title} ({len(view[name])})", style="bold")]
        table = _table("Số ký hiệu", "Ngày", "Số lần", "Trích yếu")
        for row in view[name]:
            about = row.get("subject") or ("chưa có trong kho" if row.get("missing") else "")
            table.add_row(row["number"], wording.day(row.get("date")), str(row["cited_by_count"]), Text(about))
        parts.append(table)
    parts += ["", Text(f"Còn hiệu lực trong kho: {len(view['in_force'])} văn bản.")]
    return Group(*parts)


_AROUND = {
    "above": "Văn bản cấp trên mà nó thực hiện",
    "below": "Văn bản triển khai nó",
}


def checks_table(checks: Sequence[Check]) -> Table:
    """Return what ``doctor`` found, with the way to get what is missing."""
    table = _table("", "Thành phần", "Tình trạng", "Cách khắc phục")
    for check in checks:
        sign = Text("✓", style="green") if check.ok else Text("✗" if check.required else "!", style="red")
        table.add_row(sign, check.name, Text(check.found), Text("" if check.ok else check.remedy))
    return table


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", expand=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in ("Mã", "Số ký hiệu", "Kết quả", "Hạn", "Ngày"))
    return table
