"""What a directive says of itself elsewhere than in its letterhead: its number and day over an annex, its kind."""

from __future__ import annotations

import re

from corpus.numbers import parse_number
from nlp.header.draft import Draft, span_of
from nlp.header.subject import tidy_subject
from nlp.naming.dates import TimeKind, find_dates
from nlp.page.lines import Line, join
from nlp.page.marks import is_upper
from nlp.page.zones import Zone, Zoned
from nlp.words.folding import pattern

#: Before the own number over an annex: "(Kèm theo Kế hoạch số …", "(Ban hành kèm theo Công văn số: …".
_WITH = pattern(r"kem theo (?:[a-z]+ ){1,3}(?:so\s?:?\s{0,2})?$")
#: A number as it is written, letters and joints lost in it.
_WRITTEN = re.compile(
    r"(?<!\d)(?P<serial>\d{1,5})\s?/\s?(?P<symbol>[A-ZĐ][A-Za-zĐ&, –-]{2,24}?)(?=,?\s[Nn]gày\s|[).;]|,?\scủa\s|$)"
)
#: The day stands so near behind the number; the line over an annex is wrapped once at most.
_NEAR, _WRAPPED = 10, 2
#: How a công văn speaks of itself: "Nhận được công văn này, đề nghị …"; other kinds do so as well.
_SELF = pattern(
    r"(?<!\w)(?P<kind>cong van|ke hoach|thong bao|huong dan|quyet dinh|chuong trinh|quy che|de an|chi thi) nay(?!\w)"
)
#: The title of a page is no sentence, no label and no number.
_NO_TITLE = re.compile(r"[.:;,]$|^\W|^[\dIVX]{1,4}[.)/]|\bSố:|\d/[A-ZĐ]")
_TITLE_WIDE = 200
_ABOUT = re.compile(r"(?:Về việc|Về|V/v)\s")


def read_number_over_annex(draft: Draft, zoned: Zoned, left_open: str | None) -> None:
    """Read number and day that the letterhead leaves open, or that nobody can read there, from the line over an annex.

    ``left_open`` is the symbol of the letterhead; the number over the annex must bear it, for annexes of others are
    sent along as well ("Kèm theo Công văn số … của Sở").
    """
    symbol = left_open or (draft.unread.symbol.symbol if draft.unread is not None else None)
    if draft.number is not None or symbol is None:
        return
    lines = zoned.of(Zone.ANNEX)
    for k, line in enumerate(lines):
        if "kem theo" not in line.fold:
            continue
        joined = join(lines[k : k + _WRAPPED])
        for found in _WRITTEN.finditer(joined.text):
            number = parse_number(f"{found['serial']}/{symbol}")
            bears = _lacks_at_most_one(found["symbol"], symbol)
            if number is None or not bears or _WITH.search(joined.fold, 0, found.start()) is None:
                continue
            draft.number = number
            draft.put("number", str(number), joined.span(*found.span()), "annex", 0.8)
            day = next(find_dates(joined.text[found.end() :]), None)
            if day is not None and day.kind is TimeKind.DAY and day.start <= _NEAR and day.due and day.stated_year:
                place = joined.span(found.end() + day.start, found.end() + day.end)
                draft.put("date", day.due.isoformat(), place, "annex", 0.8)
            return


def _lacks_at_most_one(written: str, symbol: str) -> bool:
    """Tell whether what is written is the symbol, one letter of it lost at most: "K -UBND" for KH-UBND."""
    got, meant = ("".join(c for c in words if c.isalpha()) for words in (written, symbol))
    return got == meant or any(got == meant[:k] + meant[k + 1 :] for k in range(len(meant)))


def read_own_type(draft: Draft, zoned: Zoned) -> None:
    """Read the kind of a page without letterhead and Kính gửi that calls itself a công văn, and its title."""
    if {"number", "doc_type", "subject"} & draft.values.keys() or draft.unread is not None or zoned.title is not None:
        return
    if zoned.of(Zone.LETTERHEAD, Zone.ADDRESSEES):
        return
    lines = zoned.of(Zone.BODY)
    told = [(line, match) for line in lines for match in _SELF.finditer(line.fold)]
    if not told or {match["kind"] for _, match in told} != {"cong van"}:
        return
    line, match = told[0]
    draft.put("doc_type", "Công văn", span_of(line, match.start(), match.end()), "self", 0.7)
    if _is_title(lines):
        about = _ABOUT.match(lines[0].text)
        start = about.end() if about is not None else 0
        draft.put("subject", tidy_subject(lines[0].text[start:]), span_of(lines[0], start), "title", 0.7)


def _is_title(lines: list[Line]) -> bool:
    """Tell whether the first line is the title of the page over its sentences."""
    first = lines[0].text
    plain = first[:1].isupper() and not is_upper(first) and _NO_TITLE.search(first) is None
    return plain and len(first) <= _TITLE_WIDE and len(lines) > 1 and lines[1].text[:1].isupper()
