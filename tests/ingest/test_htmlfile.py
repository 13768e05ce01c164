"""HTML under whatever name: told by its content, read in the code that it is in, and as a Word file would be."""

from __future__ import annotations

import base64
import contextlib
import random
import time
import unicodedata
from pathlib import Path

import pytest

from corpus.document import Decision, content_id
from corpus.errors import CongvanError, EmptyFileError, LimitError
from ingest.batch import expand
from ingest.htmlword import as_word
from ingest.legacy import Scheme
from ingest.looks import typeset
from ingest.markup import ARCHIVE, HTML, markup_type
from ingest.pages import Limits
from ingest.pipeline import ReadOptions, read
from ingest.reader import open_file
from tests.ingest import files
from tests.ingest.test_legacy import coded

LETTERHEAD = """<table><tr><td>UBND TỈNH PHÚ LÂM<br><b>SỞ GIÁO DỤC VÀ ĐÀO TẠO</b></td>
<td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p></td></tr>
<tr><td>Số:&nbsp;12/SGDĐT-VP</td><td><i>Phú Lâm, ngày 12 tháng 9 năm 2023</i></td></tr></table>"""
HEAD = """UBND TỈNH PHÚ LÂM
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 12/SGDĐT-VP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Phú Lâm, ngày 12 tháng 9 năm 2023"""


def text_of(html: str | bytes, name: str = "a.doc") -> str:
    """Return the text of all pages, form feeds between them."""
    opened = open_file(html.encode() if isinstance(html, str) else html, name)
    return "\f".join(opened.page(k).text or "" for k in range(1, opened.page_count + 1))


@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a.rtf", "a.htm", "a.html", "a.txt", "a"])
def test_it_is_told_by_its_content(name: str) -> None:
    assert text_of(f"<html><body>{LETTERHEAD}</body></html>", name) == HEAD


@pytest.mark.parametrize(
    "beginning",
    [
        "<html>", "<HTML lang=vi>", "<!DOCTYPE html>", "\n<!-- made by hand -->\n<html>", "<p>", "<table>",
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>', "\ufeff<html>", "<style>p{}</style>", "<div>",
        '<html xmlns:o="urn:schemas-microsoft-com:office:office">', "<meta charset=utf-8>",
    ],
)  # fmt: skip
def test_the_ways_in_which_it_begins(beginning: str) -> None:
    assert markup_type(beginning.encode()) == HTML
    assert markup_type(beginning.lstrip("\ufeff").encode("utf-16")) == HTML
    assert markup_type(beginning.lstrip("\ufeff\n").encode("utf-16-le")) == HTML


@pytest.mark.parametrize("text", ["<20 trẻ", "Số <p> 5", "< html", "<pha>", "{\\rtf1}", "%PDF-1.7", ""])
def test_other_text_is_none(text: str) -> None:
    assert markup_type(text.encode()) is None


BODY = "".join(f"<p>{line}</p>" for line in files.LINES)
WANTED = "\n".join(files.LINES)


def cp1258(text: str) -> bytes:
    """Return text as Windows' Vietnamese code page has it: letters with their hats, tones behind them."""
    out = ""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        out += unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)) + tones if tones else char
    return out.encode("cp1258")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (BODY.encode(), ""),
        (f"<meta charset=windows-1252>{BODY}".encode(), ""),
        (f"\ufeff<html>{BODY}".encode(), ""),
        (f"<html>{BODY}".encode("utf-16"), ""),
        (f"<html>{BODY}".encode("utf-16-le"), ""),
        (f"<html>{BODY}".encode("utf-16-be"), ""),
        (unicodedata.normalize("NFD", f"<html>{BODY}").encode(), ""),
        (BODY.encode("ascii", "xmlcharrefreplace"), ""),
        (cp1258(f"<meta charset=windows-1258>{BODY}"), ""),
        (cp1258(f"<html>{BODY}"), ""),
        (f'<div style="font-family:.VnTime, serif">{coded(BODY, Scheme.TCVN3)}</div>'.encode(), "TCVN3"),
        (f"<style>p{{font-family:'.VnTime'}}</style>{coded(BODY, Scheme.TCVN3)}".encode(), "TCVN3"),
        (f"<style>p.MsoNormal, li {{margin:0; font-family:\".VnTime\",\"serif\"}}</style>{coded(BODY, Scheme.TCVN3)}"
         .replace("<p>", "<p class=MsoNormal>").encode(), "TCVN3"),
        (f'<meta charset=x-user-defined><font face=".VnTime">{coded(BODY, Scheme.TCVN3)}'.encode("latin-1"), "TCVN3"),
        (f"<meta charset=windows-1252>{coded(BODY, Scheme.TCVN3)}".encode("latin-1"), "TCVN3"),
        (f'<font face="VNI-Times">{coded(BODY, Scheme.VNI)}'.encode("latin-1"), "VNI"),
        (f"<font face=Arial>{coded(BODY, Scheme.VNI)}".encode("latin-1"), "VNI"),
    ],
)  # fmt: skip
def test_every_code_is_read(data: bytes, says: str) -> None:
    opened = open_file(data, "a.doc")
    assert opened.page(1).text == WANTED
    assert says in opened.page(1).note and bool(says) == bool(opened.page(1).note)


def test_a_font_of_capitals_gives_capitals() -> None:
    data = '<p><font face=".VnTimeH">céng hoµ x· héi</font> <font face=".VnTime">chñ nghÜa</font></p>'
    assert text_of(data) == "CỘNG HOÀ XÃ HỘI chủ nghĩa"


def test_a_letter_cut_at_the_end_of_the_file_costs_only_itself() -> None:
    assert text_of("<p>Công văn số 5 gửi các trường ở".encode()[:-1]).startswith("Công văn số 5 gửi các trường")


def archive(html: bytes, charset: str = "utf-8", coding: str = "base64") -> bytes:
    """Return a web archive as Word and browsers save it."""
    content = base64.encodebytes(html) if coding == "base64" else html
    return (
        b'MIME-Version: 1.0\r\nX-Document: 1\r\nContent-Type: multipart/related;\r\n\tboundary="--=_x"\r\n\r\n'
        b"One page.\r\n\r\n" + b"\r\n----=_x\r\nContent-Type: text/html; charset=" + charset.encode()
        + b"\r\nContent-Transfer-Encoding: " + coding.encode() + b"\r\n\r\n" + content
        + b"\r\n----=_x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----=_x--\r\n"
    )  # fmt: skip


@pytest.mark.parametrize("name", ["a.doc", "a.mht", "a.mhtml"])
def test_a_web_archive_is_read(name: str) -> None:
    data = archive(f"<html>{LETTERHEAD}{BODY}</html>".encode())
    assert markup_type(data) == ARCHIVE
    assert text_of(data, name) == f"{HEAD}\n{WANTED}"
    assert text_of(archive(cp1258(f"<html>{BODY}"), "windows-1258"), name) == WANTED


def test_it_is_read_like_a_word_file() -> None:
    html = f"""<html><head><title>tiêu đề</title><style>p{{color:red}}</style></head><body>
    {LETTERHEAD}
    <p>Căn cứ Thông tư số
       26/2019/TT-BGDĐT<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>,
       Sở yêu cầu:</p>
    <ol type="I"><li>Mục đích<ul><li>Nộp <b>báo</b> <i>cáo</i></li></ul></li><li>Yêu cầu</li></ol>
    <ol type="a" start="2"><li>Trường học</li></ol>
    <p style="text-transform: uppercase">Tổ chức thực hiện</p>
    <table border=1><tr><th>STT</th><th>Việc</th><th>Hạn</th></tr>
      <tr><td rowspan="2">1</td><td>Nộp báo cáo</td><td>15/5/2024</td></tr>
      <tr><td>Nộp kế hoạch</td><td>20/5/2024</td></tr>
      <tr><td colspan="2">Cộng</td><td>2</td></tr></table>
    <p><span style='mso-list:Ignore'>-<span style='font:7pt "Times New Roman"'>&nbsp;&nbsp; </span></span>Như trên;</p>
    <pre>Dòng 1
Dòng 2</pre>
    <br clear=all style='page-break-before:always'>
    <p>Phụ lục</p><div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a>Đã sửa đổi</p></div>
    </body></html>"""
    assert text_of(html) == (
        f"{HEAD}\nCăn cứ Thông tư số 26/2019/TT-BGDĐT¹, Sở yêu cầu:\nI. Mục đích\n- Nộp báo cáo\nII. Yêu cầu\n"
        "b) Trường học\nTỔ CHỨC THỰC HIỆN\nSTT\tViệc\tHạn\n1\tNộp báo cáo\t15/5/2024\n\tNộp kế hoạch\t20/5/2024\n"
        "Cộng\t2\n- Như trên;\nDòng 1\nDòng 2\fPhụ lục\n¹ Đã sửa đổi"
    )


def test_of_a_web_page_only_the_directive_is_taken() -> None:
    menu = "".join(f"<li><a href=/{k}>Mục {k}</a></li>" for k in range(20))
    page = f"""<html><body><nav>Trang chủ</nav><div><ul>{menu}</ul></div><form id=aspnet><div class=row>
    <div class=left>Tin liên quan</div><div class=main>{LETTERHEAD}{BODY * 3}</div></div></form>
    <script>ga()</script><p style="display:none">ẩn</p><footer>Bản quyền</footer></body></html>"""
    assert text_of(page, "trang.html") == f"{HEAD}\n" + "\n".join([WANTED] * 3)


def test_document_and_draft_check() -> None:
    data = f"<html>{LETTERHEAD}{BODY}</html>".encode()
    document = read(data, "công văn.doc", options=ReadOptions())
    assert document.id == content_id(data) and document.media_type == HTML
    assert document.pages[0].decision is Decision.KEEP
    assert "HTML" in typeset(data, document).notes[0]


@pytest.mark.parametrize(
    "data",
    [
        b"<html>" + b"<div>" * 100_000 + b"a",
        b"<table>" * 3000 + b"<tr><td>a",
        b"<p>" + b"a" * 2_000_000,
        b"<p>" + b"<b>" * 50_000 + b"a",
        b"<p>a\0\x01\x02\xff\xfe" * 1000,
        b"<table><tr><td rowspan=999999999 colspan=99999999999999999999>a<td>b</table>" * 50,
        b"<table><tr>" + b"<td rowspan=100 colspan=100>a" * 100 + b"</tr>" + b"<tr><td>b" * 100,
        b"<style>" + b"p{" * 50_000 + b"</style><p>a",
        b"<p style='font-family:" + b'"' * 100_000 + b"'>a",
        b"<ol start=99999999999999999999999><li>a",
        b"<html><!--" + b"-" * 500_000,
        b"<!--" * 1000,
        b"a:\n" * 2000 + b"content-type: multipart/related",
        b"a:\n\t\n" * 800,
        b"".join(b"Content-Type: multipart/related; boundary=%d\n\n--%d\n" % (k, k) for k in range(3000)),
        b"<p>a&#0;&#55296;&#1114112;&#xFFFE;b",
    ],
)
def test_hostile_pages_end_soon(data: bytes) -> None:
    begun = time.process_time()
    try:
        text_of(data)
    except CongvanError as error:
        assert error.remedy
    assert time.process_time() - begun < 15


@pytest.mark.parametrize(
    "charset", ["idna", "undefined", "rot13", "zip", "x-unknown", "utf-7", "tcvn3", "..", "punycode"]
)
def test_a_character_set_that_is_none_does_no_harm(charset: str) -> None:
    data = f"<meta charset={charset}><p>Cong van s\xf4\xe9 5</p>".encode("latin-1")
    assert text_of(data).startswith("Cong van s")
    assert text_of(archive(b"<p>Cong v\xe2n</p>", charset)).startswith("Cong v")


@pytest.mark.parametrize("seed", range(40))
def test_damaged_archives_are_told(seed: int) -> None:
    dice = random.Random(seed)
    data = bytearray(archive(f"<html>{LETTERHEAD}{BODY}</html>".encode()))
    for _ in range(dice.randint(1, 30)):
        at = dice.randrange(len(data))
        data[at : at + dice.randint(0, 9)] = dice.choice(
            [b"", b"\n", b"=?utf-8?q?", b"\xff\0", b"boundary=", b"--=_x", b";"]
        )
    with contextlib.suppress(CongvanError):
        text_of(bytes(data))


def test_limits_hold() -> None:
    with pytest.raises(LimitError):
        open_file(b"<html>" + b"a" * 2000, "a.doc", Limits(unpacked_bytes=8000))
    with pytest.raises(EmptyFileError):
        open_file(b"<html><body>  </body></html>", "a.doc")


def test_nothing_is_fetched_and_no_entity_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("bí mật")
    html = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><p>a &x; b</p><iframe src="{secret.as_uri()}">'
    )
    assert "bí mật" not in text_of(html)


def test_what_a_browser_saved_beside_a_page_is_left(tmp_path: Path) -> None:
    for name in ("a.htm", "a_files/ad.html", "b_files/c.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("<p>a</p>")
    assert [path.name for path in expand([tmp_path])] == ["a.htm", "c.html"]


def test_an_empty_table_and_a_table_in_a_table() -> None:
    html = "<table></table><table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>"
    assert text_of(html) == "a b c\td"
    assert as_word("<p></p>")
