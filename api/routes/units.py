"""Saved units: the place in the tree is told once, then a unit is asked for by its id."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response

from api import dutyschemas as schemas
from api.routes.deps import TheLibrary, problems
from api.usecases import units as saved_units

router = APIRouter(tags=["Đơn vị"])


@router.post(
    "/units", status_code=201, response_model=schemas.UnitOut, responses=problems(422), summary="Lưu một đơn vị"
)
def save(library: TheLibrary, response: Response, given: Annotated[schemas.UnitIn, Body()]) -> dict[str, Any]:
    """Lưu đơn vị với vị trí trong ngành. Lưu lại cùng một đơn vị thì mã không đổi."""
    fields = given.model_dump(exclude={"email"})
    saved = library.units.save(library.profile(**fields), given.email)
    response.headers["Location"] = f"/v1/units/{saved.id}"
    return saved_units.as_dict(saved, library.today().isoformat())


@router.get("/units", response_model=list[schemas.UnitOut], summary="Các đơn vị đã lưu")
def units(library: TheLibrary) -> list[dict[str, Any]]:
    """Trả về các đơn vị đã lưu, cũ trước."""
    today = library.today().isoformat()
    return [saved_units.as_dict(row, today) for row in library.units.all()]


@router.get("/units/{unit}", response_model=schemas.UnitOut, responses=problems(404), summary="Một đơn vị đã lưu")
def unit(library: TheLibrary, unit: str) -> dict[str, Any]:
    """Trả về đơn vị, vị trí trong ngành, và đơn vị kế thừa nếu tên đã đổi từ 01/7/2025."""
    return saved_units.as_dict(library.units.one(unit), library.today().isoformat())


@router.delete("/units/{unit}", response_model=schemas.UnitOut, responses=problems(404), summary="Bỏ một đơn vị")
def remove(library: TheLibrary, unit: str) -> dict[str, Any]:
    """Bỏ đơn vị khỏi danh sách; việc đã đánh dấu xong vẫn được giữ và lấy lại được."""
    return saved_units.as_dict(library.units.remove(unit), library.today().isoformat())


@router.post(
    "/units/{unit}/restore", response_model=schemas.UnitOut, responses=problems(404), summary="Lấy lại đơn vị đã bỏ"
)
def restore(library: TheLibrary, unit: str) -> dict[str, Any]:
    """Lấy lại một đơn vị đã bỏ, cùng những việc đã đánh dấu xong."""
    return saved_units.as_dict(library.units.restore(unit), library.today().isoformat())


@router.put(
    "/units/{unit}/duties/{duty}/done",
    response_model=schemas.TickOut,
    responses=problems(404, 422),
    summary="Đánh dấu việc đã xong",
)
def done(library: TheLibrary, unit: str, duty: str, given: Annotated[schemas.TickIn, Body()]) -> dict[str, Any]:
    """Đánh dấu một việc của đơn vị là đã xong, kèm ghi chú."""
    tick = library.units.tick(unit, duty, given.note)
    return {"unit": tick.unit_id, "duty": tick.duty, "done_at": library.local(tick.done_at), "note": tick.note}


@router.delete(
    "/units/{unit}/duties/{duty}/done",
    response_model=schemas.TickGone,
    responses=problems(404),
    summary="Bỏ đánh dấu đã xong",
)
def not_done(library: TheLibrary, unit: str, duty: str) -> dict[str, Any]:
    """Bỏ đánh dấu; nhật ký vẫn giữ cả hai lần."""
    library.units.untick(unit, duty)
    return {"unit": unit, "duty": duty}
