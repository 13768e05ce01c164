"""The commands of ``congvan`` that keep what an office has; importing this adds them to ``api.cli``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import Json, _library, _print_json, _tell, command
from corpus.errors import ExitCode

if TYPE_CHECKING:
    from api.keep.backup import Kept

Archive = Annotated[Path, typer.Argument(metavar="TỆP.zip", help="Tệp sao lưu.")]


@command(
    "backup", "Sao lưu toàn bộ kho (văn bản, tệp gốc, chỗ sửa, việc đã xong…) vào một tệp, cả khi máy chủ đang chạy."
)
def backup(file: Archive, as_json: Json = False) -> None:
    """Write everything into one archive."""
    from api.keep import backup as keep

    kept = keep.make(_library(), file, _tell)
    if as_json:
        _print_json(_plain(kept))
    for document_id in kept.damaged:
        _tell(f"Tệp gốc {document_id[:16]} đã hỏng nên không có trong bản sao lưu; hãy chạy congvan check.")
    _tell(f"Đã sao lưu {kept.documents} văn bản, {kept.originals} tệp gốc vào {file} ({kept.size / 2**20:.1f} MB).")
    if kept.damaged:
        raise typer.Exit(ExitCode.SOME_FAILED)


@command(
    "restore-backup",
    "Khôi phục kho từ tệp của lệnh backup, trên máy này hay máy khác, SQLite hay PostgreSQL; "
    "lệnh restore là để phục hồi dấu tiếng Việt.",
)
def restore_backup(
    file: Archive,
    replace: Annotated[
        bool, typer.Option("--replace", help="Thay toàn bộ dữ liệu đang có; không thêm thì kho phải còn trống.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make the state of an archive this one's."""
    from api.keep import backup as keep

    kept = keep.put_back(_library(), file, replace=replace, tell=_tell)
    if as_json:
        _print_json(_plain(kept))
    _tell(f"Đã khôi phục {kept.documents} văn bản, {kept.originals} tệp gốc và lập lại chỉ mục.")


@command(
    "check",
    "Kiểm tra kho: tệp gốc đúng mã băm, kho khớp chỉ mục và mạng văn bản, không có việc dở dang; "
    "mã kết thúc 3 khi còn chỗ chưa sửa.",
)
def check(
    repair: Annotated[bool, typer.Option("--repair", help="Sửa những gì sửa được từ dữ liệu đang có.")] = False,
    as_json: Json = False,
) -> None:
    """Look at everything that is kept."""
    from api.keep import checking

    found = checking.check(_library(), repair=repair, tell=_tell)
    if as_json:
        _print_json(found.as_dict())
    for one in found.findings if not as_json else ():
        state = "đã sửa" if one.mended else one.remedy or "chạy lại với --repair để sửa"
        sys.stdout.write(f"{one.text} ({one.subject[:16]}): {state}\n")
    for note in found.notes:
        _tell(note)
    outcome = f"{len(found.findings)} chỗ không đúng" if found.findings else "tất cả đều đúng"
    _tell(f"Đã kiểm tra {found.figures.told()}: {outcome}.")
    if found.exit_code:
        raise typer.Exit(found.exit_code)


@command("export", "Xuất toàn bộ kho ra thư mục (JSONL, tệp gốc, bảng kê theo Phụ lục VI Nghị định 30/2020).")
def export(
    folder: Annotated[Path, typer.Argument(metavar="THƯ_MỤC", help="Thư mục mới để ghi.")],
) -> None:
    """Write everything as files that other programs read."""
    from api.keep import exchange

    moved = exchange.export(_library(), folder, _tell)
    _tell(f"Đã xuất {moved.documents} văn bản, {moved.pages} trang, {moved.originals} tệp gốc vào {folder}.")


@command("import", "Nhập lại thư mục do lệnh export ghi vào một kho còn trống; kho có lại đúng trạng thái cũ.")
def import_(
    folder: Annotated[Path, typer.Argument(metavar="THƯ_MỤC", help="Thư mục do congvan export ghi.")],
) -> None:
    """Put an export into an empty store."""
    from api.keep import exchange

    moved = exchange.bring_in(_library(), folder, _tell)
    _tell(f"Đã nhập {moved.documents} văn bản, {moved.pages} trang, {moved.originals} tệp gốc.")


def _plain(kept: Kept) -> dict[str, object]:
    return {
        "file": str(kept.path),
        "documents": kept.documents,
        "originals": kept.originals,
        "bytes": kept.size,
        "damaged": list(kept.damaged),
    }
