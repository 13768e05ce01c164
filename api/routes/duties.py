"""Duties: what a unit must do."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api import schemas
from api.routes.deps import TheLibrary, problems
from api.usecases.owing import unit_query
from api.usecases.years import school_year as parse_year

router = APIRouter(tags=["Việc phải làm"])

_Text = Annotated[str | None, Query(max_length=200)]


@router.get("/duties", response_model=schemas.DutiesOut, responses=problems(422), summary="Việc của một đơn vị")
def duties(
    library: TheLibrary,
    unit: Annotated[str | None, Query(max_length=40, examples=["co_so_giao_duc"])] = None,
    level: Annotated[str | None, Query(max_length=40, examples=["thpt"])] = None,
    province: _Text = None,
    district: _Text = None,
    name: _Text = None,
    school_year: Annotated[str | None, Query(max_length=20, examples=["2023-2024"])] = None,
) -> dict[str, Any]:
    """Trả về việc mà đơn vị phải làm theo các văn bản ràng buộc đơn vị đó, xếp theo hạn."""
    query = unit_query(unit, level, province, district, name)
    rows = [row.as_dict() for row in library.duties(query, parse_year(school_year))]
    return {"count": len(rows), "duties": rows}
