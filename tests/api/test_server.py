"""A real ``congvan serve`` on a free loopback port: HTTP from outside, and a page in a real browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

pytestmark = pytest.mark.slow

DIRECTIVE = """UBND TỈNH AN BÌNH
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 815/SGDĐT-GDTrH
V/v báo cáo sơ kết học kỳ I năm học 2023-2024
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 20 tháng 12 năm 2023

Kính gửi: Các trường trung học phổ thông.

Thực hiện Thông tư số 26/2019/TT-BGDĐT ngày 30/12/2019 của Bộ Giáo dục và Đào tạo,
Sở Giáo dục và Đào tạo yêu cầu các đơn vị thực hiện các nội dung sau:
1. Các trường trung học phổ thông gửi báo cáo sơ kết học kỳ I về Sở Giáo dục và Đào tạo
trước ngày 12/01/2024.
2. Nhà trường rà soát, cập nhật cơ sở dữ liệu ngành.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Nguyễn Văn Bình
"""


def pdf(text: str) -> bytes:
    """A digital PDF of one page, drawn with a font that has all Vietnamese letters."""
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    from corpus.samples import fonts

    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    canvas.setFont(fonts.register()["regular"], 12)
    for number, line in enumerate(text.splitlines()):
        canvas.drawString(60, 780 - 18 * number, line)
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "var"


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    """The address of a server on an empty state folder; it must end cleanly when told to."""
    command = [sys.executable, "-m", "api.cli", "serve", "--port", "0"]
    environment = dict(os.environ, CONGVAN_HOME=str(home), OMP_NUM_THREADS="1")
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert address, said
        yield address[0]
    finally:
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=30)[1]
    assert "Traceback" not in rest


@pytest.fixture(scope="module")
def document(server: str) -> str:
    """The id of a directive uploaded over HTTP."""
    answer = httpx.post(f"{server}/v1/documents", files={"files": ("báo cáo.pdf", pdf(DIRECTIVE))}, timeout=30)
    assert answer.status_code == 202
    until = time.monotonic() + 60
    while (job := httpx.get(server + answer.json()["url"], timeout=30).json())["status"] not in ("done", "failed"):
        assert time.monotonic() < until, job
        time.sleep(0.2)
    assert job["files"][0]["status"] == "success", job
    found: str = job["files"][0]["document"]
    return found


def test_the_main_job_over_http(server: str, document: str) -> None:
    found = httpx.get(f"{server}/v1/search", params={"q": "han nop bao cao hoc ky 1"}, timeout=60).json()
    assert found["hits"][0]["document"] == document
    assert found["answer"]["due"] == "2024-01-12"
    unit = {"unit": "co_so_giao_duc", "level": "thpt", "province": "An Bình", "school_year": "2023-2024"}
    duties = httpx.get(f"{server}/v1/duties", params=unit, timeout=30).json()["duties"]
    assert [row["due"] for row in duties if row["due"]] == ["2024-01-12"]
    cites = httpx.get(f"{server}/v1/graph/815/SGDĐT-GDTrH", timeout=30).json()["cites"]
    assert [row["number"] for row in cites] == ["26/2019/TT-BGDĐT"]
    svg = httpx.get(f"{server}/v1/graph/815/SGDĐT-GDTrH", params={"format": "svg"}, timeout=30).text
    drawn = "".join(ElementTree.fromstring(svg).itertext())
    assert "815/SGDĐT-GDTrH" in drawn and "26/2019/TT-BGDĐT" in drawn
    image = httpx.get(f"{server}/v1/documents/{document}/pages/1.png", timeout=30).content
    assert image.startswith(b"\x89PNG")


def test_server_and_command_line_share_one_folder(server: str, document: str, home: Path, tmp_path: Path) -> None:
    other = tmp_path / "khác.txt"
    other.write_text(DIRECTIVE.replace("815/", "816/").replace("12/01/2024", "19/01/2024"), encoding="utf-8")
    environment = dict(os.environ, CONGVAN_HOME=str(home), OMP_NUM_THREADS="1")
    for args in (("ingest", str(other)), ("remove", "khác.txt")):
        done = subprocess.run(
            [sys.executable, "-m", "api.cli", *args], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        found = httpx.get(f"{server}/v1/search", params={"q": "báo cáo sơ kết học kỳ I"}, timeout=30).json()
        sources = {hit["source"] for hit in found["hits"]}
        assert ("khác.txt" in sources) == (args[0] == "ingest")
    assert httpx.get(f"{server}/v1/healthz", timeout=30).json()["documents"] == 1


def test_a_bad_upload_is_explained(server: str) -> None:
    answer = httpx.post(f"{server}/v1/documents", files={"files": ("hỏng.pdf", b"%PDF-1.7\nx")}, timeout=30)
    until = time.monotonic() + 30
    while (job := httpx.get(server + answer.json()["url"], timeout=30).json())["status"] not in ("done", "failed"):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert job["files"][0]["status"] == "failure" and job["files"][0]["reason"]


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Debian's chromium")
def test_a_browser_shows_the_fact_on_the_page(server: str, document: str) -> None:
    """Scripts run under the page's own policy: the chosen fact is marked on the image and in the text."""
    facts = httpx.get(f"{server}/v1/documents/{document}", timeout=30).json()["facts"]
    at = next(k for k, d in enumerate(facts["deadlines"]) if d["due"] == "2024-01-12")
    page = dom(f"{server}/van-ban/{document}?dau=d{at}")
    marks = re.findall(rf'<rect class="mark on" data-fact="d{at}" x="([\d.]+)" y="([\d.]+)"', page)
    assert marks
    # line 13 of the drawing stands at 780 - 18 * 12 points from the bottom of the page
    assert abs(float(marks[0][1]) - (842 - (780 - 18 * 12) - 12)) < 12
    assert re.search(r'class="line on" id="d1-\d+"', page)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Debian's chromium")
def test_the_api_documentation_renders_without_internet(server: str) -> None:
    page = dom(f"{server}/docs", wait=4000)
    assert "/v1/search" in page and "opblock" in page
    assert "Unable to render" not in page


def dom(url: str, wait: int = 1500) -> str:
    """Return a page as the browser has it after its scripts ran; no other host can be reached."""
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [
                "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                f"--user-data-dir={profile}", f"--virtual-time-budget={wait}", "--dump-dom", url,
            ],
            capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
    return done.stdout
