"""Agencies as directives name them: "của Bộ trưởng Bộ GDĐT", "của UBND tỉnh …", in their full names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.text import LOWER, UPPER
from corpus.units import province_names
from nlp.words.folding import folded
from nlp.words.vocabulary import rule_of, table, union

_KINDS = r"[Tt]ỉnh|[Tt]hành phố|TP\.?|T\.P|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hị trấn|[Xx]ã|[Pp]hường|[Đđ]ặc khu"
#: A title that follows the name of a place with a capital: "của UBND tỉnh Hải Lâm Ban hành Kế hoạch …".
_TITLE = (
    r"(?:Ban hành|Về việc|Về|Quy định|Phê duyệt|Hướng dẫn|Sửa đổi|Bổ sung|Triển khai|Tổ chức|Thực hiện|Công bố|Giao"
    r"|Điều chỉnh|Tăng cường|Thông báo)(?!\w)"
)
_PLACE = re.compile(
    r"(?:\s?\([A-ZĐ][A-ZĐa-z&]{1,8}\))?\s{1,2}"
    rf"(?:(?P<kind>{_KINDS})\s{{0,2}})?"
    rf"(?P<name>(?!(?:{_KINDS})(?!\w))[{UPPER}][{LOWER}]{{0,7}}(?:[\s-]{{1,3}}(?!{_TITLE})[{UPPER}][{LOWER}]{{0,7}}){{0,3}}"
    r"|(?:(?<=[Qq]uận\s)|(?<=[Pp]hường\s))\d{1,2})(?![\w/])"
)
_KIND_ONLY = re.compile(rf"\s{{1,2}}(?P<kind>{_KINDS})(?!\w)")


@dataclass(frozen=True, slots=True)
class Named:
    """An agency named in a text: ``text[start:end]``, its full name, whether it is a local office or a unit of one."""

    start: int
    end: int
    name: str
    local: bool
    unit: bool = False


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    rows = "|".join(f"(?P<h{k}>{r['pattern']})" for k, r in enumerate(table("agencies")["head"]))
    return re.compile(rf"(?<!\w)(?:{rows})\s{{1,2}}")


def agency_at(text: str, fold: str, start: int) -> Named | None:
    """Return the agency whose name begins at ``start``, None where none does."""
    head = _heads().match(fold, start)
    match = union("agencies", "agency").match(fold, head.end() if head else start)
    if match is None:
        return None
    rule = rule_of("agencies", "agency", match)
    name, end, local = rule.name, match.end(), bool(rule.row.get("place"))
    if local:
        place = _PLACE.match(text, end)
        if place:
            kind = {"TP": "thành phố", "TP.": "thành phố", "T.P": "thành phố", None: ""}.get(
                place["kind"], place["kind"]
            )
            kind = str(kind).lower()
            # only marks of a province's name were misread: "Sở GDĐT Hai Đường"
            known = province_names().get(folded(place["name"])) if kind in ("", "tỉnh") else None
            where = known or place["name"]
            # a Sở is named by its province alone; the others keep tỉnh, huyện …
            name += f" {where}" if rule.name.startswith("Sở") or not kind else f" {kind} {where}"
            end = place.end()
        else:
            only = _KIND_ONLY.match(text, end)
            if only:
                kind = "" if rule.name.startswith("Sở") else f" {only['kind'].lower()}"
                name, end = name + kind, only.end()
    if head:
        assert head.lastgroup is not None
        title = table("agencies")["head"][int(head.lastgroup[1:])]["name"]
        name = f"{title} {name}" if title != "Trưởng phòng" else f"Trưởng {name}"
    return Named(start, end, name, local, bool(rule.row.get("unit")))
