"""The command ``congvan draft``; importing this adds it to ``api.cli``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import Json, _library, _print_json, _write, command
from corpus.errors import BadInputError

if TYPE_CHECKING:
    from api.usecases.drafting import Drafted

_UNITS = "phong, xa, truong, truong-duoi, gdtx, tructhuoc, phongso"


@command("draft", "Soạn dự thảo công văn, kế hoạch của Sở từ văn bản của Bộ, theo thể thức Nghị định 30/2020/NĐ-CP.")
def draft(
    document: Annotated[
        str, typer.Argument(metavar="VĂN_BẢN_BỘ", help="Mã, số ký hiệu, tên tệp trong kho, hoặc một tệp.")
    ],
    unit: Annotated[str, typer.Option("--unit", metavar="SỞ", help='Sở soạn văn bản, ví dụ "Sở GDĐT tỉnh Phú Thọ".')],
    to: Annotated[
        str, typer.Option("--to", metavar="NHÓM,…", help=f"Kính gửi: {_UNITS}; bỏ trống: như văn bản năm trước của Sở.")
    ] = "",
    kind: Annotated[str, typer.Option("--type", metavar="LOẠI", help="cong-van hoặc ke-hoach.")] = "cong-van",
    day: Annotated[str, typer.Option("--date", metavar="NGÀY", help="Ngày ban hành; bỏ trống: để ngỏ.")] = "",
    department: Annotated[
        str, typer.Option("--department", metavar="PHÒNG", help="Phòng đầu mối; bỏ trống: học từ văn bản năm trước.")
    ] = "",
    signer: Annotated[str, typer.Option("--signer", metavar="HỌ_TÊN", help="Người ký.")] = "",
    lead: Annotated[
        int | None, typer.Option("--lead", metavar="N", help="Hạn gửi Sở sớm hơn hạn của Bộ N ngày làm việc.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="TỆP", help="Ghi dự thảo (.docx), bảng nhiệm vụ (.xlsx), JSON (.json)."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Draft a Sở's guidance from the Bộ's directive."""
    from api import console
    from api.drafted.plain import as_dict
    from api.usecases import drafting

    library = _library()
    asked = drafting.Asked(kind, to, department, signer, day, lead)
    made = drafting.draft(library, document, unit, drafting.choices_of(asked, library.settings), files=True)
    if out is not None:
        _write(out, _data(out, made), f"Đã ghi {out}; còn {len(made.draft.gaps)} chỗ cần quyết định (tô vàng).")
    if as_json:
        _print_json(as_dict(made))
    elif out is None:
        from api.drafted.screen import view

        console.show(view(made))


def _data(out: Path, made: Drafted) -> bytes:
    import json

    from api.drafted.plain import as_dict
    from api.drafted.sheet import as_xlsx
    from api.drafted.word import as_docx

    kind = out.suffix.lower()
    if kind == ".docx":
        return as_docx(made.draft)
    if kind == ".xlsx":
        return as_xlsx(made.draft)
    if kind == ".json":
        return (json.dumps(as_dict(made), ensure_ascii=False, indent=1) + "\n").encode()
    raise BadInputError(f"Không biết ghi tệp “{out.name}”.", "Hãy đặt tên tệp kết thúc bằng .docx, .xlsx hoặc .json.")
