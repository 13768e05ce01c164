"""Every letterhead of ``letterheads.toml`` and ``portals.toml`` gives the fields that a clerk reads in it."""

from __future__ import annotations

import difflib
import random
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from nlp.header.header import read_header
from nlp.page.lines import lines_of
from nlp.page.zones import zone
from tests.nlp.texts import document

_TONES = "\u0300\u0301\u0309\u0303\u0323"


def read(text: str) -> dict[str, Any]:
    made = document(text)
    return read_header(made, zone(lines_of(made))).as_dict()


def cases() -> list[Any]:
    """Return the letterheads with their fields; what the text does not tell is None."""
    here = Path(__file__).parent
    names = ("letterheads.toml", "portals.toml")
    rows = [row for name in names for row in tomllib.loads((here / name).read_text(encoding="utf-8"))["letterhead"]]
    found = []
    for row in rows:
        name, text, absent = row.pop("name"), row.pop("text"), row.pop("absent", [])
        found.append(pytest.param(text, row | dict.fromkeys(absent), id=name))
    return found


CASES = cases()
assert len(CASES) >= 40


@pytest.mark.parametrize(("text", "fields"), CASES)
def test_a_letterhead(text: str, fields: dict[str, Any]) -> None:
    got = read(text)
    assert {name: got[name] for name in fields} == fields


def wrong_tones(text: str, draw: random.Random) -> str:
    """Return text in which a quarter of the marked letters bear another tone or none."""
    out = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        if len(parts) > 1 and draw.random() < 0.25:
            kept = "".join(c for c in parts if c not in _TONES)
            char = unicodedata.normalize("NFC", kept + draw.choice(["", *_TONES]))
        out.append("D" if char == "Đ" and draw.random() < 0.25 else char)
    return "".join(out)


@pytest.mark.parametrize(("text", "fields"), CASES)
def test_a_letterhead_with_wrong_tones(text: str, fields: dict[str, Any]) -> None:
    got = read(wrong_tones(text, random.Random(7)))
    exact = {"number", "date", "issuer_level", "school_year"} & set(fields)
    assert {name: got[name] for name in exact} == {name: fields[name] for name in exact}
    for name in {"issuer", "subject", "place"} & set(fields):
        alike = difflib.SequenceMatcher(None, (got[name] or "").lower(), (fields[name] or "").lower()).ratio()
        assert alike >= 0.6, (name, got[name])


def test_the_symbol_of_a_school_is_spelled_by_its_initials() -> None:
    text = (
        "UBND QUẬN SƠN HÀ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTRƯỜNG THCS PHAN ĐÌNH LẠC Độc lập - Tự do - Hạnh phúc\n"
        "Số: 117/KH-{} Sơn Hà, ngày 21 tháng 11 năm 2022\n\nKẾ HOẠCH\nKiểm tra cuối học kỳ I\n\nNhà trường thông báo:\n"
    )
    assert read(text.format("PDL"))["number"] == "117/KH-PĐL"
    assert read(text.format("THCSPDL"))["number"] == "117/KH-THCSPDL"
    assert read(text.format("PBC"))["number"] == "117/KH-PBC"


@pytest.mark.parametrize(("text", "fields"), CASES)
def test_a_field_leads_back_to_its_words(text: str, fields: dict[str, Any]) -> None:
    made = document(text)
    places = read_header(made, zone(lines_of(made))).evidence
    for name, place in places.items():
        assert 0 <= place.start < place.end <= len(made.text), name
        assert place.line == made.text.count("\n", 0, place.start) + 1
    if "/" in (fields.get("number") or "") and "number" in places:
        symbol = fields["number"].rpartition("/")[2].rpartition("-")[2]
        assert symbol[-2:] in made.text[places["number"].start : places["number"].end]
