"""Comparing as its users do it: command, HTTP, page, Word; on toy rooms, whose facts are simple."""

from __future__ import annotations

import io
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word
from fastapi.testclient import TestClient

from api.app import create_app
from api.compared.report import as_docx
from api.library import Library
from api.settings import Settings
from api.usecases.comparing import compare
from corpus.errors import BadInputError, NotFoundError
from tests.api.rooms import ToyRooms

OLD = """Số: 20/SGDĐT-VP
V/v phòng bệnh mùa đông năm học 2022-2023
I. NHIỆM VỤ
1. Nhỏ mắt, súc miệng nước muối cho trẻ mỗi buổi sáng trước giờ học.
2. Che chắn cửa sổ phía bắc của lớp học bằng rèm hai lớp.
3. Ghi sổ theo dõi trẻ ho, sốt; báo cha mẹ đón về sớm.
4. Báo cáo: hạn 2023-01-10 nộp báo cáo phòng bệnh mùa đông của trường
"""
NEW = """Số: 15/SGDĐT-VP
V/v phòng bệnh mùa đông năm học 2023-2024, thay Thông tư 26/2019/TT-BGDĐT
I. NHIỆM VỤ
1. Nhỏ mắt, súc miệng nước muối cho trẻ mỗi buổi sáng trước giờ học.
2. Che chắn cửa sổ phía bắc của lớp học bằng rèm ba lớp, thay rèm đã rách.
3. Đun nước gừng ấm cho trẻ uống sau giờ chơi ngoài sân.
4. Báo cáo: hạn 2024-01-15 nộp báo cáo phòng bệnh mùa đông của trường
"""
OTHER = """Số: 30/SGDĐT-VP
Năm học 2024-2025
1. Kiểm kê máy chiếu, bán thanh lý bóng đèn hỏng.
2. Mua thêm phần mềm kế toán cho thủ quỹ.
"""


@pytest.fixture
def filled(library: Library, tmp_path: Path) -> Library:
    for name, text in (("cũ.txt", OLD), ("mới.txt", NEW), ("khác.txt", OTHER)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        library.add(path.read_bytes(), name)
    return library


@pytest.fixture
def client(settings: Settings, filled: Library) -> Iterator[TestClient]:
    with TestClient(create_app(settings, filled), base_url="http://127.0.0.1") as made:
        yield made


def kinds(outcome: Any) -> list[str]:
    return [row.kind.value for row in outcome.first.rows]


def test_last_years_counterpart_is_found(filled: Library) -> None:
    outcome = compare(filled, ["15/SGDĐT-VP"])
    assert outcome.found
    assert [side.name for side in outcome.sides] == ["20/SGDĐT-VP", "15/SGDĐT-VP"]
    assert kinds(outcome)[:4] == ["same", "reworded", "dropped", "new"]


def test_the_order_in_which_they_are_named_does_not_matter(filled: Library) -> None:
    one, two = compare(filled, ["15/SGDĐT-VP", "20/SGDĐT-VP"]), compare(filled, ["20/SGDĐT-VP", "15/SGDĐT-VP"])
    assert not one.found
    assert kinds(one) == kinds(two)
    assert [side.name for side in one.sides] == [side.name for side in two.sides] == ["20/SGDĐT-VP", "15/SGDĐT-VP"]


def test_without_a_counterpart_it_says_what_to_do(filled: Library) -> None:
    with pytest.raises(NotFoundError, match="không có văn bản năm trước"):
        compare(filled, ["20/SGDĐT-VP"])


@pytest.mark.parametrize("named", [["15/SGDĐT-VP", "15/SGDĐT-VP"], [" "], ["15/SGDĐT-VP"] * 4])
def test_what_cannot_be_compared_is_refused(filled: Library, named: list[str]) -> None:
    with pytest.raises(BadInputError):
        compare(filled, named)


def test_files_are_read_only_where_asked(filled: Library, tmp_path: Path) -> None:
    path = tmp_path / "riêng.txt"
    path.write_text(NEW.replace("15/SGDĐT", "16/SGDĐT").replace("ba lớp", "bốn lớp"), encoding="utf-8")
    with pytest.raises(NotFoundError):
        compare(filled, [str(path), "15/SGDĐT-VP"])
    outcome = compare(filled, [str(path), "15/SGDĐT-VP"], files=True)
    assert [side.stored for side in outcome.sides].count(False) == 1
    assert len(filled.documents()) == 3


def test_the_answer_over_http_says_where_everything_stands(client: TestClient) -> None:
    data = client.get("/v1/compare", params={"a": "15/SGDĐT-VP"}).json()
    assert data["found_counterpart"]
    (comparison,) = data["comparisons"]
    assert comparison["related"] and comparison["summary"]
    due = next(f for row in comparison["rows"] for f in row["facts"] if f["what"] == "due")
    assert (due["old"], due["new"], due["text"]) == ("2023-01-10", "2024-01-15", "hạn: 10/01/2023 → 15/01/2024")
    for place in (due["old_place"], due["new_place"]):
        shown = client.get(place["url"].partition("#")[0])
        assert shown.status_code == 200
        assert 'class="line on"' in shown.text
    words = next(row["words"] for row in comparison["rows"] if row["kind"] == "reworded" and row["words"])
    assert {"same": False, "old": "hai ", "new": "ba "} in words or any(
        "ba" in w["new"] for w in words if not w["same"]
    )


def test_errors_over_http_are_problems(client: TestClient) -> None:
    assert client.get("/v1/compare", params={"a": "99/KHONG"}).status_code == 404
    assert client.get("/v1/compare", params={"a": "15/SGDĐT-VP", "b": "15/SGDĐT-VP"}).status_code == 422
    assert client.get("/v1/compare").status_code == 422


def test_the_page_shows_both_sides_and_filters(client: TestClient) -> None:
    whole = client.get("/so-sanh", params={"a": "15/SGDĐT-VP"}).text
    assert "<del>" in whole and "<ins>" in whole
    assert "10/01/2023" in whole and "/v1/compare.docx?a=15" in whole
    links = re.findall(r'href="(/van-ban/[0-9a-f]{64}\?dong=[^"]+)"', whole)
    assert links and all(client.get(url.partition("#")[0]).status_code == 200 for url in links[:3])
    new = client.get("/so-sanh", params={"a": "15/SGDĐT-VP", "loc": "new"}).text
    assert "nước gừng" in new and "Nhỏ mắt" not in new
    dropped = client.get("/so-sanh", params={"a": "15/SGDĐT-VP", "loc": "dropped"}).text
    assert "ho, sốt" in dropped and "nước gừng" not in dropped


def test_the_page_is_honest_about_strangers_and_mistakes(client: TestClient) -> None:
    strangers = client.get("/so-sanh", params={"a": "15/SGDĐT-VP", "b": "30/SGDĐT-VP"})
    assert "không cùng chủ đề" in strangers.text and 'class="pair' not in strangers.text
    missing = client.get("/so-sanh", params={"a": "<script>99</script>"})
    assert missing.status_code == 404
    assert "<script>99" not in missing.text
    assert client.get("/so-sanh").status_code == 200


def test_three_years_stand_side_by_side(client: TestClient) -> None:
    query = {"a": "15/SGDĐT-VP", "b": "20/SGDĐT-VP", "c": "30/SGDĐT-VP"}
    data = client.get("/v1/compare", params=query).json()
    assert len(data["documents"]) == 3 and len(data["comparisons"]) == 2
    assert all(len(row["cells"]) == 3 for row in data["chain"])
    assert "Qua các năm" in client.get("/so-sanh", params=query).text


def test_the_word_file_holds_the_changes(filled: Library) -> None:
    word = Word(io.BytesIO(as_docx(compare(filled, ["15/SGDĐT-VP"]))))
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    text = "\n".join(cell.text for cell in cells)
    assert "10/01/2023" in text and "15/01/2024" in text and "nước gừng" in text
    runs = [run for cell in cells for paragraph in cell.paragraphs for run in paragraph.runs]
    assert any(run.font.strike and "hai" in run.text for run in runs)
    assert any(run.font.underline and "ba" in run.text for run in runs)
    page = word.sections[0]
    assert page.page_width and page.page_height and page.page_width > page.page_height


def test_the_command_prints_writes_and_complains(
    cli: Callable[..., int], filled: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("compare", "15/SGDĐT-VP", "--json") == 0
    assert json.loads(capsys.readouterr().out)["comparisons"][0]["related"]
    assert cli("compare", "15/SGDĐT-VP", "20/SGDĐT-VP", "--only", "new") == 0
    assert "→" in capsys.readouterr().out
    for name in ("báo cáo.docx", "báo cáo.json"):
        assert cli("compare", "15/SGDĐT-VP", "-o", tmp_path / name) == 0
        assert (tmp_path / name).stat().st_size > 500
    capsys.readouterr()
    assert cli("compare", "15/SGDĐT-VP", "-o", tmp_path / "x.xlsx") == 7
    assert cli("compare", "15/SGDĐT-VP", "--only", "gì") == 2
    assert cli("compare", "20/SGDĐT-VP") == 4
    assert "văn bản năm trước" in capsys.readouterr().err


@pytest.mark.slow
def test_the_word_file_opens_in_libreoffice(library: Library, rooms: ToyRooms, filled: Library, tmp_path: Path) -> None:
    path = tmp_path / "so-sanh.docx"
    path.write_bytes(as_docx(compare(filled, ["15/SGDĐT-VP", "20/SGDĐT-VP", "30/SGDĐT-VP"])))
    home = tmp_path / "office"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{home}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    told = subprocess.run(
        ["pdftotext", "-layout", path.with_suffix(".pdf"), "-"], capture_output=True, text=True, check=True
    )
    assert "BÁO CÁO SO SÁNH" in told.stdout and "nước gừng" in told.stdout
