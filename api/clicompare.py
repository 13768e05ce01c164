"""The command ``congvan compare``; importing this adds it to ``api.cli``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import Json, _library, _print_json, _write, command
from corpus.errors import BadInputError

if TYPE_CHECKING:
    from api.usecases.comparing import Outcome

_Directive = Annotated[str, typer.Argument(metavar="VĂN_BẢN", help="Mã, số ký hiệu, tên tệp trong kho, hoặc một tệp.")]
_Another = Annotated[str | None, typer.Argument(metavar="[VĂN_BẢN]", help="Văn bản thứ hai; bỏ trống: bản năm trước.")]


@command("compare", "So sánh văn bản với bản năm trước, với văn bản khác, giữa cấp trên và cấp dưới, hoặc ba năm liền.")
def compare(
    a: _Directive,
    b: _Another = None,
    c: Annotated[str | None, typer.Argument(metavar="[VĂN_BẢN]", help="Văn bản thứ ba.")] = None,
    only: Annotated[
        str | None, typer.Option("--only", metavar="…", help="Chỉ same, changed, new hoặc dropped.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="TỆP", help="Ghi báo cáo Word (.docx) hoặc JSON (.json).")
    ] = None,
    as_json: Json = False,
) -> None:
    """Set directives side by side."""
    from api import console
    from api.compared.plain import as_dict
    from api.compared.sentences import FILTERS
    from api.usecases import comparing

    if only is not None and only not in FILTERS:
        raise typer.BadParameter(f"hãy chọn một trong: {', '.join(FILTERS)}", param_hint="--only")
    outcome = comparing.compare(_library(), [a, b or "", c or ""], files=True)
    if out is not None:
        _write(out, _data(out, outcome), f"Đã ghi {out}.")
    if as_json:
        _print_json(as_dict(outcome))
    elif out is None:
        from api.compared.screen import view

        console.show(view(outcome, only))


def _data(out: Path, outcome: Outcome) -> bytes:
    import json

    from api.compared.plain import as_dict
    from api.compared.report import as_docx

    kind = out.suffix.lower()
    if kind == ".docx":
        return as_docx(outcome)
    if kind == ".json":
        return (json.dumps(as_dict(outcome), ensure_ascii=False, indent=1) + "\n").encode()
    raise BadInputError(f"Không biết ghi tệp “{out.name}”.", "Hãy đặt tên tệp kết thúc bằng .docx hoặc .json.")
