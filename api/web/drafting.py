"""The page "Dự thảo": a Sở's guidance from a directive of the Bộ, each paragraph with its source and other wordings."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.drafted import sentences
from api.drafted.plain import link, precedent_row
from api.routes.deps import TheLibrary
from api.usecases.drafting import Asked, Drafted, choices_of, draft
from api.web.rendering import page
from corpus.errors import BadInputError, CongvanError

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_Text = Annotated[str, Query(max_length=200)]
_OFFERED = 500
#: The kinds of unit that the page offers, as ``nlp/tables/drafting.toml`` has them.
UNITS = {
    "phong": "Phòng GDĐT (UBND cấp xã từ 01/7/2025)",
    "xa": "UBND các xã, phường",
    "truong": "Trường THPT",
    "truong-duoi": "Trường mầm non, tiểu học, THCS",
    "gdtx": "Trung tâm GDNN-GDTX",
    "tructhuoc": "Đơn vị trực thuộc Sở",
    "phongso": "Phòng thuộc Sở",
}
KINDS = {"cong-van": "Công văn", "ke-hoach": "Kế hoạch"}


@router.get("/du-thao")
def drafting(
    request: Request,
    library: TheLibrary,
    document: _Text = "",
    unit: _Text = "",
    to: Annotated[list[str] | None, Query(max_length=20)] = None,
    kind: _Text = "cong-van",
    day: _Text = "",
    department: _Text = "",
    signer: _Text = "",
    lead: _Text = "",
    taken: Annotated[list[str] | None, Query(max_length=200)] = None,
) -> HTMLResponse:
    """Soạn dự thảo."""
    codes = ",".join(to or ())
    asked: dict[str, str] = {
        "document": document, "unit": unit, "to": codes, "kind": kind, "day": day, "department": department,
        "signer": signer, "lead": lead,
    }  # fmt: skip
    made: Drafted | None = None
    problem, status = "", 200
    if document.strip() or unit.strip():
        try:
            made = _made(library, asked, taken or [])
        except CongvanError as error:
            problem, status = str(error), error.http_status
    numbers = [row for row in library.documents() if row.number and row.issuer_level == "bo"][:_OFFERED]
    return page(
        request,
        "draft.html",
        status,
        asked=asked,
        chosen=codes.split(","),
        units=UNITS,
        kinds=KINDS,
        problem=problem,
        made=made,
        numbers=numbers,
        offices=sorted({row.issuer for row in library.documents() if row.issuer and row.issuer_level == "so"}),
        taken=taken or [],
        query=_query(asked, taken or []),
        link=link,
        sentences=sentences,
        offered=precedent_row,
        with_taken=lambda take: _query(asked, _taking(taken or [], take)),
        without=lambda order: _query(asked, [t for t in taken or [] if not t.startswith(f"{order}:")]),
        orders={t.split(":", 1)[0] for t in taken or []},
    )


def _made(library: TheLibrary, asked: dict[str, str], taken: list[str]) -> Drafted:
    lead = asked["lead"].strip()
    if lead and not lead.isdigit():
        raise BadInputError(f"“{lead[:20]}” không phải số ngày.", "Hãy nhập một số, ví dụ 7.")
    wanted = Asked(
        asked["kind"], asked["to"], asked["department"], asked["signer"], asked["day"],
        int(lead[:4]) if lead else None, tuple(taken),
    )  # fmt: skip
    if not asked["unit"].strip():
        raise BadInputError("Cần nêu sở soạn văn bản.", "Ví dụ: Sở GDĐT tỉnh Phú Thọ")
    return draft(library, asked["document"], asked["unit"], choices_of(wanted, library.settings))


def _taking(taken: list[str], take: str) -> list[str]:
    """Return the wordings taken with one more, in place of another for the same item."""
    order = take.split(":", 1)[0]
    return [*(t for t in taken if not t.startswith(f"{order}:")), take]


def _query(asked: dict[str, str], taken: list[str]) -> str:
    pairs = [(name, value) for name, value in asked.items() if value.strip()]
    return urlencode([*pairs, *(("taken", t) for t in taken)])
