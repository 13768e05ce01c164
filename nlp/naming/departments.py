"""Names of the departments of a Sở ("Phòng GDTrH", "Thanh tra Sở"), as directives write them."""

from __future__ import annotations

import re

from corpus.text import UPPER, squeeze

#: What departments of a Sở are for; a name is one of these, or several joined: "Thanh tra - Pháp chế".
_FIELD = (
    r"(?:Giáo dục (?:[Tt]rung học|[Tt]iểu học|[Mm]ầm non|[Tt]hường xuyên|[Pp]hổ thông|[Dd]ân tộc|[Cc]huyên nghiệp"
    r"|[Nn]ghề nghiệp|[Đđ]ại học)|Kế hoạch|Tổ chức|[Cc]án bộ|Hành chính|Tổng hợp|Quản trị"
    r"|(?:Quản lý|Kiểm định|Đánh giá|Bảo đảm) [Cc]hất lượng(?: giáo dục)?|Quản lý|Chính trị|[Tt]ư tưởng"
    r"|(?:[Cc]ông tác )?"
    r"[Hh]ọc sinh(?:,? (?:và )?sinh viên)?|Công tác chính trị|Khảo thí|Công nghệ(?: thông tin)?|Thông tin|Pháp chế"
    r"|Nghiệp vụ"
    r"|Thanh tra(?!\sSở)|Đào tạo|Bồi dưỡng|Chuyên môn|Thi đua|Khen thưởng|Hợp tác quốc tế|Chuyển đổi số)(?!\w)"
)
#: What never begins such a name: departments of a district or of other offices.
_LATER = (
    rf"(?:{_FIELD}|Tài chính|Mầm non|Tiểu học|Trung học|Phổ thông|Thường xuyên|Dân tộc|Khoa học|[Tt]hông tin)"
    r"(?!\w)"
)
#: A department by its name or its abbreviation, or whoever heads it; not a "phòng" of a district or of the UBND.
DEPARTMENTS = re.compile(
    r"(?:(?<![Vv]ăn\s)(?:Trưởng\s)?[Pp]h(?:[òoôóõồ]|ươ)ng\s"
    r"(?P<short>(?!GDĐT|GD)[A-ZĐ]{2,7}[a-z]?[A-Z]?(?:(?:[-&]|-\s)[A-ZĐ]{1,7})?"
    r"|GD(?:(?:TrH|TH|MN|TX|PT|NN|CN){1,3}|DT)(?:\s?[-&]\s?(?:GD)?(?:TrH|[A-ZĐ]{2,4}))?)(?![\wĐ])"
    rf"|(?:Trưởng\s)?[Pp]hòng\s(?P<long>{_FIELD}(?:(?:\s?[-–,]\s?|,?\svà\s|\s){_LATER}){{0,4}})"
    # not the act: "1. Thanh tra công tác coi thi", "Thanh tra việc dạy thêm"
    r"|(?P<other>(?:Chánh\s)?Văn phòng(?:\sSở)?|(?:Chánh\s)?Thanh tra(?:\s[Ss]ở|(?!\s(?:công tác|việc|trách nhiệm"
    r"|chuyên ngành|hành chính|thường xuyên|đột xuất|toàn diện|lại|các|kỳ thi|thi|tại)(?!\w))))"
    r"(?!\s(?:Chính phủ|tỉnh|Bộ|HĐND|UBND|Hội đồng|Ủy ban)|\w|,\s(?:kiểm tra|giám sát|đánh giá)))"
)
#: The same in a heading of capitals: "IV. PHÒNG GDTrH CỦA SỞ", "2. THANH TRA SỞ"; abbreviations of words have no vowel.
_CAPITALS = re.compile(
    r"(?P<short>PHÒNG\s(?:GD(?!ĐT|&|\s?VÀ)[A-ZĐr]{2,6}(?:-[A-ZĐ]{2,4})?|(?!GD)[BCDĐGHKLMNPQRSTVX]{3,8}(?:-[A-ZĐ]{2,4})?)(?!\w))"
    rf"|(?P<long>PHÒNG\s(?i:{_FIELD}(?:(?:\s?[-–,]\s?|,?\sVÀ\s|\s){_LATER}){{0,4}}))"
    r"|(?P<other>(?:VĂN PHÒNG|THANH TRA)(?:\sSỞ(?:\s(?:GD\s?&?\s?ĐT|GIÁO DỤC VÀ ĐÀO TẠO))?(?!\w)|(?=[\s.:]*$)))"
)
_OF_SO = re.compile(r"\sCỦA SỞ(?:\s(?:GD\s?&?\s?ĐT|GIÁO DỤC VÀ ĐÀO TẠO))?(?!\w)")
#: The end of a line within a short name: "Phòng GDMN- | GDTH".
CUT_SHORT = re.compile(rf"(?<=[{UPPER}])- (?=[{UPPER}])")


def bare_departments(words: str) -> str:
    """Return the name of several departments without whoever heads them: "Trưởng các phòng thuộc Sở"."""
    words = squeeze(words)
    bare = re.sub(r"^[Tt]rưởng\s", "", words)
    return bare if bare == words else bare[:1].upper() + bare[1:]


def department_of(match: re.Match[str]) -> str:
    """Return the name of the department that ``DEPARTMENTS`` matched, without whoever heads it."""
    if match["other"]:
        return match["other"].removeprefix("Chánh ").replace(" sở", " Sở")
    return "Phòng " + CUT_SHORT.sub("-", " ".join((match["short"] or match["long"]).split()))


def in_capitals(text: str, at: int) -> tuple[int, str] | None:
    """Return the end and the name of a department that a heading in capitals names at ``at``, None for none."""
    match = _CAPITALS.match(text, at) if text.startswith(("PH", "V", "TH"), at) else None
    if match is None:
        return None
    of = _OF_SO.match(text, match.end())
    end = of.end() if of is not None else match.end()
    if match["short"]:
        return end, "Phòng " + match["short"].split(maxsplit=1)[1]
    return end, (match["long"].capitalize() if match["long"] else match["other"].split(" SỞ")[0].capitalize() + " Sở")
