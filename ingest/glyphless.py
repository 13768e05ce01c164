"""A font without shapes for text that is there to be found and copied, not to be seen.

Every character is a glyph without ink half as wide as it is high, and says by itself which character it is. It is made
here, table by table (TrueType, ISO 32000-1 chapter 9.7), so that no foreign font has to be shipped.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Any

NAME = "CongvanGlyphless"

#: Width of every glyph in thousandths of the font size.
WIDTH = 500

_UNITS = 1000


def add_font(document: Any, characters: Iterable[str]) -> Any:
    """Add the font to a pikepdf document and return it; ``characters`` are those that it must be able to name."""
    from pikepdf import Array, Dictionary, Name

    program = document.make_stream(_truetype())
    program[Name.Length1] = len(program.read_bytes())
    descriptor = document.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=Name(f"/{NAME}"), Flags=5, FontBBox=Array([0, 0, WIDTH, _UNITS]),
            ItalicAngle=0, Ascent=_UNITS, Descent=-1, CapHeight=_UNITS, StemV=80, FontFile2=program,
        )
    )  # fmt: skip
    # Every code is the glyph after .notdef.
    glyphs = document.make_stream(b"\0\1" * 65536)
    descendant = document.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{NAME}"), FontDescriptor=descriptor, DW=WIDTH,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0), CIDToGIDMap=glyphs,
        )
    )  # fmt: skip
    return document.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/{NAME}"), Encoding=Name("/Identity-H"),
            DescendantFonts=Array([descendant]), ToUnicode=document.make_stream(_to_unicode(characters)),
        )
    )  # fmt: skip


def encoded(text: str) -> bytes:
    """Return the codes of a text in this font; characters beyond the first plane cannot be named and come as U+FFFD."""
    return "".join(c if ord(c) < 0x10000 and not 0xD800 <= ord(c) < 0xE000 else "\ufffd" for c in text).encode(
        "utf-16-be"
    )


def _to_unicode(characters: Iterable[str]) -> bytes:
    codes = sorted({encoded(c).hex().upper() for c in characters})
    blocks = [codes[k : k + 100] for k in range(0, len(codes), 100)]
    rows = "".join(
        f"{len(block)} beginbfchar\n" + "".join(f"<{code}> <{code}>\n" for code in block) + "endbfchar\n"
        for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{rows}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _truetype() -> bytes:
    """Return a TrueType font program of two glyphs: .notdef, and a line without width across the glyph's box.

    An outline without any extent would make readers pass over text that runs upwards: its pieces have no width then.
    """
    line = struct.pack(">hhhhhHHBBhhhh", 1, 0, 0, WIDTH, _UNITS, 1, 0, 1, 1, 0, WIDTH, 0, _UNITS)
    head = struct.pack(
        ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _UNITS, 0, 0, 0, 0, WIDTH, _UNITS, 0, 8, 2, 0, 0
    )
    hhea = struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, _UNITS, -1, 0, WIDTH, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1)
    maxp = struct.pack(">IH13H", 0x10000, 2, *([2, 1, 0, 0, 1] + [0] * 8))
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(
        ">HHHHHHHHHHHH", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0
    )
    tables = {
        b"cmap": cmap,
        b"glyf": line,
        b"head": head,
        b"hhea": hhea,
        b"hmtx": struct.pack(">HhH", WIDTH, 0, 0)[:6],
        b"loca": struct.pack(">HHH", 0, 0, len(line) // 2),
        b"maxp": maxp,
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    out = struct.pack(">IHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    at, body = len(out) + 16 * count, b""
    for tag, table in tables.items():
        padded = table + b"\0" * (-len(table) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        out += struct.pack(">4sIII", tag, checksum, at + len(body), len(table))
        body += padded
    return out + body
