"""The store: whole or not at all, the same bytes once, originals untouched."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from corpus.document import Decision, Document, Page, content_id
from corpus.errors import BadInputError, CongvanError, NotFoundError
from corpus.facts import Citation, CitationPlace, Deadline, Facts, Header, IssuerLevel, Relation, evidence
from corpus.store import Job, Store, folded_number, write_atomically

DATA = "Thực hiện Quyết định số 749/QĐ-TTg, gửi báo cáo trước ngày 15/10/2023.".encode()
NOW = datetime(2023, 9, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path, address: str) -> Iterator[Store]:
    opened = Store.open(address, tmp_path / "originals")
    yield opened
    opened.close()


def directive(data: bytes = DATA, number: str = "012/KH-SGDĐT") -> tuple[Document, Facts]:
    text = data.decode()
    document = Document(content_id(data), "kế hoạch.txt", "text/plain", (Page(1, text),))
    cited = evidence(document, 10, 35, "test")
    dated = evidence(document, text.index("15/10"), text.index("15/10") + 10, "test")
    facts = Facts(
        Header(number=number, date="2023-09-01", issuer="Sở GDĐT Phú Lâm", issuer_level=IssuerLevel.SO),
        (
            Citation(
                cited, "749/QĐ-TTg", "|qd-ttg|749|?", "Quyết định", None, None, Relation.IMPLEMENTS, CitationPlace.BODY
            ),
        ),
        (Deadline(dated, dated, "Gửi báo cáo", "2023-10-15", "trước ngày 15/10/2023", ("co_so_giao_duc",)),),
    )
    return document, facts


def test_what_goes_in_comes_out(store: Store) -> None:
    document, facts = directive()
    store.save(document, facts, DATA, NOW)
    stored = store.get(document.id)
    assert (stored.document, stored.facts) == (document, facts)
    assert store.original(document.id) == DATA
    assert [i.number for i in store.documents()] == ["012/KH-SGDĐT"]
    assert list(store.clean_texts()) == [DATA.decode()]


def test_saving_again_changes_nothing_but_the_reading(store: Store) -> None:
    document, facts = directive()
    store.save(document, facts, DATA, NOW)
    before = store.fingerprint()
    store.save(document, facts, DATA, datetime(2023, 9, 2, tzinfo=UTC))
    assert len(store.documents()) == len(store.deadlines()) == 1
    assert store.get(document.id).info.received_at.date() == NOW.date()
    assert store.fingerprint() != before


def test_found_by_number_in_any_spelling_by_name_and_by_id(store: Store) -> None:
    document, facts = directive()
    store.save(document, facts, DATA, NOW)
    for reference in ("12/KH-SGDĐT", "012/KH - SGDĐT".replace(" ", ""), "12/kh-sgddt", "kế hoạch.txt", document.id[:8]):
        assert [i.id for i in store.find(reference)] == [document.id], reference
    assert store.find("13/KH-SGDĐT") == [] and store.find("") == []


def test_citations_and_deadlines_can_be_asked_for(store: Store) -> None:
    document, facts = directive()
    store.save(document, facts, DATA, NOW)
    ((citing, citation),) = store.citing(folded_number("749/QĐ-TTg"))
    assert citing.id == document.id and citation["evidence"]["surface"] == document.text[10:35]
    assert store.deadlines("2023-10-16") == [] and len(store.deadlines("2023-10-01", "2023-10-15")) == 1


def test_nothing_is_kept_when_the_original_is_another(store: Store) -> None:
    document, facts = directive()
    with pytest.raises(CongvanError):
        store.save(document, facts, b"something else", NOW)
    assert store.documents() == []


def test_removing_is_complete_and_clear_about_what_is_not_there(store: Store) -> None:
    document, facts = directive()
    store.save(document, facts, DATA, NOW)
    store.remove(document.id)
    assert store.documents() == [] and store.deadlines() == []
    with pytest.raises(NotFoundError):
        store.remove(document.id)


def test_repaired_pages_do_not_teach_the_restorer(store: Store) -> None:
    document, facts = directive()
    repaired = Document(
        document.id, document.source, document.media_type, (Page(1, document.text, decision=Decision.REPAIR),)
    )
    store.save(repaired, facts, DATA, NOW)
    assert list(store.clean_texts()) == []


def test_jobs_survive(store: Store) -> None:
    store.put_job(Job("a", NOW, "queued", {"files": ["x.pdf"]}))
    store.put_job(Job("a", NOW, "running", {"files": ["x.pdf"]}))
    assert [j.status for j in store.unfinished_jobs()] == ["running"]
    store.put_job(Job("a", NOW, "done", {}))
    assert store.unfinished_jobs() == [] and store.job("a").status == "done"
    with pytest.raises(NotFoundError):
        store.job("b")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old" and [p.name for p in tmp_path.iterdir()] == ["file"]


def test_times_come_back_in_utc_whatever_the_clock_showed(store: Store) -> None:
    document, facts = directive()
    store.save(document, facts, DATA, datetime(2023, 9, 1, 6, 30, tzinfo=timezone(timedelta(hours=7))))
    assert store.get(document.id).info.received_at == datetime(2023, 8, 31, 23, 30, tzinfo=UTC)


def test_what_has_no_date_comes_last_and_is_never_the_newest(store: Store) -> None:
    for data, date in ((b"a", None), (b"b", "2023-09-01"), (b"c", "2024-09-01")):
        document, facts = directive(DATA + data)
        store.save(document, replace(facts, header=replace(facts.header, date=date)), DATA + data, NOW)
    dates = ["2024-09-01", "2023-09-01", None]
    assert [info.date for info in store.documents()] == dates
    assert [info.date for info in store.find("12/KH-SGDĐT")] == dates
    assert [info.date for info, _ in store.citing(folded_number("749/QĐ-TTg"))] == dates
    assert store.get(store.numbered(["12/KH-SGDĐT"])[folded_number("12/KH-SGDĐT")]).info.date == "2024-09-01"


def test_a_zero_byte_is_found_nowhere_and_breaks_nothing(store: Store) -> None:
    document, facts = directive()
    store.save(document, facts, DATA, NOW)
    for asked in (lambda: store.find("12\x00"), lambda: store.has("\x00")):
        with contextlib.suppress(BadInputError):
            assert not asked()
    assert store.has(document.id)


def test_an_address_that_is_none_is_refused_and_shows_no_password(tmp_path: Path) -> None:
    for address in ("", "mysql://a:geheim@b/c", "congvan.db", "oracle://a:geheim@b/c"):
        with pytest.raises(BadInputError, match="CONGVAN_DATABASE_URL") as caught:
            Store.open(address, tmp_path)
        assert "geheim" not in str(caught.value)


def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(CongvanError, match="Không mở được kho dữ liệu") as caught:
        Store.open(f"postgresql://congvan:geheim@/x?host={tmp_path}", tmp_path)
    assert "geheim" not in str(caught.value)


def test_what_was_read_stays_beside_what_was_corrected(store: Store) -> None:
    document, facts = directive()
    corrected = Document(document.id, document.source, document.media_type, (Page(1, document.text + "!"),))
    store.save(corrected, facts, DATA, NOW, reading=(document, facts))
    assert store.get(document.id).document.text.endswith("!")
    assert store.reading(document.id) == (document, facts)
    store.save(document, facts, DATA, NOW)
    assert store.reading(document.id) == (document, facts)
    ((info, owed),) = store.owed([document.id])
    assert info.number == "012/KH-SGDĐT" and owed.deadlines == facts.deadlines
    assert [c.number for c in owed.citations] == ["749/QĐ-TTg"]
    assert store.numbered(["12/KH-SGDĐT", "9/QĐ-TTg"]) == {folded_number("012/KH-SGDĐT"): document.id}
