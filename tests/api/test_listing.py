"""Which directives of the list are meant by what a person types and chooses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from api.usecases.listing import Sought
from corpus.errors import BadInputError
from corpus.store import DocumentInfo


def info(number: str, subject: str, issuer: str, level: str, doc_type: str, year: str | None = None) -> DocumentInfo:
    came = datetime(2024, 1, 10, tzinfo=UTC)
    return DocumentInfo(
        number, f"{subject}.pdf", "application/pdf", came, number, None, issuer, level, doc_type, subject, year, 1,
        "success",
    )  # fmt: skip


ROWS = [
    info("15/SGDĐT-VP", "Công tác y tế trường học", "Sở GDĐT Hoà An", "so", "Công văn", "2023-2024"),
    info("20/PGDĐT", "Cuộc thi quốc tế, trích yếu", "Phòng GDĐT huyện Hoà An", "phong", "Công văn"),
    info("22/PGDĐT", "Thư viện", "Phòng GDĐT huyện Mỹ Đức", "phong", "Công văn"),
    info("31/KH-UBND", "Tuyển sinh", "UBND xã Hòa An", "phong", "Kế hoạch", "2023-2024"),
]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"text": "y tế"}, ["15/SGDĐT-VP"]),  # whole words: not "yếu" and "tế"
        ({"text": "Y TE TRUONG"}, ["15/SGDĐT-VP"]),
        ({"text": "tuyển si"}, ["31/KH-UBND"]),  # the last word is still being typed
        ({"text": "20/pg"}, ["20/PGDĐT"]),
        ({"text": "15/SGDĐT-VP"}, ["15/SGDĐT-VP"]),
        ({"text": "hòa an"}, ["15/SGDĐT-VP", "20/PGDĐT", "31/KH-UBND"]),
        ({"text": "hòa an", "level": "Phòng, xã"}, ["20/PGDĐT", "31/KH-UBND"]),
        ({"issuer": "Sở GDĐT Hòa An"}, ["15/SGDĐT-VP"]),
        ({"issuer": "huyện mĩ đức"}, ["22/PGDĐT"]),
        ({"doc_type": "ke hoach"}, ["31/KH-UBND"]),
        ({"school_year": "2023-2024"}, ["15/SGDĐT-VP", "31/KH-UBND"]),
        ({"school_year": "2023-2024", "doc_type": "Công văn"}, ["15/SGDĐT-VP"]),
        ({"text": "/ - "}, [row.number for row in ROWS]),
        ({}, [row.number for row in ROWS]),
        ({"text": "đuối nước"}, []),
    ],
)
def test_what_is_sought(asked: dict[str, str], numbers: list[str]) -> None:
    assert [row.number for row in Sought.of(**asked).among(ROWS)] == numbers


def test_a_level_that_cannot_be() -> None:
    with pytest.raises(BadInputError, match="huyện"):
        Sought.of(level="huyện")
