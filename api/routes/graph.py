"""The citation graph: around one directive, and what the whole of it says."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from api import schemas
from api.library import Library
from api.routes.deps import TheLibrary, problems
from api.usecases.years import day_of

router = APIRouter(tags=["Mạng văn bản"])

_AsOf = Annotated[
    str | None, Query(max_length=20, description="Tính đến ngày này; mặc định là hôm nay", examples=["2023-09-05"])
]


@router.get("/graph", response_model=schemas.GraphOverview, responses=problems(422), summary="Cả mạng văn bản")
def overview(library: TheLibrary, as_of: _AsOf = None) -> dict[str, Any]:
    """Trả về văn bản được viện dẫn nhiều nhất, văn bản còn thiếu trong kho, còn hiệu lực, và chỗ cần xem lại."""
    return library.graph().overview(_day(library, as_of))


@router.get(
    "/graph/{number:path}",
    response_model=schemas.GraphOut,
    responses={200: {"content": {"image/svg+xml": {}}}, **problems(404, 422)},
    summary="Văn bản viện dẫn nhau",
)
def graph(
    library: TheLibrary,
    number: str,
    format: Annotated[Literal["json", "svg", "graphml"], Query()] = "json",
    as_of: _AsOf = None,
) -> dict[str, Any] | Response:
    """Trả về văn bản mà số ký hiệu này viện dẫn và văn bản viện dẫn nó.

    ?format=svg cho hình vẽ, ?format=graphml cho cả mạng.
    """
    found = library.graph()
    if format == "svg":
        return Response(found.svg(number), media_type="image/svg+xml")
    if format == "graphml":
        return Response(found.graphml(), media_type="application/graphml+xml")
    return found.around(number, _day(library, as_of))


def _day(library: Library, as_of: str | None) -> str:
    return (day_of(as_of or None, "Ngày xét (as_of)") or library.today()).isoformat()
