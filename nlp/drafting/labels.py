"""Numbers before items after some were left out: I., 1., 1.1., a) … go on without a hole, points by the alphabet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.layout30 import POINTS

_STYLES = (
    ("roman", re.compile(r"^[IVXLC]+(?P<end>[.)/-]?)$")),
    ("letter", re.compile(r"^[A-EĐ](?P<end>\.)$")),
    ("many", re.compile(r"^\d{1,2}(?:\.\d{1,2})+(?P<end>\.?\)?)$")),
    ("number", re.compile(r"^\d{1,2}(?P<end>[.)/])$")),
    ("point", re.compile(r"^[a-zđ](?P<end>\)|\.)$")),
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in the source: its label and the headings above it."""

    label: str
    path: tuple[str, ...]


def style_of(label: str) -> str:
    """Return the style of a label: roman, letter, many ("1.1."), number, point; "" for a dash or none."""
    return next((name for name, find in _STYLES if find.match(label)), "")


def renumbered(places: Sequence[Place]) -> list[str]:
    """Return the labels of the kept paragraphs, counted anew within their parents; capital letters become Roman ones
    where the source has no Roman ones."""
    counters: dict[tuple[tuple[str, ...], str], int] = {}
    romans = any(style_of(place.label) == "roman" for place in places)
    above = ""
    found: list[str] = []
    for place in places:
        style = style_of(place.label)
        if not style:
            found.append("-" if place.label in ("–", "-", "*", "•", "·", "▪") else place.label)
            continue
        key = (place.path, style)
        counters[key] = counters.get(key, 0) + 1
        label = _label(style, counters[key], above, romans, place.label)
        above = label.rstrip(".") if style == "number" else above
        found.append(label)
    return found


def _label(style: str, count: int, above: str, romans: bool, label: str) -> str:
    if style == "roman" or (style == "letter" and not romans):
        return f"{roman(count)}."
    if style == "letter":
        return label
    if style == "number":
        return f"{count}."
    if style == "many":
        return f"{above or label.split('.')[0]}.{count}." if label.count(".") <= 2 else label
    return f"{POINTS[count - 1]})" if count <= len(POINTS) else label


def roman(count: int) -> str:
    """Return a Roman numeral."""
    return _ROMAN[count - 1] if count <= len(_ROMAN) else str(count)
