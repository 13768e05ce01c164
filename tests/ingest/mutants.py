"""Damaged PDFs, made at random: what bad discs, cut downloads, bad programs and bad people make of them.

``python -m tests.bench.mutants`` reads many of them.
"""

from __future__ import annotations

import io
import random
import re
import zlib
from collections.abc import Callable

import pikepdf

from corpus.errors import CongvanError
from ingest.pages import Limits
from ingest.pipeline import ReadOptions, read
from tests.ingest import files

LIMITS = Limits(call_seconds=6.0, page_seconds=10.0, pixels=40_000_000, memory=3 * 1024**3)

_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.DOTALL)


def sources() -> list[bytes]:
    """Return the whole files: digital, scanned with a layer, with object streams, in an old font, linearized."""
    digital = files.pdf([[f"Trang {k}", *files.LINES] for k in range(1, 5)])
    scan = files.scanned_pdf(layer=files.LINES, dpi=60)
    out = []
    for options in ({"object_stream_mode": pikepdf.ObjectStreamMode.generate}, {"linearize": True}):
        buffer = io.BytesIO()
        with pikepdf.open(io.BytesIO(digital)) as document:
            document.save(buffer, **options)
        out.append(buffer.getvalue())
    return [digital, scan, *out]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def cut_in_front(data: bytes, chance: random.Random) -> bytes:
    return data[:9] + data[chance.randrange(9, len(data)) :]


def hole(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randint(1, 2000) :]


def noise(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 200)):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def zeros(data: bytes, chance: random.Random) -> bytes:
    at, length = chance.randrange(len(data)), chance.randint(1, 4096)
    return data[:at] + b"\0" * min(length, len(data) - at) + data[at + length :]


def swapped(data: bytes, chance: random.Random) -> bytes:
    """Two objects in each other's place, under each other's number or not."""
    found = list(_OBJECT.finditer(data))
    if len(found) < 2:
        return noise(data, chance)
    one, other = sorted(chance.sample(found, 2), key=lambda m: m.start())
    return data[: one.start()] + other[0] + data[one.end() : other.start()] + one[0] + data[other.end() :]


def renumbered(data: bytes, chance: random.Random) -> bytes:
    references = list(re.finditer(rb"\b\d+ 0 R\b", data))
    if not references:
        return noise(data, chance)
    one = chance.choice(references)
    return data[: one.start()] + b"%d 0 R" % chance.randrange(40) + data[one.end() :]


def bad_xref(data: bytes, chance: random.Random) -> bytes:
    at = data.rfind(b"startxref")
    return data[:at] + b"startxref\n%d\n%%%%EOF\n" % chance.choice([0, 1, at, len(data) * 2, 2**31, 2**63, at // 2])


def no_trailer(data: bytes, chance: random.Random) -> bytes:
    at = max(data.rfind(b"xref"), data.rfind(b"trailer"))
    return data[: data.rfind(b"xref", 0, at) if chance.random() < 0.5 else at]


def wrong_length(data: bytes, chance: random.Random) -> bytes:
    return re.sub(
        rb"/Length \d+", b"/Length %d" % chance.choice([0, 1, 10**9, -5, 2**31]), data, count=1 + (len(data) % 3)
    )


def wrong_filter(data: bytes, chance: random.Random) -> bytes:
    to = chance.choice([b"/LZWDecode", b"/DCTDecode", b"/JPXDecode", b"/JBIG2Decode", b"/CCITTFaxDecode", b"/None"])
    return re.sub(rb"/(?:FlateDecode|ASCII85Decode|DCTDecode)", to, data, count=chance.randint(1, 3))


def huge_page(data: bytes, chance: random.Random) -> bytes:
    size = chance.choice(
        [b"0 0 0 0", b"0 0 1e9 1e9", b"0 0 99999999 842", b"0 0 -5 -5", b"a b c d", b"0 0 1e38 1e38", b"0"]
    )
    return re.sub(rb"/MediaBox\s*\[[^\]]*\]", b"/MediaBox [ " + size + b" ]", data)


def looped(data: bytes, chance: random.Random) -> bytes:
    """A page tree that leads back to its root."""
    return re.sub(
        rb"/Kids\s*\[[^\]]*\]", lambda m: m[0][:-1] + chance.choice(re.findall(rb"\d+ 0 R", data)) * 3 + b"]", data
    )


def many_pages(data: bytes, chance: random.Random) -> bytes:
    return re.sub(rb"/Count \d+", b"/Count %d" % chance.choice([0, -1, 10**6, 2**31, 900]), data)


def bomb(data: bytes, chance: random.Random) -> bytes:
    """A page whose contents unpack to far more than they say, or nest far deeper."""
    body = chance.choice(
        [b"q " * 30_000_000, b"BT /F1 12 Tf (a) Tj ET " * 500_000, b"[" * 2_000_000, b"0 0 m 9 9 l S " * 1_000_000]
    )
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0]
        page.obj.Contents = document.make_stream(body)
        document.save(buffer, recompress_flate=True)
    return buffer.getvalue()


def nested_forms(data: bytes, chance: random.Random) -> bytes:
    """Forms that draw the next one many times: a few objects, endless work."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        below = None
        for _ in range(chance.randint(4, 9)):
            form = document.make_stream(b"/X Do " * 12 if below is not None else b"0 0 600 800 re f BT (x) Tj ET")
            form.stream_dict.update(
                pikepdf.Dictionary(Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 600, 800])
            )
            if below is not None:
                form.stream_dict.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=below))
            below = form
        document.pages[0].obj.Contents = document.make_stream(b"/X Do")
        document.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=below))
        document.save(buffer)
    return buffer.getvalue()


def huge_image(data: bytes, chance: random.Random) -> bytes:
    """An image that claims a billion pixels."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        image = document.make_stream(zlib.compress(b"\0" * 10_000_000))
        side = chance.choice([40_000, 200_000, 2**31 - 1])
        image.stream_dict.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=side, Height=side, BitsPerComponent=8,
                ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.FlateDecode,
            )
        )  # fmt: skip
        document.pages[0].obj.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
        document.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        document.save(buffer)
    return buffer.getvalue()


#: The costly ones are drawn less often.
COMMON: list[Callable[[bytes, random.Random], bytes]] = [
    cut, cut_in_front, hole, noise, zeros, swapped, renumbered, bad_xref, no_trailer, wrong_length, wrong_filter,
    huge_page, looped, many_pages,
]  # fmt: skip
COSTLY: list[Callable[[bytes, random.Random], bytes]] = [bomb, nested_forms, huge_image]


def mutant(chance: random.Random, whole: list[bytes], costly: float = 0.05) -> tuple[str, bytes]:
    """Return the name of what was done, and the damaged file."""
    data = chance.choice(whole)
    if chance.random() < costly:
        damage = chance.choice(COSTLY)
        return damage.__name__, damage(data, chance)
    names = []
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        damage = chance.choice(COMMON)
        names.append(damage.__name__)
        data = damage(data, chance) or data
    return "+".join(names), data


def ending(data: bytes, options: ReadOptions) -> tuple[str, str]:
    """Return how reading a file ends: success, partial or failure, and the reason."""
    try:
        document = read(data, "a.pdf", options=options)
    except CongvanError as error:
        return "failure", str(error)
    failed = document.failed_pages
    return ("partial" if failed else "success"), " ".join(page.error or "" for page in failed)
