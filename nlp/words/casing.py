"""Capitals to ordinary spelling: names of offices, titles and subjects that stand in capitals."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from corpus.numbers import find_numbers
from corpus.text import is_syllable
from corpus.units import province_names
from nlp.words.folding import folded
from nlp.words.vocabulary import table

_SMALL = {"và", "của", "về", "cho", "các", "tại", "trong", "với", "theo"}
_KINDS = re.compile(r"(?<!^)\b(?:Tỉnh|Huyện|Quận|Xã|Phường|Thành Phố|Thị Xã|Thị Trấn)(?=\s)")
#: Kinds of school inside a name: only their first letter is a capital ("Trường Trung học cơ sở Nguyễn Khuyến").
_SCHOOLS = re.compile(
    r"\b(?:Trung Học (?:Cơ Sở|Phổ Thông)|Tiểu Học|Mầm Non|Mẫu Giáo|Phổ Thông Dân Tộc (?:Nội|Bán) Trú"
    r"|Giáo Dục (?:Thường Xuyên|Nghề Nghiệp)|(?<!^)Nội Trú|Trung Tâm|Đại Học|Cao Đẳng|Chuyên Biệt)\b"
)
_WORD = re.compile(r"\w+")


def title_case(text: str) -> str:
    """Return a name with capital first letters: "TRƯỜNG THPT NGUYỄN TRÃI" → "Trường THPT Nguyễn Trãi"."""
    cased = _WORD.sub(lambda m: _cased(m, text), text)
    cased = _SCHOOLS.sub(lambda m: m.group().capitalize(), cased)
    return _KINDS.sub(lambda m: m.group().lower(), cased)


#: Where an office is, behind what it is for: "… HÒA NHẬP | TỈNH BÌNH PHƯỚC".
_WHERE = re.compile(r"\s(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG)\s(?!HỌC)\S.{1,30}$")
#: What an office is, before what it is for: "CỤC | QUẢN LÝ CHẤT LƯỢNG".
_OFFICES = re.compile(
    r"(?:BAN CHỈ ĐẠO|BAN QUẢN LÝ|BAN TỔ CHỨC|HỘI ĐỒNG|VĂN PHÒNG|THANH TRA|PHÒNG|CỤC|VỤ|SỞ|BỘ|BAN|CÔNG ĐOÀN"
    r"|TRUNG TÂM)\s+(?=\S)"
)


def office_case(text: str) -> str:
    """Return the name of an office in ordinary spelling: "CỤC QUẢN LÝ CHẤT LƯỢNG" → "Cục Quản lý chất lượng"."""
    kind = _OFFICES.match(text)
    if kind is None:
        return title_case(text)
    rest = text[kind.end() :]
    name = position_case(kind.group().strip())
    name = {"Ban chỉ đạo": "Ban Chỉ đạo", "Ban quản lý": "Ban Quản lý", "Ban tổ chức": "Ban Tổ chức"}.get(name, name)
    where = _WHERE.search(rest)
    place = f" {title_case(where.group()).strip()}" if where is not None else ""
    return f"{name} {sentence_case(rest[: where.start()] if where is not None else rest)}{place}"


def _cased(match: re.Match[str], text: str) -> str:
    word = match.group()
    if _is_short_form(word):
        return word
    if word.lower() in _SMALL and match.start() > 0:
        return word.lower()
    return word.capitalize()


def _is_short_form(word: str) -> bool:
    """Tell whether a word in capitals is an abbreviation (THPT, GDĐT, GDTrH), not a syllable."""
    if any(c.isdigit() for c in word):
        return True
    named = len(word) > 2 and any(unicodedata.normalize("NFD", c)[0] in "AEIOUY" and c not in "AEIOUYƯ" for c in word)
    return len(word) > 1 and not is_syllable(word) and not named  # "ĐẮK", "KRÔNG" are names, no abbreviations


#: Roman figures behind what they count.
_ROMAN = re.compile(
    r"(?:(?<=kỳ )|(?<=kì )|(?<=quý )|(?<=quí )|(?<=đợt )|(?<=vòng )|(?<=phần )|(?<=hạng )|(?<=đoạn )|(?<=lần ))"
    r"[ivx]{1,4}(?!\w)"
)


def sentence_case(text: str) -> str:
    """Return text in capitals as an ordinary sentence; abbreviations and Roman figures stay: "HỌC KỲ II"."""
    lowered = _WORD.sub(lambda m: m.group() if _is_short_form(m.group()) else m.group().lower(), text)
    lowered = _ROMAN.sub(lambda m: m.group().upper(), lowered)
    return lowered[:1].upper() + lowered[1:]


#: Kinds of places before a name; a name of one syllable is a word without one ("huế").
_PLACE_KIND = r"(?<!\w)(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|thi tran|xa|phuong)\s"


def with_names(sentence: str, places: tuple[str, ...] = ()) -> str:
    """Return a sentence that stood in capitals with those of names: offices, provinces, ``places``, documents."""
    for found in find_numbers(sentence):  # "522/QĐ-TTG"
        spelled = str(found.number)
        if spelled.lower() == found.surface.lower():
            sentence = sentence[: found.start] + spelled + sentence[found.end :]
    fold = folded(sentence)
    for spelled, expression in (*_names(), *((place, _place_pattern(place)) for place in places)):
        for match in expression.finditer(fold):
            start, end = match.span("name")
            if _letters(sentence[start:end]) == _letters(spelled):
                sentence = sentence[:start] + spelled + sentence[end:]
    return sentence


def _letters(name: str) -> list[str]:
    """Return the letters and marks of a name without their order: "Hoà" is "Hòa"."""
    return sorted(unicodedata.normalize("NFD", name.lower()))


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return names with their patterns: kinds of documents before a number, offices, provinces."""
    kinds = [(row["name"], rf"(?<!\w)(?P<name>{folded(row['name'])})(?=\sso\s\d)") for row in table("types")["type"]]
    fixed = [
        (name, rf"(?<!\w)(?P<name>{re.escape(folded(name))})(?!\w)") for name in table("names")["capital"]["names"]
    ]
    provinces = ((name, _place_pattern(name)) for name in province_names().values())
    return (*((name, re.compile(e)) for name, e in [*kinds, *fixed]), *provinces)


@lru_cache(maxsize=256)
def _place_pattern(name: str) -> re.Pattern[str]:
    lead = r"(?<!\w)" if re.search(r"[\s-]", name) else _PLACE_KIND
    return re.compile(rf"{lead}(?P<name>{re.escape(folded(name))})(?!\w)")


def position_case(text: str) -> str:
    """Return a position in capitals as it is written in text: "PHÓ GIÁM ĐỐC" → "Phó Giám đốc"."""
    words = [w if _is_short_form(w) else w.lower() for w in text.split()]
    out = []
    for k, word in enumerate(words):
        first = k == 0 or (k == 1 and words[0].lower() == "phó")
        out.append(word[:1].upper() + word[1:] if first else word)
    return " ".join(out)
