"""Rules about the words of the letterhead: Quốc hiệu, Tiêu ngữ, number, date, trích yếu."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from itertools import takewhile

from corpus.facts import IssuerLevel
from corpus.layout30 import MOTTO, NATION, OTHER_TYPES, TYPES, serial
from corpus.symbols import symbols
from corpus.text import squeeze
from nlp.lint.finding import Finding
from nlp.lint.locate import OWN_NUMBER, Part
from nlp.lint.view import View
from nlp.page.marks import is_upper
from nlp.words.folding import folded

_NATIONS = (NATION, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_MOTTOS = (MOTTO,)
#: Types whose numbers may bear a year: those that are laws, or laws of their place.
_YEARLY = ("NĐ", "TT", "TTLT", "NQLT", "QĐ", "NQ", "CT", "VBHN", "PL")
_DATE = re.compile(
    r"(?P<lead>[Nn]gày)(?P<day>[\s\d.…_]*)tháng(?P<month>[\s\d.…_]*)năm(?P<year>[\s\d.…_]*)$", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_SYMBOL_MARKS = re.compile(r"^[0-9]+[a-z]?(?:/(?:19|20)\d\d)?/[A-ZĐ][A-Za-zĐđ0-9]*(?:-[A-ZĐ][A-Za-zĐđ0-9&]*)*$")
_ABOUT = re.compile(r"V/v\s(?=\S)")


def nation(view: View) -> Iterator[Finding]:
    """Yield what is wrong with the words of Quốc hiệu and Tiêu ngữ."""
    part = view.parts.get("nation")
    if part is not None and squeeze(part.text) not in _NATIONS:
        rule = "nation.words" if is_upper(part.text) else "set.case"
        what = f"Quốc hiệu ghi là “{squeeze(part.text)}”."
        yield from view.at(rule, part, what, f"Ghi “{_NATIONS[0]}”.")
    part = view.parts.get("motto")
    if part is not None and squeeze(part.text) not in _MOTTOS:
        if is_upper(part.text):
            yield from view.at("set.case", part, "Tiêu ngữ phải in thường.", f"Ghi “{_MOTTOS[0]}”.")
        else:
            what = f"Tiêu ngữ ghi là “{squeeze(part.text)}”; giữa các cụm từ là dấu gạch nối có cách hai bên."
            yield from view.at("motto.words", part, what, f"Ghi “{_MOTTOS[0]}”.")


def number(view: View) -> Iterator[Finding]:
    """Yield what is wrong with the own number."""
    part = view.parts.get("number")
    if part is None:
        return
    head = OWN_NUMBER.match(part.text)
    lead = head.group() if head is not None else ""
    if not lead.endswith(":") or not lead.startswith("S"):
        what = f"“{lead.strip()}” viết sai." if lead else "Trước số, ký hiệu không có từ “Số:”."
        yield from view.at("number.head", part, what, "Ghi “Số: …” với dấu hai chấm.")
    written = part.text[len(lead) :].strip()
    raw, _, symbol = written.partition("/")
    digits = raw.strip(" .…_")
    open_number = not digits
    if not open_number and digits.isdigit() and len(digits) == 1:
        fix = f"Ghi “Số: {serial(int(digits))}/{squeeze(symbol)}”."
        yield from view.at("number.zero", part, f"Số “{digits}” dưới 10 phải có số 0 ở trước.", fix)
    elif len(digits) > 2 and digits.isdigit() and digits.startswith("0"):
        fix = f"Ghi “Số: {int(digits)}/{squeeze(symbol)}”."
        yield from view.at("number.zero", part, f"Số “{digits}” từ 10 trở lên không có số 0 ở trước.", fix)
    yield from _marks(view, part, written, digits, symbol)
    yield from _symbol(view, part)


def _marks(view: View, part: Part, written: str, digits: str, symbol: str) -> Iterator[Finding]:
    """Yield blanks and marks that do not belong into the number, and a year."""
    bare = re.sub(r"\s", "", symbol).replace("–", "-").replace("—", "-").replace("_", "-")
    year = re.match(r"(?:19|20)\d\d/(?=.)", bare)
    if re.search(r"[A-ZĐ]", digits):
        fix = "Ghi dấu “/” ngay sau số, dấu “-” giữa các nhóm chữ viết tắt."
        yield from view.at("number.marks", part, f"Số, ký hiệu ghi là “{squeeze(written)}”.", fix)
        return
    spaced = symbol != symbol.strip() or re.search(r"\s", symbol.strip()) or (digits and re.search(r"\d\s+/", written))
    if spaced or bare != re.sub(r"\s", "", symbol) or "/" in bare[year.end() if year else 0 :]:
        bare = bare[: year.end() if year else 0] + bare[year.end() if year else 0 :].replace("/", "-")
        yield from view.at(
            "number.marks", part,
            f"Số, ký hiệu ghi là “{squeeze(written)}”: sau số là dấu “/”, giữa các nhóm chữ là dấu “-”, viết liền.",
            f"Ghi “Số: {digits or '…'}/{bare}”.",
        )  # fmt: skip
    kind = view.number.type if view.number else None
    if year and kind not in _YEARLY:
        fix = f"Bỏ năm: “Số: {digits or '…'}/{bare[year.end() :]}”."
        yield from view.at("number.year", part, "Ký hiệu của văn bản hành chính không ghi năm.", fix)


def _symbol(view: View, part: Part) -> Iterator[Finding]:
    """Yield wrong abbreviations of type, office and unit."""
    own = view.number
    groups = re.split(r"[-–/]", re.sub(r"\s", "", OWN_NUMBER.sub("", part.text)).partition("/")[2])
    groups = [g for g in groups if not re.fullmatch(r"(?:19|20)\d\d", g)]
    title = view.parts.get("type")
    wanted = _code_of(title.text) if title is not None else None
    first = groups[0] if groups else ""
    if own is None:
        should = _code_of_office(view)
        if wanted is not None and first and first != wanted:
            fix = f"Ghi “{wanted}-{should or '<tên cơ quan>'}” sau dấu “/”."
            yield from view.at("number.type", part, f"Chữ viết tắt của {_shown(title)} ghi là “{first}”.", fix)
        elif wanted is None and should is not None and first and first != should:
            what = f"Chữ viết tắt tên cơ quan ghi là “{first}”; của {_office(view)} là “{should}”."
            yield from view.at("number.agency", part, what, f"Ghi “{should}”.")
        return
    if own.type == "CV":
        fix = f"Bỏ “CV”: “Số: …/{'-'.join(own.parts)}-<đơn vị soạn thảo>”."
        yield from view.at("number.type", part, "Công văn không có chữ viết tắt tên loại.", fix)
    elif wanted is not None and first != wanted:
        if own.type is not None and first == own.type:
            yield from view.at(
                "number.type-differs", part,
                f"Ký hiệu ghi “{first}” ({own.type_name}) nhưng văn bản là {_shown(title)}.",
                f"Ghi “{wanted}” trong ký hiệu.",
            )  # fmt: skip
        elif folded(first) in (folded(wanted), folded(wanted).replace("d", "")) or own.type == wanted:
            yield from view.at(
                "number.type", part, f"Chữ viết tắt của {_shown(title)} ghi là “{first}”.", f"Ghi “{wanted}”."
            )
        else:
            yield from view.at(
                "number.type", part, f"Ký hiệu không có chữ viết tắt của {_shown(title)}.",
                f"Ghi “{wanted}” ngay sau dấu “/”.",
            )  # fmt: skip
    elif wanted is None and own.type is not None and first != own.type and title is None:
        fix = f"Ghi “{own.type}”."
        yield from view.at("number.type", part, f"Chữ viết tắt tên loại ghi là “{first}”.", fix)
    yield from _agency(view, part, groups[1:] if own.type else groups)


def _shown(title: Part | None) -> str:
    return squeeze(title.text).lower() if title is not None else ""


def _code_of(title: str) -> str | None:
    """Return the abbreviation of the type that a title names."""
    words = folded(title).strip(" .:")
    named = {folded(name): code for code, name in (TYPES | OTHER_TYPES).items()}
    return named.get(words)


def _agency(view: View, part: Part, groups: list[str]) -> Iterator[Finding]:
    own, header = view.number, view.facts.header
    if own is None or not groups or not own.parts:
        return
    written, meant = groups[0], own.parts[0]
    known = symbols().agencies.get(meant)
    should = _code_of_office(view)
    if should is not None and written not in (should, f"CT{should}"):  # the chairman's own: CTUBND
        fix = f"Ghi “{should}”."
        what = f"Chữ viết tắt tên cơ quan ghi là “{written}”; của {_office(view)} là “{should}”."
        yield from view.at("number.agency", part, what, fix)
    elif should is None and known is not None and written != meant:
        yield from view.at("number.agency", part, f"Chữ viết tắt tên cơ quan ghi là “{written}”.", f"Ghi “{meant}”.")
    school = header.issuer_level is IssuerLevel.TRUONG or (known is not None and known.level == "school")
    committee = meant in ("UBND", "HĐND")
    if view.is_letter and own.type is None and len(groups) == 1 and not school and not committee:
        fix = f"Thêm chữ viết tắt của đơn vị soạn thảo, ví dụ “{meant}-VP”."
        yield from view.at("number.unit", part, "Ký hiệu công văn không có đơn vị soạn thảo.", fix)


def _code_of_office(view: View) -> str | None:
    """Return the abbreviation of the offices of education whose name the letterhead gives in full."""
    issuer = view.parts.get("issuer")
    words = folded(squeeze(issuer.text)) if issuer is not None else ""
    for name, code in _OFFICES:
        if words.startswith(name):
            return code
    return None


_OFFICES = (
    ("bo giao duc va dao tao", "BGDĐT"), ("so giao duc va dao tao", "SGDĐT"), ("phong giao duc va dao tao", "PGDĐT"),
    ("uy ban nhan dan", "UBND"), ("ubnd", "UBND"),
)  # fmt: skip


def _office(view: View) -> str:
    return view.facts.header.issuer or "cơ quan ban hành"


def dated(view: View) -> Iterator[Finding]:
    """Yield what is wrong with place and date."""
    part = view.parts.get("place_date")
    if part is None:
        return
    text = squeeze(part.text)
    match = _DATE.search(part.text.strip())
    if match is None:
        what = f"Thời gian ban hành ghi là “{text}”."
        yield from view.at("date.form", part, what, "Ghi “<địa danh>, ngày … tháng … năm …”.")
        return
    day, month, year = (_DIGITS.search(match[name]) for name in ("day", "month", "year"))
    if year and len(year.group()) != 4:
        fix = "Ghi năm bằng bốn chữ số."
        yield from view.at("date.form", part, f"“{text}”: năm ghi đủ bốn chữ số.", fix)
        return
    if day and month and year and not _exists(int(day.group()), int(month.group()), int(year.group())):
        yield from view.at("date.none", part, f"Ngày “{text}” không có trong lịch.", "Sửa ngày, tháng cho đúng.")
        return
    wrong = []
    if day and len(day.group()) == 1:
        wrong.append("ngày dưới 10 phải có số 0 ở trước")
    if month and len(month.group()) == 1 and int(month.group()) < 3:
        wrong.append("tháng 1, tháng 2 phải có số 0 ở trước")
    if month and len(month.group()) == 2 and month.group().startswith("0") and int(month.group()) > 2:
        wrong.append("từ tháng 3 không có số 0 ở trước")
    before = part.text[: match.start()].rstrip()
    if before and not before.endswith(","):
        wrong.append("sau địa danh là dấu phẩy")
    if match["lead"] != "ngày" and before:
        wrong.append("chữ “ngày” viết thường")
    if wrong:
        fix = _right_date(before, day, month, year)
        yield from view.at("date.form", part, f"“{text}”: {'; '.join(wrong)}.", f"Ghi “{fix}”.")


def _exists(day: int, month: int, year: int) -> bool:
    return 1 <= month <= 12 and 1900 < year < 2200 and 1 <= day <= calendar.monthrange(year, month)[1]


def _right_date(before: str, day: re.Match[str] | None, month: re.Match[str] | None, year: re.Match[str] | None) -> str:
    days = f"{int(day.group()):02d}" if day else "…"
    months = (
        "…" if month is None else f"{int(month.group()):02d}" if int(month.group()) < 3 else f"{int(month.group())}"
    )
    return f"{before.rstrip(', ')}, ngày {days} tháng {months} năm {year.group() if year else '…'}".lstrip(", ")


def about(view: View) -> Iterator[Finding]:
    """Yield what is wrong with the words of the trích yếu."""
    part = view.parts.get("about")
    if part is not None:
        wrong = []
        if not _ABOUT.match(part.text):
            begun = "".join(takewhile(lambda c: not c.isspace(), part.text))
            wrong.append(
                "trích yếu công văn bắt đầu bằng “V/v”" + (f", không phải “{begun}”" if begun != "V/v" else "")
            )
        if part.text.rstrip().endswith((".", ";", ",")):
            wrong.append("cuối trích yếu không có dấu câu")
        if wrong:
            yield from view.at(
                "about.form", part, f"{_first('; '.join(wrong))}.", "Ghi “V/v <nội dung>”, không có dấu cuối."
            )
    part = view.parts.get("subject")
    if part is not None and part.text.rstrip().endswith((".", ";", ",", ":")):
        yield from view.at("about.form", part, "Cuối trích yếu không có dấu câu.", "Bỏ dấu ở cuối trích yếu.")


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]
