"""Whether words say by themselves what is to be done: "Nộp hồ sơ dự thi" does; "Gửi về Sở GDĐT", "Hoàn thành",
"Các trường tiểu học" do not."""

from __future__ import annotations

import re

from nlp.words.folding import folded, pattern
from nlp.words.vocabulary import union

ADDRESS = re.compile(r"\S+@\S+|https?:|www\.|\w\.(?:vn|com|org)\b")
#: Words that say nothing of what is to be done: sending, completing, units, joints.
THIN = frozenset(
    "gui nop ve cho qua truc tiep doi voi cac truong cap phong so gddt bo va hoac la don vi tong hop den toi len "
    "moi thoi han gian hoan thanh xong truoc ngay cham nhat trong vao tu dot dong khi cua cung thuc hien "
    "to chuc".split()
)
#: What says as little as those: offices by their whole name, levels of schools, which time of several it is, days.
_BESIDE = pattern(
    r"(?<!\w)(?:(?:bo|so|phong) (?:giao duc va dao tao|gd ?& ?dt|gd-dt)|pgd ?& ?dt|pgddt|sgd ?& ?dt|sgddt"
    r"|(?:cap |bac |khoi |lop )?(?:mam non|mau giao|tieu hoc|thcs|thpt|gdtx|trung hoc (?:co so|pho thong))"
    r"|(?:lop|khoi) \d{1,2}|(?:lan|dot|vong|cum|nhom|hoc ky|quy) (?:\d{1,2}|i{1,3}|iv|thu \w+|con lai)|ca nam(?: hoc)?"
    r"|(?:buoi )?(?:sang|chieu|toi)|thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|con lai|nhu sau|bang van ban"
    r"|(?:dia chi|hop thu|e-?mail|so dien thoai)"
    r"|(?:(?:\d{1,2}|½|nua|mot) (?:ngay|buoi|tiet)|khai mac|be mac|dien ra|bat dau|ket thuc)"
    r"|theo (?:cac )?(?:thong tu|nghi dinh|quyet dinh|cong van|ke hoach|huong dan|luat)(?: lien tich)?"
    r"(?:,? (?:va )?(?:(?:thong tu|nghi dinh|quyet dinh)(?: lien tich)? )?(?:so )?\d[\w/-]{2,30}){1,4})(?!\w)"
)
#: A meeting, not "tổng hợp".
_MEETS = pattern(r"(?<!tong )(?<!\w)hop(?!\w)")


def telling(words: str) -> list[str]:
    """Return the words, folded, that say something of what is to be done; not those in brackets and addresses."""
    bare = folded(ADDRESS.sub(" ", re.sub(r"\([^()]*\)", " ", words)))
    return [t for t in re.findall(r"\w+", bare) if t not in THIN and not t.isdigit()]


def tells(words: str) -> bool:
    """Tell whether words say anything of what is to be done beside who does it, to whom it goes, which time it is."""
    bare = _BESIDE.sub(" ", union("units", "unit").sub(" ", folded(words)))
    return _MEETS.search(bare) is not None or any(t.isalpha() for t in telling(bare))
