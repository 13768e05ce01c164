"""The typeface of the samples: Tinos, or Liberation Serif 2, both with the widths of Times New Roman.

Liberation 1.x (Debian's fonts-liberation) lacks ế, ố, ữ … and draws empty boxes, so the glyphs are checked.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from corpus.errors import MissingDependencyError

ROOTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
STYLES = {"regular": "Regular", "bold": "Bold", "italic": "Italic", "bolditalic": "BoldItalic"}
FAMILIES = ("Tinos", "LiberationSerif")
MUST_DRAW = "ếốữợằẵỹặẩỡĐđƯươ“”–/"


@cache
def register() -> dict[str, str]:
    """Register the four styles with reportlab once; return style → reportlab font name.

    Raises:
        MissingDependencyError: no installed typeface draws all Vietnamese letters.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    family, files = _typeface()
    for style, path in files.items():
        pdfmetrics.registerFont(TTFont(f"{family}-{style}", str(path)))
    return {style: f"{family}-{style}" for style in files}


def file_of(style: str) -> Path:
    """Return the font file of a style, for drawing on images."""
    return _typeface()[1][style]


@cache
def _typeface() -> tuple[str, dict[str, Path]]:
    for family in FAMILIES:
        for root in ROOTS:
            for regular in sorted(Path(root).expanduser().rglob(f"{family}-Regular.ttf")):
                files = {style: regular.with_name(f"{family}-{name}.ttf") for style, name in STYLES.items()}
                if all(path.exists() and draws(path) for path in files.values()):
                    return family, files
    raise MissingDependencyError(
        "Không tìm thấy phông chữ vẽ được đủ chữ tiếng Việt (Tinos hoặc Liberation Serif 2).",
        "Cài gói fonts-croscore: apt-get install fonts-croscore",
    )


def draws(path: Path) -> bool:
    """Tell whether the font file has a glyph for each letter that Liberation 1.x is known to lack."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    glyphs = TTFontFile(str(path)).charToGlyph
    return all(ord(char) in glyphs for char in MUST_DRAW)
