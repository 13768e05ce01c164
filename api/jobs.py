"""Background work of the server: uploads wait in the inbox folder and are taken in one job after the other.

A job is a row in the store, its files lie under ``HOME/inbox/<job>`` until they are stored. What a stopped server
leaves unfinished is taken up again at the next start.
"""

from __future__ import annotations

import logging
import queue
import shutil
import threading
import time
import uuid
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from api.doors.person import acting
from api.library import Library
from api.usecases.adding import Incoming, Step, Stopped, known_mode, read_bytes
from api.usecases.rows import IngestRow, Status
from corpus.errors import BadInputError, CongvanError, LimitError, NotFoundError
from corpus.store import Job

_LOG = logging.getLogger(__name__)
_CHUNK = 2**20
#: A page count is written to the store at most this often, in seconds.
_TELL_EVERY = 0.5


class JobRunner:
    """Takes uploads in, in one thread of its own."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._queue: queue.Queue[str | None] = queue.Queue()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin working, with what an earlier run left unfinished first."""
        if self._library.has_store():
            for job in self._library.store.unfinished_jobs():
                self._queue.put(job.id)
        self._thread = threading.Thread(target=self._work, name="congvan-jobs", daemon=True)
        self._thread.start()

    def stop(self, seconds: float = 20.0) -> None:
        """Stop at the next page; what is unfinished stays queued for the next start."""
        self._stopping.set()
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join(seconds)

    def submit(self, uploads: Iterable[tuple[str, BinaryIO]], mode: str = "auto") -> Job:
        """Keep the uploaded files and queue them. Raises BadInputError for none, LimitError for too much."""
        mode = known_mode(mode)
        settings, job_id = self._library.settings, uuid.uuid4().hex
        folder = settings.inbox / job_id
        files: list[dict[str, Any]] = []
        try:
            for name, stream in uploads:
                if len(files) == settings.max_upload_files:
                    raise LimitError(
                        f"Mỗi lần nạp tối đa {settings.max_upload_files} tệp.", "Hãy chia thành nhiều lần."
                    )
                files.append(_entry(name))
                _keep(stream, folder / str(len(files) - 1), settings.max_file_bytes, name)
            if not files:
                raise BadInputError("Chưa chọn tệp nào.", "Hãy chọn ít nhất một tệp.")
            person = acting()
            whose = {"who": person.name, "office": person.office.payload() if person.office else None}
            job = Job(job_id, self._library.now(), "queued", {"files": files, "reason": "", "mode": mode, **whose})
            self._library.store.put_job(job)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._queue.put(job_id)
        return job

    def _work(self) -> None:
        while (job_id := self._queue.get()) is not None and not self._stopping.is_set():
            try:
                self._run(self._library.store.job(job_id))
            except Stopped:
                return
            except Exception:  # noqa: BLE001  # the border of a job: the next one goes on
                _LOG.exception("job %s", job_id)

    def _run(self, job: Job) -> None:
        folder = self._library.settings.inbox / job.id
        files: list[dict[str, Any]] = job.payload["files"]
        waiting = [k for k, entry in enumerate(files) if entry["status"] in ("queued", "running")]
        teller = _Teller(self._library, replace(job, status="running"), self._stopping)
        teller.write()
        before = self._library.store.ids()
        try:
            incoming = [_incoming(folder / str(k), files[k]["name"]) for k in waiting]
            rows = self._library.add_many(incoming, tell=teller.tell, mode=job.payload.get("mode", "auto"))
            for k, row in zip(waiting, rows, strict=True):
                files[k].update(_row_fields(row))
                if row.document is not None and row.document not in before:
                    self._library.store.accounts.note_origin(
                        row.document, job.payload.get("office"), job.payload.get("who", ""), self._library.now()
                    )
            teller.write("done")
            self._library.print_ahead({row.document for row in rows if row.document is not None})
        except Stopped:
            raise
        except CongvanError as error:
            teller.fail(str(error))
        except Exception as error:  # noqa: BLE001  # the border of a job: the person who uploaded is told
            _LOG.exception("job %s", job.id)
            teller.fail(f"Lỗi trong chương trình ({type(error).__name__}). Hãy nạp lại các tệp này.")
        shutil.rmtree(folder, ignore_errors=True)


class _Teller:
    """Writes the progress of one job into the store."""

    def __init__(self, library: Library, job: Job, stopping: threading.Event) -> None:
        self._library = library
        self._job = job
        self._stopping = stopping
        self._lock = threading.Lock()
        self._last = 0.0

    def tell(self, step: Step) -> None:
        """Take note of a page or a finished file. Raises Stopped when the server is to end."""
        if self._stopping.is_set() and step.row is None:
            raise Stopped
        with self._lock:
            entry = next(
                (e for e in self._job.payload["files"] if e["name"] == step.source and e["status"] in _OPEN), None
            )
            if entry is None:
                return
            if step.row is not None:
                entry.update(_row_fields(step.row))
            else:
                entry |= {"status": "running", "page": step.page, "pages": step.pages}
            if step.row is not None or time.monotonic() - self._last > _TELL_EVERY:
                self._last = time.monotonic()
                self._library.store.put_job(self._job)

    def write(self, status: str | None = None, reason: str = "") -> None:
        """Write the job as it stands, with a new status where one is given."""
        with self._lock:
            if status is not None:
                self._job = replace(self._job, status=status, payload=self._job.payload | {"reason": reason})
            self._library.store.put_job(self._job)

    def fail(self, reason: str) -> None:
        """End the job; files that were not reached say why."""
        for entry in self._job.payload["files"]:
            if entry["status"] in _OPEN:
                entry |= {"status": Status.FAILURE.value, "reason": reason}
        self.write("failed", reason)


_OPEN = ("queued", "running")


def _entry(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "status": "queued",
        "document": None,
        "number": None,
        "page": 0,
        "pages": 0,
        "reason": "",
        "found": "",
    }


def _row_fields(row: IngestRow) -> dict[str, Any]:
    plain = row.as_dict()
    kept = {key: plain[key] for key in ("status", "document", "number", "pages", "reason")}
    return kept | {"page": row.pages, "found": row.found}


def _incoming(path: Path, name: str) -> Incoming:
    def fetch() -> bytes:
        try:
            return read_bytes(path)
        except NotFoundError as error:
            raise NotFoundError("Tệp tải lên không còn trên máy chủ.", "Hãy nạp lại tệp.") from error

    return Incoming(name, fetch)


def _keep(stream: BinaryIO, path: Path, limit: int, name: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with path.open("wb") as out:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise LimitError(f"Tệp {name} lớn hơn {limit // 2**20} MB.", "Hãy tách tệp hoặc quét lại ở 300 dpi.")
            out.write(chunk)
