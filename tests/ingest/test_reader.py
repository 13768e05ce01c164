"""What is let in, what is refused, and with which words."""

from __future__ import annotations

import codecs
import io
import pickle
import zipfile

import pikepdf
import pytest
from PIL import Image

from corpus.errors import (
    BadInputError,
    CongvanError,
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    LimitError,
    NotFoundError,
    UnsupportedFileError,
)
from ingest import pdfium
from ingest.pages import Limits
from ingest.pipeline import ReadOptions, read
from ingest.reader import Kind, open_file, sniff
from tests.ingest import files


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (files.pdf(), Kind.PDF),
        (b"\0rubbish before the mark\n" + files.pdf(), Kind.PDF),
        (files.docx(), Kind.DOCX),
        (files.image_bytes(files.drawing(), "PNG"), Kind.IMAGE),
        (files.image_bytes(files.drawing(), "JPEG"), Kind.IMAGE),
        (files.image_bytes(files.drawing(), "TIFF"), Kind.IMAGE),
        (b"<!DOCTYPE html><p>a", Kind.HTML),
        ("Công văn".encode(), Kind.TEXT),
        (b"<20 tre/nhom; <p> la phu cap", Kind.TEXT),
    ],
)
def test_the_content_says_what_a_file_is(data: bytes, kind: Kind) -> None:
    assert sniff(data).kind is kind


def test_what_is_wrong_with_one_file_is_not_said_of_the_next() -> None:
    """PDFium keeps its last error; in a process that reads many files it was said of a file without pages, too."""
    empty = io.BytesIO()
    with pikepdf.new() as document:
        document.save(empty)
    for data, error in ((empty.getvalue(), EmptyFileError), (b"%PDF-1.7\nno\n%%EOF", DamagedFileError)):
        with pytest.raises(EncryptedFileError):
            pdfium.open_document(pickle.PickleBuffer(files.locked_pdf()), Limits())
        with pytest.raises(error):
            pdfium.open_document(pickle.PickleBuffer(data), Limits())
    pdfium.close_document()


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.pdf", b"", EmptyFileError),
        ("a.pdf", b" \n\0\0", EmptyFileError),
        ("a.txt", b"\n \n", EmptyFileError),
        ("a.pdf", files.empty_pdf(), EmptyFileError),
        ("a.pdf", files.locked_pdf(), EncryptedFileError),
        ("a.pdf", files.pdf()[: len(files.pdf()) // 2], DamagedFileError),
        ("a.pdf", b"%PDF-1.7\nnothing of the kind\n%%EOF", DamagedFileError),
        ("a.pdf", "Công văn".encode(), UnsupportedFileError),
        ("a.pdf", b"<html><body>Login</body></html>", UnsupportedFileError),
        ("a.jpg", b"<!DOCTYPE html><p>404 Not Found</p>", UnsupportedFileError),
        ("a.png", "Công văn".encode(), UnsupportedFileError),
        ("a.docx", files.docx()[:2000], CongvanError),
        ("a.docx", "Công văn".encode(), UnsupportedFileError),
        ("a.htm", b"<html><head><title>a</title></head><body><script>b</script></body></html>", EmptyFileError),
        (
            "a.mht",
            b"Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\na\n--x--",
            CongvanError,
        ),
        ("a.xls", b"<html><table><tr><td>a</td></tr></table></html>", UnsupportedFileError),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, UnsupportedFileError),
        ("a.xlsx", b"PK\x03\x04xl/workbook.xml", UnsupportedFileError),
        ("a.png", files.image_bytes(Image.new("L", (1, 1))), EmptyFileError),
        ("a.png", files.huge_png(), LimitError),
        ("a.jpg", files.image_bytes(files.drawing(), "JPEG")[:400], DamagedFileError),
        ("a.txt", "Công văn số 5".encode("utf-16-le"), UnsupportedFileError),
        ("a.txt", "Les élèves doivent être présents à la rentrée".encode("latin-1"), UnsupportedFileError),
        ("a.txt", codecs.BOM_UTF16_LE + b"\x00", UnsupportedFileError),
        ("a.exe", b"MZ\x90\0", UnsupportedFileError),
    ],
)
def test_bad_files_are_refused_with_a_remedy(name: str, data: bytes, error: type[CongvanError]) -> None:
    with pytest.raises(error) as caught:
        open_file(data, name)
    assert caught.value.remedy.startswith("Hãy ")


def test_an_image_that_ends_early_is_damaged() -> None:
    data = files.image_bytes(files.drawing(), "JPEG")
    opened = open_file(data[: len(data) // 2], "a.jpg")
    with pytest.raises(DamagedFileError):
        opened.picture(1)


@pytest.mark.parametrize(
    ("limits", "data", "name"),
    [
        (Limits(bytes=1000), files.pdf(), "a.pdf"),
        (Limits(pages=1), files.pdf([files.LINES] * 2), "a.pdf"),
        (Limits(pages=1), b"a\fb", "a.txt"),
        (Limits(pixels=1000), files.image_bytes(files.drawing()), "a.png"),
        (Limits(unpacked_bytes=1000), files.docx(), "a.docx"),
    ],
)
def test_every_limit_holds(limits: Limits, data: bytes, name: str) -> None:
    with pytest.raises(LimitError):
        open_file(data, name, limits)


def test_a_zip_bomb_is_not_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 5_000_000)
    with pytest.raises(LimitError):
        open_file(buffer.getvalue(), "a.docx", Limits(unpacked_bytes=1_000_000))


def test_a_huge_page_is_drawn_coarser_or_refused() -> None:
    import pikepdf

    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(files.pdf())) as document:
        document.pages[0].mediabox = pikepdf.Array([0, 0, 14_000, 14_000])
        document.save(buffer)
    opened = open_file(buffer.getvalue(), "a.pdf", Limits(pixels=400_000_000))
    with pytest.raises(LimitError):
        open_file(buffer.getvalue(), "a.pdf", Limits(pixels=1_000_000)).picture(1)
    assert opened.page(1).width == 14_000


def test_text_keeps_its_lines_over_form_feeds() -> None:
    opened = open_file(b"\xef\xbb\xbfm\xe1\xbb\x99t\r\n\r\nhai  \n\fba\n\nb\xe1\xbb\x91n\f", "a.txt")
    assert opened.page_count == 2
    first, second = opened.page(1), opened.page(2)
    assert (first.text, first.first_line) == ("một\n\nhai  \n", 1)
    assert (second.text, second.first_line) == ("ba\n\nbốn", 4)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Qu\xb6n l\xfd gi\xb8o d\xf4c", "TCVN3"),
        ("Quaûn lyù giaùo duïc".encode("latin-1"), "VNI"),
        (b"Qu\xe4n l\xfd gi\xe1o d\xf8c", "VISCII"),
        (b"Qua\xd2n ly\xec gia\xeco du\xf2c", "Windows-1258"),
    ],
)
def test_text_in_an_old_code_says_which(data: bytes, code: str) -> None:
    page = open_file(data + b"\r\n", "a.txt").page(1)
    assert page.text == "Quản lý giáo dục\n" and code in page.note


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_with_its_mark(encoding: str) -> None:
    mark = codecs.BOM_UTF16_LE if encoding.endswith("le") else codecs.BOM_UTF16_BE
    assert open_file(mark + "Điều 1\n".encode(encoding), "a.txt").page(1).text == "Điều 1\n"


def test_decomposed_text_comes_out_composed() -> None:
    assert open_file("Tiê\u0301ng".encode(), "a.txt").page(1).text == "Tiếng"


def test_tiff_frames_are_pages() -> None:
    frames = [files.drawing(), files.drawing(dpi=100)]
    data = files.image_bytes(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    opened = open_file(data, "a.tif")
    assert opened.page_count == 2
    assert opened.picture(2).pixels.shape == (1169, 827, 3)
    assert opened.picture(1).dpi == pytest.approx(150)


@pytest.mark.parametrize(("name", "data"), [("a.txt", b"a"), ("a.docx", files.docx())])
def test_text_files_have_no_picture(name: str, data: bytes) -> None:
    with pytest.raises(NotFoundError):
        open_file(data, name).picture(1)


def test_docx_in_the_order_of_the_body() -> None:
    import docx
    from docx.enum.text import WD_BREAK

    document = docx.Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "SỞ GIÁO DỤC\nSố: 5/SGDĐT"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    document.add_paragraph("Kính gửi: Các trường")
    table = document.add_table(2, 2)
    for k, text in enumerate(["TT", "Tên", "1", "Báo cáo"]):
        table.cell(k // 2, k % 2).text = text
    document.add_paragraph("trước").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("sau")
    buffer = io.BytesIO()
    document.save(buffer)
    opened = open_file(buffer.getvalue(), "a.docx")
    assert opened.page(1).text == (
        "SỞ GIÁO DỤC\nSố: 5/SGDĐT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Kính gửi: Các trường\nTT\tTên\n1\tBáo cáo\ntrước"
    )
    assert opened.page(2).text == "sau"


def test_a_pdf_that_lost_its_end_gives_its_pages_and_names_the_lost_ones() -> None:
    pages = [[f"Trang {k}", *files.LINES] for k in range(1, 7)]
    data = files.pdf(pages)
    whole = open_file(data[: data.rindex(b"xref", 0, data.rindex(b"startxref"))], "a.pdf")
    assert [whole.page(k).tokens[1].text for k in range(1, 7)] == list("123456")
    cut = open_file(data[:-2000], "a.pdf")
    assert cut.page_count == 6
    assert [cut.page(k).tokens[1].text for k in (1, 2, 3)] == list("123")
    with pytest.raises(DamagedFileError, match="Trang 6 bị mất"):
        cut.page(6)


def test_a_page_whose_contents_break_off_says_so() -> None:
    data = bytearray(files.pdf([files.LINES] * 2))
    at = data.index(b"stream", data.rindex(b"/ASCII85Decode")) + 300
    data[at : at + 40] = b"\0" * 40
    document = read(bytes(data), "a.pdf", options=ReadOptions())
    assert [("hỏng một phần" in page.reason, bool(page.error)) for page in document.pages].count((False, False)) == 1
    assert len(document.warnings) == 1


def test_a_line_of_thousands_of_pieces_is_refused_before_it_is_laid_out() -> None:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(14_000, 842))
    for k in range(450):
        canvas.drawString(30 * k, 400, "a")
    canvas.save()
    with pytest.raises(LimitError, match="quá nhiều chữ"):
        open_file(buffer.getvalue(), "a.pdf").page(1)
    with pytest.raises(LimitError, match="quá nhiều chữ"):
        open_file(files.pdf(), "a.pdf", Limits(characters=100)).page(1)


def test_errors_are_bad_input() -> None:
    with pytest.raises(BadInputError) as caught:
        open_file(b"", "a.pdf")
    assert caught.value.exit_code == 7
