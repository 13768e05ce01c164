"""The pages: what each shows is gathered here, how it looks is in the templates."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, FastAPI, File, Form, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from api import wording
from api.library import Library
from api.routes.deps import TheJobs, TheLibrary
from api.routes.documents import opened
from api.routes.jobs import job_data, seen_job
from api.usecases import finding
from api.usecases.adding import MODES
from api.usecases.listing import Sought
from api.usecases.places import LEVEL_NAMES
from api.usecases.spans import due_in
from api.usecases.years import day_of
from api.web import checking, comparing, drafting, linting, mine
from api.web.reading import reading
from api.web.rendering import HERE, environment, offices_of, page, types_of, years_of
from corpus.errors import CongvanError
from corpus.store import DocumentInfo, folded_number
from corpus.text import fold

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_PER_PAGE = 50
#: So many seconds a page waits for the pictures of a Word file that are being made; then it comes without them.
_PATIENCE = 2.0
#: So many passages a search shows.
_HITS = 20

_Text = Annotated[str, Query(max_length=500)]


def install(app: FastAPI) -> None:
    """Serve the pages and their static files."""
    app.include_router(router)
    app.include_router(mine.router)
    app.include_router(checking.router)
    app.include_router(comparing.router)
    app.include_router(drafting.router)
    app.include_router(linting.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.state.templates = environment()


@router.get("/")
def search(request: Request, library: TheLibrary, q: _Text = "", giong: _Text = "") -> HTMLResponse:
    """Tìm kiếm; ``giong`` is a passage of which more like it is looked for."""
    documents = library.documents()
    result, due, problem, status = None, None, "", 200
    given = {name: request.query_params.get(name, "")[:200].strip() for name in finding.FIELDS}
    try:
        if giong.strip():
            result = library.similar(giong.strip())
        elif q.strip():
            filters = finding.filters(library, given)
            result = library.search(q, limit=_HITS, filters=filters)
            due = due_in(library, q, school_year=filters.school_year, unit=mine.remembered(request))
    except CongvanError as error:
        problem, status = str(error), error.http_status
    weak = result is not None and (result.weak or due is not None)
    found = finding.grouped(result.hits if result is not None else ())
    return page(
        request,
        "search.html",
        status,
        near=found[: finding.NEAREST] if weak else found,
        far=found[finding.NEAREST :] if weak else (),
        advice=finding.ADVICE if weak else "",
        due=due,
        q=q,
        given=given,
        result=result,
        problem=problem,
        count=len(documents),
        years=years_of(library),
        issuers=offices_of(library),
        types=types_of(library),
        units=finding.UNITS,
    )


@router.get("/van-ban")
def documents(
    request: Request,
    library: TheLibrary,
    q: _Text = "",
    issuer: _Text = "",
    issuer_level: _Text = "",
    doc_type: _Text = "",
    school_year: _Text = "",
    trang: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Danh sách văn bản."""
    given = {
        "q": q, "issuer": issuer, "issuer_level": issuer_level, "doc_type": doc_type, "school_year": school_year
    }  # fmt: skip
    every = library.documents()
    rows = Sought.of(q, issuer, issuer_level, doc_type, school_year).among(every)
    shown = rows[(trang - 1) * _PER_PAGE : trang * _PER_PAGE]
    return page(
        request,
        "documents.html",
        rows=shown,
        total=len(rows),
        stored=len(every),
        number=trang,
        more=len(rows) > trang * _PER_PAGE,
        given=given,
        query=urlencode({name: value for name, value in given.items() if value}),
        years=years_of(library),
        issuers=offices_of(library),
        types=types_of(library),
    )


@router.get("/van-ban/{document}")
def document(
    request: Request,
    library: TheLibrary,
    document: str,
    dau: _Text = "",
    dong: _Text = "",
    q: _Text = "",
    sua: _Text = "",
    vua: _Text = "",
    loi: _Text = "",
) -> HTMLResponse:
    """Một văn bản: hình trang, chữ, thông tin; ``sua`` is the fact (or "header") that somebody wants to correct,
    ``vua`` the correction that was just made, ``loi`` why it could not be."""
    stored = library.show(document)
    drawn = library.printing.of(stored, _PATIENCE) if library.printing.has(stored.info) else None
    view = reading(stored.document, stored.facts, dau, _lines_of(dong), drawn.placed if drawn else None)
    known = library.numbered({citation.number for citation in stored.facts.citations})
    pictured = not stored.info.media_type.startswith("text/") and any(p.width for p in stored.document.pages)
    pictured = bool(drawn.placed) if drawn else pictured
    return page(
        request,
        "document.html",
        info=stored.info,
        document=stored.document,
        facts=stored.facts,
        view=view,
        pictured=pictured,
        drawn=drawn,
        position=_position(library, stored.info.id) if stored.facts.conflicts else 0,
        selected=dau,
        editing=sua,
        made=next((row for row in library.corrections(stored.info.id) if row.id == vua), None) if vua else None,
        problem=loi,
        actors=wording.ACTORS,
        levels=LEVEL_NAMES,
        q=q,
        versions=_versions(library, stored.info),
        replaced_by=library.replaced(library.today()).get(stored.info.id),
        target=lambda number: known.get(folded_number(number)),
    )


@router.get("/mang", response_model=None)
def graph_home(request: Request, library: TheLibrary, so: _Text = "", as_of: _Text = "") -> Response:
    """Chọn một văn bản để xem mạng viện dẫn; ``as_of``: what is in force on that day."""
    if so.strip():
        return RedirectResponse(f"/mang/{quote(so.strip(), safe='/')}", status_code=303)
    rows = [row for row in library.documents() if row.number][:_PER_PAGE]
    on = _day(library, as_of)
    view = library.graph().overview(on) if rows else {}
    return page(request, "graph_home.html", rows=rows, view=view, on=on, asked=as_of.strip())


@router.get("/mang/{number:path}")
def graph(request: Request, library: TheLibrary, number: str, as_of: _Text = "") -> HTMLResponse:
    """Mạng viện dẫn quanh một văn bản; ``as_of``: whether it is in force on that day."""
    found = library.graph()
    on = _day(library, as_of)
    view = found.around(number, on)
    document = view.get("document")
    conflicts = library.show(document).facts.conflicts if document else ()
    try:
        svg, problem = found.svg(number), ""
        svg = svg[svg.index("<svg") :]
    except CongvanError as error:
        svg, problem = "", str(error)
    return page(
        request, "graph.html", number=number, view=view, svg=svg, problem=problem, conflicts=conflicts, on=on,
        asked=as_of.strip(),
    )  # fmt: skip


def _day(library: Library, typed: str) -> str:
    """Return the ISO day that was asked for, else today. Raises BadInputError."""
    return (day_of(typed.strip() or None, "Ngày xét") or library.today()).isoformat()


@router.get("/nap")
def upload_form(request: Request) -> HTMLResponse:
    """Chọn tệp để nạp."""
    settings = request.app.state.library.settings
    return page(request, "upload.html", limit=settings.max_file_mb, modes=MODES)


@router.post("/nap", response_model=None)
def upload(
    jobs: TheJobs, files: Annotated[list[UploadFile], File()], mode: Annotated[str, Form(max_length=20)] = "auto"
) -> RedirectResponse:
    """Nhận tệp từ biểu mẫu."""
    return RedirectResponse(f"/nap/{jobs.submit(opened(files), mode).id}", status_code=303)


@router.get("/nap/{job}")
def job(request: Request, library: TheLibrary, job: str) -> HTMLResponse:
    """Tiến độ của một lần nạp."""
    data = job_data(seen_job(library, job))
    running = data["status"] in ("queued", "running")
    indexing = running and all(file["status"] not in ("queued", "running") for file in data["files"])
    return page(request, "job.html", job=data, running=running, indexing=indexing)


def _position(library: Library, document_id: str) -> int:
    """Return the place of a directive in the list, from which on "Cần xem lại" looks."""
    return next((k for k, row in enumerate(library.documents()) if row.id == document_id), 0)


def _versions(library: Library, info: DocumentInfo) -> list[DocumentInfo]:
    """Return all stored versions of a directive, newest first; none where there is only this one."""
    rows = library.documents()
    office = fold(info.issuer or "")
    same = (
        [row for row in rows if row.number == info.number and fold(row.issuer or "") == office] if info.number else []
    )
    before = library.store.earlier({row.id for row in same}) if len(same) > 1 else {}
    linked, size = {info.id}, 0
    while len(linked) != size:
        size = len(linked)
        linked |= {a for later, earlier in before.items() if linked & {later, earlier} for a in (later, earlier)}
    found = [row for row in same if row.id in linked]
    return sorted(found, key=lambda row: row.received_at, reverse=True) if len(found) > 1 else []


def _lines_of(text: str) -> frozenset[tuple[int, int]]:
    """Return the (page, line) pairs of "2-10-12": page 2, lines 10 to 12; nothing for anything else."""
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isdigit() and len(part) < 7 for part in parts):
        return frozenset()
    page_number, first, last = map(int, parts)
    return frozenset((page_number, line) for line in range(first, min(last, first + 500) + 1))
