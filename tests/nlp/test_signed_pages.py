"""Sign-offs, own numbers and titles as pages of sites and converters leave them (``signed_pages.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from nlp.pipeline import read
from tests.bench.extraction import of_text

PAGES = tomllib.loads((Path(__file__).parent / "signed_pages.toml").read_text(encoding="utf-8"))["page"]
HEAD = """UBND TỈNH HẢI LÂM
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 1234/SGDĐT-GDTrH
V/v rà soát thiết bị
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Lâm, ngày 05 tháng 9 năm 2023
Kính gửi: Các trường THPT."""
BODY = "Sở GDĐT yêu cầu các trường thực hiện một số nội dung sau:\n1. Rà soát thiết bị dạy học trước ngày 20/9/2023."
TAIL = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nLê Văn An"


@pytest.mark.parametrize("page", PAGES, ids=[p["name"] for p in PAGES])
def test_a_page(page: dict[str, Any]) -> None:
    row = dict(page)
    row.pop("name")
    text = row.pop("whole", None) or f"{row.pop('head', HEAD)}\n{BODY}\n{row.pop('tail', TAIL)}\n"
    wanted = dict.fromkeys(row.pop("absent", [])) | row
    wanted = {key: value for key, value in wanted.items() if key not in ("head", "tail")}
    got = read(of_text("x", text)).header.as_dict()
    assert {key: got[key] for key in wanted} == wanted
