"""E-mail addresses of a picture's text whose "@" was read as another mark or lost; pages and plain words stay."""

from __future__ import annotations

import pytest

from ingest.restore.addresses import addresses

MENDED = {
    "(qua email: phongvp(hailam.edu.vn; ĐT: 0270": "(qua email: phongvp@hailam.edu.vn; ĐT: 0270",
    "email: phong()hailam.edu.vn;": "email: phong@hailam.edu.vn;",
    "(qua email: phongvpvinhlong.edu.vn) trước": "(qua email: phongvp@vinhlong.edu.vn) trước",
    "email: phonggdth(2gmail.com (đ/c Hà)": "email: phonggdth@gmail.com (đ/c Hà)",
    "email: thongkepgd(@tanan.edu.vn.": "email: thongkepgd@tanan.edu.vn.",
    "địa chỉ email: vanphonggmail.com.": "địa chỉ email: vanphong@gmail.com.",
    "hộp thư pgd.abc©gmail.com": "hộp thư pgd.abc@gmail.com",
    "Email nguyenvana(a)moet.edu.vn": "Email nguyenvana@moet.edu.vn",
    "thư điện tử: khaothi.sogdhanoi.gov.vn": "thư điện tử: khaothi.sogd@hanoi.gov.vn",
}
LEFT = (
    "địa chỉ truy cập: vinhlong.edu.vn.",
    "trang http://www.dongthap.edu.vn/vanban",
    "email: a@b.edu.vn",
    "thư điện tử sogd.vinhlong.edu.vn",
    "email: phongkhtc.sonla.edu.vn và www.sonla.edu.vn",
    "Email: c2tanthanh.bt@vinhlong.edu.vn",
    "(theo mẫu tại hailam.edu.vn)",
)


def mended(*lines: str) -> str:
    out = list(lines)
    for one in sorted(addresses(list(lines)), key=lambda found: -found.start):
        out[one.line] = out[one.line][: one.start] + one.text + out[one.line][one.end :]
    return out[-1]


@pytest.mark.parametrize(("read", "meant"), MENDED.items())
def test_an_address_is_mended(read: str, meant: str) -> None:
    assert mended(read) == meant


@pytest.mark.parametrize("line", LEFT)
def test_what_is_no_address_stays(line: str) -> None:
    assert mended(line) == line


def test_the_word_for_mail_may_stand_above() -> None:
    assert mended("gửi về Sở GDĐT qua email:", "phongvp(hailam.edu.vn trước") == "phongvp@hailam.edu.vn trước"
