"""Phrases of offices that the language model reads otherwise: "môi trường THPT cử" for "mỗi trường THPT cử".

The model has learned law, which says "môi trường", "cấp tính", "giữ" oftener. Where what stands beside a word leaves
it but one meaning in a directive, ``tables/phrases.toml`` says what is printed. Only words of broken text are read
otherwise: numbers of documents and clean text stay.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from ingest.restore.decoder import Found

#: How sure such a reading is at least, and how many characters of its neighbours are looked at.
_SURE, _NEAR = 0.85, 48
#: Stands before a word of the table that is looked up by what the OCR wrote.
_WRITTEN = "="


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word that is ``printed`` between what its neighbours are ("" as the OCR wrote it); see the table. ``source`` is
    what the OCR wrote in the example, where it is not what is read there."""

    words: tuple[str, ...]
    printed: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    unless: re.Pattern[str] | None
    unless_after: re.Pattern[str] | None
    seen: re.Pattern[str] | None
    example: tuple[str, str]
    source: str | None = None

    def fits(self, before: str, after: str, source: str) -> bool:
        """Tell whether a word stands in the phrase; ``source`` is what the OCR wrote for it."""
        if self.seen is not None and self.seen.fullmatch(source) is None:
            return False
        if self.before.search(before) is None or self.after.match(after) is None:
            return False
        if self.unless is not None and self.unless.search(before) is not None:
            return False
        return self.unless_after is None or self.unless_after.match(after) is None


@lru_cache(maxsize=1)
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """Return the table by word as read, with ``_WRITTEN`` before it by word as the OCR wrote it."""
    text = resources.files("ingest.restore").joinpath("tables", "phrases.toml").read_text("utf-8")
    found: dict[str, list[Phrase]] = defaultdict(list)
    for row in tomllib.loads(text)["phrase"]:
        phrase = Phrase(
            (*row.get("words", ()), *(_WRITTEN + word for word in row.get("written", ()))),
            row.get("printed", ""),
            re.compile(rf"(?<!\w){row['before']}\s*$" if "before" in row else ""),
            re.compile(rf"[^\S\n]*(?:{row['after']})" if "after" in row else ""),
            re.compile(rf"(?<!\w)(?:{row['unless']})\s*$") if "unless" in row else None,
            re.compile(rf"\s*(?:{row['unless_after']})") if "unless_after" in row else None,
            re.compile(row["seen"], re.IGNORECASE) if "seen" in row else None,
            (row["example"][0], row["example"][1]),
            row.get("source"),
        )
        for word in phrase.words:
            found[word].append(phrase)
    return {word: tuple(rows) for word, rows in found.items()}


def phrased(found: Sequence[Found], lines: Sequence[str]) -> list[Found]:
    """Return the readings, in order, with those put right whose phrase leaves them one meaning."""
    table = phrases()
    out = list(found)
    for k, item in enumerate(found):
        small = item.text.lower()
        source = lines[item.line][item.start : item.end]
        rows = (*table.get(item.text, ()), *(table.get(small, ()) if small != item.text else ()))
        rows = (*table.get(_WRITTEN + source, ()), *rows)
        if not rows or item.rule != "restored":
            continue
        before, after = _beside(found, lines, k)
        for phrase in rows:
            if phrase.fits(before, after, source):
                written = _WRITTEN + source in phrase.words
                text = phrase.printed or source if written else _cased(phrase.printed, item.text)
                others = (item.text, *(other for other in item.alternatives if other != text))
                out[k] = item._replace(text=text, confidence=max(item.confidence, _SURE), alternatives=others)
                break
    return out


def _beside(found: Sequence[Found], lines: Sequence[str], k: int) -> tuple[str, str]:
    """Return the restored text before and behind a reading, a new line for a line's end."""
    before, at = "", k - 1
    line, place = found[k].line, found[k].start
    while len(before) < _NEAR and at >= 0 and found[at].line >= line - 1:
        item = found[at]
        gap = lines[line][:place] if item.line != line else lines[line][item.end : place]
        joint = lines[item.line][item.end :] + "\n" if item.line != line else ""
        before = item.text + joint + gap + before
        line, place, at = item.line, item.start, at - 1
    after, at = "", k + 1
    line, place = found[k].line, found[k].end
    while len(after) < _NEAR and at < len(found) and found[at].line <= line + 1:
        item = found[at]
        if item.line == line:
            after += lines[line][place : item.start] + item.text
        else:
            after += lines[line][place:] + "\n" + lines[item.line][: item.start] + item.text
        line, place, at = item.line, item.end, at + 1
    return before, after if at < len(found) and found[at].line <= line + 1 else after + lines[line][place:] + "\n"


def _cased(printed: str, read: str) -> str:
    if read.isupper() and sum(c.isalpha() for c in read) > 1:
        return printed.upper()
    return printed[0].upper() + printed[1:] if read[:1].isupper() else printed
