"""Day and issuing office of citations, with the place that the directive's own office gives."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.nlp.texts import HEAD, cited

ROWS = tomllib.loads((Path(__file__).parent / "issuers.toml").read_text(encoding="utf-8"))["citation"]
_SO = "UBND TỈNH HẢI LÂM\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 1234/SGDĐT-GDTrH"
OFFICES = {
    "so": _SO,
    "phong": "UBND HUYỆN SƠN ĐÔNG\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 88/PGDĐT-CM",
    "truong": "SỞ GDĐT HẢI LÂM\nTRƯỜNG THPT TRẦN CAO\nSố: 88/KH-THPTTC",
    "ubnd": "ỦY BAN NHÂN DÂN\nTỈNH HẢI LÂM\nSố: 88/UBND-VX",
}


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['of']}-{r['text'][:40]}" for r in ROWS])
def test_day_and_office(row: dict[str, Any]) -> None:
    found = cited(row["text"], head=HEAD.replace(_SO, OFFICES[row["of"]]))
    assert [[c.number, c.date or "", c.issuer or ""] for c in found] == row["cites"]


def test_an_office_takes_the_place_that_stands_elsewhere() -> None:
    text = "1. Theo Công văn số 5/SGDĐT-VP của Sở GDĐT Hai Đường.\n2. Theo Công văn số 6/SGDĐT-VP của Sở GDĐT."
    found = cited(text, head=HEAD.replace(_SO, OFFICES["phong"]))
    assert {c.issuer for c in found} == {"Sở Giáo dục và Đào tạo Hải Dương"}
