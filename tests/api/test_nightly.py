"""The nightly run on toy rooms: nothing twice, nothing lost, everything told."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from api.library import Library
from api.nightly import pages, tonight
from api.nightly.owner import gone, owner
from api.nightly.report import NightReport
from api.nightly.run import LEASE, LOCK, NightRun, Plan, Tell
from api.settings import Settings
from api.usecases.rows import Status
from corpus.document import content_id
from corpus.errors import BusyError, CongvanError, ExitCode
from corpus.journal import Stage, State
from ingest.inbox import Source
from ingest.sources.folders import FolderSource, Watch
from tests.api.conftest import FIRST, SECOND
from tests.api.rooms import ToyRooms

START = datetime(2024, 1, 10, 19, 0, tzinfo=UTC)


class Office:
    """A library whose clock the test turns, and a watched folder."""

    def __init__(self, settings: Settings, rooms: ToyRooms, folder: Path) -> None:
        self.now = START
        self.settings, self.rooms, self.folder = settings, rooms, folder
        self.library = self.open()
        self.program = "1"

    def open(self) -> Library:
        return Library(self.settings, self.rooms, now=lambda: self.now)

    def put(self, name: str, text: str) -> str:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return content_id(text.encode())

    def night(self, *, move_to: Path | None = None, retry: bool = False, more: tuple[Source, ...] = ()) -> NightReport:
        watch = Watch(stable_seconds=0, most_bytes=10_000, move_to=move_to, skip=(self.settings.home,))
        source = FolderSource("quét", self.folder, watch, self.library.today())
        sources: list[tuple[str, Source]] = [("folder", source), *(("portal", one) for one in more)]
        plan = Plan(sources, self.program, f"v{self.program}", attempts=3, retry=retry)
        return NightRun(self.library, plan).go()

    def state(self, document_id: str) -> State:
        found = self.library.store.journal.arrival(document_id)
        assert found is not None
        return found.state

    def left_behind(self) -> list[Path]:
        work = self.settings.home / "work"
        return [path for path in work.rglob("*") if path.is_file()] if work.is_dir() else []


@pytest.fixture
def office(settings: Settings, rooms: ToyRooms, tmp_path: Path) -> Iterator[Office]:
    made = Office(settings, rooms, tmp_path / "vào")
    made.folder.mkdir()
    yield made
    made.library.close()


def test_a_night_takes_what_is_new_and_the_next_one_nothing(office: Office) -> None:
    first, second = office.put("một.txt", FIRST), office.put("con/hai.txt", SECOND)
    report = office.night()
    assert report.exit_code is ExitCode.OK
    assert {info.id for info in office.library.documents()} == {first, second} == set(office.rooms.toy.lines)
    assert office.state(first) is office.state(second) is State.DONE
    assert office.left_behind() == []
    told = report.as_dict()
    assert told["counts"]["received"] == told["counts"]["done"] == 2
    assert {row["number"]: row["deadlines"] for row in told["documents"]} == {"15/SGDĐT-VP": 1, "20/SGDĐT-VP": 1}
    assert [row["number"] for row in told["missing"]] == ["26/2019/TT-BGDĐT"]
    assert told["stages"]["extracted"]["files"] == 2
    again = office.night()
    assert again.counts()["received"] == 0 and len(office.rooms.read) == 2
    assert sorted(path.name for path in office.folder.rglob("*.txt")) == ["hai.txt", "một.txt"]


def test_the_same_bytes_again_change_nothing(office: Office) -> None:
    office.put("một.txt", FIRST)
    office.night()
    before = office.library.store.fingerprint()
    office.put("bản sao.txt", FIRST)
    report = office.night()
    assert report.sources[0].duplicates == [str(office.folder / "bản sao.txt")] and report.exit_code is ExitCode.OK
    assert office.library.store.fingerprint() == before and office.rooms.read == ["một.txt"]
    assert office.night().counts()["duplicates"] == 0


def test_what_was_taken_in_by_hand_is_not_read_again(office: Office) -> None:
    office.library.add(FIRST.encode(), "tay.txt")
    office.put("một.txt", FIRST)
    assert office.night().counts()["duplicates"] == 1
    assert office.rooms.read == ["tay.txt"]


def test_the_same_number_in_other_bytes_is_a_new_version_with_a_warning(office: Office) -> None:
    first = office.put("một.txt", FIRST)
    office.night()
    office.now += timedelta(days=1)
    second = office.put("một-quét-lại.txt", FIRST + "Bản quét lại.\n")
    report = office.night()
    (row,) = report.as_dict()["documents"]
    assert (row["document"], row["version_of"]) == (second, first)
    assert "cùng số, cơ quan và năm với một.txt" in row["warning"] and report.counts()["versions"] == 1
    assert "Phiên bản mới" in pages.text(report.as_dict(), office.library.local)
    assert len(office.library.documents()) == 2 and report.exit_code is ExitCode.OK


def test_the_report_says_where_a_person_has_to_look(office: Office) -> None:
    office.put("một.txt", FIRST)
    office.put("không số.txt", "hạn 2024-01-15 nộp báo cáo\n")
    report = office.night()
    unsure = {row["name"]: row["unsure"] for row in report.documents}
    assert unsure["không số.txt"] == 1 and unsure["một.txt"] == 0
    assert "1 chỗ cần xem lại" in pages.text(report.as_dict(), office.library.local)
    assert "1 chỗ máy chưa chắc" in pages.html(report.as_dict(), office.library.local)


def test_a_bad_file_goes_to_quarantine_until_the_program_is_newer(office: Office) -> None:
    bad, good = office.put("hỏng.txt", "BAD"), office.put("một.txt", FIRST)
    report = office.night()
    assert report.exit_code is ExitCode.SOME_FAILED and report.counts()["quarantined"] == 1
    assert (office.state(bad), office.state(good)) == (State.BAD, State.DONE)
    folder = office.settings.home / "quarantine" / bad
    assert (folder / "hỏng.txt").read_text(encoding="utf-8") == "BAD"
    reason = (folder / "ly-do.txt").read_text(encoding="utf-8")
    assert "Tệp bị cắt cụt. Hãy tải lại tệp." in reason and str(office.folder / "hỏng.txt") in reason
    assert (office.folder / "hỏng.txt").exists()
    assert office.night().exit_code is ExitCode.OK, "the same program does not try again"
    office.program = "2"
    assert office.night().counts()["quarantined"] == 1
    office.program = "3"
    office.rooms.read_file = reads_all(office.rooms)  # type: ignore[method-assign]
    assert office.night().counts()["done"] == 1
    assert office.state(bad) is State.DONE and not folder.exists()


def reads_all(rooms: ToyRooms) -> Callable[..., Any]:
    """A reader that has learnt to read what was bad before."""
    original = rooms.read_file

    def read(data: bytes, source: str, **options: Any) -> Any:
        found = original(data.replace(b"BAD", b"Tot"), source, **options)
        return type(found)(**{n: getattr(found, n) for n in found.__dataclass_fields__} | {"id": content_id(data)})

    return read


def test_what_is_not_the_files_fault_is_tried_again_later_and_later_and_then_ends(office: Office) -> None:
    one = office.put("một.txt", "LỖI")
    waits = []
    for attempt in (1, 2):
        report = office.night()
        (row,) = report.as_dict()["failed"]
        assert (row["state"], row["attempts"], row["kind"]) == ("open", attempt, "ZeroDivisionError")
        waits.append(datetime.fromisoformat(row["next_at"]) - office.now)
        assert office.night().outcomes == [], "not before its time"
        office.now += waits[-1]
    assert waits == [timedelta(minutes=30), timedelta(hours=1)]
    assert office.night().counts()["quarantined"] == 1 and office.state(one) is State.BAD
    assert office.night(retry=True).counts()["quarantined"] == 1


def test_failed_pages_are_read_again_and_only_they(office: Office) -> None:
    one = office.put("hai trang.txt", f"{FIRST}\fMỜ")
    report = office.night()
    assert report.exit_code is ExitCode.SOME_FAILED and office.state(one) is State.OPEN
    assert "Không đọc được trang 2" in report.as_dict()["failed"][0]["reason"]
    kept = [path for path in office.left_behind() if path.parent.name == "pages"]
    assert [path.name for path in kept] == ["1.v1.z"]
    for _ in range(2):
        office.now += timedelta(days=1)
        report = office.night()
    assert office.state(one) is State.PARTIAL and office.left_behind() == []
    assert office.night().exit_code is ExitCode.OK, "all tries are used up"
    assert [info.status for info in office.library.documents()] == ["partial"]


class KilledError(BaseException):
    """Nothing catches it, as nothing catches SIGKILL."""


@pytest.mark.parametrize("stage", list(Stage))
def test_a_run_that_ends_after_any_stage_goes_on_from_there(
    office: Office, monkeypatch: pytest.MonkeyPatch, stage: Stage
) -> None:
    one, two = office.put("một.txt", f"{FIRST}\ftrang hai"), office.put("hai.txt", SECOND)
    facts: list[str] = []
    read_facts = office.rooms.read_facts

    def counted(document: Any) -> Any:
        facts.append(document.id)
        return read_facts(document)

    monkeypatch.setattr(office.rooms, "read_facts", counted)
    killed, far = kill_after(monkeypatch, office, stage)
    with pytest.raises(KilledError):
        office.night()
    killed.undo()
    office.library.close()
    office.library = office.open()
    report = office.night()
    assert report.exit_code is ExitCode.OK
    assert report.resumed >= 1 and any("bị ngắt giữa chừng" in line for line in report.warnings)
    assert {info.id for info in office.library.documents()} == {one, two} == set(office.rooms.toy.lines)
    assert {office.state(one), office.state(two)} == {State.DONE} and office.left_behind() == []
    assert len(report.documents) == 2, "the report tells of what the killed run had stored"
    # the other file may have been in the middle of its reading, which is then done again
    names = {one: "một.txt", two: "hai.txt"}
    if stage in (Stage.RESTORED, Stage.EXTRACTED, Stage.STORED, Stage.INDEXED):
        assert far and all(office.rooms.read.count(names[id_]) == 1 for id_ in far), "what was read is not read again"
    if stage in (Stage.EXTRACTED, Stage.STORED, Stage.INDEXED):
        assert all(facts.count(id_) == 1 for id_ in far), "facts that were found are not looked for again"


def kill_after(monkeypatch: pytest.MonkeyPatch, office: Office, stage: Stage) -> tuple[pytest.MonkeyPatch, set[str]]:
    """End the program right after the journal has noted that a file has finished a stage; returns the patch and the
    files for which it was noted, by content id, empty until then."""
    journal = type(office.library.store.journal)
    patch, far = pytest.MonkeyPatch(), set[str]()
    if stage is Stage.RECEIVED:
        receive = journal.receive

        def received(self: Any, *args: Any) -> None:
            receive(self, *args)
            raise KilledError

        patch.setattr(journal, "receive", received)
        return patch, far
    reach = journal.reach

    def reached(self: Any, found: Stage, ids: Collection[str], now: datetime) -> None:
        reach(self, found, ids, now)
        if found is stage:
            far.update(ids)
            raise KilledError

    patch.setattr(journal, "reach", reached)
    return patch, far


def test_pages_that_were_read_are_not_read_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.put("ba trang.txt", f"{FIRST}\fhan nop\fTrang ba")
    from api.nightly.bench import PagesOf

    put, seen = PagesOf.put, []

    def dies(self: PagesOf, page: Any) -> None:
        put(self, page)
        seen.append(page.number)
        if len(seen) == 2:
            raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(PagesOf, "put", dies)
        with pytest.raises(KilledError):
            office.night()
        assert office.night().exit_code is ExitCode.OK
    assert seen == [1, 2, 3]
    assert office.rooms.restorers_made == 1, "the page that was repaired is not repaired again"


def test_files_are_moved_only_after_the_commit(office: Office, tmp_path: Path) -> None:
    done = tmp_path / "đã nạp"
    office.put("sub/một.txt", FIRST)
    office.put("một.txt", SECOND)
    office.put("hỏng.txt", "BAD")
    report = office.night(move_to=done)
    day = done / office.library.today().isoformat()
    assert {p.name: p.read_text(encoding="utf-8") for p in day.iterdir()} == {"một.txt": SECOND, "một (2).txt": FIRST}
    assert [p.name for p in office.folder.rglob("*.txt")] == ["hỏng.txt"], "what is not stored stays"
    assert report.sources[0].moved == 2
    office.put("lại.txt", FIRST)
    assert office.night(move_to=done).sources[0].moved == 1, "a duplicate is stored, so it may go"


def test_a_run_killed_before_the_move_moves_the_next_time(office: Office, tmp_path: Path) -> None:
    office.put("một.txt", FIRST)
    office.night()
    assert office.night(move_to=tmp_path / "xong").sources[0].moved == 1
    assert not (office.folder / "một.txt").exists()


def test_one_run_at_a_time_and_a_dead_one_holds_nobody_up(office: Office) -> None:
    journal = office.library.store.journal
    office.put("một.txt", FIRST)
    journal.take(LOCK, owner(), office.now, LEASE, gone)
    other = office.open()
    with pytest.raises(BusyError, match="đang do một chương trình khác làm"):
        NightRun(other, Plan((), "1", "v1")).go()
    other.close()
    journal.release()
    host, boot, _, began = owner().split(":")
    journal.take(LOCK, f"{host}:{boot}:{os.getpid()}:{int(began) + 1}", office.now, LEASE, gone)
    assert office.night().counts()["done"] == 1


def test_who_lost_the_lock_stops_and_changes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    one = office.put("một.txt", FIRST)
    other = office.open()
    read_facts = office.rooms.read_facts

    def slow(document: Any) -> Any:
        other.store.journal.take(LOCK, "may-khac:1", office.now + timedelta(hours=1), LEASE, gone)
        return read_facts(document)

    monkeypatch.setattr(office.rooms, "read_facts", slow)
    with pytest.raises(BusyError):
        office.night()
    assert other.store.journal.holder(LOCK) == "may-khac:1"
    found = other.store.journal.arrival(one)
    assert found is not None and found.state is State.OPEN
    other.close()


def test_the_index_that_cannot_be_written_is_told_and_made_up_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = office.put("một.txt", FIRST)

    def down(*_: Any) -> None:
        raise CongvanError("Không kết nối được máy chủ Qdrant.")

    with monkeypatch.context() as patch:
        patch.setattr(office.rooms.toy, "put", down)
        report = office.night()
        assert report.exit_code is ExitCode.SOME_FAILED
        for _ in range(2):  # the second time the directive is known
            assert "chưa lập được chỉ mục: Không kết nối" in report.as_dict()["failed"][0]["reason"]
            office.now += timedelta(days=1)
            report = office.night()
        assert office.state(one) is State.OPEN and len(office.library.documents()) == 1
    office.now += timedelta(days=1)
    assert office.night().exit_code is ExitCode.OK
    assert set(office.rooms.toy.lines) == {one} and len(office.rooms.read) == 1


def test_a_store_that_cannot_be_written_is_told_and_made_up_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put("một.txt", FIRST)
    with monkeypatch.context() as patch:

        def full(*_: Any) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(type(office.library.store.originals), "keep", full)
        report = office.night()
        assert report.counts()["to_retry"] == 1 and "No space left" in report.as_dict()["failed"][0]["reason"]
    office.now += timedelta(days=1)
    assert office.night().counts()["done"] == 1 and len(office.rooms.read) == 1


class Broken:
    """A source at which the program itself goes wrong."""

    name = "cổng"

    def offers(self, _: object) -> Iterator[Any]:
        raise ZeroDivisionError("toy")
        yield

    def put_away(self, key: str, place: str) -> bool:
        return False

    def close(self) -> None:
        pass


def test_a_source_that_fails_does_not_end_the_night(office: Office) -> None:
    office.put("một.txt", FIRST)
    report = office.night(more=(Broken(),))
    assert report.counts()["done"] == 1 and report.exit_code is ExitCode.SOME_FAILED
    assert [(t.source, t.mishap.value) for got in report.sources for t in got.troubles] == [("cổng", "down")]


def test_a_clock_that_went_back_is_told(office: Office) -> None:
    office.put("một.txt", FIRST)
    office.night()
    office.now -= timedelta(days=400)
    office.put("hai.txt", SECOND)
    report = office.night()
    assert any("chạy lùi" in line for line in report.warnings) and report.counts()["done"] == 1


def test_units_are_told_what_is_new_for_them(office: Office) -> None:
    library = office.library
    unit = library.units.save(library.profile("co_so_giao_duc", "thpt", name="THPT Chu Văn An"))
    office.put("một.txt", FIRST)
    (told,) = office.night().as_dict()["new_for"]
    assert (told["unit"], told["name"]) == (unit.id, "THPT Chu Văn An")
    (directive,) = told["directives"]
    assert directive["number"] == "15/SGDĐT-VP" and directive["first"][0]["due"] == "2024-01-15"
    assert office.night().as_dict()["new_for"] == []


def test_what_the_hands_of_the_night_say_is_in_its_report(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of the cluster that died mid-page is told by the rooms; its page was read by another."""
    said = "Một máy đọc trang đã ngừng giữa chừng; trang ấy được giao cho máy khác."
    monkeypatch.setattr(office.rooms, "notes", lambda: [said])
    office.put("một.txt", FIRST)
    report = office.night()
    assert said in report.warnings and said in pages.text(report.as_dict(), office.library.local)
    assert [arrival.state for arrival in office.library.store.journal.arrivals(State.DONE)] == [State.DONE]


def test_the_report_is_kept_as_page_text_and_data(office: Office) -> None:
    office.put("một.txt", FIRST)
    office.put("<b>hỏng.txt", "BAD")
    report = office.night().as_dict()
    folder = office.settings.home / "reports"
    for day in range(3):
        moment = (START + timedelta(days=day)).isoformat()
        page = pages.keep(folder, report | {"started_at": moment}, office.library.local, most=2)
    html = page.read_text(encoding="utf-8")
    assert "15/SGDĐT-VP" in html and "&lt;b&gt;hỏng.txt" in html and "<b>hỏng" not in html
    assert len(list(folder.glob("nightly-*.json"))) == len(list(folder.glob("nightly-*.html"))) == 2
    kept = json.loads((folder / "latest.json").read_text(encoding="utf-8"))
    assert kept["counts"] == report["counts"]
    assert "Cách ly" not in kept and "1 cách ly" in (folder / "latest.txt").read_text(encoding="utf-8")


def test_the_command_runs_a_night_and_says_how_it_went(
    cli: Callable[..., int], settings: Settings, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("nightly") == 7
    assert "congvan nightly --example" in capsys.readouterr().err
    settings.home.mkdir(parents=True)
    (settings.home / "nightly.toml").write_text(
        f'[nightly]\nstable_seconds = 0\n[[folder]]\nname = "quét"\npath = "{folder}"\n', encoding="utf-8"
    )
    assert cli("nightly", "--check") == 0
    assert "1 nguồn (quét)" in capsys.readouterr().err
    assert cli("nightly", "--json") == 0
    out = capsys.readouterr()
    assert json.loads(out.out)["counts"]["done"] == 2 and "quét: 2 tệp mới" in out.err
    (folder / "hỏng.txt").write_text("BAD", encoding="utf-8")
    assert cli("nightly") == 3
    assert "1 cách ly" in capsys.readouterr().out
    assert cli("nightly") == 0


def test_the_example_is_a_settings_file(tmp_path: Path) -> None:
    path = tmp_path / "nightly.toml"
    path.write_text(tonight.example(), encoding="utf-8")
    assert tonight.load(path).names == ["quét"]
    everything = "\n".join(
        line.removeprefix("# ") if line.startswith("# ") and ("=" in line or "[[" in line) else line
        for line in tonight.example().splitlines()
    )
    path.write_text(everything, encoding="utf-8")
    with pytest.raises(CongvanError, match='after = "move" cần move_to'):
        tonight.load(path)  # the folder stays, the sample shows where it could go
    path.write_text(everything.replace('after = "keep"', 'after = "move"'), encoding="utf-8")
    assert tonight.load(path).names == ["quét", "trục liên thông", "văn thư", "cổng Sở"]


def test_progress_is_told_as_it_goes(office: Office) -> None:
    office.put("một.txt", FIRST)
    lines: list[str] = []
    steps: list[str] = []
    source = FolderSource("quét", office.folder, Watch(0), office.library.today())
    tell = Tell(lines.append, lambda step: steps.append(step.source))
    NightRun(office.library, Plan([("folder", source)], "1", "v1"), tell).go()
    assert lines == ["quét: 1 tệp mới, 0 trùng, 0 trục trặc"] and "một.txt" in steps


def test_a_disk_that_is_full_is_told_and_nothing_is_lost(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    one = office.put("một.txt", FIRST)
    with monkeypatch.context() as patch:
        patch.setattr("api.usecases.indexing.LEAST_FREE", 2**62)
        report = office.night()
        assert "Đĩa chứa chỉ mục" in report.as_dict()["failed"][0]["reason"] and office.state(one) is State.OPEN
    office.now += timedelta(days=1)
    assert office.night().counts()["done"] == 1
    office.put("hai.txt", SECOND)
    full = NightRun(office.library, Plan((), "1", "v1", least_free=2**62)).go()
    assert full.exit_code is ExitCode.SOME_FAILED and "không nhận văn bản" in full.as_dict()["warnings"][0]
    assert office.library.store.journal.nights(1)[0].ended_at is not None
    assert office.night().counts()["done"] == 1


@pytest.mark.parametrize("method", ["reach", "settle", "see", "receive", "begin"])
def test_a_journal_that_cannot_be_written_does_not_end_the_night(
    office: Office, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    one, two = office.put("một.txt", FIRST), office.put("hai.txt", SECOND)

    def full(*_: Any) -> None:
        raise CongvanError("Không mở được kho dữ liệu: database or disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(type(office.library.store.journal), method, full)
        report = office.night()
    assert report.exit_code is ExitCode.SOME_FAILED and "disk is full" in json.dumps(report.as_dict())
    office.now += timedelta(days=1)
    assert office.night().exit_code is ExitCode.OK
    assert {info.id for info in office.library.documents()} == {one, two} == set(office.rooms.toy.lines)
    assert office.state(one) is office.state(two) is State.DONE and office.left_behind() == []


def test_taking_in_by_hand_warns_of_versions_too(office: Office) -> None:
    office.library.add(FIRST.encode(), "một.txt")
    office.now += timedelta(days=1)
    row = office.library.add(f"{FIRST}Bản ký lại.".encode(), "một-mới.txt")
    assert row.status is Status.SUCCESS and row.reason.startswith("Phiên bản mới: cùng số, cơ quan và năm với một.txt")
    assert office.library.add(SECOND.encode(), "hai.txt").reason == ""
