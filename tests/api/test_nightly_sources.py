"""All kinds of sources together, from a settings file to the store."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from api.keep.checking import check
from api.library import Library
from api.nightly import tonight
from api.nightly.run import Tell
from api.settings import Settings
from ingest.inbox import SourceError
from tests.api.conftest import FIRST, NOW, SECOND
from tests.api.rooms import ToyRooms
from tests.ingest.test_edxml import attachment, message
from tests.ingest.test_mail import Box, box
from tests.ingest.test_portal import Site, site
from tests.ingest.tls import OPENSSL, unsigned

__all__ = ["box", "site"]

THIRD = "Số: 30/SGDĐT-VP\nNăm học 2023-2024\nviệc thứ ba\n"
FOURTH = "Số: 40/SGDĐT-VP\nNăm học 2023-2024\nviệc thứ tư\n"


def settings_file(folder: Path, box: Box, site: Site) -> Path:
    path = folder / "nightly.toml"
    path.write_text(
        f"""
[nightly]
stable_seconds = 0
min_free_mb = 0
[[folder]]
name = "quét"
path = "vào"
after = "move"
move_to = "xong"
[[edxml]]
name = "trục"
path = "trục"
[[mailbox]]
name = "thư"
host = "127.0.0.1"
port = {box.port}
security = "none"
user = "vanthu"
password_env = "MAT_KHAU"
[[portal]]
name = "cổng"
url = "{site.url("/vb")}"
pause_seconds = 0
loopback = true
[[portal]]
name = "cổng hỏng"
url = "http://127.0.0.1:9/"
loopback = true
""",
        encoding="utf-8",
    )
    return path


def test_a_night_over_all_kinds_of_sources(library: Library, tmp_path: Path, box: Box, site: Site) -> None:
    for name in ("vào", "trục"):
        (tmp_path / name).mkdir()
    (tmp_path / "vào" / "một.txt").write_text(FIRST, encoding="utf-8")
    package = message(("1", "hai.txt"), encoded=attachment("1", SECOND.encode()))
    (tmp_path / "trục" / "gói.edxml").write_text(package, encoding="utf-8")
    box.put(1, ("ba.txt", THIRD.encode()))
    site.put("/vb", '<a href="/bốn.txt">Bốn</a><a href="/mot.txt">Một</a>')
    site.put("/b%E1%BB%91n.txt", FOURTH, ETag='"4"')
    site.put("/mot.txt", FIRST)
    given = tonight.load(settings_file(tmp_path, box, site))
    lines: list[str] = []
    report = tonight.run(library, given, {"MAT_KHAU": "dung"}, Tell(lines.append))
    assert {row["name"]: row["source"] for row in report["documents"]} == {
        "một.txt": "quét",
        "hai.txt": "trục",
        "ba.txt": "thư",
        "bốn.txt": "cổng",
    }
    got = {row["name"]: row for row in report["sources"]}
    assert got["cổng"]["duplicates"] == [site.url("/mot.txt")]
    assert [row["mishap"] for row in got["cổng hỏng"]["troubles"]] == ["down"] and report["exit_code"] == 3
    assert [line.split(":")[0] for line in lines] == ["quét", "trục", "thư", "cổng", "cổng hỏng"]
    assert not (tmp_path / "vào" / "một.txt").exists() and (tmp_path / "trục" / "gói.edxml").exists()
    again = tonight.run(library, given, {"MAT_KHAU": "dung"}, Tell())
    assert again["counts"]["received"] == again["counts"]["duplicates"] == 0 and again["documents"] == []
    assert "dung" not in Path(str(again["page"])).read_text(encoding="utf-8")


def test_a_mailbox_without_its_password_is_told_and_the_night_goes_on(
    library: Library, tmp_path: Path, box: Box, site: Site
) -> None:
    (tmp_path / "vào").mkdir()
    (tmp_path / "vào" / "một.txt").write_text(FIRST, encoding="utf-8")
    given = tonight.load(settings_file(tmp_path, box, site))
    with pytest.raises(SourceError, match="biến môi trường MAT_KHAU"):
        tonight.passwords(given, {})
    report = tonight.run(library, given, {}, Tell())
    got = {row["name"]: [one["mishap"] for one in row["troubles"]] for row in report["sources"]}
    assert got["thư"] == ["sign_in"] and got["trục"] == ["down"] and report["counts"]["done"] == 1


def jump(times: int) -> int:
    """Return how many days the clock is off when it has been asked so many times."""
    return 0 if times < 6 else 400 if times < 20 else -30


@pytest.mark.skipif(not OPENSSL, reason="needs openssl to make a certificate")
def test_a_night_in_which_everything_is_wrong_names_it_all_and_goes_on(
    settings: Settings, tmp_path: Path, site: Site
) -> None:
    """A source that is down, a certificate that fails, a file of 2 GB, a folder loop, names that are no UTF-8, a clock
    that jumps ahead and back in the middle of the night."""
    folder = tmp_path / "vào"
    (folder / "con").mkdir(parents=True)
    (folder / "con" / "lên").symlink_to(folder)
    with (folder / "to.pdf").open("wb") as large:
        large.truncate(2 * 2**30 + 1)
    odd = {b"B\xe1o c\xe1o.txt": FIRST, b"\xff\xfe.txt": SECOND, "Kế hoạch.txt".encode(): THIRD}
    for name, text in odd.items():
        (folder / os.fsdecode(name)).write_text(text, encoding="utf-8")
    site.put("/vb", '<a href="/bốn.txt">Bốn</a>')
    site.put("/b%E1%BB%91n.txt", FOURTH)
    asked = itertools.count()
    library = Library(settings, ToyRooms(), now=lambda: NOW + timedelta(days=jump(next(asked))))
    with unsigned(tmp_path) as (named, _):
        path = tmp_path / "nightly.toml"
        path.write_text(
            f"""
[nightly]
stable_seconds = 0
min_free_mb = 0
[[folder]]
name = "mất"
path = "không có"
[[portal]]
name = "chứng thư"
url = "https://{named}/"
pause_seconds = 0
loopback = true
[[folder]]
name = "quét"
path = "vào"
follow_links = true
[[portal]]
name = "cổng"
url = "{site.url("/vb")}"
pause_seconds = 0
loopback = true
""",
            encoding="utf-8",
        )
        report = tonight.run(library, tonight.load(path), {}, Tell())
    got = {row["name"]: {one["mishap"] for one in row["troubles"]} for row in report["sources"]}
    assert got == {"mất": {"down"}, "chứng thư": {"certificate"}, "quét": {"too_large", "loop"}, "cổng": set()}
    assert report["exit_code"] == 3 and report["counts"]["done"] == 4
    assert any("Đồng hồ của máy bị chỉnh" in line for line in report["warnings"]) and next(asked) > 20
    names = {row["name"] for row in report["documents"]}
    assert {"Báo cáo.txt", "Kế hoạch.txt", "bốn.txt"} < names and len(names) == 4
    text = (settings.home / "reports" / "latest.txt").read_text(encoding="utf-8")
    page = Path(str(report["page"])).read_text(encoding="utf-8")
    for told in (text, page):
        for said in ("mất", "chứng thư", "to.pdf", "lên", "bị chỉnh", " MB"):
            assert said in told, said
    assert len(library.documents()) == 4 and check(library).exit_code == 0
    library.close()


def test_check_looks_at_passwords(
    cli: Callable[..., int],
    settings: Settings,
    tmp_path: Path,
    box: Box,
    site: Site,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = settings_file(tmp_path, box, site)
    assert cli("nightly", "--config", path, "--check") == 7
    assert "Không có mật khẩu hộp thư vanthu" in capsys.readouterr().err
