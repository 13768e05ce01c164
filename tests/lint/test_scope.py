"""What the check says of files that are no drafts, of scans, and of what only a store knows."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from docx import Document as Word

from corpus.document import Decision
from corpus.errors import CongvanError, DamagedFileError, EmptyFileError, EncryptedFileError, UnsupportedFileError
from corpus.facts import Citation
from corpus.typeset import Typeset
from ingest.looks import typeset
from ingest.pipeline import read
from nlp.lint.finding import Level, Needs, rules
from nlp.lint.lint import lint
from nlp.words.folding import folded
from nlp.words.vocabulary import table
from tests.lint.checked import TODAY, checked, facts_of
from tests.lint.drafts import Par, as_docx, body, letter, plan, swapped
from tests.lint.faults import spoiled

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"


def text(words: str) -> bytes:
    document = Word()
    for line in words.split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


POEM = (
    "Chiều quê\nĐàn cò bay qua bãi mía,\nKhói bếp nhà ai lên chậm,\nMẹ gọi em về cuối ngõ,\nTrăng non vừa ghé đầu làng."
)


def test_a_poem_is_no_directive() -> None:
    report = checked(text(POEM))
    assert [one.rule.id for one in report.findings] == ["scope.no-directive"] and not report.clean


def test_a_report_of_other_things_is_no_directive() -> None:
    report = checked(text("Thực đơn tuần\nThứ Hai: cơm, cá kho, canh cải.\nThứ Ba: cơm, thịt rim, canh bí."))
    assert [one.rule.id for one in report.findings] == ["scope.no-directive"]


@pytest.mark.parametrize(("number", "title"), [("Số: 26/2025/TT-BGDĐT", "THÔNG TƯ"), ("Số: 12-KH/TU", "KẾ HOẠCH")])
def test_other_documents_have_other_rules(number: str, title: str) -> None:
    draft = plan().but(left=swapped(plan().left, "Số: 45/KH-UBND", number))
    draft = draft.but(middle=swapped(draft.middle, "KẾ HOẠCH", title))
    report = checked(as_docx(draft))
    assert [one.rule.id for one in report.findings] == ["scope.other-rules"] and report.clean


def test_files_that_cannot_be_checked_say_why() -> None:
    def error_of(data: bytes, name: str) -> type[CongvanError]:
        with pytest.raises(CongvanError) as caught:
            checked(data, name)
        assert str(caught.value)
        return type(caught.value)

    assert error_of(text(""), "trống.docx") is EmptyFileError
    assert error_of(as_docx(letter())[:2000], "cụt.docx") is DamagedFileError
    assert error_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 900, "cũ.docx") is UnsupportedFileError
    locked = io.BytesIO()
    with pikepdf.open(SAMPLES / "2023-so-y-te.pdf") as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="a", owner="b"))
    assert error_of(locked.getvalue(), "khóa.pdf") is EncryptedFileError


@pytest.mark.parametrize("name", ["decision with loose ends", "letter without zeros", "letter in colours"])
def test_what_a_picture_does_not_show_is_left_out(name: str) -> None:
    """The same draft as if it had been scanned: only rules that need no print are left, and a note says so."""
    data = as_docx(spoiled(name)[0])
    document = read(data, "quét.docx")
    scanned = replace(document, pages=tuple(replace(page, decision=Decision.OCR) for page in document.pages))
    seen = Typeset((), pages=1, blind=frozenset({1}), notes=("Tệp là bản quét.",))
    report = lint(scanned, facts_of(scanned), seen, today=TODAY)
    assert report.notes == ("Tệp là bản quét.",)
    assert all(one.rule.needs is Needs.NOTHING for one in report.findings)
    full = {one.rule.id for one in checked(data).findings}
    assert {one.rule.id for one in report.findings} == {r for r in full if rules()[r].needs is Needs.NOTHING} - {
        "page.size"
    }


class Store:
    """A store that knows of one replaced document."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def replaced_by(self, citation: Citation, on: str) -> tuple[str, ...]:
        self.asked.append((citation.number, on))
        return ("4250/BGDĐT-GDTrH",) if citation.number == "4120/BGDĐT-GDTrH" else ()


def test_the_store_tells_what_was_replaced() -> None:
    store = Store()
    report = checked(as_docx(letter()), store=store)
    assert [(one.rule.id, one.rule.level) for one in report.findings] == [("content.replaced", Level.ERROR)]
    assert "4250/BGDĐT-GDTrH" in report.findings[0].what and "4250/BGDĐT-GDTrH" in report.findings[0].fix
    assert store.asked == [("4120/BGDĐT-GDTrH", "2023-09-05")]


def test_units_are_judged_by_the_day_of_the_document() -> None:
    """A Phòng of 2023 is right in a text of 2023; where a draft has no day yet, its month counts."""
    old = letter()
    assert checked(as_docx(old)).findings == ()
    new = old.but(right=swapped(old.right, "ngày 05 tháng 9 năm 2023", "ngày      tháng 9 năm 2025"))
    new = new.but(body=swapped(new.body, "15 tháng 10 năm 2023", "15 tháng 10 năm 2025"))
    new = new.but(body=swapped(new.body, "30 tháng 10 năm 2023", "30 tháng 10 năm 2025"))
    found = checked(as_docx(new))
    assert {one.rule.id for one in found.findings} == {"content.unit-ended"}
    assert found.findings[0].count == 2  # among the addressees and in the text


def test_what_once_was_may_be_named() -> None:
    draft = plan()
    lines = body("Hồ sơ do Phòng Giáo dục và Đào tạo huyện trước đây lập được bàn giao cho xã trong năm 2025.")
    assert checked(as_docx(draft.but(body=(*draft.body[:3], *lines, *draft.body[3:])))).findings == ()


def test_open_drafts_are_clean() -> None:
    """What is only known at the signing may be left open: number, day, name."""
    draft = letter()
    draft = draft.but(left=swapped(draft.left, "2415/SGDĐT", "        /SGDĐT"))
    draft = draft.but(right=swapped(draft.right, "ngày 05", "ngày      "))
    assert checked(as_docx(draft)).findings == ()
    named = draft.but(sign=swapped(draft.sign, "Hoàng Thị Mai", "[Họ và tên]"))
    report = checked(as_docx(named))
    assert report.clean and {one.rule.id for one in report.findings} == {"content.gap"}


def test_the_same_fault_at_many_places_is_told_once() -> None:
    draft = letter()
    small = tuple(replace(p, size=11.0) for p in draft.body)
    report = checked(as_docx(draft.but(body=small)))
    assert [(one.rule.id, one.count) for one in report.findings] == [("set.size", len(draft.body))]


def test_headings_and_tables_are_no_paragraphs_of_text() -> None:
    draft = plan().but(table=(("TT", "Nhiệm vụ", "Thời hạn"), ("1", "Điều tra trẻ em", "15/11/2025")))
    heading = Par("PHẦN A", bold=True, indent=0, before=0, align=1)
    report = checked(as_docx(draft.but(body=(draft.body[0], heading, *draft.body[1:]))))
    assert report.findings == ()


def test_digital_samples_give_no_false_errors() -> None:
    """What is found on the digital samples was looked at: only what is really wrong or short in them."""
    found = {}
    for name in ("2022-bo-y-te", "2023-so-y-te", "2024-so-tuyen-sinh", "2024-so-hoc-ba-so"):
        report = checked((SAMPLES / f"{name}.pdf").read_bytes(), f"{name}.pdf")
        assert report.notes == ()
        found[name] = {one.rule.id for one in report.findings if one.rule.level is not Level.ADVICE}
    assert found == {
        "2022-bo-y-te": set(), "2023-so-y-te": set(), "2024-so-hoc-ba-so": set(),
        "2024-so-tuyen-sinh": {"content.conflict"},  # it names an annex that is missing
    }  # fmt: skip


def test_every_rule_is_complete() -> None:
    for rule in rules().values():
        assert rule.name and rule.source and rule.example, rule.id
    assert {rule.level for rule in rules().values()} == set(Level)


def test_the_former_and_ended_patterns_match_their_examples() -> None:
    data = table("lint")
    for row in data["ended"]:
        assert re.search(row["pattern"], row["example"]), row["name"]
    former = [row for row in data["former"] if re.search(row["pattern"], folded(row["example"]))]
    assert former == data["former"]


def test_a_typeset_is_not_needed_for_the_words() -> None:
    data = "\n".join(
        [
            "UBND TỈNH BÌNH SƠN", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 8/SGDĐT-VP", "V/v nộp hồ sơ",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Bình Sơn, ngày 05 tháng 9 năm 2023",
            "Kính gửi: Các trường trung học phổ thông", "Các trường nộp hồ sơ trước ngày 10 tháng 10 năm 2023./.",
            "Nơi nhận:", "- Như trên;", "- Lưu: VT, VP.", "GIÁM ĐỐC", "Phạm Văn Lâm",
        ]
    ).encode()  # fmt: skip
    document = read(data, "dự thảo.txt")
    report = lint(document, facts_of(document), typeset(data, document), today=TODAY)
    assert {one.rule.id for one in report.findings} == {"number.zero"}
    assert len(report.notes) == 1
