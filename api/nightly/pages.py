"""The report of a night for people: as text (screen, e-mail) and as a page of its own; kept under ``HOME/reports``."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from api import wording
from corpus.store import write_atomically

STAGES = {
    "received": "nhận tệp",
    "read": "đọc trang",
    "restored": "phục hồi dấu",
    "extracted": "trích thông tin",
    "stored": "lưu",
    "indexed": "lập chỉ mục",
    "report": "lập báo cáo",
}
STATES = {
    "bad": "cách ly",
    "open": "thử lại",
    "partial": "đọc được một phần",
    "done": "đạt",
}
KINDS = {"folder": "thư mục", "mailbox": "hộp thư", "portal": "cổng thông tin", "edxml": "trục liên thông"}


def summary(report: dict[str, Any]) -> str:
    """Return one line: how many came in and what became of them."""
    counts = report["counts"]
    parts = [
        f"{counts['received']} tệp mới",
        f"{counts['done']} đạt",
        f"{counts['quarantined']} cách ly" if counts["quarantined"] else "",
        f"{counts['to_retry']} sẽ thử lại" if counts["to_retry"] else "",
        f"{counts['duplicates']} trùng" if counts["duplicates"] else "",
        f"{counts['versions']} phiên bản mới" if counts["versions"] else "",
        f"{counts['troubles']} trục trặc ở nguồn" if counts["troubles"] else "",
    ]
    return ", ".join(part for part in parts if part)


def text(report: dict[str, Any], local: Callable[[datetime], datetime]) -> str:
    """Return the report as plain text. ``local`` gives a moment on the office's clock."""
    lines = [f"Nạp đêm {_when(report['started_at'], local)}: {summary(report)}."]
    if report["resumed"]:
        lines.append(f"Làm tiếp {report['resumed']} tệp của lần trước.")
    lines += [f"! {warning}" for warning in report["warnings"]]
    lines += _section("Văn bản mới", [_document(row) for row in report["documents"]])
    lines += _section("Không đạt", [_failure(row, local) for row in report["failed"]])
    troubles = [
        f"{got['name']}: {' – '.join(part for part in (row['place'], row['message']) if part)}"
        for got in report["sources"]
        for row in got["troubles"]
    ]
    lines += _section("Trục trặc ở nguồn", troubles)
    lines += _section("Trùng với văn bản đã có", [place for got in report["sources"] for place in got["duplicates"]])
    whom = [f"{unit['name']}: {', '.join(_asked(row) for row in unit['directives'])}" for unit in report["new_for"]]
    lines += _section("Việc mới cho đơn vị", whom)
    gaps = [f"{row['number']} (được viện dẫn trong {', '.join(row['cited_by'])})" for row in report["missing"]]
    lines += _section("Được viện dẫn mà chưa có trong kho", gaps)
    if report["counts"]["in_quarantine"]:
        lines += ["", f"Trong thư mục cách ly hiện có {report['counts']['in_quarantine']} tệp."]
    times = [f"{STAGES[name]} {row['seconds']:.1f} giây" for name, row in report["stages"].items()]
    lines += ["", f"Thời gian: {report['seconds']:.1f} giây ({', '.join(times)})."]
    if report["letters"] is not None:
        lines.append(f"Đã gửi {report['letters']} thư nhắc việc.")
    return "".join(f"{line}\n" for line in lines)


def html(report: dict[str, Any], local: Callable[[datetime], datetime]) -> str:
    """Return the report as a page that needs nothing else."""
    from jinja2 import Environment, FileSystemLoader, select_autoescape

    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(("html",)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": wording.day, "when": lambda moment: _when(moment, local)}
    names = {"stages": STAGES, "states": STATES, "kinds": KINDS, "statuses": wording.STATUSES}
    return made.get_template("report.html").render(report=report, summary=summary(report), **names)


def keep(folder: Path, report: dict[str, Any], local: Callable[[datetime], datetime], most: int) -> Path:
    """Write the report as JSON, text and page, as this night's and as the latest; return the page.

    Of older ones ``most`` are kept. Raises OSError.
    """
    started = datetime.fromisoformat(report["started_at"])
    stem = f"nightly-{local(started):%Y-%m-%dT%H-%M-%S}-{report['night'][:4]}"
    files = {
        ".json": json.dumps(report, ensure_ascii=False, indent=1) + "\n",
        ".txt": text(report, local),
        ".html": html(report, local),
    }
    for suffix, content in files.items():
        write_atomically(folder / f"{stem}{suffix}", content.encode())
        write_atomically(folder / f"latest{suffix}", content.encode())
    for suffix in files:
        for old in sorted(folder.glob(f"nightly-*{suffix}"))[:-most]:
            old.unlink(missing_ok=True)
    return folder / f"{stem}.html"


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", f"{title} ({len(lines)}):", *(f"- {line}" for line in lines)] if lines else []


def _document(row: dict[str, Any]) -> str:
    head = " · ".join(part for part in (row["number"], wording.day(row["date"]), row["issuer"]) if part)
    found = f"{row['pages']} trang, {row['duties']} việc ({row['deadlines']} có hạn), {row['citations']} viện dẫn"
    found += f", {row['unsure']} chỗ cần xem lại" if row["unsure"] else ""
    about = f": {row['subject']}" if row["subject"] else ""
    note = f". {row['warning']}" if row["warning"] else ""
    return f"{head or row['name']}{about} [{row['source']}; {found}]{note}"


def _failure(row: dict[str, Any], local: Callable[[datetime], datetime]) -> str:
    again = f"; thử lại từ {_when(row['next_at'], local)}" if row["next_at"] else ""
    return f"{row['name']} [{row['source']}; {STATES[row['state']]}, lần {row['attempts']}{again}]: {row['reason']}"


def _asked(row: dict[str, Any]) -> str:
    return f"{row['number'] or row['subject'] or row['document'][:12]} ({row['duties']} việc)"


def _when(moment: str | None, local: Callable[[datetime], datetime]) -> str:
    return f"{local(datetime.fromisoformat(moment)):%H:%M %d/%m/%Y}" if moment else ""
