"""Drafts from the samples' and other directives of the Bộ: what is carried on, what is asked, what is left out."""

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from corpus.document import Document, Page
from corpus.errors import BadInputError
from corpus.facts import Citation
from nlp.compare.items import Role, parts_of
from nlp.drafting.compose import draft
from nlp.drafting.draft import Act, Draft, Kind
from nlp.drafting.habits import Earlier
from nlp.drafting.office import Choices, Leads, Newer, office_of
from tests.bench.drafts import NAMES, SHARED, directive, figures
from tests.floors import assert_floor
from tests.nlp.texts import reader

KNOWN = ["Sở Giáo dục và Đào tạo Phú Lâm"]


def made(
    name: str, *own: str, unit: str = "Sở GDĐT tỉnh Phú Lâm", issued: date | None = None, **chosen: object
) -> Draft:
    document, facts = directive(name)
    day = issued or date.fromisoformat(facts.header.date or "")
    choices = Choices(**{"to": ("phong", "truong", "gdtx"), **chosen})  # type: ignore[arg-type]  # fields by name
    earlier = [Earlier(*directive(other)) for other in own]
    return draft(document, facts, office_of(unit, day, known=KNOWN), choices, issued=day, earlier=earlier)


@lru_cache(maxsize=1)
def with_last_year() -> Draft:
    return made("2022-bo-y-te", "2021-so-y-te")


def text_of(draft_: Draft) -> str:
    return "\n".join(f"{p.label} {p.text}".strip() for p in draft_.body)


@pytest.mark.parametrize("name", NAMES)
def test_every_part_is_carried_on_or_told_why_not(name: str) -> None:
    found = made(name)
    upper = parts_of(*directive(name))
    used = {p.part for p in found.body} | {s.order for p in found.body for s in p.sources}
    out = {o.source.order for o in found.left_out}
    for part in upper.parts:
        if part.role in (Role.ITEM, Role.HEADING):
            assert part.order in used | out, part.text
    for paragraph in found.body:
        assert paragraph.sources, paragraph.text
        assert paragraph.text.strip()
        assert not re.search(r"[\ue000-\uf8ff]", paragraph.text), "a mark was left in the text"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_still_goes_to_the_bo_but_what_the_so_sends(name: str) -> None:
    for paragraph in made(name).body:
        for clause in re.split(r"(?<=[;.])\s", paragraph.text):
            if re.search(r"(?:gửi|nộp)\s(?:về\s)?(?:Bộ GDĐT|Vụ|Cục)\b", clause):
                assert "Phòng chuyên môn thuộc Sở" in paragraph.text or "cấp tỉnh" in clause, clause
        assert (
            "moet.gov.vn" not in paragraph.text
            or "Phòng chuyên môn thuộc Sở" in paragraph.text
            or ("csdl.moet" in paragraph.text)
        )


@pytest.mark.parametrize("name", NAMES)
def test_no_day_is_made_up(name: str) -> None:
    """Every day in the body is one of the source's, or one that a change tells with the source's day before it."""
    document, _ = directive(name)
    found = made(name)
    told = {day for p in found.body for c in p.changes for day in re.findall(r"\d{1,2}/\d{1,2}/\d{4}", c.after)}
    known = set(re.findall(r"\d{1,2}/\d{1,2}/\d{4}", " ".join(document.text.split())))
    for paragraph in found.body:
        for day in re.findall(r"\d{1,2}/\d{1,2}/\d{4}", paragraph.text):
            assert day in known | told, (day, paragraph.text)


def test_last_years_directive_teaches_department_groups_and_signer() -> None:
    found = with_last_year()
    text = text_of(found)
    assert "".join(run.text for run in found.letterhead.symbol) == "SGDĐT-CTTT"
    assert "gửi về Sở GDĐT (qua Phòng Chính trị tư tưởng) trước ngày 21/9/2022" in text
    assert re.search(r"- Phòng GDĐT gửi về Sở GDĐT .* trước ngày 09/12/2022;", text)
    assert re.search(r"- Các trường THPT, .*gửi về Sở GDĐT .* trước ngày 07/12/2022\.", text)
    assert [line.text for line in found.power] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert found.recipients[-1].text == "Lưu: VT, CTTT"
    split = next(p for p in found.body if any(c.act is Act.SPLIT for c in p.changes))
    assert any(s.name == "1985/SGDĐT-CTTT" for p in found.body for s in p.sources if p.part == split.part)


def test_groups_are_those_that_are_written_to() -> None:
    text = text_of(made("2022-bo-y-te", "2021-so-y-te", to=("phong", "truong")))
    assert re.search(r"- Các trường THPT gửi về Sở GDĐT", text)
    alone = text_of(made("2022-bo-y-te", "2021-so-y-te", to=("phong",)))
    assert re.search(r"Báo cáo đợt 1[^\n]* gửi về Sở GDĐT [^\n]*trước ngày 09/12/2022", alone)


def test_without_last_year_it_asks() -> None:
    questions = " ".join(gap.question for gap in made("2022-bo-y-te").gaps)
    for word in ("Ký hiệu", "đầu mối", "Ai ký"):
        assert word in questions


def test_what_is_chosen_is_not_asked() -> None:
    found = made("2022-bo-y-te", department="Phòng Giáo dục Trung học", signer="Trần Văn Minh")
    assert found.signer.text == "Trần Văn Minh"
    assert not any("đầu mối" in gap.question or "ký" in gap.question.split() for gap in found.gaps)


def test_the_lead_is_a_choice() -> None:
    late, soon = (made("2022-bo-y-te", leads=Leads(report=days)) for days in (2, 20))
    days = [[t.due or "" for t in d.tasks if t.moved] for d in (late, soon)]
    assert len(days[0]) == len(days[1]) == 3
    assert all(a > b for a, b in zip(*days, strict=True))


def test_a_plan_has_grounds_line_by_line_and_nobody_to_write_to() -> None:
    found = made("known/2023-bo-bao-luc", kind="ke-hoach")
    grounds = [p.text for p in found.body if p.kind is Kind.BASE]
    assert found.title == "KẾ HOẠCH"
    assert not found.to
    assert len(grounds) == 3
    assert all(g.startswith("Căn cứ ") for g in grounds)
    assert [g[-1] for g in grounds] == [";", ";", "."]
    assert "".join(run.text for run in found.letterhead.symbol) == "KH-SGDĐT"


def test_after_the_district_level_ended() -> None:
    found = made("2022-bo-y-te", unit="Sở GDĐT Hà Nam", issued=date(2025, 9, 5), to=("phong", "truong"))
    assert found.letterhead.parent == "UBND TỈNH NINH BÌNH"
    assert any("hợp nhất" in note for note in found.notes)
    assert found.to[0].text == "Ủy ban nhân dân các xã, phường"
    assert not re.search("phòng GDĐT", text_of(found), re.IGNORECASE)
    # the Bộ's days are over: the draft asks, and sets none
    assert not any(task.moved for task in found.tasks)
    assert any("không còn ngày nào" in gap.question for gap in found.gaps)


def test_special_zones_only_where_there_are_some() -> None:
    names = {
        unit: made("2022-bo-y-te", unit=f"Sở GDĐT {unit}", issued=date(2025, 9, 5), to=("xa",)).to[0].text
        for unit in ("thành phố Hải Phòng", "tỉnh Phú Thọ")
    }
    assert names["thành phố Hải Phòng"].endswith("đặc khu")
    assert not names["tỉnh Phú Thọ"].endswith("đặc khu")


class _Replaced:
    """A register that knows of one replaced document."""

    def __init__(self, number: str) -> None:
        self.number = number

    def replaced_by(self, citation: Citation, on: str) -> Newer | None:
        if citation.number != self.number:
            return None
        return Newer("33/2021/TT-BYT", "Thông tư", "2021-12-31", "Bộ Y tế", "Quy định về công tác y tế trường học")


def test_replaced_documents_give_way_to_those_in_force() -> None:
    document, facts = directive("2022-bo-y-te")
    office = office_of("Sở GDĐT tỉnh Phú Lâm", date(2022, 9, 1), known=KNOWN)
    found = draft(
        document, facts, office, Choices(), issued=date(2022, 9, 1), register=_Replaced("13/2016/TTLT-BYT-BGDĐT")
    )
    paragraph = next(p for p in found.body if "33/2021/TT-BYT" in p.text)
    assert "13/2016" not in paragraph.text
    assert any(c.act is Act.CITED and "đã được thay thế" in c.why for c in paragraph.changes)


def test_a_document_with_two_dates_is_asked_about() -> None:
    found = made("blind/2020-bo-boi-duong")
    assert "29/4/2015" not in text_of(found)
    assert any("732/QĐ-TTg" in gap.question for gap in found.gaps)


def test_taking_another_wording_keeps_the_drafts_own_day() -> None:
    found = with_last_year()
    order = next(p.part for p in found.body if p.text.startswith("Báo cáo năm về y tế"))
    document, facts = directive("2021-so-y-te")
    part = next(p for p in parts_of(document, facts).items if p.text.startswith("Báo cáo năm về y tế"))
    assert order is not None
    again = made("2022-bo-y-te", "2021-so-y-te", taken=((order, document.id, part.order),))
    paragraph = next(p for p in again.body if p.part == order)
    assert paragraph.text.startswith("Báo cáo năm về y tế trường học, giáo dục thể chất: các đơn vị gửi về")
    assert "31 tháng 5 năm 2023" in paragraph.text
    assert "2022" not in paragraph.text
    assert paragraph.sources[0].name == "1985/SGDĐT-CTTT"
    # what is not there any more changes nothing
    same = made("2022-bo-y-te", "2021-so-y-te", taken=((order, "0" * 64, 1), (9999, document.id, part.order)))
    assert text_of(same) == text_of(found)


def test_points_follow_the_alphabet_after_some_were_left_out() -> None:
    found = made("blind/2020-bo-boi-duong")
    labels = [p.label for p in found.body if p.kind is Kind.POINT]
    assert labels[:6] == ["a)", "b)", "c)", "d)", "đ)", "e)"]
    assert [p.label for p in found.body if p.kind is Kind.CLAUSE_TITLE] == ["1.", "2."]
    assert any("đại học sư phạm" in out.text for out in found.left_out)


HEAD = """BỘ GIÁO DỤC VÀ ĐÀO TẠO
Số: 123/BGDĐT-GDTH
V/v tổ chức dạy học buổi chiều
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 05 tháng 9 năm 2023

Kính gửi: Các sở giáo dục và đào tạo

"""
TAIL = "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT, GDTH.\n\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\nLê Văn Hải\n"


def of_text(text: str) -> Draft:
    document = Document("0" * 64, "t.txt", "text/plain", (Page(1, text),))
    office = office_of("Sở GDĐT tỉnh Phú Thọ", date(2023, 9, 5))
    return draft(document, reader().read(document), office, Choices(), issued=date(2023, 9, 5))


def test_a_directive_without_days_gives_a_draft_without_days_and_says_so() -> None:
    found = of_text(
        f"{HEAD}Bộ GDĐT đề nghị các sở GDĐT thực hiện:\n1. Các trường tiểu học sắp xếp thời khóa biểu hợp lý.\n"
        f"2. Phòng GDĐT kiểm tra việc thực hiện của các trường.{TAIL}"
    )
    assert any("không nêu ngày nào" in note for note in found.notes)
    assert not any(task.due for task in found.tasks)
    assert not re.search(r"trước ngày|chậm nhất", text_of(found))


def test_the_bos_plan_is_carried_on_too() -> None:
    head = HEAD.replace("V/v tổ chức dạy học buổi chiều\n", "").replace("Số: 123/BGDĐT-GDTH", "Số: 123/KH-BGDĐT")
    head = head.replace("Kính gửi: Các sở giáo dục và đào tạo\n", "KẾ HOẠCH\nTổ chức Ngày hội đọc sách năm 2023\n")
    found = of_text(
        f"{head}I. NỘI DUNG\n1. Các sở GDĐT gửi báo cáo về Bộ GDĐT trước ngày 30/11/2023.\n2. Tặng sách.{TAIL}"
    )
    assert "Thực hiện Kế hoạch số 123/KH-BGDĐT" in found.body[0].text
    assert [t.due for t in found.tasks] == ["2023-11-21"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Con cò bay lả bay la\nBay từ cửa phủ bay ra cánh đồng\n", "không phải văn bản chỉ đạo"),
        ("", "không phải văn bản chỉ đạo"),
        (
            HEAD.replace("BỘ GIÁO DỤC", "UBND TỈNH X\nSỞ GIÁO DỤC").replace("BGDĐT", "SGDĐT")
            + "1. Các trường lập danh sách trước ngày 30/9/2023." + TAIL.replace("BỘ TRƯỞNG", "GIÁM ĐỐC"),
            "văn bản của Sở",
        ),
        (
            HEAD.replace("Số: 123/BGDĐT-GDTH", "Số: 12/2023/TT-BGDĐT").replace(
                "V/v tổ chức dạy học buổi chiều\n", "THÔNG TƯ\nBan hành Quy chế\n"
            ) + "Điều 1. Phạm vi\nThông tư này quy định việc dạy học." + TAIL,
            "quy phạm pháp luật",
        ),
        (
            HEAD.replace("Các sở giáo dục và đào tạo", "Các đại học, học viện, trường đại học")
            + "1. Các trường đại học báo cáo số liệu tuyển sinh về Bộ GDĐT trước ngày 30/9/2023." + TAIL,
            "không giao việc nào cho sở",
        ),
    ],
    ids=["poem", "empty", "a Sở's", "a circular", "to universities"],
)  # fmt: skip
def test_what_cannot_be_carried_on_is_refused(text: str, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        of_text(text)


@pytest.mark.parametrize("name", ["2022-truong-y-te", "2022-so-y-te", "2022-phong-y-te"])
def test_directives_of_offices_below_are_refused(name: str) -> None:
    with pytest.raises(BadInputError, match="văn bản của"):
        made(name)


@pytest.mark.parametrize("unit", ["Phòng GDĐT huyện X", "Sở Y tế tỉnh Phú Thọ", "Sở GDĐT tỉnh Không Có", ""])
def test_who_is_no_so_is_refused(unit: str) -> None:
    with pytest.raises(BadInputError):
        office_of(unit, date(2024, 1, 1))


@pytest.mark.slow
def test_the_bos_limits_are_found_again_earlier_for_the_right_units() -> None:
    """Also from the shared directive of the Bộ, where it is at hand."""
    total, slowest, rows = figures()
    for name in ("earlier", "actor", "recipient"):
        assert_floor(f"drafts: {name}", total.share(name))
    assert total.limits >= 50
    assert slowest < 5
    assert rows.get("002") == ("3/3" if SHARED.exists() else None)


def test_no_rule_speaks_of_a_directive_of_the_tests() -> None:
    words = (Path(__file__).resolve().parents[3] / "nlp" / "tables" / "drafting.toml").read_text(encoding="utf-8")
    for name in NAMES:
        number = directive(name)[1].header.number or "?"
        assert number.split("/")[0] not in words
