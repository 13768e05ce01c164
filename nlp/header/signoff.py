"""Addressees (kính gửi), recipients (nơi nhận), the signer's authority and position, and the signer's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.text import LOWER, UPPER, is_syllable, squeeze
from nlp.header.formulae import mended_recipients, reads_as_above
from nlp.page.lines import Line, join
from nlp.page.marks import AS_ABOVE, BULLET, DASHES, FILED, TO, is_name, is_upper, recipients_head
from nlp.page.positions import Position, behind_head, completed, continued, deputy_of, lost_word, position_in, worn
from nlp.page.scraps import is_behind_archive, is_scrap, known_name, name_in, name_in_capitals, without_scraps
from nlp.page.signatures import signed_in_line, small_position
from nlp.page.zones import Zone, Zoned
from nlp.words.folding import folded, pattern

_NOTE_MARK = re.compile(
    rf"(?<=[\w)])(?<!lớp)(?<!khối)(?<!uận)\s?(?:\[\d{{1,2}}\]|\s\d{{1,2}}|(?<=[{LOWER}])\d{{1,2}})$"
)
#: A code that a line's end has cut behind its dash: "GDNN-⏎GDTX".
_CUT_CODE = re.compile(r"(?<=[A-ZĐ]{2})- (?=[A-ZĐ]{2})")
#: The last recipient, the archive (lưu); none follows without a dash.
_FILED = pattern(r"(?<!\w)luu\s{0,2}[:;.,]?\s{0,2}v")
#: Lines that a position may take: TM. …, KT. …, and the position itself.
_MAX_TITLES = 3
#: Why a recipient gets it, alone on the next line: "(t/h);".
_PURPOSE = re.compile(r"\((?:[a-zđ]{1,2}/[a-zđ]{1,2}|để [^()\d]{3,20})\)\s?[;.,]?")
#: So many lines above the name a position stands at most, scraps of the signature between.
_ABOVE_NAME = 5
#: A name in capitals stands so many lines below the position at most.
_BELOW_TITLE = 4
#: A purpose behind a comma: "Sở GD&ĐT, (b/c)".
_WHY_APART = re.compile(r"\s?,\s?\((?=(?:để |b/c|t/h|p/h|c/đ|báo cáo|thực hiện))")
#: Who signed, told behind the position in one line: "PHÓ GIÁM ĐỐC Đã ký Đỗ Minh Khang", "… (Đã ký) Lý Thị Mai".
_SIGNED_BY = re.compile(rf"(?<=[{UPPER}])\s\(?[Đđ]ã k[ýí](?: và đóng dấu)?\)?\s+(?P<name>\S.{{3,40}})$")
#: The post that who signs for a council holds elsewhere, before the name: "GIÁM ĐỐC SỞ GD&ĐT Trần Quang Hưng".
_OWN_POST = re.compile(
    rf"(?:PHÓ )?(?:GIÁM ĐỐC|HIỆU TRƯỞNG|CHỦ TỊCH|TRƯỞNG PHÒNG)(?:\s[{UPPER}&-]{{2,}}){{1,6}}"
    rf"\s(?P<name>[{UPPER}][{LOWER}].*)$"
)
_SIGNED = re.compile(r"\((?:[Đđ]ã k[ýí]|[Kk]ý tên|[Kk]ý, đóng dấu)[^)]{0,30}\)")

#: What a letter's first recipient always is (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.9).
_AS_ABOVE = "Như trên"

#: A recipient whose dash and first letters are lost: "trường MN, TH, THCS trên địa bàn;".
_CUT_ENTRY = re.compile(r"[^\W_].{4,}(?:;\W{0,3}|\((?:để [^()]{3,20}|[a-zđ]{1,3}/[a-zđ]{1,3})\)\W{0,3})$")

Placed = tuple[object, tuple[int, int]]


#: Addressees may be numbered: "1. Phòng GDĐT các huyện; 2. …".
_COUNTED = re.compile(r"\d{1,2}[.)]\s{1,3}")


def addressees_of(zoned: Zoned) -> list[tuple[str, tuple[int, int]]]:
    """Return the addressees with their places, one for each dash or semicolon."""
    groups: list[list[Line]] = []
    first = True
    for line in zoned.of(Zone.ADDRESSEES):
        if first:
            first = False
            head = TO.match(line.fold)
            rest = line.text[head.end() :].strip() if head else line.text
            if not rest.strip(" :.-–"):
                continue
            groups.append([line])
        elif groups and line.text[:1] not in DASHES and not _ended(groups[-1][-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    found = []
    for group in groups:
        joined = join(group)
        start = 0
        head = TO.match(joined.fold)
        if head and group[0] is zoned.of(Zone.ADDRESSEES)[0]:
            start = head.end()
        listed = len(groups) > 1 and joined.text[start:].lstrip()[:1] in DASHES
        for lo, hi in _parts(joined.text, start, listed=listed):
            text = _NOTE_MARK.sub("", _bare(joined.text[lo:hi])).strip(" .;:,")
            if text:
                found.append((text, joined.span(lo, hi)))
    found = [row for k, row in enumerate(found) if row[0] not in [text for text, _ in found[:k]]]
    if len(found) > 1 and all(_COUNTED.match(text) for text, _ in found):
        found = [(_COUNTED.sub("", text), span) for text, span in found]
    return found


def _ended(line: Line) -> bool:
    return line.text.endswith((";", ".", ":"))


def _parts(text: str, start: int, *, listed: bool = False) -> list[tuple[int, int]]:
    """Return the offsets of the parts of a run of addressees that semicolons divide.

    In a list with dashes (``listed``) one entry may hold semicolons of its own.
    """
    parts, at = [], start
    for match in re.finditer(r";\s{0,2}(?=[-–+])" if listed else r";\s{0,2}", text[start:]):
        parts.append((at, start + match.start()))
        at = start + match.end()
    parts.append((at, len(text)))
    return parts


def _bare(text: str) -> str:
    """Return an entry without dash and end mark."""
    return _CUT_CODE.sub("-", squeeze(text)).strip(" .;:,").lstrip(DASHES + " ").strip(" .;:,")


def read_signoff(zoned: Zoned) -> dict[str, Placed]:
    """Return recipients, signer_title and signer with their places, as far as the sign-off gives them."""
    lines = [part for line in zoned.of(Zone.SIGNOFF) for part in signed_in_line(line)]
    if not lines:
        return {}
    reading = _Reading(worn=_worn_title(lines), alone=len(lines) == 2)
    for k, line in enumerate(lines):
        reading.take(line, lines[k + 1] if k + 1 < len(lines) else None)
    found: dict[str, Placed] = {}
    recipients = reading.recipients()
    told = any(AS_ABOVE.match(folded(name)) for name, _ in recipients)
    if recipients and reading.lost is not None and zoned.of(Zone.ADDRESSEES) and not told:
        recipients = [(_AS_ABOVE, reading.lost), *recipients]
    if recipients:
        spans = [s for _, s in recipients]
        found["recipients"] = (tuple(t for t, _ in recipients), (spans[0][0], spans[-1][1]))
    if reading.titles:
        spans = [s for _, s in reading.titles]
        found["signer_title"] = (", ".join(_titles([p for p, _ in reading.titles])), (spans[0][0], spans[-1][1]))
    reading.names = reading.names or reading.capitals
    names = {n[0] for n in reading.names}
    if len(names) == 1 or (reading.names and reading.names[0][2] and not reading.names[-1][2]):
        found["signer"] = reading.names[0][:2]
    elif names:
        alone = [n for n in reading.names if n[2]]
        if len({n[0] for n in alone}) == 1:
            found["signer"] = alone[0][:2]
    return found


def _worn_title(lines: list[Line]) -> tuple[Line, Position] | None:
    """Return the line in capitals above the name alone that a seal has worn, where no position can be read at all."""
    if any(position_in(line.text) is not None for line in lines):
        return None
    name = next((k for k, line in enumerate(lines) if is_name(line.text) and not BULLET.match(line.text)), 0)
    for line in reversed(lines[max(0, name - _ABOVE_NAME) : name]):
        found = worn(line.text)
        if found is not None:
            return line, found
    return None


@dataclass
class _Reading:
    """A sign-off read line by line: recipients on the left, position and name on the right, often in one line."""

    titles: list[tuple[Position | str, tuple[int, int]]] = field(default_factory=list)
    names: list[tuple[str, tuple[int, int], bool]] = field(default_factory=list)
    capitals: list[tuple[str, tuple[int, int], bool]] = field(default_factory=list)  #: a name where no other stands
    rows: list[list[tuple[Line, int, int]]] = field(default_factory=list)
    inside: bool = False
    cut: bool = False  #: the edge of the sheet took the first letters of the left column
    since_title: int = 99
    worn: tuple[Line, Position] | None = None  #: a position that a seal has worn, and its line
    alone: bool = False  #: nothing is there but a position and a name
    lost: tuple[int, int] | None = None  #: where a first recipient stands that nobody can read

    def take(self, line: Line, after: Line | None) -> None:
        """Read one line: first what the right column has of it, then the recipient that is left."""
        start, end = 0, len(line.text)
        head = recipients_head(line, after)
        if head is not None:
            self.inside, start = True, head
        elif not self.inside and (behind := behind_head(line.text)) is not None:
            self.inside, self.cut, start = True, True, behind
        elif AS_ABOVE.match(line.fold):
            self.inside = True
        signed = _SIGNED.search(line.text)
        if signed and not line.text[: signed.start()].strip():
            return
        told = _SIGNED_BY.search(line.text) or (_OWN_POST.match(line.text) if self.titles else None)
        if told is not None and is_name(told["name"]):
            self.names.append((known_name(squeeze(told["name"])), join([line]).span(*told.span("name")), True))
            if told.start() == 0:
                return
        title = self._title(line, start)
        if title is not None:
            end = title
        name = self._name(line, start, end) if self.titles else None
        if name is not None:
            end = max(start, name)
        if not self.inside and self.titles and _CUT_ENTRY.match(line.text[start:end]):
            self.inside = self.cut = True
        if self.inside:
            self._recipient(line, start, end)

    def _title(self, line: Line, start: int) -> int | None:
        """Take a position in capitals that ends the line; return where it begins."""
        found = position_in(line.text, start)
        if self.worn is not None and line is self.worn[0]:
            found = self.worn[1]
        if found is None and self.alone:
            found = small_position(line.text)
        self.since_title += 1
        if len(self.titles) >= _MAX_TITLES:
            return None
        if found is not None and not self._is_recipients_word(line.text[start : found.start], found):
            self.titles.append((found, join([line]).span(found.start, found.end)))
            self.since_title = 0
            return found.start
        last, place = self.titles[-1] if self.titles else (None, (0, 0))
        at = _capitals_from(line.text, start) if isinstance(last, Position) and self.since_title <= 2 else None
        if isinstance(last, Position) and at is not None and self.since_title == 1:
            longer = continued(last, line.text[at:])
            if longer is not None:
                self.titles[-1] = longer, (place[0], line.end)
                self.since_title = 0
                return at
        if isinstance(last, Position) and last.lead:
            name = lost_word(line.text[at:], last) if at is not None else None
            if at is not None and name is not None:
                self.titles.append((name, join([line]).span(at, len(line.text))))
                return at
        return None

    @staticmethod
    def _is_recipients_word(before: str, found: Position) -> bool:
        """Tell whether a position belongs to a recipient ("- CHỦ TỊCH UBND tỉnh") or to running text."""
        bare = before.strip()
        if not bare or is_scrap(bare):
            return bool(bare) and bare[:1] in DASHES and len(bare) < 3 and not found.lead
        return bare[:1] in DASHES and is_upper(bare)

    def _name(self, line: Line, start: int, end: int) -> int | None:
        """Take the signer's name at the end of what is left of the line; return where it begins."""
        piece = line.text[start:end]
        if is_upper(piece):
            return self._name_in_capitals(line, start, end)
        bulleted = BULLET.match(piece) is not None and start == 0
        ended = re.search(r"[;.:),]\s+(?:\S{1,3}\s+){0,4}$", piece[: len(piece)]) is None
        found = name_in(piece, alone=not bulleted and ended)
        if found is None:
            return None
        before = piece[: found[0]].strip()
        own_line = not before or is_scrap(before) or not re.search(rf"[{LOWER}]{{2}}", before)
        if (
            bulleted
            and not re.search(r"[;.:),]\W*(?:\S{1,2}\W+){0,4}$", before)
            and len(piece[slice(*found)].split()) < 3
        ):
            return None
        if bulleted and re.fullmatch(r"\W{0,4}", before):
            own_line = not piece.rstrip().endswith((";", ":"))
            if not own_line:
                return None
        lo, hi = start + found[0], start + found[1]
        self.names.append((known_name(squeeze(line.text[lo:hi])), join([line]).span(lo, hi), own_line))
        return lo

    def _name_in_capitals(self, line: Line, start: int, end: int) -> int | None:
        """Take a name that stands in capitals alone under the position: "HIỆU TRƯỞNG ⏎ NGUYỄN BÁ LÂM"."""
        alone = start == 0 and end == len(line.text) and self.since_title <= _BELOW_TITLE
        said = name_in_capitals(line.text) if alone and not self.capitals else None
        if said is None:
            return None
        self.capitals.append((known_name(said), join([line]).span(start, end), True))
        return start

    def _recipient(self, line: Line, start: int, end: int) -> None:
        """Take what is left of a line as a recipient, or as the rest of the one above it."""
        rest = line.text[start:end].strip()
        bullet = BULLET.match(rest)
        if not bullet and self.rows and _is_open(self.rows[-1]):
            closed = re.search(r"\)\s?[;.]?", line.text[start:end])
            if closed:  # "… (để giám" goes on with "sát);", however short; what stands behind it is of the seal
                self.rows[-1].append((line, start, start + closed.end()))
                return
        if not self.rows and reads_as_above(rest[bullet.end() :] if bullet else rest):
            self.rows += [[(line, lo, hi)] for lo, hi in _several(line.text, start, end)]
            return
        if self.rows and not self._ended() and _PURPOSE.fullmatch(rest):
            self.rows[-1].append((line, start, end))
            return
        bare = without_scraps(rest[bullet.end() :]) if bullet else rest
        if not rest or (is_scrap(bare) and not AS_ABOVE.match(line.fold) and not FILED.search(line.fold)):
            # what stands beside "Nơi nhận:" is of a pen: the first recipient stands under it
            if not self.rows and start == 0 and any(map(str.isalnum, rest)):
                self.lost = join([line]).span(start, end)
            return
        filed = any(_FILED.search(row[0][0].fold) for row in self.rows)
        if not bullet and self.rows and not self._ended():
            if not (filed and is_behind_archive(rest)):
                self.rows[-1].append((line, start, end))
            return
        cut = self.cut and _CUT_ENTRY.match(rest) is not None
        if bullet or cut or (not is_upper(rest) and not filed and rest[:1].isupper()):
            for lo, hi in _several(line.text, start, end):
                self.rows.append([(line, lo, hi)])

    def _ended(self) -> bool:
        line, lo, hi = self.rows[-1][-1]
        return re.search(r"[;.](?:\s|$)", line.text[lo:hi].lstrip(" .-–")) is not None

    def recipients(self) -> list[tuple[str, tuple[int, int]]]:
        """Return the recipients with their places."""
        found: list[tuple[str, tuple[int, int]]] = []
        for entry in self.rows:
            written = [_SIGNED.sub("", _WHY_APART.sub(" (", line.text[a:b])).strip() for line, a, b in entry]
            whole = not found and reads_as_above(written[0])  # its scraps are its letters
            text = _bare(written[0] if whole else " ".join(map(_line_of, written)))
            bullet = BULLET.match(text)
            text = _bare(text[bullet.end() :] if bullet else text)
            lo = join([entry[0][0]]).span(entry[0][1], entry[0][2])[0]
            hi = join([entry[-1][0]]).span(entry[-1][1], entry[-1][2])[1]
            if text:
                found.append((text, (lo, hi)))
        words = mended_recipients([text for text, _ in found])
        return [(text, span) for text, (_, span) in zip(words, found, strict=True)]


def _line_of(text: str) -> str:
    """Return a line of a recipient without scraps; a comma at its end parts it from the next line."""
    if _PURPOSE.fullmatch(text):
        return text.rstrip(" ;.,")
    bare = without_scraps(text)
    return f"{bare}," if text.endswith(",") and not bare.endswith(",") and text.startswith(bare) else bare


def _is_open(row: list[tuple[Line, int, int]]) -> bool:
    """Tell whether a recipient ends within a bracket: "Ban Văn hóa - Xã hội HĐND tỉnh (để giám"."""
    text = " ".join(line.text[a:b] for line, a, b in row)
    return text.rfind("(") > text.rfind(")")


def _several(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the recipients of one line: "- Như trên; - Lưu: VT."."""
    cuts = [start, *(start + m.end() for m in re.finditer(rf";\s{{1,3}}(?=[-–]\s?[{UPPER}])", text[start:end])), end]
    return list(pairwise(cuts))


def _capitals_from(text: str, start: int) -> int | None:
    """Return where the run of words in capitals begins that ends a line, marks between and behind it aside."""
    at = None
    for token in reversed(list(re.finditer(r"\S+", text[start:]))):
        letters = "".join(c for c in token.group() if c.isalpha())
        capitals = len(letters) > 1 and letters.isupper()
        if capitals and is_syllable(letters):
            at = start + token.start()
        elif (at is not None and token.group() not in ("-", "–", "&")) or (len(letters) > 3 and not capitals):
            break
    return at


def _misread(position: Position, deputy: str) -> bool:
    """Tell whether a position under "KT." is the deputy's with its first word misread: "VỤ TRƯỞNG" for Thứ trưởng."""
    got, meant = position.name.split(), deputy.split()
    return not position.lead and not position.of and len(got) == len(meant) and got[1:] == meant[1:]


def _titles(found: list[Position | str]) -> list[str]:
    """Return positions in ordinary spelling; under "KT." the deputy of the holder, also where it was misread."""
    words = [str(completed(f) if isinstance(f, Position) else f) for f in found]
    for k, one in enumerate(found):
        if not isinstance(one, Position) or one.lead != "KT":
            continue
        deputy = deputy_of(one.name)
        if deputy is None:
            continue
        below = found[k + 1] if k + 1 < len(found) else None
        if below is None:
            words.append(deputy)
        elif isinstance(below, Position) and (below.name == one.name or _misread(below, deputy)):
            words[k + 1] = f"{deputy} {below.of}".strip()
    return words
