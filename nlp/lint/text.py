"""Rules about the words between letterhead and sign-off: Kính gửi, căn cứ, order of items, the mark of the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.layout30 import BASE_MARK, END_MARK, LAST_BASE_MARK, POINTS
from nlp.lint.finding import Finding
from nlp.lint.view import View
from nlp.page.lines import Line
from nlp.page.marks import DASHES, TO
from nlp.page.structure import Item
from nlp.page.zones import Zone
from nlp.words.folding import folded, pattern

_BASE = pattern(r"^(?:can cu|xet|theo de nghi|theo yeu cau|tren co so)(?!\w)")
#: A base that goes on to say what its office does is the first sentence of the text, no base.
_DOES = pattern(
    r"(?:,|;) (?:so|bo|phong|truong|uy ban|ubnd|ban|trung tam|hieu truong|giam doc|chu tich)(?!\w).{0,90}?"
    r"(?:yeu cau|de nghi|huong dan|ban hanh|xay dung|thong bao|trien khai|to chuc|bao cao|trinh|quyet dinh|chi dao)"
)
#: A base that was read as the rest of the one above it.
_NEXT_BASE = re.compile(r"(?P<mark>[;,.])\s+Căn cứ\s")
_POINT = re.compile(r"([a-zđ])[.)]$")
_NUMBER = re.compile(r"(\d{1,2})[.)]$")
_ARTICLE = re.compile(r"Điều\s(\d{1,3})[.:]?$")
_ROMAN = re.compile(r"([IVX]{1,6})[.)]$")
_ROMANS = {"I": 1, "V": 5, "X": 10}


def to(view: View) -> Iterator[Finding]:
    """Yield what is wrong with Kính gửi and the marks behind the addressees."""
    lines = view.zoned.of(Zone.ADDRESSEES)
    if not lines:
        return
    head = TO.match(lines[0].fold)
    words = lines[0].text[: head.end()].strip() if head else ""
    if head and words != "Kính gửi:":
        yield from view.found(
            "to.form", f"“{words}” viết sai.", "Ghi “Kính gửi:” với dấu hai chấm.", lines[0].start, lines[0].end
        )
    rest = lines[0].text[head.end() :].strip() if head else ""
    entries = _entries(lines[1:])
    if rest and len(entries) == 0:
        if ";" in rest.rstrip("; ."):
            yield from view.found(
                "to.form", "Nhiều nơi được kính gửi phải ghi mỗi nơi một dòng.",
                "Xuống dòng cho từng nơi: gạch đầu dòng, cuối dòng có dấu “;”, dòng cuối có dấu “.”.",
                lines[0].start, lines[-1].end,
            )  # fmt: skip
        return
    for k, group in enumerate(entries):
        last = k + 1 == len(entries)
        text, mark = " ".join(line.text for line in group).rstrip(), "." if last else ";"
        if len(entries) > 1 and not text.endswith(mark):
            yield from view.found(
                "to.form", f"Cuối dòng “{_short(text)}” phải là dấu “{mark}”.",
                f"Ghi “{_short(text.rstrip(' .;,'))}{mark}”.", group[0].start, group[-1].end,
            )  # fmt: skip


def _entries(lines: list[Line]) -> list[list[Line]]:
    """Group the lines under Kính gửi by addressee."""
    found: list[list[Line]] = []
    for line in lines:
        if line.text[:1] in DASHES or not found:
            found.append([line])
        else:
            found[-1].append(line)
    return found


def bases(view: View) -> list[Item]:
    """Return the căn cứ that open the body, each a paragraph of its own."""
    return _bases(view)[0]


def _bases(view: View) -> tuple[list[Item], bool]:
    """Return the căn cứ, and whether one more opens the first sentence of the text, so that the last is not the end."""
    found: list[Item] = []
    for item in view.body[:40]:
        base = _BASE.match(item.joined.fold) is not None and not item.label
        alone = not _DOES.search(item.joined.fold) and not item.text.rstrip().endswith(":")
        if base and alone:
            found.append(item)
        elif found or item.label:
            return (found, base) if found and folded(found[0].text).startswith("can cu") else ([], False)
    return (found, False) if found and folded(found[0].text).startswith("can cu") else ([], False)


def base_marks(view: View) -> Iterator[Finding]:
    """Yield bases that do not end as they must."""
    found, goes_on = _bases(view)
    for k, item in enumerate(found):
        last = k + 1 == len(found) and not goes_on
        mark = LAST_BASE_MARK if last else BASE_MARK
        text = item.text.rstrip()
        inside = _NEXT_BASE.search(view.document.text, item.start, item.end)
        if inside is not None and inside["mark"] == ";" and "\n" not in inside.group():
            yield from view.found(
                "base.mark", "Mỗi căn cứ ghi một dòng.", "Xuống dòng sau dấu “;”.", item.start, item.end
            )
        elif inside is not None and inside["mark"] != ";":
            yield from view.found(
                "base.mark", "Mỗi căn cứ kết thúc bằng dấu “;”.", "Thay dấu trước “Căn cứ” bằng “;”.",
                inside.start(), inside.start() + 1,
            )  # fmt: skip
        elif not text.endswith(mark):
            which = "Căn cứ cuối cùng kết thúc" if last else "Mỗi căn cứ kết thúc"
            yield from view.found(
                "base.mark", f"{which} bằng dấu “{mark}”.",
                f"Ghi “… {_tail(text)}{mark}”.", item.end - 1, item.end,
            )  # fmt: skip


def _tail(text: str) -> str:
    return " ".join(text.rstrip(" .;,:").split()[-4:])


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def end_mark(view: View) -> Iterator[Finding]:
    """Yield a body that does not end with "./.", and such marks before its end."""
    foot = [view.parts[key].start for key in ("recipients_head", "power", "signer") if key in view.parts]
    rows = [item for item in view.items if item.zone is Zone.BODY and item.start < min(foot, default=0)]
    if not rows or ("power" not in view.parts and "recipients_head" not in view.parts):
        return
    last = rows[-1]
    text = last.text.rstrip()
    for item in rows[:-1]:
        if item.text.rstrip().endswith(END_MARK) and not last.table:
            yield from view.found(
                "end.mark", "Dấu “./.” chỉ ghi ở cuối nội dung.", "Thay bằng dấu “.”.", item.end - 3, item.end
            )
    if last.table or "\t" in last.text or text.endswith((END_MARK, ". /.", "./")):
        return
    yield from view.found(
        "end.mark", "Cuối nội dung không có dấu “./.”.", f"Ghi “… {_tail(text)}{END_MARK}”.",
        max(last.start, last.end - 1), last.end,
    )  # fmt: skip


def order(view: View) -> Iterator[Finding]:
    """Yield points, numbers, articles and Roman parts that do not follow each other."""
    last: dict[tuple[str, tuple[str, ...]], int] = {}
    begun: dict[tuple[str, tuple[str, ...]], int] = {}
    for item in view.body:
        found = _rank(item.label)
        if found is None:
            continue
        kind, value = found
        # what is numbered under another heading begins anew; the heading's own label tells them apart
        key = (kind, () if kind in ("article", "roman") else item.path)
        before, since = last.get(key), begun.get(key, item.start - _NEAR)
        last[key], begun[key] = value, item.start
        if value == 1 or (before is None and kind != "point"):
            continue
        wanted = 1 if before is None else before + 1
        if value not in (wanted, before) and not _said(view, since, item.start, kind, wanted):
            yield from _out_of_order(view, item, kind, wanted)


#: The first of a list stands no further (characters) above the second where it was read as part of another paragraph.
_NEAR = 1500


def _said(view: View, start: int, end: int, kind: str, wanted: int) -> bool:
    """Tell whether the label that is missed stands inside of the text above."""
    label = re.escape(_label(kind, wanted)[:-1])
    return re.search(rf"(?<!\w){label}[.)]\s", view.document.text[max(0, start) : end]) is not None


def _label(kind: str, value: int) -> str:
    """Return a label as it is written."""
    if kind == "point":
        return f"{POINTS[value - 1]})" if value <= len(POINTS) else "…)"
    if kind == "roman":
        return f"{_as_roman(value)}."
    return f"Điều {value}." if kind == "article" else f"{value}."


def _out_of_order(view: View, item: Item, kind: str, wanted: int) -> Iterator[Finding]:
    rule = "order.points" if kind == "point" else "order.numbers"
    label = _label(kind, wanted)
    more = " Điểm theo thứ tự chữ cái tiếng Việt: a, b, c, d, đ, e, g." if kind == "point" else ""
    yield from view.found(
        rule, f"Mục “{item.label}” không đúng thứ tự, ở đây phải là “{label}”.{more}", f"Đánh lại thành “{label}”.",
        item.start, item.start + len(item.label),
    )  # fmt: skip


def _rank(label: str) -> tuple[str, int] | None:
    """Return the kind and the value of a label; letters that Vietnamese lists do not have count as none."""
    for kind, find in (("point", _POINT), ("number", _NUMBER), ("article", _ARTICLE), ("roman", _ROMAN)):
        match = find.fullmatch(label)
        if match is None:
            continue
        if kind == "point":
            return (kind, POINTS.index(match[1]) + 1) if match[1] in POINTS else (kind, len(POINTS) + 1)
        if kind == "roman":
            return kind, _value(match[1])
        return kind, int(match[1])
    return None


def _value(roman: str) -> int:
    values = [_ROMANS[c] for c in roman]
    return sum(-v if k + 1 < len(values) and v < values[k + 1] else v for k, v in enumerate(values))


def _as_roman(number: int) -> str:
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    out = ""
    for value, sign in signs:
        while number >= value:
            out, number = out + sign, number - value
    return out
