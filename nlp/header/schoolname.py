"""A school that issues without a letterhead: its name in capitals over a timetable or a week's calendar of its site."""

from __future__ import annotations

from nlp.header.draft import Draft
from nlp.header.issuer import read_issuer
from nlp.page.lines import Line
from nlp.page.marks import is_upper
from nlp.page.zones import Zoned
from nlp.words.folding import pattern

#: So many lines at the head of a page are read, each no longer than this.
_FIRST, _LENGTH = 6, 80
_ABOVE = pattern(r"(?:ubnd|uy ban nhan dan|so|phong) (?:gd|giao duc|huyen|quan|thi xa|thanh pho|tinh|xa|phuong)")
_SCHOOL = pattern(
    r"(?:truong (?:mam non|mau giao|mn|mg|tieu hoc|th|thcs|thpt|trung hoc|pho thong|ptdt\w*|pt)"
    r"|trung tam (?:gd|giao duc))(?!\w)[\w .,&-]{2,60}"
)


def school_over_page(draft: Draft, zoned: Zoned) -> None:
    """Read the school whose name stands alone in capitals at the head of a page that has no letterhead."""
    if draft.text("issuer") is not None:
        return
    offices: list[tuple[Line, str]] = []
    for line in [one for one in zoned.lines if one.text.strip()][:_FIRST]:
        text = line.text.strip()
        if len(text) > _LENGTH or not is_upper(text):
            continue
        if _SCHOOL.fullmatch(line.fold.strip()) is not None:
            read_issuer(draft, [*offices, (line, text)])
            return
        if _ABOVE.match(line.fold.strip()) is not None:
            offices.append((line, text))
