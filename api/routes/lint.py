"""Check of layout and wording: JSON."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, UploadFile

from api.linted import schemas
from api.routes.deps import TheLibrary, problems
from api.routes.documents import clean_name
from api.usecases.linting import Checked, check_upload
from corpus.errors import LimitError

router = APIRouter(tags=["Kiểm tra thể thức"])


@router.post(
    "/lint",
    response_model=schemas.LintOut,
    responses=problems(413, 415, 422),
    summary="Kiểm tra thể thức một dự thảo",
)
def lint(
    library: TheLibrary,
    file: Annotated[
        UploadFile, File(description="DOCX hoặc PDF; ảnh và TXT chỉ xét lời văn", examples=["du-thao.docx"])
    ],
) -> dict[str, Any]:
    """Kiểm tra thể thức và lời văn theo Nghị định 30/2020/NĐ-CP: mỗi điểm có quy tắc, chỗ và cách sửa.

    Tệp không được lưu lại.
    """
    return checked(library, file).as_dict()


def checked(library: TheLibrary, file: UploadFile) -> Checked:
    """Check an upload. Raises LimitError for one that is too large, and what reading it raises."""
    limit = library.settings.max_file_bytes
    data = file.file.read(limit + 1)
    if len(data) > limit:
        raise LimitError(f"Tệp lớn quá {library.settings.max_file_mb} MB.", "Hãy tách tệp hoặc lưu lại nhỏ hơn.")
    return check_upload(library, data, clean_name(file.filename, 1))
