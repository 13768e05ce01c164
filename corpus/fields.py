"""Records and rows with fields of the same names: from one to the other without naming each field twice."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Record = TypeVar("Record", bound=DataclassInstance)


def columns(given: DataclassInstance) -> dict[str, Any]:
    """Return the fields of a record as a row keeps them: members of enumerations by their values."""
    found = {field.name: getattr(given, field.name) for field in fields(given)}
    return {name: value.value if isinstance(value, Enum) else value for name, value in found.items()}


def record(kind: type[Record], row: object, **read: Any) -> Record:
    """Return the record of a row; ``read`` are the fields that the row does not keep as they are."""
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind) if field.name not in read}, **read)
