"""The ``congvan`` command: data on stdout, progress and messages on stderr, exit codes of ``corpus.errors``.

Commands are thin: they call ``Library`` and show what comes back. Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from api.clihelp import VietnameseCommand, VietnameseGroup, usage_message
from corpus.errors import BadInputError, CongvanError, ExitCode

if TYPE_CHECKING:
    from api.library import Library

app = typer.Typer(
    name="congvan",
    cls=VietnameseGroup,
    help="Số hóa, phục hồi dấu, tra cứu văn bản chỉ đạo của ngành giáo dục; chạy ngay trên máy, không cần mạng.",
    epilog="Dữ liệu nằm trong thư mục CONGVAN_HOME (mặc định ./var). Mã kết thúc: 0 đạt, 2 sai cú pháp lệnh, "
    "3 có tệp không đạt, 4 không tìm thấy, 5 thiếu chương trình hoặc mô hình, 6 kho đang bận, 7 tệp không dùng được.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

Json = Annotated[bool, typer.Option("--json", help="Chỉ in JSON ra stdout, cho chương trình khác dùng.")]
Year = Annotated[
    str | None, typer.Option("--school-year", metavar="NĂM", help="Chỉ văn bản của năm học này, ví dụ 2023-2024.")
]


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(args: Sequence[str]) -> int:
    """Run one command and return its exit code; errors become one sentence on stderr."""
    debug = bool(os.environ.get("CONGVAN_DEBUG"))
    _quiet_logs(debug)
    try:
        code = app(args=list(args), prog_name="congvan", standalone_mode=False)
    except CongvanError as error:
        if debug:
            raise
        return _complain(str(error), error.exit_code)
    except Exception as error:
        message = usage_message(error)
        if message is not None:
            return _complain(message, ExitCode.USAGE)
        if type(error).__name__ == "NoArgsIsHelpError" or debug:
            raise
        unexpected = f"Lỗi ngoài dự kiến ({type(error).__name__}: {error})."
        return _complain(f"{unexpected} Hãy đặt CONGVAN_DEBUG=1 rồi chạy lại để xem chi tiết.", ExitCode.INTERNAL)
    if code == 130:
        return _complain("Đã dừng theo yêu cầu. Những gì đã nạp vẫn được giữ nguyên vẹn.", 130)
    return int(code or 0)


def _complain(message: str, code: int) -> int:
    print(f"congvan: {message}" if message else "", file=sys.stderr)  # noqa: T201  # the one place for messages
    return int(code)


def _tell(line: str) -> None:
    _complain(line, ExitCode.OK)


def _quiet_logs(debug: bool) -> None:
    """Keep log lines of libraries off stderr; what users must know comes as messages."""
    import logging

    if os.environ.get("CONGVAN_LOG_FORMAT") == "json":
        from api.keep import logs

        logs.as_json(logging.INFO if debug else logging.WARNING)
        return
    logging.basicConfig(level=logging.INFO if debug else logging.CRITICAL)


def _library(**overrides: object) -> Library:
    from api.library import Library
    from api.settings import load_settings

    return Library(load_settings(**overrides))


def _print_json(data: object) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        sys.stdout.write(f"congvan {version('congvan')}\n")
        raise typer.Exit


#: What may be asked as a user's office; the other commands are about the server.
_ASKED_AS = ("search", "duties", "show", "graph", "compare", "draft", "units")


@app.callback()
def top(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="In phiên bản rồi kết thúc.")
    ] = False,
    user: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="TÊN",
            help="Đọc như cơ quan của người dùng này (xem congvan user list), kể cả những chỗ cơ quan ấy sửa riêng; "
            f"dùng với {', '.join(_ASKED_AS)}.",
        ),
    ] = None,
) -> None:
    """Options of the command itself."""
    if user is None:
        return
    from api.doors.accounts import Accounts
    from api.doors.person import acting_as

    if ctx.invoked_subcommand not in _ASKED_AS:
        hint = f"Hãy bỏ --as; --as dùng với {', '.join(_ASKED_AS)}."
        raise BadInputError(f"Lệnh {ctx.invoked_subcommand} là việc của máy chủ, không của riêng cơ quan nào.", hint)
    ctx.with_resource(acting_as(Accounts(_library()).by_name(user, "dòng lệnh")))


F = TypeVar("F", bound=Callable[..., None])


def command(name: str, text: str) -> Callable[[F], F]:
    """Return the decorator that makes a function a command with Vietnamese help."""
    return app.command(name, cls=VietnameseCommand, help=text)


@command("ingest", "Nạp tệp, thư mục (PDF, Word, RTF, ODT, HTML, ảnh, TXT): đọc, trích thông tin, lưu và lập chỉ mục.")
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="ĐƯỜNG_DẪN...", help="Tệp hoặc thư mục cần nạp.")],
    jobs: Annotated[int | None, typer.Option("--jobs", metavar="N", min=1, help="Số tệp đọc cùng lúc.")] = None,
    mode: Annotated[
        str,
        typer.Option(
            "--mode",
            metavar="CÁCH",
            help="auto (tự chọn từng trang), keep (giữ lớp chữ), repair (phục hồi dấu) hoặc ocr (nhận dạng lại); "
            "cách khác auto thì tệp đã có cũng được đọc lại.",
        ),
    ] = "auto",
    as_json: Json = False,
) -> None:
    """Take files and folders in."""
    from api import console
    from api.usecases.adding import known_mode
    from api.usecases.rows import exit_code, left_out

    library = _library(jobs=jobs)
    mode = known_mode(mode)
    others = left_out(library.rooms.left_out(paths))
    with console.reporting() as reporter:
        rows = library.add_paths(paths, tell=reporter.tell, mode=mode)
    for note in [*library.rooms.notes(), *others]:
        _complain(note, ExitCode.OK)
    library.close()
    if as_json:
        _print_json([row.as_dict() for row in rows])
    else:
        console.show(console.ingest_table(rows))
    raise typer.Exit(exit_code(rows))


@command("remove", "Lấy một văn bản ra khỏi kho và chỉ mục (việc ngược lại của ingest); tệp gốc vẫn được giữ.")
def remove(
    document: Annotated[str, typer.Argument(metavar="VĂN_BẢN", help="Mã, số ký hiệu hoặc tên tệp của văn bản.")],
) -> None:
    """Take a directive out."""
    info = _library().remove(document)
    _complain(f"Đã lấy ra văn bản {info.number or info.source} (mã {info.id[:12]}).", ExitCode.OK)


@command("restore", "Phục hồi dấu tiếng Việt cho một tệp TXT, giữ nguyên từng dòng.")
def restore(
    file: Annotated[Path, typer.Argument(metavar="TỆP.txt", help="Tệp văn bản thuần (UTF-8).")],
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="TỆP_RA", help="Ghi vào tệp này.")] = None,
    no_adapt: Annotated[bool, typer.Option("--no-adapt", help="Không học thêm từ các văn bản đã nạp.")] = False,
) -> None:
    """Repair the Vietnamese of a text file."""
    from api.usecases import restoring

    repaired = restoring.restore_file(_library(), file, adapt=not no_adapt)
    if out is not None:
        _write(out, repaired, "")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(repaired)


@command("extract", "Trích thông tin của một tệp (phần đầu, viện dẫn, việc và hạn) mà không lưu lại.")
def extract(
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="PDF, Word (DOCX, DOC, RTF, ODT), HTML, ảnh, TXT.")],
    as_json: Json = False,
) -> None:
    """Print the facts of one file; nothing is stored."""
    from api import console
    from api.usecases.adding import Step, from_path

    incoming = from_path(file)
    with console.reporting() as reporter:
        document, facts = _library().extract(
            incoming.fetch(), incoming.source, lambda page, pages: reporter.tell(Step(incoming.source, page, pages))
        )
    if as_json:
        _print_json({"source": document.source, "document": document.id, **facts.as_dict()})
    else:
        console.show(console.facts_view(facts))


@command("search", "Tìm đoạn văn bản trả lời câu hỏi; gõ có dấu hay không dấu đều được.")
def search(
    query: Annotated[str | None, typer.Argument(metavar="CÂU_HỎI", help="Ví dụ: hạn nộp báo cáo học kỳ 1.")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=100, help="Số kết quả nhiều nhất.")] = 10,
    school_year: Year = None,
    issuer: Annotated[
        str | None, typer.Option("--issuer", metavar="CƠ_QUAN", help="Chỉ văn bản của cơ quan ban hành này.")
    ] = None,
    issuer_level: Annotated[
        str | None, typer.Option("--issuer-level", metavar="CẤP", help="Cấp ban hành: bo, so, phong hoặc truong.")
    ] = None,
    doc_type: Annotated[
        str | None, typer.Option("--type", metavar="LOẠI", help="Loại văn bản, ví dụ Kế hoạch.")
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="ĐƠN_VỊ", help="Chỉ đoạn có việc của đơn vị loại này: thcs, phong_gddt …"),
    ] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="NGÀY", help="Ban hành từ ngày này.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="NGÀY", help="Ban hành đến ngày này.")] = None,
    in_force_on: Annotated[
        str | None, typer.Option("--in-force-on", metavar="NGÀY", help="Còn hiệu lực vào ngày này, ví dụ 2024-01-10.")
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", metavar="TỆP.json", help='Nhiều câu hỏi: [{"id": …, "query": …}]; cần --json.'),
    ] = None,
    as_json: Json = False,
) -> None:
    """Search, one question or many."""
    from api import console
    from api.usecases import finding, questions
    from api.usecases.spans import due_in

    if (query is None) == (batch is None):
        raise typer.BadParameter("hãy cho một câu hỏi hoặc --batch TỆP.json, không cả hai", param_hint="CÂU_HỎI")
    library = _library()
    given = (school_year, issuer, issuer_level, doc_type, unit, since, until, in_force_on)
    filters = finding.filters(library, dict(zip(finding.FIELDS, given, strict=True)))
    if batch is not None:
        asked = questions.from_file(batch)
        texts = [str(row["query"]) for row in asked]
        results = library.search_batch(texts, limit=limit, filters=filters)
        found = zip(asked, results, strict=True)
        _print_json({str(row["id"]): [hit.as_dict() for hit in result.hits] for row, result in found})
        return
    result = library.search(query or "", limit=limit, filters=filters)
    if as_json:
        _print_json([hit.as_dict() for hit in result.hits])
    elif not result.hits and not library.documents():
        _complain("Chưa có văn bản nào trong kho. Hãy nạp bằng lệnh congvan ingest.", ExitCode.OK)
    else:
        console.show(console.hits(result, due_in(library, query or "", school_year=filters.school_year)))


@command("graph", "Văn bản này viện dẫn gì, văn bản nào viện dẫn nó.")
def graph(
    number: Annotated[
        str | None, typer.Argument(metavar="SỐ_KÝ_HIỆU", help="Ví dụ: 518/PGDĐT-CM; bỏ trống để xem cả mạng.")
    ] = None,
    as_json: Json = False,
    svg: Annotated[Path | None, typer.Option("--svg", metavar="TỆP.svg", help="Vẽ mạng quanh văn bản vào tệp.")] = None,
    graphml: Annotated[
        Path | None, typer.Option("--graphml", metavar="TỆP.graphml", help="Ghi cả mạng vào tệp GraphML.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="NGÀY", help="Xét hiệu lực vào ngày này; mặc định là hôm nay.")
    ] = None,
) -> None:
    """Show the neighbourhood of a directive in the citation graph, or what the whole graph says."""
    from api import console
    from api.usecases.years import day_of

    if svg is not None and number is None:
        raise BadInputError("Cần số ký hiệu của văn bản để vẽ.", "Ví dụ: congvan graph 518/PGDĐT-CM --svg mang.svg")
    library = _library()
    on = (day_of(as_of, "Ngày xét (--as-of)") or library.today()).isoformat()
    found = library.graph()
    view = found.overview(on) if number is None else found.around(number, on)
    if svg is not None and number is not None:
        _write(svg, found.svg(number).encode(), f"Đã vẽ vào {svg}.")
    if graphml is not None:
        _write(graphml, found.graphml().encode(), f"Đã ghi {graphml}.")
    if as_json:
        _print_json(view)
    elif svg is None and graphml is None:
        console.show(console.graph_overview(view) if number is None else console.graph_view(view))


def _write(path: Path, data: bytes, told: str) -> None:
    """Write a file that the user asked for, and tell so on stderr where something is to be told. Raises
    BadInputError."""
    from corpus.store import write_atomically

    try:
        write_atomically(path, data)
    except OSError as error:
        raise BadInputError(f"Không ghi được {path} ({error.strerror}).", "Hãy chọn thư mục ghi được.") from error
    if told:
        _complain(told, ExitCode.OK)


@command("show", "Hiện một văn bản đã nạp; không có tham số thì liệt kê tất cả.")
def show(
    document: Annotated[
        str | None, typer.Argument(metavar="VĂN_BẢN", help="Mã, số ký hiệu hoặc tên tệp của văn bản.")
    ] = None,
    as_text: Annotated[
        bool, typer.Option("--text", help="Chỉ in phần chữ, các trang cách nhau bằng dấu sang trang.")
    ] = False,
    as_json: Json = False,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="TỆP.pdf", help="Ghi PDF tìm được chữ: hình gốc và chữ đã đọc.")
    ] = None,
) -> None:
    """Show one stored directive, or the list of all."""
    from api import console, plain

    library = _library()
    if document is None:
        rows = library.documents()
        if as_json:
            _print_json([plain.info(row) for row in rows])
        else:
            console.show(console.documents_table(rows))
        return
    if pdf is not None:
        _write(pdf, library.searchable_pdf(document)[1], f"Đã ghi {pdf}.")
        return
    stored = library.show(document)
    if as_text:
        sys.stdout.write(stored.document.text + "\n")
    elif as_json:
        _print_json(plain.stored(stored))
    else:
        console.show(console.stored_view(stored))


@command("serve", "Mở trang web và HTTP API trên máy này.")
def serve(
    host: Annotated[str | None, typer.Option("--host", metavar="ĐỊA_CHỈ", help="Mặc định 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option("--port", metavar="CỔNG", min=0, max=65535, help="Mặc định 8000.")] = None,
) -> None:
    """Run the HTTP server until it is stopped."""
    from api.server import serve as run_server
    from api.settings import load_settings

    run_server(load_settings(host=host, port=port))


@command("doctor", "Kiểm tra những gì đã cài, những gì còn thiếu và cách lấy.")
def doctor(as_json: Json = False) -> None:
    """Check the installation and the state folder."""
    from api import console

    checks = _library().doctor()
    if as_json:
        _print_json([{name: getattr(check, name) for name in check.__dataclass_fields__} for check in checks])
    else:
        console.show(console.checks_table(checks))
    if any(not check.ok and check.required for check in checks):
        raise typer.Exit(ExitCode.MISSING_DEPENDENCY)


# some commands stand in files of their own, which register themselves on ``app``
import api.clicompare  # noqa: E402
import api.clidoors  # noqa: E402
import api.clidraft  # noqa: E402
import api.clikeep  # noqa: E402
import api.clilint  # noqa: E402
import api.clinight  # noqa: E402
import api.clitasks  # noqa: E402, F401

if __name__ == "__main__":
    # run as a file this module is another one than ``api.cli``, on which the commands are registered
    from api.cli import main as registered

    registered()
