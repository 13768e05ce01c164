"""Formulae of the layout (thể thức, Nghị định 30/2020/NĐ-CP, Annex I) that were misread: first recipient, purposes.

They stand at known places and are few, so a reading is taken for the formula it is nearest to, by the letters' shapes;
the bound is such that no other words which stand at these places meet it (tests). Evidence keeps the source's place.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import LOWER, UPPER, is_syllable
from corpus.units import province_names
from nlp.words.folding import folded
from nlp.words.shapes import SHAPES, distance
from nlp.words.vocabulary import table

_AS_ABOVE = "Như trên"
_SHAPE_OF_AS_ABOVE = "nhutren".translate(SHAPES)
_MOST_SLIPS = 2
#: A code longer than this may have lost its end.
_LEAST_UNIT = 4
#: What a recipient gets the paper for, in brackets at its end.
_GIVEN_FOR = re.compile(r"\s?\([^()]{1,30}\)\W{0,2}$")
#: "(để …)" behind a recipient, however "để" was read.
_PURPOSE = re.compile(rf"\(\s?(?P<lead>[đdĐD][{LOWER}]{{1,2}})\s(?P<rest>[^()]{{2,24}})\)")
#: "Sở" in a recipient: a register (sổ) or a number (số) receives nothing; "Trường THPT số 1" does.
_OFFICE = re.compile(r"(?<!\w)(?P<many>[Cc]ác\s)?S(?:[oòóỏõọôồốổỗộơờớỡợeéêểếề@&6](?!\w))(?!\s?\d)")
#: The archive (lưu), last of all: "Lừa: VT", "Liru: VT".
_FILED = re.compile(
    r"^(?:[Ll1I](?!ưu)\w{1,4}\s?[:;.,]\s?(?=V\.?[TP](?!\w))|(?!(?:Lưu|Phòng|Tổ|Ban|Sở)\W)\w{2,6}\s?[:;.,]?\s(?=V\.?T(?:[,.;]|$)))"
)
#: "Sở GDĐT" with a mark or digits for its first letters: "86 GDĐT", "$6 GD&ĐT".
_OFFICE_OF = re.compile(r"(?<![\w.])(?:[S$58][06oOéê@&¢]|S80|S6o|S¢)(?= (?:GD ?&? ?[ĐD]T|L[ĐD]|KH|VH|TN|TT|NV|TC))")
#: "GDĐT" with its last letter read as another stroke.
_OFFICE_SIGN = re.compile(r"(?<!\w)GD[ĐD][Il1](?!\w)")
#: Purposes in short forms of their own, whose few letters are misread: "(v/h)", "(h)", "(b/¢)".
_SHORT_PURPOSE = re.compile(r"\((?!(?:b/c|t/h|p/h|c/đ|t/k)\))(?P<read>[\wđ¢]?[/i1l]?[hcệe¢đd])\)")
#: PGD is the phòng, not a phó giám đốc, behind whom it has: "Bộ phận CNTT PGD", "Lãnh đạo PGD".
#: GDDT is the Vụ Giáo dục dân tộc of the Bộ, no GDĐT.
_AS_WRITTEN = re.compile(r"(?:Vụ GDDT|(?<![Cc]ác)(?<!GĐ)(?<!GD)(?<![đĐ]/c)(?<!và)(?<![,;-])(?<=\w) PGD)$")
#: Words of recipients that have but one meaning there, with what is read for them.
_WORDS = (
    (re.compile(r"[{\[](?=[^(){}\[\]]{2,24}[)}\]])"), "("),
    (re.compile(r"(?<=\()(?P<why>[^(){}\[\]]{2,24})[}\]]"), r"\g<why>)"),
    (re.compile(r"^(?P<who>Như (?:trên|kính gửi)) (?:\w{1,3} )?\w{0,3}[ựưụ]c hiện\)$"), r"\g<who> (để thực hiện)"),
    (re.compile(r"^Nh[ưuứừ] k[ií]nh [gsq9][ửưủứừùúuổ][ií1lI](?=$| \()"), "Như kính gửi"),
    (re.compile(r"(?<=\()(?:[hrt]|[tf]h)?[ựưụ]c hi[êệe]n(?=\))"), "thực hiện"),
    (re.compile(r"(?<!\w)tính(?=$|[ ,;.(])"), "tỉnh"),
    (re.compile(r"[,;]?_+$"), ""),
    (re.compile(r"\((?!để )[^\W_]{2,3} (?=(?:b/c|p/h|t/h|c/đ|báo cáo|thực hiện|phối hợp)\))"), "(để "),
    (re.compile(r"(?<=[,;] )[IT]P(?=$|[,;])"), "TP"),
    (re.compile(r"(?<=tổ )C(?=$|[,;])"), "CM"),
    (re.compile(r"^G[DĐAa]?a?, (?=các (?:PG[DĐ]|Phó Giám đốc))"), "GĐ, "),
    (re.compile(r"^BG[DĐ](?= (?:Sở|sở|trường|nhà trường))"), "BGĐ"),
    (re.compile(r"^Ban C[DĐ](?= )"), "Ban CĐ"),
    (re.compile(r"^[ĐDÐ]\w{0,2}/(?:c|e|¢|cử)(?= (?:Giám đốc|Bộ trưởng|Chủ tịch|Hiệu trưởng|Trưởng phòng|Phó))"), "Đ/c"),
    (re.compile(r"(?<=\(để )(?:\w )?(?:phù|phổi|phôi|phói) hợp"), "phối hợp"),
    # a comma that was read as a full stop: "Ông Trần Hà. PCT UBND tỉnh", "tỉnh. huyện", "Lưu: GDTrH. VP"
    (re.compile(rf"(?<=[{LOWER}])\. (?=(?:P?CT|P?GĐ|Phó|Chủ tịch|Giám đốc|Trưởng)(?: |$))"), ", "),
    (re.compile(rf"(?<=[{LOWER}]{{3}})\. (?=[{LOWER}]{{2}})"), ", "),
    (re.compile(r"(?<=^Lưu: )(?P<first>[\wĐ&]{2,8})\. (?=(?:VT|VP|HC)(?:[,. ]|$))"), r"\g<first>, "),
    (
        re.compile(r"^(?P<who>[^()]{4,80}) (?P<why>để (?:báo cáo|thực hiện|phối hợp|chỉ đạo|biết|[btp]/[cht]))\)$"),
        r"\g<who> (\g<why>)",
    ),
    (re.compile(r"(?<=\(để )ph[ủùúu](?= (?:chỉ đạo|c/đ|t/h|thực hiện)\))"), "p/h"),
)
#: A comma that stands at the word behind it: "ngoại ngữ ,tin học".
_LOOSE_COMMA = re.compile(r"\s+,\s*")
_CODE = re.compile(r"(?<![\w&])[A-ZĐ][A-ZĐ&-]{2,8}(?![\w&])")
_SHORT = re.compile(rf"(?<![\w.])[{UPPER}]{{2,3}}(?![\w.])")
#: Behind a word that is a surname as well, what makes it one: "Vũ Thị Hạnh".
_PERSON = re.compile(rf" [{UPPER}][{LOWER}]+ [{UPPER}][{LOWER}]+(?: |$)")
_NAME = rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,2}}"
_PLACED = re.compile(rf"(?:\bSở GDĐT (?:tỉnh |thành phố )?|\b[Tt]ỉnh )(?P<name>{_NAME})")


def reads_as_above(entry: str) -> bool:
    """Tell whether the first recipient must be "Như trên": near to it by shapes, and not readable as it stands."""
    entry = re.split(r"[;.:,](?=\s|$)", _GIVEN_FOR.sub("", entry).strip(" ;.:,"), maxsplit=1)[0]
    letters = "".join(re.findall(r"[^\W_]+", folded(entry)))
    if letters == "nhutren":
        return True
    words = re.findall(r"[^\W\d_]+", entry)
    if not 5 <= len(letters) <= 10 or letters[0] not in "nm" or all(is_syllable(w) for w in words):
        return False
    if any(w.isupper() and len(w) > 2 for w in words):
        return False  # an abbreviation is a recipient of its own
    return distance(letters.translate(SHAPES), _SHAPE_OF_AS_ABOVE) <= _MOST_SLIPS


def mended_recipients(recipients: list[str]) -> list[str]:
    """Return recipients (nơi nhận) with the layout's formulae, offices and provinces as they are spelled.

    What each is sent for is read as offices abbreviate it: "(đề p/h; ¢/đ)" → "(để p/h, c/đ)"; of two forms that are as
    near, the one that stands elsewhere in the same list is meant.
    """
    if recipients and reads_as_above(recipients[0]):
        purpose = _GIVEN_FOR.search(recipients[0])  # "Như trên (t/h)"
        recipients = [_AS_ABOVE + (f" {purpose.group().strip()}" if purpose else ""), *recipients[1:]]
    recipients = [_with_names(r) for r in recipients]
    short = {m for r in recipients for m in re.findall(r"\((b/c|t/h|p/h|c/đ)\)", r)}
    recipients = [
        r if r.startswith("Lưu") else _SHORT_PURPOSE.sub(lambda m: _in_short(m, short), r) for r in recipients
    ]
    known = set(table("recipients")["purposes"]["forms"])
    here: set[str] = set()
    for _ in range(2):
        recipients = [_with_purpose(r, here) for r in recipients]
        here = {m.group()[1:-1] for r in recipients for m in _PURPOSE.finditer(r)} & known
    for read, meant in _WORDS:
        recipients = [read.sub(meant, r) for r in recipients]
    return recipients


def mended_addressees(addressees: tuple[str, ...]) -> tuple[str, ...]:
    """Return addressees (kính gửi) with offices and provinces as they are spelled: "Thủ trưởng … thuộc Sớ GDĐI"."""
    spaced = (_LOOSE_COMMA.sub(", ", one) for one in addressees)
    signed = (_OFFICE_OF.sub("Sở", _OFFICE_SIGN.sub("GDĐT", one)) for one in spaced)
    return tuple(_PLACED.sub(_known_province, _OFFICE.sub(_with_office, one)) for one in signed)


def _with_office(match: re.Match[str]) -> str:
    return f"{match['many'] or ''}Sở"


def with_own_unit(recipients: tuple[str, ...], units: tuple[str, ...]) -> tuple[str, ...]:
    """Return recipients whose last, the archive (lưu), names the drafting unit as the own number spells it.

    "Lưu: VT, NGCBQL" of a document …/BGDĐT-NGCBQLGD: the unit that drafts keeps a copy, so both are one.
    """
    if not recipients or not recipients[-1].startswith("Lưu"):
        return recipients

    def spelled(match: re.Match[str]) -> str:
        read = match.group()
        alike = (u for u in units if folded(u) == folded(read) or (len(read) > _LEAST_UNIT and u.startswith(read)))
        return next(alike, read)

    return (*recipients[:-1], _CODE.sub(spelled, recipients[-1]))


def _with_names(recipient: str) -> str:
    """Return a recipient with "Sở" for what was read of it, short forms without tones, provinces as spelled."""
    recipient = _OFFICE_OF.sub("Sở", _FILED.sub("Lưu: ", recipient))
    mended = _with_head(_OFFICE.sub(_with_office, recipient))
    if any(c.islower() for c in mended):
        mended = _SHORT.sub(lambda m: _without_tones(m.group()), mended)
    whose = mended
    mended = _CODE.sub(lambda m: m.group() if _AS_WRITTEN.search(whose, 0, m.end()) else _short(m.group()), mended)
    return _PLACED.sub(_known_province, mended)


def _in_short(match: re.Match[str], here: set[str]) -> str:
    """Return a purpose in its short form: by its letters, of two that fit by what stands elsewhere in the list."""
    read = match["read"]
    if read[-1] == "h":
        fits = ["p/h"] if read[0] == "p" else ["t/h"] if len(read) > 1 or "p/h" not in here else ["p/h", "t/h"]
    else:
        fits = ["b/c"] if read[-1] in "ce¢" else ["c/đ"]
    near = [one for one in fits if one in here] or fits
    return f"({near[0]})" if len(near) == 1 and (len(read) > 1 or near[0] in here) else match.group()


def _short(code: str) -> str:
    return _short_forms().get(folded(code), code)


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, str]:
    return {folded(n): n for n in table("recipients")["short"]["names"]}


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    names = sorted((folded(n) for n in table("recipients")["heads"]["names"]), key=len, reverse=True)
    return re.compile(rf"(?:^|(?<=, ))(?:{'|'.join(names)})(?!\w)")


def _with_head(recipient: str) -> str:
    """Return a recipient with the offices at its head and behind its commas as they are spelled."""
    names = table("recipients")["heads"]["names"]
    spelled = {folded(n): n for n in reversed(names)}  # of "Trường" and "Trưởng" the first, where no tone was read
    out = recipient
    for match in _heads().finditer(folded(recipient)):
        name, after = spelled[match.group()], recipient[match.end() :]
        if recipient[match.start() : match.end()] in names:
            continue  # "Trưởng các phòng" is read as it stands
        if recipient[match.start()].isupper() and not (" " not in name and _PERSON.match(after)):
            out = out[: match.start()] + name + out[match.end() :]
    return out


def _known_province(match: re.Match[str]) -> str:
    name = match["name"]
    return match.group().replace(name, province_names().get(folded(name), name))


def _without_tones(word: str) -> str:
    """Return an abbreviation as it is spelled: no short form has a tone ("HÚ" is Huyện ủy); Đ, Ư … stay."""
    return "".join(folded(c).upper() if c not in "ĐƯƠÂÊÔĂ" else c for c in word)


def _with_purpose(recipient: str, here: set[str]) -> str:
    return _PURPOSE.sub(lambda m: f"({_purpose(m['lead'], m['rest'], here)})", recipient)


def _purpose(lead: str, rest: str, here: set[str]) -> str:
    """Return a purpose as the nearest known form; "để" in front of it costs nothing however it was read."""
    known = table("recipients")["purposes"]["forms"]
    words = f"{lead} {rest}"
    if words in known:
        return words
    fold = folded(rest)
    costs = [(distance(fold, folded(form[3:])), form) for form in known]
    near = [(cost, form) for cost, form in costs if cost <= max(1, (len(form) - 1) // 4)]
    best = [form for cost, form in near if cost == min(near)[0]]
    fits = [form for form in best if form in here] or best
    if len({folded(f) for f in fits}) == 1:
        return str(fits[0])
    return f"để {rest}" if folded(lead) in ("de", "do") else words
