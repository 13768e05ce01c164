"""The page "Cần xem lại": decide what the machine is unsure of, one keystroke each."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api import wording
from api.routes.deps import TheLibrary
from api.usecases.places import LEVEL_NAMES
from api.web.rendering import page
from corpus.errors import CongvanError

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

#: So many places stand on one page.
_PER_PAGE = 25

_Text = Annotated[str, Form(max_length=4000)]
_List = Annotated[list[str] | None, Form(max_length=20)]


@router.get("/can-xem-lai")
def review(
    request: Request,
    library: TheLibrary,
    tu: Annotated[int, Query(ge=0, le=10**8)] = 0,
    vua: Annotated[str, Query(max_length=40)] = "",
    loi: Annotated[str, Query(max_length=500)] = "",
) -> HTMLResponse:
    """Những chỗ máy chưa chắc, văn bản mới trước."""
    found = library.review(tu, _PER_PAGE)
    held = library.corrections()
    return page(
        request,
        "review.html",
        items=found.items,
        next=found.next,
        per_page=_PER_PAGE,
        start=tu,
        made=next((row for row in held if row.id == vua), None),
        recent=list(reversed(held))[:20],
        problem=loi,
        actors=wording.ACTORS,
        levels=LEVEL_NAMES,
        actions=wording.ACTIONS,
    )


@router.post("/can-xem-lai", response_model=None)
def decide(
    library: TheLibrary,
    van_ban: _Text,
    muc: _Text,
    viec: _Text,
    chu: _Text = "",
    han: _Text = "",
    so: _Text = "",
    ngay: _Text = "",
    noi: _Text = "",
    don_vi: _List = None,
    cap: _List = None,
    loai: _Text = "word",
    tu: Annotated[int, Form(ge=0, le=10**8)] = 0,
) -> RedirectResponse:
    """Nhận một quyết định từ biểu mẫu."""
    changes: dict[str, Any] = {}
    if viec == "edit":
        header = {"number": so, "date": ngay, "issuer": noi}
        changes = {"word": {"text": chu}, "citation": {"number": chu}, "header": header}.get(loai) or {
            "task": chu,
            "actor": don_vi or [],
            "levels": cap or [],
            **({"due": han} if han else {}),
        }
    try:
        document = library.one(van_ban).id
        made = library.correcting.correct(document, {"item": muc, "action": viec, "changes": changes})
    except CongvanError as error:
        return _back(tu, loi=str(error)[:300])
    return _back(tu, vua=made.id)


@router.post("/can-xem-lai/hoan-tac", response_model=None)
def undo(library: TheLibrary, ma: _Text, tu: Annotated[int, Form(ge=0, le=10**8)] = 0) -> RedirectResponse:
    """Hoàn tác một chỗ sửa."""
    library.undo_correction(ma)
    return _back(tu)


def _back(start: int, **more: str) -> RedirectResponse:
    from urllib.parse import urlencode

    query = urlencode({key: value for key, value in {"tu": start or "", **more}.items() if value})
    return RedirectResponse(f"/can-xem-lai{'?' + query if query else ''}", status_code=303)
