"""The layout of administrative documents (thể thức và kỹ thuật trình bày văn bản hành chính) as one table.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (parts and how they are set), Phụ lục III (abbreviations of types), Điều 13
(powers of those who sign). Who writes a document and who checks one read the same rows, so that both cannot disagree.
Sizes are in points, margins and indents in millimetres, spacing in points or lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: Short name of the source, for messages.
DECREE = "Nghị định 30/2020/NĐ-CP"


class Case(StrEnum):
    """Capitals (chữ in hoa) or small letters (chữ in thường)."""

    UPPER = "upper"
    LOWER = "lower"


class Align(StrEnum):
    """How the lines of a paragraph stand."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFIED = "justified"


@dataclass(frozen=True, slots=True)
class Range:
    """A closed range of lengths, sizes or shares."""

    least: float
    most: float

    def holds(self, value: float, slack: float = 0.0) -> bool:
        """Tell whether ``value`` lies in the range, give or take ``slack``."""
        return self.least - slack <= value <= self.most + slack

    def nearest(self, value: float) -> float:
        """Return the value of the range that is nearest to ``value``."""
        return min(max(value, self.least), self.most)

    def __str__(self) -> str:
        """Return the range as people write it: "13-14", or "14" for one value."""
        return f"{self.least:g}" if self.least == self.most else f"{self.least:g}-{self.most:g}"


@dataclass(frozen=True, slots=True)
class Element:
    """A part of the document (thành phần thể thức) and how it is set.

    ``name`` is what people call it; ``sizes`` the sizes of letters in points; ``align`` the alignments that fit, the
    usual one first; ``rule`` the length of the rule (đường kẻ) under it as a share of its line, None for no rule;
    ``source`` the place in Nghị định 30/2020/NĐ-CP; ``example`` how it reads.
    """

    name: str
    case: Case
    sizes: Range
    bold: bool
    italic: bool
    align: tuple[Align, ...]
    source: str
    example: str
    rule: Range | None = None


_ANNEX = "Phụ lục I, Mục {}, Nghị định 30/2020/NĐ-CP"
_HEAD, _TEXT, _SMALL = Range(12, 13), Range(13, 14), Range(11, 11)
_MIDDLE, _FULL, _START = (Align.CENTRE,), (Align.JUSTIFIED,), (Align.LEFT, Align.JUSTIFIED)
_HALF, _WHOLE = Range(1 / 3, 1 / 2), Range(1, 1)


def _row(
    name: str, case: Case, sizes: Range, style: str, align: tuple[Align, ...], section: str, example: str,
    rule: Range | None = None,
) -> Element:  # fmt: skip
    """Make a row of the table; ``style`` names "bold" and "italic"."""
    return Element(
        name, case, sizes, "bold" in style, "italic" in style, align, _ANNEX.format(section), example, rule
    )  # fmt: skip


#: Quốc hiệu and tiêu ngữ.
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_UP, _LOW = Case.UPPER, Case.LOWER

#: Every part by its key, in the order in which parts stand on the page. A rule runs under the last line of the part.
ELEMENTS: dict[str, Element] = {
    "nation": _row("Quốc hiệu", _UP, _HEAD, "bold", _MIDDLE, "II.1", NATION),
    "motto": _row("Tiêu ngữ", _LOW, _TEXT, "bold", _MIDDLE, "II.1", MOTTO, _WHOLE),
    "parent": _row("Tên cơ quan chủ quản", _UP, _HEAD, "", _MIDDLE, "II.2", "UBND TỈNH PHÚ THỌ"),
    "issuer": _row("Tên cơ quan ban hành", _UP, _HEAD, "bold", _MIDDLE, "II.2", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", _HALF),
    "number": _row("Số, ký hiệu", _LOW, Range(13, 13), "", _MIDDLE, "II.3", "Số: 05/KH-SGDĐT"),
    "place_date": _row(
        "Địa danh và thời gian ban hành", _LOW, _TEXT, "italic", _MIDDLE, "II.4", "Phú Thọ, ngày 05 tháng 01 năm 2026"
    ),
    "about": _row("Trích yếu công văn", _LOW, _HEAD, "", _MIDDLE, "II.5", "V/v tổ chức Hội khỏe Phù Đổng"),
    "type": _row("Tên loại văn bản", _UP, _TEXT, "bold", _MIDDLE, "II.5", "KẾ HOẠCH"),
    "subject": _row("Trích yếu nội dung", _LOW, _TEXT, "bold", _MIDDLE, "II.5", "Về công tác y tế trường học", _HALF),
    "to": _row("Kính gửi", _LOW, _TEXT, "", (Align.CENTRE, *_START), "II.9", "Kính gửi: Hiệu trưởng các trường"),
    "base": _row("Căn cứ ban hành", _LOW, _TEXT, "italic", _FULL, "II.6", "Căn cứ Luật Giáo dục năm 2019;"),
    "body": _row("Nội dung", _LOW, _TEXT, "", _FULL, "II.6", "Sở Giáo dục và Đào tạo yêu cầu các trường thực hiện:"),
    "part": _row("Phần, Chương", _LOW, _TEXT, "bold", _MIDDLE, "II.6", "Phần I"),
    "part_title": _row("Tiêu đề phần, chương", _UP, _TEXT, "bold", _MIDDLE, "II.6", "QUY ĐỊNH CHUNG"),
    "roman": _row("Tiêu đề mục I, II", _UP, _TEXT, "bold", _START, "II.6", "I. MỤC ĐÍCH, YÊU CẦU"),
    "article": _row("Điều", _LOW, _TEXT, "bold", _START, "II.6", "Điều 1. Phạm vi điều chỉnh"),
    "clause": _row("Khoản", _LOW, _TEXT, "", _FULL, "II.6", "1. Các trường lập danh sách học sinh."),
    "clause_title": _row("Tiêu đề khoản", _LOW, _TEXT, "bold", _START, "II.6", "1. Đối với các trường tiểu học"),
    "point": _row("Điểm", _LOW, _TEXT, "", _FULL, "II.6", "a) Học sinh khối 6;"),
    "power": _row("Quyền hạn, chức vụ của người ký", _UP, _TEXT, "bold", _MIDDLE, "II.7", "KT. GIÁM ĐỐC"),
    "signer": _row("Họ và tên người ký", _LOW, _TEXT, "bold", _MIDDLE, "II.7", "Trần Văn Minh"),
    "recipients_head": _row("Nơi nhận (từ)", _LOW, Range(12, 12), "bold italic", (Align.LEFT,), "II.9", "Nơi nhận:"),
    "recipients": _row("Nơi nhận (danh sách)", _LOW, _SMALL, "", _START, "II.9", "- Như trên;"),
    "annex": _row("Phụ lục (từ)", _LOW, Range(14, 14), "bold", _MIDDLE, "III.1", "Phụ lục I"),
    "annex_title": _row("Tiêu đề phụ lục", _UP, _TEXT, "bold", _MIDDLE, "III.1", "DANH MỤC CÔNG VIỆC"),
    "annex_note": _row(
        "Chỉ dẫn kèm theo của phụ lục", _LOW, _TEXT, "italic", _MIDDLE, "III.1",
        "(Kèm theo Công văn số 123/SGDĐT-VP ngày 05 tháng 01 năm 2026 của Sở Giáo dục và Đào tạo)",
    ),
    "page_number": _row("Số trang", _LOW, _TEXT, "", _MIDDLE, "I.7", "2"),
}  # fmt: skip

#: Letters: Times New Roman in Unicode, black (Mục I.4), and the fonts of its measures that free offices put for it.
FONT = "Times New Roman"
SAME_FONTS = ("Times New Roman", "TimesNewRoman", "Tinos", "Liberation Serif", "LiberationSerif")
INK = "000000"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper and its margins in millimetres (Phụ lục I, Mục I.1 to I.3): A4 upright."""

    width: float = 210.0
    height: float = 297.0
    top: Range = Range(20, 25)
    bottom: Range = Range(20, 25)
    left: Range = Range(30, 35)
    right: Range = Range(15, 20)


SHEET = Sheet()

#: First-line indents of the body that fit, in millimetres (Mục II.6): 1 cm or 1.27 cm.
INDENTS = (10.0, 12.7)
#: Least space between paragraphs of the body, in points.
PARAGRAPH_GAP = 6.0
#: Space between lines of the body, in lines: single to one and a half.
LINE_SPACING = Range(1.0, 1.5)
#: Space between Số, ký hiệu and the V/v of a công văn, in points (Mục II.5).
ABOUT_GAP = 6.0
#: The first page that shows its number, which stands in the middle of the top margin (Mục I.7); annexes count anew.
FIRST_NUMBERED_PAGE = 2
#: Mark behind the last words of the body (Mục II.6).
END_MARK = "./."
#: Mark behind each base (căn cứ) but the last, and behind the last.
BASE_MARK, LAST_BASE_MARK = ";", "."

#: Letters of points (điểm) in the order of the Vietnamese alphabet (Mục II.6); f, j, w, z are none.
POINTS = "abcdđeghiklmnopqrstuvxy"

#: Marks of "Nơi nhận" (Mục II.9): the first line of a công văn with Kính gửi.
AS_ABOVE = "- Như trên;"

#: Parts that every document has, in the order of the page, and what a công văn has in place of type and subject.
LETTERHEAD = ("parent", "issuer", "nation", "motto", "number", "place_date")
OF_LETTER, OF_NAMED = ("about", "to"), ("type", "subject")
FOOT = ("recipients_head", "recipients", "power", "signer")


@dataclass(frozen=True, slots=True)
class Power:
    """A power of who signs (quyền hạn người ký, Điều 13): its mark, meaning and an example of its lines."""

    mark: str
    meaning: str
    example: tuple[str, ...]


POWERS: tuple[Power, ...] = (
    Power("TM.", "thay mặt tập thể", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    Power("Q.", "quyền cấp trưởng", ("Q. GIÁM ĐỐC",)),
    Power("KT.", "ký thay cấp trưởng", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
    Power("TL.", "ký thừa lệnh", ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")),
    Power("TUQ.", "ký thừa ủy quyền", ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG TỔ CHỨC CÁN BỘ")),
)

#: Abbreviations of types (Phụ lục III, Mục I). Công văn and thư công have none.
TYPES: dict[str, str] = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QyĐ": "Quy định", "TC": "Thông cáo",
    "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình", "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án",
    "DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản", "TTr": "Tờ trình", "HĐ": "Hợp đồng", "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ", "BTT": "Bản thỏa thuận", "GUQ": "Giấy ủy quyền", "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu", "GNP": "Giấy nghỉ phép", "PG": "Phiếu gửi", "PC": "Phiếu chuyển", "PB": "Phiếu báo",
    "SY": "Sao y", "TrS": "Trích sao", "SL": "Sao lục",
}  # fmt: skip

#: Types outside the decree, whose numbers bear a year or an own form (Luật Ban hành văn bản quy phạm pháp luật).
OTHER_TYPES: dict[str, str] = {
    "NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "VBHN": "Văn bản hợp nhất",
}  # fmt: skip


def serial(number: int) -> str:
    """Return the number (số) as written: with a 0 before numbers under 10 (Mục II.3)."""
    return f"{number:02d}"


def day_line(place: str, day: date) -> str:
    """Return place and date (Mục II.4): 0 before days under 10, and before months 1 and 2 only."""
    month = f"{day.month:02d}" if day.month < 3 else f"{day.month}"
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


def open_day_line(place: str, day: date) -> str:
    """Return place and date with the day left open, as drafts bear it until they are signed."""
    month = f"{day.month:02d}" if day.month < 3 else f"{day.month}"
    return f"{place}, ngày      tháng {month} năm {day.year}"


def point(position: int) -> str:
    """Return the letter of the point at ``position`` (from 0): a, b, c, d, đ, e, g … Raises IndexError behind y."""
    return POINTS[position]
