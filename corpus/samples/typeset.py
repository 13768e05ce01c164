"""Setting text into lines: inline marks, line breaks as a word processor makes them, justification."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.samples.fonts import register

_MARKUP = re.compile(r"(\*\*|__|\[\^\w+\])")
#: A line may break after a hyphen inside a token, as in Word: "NĐ-⏎CP", "2022-⏎2023".
_HYPHEN = re.compile(r"(?<=\w-)(?=\w)")


@dataclass(frozen=True)
class Run:
    """Text of one style; ``note`` marks a superscript footnote number."""

    text: str
    style: str
    size: float
    note: str = ""

    @property
    def width(self) -> float:
        """Advance width in points."""
        return string_width(self.text, self.style, self.size)


@dataclass(frozen=True)
class Atom:
    """Runs that no line break may part; ``space`` tells whether a blank follows (else a hyphen break)."""

    runs: tuple[Run, ...]
    space: bool

    @property
    def width(self) -> float:
        """Advance width in points without the blank."""
        return sum(run.width for run in self.runs)


@dataclass(frozen=True)
class Piece:
    """A stretch of text on one baseline: where it begins, its runs, extra width for every blank."""

    x: float
    runs: tuple[Run, ...]
    word_space: float = 0.0

    @property
    def text(self) -> str:
        """The characters as read."""
        return "".join(run.text for run in self.runs)

    @property
    def notes(self) -> list[str]:
        """The footnotes that are marked here."""
        return [run.note for run in self.runs if run.note]


@dataclass(frozen=True)
class Row:
    """A set line before it has a place on a page. ``glued``: the next line goes on inside the same token."""

    piece: Piece
    glued: bool


def string_width(text: str, style: str, size: float) -> float:
    """Return the advance width of ``text`` in points."""
    from reportlab.pdfbase import pdfmetrics

    return float(pdfmetrics.stringWidth(text, register()[style], size))


def parse(text: str, style: str, size: float) -> list[Run]:
    """Split inline markup (``**bold**``, ``__italic__``, ``[^1]``) into runs."""
    bold, italic = style.startswith("bold"), style.endswith("italic")
    runs: list[Run] = []
    for part in _MARKUP.split(" ".join(text.split())):
        if part == "**":
            bold = not bold
        elif part == "__":
            italic = not italic
        elif part.startswith("[^"):
            runs.append(Run(part[2:-1], "regular", size * 0.62, note=part[2:-1]))
        elif part:
            runs.append(Run(part, _style(bold, italic), size))
    return runs


def _style(bold: bool, italic: bool) -> str:
    return ("bold" if bold else "") + ("italic" if italic else "") or "regular"


def atoms(runs: list[Run]) -> list[Atom]:
    """Cut runs into what stays together on a line."""
    out: list[Atom] = []
    open_runs: list[Run] = []
    for run in runs:
        if run.note:
            open_runs.append(run)
            continue
        for part in re.findall(r" |[^ ]+", run.text):
            if part == " ":
                if open_runs:
                    out.append(Atom(tuple(open_runs), True))
                open_runs = []
                continue
            pieces = _HYPHEN.split(part)
            for k, piece in enumerate(pieces):
                open_runs.append(Run(piece, run.style, run.size))
                if k + 1 < len(pieces):
                    out.append(Atom(tuple(open_runs), False))
                    open_runs = []
    if open_runs:
        out.append(Atom(tuple(open_runs), True))
    return out


def wrap(
    text: str, style: str, size: float, x: float, width: float, *, indent: float = 0.0, align: str = "justify"
) -> list[Row]:
    """Set ``text`` into lines between ``x`` and ``x + width``.

    ``indent`` moves the first line (negative: a hanging indent); ``align`` is justify, left, right or center.
    """
    lines: list[list[Atom]] = [[]]
    used = indent
    for atom in atoms(parse(text, style, size)):
        current = lines[-1]
        gap = _blank(current[-1]) if current and current[-1].space else 0.0
        if current and used + gap + atom.width > width + 0.01:
            lines.append([atom])
            used = atom.width
        else:
            current.append(atom)
            used += gap + atom.width
    out = []
    for k, line in enumerate(lines):
        shift = indent if k == 0 else 0.0
        last = k == len(lines) - 1
        out.append(_row(line, x + shift, width - shift, "left" if last and align == "justify" else align, last))
    return out


def _blank(atom: Atom) -> float:
    run = atom.runs[-1] if not atom.runs[-1].note else atom.runs[0]
    return string_width(" ", run.style, run.size)


def _row(line: list[Atom], x: float, width: float, align: str, last: bool) -> Row:
    runs: list[Run] = []
    for k, atom in enumerate(line):
        runs.extend(atom.runs)
        if atom.space and k + 1 < len(line):
            base = next((r for r in reversed(atom.runs) if not r.note), atom.runs[-1])
            runs.append(Run(" ", base.style, base.size))
    merged: list[Run] = []
    for run in runs:
        if (
            merged
            and not run.note
            and not merged[-1].note
            and (merged[-1].style, merged[-1].size) == (run.style, run.size)
        ):
            merged[-1] = Run(merged[-1].text + run.text, run.style, run.size)
        else:
            merged.append(run)
    natural = sum(run.width for run in merged)
    blanks = sum(run.text.count(" ") for run in merged)
    space = (width - natural) / blanks if align == "justify" and blanks else 0.0
    start = {"center": x + (width - natural) / 2, "right": x + width - natural}.get(align, x)
    return Row(Piece(start, tuple(merged), space), glued=not line[-1].space and not last)
