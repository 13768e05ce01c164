"""Which files a batch is made of: paths as people give them, files and folders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.reader import SUFFIXES

_DIGITS = re.compile(r"(\d+)")


def expand(paths: Iterable[Path]) -> list[Path]:
    """Return the files of a batch in order, each once.

    Folders are searched to the bottom for supported suffixes; hidden files and folders in them are skipped. A file
    that is named stays in the list whatever it is, or even if it is not there: reading it then says what is wrong.
    """
    found: dict[Path, None] = {}
    for path in paths:
        for file in _files(path):
            found.setdefault(file)
    return list(found)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (file for file in _walk(path) if file.suffix.lower() in SUFFIXES)
    else:
        yield path


def left_out(paths: Iterable[Path]) -> list[Path]:
    """Return the files in folders of a batch that are of no supported kind, for telling that they are not read."""
    return [
        file
        for path in paths
        if path.is_dir()
        for file in _walk(path)
        if file.suffix.lower() not in SUFFIXES and not file.is_symlink()
    ]


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and of those in it, in order, without hidden ones."""
    for entry in sorted(folder.iterdir(), key=natural):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            # A link to a folder may lead back up; the files behind it can be named themselves. What a browser saved
            # beside a page is pictures, scripts and advertisements.
            yield from () if entry.is_symlink() or _of_page(entry) else _walk(entry)
        elif entry.is_file():
            yield entry


def _of_page(folder: Path) -> bool:
    """Tell whether a folder holds the parts of a web page that was saved beside it ("a.htm", "a_files")."""
    stem = folder.name.removesuffix("_files")
    return stem != folder.name and any((folder.parent / f"{stem}{suffix}").is_file() for suffix in (".htm", ".html"))


def natural(path: Path) -> tuple[tuple[int, str | int], ...]:
    """Return a sort key by name in which "trang 2" comes before "trang 10"."""
    parts = _DIGITS.split(path.name.casefold())
    return tuple((0, int(part)) if _DIGITS.fullmatch(part) else (1, part) for part in parts if part)
