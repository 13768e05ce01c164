"""What contradicts itself inside one directive, as findings with their place; shown to people, never repaired away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from corpus.document import Document
from corpus.facts import Citation, Conflict, Deadline, Header, Relation, evidence
from corpus.numbers import parse_number
from corpus.text import LOWER, squeeze
from nlp.checks.attachments import missing_annexes, missing_forms
from nlp.checks.impossible import cited_dates, impossible_dates
from nlp.citing.citations import Found
from nlp.page.structure import Item
from nlp.page.zones import Zone, Zoned
from nlp.words.folding import folded, pattern

_IN_FORCE = (Relation.IMPLEMENTS, Relation.BASED_ON, Relation.PURSUANT_TO, Relation.GUIDES)
#: A subject says something from so many words on; two differ where each has so many words of its own.
_TOLD, _UNLIKE = 4, 3
#: The labels that begin a list.
_FIRST = frozenset({"1", "a", "i"})
_EMPTY_WORDS = frozenset(
    "ve viec quy dinh ban hanh phe duyet huong dan thuc hien trien khai mot so dieu cua va cac cho trong nam hoc theo "
    "sua doi bo sung bo truong chinh phu ngay thang giao duc dao tao gddt".split()
)


def find_conflicts(
    document: Document,
    zoned: Zoned,
    items: list[Item],
    header: Header,
    found: list[Found],
    citations: tuple[Citation, ...],
    deadlines: tuple[Deadline, ...],
) -> tuple[Conflict, ...]:
    """Return the contradictions of a directive in reading order."""
    rows = [
        *_own_number(header),
        *_own_dates(document, header, found),
        *_two_dates(citations),
        *_two_subjects(citations),
        *_replaced(document, citations),
        *_type_words(document, found),
        *_late(header, deadlines),
        *_repeated_labels(document, items),
        *_missing_notes(document, zoned, items),
        *missing_annexes(document, items),
        *missing_forms(document, items),
        *impossible_dates(document, items),
        *cited_dates(header, citations),
    ]
    return tuple(sorted(rows, key=lambda c: c.evidence.start))


def _own_number(header: Header) -> Iterator[Conflict]:
    """The own number as written is not the number it means: spelling, or damage that no other copy explains."""
    place = header.evidence.get("number")
    if place is None or header.number is None or place.rule == "header.annex":
        return  # a number read over an annex is spelled as the letterhead spells its symbol
    written = re.sub(r"\s", "", place.surface).replace("–", "-").replace("—", "-").replace("&", "")
    if written != header.number.replace("&", ""):
        yield Conflict(
            replace(place, rule="conflict.own-number"),
            f"Ký hiệu của chính văn bản ghi là “{squeeze(place.surface)}”; theo quy tắc phải là “{header.number}”.",
        )


def _own_dates(document: Document, header: Header, found: list[Found]) -> Iterator[Conflict]:
    """The directive's own number stands in it with another date than in the letterhead."""
    own = parse_number(header.number) if header.number else None
    if own is None or header.date is None:
        return
    for one in found:
        if one.number is not None and str(one.number) == str(own) and one.date and one.date.isoformat() != header.date:
            place = evidence(document, *one.item.joined.span(one.start, one.end), "conflict.own-date", 0.9)
            yield Conflict(
                place,
                f"Ngày của chính văn bản ở đây là {_day(one.date)}, khác ngày {_day(date.fromisoformat(header.date))} "
                f"ở phần đầu.",
            )


def _two_dates(citations: tuple[Citation, ...]) -> Iterator[Conflict]:
    """One document is cited with two dates."""
    seen: dict[str, Citation] = {}
    told: set[tuple[str, str]] = set()
    for one in citations:
        if one.date is None:
            continue
        first = seen.setdefault(one.number, one)
        if first.date is None or first.date == one.date or (one.number, one.date) in told:
            continue
        # a number without a year is a new one each January: other years are other documents, but for the same day
        dated = parse_number(one.number)
        yearly = dated is not None and dated.year is None
        if yearly and first.date[:4] != one.date[:4] and first.date[4:] != one.date[4:]:
            continue
        told.add((one.number, one.date))
        yield Conflict(
            replace(one.evidence, rule="conflict.two-dates"),
            f"Văn bản số {one.number} được viện dẫn với hai ngày khác nhau: {_iso(first.date)} "
            f"(dòng {first.evidence.line}) "
            f"và {_iso(one.date)} (dòng {one.evidence.line}).",
        )


def _two_subjects(citations: tuple[Citation, ...]) -> Iterator[Conflict]:
    """One document is cited with two subjects (trích yếu): each says things that the other does not."""
    seen: dict[str, list[Citation]] = {}
    for one in citations:
        words = _subject_words(one.subject)
        if len(words) < _TOLD:
            continue
        for first in seen.setdefault(one.key, []):
            other = _subject_words(first.subject)
            if len(words - other) >= _UNLIKE and len(other - words) >= _UNLIKE and first.date == one.date:
                yield Conflict(
                    replace(one.evidence, rule="conflict.two-subjects"),
                    f"Văn bản số {one.number} được viện dẫn với hai trích yếu khác nhau: “{_short(first.subject)}” "
                    f"(dòng {first.evidence.line}) và “{_short(one.subject)}” (dòng {one.evidence.line}).",
                )
                break
        seen[one.key].append(one)


def _subject_words(subject: str | None) -> set[str]:
    """Return the words of a subject that tell something."""
    return {w for w in re.findall(r"\w+", folded(subject or "")) if w not in _EMPTY_WORDS}


def _short(subject: str | None) -> str:
    words = squeeze(subject or "")
    return words if len(words) <= 120 else f"{words[:117]}…"


#: What of a document stays in force, said before it: "Đối với các môn còn lại tiếp tục thực hiện … kèm theo N".
_GOES_ON = pattern(
    r"(?<!\w)(?:con lai|(?:noi dung|phan|muc|quy dinh) khac|van (?:con|thuc hien|ap dung|giu)"
    r"|tiep tuc (?:thuc hien|ap dung))(?!\w)[^.;]{0,120}$"
)
_REACH = 200


def _replaced(document: Document, citations: tuple[Citation, ...]) -> Iterator[Conflict]:
    """A document that this directive replaces, not only a part of it, is cited in it as in force."""
    gone = {one.key: one for one in citations if one.relation is Relation.REPLACES and one.provision is None}
    told: set[str] = set()
    for one in citations:
        first = gone.get(one.key)
        if (
            first is None
            or one.relation not in _IN_FORCE
            or one.key in told
            or (one.date or first.date) != (first.date or one.date)
            or _GOES_ON.search(folded(document.text[max(0, one.evidence.start - _REACH) : one.evidence.start]))
        ):
            continue
        told.add(one.key)
        yield Conflict(
            replace(one.evidence, rule="conflict.replaced"),
            f"Văn bản số {one.number} bị thay thế tại dòng {first.evidence.line} nhưng vẫn được viện dẫn như còn hiệu "
            f"lực tại dòng {one.evidence.line}.",
        )


def _type_words(document: Document, found: list[Found]) -> Iterator[Conflict]:
    """The type word and the symbol of a number disagree ("Nghị định số 66/NQ-CP")."""
    for one in found:
        if one.number is None or one.number.type is None or not one.word_given or one.word is None:
            continue
        told = one.number.type_name
        loose = ("Công văn", "Đề án", "Chương trình", "Dự án", "Phương án", "Quy chế", "Quy định", "Luật", "Chiến lược")
        if (
            told in (None, one.word)
            or (told.startswith(one.word) and one.number.type not in ("TTLT", "NQLT"))
            or one.word in loose
            or (one.word.startswith(f"{told} ") and told in ("Chương trình", "Kế hoạch", "Hướng dẫn"))  # … phối hợp
            or one.number.type == "VBHN"
        ):
            continue
        place = evidence(document, *one.item.joined.span(one.start, one.end), "conflict.type", 0.9)
        yield Conflict(place, f"Tên loại “{one.word}” không khớp với ký hiệu {one.number} ({told}).")


def _late(header: Header, deadlines: tuple[Deadline, ...]) -> Iterator[Conflict]:
    """A deadline lies before the directive's own date."""
    if header.date is None:
        return
    for row in deadlines:
        if row.due is not None and row.due < header.date:
            yield Conflict(
                replace(row.due_evidence, rule="conflict.late"),
                f"Thời hạn {_iso(row.due)} trước ngày ban hành văn bản ({_iso(header.date)}).",
            )


def _repeated_labels(document: Document, items: list[Item]) -> Iterator[Conflict]:
    """Two neighbouring sections of one level bear the same number."""
    seen: dict[tuple[tuple[str, ...], float], str] = {}
    mixed: set[tuple[tuple[str, ...], float]] = set()  # titles and what stands under them are numbered alike
    for above, item in pairwise([None, *items]):
        if (
            item is None
            or item.zone not in (Zone.BODY, Zone.ANNEX)
            or not item.label
            or item.rank >= 8
            or item.table
            or item.rank == 0
        ):
            continue
        key = (item.path, item.rank)
        top = not item.path and item.rank <= 3 and item.zone is Zone.BODY
        if seen.get(key) == item.label and _opens_list_within(above, item):
            mixed.add(key)
        elif seen.get(key) == item.label and key not in mixed and (item.path or top):
            place = evidence(document, item.start, item.start + len(item.label), "conflict.label", 0.7)
            where = f" trong “{item.path[-1][:80]}”" if item.path else ""
            yield Conflict(place, f"Mục “{item.label}” bị đánh số trùng{where}.")
        seen[key] = item.label


def _opens_list_within(above: Item | None, item: Item) -> bool:
    """Tell whether an item begins a list of its own under a title that is numbered alike: "1. Trường ⏎ 1. Rà soát"."""
    title = above is not None and above.label == item.label and above.text[-1:] not in (".", ";")
    return title and item.label.rstrip(".)/").casefold() in _FIRST


def _missing_notes(document: Document, zoned: Zoned, items: list[Item]) -> Iterator[Conflict]:
    """Footnote marks run to a number whose note does not stand in the text."""
    notes = {item.note for item in items if item.note is not None}
    if not notes:
        return
    for line in zoned.of(Zone.ADDRESSEES):
        match = re.search(rf"[{LOWER})”]\s?(\d{{1,2}})$", line.text)
        if match is None:
            continue
        mark = int(match[1])
        if mark not in notes and mark < max(n for n in notes if n):
            place = evidence(document, line.end - len(match[1]), line.end, "conflict.note", 0.5)
            yield Conflict(place, f"Dấu chú thích {mark} không có nội dung chú thích tương ứng.")


def _day(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def _iso(text: str | None) -> str:
    return _day(date.fromisoformat(text)) if text else "?"
