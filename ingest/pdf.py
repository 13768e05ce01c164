"""PDF files: the words of the text layer with their places, and pages as pictures.

The libraries that read them run in a worker process with a limit of time and memory: a file made to hang or to crash
them costs its own pages, nothing else.
"""

from __future__ import annotations

import logging
import pickle
import threading
import weakref
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from corpus.document import Box
from corpus.errors import CongvanError, DamagedFileError, LimitError
from ingest.pages import Limits, Picture, RawPage, Token
from ingest.pdfium import close_document, draw_page, open_document, page_letters, read_page
from ingest.pdfletters import Letters
from ingest.worker import Worker, WorkerDied, Workers, WorkerTimeout

P = ParamSpec("P")
T = TypeVar("T")

_LOG = logging.getLogger(__name__)
_WORKERS = Workers()

#: A file that has ended so many workers gets no further one.
_MOST_FAILURES = 3

_AGAIN = "Hãy tải hoặc quét lại tệp rồi thử lại."


class PdfFile:
    """An open PDF. Raises ``DamagedFileError``, ``EmptyFileError``, ``EncryptedFileError`` or ``LimitError``."""

    media_type = "application/pdf"

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._lock = threading.Lock()
        self._failures = 0
        self._leased: list[Worker] = []
        self._ended = weakref.finalize(self, _give_back, self._leased, limits.memory)
        try:
            with self._lock:
                self.page_count = self._open()
        except BaseException:
            self.close()
            raise

    def page(self, number: int) -> RawPage:
        """Return the text layer of a page and what else is on it."""
        layer = self._call(read_page, number)
        rows = zip(layer.text.texts, layer.text.boxes, layer.text.runs, strict=True)
        return RawPage(
            number=number,
            width=layer.width,
            height=layer.height,
            tokens=tuple(Token(text, Box(*box), run) for text, box, run in rows),
            pictured=layer.pictured,
            hidden=layer.text.hidden,
            blank=layer.blank,
            note=layer.text.note,
            partly=layer.partly,
            tables=layer.tables,
        )

    def picture(self, number: int, dpi: float | None = None) -> Picture:
        """Draw a page; see ``pdfium.draw_page``."""
        pixels, drawn = self._call(draw_page, number, dpi)
        return Picture(pixels, drawn)

    def letters(self, number: int) -> Letters:
        """Return how the letters of a page look; see ``pdflook``."""
        return self._call(page_letters, number)

    def close(self) -> None:
        """Free what the worker holds and let others use it."""
        self._ended()

    def _call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self._lock:
            if not self._leased:
                self._open()
            return self._made(function, *args, **kwargs)

    def _open(self) -> int:
        if self._failures >= _MOST_FAILURES:
            raise LimitError("Tệp PDF làm bộ đọc dừng nhiều lần, không đọc tiếp.", "Hãy in lại tệp thành PDF mới.")
        self._leased.append(_WORKERS.take(self._limits.memory))
        return self._made(open_document, pickle.PickleBuffer(self._data), self._limits)

    def _made(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Make a call in the worker; one that does not come back is replaced at the next call."""
        try:
            return self._leased[0].call(self._limits.call_seconds, function, *args, **kwargs)
        except WorkerTimeout as error:
            self._failed()
            raise LimitError(
                f"Đọc PDF quá {self._limits.call_seconds:.0f} giây.", "Hãy in lại tệp thành PDF mới hoặc tách tệp."
            ) from error
        except WorkerDied as error:
            self._failed()
            raise DamagedFileError("Tệp PDF hỏng hoặc quá lớn, làm bộ đọc PDF dừng đột ngột.", _AGAIN) from error
        except MemoryError as error:
            raise LimitError("Trang PDF cần quá nhiều bộ nhớ.", "Hãy in lại tệp thành PDF mới.") from error

    def _failed(self) -> None:
        self._leased.clear()
        self._failures += 1


def in_worker(limits: Limits, seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Make one call in a worker that nobody else uses. Raises ``LimitError`` and ``DamagedFileError``, too."""
    worker = _WORKERS.take(limits.memory)
    try:
        return worker.call(seconds, function, *args, **kwargs)
    except WorkerTimeout as error:
        raise LimitError(f"Xử lý PDF quá {seconds:.0f} giây.", "Hãy tách tệp thành nhiều phần.") from error
    except WorkerDied as error:
        raise DamagedFileError("Tệp PDF hỏng hoặc quá lớn, làm bộ đọc PDF dừng đột ngột.", _AGAIN) from error
    except MemoryError as error:
        raise LimitError("Tệp PDF cần quá nhiều bộ nhớ.", "Hãy tách tệp thành nhiều phần.") from error
    except CongvanError:
        raise
    except Exception as error:  # the border of a foreign file: what the libraries say of it has no end
        _LOG.warning("%s: %r", function.__name__, error)
        raise DamagedFileError("Tệp hỏng, không làm được việc này.", _AGAIN) from error
    finally:
        _give_back([worker], limits.memory)


def _give_back(leased: list[Worker], memory: int) -> None:
    while leased:
        worker = leased.pop()
        try:
            worker.call(10.0, close_document)
        except (WorkerTimeout, WorkerDied):
            continue
        _WORKERS.give_back(worker, memory)
