"""Drafts for the checks of layout and wording, written with python-docx from a short description.

``Draft`` holds what a document says and how it is set; its defaults are right after Nghị định 30/2020/NĐ-CP, so that a
test spoils one field or another and knows what it planted.
"""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

CENTRE, LEFT, FULL = ALIGN.CENTER, ALIGN.LEFT, ALIGN.JUSTIFY


@dataclass(frozen=True)
class Par:
    """A paragraph: its text and how it is set; ``indent`` in millimetres, ``rule`` a share of the column's width."""

    text: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: Any = FULL
    indent: float = 12.7
    before: float = 6
    spacing: float = 1.0
    rule: float = 0.0
    colour: str = ""
    font: str = ""
    new_page: bool = False


def centred(text: str, size: float = 14, *, bold: bool = True, italic: bool = False, rule: float = 0.0) -> Par:
    return Par(text, size, bold, italic, CENTRE, 0, 0, rule=rule)


@dataclass(frozen=True)
class Draft:
    """A document: letterhead (left and right rows), middle, body, foot; margins in millimetres."""

    left: tuple[Par, ...]
    right: tuple[Par, ...]
    middle: tuple[Par, ...]
    body: tuple[Par, ...]
    recipients: tuple[Par, ...]
    sign: tuple[Par, ...]
    after: tuple[Par, ...] = ()
    margins: tuple[float, float, float, float] = (20, 20, 30, 15)  # top, bottom, left, right
    paper: tuple[float, float] = (210, 297)
    number: str = "top"  # where page numbers stand: "top", "bottom", "first" (on the first page as well), "none"
    number_align: Any = CENTRE
    table: tuple[tuple[str, ...], ...] = field(default=())

    def but(self, **changes: Any) -> Draft:
        return replace(self, **changes)


def swapped(parts: tuple[Par, ...], old: str, new: str | None = None, **look: Any) -> tuple[Par, ...]:
    """Return paragraphs with ``old`` written as ``new``, or set otherwise, in the paragraph that has it."""
    assert any(old in p.text for p in parts), f"no {old!r} in {[p.text for p in parts]}"
    return tuple(
        replace(p, text=p.text if new is None else p.text.replace(old, new), **look) if old in p.text else p
        for p in parts
    )


def without(parts: tuple[Par, ...], *words: str) -> tuple[Par, ...]:
    """Return paragraphs without those that hold one of these words."""
    for word in words:
        assert any(word in p.text for p in parts), word
    return tuple(p for p in parts if not any(word in p.text for word in words))


def as_docx(draft: Draft) -> bytes:
    """Return a draft as the bytes of a DOCX."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(x) for x in draft.paper)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, draft.margins)
    width = draft.paper[0] - draft.margins[2] - draft.margins[3]
    _two_columns(document, draft.left, draft.right, (width * 0.42, width * 0.58))
    for par in draft.middle:
        _write(document.add_paragraph(), par, width)
    for par in draft.body:
        _write(document.add_paragraph(), par, width)
    if draft.table:
        grid = document.add_table(len(draft.table), len(draft.table[0]))
        grid.style = "Table Grid"
        for row, texts in zip(grid.rows, draft.table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.paragraphs[0].add_run(text).font.size = Pt(13)
    if draft.recipients or draft.sign:
        _two_columns(document, draft.recipients, draft.sign, (width * 0.5, width * 0.5))
    for par in draft.after:
        _write(document.add_paragraph(), par, width)
    _page_numbers(document, draft)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _two_columns(
    document: WordDocument, left: tuple[Par, ...], right: tuple[Par, ...], widths: tuple[float, float]
) -> None:
    table = document.add_table(1, 2)
    table.autofit = False
    for k, (cell, pars, width) in enumerate(zip(table.rows[0].cells, (left, right), widths, strict=True)):
        cell.width = table.columns[k].width = Mm(width)
        for at, par in enumerate(pars):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            _write(paragraph, par, width - 3.8)


def _write(paragraph: Any, par: Par, width: float) -> None:
    form = paragraph.paragraph_format
    paragraph.alignment = par.align
    form.first_line_indent = Mm(par.indent)
    form.space_before, form.space_after, form.line_spacing = Pt(par.before), Pt(0), par.spacing
    form.page_break_before = par.new_page
    for k, line in enumerate(par.text.split("\n")):
        run = paragraph.add_run(line)
        if k + 1 < len(par.text.split("\n")):
            run.add_break()
        run.font.size, run.bold, run.italic = Pt(par.size), par.bold, par.italic
        if par.font:
            run.font.name = par.font
        if par.colour:
            run.font.color.rgb = RGBColor.from_string(par.colour)
    if par.rule:
        side = width * (1 - par.rule) / 2
        below = deepcopy(paragraph._p)
        for run in below.findall(qn("w:r")):
            below.remove(run)
        paragraph._p.addnext(below)
        border = OxmlElement("w:pBdr")
        top = OxmlElement("w:top")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            top.set(qn(f"w:{key}"), value)
        border.append(top)
        from docx.text.paragraph import Paragraph

        empty = Paragraph(below, paragraph._parent)
        empty.paragraph_format.left_indent = empty.paragraph_format.right_indent = Mm(side)
        empty.paragraph_format.first_line_indent = Mm(0)
        empty.paragraph_format.space_before = Pt(2)
        below.pPr.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _page_numbers(document: WordDocument, draft: Draft) -> None:
    if draft.number == "none":
        return
    section = document.sections[0]
    section.different_first_page_header_footer = draft.number != "first"
    part = section.footer if draft.number == "bottom" else section.header
    paragraph = part.paragraphs[0]
    paragraph.alignment = draft.number_align
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "2"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        if kind == "text":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)


def letterhead(
    parent: str | None, issuer: str, number: str, place_date: str, about: str | None = None
) -> tuple[tuple[Par, ...], tuple[Par, ...]]:
    """Return the two columns of a letterhead."""
    left = [centred(parent, 13, bold=False)] if parent else []
    names = issuer.split("\n")
    left += [
        centred(line, 13, rule=(0.4 if len(names) == 1 else 0.28) if k + 1 == len(names) else 0.0)
        for k, line in enumerate(names)
    ]
    left += [centred(number, 13, bold=False)]
    left += [replace(centred(about, 12, bold=False), before=6)] if about else []
    right = [
        centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12),
        centred("Độc lập - Tự do - Hạnh phúc", 13, rule=0.61),
        replace(centred(place_date, 13, bold=False, italic=True), before=10),
    ]
    return tuple(left), tuple(right)


def recipients(*lines: str) -> tuple[Par, ...]:
    head = Par("Nơi nhận:", 12, True, True, LEFT, 0, 0)
    return (head, *(Par(f"- {line}", 11, align=LEFT, indent=0, before=0) for line in lines))


def sign(*titles: str, name: str) -> tuple[Par, ...]:
    return (*(centred(title, 14) for title in titles), replace(centred(name, 14), before=60))


def bases(*lines: str) -> tuple[Par, ...]:
    return tuple(Par(line, italic=True) for line in lines)


def body(*lines: str) -> tuple[Par, ...]:
    return tuple(Par(line, bold=line[:2] in ("I.", "II") or line.startswith("III.")) for line in lines)


def letter() -> Draft:
    """A công văn of a Sở, 2023, with one level of units below it."""
    left, right = letterhead(
        "UBND TỈNH BÌNH SƠN", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 2415/SGDĐT-VP", "Bình Sơn, ngày 05 tháng 9 năm 2023",
        "V/v tổ chức hội thi thiết bị dạy học tự làm năm học 2023-2024",
    )  # fmt: skip
    to = (
        Par("Kính gửi:", align=LEFT, indent=40),
        Par("- Các phòng giáo dục và đào tạo;", align=LEFT, indent=55, before=0),
        Par("- Các trường trung học phổ thông.", align=LEFT, indent=55, before=0),
    )
    text = body(
        "Thực hiện Công văn số 4120/BGDĐT-GDTrH ngày 15 tháng 8 năm 2023 của Bộ Giáo dục và Đào tạo về việc hướng dẫn "
        "tổ chức hội thi thiết bị dạy học tự làm, Sở Giáo dục và Đào tạo yêu cầu các đơn vị thực hiện một số nội dung "
        "như sau:",
        "1. Các trường trung học phổ thông chọn sản phẩm dự thi, mỗi trường không quá 05 sản phẩm, ưu tiên thiết bị "
        "làm từ vật liệu tái chế và dùng được trong nhiều tiết học.",
        "2. Các phòng giáo dục và đào tạo tổ chức vòng sơ khảo trước ngày 15 tháng 10 năm 2023, trong đó:",
        "a) Lập hội đồng chấm gồm giáo viên có kinh nghiệm của các trường trong địa bàn;",
        "b) Công khai tiêu chí chấm trước khi các trường nộp sản phẩm;",
        "c) Lưu hồ sơ chấm đến hết năm học;",
        "d) Bảo quản sản phẩm dự thi cho đến khi trả lại trường;",
        "đ) Chọn sản phẩm gửi dự thi vòng chung khảo.",
        "3. Các đơn vị gửi danh sách sản phẩm về Sở Giáo dục và Đào tạo trước ngày 30 tháng 10 năm 2023.",
        "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị liên hệ Văn phòng Sở để được hướng dẫn./.",
    )
    foot = recipients("Như trên;", "Giám đốc, các Phó Giám đốc Sở;", "Lưu: VT, VP.")
    return Draft(left, right, to, text, foot, sign("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", name="Hoàng Thị Mai"))


def decision() -> Draft:
    """A quyết định of a Sở, 2024, with bases and articles."""
    left, right = letterhead(
        "UBND TỈNH BÌNH SƠN", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 08/QĐ-SGDĐT", "Bình Sơn, ngày 12 tháng 01 năm 2024"
    )
    middle = (
        replace(centred("QUYẾT ĐỊNH", 14), before=18),
        centred("Về việc thành lập Hội đồng chấm thi giáo viên dạy giỏi cấp tỉnh", 14, rule=0.4),
        replace(centred("GIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO", 14), before=12),
    )
    text = (
        *bases(
            "Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;",
            "Căn cứ Thông tư số 22/2019/TT-BGDĐT ngày 20 tháng 12 năm 2019 của Bộ Giáo dục và Đào tạo ban hành Quy "
            "định về Hội thi giáo viên dạy giỏi cơ sở giáo dục mầm non, cơ sở giáo dục phổ thông;",
            "Theo đề nghị của Trưởng phòng Tổ chức cán bộ.",
        ),
        replace(centred("QUYẾT ĐỊNH:", 14), before=12),
        *body(
            "Điều 1. Thành lập Hội đồng chấm thi giáo viên dạy giỏi cấp tỉnh gồm các ông, bà có tên trong danh sách "
            "gửi các đơn vị.",
            "Điều 2. Hội đồng có nhiệm vụ chấm thi, báo cáo kết quả với Giám đốc Sở trước ngày 28 tháng 02 năm 2024 và "
            "tự giải thể sau khi hoàn thành nhiệm vụ.",
            "Điều 3. Chánh Văn phòng, Trưởng phòng Tổ chức cán bộ và các ông, bà có tên tại Điều 1 chịu trách nhiệm "
            "thi hành Quyết định này./.",
        ),
    )
    foot = recipients("Như Điều 3;", "Các trường trung học phổ thông;", "Lưu: VT, TCCB.")
    return Draft(left, right, middle, text, foot, sign("GIÁM ĐỐC", name="Phạm Văn Lâm"))


def plan() -> Draft:
    """A kế hoạch of a people's committee of a commune, after the district level ended."""
    left, right = letterhead(
        None, "ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP", "Số: 45/KH-UBND", "Tân Lập, ngày 20 tháng 10 năm 2025"
    )
    middle = (
        replace(centred("KẾ HOẠCH", 14), before=18),
        centred("Phổ cập giáo dục mầm non cho trẻ em 5 tuổi năm 2026 trên địa bàn xã", 14, rule=0.4),
    )
    text = (
        *body(
            "Thực hiện Nghị định số 20/2014/NĐ-CP ngày 24 tháng 3 năm 2014 của Chính phủ về phổ cập giáo dục, xóa mù "
            "chữ, Ủy ban nhân dân xã ban hành Kế hoạch phổ cập giáo dục mầm non cho trẻ em 5 tuổi như sau:",
            "I. MỤC ĐÍCH, YÊU CẦU",
            "1. Huy động 100% trẻ em 5 tuổi trên địa bàn xã đến lớp, học đủ số buổi trong năm học.",
            "2. Việc điều tra, cập nhật số liệu phải đúng thực tế, không bỏ sót trẻ em tạm trú.",
            "II. NHIỆM VỤ",
            "1. Trường mầm non Tân Lập:",
            "a) Điều tra trẻ em trong độ tuổi tại từng thôn, cập nhật vào hệ thống trước ngày 15 tháng 11 năm 2025;",
            "b) Bố trí đủ giáo viên, phòng học cho lớp mẫu giáo 5 tuổi.",
            "2. Phòng Văn hóa - Xã hội kiểm tra hồ sơ, tổng hợp kết quả của xã trước ngày 10 tháng 12 năm 2025.",
            "III. TỔ CHỨC THỰC HIỆN",
            "Phòng Văn hóa - Xã hội theo dõi, đôn đốc việc thực hiện; báo cáo Ủy ban nhân dân xã kết quả vào cuối mỗi "
            "quý./.",
        ),
    )  # fmt: skip
    foot = recipients("Sở Giáo dục và Đào tạo;", "Thường trực Đảng ủy xã;", "Trường mầm non Tân Lập;", "Lưu: VT, VHXH.")
    return Draft(
        left, right, middle, text, foot,
        sign("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", name="Lê Văn Thành"),
    )  # fmt: skip


#: The good ones.
GOOD = {"letter": letter, "decision": decision, "plan": plan}
