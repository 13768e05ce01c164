"""The page "Cần xem lại": decide what the machine is unsure of, one keystroke each."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api import wording
from api.routes.deps import TheLibrary
from api.usecases.places import LEVEL_NAMES
from api.usecases.reviewing import duties
from api.web.rendering import page
from corpus.errors import CongvanError
from corpus.store import Stored

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
        outdated=0 if tu else len(library.graph().overview(library.today().isoformat())["findings"]),
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
    viec: _Text,
    muc: _Text = "",
    chu: _Text = "",
    han: _Text = "",
    so: _Text = "",
    ngay: _Text = "",
    hieu_luc: _Text = "",
    noi: _Text = "",
    trich_yeu: _Text = "",
    nam_hoc: _Text = "",
    nhan: Annotated[str | None, Form(max_length=4000)] = None,
    qua: Annotated[str | None, Form(max_length=4000)] = None,
    khoa: _Text = "",
    dau: _Text = "",
    don_vi: _List = None,
    cap: _List = None,
    loai: _Text = "word",
    ve: _Text = "",
    ve_loai: _Text = "",
    tu: Annotated[int, Form(ge=0, le=10**8)] = 0,
) -> RedirectResponse:
    """Nhận một quyết định từ biểu mẫu; ``ve``, ``ve_loai``: which part of a contradiction is put right; ``khoa`` (a
    duty's key) or "header" and no ``muc``: from the directive's own page, where ``dau`` is the fact that it marks."""
    changes: dict[str, Any] = {}
    if viec == "edit":
        header = {
            "number": so, "date": ngay, "effective": hieu_luc, "issuer": noi, "subject": trich_yeu,
            "school_year": nam_hoc,
        }  # fmt: skip
        parts: dict[str, dict[str, Any]] = {
            "word": {"text": chu},
            "citation": {"number": so, "date": ngay, "subject": trich_yeu},
            "deadline": {"task": chu, "due": han},
            "header": {"number": so, "date": ngay},
        }
        of_conflict = parts.get(ve_loai, {}) if loai == "conflict" else None
        known = {"word": {"text": chu}, "citation": {"number": chu}, "header": header, "conflict": of_conflict}
        changes = known.get(loai) or {
            "task": chu,
            "actor": don_vi or [],
            "levels": cap or [],
            **({"due": han} if han else {}),
            **{name: text for name, text in (("recipient", nhan), ("via", qua)) if text is not None},
        }
    place = {"item": muc, "about": ve} if muc else {"target": loai, "key": khoa}
    try:
        document = library.one(van_ban).id
        if not muc and viec == "edit":
            changes = _otherwise(library.show(document), loai, khoa, changes)
        made = library.correcting.correct(document, {**place, "action": viec, "changes": changes})
    except CongvanError as error:
        if muc:
            return _back(tu, loi=str(error)[:300])
        return _to_document(van_ban, dau=dau, sua=dau, loi=str(error)[:300])
    return _back(tu, vua=made.id) if muc else _to_document(document, dau=dau, vua=made.id)


@router.post("/can-xem-lai/hoan-tac", response_model=None)
def undo(
    library: TheLibrary, ma: _Text, van_ban: _Text = "", tu: Annotated[int, Form(ge=0, le=10**8)] = 0
) -> RedirectResponse:
    """Hoàn tác một chỗ sửa; ``van_ban``: on that directive's own page."""
    library.undo_correction(ma)
    return _to_document(van_ban) if van_ban else _back(tu)


def _otherwise(stored: Stored, target: str, key: str, changes: dict[str, Any]) -> dict[str, Any]:
    """Return what differs from what is read now: what a person left as it was is no correction, and the next reading
    may better it."""
    facts = stored.facts
    fact = dict(duties(stored.document, facts)).get(key) if target != "header" else None
    now = facts.header.as_dict() if fact is None else fact.as_dict()

    def said(value: Any) -> Any:
        return sorted(value) if isinstance(value, list) else value or None

    return {name: value for name, value in changes.items() if said(value or None) != said(now.get(name) or None)}


def _to_document(document: str, **more: str) -> RedirectResponse:
    query = urlencode({key: value for key, value in more.items() if value})
    return RedirectResponse(f"/van-ban/{quote(document)}?{query}#sua", status_code=303)


def _back(start: int, **more: str) -> RedirectResponse:
    query = urlencode({key: value for key, value in {"tu": start or "", **more}.items() if value})
    return RedirectResponse(f"/can-xem-lai{'?' + query if query else ''}", status_code=303)
