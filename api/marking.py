"""Cutting a long passage down to where the words of the question stand, with those words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage; ``marked`` where it answers to words of the question."""

    text: str
    marked: bool = False


def pieces(text: str, spans: Sequence[tuple[int, int]], length: int) -> list[Piece]:
    """Return at most about ``length`` characters of ``text`` in pieces, the ``spans`` (offsets, in order) marked.

    A longer text is cut around the place where most marked characters stand; "…" shows where.
    """
    start, end = _window(text, spans, length)
    out = [Piece("… ")] if start else []
    out += _pieces(text, [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start], start, end)
    if end < len(text):
        out.append(Piece(" …"))
    return out


def _pieces(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    at = start
    for a, b in spans:
        if a > at:
            yield Piece(text[at:a])
        yield Piece(text[a:b], True)
        at = b
    if at < end:
        yield Piece(text[at:end])


def _window(text: str, spans: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    start = 0
    if spans:
        best = max((a for a, _ in spans), key=lambda at: sum(b - a for a, b in spans if at <= a and b <= at + length))
        start = max(0, min(best - length // 8, len(text) - length))
    if start:
        start = text.find(" ", start, start + 40) + 1 or start
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    return start, end
