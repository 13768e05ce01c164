"""HTML as a Word file: paragraphs, tables, fonts and page breaks, so that what is read of a DOCX is read of it.

Directives come as HTML from law portals and from Word itself ("Save as web page"), with the letterhead in a table and
sometimes in the old fonts. Of a saved web page only what holds the directive is taken.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from corpus.text import fold
from ingest.legacy import Scheme, detect, of_font
from ingest.wordfonts import W

_SPACE_NAME = "{http://www.w3.org/XML/1998/namespace}space"

#: What begins and ends a line of its own.
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary ul html".split()
)
#: What is not read: not shown, or of the web page rather than of the directive.
_SKIPPED = frozenset(
    "script style head title template noscript nav footer button select option textarea input svg iframe object audio "
    "video canvas del xml".split()
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*(?:header|footer)"
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_ITALIC = re.compile(r"font-style\s*:\s*italic")
_ALIGNED = re.compile(r"text-align\s*:\s*(left|center|right|justify)")
_RULED = re.compile(r"border(?:-\w+)*\s*:[^;]*\b(?:solid|double)\b|border-style")
_BREAK = re.compile(r"(?:page-)?break-before\s*:\s*(?:always|page|left|right)")
_FAMILY = re.compile(r"(?:font-family|mso-ascii-font-family)\s*:\s*([^;}]+)|\bfont\s*:\s*[^;}]*?\d\w*\s+([^;}]+)")
_OLD_FONT = re.compile(r"[._]vn[a-z]|\bvni\b", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,4000})\}")
_SELECTOR = re.compile(r"\s*([a-z][a-z0-9]*)?(\.[\w-]+)?\s*", re.IGNORECASE)
_NOTE = re.compile(r"#_?(?:edn|ftn)(?:ref)?(\d{1,4})$")
_LOOSE = re.compile(r"[ \t\r\n\f]+")
#: What no XML may hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))

_BOLD_TAGS = frozenset("b strong th h1 h2 h3 h4 h5 h6".split())
_ALIGN = {"left": "left", "center": "center", "right": "right", "justify": "both"}

#: Words of a letterhead: around them lies the directive in a web page.
_MOTTO = "cong hoa xa hoi chu nghia viet nam"
#: What holds them and so large a share of a page's letters holds the directive.
_SHARE = 0.5
#: Deeper in each other things do not lie; a table of so many columns is none.
_MOST_DEPTH, _MOST_SPAN = 200, 100


@dataclass(frozen=True, slots=True)
class _Look:
    """How text is set where it stands."""

    font: str = ""
    bold: bool = False
    italic: bool = False
    align: str = ""
    capitals: bool = False
    exact: bool = False
    squeezed: bool = False


def as_word(html: str) -> bytes:
    """Return a DOCX with the text of a page. Raises what ``lxml`` raises for what it cannot parse at all."""
    import docx
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    root = document_fromstring(_FORBIDDEN.sub("", html).encode("utf-8", "ignore"), parser=parser)
    document = docx.Document()
    body = document.element.body
    section = body.find(f"{W}sectPr")
    _plain(document)
    for child in list(body):
        body.remove(child)
    holder = _holder(root)
    writer = _Writer(etree, _styles(root), _coded(root))
    look = _Look()
    for element in (*reversed(list(holder.iterancestors())), holder):
        look = writer.look(element, look)
    writer.block(holder, body, look, 0)
    writer.end()
    if section is not None:
        body.append(section)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _plain(document: Any) -> None:
    """Set paper and letters as directives are set, for the picture of the page: A4, Times New Roman 13."""
    from docx.shared import Mm, Pt

    style, paper = document.styles["Normal"], document.sections[0]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.paragraph_format.space_after = Pt(3)
    paper.page_width, paper.page_height = Mm(210), Mm(297)
    paper.top_margin = paper.bottom_margin = paper.right_margin = Mm(20)
    paper.left_margin = Mm(30)


def _holder(root: Any) -> Any:
    """Return the element in which the directive lies: the innermost with its letterhead and half of the letters."""
    found = root.find("body")
    found = root if found is None else found
    for _ in range(_MOST_DEPTH):
        size = _size(found)
        inner = next(
            (
                child
                for child in found
                if isinstance(child.tag, str)
                and child.tag not in ("table", "tbody", "p")
                and _size(child) > _SHARE * size
                and _MOTTO in fold(_words(child))
            ),
            None,
        )
        if inner is None:
            return found
        found = inner
    return found


def _words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _size(element: Any) -> int:
    return sum(
        len(text.strip())
        for node in element.iter()
        if isinstance(node.tag, str) and node.tag not in _SKIPPED
        for text in (node.text or "",)
    ) + sum(len((node.tail or "").strip()) for node in element.iterdescendants())


def _coded(root: Any) -> str:
    """Return a font for a page in an old code whose fonts do not tell it, "" where it is none or where they do."""
    if _OLD_FONT.search(" ".join(_named(root))):
        return ""
    encoding = detect(_words(root)[:20_000])
    return "" if encoding is None else {Scheme.TCVN3: ".VnTime", Scheme.VNI: "VNI-Times"}.get(encoding.scheme, "")


def _named(root: Any) -> Iterator[str]:
    """Yield where a page may name fonts."""
    for element in root.iter():
        if element.tag == "style":
            yield element.text or ""
        elif isinstance(element.tag, str):
            yield element.get("face") or ""
            yield element.get("style") or ""


def _styles(root: Any) -> dict[tuple[str, str], str]:
    """Return which font the page's style sheet gives to (tag, class); either may be ""."""
    found: dict[tuple[str, str], str] = {}
    for sheet in root.iter("style"):
        for selectors, body in _RULE.findall((sheet.text or "").replace("<!--", " ").replace("-->", " ")):
            font = _family(body)
            for selector in selectors.split(",") if font else ():
                name = _SELECTOR.fullmatch(re.sub(r"/\*.*?\*/", " ", selector, flags=re.DOTALL))
                if name and (name[1] or name[2]):
                    found[(name[1] or "").lower(), (name[2] or "").lower()] = font
    return found


def _family(style: str) -> str:
    found = _FAMILY.search(style)
    if found is None:
        return ""
    return (found[1] or found[2]).split(",")[0].strip(" \"'\r\n\t").replace("&quot;", "")[:80]


class _Writer:
    """Writes the body of a Word file, paragraph by paragraph."""

    def __init__(self, etree: Any, styles: Mapping[tuple[str, str], str], coded: str) -> None:
        self._make = etree.SubElement
        self._styles = styles
        self._coded = coded  # the font of a page whose own fonts do not tell its old code
        self._into: Any = None  # the paragraph that is being written, None between two
        self._parent: Any = None
        self._spaced = True  # a blank at the end of what was written takes up those that follow

    def _font_of(self, element: Any) -> str:
        """Return the font that an element itself says, "" where it says none."""
        if element.tag == "font" and element.get("face"):
            return str(element.get("face")).split(",")[0].strip()
        own = _family(element.get("style") or "")
        if own or not self._styles:
            return own
        for name in (f".{one.lower()}" for one in (element.get("class") or "").split()):
            found = self._styles.get((element.tag, name)) or self._styles.get(("", name))
            if found:
                return found
        return self._styles.get((element.tag, ""), "")

    def block(self, element: Any, parent: Any, look: _Look, depth: int) -> None:
        """Write what an element holds into ``parent`` (the body or a cell)."""
        self._parent = parent
        self._text(element.text, look)
        count = int(element.get("start") or 1) if (element.get("start") or "1").isdecimal() else 1
        for child in element:
            if isinstance(child.tag, str):
                if child.tag == "li" and element.tag in ("ol", "ul"):
                    self._item(child, element, count, parent, look, depth)
                    count += 1
                else:
                    self._element(child, parent, look, depth)
            self._text(child.tail, look)

    def end(self) -> None:
        """End the paragraph that is being written."""
        self._into, self._spaced = None, True

    def _item(self, item: Any, around: Any, count: int, parent: Any, look: _Look, depth: int) -> None:
        self.end()
        if around.tag == "ol" and "none" not in (item.get("style") or around.get("style") or ""):
            self._text(f"{_numbered(around.get('type') or '1', count)} ", look)
        elif around.tag == "ul" and "list-style" not in (around.get("style") or ""):
            self._text("- ", look)
        self.block(item, parent, self.look(item, look), depth + 1)
        self.end()

    def _element(self, element: Any, parent: Any, look: _Look, depth: int) -> None:
        style = (element.get("style") or "").lower()
        if element.tag in _SKIPPED or _HIDDEN.search(style) or depth > _MOST_DEPTH:
            return
        if element.tag == "div" and element.get("title") in ("header", "footer"):  # heads of pages, by LibreOffice
            return
        look = self.look(element, look)
        if element.tag == "br":
            self._break(page=bool(_BREAK.search(style)))
        elif element.tag == "table":
            self.end()
            self._table(element, parent, look, depth + 1)
            self._parent = parent
        elif element.tag in _BLOCKS:
            self.end()
            if _BREAK.search(style):
                self._break(page=True)
            self.block(element, parent, look, depth + 1)
            self.end()
        elif element.tag in ("a", "sup") and self._mark(element):
            self._text(self._mark(element), look)
        else:
            self.block(element, parent, look, depth + 1)

    def look(self, element: Any, look: _Look) -> _Look:
        """Return how an element sets its text where text around it is set like ``look``."""
        style = (element.get("style") or "").lower()
        aligned = _ALIGNED.search(style)
        centre = "center" if element.tag in ("center", "caption", "th") else element.get("align", "").lower()
        return replace(
            look,
            bold=look.bold or element.tag in _BOLD_TAGS or _BOLD.search(style) is not None,
            italic=look.italic or element.tag in ("i", "em", "cite") or _ITALIC.search(style) is not None,
            align=aligned[1] if aligned else centre if centre in _ALIGN else look.align,
            font=self._font_of(element) or look.font,
            capitals=look.capitals or "text-transform:uppercase" in style.replace(" ", ""),
            exact=look.exact or element.tag == "pre" or "white-space:pre" in style.replace(" ", ""),
            squeezed=look.squeezed or "mso-list:ignore" in style.replace(" ", ""),
        )

    @staticmethod
    def _mark(element: Any) -> str:
        """Return the mark of a footnote or a small number as it is written in plain text, "" for anything else."""
        text = element.text_content().strip()
        if element.tag == "a":
            found = _NOTE.search(element.get("href") or "")
            return found[1].translate(_SUPERSCRIPT) + " " * ("ref" in element.get("href")) if found else ""
        digits = text.strip("[]()")
        return digits.translate(_SUPERSCRIPT) if digits.isascii() and digits.isdecimal() and len(digits) < 4 else ""

    def _paragraph(self, align: str = "") -> Any:
        if self._into is None:
            self._into = self._make(self._parent, f"{W}p")
            if align:
                self._make(self._make(self._into, f"{W}pPr"), f"{W}jc", {f"{W}val": _ALIGN[align]})
            self._spaced = True
        return self._into

    def _break(self, *, page: bool) -> None:
        run = self._make(self._paragraph(), f"{W}r")
        self._make(run, f"{W}br", {f"{W}type": "page"} if page else {})
        self._spaced = True

    def _text(self, text: str | None, look: _Look) -> None:
        if not text:
            return
        if look.exact:
            for k, line in enumerate(text.replace("\r\n", "\n").split("\n")):
                if k:
                    self._break(page=False)
                self._run(line, look)
            return
        text = _LOOSE.sub(" ", text)
        if self._spaced:
            text = text.removeprefix(" ")
        if text:
            self._run(text, look)
            self._spaced = text.endswith(" ")

    def _run(self, text: str, look: _Look) -> None:
        text = text.replace("\xa0", " ")
        if look.squeezed:
            text = _LOOSE.sub(" ", text)
        if not text or (self._into is None and not text.strip()):
            return
        run = self._make(self._paragraph(look.align), f"{W}r")
        font = self._coded or look.font
        properties = self._make(run, f"{W}rPr")
        if font:
            self._make(properties, f"{W}rFonts", {f"{W}{which}": font for which in ("ascii", "hAnsi", "cs")})
        for name in (name for name, on in (("b", look.bold), ("i", look.italic)) if on):
            self._make(properties, f"{W}{name}")
        coded = of_font(font) is not None
        content = text.upper() if look.capitals and not coded else text
        self._make(run, f"{W}t", {_SPACE_NAME: "preserve"}).text = content

    def _table(self, table: Any, parent: Any, look: _Look, depth: int) -> None:
        rows = [row for row in _rows(table) if len(row)]
        if not rows:
            return
        made = self._make(parent, f"{W}tbl")
        self._ruled(self._make(made, f"{W}tblPr"), table, rows[0])
        held: dict[int, int] = {}  # column → rows that a cell from above still covers it
        for row in rows:
            line = self._make(made, f"{W}tr")
            column = 0
            for cell in (node for node in row if isinstance(node.tag, str) and node.tag in ("td", "th")):
                column = self._covered(line, held, column)
                wide, deep = _span(cell, "colspan"), _span(cell, "rowspan")
                self._cell(cell, line, wide, deep, self.look(cell, self.look(row, look)), depth)
                held.update({column: deep - 1} if deep > 1 else {})
                column += wide
            self._covered(line, held, column)
        # Word has a paragraph between two tables and at the end of a cell
        self._make(parent, f"{W}p")

    def _ruled(self, properties: Any, table: Any, row: Any) -> None:
        """Draw the lines of a table that has them on the page; a letterhead has none."""
        styles = [table.get("style") or "", *(cell.get("style") or "" for cell in row if isinstance(cell.tag, str))]
        if (table.get("border") or "0") == "0" and not any(_RULED.search(style.lower()) for style in styles):
            return
        borders = self._make(properties, f"{W}tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            self._make(borders, f"{W}{side}", {f"{W}val": "single", f"{W}sz": "4"})

    def _covered(self, line: Any, held: dict[int, int], column: int) -> int:
        """Write the cells that go on from the row above, from this column on; return the next free one."""
        while held.get(column, 0) > 0:
            held[column] -= 1
            properties = self._make(self._make(line, f"{W}tc"), f"{W}tcPr")
            self._make(properties, f"{W}vMerge")
            self._make(properties.getparent(), f"{W}p")
            column += 1
        return column

    def _cell(self, cell: Any, line: Any, wide: int, deep: int, look: _Look, depth: int) -> None:
        made = self._make(line, f"{W}tc")
        properties = self._make(made, f"{W}tcPr")
        if wide > 1:
            self._make(properties, f"{W}gridSpan", {f"{W}val": str(wide)})
        if deep > 1:
            self._make(properties, f"{W}vMerge", {f"{W}val": "restart"})
        self.end()
        if depth <= _MOST_DEPTH and not _HIDDEN.search((cell.get("style") or "").lower()):
            self.block(cell, made, look, depth + 1)
        self.end()
        if made.find(f"{W}p") is None:
            self._make(made, f"{W}p")


def _rows(table: Any) -> list[Any]:
    """Return the rows of a table, those of its parts in order, none of tables within it."""
    found = []
    for node in table:
        if node.tag == "tr":
            found.append(node)
        elif node.tag in ("thead", "tbody", "tfoot"):
            found += [row for row in node if row.tag == "tr"]
    return found


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return max(1, min(_MOST_SPAN, int(text))) if text.isdecimal() and len(text) < 6 else 1


def _numbered(kind: str, count: int) -> str:
    """Return the mark of an item of a list that is numbered so ("1", "a", "A", "i", "I")."""
    if kind in ("a", "A") and 0 < count <= 26:
        return f"{chr(ord(kind) + count - 1)}{')' if kind == 'a' else '.'}"
    if kind in ("i", "I") and 0 < count < 40:
        out, rest = "", count
        for value, sign in _ROMAN:
            out += sign * (rest // value)
            rest %= value
        return f"{out.upper() if kind == 'I' else out}."
    return f"{count}."
