"""The command line: what scripts rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from api.settings import Settings
from tests.api.conftest import BROKEN, FIRST
from tests.api.rooms import ToyRooms

Cli = Callable[..., int]

COMMANDS = [
    "ingest",
    "remove",
    "restore",
    "extract",
    "search",
    "duties",
    "graph",
    "show",
    "serve",
    "doctor",
    "units",
    "digest",
    "nightly",
]


def test_files_of_other_kinds_in_a_folder_are_told(
    cli: Cli, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path = tmp_path / "đến"
    (tmp_path / "sâu").mkdir(parents=True)
    (tmp_path / "một.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "sâu" / "cũ.ppt").write_bytes(b"\xd0\xcf")
    (tmp_path / "bảng.xlsx").write_bytes(b"PK")
    assert cli("ingest", tmp_path) == 0
    told = capsys.readouterr().err
    assert "Bỏ qua 2 tệp không thuộc loại đọc được: bảng.xlsx, cũ.ppt." in told and "PDF, DOCX" in told


def test_ingest_gives_a_row_a_file(cli: Cli, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "x.txt").write_text("BAD", encoding="utf-8")
    assert cli("ingest", folder, "--json") == 3
    out = capsys.readouterr()
    rows = json.loads(out.out)
    assert [row["status"] for row in rows] == ["success", "success", "failure"]
    assert set(rows[0]) == {"status", "document", "number", "pages", "reason", "source"}
    assert "x.txt: không đạt" in out.err
    assert cli("ingest", folder / "hai.txt") == 0
    table = capsys.readouterr().out
    assert "20/SGDĐT-VP" in table and "đã có" in table


def test_search_prints_hits_and_the_answer(cli: Cli, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli("ingest", folder)
    capsys.readouterr()
    assert cli("search", "khi nào nộp báo cáo học kỳ") == 0
    text = capsys.readouterr().out
    first = text.splitlines()[0]
    assert "15/01/2024" in first and "nộp báo cáo học kỳ 1" in first
    assert "15/SGDĐT-VP" in text and "năm học 2023-2024" in text
    assert "Đơn vị thực hiện: cơ sở giáo dục" in text and "Văn bản ghi: “" in text  # who, and the day as it is worded
    assert cli("search", "báo cáo", "--school-year", "2022-2023", "--limit", 1, "--json") == 0
    hits = json.loads(capsys.readouterr().out)
    assert [hit["source"] for hit in hits] == ["hai.txt"]
    assert {"source", "document", "number", "page", "line_from", "line_to", "text", "score"} <= set(hits[0])


def test_search_says_that_nothing_fits_and_shows_the_nearest(
    cli: Cli, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Số: 2{number}/SGDĐT-VP\nhạn 2023-05-30 nộp báo cáo\n", "utf-8")
    cli("ingest", *sorted(tmp_path.glob("*.txt")))
    capsys.readouterr()
    assert cli("search", "khi nào nộp vàng") == 0
    text = capsys.readouterr().out
    assert text.startswith("Không có đoạn nào khớp hẳn") and "▶" not in text
    assert "3. 22/SGDĐT-VP" in text and "23/SGDĐT-VP" not in text and "Còn 2 đoạn" in text


def test_an_empty_office_is_told_what_to_do(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli("search", "báo cáo") == 0
    out = capsys.readouterr()
    assert out.out == "" and "congvan ingest" in out.err
    assert cli("search", "báo cáo", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_search_takes_many_questions(
    cli: Cli, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("ingest", folder)
    capsys.readouterr()
    queries = tmp_path / "q.json"
    queries.write_text(json.dumps([{"id": "a", "query": "tổng kết"}, {"id": 7, "query": "xyz"}]), encoding="utf-8")
    assert cli("search", "--batch", queries, "--json") == 0
    results = json.loads(capsys.readouterr().out)
    assert list(results) == ["a", "7"]
    assert results["a"][0]["line_from"] == 3 and results["7"] == []


@pytest.mark.parametrize(
    "content", ["{", "[1]", '[{"id": 1}]', '{"id": 1}', '[{"id":1,"query":"a"},{"id":1,"query":"b"}]']
)
def test_bad_question_files_are_explained(
    cli: Cli, tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    queries = tmp_path / "q.json"
    queries.write_text(content, encoding="utf-8")
    assert cli("search", "--batch", queries, "--json") == 7
    out = capsys.readouterr()
    assert out.out == "" and "q.json" in out.err
    assert "Hãy" in out.err or "Cần" in out.err


def test_duties_in_json_have_the_promised_fields(cli: Cli, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli("ingest", folder)
    capsys.readouterr()
    assert cli("duties", "--unit", "co_so_giao_duc", "--level", "thpt", "--province", "An Bình", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["due"] for row in rows] == ["2023-05-30", "2024-01-15"]
    assert {"due", "task", "recipient", "via", "source", "number", "page", "line"} <= set(rows[0])
    assert cli("duties") == 0
    assert "không ghi hạn" in capsys.readouterr().out


def test_extract_stores_nothing(cli: Cli, folder: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli("extract", folder / "một.txt", "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["source"] == "một.txt" and facts["meta"]["number"] == "15/SGDĐT-VP"
    assert facts["deadlines"][0]["due"] == "2024-01-15" and facts["deadlines"][0]["line"] == 3
    assert not settings.home.exists()
    assert cli("extract", folder / "một.txt") == 0
    assert "26/2019/TT-BGDĐT" in capsys.readouterr().out


def test_show_lists_and_shows(cli: Cli, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli("ingest", folder)
    capsys.readouterr()
    assert cli("show") == 0
    assert "15/SGDĐT-VP" in capsys.readouterr().out
    assert cli("show", "15/SGDĐT-VP", "--text") == 0
    assert capsys.readouterr().out == FIRST + "\n"
    assert cli("show", "một.txt", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["page_list"][0]["text"] == FIRST and data["facts"]["meta"]["school_year"] == "2023-2024"
    assert cli("show", "99/SGDĐT-VP") == 4
    assert capsys.readouterr().err.startswith("congvan: Không có văn bản nào")


def test_remove_is_the_undo_of_ingest(cli: Cli, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli("ingest", folder)
    assert cli("remove", "hai.txt") == 0
    capsys.readouterr()
    cli("show", "--json")
    assert [row["source"] for row in json.loads(capsys.readouterr().out)] == ["một.txt"]


def test_graph_in_three_forms(cli: Cli, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli("ingest", folder)
    capsys.readouterr()
    assert cli("graph", "15/SGDĐT-VP", "--json") == 0
    view = json.loads(capsys.readouterr().out)
    assert [c["number"] for c in view["cited_by"]] == ["20/SGDĐT-VP"]
    assert cli("graph", "15/SGDĐT-VP", "--svg", tmp_path / "g.svg") == 0
    assert (tmp_path / "g.svg").read_text(encoding="utf-8").startswith("<svg")
    assert cli("graph", "--graphml", tmp_path / "g.graphml") == 0
    assert (tmp_path / "g.graphml").read_text(encoding="utf-8").startswith("<graphml")
    assert capsys.readouterr().out == ""
    assert cli("graph", "1/QĐ-TTg") == 4


def test_graph_as_a_whole_and_on_a_day(cli: Cli, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli("ingest", folder)
    capsys.readouterr()
    assert cli("graph", "--json") == 0
    assert {"most_cited", "to_fetch", "in_force", "findings"} <= set(json.loads(capsys.readouterr().out))
    assert cli("graph") == 0
    assert "chưa có trong kho" in capsys.readouterr().out
    assert cli("graph", "15/SGDĐT-VP", "--as-of", "05/09/2023", "--json") == 0
    assert json.loads(capsys.readouterr().out)["force_reason"] == "2023-09-05"
    assert cli("graph", "15/SGDĐT-VP", "--as-of", "mai") == 7
    assert cli("graph", "--svg", "a.svg") == 7


def test_restore_keeps_lines_and_clean_files(
    cli: Cli, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    broken, clean = tmp_path / "hỏng.txt", tmp_path / "sạch.txt"
    broken.write_bytes(b"\xef\xbb\xbf" + BROKEN.replace("\n", "\r\n").encode())
    clean.write_bytes("Sạch\r\nvà lẫn\nkhông xuống dòng cuối".encode())
    assert cli("restore", broken) == 0
    assert capfdbinary.readouterr().out == b"\xef\xbb\xbf" + BROKEN.replace("\n", "\r\n").replace("han", "hạn").encode()
    assert cli("restore", clean) == 0
    assert capfdbinary.readouterr().out == clean.read_bytes()
    assert cli("restore", broken, "-o", tmp_path / "ra.txt") == 0
    assert capfdbinary.readouterr().out == b""
    assert (tmp_path / "ra.txt").read_bytes().count(b"\r\n") == 2


def test_blanks_behind_the_last_line_are_no_line(
    cli: Cli, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "x.txt"
    for given, wanted in ((b"han\n \t", "hạn\n"), (b"han\na", "hạn\na"), (b"han ", "hạn "), (b"a\n ", "a\n ")):
        file.write_bytes(given)
        assert cli("restore", file) == 0
        assert capfdbinary.readouterr().out == wanted.encode()


@pytest.mark.parametrize(
    ("data", "word"), [(b"", "không có chữ"), (b"\xff\xfe\x00a", "UTF-8"), (b"%PDF\0", "tệp văn bản")]
)
def test_restore_says_what_it_cannot_read(
    cli: Cli, tmp_path: Path, data: bytes, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.txt").write_bytes(data)
    assert cli("restore", tmp_path / "x.txt") == 7
    out = capsys.readouterr()
    assert out.out == "" and word in out.err and "Traceback" not in out.err


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (("restore", "/không/có.txt"), 4, "Không tìm thấy"),
        (("search",), 2, "CÂU_HỎI"),
        (("ingest",), 2, "Thiếu tham số ĐƯỜNG_DẪN"),
        (("tim",), 2, "Không có lệnh “tim”"),
        (("show", "--sai"), 2, "Không có tùy chọn --sai"),
        (("search", "a", "--limit", "0"), 2, "--limit"),
        (("search", "a", "--limit"), 2, "--limit"),
        (("show", "a", "b"), 2, "Thừa tham số b"),
        (("duties", "--unit", "truong"), 7, "co_so_giao_duc"),
        (("duties", "--school-year", "2023-2025"), 7, "2023-2024"),
    ],
)
def test_errors_are_one_vietnamese_sentence(
    cli: Cli, args: tuple[str, ...], code: int, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli(*args) == code
    out = capsys.readouterr()
    assert out.out == "" and word in out.err
    assert out.err.startswith("congvan: ") and out.err.count("\n") == 1


def test_bad_settings_name_the_variable(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONGVAN_JOBS", "nhiều")
    assert cli("show") == 7
    assert "CONGVAN_JOBS" in capsys.readouterr().err


def test_ctrl_c_ends_cleanly(
    cli: Cli, rooms: ToyRooms, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rooms, "read_file", interrupted)
    assert cli("ingest", folder, "--jobs", 1) == 130
    assert "Đã dừng" in capsys.readouterr().err


def test_surprises_are_hidden_unless_debugging(
    cli: Cli, rooms: ToyRooms, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rooms, "checks", lambda: 1 / 0)
    assert cli("doctor") == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
    monkeypatch.setenv("CONGVAN_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli("doctor")


def test_doctor_shows_the_way(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli("doctor") == 0
    text = capsys.readouterr().out
    assert "Hãy cài graphviz." in text and "Thư mục dữ liệu" in text
    assert cli("doctor", "--json") == 0
    assert {"name", "ok", "found", "remedy", "required"} == set(json.loads(capsys.readouterr().out)[0])


@pytest.mark.parametrize("args", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_vietnamese(args: list[str], cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli(*args) == 0
    text = capsys.readouterr().out
    assert "Cách dùng: congvan" in text and "Hiện trợ giúp này" in text
    for english in (
        "Usage",
        "Options",
        "Arguments",
        "Commands",
        "Show this",
        "required",
        "default:",
        "<bool>",
        "<str>",
    ):
        assert english not in text
    if args == ["--help"]:
        assert all(name in text for name in COMMANDS)


def test_version(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli("--version") == 0
    assert capsys.readouterr().out.startswith("congvan ")


@pytest.mark.parametrize("args", ["['--help']", "['search', '--help']"])
def test_help_loads_nothing_heavy(args: str) -> None:
    code = (
        f"import sys; from api.cli import run; code = run({args}); "
        "heavy = {'torch', 'spacy', 'cv2', 'numpy', 'fastapi', 'sqlalchemy', 'sentence_transformers', 'underthesea'}; "
        "sys.exit(code or ', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_units_and_duties_into_files(
    cli: Cli, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli("ingest", folder)
    assert cli("units", "--unit", "co_so_giao_duc", "--level", "thpt", "--province", "An Bình", "--json") == 0
    out = capsys.readouterr().out
    (unit,) = json.loads(out[out.index("\n[") :])
    for kind, begins in ((".xlsx", b"PK"), (".csv", b"\xef\xbb\xbf"), (".ics", b"BEGIN:VCALENDAR")):
        path = tmp_path / f"viec{kind}"
        assert cli("duties", "--of", unit["id"], "-o", path) == 0
        assert path.read_bytes().startswith(begins)
    assert cli("duties", "--of", unit["id"], "-o", tmp_path / "x.doc") == 7
    capsys.readouterr()
    assert cli("duties", "--of", unit["id"], "--status", "overdue", "--as-of", "2024-02-01", "--json") == 0
    assert [row["due"] for row in json.loads(capsys.readouterr().out)] == ["2023-05-30", "2024-01-15"]
    assert cli("duties", "--province", "Atlantis") == 7
    assert "Lâm Đồng" in capsys.readouterr().err
    assert cli("units", "--remove", unit["id"]) == 0 and cli("duties", "--of", unit["id"]) == 4
    assert cli("units", "--restore", unit["id"]) == 0
    assert cli("ingest", folder, "--mode", "x") == 7
