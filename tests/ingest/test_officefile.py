"""DOC, RTF and ODT: what is refused at once, what LibreOffice makes of them, and what it must not do."""

from __future__ import annotations

import io
import subprocess
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Decision, content_id
from corpus.errors import (
    CongvanError,
    DamagedFileError,
    EncryptedFileError,
    LimitError,
    MissingDependencyError,
    UnsupportedFileError,
)
from ingest import soffice
from ingest.legacy import Scheme
from ingest.looks import typeset
from ingest.officefile import COMPOUND, DOC, ODT, RTF, office_type
from ingest.pages import Limits
from ingest.pipeline import ReadOptions, read
from ingest.reader import Kind, open_file, sniff
from tests.ingest import files
from tests.ingest.test_legacy import coded
from tests.ingest.test_wordfile import numbered, set_font

SPACE = "urn:oasis:names:tc:opendocument:xmlns"
NEEDS = pytest.mark.skipif(soffice.program() is None, reason=f"LibreOffice is not installed: {soffice.PACKAGE}")


def compound(*streams: str, flags: int = 0) -> bytes:
    """Return the beginning of a compound file: header, a directory with these streams, and the start of the first."""
    header = (COMPOUND + bytes(22) + (9).to_bytes(2, "little")).ljust(512, b"\0")
    directory = b""
    for name in streams:
        coded_name = name.encode("utf-16-le") + b"\0\0"
        entry = coded_name.ljust(64, b"\0") + len(coded_name).to_bytes(2, "little")
        directory += entry.ljust(116, b"\0") + (1).to_bytes(4, "little") + bytes(8)
    word = b"\xec\xa5\xc1\0" + bytes(6) + flags.to_bytes(2, "little")
    return header + directory.ljust(512, b"\0") + word.ljust(512, b"\0")


def odt(body: str, manifest: str = "") -> bytes:
    """Return an OpenDocument text with this body."""
    buffer = io.BytesIO()
    spaces = "".join(
        f' xmlns:{short}="{SPACE}:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", ODT), ("content.xml", "text/xml"))
    )
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{SPACE}:manifest:1.0">{rows}{manifest}</manifest:manifest>',
        )
    return buffer.getvalue()


def test_the_content_says_what_it_is() -> None:
    assert office_type(compound("WordDocument", "1Table")) == DOC
    assert office_type(b"{\\rtf1 a}") == RTF
    assert office_type(odt("")) == ODT
    assert office_type(files.docx()) is None
    assert sniff(b"{\\rtf1 a}").kind is Kind.OFFICE


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("a.doc", compound("Workbook"), UnsupportedFileError, "Excel"),
        ("a.doc", compound("PowerPoint Document"), UnsupportedFileError, "PowerPoint"),
        ("a.doc", compound("Contents"), UnsupportedFileError, "Office đời cũ"),
        ("a.doc", COMPOUND + b"\0" * 600, UnsupportedFileError, "Office đời cũ"),
        ("a.doc", compound("EncryptedPackage", "EncryptionInfo"), EncryptedFileError, "mật khẩu"),
        ("a.docx", compound("EncryptedPackage", "EncryptionInfo"), EncryptedFileError, "mật khẩu"),
        ("a.doc", compound("WordDocument", flags=0x0100), EncryptedFileError, "mật khẩu"),
        ("a.odt", odt("", "<manifest:encryption-data/>"), EncryptedFileError, "mật khẩu"),
        ("a.odt", odt("")[:300], DamagedFileError, "ODT bị hỏng"),
        ("a.rtf", "Công văn".encode(), UnsupportedFileError, "không phải Word"),
    ],
)
def test_what_is_refused_before_libreoffice_is_asked(
    name: str, data: bytes, error: type[CongvanError], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soffice, "program", lambda: pytest.fail("LibreOffice was asked"))
    with pytest.raises(error, match=words):
        open_file(data, name)


@pytest.mark.parametrize("name", ["a.doc", "a.rtf", "a.pdf", "a.htm", "a.txt", "a"])
def test_a_docx_may_be_called_otherwise(name: str) -> None:
    assert open_file(files.docx(), name).page(1).text == "\n".join(files.LINES)


def test_what_else_is_called_doc() -> None:
    assert open_file(files.pdf(), "a.doc").page(1).tokens[0].text == "Các"
    assert open_file(files.image_bytes(files.drawing()), "a.doc").media_type == "image/png"
    assert open_file("Công văn".encode(), "a.doc").page(1).text == "Công văn"
    assert open_file("<p>Công văn</p>".encode(), "a.doc").page(1).text == "Công văn"


def test_without_libreoffice_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(MissingDependencyError, match="libreoffice-writer-nogui"):
        open_file(compound("WordDocument"), "a.doc")


def pretended(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program of this name in LibreOffice's place."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)


def test_what_hangs_is_ended_with_all_that_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child"
    pretended(tmp_path, f"sleep 600 & echo $! > {child}; wait", monkeypatch)
    begun = time.monotonic()
    with pytest.raises(LimitError, match="quá 1 giây"):
        open_file(compound("WordDocument"), "a.doc", Limits(convert_seconds=1.0))
    assert time.monotonic() - begun < 15
    state = Path(f"/proc/{child.read_text().strip()}/stat")
    assert not state.exists() or ") Z " in state.read_text(), "what it started still runs"
    assert not list(tmp_path.glob("congvan-*")), "nothing is left on the disk"


@pytest.mark.parametrize("script", ["exit 0", "exit 77", "kill -SEGV $$"])
def test_what_makes_nothing_is_a_damaged_file(tmp_path: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pretended(tmp_path, script, monkeypatch)
    with pytest.raises(DamagedFileError, match="không mở được tệp Word"):
        open_file(compound("WordDocument"), "a.doc")
    assert not list(tmp_path.glob("congvan-*"))


def directive() -> Any:
    """Return a DOCX with a letterhead in two columns, numbers, a table and old fonts."""
    document = numbered((0, "Mục đích"), (1, "Nâng cao nhận thức"), (1, "Bảo đảm an toàn"), (0, "Tổ chức thực hiện"))
    head = document.add_table(2, 2)
    cells = ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/KH-SGDĐT", "Độc lập - Tự do")
    for k, text in enumerate(cells):
        head.cell(k // 2, k % 2).text = text
    document.add_paragraph("Phân công:")  # tables beside each other become one in a DOC
    rows = document.add_table(2, 3)
    for k, text in enumerate(("STT", "Việc", "Hạn", "1", "Nộp báo cáo", "15/5/2026")):
        rows.cell(k // 3, k % 3).text = text
    set_font(document.add_paragraph().add_run(coded(files.LINES[0], Scheme.TCVN3)), ".VnTime")
    set_font(document.add_paragraph().add_run("céng hoµ x· héi"), ".VnTimeH")
    set_font(document.add_paragraph().add_run(coded(files.LINES[1], Scheme.VNI)), "VNI-Times")
    return document


EXPECTED = f"""I. Mục đích
1. Nâng cao nhận thức
2. Bảo đảm an toàn
II. Tổ chức thực hiện
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 12/KH-SGDĐT
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do
Phân công:
STT\tViệc\tHạn
1\tNộp báo cáo\t15/5/2026
{files.LINES[0]}
CỘNG HOÀ XÃ HỘI
{files.LINES[1]}"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The directive as Word 97–2003, RTF and ODT, by suffix."""
    office = soffice.program()
    assert office is not None, f"LibreOffice is missing: {soffice.PACKAGE}"
    folder = tmp_path_factory.mktemp("made")
    source = folder / "a.docx"
    directive().save(str(source))
    found = {}
    for suffix, filter_ in ((".doc", "doc:MS Word 97"), (".rtf", "rtf"), (".odt", "odt")):
        command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
        command += [filter_, "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        found[suffix] = (folder / f"a{suffix}").read_bytes()
    return found


@pytest.mark.slow
@NEEDS
@pytest.mark.parametrize(("suffix", "media_type"), [(".doc", DOC), (".rtf", RTF), (".odt", ODT)])
def test_old_word_files_are_read_like_docx(made: dict[str, bytes], suffix: str, media_type: str) -> None:
    data = made[suffix]
    document = read(data, f"kế hoạch{suffix}", options=ReadOptions())
    assert document.text == EXPECTED
    assert document.id == content_id(data), "the file as received is what it is known by"
    assert document.media_type == media_type
    assert document.pages[0].decision is Decision.KEEP
    assert "TCVN3" in document.pages[0].reason and "VNI" in document.pages[0].reason
    assert typeset(data, document).settings, "a draft can be checked, too"


@pytest.mark.slow
@NEEDS
def test_several_at_once_neither_wait_nor_fail_for_each_other(made: dict[str, bytes]) -> None:
    good = made[".doc"]
    broken = compound("WordDocument")

    def text(data: bytes) -> str:
        try:
            return open_file(data, "a.doc").page(1).text or ""
        except DamagedFileError as error:
            return error.message

    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(text, [good, broken, good]))
    assert found[0] == found[2] == EXPECTED
    assert "bị hỏng" in found[1]


@pytest.fixture
def asked() -> Any:
    """A server of this machine and what was asked of it."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.slow
@NEEDS
@pytest.mark.parametrize("alone", [True, False])
def test_nothing_is_fetched_from_the_network_or_from_other_files(
    alone: bool, asked: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``alone``: in a network of its own where the system allows that; without it the profile has to do."""
    if not alone:
        monkeypatch.setattr(soffice, "_may_be_alone", lambda: False)
    address, paths = asked
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật")
    section = '<text:section text:name="S{}"><text:section-source xlink:href="{}"/><text:p>cũ</text:p></text:section>'
    picture = f'<draw:image xlink:href="{address}/a.png" xlink:type="simple" xlink:show="embed"/>'
    body = (
        "<text:p>Một đoạn</text:p>"
        + section.format(1, secret.as_uri())
        + section.format(2, f"{address}/b.txt")
        + f'<text:p><draw:frame svg:width="5cm" svg:height="5cm" text:anchor-type="as-char">{picture}</draw:frame>'
        + "</text:p>"
    )
    text = open_file(odt(body), "a.odt").page(1).text or ""
    assert "Một đoạn" in text and "bí mật" not in text
    fields = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{address}/c.png" \\\\d}}{{\\fldrslt x}}}}'
    fields += f'{{\\field{{\\*\\fldinst INCLUDETEXT "{secret}"}}{{\\fldrslt cu}}}}'
    text = open_file(f"{{\\rtf1\\ansi Mot doan\\par {fields}\\par}}".encode(), "a.rtf").page(1).text or ""
    assert "Mot doan" in text and "bí mật" not in text
    assert paths == []
