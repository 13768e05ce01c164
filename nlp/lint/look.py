"""Rules about letters and lines of each part: size, bold, italic, case, place on the line, rule, font, colour."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.layout30 import ELEMENTS, FONT, INK, SAME_FONTS, Align, Case, Element, Range
from corpus.typeset import POINTS_PER_MM, Look, Setting
from nlp.lint.finding import Finding
from nlp.lint.locate import Part
from nlp.lint.text import bases
from nlp.lint.view import View
from nlp.page.marks import is_upper
from nlp.page.structure import Item

#: Sizes are told to a quarter of a point; lengths that were measured or worked out are this share off at most.
_SIZE_SLACK, _RULE_SLACK = 0.3, 0.2
#: How far (points) the middles of lines in one column may be from each other.
_MIDDLE_SLACK = 9.0
#: Parts that are checked by their look as a whole, and those that stand in the middle of their column.
_WHOLE = (
    "nation", "motto", "parent", "issuer", "number", "place_date", "about", "type", "subject", "power", "signer",
    "recipients_head",
)  # fmt: skip
_CENTRED = (
    "nation", "motto", "parent", "issuer", "number", "place_date", "about", "type", "subject", "power", "signer",
)  # fmt: skip
#: In whose middle a part stands: that of another part of its column.
_BESIDE = {
    "motto": "nation", "place_date": "nation", "parent": "issuer", "number": "issuer", "about": "issuer",
    "signer": "power",
}  # fmt: skip
_RULED = ("motto", "issuer", "subject")
_LINK = re.compile(r"https?://|www\.|\S@\S|\.vn(?!\w)")


def parts(view: View) -> Iterator[Finding]:
    """Yield parts whose letters are not as they must be."""
    for key in _WHOLE:
        part = view.parts.get(key)
        if part is not None:
            yield from _letters(view, key, part)
            yield from _case(view, key, part)
    recipients = view.parts.get("recipients")
    if recipients is not None:
        yield from _list(view, recipients)
    to = view.parts.get("to")
    if to is not None:
        yield from _letters(view, "to", to)


def _letters(view: View, key: str, part: Part) -> Iterator[Finding]:
    row, look = ELEMENTS[key], view.look(part.start, part.end)
    if look is None:
        return
    if look.size is not None and not row.sizes.holds(look.size, _SIZE_SLACK):
        yield from view.at("set.size", part, f"{row.name} có cỡ chữ {look.size:g}.", f"Đặt cỡ chữ {row.sizes}.")
    yield from _style(view, row, part, look)


def _style(view: View, row: Element, part: Part, look: Look) -> Iterator[Finding]:
    for rule, has, must, word in (
        ("set.bold", look.bold, row.bold, "đậm"),
        ("set.italic", look.italic, row.italic, "nghiêng"),
    ):
        if has is not None and has != must:
            now, then = (f"không {word}", f"in {word}") if must else (f"in {word}", f"bỏ {word}")
            yield from view.at(rule, part, f"{row.name} {now}.", f"{then[:1].upper()}{then[1:]}: {_short(part.text)}")


def _short(text: str) -> str:
    return f"“{text}”." if len(text) <= 60 else f"“{text[:57]}…”."


def _case(view: View, key: str, part: Part) -> Iterator[Finding]:
    """Yield parts in the wrong case; Quốc hiệu, Tiêu ngữ, tên loại and the signer's name have rules of their own."""
    row = ELEMENTS[key]
    if key in ("nation", "motto", "type", "signer", "number", "power"):
        return
    upper = is_upper(part.text)
    if (row.case is Case.UPPER) != upper and sum(map(str.isalpha, part.text)) > 3:
        kind = "in hoa" if row.case is Case.UPPER else "in thường"
        yield from view.at("set.case", part, f"{row.name} phải {kind}.", f"Viết {kind} {row.name.lower()}.")


def _list(view: View, part: Part) -> Iterator[Finding]:
    """Yield a list of recipients in another size or style than it must have."""
    row = ELEMENTS["recipients"]
    sizes: Counter[float] = Counter()
    for setting in view.settings(part.start, part.end):
        for strip in setting.strips:
            if strip.look.size is not None and strip.start < part.end and part.start < strip.end:
                sizes[strip.look.size] += strip.end - strip.start
    look = view.look(part.start, part.end)
    size = sizes.most_common(1)[0][0] if sizes else None
    if size is not None and not row.sizes.holds(size, _SIZE_SLACK):
        yield from view.at("set.size", part, f"Danh sách nơi nhận có cỡ chữ {size:g}.", f"Đặt cỡ chữ {row.sizes}.")
    if look is not None:
        yield from _style(view, row, part, look)


def aligned(view: View) -> Iterator[Finding]:
    """Yield parts that do not stand in the middle of their column, and a body that is not justified."""
    for key in _CENTRED:
        part = view.parts.get(key)
        if part is None:
            continue
        row = ELEMENTS[key]
        settings = view.settings(part.start, part.end)
        forms = [s.form.align for s in settings if s.form is not None]
        off = bool(forms) and forms[0] not in row.align
        if off or (not forms and _off_middle(view, key, settings)):
            yield from view.at("set.align", part, f"{row.name} không canh giữa.", f"Canh giữa {row.name.lower()}.")
    telling = [item for item in text_items(view) if _tells(view, item)]
    ends = _line_ends(view, telling)
    ragged = [item for item in telling if _ragged(view, item, ends)]
    if len(ragged) * 3 > len(telling):
        yield from view.found(
            "set.align", "Nội dung không canh đều hai lề.", "Canh đều hai lề (Justify) cho nội dung.",
            ragged[0].start, ragged[0].end, len(ragged),
        )  # fmt: skip


def _off_middle(view: View, key: str, settings: list[Setting]) -> bool:
    """Tell whether measured lines are off the middle: of the text, or of the other lines of their column."""
    boxes = [s.box for s in settings if s.box is not None]
    anchor = _BESIDE.get(key)
    if not boxes:
        return False
    middle = sum((b.x0 + b.x1) / 2 for b in boxes) / len(boxes)
    if key in ("type", "subject"):
        paper = next((p for p in view.typeset.papers if p.page == settings[0].page), None)
        if paper is None or paper.left is None or paper.right is None:
            return False
        text = (paper.left + paper.width - paper.right) / 2 * POINTS_PER_MM
        return abs(middle - text) > 2 * _MIDDLE_SLACK
    other, part = view.parts.get(anchor or ""), view.parts.get(key)
    if other is None or part is None or view.side(other) is not view.side(part):
        return False
    near = [box for _, box in view.document.boxes(other.start, other.end)]  # its words alone: a line may have more
    return bool(near) and abs(middle - (near[-1].x0 + near[-1].x1) / 2) > _MIDDLE_SLACK


def text_items(view: View) -> list[Item]:
    """Return the paragraphs of the body that are text: no headings, no lines in the middle, no tables."""
    found = []
    for item in view.body:
        settings = view.settings(item.start, item.end)
        centred = any(s.form is not None and s.form.align in (Align.CENTRE, Align.RIGHT) for s in settings)
        tabled = any(s.table for s in settings)
        if settings and not centred and not tabled and not is_upper(item.text) and not _in_middle(view, settings):
            found.append(item)
    return found


def _in_middle(view: View, settings: list[Setting]) -> bool:
    """Tell whether a measured paragraph is one short line in the middle of the page."""
    box = settings[0].box
    paper = next((p for p in view.typeset.papers if p.page == settings[0].page), None)
    if len(settings) > 1 or box is None or paper is None or paper.left is None or paper.right is None:
        return False
    left, right = paper.left * POINTS_PER_MM, (paper.width - paper.right) * POINTS_PER_MM
    return box.x0 - left > 60 and abs((box.x0 - left) - (right - box.x1)) < 24


def _tells(view: View, item: Item) -> bool:
    """Tell whether a paragraph is long enough for its lines to be justified or not."""
    settings = view.settings(item.start, item.end)
    return item.end - item.start > _FULL_LINE if settings[0].form is not None else len(settings) > 1


def _line_ends(view: View, items: list[Item]) -> dict[int, float]:
    """Return for each page where its widest line of text ends, in points."""
    found: dict[int, float] = {}
    for item in items:
        for setting in view.settings(item.start, item.end):
            if setting.box is not None:
                found[setting.page] = max(found.get(setting.page, 0.0), setting.box.x1)
    return found


def _ragged(view: View, item: Item, ends: dict[int, float]) -> bool:
    """Tell whether a paragraph is not justified: it says so, or its full lines do not end together."""
    settings = view.settings(item.start, item.end)
    if settings[0].form is not None:
        return settings[0].form.align is not Align.JUSTIFIED
    return any(s.box is not None and ends[s.page] - s.box.x1 > _JUSTIFIED for s in settings[:-1])


#: Justified lines end within so many points of each other.
_JUSTIFIED = 4.0
#: A line of text has about so many characters: shorter paragraphs look alike justified or not.
_FULL_LINE = 95


def ruled(view: View) -> Iterator[Finding]:
    """Yield parts whose rule is missing, or too long or too short."""
    for key in _RULED:
        part = view.parts.get(key)
        row = ELEMENTS[key]
        settings = view.settings(part.start, part.end) if part is not None else []
        if part is None or not settings or row.rule is None or all(s.rule is None for s in settings):
            continue
        longest = max((s.length or 0.0) for s in settings)
        rule = max((s.rule or 0.0) for s in settings)
        if longest <= 0:
            continue
        share = rule / longest
        fit = Range(row.rule.least * (1 - _RULE_SLACK) - 0.02, row.rule.most * (1 + _RULE_SLACK) + 0.02)
        want = "dài bằng dòng chữ" if row.rule.least == 1 else "dài bằng 1/3 đến 1/2 dòng chữ"
        if not rule:
            yield from view.at("set.rule", part, f"Dưới {_low(row)} không có đường kẻ.", f"Kẻ đường nét liền, {want}.")
        elif not fit.holds(share):
            now = f"dài bằng {share:.0%} dòng chữ".replace(".", ",")
            yield from view.at("set.rule", part, f"Đường kẻ dưới {_low(row)} {now}.", f"Kẻ đường nét liền, {want}.")


def _low(row: Element) -> str:
    return row.name if row.name in ("Tiêu ngữ", "Quốc hiệu") else row.name[:1].lower() + row.name[1:]


def body_letters(view: View) -> Iterator[Finding]:
    """Yield text of the body in wrong sizes, bases that are not italic, other fonts, other colours."""
    sized: list[tuple[Item, float]] = []
    own = {item.start for item in bases(view)}
    upright = []
    for item in view.body:
        settings = view.settings(item.start, item.end)
        look = None if any(s.table for s in settings) else view.look(item.start, item.end)
        if look is None:
            continue
        if look.size is not None and not ELEMENTS["body"].sizes.holds(look.size, _SIZE_SLACK):
            sized.append((item, look.size))
        if item.start in own and look.italic is False:
            upright.append(item)
    if sized:
        first, size = sized[0]
        yield from view.found(
            "set.size", f"Nội dung có cỡ chữ {size:g}.", f"Đặt cỡ chữ {ELEMENTS['body'].sizes}.",
            first.start, first.end, len(sized),
        )  # fmt: skip
    if upright:
        yield from view.found(
            "set.italic", "Căn cứ không in nghiêng.", "In nghiêng các căn cứ.",
            upright[0].start, upright[0].end, len(upright),
        )  # fmt: skip
    yield from _fonts(view)
    yield from _colours(view)


def _bare(font: str) -> str:
    return re.sub(r"[^a-z]", "", font.lower())


_SAME = tuple(_bare(name) for name in (*SAME_FONTS, "Times-Roman", "Times"))
#: Fonts of signs (bullets, boxes to tick), which are no letters.
_SIGNS = ("symbol", "wingding", "webding", "opensymbol", "dejavu", "mtextra", "cambriamath", "segoeuisymbol")
#: Fewer letters in another font or colour are a sign or a mark.
_FEW = 8


def _fonts(view: View) -> Iterator[Finding]:
    counts: Counter[str] = Counter()
    first: dict[str, Setting] = {}
    for setting in view.typeset.settings:
        for strip in setting.strips:
            bare = _bare(strip.look.font)
            if bare and not bare.startswith((*_SAME, *_SIGNS)):
                counts[strip.look.font] += strip.end - strip.start
                first.setdefault(strip.look.font, setting)
    for font, letters in counts.items():
        if letters >= _FEW:
            where = first[font]
            yield from view.found(
                "set.font", f"Chữ dùng phông {font}.", f"Dùng phông {FONT} (Unicode).", where.start, where.end
            )


def _colours(view: View) -> Iterator[Finding]:
    where: Setting | None = None
    letters = count = 0
    for setting in view.typeset.settings:
        for strip in setting.strips:
            text = view.document.text[strip.start : strip.end]
            if _is_dark(strip.look.colour) or _LINK.search(text):
                continue
            letters, count = letters + len(text), count + 1
            where = where or setting
    if where is not None and letters >= _FEW:
        yield from view.found(
            "set.colour", "Có chữ không phải màu đen.", "Đổi chữ sang màu đen.", where.start, where.end, count
        )


def _is_dark(colour: str) -> bool:
    if colour in ("", INK) or not re.fullmatch("[0-9A-F]{6}", colour):
        return True
    return max(int(colour[k : k + 2], 16) for k in (0, 2, 4)) <= 0x40
