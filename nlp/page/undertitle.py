"""Where the trích yếu ends that stands under a tên loại in the middle of the page."""

from __future__ import annotations

import re

from nlp.page.lines import Line
from nlp.page.marks import is_task_table_head, is_upper, mostly_upper, opens_schedule, starts_body, title_type
from nlp.words.folding import pattern

_UNDER_SUBJECT = 6


def subject_end(lines: list[Line], title: int, to: int | None) -> int:
    """Return the index behind the trích yếu that stands under the tên loại at ``title``."""
    if _opens_at_once(lines, title):
        return title + 1
    end = title + 1
    found = title_type(lines[title])
    inline = found is not None and found[1] > 0
    limit = min(len(lines), title + 1 + _UNDER_SUBJECT, to if to is not None else len(lines))
    widest = _widest(lines, title)
    while end < limit:
        text, fold = lines[end].text, lines[end].fold
        capitals = is_upper(text) and is_upper(lines[end - 1].text)
        if end > title + 1 and capitals and _SECTION.match(fold) and not _goes_on(lines[end - 1].text):
            break
        full = len(text) >= 0.93 * widest > 70 and not text[:1].islower()  # "… nghề nghiệp viên ⏎ chức từ hạng III …"
        cut = _CUT.search(lines[end - 1].text) is not None or lines[end - 1].text.lower().endswith(_OPEN)
        if end > title + 1 and not capitals and not cut and (starts_body(text, fold) or full):
            break
        if "\t" in text and not is_upper(lines[title].text.partition("\t")[2] or "-"):
            break  # the head of a table under "KẾ HOẠCH THÁNG 8"
        if end > title + 1 and (opens_schedule(text) or is_task_table_head(lines[end])):
            break
        if end > title + 1 and mostly_upper(text) and not mostly_upper(lines[end - 1].text):
            break  # a heading, whatever is left of its number
        if end > title + 1 and _is_first_of_body(lines[end - 1].text, lines[end], widest):
            break
        if end > title + 1 and not _goes_on(lines[end - 1].text) and _is_lead(lines, end, widest):
            break
        if lines[end].gap and end > title + 1 and text.endswith((".", ":", ";")):
            break
        goes_on = is_upper(text) or text[:1].islower() or fold.startswith(("nam hoc", "giai doan", "hoc ky", "dot "))
        if inline and not goes_on:
            break
        if (end == title + 1 and fold.startswith("can cu")) or (end > title + 1 and _DASHED_GROUND.match(fold)):
            break
        end += 1
        if len(text) > 160:
            break
    return end


def _widest(lines: list[Line], title: int) -> int:
    """Return the length of the longest line under a title; rows of tables are longer than lines."""
    return max((len(line.text) for line in lines[title + 1 : title + 30] if "\t" not in line.text), default=0)


#: The first of the grounds, listed with dashes: "- Căn cứ Điều lệ trường trung học …".
_DASHED_GROUND = pattern(r"[-+•*]\s?(?:can cu|thuc hien|xet)(?!\w)")
#: The office that speaks in the first sentence of a body: "Nhằm đánh giá học kỳ I, Sở Giáo dục và Đào tạo tổ chức …",
#: "Sở Giáo dục và Đào tạo kính mời:".
_SPEAKS = pattern(
    r"(?P<behind>[,;] )?(?:so|phong|truong|ban|u[yi] ban nhan dan|ubnd|bo|hoi dong)(?: [\w&-]+){0,9}? (?:tran trong )?"
    r"(?:(?P<holds>to chuc|xay dung)|thong bao|kinh moi|moi|kinh de nghi|de nghi|yeu cau|trieu tap)(?!\w)"
)
#: So many lines of such a sentence are looked through; each but the last is nearly full.
_OPENING, _NEARLY_FULL = 4, 0.75


#: An office that is named in a lead, and how a lead ends; no trích yếu ends with a colon.
_OFFICE = pattern(
    r"(?<!\w)(?:(?:so|phong) (?:gd ?(?:&|va|-)? ?dt|giao duc)|ubnd|u[yi] ban nhan dan|ban (?:to chuc|giam hieu|chi dao)"
    r"|hoi dong|bo (?:gd|giao duc)|nha truong|truong [a-z]+ [a-z]+)(?!\w)"
)
_LEADS_ON = pattern(r"(?<!\w)(?:sau(?: day)?|moi|dung|the)\s?:$")


def _is_lead(lines: list[Line], at: int, widest: int) -> bool:
    """Tell whether a sentence begins at a line that names an office and leads on to a list or table: "Nối tiếp các lớp
    …, Sở GDĐT mở đợt bổ sung … với lịch như sau:", "UBND huyện tổ chức hội nghị … và kính mời:"."""
    if not (lines[at].text[:1].isupper() and lines[at].text[1:2] and not is_upper(lines[at].text)):
        return False
    said = ""
    for line in lines[at : at + _OPENING]:
        if "\t" in line.text:
            return False
        said = f"{said} {line.fold}".strip()
        if line.text.endswith((":", ".", ";")):
            return _LEADS_ON.search(said) is not None and _OFFICE.search(said) is not None
        if len(line.text) < _NEARLY_FULL * widest:
            return False
    return False


def _opens_at_once(lines: list[Line], title: int) -> bool:
    """Tell whether the body begins right under a tên loại, as in many a giấy mời: its first words name who speaks."""
    under = lines[title + 1 : title + 1 + _OPENING]
    widest = _widest(lines, title)
    said = ""
    for line in under:
        if said and starts_body(line.text, line.fold):
            break  # "… đợt 1 năm học 2018-2019 ⏎ Thực hiện Kế hoạch số 27/KH-PGDĐT …"
        said = f"{said} {line.fold}".strip()
        if line.text.endswith((":", ".")) or len(line.text) < _NEARLY_FULL * widest:
            break
    return any(
        found["behind"] is not None or (found.start() == 0 and found["holds"] is None)
        for found in _SPEAKS.finditer(said)
    )


#: What stands in capitals under a trích yếu in capitals: who decides, the first section.
_SECTION = pattern(
    r"(?:chu tich|bo truong|giam doc|cuc truong|truong phong|hieu truong|u[yi] ban nhan dan|hoi dong nhan dan"
    r"|thuong truc|phan \w|chuong [ivx\d])(?!\w)|(?:[ivx]{1,4}|[a-h]|\d)[.)]\s"
)


#: A line that stops within a day or a number: "… Nghị quyết số 12/2020/NQ-HĐND ngày ⏎ 10 tháng 7 năm 2020 …".
_CUT = re.compile(r"(?<!\w)(?:ngày|tháng|năm|số)$")
#: Words behind which no trích yếu ends: "… các đơn vị thuộc ⏎ Sở Giáo dục và Đào tạo năm học 2021-2022".
_OPEN = (" thuộc", " của", " các", " cho", " với", " tại", " và", " do", " trong")


def _goes_on(above: str) -> bool:
    """Tell whether a line stops where its sentence cannot end."""
    ends = (",", "-", "–", ":", " và", " của", " các", " cho", " về", " tại", " với", " theo")
    return above.lower().endswith(ends)


def _is_first_of_body(above: str, line: Line, widest: int) -> bool:
    """Tell whether a line under a trích yếu opens the body: a new sentence that is wider than the centred line above.

    Its first line is indented, so it reaches 0.8 of the widest, less where the page tells that it is set in as a
    paragraph is; a trích yếu goes on in small letters or in capitals.
    """
    text = line.text
    wide = len(text) >= (0.8 if line.indent is None else 0.65) * widest and widest > 60 and len(text) > len(above) + 5
    return wide and not _goes_on(above) and text[:1].isupper() and text[1:2].islower() and not is_upper(text)
