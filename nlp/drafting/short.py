"""Abbreviations: written out at their first use in the draft, and introduced once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from nlp.drafting.draft import Act, Change, Kind, Paragraph, Run
from nlp.words.folding import folded
from nlp.words.vocabulary import table

#: So many characters before the bracket are looked at; others may stand between ("cán bộ quản lý giáo dục (CBQL)").
_BACK, _FURTHER = 120, 6
_INTRODUCED = re.compile(r"\s?\((?P<short>[A-ZĐ][A-ZĐa-z]{0,2}[A-ZĐ]{1,6}(?:-[A-ZĐ]{2,6})?)\)")


def introduced(texts: Iterable[str]) -> dict[str, str]:
    """Return abbreviations that texts introduce ("chuyển đổi số (CĐS)") with what they mean, and the common ones."""
    found: dict[str, str] = dict(table("drafting")["short"]["names"])
    for text in texts:
        for match in _INTRODUCED.finditer(text):
            letters = folded(match["short"])
            words = list(re.finditer(r"[^\W\d_]+", text[max(0, match.start() - _BACK) : match.start()]))
            shift = max(0, match.start() - _BACK)
            for end in range(len(words), max(len(letters), len(words) - _FURTHER) - 1, -1):
                span = words[end - len(letters) : end]
                if [folded(word[0][0]) for word in span] == list(letters):
                    found.setdefault(match["short"], text[shift + span[0].start() : shift + span[-1].end()])
                    break
    return {short: " ".join(long.split()) for short, long in found.items()}


def written_out(body: Iterable[Paragraph], known: dict[str, str]) -> list[Paragraph]:
    """Return the paragraphs with every known abbreviation written out where it is first used, headings apart."""
    seen: set[str] = set()
    return [p if p.kind is Kind.ROMAN else _paragraph(p, known, seen) for p in body]


def _paragraph(paragraph: Paragraph, known: dict[str, str], seen: set[str]) -> Paragraph:
    changes: list[Change] = []
    runs = tuple(run if run.gap is not None else Run(_text(run.text, known, seen, changes)) for run in paragraph.runs)
    return replace(paragraph, runs=runs, changes=(*paragraph.changes, *changes))


def _text(text: str, known: dict[str, str], seen: set[str], changes: list[Change]) -> str:
    for short in sorted(known, key=len, reverse=True):
        use = re.compile(rf"(?<![\w/&-]){re.escape(short)}(?![\w/&-])")
        bracket = re.compile(rf"\s?\({re.escape(short)}\)")
        first = bracket.search(text)
        if short in seen:
            text = bracket.sub("", text)
            continue
        match = use.search(text)
        if match is None:
            continue
        inside = text.count("(", 0, match.start()) > text.count(")", 0, match.start())
        if inside and (first is None or first.start() > match.start()):
            # a bracket in a bracket reads badly: the name alone, the short form is introduced later
            text = use.sub(known[short], text)
            changes.append(Change(Act.SHORT, short, known[short], "viết đủ"))
            continue
        seen.add(short)
        if first is not None and first.start() < match.start():
            head, tail = text[: first.end()], text[first.end() :]
            text = head + bracket.sub("", tail)
            continue
        long = known[short]
        new = f"{long[:1].upper() + long[1:] if match.start() == 0 else long} ({short})"
        changes.append(Change(Act.SHORT, short, new, "viết đủ ở lần dùng đầu"))
        tail = bracket.sub("", text[match.end() :])
        text = text[: match.start()] + new + tail
    return text
