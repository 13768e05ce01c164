"""From which day a directive is in force (ngày có hiệu lực): as it says itself (what a law portal
says of it: portalfields.py).

The text itself fixes the day (Luật Ban hành văn bản quy phạm pháp luật 2015, Điều 151, 1: "ngày có hiệu lực … được quy
định tại văn bản đó"): a date, the day of signing, or so many days behind it. What counts from the Công báo, from a
school year or from an act to come stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from nlp.header.draft import Draft
from nlp.naming.dates import TimeKind, find_dates
from nlp.page.lines import Joined, join
from nlp.page.zones import Zone, Zoned
from nlp.words.folding import pattern

#: "Thông tư này có hiệu lực thi hành kể từ ngày …", at the head of a sentence: what came "trước ngày Thông tư này có
#: hiệu lực" is another matter. Without "này" the type word stands alone, not before a number: "Quyết định có hiệu lực".
_IN_FORCE = pattern(
    r"(?:^|[.;:)]\s{0,3}|\d\s{1,3}|thi hanh\s{1,3}|“)"
    r"(?:thong tu(?: lien tich)?|nghi (?:dinh|quyet)|quyet dinh|chi thi|luat|phap lenh|ke hoach|huong dan|cong van"
    r"|van ban|quy che|quy dinh|thong bao|de an)(?: nay)?"
    r"(?: (?:chinh thuc|bat dau|se))? co hieu luc(?: (?:thi hanh|thuc hien|ap dung|phap luat))?,? "
    r"(?P<from>(?:ke )?tu(?: ngay)? |sau |vao ngay )"
)
_SIGNED = pattern(r"(?:ngay )?(?:ky|ban hanh)(?: (?:ban hanh|va ban hanh))?(?!\w)(?! ket)")
#: "sau 45 ngày kể từ ngày ký ban hành"; "(bốn mươi lăm)" may stand behind the number.
_LATER = pattern(r"(?P<days>\d{1,3}) (?:\([^()]{1,40}\) )?ngay,? ke tu ngay (?:ky|ban hanh)(?: ban hanh)?(?!\w)")
#: The end of a line whose sentence goes on.
_GOES_ON = pattern(r"(?:(?<!\w)(?:ngay|khi|diem|cua|theo|tai|va|voi|cac|trong|so|tu)|,)$")
_YEAR = re.compile(r"\d{4}")
#: The date stands right behind "từ ngày".
_NEAR = 8
#: A sentence of this stands on so many lines at most, the one with its verb and those around it.
_ABOVE, _BELOW = 1, 3


def read_effect(draft: Draft, zoned: Zoned) -> None:
    """Read from which day the directive is in force."""
    for text in _sentences(zoned):
        match = _IN_FORCE.search(text.fold)
        if match is None:
            continue
        day, end = _day(text, match.end(), match["from"], draft.text("date"))
        if day is not None:
            draft.put("effective", day.isoformat(), text.span(match.start("from"), end), "effect")
        return  # what stands behind it is of parts: "trừ khoản 2 Điều 3 có hiệu lực từ …"


def _sentences(zoned: Zoned) -> Iterator[Joined]:
    """Yield the lines that speak of force, with those around them; under a heading a sentence begins with its line."""
    lines = zoned.of(Zone.BODY)
    for k, line in enumerate(lines):
        if "hieu" in line.fold:
            begins = k == 0 or _GOES_ON.search(lines[k - 1].fold) is None
            if begins and line.text[:1].isupper():
                yield join(lines[k : k + _BELOW])
            yield join(lines[max(0, k - _ABOVE) : k + _BELOW])


def _day(text: Joined, at: int, lead: str, signed: str | None) -> tuple[date | None, int]:
    """Return the day that stands behind "có hiệu lực kể từ ngày", and where it ends."""
    on = date.fromisoformat(signed) if signed is not None else None
    if lead == "sau ":
        later = _LATER.match(text.fold, at)
        if later is None or on is None:
            return None, at
        return on + timedelta(days=int(later["days"])), later.end()
    if (same := _SIGNED.match(text.fold, at)) is not None:
        return on, same.end()
    told = next(find_dates(text.text[at:]), None)
    if (
        told is None
        or told.kind is not TimeKind.DAY
        or told.start > _NEAR
        or not _YEAR.search(text.text, at, at + told.end)
    ):
        return None, at
    return told.due, at + told.end
