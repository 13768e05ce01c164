"""What a Vietnamese OCR mistakes for what: pairs of letters with their cost, -log of how often it happens.

Measured on sample and law pages drawn at 110 to 300 dpi and read by Tesseract ``Vietnamese+vie``: on coarse pages the
hook above a circumflex is read as an acute on more than half of the letters, with full confidence; everything else is
rare (docs/decisions/ocr.md). Rows are data; each has an example (as read, as printed).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.text import TONES, fold, nfc, strip_tone


@dataclass(frozen=True, slots=True)
class Confusion:
    """The OCR wrote ``read`` where ``true`` is printed; ``cost`` in nats; ``common``: whatever its confidence says."""

    read: str
    true: str
    cost: float
    common: bool
    example: tuple[str, str]


CONFUSIONS = (
    Confusion("ế", "ể", 2.5, True, ("tiếu", "tiểu")),
    Confusion("ố", "ổ", 2.5, True, ("tố", "tổ")),
    Confusion("ấ", "ẩ", 2.5, True, ("chuấn", "chuẩn")),
    Confusion("ỉ", "i", 2.0, False, ("chỉ", "chi")),
    Confusion("i", "ỉ", 4.0, False, ("chi", "chỉ")),
    Confusion("đ", "d", 3.0, False, ("đục", "dục")),
    Confusion("d", "đ", 4.5, False, ("dầu", "đầu")),
    Confusion("ã", "ằ", 4.0, False, ("hãng", "hằng")),
    Confusion("ả", "à", 4.0, False, ("bản", "bàn")),
    Confusion("ả", "á", 4.0, False, ("bảo", "báo")),
    Confusion("ỗ", "ố", 5.0, False, ("sỗ", "số")),
    Confusion("l", "h", 6.0, False, ("lọc", "học")),
    Confusion("l", "i", 6.0, False, ("thl", "thi")),
    Confusion("ì", "i", 4.0, False, ("thì", "thi")),
    Confusion("e", "c", 6.0, False, ("eác", "các")),
    Confusion("c", "e", 6.0, False, ("thco", "theo")),
    Confusion("o", "c", 7.0, False, ("oác", "các")),
    Confusion("u", "n", 7.0, False, ("uăm", "năm")),
    Confusion("n", "u", 7.0, False, ("san", "sau")),
    Confusion("f", "t", 6.0, False, ("fừ", "từ")),
    Confusion("u", "o", 5.5, False, ("hục", "học")),
    Confusion("o", "u", 6.0, False, ("mọc", "mục")),
    Confusion("ư", "ơ", 5.5, False, ("lứp", "lớp")),
    Confusion("ơ", "ư", 6.0, False, ("sợ", "sự")),
    Confusion("h", "b", 7.0, False, ("hảo", "bảo")),
    Confusion("b", "h", 7.0, False, ("bọc", "học")),
    # A tone over a circumflex or breve melts into it, a hook over one looks like the grave: on 60 real scans (62,000
    # words) 1 to 15 % of these letters, most on worn copies, whose own rate counts as well.
    Confusion("ô", "ố", 4.5, False, ("sô", "số")),
    Confusion("ô", "ồ", 4.5, False, ("đông", "đồng")),
    Confusion("ô", "ổ", 4.5, False, ("tô", "tổ")),
    Confusion("ô", "ỗ", 4.5, False, ("chô", "chỗ")),
    Confusion("ê", "ế", 4.5, False, ("kêt", "kết")),
    Confusion("ê", "ề", 4.5, False, ("điêu", "điều")),
    Confusion("ê", "ể", 4.5, False, ("thê", "thể")),
    Confusion("ê", "ễ", 4.5, False, ("lê", "lễ")),
    Confusion("â", "ấ", 4.5, False, ("câp", "cấp")),
    Confusion("â", "ầ", 4.5, False, ("cân", "cần")),
    Confusion("â", "ẩ", 4.5, False, ("đây", "đẩy")),
    Confusion("â", "ẫ", 4.5, False, ("mâu", "mẫu")),
    Confusion("ă", "ắ", 4.5, False, ("găn", "gắn")),
    Confusion("ă", "ằ", 4.5, False, ("băng", "bằng")),
    Confusion("ă", "ẳ", 4.5, False, ("khăng", "khẳng")),
    Confusion("ă", "ẵ", 4.5, False, ("săn", "sẵn")),
    Confusion("ồ", "ổ", 5.0, False, ("đồi", "đổi")),
    Confusion("ề", "ể", 5.0, False, ("đề", "để")),
    Confusion("ầ", "ẩ", 5.0, False, ("chuần", "chuẩn")),
    Confusion("ằ", "ẳ", 5.0, False, ("khằng", "khẳng")),
)

#: Any other tone or letter mark on the same letter; another tone and another mark on it.
_OTHER_MARK, _BOTH = 7.0, 11.0


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], Confusion]:
    return {(c.read, c.true): c for c in CONFUSIONS}


@lru_cache(maxsize=1)
def letters_for() -> dict[str, tuple[Confusion, ...]]:
    """Return for a letter as read the other letters (not only other marks) that may be printed."""
    found: dict[str, list[Confusion]] = {}
    for c in CONFUSIONS:
        if fold(c.read) != fold(c.true):
            vowels = fold(c.read) in "ou" and fold(c.true) in "ou"
            for tone in ("", *TONES) if vowels else ("",):  # a vowel keeps its tone
                read, true = nfc(c.read + tone), nfc(c.true + tone)
                found.setdefault(read, []).append(replace(c, read=read, true=true))
    return {read: tuple(rows) for read, rows in found.items()}


@lru_cache(maxsize=65536)
def marks_cost(read: str, true: str) -> tuple[float, bool]:
    """Return the cost of reading ``read`` for ``true`` (lower case, the same letters without marks), and whether all
    of it is common."""
    cost, common = 0.0, True
    for r, t in zip(read, true, strict=True):
        if r == t:
            continue
        row = _table().get((r, t))
        if row is not None:
            cost, common = cost + row.cost, common and row.common
            continue
        (r_bare, r_tone), (t_bare, t_tone) = strip_tone(r), strip_tone(t)
        cost += _BOTH if r_bare != t_bare and r_tone != t_tone else _OTHER_MARK
        common = False
    return cost, common


#: Tones above the letter, which worn print makes one of another; the dot below is another place.
_ABOVE = frozenset("\u0300\u0301\u0309\u0303")


@lru_cache(maxsize=65536)
def is_worn(read: str, true: str, *, swaps: bool = True) -> bool:
    """Tell whether ``read`` is ``true`` with marks lost or, with ``swaps``, blurred: "tô" or "tố" for "tổ".

    Both have the same letters without marks. A mark that print does not have is none that wore off: not "thị" for
    "thi", nor for "thì".
    """
    for r, t in zip(read, true, strict=True):
        (r_bare, r_tone), (t_bare, t_tone) = strip_tone(r), strip_tone(t)
        tone = r_tone in ("", t_tone) or (swaps and r_tone in _ABOVE and t_tone in _ABOVE)
        if not tone or (r_bare not in (t_bare, fold(t_bare)) and {r_bare, t_bare} not in ({"ă", "â"}, {"ô", "ơ"})):
            return False
    return True
