"""Document numbers (số ký hiệu): find them in text, repair them, write them in their one normal form.

The grammar is that of Nghị định 30/2020/NĐ-CP, Annex I and III, and of the forms met in office practice:

* ``749/QĐ-TTg``, ``123/KH-SGDĐT``           named type, no year
* ``26/2019/TT-BGDĐT``, ``17/2016/TTLT-BGDĐT-BTTTT``  normative, with year, one or more agencies
* ``43/2019/QH14``                            law: the agency bears the term of the National Assembly
* ``4003/BGDĐT-CNTT``                         công văn: agency and drafting unit, no type
* ``29-NQ/TW``, ``214-CV/TĐTN-TTNTH``       Party, Đoàn: dash and slash change places
* ``167-HĐBT``                                until about 1994: no type (``nlp.naming.plain`` finds it)
* ``4103/HDLS/BHXH-GDĐT``                     a stroke behind the type too, as several offices write together

Finding is tolerant: blanks and line breaks around the marks, O for 0, D, P or B for Đ; parts that are damaged are
repaired by ``corpus.symbols``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.symbols import Agency, is_known_part, nearest, repair_first, repair_part, symbols, without_term
from corpus.text import fold

_DIGIT_LIKE = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})
#: Types that bear the year in their number (Luật Ban hành văn bản quy phạm pháp luật): after them "132016" is 13/2016.
_WITH_YEAR = {"TT", "TTLT", "NĐ"}
_JOINED_YEAR = re.compile(r"(?P<serial>\d{1,3})(?P<year>(?:19[4-9]|20[0-4])\d)")
_LONGEST_SERIAL = 5

_SERIAL = r"(?P<serial>(?=[0-9OolI|]*[0-9])[0-9OolI|]{1,7}[a-z]?)"
_YEAR = r"(?:[^\S\n]?/[^\S\n]?(?P<year>(?:19|20|2O|2o)[0-9OolI]{2})(?![0-9])(?:/(?P=year)(?![0-9]))?)?"
# an r between capitals is read as an apostrophe or behind a query: "GDT'H", "GDT?rH" for GDTrH
# two units may be parted by a dot: "VP.GDTrH"
# "GD&ĐT" is torn apart at its "&" or where that was left out: "TT-BGD &ĐT", "TT-BGD ĐT"
_PART = (
    r"[A-ZĐÐ](?:[A-Za-zĐđÐƯư&]|['’](?=[A-ZĐ])|(?<=T)\?(?=[rIl]?H)|(?<=[A-Za-zĐđ])\.(?=[A-ZĐ]{2})"
    r"|(?<=GD)[^\S\n](?=&?[^\S\n]?[ĐÐD]T)|(?<=GD&)[^\S\n](?=[ĐÐD]T)){0,24}[0-9]{0,2}"
)
# a joint may be "-", "- ", " -" or "-⏎"; " - " is a dash between phrases, but behind the first part ("12/ UBND – VP")
# of a hyphen that was set twice, at a line's end and at the next one's head ("QĐ- -UBND"), one is left
_JOINT = r"(?:[-–][^\S\n]?\n?[^\S\n]?(?:(?<=\s)-)?|[^\S\n][-–](?=\S))"
_WIDE = r"(?:[^\S\n][-–][^\S\n](?!(?:THPT|THCS|TH|MN)\s)(?=[A-ZĐ]{2}))"
# a blank where a dash was lost, before the day: "1627/UBND VX, ngày …"
_LOST = r"(?:[^\S\n](?=[A-ZĐ]{2,6}\s?,?\s[Nn]gày\s\d))"
_SYMBOL = rf"(?P<symbol>(?:[A-ZĐ]{{2,6}}(?:{_WIDE}|{_LOST})){{0,3}}{_PART}(?:{_JOINT}{_PART})*)"
# the first of two strokes: "7575/KHLN/BGDĐT–BVHTTDL"
_STROKE = r"(?:(?P<before>[A-ZĐ][A-Za-zĐ&]{1,6})[^\S\n]?/[^\S\n]?)?"
_SLASHED = re.compile(
    rf"(?<![\w/.,-])(?<!\d:)(?P<glued>[Ss][6ốôóéèbd0])?{_SERIAL}{_YEAR}-?[^\S\n]?/[^\S\n]?-?\n?"
    rf"{_STROKE}{_SYMBOL}(?![\w/])"
)
#: The stroke before the symbol is lost: "số 274KH-UBND", "số 27/2020TT-BGDĐT".
_UNSLASHED = re.compile(
    rf"(?<=[Ss]ố )(?P<glued>){_SERIAL}{_YEAR}(?P<before>)"
    rf"(?P<symbol>(?:KH|QĐ|TT|TTLT|NĐ|NQ|CT|TB|HD|BC|TTr)-{_PART}(?:{_JOINT}{_PART})*)(?![\w/])"
)
#: More units that drew the document up: "345/SGDĐT-GDTrH, GDTX ngày 08/4/2020"; what only a comma joins is one symbol
#: whatever its units are ("1108/SGDĐT-KT,QLCL&CNTT ngày …").
_MORE_UNITS = re.compile(
    r"(?:,[^\S\n]?(?P<unit>[A-ZĐ][A-Za-zĐđ&]{1,8})(?=\s{1,2}[Nn]gày\s|[^\S\n]*(?:\n|$))"
    r"|(?P<glued>(?:,[A-ZĐ][A-Za-zĐđ&]{1,12}){1,3})(?=,?\s{1,2}[Nn]gày\s|[);.]))"
)
_PARTY = re.compile(
    rf"(?<![\w/.,-]){_SERIAL}[^\S\n]?[-–][^\S\n]?\n?[^\S\n]?(?P<type>[A-ZĐÐ][A-Za-zĐđ]{{1,4}})[^\S\n]?/[^\S\n]?(?P<symbol>{_PART}(?:-[^\S\n]?\n?{_PART})*)(?![\w/])"
)
_SO = re.compile(r"[Ss]ố\s{0,2}:?\s?$")
_JOINTS = re.compile(r"\s*[-–](?:\s+-)?\s*|\s+")
_STROKES = re.compile(r"\s*/\s*")
_WITHIN_PART = re.compile(r"(?<=GD)(?:\s?&?\s?(?=[ĐÐD]T)|-(?=[ĐÐ]T(?!\w)))")
#: Agencies that bear the number of their term: QH14, UBTVQH15, HĐND13.
_WITH_TERM = ("QH", "UBTVQH", "HĐND")
#: The term written apart: "27/2012/ QH 13", "43/2019/QH-14".
_TERM = re.compile(r"(?:[^\S\n]|[-–])(?P<term>1[0-6]|[89])(?![\w/])")
#: No council whose papers are still cited is of a term before this: "NQ-HĐND2" bears the mark of note 2.
_FIRST_COUNCIL = 7
_NOTE_MARK = re.compile(r"(?<=[A-Za-zĐđ])\d{1,2}$")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A số ký hiệu in its parts.

    serial: số, as written ("09", "749") · year: inside the number, for normative documents · type: abbreviation
    of the tên loại ("QĐ"), None for a công văn or a law · parts: agencies and units after the type ("TTg",).
    """

    serial: str
    year: int | None
    type: str | None
    parts: tuple[str, ...]
    party: bool = False
    strokes: bool = False

    def __str__(self) -> str:
        """Return the normal form: "/" after the number, "-" between groups, no blanks."""
        if self.party:
            offices = "-".join(self.parts)
            return f"{self.serial}-{self.type}/{offices}" if self.type else f"{self.serial}-{offices}"
        head = self.serial if self.year is None else f"{self.serial}/{self.year}"
        if self.strokes:
            first, *rest = [self.type, *self.parts] if self.type else self.parts
            return f"{head}/{first}/{'-'.join(rest)}"
        return f"{head}/{'-'.join([self.type, *self.parts] if self.type else self.parts)}"

    @property
    def symbol(self) -> str:
        """The ký hiệu without the number: "QĐ-TTg", "BGDĐT-CNTT"."""
        return "-".join([self.type, *self.parts] if self.type else self.parts)

    @property
    def type_name(self) -> str | None:
        """The tên loại that the symbol tells: "Quyết định"; "Luật" for …/QH14, "Công văn" where no type stands."""
        if self.type is not None:
            return symbols().types.get(self.type)
        agency = symbols().agencies.get(without_term(self.parts[0]))
        if agency is not None and agency.code in ("QH", "UBTVQH"):
            return {"QH": "Luật", "UBTVQH": "Pháp lệnh"}[agency.code] if self.year else "Nghị quyết"
        return "Công văn"

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """The known agencies that the symbol names, in order (two for a joint circular)."""
        known = symbols().agencies
        found = [known[without_term(p)] for p in self.parts if without_term(p) in known]
        joint = self.type in ("TTLT", "NQLT")
        return tuple(found if joint else found[:1])

    @property
    def issuer(self) -> str | None:
        """The issuing agency that the symbol tells, None where it is unknown; a local one lacks its place."""
        return ", ".join(a.name for a in self.agencies) or None

    @property
    def is_local(self) -> bool:
        """Whether the symbol leaves open which office of its kind issued the document (UBND, SGDĐT …)."""
        return not self.agencies or self.agencies[0].level != "central"


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """A number found in text: ``text[start:end] == surface``.

    ``number`` is the repaired reading; ``repaired`` tells that letters or digits were changed, not only blanks;
    ``confidence`` is in 0..1; ``alternatives`` are other normal forms that came close.
    ``glued`` holds a "S6" (số) that stuck to the digits; ``start`` lies behind it.
    """

    start: int
    end: int
    surface: str
    number: DocumentNumber
    repaired: bool
    confidence: float
    alternatives: tuple[str, ...] = ()
    glued: str = ""


def find_numbers(text: str) -> Iterator[NumberMatch]:
    """Yield every document number in ``text``, in order, without overlaps.

    Numbers inside longer words, dates (15/10/2023), fractions and units of measure are not numbers.
    """
    taken = 0
    found = [m for m in (_slashed(k) for kind in (_SLASHED, _UNSLASHED) for k in kind.finditer(text)) if m]
    found += [m for m in (_party(k) for k in _PARTY.finditer(text)) if m]
    for match in sorted(found, key=lambda m: (m.start, -m.end)):
        if match.start >= taken:
            taken = match.end
            yield match


def parse_number(text: str) -> DocumentNumber | None:
    """Return the number that ``text`` consists of, repaired, or None if it is something else."""
    stripped = text.strip()
    for match in find_numbers(stripped):
        if match.start == 0 and match.end == len(stripped):
            return match.number
    return None


def _slashed(m: re.Match[str]) -> NumberMatch | None:
    note = _note_mark(m["symbol"])
    written = _JOINTS.split(_WITHIN_PART.sub("", m["symbol"][: len(m["symbol"]) - note]).replace("?", ""))
    if m["before"]:
        written.insert(0, m["before"])
    if written[0] == "Đ" and m["year"] and written[1:] == ["TTg"]:
        written[0] = "QĐ"  # of what the Thủ tướng signs only a quyết định has its year in the number
    first, cost, rivals = repair_first(written[0], bool(m["year"]), len(written) > 1)
    if first is None:
        return None
    parts, total, others = [], cost, [(0, r) for r in rivals]
    for at, part in enumerate(written[1:], start=1):
        fixed, more, rivals = repair_part(
            part, agency=first in symbols().types and at == 1, central=first in _WITH_YEAR
        )
        parts.append(fixed)
        total += more
        others += [(at, r) for r in rivals]
    kind = first if first in symbols().types else None
    chain = parts if kind else [first, *parts]
    if kind and not chain:
        return None
    serial, year = _digits(m["serial"]), int(m["year"].translate(_DIGIT_LIKE)) if m["year"] else None
    bears_year = kind in _WITH_YEAR or (kind == "QĐ" and len(serial) > _LONGEST_SERIAL)  # "162006/QĐ-BGDĐT"
    if year is None and bears_year and (joined := _JOINED_YEAR.fullmatch(serial)):
        serial, year, total = joined["serial"], int(joined["year"]), total + 0.5
    if len(serial) > _LONGEST_SERIAL + serial[-1].isalpha():
        return None
    end = m.end() - note
    joined_by = _MORE_UNITS.match(m.string, end) if len(chain) > 1 and not note else None
    if joined_by is not None and (joined_by["glued"] or is_known_part(joined_by["unit"])):
        chain[-1] += joined_by["glued"] or f",{joined_by['unit']}"
        end = joined_by.end()
    term = _TERM.match(m.string, m.end()) if year is not None and chain in (["QH"], ["UBTVQH"]) else None
    if term is not None:
        chain = [f"{chain[0]}{term['term']}"]
        end = term.end()
    number = DocumentNumber(serial, year, kind, tuple(chain), strokes=bool(m["before"]))
    if number.strokes and kind is None and not any(without_term(p) in symbols().agencies for p in chain):
        return None
    alternatives = tuple(str(_with_part(number, at, r)) for at, r in others)
    return _match(m, number, total, alternatives, m["glued"] or "", end)


def _note_mark(symbol: str) -> int:
    """Return how many digits at the end of a symbol are the mark of a footnote: "TT-BGDĐT1", but QH14, THCS2."""
    mark = _NOTE_MARK.search(symbol)
    if mark is None:
        return 0
    vocabulary = symbols()
    offices = {code: agency for code, agency in vocabulary.agencies.items() if agency.level != "school"}
    known: dict[str, object] = {**offices, **dict.fromkeys(vocabulary.units)}
    part = _JOINTS.split(_WITHIN_PART.sub("", symbol[: mark.start()]))[-1].replace("&", "")
    office = nearest(part, known)[0]
    termed = office in _WITH_TERM and (office != "HĐND" or int(mark.group()) >= _FIRST_COUNCIL)
    return len(mark.group()) if office in known and not termed else 0


def _party(m: re.Match[str]) -> NumberMatch | None:
    kind, cost, _ = nearest(m["type"], symbols().types)
    written, *units = _JOINTS.split(m["symbol"])
    agency, more, _ = nearest(written, symbols().agencies)
    if kind not in symbols().types or agency not in symbols().agencies:
        return None
    # an office of the state that writes as the Party does, only behind "số": "Kế hoạch số 43-KH/UBND"
    if not symbols().agencies[agency].party and (
        cost or more or not _SO.search(m.string[max(0, m.start() - 8) : m.start()])
    ):
        return None
    return _match(
        m, DocumentNumber(_digits(m["serial"]), None, kind, (agency, *units), party=True), cost + more, (), "", m.end()
    )


def _match(
    m: re.Match[str], number: DocumentNumber, cost: float, alternatives: tuple[str, ...], glued: str, end: int
) -> NumberMatch:
    start = m.start() + len(glued)
    surface = m.string[start:end]
    bare = _JOINTS.sub("-", _WITHIN_PART.sub("", _STROKES.sub("/", surface.replace(", ", ",")))).replace("&", "")
    changed = bare != str(number).replace("&", "")
    confidence = 1.0 if not changed else max(0.3, 0.95 - 0.4 * cost) * (0.6 if alternatives else 1.0)
    return NumberMatch(start, end, surface, number, changed, confidence, alternatives, glued)


def _digits(serial: str) -> str:
    letter = serial[-1] if serial[-1].isalpha() and serial[-1] not in "OolI" else ""
    return (serial[: len(serial) - len(letter)]).translate(_DIGIT_LIKE) + letter


def _with_part(number: DocumentNumber, at: int, part: str) -> DocumentNumber:
    chain = [number.type, *number.parts] if number.type else list(number.parts)
    chain[at] = part
    kind = chain[0] if chain[0] in symbols().types else None
    rest = tuple(p for p in (chain[1:] if kind else chain) if p is not None)
    return DocumentNumber(number.serial, number.year, kind, rest, strokes=number.strokes)


def document_key(number: DocumentNumber, *, year: int | None = None, issuer: str | None = None) -> str:
    """Return the canonical key of a document: folded issuer, symbol, number without leading zeros, year.

    Numbers restart at 01 each 1 January (Nghị định 30/2020/NĐ-CP, Điều 15), so a number without a year in it is
    a key only together with the year of its date; "?" stands where the year is unknown. A local symbol (UBND,
    SGDĐT …) needs its issuer as well.
    """
    stated = number.year or year
    office = fold(issuer) if issuer and number.is_local else ""
    serial = number.serial.lstrip("0") or "0"
    return "|".join([" ".join(office.split()), fold(number.symbol).replace("&", ""), fold(serial), str(stated or "?")])
