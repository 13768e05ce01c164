"""E-mail addresses whose "@" an OCR read as another mark, or not at all: underlined, it is no letter that it knows.

"email: phongvp(hailam.edu.vn", "vanphong()gmail.com". Where nothing is left of the "@" only a host that many use, or
that bears the name of a province, tells where it stood. Nothing is mended without a word for mail before it, nor in
the address of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.places import province_names
from ingest.restore.decoder import Found

#: What stands before an address, on its line or the one above.
_MAIL = re.compile(r"(?i)(?<!\w)(?:e\s?-?\s?mail|gmail|mail|thư điện tử|hộp thư)(?!\w)")
_WITHIN = 60
_TOP_LEVEL = r"(?:(?:edu|gov|com|org)\.vn|vn|com|net|org)"
#: What was made of the "@" between a name and its host.
_MISREAD = re.compile(
    rf"(?<![\w.@/])(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{{1,40}}?)(?P<at>\((?:\)|a\)|[aQOÒ02@](?=[a-z]))?|\)|[©®€¢]|Ò)"
    rf"(?P<host>(?:[a-z0-9-]{{2,30}}\.){{1,3}}{_TOP_LEVEL}(?![\w-]|\.\w))"
)
_LOST = re.compile(rf"(?<![\w.@/])(?P<name>[A-Za-z0-9._-]{{6,60}}?)\.{_TOP_LEVEL}(?![\w-]|\.\w)")
_PAGE = re.compile(r"(?i)(?:https?|www)\b")
#: So many letters a mailbox has at least.
_SHORTEST = 2
_COMMON = ("gmail", "yahoo", "hotmail", "outlook", "moet")


def addresses(lines: list[str]) -> Iterator[Found]:
    """Yield the addresses of lines that are to be read otherwise."""
    for number, line in enumerate(lines):
        if "." not in line:
            continue
        before = lines[number - 1] if number else ""
        for match in _MISREAD.finditer(line):
            if _is_mail(before, line, match.start()):
                yield Found(number, *match.span("at"), "@", 0.8, (match["at"],), "number")
        for match in _LOST.finditer(line):
            at = match.end("name") - len(_host(match["name"]))
            if at < match.end("name") and _is_mail(before, line, match.start()):
                yield Found(number, at - 1, at, f"{line[at - 1]}@", 0.8, (line[at - 1],), "number")


def _host(label: str) -> str:
    """Return the host that many use, or of a province, with which a label ends behind a name; nothing where none."""
    ends = (host for host in _hosts() if label.endswith(host) and len(label) - len(host) >= _SHORTEST)
    best = max(ends, key=len, default="")
    return best if best and label[-len(best) - 1].isalnum() else ""


def _is_mail(before: str, line: str, at: int) -> bool:
    """Tell whether a word for mail leads to what stands at ``at``."""
    lead = f"{before} {line[:at]}"[-_WITHIN:]
    return _MAIL.search(lead) is not None and _PAGE.search(lead.split()[-1] if lead.split() else "") is None


@lru_cache(maxsize=1)
def _hosts() -> frozenset[str]:
    return frozenset((*_COMMON, *(name.replace(" ", "") for name in province_names())))
