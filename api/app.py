"""The HTTP application: the API under ``/v1``, the pages, the documentation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import APIRouter, FastAPI

from api import guards, problems
from api.digest import Postman
from api.doors import pages as door
from api.doors import people
from api.doors.accounts import Accounts
from api.doors.diary import Diary
from api.jobs import JobRunner
from api.keep.watching import Meter, Metering
from api.library import Library
from api.preparing import Preparing
from api.routes import (
    compare,
    corrections,
    docs,
    documents,
    draft,
    duties,
    graph,
    health,
    jobs,
    lint,
    metrics,
    search,
    units,
)
from api.settings import Settings
from api.web import views

_DESCRIPTION = (
    "Số hóa, tra cứu và theo dõi văn bản chỉ đạo của ngành giáo dục. Lỗi trả về dạng problem+json (RFC 9457)."
)


def create_app(settings: Settings, library: Library | None = None) -> FastAPI:
    """Return the application for one state folder; ``library`` can be handed in by tests."""
    shelf = library or Library(settings)
    runner = JobRunner(shelf)
    postman, preparing = Postman(shelf), Preparing(shelf)
    accounts, diary = Accounts(shelf), Diary(lambda: shelf.store.accounts)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        runner.start()
        postman.start()
        preparing.start()
        yield
        preparing.stop()
        postman.stop()
        runner.stop()
        diary.flush()
        shelf.close()

    app = FastAPI(
        title="congvan",
        version=version("congvan"),
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        # nothing about the people who ask leaves this machine, whatever the environment says
        telemetry={"auto_configure": False, "tracing": False, "metrics": False, "logs": False},
    )
    app.state.library = shelf
    app.state.jobs = runner
    app.state.accounts, app.state.diary = accounts, diary
    v1 = APIRouter(prefix="/v1")
    for module in (documents, jobs, search, duties, units, corrections, graph, compare, draft, health, lint):
        v1.include_router(module.router)
    app.include_router(v1)
    app.include_router(metrics.router)
    docs.install(app)
    app.include_router(door.router)
    app.include_router(people.router)
    views.install(app)
    problems.install(app)
    guards.install(app, settings, accounts, diary)
    app.state.meter = Meter(shelf)
    app.add_middleware(Metering, meter=app.state.meter)
    return app
