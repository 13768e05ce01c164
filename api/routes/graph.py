"""The citation graph around one directive."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from api import schemas
from api.routes.deps import TheLibrary, problems

router = APIRouter(tags=["Mạng văn bản"])


@router.get(
    "/graph/{number:path}",
    response_model=schemas.GraphOut,
    responses={200: {"content": {"image/svg+xml": {}}}, **problems(404)},
    summary="Văn bản viện dẫn nhau",
)
def graph(
    library: TheLibrary, number: str, format: Annotated[Literal["json", "svg", "graphml"], Query()] = "json"
) -> dict[str, Any] | Response:
    """Trả về văn bản mà số ký hiệu này viện dẫn và văn bản viện dẫn nó.

    ?format=svg cho hình vẽ, ?format=graphml cho cả mạng.
    """
    found = library.graph()
    if format == "svg":
        return Response(found.svg(number), media_type="image/svg+xml")
    if format == "graphml":
        return Response(found.graphml(), media_type="application/graphml+xml")
    return found.around(number)
