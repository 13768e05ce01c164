"""Rules about what a draft says: contradictions, replaced documents, citations, units that no longer exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Protocol

from corpus.facts import Citation, CitationPlace, Relation
from corpus.layout30 import OTHER_TYPES, TYPES
from corpus.numbers import parse_number
from corpus.places import bare, is_city, province_names, provinces
from corpus.symbols import is_known_part
from corpus.text import fold, is_syllable, squeeze
from nlp.lint.finding import Finding
from nlp.lint.view import View
from nlp.page.lines import join
from nlp.page.zones import Zone
from nlp.words.folding import folded
from nlp.words.vocabulary import table


class InForce(Protocol):
    """What a store knows of documents that were replaced."""

    def replaced_by(self, citation: Citation, on: str) -> tuple[str, ...]:
        """Return the numbers of the documents that had replaced a cited one by ISO day ``on``; none where unknown."""
        ...


#: Kinds of contradiction (``Evidence.rule`` of a ``Conflict``) with the rule they break and what to do.
_CONFLICTS = {
    "conflict.late": ("content.late", "Sửa thời hạn hoặc ngày ban hành."),
    "conflict.two-dates": ("content.two-dates", "Kiểm tra ngày ban hành của văn bản được viện dẫn, ghi thống nhất."),
    "conflict.replaced": ("content.replaced", "Viện dẫn văn bản đang có hiệu lực."),
    "conflict.two-subjects": ("content.conflict", "Ghi trích yếu thống nhất."),
    "conflict.own-date": ("content.conflict", "Ghi ngày của chính văn bản thống nhất."),
    "conflict.type": ("content.conflict", "Sửa tên loại hoặc số, ký hiệu."),
    "conflict.cited-date": ("content.conflict", "Kiểm tra ngày ban hành của văn bản được viện dẫn."),
    "conflict.date": ("content.conflict", "Sửa ngày cho đúng lịch."),
    "conflict.annex": ("content.conflict", "Kèm theo phụ lục, hoặc bỏ chỗ viện dẫn."),
    "conflict.form": ("content.conflict", "Kèm theo biểu mẫu, hoặc bỏ chỗ viện dẫn."),
    "conflict.label": ("order.numbers", "Đánh lại số thứ tự các mục."),
    "conflict.note": ("content.conflict", "Thêm chú thích, hoặc bỏ dấu chú thích."),
}


def conflicts(view: View) -> Iterator[Finding]:
    """Yield what the document says against itself. Order of labels and the own number have rules of their own."""
    for one in view.facts.conflicts:
        if one.evidence.rule in _CONFLICTS:
            rule, fix = _CONFLICTS[one.evidence.rule]
            yield from view.found(rule, one.what, fix, one.evidence.start, one.evidence.end)


def replaced(view: View, store: InForce | None) -> Iterator[Finding]:
    """Yield citations, as in force, of documents that the store knows to be replaced."""
    if store is None:
        return
    told: set[str] = set()
    own = view.facts.header.number
    for one in view.facts.citations:
        if one.relation in (Relation.REPLACES, Relation.AMENDS, Relation.LISTED) or one.key in told:
            continue
        by = [number for number in store.replaced_by(one, view.issued.isoformat()) if number != own]
        if by:
            told.add(one.key)
            yield from view.found(
                "content.replaced", f"Văn bản số {one.number} đã bị {', '.join(by)} thay thế.",
                f"Viện dẫn {by[-1]}.", one.evidence.start, one.evidence.end,
            )  # fmt: skip


#: So many documents are named in one piece of advice.
_NAMED = 6


def first_citations(view: View) -> Iterator[Finding]:
    """Yield, once, the first citations that lack date, office or subject."""
    seen: set[str] = set()
    short: list[tuple[Citation, list[str]]] = []
    for one in view.facts.citations:
        number = parse_number(one.number)
        law = one.doc_type in ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
        if number is None or law or one.place is CitationPlace.APPENDIX or one.relation is Relation.LISTED:
            continue
        if str(number) in seen or str(number) == str(view.number):
            continue
        seen.add(str(number))
        said = {
            "thời gian ban hành": one.date is not None,
            "tên cơ quan ban hành": _names_office(view, one),
            "trích yếu": one.subject is not None,
        }
        if not all(said.values()):
            short.append((one, [name for name, there in said.items() if not there]))
    if short:
        first = short[0][0].evidence
        told = "; ".join(f"{one.number} ({', '.join(lacking)})" for one, lacking in short[:_NAMED])
        more = f" và {len(short) - _NAMED} văn bản khác" if len(short) > _NAMED else ""
        yield from view.found(
            "content.first-citation", f"Lần đầu viện dẫn chưa ghi đủ: {told}{more}.",
            "Lần đầu ghi tên loại, số, ký hiệu, thời gian ban hành, tên cơ quan ban hành và trích yếu.",
            first.start, first.end, len(short),
        )  # fmt: skip


def _names_office(view: View, one: Citation) -> bool:
    """Tell whether the words of a citation name an office, or those right behind it."""
    inside = folded(view.document.text[one.evidence.start : one.evidence.end])
    behind = folded(view.document.text[one.evidence.end : one.evidence.end + 12])
    return re.search(r"(?<!\w)(?:cua|do)\s", inside) is not None or re.match(r"\W{0,3}(?:cua|do)\s", behind) is not None


@lru_cache(maxsize=1)
def _ended() -> list[tuple[str, re.Pattern[str], str, str]]:
    return [(r["name"], re.compile(r["pattern"]), r["instead"], r["until"]) for r in table("lint")["ended"]]


@lru_cache(maxsize=1)
def _former() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in table("lint")["former"]))


#: So many characters around a name may say that it is meant as it was.
_AROUND = 60


def ended(view: View) -> Iterator[Finding]:
    """Yield units that no longer exist on the directive's day: offices of districts, merged provinces."""
    day = view.issued.isoformat()
    text = view.document.text
    cited = [(c.evidence.start, c.evidence.end + 120) for c in view.facts.citations]
    for name, find, instead, until in _ended():
        if day < until:
            continue
        hits = [m for m in find.finditer(text) if _present(text, m.start(), m.end()) and not _inside(m.start(), cited)]
        if hits:
            first = hits[0]
            shown = squeeze(first.group())
            yield from view.found(
                "content.unit-ended",
                f"“{shown}”: {'' if fold(shown) == fold(name) else f'{name} '}không còn từ ngày {_day(until)}.",
                f"Thay bằng {instead}.", first.start(), first.end(), len(hits),
            )  # fmt: skip
    yield from _merged(view, day, cited)


def _merged(view: View, day: str, cited: list[tuple[int, int]]) -> Iterator[Finding]:
    """Yield provinces that went into others."""
    known = provinces()
    if day < known.valid_from:
        return
    names = province_names()
    told: set[str] = set()
    text = view.document.text
    for match in _province_pattern().finditer(text):
        old = bare(match["name"])
        new = known.successor.get(old)
        if new is None or new == old or old in told or not _present(text, match.start(), match.end()):
            continue
        if _inside(match.start(), cited):
            continue
        told.add(old)
        shown = names.get(new, new)
        kind = "thành phố" if is_city(new) else "tỉnh"
        yield from view.found(
            "content.unit-ended",
            f"“{squeeze(match.group())}”: tỉnh này đã sáp nhập thành {kind} {shown} từ ngày {_day(known.valid_from)}.",
            f"Ghi “{shown}”.", match.start(), match.end(),
        )  # fmt: skip


@lru_cache(maxsize=1)
def _province_pattern() -> re.Pattern[str]:
    """Return the pattern for an old province behind "tỉnh", "Sở … Đào tạo", "UBND tỉnh", in small letters or large."""
    known = provinces()
    names = province_names()
    old = sorted((names[o] for o, n in known.successor.items() if o != n and o in names), key=len, reverse=True)
    spelled = "|".join(re.escape(form) for name in old for form in (name, name.upper()))
    lead = r"(?:[Tt]ỉnh|TỈNH|[Tt]hành phố|THÀNH PHỐ|[ĐđD]ào tạo|ĐÀO TẠO|GDĐT|GD&ĐT)\s"
    return re.compile(rf"(?<!\w){lead}(?P<name>{spelled})(?!\w)")


def _present(text: str, start: int, end: int) -> bool:
    """Tell whether a unit is meant as it is now: nothing near it says that it was."""
    near = squeeze(folded(text[max(0, start - _AROUND) : end + _AROUND]))
    return _former().search(near) is None


def _inside(at: int, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in stretches)


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day:02d}/{day.month}/{day.year}"


_SHORT = re.compile(r"(?<![\w/.&-])[A-ZĐƯƠĂÂÊÔ]{2,10}(?:&[A-ZĐ]{1,4})?(?![\w/&]|-[A-ZĐ]|\.\w)")
_ROMAN = re.compile(r"[IVX]+")


_GAP = re.compile(r"\[(?=[^\W\d_])[^\[\]\n]{3,160}\]|…{2,}|\.{5,}|_{4,}")


def gaps(view: View) -> Iterator[Finding]:
    """Yield, once, the places of the body and the sign-off that are left open: "[phòng đầu mối]", dots."""
    lines = [join([line]) for line in view.zoned.of(Zone.SIGNOFF, Zone.ADDRESSEES)]
    rows = sorted([*(item.joined for item in view.body), *lines], key=lambda row: row.at(0))
    hits = [(row, match) for row in rows for match in _GAP.finditer(row.text)]
    if hits:
        row, match = hits[0]
        start, end = row.span(match.start(), match.end())
        yield from view.found(
            "content.gap", f"Còn chỗ để trống: “{squeeze(match.group())}”.", "Điền đủ trước khi trình ký.",
            start, end, len(hits),
        )  # fmt: skip


def abbreviations(view: View) -> Iterator[Finding]:
    """Yield short forms of a draft's own that it does not introduce."""
    known = set(table("lint")["known"]["words"]) | set(TYPES) | set(OTHER_TYPES)
    rows = [i for i in view.items if i.zone is Zone.BODY and not i.table and "\t" not in i.text]
    text = "\n".join(item.text for item in view.items)
    told: set[str] = set()
    for item in rows:
        if _mostly_capitals(item.text):
            continue
        for match in _SHORT.finditer(item.text):
            word = match.group()
            if len(word) < 3 or word in told or _is_known(word, known) or _ROMAN.fullmatch(word):
                continue
            told.add(word)
            if _introduced(text, word) or _is_word(word):
                continue
            start, end = item.joined.span(match.start(), match.end())
            yield from view.found(
                "content.abbreviation", f"Chữ viết tắt “{word}” chưa được giải thích.",
                f"Lần đầu ghi đầy đủ rồi đặt chữ viết tắt trong ngoặc đơn: “… ({word})”.", start, end,
            )  # fmt: skip


def _is_known(word: str, known: set[str]) -> bool:
    """Tell whether everybody knows a short form, or its parts ("TH&THCS")."""
    return word in known or is_known_part(word) or ("&" in word and all(_is_known(p, known) for p in word.split("&")))


def _mostly_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(map(str.isupper, letters)) > 0.4 * len(letters)


def _introduced(text: str, word: str) -> bool:
    """Tell whether a short form stands in brackets, or behind "viết tắt là", "gọi tắt là"."""
    quoted = re.escape(word)
    return (
        re.search(rf"\(\s?(?:[^()]{{0,60}}\s)?[“\"]?{quoted}[”\"]?\s?[,;)]|tắt là:?\s[“\"]?{quoted}", text) is not None
    )


def _is_word(word: str) -> bool:
    """Tell whether capitals are a Vietnamese word written large, not a short form."""
    return is_syllable(word) and any(c in "AEIOUYĂÂÊÔƠƯ" for c in fold(word).upper())
