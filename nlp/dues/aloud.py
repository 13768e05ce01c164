"""The task of a duty as it is read alone, in a calendar's month or a table: no joint before it, nothing that hangs
behind it, and where a report goes that is named only ("Báo cáo quý I" → "Gửi báo cáo quý I về Sở GDĐT").
"""

from __future__ import annotations

import re

from nlp.naming.recipients import recipient_of, sends

#: What joined the clause to the one before it.
_JOINT = re.compile(r"^(?:Và|Hoặc|Đồng thời|Sau đó|Ngoài ra|Rồi)(?:,? (?:thì )?)(?=\w)")
#: Of a time that was taken out of the middle, and at the end: "Họp giao ban vào [ngày 26/11] tại hội trường".
_INSIDE = re.compile(r"(?<!đầu)\s(?:vào|từ|lúc|trước|vào lúc)(?=\stại\s)")
_BEHIND = re.compile(
    r"(?:[:,;]\s(?:thời gian:?\s)?(?:(?:từ|vào|lúc)\s)?(?:\d{1,2}\s?(?:h|giờ)(?:\s?\d{2})?|ngày \d{1,2})"
    r"|:\s(?:[Tt]rước|[Ss]au|[Tt]ừ) ngày|,\scấp|\s(?:của|các|những|(?<!lý )do|bởi))$"
)
#: Marks that a cut left: "Tiểu học..", "gửi: ).", "GDĐT .)".
_MARKS = re.compile(r"[\s.,;:]*\(?[\s.]*\)[\s.]*$|[\s.,;:]+$")
_TWICE = re.compile(r"^(?P<word>\w+)\s(?P=word)(?=\s)", re.I)
_PERIOD = (
    r"(?:(?:đợt|lần|vòng|quý|học k[ỳì])\s(?:\d|[IVX]{1,4}|đầu|cuối|một|hai|thứ \w+)"
    r"|(?:cuối|đầu|giữa) (?:học k[ỳì](?: (?:I{1,2}|[12]))?|năm(?: học)?|k[ỳì])"
    r"|(?:sơ|tổng) kết(?: (?:học k[ỳì] (?:I{1,2}|[12])|năm học|cả năm))?|(?:6|sáu|9|chín) tháng|(?:cả )?năm(?: học)?)"
)
#: A member of a list under the first one of it: "Chi trả đợt 1: đợt 2", "Báo cáo sơ kết: báo cáo tổng kết".
_OTHER = re.compile(rf"^(?P<what>.{{3,160}}?\s){_PERIOD}:\s(?P<other>(?:báo cáo )?{_PERIOD})$")
_REPORTS = re.compile(
    rf"^(?P<verb>(?:Gửi |Nộp )?[Bb]áo cáo)\s(?:{_PERIOD}(?=[\s,:(]))?\s?(?P<what>[^:]{{0,160}}):\s"
    rf"báo cáo (?P<other>{_PERIOD})(?P<more>\s[^:]{{1,80}})?$"
)
#: The time of a report over what it is: "Báo cáo học kỳ I: Báo cáo sơ kết công tác pháp chế".
_NAMED = re.compile(r"^Báo cáo [^:]{2,30}:\s(?=Báo cáo (?:\S+\s){2})")
#: What is sent, where its name alone is the task; of some the report is what is sent.
_THING = re.compile(
    r"(?:Báo cáo(?! (?:với|bằng|cho|về|tới|lên|kết quả với)(?!\w))|Danh sách|Hồ sơ|Kế hoạch|Dự toán|Biên bản|Kết quả"
    r"|Phiếu|Số liệu|Tờ trình|Thống kê)(?=\s)"
)
_SUMMED = re.compile(r"(?:Sơ kết|Tổng kết)(?=\s)")
_OFFICE = re.compile(r"(?:Bộ|Sở|UBND|Phòng|Vụ|Cục|Văn phòng|Thanh tra|Ban|Kho bạc|BHXH)(?!\w)", re.I)
#: A longer task names what is sent well enough, a longer report needs no verb ("Báo cáo khám sức khỏe đầu năm học").
_MOST, _SHORT = 30, 7
#: A report of more words says of what it is: "Báo cáo kết quả sắp xếp về Sở: báo cáo lần 1".
_SAYS = 2


def read_alone(task: str, recipient: str | None, via: str | None) -> str:
    """Return a task that can be read without the lines around it."""
    bare = _MARKS.sub(lambda m: ")" if ")" in m.group() and "(" in task[: m.start()] else "", task)
    joint = _JOINT.match(bare)
    bare = bare[joint.end() :] if joint else bare
    bare = _BEHIND.sub("", _INSIDE.sub("", _TWICE.sub(r"\g<word>", bare)))
    bare = _sent_to(_of_its_own(bare), recipient, via)
    return f"{bare[:1].upper()}{bare[1:]}." if bare else task


def _of_its_own(words: str) -> str:
    """Return the member of a list of reports without the one that leads the list."""
    other = _OTHER.match(words)
    if other is not None:
        own = other["other"]
        return own if own.startswith("báo cáo") else f"{other['what']}{own}"
    words = _NAMED.sub("", words)
    reports = _REPORTS.match(words)
    if reports is None:
        return words
    what = reports["what"].strip()
    kept = (
        f" {what}"
        if len(what.split()) > _SAYS and what[:1].islower() and not reports["more"]
        else reports["more"] or ""
    )
    return f"{reports['verb']} {reports['other']}{kept}"


def _sent_to(words: str, recipient: str | None, via: str | None) -> str:
    """Return the name of a report as what is done with it, and where it goes."""
    words = f"{words[:1].upper()}{words[1:]}"
    if recipient is None or not _OFFICE.match(recipient) or ":" in words or len(words.split()) > _MOST:
        return words
    summed = _SUMMED.match(words) is not None
    if not (summed or _THING.match(words)) or sends(words.partition(" ")[2]) or recipient_of(words) is not None:
        return words
    words = f"{words[:1].lower()}{words[1:]}"
    if summed:
        words = f"báo cáo {words}"
    if words.startswith("báo cáo") and len(words.split()) > _SHORT:
        return f"{words[:1].upper()}{words[1:]}"
    through = f" (qua {via})" if via and _OFFICE.match(via) and via not in recipient else ""
    return f"Gửi {words} về {recipient}{through}"
