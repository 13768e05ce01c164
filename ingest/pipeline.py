"""The whole way from a file to a Document: open → per page decide, keep, repair or read → Document."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from corpus.document import Decision, Document, Page, content_id
from corpus.errors import (
    BadInputError,
    CongvanError,
    DamagedFileError,
    EmptyFileError,
    LimitError,
    MissingDependencyError,
    NotFoundError,
)
from corpus.lazy import once
from ingest.finish import finished
from ingest.layout import lay_out
from ingest.ocr import OcrEngine, Tesseract
from ingest.pages import Limits, OpenFile, Picture, RawPage
from ingest.reader import open_file
from ingest.recognise import Reading, recognise
from ingest.restorable import Corrector, Restorer, corrected, repaired
from ingest.textlayer import Choice, Mode, choose
from ingest.weigh import LOOK_DPI, better, layer_covers, picture_is_better

#: Counts up whenever the same file would come out with other text, or with other cells of its tables.
READER_VERSION = "11"

_LOG = logging.getLogger(__name__)

#: What is said of a page of which some is broken; what could be read of it is kept.
PARTLY = "Nội dung trang bị hỏng một phần, có thể thiếu chữ."

#: What is said of a page that was still hard to read when its time ran out.
LATE = "Hết thời gian khi trang còn khó đọc: trang có thể nằm nghiêng, lộn ngược, và chữ có thể sai."


class Mender(Restorer, Corrector, Protocol):
    """What repairs text layers and corrects what was read from pictures. Threads may share one."""


class Shelf(Protocol):
    """Keeps the pages of one file as they are read, so that reading it again begins after them. Threads share one."""

    def get(self, number: int) -> Page | None:
        """Return a page that was kept."""
        ...

    def put(self, page: Page) -> None:
        """Keep a page."""
        ...


#: Reads the picture of a page: picture, engine, limits, number of the page.
Recogniser = Callable[[Picture, OcrEngine, Limits, int], Reading]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read. ``restorer`` makes the restorer when the first page needs it: to repair a broken text layer, which
    is kept with a warning without one, and to correct what was read from a picture. ``jobs`` pages are read side by
    side, each holding one page picture at most. Pages on the ``shelf`` are not read again, those that
    fail or ran out of time are not kept. ``recogniser`` reads a picture, maybe on another machine."""

    mode: Mode = Mode.AUTO
    limits: Limits = field(default_factory=Limits)
    engine: OcrEngine = field(default_factory=Tesseract)
    restorer: Callable[[], Mender] | None = None
    jobs: int = 1
    shelf: Shelf | None = None
    recogniser: Recogniser = recognise


@dataclass(frozen=True, slots=True)
class PageProgress:
    """A page is done: ``done`` of ``total`` pages of ``source``."""

    source: str
    done: int
    total: int
    page: Page


def read_path(
    path: Path, *, options: ReadOptions | None = None, progress: Callable[[PageProgress], None] | None = None
) -> Document:
    """Read a file from disk; see ``read``. Raises ``NotFoundError`` when it is not there."""
    options = options or ReadOptions()
    try:
        if path.stat().st_size > options.limits.bytes:
            raise LimitError(f"Tệp {path.name} quá lớn.", "Hãy tách tệp hoặc quét lại ở 300 dpi.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"Không tìm thấy tệp {path}.", "Hãy kiểm tra lại đường dẫn.") from error
    except OSError as error:
        raise BadInputError(f"Không mở được tệp {path}.", "Hãy kiểm tra quyền đọc và đường dẫn.") from error
    return read(data, path.name, options=options, progress=progress)


def read(
    data: bytes,
    source: str,
    *,
    options: ReadOptions | None = None,
    progress: Callable[[PageProgress], None] | None = None,
) -> Document:
    """Read a file: ``data`` its bytes, ``source`` its name. ``progress`` is called after every page, in page order.

    A page that cannot be read keeps its number and its error. Raises what ``reader.open_file`` raises,
    ``MissingDependencyError``, the first page's error when no page can be read, ``EmptyFileError`` when no page has
    any text.
    """
    options = options or ReadOptions()
    opened = open_file(data, source, options.limits)
    pages: list[Page] = []
    try:
        for page in read_pages(opened, options):
            pages.append(page)
            if progress is not None:
                progress(PageProgress(source, len(pages), opened.page_count, page))
    finally:
        opened.close()
    failed = [page for page in pages if page.error is not None]
    if len(failed) == len(pages):
        raise DamagedFileError(f"Không đọc được trang nào. {failed[0].error}")
    if not failed and not any(page.text.strip() for page in pages):
        if options.mode in (Mode.KEEP, Mode.REPAIR):
            raise EmptyFileError("Tệp không có lớp chữ nào để giữ hay phục hồi.", "Hãy dùng cách auto hoặc ocr.")
        raise EmptyFileError("Không thấy chữ nào trong tệp.", "Hãy kiểm tra tệp, hoặc quét lại rõ hơn ở 300 dpi.")
    return Document(
        id=content_id(data),
        source=source,
        media_type=opened.media_type,
        pages=tuple(finished(pages)),
        reader=reader_version(pages, options),
        warnings=tuple(_warnings(pages)),
    )


def read_pages(opened: OpenFile, options: ReadOptions) -> Iterator[Page]:
    """Yield the pages in order, ``options.jobs`` of them being read at a time."""
    restorer = None if options.restorer is None else once(options.restorer)
    one = partial(read_page, opened, options=replace(options, restorer=restorer))
    numbers = range(1, opened.page_count + 1)
    if options.jobs <= 1 or opened.page_count == 1:
        yield from map(one, numbers)
        return
    pool = ThreadPoolExecutor(options.jobs, thread_name_prefix="read-page")
    waiting: deque[Future[Page]] = deque()
    try:
        for number in numbers:
            waiting.append(pool.submit(one, number))
            # Pages ready too early wait as text; pictures live only while a thread works on them.
            if len(waiting) > 4 * options.jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def read_page(opened: OpenFile, number: int, *, options: ReadOptions) -> Page:
    """Read one page. What goes wrong with it is written on it; only what concerns the installation is raised."""
    kept = None if options.shelf is None else options.shelf.get(number)
    if kept is not None:
        return kept
    page = _page(opened, number, options)
    if options.shelf is not None and page.error is None and LATE not in page.reason:
        options.shelf.put(page)
    return page


def _page(opened: OpenFile, number: int, options: ReadOptions) -> Page:
    try:
        raw = opened.page(number)
        page = _read_page(opened, raw, options)
        return replace(page, reason=f"{page.reason} {PARTLY}") if raw.partly else page
    except BadInputError as error:
        return Page(number, "", error=str(error))
    except CongvanError:
        raise
    except Exception as error:  # noqa: BLE001  the border of a page: the others can still be read
        _LOG.exception("page %d could not be read", number)
        return Page(number, "", error=f"Lỗi ngoài dự kiến khi đọc trang {number} ({type(error).__name__}).")


def _warnings(pages: list[Page]) -> Iterator[str]:
    for page in pages:
        if page.error is not None:
            yield f"Trang {page.number}: {page.error}"
        else:
            yield from (f"Trang {page.number}: {note}" for note in (PARTLY, LATE) if note in page.reason)


def _read_page(opened: OpenFile, raw: RawPage, options: ReadOptions) -> Page:
    page = _as_found(raw)
    choice = choose(raw, page.text, options.mode)
    if choice.doubt and choice.decision is not Decision.OCR:
        choice = _looked_at(opened, page, choice, options)
    if choice.decision is Decision.OCR:
        reading = _recognised(opened, raw, choice, options)
        # A reading that makes less sense than the text layer is no gain (a script that Tesseract does not know).
        if not choice.doubt or better(page.text, reading.text):
            return reading
        choice = Choice(Decision.REPAIR, "Nhận dạng từ hình không tốt hơn lớp chữ, lớp chữ được phục hồi dấu.")
    page = replace(page, decision=choice.decision, reason=f"{choice.reason} {raw.note}".strip())
    if choice.decision is Decision.REPAIR:
        if options.restorer is None:
            reason = "Lớp chữ bị hỏng nhưng chưa có bộ phục hồi dấu, giữ nguyên."
            return replace(page, decision=Decision.KEEP, reason=reason)
        return repaired(page, options.restorer(), force=options.mode is Mode.REPAIR)
    return page


def _looked_at(opened: OpenFile, page: Page, choice: Choice, options: ReadOptions) -> Choice:
    """Return the decision after a look at the picture: is the layer all of the page, does the picture read better?"""
    try:
        if choice.decision is Decision.KEEP:
            if layer_covers(page, opened.picture(page.number, LOOK_DPI)):
                return choice
            return Choice(Decision.OCR, "Lớp chữ trên trang quét chỉ có vài từ, phải nhận dạng từ hình.")
        if picture_is_better(page, opened.picture(page.number), options.engine, options.limits):
            reason = "Lớp chữ bị hỏng nhưng hình trang đọc rõ, trang được nhận dạng lại."
            return Choice(Decision.OCR, reason, doubt=True)
    except (BadInputError, MissingDependencyError) as error:
        _LOG.warning("page %d is judged without a look at its picture: %s", page.number, error)
    return choice


def _as_found(raw: RawPage) -> Page:
    """Return the page with the text that the file has."""
    if raw.text is not None:
        return Page(raw.number, raw.text, first_line=raw.first_line)
    width, height = raw.width or 0.0, raw.height or 0.0
    laid = lay_out(raw.tokens, width, height, raw.number, raw.tables)
    return Page(raw.number, laid.text, width=width, height=height, words=laid.words, blocks=laid.blocks)


def _recognised(opened: OpenFile, raw: RawPage, choice: Choice, options: ReadOptions) -> Page:
    picture = opened.picture(raw.number)
    reading = options.recogniser(picture, options.engine, options.limits, raw.number)
    page = Page(
        raw.number,
        reading.laid.text,
        width=raw.width,
        height=raw.height,
        words=reading.laid.words,
        blocks=reading.laid.blocks,
        decision=Decision.OCR,
        reason=f"{choice.reason} {LATE}" if reading.late else choice.reason,
    )
    return page if options.restorer is None or not page.words else _corrected(page, options.restorer)


def _corrected(page: Page, make: Callable[[], Mender]) -> Page:
    """Return the page corrected; what was read is good enough to be kept where no restorer can be had."""
    try:
        return corrected(page, make())
    except MissingDependencyError as error:
        _LOG.warning("page %d stays as it was read: %s", page.number, error)
        return page


def reader_version(pages: list[Page], options: ReadOptions) -> str:
    """Return what the text depends on: code, mode and, where a page was read from its picture, the OCR engine."""
    parts = [f"reader {READER_VERSION}", f"mode {options.mode}"]
    if any(page.decision is Decision.OCR for page in pages):
        parts.append(options.engine.version)
    return "; ".join(parts)
