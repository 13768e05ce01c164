"""The daily letter: off by default, one a day, real SMTP."""

from __future__ import annotations

import email
import email.policy
import re
import socket
import threading
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from api.digest import send_due
from api.letter import letter
from api.library import Library
from api.nightly import tonight
from api.nightly.run import Tell
from api.settings import Settings
from corpus.errors import BadInputError, CongvanError
from tests.api.conftest import FIRST, NOW, SECOND
from tests.api.rooms import ToyRooms


class Postbox(threading.Thread):
    """A mail server for one connection at a time, which keeps the letters it gets."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.letters: list[bytes] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def run(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            with connection, connection.makefile("rwb") as line:
                line.write(b"220 toy\r\n")
                line.flush()
                while (said := line.readline().strip().upper()) and said != b"QUIT":
                    if said == b"DATA":
                        line.write(b"354 go\r\n")
                        line.flush()
                        body = b""
                        while (part := line.readline()) != b".\r\n":
                            body += part
                        self.letters.append(body)
                    line.write(b"250 ok\r\n")
                    line.flush()
                line.write(b"221 bye\r\n")
                line.flush()


def text_of(made: EmailMessage) -> str:
    """Return the text of a letter, in which nothing of the HTML is."""
    body = made.get_body(("plain",))
    assert body is not None and "<" not in body.get_content()
    text: str = body.get_content()
    return text


class Page(HTMLParser):
    """The HTML of a letter: its words, its links, its elements."""

    def __init__(self, made: EmailMessage) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""
        body = made.get_body(("html",))
        assert body is not None
        self.feed(body.get_content().replace("<br>", " "))
        self.close()
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def office(home: Path, port: int | None) -> Library:
    host = {} if port is None else {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none"}
    library = Library(Settings.model_validate({"home": home, **host}), ToyRooms(), now=lambda: NOW)
    for name, text in (("một.txt", FIRST), ("hai.txt", SECOND)):
        library.add(text.encode(), name)
    return library


def night(library: Library, folder: Path) -> dict[str, Any]:
    """Run a night over one new directive, with letters for the units and the report by e-mail."""
    (folder / "vào").mkdir()
    (folder / "vào" / "ba.txt").write_text("Số: 30/SGDĐT-VP\nhạn 2024-01-20 nộp báo cáo\n", encoding="utf-8")
    (folder / "nightly.toml").write_text(
        '[nightly]\nstable_seconds = 0\nmin_free_mb = 0\ndigest = true\nreport_to = ["vanthu@so.edu.vn"]\n'
        '[[folder]]\nname = "quét"\npath = "vào"\n',
        encoding="utf-8",
    )
    return tonight.run(library, tonight.load(folder / "nightly.toml"), {}, Tell())


def test_it_is_off_by_default(tmp_path: Path) -> None:
    library = office(tmp_path / "var", None)
    with pytest.raises(BadInputError, match="CONGVAN_SMTP_HOST"):
        send_due(library)


def test_a_unit_gets_one_letter_a_day(tmp_path: Path) -> None:
    box = Postbox()
    box.start()
    library = office(tmp_path / "var", box.port)
    library.units.save(library.profile("co_so_giao_duc", "thpt", "An Bình"), "vt@truong.edu.vn")
    library.units.save(library.profile("co_so_giao_duc", "thcs", "An Bình"))  # without an address
    assert send_due(library) == 1 and send_due(library) == 0
    (raw,) = box.letters
    made = email.message_from_bytes(raw, policy=email.policy.default)
    assert made["To"] == "vt@truong.edu.vn"
    assert made["Subject"] == "Nhắc việc 10/01/2024: 1 việc sắp đến hạn, 2 văn bản mới"
    text = text_of(made)
    assert "15/01/2024 (còn 5 ngày): nộp báo cáo học kỳ 1 của trường THPT (gửi Sở) – 15/SGDĐT-VP" in text
    # what was due in the last school year is not listed, and not forgotten
    assert "30/05/2023" not in text and "còn 1 việc quá hạn từ trước" in text
    assert text.index("Đến hạn trong 14 ngày (1)") < text.index("Văn bản mới có việc cho đơn vị (2)")
    assert "15/SGDĐT-VP ngày 01/09/2023: Về việc thử (1 việc, hạn gần nhất 15/01/2024)" in text


def test_a_letter_is_text_and_html_that_say_the_same(tmp_path: Path) -> None:
    settings = Settings.model_validate({"home": tmp_path / "var", "public_url": "https://cv.example/"})
    library = Library(settings, ToyRooms(), now=lambda: NOW)
    text = FIRST + 'hạn 2024-01-05 nộp danh sách <b>lớp 9</b> & "hồ sơ"\n'
    stored = library.add(text.encode(), "một.txt")
    saved = library.units.save(library.profile("co_so_giao_duc", "thpt", "An Bình"), "vt@truong.edu.vn")
    made = letter(library, saved)
    assert made is not None and made.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in made.iter_parts()] == ["text/plain", "text/html"]
    page = Page(made)
    plain = made.get_body(("plain",))
    assert plain is not None
    for line in plain.get_content().splitlines():
        for words in re.split(r" – |: https://", line.removeprefix("- ").strip().removesuffix(":")):
            assert words.startswith("cv.example") or " ".join(words.split()) in page.words, line
    assert '<b>lớp 9</b> & "hồ sơ"' in page.words and "b" not in page.tags
    assert not set(page.tags) & {"img", "script", "style", "link", "iframe", "form", "object", "font"}
    assert page.attributes <= {
        "href", "style", "lang", "charset", "name", "content", "role", "width", "cellpadding", "cellspacing", "align",
    }  # fmt: skip
    assert f"https://cv.example/van-ban/{stored.document}?dong=1-3-3#d1-3" in page.links
    assert f"https://cv.example/van-ban/{stored.document}" in page.links
    assert page.links[-1].startswith("https://cv.example/truong-toi?unit=co_so_giao_duc")
    assert all(link.startswith("https://cv.example/") for link in page.links)
    library.close()


def test_without_an_address_a_letter_has_no_links(tmp_path: Path) -> None:
    library = office(tmp_path / "var", None)
    saved = library.units.save(library.profile("co_so_giao_duc", "thpt", "An Bình"), "vt@truong.edu.vn")
    made = letter(library, saved)
    assert made is not None
    page = Page(made)
    assert page.links == [] and "http" not in text_of(made) and "trang “Trường tôi”" in page.words
    library.close()


def test_what_is_overdue_is_listed_once_then_once_a_week(tmp_path: Path) -> None:
    clock = [NOW]  # a Wednesday
    settings = Settings.model_validate({"home": tmp_path / "var", "public_url": "https://cv.example/"})
    library = Library(settings, ToyRooms(), now=lambda: clock[0])
    days = ("2023-12-20", "2024-01-05", "2024-01-11", "2024-06-01")
    text = "\n".join(["Số: 15/SGDĐT-VP", *(f"hạn {day} nộp báo cáo {day}" for day in days)])
    library.add(text.encode(), "một.txt")
    saved = library.units.save(library.profile("co_so_giao_duc", "thpt", "An Bình"), "vt@truong.edu.vn")

    def on(day: int) -> str | None:
        clock[0] = NOW + timedelta(days=day)
        made = letter(library, saved)
        if made is None:
            return None
        library.store.desk.note_mail(saved.id, library.today().isoformat(), library.now())
        return f"{made['Subject']}\n{text_of(made)}"

    first = on(0)  # the first letter tells everything
    assert first is not None and "1 việc sắp đến hạn, 2 việc quá hạn" in first
    assert "11/01/2024 (ngày mai)" in first and "20/12/2023 (quá 21 ngày)" in first and "Ngoài ra" not in first
    assert first.index("05/01/2024") < first.index("20/12/2023")
    thursday = on(1)
    assert thursday is not None and "(hôm nay)" in thursday
    assert "05/01/2024" not in thursday and "còn 2 việc quá hạn từ trước" in thursday and "thư đầu tuần" in thursday
    assert "https://cv.example/truong-toi?unit=co_so_giao_duc&level=thpt&province=An+B%C3%ACnh" in thursday
    friday = on(2)
    assert friday is not None and "1 việc mới quá hạn" in friday and "11/01/2024 (quá 1 ngày)" in friday
    assert on(3) is None, "nothing new on Saturday: no letter"
    monday = on(5)
    assert monday is not None and "3 việc quá hạn" in monday and "tính từ 01/08/2023 (3)" in monday
    assert on(6) is None
    late = on(13)  # the server was off on Monday: the week's list comes on Tuesday
    assert late is not None and "3 việc quá hạn" in late
    # a directive that comes late, with days that have passed, is no old matter
    clock[0] += timedelta(hours=9)
    library.add("Số: 16/SGDĐT-VP\nhạn 2024-01-03 nộp danh sách\n".encode(), "hai.txt")
    told = on(14)
    assert told is not None and "1 việc mới quá hạn, 1 văn bản mới" in told and "03/01/2024" in told
    library.close()


def test_new_directives_of_old_years_are_counted_only(tmp_path: Path) -> None:
    library = Library(Settings(home=tmp_path / "var"), ToyRooms(), now=lambda: datetime(2025, 10, 1, 1, 0, tzinfo=UTC))
    library.add("Số: 14/SGDĐT-VP\nhạn 2023-10-10 nộp kế hoạch\n".encode(), "cũ.txt")
    saved = library.units.save(library.profile("co_so_giao_duc", "thpt", "An Bình"), "vt@truong.edu.vn")
    assert letter(library, saved) is None, "nothing to do any more: no letter"
    library.add("Số: 15/SGDĐT-VP\nhạn 2025-10-10 nộp báo cáo\n".encode(), "một.txt")
    made = letter(library, saved)
    assert made is not None and made["Subject"].endswith(": 1 việc sắp đến hạn, 1 văn bản mới")
    text = text_of(made)
    assert "14/SGDĐT-VP" not in text and "Ngoài ra có 1 văn bản mới nạp của những năm học trước" in text
    library.close()


def test_in_august_the_reports_of_the_year_that_ended_are_listed(tmp_path: Path) -> None:
    library = Library(
        Settings(home=tmp_path / "var"), ToyRooms(), now=lambda: datetime(2024, 8, 5, 1, 0, tzinfo=UTC)
    )  # a Monday
    library.add("Số: 15/SGDĐT-VP\nhạn 2024-06-15 nộp tổng kết\nhạn 2023-09-30 nộp kế hoạch\n".encode(), "một.txt")
    saved = library.units.save(library.profile("co_so_giao_duc", "thpt", "An Bình"), "vt@truong.edu.vn")
    made = letter(library, saved)
    assert made is not None and "15/06/2024" in text_of(made) and "30/09/2023" not in text_of(made)
    library.close()


def test_a_night_sends_its_report_and_the_units_letters(tmp_path: Path) -> None:
    box = Postbox()
    box.start()
    library = office(tmp_path / "var", box.port)
    library.units.save(library.profile("co_so_giao_duc", "thpt", "An Bình"), "vt@truong.edu.vn")
    report = night(library, tmp_path)
    assert report["letters"] == 1 and report["exit_code"] == 0
    letters = [email.message_from_bytes(raw, policy=email.policy.default) for raw in box.letters]
    assert [made["To"] for made in letters] == ["vt@truong.edu.vn", "vanthu@so.edu.vn"]
    unit, told = (made.get_body(("plain",)) for made in letters)
    page = letters[1].get_body(("html",))
    assert unit is not None and told is not None and page is not None
    assert "Văn bản mới có việc cho đơn vị (3)" in unit.get_content() and "30/SGDĐT-VP" in unit.get_content()
    assert letters[1]["Subject"].startswith("Nạp đêm: ")
    assert "30/SGDĐT-VP" in told.get_content() and "30/SGDĐT-VP" in page.get_content()
    library.close()


def test_a_night_whose_mail_server_is_away_is_done_all_the_same(tmp_path: Path) -> None:
    library = office(tmp_path / "var", None)
    report = night(library, tmp_path)
    assert report["counts"]["done"] == 1
    told = [line for line in report["warnings"] if "CONGVAN_SMTP" in line]
    assert [line.partition(":")[0] for line in told] == [
        "Không gửi được thư nhắc việc",
        "Không gửi được báo cáo qua thư",
    ]
    library.close()


def test_what_is_done_is_not_nagged_about(tmp_path: Path) -> None:
    library = office(tmp_path / "var", None)
    saved = library.units.save(library.profile("co_so_giao_duc", "thpt", "An Bình"), "vt@truong.edu.vn")
    for row in library.duties(library.units.profile(saved.id)):
        library.units.tick(saved.id, row.known.key)
    library.store.desk.note_mail(saved.id, "2024-01-10", NOW)
    assert letter(library, saved) is None


def test_a_mail_server_that_is_away_is_an_error_that_says_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    library = office(tmp_path / "var", port)
    library.units.save(library.profile("co_so_giao_duc", "thpt", "An Bình"), "vt@truong.edu.vn")
    with pytest.raises(CongvanError, match="CONGVAN_SMTP"):
        send_due(library)
