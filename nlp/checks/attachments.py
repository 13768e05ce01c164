"""Annexes (phụ lục) that a directive names as its own, and those that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Document
from corpus.facts import Conflict, evidence
from nlp.page.marks import is_upper
from nlp.page.structure import Item
from nlp.page.zones import Zone

_NAMED = re.compile(r"(?<!\w)[Pp](?:hụ|HỤ)\s(?:lục|LỤC)\s(?:số\s)?(?P<label>[IVX]{1,5}|\d{1,2})(?!\w|\.\d)")
_TITLE = re.compile(r"\W{0,4}phụ\slục\s(?:số\s)?(?P<label>[ivxl]{1,5}|\d{1,2})(?!\w)", re.I)
#: An annex of another document: "Phụ lục II ban hành kèm theo Thông tư …", "Phụ lục 1 của Nghị định …".
_OTHERS = re.compile(
    r"[^;.]{0,40}?(?:ban hành|của|thuộc|tại|trong|kèm theo|Thông tư|Nghị định|Quyết định|Công văn số|Kế hoạch số)"
)
_OWN = re.compile(
    r"[^;.]{0,20}?(?:kèm theo (?:Công văn|Kế hoạch|văn bản|Hướng dẫn) này|của (?:Công văn|Kế hoạch) này)", re.I
)
#: An annex that comes as a file of its own: "(phụ lục 1, 2 đính kèm)", "Phụ lục 3 (file đính kèm)".
_AS_FILE = re.compile(r"[^;.]{0,30}?(?<!\w)(?:đính kèm|gửi kèm|file|tệp|tải (?:về|tại)|đăng tải)(?!\w)", re.I)
#: Annexes that are sent along, listed behind it: "(Gửi kèm theo Kế hoạch 02 phụ lục. Phụ lục 1: …; Phụ lục 2: …)".
_SENT_WITH = re.compile(
    r"(?<!\w)(?:gửi|đính) kèm(?: theo)?\s[^;]{0,60}?\d\s(?:phụ lục|biểu mẫu)(?!\w)[^()]{0,400}$", re.I
)
#: A form (biểu, mẫu) by number, "theo biểu 01", "Mẫu số 02".
_FORM = re.compile(
    r"(?<!\w)(?:(?:biểu|phiếu)(?: mẫu)?|[Mm]ẫu)\s(?:(?=\d{2})|số\s)(?P<label>\d{1,2})(?!\w|[./-]\d|-[A-Z])"
)
_ROMAN = {"i": 1, "v": 5, "x": 10}


def missing_annexes(document: Document, items: list[Item]) -> Iterator[Conflict]:
    """The body names an annex by number that does not stand in the directive."""
    present: set[int] = set()
    for item in items:
        match = _TITLE.match(item.text)
        if match and (item.zone is Zone.ANNEX or is_upper(item.text[: match.end()]) or item.heading):
            present.add(_value(match["label"]))
    told: set[int] = set()
    for item in items:
        if item.zone is not Zone.BODY:
            continue
        for match in _NAMED.finditer(item.text):
            value = _value(match["label"])
            rest = item.text[match.end() : match.end() + 60]
            if value in present or value in told or (_OTHERS.match(rest) and not _OWN.match(rest)):
                continue
            if not present and (_AS_FILE.match(rest) or _SENT_WITH.search(item.text, 0, match.start())):
                continue
            told.add(value)
            place = evidence(document, *item.joined.span(match.start(), match.end()), "conflict.annex", 0.7)
            yield Conflict(place, f"Văn bản viện dẫn “{match.group()}” nhưng không có phụ lục mang số này kèm theo.")


def missing_forms(document: Document, items: list[Item]) -> Iterator[Conflict]:
    """The body asks for a form by number, and nothing is attached at all.

    Where one form is another document's ("Mẫu số 01 của Thông tư"), those that name nobody may be its as well.
    """
    if any(item.zone is Zone.ANNEX for item in items):
        return
    named = [(item, match) for item in items if item.zone is Zone.BODY for match in _FORM.finditer(item.text)]
    rest = [item.text[match.end() : match.end() + 60] for item, match in named]
    own = [_OWN.match(words) is not None for words in rest]
    others = any(_OTHERS.match(words) and not ours for words, ours in zip(rest, own, strict=True))
    told: set[str] = set()
    for (item, match), ours in zip(named, own, strict=True):
        if match["label"] in told or (others and not ours):
            continue
        told.add(match["label"])
        place = evidence(document, *item.joined.span(match.start(), match.end()), "conflict.form", 0.6)
        yield Conflict(place, f"Văn bản yêu cầu “{match.group()}” nhưng không có biểu mẫu nào kèm theo.")


def _value(label: str) -> int:
    """Return the value of an annex's number; OCR's small l is an I."""
    if label.isdigit():
        return int(label)
    values = [_ROMAN[c] for c in label.lower().replace("l", "i")]
    return sum(-v if k + 1 < len(values) and v < values[k + 1] else v for k, v in enumerate(values))
