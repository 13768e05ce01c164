"""Files of many questions, for ``congvan search --batch``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from api.usecases.adding import read_bytes
from corpus.errors import BadInputError


def from_file(path: Path) -> list[dict[str, Any]]:
    """Return the questions ``{"id", "query"}`` of a JSON file. Raises BadInputError that says what is wrong."""
    shape = 'Cần một danh sách dạng [{"id": "q1", "query": "hạn nộp báo cáo"}].'
    try:
        rows = json.loads(read_bytes(path).decode("utf-8-sig"))
    except ValueError as error:
        raise BadInputError(f"{path} không phải JSON hợp lệ ({error}).", shape) from error
    if not isinstance(rows, list):
        raise BadInputError(f"{path} không phải một danh sách câu hỏi.", shape)
    for position, row in enumerate(rows, 1):
        if not isinstance(row, dict) or "id" not in row or not str(row.get("query") or "").strip():
            raise BadInputError(f"Câu hỏi thứ {position} trong {path} thiếu “id” hoặc “query”.", shape)
    ids = [str(row["id"]) for row in rows]
    if len(set(ids)) != len(ids):
        raise BadInputError(f"{path} có hai câu hỏi cùng “id”.", "Hãy đặt mỗi câu hỏi một “id” riêng.")
    return rows
