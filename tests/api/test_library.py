"""The use cases on toy rooms: nothing half stored, nothing lost, the same bytes once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from api.library import Library
from api.settings import Settings
from api.usecases.adding import Incoming, Step
from api.usecases.owing import unit_query
from api.usecases.rows import IngestRow, Status
from corpus.errors import BadInputError, BusyError, DamagedFileError, NotFoundError
from tests.api.conftest import BROKEN, FIRST, NOW, SECOND
from tests.api.rooms import ToyRooms


def incoming(*texts: str) -> list[Incoming]:
    def fetch(text: str) -> bytes:
        return text.encode()

    return [Incoming(f"{k}.txt", lambda t=text: fetch(t)) for k, text in enumerate(texts)]  # type: ignore[misc]  # a default binds the loop's value


def test_a_directive_goes_all_the_way(library: Library) -> None:
    row = library.add(FIRST.encode(), "một.txt")
    assert (row.status, row.number, row.pages) == (Status.SUCCESS, "15/SGDĐT-VP", 1)
    assert library.search("báo cáo").hits[0].document == row.document
    assert library.store.original(row.document or "") == FIRST.encode()


def test_the_same_bytes_are_taken_in_once(library: Library, rooms: ToyRooms) -> None:
    first = library.add(FIRST.encode(), "một.txt")
    again = library.add(FIRST.encode(), "tên khác.txt")
    assert again.status is Status.SUCCESS
    assert again.document == first.document
    assert "đã có" in again.reason and "một.txt" in again.reason
    assert rooms.read == ["một.txt"]


def test_a_bad_file_does_not_stop_the_others(library: Library) -> None:
    rows = library.add_many(incoming(FIRST, "BAD", "LỖI", SECOND), jobs=2)
    assert [row.status for row in rows] == [Status.SUCCESS, Status.FAILURE, Status.FAILURE, Status.SUCCESS]
    assert "Hãy tải lại tệp." in rows[1].reason
    assert "ZeroDivisionError" in rows[2].reason
    assert len(library.documents()) == 2
    assert {hit.source for hit in library.search("báo cáo").hits} == {"0.txt", "3.txt"}


def test_twins_in_one_batch_are_stored_once(library: Library) -> None:
    rows = library.add_many(incoming(FIRST, FIRST, FIRST), jobs=3)
    assert {row.document for row in rows} == {rows[0].document}
    assert sorted(row.reason for row in rows)[0] == ""
    assert len(library.documents()) == 1


def test_unread_pages_make_it_partial_and_are_tried_again(library: Library, rooms: ToyRooms) -> None:
    text = FIRST + "\fMỜ"
    row = library.add(text.encode(), "mờ.txt")
    assert row.status is Status.PARTIAL
    assert "trang 2" in row.reason
    library.add(text.encode(), "mờ.txt")
    assert rooms.read == ["mờ.txt", "mờ.txt"]
    assert len(library.documents()) == 1
    assert len(library.search("báo cáo học kỳ").hits) == len(
        {h.line_from for h in library.search("báo cáo học kỳ").hits}
    )


def test_add_raises_what_is_wrong(library: Library) -> None:
    with pytest.raises(DamagedFileError):
        library.add(b"BAD", "x.txt")
    assert library.documents() == []


def test_a_crash_between_store_and_index_is_repaired(settings: Settings, rooms: ToyRooms) -> None:
    library = Library(settings, rooms, now=lambda: NOW)
    library.add(FIRST.encode(), "một.txt")
    rooms.toy.fails = True
    with pytest.raises(RuntimeError):
        library.add(SECOND.encode(), "hai.txt")
    library.close()
    rooms.toy.fails = False
    fresh = Library(settings, rooms, now=lambda: NOW)
    assert not fresh.index_is_current()
    assert {hit.source for hit in fresh.search("báo cáo").hits} == {"một.txt", "hai.txt"}
    assert fresh.index_is_current()
    # only what was missing was indexed
    assert rooms.toy.calls == ["rebuild", "put một.txt", "put hai.txt"]
    fresh.close()


def test_a_batch_lets_the_index_load_once_and_ahead(settings: Settings, rooms: ToyRooms, tmp_path: Path) -> None:
    library = Library(settings, rooms, now=lambda: NOW)
    for name, text in (("một.txt", FIRST), ("hai.txt", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    library.add_paths([tmp_path / "không có.txt"], jobs=1)
    assert rooms.toy.got_ready == 0, "nothing was read, nothing is to be indexed"
    library.add_paths([tmp_path / "một.txt", tmp_path / "hai.txt"], jobs=1)
    for thread in threading.enumerate():
        if thread.name == "congvan-index":
            thread.join()
    assert rooms.toy.got_ready == 1
    library.close()


def test_an_index_that_is_away_loses_nothing(
    library: Library, rooms: ToyRooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> int:
        raise BusyError("Chỉ mục đang bận.", "Hãy thử lại.")

    with monkeypatch.context() as patched:
        patched.setattr(rooms.toy, "rebuild", away)
        found = library.add_many(incoming(FIRST, "BAD"), jobs=1)
    assert [row.status for row in found] == [Status.PARTIAL, Status.FAILURE]
    assert "chưa lập được chỉ mục" in found[0].reason
    assert library.search("báo cáo").hits


def test_another_model_rebuilds_the_index(settings: Settings, rooms: ToyRooms, library: Library) -> None:
    library.add_many(incoming(FIRST, SECOND), jobs=1)
    rooms.toy.identity = "toy-2"
    rooms.toy.lines = {}
    fresh = Library(settings, rooms, now=lambda: NOW)
    assert len(fresh.search("báo cáo").hits) == 2
    assert rooms.toy.calls.count("rebuild") == 2
    fresh.close()


def test_an_index_whose_last_change_broke_off_is_made_again(library: Library, rooms: ToyRooms) -> None:
    library.add_many(incoming(FIRST, SECOND), jobs=1)
    assert len(library.search("báo cáo").hits) == 2
    rooms.toy.stale = True  # the manifest says that all is well, and the next look is a minute away
    assert len(library.search("báo cáo").hits) == 2
    assert rooms.toy.calls.count("rebuild") == 2


def test_an_index_that_was_lost_is_made_again(settings: Settings, rooms: ToyRooms, library: Library) -> None:
    library.add_many(incoming(FIRST, SECOND), jobs=1)
    rooms.toy.lines = {}
    fresh = Library(settings, rooms, now=lambda: NOW)
    assert len(fresh.search("báo cáo").hits) == 2
    fresh.close()


def test_removed_directives_are_not_found(library: Library) -> None:
    row = library.add(FIRST.encode(), "một.txt")
    library.add(SECOND.encode(), "hai.txt")
    library.remove("15/SGDĐT-VP")
    assert {hit.source for hit in library.search("báo cáo").hits} == {"hai.txt"}
    with pytest.raises(NotFoundError):
        library.show(row.document or "")


def test_long_batches_can_be_searched_on_the_way(library: Library, rooms: ToyRooms) -> None:
    texts = [f"văn bản {k}\n" for k in range(20)]
    seen: list[int] = []

    def tell(step: Step) -> None:
        seen.append(len(rooms.toy.lines))

    library.add_many(incoming(*texts), jobs=1, tell=tell)
    assert 0 < max(seen) < 20
    assert len(rooms.toy.lines) == 20


def test_stopping_a_batch_keeps_what_is_stored(library: Library, rooms: ToyRooms) -> None:
    def tell(step: Step) -> None:
        if step.row is not None and step.source == "1.txt":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.add_many(incoming(*(f"văn bản {k}\n" for k in range(6))), jobs=1, tell=tell)
    assert {row.source for row in library.documents()} == {"0.txt", "1.txt"}
    assert library.update_index() == 2


def test_restoring_learns_from_clean_directives(library: Library, rooms: ToyRooms) -> None:
    assert library.restore_text("han tong ket").text == "hạn tong ket"
    library.add(SECOND.encode(), "hai.txt")
    assert library.restore_text("han tong ket").text == "hạn tổng kết"
    assert library.restore_text("han tong ket", adapt=False).text == "hạn tong ket"
    library.restore_text("han")
    assert rooms.restorers_made == 3  # adapted once for this state of the store


def test_asking_an_empty_office_makes_no_folder(library: Library, settings: Settings) -> None:
    assert library.documents() == []
    assert library.duties(unit_query()) == []
    assert library.restore_text("han").text == "hạn"
    library.extract(FIRST.encode(), "một.txt")
    assert not settings.home.exists()


def test_one_names_the_choices(library: Library) -> None:
    library.add_many(incoming(FIRST, FIRST + "bản hai\n"), jobs=1)
    with pytest.raises(BadInputError, match="2 văn bản"):
        library.one("15/SGDĐT-VP")
    with pytest.raises(NotFoundError):
        library.one("99/SGDĐT-VP")


def test_duties_come_by_date_and_undated_last(library: Library) -> None:
    library.add_many(incoming(FIRST, SECOND), jobs=1)
    rows = library.duties(unit_query())
    assert [row.due for row in rows] == ["2023-05-30", "2024-01-15", None]
    school = [row.as_dict() for row in library.duties(unit_query("co_so_giao_duc", "thcs", "An Bình"))]
    assert [row["task"] for row in school] == ["nộp báo cáo tổng kết"]
    assert school[0]["reason"]
    elsewhere = library.duties(unit_query("co_so_giao_duc", "thcs", "Hà Nội"))
    assert elsewhere == []
    this_year = library.duties(unit_query("co_so_giao_duc", "thpt"), "2023-2024")
    assert [row.due for row in this_year] == ["2024-01-15"]


def test_duties_see_what_comes_later(library: Library) -> None:
    library.add(FIRST.encode(), "một.txt")
    before = len(library.duties(unit_query()))
    library.add(SECOND.encode(), "hai.txt")
    assert len(library.duties(unit_query())) == before + 1


@pytest.mark.parametrize(("kind", "level"), [("truong_hoc", None), (None, "dai_hoc")])
def test_unknown_units_list_the_known_ones(kind: str | None, level: str | None) -> None:
    with pytest.raises(BadInputError, match=r"co_so_giao_duc|mam_non"):
        unit_query(kind, level)


def test_rows_cannot_lie() -> None:
    with pytest.raises(ValueError):
        IngestRow(Status.SUCCESS, "x.pdf")
    with pytest.raises(ValueError):
        IngestRow(Status.FAILURE, "x.pdf", document="0" * 64, reason="x")
    with pytest.raises(ValueError):
        IngestRow(Status.PARTIAL, "x.pdf", document="0" * 64)


def test_many_threads_share_one_library(library: Library) -> None:
    library.add(FIRST.encode(), "một.txt")
    errors: list[BaseException] = []

    def work(k: int) -> None:
        try:
            library.add(f"văn bản {k}\n".encode(), f"{k}.txt")
            assert library.search("báo cáo").hits
        except BaseException as error:  # noqa: BLE001  # handed to the test
            errors.append(error)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(library.documents()) == 9
    assert library.index_is_current()


def test_a_broken_text_is_repaired_on_the_way_in(library: Library) -> None:
    row = library.add(BROKEN.encode(), "hỏng.txt")
    page = library.show(row.document or "").document.pages[0]
    assert page.text.startswith("hạn nop")
    assert page.edits[0].source == "han"


def test_missing_files_and_empty_folders_are_rows(library: Library, tmp_path: Path) -> None:
    (tmp_path / "rỗng").mkdir()
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    rows = library.add_paths([tmp_path / "không có.pdf", tmp_path / "rỗng", tmp_path / "a.txt"])
    assert [row.status for row in rows] == [Status.FAILURE, Status.FAILURE, Status.SUCCESS]
    assert "Không tìm thấy" in rows[0].reason
