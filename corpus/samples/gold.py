"""From the facts of a source to its gold: anchors become page and line of the laid-out text."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.samples.layout import Line, Sheet
from corpus.samples.source import Source, SourceError

ACTORS = {"bo_gddt", "so_gddt", "phong_gddt", "co_so_giao_duc", "don_vi_truc_thuoc", "trung_tam_gdtx", "ubnd_xa"}
LEVELS = {"mam_non", "tieu_hoc", "thcs", "thpt", "gdtx"}
#: The units of ``sources/profiles.yaml``.
UNITS = ("so", "phong", "mam_non", "tieu_hoc", "thcs", "thpt", "gdtx", "ubnd_xa")
RELATIONS = {
    *("implements", "based_on", "pursuant_to", "attached", "listed", "mentions"),
    *("replaces", "amends", "guides"),
}


_FIELDS = {
    "meta": {"number", "date", "issuer", "level", "type", "subject", "school_year", "signer_title"},
    "citations": {"raw", "nth", "number", "type", "date", "issuer", "rel"},
    "deadlines": {"at", "nth", "task", "due", "due_text", "actor", "levels", "recipient", "via", "for"},
    "duties": {"at", "nth", "task", "actor", "levels", "target", "for"},
    "conflicts": {"at", "nth", "what"},
}


@dataclass(frozen=True)
class Spot:
    """Where an anchor was found: page and line from 1, the paragraph's first and last line on that page, its place."""

    page: int
    line: int
    first: int
    last: int
    place: str


class Flow:
    """The text of a sample as one string, line ends as blanks (or nothing inside a token), with the way back."""

    def __init__(self, sheets: list[Sheet]) -> None:
        self.lines: list[tuple[int, int, Line]] = []
        self.starts: list[int] = []
        parts, at = [], 0
        for page, sheet in enumerate(sheets, 1):
            for number, line in enumerate(sheet.reading, 1):
                self.lines.append((page, number, line))
                self.starts.append(at)
                piece = line.text if line.glued else f"{line.text} "
                parts.append(piece)
                at += len(piece)
        self.text = "".join(parts)

    def holds(self, quote: str, cells: list[str]) -> bool:
        """Tell whether ``quote`` stands in the text or in one cell (a cell's lines alternate with its neighbours')."""
        return quote in self.text or any(quote in cell for cell in cells)

    def find(self, quote: str, nth: int | None = None) -> Spot:
        """Return where ``quote`` begins.

        Raises:
            SourceError: it does not occur, or more than once with no ``nth`` (from 1) that says which.
        """
        quote = " ".join(quote.split())
        offsets = [m.start() for m in re.finditer(re.escape(quote), self.text)]
        if not offsets:
            raise SourceError(f"anchor not found: {quote!r}")
        if nth is None and len(offsets) > 1:
            raise SourceError(f"anchor occurs {len(offsets)} times, say which with nth: {quote!r}")
        if nth is not None and not 1 <= nth <= len(offsets):
            raise SourceError(f"anchor occurs {len(offsets)} times, there is no number {nth}: {quote!r}")
        return self._spot(offsets[(nth or 1) - 1])

    def _spot(self, offset: int) -> Spot:
        page, number, line = self.lines[bisect_right(self.starts, offset) - 1]
        same = [n for p, n, other in self.lines if p == page and other.block == line.block]
        return Spot(page, number, same[0], same[-1], line.place)


def build_gold(source: Source, sheets: list[Sheet]) -> dict[str, Any]:
    """Return the gold of a sample: the fields of the shared gold, ``page`` beside each ``line``, and the true text.

    Raises:
        SourceError: an anchor is not found or not unique, or a value is not one of the agreed ones.
    """
    flow, facts = Flow(sheets), source.gold
    try:
        _check_fields(facts)
        cells = _cells(source)
        return {
            "doc": source.name,
            "kind": source.kind,
            "meta": _meta(source, facts["meta"]),
            "citations": [_citation(flow, raw) for raw in facts.get("citations", [])],
            "deadlines": [_deadline(flow, raw, cells) for raw in facts.get("deadlines", [])],
            "duties": [_duty(flow, raw) for raw in facts.get("duties", [])],
            "conflicts": [_place(flow, raw) | {"what": raw["what"]} for raw in facts.get("conflicts", [])],
            "pages": ["\n".join(line.text for line in sheet.reading) for sheet in sheets],
        }
    except (SourceError, KeyError) as error:
        raise SourceError(f"{source.name}: {type(error).__name__}: {error}") from error


def _cells(source: Source) -> list[str]:
    blocks = [*source.body, *(block for annex in source.annexes for block in annex.body)]
    return [cell for block in blocks if block.table for row in block.table.rows for cell in row]


def _check_fields(facts: dict[str, Any]) -> None:
    """A stray comma in a YAML flow mapping makes a stray key: no key but the known ones may stand anywhere."""
    for group, rows in facts.items():
        for row in rows if isinstance(rows, list) else [rows]:
            stray = set(row) - _FIELDS[group]
            if stray:
                raise SourceError(f"{group}: unknown fields {sorted(map(str, stray))} in {row}")


def dumps(gold: Any) -> str:
    """Return the JSON text of gold as it is committed."""
    return json.dumps(gold, ensure_ascii=False, indent=1) + "\n"


def _meta(source: Source, raw: dict[str, Any]) -> dict[str, Any]:
    number = source.number.partition(":")[2].strip()
    return {
        "number": raw.get("number", number),
        "date": _iso(raw["date"]),
        "issuer": raw["issuer"],
        "issuer_level": raw["level"],
        "doc_type": raw["type"],
        "subject": raw["subject"],
        "addressees": [text.rstrip(";.") for text in source.to],
        "school_year": raw["school_year"],
        "signer": source.sign_name,
        "signer_title": raw["signer_title"],
        "recipients": [text.rstrip(";.") for text in source.recipients],
    }


def _place(flow: Flow, raw: dict[str, Any]) -> dict[str, int]:
    spot = flow.find(raw["at"], raw.get("nth"))
    return {"page": spot.page, "line": spot.line}


def _citation(flow: Flow, raw: dict[str, Any]) -> dict[str, Any]:
    spot = flow.find(raw["raw"], raw.get("nth"))
    return {
        "page": spot.page,
        "line": spot.line,
        "raw": raw["raw"],
        "number": raw["number"],
        "doc_type": raw["type"],
        "date": _iso(raw["date"]),
        "issuer": raw["issuer"],
        "relation": _allowed(raw["rel"], RELATIONS),
        "place": spot.place,
    }


def _deadline(flow: Flow, raw: dict[str, Any], cells: list[str]) -> dict[str, Any]:
    if not flow.holds(raw["due_text"], cells):
        raise SourceError(f"due_text not found: {raw['due_text']!r}")
    return {
        **_place(flow, raw),
        "task": raw["task"],
        "due": _iso(raw["due"]),
        "due_text": raw["due_text"],
        "actor": _actors(raw["actor"]),
        "levels": _levels(raw.get("levels")),
        "recipient": raw.get("recipient"),
        "via": raw.get("via"),
        **_units(raw),
    }


def _duty(flow: Flow, raw: dict[str, Any]) -> dict[str, Any]:
    return {
        **_place(flow, raw),
        "task": raw["task"],
        "actor": _actors(raw["actor"]),
        "levels": _levels(raw.get("levels")),
        "target": raw.get("target"),
        **_units(raw),
    }


def _units(raw: dict[str, Any]) -> dict[str, Any]:
    """Return on whose lists a duty stands (``for``), where the source says so."""
    return {"units": [_allowed(unit, set(UNITS)) for unit in raw["for"]]} if "for" in raw else {}


def _iso(value: date | None) -> str | None:
    if value is not None and not isinstance(value, date):
        raise SourceError(f"not a date: {value!r}")
    return value.isoformat() if value else None


def _actors(values: list[str]) -> list[str]:
    return [v if v.startswith("phong_chuyen_mon_so:") else _allowed(v, ACTORS) for v in values]


def _levels(values: list[str] | None) -> list[str] | None:
    return None if values is None else [_allowed(v, LEVELS) for v in values]


def _allowed(value: str, allowed: set[str]) -> str:
    if value not in allowed:
        raise SourceError(f"{value!r} is none of {sorted(allowed)}")
    return value
