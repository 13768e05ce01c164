"""The day from which a directive is in force: as its words say, as a law portal says, open where neither does."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.nlp.texts import HEAD, TAIL, document, facts_of, reader

CASES = tomllib.loads((Path(__file__).parent / "effect.toml").read_text(encoding="utf-8"))["body"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_the_day_is_what_the_words_say(case: dict[str, str]) -> None:
    header = facts_of(f"{case['text']}\n").header
    assert (header.effective or "") == case["day"]
    told = header.evidence.get("effective")
    assert (told is not None) == bool(case["day"])
    if told is not None:
        assert f"{HEAD}{case['text']}\n{TAIL}"[told.start : told.end] == told.surface


@pytest.mark.parametrize("line", ["Ngày có hiệu lực: 20/10/2023", "Ngày hiệu lực : 20/10/2023"])
def test_a_law_portal_says_it(line: str) -> None:
    fields = f"Số hiệu: 1234/SGDĐT-GDTrH\nNgày ban hành: 05/9/2023\n{line}\nTình trạng: Còn hiệu lực\n\n"
    header = reader().read(document(fields + HEAD + "1. Các trường thực hiện.\n" + TAIL)).header
    assert header.effective == "2023-10-20"
    assert header.evidence["effective"].surface == "20/10/2023"


def test_a_portal_that_does_not_know_says_nothing() -> None:
    fields = "Số hiệu: 1234/SGDĐT-GDTrH\nNgày ban hành: 05/9/2023\nNgày hiệu lực: Đã biết\n\n"
    assert reader().read(document(fields + HEAD + "1. Các trường thực hiện.\n" + TAIL)).header.effective is None
