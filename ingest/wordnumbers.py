"""Automatic numbering of DOCX paragraphs ("1.", "a)", "Điều 3."), which Word draws but does not write into the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.wordfonts import Styles, W, part_xml, value_of

if TYPE_CHECKING:
    from docx.document import Document

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip

#: Nothing is numbered higher in words of letters ("aaa").
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    pattern: str
    restart: int | None
    plain_numbers: bool


class Numbering:
    """Counts the numbered paragraphs of a document as they are met, in order."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()
        self._restarts: dict[str, dict[int, int]] = {}
        root = part_xml(document, "numbering")
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        abstract = {node.get(f"{W}abstractNumId"): _levels(node) for node in root.iter(f"{W}abstractNum")}
        for node in root.iter(f"{W}num"):
            key, target = node.get(f"{W}numId"), value_of(node.find(f"{W}abstractNumId"))
            if key is None or target is None or target not in abstract:
                continue
            levels = dict(abstract[target])
            for override in node.iter(f"{W}lvlOverride"):
                at = _number(override.get(f"{W}ilvl"), 0)
                own = override.find(f"{W}lvl")
                if own is not None:
                    levels[at] = _level(own)
                start = value_of(override.find(f"{W}startOverride"))
                if start is not None:
                    self._restarts.setdefault(key, {})[at] = _number(start, 1)
            self._lists[key] = target, levels

    def label(self, paragraph: Any) -> str:
        """Return what Word draws before a paragraph, "" where it draws nothing, and count the paragraph."""
        key, at = self._of(paragraph)
        if key is None or key not in self._lists:
            return ""
        family, levels = self._lists[key]
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(family, {})
        if key not in self._started:
            self._started.add(key)
            for override, start in self._restarts.get(key, {}).items():
                counts[override] = start - 1
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [k for k in counts if k > at]:
            after = levels[deeper].restart if deeper in levels else None
            if after is None or (after and at < after):
                del counts[deeper]
        return _drawn(level, levels, counts)

    def _of(self, paragraph: Any) -> tuple[str | None, int]:
        """Return list and level of a paragraph, its own or its style's."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = value_of(paragraph.find(f"{W}pPr/{W}pStyle"))
        nodes = [own, *(one.find(f"{W}pPr/{W}numPr") for one in self._styles.chain(style))]
        found = [node for node in nodes if node is not None]
        keys = [key for node in found if (key := value_of(node.find(f"{W}numId"))) is not None]
        depths = [depth for node in found if (depth := value_of(node.find(f"{W}ilvl"))) is not None]
        if not keys or keys[0] == "0":
            return None, 0
        return keys[0], _number(depths[0] if depths else None, 0)


def _levels(node: Any) -> dict[int, _Level]:
    return {_number(level.get(f"{W}ilvl"), 0): _level(level) for level in node.iter(f"{W}lvl")}


def _level(node: Any) -> _Level:
    restart = value_of(node.find(f"{W}lvlRestart"))
    return _Level(
        start=_number(value_of(node.find(f"{W}start")), 0),
        form=value_of(node.find(f"{W}numFmt")) or "decimal",
        pattern=value_of(node.find(f"{W}lvlText")) or "",
        restart=None if restart is None else _number(restart, 0),
        plain_numbers=node.find(f"{W}isLgl") is not None,
    )


def _drawn(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    if level.form == "none":
        return ""
    if level.form == "bullet":
        # Bullets come from symbol fonts, most of them in the private use area.
        return "".join("•" if 0xE000 <= ord(c) <= 0xF8FF else c for c in level.pattern).strip()

    def number(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        of = levels.get(at)
        if of is None:
            return ""
        form = "decimal" if level.plain_numbers else of.form
        return _written(counts.get(at, of.start), form)

    return re.sub(r"%([1-9])", number, level.pattern).strip()


def _written(number: int, form: str) -> str:
    """Write a number as Word does in this form; forms that Vietnamese documents do not use come as digits."""
    if form in ("lowerLetter", "upperLetter") and 0 < number <= _MOST:
        times, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) * (times + 1)
        return text.upper() if form == "upperLetter" else text
    if form in ("lowerRoman", "upperRoman") and 0 < number <= _MOST:
        text = ""
        for value, sign in _ROMAN:
            text += sign * (number // value)
            number %= value
        return text.upper() if form == "upperRoman" else text
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _number(text: str | None, otherwise: int) -> int:
    """Return a number of the file; what is none, or absurd, counts as not given."""
    digits = text is not None and re.fullmatch(r"-?\d{1,6}", text)
    return int(text) if digits and text is not None else otherwise
