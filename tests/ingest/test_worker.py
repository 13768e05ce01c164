"""The worker process: what it returns and raises, how it ends, and that it is used again."""

from __future__ import annotations

import os
import pickle
import time

import numpy as np
import pytest

from corpus.errors import DamagedFileError, LimitError
from ingest.pages import Limits
from ingest.pdf import PdfFile, in_worker
from ingest.pdfium import draw_page, open_document
from ingest.worker import Worker, WorkerDied, Workers, WorkerTimeout
from tests.ingest import files


def test_results_and_errors_come_back() -> None:
    worker = Worker()
    assert worker.call(10, divmod, 17, 5) == (3, 2)
    with pytest.raises(ZeroDivisionError):
        worker.call(10, divmod, 1, 0)
    with pytest.raises(DamagedFileError) as caught:
        worker.call(10, open_document, pickle.PickleBuffer(b"%PDF-1.4 nothing %%EOF"), Limits())
    assert caught.value.remedy.startswith("Hãy ") and "hỏng" in caught.value.message
    assert worker.call(10, open_document, pickle.PickleBuffer(files.pdf()), Limits()) == 1
    pixels, dpi = worker.call(10, draw_page, 1, 50.0)
    assert pixels.shape[2] == 3 and pixels.flags.writeable and dpi == 50.0 and pixels.dtype == np.uint8
    worker.end()
    assert not worker.usable


def test_a_call_that_hangs_and_one_that_crashes() -> None:
    worker = Worker()
    start = time.monotonic()
    with pytest.raises(WorkerTimeout):
        worker.call(0.2, time.sleep, 60)
    assert time.monotonic() - start < 60 and not worker.usable
    worker = Worker()
    with pytest.raises(WorkerDied):
        worker.call(10, os._exit, 3)
    assert not worker.usable


def test_memory_has_a_limit() -> None:
    with pytest.raises(LimitError):
        in_worker(Limits(memory=1024**3), 30, bytes, 2 * 1024**3)


def test_workers_are_used_again_and_not_kept_for_ever() -> None:
    workers = Workers(idle=1)
    first, second = workers.take(0), workers.take(0)
    identity = first.call(10, os.getpid)
    workers.give_back(first, 0)
    workers.give_back(second, 0)
    assert not second.usable, "one is enough"
    assert workers.take(0).call(10, os.getpid) == identity
    assert workers.take(7 * 1024**3) is not first


def test_a_file_goes_on_in_a_new_worker_but_not_for_ever() -> None:
    opened = PdfFile(files.pdf([files.LINES] * 3), Limits(call_seconds=5))
    assert len(opened.page(1).tokens) > 40
    for _ in range(3):
        with pytest.raises(LimitError, match="giây"):
            opened._limits = Limits(call_seconds=0.3)
            opened._call(time.sleep, 30)
        opened._limits = Limits(call_seconds=5)
        if opened._failures < 3:
            assert len(opened.page(2).tokens) > 40, "the next page is read by another worker"
    with pytest.raises(LimitError, match="nhiều lần"):
        opened.page(3)
    opened.close()
