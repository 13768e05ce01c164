"""Vietnamese names for codes, and dates as people write them; shared by the command line and the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.document import Decision
from corpus.facts import DEPARTMENT, CitationPlace, IssuerLevel, Relation
from corpus.text import shown_day

#: A duty of so few words says little without its directive.
_FEW = 6
#: Said where duties were asked for without a place.
EVERYWHERE = "Chưa nêu tỉnh, huyện nên kể cả việc của mọi địa phương."
#: Said where some of them are of an office of a district or commune, and the unit does not say in which it lies.
ANY_DISTRICT = "Chưa nêu huyện hay xã nên kể cả việc do Phòng GDĐT, UBND của mọi huyện, xã giao."

#: Why "văn bản nêu trên" is to be looked at where several documents were cited before.
UNCLEAR = "chưa rõ viện dẫn văn bản nào"

STATUSES = {"success": "đạt", "partial": "một phần", "failure": "không đạt"}
JOB_STATUSES = {"queued": "đang chờ", "running": "đang đọc", "done": "đã xong", "failed": "không xong"}

ACTIONS = {"accept": "xác nhận đúng", "edit": "sửa", "reject": "bỏ"}

ACTORS = {
    "bo_gddt": "Bộ GDĐT",
    "so_gddt": "Sở GDĐT",
    "phong_gddt": "Phòng GDĐT",
    "co_so_giao_duc": "cơ sở giáo dục",
    "don_vi_truc_thuoc": "đơn vị trực thuộc Sở",
    "trung_tam_gdtx": "trung tâm GDNN-GDTX",
    "ubnd_xa": "UBND xã, phường",
}

LEVELS = {"mam_non": "mầm non", "tieu_hoc": "tiểu học", "thcs": "THCS", "thpt": "THPT", "gdtx": "GDTX"}

ISSUER_LEVELS: dict[str, str] = {
    IssuerLevel.BO: "Bộ",
    IssuerLevel.SO: "Sở",
    IssuerLevel.PHONG: "Phòng, xã",
    IssuerLevel.TRUONG: "Trường",
}

RELATIONS = {
    Relation.IMPLEMENTS: "thực hiện",
    Relation.BASED_ON: "căn cứ",
    Relation.PURSUANT_TO: "theo quy định tại",
    Relation.REPLACES: "thay thế, bãi bỏ",
    Relation.AMENDS: "sửa đổi, bổ sung",
    Relation.GUIDES: "hướng dẫn",
    Relation.ATTACHED: "kèm theo",
    Relation.LISTED: "trong danh mục",
    Relation.MENTIONS: "nhắc đến",
}

PLACES = {
    CitationPlace.HEADER: "phần đầu",
    CitationPlace.BODY: "nội dung",
    CitationPlace.FOOTNOTE: "chú thích",
    CitationPlace.APPENDIX: "phụ lục",
}

DECISIONS = {
    Decision.KEEP: "giữ nguyên lớp chữ có sẵn",
    Decision.REPAIR: "lớp chữ có sẵn, đã phục hồi dấu",
    Decision.OCR: "nhận dạng từ ảnh",
}


def decisions(target: str, restored: bool, why: str = "") -> tuple[str, str]:
    """Return what the keys 1 (leave as read) and 3 (reject) mean for an unsure place; empty for what cannot be."""
    if why == UNCLEAR:
        return "Đúng là chưa rõ", "Không cần nêu"
    if target == "word":
        return "Đúng", "Trả về chữ gốc" if restored else "Bỏ chữ này"
    return _DECISIONS.get(target, _DECISIONS["duty"])


#: How a directive stands on a day, before the reason.
STANDING = {
    "in_force": "Còn hiệu lực",
    "not_issued": "Hiệu lực",
    "not_yet": "Hiệu lực",
    "replaced": "Không còn hiệu lực",
    "unknown": "Hiệu lực",
}

#: What may be put right about a contradiction.
PARTS = {
    "citation": "Văn bản viện dẫn",
    "deadline": "Việc có hạn",
    "header": "Phần đầu của văn bản",
    "word": "Chữ trong văn bản",
}

_DECISIONS = {
    "header": ("Văn bản không ghi", ""),
    "citation": ("Đúng số này", "Không phải viện dẫn"),
    "conflict": ("Đúng là mâu thuẫn", "Không mâu thuẫn"),
    "duty": ("Để nguyên: không của đơn vị nào", "Không phải việc phải làm"),
}


def says_little(task: str) -> bool:
    """Whether a duty is of so few words ("Nộp hồ sơ.", "Nộp tại UBND xã, phường.") that it says little alone."""
    return len(task.split()) <= _FEW


def day(iso: str | None) -> str:
    """Return an ISO date as 31/12/2023; empty for None; anything else as it is."""
    return shown_day(iso)


def actor(code: str) -> str:
    """Return the name of a kind of unit, or of a department of the Sở."""
    if code.startswith(DEPARTMENT):
        return code.removeprefix(DEPARTMENT)
    return ACTORS.get(code, code)


def for_whom(actors: list[str] | tuple[str, ...], levels: list[str] | tuple[str, ...] | None) -> str:
    """Return whom a duty falls on: "cơ sở giáo dục (THCS, THPT)"."""
    names = ", ".join(actor(a) for a in actors) or "chưa nêu đơn vị"
    return f"{names} ({', '.join(LEVELS.get(str(level), str(level)) for level in levels)})" if levels else names


def answered(actors: Sequence[str], levels: Sequence[str], recipient: str | None, via: str | None) -> str:
    """Return who answers for a dated duty and who gets it: what a question for the day wants to know beside it."""
    way = f" (qua {via})" if recipient and via else ""
    to = f" · Nơi nhận: {recipient}{way}" if recipient else ""
    return f"Đơn vị thực hiện: {for_whom(list(actors), list(levels))}{to}"


def relation(row: Mapping[str, Any]) -> str:
    """Return the name of the relation of a row of the citation graph."""
    code = row.get("relation", "")
    return RELATIONS[Relation(code)] if code in set(Relation) else code


def gone(number: str) -> str:
    """Return that a duty's directive is in force no more, by the number of what replaced or abolished it."""
    return f"văn bản đã hết hiệu lực theo {number}"


def late(days: int) -> str:
    """Return how long something is overdue as people say it: days for two months, then months, then years."""
    if days <= 60:
        return f"quá {days} ngày"
    return f"quá {days // 30} tháng" if days < 730 else f"quá {days // 365} năm"
