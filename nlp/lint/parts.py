"""Rules about parts: which are there, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts import IssuerLevel
from corpus.layout30 import MOTTO, NATION, TYPES
from corpus.typeset import Side
from nlp.lint.finding import Finding
from nlp.lint.locate import Part
from nlp.lint.view import View
from nlp.page.marks import is_upper
from nlp.page.zones import Zone
from nlp.words.folding import folded

#: Offices without an office above them on their paper (Phụ lục I, Mục II.2).
_TOP = ("bo ", "uy ban nhan dan", "ubnd", "hoi dong nhan dan", "hdnd", "quoc hoi", "chinh phu", "van phong chinh phu")

_NAMES = {
    "nation": "Quốc hiệu", "motto": "Tiêu ngữ", "parent": "tên cơ quan chủ quản", "issuer": "tên cơ quan ban hành",
    "number": "số, ký hiệu", "place_date": "địa danh và ngày, tháng, năm", "about": "trích yếu (V/v)",
    "type": "tên loại", "subject": "trích yếu", "recipients_head": "Nơi nhận",
    "power": "quyền hạn, chức vụ", "signer": "họ và tên",
}  # fmt: skip
_RIGHT = ("nation", "motto", "place_date", "power", "signer")
#: What stands above what.
_ORDER = (
    ("nation", "motto"), ("parent", "issuer"), ("issuer", "number"), ("number", "about"), ("type", "subject"),
    ("power", "signer"),
)  # fmt: skip
_LEFT = ("parent", "issuer", "number", "about", "recipients_head")


def missing(view: View) -> Iterator[Finding]:
    """Yield the parts that every document has and this one lacks."""
    have = view.parts
    if "nation" not in have:
        fix = f"Thêm “{NATION}” ở đầu trang, bên phải."
        yield from view.found("part.nation", "Văn bản thiếu Quốc hiệu.", fix)
    if "motto" not in have:
        fix = f"Thêm “{MOTTO}” dưới Quốc hiệu."
        yield from view.found("part.motto", "Văn bản thiếu Tiêu ngữ.", fix)
    if "issuer" not in have:
        fix = "Ghi đầy đủ tên cơ quan ban hành bằng chữ in hoa, đậm ở đầu trang, bên trái."
        yield from view.found("part.issuer", "Không thấy tên cơ quan ban hành ở đầu trang.", fix)
    elif "parent" not in have and not _is_top(have["issuer"]):
        yield from view.at(
            "part.parent", have["issuer"], "Phía trên tên cơ quan ban hành không có tên cơ quan chủ quản trực tiếp.",
            f"Thêm tên cơ quan chủ quản ({_parent_of(view)}) phía trên, chữ in hoa, không đậm.",
        )  # fmt: skip
    if "number" not in have:
        fix = "Thêm dòng “Số: …/…” dưới tên cơ quan; chưa có số thì để trống trước dấu “/”."
        yield from view.found("part.number", "Văn bản thiếu số, ký hiệu.", fix)
    if "place_date" not in have:
        fix = "Thêm “<địa danh>, ngày … tháng … năm …” dưới Tiêu ngữ."
        yield from view.found("part.date", "Văn bản thiếu địa danh và thời gian ban hành.", fix)
    elif folded(have["place_date"].text).startswith("ngay"):
        fix = "Ghi địa danh trước ngày, ví dụ “Hà Nội, ngày …”."
        yield from view.at("part.place", have["place_date"], "Trước ngày ban hành không có địa danh.", fix)


def _is_top(issuer: Part) -> bool:
    return folded(issuer.text).startswith(_TOP)


def _parent_of(view: View) -> str:
    level = view.facts.header.issuer_level
    if level is IssuerLevel.SO:
        return "UBND TỈNH …"
    return "ví dụ UBND XÃ …, SỞ GIÁO DỤC VÀ ĐÀO TẠO" if level is IssuerLevel.TRUONG else "ví dụ UBND …"


def subject(view: View) -> Iterator[Finding]:
    """Yield what is wrong with tên loại, trích yếu and Kính gửi."""
    have = view.parts
    kind = have.get("type")
    if kind is not None and folded(kind.text).strip(" .:") == "cong van":
        yield from view.at(
            "type.letter", kind, "Công văn không ghi tên loại “CÔNG VĂN”.",
            "Bỏ dòng này; ghi trích yếu “V/v …” dưới số, ký hiệu.",
        )  # fmt: skip
        if "about" not in have and "subject" not in have:
            yield from _no_about(view)
        return
    if kind is not None:
        if not is_upper(kind.text):
            yield from view.at("set.case", kind, "Tên loại văn bản phải in hoa.", f"Ghi “{kind.text.upper()}”.")
        elif "subject" not in have:
            fix = "Ghi tóm tắt nội dung dưới tên loại, chữ in thường, đậm."
            yield from view.at("part.subject", kind, "Dưới tên loại không có trích yếu.", fix)
        return
    if view.number is not None and view.number.type is not None:
        name = TYPES.get(view.number.type) or view.number.type_name or view.number.type
        if "about" not in have or name != "Công văn":
            yield from view.found(
                "part.type", f"Ký hiệu là của {name.lower()} nhưng văn bản không có tên loại.",
                f"Thêm dòng “{name.upper()}” và trích yếu ở giữa trang; nếu là công văn thì bỏ “{view.number.type}” "
                "trong ký hiệu.",
            )  # fmt: skip
            return
    if "about" not in have:
        yield from _no_about(view)
    if "to" not in have:
        yield from view.found(
            "part.to", "Công văn không có “Kính gửi”.", "Thêm “Kính gửi: …” phía trên nội dung."
        )  # fmt: skip


def _no_about(view: View) -> Iterator[Finding]:
    fix = "Thêm “V/v …” dưới số, ký hiệu, cỡ chữ 12-13."
    yield from view.found("part.about", "Công văn không có trích yếu (V/v).", fix)


def foot(view: View) -> Iterator[Finding]:
    """Yield the parts that are missing under the body."""
    have = view.parts
    if "recipients_head" not in have and "recipients" not in have:
        fix = "Thêm “Nơi nhận:” bên trái dưới nội dung, dòng cuối là “- Lưu: VT, …”."
        yield from view.found("part.recipients", "Văn bản thiếu Nơi nhận.", fix)
    if "power" not in have:
        fix = "Ghi quyền hạn, chức vụ bằng chữ in hoa, đậm bên phải dưới nội dung, ví dụ “KT. GIÁM ĐỐC”."
        yield from view.found("part.power", "Không thấy quyền hạn, chức vụ của người ký.", fix)
    if "signer" not in have and not _open_name(view):
        fix = "Ghi họ và tên người ký dưới chức vụ, chữ in thường, đậm."
        yield from view.found("part.signer", "Không thấy họ và tên người ký.", fix)


def _open_name(view: View) -> bool:
    """Tell whether the name of who signs is left open: "[Họ và tên]", "………"."""
    lines = view.zoned.of(Zone.SIGNOFF)
    return any(re.search(r"\[[^\]]*(?:[Hh]ọ|[Tt]ên)[^\]]*\]|(?:^|\s)…{2,}|\.{5,}", line.text) for line in lines)


def misplaced(view: View) -> Iterator[Finding]:
    """Yield the parts that stand in the wrong column, or in the wrong order."""
    have = view.parts
    for keys, wrong, words in ((_RIGHT, Side.LEFT, "bên phải"), (_LEFT, Side.RIGHT, "bên trái")):
        for key in keys:
            if key in have and view.side(have[key]) is wrong:
                yield from view.at(
                    "part.place-on-page", have[key], f"{_first(_NAMES[key])} đặt sai vị trí.",
                    f"Chuyển {_NAMES[key]} sang {words}.",
                )  # fmt: skip
    for above, below in _ORDER:
        if above in have and below in have and have[below].end <= have[above].start:
            yield from view.at(
                "part.place-on-page", have[below],
                f"{_first(_NAMES[below])} đứng trên {_NAMES[above]}.",
                f"Chuyển {_NAMES[below]} xuống dưới {_NAMES[above]}.",
            )  # fmt: skip


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]
