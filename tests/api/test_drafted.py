"""The draft's Word file, read back row by row of the layout of Nghị định 30/2020/NĐ-CP; the task table; the pages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl import load_workbook

from api.drafted.sheet import as_xlsx
from ingest.pipeline import read
from nlp.drafting.office import Choices
from tests.bench.drafts import directive, drafted
from tests.nlp.texts import reader

NAME = "2022-bo-y-te"


@lru_cache(maxsize=2)
def made(kind: str = "cong-van") -> tuple[Any, bytes]:
    chosen = Choices(kind=kind, to=("phong", "truong", "gdtx"), signer="Trần Văn Minh")
    found, data, _ = drafted(directive(NAME), ("2021-so-y-te",), choices=chosen)
    return found, data


@lru_cache(maxsize=2)
def word(kind: str = "cong-van") -> Any:
    return Document(io.BytesIO(made(kind)[1]))


def cells(table: int, row: int) -> list[Any]:
    return [list(cell.paragraphs) for cell in word().tables[table].rows[row].cells]


def look(paragraph: Any) -> tuple[set[float], set[bool], set[bool]]:
    """Return sizes, boldness and slant of all letters of a paragraph."""
    runs = [run for run in paragraph.runs if run.text.strip()]
    assert runs, "no letters"
    return {r.font.size.pt for r in runs}, {bool(r.bold) for r in runs}, {bool(r.italic) for r in runs}


def expect(paragraph: Any, least: float, most: float, *, bold: bool = False, italic: bool = False) -> None:
    sizes, bolds, slants = look(paragraph)
    assert all(least <= size <= most for size in sizes), (paragraph.text, sizes)
    assert bolds == {bold}, paragraph.text
    assert slants == {italic}, paragraph.text


def find(text: str, kind: str = "cong-van") -> Any:
    return next(p for p in word(kind).paragraphs if p.text.startswith(text))


def rule_under(paragraph: Any, width: float) -> float:
    """Return the length of the rule right below a paragraph, in points, in a column of ``width`` points."""
    below = paragraph._p.getnext()
    assert below.find(f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:top')}").get(qn("w:val")) == "single"
    indent = below.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    return width - (int(indent.get(qn("w:left"))) + int(indent.get(qn("w:right")))) / 20


def letters(text: str, size: float, *, bold: bool) -> float:
    """Return the length of a text by the metrics of Times New Roman, measured on the font that stands in for it."""
    from PIL import ImageFont

    from corpus.samples.fonts import file_of

    return float(ImageFont.truetype(str(file_of("bold" if bold else "regular")), 1000).getlength(text)) * size / 1000


def test_paper_and_margins() -> None:
    for section in word().sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert 20 <= round(section.top_margin.mm, 1) <= 25
        assert 20 <= round(section.bottom_margin.mm, 1) <= 25
        assert 30 <= round(section.left_margin.mm, 1) <= 35
        assert 15 <= round(section.right_margin.mm, 1) <= 20


def test_font_and_ink() -> None:
    assert word().styles["Normal"].font.name == "Times New Roman"
    for paragraph in word().paragraphs:
        for run in paragraph.runs:
            assert run.font.name in (None, "Times New Roman")
            assert run.font.color.rgb is None


def test_page_numbers_from_the_second_page_in_the_top_margin() -> None:
    for section in word().sections:
        assert section.different_first_page_header_footer
        assert not "".join(p.text for p in section.first_page_header.paragraphs).strip()
        number = section.header.paragraphs[0]
        assert "PAGE" in number._p.xml
        assert number.alignment == ALIGN.CENTER
        assert all(13 <= run.font.size.pt <= 14 for run in number.runs)
        assert section.header_distance < section.top_margin
    numbered = [s._sectPr.find(qn("w:pgNumType")) for s in word().sections]
    assert numbered[0] is None
    assert numbered[1].get(qn("w:start")) == "1", "the annex is counted anew"


def test_letterhead() -> None:
    left, right = cells(0, 0)
    assert [p.text for p in left[:2]] == ["UBND TỈNH PHÚ LÂM", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"]
    expect(left[0], 12, 13)
    expect(left[1], 12, 13, bold=True)
    assert [p.text for p in right[:2]] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    expect(right[0], 12, 13, bold=True)
    expect(right[1], 13, 14, bold=True)
    assert all(p.alignment == ALIGN.CENTER for p in (*left[:2], *right[:2]))


def test_rules_under_the_office_and_the_motto() -> None:
    left, right = cells(0, 0)
    widths = [cell.width.pt - 10.8 for cell in word().tables[0].rows[0].cells]
    office = letters(left[1].text, 12, bold=True)
    assert 1 / 3 <= rule_under(left[1], widths[0]) / office <= 1 / 2
    motto = letters(right[1].text, 13, bold=True)
    assert rule_under(right[1], widths[1]) / motto == pytest.approx(1, abs=0.06)


def test_number_about_place_and_date() -> None:
    left, right = cells(0, 1)
    assert re.fullmatch(r"Số: +/SGDĐT-CTTT", left[0].text)
    expect(left[0], 13, 13)
    assert left[1].text.startswith("V/v hướng dẫn công tác y tế")
    expect(left[1], 12, 13)
    assert re.fullmatch(r"Phú Lâm, ngày +tháng 8 năm 2022", right[0].text)
    expect(right[0], 13, 14, italic=True)


def test_kinh_gui() -> None:
    head = find("Kính gửi:")
    expect(head, 13, 14)
    lines = []
    node = head._p.getnext()
    while node is not None and (text := "".join(t.text or "" for t in node.iter(qn("w:t")))).startswith("- "):
        lines.append(text)
        node = node.getnext()
    assert len(lines) == 3
    assert [line[-1] for line in lines] == [";", ";", "."]


def test_body() -> None:
    found, _ = made()
    texts = {f"{p.label} {p.text}".strip(): p for p in found.body}
    body = [p for p in word().paragraphs if p.text in texts]
    assert len(body) == len(found.body)
    for paragraph in body:
        kind = texts[paragraph.text].kind.value
        expect(paragraph, 13, 14, bold=kind in ("roman", "clause_title"))
        form = paragraph.paragraph_format
        assert paragraph.alignment == ALIGN.JUSTIFY
        assert any(abs(form.first_line_indent - Mm(mm)) < 700 for mm in (10, 12.7))
        assert form.space_after.pt >= 6
        assert 1.0 <= form.line_spacing <= 1.5
        if kind == "roman":
            assert paragraph.text.isupper()
            assert re.match(r"[IVX]+\. ", paragraph.text)
    assert body[-1].text.endswith("./.")
    assert sum("./." in p.text for p in body) == 1


def test_order_of_the_parts() -> None:
    kinds = [child.tag for child in word().element.body if child.tag in (qn("w:p"), qn("w:tbl"))]
    tables = [k for k, tag in enumerate(kinds) if tag == qn("w:tbl")]
    assert len(tables) == 3, "letterhead, sign-off, task table"
    assert tables[0] <= 1
    texts = [p.text for p in word().paragraphs]
    at = [next(k for k, t in enumerate(texts) if t.startswith(word_)) for word_ in ("Kính gửi", "Thực hiện", "Phụ lục")]
    assert at == sorted(at)


def test_foot() -> None:
    left, right = cells(1, 0)
    assert left[0].text == "Nơi nhận:"
    expect(left[0], 12, 12, bold=True, italic=True)
    for line in left[1:]:
        expect(line, 11, 11)
    assert left[1].text == "- Như trên;"
    assert left[-1].text == "- Lưu: VT, CTTT."
    shown = [p for p in right if p.text]
    assert [p.text for p in shown] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Minh"]
    for line in shown:
        expect(line, 13, 14, bold=True)
        assert line.alignment == ALIGN.CENTER


def test_annex() -> None:
    expect(find("Phụ lục"), 14, 14, bold=True)
    expect(find("TỔNG HỢP"), 13, 14, bold=True)
    note = find("(Kèm theo Công văn số")
    expect(note, 13, 14, italic=True)
    assert note.text.endswith("của Sở Giáo dục và Đào tạo tỉnh Phú Lâm)")
    assert all(p.alignment == ALIGN.CENTER for p in (find("Phụ lục"), find("TỔNG HỢP"), note))
    assert len(word().tables[2].rows) == len(made()[0].tasks) + 1


def test_a_plan_has_type_and_subject_with_a_rule() -> None:
    title, base = find("KẾ HOẠCH", "ke-hoach"), find("Căn cứ", "ke-hoach")
    expect(title, 13, 14, bold=True)
    subject = next(p for p in word("ke-hoach").paragraphs if p._p is title._p.getnext())
    expect(subject, 13, 14, bold=True)
    assert subject.alignment == ALIGN.CENTER
    share = rule_under(subject, Mm(160).pt) / min(letters(subject.text, 14, bold=True), Mm(160).pt)
    assert 1 / 3 <= share <= 1 / 2
    expect(base, 13, 14, italic=True)
    assert not any(p.text.startswith("Kính gửi") for p in word("ke-hoach").paragraphs)


def test_every_paragraph_has_a_comment_with_its_source() -> None:
    found, _ = made()
    texts = {f"{p.label} {p.text}".strip() for p in found.body}
    comments = {str(c.comment_id): c.text for c in word().comments}
    for paragraph in word().paragraphs:
        if paragraph.text in texts:
            ids = [node.get(qn("w:id")) for node in paragraph._p.iter(qn("w:commentReference"))]
            assert any(comments[k].startswith("Nguồn: ") for k in ids), paragraph.text
    told = "\n".join(comments.values())
    assert "Nguồn: 4118/BGDĐT-GDTC, mục III.3, trang 3, dòng " in told
    assert "Hạn: trước ngày 30/9/2022 → trước ngày 21/9/2022 (sớm hơn 7 ngày làm việc)" in told


def test_open_places_are_highlighted_and_asked() -> None:
    found, _ = made()
    shown = {r.text for p in word().paragraphs for r in p.runs if r.font.highlight_color is not None}
    body = {gap.text for p in found.body for gap in p.gaps}
    assert body
    assert body <= shown
    told = "\n".join(c.text for c in word().comments)
    assert all(gap.question in told for gap in found.gaps)


def test_the_file_is_well_formed() -> None:
    with zipfile.ZipFile(io.BytesIO(made()[1])) as package:
        xml = package.read("word/document.xml").decode()
        settings = package.read("word/settings.xml").decode()
    # elements in the order that the schema asks for, which Word insists on
    assert not re.search(r"<w:(?:spacing|ind|jc)\b[^>]*/>(?:(?!</w:pPr>).)*<w:pBdr>", xml)
    assert not re.search(r"<w:cols\b[^>]*/>(?:(?!</w:sectPr>).)*<w:pgNumType", xml)
    assert len(re.findall("<w:compat>", settings)) == 1


def test_a_long_subject_and_odd_letters_make_a_file_too() -> None:
    from dataclasses import replace

    from api.drafted.word import as_docx
    from nlp.drafting.draft import Run

    found, _ = made()
    about = replace(found.about, runs=(Run("tổ chức\x00 \x0b " + "rất dài " * 80),))
    again = Document(io.BytesIO(as_docx(replace(found, about=about))))
    assert "rất dài" in again.core_properties.title


def test_the_check_of_layout_and_wording_finds_nothing_wrong() -> None:
    from datetime import date

    from ingest.looks import typeset
    from nlp.lint.lint import lint

    for kind in ("cong-van", "ke-hoach"):
        data = made(kind)[1]
        document = read(data, "draft.docx")
        report = lint(document, reader().read(document), typeset(data, document), today=date(2022, 9, 1))
        # what the Bộ cites without its subject stays so, nothing is made up; open places are there on purpose
        wrong = [f for f in report.findings if f.rule.id not in ("content.first-citation", "content.gap")]
        assert not wrong, [(f.rule.id, f.what) for f in wrong]


def test_the_workbook_has_every_task_with_both_days() -> None:
    found, _ = made()
    sheet: Any = load_workbook(io.BytesIO(as_xlsx(found))).active
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert len(rows) == len(found.tasks)
    moved = [row for row, task in zip(rows, found.tasks, strict=True) if task.moved]
    assert moved
    assert all(row[4] < row[7] for row in moved)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_draws_it(tmp_path: Path) -> None:
    import pdfplumber

    (tmp_path / "d.docx").write_bytes(made()[1])
    home = f"-env:UserInstallation=file://{tmp_path}/lo"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "d.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pdfplumber.open(tmp_path / "d.pdf") as pdf:
        tops = [page.extract_words()[0] for page in pdf.pages]
        assert 3 <= len(pdf.pages) <= 6
        # page 1 begins under its margin, the others with their number in the middle of the top margin
        assert 19 <= tops[0]["top"] / 72 * 25.4 <= 25
        assert tops[1]["text"] == "2"
        assert tops[1]["top"] / 72 * 25.4 < 20
        assert abs((tops[1]["x0"] + tops[1]["x1"]) / 2 - (30 + 190) / 2 / 25.4 * 72) < 3
        assert tops[-1]["text"] == "Phụ", "the annex begins without a number"
        assert "Nơi nhận:" in (pdf.pages[-2].extract_text() or "")
