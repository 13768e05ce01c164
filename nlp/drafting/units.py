"""Units under a Sở as its directives name them by the day: Phòng GDĐT until 2025-07-01, then UBND cấp xã."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.errors import BadInputError
from corpus.facts import DEPARTMENT, Actor
from corpus.places import bare, provinces
from nlp.words.vocabulary import table

#: Levels whose schools stand under a Phòng or, since the district level ended, under a commune.
LOWER = ("mam_non", "tieu_hoc", "thcs")
_LEVELS = {"mam_non": "mầm non", "tieu_hoc": "tiểu học", "thcs": "THCS", "thpt": "THPT", "gdtx": "GDTX"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of unit: its code, its actor (``corpus.facts``), as Kính gửi and as sentences name it."""

    code: str
    actor: str
    levels: tuple[str, ...]
    to: str
    inline: str


def codes() -> tuple[str, ...]:
    """Return the codes of all kinds of unit."""
    return tuple(row["code"] for row in table("drafting")["unit"])


def has_districts(on: date) -> bool:
    """Tell whether the district level, and with it the Phòng GDĐT, exists on a day."""
    return on.isoformat() < provinces().valid_from


def units_of(named: Sequence[str], place: str, on: date) -> tuple[list[Unit], list[str]]:
    """Return the units of these codes as they are on a day, in the table's order, and notes on those that are no more.

    Raises BadInputError that lists the codes.
    """
    rows = {row["code"]: row for row in table("drafting")["unit"]}
    wanted: list[str] = []
    notes: list[str] = []
    for code in named:
        row = rows.get(code)
        if row is None:
            raise BadInputError(f"Không có nhóm đơn vị “{code[:40]}”.", f"Hãy chọn trong: {', '.join(rows)}.")
        if row.get("until") and on.isoformat() >= row["until"]:
            notes.append("Từ ngày 01/7/2025 không còn Phòng GDĐT cấp huyện; dự thảo gửi UBND cấp xã thay Phòng GDĐT.")
            code = row["after"]
        if code not in wanted:
            wanted.append(code)
    zones = table("drafting")["special_zones"]
    special = bare(place) in {bare(name) for name in zones["provinces"]}
    words = {"dac_khu": zones["words"] if special and not has_districts(on) else ""}
    found = [
        Unit(code, row["actor"], tuple(row.get("levels", ())), row["to"].format(**words), row["inline"].format(**words))
        for code, row in rows.items()
        if code in wanted
    ]
    return found, list(dict.fromkeys(notes))


def listed(names: Sequence[str]) -> str:
    """Return names in a row: "các phòng GDĐT, các trường THPT"."""
    return ", ".join(names)


def label_of(actors: Sequence[str], levels: Sequence[str] | None, on: date) -> str:
    """Return how a group of units is named in a sentence: "các trường THPT, trung tâm GDNN-GDTX"; "" for none."""
    below = "phòng GDĐT" if has_districts(on) else "UBND cấp xã"
    names: list[str] = []
    for actor in actors:
        if actor in (Actor.PHONG_GDDT, Actor.UBND_XA):
            names.append(below)
        elif actor == Actor.TRUNG_TAM_GDTX:
            names.append("các trung tâm GDNN-GDTX")
        elif actor == Actor.DON_VI_TRUC_THUOC:
            names.append("các đơn vị trực thuộc")
        elif actor == Actor.CO_SO_GIAO_DUC:
            schools = [_LEVELS[level] for level in levels or () if level != "gdtx"]
            names.append(f"các trường {', '.join(schools)}" if schools else "các cơ sở giáo dục")
        elif actor.startswith(DEPARTMENT):
            names.append(actor.removeprefix(DEPARTMENT))
    return listed(list(dict.fromkeys(names)))


def capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Return a text that begins a name or a sentence as it stands within one; short forms and names keep theirs."""
    word = text.split(" ", 1)[0]
    return text if word.isupper() and len(word) > 1 else text[:1].lower() + text[1:]
