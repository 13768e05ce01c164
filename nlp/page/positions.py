"""Positions of signers (quyền hạn, chức vụ) in the capitals of a sign-off: "KT. BỘ TRƯỞNG", damaged ones, too.

The lead (TM. thay mặt, KT. ký thay, TL. thừa lệnh, TUQ. thừa ủy quyền, Q. quyền: Nghị định 30/2020/NĐ-CP, Annex I,
II.7) and the position are read over folded text; one letter of a word may be misread where only one position fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.text import LOWER, UPPER, is_syllable, squeeze
from nlp.words.casing import office_case, sentence_case
from nlp.words.folding import folded, pattern
from nlp.words.shapes import SHAPES, distance
from nlp.words.vocabulary import Entry, entries, rule_of, table, union

#: The lead before a position; OCR reads the T of KT as I or 1 and the full stop as a comma or not at all. No other
#: lead begins with K, so "KHI GIÁM ĐỐC" (what a restorer makes of "KI") is "KT." as well.
LEAD = pattern(r"(?<!\w)(?P<lead>k\.?h?[ti1]|[kt]/[tml]|t\.?m|t\.?[li1]|t\.?u\.?q|q(?=[.,:;]))\s?[.,:;]{0,2}\s{0,2}$")
_LEADS = {"tm": "TM", "tl": "TL", "ti": "TL", "t1": "TL", "tuq": "TUQ", "q": "Q"}
_TWO_CAPITALS = re.compile(rf"[{UPPER}0-9]{{2}}[^{LOWER}]{{0,12}}?[{UPPER}0-9]{{2}}")
_WORD = re.compile(r"[^\W_]+")
_DIGITS = str.maketrans("01", "oi")
#: A word of so many letters may have one misread.
_MENDABLE = 4
_MAX = 110
#: A position has so many capitals at least.
_CAPITALS = 4

#: Heads of the offices that write directives, and how many letters a seal may have taken from such a position.
_HEADS = ("Giám đốc", "Phó Giám đốc", "Trưởng phòng", "Phó Trưởng phòng", "Hiệu trưởng", "Phó Hiệu trưởng", "Chủ tịch",
          "Phó Chủ tịch", "Bộ trưởng", "Thứ trưởng", "Cục trưởng", "Vụ trưởng", "Chánh Văn phòng")  # fmt: skip
_MOST_WORN, _WORN_SLIPS, _WORN_MARGIN = 4, 3, 2
#: What the seal itself says in its middle, which is no position.
_SEALS = ("Giáo dục", "Sở Giáo dục", "Phòng Giáo dục", "và Đào tạo", "Đào tạo", "Ủy ban nhân dân", "Nhân dân", "Trường")


_HEAD_LEFT = re.compile(rf"\W{{0,3}}(?:\w{{1,4}}\s)?\w{{1,5}}\s?:\s{{1,3}}(?=[{UPPER}])")


@dataclass(frozen=True, slots=True)
class Position:
    """A position in a line: ``text[start:end]``; ``lead`` its KT, TL …; ``name`` its reading without what it is of."""

    start: int
    end: int
    lead: str
    name: str
    of: str

    def __str__(self) -> str:
        """Return it in ordinary spelling: "KT. Giám đốc", "Trưởng phòng GDTrH"."""
        lead = f"{self.lead}. " if self.lead else ""
        return f"{lead}{self.name} {self.of}".strip()


def position_in(text: str, start: int = 0) -> Position | None:
    """Return the first position in capitals in ``text`` from ``start``, None for none.

    Behind it may stand what it is of ("TRƯỞNG PHÒNG TỔ CHỨC CÁN BỘ") and scraps of a seal, nothing else.
    """
    if len(text) - start > 4 * _MAX or sum(map(str.isupper, text)) < _CAPITALS:
        return None
    if _TWO_CAPITALS.search(text, start) is None:
        return None
    fold = folded(text)
    for match in union("titles", "title").finditer(fold, start):
        if _in_capitals(text[match.start() : match.end()]):
            made = _made(text, fold, match.start(), match.end(), rule_of("titles", "title", match), start)
            if made is not None:
                return made
    return _mended(text, fold, start)


def _in_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= _CAPITALS and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


def _made(text: str, fold: str, start: int, end: int, entry: Entry, since: int) -> Position | None:
    lead = LEAD.search(fold, max(since, start - 8), start)
    if lead is not None and text[lead.start("lead")].isupper():
        begin, short = lead.start(), _LEADS.get(re.sub(r"[./]", "", lead["lead"]), "KT")
    else:
        begin, short = start, ""
        if entry.row.get("led"):
            return None  # a body signs by who stands for it
    stop, of = _object(text, end, entry)
    rest = text[stop:].strip(" .;:,*-–")
    if re.search(rf"[{LOWER}]{{3,}}", rest) and not _is_aside(rest):
        return None  # a sentence goes on
    return Position(begin, stop, short, entry.name, of)


def _is_aside(rest: str) -> bool:
    """Tell whether what stands behind a position is a person's name or "(Đã ký)", not a sentence that goes on."""
    return rest.startswith("(") or not re.search(rf"(?<!\w)[{LOWER}]{{3,}}\s[{LOWER}]{{2,}}", rest)


def _object(text: str, end: int, entry: Entry) -> tuple[int, str]:
    """Return what a position is of, as far as it stands behind it in capitals: "TRƯỞNG PHÒNG | TỔ CHỨC CÁN BỘ"."""
    allowed = entry.row.get("of")
    match = re.compile(rf"\s{{1,2}}(?={allowed})").match(folded(text), end) if allowed else None
    if match is None:
        return end, ""
    stop, words, at = end, [], end
    for word in re.finditer(r"(?:\s{1,2}(?:[-–&,]\s{1,2})?|(?<=\w)[-–](?=\w))([^\W_]+)(?:[,]?)", text[end:]):
        bare = word[1]
        short = len(bare) > 1 and sum(c.isupper() for c in bare) > 1 and not is_syllable(bare)
        if word.start() + end != at or len(bare) < 2 or not (short or (bare.isupper() and is_syllable(bare))):
            break
        at = stop = end + word.end()
        words.append(bare)
    piece = squeeze(text[end:stop]).strip(" -–,")
    if len(words) == 1 and is_syllable(words[0]):
        return end, ""  # one word behind it is more often a scrap of the seal's ring
    return stop, unit_case(piece)


def unit_case(capitals: str) -> str:
    """Return what a position is of as it is spelled, where a table names it, else in small letters."""
    known = _units().get(_letters(capitals))
    if known is not None and "," not in capitals:
        known = known.replace(",", "")
    of_office = known is None and re.match(r"(?:VỤ|CỤC|VIỆN)\s(?=\S+\s\S)", capitals)
    if of_office:  # each field of a department has a capital
        return " và ".join(office_case(f) if k == 0 else sentence_case(f) for k, f in enumerate(capitals.split(" VÀ ")))
    words = " ".join(w.lower() if w == w.upper() and is_syllable(w.strip(",")) else w for w in capitals.split())
    return known or re.sub(r"^sở (?=\w)", "Sở ", words)


def completed(position: Position) -> Position:
    """Return a position whose unit lost its end as the one unit that begins so: "Cục Nhà giáo", "Vụ Tổ chức"."""
    of = _letters(position.of)
    if len(position.of.split()) < 3 or of in _units():
        return position
    whole = [name for key, name in _units().items() if key.startswith(of)]
    return replace(position, of=whole[0]) if len(whole) == 1 else position


def behind_head(text: str) -> int | None:
    """Return where an authority begins behind what is left of "Nơi nhận:" ("n: TUQ. GIÁM ĐỐC"), else None."""
    head = _HEAD_LEFT.match(text)
    found = position_in(text, head.end()) if head is not None else None
    return found.start if found is not None and head is not None and found.lead and found.start == head.end() else None


def continued(position: Position, line: str) -> Position | None:
    """Return a position whose unit goes on in the capitals of the line under it; None where none is known so.

    "VỤ TRƯỞNG VỤ GIÁO DỤC CHÍNH" goes on with "TRỊ VÀ CÔNG TÁC …"; a scrap of the seal's ring does not.
    """
    first = line.split()[0].strip(",")
    if not is_syllable(first):
        return None
    if not position.of:
        return _with_unit(position, line)
    letters = _letters(f"{position.of} {line}")
    whole = next((name for key, name in _units().items() if key.startswith(letters)), None)
    if whole is None and first == "VÀ" and len(line.split()) > 1:  # each field of a department has a capital
        more = unit_case(squeeze(line)[3:].strip(" .,;"))
        return replace(position, of=f"{position.of} và {more[:1].upper()}{more[1:]}")
    of = whole if whole and _letters(whole) == letters else unit_case(f"{position.of.upper()} {line}")
    return replace(position, of=of) if whole else None


def _with_unit(position: Position, line: str) -> Position | None:
    """Return a position with the unit that stands whole under it: "VỤ TRƯỞNG", then "VỤ GIÁO DỤC TRUNG HỌC"."""
    entry = next((e for e in entries("titles", "title") if e.name == position.name), None)
    allowed = entry.row.get("of") if entry is not None else None
    known = _letters(line) in _units()
    of_kind = allowed not in (None, r"\w") and re.match(str(allowed), folded(line)) and len(line.split()) > 2
    fits = allowed is not None and (known or of_kind) and position_in(line) is None
    return replace(position, of=unit_case(squeeze(line).strip(" .,;"))) if fits else None


def _letters(text: str) -> str:
    return "".join(c for c in folded(text) if c.isalpha())


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    return {_letters(name): name for name in table("titles")["units"]["names"]}


@lru_cache(maxsize=1)
def _spelled() -> tuple[tuple[tuple[str, ...], Entry], ...]:
    """Return the words of every position, longer ones first."""
    rows = [(tuple(folded(e.name).split()), e) for e in entries("titles", "title")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def _mended(text: str, fold: str, start: int) -> Position | None:
    """Return a position with a misread letter; of several that fit equally none."""
    words = [m for m in _WORD.finditer(fold, start) if text[m.start()].isupper() or text[m.start()].isdigit()]
    if not 2 <= len(words) <= 40:
        return None
    plain = [m.group().translate(_DIGITS) for m in words]
    for spelled, entry in _spelled():
        size = len(spelled)
        if len(set(spelled).difference(plain)) > 1:
            continue  # more than one of its words is not here
        for k in range(len(words) - size + 1):
            window = words[k : k + size]
            if not _in_capitals(text[window[0].start() : window[-1].end()]) or not _fits(window, spelled):
                continue
            rivals = [e for s, e in _spelled() if len(s) == size and e is not entry and _fits(window, s)]
            if rivals:
                return None
            return _made(text, fold, window[0].start(), window[-1].end(), entry, start)
    return None


def _fits(window: list[re.Match[str]], spelled: tuple[str, ...]) -> bool:
    slips = 0
    for match, word in zip(window, spelled, strict=True):
        got = match.group().translate(_DIGITS)
        if got == word:
            continue
        if len(word) < _MENDABLE or not one_slip(got, word):
            return False
        slips += 1
    return slips <= 1


def one_slip(a: str, b: str) -> bool:
    """Tell whether two words differ by one letter changed, lost or added."""
    if a == b or abs(len(a) - len(b)) > 1:
        return a == b
    k = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[k + 1 :] == b[k + 1 :] or a[k + 1 :] == b[k:] or a[k:] == b[k + 1 :]


def worn(text: str) -> Position | None:
    """Return the position that a line in capitals under a seal must have been: "CITAM ĐỤC", "LÁM ĐỘC" (Giám đốc).

    So many letters are lost that only the heads of offices and their deputies are thought of, the nearest of them where
    no other is nearly as near; that a name stands under the line is for the caller to see.
    """
    words = [m for m in _WORD.finditer(text) if len(m.group()) > 1]
    if not words or not _in_capitals(text) or len(words) > _MOST_WORN:
        return None
    read = _letters(text.translate(_DIGITS))
    (slips, name), (rival, _) = sorted((distance(read, _letters(name)), name) for name in _HEADS)[:2]
    most = _WORN_SLIPS - all(is_syllable(m.group()) for m in words)
    if slips > min(most, 0.45 * len(_letters(name))) or rival - slips < _WORN_MARGIN:
        return None
    if min(_unlike(read, seal) for seal in _SEALS) <= _unlike(read, name):
        return None
    return Position(words[0].start(), words[-1].end(), "", name, "")


def _unlike(read: str, name: str) -> int:
    """Return how unlike a name what was read is, by its letters and by their shapes."""
    meant = _letters(name)
    return distance(read, meant) + distance(read.translate(SHAPES), meant.translate(SHAPES))


def lost_word(text: str, above: Position) -> str | None:
    """Return the position that a line under ``above`` must have been, where its first word was lost: "¥ GIÁM ĐỐC".

    Under "KT." it is the holder's deputy; elsewhere the one position that ends in the words which are left.
    """
    left = [w for w in re.findall(r"[^\W_]+(?:-[^\W_]+)*", text) if w.isupper() and len(w) > 1]
    spelled = [(tuple(folded(e.name).split()), e) for e in entries("titles", "title")]
    for drop in (0, 1):  # a scrap in capitals may stand for the lost word
        ending = tuple(folded(w) for w in left[drop:])
        if not ending:
            break
        if above.lead == "KT":
            deputy = deputy_of(above.name)
            words = tuple(folded(deputy).split()) if deputy else ()
            if deputy and (words[-len(ending) :] == ending or (len(ending) > 1 and words[: len(ending)] == ending)):
                return deputy
            continue
        fits = {}
        for words, entry in spelled:
            rest = ending[len(words) - 1 :]
            allowed = entry.row.get("of")
            fit = entry.row.get("deputy") and words[1:] == ending[: len(words) - 1]
            told = len(rest) > 1 or any(len(w) > 1 and not is_syllable(w) for w in left[drop + len(words) - 1 :])
            if fit and (not rest or (allowed and told and re.match(allowed, " ".join(rest)))):
                of = unit_case(" ".join(left[drop + len(words) - 1 :]))
                fits[entry.name] = f"{entry.name} {of}".strip()
        if len(fits) == 1 and above.lead in ("TM", "TL", "TUQ"):
            return fits.popitem()[1]
    return None


def deputy_of(holder: str) -> str | None:
    """Return the position of who signs "KT." for a holder (Nghị định 30/2020/NĐ-CP, Điều 13)."""
    return next((e.row.get("deputy") for e in entries("titles", "title") if e.name == holder), None)
