"""Watched folders: only whole files, each once, whatever lies about; and the settings file."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadInputError
from ingest.inbox import (
    Leftover,
    Mishap,
    Offer,
    SourceError,
    Trouble,
    is_other,
    is_unfinished,
    key_of,
    move_aside,
    read_stable,
    safe_name,
    shown,
    stamp_of,
)
from ingest.sources import config
from ingest.sources.folders import FolderSource, Watch

TODAY = date(2024, 1, 10)


class Memory:
    """What a test says was taken."""

    def __init__(self, **stamps: str) -> None:
        self.stamps: dict[str, str] = stamps
        self.notes: dict[str, dict[str, Any]] = {}

    def stamp(self, key: str) -> str | None:
        return self.stamps.get(key)

    def note(self, key: str) -> dict[str, Any]:
        return self.notes.get(key, {})

    def remember(self, key: str, note: dict[str, Any]) -> None:
        self.notes[key] = note

    def take(self, *offers: Offer | Leftover | Trouble) -> Memory:
        """Remember offers as taken."""
        for offer in offers:
            if isinstance(offer, Offer):
                self.stamps[offer.key] = offer.stamp
                self.notes[offer.key] = offer.note
        return self


def look(
    folder: Path, memory: Memory | None = None, *, sleep: Callable[[float], None] = lambda _: None, **watch: Any
) -> list[Offer | Leftover | Trouble]:
    return list(FolderSource("quét", folder, Watch(**watch), TODAY, sleep=sleep).offers(memory or Memory()))


def names(found: list[Offer | Leftover | Trouble]) -> list[str]:
    return [offer.fetch()[0].name for offer in found if isinstance(offer, Offer)]


def mishaps(found: list[Offer | Leftover | Trouble]) -> list[tuple[str, Mishap]]:
    return [(Path(t.place).name, t.mishap) for t in found if isinstance(t, Trouble)]


def test_files_to_the_bottom_but_not_what_programs_left(tmp_path: Path) -> None:
    for name in ("2.pdf", "10.pdf", "sâu/hơn/c.txt", ".ẩn", ".git/x", "~$a.docx", "Thumbs.db", "d.pdf.part", "e.rar"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    os.mkfifo(tmp_path / "ống.pdf")
    found = look(tmp_path)
    assert names(found) == ["2.pdf", "10.pdf", "e.rar", "c.txt"]
    assert mishaps(found) == [("d.pdf.part", Mishap.CHANGING)]


@pytest.mark.parametrize("name", [".DS_Store", "a.txt~", "~$báo cáo.docx", "~WRD0001.tmp", "desktop.ini", "x.lnk"])
def test_what_programs_leave(name: str) -> None:
    assert is_other(name)


@pytest.mark.parametrize("name", ["a.pdf.part", "b.CRDOWNLOAD", "c.filepart", "d.tmp", "e.!ut"])
def test_unfinished_names(name: str) -> None:
    assert is_unfinished(name) and not is_unfinished(name.rpartition(".")[0] + ".pdf")


def test_a_file_that_changes_while_it_is_looked_at_waits(tmp_path: Path) -> None:
    growing, whole = tmp_path / "a.txt", tmp_path / "b.txt"
    growing.write_text("1", encoding="utf-8")
    whole.write_text("1", encoding="utf-8")
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        growing.write_text("12", encoding="utf-8")

    found = look(tmp_path, sleep=sleep, stable_seconds=7.0)
    assert names(found) == ["b.txt"] and mishaps(found) == [("a.txt", Mishap.CHANGING)] and waited == [7.0]
    assert look(tmp_path, Memory().take(*look(tmp_path)), sleep=sleep) == [] and waited == [7.0], "nothing new: no wait"


def test_a_file_that_changes_while_it_is_read_waits(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("1", encoding="utf-8")
    (offer,) = look(tmp_path)
    path.write_text("22", encoding="utf-8")
    assert isinstance(offer, Offer)
    with pytest.raises(SourceError) as caught:
        offer.fetch()
    assert caught.value.mishap is Mishap.CHANGING


def test_a_file_that_was_taken_is_offered_again_only_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("1", encoding="utf-8")
    memory = Memory().take(*look(tmp_path))
    assert look(tmp_path, memory) == []
    assert [type(found) for found in look(tmp_path, memory, move_to=tmp_path / "xong")] == [Leftover]
    path.write_text("khác", encoding="utf-8")
    assert names(look(tmp_path, memory)) == ["a.txt"]


def test_a_file_of_two_gigabytes_is_named_and_not_read(tmp_path: Path) -> None:
    with (tmp_path / "to.pdf").open("wb") as file:
        file.truncate(2 * 2**30 + 1)
    (found,) = look(tmp_path)
    assert isinstance(found, Trouble) and found.mishap is Mishap.TOO_LARGE and "2048 MB" in found.message


def test_links_and_loops_do_not_lead_anywhere(tmp_path: Path) -> None:
    folder, outside = tmp_path / "vào", tmp_path / "mật.txt"
    (folder / "con").mkdir(parents=True)
    outside.write_text("mật", encoding="utf-8")
    (folder / "con" / "a.txt").write_text("1", encoding="utf-8")
    (folder / "con" / "lên").symlink_to(folder)
    (folder / "chính nó").symlink_to("chính nó")
    (folder / "ngoài.txt").symlink_to(outside)
    found = look(folder)
    assert names(found) == ["a.txt"]
    assert sorted(mishaps(found)) == [("chính nó", Mishap.LINK), ("lên", Mishap.LINK), ("ngoài.txt", Mishap.LINK)]
    followed = look(folder, follow_links=True)
    assert names(followed) == ["a.txt"] and ("lên", Mishap.LOOP) in mishaps(followed)
    assert ("ngoài.txt", Mishap.LINK) in mishaps(followed), "files behind links are never taken"


def test_a_file_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "vào", tmp_path / "mật.txt"
    folder.mkdir()
    path = folder / "a.txt"
    path.write_text("1", encoding="utf-8")
    outside.write_text("2", encoding="utf-8")
    (offer,) = look(folder)
    path.unlink()
    path.symlink_to(outside)
    assert isinstance(offer, Offer)
    with pytest.raises(OSError, match="symbolic"):
        offer.fetch()


def test_our_own_folders_are_not_looked_into(tmp_path: Path) -> None:
    for name in ("a.txt", "var/originals/b.txt", "xong/2024-01-01/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert names(look(tmp_path, skip=(tmp_path / "var",), move_to=tmp_path / "xong")) == ["a.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "khóa").mkdir(mode=0)
    (tmp_path / "a.txt").write_text("1", encoding="utf-8")
    found = look(tmp_path)
    (tmp_path / "khóa").chmod(0o700)
    assert names(found) == ["a.txt"] and mishaps(found) == [("khóa", Mishap.UNREADABLE)]


def test_a_folder_that_is_not_there_is_down(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        look(tmp_path / "không có")
    assert caught.value.mishap is Mishap.DOWN


def test_names_in_any_encoding(tmp_path: Path) -> None:
    raw = [b"B\xe1o c\xe1o.txt", "Kế hoạch.txt".encode(), b"\xff\xfe.txt"]
    for name in raw:
        (tmp_path / os.fsdecode(name)).write_bytes(name)
    found = look(tmp_path, Memory())
    assert sorted(names(found)) == sorted(["Báo cáo.txt", "Kế hoạch.txt", shown(os.fsdecode(raw[2]))])
    assert len({offer.key for offer in found if isinstance(offer, Offer)}) == 3
    source = FolderSource("quét", tmp_path, Watch(0, move_to=tmp_path / "xong"), TODAY)
    for offer in source.offers(Memory()):
        assert isinstance(offer, Offer)
        source.put_away(offer.key, offer.place)
    assert sorted(path.read_bytes() for path in (tmp_path / "xong" / "2024-01-10").iterdir()) == sorted(raw)


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_can_be_shown_and_written(name: str) -> None:
    key_of(name)
    for made in (shown(name), safe_name(name)):
        assert made == made.strip() != "" and "\0" not in made and "\u202e" not in made
        made.encode()
    safe = safe_name(name)
    assert len(safe.encode()) < 200 and not set(safe) & set('/\\:*?"<>|') and safe not in (".", "..")
    assert not safe.startswith(".")


def test_moving_keeps_what_is_there_and_leaves_what_changed(tmp_path: Path) -> None:
    path, folder = tmp_path / "a.txt", tmp_path / "xong"
    for text in ("1", "2", "3"):
        path.write_text(text, encoding="utf-8")
        move_aside(path, folder, stamp_of(path.stat()))
    assert {p.name: p.read_text(encoding="utf-8") for p in folder.iterdir()} == {
        "a.txt": "1",
        "a (2).txt": "2",
        "a (3).txt": "3",
    }
    path.write_text("4", encoding="utf-8")
    with pytest.raises(SourceError):
        move_aside(path, folder, "0:0")
    assert path.exists()


def test_moving_between_file_systems_copies_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, folder = tmp_path / "a.txt", tmp_path / "xong"
    path.write_text("1", encoding="utf-8")
    rename = Path.rename

    def other(self: Path, target: Path) -> Path:
        if self == path:
            raise OSError(18, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", other)
    assert move_aside(path, folder, stamp_of(path.stat())).read_text(encoding="utf-8") == "1"
    assert not path.exists() and [p.name for p in folder.iterdir()] == ["a.txt"]


def test_reading_stops_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    assert read_stable(path, stamp_of(path.stat()), 5) == b"12345"
    with pytest.raises(SourceError) as caught:
        read_stable(path, stamp_of(path.stat()), 4)
    assert caught.value.mishap is Mishap.TOO_LARGE


SETTINGS = """
[nightly]
attempts = 3
[[folder]]
name = "quét"
path = "vào"
after = "move"
move_to = "~/xong"
[[mailbox]]
name = "thư"
host = "imap.example.vn"
user = "a"
password_file = "mật khẩu"
"""


def test_paths_are_relative_to_the_settings_file(tmp_path: Path) -> None:
    found = config.parse(SETTINGS.encode(), tmp_path / "nightly.toml")
    assert found.folder[0].path == tmp_path / "vào" and found.folder[0].move_to == Path.home() / "xong"
    assert found.mailbox[0].password_file == tmp_path / "mật khẩu" and found.nightly.attempts == 3


FOLDER = '[[folder]]\nname = "a"\npath = "x"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[folder]\n", "sai cú pháp TOML ở dòng 1, cột"),
        ("", "chưa có nguồn nào"),
        ('[[folder]]\nname = "a"\n', r"folder\[1\].path: thiếu"),
        (FOLDER + "colour = 1\n", r"folder\[1\].colour: không có thiết lập này"),
        (FOLDER + FOLDER, "mỗi nguồn phải có tên riêng; trùng: a"),
        (FOLDER + '[nightly]\nattempts = "ba"\n', "nightly.attempts: phải là số nguyên"),
        (FOLDER + "[nightly]\nmax_file_mb = 4096\n", "nightly.max_file_mb: không được quá 2048"),
        (FOLDER + 'after = "delete"\n', r"folder\[1\].after: phải là một trong: 'keep' hoặc 'move'"),
        (FOLDER + 'after = "move"\n', r'folder\[1\]: after = "move" cần move_to'),
        (FOLDER.replace('"a"', '"../a"'), r"folder\[1\].name: tên nguồn chỉ gồm"),
        ('[[portal]]\nname = "a"\nurl = "ftp://x"\n', r"portal\[1\].url: phải là địa chỉ http"),
        ('[[portal]]\nname = "a"\nurl = "https://u:p@x/"\n', r"portal\[1\].url: phải là địa chỉ http"),
        (
            '[[mailbox]]\nname = "a"\nhost = "x"\nuser = "u"\n',
            "cần đúng một trong hai: password_env hoặc password_file",
        ),
        (
            '[[mailbox]]\nname = "a"\nhost = "x"\nuser = "u"\npassword_env = "P"\nsecurity = "none"\n',
            "chỉ được dùng với máy này",
        ),
        ("folder = 1\n", "folder: phải là một danh sách"),
    ],
)
def test_what_is_wrong_with_the_settings_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadInputError, match=told) as caught:
        config.parse(text.encode(), tmp_path / "nightly.toml")
    assert str(tmp_path / "nightly.toml") in str(caught.value) and "docs/nightly.md" in str(caught.value)


def test_settings_that_are_no_text_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="không phải UTF-8"):
        config.parse(b"\xff\xfe[", tmp_path / "nightly.toml")
