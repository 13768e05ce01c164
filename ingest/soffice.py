"""Old Word files (.doc), RTF and OpenDocument as DOCX, and all of them as PDF: made by LibreOffice, an optional
program of the system.

Every call has a process and a profile folder of its own, so that calls neither wait for each other nor find what
another one left. Files from elsewhere are opened there: no macros, no links followed, no network, limits of time and
memory.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

from corpus.errors import DamagedFileError, LimitError, MissingDependencyError
from ingest.pages import Limits

PACKAGE = "sudo apt install libreoffice-writer-nogui"

_SAVE_AS = "Hãy mở bằng Word và lưu lại thành DOCX hoặc PDF."

#: What the profile says, so that nobody is asked: macros never run; what a document names elsewhere (pictures, sections
#: of other files, addresses) is not fetched; a proxy that is not there for whatever would be fetched all the same.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Java/VirtualMachine", "Enable", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    + "\n".join(_ITEM.format(*row) for row in _SETTINGS)
    + "\n</oor:items>\n"
)

#: Limits that the processes inherit: address space in KB, seconds of processor time, size of a file in 512 bytes. They
#: also end what is left where the one who called is killed. "$@" after them is the command.
_LIMITED = 'ulimit -c 0 -t "$2" -f "$3"; [ "$1" = 0 ] || ulimit -v "$1"; shift 3; exec "$@"'

#: A network of one's own, which has nothing in it, where the system lets people have one.
_ALONE = ("unshare", "--user", "--map-current-user", "--net")


def program() -> str | None:
    """Return where LibreOffice is, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_docx(data: bytes, suffix: str, limits: Limits) -> bytes:
    """Return a document as DOCX; ``suffix`` (".doc") says what it is, as LibreOffice goes by it.

    Raises ``MissingDependencyError`` without LibreOffice, ``DamagedFileError`` for what it cannot open and
    ``LimitError`` for what takes it too long.
    """
    needed, else_ = "cần để đọc tệp Word đời cũ (DOC), RTF và ODT", "hoặc lưu văn bản thành DOCX hay PDF"
    return _made(data, suffix, "docx:MS Word 2007 XML", limits, needed, f"Hãy chạy: {PACKAGE}, {else_}.")


def as_pdf(data: bytes, suffix: str, limits: Limits) -> bytes:
    """Return a document as the PDF that would be printed of it. Raises what ``as_docx`` raises."""
    needed, else_ = "cần để dựng hình trang của tệp Word", "hoặc nạp bản PDF của văn bản"
    remedy = f"Hãy nhờ người quản trị máy chủ chạy: {PACKAGE}, {else_}."
    return _made(data, suffix, "pdf:writer_pdf_Export", limits, needed, remedy)


def _made(data: bytes, suffix: str, filter_: str, limits: Limits, needed: str, remedy: str) -> bytes:
    office = program()
    if office is None:
        raise MissingDependencyError(f"Chưa cài LibreOffice, {needed}.", remedy)
    with tempfile.TemporaryDirectory(prefix="congvan-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"in{suffix}"
        source.write_bytes(data)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, encoding="utf-8")
        _run(_command(office, folder, source, filter_, limits), folder, limits.convert_seconds)
        made = folder / "out" / f"in.{filter_.partition(':')[0]}"
        if not made.is_file() or not made.stat().st_size:
            raise DamagedFileError("LibreOffice không mở được tệp Word: tệp bị hỏng hoặc bị cắt cụt.", _SAVE_AS)
        return made.read_bytes()


def _command(office: str, folder: Path, source: Path, filter_: str, limits: Limits) -> list[str]:
    most = [limits.memory // 1024, round(limits.convert_seconds) + 10, limits.unpacked_bytes // 512]
    return [
        "/bin/sh", "-c", _LIMITED, "sh", *map(str, most),
        *(_ALONE if _may_be_alone() else ()),
        office, f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault",
        "--convert-to", filter_, "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip


def _run(command: list[str], folder: Path, seconds: float) -> None:
    """Run a command with its children until it ends; what it says is of no use to people."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder),
        "SAL_USE_VCLPLUGIN": "svp",
    }  # fmt: skip
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except BaseException as error:
        # what it started is in its group; the group is there as long as nobody has waited for its first process
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(error, subprocess.TimeoutExpired):
            raise LimitError(f"Mở tệp Word quá {seconds:.0f} giây.", _SAVE_AS) from error
        raise


@lru_cache(maxsize=1)
def _may_be_alone() -> bool:
    if shutil.which(_ALONE[0]) is None:
        return False
    done = subprocess.run([*_ALONE, "true"], capture_output=True, timeout=20, check=False)
    return done.returncode == 0
