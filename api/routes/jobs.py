"""Jobs: how far an upload is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api import schemas
from api.doors.offices import Office
from api.doors.person import acting
from api.library import Library
from api.routes.deps import TheLibrary, problems
from corpus.errors import NotAllowedError, NotFoundError
from corpus.store import Job

router = APIRouter(tags=["Nạp văn bản"])


def job_data(job: Job) -> dict[str, Any]:
    """Return a job as plain data."""
    return {
        "id": job.id,
        "url": f"/v1/jobs/{job.id}",
        "status": job.status,
        "created_at": job.created_at.isoformat(),
        "reason": job.payload.get("reason", ""),
        "files": job.payload.get("files", []),
    }


def seen_job(library: Library, job: str) -> Job:
    """Return a job of one's own office or of one below. Raises NotFoundError, NotAllowedError."""
    if not library.has_store():
        raise NotFoundError("Không có công việc nào mang mã này.")
    found = library.store.job(job)
    if not acting().sees(Office.of(found.payload.get("office"))):
        raise NotAllowedError("Lần nạp này của cơ quan khác.", "Hãy hỏi người quản trị.")
    return found


@router.get("/jobs/{job}", response_model=schemas.JobOut, responses=problems(404), summary="Tiến độ nạp")
def job(library: TheLibrary, job: str) -> dict[str, Any]:
    """Trả về tình trạng từng tệp của một lần nạp."""
    return job_data(seen_job(library, job))
