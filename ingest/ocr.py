"""Reading pictures with Tesseract: words with their boxes and confidence.

``OcrEngine`` is the seam; ``Tesseract`` is the real one, ``CachedOcr`` remembers what another engine read.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from corpus.errors import DamagedFileError, LimitError, MissingDependencyError
from corpus.text import nfc
from ingest.lookalikes import LETTERS
from ingest.pages import Pixels

_PACKAGES = "sudo apt install tesseract-ocr tesseract-ocr-vie tesseract-ocr-script-viet"

#: The languages of the first and of the second reading; docs/decisions/ocr.md has the figures behind the choice.
DEFAULT_LANGUAGES = "vie"
SECOND_LANGUAGES = "Vietnamese"

_NUMBER_LETTERS = "-c tessedit_char_whitelist=0123456789.,%/"

_VIETNAMESE = ("vie", "Vietnamese")

#: Signs that Tesseract writes for the plain ones that they look like; none of them stands in a directive.
_LOOK_ALIKES = str.maketrans(
    LETTERS
    | {
        "\u2044": "/",  # fraction slash
        "\u2215": "/",  # division slash
        "\u2010": "-",
        "\u2011": "-",
        "\u2212": "-",  # minus
        "\u00ad": "-",  # soft hyphen
        "\u201a": ",",  # low quotation mark
        "\u02c6": "^",
        "\u02dc": "~",
    }
)


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word as read: box in pixels (left, top, right, bottom), confidence in 0..1, ``line`` numbers its text line."""

    text: str
    box: tuple[float, float, float, float]
    confidence: float
    line: int


class OcrEngine(Protocol):
    """Something that reads a grey or RGB picture."""

    @property
    def version(self) -> str:
        """Name, version and options: another value means that other text may come out."""
        ...

    def words(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """Return the words of a picture. Raises ``LimitError`` when it takes longer than ``seconds``."""
        ...


@runtime_checkable
class SecondEngine(Protocol):
    """An engine that can give a second opinion of single lines."""

    def lines(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """Return the words of a picture of lines that stand below each other; ``LimitError`` as ``words`` does."""
        ...


@runtime_checkable
class CellEngine(Protocol):
    """An engine that can read the cells of a table on their own."""

    def cells(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """Return the words of a picture of cells that stand below and beside each other; as ``words`` else."""
        ...


@runtime_checkable
class DigitEngine(Protocol):
    """An engine that can be told that there is nothing but digits."""

    def digits(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """Return the numbers of a picture of one line; as ``words`` else."""
        ...


@runtime_checkable
class NumberEngine(Protocol):
    """An engine that can be told that there are numbers only: counts, amounts, shares, dates."""

    def numbers(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """Return the numbers of a picture of cells that stand below each other; as ``words`` else."""
        ...


@dataclass(frozen=True, slots=True)
class Tesseract:
    """Tesseract with ``languages`` (joined by +) and page segmentation mode ``psm`` (3: find columns and lines).

    ``second``: the languages of the second reading of lines, none where it is empty.
    """

    languages: str = DEFAULT_LANGUAGES
    psm: int = 3
    second: str = SECOND_LANGUAGES

    @property
    def version(self) -> str:
        """Raises ``MissingDependencyError`` when Tesseract or a language is not installed."""
        second = f" then {available(self.second)}" if self.second else ""
        return f"tesseract {installed_version()} {available(self.languages)} psm {self.psm}{second}"

    def words(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """Run one Tesseract process on one thread; raises ``MissingDependencyError`` as ``version`` does."""
        return self._read(pixels, dpi, seconds, available(self.languages), self.psm)

    def lines(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """Read with ``second``, taking the picture for one column of lines; as ``words`` else."""
        return self._read(pixels, dpi, seconds, available(self.second), 6) if self.second else []

    def cells(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """Read with ``languages``, taking the picture for one column of lines; as ``words`` else."""
        return self._read(pixels, dpi, seconds, available(self.languages), 6)

    def digits(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """Read one line of digits with ``languages``; as ``words`` else."""
        return self._read(pixels, dpi, seconds, available(self.languages), 7, "-c tessedit_char_whitelist=0123456789")

    def numbers(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """Read a column of numbers with ``languages``; as ``words`` else."""
        return self._read(pixels, dpi, seconds, available(self.languages), 6, _NUMBER_LETTERS)

    def _read(
        self, pixels: Pixels, dpi: float, seconds: float, languages: str, psm: int, options: str = ""
    ) -> list[OcrWord]:
        import cv2
        import pytesseract

        # More threads in one process cost more than they bring; several pages are read side by side instead.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        config = f"--psm {psm} --dpi {max(70, min(2400, round(dpi)))} {options}"
        with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
            # Uncompressed: packing a PNG would take longer than some pages take to read.
            path = Path(folder) / "page.pgm"
            cv2.imwrite(str(path), pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
            try:
                table = pytesseract.image_to_data(str(path), lang=languages, config=config, timeout=seconds)
            except pytesseract.TesseractNotFoundError as error:
                raise _missing_program() from error
            except pytesseract.TesseractError as error:
                raise DamagedFileError(
                    "Tesseract không đọc được ảnh của trang.", "Hãy quét lại trang này ở 300 dpi."
                ) from error
            except RuntimeError as error:
                raise LimitError(
                    f"Nhận dạng trang quá {seconds:.0f} giây.", "Hãy quét lại trang này ở 300 dpi."
                ) from error
        return parse(table)


def available(languages: str) -> str:
    """Return the wanted languages (joined by +) that are installed, else another of Vietnamese.

    Raises ``MissingDependencyError`` when there is none.
    """
    wanted = languages.split("+")
    names = {name: found for name in (*wanted, *_VIETNAMESE) for found in (name, f"script/{name}")
             if found in installed_languages()}  # fmt: skip
    found = [names[name] for name in wanted if name in names] or list(names.values())[:1]
    if not found:
        raise MissingDependencyError("Chưa cài dữ liệu tiếng Việt cho Tesseract.", f"Hãy chạy: {_PACKAGES}")
    return "+".join(found)


def parse(table: str) -> list[OcrWord]:
    """Return the words of Tesseract's TSV output."""
    words: list[OcrWord] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = nfc(row.get("text") or "").translate(_LOOK_ALIKES).strip()
        if row["level"] != "5" or not text:
            continue
        key = (row["block_num"], row["par_num"], row["line_num"])
        left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
        confidence = max(0.0, min(1.0, float(row["conf"]) / 100))
        line = lines.setdefault(key, len(lines))
        words.append(OcrWord(text, (left, top, left + width, top + height), confidence, line))
    return words


@lru_cache(maxsize=1)
def installed_version() -> str:
    """Return the version of Tesseract. Raises ``MissingDependencyError`` when there is none."""
    return _ask("--version").splitlines()[0].removeprefix("tesseract").strip()


@lru_cache(maxsize=1)
def installed_languages() -> frozenset[str]:
    """Return the languages of Tesseract (vie, eng, Vietnamese or script/Vietnamese …).

    Raises ``MissingDependencyError`` when there is no Tesseract. pytesseract's own list leaves out the capitalised
    script models.
    """
    return frozenset(line.strip() for line in _ask("--list-langs").splitlines() if line and not line.endswith(":"))


def _ask(option: str) -> str:
    import pytesseract

    command = [str(pytesseract.pytesseract.tesseract_cmd), option]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise _missing_program() from error
    return done.stdout or done.stderr


def _missing_program() -> MissingDependencyError:
    return MissingDependencyError("Chưa cài chương trình nhận dạng chữ Tesseract.", f"Hãy chạy: {_PACKAGES}")


@dataclass(frozen=True, slots=True)
class CachedOcr:
    """Remembers in ``folder`` what ``engine`` read, by the picture's hash and the engine's version."""

    engine: OcrEngine
    folder: Path

    @property
    def version(self) -> str:
        """The version of the engine behind."""
        return self.engine.version

    def words(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """Return what was read before, or read and remember it."""
        return self._remembered("page", pixels, dpi, seconds, self.engine.words)

    def lines(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """As ``words``; nothing where the engine has no second opinion."""
        if not isinstance(self.engine, SecondEngine):
            return []
        return self._remembered("lines", pixels, dpi, seconds, self.engine.lines)

    def cells(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """As ``words``, of a picture of cells."""
        read = self.engine.cells if isinstance(self.engine, CellEngine) else self.engine.words
        return self._remembered("cells", pixels, dpi, seconds, read)

    def digits(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """As ``words``; nothing where the engine cannot be told."""
        if not isinstance(self.engine, DigitEngine):
            return []
        return self._remembered("digits", pixels, dpi, seconds, self.engine.digits)

    def numbers(self, pixels: Pixels, dpi: float, seconds: float) -> list[OcrWord]:
        """As ``words``; nothing where the engine cannot be told."""
        if not isinstance(self.engine, NumberEngine):
            return []
        return self._remembered("numbers", pixels, dpi, seconds, self.engine.numbers)

    def _remembered(
        self,
        what: str,
        pixels: Pixels,
        dpi: float,
        seconds: float,
        read: Callable[[Pixels, float, float], list[OcrWord]],
    ) -> list[OcrWord]:
        given = f"{self.version} {what} {pixels.shape} {dpi:.1f} ".encode()
        path = self.folder / f"{hashlib.sha256(given + pixels.tobytes()).hexdigest()}.json"
        if path.exists():
            rows = json.loads(path.read_text(encoding="utf-8"))
            return [OcrWord(row["text"], tuple(row["box"]), row["confidence"], row["line"]) for row in rows]
        words = read(pixels, dpi, seconds)
        self.folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps([asdict(word) for word in words], ensure_ascii=False), encoding="utf-8")
        part.replace(path)
        return words
