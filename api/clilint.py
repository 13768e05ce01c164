"""The command ``congvan lint``; importing this adds it to ``api.cli``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli import Json, _library, _print_json, command


@command("lint", "Kiểm tra thể thức, lời văn của dự thảo (DOCX, PDF) theo Nghị định 30/2020/NĐ-CP; không lưu gì.")
def lint(
    files: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp DOCX hoặc PDF; ảnh, TXT chỉ xét lời văn.")],
    as_json: Json = False,
) -> None:
    """Check drafts; ends with 3 where something has to be put right."""
    from api import console
    from api.linted.screen import view
    from api.usecases import linting
    from api.usecases.adding import Step

    with console.reporting() as reporter:
        rows = linting.check_paths(
            _library(), files, lambda source, page, pages: reporter.tell(Step(source, page, pages))
        )
    if as_json:
        _print_json([row.as_dict() for row in rows])
    else:
        console.show(view(rows))
    raise typer.Exit(linting.exit_code(rows))
