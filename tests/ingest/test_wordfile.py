"""DOCX: automatic numbers, old fonts from run, style and theme, and what is not to be read."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from corpus.errors import DamagedFileError
from ingest.legacy import Scheme
from ingest.pages import RawPage
from ingest.reader import open_file
from tests.ingest import files
from tests.ingest.test_legacy import coded

TCVN3, VNI = coded(files.LINES[0], Scheme.TCVN3), coded(files.LINES[0], Scheme.VNI)


def read(document: Any) -> RawPage:
    buffer = io.BytesIO()
    document.save(buffer)
    return open_file(buffer.getvalue(), "a.docx").page(1)


def set_font(run: Any, name: str) -> None:
    fonts = OxmlElement("w:rFonts")
    fonts.set(qn("w:ascii"), name)
    fonts.set(qn("w:hAnsi"), name)
    run._r.get_or_add_rPr().append(fonts)


@pytest.mark.parametrize(("font", "text"), [(".VnTime", TCVN3), ("VNI-Times", VNI)])
def test_only_the_runs_in_an_old_font_change(font: str, text: str) -> None:
    document = docx.Document()
    document.add_paragraph(files.LINES[1])
    paragraph = document.add_paragraph("Hà Nội: ")
    for half in (text[:9], text[9:]):
        set_font(paragraph.add_run(half), font)
    paragraph.add_run(", đúng hạn ± 5 m² ô à")
    page = read(document)
    assert page.text == f"{files.LINES[1]}\nHà Nội: {files.LINES[0]}, đúng hạn ± 5 m² ô à"
    assert {".VnTime": "TCVN3", "VNI-Times": "VNI"}[font] in page.note


def test_a_font_of_capitals_and_symbols_and_soft_hyphens() -> None:
    document = docx.Document()
    set_font(document.add_paragraph().add_run("céng hoµ x· héi"), ".VnTimeH")
    paragraph = document.add_paragraph()
    run = paragraph.add_run("nh")
    set_font(run, ".VnTime")
    run._r.append(OxmlElement("w:softHyphen"))
    symbol = OxmlElement("w:sym")
    symbol.set(qn("w:font"), ".VnTime")
    symbol.set(qn("w:char"), "F0B5")
    paragraph.add_run(" l")._r.append(symbol)
    assert read(document).text == "CỘNG HOÀ XÃ HỘI\nnhư là"


def test_the_font_may_come_from_the_style_or_the_theme() -> None:
    document = docx.Document()
    document.styles["Normal"].font.name = ".VnTime"
    document.add_paragraph(TCVN3)
    assert read(document).text == files.LINES[0]
    themed = docx.Document()
    fonts = themed.styles.element.find(".//" + qn("w:rPrDefault")).find(".//" + qn("w:rFonts"))
    assert fonts.get(qn("w:hAnsiTheme")) == "minorHAnsi"
    part = next(r.target_part for r in themed.part.rels.values() if r.reltype.endswith("/theme"))
    part._blob = re.sub(rb'(<a:minorFont>\s*<a:latin typeface=")[^"]*', rb"\g<1>VNI-Times", part.blob)
    themed.add_paragraph(VNI)
    assert read(themed).text == files.LINES[0]


def test_without_a_font_name_the_text_tells() -> None:
    document = docx.Document()
    document.add_paragraph(files.LINES[1])
    document.add_paragraph(TCVN3)
    assert read(document).text == f"{files.LINES[1]}\n{files.LINES[0]}"


LEVELS = (
    ("upperRoman", "%1.", ""),
    ("decimal", "%2.", ""),
    ("lowerLetter", "%3)", ""),
    ("decimal", "%1.%2.%3.%4", "<w:isLgl/>"),
    ("bullet", "\uf0b7", ""),
)


def numbered(*items: tuple[int, str], start: int | None = None) -> Any:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{k}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
        for k, (form, text, more) in enumerate(LEVELS)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    override = "" if start is None else f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    number = parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/>{override}</w:num>')
    numbering.insert(0, abstract)
    numbering.append(number)
    for level, text in items:
        paragraph = document.add_paragraph(text)
        if level >= 0:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
            )
    return document


def test_automatic_numbers_are_written_out() -> None:
    items = [(0, "Mục đích"), (1, "Một"), (2, "x"), (2, "y"), (-1, "lời thường"), (1, "Hai"), (2, "z"), (3, "sâu")]
    items += [(4, "gạch"), (0, "Yêu cầu"), (1, "Ba")]
    assert (read(numbered(*items)).text or "").split("\n") == [
        "I. Mục đích", "1. Một", "a) x", "b) y", "lời thường", "2. Hai", "a) z", "1.2.1.1 sâu",
        "• gạch", "II. Yêu cầu", "1. Ba",
    ]  # fmt: skip


def test_a_list_may_start_elsewhere_and_empty_items_count() -> None:
    assert read(numbered((0, "đầu"), (0, " "), (0, "ba"), start=4)).text == "IV. đầu\nVI. ba"


def test_deleted_text_is_not_read_and_text_boxes_are_read_once() -> None:
    document = docx.Document()
    body = document.add_paragraph("trước ")
    body._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>bỏ</w:delText><w:t>bỏ</w:t></w:r></w:del>"))
    box = "<w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>"
    names = f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    body._p.append(parse_xml(f"<w:r {names}><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"))
    body.add_run("sau")
    assert read(document).text == "trước sau\ntrong khung"


def test_a_table_that_claims_a_billion_columns_is_read_at_once() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "một", "hai"
    properties = table.cell(0, 0)._tc.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="1000000000"/>'))
    assert read(document).text == "một\thai"


def test_a_file_that_asks_for_a_newer_kind_of_archive_is_damaged() -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    data = bytearray(buffer.getvalue())
    data[data.index(b"PK\x01\x02") + 6] = 235  # "version needed to extract" of the central directory
    with pytest.raises(DamagedFileError):
        open_file(bytes(data), "a.docx")


def _table(*rows: tuple[list[str], ...]) -> Any:
    document = docx.Document()
    table = document.add_table(len(rows), max(map(len, rows)))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, paragraphs in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].text = paragraphs[0] if paragraphs else ""
            for text in paragraphs[1:]:
                cell.add_paragraph(text)
    return document


def test_a_list_beside_a_month_is_told_item_by_item() -> None:
    head = (["Tháng"], ["Nội dung"], ["Người thực hiện"])
    rows = (
        (["9/2022"], ["- Khai giảng", "năm học mới.", "- Nộp kế hoạch."], ["BGH", "Văn thư"]),
        (["Tháng", "10"], ["- Hội nghị viên chức.", "- Thi GVDG.", "- Dự giờ."], ["Công đoàn, tổ trưởng"]),
        (["11"], ["Mít tinh 20/11."], ["Công đoàn"]),
    )
    assert (read(_table(head, *rows)).text or "").split("\n") == [
        "Tháng\tNội dung\tNgười thực hiện",
        "9/2022\t- Khai giảng năm học mới.\tBGH", "\t- Nộp kế hoạch.\tVăn thư",
        "Tháng 10\t- Hội nghị viên chức.\tCông đoàn, tổ trưởng", "\t- Thi GVDG.\t", "\t- Dự giờ.\t",
        "11\tMít tinh 20/11.\tCông đoàn",
    ]  # fmt: skip


def test_other_lists_stay_in_their_row_and_cells_like_pages_come_one_after_the_other() -> None:
    row = (["1"], ["Hồ sơ gồm:", "- Tờ trình;", "- Danh sách."], ["15/9/2022"])
    assert read(_table(row)).text == "1\tHồ sơ gồm: - Tờ trình; - Danh sách.\t15/9/2022"
    work = [f"- Việc {k}" for k in range(12)]
    assert (read(_table((["Nội dung"], ["Ai làm"]), (work, ["- Thầy An", "- Cô Bình"]))).text or "").split("\n") == [
        "Nội dung\tAi làm", *work, "- Thầy An", "- Cô Bình",
    ]  # fmt: skip


def test_a_cell_that_goes_on_from_the_row_above_keeps_its_place() -> None:
    document = _table((["9/2022"], ["Khai giảng"], ["BGH"]), ([""], ["Hội nghị"], ["Công đoàn"]))
    table = document.tables[0]
    table.cell(0, 0).merge(table.cell(1, 0))
    assert read(document).text == "9/2022\tKhai giảng\tBGH\n\tHội nghị\tCông đoàn"


def test_a_letterhead_over_cells_of_other_widths_is_no_table() -> None:
    document = _table(
        (["LIÊN ĐOÀN LAO ĐỘNG", "Số: 06/HD-CĐN"], [], ["CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Ngày 06/10/2017"]),
        ([], ["HƯỚNG DẪN", "Tổ chức hoạt động"], []),
    )
    assert (read(document).text or "").split("\n") == [
        "LIÊN ĐOÀN LAO ĐỘNG", "Số: 06/HD-CĐN", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Ngày 06/10/2017", "HƯỚNG DẪN",
        "Tổ chức hoạt động",
    ]  # fmt: skip
