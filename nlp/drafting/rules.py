"""The words of one clause for the new actor: who acts, to whom it is sent, units that are no more; rules are a table.

Each rule works on the text as written (``tables/drafting.toml``) and says what it changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from corpus.text import UPPER
from nlp.drafting.draft import Act, Change
from nlp.drafting.marks import OWN_OFFICE, Marks
from nlp.drafting.scope import Scope
from nlp.drafting.units import capital
from nlp.words.folding import folded
from nlp.words.vocabulary import table

_OFFICE = re.compile(
    r"(?P<bo>Bộ (?:GD&ĐT|GD-ĐT|GDĐT|Giáo dục và Đào tạo(?: \(GDĐT\))?))"
    r"|(?P<part>(?:Vụ|Cục|Thanh tra Bộ|Văn phòng Bộ)(?:\s[^;.()@]+?)?"
    r"(?=\)|,? (?:số \d|ĐT|điện thoại|địa chỉ)|,(?! sinh viên)|;|\.|:"
    r"|\s(?:trước|chậm|để|theo|qua|chủ trì|phối hợp)\s|$))"
)
_SENT = re.compile(
    r"(?:(?:gửi|nộp|trình|báo cáo|phản ánh|đăng ký|thông báo|cung cấp)(?: [^;.:]{0,90}?)?\s)?"
    r"(?:về|cho|tới|đến|lên|gửi|báo cáo|nộp|trình|đăng ký|phản ánh|liên hệ(?: với)?)\s$",
    re.IGNORECASE,
)
_WAY = re.compile(
    r"\s*\((?:thông )?qua\s[^()]*?(?P<tail>\s(?:để)\s[^()]*)?\)"
    r"|,?\s(?:thông )?qua\s(?:(?:địa chỉ|hộp thư|hòm thư|email|e-mail|thư điện tử)\s?:?\s?){0,3}"
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|,?\s(?:thông )?qua\s(?:Vụ|Cục)\s[^;.(),]+?(?=\s(?:trước|chậm|để)\s|[;.,]|$)"
)
_STREET = re.compile(r",? số \d{1,4}[A-Z]? [^;.]{5,60}?(?:Hà Nội|HN)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?:(?:số )?(?:điện thoại|ĐT)[:.]?\s?(?:số\s)?)"
    r"(?P<number>0[\d. ]{7,16}\d(?:,? ?0[\d. ]{7,16}\d)*(?: \(máy lẻ \d+\))?)"
)
_PERSON = re.compile(
    rf"(?P<who>(?:ông|bà|đồng chí|đ/c)\s[{UPPER}]\w*(?:\s[{UPPER}]\w*){{1,4}}"
    r"(?:,\s(?:chuyên viên|phó|trưởng)[^,;.]{0,40})?)"
)
#: A clause that begins with a verb in the imperative, as far as it is told by what else begins one: a noun's article.
_OWN_START = re.compile(r"(?!noi dung|cuoc thi|hoi thi|ky thi|viec|doi voi|cac |moi |so )\w")
_DOWN = re.compile(r"(?<![\w/])sở (?=GDĐT|Giáo dục và Đào tạo)")


@dataclass(frozen=True)
class Frame:
    """What rules put in: the department that collects (``via``), the one in charge (``own``), both perhaps marks."""

    marks: Marks
    units: str
    via: str
    own: str
    committee: str
    province: str
    districts: bool


@lru_cache(maxsize=8)
def _rows(group: str) -> tuple[tuple[re.Pattern[str], dict[str, Any]], ...]:
    return tuple((re.compile(row["pattern"]), row) for row in table("drafting")[group])


def rewritten(clause: str, scope: Scope, frame: Frame, *, opens: bool, named: bool = False) -> tuple[str, list[Change]]:
    """Return a clause for the new actor with what was changed.

    ``opens``: it begins the item; ``named``: the heading above has named the department in charge.
    """
    changes: list[Change] = []
    text = clause
    if scope in (Scope.ABOVE, Scope.OUTSIDE):
        return text, changes
    if opens and scope is Scope.UNITS:
        text = _led(text, changes)
    if scope is Scope.UNITS:
        text = _sent_down(text, frame, changes)
        text = _contacts(text, frame, changes)
    text = _actors(text, scope, frame, changes, prefix=opens and not named)
    if not frame.districts:
        text = _ended(text, changes)
    text = _DOWN.sub("Sở ", text)
    if opens and clause[:1].isupper():
        text = capital(text)
    return text, changes


def _told(changes: list[Change], act: Act, before: str, after: str, frame: Frame | None = None, why: str = "") -> None:
    shown = frame.marks.plain(after) if frame is not None else after
    changes.append(Change(act, before.strip(), shown.replace(OWN_OFFICE, "Sở GDĐT").strip(), why))


def _led(text: str, changes: list[Change]) -> str:
    """Take off "chỉ đạo" before those who do it."""
    for find, _ in _rows("led"):
        match = find.match(text)
        if match is not None:
            _told(changes, Act.ACTOR, match[0], "", why="Sở giao thẳng cho đơn vị thực hiện")
            return capital(text[match.end() :])
    return text


def _sent_down(text: str, frame: Frame, changes: list[Change]) -> str:
    """Have what goes to the office above go to the Sở, through its department."""
    parts: list[str] = []
    at = 0
    for match in _OFFICE.finditer(text):
        if match.start() < at or _SENT.search(text, max(0, at, match.start() - 120), match.start()) is None:
            continue
        street = _STREET.match(text, match.end())
        end = street.end() if street else match.end()
        way = _WAY.match(text, end)
        tail = (way["tail"] or "") if way else ""
        end = way.end() if way else end
        new = f"{OWN_OFFICE} (qua {frame.via}{tail})"
        _told(changes, Act.RECIPIENT, text[match.start() : end], new, frame)
        parts += [text[at : match.start()], new]
        at = end
    return "".join([*parts, text[at:]])


def _contacts(text: str, frame: Frame, changes: list[Change]) -> str:
    """Ask for the Sở's own address, telephone and person in place of the upper office's."""

    def mail(match: re.Match[str]) -> str:
        new = frame.marks.put("[địa chỉ thư điện tử của Sở]", f"Địa chỉ nhận của Sở thay cho {match[0]}?")
        _told(changes, Act.CONTACT, match[0], new, frame)
        return new

    def phone(match: re.Match[str]) -> str:
        new = frame.marks.put("[số điện thoại]", f"Số điện thoại của Sở thay cho {match['number']}?")
        _told(changes, Act.CONTACT, match["number"], new, frame)
        return match[0].replace(match["number"], new)

    def person(match: re.Match[str]) -> str:
        new = frame.marks.put("[người liên hệ]", f"Người liên hệ của Sở thay cho {match['who']}?")
        _told(changes, Act.CONTACT, match["who"], new, frame)
        return new

    return _PERSON.sub(person, _PHONE.sub(phone, _MAIL.sub(mail, text)))


def _actors(text: str, scope: Scope, frame: Frame, changes: list[Change], *, prefix: bool) -> str:
    words = {"units": frame.units, "own": frame.own, "committee": frame.committee, "province": frame.province}
    for find, row in _rows("actor"):
        if row["scope"] not in ("any", scope.value):
            continue

        def put(match: re.Match[str], to: str = row["to"]) -> str:
            found = {name: value or "" for name, value in match.groupdict().items()}
            new = to.replace("{t}", "T" if match.start() == 0 else "t").format(**{**words, **found})
            _told(changes, Act.ACTOR, match[0], new, frame)
            return new

        text = find.sub(put, text)
    if scope is Scope.OWN and prefix and frame.own not in text and _begins_own(text):
        text = f"{frame.own} {text[:1].lower()}{text[1:]}"
        _told(changes, Act.ACTOR, "", frame.own, frame, why="việc của cơ quan Sở")
    return text


def _begins_own(text: str) -> bool:
    """Tell whether a clause begins with what the Sở does, so that the department can stand before it."""
    return _OWN_START.match(folded(text)) is not None or any(find.match(folded(text)) for find, _ in _rows("own"))


def _ended(text: str, changes: list[Change]) -> str:
    """Name who took over from units that ended on 2025-07-01."""
    for find, row in _rows("ended"):

        def put(match: re.Match[str], to: str = row["to"]) -> str:
            new = to.format(**{name: value or "" for name, value in match.groupdict().items()})
            _told(changes, Act.UNIT, match[0], new, why="không còn cấp huyện từ ngày 01/7/2025")
            return new

        text = find.sub(put, text)
    return re.sub(r"UBND cấp xã(?:, | và )UBND cấp xã", "UBND cấp xã", text)
