"""The text layer of a PDF page: PDFium's characters become words with their places, in Unicode."""

from __future__ import annotations

import ctypes
import math
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.errors import DamagedFileError, LimitError
from corpus.text import TONES, fold, nfc, strip_tone
from ingest.legacy import LINE_END_HYPHEN, NAMES, Encoding, choose, decode, makes_sense, of_font, plain
from ingest.lookalikes import LETTERS
from ingest.pages import Limits

# PDFium gives U+0002 for a hyphen at a line end and U+FFFE or U+FFFF where a glyph has no Unicode value.
_SOFT_HYPHEN = "\xad"
_UNMAPPED = {0x00, 0xFFFE, 0xFFFF}
#: What stands for a letter that is drawn and has no Unicode value.
LOST = "\ufffd"
_SPACES = {0x09, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x200B, 0x202F, 0x3000, 0xFEFF}
_BREAKS = {0x0A, 0x0D}
#: A blank has no ink; one whose ink is higher than this share of the line is a letter that the font calls a blank.
_INKED = 0.05
_HYPHENS = str.maketrans({LINE_END_HYPHEN: "-", _SOFT_HYPHEN: "-"})
_UNICODE = str.maketrans({LINE_END_HYPHEN: "-", _SOFT_HYPHEN: "-"} | LETTERS)

#: Marks of Vietnamese letters that some programs draw as glyphs of their own: tones, and those of â, ă, ơ.
_MARKS = {0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323}
_VOWELS = frozenset("aeiouy")
#: How many characters, spaces and breaks among them, may stand between a letter and its mark.
_MARK_FAR = 6

#: No page that people read has more words, or more pieces of text apart from each other at one height.
_MOST_WORDS, _MOST_PIECES = 20_000, 400

Place = Callable[[float, float, float, float], tuple[float, float, float, float]]


@dataclass(frozen=True, slots=True)
class _Char:
    """A character with its box in points from the top left; ``base`` is the height of its baseline.

    ``lost``: it is drawn, but the font calls it a blank.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    index: int
    lost: bool = False


@dataclass(slots=True)
class TextLayer:
    """The words of a page in the order in which they are drawn; the lists run side by side.

    ``boxes`` are in points from the top left. ``note`` is a Vietnamese sentence where words were in an old code.
    ``hidden``: most of the text is invisible (text render mode 3), as a program puts it over a scan.
    """

    texts: list[str] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    runs: list[int] = field(default_factory=list)
    fonts: list[str] = field(default_factory=list)
    note: str = ""
    hidden: bool = False


def text_layer(page: Any, width: float, height: float, limits: Limits) -> TextLayer:
    """Return the words of a page (size in points). Raises ``LimitError`` when there is far too much text."""
    if not (math.isfinite(width) and math.isfinite(height)):
        raise DamagedFileError("Khổ giấy của trang không hợp lệ.", "Hãy xuất lại tệp ở khổ A4.")
    import pypdfium2 as pdfium

    textpage = page.get_textpage()
    try:
        if pdfium.raw.FPDFText_CountChars(textpage) > limits.characters:
            raise LimitError("Trang có quá nhiều chữ.", "Hãy kiểm tra lại tệp nguồn.")
        chars = _chars(textpage, page_to_top_left(page, width, height), width, height)
        layer = _words(textpage, with_marks(chars))
    finally:
        textpage.close()
    if len(layer.texts) > _MOST_WORDS or _most_pieces(layer) > _MOST_PIECES:
        raise LimitError("Trang có quá nhiều chữ.", "Hãy kiểm tra lại tệp nguồn.")
    layer.note = _in_unicode(layer)
    return layer


def _most_pieces(layer: TextLayer) -> int:
    """Return the largest number of runs at about one height: laying them out takes long."""
    runs = {run: round(box[3] / 6.0) for run, box in zip(layer.runs, layer.boxes, strict=True)}
    return max(Counter(runs.values()).values(), default=0)


def _words(textpage: Any, chars: Iterator[_Char | None]) -> TextLayer:
    """Group characters into words and into runs on one baseline."""
    layer, fonts = TextLayer(), _Fonts(textpage)
    letters: list[_Char] = []
    previous: _Char | None = None
    run, spaced, guessed, hidden = 0, False, False, 0

    def put() -> None:
        nonlocal hidden
        if all(char.lost for char in letters):  # a bullet or a rule as often as a letter
            return
        font, invisible = fonts.of(letters[0].index)
        layer.texts.append("".join(char.text for char in letters))
        layer.boxes.append(_around(letters))
        layer.runs.append(run)
        layer.fonts.append(font)
        hidden += invisible

    for char in chars:
        if char is None or char.text == " ":
            spaced, guessed = spaced or (char is not None and char.size > 0), True
            continue
        if previous is not None:
            step = _step(previous, char, 0.1 if guessed else 0.22)
            if (step or spaced) and letters:
                put()
                letters = []
            run += step == "run"
        letters.append(char)
        previous, spaced, guessed = char, False, False
    if letters:
        put()
    layer.hidden = hidden > 0.5 * len(layer.texts)
    return layer


def _step(before: _Char, after: _Char, least_gap: float) -> str:
    """Say what lies between two drawn characters: "run" another line or column, "word" a gap, "" nothing.

    A gap is at least ``least_gap`` of the letters' height; less of it is asked for where PDFium guessed a space.
    """
    size = max(before.size, after.size, 1.0)
    gap = after.x0 - before.x1
    # A raised footnote mark stays in its word: its baseline is up to half a letter higher.
    if abs(after.base - before.base) > 0.6 * size or gap > 1.5 * size or gap < -1.2 * size:
        return "run"
    return "word" if gap > least_gap * size else ""


def _around(letters: list[_Char]) -> tuple[float, float, float, float]:
    return (
        min(c.x0 for c in letters),
        min(c.y0 for c in letters),
        max(c.x1 for c in letters),
        max(c.y1 for c in letters),
    )


def _chars(textpage: Any, place: Place, width: float, height: float) -> Iterator[_Char | None]:
    """Yield the characters in the order they are drawn, None for line breaks that PDFium put in."""
    import pypdfium2 as pdfium

    raw = pdfium.raw
    rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    edges = [ctypes.c_double() for _ in range(4)]
    for k in range(raw.FPDFText_CountChars(textpage)):
        code = raw.FPDFText_GetUnicode(textpage, k)
        if code in _BREAKS:
            yield None
            continue
        lost = code in _SPACES and raw.FPDFText_IsGenerated(textpage, k) != 1 and _is_inked(textpage, k)
        if code in _SPACES and not lost:
            # PDFium also makes spaces up, after every raised footnote mark for one; those have no size here.
            yield _Char(" ", 0, 0, 0, 0, 0, 0 if raw.FPDFText_IsGenerated(textpage, k) == 1 else 1, k)
            continue
        if not raw.FPDFText_GetLooseCharBox(textpage, k, rect):
            continue
        raw.FPDFText_GetCharOrigin(textpage, k, x, y)
        x0, y0, x1, y1 = place(rect.left, rect.top, rect.right, rect.bottom)
        if code in _MARKS and raw.FPDFText_GetCharBox(textpage, k, *edges):
            left, right, low, top = (edge.value for edge in edges)
            x0, y0, x1, y1 = place(left, top, right, low)
        _, base, _, _ = place(x.value, y.value, x.value, y.value)
        if x1 < 0 or y1 < 0 or x0 > width or y0 > height:
            continue
        yield _Char(LOST if lost else _letter(code), x0, y0, x1, y1, base, max(1.0, y1 - y0), k, lost)


def _is_inked(textpage: Any, index: int) -> bool:
    """Tell whether something is seen where a font says that there is a blank.

    Some old programs embed a second font for the letters that the first has not and call all of them blanks
    ("Ph cập b i" is drawn "Phổ cập bơi"). Fonts of invisible layers have boxes of their own making.
    """
    import pypdfium2 as pdfium

    raw = pdfium.raw
    left, right, low, top = (ctypes.c_double() for _ in range(4))
    rect = raw.FS_RECTF()
    if not raw.FPDFText_GetCharBox(textpage, index, left, right, low, top):
        return False
    if top.value - low.value <= 0.01 or not raw.FPDFText_GetLooseCharBox(textpage, index, rect):
        return False
    if top.value - low.value <= _INKED * (rect.top - rect.bottom):
        return False
    piece = raw.FPDFText_GetTextObject(textpage, index)
    return bool(piece) and raw.FPDFTextObj_GetTextRenderMode(piece) != raw.FPDF_TEXTRENDERMODE_INVISIBLE


def with_marks(chars: Iterable[_Char | None]) -> Iterator[_Char | None]:
    """Yield the characters, marks on the vowels under or over which they are drawn.

    Where Word composes a letter ("hoạch", "hệ thống"), its PDFs draw the mark after the next letter or behind a space,
    and PDFium gives it there ("hoac̣ h", "hê ̣thống"), with a gap that is none.
    """
    held: deque[_Char | None] = deque()
    for char in chars:
        if char is not None and len(char.text) == 1 and ord(char.text) in _MARKS:
            _put_on(char, held)
            continue
        held.append(char)
        if len(held) > _MARK_FAR:
            yield held.popleft()
    yield from held


def _put_on(mark: _Char, held: deque[_Char | None]) -> None:
    """Put a mark on the last vowel that stands where its ink is, else on the last letter if that can bear it.

    A second tone, and a mark that no letter bears, are drawn for nobody.
    """
    middle = (mark.x0 + mark.x1) / 2
    places = reversed(range(len(held)))
    home = next((k for k in places if (one := held[k]) is not None and _under(one, mark, middle)), len(held) - 1)
    letter = held[home] if held else None
    if letter is None or (mark.text in TONES and strip_tone(letter.text)[1]):
        return
    if len(marked := nfc(letter.text + mark.text)) == 1:
        held[home] = replace(letter, text=marked)


def _under(letter: _Char, mark: _Char, middle: float) -> bool:
    near = abs(letter.base - mark.base) <= 0.6 * letter.size
    return near and letter.x0 <= middle <= letter.x1 and fold(letter.text) in _VOWELS


def _letter(code: int) -> str:
    if code in _UNMAPPED or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return LOST
    return chr(code)


class _Fonts:
    """The font's name and whether it is invisible, by character; asked once for every piece of text that is drawn."""

    def __init__(self, textpage: Any) -> None:
        self._textpage = textpage
        self._pieces: dict[int, tuple[str, bool]] = {}
        self._names: dict[int, str] = {}

    def of(self, index: int) -> tuple[str, bool]:
        import pypdfium2 as pdfium

        raw = pdfium.raw
        piece = raw.FPDFText_GetTextObject(self._textpage, index)
        if not piece:
            return "", False
        address = ctypes.addressof(piece.contents)
        if address not in self._pieces:
            hidden = raw.FPDFTextObj_GetTextRenderMode(piece) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
            self._pieces[address] = self._name(raw, piece), hidden
        return self._pieces[address]

    def _name(self, raw: Any, piece: Any) -> str:
        font = raw.FPDFTextObj_GetFont(piece)
        if not font:
            return ""
        address = ctypes.addressof(font.contents)
        if address not in self._names:
            buffer = ctypes.create_string_buffer(256)
            length = raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
            self._names[address] = buffer.value.decode("utf-8", "replace") if 0 < length <= len(buffer) else ""
        return self._names[address]


def _in_unicode(layer: TextLayer) -> str:
    """Put the words into Unicode, font by font, and return a note about old codes, "" where there were none."""
    found = {font: choose(font, _text(layer, font)) for font in dict.fromkeys(layer.fonts)}
    only = {encoding.scheme for encoding in found.values() if encoding is not None}
    if len(only) == 1:
        # The few words of a title in a font whose name says nothing follow the rest of the page.
        scheme = next(iter(only))
        for font, encoding in found.items():
            if encoding is None and makes_sense(_text(layer, font), Encoding(scheme)):
                found[font] = Encoding(scheme)
    changed: dict[str, None] = {}
    for k, (text, font) in enumerate(zip(layer.texts, layer.fonts, strict=True)):
        encoding = found[font]
        if encoding is None:
            layer.texts[k] = nfc(text.translate(_UNICODE))
            continue
        told = of_font(font) is not None
        layer.texts[k] = (decode(text, encoding) if told else plain(text, encoding)).translate(_HYPHENS)
        if layer.texts[k] != text:
            changed[NAMES[encoding.scheme]] = None
    return f"Chữ theo bảng mã cũ {', '.join(changed)} đã được chuyển sang Unicode." if changed else ""


def _text(layer: TextLayer, font: str) -> str:
    return " ".join(text for text, one in zip(layer.texts, layer.fonts, strict=True) if one == font)


def page_to_top_left(page: Any, width: float, height: float) -> Place:
    """Return a function from PDF user space to points from the top left of the page as it is shown.

    PDFium knows page rotation and crop box; asked for three points it gives the whole affine map.
    """
    import pypdfium2 as pdfium

    fine = min(64.0, 1e8 / max(width, height, 1.0))
    columns, rows = round(width * fine), round(height * fine)
    out_x, out_y = ctypes.c_int(), ctypes.c_int()

    def shown(x: float, y: float) -> tuple[float, float]:
        pdfium.raw.FPDF_PageToDevice(page, 0, 0, columns, rows, 0, x, y, out_x, out_y)
        return out_x.value / fine, out_y.value / fine

    far = 1000.0
    ox, oy = shown(0.0, 0.0)
    ax, ay = shown(far, 0.0)
    bx, by = shown(0.0, far)
    axx, axy, ayx, ayy = (ax - ox) / far, (ay - oy) / far, (bx - ox) / far, (by - oy) / far

    def place(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        xa, ya = ox + axx * left + ayx * top, oy + axy * left + ayy * top
        xb, yb = ox + axx * right + ayx * bottom, oy + axy * right + ayy * bottom
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    return place
