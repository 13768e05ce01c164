"""The letter of the day as text and as HTML: the same words in both, for mail programs that show the one or the other.

The HTML needs nothing from elsewhere: no pictures, no fonts, styles at the elements, since mail programs drop the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

#: A letter lists so many duties of each kind; the rest is counted.
LISTED = 40

_ALL = "Xem đủ danh sách và đánh dấu việc đã xong, để thư sau không nhắc nữa"
_SIGNED = "Thư này do phần mềm congvan của cơ quan gửi tự động."


@dataclass(frozen=True, slots=True)
class Entry:
    """A line: what stands first (the day, or the directive), the rest, the directive it comes from, and where the
    place can be seen ("" where no address is set)."""

    lead: str
    text: str
    source: str = ""
    link: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its lines."""

    title: str
    entries: tuple[Entry, ...]

    @property
    def listed(self) -> tuple[Entry, ...]:
        """The lines that are told."""
        return self.entries[:LISTED]

    @property
    def more(self) -> str:
        """What is said of the others."""
        return f"… và {len(self.entries) - LISTED} mục khác" if len(self.entries) > LISTED else ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter says: to whom, on which day, the parts, what is only counted, where everything can be seen."""

    unit: str
    today: date
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    link: str


def plain(told: Told) -> str:
    """Return the letter as text."""
    lines = [f"Kính gửi {told.unit},", ""]
    for part in told.parts:
        lines.append(f"{part.title} ({len(part.entries)}):")
        lines += [f"- {e.lead}{e.text}{f' – {e.source}' if e.source else ''}" for e in part.listed]
        lines += [part.more, ""] if part.more else [""]
    for note in told.notes:
        lines += [note]
    lines += [f"{_ALL}: {told.link or 'trang “Trường tôi”'}", "", _SIGNED]
    return "\n".join(lines)


def html(told: Told) -> str:
    """Return the letter as a page."""
    return _template().render(told=told, everything=_ALL, signed=_SIGNED)


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, select_autoescape

    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "web" / "templates"),
        autoescape=select_autoescape(("html",)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return made.get_template("letter.html")
