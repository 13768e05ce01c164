"""What is installed, what is missing, how to get it: the part that concerns the state folder."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from api.seams import Check
from corpus.errors import CongvanError

if TYPE_CHECKING:
    from api.library import Library

_LOW_DISK = 2 * 2**30


def state(library: Library) -> list[Check]:
    """Check the state folder, the disk under it, the store and whether the index agrees with the store."""
    home = library.settings.home
    nearest = next((p for p in (home, *home.absolute().parents) if p.exists()), home)
    free = shutil.disk_usage(nearest).free
    return [
        Check(
            "Thư mục dữ liệu",
            os.access(nearest, os.W_OK),
            f"{home.absolute()}" if home.exists() else f"{home.absolute()} (sẽ được tạo khi nạp văn bản)",
            "Hãy cấp quyền ghi hoặc đặt CONGVAN_HOME là thư mục khác.",
        ),
        Check(
            "Dung lượng đĩa",
            free > _LOW_DISK,
            f"còn {free / 2**30:.1f} GB",
            "Hãy giải phóng đĩa: nên còn ít nhất 2 GB.",
            required=False,
        ),
        *_store(library),
    ]


def _store(library: Library) -> list[Check]:
    if not library.has_store():
        return [Check("Kho dữ liệu", True, "chưa có văn bản nào; hãy nạp bằng lệnh congvan ingest")]
    try:
        count = len(library.documents())
        current = library.index_is_current()
    except CongvanError as error:
        return [Check("Kho dữ liệu", False, error.message, error.remedy)]
    index = Check(
        "Chỉ mục",
        current,
        "khớp với kho dữ liệu" if current else "chưa khớp với kho dữ liệu",
        "Chỉ mục tự sửa ở lần tìm hoặc nạp kế tiếp.",
        required=False,
    )
    return [Check("Kho dữ liệu", True, f"{count} văn bản"), index]
