"""Labels of items at the start of a line: I., 1., 1.1., a), -, +, Điều 1; and what the end of the line before says.

After Nghị định 30/2020/NĐ-CP, Annex I; plans and công văn use I. / 1. / 1.1. / a) / - / +.
"""

from __future__ import annotations

import re

from corpus.text import LOWER, UPPER
from nlp.naming.departments import DEPARTMENTS
from nlp.page.lines import Line
from nlp.page.marks import is_upper
from nlp.words.folding import folded
from nlp.words.vocabulary import entries

#: Ranks of labels, outermost first; a plain paragraph has the last.
_LABELS = (
    (0, re.compile(r"(?:PHẦN|Phần|CHƯƠNG|Chương)\s(?:(?:thứ|THỨ)\s\w{2,5}|[IVXLl]{1,6}|\d{1,2})\b[.:]?")),
    (0, re.compile(r"(?:PHỤ LỤC|Phụ lục)(?:\s(?:số\s)?[IVXl\d]{1,5})?\b[.:]?")),
    (1, re.compile(rf"[A-EĐ]\.\s(?=[{UPPER}])")),
    (2, re.compile(r"(?:MỤC|Mục)\s(?:\d{1,2}|[IVX]{1,5})\b[.:]?")),
    (2, re.compile(rf"[IVXl]{{1,6}}[.)\-/]\s{{0,2}}(?=[{UPPER}“\"])")),
    # what OCR makes of II. and III.: "1I. Trường THPT", "HI. TỔ CHỨC THỰC HIỆN", "IH. Nội dung", "H. Đối tượng"
    (2, re.compile(rf"(?:[1l]{{1,2}}I|I?HI?|I[1l]{{1,2}})\.\s{{1,2}}(?=[{UPPER}][{UPPER}{LOWER}])")),
    (3, re.compile(r"Điều\s\d{1,3}[a-zđ]?[.:]\s?")),
    (4, re.compile(r"\d{1,2}(?:[.)]|/(?![A-ZĐ]{1,6}[-/]))\s{0,2}(?=[^\W\d_]|[“\"(])")),  # not "16/CT-TTg"
    (4, re.compile(r"\d{1,2}[.)]\s{1,2}(?=(?:[0-2]?\d|3[01])/(?:0?\d|1[0-2])(?:/20\d\d)?\s?:\s)")),  # "2. 15/6/2020: …"
    (4, re.compile(rf"\d{{1,2}}-\s(?=[{UPPER}][{LOWER}])")),
    (4, re.compile(rf"\d{{1,2}},\s(?=[{UPPER}][{LOWER}])")),  # "1, Phòng GDĐT": what OCR makes of 1.
    (5, re.compile(r"\d{1,2}\.\d{1,2}[.)]?\s{0,2}(?=[^\W\d_]|[“\"(])")),
    (6, re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}[.)]?\s{0,2}(?=[^\W\d_]|[“\"(])")),
    (7.5, re.compile(rf"[a-zđ]\.\d{{1,2}}[.)]?\s{{1,2}}(?=[{UPPER}])")),  # "b.1 Về nội dung" below "b."
    (7, re.compile(r"[a-zđ]\d?[.)]\s{0,2}(?=\S)")),
    (7, re.compile(rf"\((?:[ivx]{{1,4}}|[a-hđ]|\d{{1,2}})\)\s{{0,2}}(?=[{UPPER}“\"])")),  # "(i) UBND các xã …"
    (7, re.compile(r"[A-HĐ]\)\s{0,2}(?=\S)")),  # "B)": what OCR makes of b)
    (8, re.compile(r"[-–](?=\s?\S)")),
    (9, re.compile(r"[+*•·▪](?=\s?\S)")),
)
#: Rank of "Điều".
ARTICLE = 3.0
#: A line shorter than this share of a full one is not wrapped.
SHORT = 0.72
_RANKED = re.compile(
    r"^(?:\d{1,2}|[a-zđ])(?:\.\d{1,2})?[.)](?:.{2,60}cấp"
    r"|\s?(?:Đối với |Trách nhiệm của )?(?:[Cc]ác |Chủ tịch |Lãnh đạo )?(?:[Pp]hòng|[Ss]ở|UBND"
    r"|[UỦ][yỷ] ban"
    r"|Ban|Hội|Đoàn|Huyện đoàn|Công an|Đài|Trung tâm|Liên đoàn|Thanh tra|Văn phòng)\s.{0,48}) (?:tỉnh|huyện)$"
)
#: Words behind which "số" is no number's: "… triển khai học bạ số", "Công tác chuyển đổi số", "… dân tộc thiểu số".
DIGITAL = (
    "(?<!chuyển đổi )(?<!chữ ký )(?<!học bạ )(?<!học liệu )(?<!kỹ thuật )(?<!kĩ thuật )(?<!kỹ năng )(?<!năng lực )"
    "(?<!nền tảng )(?<!thiểu )(?<!công dân )(?<!môi trường )(?<!thư viện )(?<!công nghệ )(?<!nội dung )(?<!dữ liệu )"
    "(?<!hạ tầng )(?<!tài nguyên )(?<!văn hóa )(?<!xã hội )(?<!kinh tế )(?<!giáo dục )(?<!bình dân học vụ )(?<!dân )số"
)
_HANGING = re.compile(
    rf"(?<!\w)(?:{DIGITAL}|của|và|tại|theo|ngày|tháng|năm|về|hoặc|từ|đến|các|(?<!toàn )(?<!cấp )(?:tỉnh|huyện)"
    r"|trước|thông tư|quyết định|điều|khoản)$"
)


def is_capital(text: str) -> bool:
    """Tell whether a line is a heading in capitals, not an abbreviation or a number that a line end cut off."""
    words = is_upper(text) and " " in text.strip()  # "GDNN-GDTX" is the end of a line, cut off
    return words and sum(c.isalpha() for c in text) >= 8 and not text[:1].isdigit() and "/" not in text


#: The first words of a sentence that cannot be all of it, behind the end of another: "… chưa được thu hồi. Thực hiện".
_SENTENCE_OPENS = re.compile(
    r"(?<=[^\W\d_]{2}[.;])\s(?:Thực hiện|Triển khai|Căn cứ|Theo|Trong|Khi|Để|Đề nghị|Yêu cầu|Các|Mọi|Mỗi|Nếu|Riêng"
    r"|Đối với|Ngoài ra|Hiện nay|Qua|Giao|Trường hợp|Trên cơ sở)$"
)


def open_end(text: str) -> bool:
    """Tell whether a line stops where a phrase must go on."""
    return text.endswith((",", "(", "-", "–", "/")) or hangs(text) or _SENTENCE_OPENS.search(text) is not None


#: A title that ends with a year that has no number: "4. Cập nhật trong năm".
_WHOLE_YEAR = re.compile(r"(?<!\w)(?:trong|cuối|đầu|giữa|cả|hằng|hàng) năm$")


def may_go_on(text: str, after: str) -> bool:
    """Tell whether a line stops where a phrase must go on; a title over its paragraph is whole though "năm" ends it."""
    whole = after[:1].isupper() and label_of(text) is not None and _WHOLE_YEAR.search(text) is not None
    return open_end(text) and not whole


def hangs(text: str) -> bool:
    """Tell whether a line stops at a word that another must follow: "một số điều của", "ngày"."""
    return _HANGING.search(text.lower()) is not None


#: What hangs under a label begins farther right than it, in points.
_HANGS = 4.0
#: A line of so many characters is no heading.
_LONG = 60


def is_torn(before: Line, line: Line) -> bool:
    """Tell whether a blank line stands inside a phrase, as a page's end leaves one in text that tells no pages: behind
    a comma, in a bracket that the line below it closes ("… (qua Phòng ⏎ ⏎ GDTrH) trước ngày"), behind a word that
    another must follow, in a line of some length ("… theo quy định tại")."""
    if before.text.endswith(","):
        return True
    opened = before.text.rfind("(") > before.text.rfind(")")
    closes, opens = line.text.find(")"), line.text.find("(")
    if opened and closes > 0 and not 0 <= opens < closes and label_of(line.text) is None:
        return True
    return len(before.text) >= _LONG and hangs(before.text) and not is_capital(before.text)


def is_set_in(line: Line, group: list[Line]) -> bool:
    """Tell whether a line opens a paragraph by its indent; under a label a list may hang farther in than the label."""
    if line.indent is None or hangs(group[-1].text) or not (line.text[:1].isupper() or line.text[:1] in '“"*'):
        return False
    first = group[0]
    return label_of(first.text) is None or (first.indent is not None and line.indent <= first.indent + _HANGS)


def label_fits(line: Line, before: Line, ended: bool, width: int | None) -> bool:
    """Tell whether a label at a line start is one, not a wrapped number or dash.

    ``width``: that of a full line; what stops far before it is not wrapped, however it ends ("I. Họp đầu năm").
    """
    found = label_of(line.text)
    assert found is not None
    rank, label = found
    if width is not None and len(before.text) < SHORT * width and line.text[len(label) :].lstrip()[:1].isupper():
        # a list under "1.2." may end with a comma: "…, Yên Lập (02 người), ⏎ 2. Đợt 2: …"
        ended = ended or label_of(before.text) is not None or (rank == 4 and before.text.endswith("),"))
    if label.endswith(","):
        return ended or line.gap or is_capital(before.text)
    rest = line.text[len(label) :].lstrip()
    if label.endswith(")") and rest[:1].islower() and not ended and before.text.rfind("(") > before.text.rfind(")"):
        return False  # "(kể cả trường tư ⏎ c) nhập …" closes a bracket
    if rank <= ARTICLE and rest and not ended and not line.gap:
        return label.endswith((".", ":", ")", "-", "/")) or is_upper(line.text)  # not "theo ⏎ Điều 8 Nghị định số …"
    if rank >= 8:
        return (
            line.gap
            or ended
            or before.text.endswith(",")
            or (rest[:1].isupper() and (not open_end(before.text) or _RANKED.search(before.text) is not None))
        )
    if rank >= 4 and not line.gap and not ended and open_end(before.text):
        # "2. Hội thi cấp tỉnh" is whole, "… trên địa bàn tỉnh ⏎ 2. …" may not be
        return rank > ARTICLE + 1 and rest[:1].isupper() and _RANKED.search(before.text) is not None
    return ended or line.gap or rest[:1].isupper() or rank == 7


def is_cut_name(before: str, text: str) -> bool:
    """Tell whether a dash at a line's start stands within a name: "Thi đua ⏎ - Khen thưởng"."""
    if text[:2] not in ("- ", "– "):
        return False
    left = folded(before[-30:])
    whole = f"{left} - {folded(text[2:34])}"
    if _goes_on_as_department(before[-40:], text[2:34]):
        return True
    return any(
        m.start() < len(left) < m.end() for entry in entries("names", "dashed") for m in entry.find.finditer(whole)
    )


def _goes_on_as_department(left: str, right: str) -> bool:
    """Tell whether a dash stands within a department's name: "gửi về Phòng GDTrH ⏎ - GDTX; …", not "- GDTX: …"."""
    for found in DEPARTMENTS.finditer(f"{left} - {right}"):
        end = found.end() - len(left) - 3
        if found.start() < len(left) and end > 0:
            return not right[end:].lstrip().startswith(":")
    return False


def label_of(text: str) -> tuple[float, str] | None:
    """Return the rank and the label that a line begins with, None for none."""
    for rank, find in _LABELS:
        match = find.match(text)
        if match:
            return rank, match.group().rstrip()
    return None
