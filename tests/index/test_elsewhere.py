"""The day that stands in another item than the one that names the matter."""

from dataclasses import replace
from typing import Any

import pytest

from index.elsewhere import asks_elsewhere, day_elsewhere
from index.nearness import Rarity, Wanted
from index.passages import Passage, PassageDeadline
from index.payload import tokens
from index.query import understand
from index.ranking import Ranked
from index.vectors import Candidate
from tests.index.test_ranking import passage

FUND = "Đề nghị các trường rà soát đơn vị mình đã thu quỹ phòng, chống thiên tai chưa; chưa thu thì khẩn trương thu."


def item(name: str, text: str, *dues: tuple[str, str], **more: Any) -> Passage:
    """Return an item with dated duties (task, day); the day is written behind the task."""
    found = tuple(PassageDeadline(task, due, f"trước ngày {due}", (), (), None, None) for task, due in dues)
    written = " ".join([text, *(f"{task} trước ngày {due}." for task, due in dues)])
    return replace(passage(written, id=name, **more), deadlines=found)


def told(query: str, *items: Passage) -> str | None:
    """Return the id of the item that answers, where the first one is the best hit and tells no day."""
    question = understand(query)
    best = Ranked(items[0], 2.0, fit=2.0)
    if not asks_elsewhere(question, [best]):
        return None
    rows = [Candidate(one, 0.0, 0.0, tuple(tokens(one).split())) for one in items]
    found = day_elsewhere(question, best, rows, Wanted.of(question, Rarity(0, {})))
    return found.id if found else None


def test_the_only_day_of_a_directive_answers() -> None:
    opening, day = item("opening", FUND), item("day", "Các đơn vị", ("thực hiện", "2016-03-24"))
    assert told("thu quỹ phòng chống thiên tai xong trước ngày nào", opening, day) == "day"
    assert told("thu quỹ phòng chống thiên tai thế nào", opening, day) is None
    assert told("ngày thi học sinh giỏi tỉnh", opening, day) is None


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("hết hạn đăng ký sim 4G cho học sinh", "register"),
        ("khi nào gửi báo cáo về sim 4G cho học sinh", "report"),
        ("khi nào họp về sim 4G cho học sinh", None),
        ("sim 4G cho học sinh khi nào", None),
    ],
)
def test_of_several_days_the_one_of_what_is_asked_answers(query: str, right: str | None) -> None:
    opening = item("opening", "Sở thông báo về việc tài trợ sim 4G cho học sinh.")
    register = item("register", "4.", ("Đăng ký", "2021-09-15"))
    report = item("report", "5.", ("Gửi báo cáo về Sở", "2021-10-01"))
    assert told(query, opening, register, report) == right


def test_a_hit_that_tells_a_time_of_its_own_answers_itself() -> None:
    opening = item("opening", FUND, ("thu quỹ", "2016-03-20"))
    assert (
        told("thu quỹ phòng chống thiên tai trước ngày nào", opening, item("day", "", ("thực hiện", "2016-03-24")))
        is None
    )


def test_a_step_of_the_event_is_not_the_event() -> None:
    opening = item("opening", "Phòng tổ chức thi giáo viên dạy giỏi cấp huyện.")
    assert told("ngày thi giáo viên dạy giỏi", opening, item("day", "", ("Đăng ký dự thi", "2021-09-15"))) is None


def test_an_item_of_a_list_speaks_for_itself_and_what_follows_it() -> None:
    fee = item("fee", "3. MobiFone trả phí bưu điện khi gửi sim 4G tận nhà.", start=1)
    register = item("register", "4. Học sinh", ("đăng ký", "2021-09-15"), start=2)
    assert told("khi nào MobiFone trả phí bưu điện", fee, register) is None
    lists = item("lists", "1. Các trường thống kê, lập danh sách học sinh chưa về địa phương nhập học.", start=1)
    offices = item("offices", "Phòng GDĐT tổng hợp,", ("báo cáo về Sở", "2021-09-10"), start=2)
    other = item("other", "2. Các trường", ("báo cáo học phí về Sở", "2021-10-10"), start=3)
    query = "hạn báo cáo danh sách học sinh chưa về địa phương"
    assert told(query, lists, offices, other) == "offices"
    assert told(query, lists, other) is None
    closing = item("closing", "Đề nghị các đơn vị", ("gửi báo cáo về Sở", "2021-09-20"), start=4)
    assert told(query, lists, other, closing) == "closing"
    form = item("form", "DANH SÁCH HỌC SINH CHƯA VỀ ĐỊA PHƯƠNG", place="appendix", heading=("Phụ lục 1",), start=9)
    assert told(query, form, offices) == "offices"
