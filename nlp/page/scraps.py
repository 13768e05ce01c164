"""Scraps: what a reader of pictures makes of seals, stamps and signatures between the words of a sign-off."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.symbols import is_known_part
from corpus.text import LOWER, UPPER, is_syllable
from corpus.units import province_names
from nlp.words.folding import folded
from nlp.words.vocabulary import table

_TOKEN = re.compile(r"\S+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
#: Signs that an OCR puts before a name: specks, what is left of a signature.
_LEAD = "-–—~_.,*|'‘’“”"
_DEGREES = re.compile(r"(?:GS|PGS|TS|ThS|Ths|CN|KS|BS|NGƯT|NGND|Dr|CKI{0,2})\.?,?$")
#: Words behind which a name in capitals and small letters is that of a place or a school, not of the signer.
_NAMED_AFTER = frozenset(
    "truong thpt thcs th mn non hoc thong so xa phuong huyen quan tinh pho tran duong ong ba chi dong va thon ap khu "
    "tam tieu van phong vu cuc ban ubnd hdnd".split()
)
#: What begins the name of a place or an office, as written: "Tỉnh Bến Tre" on the seal is nobody's name.
_NOT_A_PERSON = frozenset("tỉnh huyện quận xã phường trường sở phòng".split())
_COUNTED = ("muc", "phan", "dieu")
#: Names of the ethnic minorities with a mark inside: "H'Lan", "K’Brao", "H' Lim".
_ETHNIC = re.compile(rf"[HKYNR]['’](?:[{UPPER}]?[{LOWER}]{{1,8}})?")
#: Parts of names that are one letter: "Y Ka Nin", "Giàng A Páo".
_LETTERS = frozenset("YA")
_FILED = re.compile(r"\b[Ll](?:.u\s?[:;.,]?\s?\w|\w{1,4}\s?[:;]\s?V)[\w.]*")
_UNCLE = re.compile(r"Hồ Chí Minh(?!\w)")
#: A place named in another of the country's languages: "Pleiku", "Krông Pắc", "Cư M’gar"; a seal leaves shorter marks.
_PLACE = re.compile(rf"[{UPPER}][{LOWER}]{{3,9}}|[{UPPER}]['’][{UPPER}]?[{LOWER}]{{2,6}}")
#: A word with the typist's initials behind its full stop: "Lưu: VT, Khảo thí.Tt45".
_TYPIST = re.compile(rf"[A-ZĐ]?[{LOWER}]{{1,6}}\.[A-ZĐ]?\w{{1,4}}\.?")
#: Chuyên môn, of which an OCR reads the first letter only: "Lưu: VT, C.".
_CUT_UNIT = re.compile(r"(?<=V[TP], )C(?=\W*$)")
#: Who else has copies in the archive, and how many: "Lưu: VT, TTr (02b). P (20b)."
_COPIES = re.compile(r"\s[A-ZĐ]{1,6} ?\(\d{1,3}b?\)\W*")
#: What stands behind the end mark of a recipient in capitals is of the right column or of the seal's ring.
_BEHIND = re.compile(r"(?<=[);])\s?[;.,]?\s(?=\S)")
_MAX_SYLLABLES = 5
#: So many words have the names of provinces that begin as a surname does.
_OF_A_PROVINCE = 2


#: What an office posts its papers to: "VNPTioffice", "WebSite Sở".
_SYSTEM = re.compile(r"(?<!\w)(?:(?:VNPT|Viettel|[eim])?[ -]?i?office|web ?site|e-?doc)(?!\w)", re.IGNORECASE)
#: An office whose name is of letters as few as a scrap's.
_HEALTH = re.compile(r"(?<!\w)(?:Bộ|Sở|Phòng|Trạm|TT|Trung tâm) [Yy] tế(?!\w)")
#: Between the units behind "Lưu: VT": "Lưu: VT; VP, TTr."
_UNITS = re.compile(r"[;,]\s?")


def is_word(token: str) -> bool:
    """Tell whether a token can be a word of a recipient: a syllable, an abbreviation in capitals, a number."""
    bare = _EDGES.sub("", token)
    if not bare:
        return False
    if bare.isdigit():
        return len(bare) <= 4
    if re.fullmatch(r"[bcpt]/[cdđhk]", bare):
        return True  # báo cáo, chỉ đạo, phối hợp, thực hiện, triển khai
    parts = [p for p in re.split(r"[-/&.,()]", bare) if p]
    return all(_is_part(p) for p in parts)


def _is_part(part: str) -> bool:
    if part.isdigit():
        return True
    if _PLACE.fullmatch(part) is not None:
        return True
    if not part.isalpha():
        return False
    if _SYSTEM.fullmatch(part) is not None:
        return True
    if len(part) == 1:
        return part in "cbky" or part.isupper()
    letters = sum(c.isupper() for c in part)
    if letters > 1 or (letters == 1 and not part[0].isupper()):
        return part[0].isupper() and 2 <= len(part) <= 10 and letters >= len(part) / 2
    return is_syllable(part) or part.lower() in ("website", "email", "web", "cổng", "portal", "st", "fax")


def is_scrap(text: str) -> bool:
    """Tell whether a piece of a line holds no words: few of its marks are syllables, and none stand together."""
    if _SYSTEM.search(text) is not None or _HEALTH.search(text) is not None:
        return False
    tokens = text.split()
    long = [t for t in tokens if is_word(t) and len(_EDGES.sub("", t)) > 1]
    if not long:
        return True
    letters = sum(len(_EDGES.sub("", t)) for t in long)
    return (len(long) < 2 and letters < 4) or (letters < 7 and len(long) < 0.75 * len(tokens))


def is_behind_archive(text: str) -> bool:
    """Tell whether a line under "Lưu: …" is of a seal or a pen: it begins with what is no word, unit or bracket."""
    first = text.split()[0] if text.split() else ""
    return first[:1] not in "(-–" and not is_word(first)


def without_scraps(text: str) -> str:
    """Return a recipient without what a seal left behind it: all behind its end mark, marks that are no words."""
    text = _CUT_UNIT.sub("CM", text)
    end = None
    filed = _FILED.search(text)  # "Lưu: VT" is no end mark with a scrap behind it
    for match in re.finditer(r"[;.:,](?=\s|$)", text[filed.end() :] if filed else text):
        at = match.start() + (filed.end() if filed else 0)
        rest = text[at + 1 :]
        units = filed is not None and (
            _COPIES.fullmatch(rest) is not None or all(is_known_part(part) for part in _UNITS.split(rest.strip(" .")))
        )
        if (
            is_scrap(rest)
            and not units
            and len(rest) < 48
            and not (match.group() == "," and re.search(r"[^\W_]{2}", rest))
        ):
            end = at
            break
    bare = text if end is None else text[:end]
    if filed is None:
        bare = _without_capitals(bare)
    tokens = list(_TOKEN.finditer(bare))
    while len(tokens) > 1 and (not is_word(tokens[-1].group()) or _is_lone(tokens[-1].group())):
        before = tokens[-2].group()
        if filed is not None and _TYPIST.fullmatch(tokens[-1].group()):
            break
        if re.search(r"\)\W*$", tokens[-1].group()) or before.endswith((",", ":")) or folded(before) in _COUNTED:
            break  # the end of "(để p/h)", the typist's initials behind "Lưu: VT, ", "Như mục I"
        tokens.pop()
    bare = bare[: tokens[-1].end()] if tokens else bare
    closed = bare.rfind(")")
    if filed is not None and bare[closed + 1 : closed + 2] == ",":
        return bare  # "Lưu: VP (HC), KHTC"
    return bare[: closed + 1] if 0 < closed < len(bare) - 1 and is_scrap(bare[closed + 1 :]) else bare


def _without_capitals(text: str) -> str:
    """Return a recipient without capitals behind its end mark, which are no abbreviations: "Sở (để b/c); ĐO VẼ"."""
    for match in _BEHIND.finditer(text):
        words = re.findall(r"[^\W\d_]+", text[match.end() :])
        if words and all(w.isupper() and (is_syllable(w) or len(w) == 1) for w in words):
            return text[: match.start()]
    return text


def _is_lone(token: str) -> bool:
    """Tell whether a token at the end is a single letter that no recipient ends with."""
    bare = _EDGES.sub("", token)
    return len(bare) == 1 and not bare.isdigit() and not token.endswith(")")


def name_in(piece: str, *, alone: bool) -> tuple[int, int] | None:
    """Return the place of a person's name at the end of a piece of a line, scraps behind it left out; None for none.

    A name begins with a known surname (họ); where it stands ``alone`` on a clean line any other may.
    """
    tokens = list(_TOKEN.finditer(piece))
    dropped = 0
    while tokens and not _is_name_part(tokens[-1].group()) and dropped < 5:
        if re.search(rf"[{UPPER}{LOWER}]{{4}}|\w;$", tokens[-1].group()):
            return None
        tokens.pop()
        dropped += 1
    first = len(tokens)
    while first and _is_name_part(tokens[first - 1].group()):
        first -= 1
    run = tokens[first:]
    if alone and len(tokens) == len(run) == 1 and _ETHNIC.fullmatch(piece.strip()):
        return run[0].span()  # "K'Brểu" has no other name
    if len(run) < 2:
        return None
    clean = alone and dropped == 0 and all(_DEGREES.match(t.group()) for t in tokens[:first])
    for k in range(len(run) - 1):
        size = len(run) - k
        lead = len(run[k].group()) - len(run[k].group().lstrip(_LEAD))
        word = run[k].group()[lead:]
        begins = (
            is_surname(word) or _ETHNIC.fullmatch(word) or (clean and k == 0 and size > 2 and word in _names_alone())
        )
        if not begins or not 2 <= size <= _MAX_SYLLABLES:
            continue
        before = piece[: run[k].start()].rstrip()
        if _UNCLE.match(piece, run[k].start() + lead):  # the Đoàn, the Đội and the city are named after him
            return None
        if size == _OF_A_PROVINCE and folded(piece[run[k].start() + lead : _bare_end(run[-1])]) in province_names():
            return None  # "Cơ quan: Tỉnh ⏎ Đồng Tháp", of a signature that a machine set
        if _is_named_after(before) or (size < 3 and not (k + first == 0 or re.search(r"[^\w\s]$", before))):
            return None
        return run[k].start() + lead, _bare_end(run[-1])
    if run[0].group().lower() in _NOT_A_PERSON:
        return None
    if clean and 3 <= len(run) <= _MAX_SYLLABLES and all(is_syllable(_EDGES.sub("", t.group())) for t in run):
        return run[0].start(), _bare_end(run[-1])
    return None


def _bare_end(token: re.Match[str]) -> int:
    return token.end() - (len(token.group()) - len(token.group().rstrip(".,;:”\"'*|_~-–—)}")))


def _is_name_part(token: str) -> bool:
    if _ETHNIC.fullmatch(token.lstrip(_LEAD).rstrip(".,")):
        return True
    bare = token.lstrip(_LEAD).rstrip(".,:”\"'*|_~-–—)}")
    return bare in _LETTERS or (len(bare) > 1 and bare[0].isupper() and bare.isalpha() and bare[1:].islower())


def _is_named_after(before: str) -> bool:
    """Tell whether the words before a name make it a place's, a school's or a recipient's."""
    words = re.findall(r"\w+$", folded(before))
    return bool(words) and words[0] in _NAMED_AFTER


#: A name in capitals has so many words.
_IN_CAPITALS = range(3, 6)


def is_surname(word: str) -> bool:
    """Tell whether a word is a surname; only the common ones count where their marks were misread."""
    exact, alike = _surnames()
    return word in exact or folded(word) in alike


@lru_cache(maxsize=1)
def _names_alone() -> frozenset[str]:
    return frozenset(table("surnames")["surnames"]["alone"])


@lru_cache(maxsize=1)
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    rows = table("surnames")["surnames"]
    return frozenset(rows["words"]), frozenset(folded(w) for w in rows["common"])


def name_in_capitals(text: str) -> str | None:
    """Return the name that a line in capitals is, in ordinary spelling: "NGUYỄN BÁ LÂM"; None for none."""
    words = text.split()
    if len(words) not in _IN_CAPITALS or not text.isupper():
        return None
    said = " ".join(word.capitalize() for word in words)
    whole = is_surname(said.split()[0]) and name_in(said, alone=True) == (0, len(said))
    return said if whole else None


def known_name(name: str) -> str:
    """Return a name with its surname as it is spelled, where only its marks were misread and one surname fits."""
    first, _, rest = name.partition(" ")
    rows = table("surnames")["surnames"]
    if first in rows["words"]:
        return name
    fits = [w for w in rows["common"] if folded(w) == folded(first)]
    return f"{fits[0]} {rest}" if len(fits) == 1 else name
