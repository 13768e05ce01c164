"""What every route may ask for."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Query, Request

from api.jobs import JobRunner
from api.library import Library
from api.schemas import Problem


# async, because FastAPI runs what is not on another thread, and there is nothing to wait for
async def _library(request: Request) -> Library:
    library: Library = request.app.state.library
    return library


async def _jobs(request: Request) -> JobRunner:
    jobs: JobRunner = request.app.state.jobs
    return jobs


TheLibrary = Annotated[Library, Depends(_library)]
TheJobs = Annotated[JobRunner, Depends(_jobs)]


def text_query(description: str, example: str, length: int = 200) -> Any:
    """Return a parameter of a question that is a short text, with its documentation."""
    return Query(max_length=length, description=description, examples=[example])


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of error answers for a route."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"model": Problem, "content": content} for status in statuses}
