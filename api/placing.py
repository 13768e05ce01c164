"""Where something stands, in the words of who looks for it.

A PDF, a scan, a photo has pages: "trang 2, dòng 7". Word and HTML files have none of their own: where they break, each
printer and each version of Word decides anew, and the text read of them is one long page. Who opens such a file looks
for the item: "mục II.3, dòng 48"; the lines are those of our own view. No page of a print is named, for LibreOffice's
are not those of the reader's Word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.text import squeeze

_LABEL = re.compile(
    r"(?:#{1,6}\s?)?(?:\*\*|__)?"
    r"(?P<named>(?:Điều|Khoản|Chương|Phần|Phụ lục|ĐIỀU|CHƯƠNG|PHẦN|PHỤ LỤC)(?: [IVX\d]+)?(?![^\W\d_]))?"
    r"(?P<number>(?(named)|(?:[IVX]{1,5}|[A-Z]|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])(?=[.)]\s|[.)]$)))"
)
_NAMED = re.compile(r"Điều|Khoản|Chương|Phần|Phụ lục", re.IGNORECASE)
#: A heading without a number is named by so many of its letters at most.
_LONG = 40


def has_pages(media_type: str) -> bool:
    """Whether a file has pages of its own."""
    return media_type in ("application/pdf", "text/plain") or media_type.startswith("image/")


def item(heading: Sequence[str], text: str = "") -> str:
    """Return the item that something stands in, by its numbers ("mục II.3.a", "khoản 2 Điều 5"), else by what the
    heading above it says; empty where there is neither. ``text`` is the item itself, with the headings or without."""
    parts = [_label(part) for part in heading]
    own = squeeze(text)
    for part in map(squeeze, heading):  # shown with their first item
        own = own[len(part) :].lstrip() if own.startswith(part) else own
    parts.append(_label(own))
    numbers: list[str] = []
    for part in filter(None, parts):
        if numbers and part.startswith(f"{numbers[-1]}."):  # "2.1" below "2" says both
            numbers.pop()
        numbers.append(part)
    if numbers:
        return _said(numbers)
    if not heading:
        return ""
    name = squeeze(heading[-1])
    return f"mục “{name if len(name) <= _LONG else name[:_LONG].rsplit(' ', 1)[0] + ' …'}”"


def _said(numbers: Sequence[str]) -> str:
    """Return numbers of items as offices say them; what stands above an article or annex says no more."""
    at = next((k for k in reversed(range(len(numbers))) if _NAMED.match(numbers[k])), None)
    if at is None:
        return f"mục {'.'.join(numbers)}"
    name, below = numbers[at].capitalize() if numbers[at].isupper() else numbers[at], numbers[at + 1 :]
    if name.startswith("Điều"):
        parts = [f"{kind} {number}" for kind, number in zip(("khoản", "điểm"), below, strict=False)]
        return " ".join([*reversed(parts), name])
    return f"{name}, mục {'.'.join(below)}" if below else name


def where(paged: bool, page: int, lines: tuple[int, int], heading: Sequence[str], text: str = "") -> str:
    """Return the place of what stands in ``lines`` (first and last) of ``page``."""
    first, last = lines
    line = f"dòng {first}" if first == last else f"dòng {first}–{last}"
    place = f"trang {page}" if paged else item(heading, text)
    return f"{place}, {line}" if place else line


def short(paged: bool, page: int, line: int, heading: Sequence[str]) -> str:
    """Return the place of a duty for lists: its page, else its item, else its line."""
    return f"trang {page}" if paged else item(heading) or f"dòng {line}"


def _label(text: str) -> str:
    found = _LABEL.match(squeeze(text))
    return (found["named"] or found["number"] or "") if found else ""
