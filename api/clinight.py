"""The command ``congvan nightly``; importing this adds it to ``api.cli``."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli import Json, _complain, _library, _print_json, _tell, command
from corpus.errors import ExitCode


@command("nightly", "Nạp văn bản mới từ các nguồn trong một tệp thiết lập, làm tiếp việc dở dang, rồi lập báo cáo.")
def nightly(
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="TỆP", help="Tệp thiết lập nguồn; mặc định CONGVAN_HOME/nightly.toml."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Chỉ kiểm tra tệp thiết lập rồi kết thúc.")] = False,
    example: Annotated[bool, typer.Option("--example", help="In một tệp thiết lập mẫu rồi kết thúc.")] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Đọc lại ngay cả những tệp đang chờ hoặc trong thư mục cách ly.")
    ] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", metavar="N", min=1, help="Số tệp đọc cùng lúc.")] = None,
    as_json: Json = False,
) -> None:
    """Do a night's work."""
    from api import console
    from api.nightly import pages, tonight
    from api.nightly.run import Tell

    if example:
        sys.stdout.write(tonight.example())
        return
    library = _library(jobs=jobs, nightly_file=config)
    given = tonight.load(library.settings.nightly)
    if check:
        found = tonight.sources(given, library.settings, library.now(), library.today(), os.environ)
        tonight.passwords(given, os.environ)
        _complain(f"Tệp thiết lập dùng được: {len(found)} nguồn ({', '.join(given.names)}).", ExitCode.OK)
        return
    # the service manager ends a run with SIGTERM; it then ends as with Ctrl-C, at the next page
    signal.signal(signal.SIGTERM, _interrupt)
    with console.reporting() as reporter:
        tell = Tell(line=lambda line: _tell(line), step=reporter.tell)
        report = tonight.run(library, given, os.environ, tell, retry=retry)
    if as_json:
        _print_json(report)
    else:
        sys.stdout.write(pages.text(report, library.local))
        if "page" in report:
            _complain(f"Báo cáo: {report['page']}", ExitCode.OK)
    raise typer.Exit(report["exit_code"])


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt
