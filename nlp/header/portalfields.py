"""The fields in which a law portal tells of a directive, beside its text: "Số hiệu: …", "Ngày có hiệu lực: …"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from corpus.facts import IssuerLevel
from corpus.numbers import find_numbers
from nlp.header.draft import Draft, span_of
from nlp.header.subject import tidy_subject
from nlp.naming.dates import find_dates
from nlp.page.lines import Line
from nlp.page.zones import Zone, Zoned
from nlp.words.folding import folded, pattern
from nlp.words.vocabulary import entries

_PORTAL_FIELD = pattern(
    r"^\W{0,4}(?P<key>so hieu|so ky hieu|loai van ban|ngay ban hanh|noi ban hanh|"
    r"co quan ban hanh|nguoi ky|trich yeu(?: noi dung)?|tieu de van ban)\s{0,2}:\s{0,2}"
)
#: The day of effect, which portals write with and without a colon, as a row of a table too.
_EFFECT_FIELD = pattern(
    r"^\W{0,4}(?:\d{1,2}\s)?(?:ngay (?:co )?hieu luc|co hieu luc(?: (?:thi hanh|ap dung))?(?: ke)?(?: tu)?(?: ngay)?)"
    r"\s{0,2}[:|]?\s{0,2}(?=\d)"
)
#: The date stands right behind its field.
_NEAR = 8
_LONGEST = 400
#: A position behind a name: "Nguyễn Thế Sơn - Phó GĐ Sở", "Lê Văn Năm (Trưởng phòng)".
_WITH_POST = re.compile(r"\s{0,2}(?:[-–,]\s|\().*$")


def _fields(zoned: Zoned, field: re.Pattern[str]) -> Iterator[tuple[Line, re.Match[str]]]:
    """Yield the lines of a portal's data that are such a field."""
    for line in zoned.of(Zone.PORTAL):
        match = field.match(line.fold)
        if match is not None and len(line.text) <= _LONGEST:
            yield line, match


def read_portal_effect(draft: Draft, zoned: Zoned) -> None:
    """Take from which day the directive is in force, where its text does not say it."""
    for line, match in _fields(zoned, _EFFECT_FIELD):
        told = next(find_dates(line.text[match.end() :]), None)
        if told is not None and told.due is not None and told.start <= _NEAR:
            span = span_of(line, match.end() + told.start, match.end() + told.end)
            draft.put("effective", told.due.isoformat(), span, "portal", 0.8)


def read_portal(draft: Draft, zoned: Zoned) -> None:
    """Take what is still missing from the metadata of a law portal."""
    takers: dict[str, Callable[[str], tuple[str, object]]] = {
        "so hieu": lambda v: ("number", next((str(m.number) for m in find_numbers(v)), None)),
        "so ky hieu": lambda v: ("number", next((str(m.number) for m in find_numbers(v)), None)),
        "loai van ban": lambda v: ("doc_type", v),
        "ngay ban hanh": lambda v: ("date", next((t.due.isoformat() for t in find_dates(v) if t.due), None)),
        "noi ban hanh": lambda v: ("issuer", v),
        "co quan ban hanh": lambda v: ("issuer", v),
        "nguoi ky": lambda v: ("signer", _WITH_POST.sub("", v)),
        "trich yeu": lambda v: ("subject", tidy_subject(v)),
        "trich yeu noi dung": lambda v: ("subject", tidy_subject(v)),
        "tieu de van ban": lambda v: ("subject", tidy_subject(v)),
    }
    for line, match in _fields(zoned, _PORTAL_FIELD):
        value = line.text[match.end() :].strip(" :;‘’'")
        if value and "đang cập nhật" not in value.lower():
            name, found = takers[match["key"]](value)
            draft.put(name, found, span_of(line, match.end()), "portal", 0.8)
            if name == "number" and draft.number is None and found:
                draft.number = next((m.number for m in find_numbers(value)), None)
            if name == "issuer" and "issuer_level" not in draft.values:
                entry = next((e for e in entries("offices", "office") if e.find.search(folded(value))), None)
                if entry:
                    draft.values["issuer_level"] = IssuerLevel(entry.row["level"])
