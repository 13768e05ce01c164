"""The rules (đường kẻ) under lines of a DOCX, however drawn: a shape, a border, a row of dashes, underlining."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.wordfonts import MC, W

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_TWIPS, _EMU = 20.0, 12_700.0
#: What is higher than this many points is a picture or a box, no rule.
_FLAT = 4.0
_DASHES = re.compile(r"[_―—─–-]{3,}")
#: A dash or low line as a share of its size.
_DASH = 0.5
_POINT = re.compile(r"(-?[\d.]+)(pt|in|cm|mm)?,(-?[\d.]+)(pt|in|cm|mm)?")
_UNITS = {"": 1.0, "pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4}
_WIDTH = re.compile(r"(?:^|;)\s*width:([\d.]+)(pt|in|cm|mm)")
_HEIGHT = re.compile(r"(?:^|;)\s*height:([\d.]+)(pt|in|cm|mm)?")


def rule_under(paragraph: Any, width: float, length: float) -> float:
    """Return the length in points of the rule under the last line of a paragraph, 0.0 for none.

    ``width`` is that of the column or cell it stands in, ``length`` that of its last line. Paragraphs without text
    under it belong to it.
    """
    found = max([*_drawn(paragraph), _border(paragraph, "bottom", width), _underlined(paragraph, length)], default=0.0)
    for after in _empty_after(paragraph):
        if found:
            break
        dashes = _text(after).strip()
        lengths = [*_drawn(after), _border(after, "bottom", width), _border(after, "top", width)]
        found = max([*lengths, len(dashes) * _size(after) * _DASH])
    if not found:
        beneath = next(_following(paragraph), None)
        found = _border(beneath, "top", width) if beneath is not None else 0.0
    return found


def _text(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{W}t"))


def _following(paragraph: Any) -> Iterator[Any]:
    node = paragraph.getnext()
    while node is not None and node.tag == f"{W}p":
        yield node
        node = node.getnext()


def _empty_after(paragraph: Any) -> Iterator[Any]:
    """Yield the paragraphs right below that have no text of their own, or only dashes."""
    for node in _following(paragraph):
        text = _text(node).strip()
        if text and not _DASHES.fullmatch(text):
            return
        yield node
        if text:
            return


def _drawn(paragraph: Any) -> Iterator[float]:
    """Yield the lengths of level lines that hang on a paragraph as shapes."""
    for node in paragraph.iter(f"{_WP}extent"):
        wide, high = _number(node.get("cx")) / _EMU, _number(node.get("cy")) / _EMU
        if high <= _FLAT < wide:
            yield wide
    for node in paragraph.iter(f"{_V}line", f"{_V}shape", f"{_V}rect"):
        if any(parent.tag == f"{MC}Fallback" for parent in node.iterancestors()):
            continue
        ends = [_POINT.fullmatch((node.get(name) or "").replace(" ", "")) for name in ("from", "to")]
        if ends[0] is not None and ends[1] is not None:
            (ax, ay), (bx, by) = _point(ends[0]), _point(ends[1])
            if abs(ay - by) <= _FLAT < abs(bx - ax):
                yield abs(bx - ax)
            continue
        style = node.get("style") or ""
        wide_is, high_is = _WIDTH.search(style), _HEIGHT.search(style)
        if wide_is and high_is and float(high_is[1]) * _UNITS[high_is[2] or ""] <= _FLAT:
            yield float(wide_is[1]) * _UNITS[wide_is[2]]


def _point(match: re.Match[str]) -> tuple[float, float]:
    return float(match[1]) * _UNITS[match[2] or ""], float(match[3]) * _UNITS[match[4] or ""]


def _border(paragraph: Any, which: str, width: float) -> float:
    """Return the length of a border above or below a paragraph: its column without its indents."""
    border = paragraph.find(f"{W}pPr/{W}pBdr/{W}{which}")
    if border is None or border.get(f"{W}val") in (None, "nil", "none"):
        return 0.0
    indent = paragraph.find(f"{W}pPr/{W}ind")
    inside = 0.0
    for names in (("left", "start"), ("right", "end")):
        given = None if indent is None else next((v for n in names if (v := indent.get(f"{W}{n}"))), None)
        inside += _number(given) / _TWIPS
    return max(0.0, width - inside)


def _underlined(paragraph: Any, length: float) -> float:
    """Return the length of a paragraph whose letters are all underlined."""
    runs = [run for run in paragraph.iter(f"{W}r") if "".join(t.text or "" for t in run.iter(f"{W}t")).strip()]
    lines = [run.find(f"{W}rPr/{W}u") for run in runs]
    whole = bool(runs) and all(u is not None and u.get(f"{W}val") not in ("none", None) for u in lines)
    return length if whole else 0.0


def _size(paragraph: Any) -> float:
    node = paragraph.find(f".//{W}rPr/{W}sz")
    return _number(node.get(f"{W}val")) / 2 if node is not None else 13.0


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
