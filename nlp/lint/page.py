"""Rules about paper and paragraphs: size, margins, page numbers, indents, spaces between paragraphs and lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from corpus.layout30 import (
    ELEMENTS,
    FIRST_NUMBERED_PAGE,
    INDENTS,
    LINE_SPACING,
    PARAGRAPH_GAP,
    SHEET,
    Align,
    Range,
)
from corpus.typeset import POINTS_PER_MM, PageNumber, Paper, Setting
from nlp.lint.finding import Finding
from nlp.lint.look import text_items
from nlp.lint.view import View
from nlp.page.structure import Item

#: How far (millimetres) a sheet, a margin or an indent may be off: what a file says, and what is measured.
_SAID, _MEASURED = 0.6, 2.5
_PAPER_SLACK = 2.0
#: Height of a line set single in Times New Roman, in sizes of the letters.
_SINGLE = 1.15
#: Spaces between paragraphs are measured to this (points), spacing of lines to this (lines).
_GAP_SLACK, _SPACING_SLACK = 2.0, 0.06
#: A DOCX with so many characters has more than one page.
_ONE_PAGE = 4200
_SIDES = (("top", "trên"), ("bottom", "dưới"), ("left", "trái"), ("right", "phải"))


def paper(view: View) -> Iterator[Finding]:
    """Yield paper that is not A4, and margins out of their ranges."""
    for sheet in view.typeset.papers:
        sides = sorted((sheet.width, sheet.height))
        if abs(sides[0] - SHEET.width) > _PAPER_SLACK or abs(sides[1] - SHEET.height) > _PAPER_SLACK:
            yield from view.found(
                "page.size", f"Khổ giấy là {sheet.width:.0f} x {sheet.height:.0f} mm.", "Đặt khổ A4 (210 x 297 mm)."
            )
            return
    if view.typeset.measured:
        yield from _measured_margins(view)
        return
    for sheet in view.typeset.papers[:1]:
        for name, word in _SIDES:
            value, fit = getattr(sheet, name), getattr(SHEET, name)
            if value is not None and not fit.holds(value, _SAID):
                yield from _margin(view, word, value, fit)


def _margin(view: View, word: str, value: float, fit: Range) -> Iterator[Finding]:
    yield from view.found("page.margins", f"Lề {word} là {value:.0f} mm.", f"Đặt lề {word} {fit} mm.")


def _measured_margins(view: View) -> Iterator[Finding]:
    """Yield margins that the lines of pages leave; top and bottom can only be seen to be too small."""
    upright = [sheet for sheet in view.typeset.papers if sheet.width < sheet.height]
    for name, word in _SIDES:
        values = [value for sheet in upright if (value := getattr(sheet, name)) is not None]
        if not values:
            continue
        fit = getattr(SHEET, name)
        value = min(values) if name in ("top", "bottom") else median(values)
        low = value < fit.least - _MEASURED
        if low or (value > fit.most + _MEASURED and name in ("left", "right", "top")):
            yield from _margin(view, word, value, fit)


def numbers(view: View) -> Iterator[Finding]:
    """Yield page numbers that are missing, shown on page 1, at the wrong place or in the wrong size."""
    shown = view.typeset.numbers
    first = [n for n in shown if n.page < FIRST_NUMBERED_PAGE]
    later = [n for n in shown if n.page >= FIRST_NUMBERED_PAGE]
    if not view.typeset.papers or (view.typeset.measured and 1 in view.typeset.blind):
        return
    if first:
        yield from view.found("page.number", "Trang 1 hiện số trang.", "Bỏ số ở trang thứ nhất (Different First Page).")
    if not later:
        if _has_more(view):
            yield from view.found(
                "page.number", "Văn bản không đánh số trang.", "Đánh số trang từ trang 2, giữa lề trên, cỡ 13-14."
            )
        return
    yield from _place(view, later[0])


def _has_more(view: View) -> bool:
    """Tell whether the document has a page 2: counted, or by its length."""
    if view.typeset.pages is not None:
        return len(view.typeset.papers) > 1
    return len(view.document.pages) > 1 or len(view.document.text) > _ONE_PAGE


def _place(view: View, number: PageNumber) -> Iterator[Finding]:
    if not number.top or number.align is not Align.CENTRE:
        yield from view.found(
            "page.number", "Số trang không đặt ở giữa lề trên.", "Chuyển số trang lên giữa lề trên (Header, canh giữa)."
        )
    sizes = ELEMENTS["page_number"].sizes
    if number.size is not None and not sizes.holds(number.size, 0.3):
        yield from view.found("page.number", f"Số trang có cỡ chữ {number.size:g}.", f"Đặt cỡ chữ {sizes}.")


def indents(view: View) -> Iterator[Finding]:
    """Yield paragraphs of the body that do not begin 1 cm or 1,27 cm in."""
    items = [item for item in text_items(view) if _first_line(view, item) is not None]
    slack = _MEASURED / 2 if view.typeset.measured else _SAID
    wrong = [
        (item, value)
        for item in items
        if (value := _first_line(view, item)) is not None and min(abs(value - fit) for fit in INDENTS) > slack
    ]
    if wrong and (len(wrong) * 4 > len(items) or (not view.typeset.measured and len(wrong) > 1)):
        item, value = wrong[0]
        yield from view.found(
            "set.indent", f"Đầu đoạn lùi vào {max(0.0, value) / 10:.1f} cm.".replace(".", ",", 1),
            "Đặt lùi đầu dòng (First line) 1 cm hoặc 1,27 cm.", item.start, item.end, len(wrong),
        )  # fmt: skip


def _first_line(view: View, item: Item) -> float | None:
    """Return where the first line of a paragraph begins, in millimetres from the margin; None where unknown."""
    settings = view.settings(item.start, item.end)
    first = settings[0]
    if first.form is not None:
        return first.form.left + first.form.indent
    sheet = _sheet(view, first)
    if sheet is None or sheet.left is None or first.box is None or len(settings) < 2:
        return None
    return first.box.x0 / POINTS_PER_MM - sheet.left


def _sheet(view: View, setting: Setting) -> Paper | None:
    return next((p for p in view.typeset.papers if p.page == setting.page), None)


def gaps(view: View) -> Iterator[Finding]:
    """Yield paragraphs of the body that stand too near to the one above."""
    rows = text_items(view)
    pitch = _pitch(view, rows)
    wrong, counted = [], 0
    for above, below in pairwise(rows):
        gap = _gap(view, above, below, pitch)
        if gap is None:
            continue
        counted += 1
        if gap < PARAGRAPH_GAP - (_GAP_SLACK if view.typeset.measured else 0.1):
            wrong.append((below, gap))
    if len(wrong) * 4 > counted:
        item, gap = wrong[0]
        yield from view.found(
            "set.gap", f"Các đoạn của nội dung cách nhau {max(0.0, gap):.0f} pt.", "Đặt khoảng cách đoạn từ 6 pt.",
            item.start, item.end, len(wrong),
        )  # fmt: skip


def _gap(view: View, above: Item, below: Item, pitch: float | None) -> float | None:
    """Return the space between neighbours in points; None where they are none or it cannot be told."""
    if any(above.end <= item.start < below.start for item in view.items):
        return None
    last, first = view.settings(above.start, above.end)[-1], view.settings(below.start, below.end)[0]
    if last.form is not None and first.form is not None:
        return max(last.form.after, first.form.before)
    if last.box is None or first.box is None or last.page != first.page or pitch is None:
        return None
    return first.box.y1 - last.box.y1 - pitch


def _pitch(view: View, rows: list[Item]) -> float | None:
    """Return how far (points) the lines of a paragraph are apart."""
    steps = []
    for item in rows:
        for above, below in pairwise(view.settings(item.start, item.end)):
            if above.box is not None and below.box is not None and above.page == below.page:
                steps.append(below.box.y1 - above.box.y1)
    steps = [step for step in steps if step > 4]
    return median(steps) if len(steps) >= 3 else None


def spacing(view: View) -> Iterator[Finding]:
    """Yield a body whose lines are too far apart or too near."""
    rows = text_items(view)
    wrong, counted = [], 0
    if view.typeset.measured:
        pitch = _pitch(view, rows)
        looks = [look for item in rows if (look := view.look(item.start, item.end)) and look.size]
        if pitch is None or not looks:
            return
        lines = pitch / (_SINGLE * median(look.size or 0 for look in looks))
        if not LINE_SPACING.holds(lines, _SPACING_SLACK):
            yield from _spaced(view, rows[0], lines, len(rows))
        return
    for item in rows:
        form, look = view.settings(item.start, item.end)[0].form, view.look(item.start, item.end)
        if form is None:
            continue
        size = (look.size if look else None) or 14.0
        lines = form.spacing if form.spacing is not None else (form.exact or 0.0) / (_SINGLE * size)
        counted += 1
        if not LINE_SPACING.holds(lines, _SPACING_SLACK):
            wrong.append((item, lines))
    if wrong and len(wrong) * 4 > counted:
        yield from _spaced(view, *wrong[0], len(wrong))


def _spaced(view: View, item: Item, lines: float, count: int) -> Iterator[Finding]:
    shown = f"{lines:.1f}".replace(".", ",")
    yield from view.found(
        "set.spacing", f"Các dòng cách nhau {shown} dòng.", "Đặt khoảng cách dòng từ đơn (Single) đến 1,5 lines.",
        item.start, item.end, count,
    )  # fmt: skip
