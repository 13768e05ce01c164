"""Staff, money, quality, inspections, reports: whom a day binds and where things go (own_work.txt, decided beforehand).

``who_acts.txt`` holds more of the same form: reports to those above, visits, trainings, units outside, special schools;
``who_else.txt``: who answers what comes in, sums up a plan, does what is told of a place, lists, leads;
``who_lists.txt``: members of lists under what an office holds, levels beside times, places named after days, names that
a line's end cuts;
``who_communes.txt``: communes and units right below the Sở after June 2025;
``who_cells.txt``: rows whose cells are parted, with and without a column of those who act; sở, ban, ngành;
``who_cells.txt``: rows whose cells are parted, with and without a column of those who act; "các sở, ban, ngành";
``who_rows.txt``: columns of units with a time each, rows of units that come to an office;
``who_tables.txt``: levels or classes side by side over days, rows that begin with two days, "Như trên", rounds, rows
between strokes that a line's end cuts, tasks that open with who does them where no column does;
``who_near.txt``: levels alone that act, people behind their schools, who leads a cluster, what an office of a heading
decides on, "thành phần dự là …", stocks up to a day, rounds that another time names, "các trường học";
``who_receives.txt``: to whom papers are given, put before or sent for approval, the HĐND, schools that take over;
``who_systems.txt``: named systems that something is entered into, as the way;
``who_notices.txt``: notices, schedules and invitations of 2025-26, days that only begin something;
``who_classes.txt``: classes and levels before who acts, "do … tổ chức" behind a day, where all schools hold something;
``who_labels.txt``: several units in the time that labels an item, rounds of others before what an office holds;
``who_then.txt``: officials of communes, parts of a day, days side by side, who is told at once, behind "thì";
``who_torn.txt``: tables whose head, numbers or half of whose strokes an OCR lost: who acts, helps and receives;
rows of days without a head, brackets that a torn line closes;
``who_turns.txt``: rows that begin with their time, who sends in turn by one day, groups of units with a time each,
"(gọi chung là trường)", pupils who come back, who stands behind "do", instead, behind a condition;
``who_rounds.txt``: days of a second round in the order of the first, who does a part of their own beside others, groups
told by their places, teams that go to schools by a table, sections of those invited, one part of a school;
``who_beside.txt``: departments in headings of capitals, several named units, who helps, who is invited, who takes part,
who is told behind a time to come, also to what others hold or hand out;
``who_trained.txt``: whose people a training is for;
``who_visits.txt``: teams at schools and units at an office by a list of days, steps with a time in a bracket, what is
handed out to some by one day and to others by the next.

A wording opens with "@letterhead|trích yếu|year". A mark stands behind its time, "[[who:levels|recipient|via]]", as in
``test_whose_pages``; what is not written, or "-", is not asked for. No other time of a wording may end a duty.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document, Page
from corpus.facts import DEPARTMENT, Deadline, Facts
from corpus.named import SCHOOLS
from corpus.units import meant_only
from nlp.pipeline import read
from tests.nlp.test_whose_pages import _ACTORS, _LEVELS, _MARK, _bound, _wrapped

_HERE = Path(__file__).parent
WORDINGS = [
    wording
    for file in (_HERE / "own_work.txt", *sorted(_HERE.glob("who_*.txt")))
    for wording in file.read_text(encoding="utf-8").rstrip("\n").split("\n===\n")
]
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
_PHONG = "- Phòng Giáo dục và Đào tạo các huyện, thành phố;\n"
_THPT = "- Các trường trung học phổ thông;\n"
_GDTX = "- Các trung tâm GDNN-GDTX.\n"


def _so(to: str) -> str:
    return (
        "UBND TỈNH VĨNH HÒA\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 1422/SGDĐT-VP\nV/v {0}\n" + _NATION
        + "Vĩnh Hòa, ngày 10 tháng 9 năm {1}\nKính gửi:\n" + to
        + "Sở Giáo dục và Đào tạo yêu cầu các đơn vị thực hiện các nội dung sau:\n"
    )  # fmt: skip


def _phong(to: str, lead: str) -> str:
    return (
        "UBND HUYỆN TÂN MỸ\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 422/PGDĐT\nV/v {0}\n" + _NATION
        + "Tân Mỹ, ngày 10 tháng 9 năm {1}\nKính gửi: " + to + "\nPhòng GDĐT " + lead + "\n"
    )  # fmt: skip


def _plan(office: str, number: str, place: str) -> str:
    return f"{office}\nSố: {number}\n{_NATION}{place}, ngày 10 tháng 9 năm {{1}}\nKẾ HOẠCH\n{{0}}\n"


LETTERHEADS = {
    "so": _so(_PHONG + _THPT + _GDTX),
    "soph": _so(_PHONG),
    "sopt": _so(_THPT),
    "soct": _so(_PHONG + _GDTX),
    "sotx": _so(_THPT + _GDTX),
    "sodv": _so(_PHONG + "- Các đơn vị trực thuộc Sở.\n"),
    "so25": _so(
        "- Ủy ban nhân dân các xã, phường;\n- Các trường THPT, trường phổ thông dân tộc nội trú;\n" + _GDTX
    ),
    "sonc": _so(_PHONG + "- Các trường THPT, trường phổ thông có nhiều cấp học, trường PTDTNT;\n" + _GDTX),
    "sotb": _plan("UBND TỈNH VĨNH HÒA\nSỞ GIÁO DỤC VÀ ĐÀO TẠO", "85/TB-SGDĐT", "Vĩnh Hòa").replace(
        "KẾ HOẠCH", "THÔNG BÁO"
    ),
    "solc": _plan("UBND TỈNH VĨNH HÒA\nSỞ GIÁO DỤC VÀ ĐÀO TẠO", "85/LCT-SGDĐT", "Vĩnh Hòa").replace(
        "KẾ HOẠCH", "LỊCH CÔNG TÁC"
    ),
    "sogm": _plan("UBND TỈNH VĨNH HÒA\nSỞ GIÁO DỤC VÀ ĐÀO TẠO", "85/GM-SGDĐT", "Vĩnh Hòa").replace(
        "KẾ HOẠCH", "GIẤY MỜI"
    ),
    "hugm": _plan("ỦY BAN NHÂN DÂN\nHUYỆN TÂN MỸ", "85/GM-UBND", "Tân Mỹ").replace("KẾ HOẠCH", "GIẤY MỜI"),
    "tinh": _plan("ỦY BAN NHÂN DÂN\nTỈNH VĨNH HÒA", "85/KH-UBND", "Vĩnh Hòa"),
    "sogd": _plan("UBND TỈNH VĨNH HÒA\nSỞ GIÁO DỤC VÀ ĐÀO TẠO", "85/GM-SGDĐT", "Vĩnh Hòa").replace(
        "KẾ HOẠCH", "GIẤY MỜI"
    )
    + "Kính gửi:\n- Trưởng phòng GDĐT các huyện;\n- Hiệu trưởng các trường THPT;\n" + _GDTX,
    "sv25": _so("- Ủy ban nhân dân các xã, phường, đặc khu;\n- Các đơn vị trực thuộc Sở.\n"),
    "st25": _so(
        "- UBND các xã, phường;\n- Các cơ sở giáo dục trực thuộc Sở;\n- Các trường phổ thông ngoài công lập.\n"
    ),
    "sk25": _plan("UBND TỈNH VĨNH HÒA\nSỞ GIÁO DỤC VÀ ĐÀO TẠO", "85/KH-SGDĐT", "Vĩnh Hòa"),
    "xk": _plan("ỦY BAN NHÂN DÂN\nPHƯỜNG TÂN MỸ", "48/KH-UBND", "Tân Mỹ"),
    "sokh": _plan("UBND TỈNH VĨNH HÒA\nSỞ GIÁO DỤC VÀ ĐÀO TẠO", "85/KH-SGDĐT", "Vĩnh Hòa"),
    "ph": _phong(
        "Hiệu trưởng các trường mầm non, tiểu học, THCS trong huyện.", "hướng dẫn các trường thực hiện như sau:"
    ),
    "phnt": _phong(
        "\n- Các trường mầm non, tiểu học, THCS trong huyện;\n- Trường PTDTNT Tân Mỹ.", "yêu cầu các trường thực hiện:"
    ),
    "phdv": _phong("Hiệu trưởng các đơn vị trực thuộc.", "thông báo đến các đơn vị như sau:"),
    "phkh": _plan("UBND HUYỆN TÂN MỸ\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "22/KH-PGDĐT", "Tân Mỹ"),
    "bo": "BỘ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 3312/BGDĐT-VP\nV/v {0}\n" + _NATION
    + "Hà Nội, ngày 10 tháng 9 năm {1}\nKính gửi: Các sở giáo dục và đào tạo\n"
    "Bộ Giáo dục và Đào tạo đề nghị các sở giáo dục và đào tạo thực hiện một số nội dung sau:\n",
    "xa": "ỦY BAN NHÂN DÂN\nXÃ TÂN MỸ\nSố: 312/UBND-VHXH\nV/v {0}\n" + _NATION
    + "Tân Mỹ, ngày 10 tháng 9 năm {1}\nKính gửi: Các trường mầm non, tiểu học, trung học cơ sở trên địa bàn xã.\n",
    "tr": _plan("SỞ GD&ĐT VĨNH HÒA\nTRƯỜNG THPT TRẦN PHÚ", "42/KH-THPTTP", "Vĩnh Hòa"),
    "trcs": _plan("PHÒNG GD&ĐT TÂN MỸ\nTRƯỜNG THCS LÊ LỢI", "42/KH-THCSLL", "Tân Mỹ"),
}  # fmt: skip
_TAIL = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
_TAILS = {
    "sk25": "\nNơi nhận:\n- UBND các xã, phường (t/h);\n- Các đơn vị trực thuộc Sở (t/h);\n- Lưu: VT.\n",
    "xk": "\nNơi nhận:\n- Các trường MN, TH, THCS trên địa bàn phường (t/h);\n- Lưu: VT.\n",
    "sokh": "\nNơi nhận:\n- Phòng GDĐT các huyện;\n- Các trường THPT;\n- Lưu: VT.\n",
    "solc": "\nNơi nhận:\n- Phòng GDĐT các huyện;\n- Các trường THPT, TT GDNN-GDTX;\n- Lưu: VT.\n",
    "sotb": "\nNơi nhận:\n- Phòng GDĐT các huyện;\n- Các trường THPT, TT GDNN-GDTX;\n- Lưu: VT.\n",
    "tinh": "\nNơi nhận:\n- Các sở, ban, ngành;\n- UBND các huyện, thành phố;\n- Lưu: VT.\n",
    "phkh": "\nNơi nhận:\n- Các trường MN, TH, THCS (thực hiện);\n- Lưu: VT.\n",
    "tr": "\nNơi nhận:\n- Các tổ chuyên môn;\n- Lưu: VT.\n",
    "trcs": "\nNơi nhận:\n- Các tổ chuyên môn;\n- Lưu: VT.\n",
}
_SIGNERS = {
    "so": "GIÁM ĐỐC",
    "sv": "GIÁM ĐỐC",
    "st": "GIÁM ĐỐC",
    "sk": "GIÁM ĐỐC",
    "ph": "TRƯỞNG PHÒNG",
    "bo": "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG",
    "xa": "CHỦ TỊCH",
    "xk": "CHỦ TỊCH",
    "tr": "HIỆU TRƯỞNG",
    "ti": "CHỦ TỊCH",
    "hu": "CHỦ TỊCH",
}


def page_of(wording: str) -> str:
    """Return the whole page of a wording, its marks still in it."""
    head, _, body = wording.strip("\n").partition("\n")
    key, subject, year = head.removeprefix("@").split("|")
    signer = _SIGNERS[key[:2]] + "\nNguyễn Văn An\n"
    return LETTERHEADS[key].format(subject, year) + body + _TAILS.get(key, _TAIL) + signer


def _is_as_marked(facts: Facts, row: Deadline, mark: str) -> bool:
    """Tell whether a row binds whom a mark names and goes where it says."""
    units, *ways = mark.split("|")
    who, _, which = units.partition(":")
    actors = [DEPARTMENT + "x" if code == "dep" else str(_ACTORS[code]) for code in who.split()]
    only = SCHOOLS if who == "tr" else None
    wanted = _bound(facts, actors, [_LEVELS[code] for code in which.split()], only)
    levels = [str(level) for level in row.levels or ()]
    if _bound(facts, list(row.actor), levels, meant_only(row.task, row.evidence.surface)) != wanted:
        return False
    told = [(value or "").strip().lower() for value in (row.recipient, row.via)]
    return all(way.lower() in ("-", one) for way, one in zip(ways, told, strict=False))


@pytest.mark.parametrize("wording", WORDINGS, ids=[one.splitlines()[0][:60] for one in WORDINGS])
def test_days_bind_whom_they_name(wording: str) -> None:
    page = page_of(wording)
    marks = [
        (m.start() - sum(len(o.group()) for o in _MARK.finditer(page, 0, m.start())), m[1])
        for m in _MARK.finditer(page)
    ]
    text = _wrapped(_MARK.sub("", page))
    facts = read(Document("page", "page", "text/plain", (Page(1, text, 1),)))
    for end, mark in marks:
        near = [row for row in facts.deadlines if abs(row.due_evidence.end - end) <= 3]
        assert any(_is_as_marked(facts, row, mark) for row in near), (text[max(0, end - 80) : end], mark)
    others = [r.due_text for r in facts.deadlines if not any(abs(r.due_evidence.end - end) <= 3 for end, _ in marks)]
    assert not others
